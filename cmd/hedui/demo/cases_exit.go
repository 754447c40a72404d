package demo

import "slices"

// CT01–CT03: protected in May, no longer in June.
var exitCases = []plant{
	{"CT01 gone from dibao, household at risk", func(f *family) {
		p := f.home(unstable, yuan(8400))
		f.formerly(p)
		f.aid(p, 20210201)
		f.must("CT01", p)
	}},
	{"CT01 stopped in the roster, household at risk and unaided", func(f *family) {
		p := f.home(marginal, yuan(8400))
		row := f.alone(p)
		row.status, row.exitReason = "停保", "收入超标"
		f.was(func(may *rosters) { may.dibao[0].status, may.dibao[0].exitReason = "在保", "" })
		f.must("CT01", p)
		f.mustPoor("LB03")
	}},
	{"CT01 names the severely disabled first", func(f *family) {
		p := f.home(sudden, yuan(9600))
		f.formerly(p)
		f.disabled(p, "肢体", 1)
		f.aid(p, 20210201)
		f.must("CT01", p)
	}},
	{"CT01 not where the risk is eliminated", func(f *family) {
		p := f.home(unstable, yuan(9600))
		f.formerly(p)
		for _, row := range f.june.poor {
			row.eliminated = "是"
		}
	}},
	{"CT02 severely disabled and out of dibao", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.formerly(p)
		f.disabled(p, "视力", 1)
		f.was(func(may *rosters) { may.disability[0].living = "是" })
		f.must("CT02", p)
	}},
	{"CT02 seriously ill and out of dibao, needy too", func(f *family) {
		p := f.home(stable, yuan(6600))
		f.formerly(p)
		f.bill(p, yuan(15000), yuan(4000))
		f.must("CT02", p)
		f.must("LB02", p)
		f.must("JC01", p)
	}},
	{"CT02 out of tekun, in no other roster of the poor", func(f *family) {
		p := f.add("户主", 40+f.r.IntN(15))
		row := f.tekun(p)
		f.june.tekun = nil
		f.was(func(may *rosters) { may.tekun = append(may.tekun, row); may.disability[0].nursing = "否" })
		f.disabled(p, "智力", 1)
		f.must("CT02", p)
	}},
	{"CT02 not severe", func(f *family) {
		p := f.home(stable, yuan(9600))
		f.formerly(p)
		f.disabled(p, "肢体", 4)
	}},
	{"CT03 income still under the standard, a member still protected", func(f *family) {
		p := f.home(stable, yuan(4800))
		f.alone(f.people[0])
		f.formerly(p)
		f.must("CT03", p)
		f.mustPoor("JC08")
	}},
	{"CT03 and LB06 where nobody is left protected", func(f *family) {
		p := f.home(stable, yuan(5299))
		f.formerly(p)
		f.must("CT03", p)
		f.mustPoor("LB06")
		f.mustPoor("JC08")
	}},
	{"CT03 leaves the severely disabled to CT02", func(f *family) {
		p := f.home(stable, yuan(4800))
		f.alone(f.people[0])
		f.formerly(p)
		f.disabled(p, "肢体", 2)
		f.must("CT02", p)
		f.must("LB01", p)
		f.mustPoor("JC08")
	}},
	{"CT03 not at the standard", func(f *family) {
		f.formerly(f.home(stable, yuan(5300)))
		f.mustPoor("JC08")
	}},
	{"CT not from dibao to tekun", func(f *family) {
		p := f.aged()
		f.poor(unstable, yuan(4800), p)
		f.tekun(p)
		f.was(func(may *rosters) { may.tekun = nil })
		f.formerly(p)
	}},
	{"CT not who goes on under another number", func(f *family) {
		p := f.home(unstable, yuan(4800))
		f.alone(p)
		f.was(func(may *rosters) { may.dibao[0].householdNo = "DB000" + may.dibao[0].householdNo[5:] })
	}},
	{"CT not who died", func(f *family) {
		p := f.home(unstable, yuan(8400))
		f.formerly(p)
		f.aid(f.people[0], 20210201)
		f.hit(p, "死亡", 20210518)
		f.was(func(may *rosters) { may.verify = nil })
	}},
	{"CT not who moved out", func(f *family) {
		p := f.home(unstable, yuan(8400))
		f.formerly(p)
		f.aid(f.people[0], 20210201)
		f.hit(p, "户籍迁出", 20210518)
	}},
	{"CT not who is in custody", func(f *family) {
		p := f.home(unstable, yuan(8400))
		f.formerly(p)
		f.aid(f.people[0], 20210201)
		f.hit(p, "在押", 20210518)
	}},
	{"CT an exempt custody hit is none", func(f *family) {
		p := f.home(unstable, yuan(8400))
		f.formerly(p)
		f.aid(f.people[0], 20210201)
		f.hit(p, "在押", 20180518).exempt = "是"
		f.must("CT01", p)
	}},
	{"CT not a lawful exit with enough to live on", func(f *family) {
		f.formerly(f.home(stable, yuan(9600)))
	}},
}

