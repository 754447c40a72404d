package demo

// both states a household's income in both ledgers.
func (f *family) both(poor, dibao fen) {
	f.home(stable, poor)
	for _, row := range f.dibao(f.people...) {
		row.income = dibao
	}
}

// eliminated is a monitored household whose risk is said to be gone.
func (f *family) eliminated(income fen) {
	f.home(unstable, income)
	for _, row := range f.june.poor {
		row.eliminated = "是"
	}
}

// JC03, JC09: two ledgers, and a risk that is not gone.
var watchCases = []plant{
	{"JC03 incomes differ by more than three tenths", func(f *family) {
		f.both(yuan(7200), yuan(4800))
		f.mustPoor("JC03")
	}},
	{"JC03 the other way round", func(f *family) {
		f.both(yuan(2400), yuan(4800))
		f.mustPoor("JC03")
	}},
	{"JC03 not at three tenths", func(f *family) {
		f.both(yuan(6000), yuan(4200))
	}},
	{"JC03 one fen more", func(f *family) {
		f.both(yuan(6000), yuan(4200)-1)
		f.mustPoor("JC03")
	}},
	{"JC03 not where one income is unknown", func(f *family) {
		f.both(yuan(7200), blank)
	}},
	{"JC03 not where two dibao households are mixed", func(f *family) {
		f.home(stable, yuan(7200))
		f.alone(f.people[2]).income = yuan(2400)
		for _, row := range f.dibao(f.people[:2]...) {
			row.income = yuan(2400)
		}
	}},
	{"JC09 nobody is able to work", func(f *family) {
		head, spouse := f.add("户主", 66), f.add("配偶", 64)
		f.poor(unstable, yuan(9600), head, spouse)
		for _, row := range f.june.poor {
			row.eliminated = "是"
		}
		f.mustPoor("JC09")
	}},
	{"JC09 the one who could work is severely disabled or lost the ability", func(f *family) {
		f.eliminated(yuan(9600))
		f.disabled(f.people[0], "肢体", 1)
		f.row(f.people[1]).labour = "丧失劳动力"
		f.row(f.people[2]).labour = "无劳动力"
		f.mustPoor("JC09")
	}},
	{"JC09 the one who could work died", func(f *family) {
		head, spouse := f.add("户主", 66), f.add("配偶", 52)
		f.poor(sudden, yuan(9600), head, spouse)
		for _, row := range f.june.poor {
			row.eliminated = "是"
		}
		f.hit(spouse, "死亡", 20210401)
		f.mustPoor("JC09")
	}},
	{"JC09 income under the monitor line", func(f *family) {
		f.eliminated(yuan(6000) - 1)
		f.mustPoor("JC09")
	}},
	{"JC09 and LB06 under the dibao standard", func(f *family) {
		f.eliminated(yuan(4800))
		f.mustPoor("JC09")
		f.mustPoor("LB06")
	}},
	{"JC09 house not safe", func(f *family) {
		f.eliminated(yuan(9600))
		for _, row := range f.june.poor {
			row.houseSafe = "否"
		}
		f.mustPoor("JC09")
	}},
	{"JC09 water not safe", func(f *family) {
		f.eliminated(yuan(9600))
		for _, row := range f.june.poor {
			row.waterSafe = "否"
		}
		f.mustPoor("JC09")
	}},
	{"JC09 not at the monitor line", func(f *family) {
		f.eliminated(yuan(6000))
	}},
	{"JC09 not where the income is unknown", func(f *family) {
		f.eliminated(blank)
	}},
	{"JC09 not a stable household in an unsafe house", func(f *family) {
		f.home(stable, yuan(9600))
		for _, row := range f.june.poor {
			row.houseSafe = "否"
		}
	}},
	{"JC09 not while the risk is open", func(f *family) {
		f.aid(f.home(unstable, yuan(5400)), 20210301)
	}},
}
