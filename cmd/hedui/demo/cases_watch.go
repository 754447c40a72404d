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
		f.mustPoor("LB05")
	}},
	{"JC09 the one who could work is severely disabled or lost the ability", func(f *family) {
		f.eliminated(yuan(9600))
		f.disabled(f.people[0], "肢体", 1)
		f.row(f.people[1]).labour = "丧失劳动力"
		f.row(f.people[2]).labour = "无劳动力"
		f.mustPoor("JC09")
		f.mustPoor("LB05")
	}},
	{"JC09 the one who could work died", func(f *family) {
		head, spouse := f.add("户主", 66), f.add("配偶", 52)
		f.poor(sudden, yuan(9600), head, spouse)
		for _, row := range f.june.poor {
			row.eliminated = "是"
		}
		f.hit(spouse, "死亡", 20210401)
		f.mustPoor("JC09")
		f.mustPoor("LB05")
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
	{"JC09 leaves a stable household in an unsafe house to JC07", func(f *family) {
		f.home(stable, yuan(9600))
		for _, row := range f.june.poor {
			row.houseSafe = "否"
		}
		f.mustPoor("JC07")
	}},
	{"JC09 not while the risk is open", func(f *family) {
		f.aid(f.home(unstable, yuan(5400)), 20210301)
	}},
}

// JC01, JC02, JC07, JC08: risks that are not watched, and watched ones that are gone.
var riskCases = []plant{
	{"JC01 a bill at the line in a stable household", func(f *family) {
		f.billed(stable, yuan(10000))
		f.must("JC01", f.people[0])
	}},
	{"JC01 in dibao, not registered", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.bill(p, yuan(16000), yuan(4000))
		f.must("JC01", p)
	}},
	{"JC01 not one fen under the line", func(f *family) { f.billed(stable, yuan(10000)-1) }},
	{"JC01 not in a monitored household", func(f *family) {
		f.billed(sudden, yuan(16000))
		f.aid(f.people[0], 20210301)
	}},
	{"JC01 not in a household of type 一般农户", func(f *family) { f.billed(general, yuan(16000)) }},
	{"JC01 not who died", func(f *family) {
		f.billed(stable, yuan(16000))
		f.hit(f.people[0], "死亡", 20210520)
	}},
	{"JC02 income at the line, able to work", func(f *family) {
		f.relieved(yuan(9000))
		f.mustPoor("JC02")
	}},
	{"JC02 not one fen under the line", func(f *family) { f.relieved(yuan(9000) - 1) }},
	{"JC02 not where the income is unknown", func(f *family) { f.relieved(blank) }},
	{"JC02 not where the risk is eliminated already", func(f *family) {
		f.relieved(yuan(12000))
		f.june.poor[0].eliminated = "是"
	}},
	{"JC02 not where nobody is able to work", func(f *family) {
		f.relieved(yuan(12000))
		f.june.poor[0].labour = "丧失劳动力"
	}},
	{"JC02 not where somebody is seriously ill", func(f *family) {
		f.relieved(yuan(12000))
		f.bill(f.people[0], yuan(3000), yuan(1000)).serious = "是"
	}},
	{"JC02 not where a member is severely disabled", func(f *family) {
		p, child := f.grown(), f.add("之子", 20)
		f.poor(unstable, yuan(12000), p, child)
		f.aid(p, 20210301)
		f.disabled(child, "视力", 2)
	}},
	{"JC07 a house not safe", func(f *family) {
		f.housed(stable, "否", "是")
		f.mustPoor("JC07")
	}},
	{"JC07 water not safe", func(f *family) {
		f.housed(stable, "是", "否")
		f.mustPoor("JC07")
	}},
	{"JC07 not where everything is safe and somebody dead was not insured", func(f *family) {
		f.housed(stable, "是", "是")
		dead := f.people[1]
		f.medical(dead).insured = "否"
		f.hit(dead, "死亡", 20210420)
	}},
	{"JC07 not a monitored household", func(f *family) {
		f.housed(marginal, "否", "否")
		f.aid(f.people[0], 20210301)
	}},
	{"JC07 not 一般农户", func(f *family) { f.housed(general, "否", "否") }},
	{"JC07 not an empty house", func(f *family) {
		f.housed(stable, "否", "否")
		f.hit(f.people[0], "迁出", 20210301)
		f.hit(f.people[1], "迁出", 20210301)
	}},
	{"JC08 one fen under the monitor line", func(f *family) {
		f.poor(stable, yuan(6000)-1, f.grown())
		f.mustPoor("JC08")
	}},
	{"JC08 not at the monitor line", func(f *family) { f.poor(stable, yuan(6000), f.grown()) }},
	{"JC08 not where everybody living is protected", func(f *family) {
		p, dead := f.grown(), f.add("配偶", 44)
		f.poor(stable, yuan(4800), p, dead)
		f.alone(p)
		f.hit(dead, "死亡", 20200120)
	}},
	{"JC08 not a monitored household", func(f *family) {
		p := f.grown()
		f.poor(marginal, yuan(5400), p)
		f.aid(p, 20210301)
	}},
	{"JC08 not where the income is unknown", func(f *family) { f.poor(stable, blank, f.grown()) }},
}

