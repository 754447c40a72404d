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
	doubtfulCases, amountCases, exitCases, reductionCases, unpaidCases, shortCases, schoolCases, watchCases, riskCases, ledgerCases, burdenCases,
	qualityCases, rowCases, kinCases)

// modest is an income above every line but the one from which a risk seems gone.
const modest = fen(840000)

// home is a stable or monitored household of a working couple and one grown
// child, whom the case is about.
func (f *family) home(kind string, income fen) *person {
	head, spouse := f.couple()
	child := f.add([]string{"之子", "之女"}[f.r.IntN(2)], head.age()-20-f.r.IntN(3))
	f.poor(kind, income, head, spouse, child)
	return child
}

// grown is somebody of working age who lives alone, aged is an old one.
func (f *family) grown() *person { return f.add("户主", 45+f.r.IntN(10)) }
func (f *family) aged() *person  { return f.add("户主", 66+f.r.IntN(15)) }

// headOnly protects a household of so many persons, of whom dibao's roster lists the first alone.
func (f *family) headOnly(covered int) {
	row := f.dibao(f.people[0])[0]
	row.covered, row.amount = covered, yuan(240*covered)
}

// aloneUnder protects one person alone at a tier and for an amount, last reviewed on that day.
func (f *family) aloneUnder(tier string, amount fen, review day) *dibaoRow {
	row := f.alone(f.grown())
	row.tier, row.amount, row.review = tier, amount, review
	return row
}

// gone takes what is protected in June out of it again: it stood in May alone.
func (f *family) gone() {
	rows := f.june.dibao
	f.june.dibao = nil
	f.was(func(may *rosters) { may.dibao = append(may.dibao, rows...) })
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
