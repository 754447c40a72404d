package demo

// ordinary makes a family that no rule names: mostly people in no social roster,
// some registered poor, some protected, and everything due to them is paid.
func ordinary(f *family) {
	switch n := f.r.IntN(1000); {
	case n < 16:
		ordinaryPoor(f)
	case n < 23:
		ordinaryDibao(f)
	case n < 39:
		ordinaryTekun(f)
	default:
		f.compose()
		f.pupils(false)
		for _, p := range f.people {
			if f.r.IntN(20) == 0 {
				f.ordinaryDisability(p)
			}
		}
	}
	f.drift()
}

// compose draws who lives together: one to seven people.
func (f *family) compose() {
	switch n := f.r.IntN(100); {
	case n < 10:
		f.add("户主", 28+f.r.IntN(55))
	case n < 30:
		age := 30 + f.r.IntN(45)
		f.add("户主", age)
		f.add("配偶", age-2)
	case n < 36:
		f.add("户主", 40+f.r.IntN(8))
		f.child(15)
	case n < 40:
		f.add("户主", 64+f.r.IntN(8))
		f.add("之孙子", 8+f.r.IntN(8))
	default:
		age := 34 + f.r.IntN(14)
		f.add("户主", age)
		f.add("配偶", age-1)
		if n >= 72 {
			f.add("之父", age+24+f.r.IntN(6))
			if n >= 84 {
				f.add("之母", age+22+f.r.IntN(6))
			}
		}
		for range 1 + f.r.IntN(2)*f.r.IntN(2) + (n % 10 / 9) {
			f.child(age - 22)
		}
	}
}

func (f *family) child(atMost int) {
	relation := "之子"
	if f.r.IntN(2) == 0 {
		relation = "之女"
	}
	f.add(relation, f.r.IntN(max(1, min(atMost, 22))))
}

// pupils sends the young to school: all between six and fifteen, most others.
func (f *family) pupils(aided bool) {
	for _, p := range f.people {
		age := p.birth.age(20200831)
		if age < 3 || age > 22 || (age < 6 || age >= 15) && f.r.IntN(4) == 0 {
			continue
		}
		if aided {
			f.aidedPupil(p)
		} else {
			f.school(p)
		}
	}
}

// ordinaryDisability gives a certificate and, to a pupil, the aid due with it.
func (f *family) ordinaryDisability(p *person) *disabilityRow {
	kind := disabilityKinds[[]int{0, 0, 1, 1, 2, 3, 3, 3, 3, 3, 4, 4, 5, 6}[f.r.IntN(14)]]
	row := f.disabled(p, kind, []int{1, 2, 2, 3, 3, 3, 4, 4, 4}[f.r.IntN(9)])
	if row.grade <= 2 && f.r.IntN(6) == 0 {
		row.wanted, row.given = "是", "是"
	}
	for _, s := range f.june.school {
		if s.id == p.id && s.stage != "研究生" {
			s.aidItem, s.aid = "残疾学生资助", yuan(1000)
		}
	}
	return row
}

// ordinaryPoor registers a family with at least one member able to work.
func ordinaryPoor(f *family) {
	for {
		f.people = f.people[:0]
		f.compose()
		if age := f.people[0].age(); age < 58 {
			break
		}
	}
	f.pupils(true)
	kind := []string{stable, stable, stable, stable, stable, stable, stable, unstable, marginal, marginal, sudden, general}[f.r.IntN(12)]
	income := yuan(8400 + 12*f.r.IntN(700)) // above every line, and a whole sum a month
	switch n := f.r.IntN(10); {
	case kind == general:
		f.poor(kind, income, f.people...)
		return
	case n < 4:
		income = yuan(3000 + 12*f.r.IntN(180))
		f.poor(kind, income, f.people...)
		rows := f.dibao(f.people...)
		f.atTier(rows)
		for _, row := range rows {
			row.income = income
		}
	case n < 6 && len(f.people) > 1:
		f.poor(kind, income, f.people...)
		sick := f.people[len(f.people)-1]
		f.alone(sick)
		f.disabled(sick, "肢体", 2).living = "是"
		f.relief(kind)
		return
	default:
		f.poor(kind, income, f.people...)
	}
	f.relief(kind)
	if len(f.people) > 1 && f.r.IntN(4) == 0 {
		row := f.ordinaryDisability(f.people[len(f.people)-1]) // the head goes on working
		if len(f.june.dibao) > 0 || kind == marginal {
			row.living = "是"
		}
	}
}

