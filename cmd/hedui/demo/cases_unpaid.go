package demo

// BT01, BT02, BT04: subsidies and insurance that are due.
var unpaidCases = []plant{
	{"BT01 nursing subsidy not paid", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "肢体", 1).nursing = "否"
		f.must("BT01", head)
	}},
	{"BT01 a blank cell is no", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "多重", 2).nursing = ""
		f.must("BT01", head)
	}},
	{"BT01 not in tekun", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.disabled(p, "肢体", 1).nursing = "否"
	}},
	{"BT01 not for a type that has none", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "言语", 1)
	}},
	{"BT01 not at grade 3", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "精神", 3)
	}},
	{"BT01 not a dead person", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "肢体", 1).nursing = "否"
		f.hit(head, "死亡", 20210505)
	}},
	{"BT01 not on a frozen certificate", func(f *family) {
		head, _ := f.couple()
		row := f.disabled(head, "肢体", 1)
		row.nursing, row.status = "否", "冻结"
	}},
	{"BT02 living subsidy not paid in dibao", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.alone(p)
		f.disabled(p, "听力", 3)
		f.must("BT02", p)
	}},
	{"BT02 a blank cell is no", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.disabled(p, "肢体", 4).living = ""
		f.must("BT02", p)
	}},
	{"BT02 in dibao for two months", func(f *family) {
		p := f.grown()
		f.alone(p).start = 20210401
		f.disabled(p, "肢体", 4)
		f.must("BT02", p)
	}},
	{"BT02 not in dibao for less than two months", func(f *family) {
		p := f.grown()
		f.alone(p).start = 20210501
		f.disabled(p, "肢体", 4)
		f.was(func(may *rosters) { may.dibao = nil })
	}},
	{"BT02 not in tekun", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.disabled(p, "肢体", 4)
	}},
	{"BT02 not a dead person", func(f *family) {
		p := f.add("户主", 60+f.r.IntN(20))
		f.alone(p)
		f.disabled(p, "肢体", 4)
		f.hit(p, "死亡", 20210602)
	}},
	{"BT02 not outside dibao", func(f *family) {
		f.disabled(f.home(stable, yuan(9600)), "肢体", 4)
	}},
	{"BT02 not on an expired certificate", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.disabled(p, "肢体", 4).status = "过期"
	}},
	{"BT04 not insured says the insurance roster", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.medical(p).insured = "否"
		f.must("BT04", p)
		f.mustPoor("JC07")
	}},
	{"BT04 not insured says registered_poor, no word from the other", func(f *family) {
		p := f.home(stable, yuan(9600))
		p.unlisted = true
		f.row(p).medical = "否"
		f.must("BT04", p)
		f.mustPoor("JC07")
	}},
	{"BT04 not where the insurance roster knows better", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.row(p).medical = "否"
	}},
	{"BT04 not who is in no insurance roster and called insured", func(f *family) {
		f.home(stable, yuan(9600)).unlisted = true
	}},
	{"BT04 not where one of two rows says yes", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.medical(p).insured = "否"
		f.medical(p)
	}},
	{"BT04 in dibao alone", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.medical(p).insured = "否"
		f.must("BT04", p)
	}},
	{"BT04 not who is neither poor nor covered", func(f *family) {
		head, _ := f.couple()
		f.medical(head).insured = "否"
	}},
	{"BT04 not who moved out", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.medical(p).insured = "否"
		f.hit(p, "迁出", 20210401)
	}},
}

// minor is a stable household of a couple and a child of that age on the day
// that schooling counts from, registered but not yet in any school.
func (f *family) minor(age int) *person {
	return f.minorBorn(birthAt(f.r, age, 20200831))
}

func (f *family) minorBorn(birth day) *person {
	head, spouse := f.couple()
	p := f.born("之女", birth)
	p.unschooled = true
	f.poor(stable, yuan(9600), head, spouse, p)
	return p
}

