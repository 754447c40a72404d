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
	unless    map[string][]string
	ends      map[string]bool
	exclusive bool
}

type wordWithin struct {
	to   string
	like []*regexp.Regexp
	has  []string
}

func newLexicon(words []Word, exclusive bool) *lexicon {
	l := &lexicon{is: make(map[string]string), narrows: make(map[string][]string), unless: make(map[string][]string), ends: make(map[string]bool), exclusive: exclusive}
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
		l.unless[w.To] = append(l.unless[w.To], w.Unless...)
		l.ends[w.To] = l.ends[w.To] || w.Ends
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
// meant, and a remark that says something else, a doubt or a new beginning leaves
// nothing that is sure.
func (l *lexicon) read(text string) (to string, how saying) {
	key := inKey(text)
	if to := l.is[key]; to != "" {
		return to, naming
	}
	if to, how = l.reply(key); how != silent {
		return to, how
	}
	if to, how = l.remarked(key); how == naming && (doubted(key) || l.ends[to] && again(key) || l.besides(to, key)) {
		return "", torn
	}
	return to, how
}

// besides says that beside the word the text has what leaves it unsure.
func (l *lexicon) besides(to, key string) bool {
	return slices.ContainsFunc(l.unless[to], func(part string) bool {
		named, _ := names(key, part)
		return named
	})
}

// reply reads an answer with its question: 停保：否, 是否注销：是, 状态：停保. Without parts to
// look for, a list knows no questions.
func (l *lexicon) reply(key string) (to string, how saying) {
	if len(l.within) == 0 {
		return "", silent
	}
	question, answer, asked := strings.Cut(key, ":")
	if !asked {
		var cut bool
		if question, answer, cut = cutNo(key); !cut {
			return "", silent
		}
	}
	to, how = l.find(strings.TrimPrefix(question, "是否"), "")
	said, plain := yesNoWords.fold(answer)
	switch {
	case how == silent && asked:
		return l.read(answer)
	case how == silent: // 暂无
		return "", silent
	case plain && said == yes:
		return to, how
	case plain && how == naming:
		return "", denying
	case plain:
		return "", torn
	}
	own, more := l.read(answer)
	if more == silent { // 死亡：2021年3月
		return to, how
	}
	return own, more
}

// cutNo cuts a no from the end of what it denies: 停保-否, 车辆无.
func cutNo(s string) (question, no string, ok bool) {
	for _, no := range []string{"否", "无", "×", "没有"} {
		if question, cut := strings.CutSuffix(s, no); cut && question != "" {
			return strings.TrimRight(question, "-—_=/,、"), no, true
		}
	}
	return s, "", false
}

// remarked reads a text that may have a remark in brackets.
func (l *lexicon) remarked(key string) (to string, how saying) {
	bare, remark := cutRemarks(key)
	to, how = l.find(bare, key)
	if remark == "" || how == torn {
		return to, how
	}
	if said, plain := yesNoWords.fold(remark); plain && said == no && how == naming && digits(remark) < len(remark) {
		return "", torn
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
		if slices.ContainsFunc(w.has, func(part string) bool { return undone(s, part) }) {
			return "", torn
		}
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

// names says that s has part and does not deny it, or has it and denies it. That a relative
// has died is told of the relative, and from what month on something is so does not tell
// whether that month has come.
func names(s, part string) (named, denied bool) {
	for from := 0; ; {
		i := strings.Index(s[from:], part)
		if i < 0 {
			return false, denied
		}
		before := s[:from+i]
		if !deniesNext(before) && !fromMonth.MatchString(before) && !(slices.Contains(deaths, part) && relative.MatchString(before)) {
			return true, denied
		}
		denied = true
		from += i + len(part)
	}
}

var (
	deaths   = []string{"死亡", "去世", "过世", "离世", "逝世", "身故", "病故", "亡故", "已故"}
	relative = regexp.MustCompile(`(?:配偶|[家亲眷]属|子女|[儿孙]子|[女孙侄]?儿|[长次三独养继][子女]|孙女|儿媳|女婿|父母|[父母]亲|爷爷|奶奶|祖[父母]|外[公婆]|公公|婆婆|岳[父母]|养[父母]|继[父母]|` +
		`爱人|丈夫|妻子|老伴|兄[弟长]?|[弟姐妹哥][弟姐妹哥]?|户主|家人|成员|监护人|赡养人|抚养人|申请人|(?:^|[其因,;])[父母夫妻子女])(?:[一二两三0-9]人)?(?:已经?|均|都|双双?|先后|因[^,;。]*|于?[0-9年月日./-]+|意外)*$`)
)

// deniesNext says that what follows before is not so, is not so yet, or was so once.
func deniesNext(before string) bool {
	return denial.MatchString(before) || yetToCome.MatchString(before)
}

var (
	denial = regexp.MustCompile(`(?:未|无|非|不|没|没有|不是|不属于|不存在|未发现|未查到|未查询到|未领取|未享受|未参加|未缴纳|解除|防止|避免|拟|预|待|应|将|疑似|建议|曾|曾经)` +
		`(?:[被予再曾有应用能宜必得需要该准许可法]|出现|发生|办理|正式|按[时期]|及时|发现|同意|提供|符合|满足|达到)*$`)
	yetToCome = regexp.MustCompile(`(?:拟|计划|准备|预[计备]|即将|将[于在从自由]|下个?月|次月|下半年|下季度?|明年)[^,;。:]*$`)
	fromMonth = regexp.MustCompile(`[0-9年月日份底初]起(?:将|应|予以?)?$`)
)

// undone says that s takes part back or puts it off: 取消停发, 暂缓注销.
func undone(s, part string) bool {
	at := strings.Index(s, part)
	return at > 0 && undoing.MatchString(s[:at])
}

var undoing = regexp.MustCompile(`(?:取消|撤[销消回]|停止|终止|暂缓|延[缓期]|推迟|纠正|更正|改正)(?:了|的|其|对其)*$`)

// doubted says that compact text is not sure of what it says: 停保（误）, 死亡待核实.
func doubted(s string) bool {
	return doubt.MatchString(strings.NewReplacer("无误", "", "没有误", "").Replace(s))
}

var doubt = regexp.MustCompile(`\?|误|待(?:进一步|再)?[核查确定鉴评验]|存疑|有疑|疑问|异议|(?:未|没有?)经?(?:核实|核查|查实|确认)|(?:核实|核查|确认|调查)中|可能|是否|不详|不清|不明|未知|也许|据说`)

// again says that s tells of a new beginning: 停发1月已补发, 过期已换证.
func again(s string) bool {
	for _, at := range beginning.FindAllStringIndex(s, -1) {
		if !deniesNext(s[:at[0]]) {
			return true
		}
	}
	return false
}

var beginning = regexp.MustCompile(`恢复|续[保缴享期办]|补[缴发办]|复[保学读]|返校|换[证发领]|更正|纠正|撤[销消回]|重办|重新?(?:办|纳|享|申|参|发|领|入|就|上|登记|激活|启用)|继续(?:享受|保障|发放|供养|领取|救助|就读|上学|在)`)
