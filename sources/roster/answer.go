package roster

import (
	"regexp"
	"strings"
)

// The three answers that a yes/no column knows.
const (
	yes        = "是"
	no         = "否"
	unanswered = "空白"
)

var yesNoWords = newLexicon([]Word{
	{To: yes, Is: []string{"有", "√", "✓", "✔", "☑", "Y", "YES", "T", "TRUE", "V", "1", "已", "对", "是的", "享受", "已享受", "属于", "属实"}},
	{To: no, Is: []string{"无", "×", "✕", "✖", "✗", "✘", "╳", "X", "Х", "N", "NO", "F", "FALSE", "0", "未", "没", "没有", "不", "不是", "非", "不属于", "未享受", "不享受"}},
}, false)

// answer reads a cell of a yes/no column, in its own words first.
func (c *columnFold) answer(text string, inverted bool) (value, bool) {
	bare, remark := cutRemarks(compact(text))
	plain, more := c.own(bare), []string(nil)
	if plain == "" {
		if first, rest := cutClauses(bare); len(rest) > 0 && !unknown(bare) {
			plain, more = c.own(first), rest
		}
	}
	to := plain
	if plain == "" {
		var ok bool
		if plain, ok = parseYesNo(text); !ok {
			if aCode(bare) {
				return value{s: "是代码，表中没有写明哪个是“是”、哪个是“否”"}, false
			}
			return value{}, false
		}
		if to = plain; inverted {
			if !outright(bare) { // 无房, 已搬迁: no answer to 是否危房户
				return value{}, false
			}
			to = opposite(to)
		}
		_, more = cutClauses(bare)
	}
	for _, clause := range more {
		if said := c.own(clause); said != "" && said != to || takesBack(plain, clause) {
			return value{}, false
		}
	}
	if said := c.own(remark); said != "" && said != to || remarkTakesBack(plain, remark) {
		return value{}, false
	}
	return value{set: true, s: to}, true
}

// outright says that compact text answers with a yes or no, and not with something that is so.
func outright(s string) bool {
	if _, form := ticked(s); form {
		return true
	}
	first, _ := cutClauses(s)
	_, plain := yesNoWords.fold(first)
	return plain
}

// own reads what a column's own words say, "" where they say nothing. They say what they
// say under an inverted header too: 危房 is no safe house under either.
func (c *columnFold) own(s string) string {
	if to, ok := c.answers.fold(s); ok {
		return to
	}
	if c.ill == nil {
		return ""
	}
	switch m := c.ill.FindStringSubmatch(s); {
	case m == nil:
		return ""
	case m[1] != "":
		return yes
	}
	return no
}

// newAnswers makes the lexicon of a yes/no column's own words.
func newAnswers(c *Column) *lexicon {
	l := newLexicon([]Word{{To: yes, Is: c.Yes}, {To: no, Is: c.No}}, false)
	delete(l.is, yes) // these two answer the header's question
	delete(l.is, no)
	return l
}

// newIll reads of things that it is good to be without: 无隐患, 饮水不困难, 有危房. What denies
// them is its first group.
func newIll(ills []string) *regexp.Regexp {
	if len(ills) == 0 {
		return nil
	}
	const subject, kind = `(?:住房|房屋|饮用?水|用水|吃水|水质)*`, `(?:任何|明显|重大|较大|存在|发现|属于?|是|为|住房|房屋|饮用?水|用水|安全|[CD]级)*`
	return regexp.MustCompile(`^` + subject + `(?:已|现)?(?:(未|没有?|无|不|非)|有|存在|属于?|是|为|系)?` + kind + `(?:` + strings.Join(ills, "|") + `)(?:户|房屋?|情况|现象)?$`)
}

// parseYesNo reads yes or no, or an amount where yes/no was asked: more than nothing is yes.
func parseYesNo(text string) (string, bool) {
	s := compact(text)
	if word, form := ticked(s); form {
		return yesNoWords.fold(word)
	}
	bare, remark := cutRemarks(s)
	to, ok := bareYesNo(bare)
	if said, known := yesNoWords.fold(remark); known && said != to && digits(remark) < len(remark) {
		return "", false
	}
	if !ok || remarkTakesBack(to, remark) {
		return "", false
	}
	return to, true
}