// BT07, BT08: aid for pupils, and children out of school.
var schoolCases = []plant{
	{"BT07 a poor pupil without aid", func(f *family) {
		p := f.minor(9)
		f.school(p)
		f.must("BT07", p)
	}},
	{"BT07 in preschool too", func(f *family) {
		p := f.minor(4)
		f.school(p)
		f.must("BT07", p)
	}},
	{"BT07 taught at home counts", func(f *family) {
		p := f.minor(13)
		f.school(p).enrolment = "送教上门"
		f.must("BT07", p)
	}},
	{"BT07 protected, not registered poor", func(f *family) {
		head, spouse := f.couple()
		p := f.born("之子", birthAt(f.r, 16, 20200831))
		f.dibao(head, spouse, p)
		f.school(p)
		f.must("BT07", p)
	}},
	{"BT07 disabled, otherwise ordinary", func(f *family) {
		f.couple()
		p := f.born("之子", birthAt(f.r, 10, 20200831))
		f.disabled(p, "听力", 3)
		f.school(p)
		f.must("BT07", p)
	}},
	{"BT07 not at graduate school", func(f *family) {
		f.school(f.minor(23))
	}},
	{"BT07 not where an aid is named without its amount", func(f *family) {
		f.school(f.minor(9)).aidItem = "营养改善计划"
	}},
	{"BT07 not where an amount stands without its name", func(f *family) {
		f.school(f.minor(9)).aid = yuan(500)
	}},
	{"BT07 not on leave", func(f *family) {
		f.school(f.minor(16)).enrolment = "休学"
	}},
	{"BT07 not who left school, past school age", func(f *family) {
		f.school(f.minor(16)).enrolment = "辍学"
	}},
	{"BT07 not where one of two rows has aid; the two rows are DQ02", func(f *family) {
		p := f.minor(9)
		f.school(p)
		f.aidedPupil(p).school = "区第二小学"
		f.must("DQ02", p)
	}},
	{"BT07 not an ordinary pupil", func(f *family) {
		f.couple()
		f.add("之子", 12)
	}},
	{"BT07 not who moved out", func(f *family) {
		p := f.minor(9)
		f.school(p)
		f.hit(p, "迁出", 20210401)
	}},
	{"BT08 a poor child in no school", func(f *family) {
		f.must("BT08", f.minor(10))
		f.mustPoor("JC07")
	}},
	{"BT08 who left school", func(f *family) {
		p := f.minor(13)
		f.school(p).enrolment = "辍学"
		f.must("BT08", p)
		f.mustPoor("JC07")
	}},
	{"BT08 not on leave", func(f *family) {
		f.school(f.minor(13)).enrolment = "休学"
	}},
	{"BT08 not taught at home", func(f *family) {
		f.aidedPupil(f.minor(13)).enrolment = "送教上门"
	}},
	{"BT08 not who turned six on the first day of school", func(f *family) {
		f.minorBorn(20140901)
	}},
	{"BT08 who turned six the day before", func(f *family) {
		f.must("BT08", f.minorBorn(20140831))
		f.mustPoor("JC07")
	}},
	{"BT08 not who turned fifteen the day before", func(f *family) {
		f.minorBorn(20050831)
	}},
	{"BT08 who was fourteen until then", func(f *family) {
		f.must("BT08", f.minorBorn(20050901))
		f.mustPoor("JC07")
	}},
	{"BT08 not a dead child", func(f *family) {
		f.hit(f.minor(10), "户籍注销", 20201201)
	}},
	{"BT08 not an ordinary child", func(f *family) {
		f.couple()
		f.add("之女", 10).unschooled = true
	}},
	{"BT08 a protected child outside registered_poor", func(f *family) {
		head, spouse := f.couple()
		p := f.born("之女", birthAt(f.r, 11, 20200831))
		p.unschooled = true
		f.dibao(head, spouse, p)
		f.must("BT08", p)
	}},
}

