package demo

import "slices"

// 补贴未落实: persons living.

// BT01 nursing_eligible, not in_tekun, nursing_subsidy no or 0.
func (o *oracle) bt01(d *dossier) bool {
	return o.living(d) && nursingEligible(d) && !inTekun(d) && !paid(d, nursing)
}

// BT02 disabled, in_dibao, not in_tekun, not recent, living_subsidy no or 0.
func (o *oracle) bt02(d *dossier) bool {
	return o.living(d) && len(certificates(d)) > 0 && inDibao(d) && !inTekun(d) && !o.recent(d) && !paid(d, living)
}

// BT03 severe, low_income, care_wanted yes, care_provided no or blank.
func (o *oracle) bt03(d *dossier) bool {
	wanted := slices.ContainsFunc(d.disability, func(r *disabilityRow) bool { return r.wanted == "是" })
	given := slices.ContainsFunc(d.disability, func(r *disabilityRow) bool { return r.given == "是" })
	return o.living(d) && severe(d) && o.lowIncome(d) && wanted && !given
}

// BT04 low_income, and (in medical_aid with insured no in every row, or
// registered_poor.medical_insured no and not in medical_aid with insured yes).
func (o *oracle) bt04(d *dossier) bool {
	insured := slices.ContainsFunc(d.medical, func(r *medicalRow) bool { return r.insured == "是" })
	uninsured := slices.ContainsFunc(poorRows(d), func(r *poorRow) bool { return r.medical != "是" }) &&
		!slices.ContainsFunc(poorRows(d), func(r *poorRow) bool { return r.medical == "是" })
	return o.living(d) && o.lowIncome(d) && !insured && (len(d.medical) > 0 || uninsured)
}

// BT05 covered, not recent, insured in medical_aid, premium_subsidy no, 0 or blank
// in every row.
func (o *oracle) bt05(d *dossier) bool {
	return o.living(d) && covered(d) && !o.recent(d) &&
		slices.ContainsFunc(d.medical, func(r *medicalRow) bool { return r.insured == "是" }) &&
		!slices.ContainsFunc(d.medical, func(r *medicalRow) bool { return yes(r.premium) })
}

// BT06 covered, self_pay >= P.aid_floor, aid_amount 0 or blank; LB07 does not name
// the person.
func (o *oracle) bt06(d *dossier) bool {
	return o.living(d) && covered(d) && selfPay(d) >= yuan(1500) && medicalAid(d) == 0 && !o.lb07(d)
}

// BT07 in school with 在校 or 送教上门 in any stage but graduate, and (poor or
// covered or disabled), aid_amount 0 or blank and aid_item blank in every such row.
func (o *oracle) bt07(d *dossier) bool {
	taught := slices.DeleteFunc(slices.Clone(d.school), func(r *schoolRow) bool {
		return r.enrolment != "在校" && r.enrolment != "送教上门" && r.enrolment != "" || r.stage == "研究生"
	})
	return o.living(d) && (o.lowIncome(d) || len(certificates(d)) > 0) && len(taught) > 0 &&
		!slices.ContainsFunc(taught, func(r *schoolRow) bool { return r.aid > 0 || r.aidItem != "" })
}

// BT08 school_age, low_income, not enrolled.
func (o *oracle) bt08(d *dossier) bool {
	return o.living(d) && o.schoolAge(d) && o.lowIncome(d) && !enrolled(d)
}

// BT09 in_tekun, self_care partial or none, care_amount 0 or blank.
func (o *oracle) bt09(d *dossier) bool {
	helpless := slices.ContainsFunc(tekunRows(d), func(r *tekunRow) bool { return r.selfCare == "半护理" || r.selfCare == "全护理" })
	return o.living(d) && helpless && !slices.ContainsFunc(tekunRows(d), func(r *tekunRow) bool { return r.care > 0 })
}

// BT10 poor, 16 <= age < 60, not enrolled, pension_insured no (blank is unknown).
func (o *oracle) bt10(d *dossier) bool {
	return o.living(d) && o.isPoor(d) && o.age(d) >= 16 && o.age(d) < 60 && !enrolled(d) &&
		slices.ContainsFunc(o.poorHomes[o.homeOf[d.id]], func(r *poorRow) bool { return r.id == d.id && r.pension == "否" })
}

// BT11 dibao household or tekun person in force whose amount is 0 or blank, not recent.
func (o *oracle) bt11() []string {
	var list []string
	for home, rows := range o.dibaoHomes {
		if some(o.listed(home), o.living) && rows[0].amount <= 0 && !o.lately(rows[0].start) {
			list = append(list, home)
		}
	}
	for id, d := range o.people {
		if o.living(d) && inTekun(d) && !o.recent(d) && !slices.ContainsFunc(tekunRows(d), func(r *tekunRow) bool { return r.amount > 0 }) {
			list = append(list, id)
		}
	}
	return list
}

// BT12 in_tekun, amount known and > 0 and < P.tekun_ratio × P.dibao_standard / 12.
// Of a person's rows the one that pays most is what is paid.
func (o *oracle) bt12(d *dossier) bool {
	amount := blank
	for _, r := range tekunRows(d) {
		amount = max(amount, r.amount)
	}
	return o.living(d) && amount > 0 && amount*10*12 < 13*yuan(5300)
}
