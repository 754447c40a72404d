package demo

// CB01–CB03: covered twice, or dead.
var wrongCases = []plant{
	{"CB01 in dibao and in tekun", func(f *family) {
		p := f.aged()
		f.alone(p)
		f.tekun(p)
		f.must("CB01", p)
	}},
	{"CB01 not where the dibao row is stopped", func(f *family) {
		p := f.aged()
		row := f.alone(p)
		row.status, row.exitReason = "停保", "转特困"
		f.tekun(p)
	}},
	{"CB01 not where tekun is stopped", func(f *family) {
		p := f.aged()
		f.alone(p)
		f.tekun(p).status = "停保"
	}},
	{"CB02 under two dibao households, rural and urban", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.alone(p).category = "城市"
		f.must("CB02", p)
	}},
	{"CB02 a grown child in two families' dibao", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.dibao(f.people...)
		f.alone(p)
		f.must("CB02", p)
	}},
	{"CB02 not for two rows under one number", func(f *family) {
		p := f.grown()
		again := *f.alone(p)
		f.june.dibao = append(f.june.dibao, &again)
		for _, row := range f.june.dibao {
			row.covered = 1
		}
	}},
	{"CB02 not where one of the two is cancelled", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.alone(p).status = "注销"
	}},
	{"CB03 dead since March and still in dibao", func(f *family) {
		p := f.add("户主", 60+f.r.IntN(25))
		f.alone(p)
		f.hit(p, "死亡", 20210302)
		f.must("CB03", p)
	}},
	{"CB03 dead, no date, still in tekun", func(f *family) {
		p := f.add("户主", 65+f.r.IntN(20))
		f.tekun(p)
		f.hit(p, "火化", 0)
		f.must("CB03", p)
	}},
	{"CB03 an exempt death is a death", func(f *family) {
		p := f.add("户主", 65+f.r.IntN(20))
		f.tekun(p)
		f.hit(p, "户籍注销", 20210115).exempt = "是"
		f.must("CB03", p)
	}},
	{"CB03 on the last day before as_of's month", func(f *family) {
		p := f.add("户主", 60+f.r.IntN(25))
		f.alone(p)
		f.hit(p, "死亡", 20210531)
		f.must("CB03", p)
	}},
	{"CB03 not in the month of death", func(f *family) {
		p := f.add("户主", 60+f.r.IntN(25))
		f.alone(p)
		f.hit(p, "死亡", 20210601)
	}},
	{"CB03 not where dibao was stopped", func(f *family) {
		p := f.add("户主", 60+f.r.IntN(25))
		row := f.alone(p)
		row.status, row.exitReason = "停发", "死亡"
		f.hit(p, "死亡", 20210302)
	}},
	{"CB03 not who moved out", func(f *family) {
		p := f.add("户主", 40+f.r.IntN(15))
		f.alone(p)
		f.hit(p, "迁出", 20210302)
	}},
}

// pair is a couple in dibao as one household, outside registered_poor.
func (f *family) pair() []*dibaoRow {
	head, spouse := f.couple()
	return f.dibao(head, spouse)
}

// found is a case of CB04: the second of a protected couple has a hit.
func found(label, item string, amount fen) plant {
	return plant{label, func(f *family) {
		rows := f.pair()
		f.hit(f.people[1], item, 20210325).amount = amount
		f.mustDibao("CB04", rows[0])
	}}
}

// notFound is its exception: the hit, changed, names nobody.
func notFound(label, item string, amount fen, change func(*verifyRow)) plant {
	return plant{label, func(f *family) {
		f.pair()
		hit := f.hit(f.people[1], item, 20210325)
		hit.amount = amount
		if change != nil {
			change(hit)
		}
	}}
}