// atTier puts a dibao household into a tier, pays what that pays, and reviews it
// within the tier's time.
func (f *family) atTier(rows []*dibaoRow) {
	i := f.r.IntN(3)
	reviews := [][]day{{20200628, 20201015, 20210320}, {20201222, 20210225}, {20210318, 20210422}}[i]
	review := reviews[f.r.IntN(len(reviews))]
	for _, row := range rows {
		row.tier, row.amount, row.review = []string{"A", "B", "C"}[i], yuan([]int{442, 330, 240}[i]*len(rows)), review
	}
}

// relief keeps a monitored household out of the rules: aided and not yet well off,
// or out of danger.
func (f *family) relief(kind string) {
	if kind == stable || len(f.june.dibao) > 0 && f.june.dibao[0].single == "否" {
		return
	}
	if f.june.poor[0].income < yuan(6000) || f.r.IntN(2) == 0 {
		f.aid(f.people[0], []day{20200915, 20201120, 20210118, 20210306}[f.r.IntN(4)])
		for _, row := range f.june.poor {
			row.income = min(row.income, modest)
		}
		return
	}
	for _, row := range f.june.poor {
		row.eliminated = "是"
	}
}

// ordinaryDibao is a protected family outside registered_poor, in streets an urban one.
func ordinaryDibao(f *family) {
	f.compose()
	f.pupils(true)
	income := yuan(2400 + 12*f.r.IntN(230))
	rows := f.dibao(f.people...)
	f.atTier(rows)
	for _, row := range rows {
		row.income = income
		if f.town.urban {
			row.category, row.income = "城市", income+yuan(2400)
		}
	}
	if f.r.IntN(4) == 0 {
		f.ordinaryDisability(f.people[0]).living = "是"
	}
}

// ordinaryTekun is an old person alone, half of them registered poor too.
func ordinaryTekun(f *family) {
	p := f.add("户主", 62+f.r.IntN(28))
	row := f.tekun(p)
	if f.r.IntN(3) == 0 {
		row.mode = "集中"
	}
	switch f.r.IntN(5) {
	case 0:
		row.selfCare, row.care = "半护理", yuan(300)
	case 1:
		row.selfCare, row.care = "全护理", yuan(900)
	}
	if f.r.IntN(2) == 0 {
		f.poor(stable, yuan(7800), p)
	}
	if f.r.IntN(5) == 0 {
		d := f.disabled(p, "肢体", 2)
		d.nursing = "否"
	}
}

// drift lets a few families change between the months as families do, without
// anything for a rule: a bill, a payment begun, a baby, a corrected house number.
func (f *family) drift() {
	if f.r.IntN(12) > 0 {
		return
	}
	switch {
	case len(f.june.dibao) > 0 && f.june.dibao[0].tier == "A" && f.r.IntN(2) == 0:
		// Reviewed since, and found in greater need.
		for _, row := range f.june.dibao {
			row.review = 20210524
		}
		f.before = func(may *rosters) {
			for _, row := range may.dibao {
				row.tier, row.amount, row.review = "B", yuan(330*len(may.dibao)), 20210118
			}
		}
	case len(f.june.dibao) > 0 && f.r.IntN(2) == 0:
		for _, row := range f.june.dibao {
			row.start = 20210501
		}
		for _, row := range f.june.disability {
			row.living = "否"
		}
		if len(f.june.poor) > 0 {
			// In May nobody protected them: an income above every line but that from
			// which a risk seems gone, and aid.
			for _, row := range f.june.poor {
				row.income = modest
			}
			for _, row := range f.june.dibao {
				row.income = blank
			}
			f.aid(f.people[0], 20210112)
		}
		f.before = func(may *rosters) { may.dibao = nil }
	default:
		f.before = func(may *rosters) {
			for _, row := range may.medical {
				row.total, row.reimbursed, row.self, row.disease = blank, blank, blank, ""
			}
		}
	}
}
