package roster

import "strings"

// The three answers that a yes/no column knows.
const (
	yes        = "是"
	no         = "否"
	unanswered = "空白"
)

var yesNoWords = newLexicon([]Word{
	{To: yes, Is: []string{"有", "√", "✓", "✔", "☑", "Y", "YES", "T", "TRUE", "V", "1", "已", "对", "是的", "享受", "已享受", "属实"}},
	{To: no, Is: []string{"无", "×", "✕", "✖", "✗", "✘", "╳", "X", "Х", "N", "NO", "F", "FALSE", "0", "未", "没", "没有", "不", "不是", "非", "未享受", "不享受"}},
}, false)

// parseYesNo reads yes or no, or an amount where yes/no was asked: more than nothing is yes.
func parseYesNo(text string) (string, bool) {
	if word, form := ticked(compact(text)); form {
		return yesNoWords.fold(word)
	}
	if to, ok := yesNoWords.fold(text); ok {
		return to, true
	}
	s := dropRemarks(compact(text))
	for _, unit := range []string{"month", "year"} {
		if cents, ok := parseCents(s, unit); ok {
			if cents > 0 {
				return yes, true
			}
			return no, true
		}
	}
	if unknown(s) {
		return "", false
	}
	for _, start := range []string{"未", "无", "没", "不", "非", "否"} {
		if strings.HasPrefix(s, start) {
			return no, true
		}
	}
	if done, ok := strings.CutPrefix(s, "已"); ok {
		return parseDone(done)
	}
	for _, start := range []string{"有", "是", "享受"} {
		if strings.HasPrefix(s, start) {
			return yes, true
		}
	}
	return "", false
}

// parseDone reads what has been done, 已…: what has ended is no more, and what was only asked
// for nobody knows.
func parseDone(done string) (string, bool) {
	for _, end := range []string{"停", "断", "注销", "取消", "终止", "中止", "失效", "过期", "到期", "退出", "退保", "清退", "减少", "减员", "移出", "迁出", "死亡", "去世"} {
		if strings.HasPrefix(strings.TrimPrefix(done, "被"), end) {
			return no, true
		}
	}
	for _, begun := range []string{"申请", "申报", "上报", "报送", "提交", "受理", "公示", "登记"} {
		if strings.HasPrefix(done, begun) {
			return "", false
		}
	}
	return yes, true
}

// ticked reads a form's answer in compact text: ☑是□否, 是√否, 有□无☑. It gives the word
// that is ticked, if exactly one is; the marks stand all before the words or all behind.
func ticked(s string) (word string, form bool) {
	const ticks, boxes = "☑√✓✔■☒●", "□☐○◯"
	var words []string
	var on []int // places in words
	before, mark := false, false
	for i, r := range s {
		switch {
		case strings.ContainsRune("是否有无", r):
			words = append(words, string(r))
			if before && mark {
				on = append(on, len(words)-1)
			}
			mark = false
		case strings.ContainsRune(ticks, r):
			if before = before || i == 0; !before {
				on = append(on, len(words)-1)
			}
			mark = true
		case strings.ContainsRune(boxes, r):
			before, mark = before || i == 0, false
		case !strings.ContainsRune("/、,", r):
			return "", false
		}
	}
	if len(words) < 2 {
		return "", false
	}
	if len(on) != 1 {
		return "", true
	}
	return words[on[0]], true
}

// unknown says that compact text answers: not known yet.
func unknown(s string) bool {
	for _, part := range []string{"不详", "不清", "不明", "未知", "核实", "核查", "待", "无法", "是否", "未填", "是/否", "有/无"} {
		if strings.Contains(s, part) {
			return true
		}
	}
	return false
}

// opposite answers a question that was asked the other way round.
func opposite(answer string) string {
	switch answer {
	case yes:
		return no
	case no:
		return yes
	}
	return answer
}

// newAnswers makes the lexicon of a yes/no column's own words. They say what they
// say under an inverted header too: 危房 is no safe house under either.
func newAnswers(c *Column) *lexicon {
	l := newLexicon([]Word{{To: yes, Is: c.Yes}, {To: no, Is: c.No}}, false)
	delete(l.is, yes) // these two answer the header's question
	delete(l.is, no)
	return l
}
