package roster

import (
	"regexp"
	"slices"
	"strings"
)

// inKey is how a text is looked up in a word list.
func inKey(s string) string { return strings.ToUpper(compact(s)) }

// lexicon folds texts to the words of one column.
type lexicon struct {
	is        map[string]string
	within    []wordWithin // the words that are looked for within a text, in order
	narrows   map[string][]string
	exclusive bool
}

type wordWithin struct {
	to   string
	like []*regexp.Regexp
	has  []string
}

func newLexicon(words []Word, exclusive bool) *lexicon {
	l := &lexicon{is: make(map[string]string), narrows: make(map[string][]string), exclusive: exclusive}
	add := func(text, to string) {
		if key := inKey(text); to != "" && l.is[key] == "" {
			l.is[key] = to
		}
	}
	for _, w := range words {
		add(w.To, w.To)
		for _, text := range w.Is {
			add(text, w.To)
		}
		if len(w.Narrows) > 0 {
			l.narrows[w.To] = w.Narrows
		}
		within := wordWithin{to: w.To}
		for _, pattern := range w.Like {
			within.like = append(within.like, regexp.MustCompile("^(?:"+pattern+")$"))
		}
		for _, part := range w.Has {
			within.has = append(within.has, inKey(part))
		}
		if len(within.like)+len(within.has) > 0 {
			l.within = append(l.within, within)
		}
	}
	return l
}

// saying is how a text speaks of a word.
type saying int

const (
	silent  saying = iota // of none
	denying               // it says that something is not so
	torn                  // of two, or so that nobody can tell
	naming
)

// fold gives the word that text means.
func (l *lexicon) fold(text string) (string, bool) {
	to, how := l.read(text)
	return to, how == naming
}

// read gives the word that text means: the whole text, the whole text without its
// bracketed remark, then parts of it in the list's order. What is denied is not
// meant, and a remark that says something else leaves nothing that is sure.
func (l *lexicon) read(text string) (to string, how saying) {
	key := inKey(text)
	if to := l.is[key]; to != "" {
		return to, naming
	}
	bare, remark := cutRemarks(key)
	to, how = l.find(bare, key)
	if remark == "" || how == torn {
		return to, how
	}
	said, more := l.remark(remark)
	switch {
	case how != naming && more != silent:
		return said, more
	case more == torn:
		return "", torn
	case more != naming || said == to || slices.Contains(l.narrows[to], said):
		return to, how
	case slices.Contains(l.narrows[said], to) && !strings.Contains(remark, "消除"):
		return said, naming
	}
	return "", torn
}

// remark reads what stands in brackets, by parts of it where the list has any: 休学（正常）. A
// number counts something, and what was is no more.
func (l *lexicon) remark(s string) (to string, how saying) {
	if digits(s) == len(s) {
		return "", silent
	}
	if len(l.within) == 0 {
		if to := l.is[s]; to != "" {
			return to, naming
		}
		return "", silent
	}
	for _, former := range []string{"原", "曾", "由"} {
		if strings.HasPrefix(strings.TrimLeft(s, "0123456789年月日./-"), former) {
			return "", silent
		}
	}
	return l.parts(s, "")
}

// find reads text without remarks; key is the same with them.
func (l *lexicon) find(s, key string) (to string, how saying) {
	if to := l.is[s]; to != "" {
		return to, naming
	}
	return l.parts(s, key)
}

// parts reads a text by what it has.
func (l *lexicon) parts(s, key string) (to string, how saying) {
	rest := s
	for _, w := range l.within {
		named, denied := w.in(rest, key)
		if denied && how == silent {
			how = denying
		}
		if !named || how == naming && w.to == to {
			continue
		}
		if w.to == "" || how == naming {
			return "", torn
		}
		to, how = w.to, naming
		if !l.exclusive {
			break
		}
		for _, part := range w.has { // 非农业 is 非农, and not 农业
			rest = strings.ReplaceAll(rest, part, "\x00")
		}
	}
	if how == naming && l.turns(s) {
		return "", torn
	}
	return to, how
}

// in says that a text has the word, or has it denied.
func (w *wordWithin) in(s, key string) (named, denied bool) {
	for _, like := range w.like {
		if like.MatchString(key) {
			return true, false
		}
	}
	for _, part := range w.has {
		is, isNot := names(s, part)
		if is {
			return true, false
		}
		denied = denied || isNot
	}
	return false, denied
}

// turns says that s tells of one word that became another: 休学转在校.
func (l *lexicon) turns(s string) bool {
	at := turning.FindStringIndex(s)
	if at == nil {
		return false
	}
	from, _ := l.find(s[:at[0]], "")
	into, _ := l.find(s[at[1]:], "")
	return from != "" && into != "" && from != into
}

var turning = regexp.MustCompile(`转[为入成]?|[改变]为|改成|变更为|调整?为|→|->`)

// names says that s has part and does not deny it, or has it and denies it.
func names(s, part string) (named, denied bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], part)
		if i < 0 {
			return false, denied
		}
		if !deniesNext(s[:from+i]) {
			return true, denied
		}
		denied = true
		from += i + len(part)
	}
}

// deniesNext says that what follows before is not so, is not so yet, or was so once.
func deniesNext(before string) bool {
	for _, word := range denials {
		if strings.HasSuffix(before, word) {
			return true
		}
	}
	return false
}

var denials = []string{
	"未", "无", "非", "不", "没", "没有", "不是", "不属于", "不予", "不存在", "未被", "未予", "未再", "未曾", "未发现", "未查到", "未查询到", "未领取", "未享受", "未参加", "未缴纳", "解除", "防止", "避免",
	"拟", "待", "应", "将", "疑似", "建议", "曾", "曾经",
}