// CT04–CT08: households and subsidies that stopped.
var reductionCases = []plant{
	{"CT04 out before its support has faded out", func(f *family) {
		f.formerly(f.grown()).gradual = 20210630
		f.must("CT04", f.people[0])
	}},
	{"CT04 and CT03, still under the standard", func(f *family) {
		p := f.grown()
		f.poor(stable, yuan(4800), p)
		f.formerly(p).gradual = 20211231
		f.must("CT04", p)
		f.must("CT03", p)
		f.mustPoor("LB06")
		f.mustPoor("JC08")
	}},
	{"CT04 not after it", func(f *family) {
		f.formerly(f.grown()).gradual = 20210531
	}},
	{"CT04 not without a day", func(f *family) {
		f.formerly(f.grown())
	}},
	{"CT04 not who died", func(f *family) {
		p := f.aged()
		f.formerly(p).gradual = 20211231
		f.died(p)
	}},
	{"CT05 a grown child taken out of the family's dibao", func(f *family) {
		p := f.reduced()
		f.must("CT05", p)
	}},
	{"CT05 and LB04 in a registered household", func(f *family) {
		p := f.reduced()
		f.poor(stable, modest, f.people...)
		f.must("CT05", p)
		f.must("LB04", p)
	}},
	{"CT05 leaves who is severely disabled to CT02", func(f *family) {
		p := f.reduced()
		f.disabled(p, "精神", 3)
		f.must("CT02", p)
	}},
	{"CT05 not where everybody is out", func(f *family) {
		f.pair()
		f.gone()
	}},
	{"CT05 not who is protected alone now", func(f *family) {
		f.alone(f.reduced())
		f.was(func(may *rosters) { may.dibao = append(may.dibao[:2], may.dibao[3]) })
	}},
	{"CT05 not who is in custody", func(f *family) {
		f.hit(f.reduced(), "服刑", 20210512)
	}},
	{"CT06 a household at risk is gone from the roster", func(f *family) {
		f.poor(marginal, modest, f.grown())
		f.unregistered()
		f.mustPoor("CT06")
	}},
	{"CT06 goes by persons, for its number was given to others", func(f *family) {
		p := f.grown()
		f.poor(unstable, modest, p)
		no := f.poorNo
		f.unregistered()
		f.mustPoor("CT06")
		row := f.poor(stable, modest, f.add("之兄弟姐妹", 40))[0]
		row.householdNo, row.personNo, row.relation = no, no+"01", "户主"
		f.was(func(may *rosters) { may.poor = may.poor[1:] })
	}},
	{"CT06 not where it stands under another number", func(f *family) {
		p := f.grown()
		f.poor(marginal, modest, p)
		f.aid(p, 20210301)
		f.was(func(may *rosters) { may.poor[0].householdNo = "2013" + f.poorNo[4:] })
	}},
	{"CT06 not where one member stands in another household", func(f *family) {
		head, spouse := f.couple()
		f.poor(marginal, modest, head, spouse)
		f.aid(spouse, 20210301)
		before := copies(f.june.poor)
		f.was(func(may *rosters) { may.poor = before })
		f.june.poor = f.june.poor[1:]
		row := f.row(spouse)
		row.householdNo, row.relation = f.town.nextPoor(), "户主"
	}},
	{"CT06 not where the risk was gone", func(f *family) {
		f.poor(marginal, modest, f.grown())
		f.june.poor[0].eliminated = "是"
		f.unregistered()
	}},
	{"CT06 not a stable household", func(f *family) {
		f.poor(stable, modest, f.grown())
		f.unregistered()
	}},
	{"CT06 not whose only member died", func(f *family) {
		p := f.aged()
		f.poor(unstable, modest, p)
		f.unregistered()
		f.died(p)
	}},
	{"CT07 living subsidy stopped in dibao", func(f *family) {
		p := f.grown()
		f.alone(p)
		f.disabled(p, "听力", 3)
		f.was(func(may *rosters) { may.disability[0].living = "是" })
		f.must("BT02", p)
		f.must("CT07", p)
	}},
	{"CT07 nursing subsidy stopped", func(f *family) {
		p := f.grown()
		f.disabled(p, "视力", 2).nursing = ""
		f.was(func(may *rosters) { may.disability[0].nursing = "是" })
		f.must("BT01", p)
		f.must("CT07", p)
	}},
	{"CT07 not where it was not paid before either", func(f *family) {
		p := f.grown()
		f.disabled(p, "视力", 2).nursing = "否"
		f.must("BT01", p)
	}},
	{"CT07 not where the condition fell away", func(f *family) {
		p := f.grown()
		f.formerly(p)
		f.disabled(p, "听力", 3)
		f.was(func(may *rosters) { may.disability[0].living = "是" })
	}},
	{"CT07 not who is in tekun now", func(f *family) {
		p := f.aged()
		f.tekun(p)
		f.disabled(p, "肢体", 1).nursing = "否"
		f.was(func(may *rosters) { may.tekun, may.disability[0].nursing = nil, "是" })
	}},
	{"CT07 not who died", func(f *family) {
		p := f.aged()
		f.disabled(p, "肢体", 1).nursing = "否"
		f.was(func(may *rosters) { may.disability[0].nursing = "是" })
		f.died(p)
	}},
	{"CT08 a widow's dibao stopped with her husband's death", func(f *family) {
		f.mustDibao("CT08", f.widowed()[0])
	}},
	{"CT08 stopped in the roster", func(f *family) {
		rows := f.pair()
		for _, row := range rows {
			row.status, row.exitReason = "停保", "死亡"
		}
		f.was(func(may *rosters) {
			for _, row := range may.dibao {
				row.status, row.exitReason = "在保", ""
			}
		})
		f.died(f.people[0])
		f.mustDibao("CT08", rows[0])
	}},
	{"CT08 not where she is protected under her own name", func(f *family) {
		f.widowed()
		f.alone(f.people[1])
		f.was(func(may *rosters) { may.dibao = may.dibao[1:] })
	}},
	{"CT08 not where the household goes on", func(f *family) {
		rows := f.pair()
		before := copies(rows)
		f.was(func(may *rosters) { may.dibao = before })
		f.june.dibao = rows[1:]
		widow := rows[1]
		widow.headName, widow.headID, widow.relation, widow.covered, widow.amount = widow.name, widow.id, "本人", 1, yuan(240)
		f.died(f.people[0])
	}},
	{"CT08 not where the head lives", func(f *family) {
		f.pair()
		f.gone()
		f.died(f.people[1])
	}},
	{"CT08 not where nobody is left", func(f *family) {
		f.alone(f.aged())
		f.gone()
		f.died(f.people[0])
	}},
}

