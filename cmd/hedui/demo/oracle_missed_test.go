package demo

import "slices"

// 漏保: living persons, and households with a living member.

// LB01 poor, severe, needy, not covered, not possibly_covered.
func (o *oracle) lb01(d *dossier) bool { return o.missed(d) && severe(d) }

// LB02 poor, serious, not severe, needy, not covered, not possibly_covered.
func (o *oracle) lb02(d *dossier) bool { return o.missed(d) && serious(d) && !severe(d) }

func (o *oracle) missed(d *dossier) bool {
	return o.living(d) && o.isPoor(d) && o.needy(d) && !covered(d) && !o.possiblyCovered(d)
}

// LB03 risk_open, no living member covered or possibly_covered, not aided.
func (o *oracle) lb03(home string) bool {
	return len(o.livingMembers(home)) > 0 && o.riskOpen(home) && !o.anyCovered(home) && !some(o.members(home), o.gotAid)
}

// LB04 the poor household has a member in_dibao under a household that is not
// single_household; this living member is not covered, not possibly_covered, not
// enrolled in stage graduate, not in custody; neither LB01 nor LB02 names the person.
func (o *oracle) lb04(d *dossier) bool {
	if !o.living(d) || !o.isPoor(d) || covered(d) || o.possiblyCovered(d) || enrolledIn(d, "研究生") || o.inCustody(d) || o.lb01(d) || o.lb02(d) {
		return false
	}
	return slices.ContainsFunc(o.homes(d), func(home string) bool {
		return some(o.members(home), func(m *dossier) bool {
			return slices.ContainsFunc(dibaoRows(m), func(r *dibaoRow) bool { return r.single != "是" })
		})
	})
}

// LB05 every living member is no_labour, at least one is >= 60 or
// tekun_disability, no living member in_tekun.
func (o *oracle) lb05(home string) bool {
	people := o.livingMembers(home)
	return every(people, o.noLabour) && !some(people, inTekun) &&
		some(people, func(d *dossier) bool { return o.age(d) >= 60 || o.tekunDisability(d) })
}

// LB06 income known and < P.dibao_standard, no living member covered or
// possibly_covered; LB03 does not name the household.
func (o *oracle) lb06(home string) bool {
	income := o.income(home)
	return len(o.livingMembers(home)) > 0 && income != blank && income < yuan(5300) && !o.anyCovered(home) && !o.lb03(home)
}

// LB07 low_income, self_pay >= P.serious_self_pay, aid_amount 0 or blank, not aided.
func (o *oracle) lb07(d *dossier) bool {
	return o.living(d) && o.lowIncome(d) && selfPay(d) >= yuan(10000) && medicalAid(d) == 0 && !o.aided(d)
}

// LB08 low_income, age < 24, in a public school of stage preschool … university
// (not graduate), yearly_cost >= P.schooling_cost, aid_amount 0 or blank, not aided.
func (o *oracle) lb08(d *dossier) bool {
	if !o.living(d) || !o.lowIncome(d) || o.age(d) >= 24 || o.aided(d) {
		return false
	}
	public := slices.DeleteFunc(slices.Clone(d.school), func(r *schoolRow) bool {
		return !attends(r) || r.ownership != "公办" || r.stage == "" || r.stage == "研究生"
	})
	return slices.ContainsFunc(public, func(r *schoolRow) bool { return r.cost >= yuan(8000) }) &&
		!slices.ContainsFunc(d.school, func(r *schoolRow) bool { return attends(r) && r.aid > 0 })
}

// LB09 poor, age < 18, no living member of the household, or households, is >= 18, not covered.
func (o *oracle) lb09(d *dossier) bool {
	return o.living(d) && o.isPoor(d) && o.age(d) < 18 && !covered(d) &&
		!slices.ContainsFunc(o.homesOf(d), func(home string) bool {
			return some(o.livingMembers(home), func(m *dossier) bool { return o.age(m) >= 18 })
		})
}
