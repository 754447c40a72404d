package demo

// CB06, CB10, CB11, CB14: people who should not be paid, or not out of this purse.
var doubtfulCases = []plant{
	{"CB06 in tekun at working age", func(f *family) {
		p := f.grown()
		f.tekun(p)
		f.must("CB06", p)
	}},
	{"CB06 a disability that leaves some labour until July", func(f *family) {
		p := f.grown()
		f.tekun(p)
		f.disabled(p, "肢体", 2).nursing = "否"
		f.must("CB06", p)
	}},
	{"CB06 who turned sixteen today and goes to no school", func(f *family) {
		p := f.born("户主", 20050610)
		f.tekun(p)
		f.must("CB06", p)
	}},
	{"CB06 not who turns sixteen tomorrow", func(f *family) {
		p := f.born("户主", 20050611)
		f.tekun(p)
	}},
	{"CB06 not who turned sixty today", func(f *family) {
		p := f.born("户主", 19610610)
		f.tekun(p)
	}},
	{"CB06 who turns sixty tomorrow", func(f *family) {
		p := f.born("户主", 19610611)
		f.tekun(p)
		f.must("CB06", p)
	}},
	{"CB06 not whose disability leaves no labour", func(f *family) {
		p := f.grown()
		f.tekun(p)
		f.disabled(p, "肢体", 1).nursing = "否"
	}},
	{"CB06 not who is at secondary school", func(f *family) {
		p := f.add("户主", 16)
		f.tekun(p)
		row := f.aidedPupil(p)
		row.stage, row.grade, row.school = "中职", "", "区职业技术教育中心"
	}},
	{"CB06 not where tekun is stopped", func(f *family) {
		f.tekun(f.grown()).status = "停保"
	}},
	{"CB10 nursing subsidy to a dead person", func(f *family) {
		p := f.aged()
		f.disabled(p, "肢体", 2)
		f.hit(p, "死亡", 20210531)
		f.must("CB10", p)
	}},
	{"CB10 and CB03, living subsidy and dibao", func(f *family) {
		p := f.aged()
		f.alone(p)
		f.disabled(p, "听力", 2).living = "是"
		f.hit(p, "火化", 0)
		f.must("CB10", p)
		f.must("CB03", p)
	}},
	{"CB10 not in the month of death", func(f *family) {
		p := f.aged()
		f.disabled(p, "肢体", 2)
		f.hit(p, "死亡", 20210601)
	}},
	{"CB10 not where nothing is paid", func(f *family) {
		p := f.aged()
		f.disabled(p, "肢体", 2).nursing = "否"
		f.hit(p, "死亡", 20210302)
	}},
	{"CB10 not who moved out", func(f *family) {
		p := f.aged()
		f.disabled(p, "肢体", 2)
		f.hit(p, "迁出", 20210302)
	}},
	{"CB11 one of a protected couple is in custody", func(f *family) {
		f.pair()
		f.hit(f.people[1], "服刑", 20210325)
		f.must("CB11", f.people[1])
	}},
	{"CB11 in tekun, no date", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.hit(p, "在押", 0)
		f.must("CB11", p)
	}},
	{"CB11 not for an exempt hit", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.hit(p, "服刑", 20180325).exempt = "是"
	}},
	{"CB11 not before it begins", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.hit(p, "服刑", 20210611)
	}},
	{"CB11 not who is not protected", func(f *family) {
		f.hit(f.grown(), "服刑", 20210325)
	}},
	{"CB14 the wife of somebody in tekun is able to work", func(f *family) {
		wife := f.wedded(58)
		f.row(wife).labour = "技能劳动力"
		f.must("CB14", f.people[0])
	}},
	{"CB14 so is a grown son", func(f *family) {
		p, son := f.aged(), f.add("之子", 18)
		f.poor(stable, modest, p, son)
		f.tekun(p)
		f.must("CB14", p)
	}},
	{"CB14 not for a son under age", func(f *family) {
		p, son := f.aged(), f.add("之子", 17)
		f.poor(stable, modest, p, son)
		f.tekun(p)
	}},
	{"CB14 not for a wife of sixty", func(f *family) {
		f.wedded(60)
	}},
	{"CB14 not for one who lost the ability to work", func(f *family) {
		f.row(f.wedded(55)).labour = "丧失劳动力"
	}},
	{"CB14 not for one who is protected", func(f *family) {
		f.alone(f.wedded(55))
	}},
	{"CB14 not for one who is severely disabled", func(f *family) {
		f.disabled(f.wedded(55), "肢体", 2)
	}},
	{"CB14 not for one in custody", func(f *family) {
		f.hit(f.wedded(55), "服刑", 20190325)
	}},
	{"CB14 not for one who died", func(f *family) {
		f.hit(f.wedded(55), "死亡", 20210325)
	}},
	{"CB14 not for a brother", func(f *family) {
		p, brother := f.aged(), f.add("之兄弟姐妹", 50)
		f.poor(stable, modest, p, brother)
		f.tekun(p)
	}},
}

