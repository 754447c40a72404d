package roster

import (
	"slices"
	"strings"
)

// A roster names other people beside those it is about: guardians, carers, who draws the
// money. Their numbers are never anybody's own.

// otherPeople are the words in which headers speak of them.
var otherPeople = []string{
	"监护人", "家长", "父亲", "母亲", "代理人", "照料", "照护", "护理人", "赡养", "抚养", "扶养", "义务人",
	"代领", "领取人", "领款人", "联系人", "经办人", "代办人", "帮扶",
}

func ofOthers(header string) bool {
	return slices.ContainsFunc(otherPeople, func(word string) bool { return strings.Contains(header, word) })
}

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

// ofAnother says that a header of a name or a number speaks of somebody else, in its group
// or in brackets: 监护人/姓名, 身份证号(监护人).
func (m *matcher) ofAnother(t target, p headerPath) bool {
	return m.personal(t.column) && ofOthers(compact(strings.Join(p.texts, "")))
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
			if ofOthers(header) && !strings.ContainsAny(header, "是否费电") {
				return true
			}
			if !strings.Contains(header, "关系") && !strings.Contains(header, "电话") {
				return false
			}
		}
		return false
	}
	return slices.DeleteFunc(claims, func(c claim) bool {
		return c.column == m.kind.at.idNumber && c.strength < bySubject && c.seat == 0 && behind(c.cell)
	})
}