// billed is a registered household of one, with a bill and some aid for it.
func (f *family) billed(kind string, self fen) {
	p := f.grown()
	f.poor(kind, modest, p)
	f.bill(p, self, yuan(500))
}

// relieved is a monitored household of one, able to work, aided, its risk open.
func (f *family) relieved(income fen) {
	p := f.grown()
	f.poor(unstable, income, p)
	f.aid(p, 20210301)
}

// housed is a registered couple under a roof and with water, safe or not.
func (f *family) housed(kind, house, water string) {
	head, spouse := f.couple()
	for _, row := range f.poor(kind, modest, head, spouse) {
		row.houseSafe, row.waterSafe = house, water
	}
}

// JC04–JC06: what the registers of two departments say of one family.
var ledgerCases = []plant{
	{"JC04 one dibao household, two registered ones", func(f *family) {
		brother := f.brothers(stable)
		f.protect(brother)
		f.mustPoor("JC04")
		f.wants = append(f.wants, want{"JC04", f.town.name + "|" + f.june.poor[0].householdNo})
	}},
	{"JC04 the other household is 一般农户", func(f *family) {
		brother := f.brothers(general)
		f.protect(brother)
		f.wants = append(f.wants, want{"JC04", f.town.name + "|" + f.june.poor[0].householdNo})
	}},
	{"JC04 not where each has a dibao household of its own", func(f *family) {
		brother := f.brothers(stable)
		f.protect()
		f.alone(brother)
	}},
	{"JC04 not where the other's dibao is stopped", func(f *family) {
		brother := f.brothers(stable)
		f.protect(brother)
		f.june.dibao[2].status = "停保"
		for _, row := range f.june.dibao {
			row.covered, row.amount = 2, yuan(480)
		}
	}},
	{"JC04 not where the other stands in no registered household", func(f *family) {
		f.protect(f.brothers(""))
	}},
	{"JC05 said to be in dibao", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).dibao = "农村低保"
		f.must("JC05", p)
	}},
	{"JC05 said to be in tekun", func(f *family) {
		p := f.aged()
		f.poor(stable, modest, p, f.add("之子", 40))
		f.row(p).tekun = "是"
		f.must("JC05", p)
	}},
	{"JC05 said so still after the dibao was stopped", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).dibao = "农村低保"
		f.alone(p).status = "注销"
		f.must("JC05", p)
	}},
	{"JC05 not who is covered by the other roster", func(f *family) {
		p := f.aged()
		f.poor(stable, modest, p)
		f.row(p).dibao = "农村低保"
		f.tekun(p)
	}},
	{"JC05 not who is possibly covered", func(f *family) {
		head, spouse := f.couple()
		f.poor(stable, modest, head, spouse)
		f.row(spouse).dibao = "农村低保"
		f.headOnly(2)
	}},
	{"JC05 not 一般农户", func(f *family) {
		p := f.grown()
		f.poor(general, modest, p)
		f.row(p).dibao = "农村低保"
	}},
	{"JC06 in dibao, said not to be", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).dibao = "未享受"
		f.alone(p)
		f.must("JC06", p)
	}},
	{"JC06 in tekun, said not to be", func(f *family) {
		p := f.aged()
		f.poor(stable, modest, p)
		f.row(p).tekun = "否"
		f.tekun(p)
		f.must("JC06", p)
	}},
	{"JC06 not where the dibao is stopped", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).dibao = "未享受"
		f.alone(p).status = "停保"
	}},
	{"JC06 not 一般农户", func(f *family) {
		p := f.grown()
		f.poor(general, modest, p)
		f.row(p).dibao = "未享受"
		f.alone(p)
	}},
}

// brothers are a registered couple and a brother, whose own household is of that
// type, if any.
func (f *family) brothers(kind string) *person {
	head, spouse := f.couple()
	brother := f.add("之兄弟姐妹", 38)
	f.poor(stable, modest, head, spouse)
	if kind != "" {
		f.poor(kind, modest, brother)
		f.row(brother).relation = "户主"
	}
	return brother
}

// protect takes the couple and the others into dibao together.
func (f *family) protect(others ...*person) {
	f.dibao(append(f.people[:2:2], others...)...)
}