// BT03, BT05, BT06, BT09–BT12: care, insurance and support that fall short.
var shortCases = []plant{
	{"BT03 care wanted and not given", func(f *family) {
		f.cared("肢体", 1, "是", "否")
		f.must("BT03", f.people[0])
	}},
	{"BT03 a blank cell is no, and grade 3 of 精神 is severe", func(f *family) {
		f.cared("精神", 3, "是", "")
		f.must("BT03", f.people[0])
	}},
	{"BT03 not where it is given", func(f *family) { f.cared("肢体", 1, "是", "是") }},
	{"BT03 not where nobody asked for it", func(f *family) { f.cared("肢体", 1, "否", "否") }},
	{"BT03 not at grade 3 of 肢体", func(f *family) { f.cared("肢体", 3, "是", "否") }},
	{"BT03 not who is neither poor nor covered", func(f *family) {
		f.disabled(f.grown(), "肢体", 1).wanted = "是"
	}},
	{"BT03 not who died", func(f *family) {
		f.cared("听力", 1, "是", "否")
		f.hit(f.people[0], "死亡", 20210520)
	}},
	{"BT05 insured in dibao, premium not paid for", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.medical(p).premium = "否"
		f.must("BT05", p)
	}},
	{"BT05 in tekun, said so by both rows", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.medical(p).premium = "否"
		f.medical(p).premium = "否"
		f.must("BT05", p)
	}},
	{"BT05 not where one of two rows has it paid", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.medical(p).premium = "否"
		f.medical(p)
	}},
	{"BT05 not who is not insured at all", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.medical(p).insured = "否"
		f.must("BT04", p)
	}},
	{"BT05 not in dibao for less than two months", func(f *family) {
		p := f.grown()
		f.alone(p).start = 20210501
		f.medical(p).premium = "否"
		f.was(func(may *rosters) { may.dibao = nil })
	}},
	{"BT05 not outside dibao and tekun", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.medical(p).premium = "否"
	}},
	{"BT06 a bill at the floor in dibao", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.bill(p, yuan(1500), blank)
		f.must("BT06", p)
	}},
	{"BT06 two bills in tekun", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.bill(p, yuan(800), 0)
		f.bill(p, yuan(800), blank)
		f.must("BT06", p)
	}},
	{"BT06 not one fen under the floor", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.bill(p, yuan(1500)-1, blank)
	}},
	{"BT06 not where aid was given", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.bill(p, yuan(4000), yuan(900))
	}},
	{"BT06 leaves a great bill to LB07", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.bill(p, yuan(12000), blank)
		f.must("LB07", p)
		f.must("JC01", p)
	}},
	{"BT06 not outside dibao and tekun", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.bill(p, yuan(4000), blank)
	}},
	{"BT09 half in need of care, nothing paid", func(f *family) {
		p := f.aged()
		f.tekun(p).selfCare = "半护理"
		f.must("BT09", p)
	}},
	{"BT09 wholly, zero paid", func(f *family) {
		p := f.aged()
		row := f.tekun(p)
		row.selfCare, row.care, row.mode = "全护理", 0, "集中"
		f.must("BT09", p)
	}},
	{"BT09 not where it is paid", func(f *family) {
		row := f.tekun(f.aged())
		row.selfCare, row.care = "全护理", yuan(900)
	}},
	{"BT09 not who looks after himself", func(f *family) { f.tekun(f.aged()).care = 0 }},
	{"BT09 not where tekun is stopped", func(f *family) {
		row := f.tekun(f.aged())
		row.selfCare, row.status = "全护理", "停发"
	}},
	{"BT10 not insured for old age", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).pension = "否"
		f.must("BT10", p)
	}},
	{"BT10 who turns sixty tomorrow", func(f *family) {
		p := f.born("户主", 19610611)
		f.poor(stable, modest, p, f.add("配偶", 58))
		f.row(p).pension = "否"
		f.must("BT10", p)
	}},
	{"BT10 not who turned sixty today", func(f *family) {
		p := f.born("户主", 19610610)
		f.poor(stable, modest, p, f.add("配偶", 58))
		f.row(p).pension = "否"
	}},
	{"BT10 not where the cell is blank", func(f *family) {
		p := f.grown()
		f.poor(stable, modest, p)
		f.row(p).pension = ""
	}},
	{"BT10 not who goes to school", func(f *family) {
		p := f.minor(16)
		f.aidedPupil(p)
		f.row(p).pension = "否"
	}},
	{"BT10 not a child", func(f *family) {
		p := f.minor(12)
		f.aidedPupil(p)
		f.row(p).pension = "否"
	}},
	{"BT11 in dibao without an amount", func(f *family) {
		f.mustDibao("BT11", f.aloneUnder("C", blank, 20210415))
	}},
	{"BT11 and CB07 for an amount of zero", func(f *family) {
		row := f.aloneUnder("C", 0, 20210415)
		f.mustDibao("BT11", row)
		f.mustDibao("CB07", row)
	}},
	{"BT11 in tekun without an amount", func(f *family) {
		p := f.aged()
		f.tekun(p).amount = blank
		f.must("BT11", p)
	}},
	{"BT11 not in dibao for less than two months", func(f *family) {
		f.aloneUnder("C", blank, 20210415).start = 20210501
		f.was(func(may *rosters) { may.dibao = nil })
	}},
	{"BT11 not where dibao is stopped", func(f *family) {
		f.aloneUnder("C", blank, 20210415).status = "停发"
	}},
	{"BT11 not who died this month", func(f *family) {
		p := f.aged()
		f.tekun(p).amount = 0
		f.hit(p, "死亡", 20210602)
	}},
	{"BT12 one fen under the tekun standard", func(f *family) {
		p := f.aged()
		f.tekun(p).amount = yuan(574) + 16
		f.must("BT12", p)
	}},
	{"BT12 not one fen over it", func(f *family) { f.tekun(f.aged()).amount = yuan(574) + 17 }},
	{"BT12 not an amount of zero, which is BT11's", func(f *family) {
		p := f.aged()
		f.tekun(p).amount = 0
		f.must("BT11", p)
	}},
	{"BT12 not where tekun is stopped", func(f *family) {
		row := f.tekun(f.aged())
		row.amount, row.status = yuan(400), "停保"
	}},
}

// cared is a registered household of one, with a disability, the care that he
// asked for and the care that he gets.
func (f *family) cared(kind string, grade int, wanted, given string) {
	p := f.grown()
	f.poor(stable, modest, p)
	row := f.disabled(p, kind, grade)
	row.wanted, row.given = wanted, given
	if kind == "肢体" && grade == 1 {
		f.mustPoor("LB05")
	}
}