// CB04, CB05: property or income found.
var wealthCases = []plant{
	found("CB04 a vehicle", "机动车", blank),
	found("CB04 a business", "市场主体", blank),
	found("CB04 a public payroll", "财政供养", yuan(4200)),
	found("CB04 a pension", "职工养老保险待遇", yuan(2300)),
	found("CB04 a housing fund", "公积金", yuan(900)),
	found("CB04 a deposit at the limit", "存款", yuan(30000)),
	{"CB04 two properties of one person", func(f *family) {
		rows := f.pair()
		f.hit(f.people[0], "不动产", 20190325).detail = "住宅"
		f.hit(f.people[0], "房产", 20200816).detail = "商铺"
		f.mustDibao("CB04", rows[0])
	}},
	{"CB04 one finding for two hits of two members", func(f *family) {
		rows := f.pair()
		f.hit(f.people[0], "车辆", 20190325)
		f.hit(f.people[1], "工商", 0)
		f.mustDibao("CB04", rows[0])
	}},
	{"CB04 not for one property", func(f *family) {
		f.pair()
		f.hit(f.people[0], "不动产", 20190325)
	}},
	notFound("CB04 not for a deposit under the limit", "金融资产", yuan(30000)-1, nil),
	notFound("CB04 not for an exempt hit", "车辆", blank, func(h *verifyRow) { h.exempt = "是" }),
	notFound("CB04 not for a hit after as_of", "企业法人", blank, func(h *verifyRow) { h.date = 20210630 }),
	{"CB04 not where the household's dibao is stopped", func(f *family) {
		for _, row := range f.pair() {
			row.status, row.exitReason = "停保", "收入超标"
		}
		f.hit(f.people[0], "车辆", 20200325)
	}},
	{"CB04 not for a member of the poor household who is not in the dibao household", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.alone(p)
		f.hit(f.people[0], "车辆", 20200325)
	}},
	{"CB04 not in tekun", func(f *family) {
		p := f.add("户主", 65+f.r.IntN(20))
		f.tekun(p)
		f.hit(p, "存款", 20210101).amount = yuan(80000)
	}},
	{"CB05 one yuan over the rural standard", func(f *family) {
		for _, row := range f.pair() {
			row.income = yuan(5301)
		}
		f.mustDibao("CB05", f.june.dibao[0])
	}},
	{"CB05 not at the rural standard", func(f *family) {
		for _, row := range f.pair() {
			row.income = yuan(5300)
		}
	}},
	{"CB05 not at the urban standard", func(f *family) {
		for _, row := range f.pair() {
			row.income, row.category = yuan(8160), "城市"
		}
	}},
	{"CB05 one fen over the urban standard", func(f *family) {
		for _, row := range f.pair() {
			row.income, row.category = yuan(8160)+1, "城市"
		}
		f.mustDibao("CB05", f.june.dibao[0])
	}},
	{"CB05 not while support fades out", func(f *family) {
		for _, row := range f.pair() {
			row.income, row.gradual = yuan(7200), 20211231
		}
	}},
	{"CB05 not in the last month of fading out", func(f *family) {
		for _, row := range f.pair() {
			row.income, row.gradual = yuan(7200), 20210630
		}
	}},
	{"CB05 after fading out", func(f *family) {
		for _, row := range f.pair() {
			row.income, row.gradual = yuan(7200), 20210531
		}
		f.mustDibao("CB05", f.june.dibao[0])
	}},
	{"CB05 not where the income is unknown", func(f *family) {
		f.pair()
	}},
}

// CB08, CB09: the two disability subsidies paid wrongly.
var subsidyCases = []plant{
	{"CB08 living subsidy in tekun", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.disabled(p, "听力", 3).living = "是"
		f.must("CB08", p)
	}},
	{"CB08 living subsidy on a cancelled certificate", func(f *family) {
		p := f.grown()
		f.alone(p)
		row := f.disabled(p, "肢体", 3)
		row.living, row.status = "是", "注销"
		f.must("CB08", p)
	}},
	{"CB08 living subsidy outside dibao", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "肢体", 3).living = "是"
		f.must("CB08", head)
	}},
	{"CB08 living subsidy in a stable household outside dibao", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.disabled(p, "肢体", 4).living = "是"
		f.must("CB08", p)
	}},
	{"CB08 not in a marginal household", func(f *family) {
		p := f.home(marginal, yuan(8400))
		f.disabled(p, "肢体", 4).living = "是"
		f.aid(p, 20210304)
	}},
	{"CB08 not in dibao", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.disabled(p, "肢体", 4).living = "是"
		f.alone(p)
	}},
	{"CB08 not where nothing is paid", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "肢体", 3).living = "否"
	}},
	{"CB09 nursing subsidy in tekun", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.disabled(p, "肢体", 1)
		f.must("CB09", p)
	}},
	{"CB09 nursing subsidy at grade 3", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "肢体", 3).nursing = "是"
		f.must("CB09", head)
	}},
	{"CB09 nursing subsidy for a type that has none", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "听力", 1).nursing = "是"
		f.must("CB09", head)
	}},
	{"CB09 not where it is due", func(f *family) {
		head, _ := f.couple()
		f.disabled(head, "精神", 2)
	}},
}