// bareYesNo reads compact text without remarks.
func bareYesNo(s string) (string, bool) {
	if to, ok := yesNoWords.fold(s); ok {
		return to, true
	}
	for _, unit := range []string{"month", "year"} {
		if cents, ok := parseCents(s, unit); ok {
			if cents > 0 {
				return yes, !aCode(s)
			}
			return no, true
		}
	}
	if unknown(s) {
		return "", false
	}
	first, more := cutClauses(s)
	to, ok := parseClause(first)
	for _, clause := range more {
		if takesBack(to, clause) {
			return "", false
		}
	}
	return to, ok
}

// parseClause reads an answer by how it begins.
func parseClause(s string) (string, bool) {
	for _, start := range []string{"未", "无", "没", "不", "非", "否"} {
		if strings.HasPrefix(s, start) {
			return parseNot(s)
		}
	}
	if done, ok := strings.CutPrefix(s, "已"); ok {
		return parseDone(done)
	}
	for _, start := range []string{"有", "是", "享受"} {
		if rest, ok := strings.CutPrefix(s, start); ok {
			return yes, !ends(rest) && !past.MatchString(s) && !hasNot(rest)
		}
	}
	return "", false
}

// parseNot reads what is not: what has not ended goes on, and 无异常 or 未死亡 answers another
// question.
func parseNot(s string) (string, bool) {
	switch {
	case goesOn.MatchString(s):
		return yes, true
	case beside.MatchString(s):
		return "", false
	}
	return no, true
}

var (
	goesOn = regexp.MustCompile(`^(?:未|没有?|无|不)[曾被再]?(?:停[^车薪]|停$|[中间]?断|注销|取消|终止|中止|失效|过期|到期|退出|退保|清退|脱保)`)
	beside = regexp.MustCompile(`^非常|^(?:未|没有?|无|不|非)[曾被再]?(?:死亡|去世|放弃|减少|减员|移出|迁出|转出|退费|退款|异常|问题|误|错|疑|变|事$)`)
)

// parseDone reads what has been done, 已…: what has ended is no more, and what was only asked
// for nobody knows.
func parseDone(done string) (string, bool) {
	done = strings.TrimPrefix(done, "被")
	for _, end := range []string{"停", "断", "暂停", "中断", "注销", "取消", "终止", "中止", "失效", "过期", "到期", "退出", "退保", "退费", "清退", "脱保", "放弃", "减少", "减员", "核减", "移出", "迁出", "死", "去世", "过世", "离世", "逝", "病故", "身故", "故", "亡"} {
		if strings.HasPrefix(done, end) {
			return no, !resumes(done)
		}
	}
	for _, not := range []string{"不", "无", "没", "未", "非"} {
		if strings.HasPrefix(done, not) {
			return parseNot(done)
		}
	}
	for _, begun := range []string{"申请", "申报", "上报", "报送", "提交", "受理", "公示", "登记", "转", "脱贫", "超龄"} {
		if strings.HasPrefix(done, begun) {
			return "", false
		}
	}
	return yes, !ends(done) && !past.MatchString(done) && !hasNot(done)
}

// hasNot says that something is not so in s, other than that it has not ended: 有但未落实,
// 享受特困不重复享受.
func hasNot(s string) bool { return negation.MatchString(unended.ReplaceAllString(s, "")) }

var (
	negation = regexp.MustCompile(`[不未没无]`)
	unended  = regexp.MustCompile(`未成年|(?:未|没有?|无|不)[曾被再]?(?:停|[中间]?断|注销|取消|终止|中止|失效|过期|到期|退出|退保|清退|脱保)`)
)

// endings tell that something goes on no more.
var endings = []string{
	"停发", "停保", "停缴", "停止", "停付", "停领", "停享", "停了", "停于", "暂停", "断保", "断缴", "断供", "断交", "中断", "注销", "取消", "终止", "中止", "失效", "过期", "到期", "期满", "作废",
	"退出", "退保", "退费", "退养", "退款", "清退", "脱保", "销户", "减员", "移出", "迁出", "转出", "转走", "转特困", "转低保", "转五保", "放弃", "不再",
}

