package demo

// LB01, LB02: a severely disabled or seriously ill person without dibao or tekun.
var missedCases = []plant{
	{"LB01 severe by grade 1, income under the line", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 1)
		f.must("LB01", p)
	}},
	{"LB01 grade 3 of 智力 is severe, income unknown counts as needy", func(f *family) {
		p := f.home(stable, blank)
		f.disabled(p, "智力", 3)
		f.must("LB01", p)
	}},
	{"LB01 one fen under one and a half times the standard", func(f *family) {
		p := f.home(stable, yuan(7950)-1)
		f.disabled(p, "精神", 3)
		f.must("LB01", p)
	}},
	{"LB01 not at one and a half times the standard", func(f *family) {
		p := f.home(stable, yuan(7950))
		f.disabled(p, "精神", 2)
	}},
	{"LB01 not for grade 3 of 肢体", func(f *family) {
		f.disabled(f.home(stable, yuan(6600)), "肢体", 3)
	}},
	{"LB01 not who is protected alone", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 1).living = "是"
		f.alone(p)
	}},
	{"LB01 not who is in tekun", func(f *family) {
		p := f.grown()
		f.poor(stable, yuan(6600), p)
		f.disabled(p, "智力", 1).nursing = "否"
		f.tekun(p)
	}},
	{"LB01 not where a heads-only dibao roster may cover the person", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 1)
		f.headOnly(3)
	}},
	{"LB01 not a dead person, whose nursing subsidy is not missing either", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 1).nursing = "否"
		f.hit(p, "死亡", 20210520)
	}},
	{"LB01 not a dead person whose hit is exempt", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 1).nursing = "否"
		f.hit(p, "户籍注销", 20210401).exempt = "是"
	}},
	{"LB01 a death after the day of the run is none yet", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 1)
		f.hit(p, "死亡", 20210620)
		f.must("LB01", p)
	}},
	{"LB01 not who moved out", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "视力", 1)
		f.hit(p, "户籍迁出", 0)
	}},
	{"LB01 not on a cancelled certificate", func(f *family) {
		p := f.home(stable, yuan(6600))
		row := f.disabled(p, "肢体", 1)
		row.status, row.nursing = "注销", "否"
	}},
	{"LB01 not in a household of type 一般农户", func(f *family) {
		f.disabled(f.home(general, yuan(6600)), "肢体", 1)
	}},
	{"LB01 not who left registered_poor by natural decrease", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.row(p).status = "自然减少"
		f.row(p).income = yuan(9600)
		f.disabled(p, "肢体", 2)
	}},
	{"LB01 a cancelled dibao row does not cover", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "多重", 2)
		row := f.alone(p)
		row.status, row.exitReason = "注销", "收入超标"
		f.must("LB01", p)
	}},
	{"LB02 seriously ill by the roster's own mark", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(8000), yuan(3000)).serious = "是"
		f.must("LB02", p)
	}},
	{"LB02 two settlements together reach the line", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(6000), yuan(2000))
		f.bill(p, yuan(4000), yuan(1000))
		f.must("LB02", p)
		f.must("JC01", p)
	}},
	{"LB02 not one fen under the line", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(6000), yuan(2000))
		f.bill(p, yuan(4000)-1, yuan(1000))
	}},
	{"LB02 leaves the severely disabled to LB01", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(20000), yuan(5000))
		f.disabled(p, "肢体", 2)
		f.must("LB01", p)
		f.must("JC01", p)
	}},
	{"LB02 names who is ill and disabled, not severely", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(20000), yuan(5000))
		f.disabled(p, "听力", 4)
		f.must("LB02", p)
		f.must("JC01", p)
	}},
	{"LB02 not who is protected alone", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(20000), yuan(5000))
		f.alone(p)
		f.must("JC01", p)
	}},
	{"LB02 not a household that is not needy", func(f *family) {
		p := f.home(stable, yuan(8400))
		f.bill(p, yuan(20000), yuan(5000))
		f.must("JC01", p)
	}},
	{"LB02 not who is possibly covered", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(20000), yuan(5000))
		f.headOnly(3)
		f.must("JC01", p)
	}},
	{"LB02 not a dead person", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.bill(p, yuan(20000), yuan(5000))
		f.hit(p, "火化", 20210608)
	}},
}

