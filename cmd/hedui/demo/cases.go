package demo

import "slices"

// plant is a case: a label that says what it shows, and how to make it. What
// hedui must find on 10 June is written into the family by hand with must; a
// case without must is an exception, and hedui must find nothing in it.
type plant struct {
	label string
	make  func(*family)
}

var cases = slices.Concat(missedCases, missedHouseholdCases, wrongCases, wealthCases, subsidyCases,
	exitCases, unpaidCases, schoolCases, watchCases, qualityCases)

// home is a stable or monitored household of a working couple and one grown
// child, whom the case is about.
func (f *family) home(kind string, income fen) *person {
	head, spouse := f.couple()
	child := f.add([]string{"之子", "之女"}[f.r.IntN(2)], 25+f.r.IntN(5))
	child.relation = map[bool]string{true: "之子", false: "之女"}[child.male]
	f.poor(kind, income, head, spouse, child)
	return child
}

// was makes May's rosters differ: each change is made to a copy of June's.
func (f *family) was(change func(may *rosters)) {
	before := f.before
	f.before = func(may *rosters) {
		if before != nil {
			before(may)
		}
		change(may)
	}
}

// formerly gives a person dibao of his own in May that is gone in June.
func (f *family) formerly(p *person) *dibaoRow {
	row := f.alone(p)
	f.june.dibao = f.june.dibao[:len(f.june.dibao)-1]
	f.was(func(may *rosters) { may.dibao = append(may.dibao, row) })
	return row
}

// poorRow of a person, to be changed by a case.
func (f *family) row(p *person) *poorRow {
	for _, row := range f.june.poor {
		if row.id == p.id {
			return row
		}
	}
	panic("demo: case " + f.label + " asks for a row that is not there")
}