// ends says that s tells of an end: 已停, 2020年退出, 至2020年12月. 截至 tells of no end.
func ends(s string) bool {
	for _, end := range endings {
		if named, _ := names(s, end); named {
			return true
		}
	}
	before, stopped := strings.CutSuffix(s, "停")
	return stopped && !deniesNext(before) || lasted.MatchString(s)
}

var (
	lasted = regexp.MustCompile(`(?:^|[^截])[至到](?:\d{2,4}(?:年|[./-]|$)|(?:0?[1-9]|1[01]|[一二三四五六七八九十])月)|[\d月年底]截?止$`)
	past   = regexp.MustCompile(`^有过|(?:享受|领取?|参保|参加|发放?|缴费?|缴纳|资助|提供|供养|低保)过了?$`)
)

// resumes says that s tells of a new beginning.
func resumes(s string) bool {
	for _, word := range []string{"恢复", "续保", "续缴", "续享", "补缴", "复保", "重新"} {
		if named, _ := names(s, word); named {
			return true
		}
	}
	return false
}

// remarkTakesBack says that a remark ends what was answered: 是（已停）, 停保（已续保）.
func remarkTakesBack(answer, remark string) bool {
	if remark == "" {
		return false
	}
	if doubted(remark) {
		return true
	}
	if answer == no {
		return resumes(remark) || instead(remark)
	}
	ended := false
	first, more := cutClauses(remark)
	for _, clause := range append(more, first) {
		ended = ended || ends(clause) || takesBack(yes, clause)
	}
	return ended && !resumes(remark)
}

// takesBack says that a further clause ends what was answered: 是，已停保. One with a subject of
// its own, 居民医保已停, may speak of something else.
func takesBack(answer, clause string) bool {
	s := strings.TrimLeft(clause, "但可却而现目前已经后又均被于自从起本人0123456789年月日底初./-")
	switch {
	case doubted(s):
		return true
	case answer == no:
		return resumes(s) || instead(clause)
	case lacking.MatchString(s):
		return true
	case s == "停" || lasted.MatchString(s):
		return true
	}
	for _, end := range append([]string{"死亡", "去世", "过世", "离世", "逝世", "病故", "身故", "故", "亡故"}, endings...) {
		if strings.HasPrefix(s, end) {
			return true
		}
	}
	return false
}

// instead says that s tells of something in place of what is not: 未参保（已参职工）.
func instead(s string) bool { return otherwise.MatchString(s) && !ends(s) && !hasNot(s) }

var otherwise = regexp.MustCompile(`^(?:本人|现|目前|但|[0-9年月日./-])*(?:(?:已经?|改|转|在|于|另|异地|外地|单位|职工|学校)+.{0,6}(?:参[^军]|缴|享|领取|纳入|资助|落实|提供|投保|发放)|参[加合职])`)

// lacking says that what was answered is not so.
var lacking = regexp.MustCompile(`^[尚暂]?(?:未|没有?|不|无)(?:再|能|有|获)?(?:享受|发放?|参保|参合|参加|缴费?|缴纳|领取?|落实|提供|纳入|通过|到账|在保|在册|解决|资助|补贴|需要?)(?:补贴|待遇|费)?$`)

// cutClauses parts s at its punctuation, but not within an amount.
func cutClauses(s string) (first string, more []string) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",;。、", r) })
	if len(parts) == 0 {
		return s, nil
	}
	return parts[0], parts[1:]
}

// unpaid says that compact text, where aid was to be named, tells that there is none, or none yet.
func unpaid(s string) bool {
	bare, remark := cutRemarks(s)
	if to, ok := yesNoWords.fold(bare); ok && to == no {
		return true
	}
	return unaided.MatchString(bare) || unaided.MatchString(remark)
}

var unaided = regexp.MustCompile(`^(?:尚|暂|目前|本人|自愿|主动)*(?:` +
	`(?:未|没有?|无|不)(?:能|有|获|得|到|受|被|再|享受?)*(?:享受?|发|资助|获|得|受助|评|申|领|通过|参加|参评|补助|助学|奖|符合|纳入|认定)|` +
	`已?放弃|(?:正在|拟|待|准备)(?:申|评|审|发|公示|提交|上报)|已?(?:停发?|停止|取消|终止|退回)(?:资助|发放)?$|已?申请$|(?:申请|申报|审核|审批|评审|公示)中)`)

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
	if doubted(s) {
		return true
	}
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