// LB03, LB04, LB06: households and members left out.
var missedHouseholdCases = []plant{
	{"LB03 monitored, risk open, nobody covered or aided", func(f *family) {
		f.home(unstable, yuan(8400))
		f.mustPoor("LB03")
	}},
	{"LB03 names the household under the line too, LB06 then does not", func(f *family) {
		f.home(sudden, yuan(4800))
		f.mustPoor("LB03")
	}},
	{"LB03 monitor_type wins over the household's type", func(f *family) {
		f.home(stable, yuan(8400))
		for _, row := range f.june.poor {
			row.monitorType = marginal
		}
		f.mustPoor("LB03")
	}},
	{"LB03 not where one member was aided", func(f *family) {
		f.aid(f.home(unstable, yuan(8400)), 20210215)
	}},
	{"LB03 not where aided, LB06 names the household under the line", func(f *family) {
		f.aid(f.home(unstable, yuan(4800)), 20210215)
		f.mustPoor("LB06")
	}},
	{"LB03 aid more than twelve months ago is none", func(f *family) {
		f.aid(f.home(marginal, yuan(8400)), 20200420)
		f.mustPoor("LB03")
	}},
	{"LB03 not where the risk is eliminated", func(f *family) {
		f.home(unstable, yuan(9600))
		for _, row := range f.june.poor {
			row.eliminated = "是"
		}
	}},
	{"LB03 not where one member is protected alone", func(f *family) {
		f.alone(f.home(unstable, yuan(8400)))
	}},
	{"LB03 a protected member who died does not count, nor is he in CB03 this month", func(f *family) {
		p := f.home(unstable, yuan(8400))
		f.alone(p)
		f.hit(p, "死亡", 20210605)
		f.mustPoor("LB03")
	}},
	{"LB03 not a household without a living member", func(f *family) {
		p := f.add("户主", 63+f.r.IntN(20))
		f.poor(unstable, yuan(4800), p)
		f.hit(p, "死亡", 20210210)
	}},
	{"LB04 a child left out of the family's dibao", func(f *family) {
		head, spouse := f.couple()
		child := f.add("之女", 9)
		f.poor(stable, yuan(6600), head, spouse, child)
		f.dibao(head, spouse)
		f.must("LB04", child)
	}},
	{"LB04 two members left out", func(f *family) {
		head, spouse := f.couple()
		son, mother := f.add("之子", 17), f.add("之母", 78)
		f.poor(stable, blank, head, spouse, son, mother)
		f.dibao(mother)
		f.must("LB04", head, spouse, son)
	}},
	{"LB04 not where a member is protected as a single household", func(f *family) {
		f.alone(f.home(stable, yuan(6600)))
	}},
	{"LB04 not a graduate student", func(f *family) {
		head, spouse := f.couple()
		son := f.born("之子", birthAt(f.r, 24, 20200831))
		f.poor(stable, yuan(6600), head, spouse, son)
		f.dibao(head, spouse)
		f.school(son)
	}},
	{"LB04 an undergraduate is named", func(f *family) {
		head, spouse := f.couple()
		son := f.born("之子", birthAt(f.r, 19, 20200831))
		f.poor(stable, yuan(6600), head, spouse, son)
		f.dibao(head, spouse)
		f.aidedPupil(son)
		f.must("LB04", son)
	}},
	{"LB04 not who is in custody", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.dibao(f.people[:2]...)
		f.hit(p, "服刑", 20201010)
	}},
	{"LB04 not who died", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.dibao(f.people[:2]...)
		f.hit(p, "死亡", 20210301)
	}},
	{"LB04 not who moved out", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.dibao(f.people[:2]...)
		f.hit(p, "迁出", 20210301)
	}},
	{"LB04 leaves the severely disabled to LB01", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.dibao(f.people[:2]...)
		f.disabled(p, "肢体", 2)
		f.must("LB01", p)
	}},
	{"LB04 names the severely disabled of a household that is not needy", func(f *family) {
		p := f.home(stable, yuan(8400))
		f.dibao(f.people[:2]...)
		f.disabled(p, "肢体", 2)
		f.must("LB04", p)
	}},
	{"LB04 leaves the seriously ill to LB02", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.dibao(f.people[:2]...)
		f.bill(p, yuan(12000), yuan(4000))
		f.must("LB02", p)
		f.must("JC01", p)
	}},
	{"LB04 not where more are declared than listed", func(f *family) {
		f.home(stable, yuan(6600))
		for _, row := range f.dibao(f.people[:2]...) {
			row.covered, row.amount = 3, yuan(720)
		}
	}},
	{"LB04 not who is in tekun", func(f *family) {
		head, spouse := f.couple()
		father := f.add("之父", 79)
		f.poor(stable, yuan(6600), head, spouse, father)
		f.dibao(head, spouse)
		f.tekun(father)
	}},
	{"LB06 one yuan under the standard", func(f *family) {
		f.home(stable, yuan(5299))
		f.mustPoor("LB06")
		f.mustPoor("JC08")
	}},
	{"LB06 not at the standard", func(f *family) {
		f.home(stable, yuan(5300))
		f.mustPoor("JC08")
	}},
	{"LB06 not where one member is protected alone", func(f *family) {
		f.alone(f.home(stable, yuan(4800)))
		f.mustPoor("JC08")
	}},
	{"LB06 not where a living member is in tekun", func(f *family) {
		head, spouse := f.couple()
		father := f.add("之父", 79)
		f.poor(marginal, yuan(4800), head, spouse, father)
		f.tekun(father)
		f.must("CB14", father)
	}},
	{"LB06 not where the income is unknown", func(f *family) {
		f.home(stable, blank)
	}},
	{"LB06 not for 一般农户", func(f *family) {
		f.home(general, yuan(3600))
	}},
}

