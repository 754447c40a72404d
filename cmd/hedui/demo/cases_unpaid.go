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
		p := f.add("户主", 66+f.r.IntN(15))
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
		p := f.add("户主", 45+f.r.IntN(10))
		f.alone(p)
		f.disabled(p, "肢体", 4).living = ""
		f.must("BT02", p)
	}},
	{"BT02 in dibao for two months", func(f *family) {
		p := f.add("户主", 45+f.r.IntN(10))
		f.alone(p).start = 20210401
		f.disabled(p, "肢体", 4)
		f.must("BT02", p)
	}},
	{"BT02 not in dibao for less than two months", func(f *family) {
		p := f.add("户主", 45+f.r.IntN(10))
		f.alone(p).start = 20210501
		f.disabled(p, "肢体", 4)
		f.was(func(may *rosters) { may.dibao = nil })
	}},
	{"BT02 not in tekun", func(f *family) {
		p := f.add("户主", 66+f.r.IntN(15))
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
		p := f.add("户主", 45+f.r.IntN(10))
		f.alone(p)
		f.disabled(p, "肢体", 4).status = "过期"
	}},
	{"BT04 not insured says the insurance roster", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.medical(p).insured = "否"
		f.must("BT04", p)
	}},
	{"BT04 not insured says registered_poor, no word from the other", func(f *family) {
		p := f.home(stable, yuan(9600))
		p.unlisted = true
		f.row(p).medical = "否"
		f.must("BT04", p)
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
		p := f.add("户主", 45+f.r.IntN(10))
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
	}},
	{"BT08 who left school", func(f *family) {
		p := f.minor(13)
		f.school(p).enrolment = "辍学"
		f.must("BT08", p)
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
	}},
	{"BT08 not who turned fifteen the day before", func(f *family) {
		f.minorBorn(20050831)
	}},
	{"BT08 who was fourteen until then", func(f *family) {
		f.must("BT08", f.minorBorn(20050901))
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
