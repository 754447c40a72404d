package roster

import (
	"regexp"
	"slices"
	"strings"
)

// A roster names other people beside those it is about: guardians, carers, who draws the
// money. Their numbers are never anybody's own.

// otherPeople are the words in which headers speak of them.
const otherPeople = `(?:法定)?(?:监护人|家长|父亲|母亲|代理人|照料护?理?人|照料护理人员|照护人|护理人|赡养人|抚养人|扶养人|义务人|代领人|领取人|领款人|经办人|代办人)`

// nearPeople are those who stand near a household, in a group of headers of their own.
const nearPeople = otherPeople + `|监护人|开户|持卡|账户|联系人|帮扶|包联|包保|包户|包村|包片|干部|专干|专员|会计|书记|主任|网格|医生|村医|教师|老师|责任人|负责人|工作人|管理人|服务人|照管|看护|陪护|受托|委托|承办|代领|代理|代办|代取|经办|审核|审批|填报|填表|制表|调查|见证|担保|收款|邻居`

var (
	namesOther  = regexp.MustCompile(otherPeople + `(?:姓名)?$`) // a header of theirs
	groupOther  = regexp.MustCompile(`(?:^|[^被])(?:` + nearPeople + `)`)
	groupFamily = regexp.MustCompile(`^(?:户主|户代表|申请人|配偶|妻子|丈夫|子女|儿子|女儿)(?:基本)?(?:信息|情况)?$`)
	remarkHead  = regexp.MustCompile(`^(?:户主|户代表|申请人)(?:本人)?$`)
	remarkOther = regexp.MustCompile(`^(?:法定|委托|村|镇)?(?:` + nearPeople + `)(?:人员?|员)?$|^(?:配偶|爱人|妻子?|丈?夫|子女|儿子?|女儿?|儿媳|女婿|父母?|父亲|母亲?|直?系?亲属|家属|原|旧|曾用|变更前|更正前)$`)

	// A group whose persons are the roster's own: by what they are, or because it says nothing of
	// persons (基本信息, a title).
	groupOwn = regexp.MustCompile(`成员|人口|人员|对象|本人|个人|户主|户代表|申请人|配偶|妻子|丈夫|子女|儿子|女儿|享受|保障|供养|救助|低保|特困|五保|参保|参合|残疾|学生|幼儿|儿童|患者|脱贫|贫困|监测|建档立卡|困难|家庭|共同生活|基本|基础|身份|证件|户籍|名册|名单|台账|表$|册$|^第?[0-9一二三四五六七八九十]+人?$`)
)

// addSubjects makes headers of the number of whom the kind is about: where 学生姓名 is a name,
// 学生身份证号 is a number.
func (m *matcher) addSubjects() {
	at := m.kind.at
	if at.name < 0 || at.idNumber < 0 {
		return
	}
	numbers := append([]string{m.kind.Columns[at.idNumber].Label}, m.kind.Columns[at.idNumber].Aliases...)
	for _, name := range m.kind.Columns[at.name].Aliases {
		subject, named := strings.CutSuffix(name, "姓名")
		if !named {
			continue
		}
		for order, number := range numbers {
			m.add(subject+number, target{column: at.idNumber, order: order, subject: true})
		}
	}
}

// whose notes on a claim of a member's own column whether the groups above it, left out in finding
// it, are another person's, or may be.
func (m *matcher) whose(c *claim, titles map[string]bool) {
	own := len(c.groups) == 0 || !c.leaf
	for _, group := range c.groups {
		switch {
		case groupFamily.MatchString(group) && c.leaf && m.kind.at.headName < 0: // who has no columns here
			c.of, c.family = group, true
		case titles[group]:
			own = true
		case groupOther.MatchString(group):
			c.left = true
		case groupOwn.MatchString(group):
			own = true
		}
	}
	if !own && c.of == "" {
		c.of = c.groups[len(c.groups)-1]
	}
}