// LB05, LB07–LB09: households of the helpless, and burdens that nobody eases.
var burdenCases = []plant{
	{"LB05 an old couple", func(f *family) {
		f.poor(stable, modest, f.add("户主", 66), f.add("配偶", 64))
		f.mustPoor("LB05")
	}},
	{"LB05 in dibao all the same", func(f *family) {
		p := f.add("户主", 60)
		f.poor(stable, modest, p)
		f.alone(p)
		f.mustPoor("LB05")
	}},
	{"LB05 somebody of middle age whose disability leaves no labour", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.disabled(p, "肢体", 1)
		f.mustPoor("LB05")
	}},
	{"LB05 not where the disability leaves some and nobody is old", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.disabled(p, "肢体", 2)
	}},
	{"LB05 not at fifty-nine without labour", func(f *family) {
		p := f.add("户主", 59)
		f.poor(stable, modest, p)
		f.row(p).labour = "丧失劳动力"
	}},
	{"LB05 not where one is able to work", func(f *family) {
		f.poor(stable, modest, f.add("户主", 62), f.add("配偶", 58))
	}},
	{"LB05 not where one is in tekun", func(f *family) {
		p := f.aged()
		f.poor(stable, modest, p)
		f.tekun(p)
	}},
	{"LB05 not a household without a living member", func(f *family) {
		p := f.aged()
		f.poor(stable, modest, p)
		f.hit(p, "死亡", 20210520)
	}},
	{"LB07 a bill at the line, nothing given", func(f *family) {
		p := f.grown()
		f.poor(marginal, modest, p)
		f.alone(p)
		f.bill(p, yuan(10000), blank)
		f.must("LB07", p)
	}},
	{"LB07 two bills together, in a stable household", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.bill(p, yuan(7000), blank)
		f.bill(p, yuan(7000), 0)
		f.must("LB07", p)
		f.must("JC01", p)
	}},
	{"LB07 not one fen under the line, which leaves it to BT06", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.bill(p, yuan(10000)-1, blank)
		f.must("BT06", p)
	}},
	{"LB07 not where medical aid was given", func(f *family) {
		p := f.grown()
		f.poor(marginal, modest, p)
		f.alone(p)
		f.bill(p, yuan(10000), 1)
	}},
	{"LB07 not where somebody of the household was aided", func(f *family) {
		head, spouse := f.couple()
		f.poor(marginal, modest, head, spouse)
		f.bill(spouse, yuan(20000), blank)
		f.aid(head, 20200610)
	}},
	{"LB07 not who is neither poor nor covered", func(f *family) {
		f.bill(f.grown(), yuan(20000), blank)
	}},
	{"LB07 not who died", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.bill(p, yuan(20000), blank)
		f.hit(p, "死亡", 20210603)
	}},
	{"LB08 an undergraduate with a loan", func(f *family) {
		p := f.minor(19)
		f.schooling(p, yuan(8000))
		f.must("LB08", p)
	}},
	{"LB08 and BT07 where no aid is named either", func(f *family) {
		p := f.minor(16)
		row := f.schooling(p, yuan(9600))
		row.aidItem, row.aid = "", 0
		f.must("LB08", p)
		f.must("BT07", p)
	}},
	{"LB08 not one fen under the line", func(f *family) {
		f.schooling(f.minor(19), yuan(8000)-1)
	}},
	{"LB08 not at a private school", func(f *family) {
		row := f.schooling(f.minor(19), yuan(12000))
		row.school, row.ownership = "省城市学院", "民办"
	}},
	{"LB08 not at graduate school", func(f *family) {
		f.schooling(f.minor(22), yuan(12000))
	}},
	{"LB08 not who turned twenty-four today", func(f *family) {
		row := f.schooling(f.minorBorn(19970610), yuan(12000))
		row.stage, row.grade = "本科", "大四"
	}},
	{"LB08 not where an amount was given", func(f *family) {
		f.schooling(f.minor(19), yuan(12000)).aid = yuan(3300)
	}},
	{"LB08 not where the household was aided", func(f *family) {
		f.schooling(f.minor(19), yuan(12000))
		f.aid(f.people[0], 20210301)
	}},
	{"LB08 not who is neither poor nor covered", func(f *family) {
		f.couple()
		f.schooling(f.born("之女", birthAt(f.r, 19, 20200831)), yuan(12000))
	}},
	{"LB09 two minors without an adult", func(f *family) {
		head, other := f.add("户主", 16), f.add("之兄弟姐妹", 9)
		f.poor(stable, modest, head, other)
		f.must("LB09", head, other)
	}},
	{"LB09 whose only adult died", func(f *family) {
		old := f.add("户主", 66)
		p := f.add("之孙子", 10)
		f.poor(stable, modest, old, p)
		f.hit(old, "死亡", 20210402)
		f.must("LB09", p)
	}},
	{"LB09 not with an adult, though he cannot work", func(f *family) {
		old := f.add("户主", 66)
		f.poor(stable, modest, old, f.add("之孙女", 10))
		f.mustPoor("LB05")
	}},
	{"LB09 not who turned eighteen today", func(f *family) {
		f.poor(stable, modest, f.born("户主", 20030610), f.add("之兄弟姐妹", 9))
	}},
	{"LB09 not who is protected", func(f *family) {
		p := f.add("户主", 15)
		f.poor(stable, modest, p)
		f.alone(p)
	}},
	{"LB09 not who moved out", func(f *family) {
		p := f.add("户主", 15)
		f.poor(stable, modest, p)
		f.hit(p, "迁出", 20210402)
	}},
}

// schooling is a pupil at a public school for so much a year, with a loan instead of aid.
func (f *family) schooling(p *person, cost fen) *schoolRow {
	row := f.school(p)
	row.cost, row.aidItem = cost, "生源地信用助学贷款"
	return row
}
