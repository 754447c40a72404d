package demo

import (
	"cmp"
	"slices"
)

// 错保.

// CB01 in_dibao and in_tekun.
func (o *oracle) cb01(d *dossier) bool { return inDibao(d) && inTekun(d) }

// CB02 in force under two or more dibao households.
func (o *oracle) cb02(d *dossier) bool {
	homes := map[string]bool{}
	for _, r := range dibaoRows(d) {
		homes[r.home()] = true
	}
	return len(homes) >= 2
}

// CB03 covered and dead, item_date before the first day of as_of's month, or none.
func (o *oracle) cb03(d *dossier) bool { return covered(d) && o.deadBeforeMonth(d) }

// CB04 any person of the dibao household has a hit vehicle, business, property (two
// or more), payroll, pension, housing_fund, or deposit with amount >= P.deposit_limit.
func (o *oracle) cb04(home string) bool {
	return some(o.listed(home), func(d *dossier) bool {
		for _, item := range []string{"vehicle", "business", "payroll", "pension", "housing_fund"} {
			if len(o.hits(d, item)) > 0 {
				return true
			}
		}
		return len(o.hits(d, "property")) >= 2 ||
			slices.ContainsFunc(o.hits(d, "deposit"), func(r *verifyRow) bool { return r.amount >= yuan(30000) })
	})
}

// CB05 the dibao household's own income_per_capita known and > P.dibao_standard
// (urban where 城市), gradual_exit_until blank or before as_of.
func (o *oracle) cb05(home string) bool {
	r := o.dibaoHomes[home][0]
	line := yuan(5300)
	if r.category == "城市" {
		line = yuan(8160)
	}
	return r.income > line && r.gradual < o.on
}

// CB06 in_tekun, P.minor_age <= age < 60, not tekun_disability, not enrolled in
// junior, senior or vocational. At a stage that nobody stated it may be so.
func (o *oracle) cb06(d *dossier) bool {
	return inTekun(d) && o.minorAge() <= o.age(d) && o.age(d) < 60 && !o.tekunDisability(d) && !enrolledIn(d, "初中", "普高", "中职", "")
}

// CB07 tier in P.tier_amount, and abs(amount − tier_amount × n) >
// P.amount_tolerance × tier_amount × n; n = persons_covered, or listed persons
// where blank.
func (o *oracle) cb07(home string) bool {
	r := o.dibaoHomes[home][0]
	n := cmp.Or(r.covered, len(o.listed(home)))
	due, known := tierAmount[r.tier]
	due *= fen(n)
	return known && r.amount != blank && (max(r.amount, due)-min(r.amount, due))*10 > due
}

func paid(d *dossier, cell func(*disabilityRow) string) bool {
	return slices.ContainsFunc(d.disability, func(r *disabilityRow) bool { return yes(cell(r)) })
}

func living(r *disabilityRow) string  { return r.living }
func nursing(r *disabilityRow) string { return r.nursing }

// CB08 receives living_subsidy and (in_tekun, or no certificate in force, or not
// in_dibao and not poor of type marginal). A type that nobody stated may be that.
func (o *oracle) cb08(d *dossier) bool {
	inMarginal := slices.ContainsFunc(o.homes(d), func(home string) bool {
		return slices.Contains([]string{marginal, ""}, o.typeOfHome(home))
	})
	return paid(d, living) && (inTekun(d) || len(certificates(d)) == 0 || !inDibao(d) && !inMarginal)
}

// CB09 receives nursing_subsidy and (in_tekun, or not nursing_eligible).
func (o *oracle) cb09(d *dossier) bool {
	return paid(d, nursing) && (inTekun(d) || !nursingEligible(d))
}

// CB10 receives either subsidy and dead (as CB03).
func (o *oracle) cb10(d *dossier) bool {
	return (paid(d, living) || paid(d, nursing)) && o.deadBeforeMonth(d)
}

// CB11 covered, hit custody.
func (o *oracle) cb11(d *dossier) bool { return covered(d) && o.inCustody(d) }

// CB12 last_review known and earlier than as_of − P.review_months of the tier (no
// tier: 12) months.
func (o *oracle) cb12(home string) bool {
	r := o.dibaoHomes[home][0]
	months := map[string]int{"A": 12, "B": 6, "C": 3, "": 12}[r.tier]
	return r.review != 0 && r.review < o.on.monthsBefore(months)
}

// CB13 in force now and in the previous differing dibao snapshot; tier or amount
// differs; persons_covered, listed persons and income_per_capita are the same;
// last_review is not after that snapshot's as_of. A blank tier, amount or review is
// none that anybody could tell about.
func (o *oracle) cb13(home string) bool {
	p := o.before[dibaoRoster]
	if p == nil || len(p.dibaoHomes[home]) == 0 {
		return false
	}
	now, then := o.dibaoHomes[home][0], p.dibaoHomes[home][0]
	tier := now.tier != "" && then.tier != "" && now.tier != then.tier
	amount := now.amount != blank && then.amount != blank && now.amount != then.amount
	return (tier || amount) && now.review != 0 && now.review <= p.on &&
		now.covered == then.covered && slices.Equal(ids(o.listed(home)), ids(p.listed(home))) && now.income == then.income
}

func ids(people []*dossier) []string {
	var list []string
	for _, d := range people {
		list = append(list, d.id)
	}
	slices.Sort(list)
	return list
}

// CB14 in_tekun, and the poor household has a living member with relation 配偶,
// 之子, 之女 or a parent (之父, 之母, 之父母), age 18–59, labour 普通劳动力 or
// 技能劳动力, not covered, not severe, no hit custody.
func (o *oracle) cb14(d *dossier) bool {
	if !inTekun(d) || !o.isPoor(d) {
		return false
	}
	home := o.homeOf[d.id]
	return some(o.livingMembers(home), func(m *dossier) bool {
		able := slices.ContainsFunc(o.poorHomes[home], func(r *poorRow) bool {
			return r.id == m.id && slices.Contains([]string{"配偶", "之子", "之女", "之父", "之母", "之父母"}, r.relation) &&
				(r.labour == "普通劳动力" || r.labour == "技能劳动力")
		})
		return able && o.age(m) >= 18 && o.age(m) <= 59 && !covered(m) && !severe(m) && !o.inCustody(m)
	})
}