// reduced is a family of three, outside registered_poor, of whom the grown child was
// protected with the others in May and is not in June.
func (f *family) reduced() *person {
	head, spouse := f.couple()
	child := f.add("之子", head.age()-21)
	rows := f.dibao(head, spouse, child)
	left := *rows[2]
	f.june.dibao = rows[:2]
	for _, row := range f.june.dibao {
		row.covered, row.amount = 2, yuan(480)
	}
	f.was(func(may *rosters) {
		may.dibao = append(may.dibao, &left)
		for _, row := range may.dibao {
			row.covered, row.amount = 3, yuan(720)
		}
	})
	return child
}

// unregistered takes the family out of June's registered_poor.
func (f *family) unregistered() {
	rows := f.june.poor
	f.june.poor = nil
	f.was(func(may *rosters) { may.poor = append(may.poor, rows...) })
}

// widowed is a couple whose dibao stopped when the head died.
func (f *family) widowed() []*dibaoRow {
	rows := f.pair()
	f.gone()
	f.died(f.people[0])
	return rows
}

// died is a death between the two months.
func (f *family) died(p *person) {
	row := f.hit(p, "死亡", 20210518)
	f.was(func(may *rosters) {
		may.verify = slices.DeleteFunc(may.verify, func(r *verifyRow) bool { return r.id == row.id && r.date == row.date })
	})
}