// wedded is a registered couple of whom the head is in tekun; it gives the other, of that age.
func (f *family) wedded(age int) *person {
	head, spouse := f.aged(), f.add("配偶", age)
	f.poor(stable, modest, head, spouse)
	f.tekun(head)
	return spouse
}

// CB07, CB12, CB13: what a dibao household is paid, and when it was last looked at.
var amountCases = []plant{
	{"CB07 more than the tier pays for two", func(f *family) {
		for _, row := range f.pair() {
			row.amount = yuan(528) + 1
		}
		f.mustDibao("CB07", f.june.dibao[0])
	}},
	{"CB07 not at the tolerance", func(f *family) {
		for _, row := range f.pair() {
			row.amount = yuan(432)
		}
	}},
	{"CB07 less, counted by those listed", func(f *family) {
		for _, row := range f.pair() {
			row.covered, row.amount = 0, yuan(240)
		}
		f.mustDibao("CB07", f.june.dibao[0])
	}},
	{"CB07 not where those declared make it right", func(f *family) {
		for _, row := range f.pair() {
			row.covered, row.amount = 3, yuan(720)
		}
	}},
	{"CB07 not without a tier", func(f *family) { f.aloneUnder("", yuan(600), 20210415) }},
	{"CB12 tier C after three months", func(f *family) {
		f.mustDibao("CB12", f.aloneUnder("C", yuan(240), 20210309))
	}},
	{"CB12 not tier C at three months", func(f *family) { f.aloneUnder("C", yuan(240), 20210310) }},
	{"CB12 tier B after six months", func(f *family) {
		f.mustDibao("CB12", f.aloneUnder("B", yuan(330), 20201209))
	}},
	{"CB12 not tier B at six months", func(f *family) { f.aloneUnder("B", yuan(330), 20201210) }},
	{"CB12 tier A after twelve months", func(f *family) {
		f.mustDibao("CB12", f.aloneUnder("A", yuan(442), 20200609))
	}},
	{"CB12 without a tier after twelve months", func(f *family) {
		f.mustDibao("CB12", f.aloneUnder("", yuan(300), 20200609))
	}},
	{"CB12 not without a tier at twelve months", func(f *family) { f.aloneUnder("", yuan(300), 20200610) }},
	{"CB12 not where nobody wrote when", func(f *family) { f.aloneUnder("C", yuan(240), 0) }},
	{"CB13 a tier raised without a review", func(f *family) {
		f.aloneUnder("B", yuan(330), 20210510)
		f.was(func(may *rosters) { may.dibao[0].tier, may.dibao[0].amount = "C", yuan(240) })
		f.mustDibao("CB13", f.june.dibao[0])
	}},
	{"CB13 an amount raised without a review", func(f *family) {
		f.aloneUnder("C", yuan(260), 20210415)
		f.was(func(may *rosters) { may.dibao[0].amount = yuan(240) })
		f.mustDibao("CB13", f.june.dibao[0])
	}},
	{"CB13 not after a review", func(f *family) {
		f.aloneUnder("B", yuan(330), 20210511)
		f.was(func(may *rosters) {
			may.dibao[0].tier, may.dibao[0].amount, may.dibao[0].review = "C", yuan(240), 20210301
		})
	}},
	{"CB13 not where the income changed", func(f *family) {
		f.aloneUnder("B", yuan(330), 20210415).income = yuan(3600)
		f.was(func(may *rosters) {
			may.dibao[0].tier, may.dibao[0].amount, may.dibao[0].income = "C", yuan(240), yuan(4800)
		})
	}},
	{"CB13 not where a member was added", func(f *family) {
		f.pair()
		f.was(func(may *rosters) {
			may.dibao = may.dibao[:1]
			may.dibao[0].covered, may.dibao[0].amount = 1, yuan(240)
		})
	}},
	{"CB13 not who is paid for the first time", func(f *family) {
		f.aloneUnder("B", yuan(330), 20210415).start = 20210501
		f.was(func(may *rosters) { may.dibao = nil })
	}},
}