// whoseRemark notes the same of the remarks in its last text.
func (m *matcher) whoseRemark(c *claim, text string) {
	if !slices.Contains(m.kind.at.memberColumns(), c.column) || c.seat > 0 || strings.Contains(c.folded, "成员") {
		return
	}
	for _, remark := range remarksOf(text) {
		if strings.HasPrefix(c.folded, remark) {
			continue // so it was found
		}
		if remarkHead.MatchString(remark) {
			c.of, c.family = remark, true
		}
		c.left = c.left || remarkOther.MatchString(remark)
	}
}

// remarksOf are the bracketed remarks of a header.
func remarksOf(header string) []string {
	_, remarks := cutRemarks(compact(header))
	return strings.FieldsFunc(remarks, func(r rune) bool { return r == ',' })
}

// findRemarked looks up a header whose remark names whom it is about: 身份证号(户主) is the head's
// where the kind knows 户主身份证号.
func (m *matcher) findRemarked(header string) (t target, key string, ok bool) {
	for _, remark := range remarksOf(header) {
		key = foldHeader(remark + dropRemarks(compact(header)))
		if t, ok = m.headers[key]; ok && (m.personal(t.column) || t.column == m.kind.at.headName || t.column == m.kind.at.headID) {
			return t, key, true
		}
	}
	return target{}, "", false
}

func (m *matcher) personal(column int) bool {
	return column == m.kind.at.name || column == m.kind.at.idNumber
}

// leaveOthers marks the claims of whom the roster is not about: where the person's own name or
// number has a header, those of a group that names none of the roster's people (村会计/姓名), and
// those of the head or the family in a roster that is not of households.
func (m *matcher) leaveOthers(claims []claim) {
	at := m.kind.at
	titles := make(map[string]bool) // what stands over place, household or head is no person's group, but a title or a note
	for _, c := range claims {
		if slices.Contains([]int{at.town, at.village, at.householdNo, at.headName, at.headID}, c.column) {
			for _, group := range c.groups {
				titles[group] = true
			}
		}
	}
	members := at.memberColumns()
	own := make(map[int]bool) // columns that have a header of the person's own
	for i := range claims {
		c := &claims[i]
		if slices.Contains(members, c.column) && c.strength != byConfig {
			m.whose(c, titles)
		}
		switch {
		case c.left || c.of != "":
		case c.column == at.headName:
			own[at.name] = true
		case c.column == at.headID:
			own[at.idNumber] = true
		default:
			own[c.column] = true
		}
	}
	gone := make(map[string]bool) // groups whose person is another
	for _, c := range claims {
		if c.of != "" && m.personal(c.column) && (own[c.column] || c.family && (own[at.name] || own[at.idNumber])) {
			gone[c.of] = true
		}
	}
	for i := range claims {
		c := &claims[i]
		c.left = c.left || c.of != "" && gone[c.of]
	}
}

// withoutOthers drops the plain number that stands behind another person's name: of 监护人姓名 and
// 身份证号 beside it nobody can say whose it is.
func (m *matcher) withoutOthers(claims []claim, paths []headerPath) []claim {
	claimed := func(cell int) bool {
		return slices.ContainsFunc(claims, func(c claim) bool { return c.cell == cell })
	}
	behind := func(cell int) bool {
		at := slices.IndexFunc(paths, func(p headerPath) bool { return p.cell == cell })
		for at--; at >= 0 && !claimed(paths[at].cell); at-- {
			header := foldHeader(paths[at].label())
			if namesOther.MatchString(header) {
				return true
			}
			if !strings.Contains(header, "关系") && !strings.Contains(header, "电话") { // theirs, before their number
				return false
			}
		}
		return false
	}
	return slices.DeleteFunc(claims, func(c claim) bool {
		return c.column == m.kind.at.idNumber && c.strength < bySubject && c.seat == 0 && behind(c.cell)
	})
}
