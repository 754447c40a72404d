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

var (
	namesOther = regexp.MustCompile(otherPeople + `(?:姓名)?$`)                 // a header of theirs
	groupOther = regexp.MustCompile(`^` + otherPeople + `(?:基本)?(?:信息|情况)?$`) // a group of headers
	inRemark   = regexp.MustCompile(`\(` + otherPeople + `\)`)
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

// ofAnother says that a header of a name or a number speaks of somebody else, by its group
// or in brackets: 监护人/姓名, 身份证号(监护人).
func (m *matcher) ofAnother(t target, p headerPath) bool {
	if !m.personal(t.column) {
		return false
	}
	last := len(p.texts) - 1
	return inRemark.MatchString(compact(p.texts[last])) ||
		slices.ContainsFunc(p.texts[:last], func(group string) bool { return groupOther.MatchString(foldHeader(group)) })
}

func (m *matcher) personal(column int) bool {
	return column == m.kind.at.name || column == m.kind.at.idNumber
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
