package demo

import "slices"

// 防贫监测; JC07–JC09: households with a living member.

// JC01 covered or poor of type stable, living, self_pay >= P.monitor_self_pay, not
// in a monitored household.
func (o *oracle) jc01(d *dossier) bool {
	home := o.homeOf[d.id]
	return o.living(d) && selfPay(d) >= yuan(10000) && (covered(d) || home != "" && isStable(o.typeOfHome(home))) &&
		!(home != "" && o.monitored(home))
}

// JC02 risk_open, income known and >= P.clear_income, not every living member
// no_labour, nobody serious or severe.
func (o *oracle) jc02(home string) bool {
	return o.riskOpen(home) && o.income(home) >= yuan(9000) && !every(o.livingMembers(home), o.noLabour) &&
		!some(o.members(home), func(d *dossier) bool { return serious(d) || severe(d) })
}

// JC03 the dibao households of its members are exactly one; both incomes known;
// they differ by more than P.income_gap of the larger.
func (o *oracle) jc03(home string) bool {
	incomes := map[string]fen{}
	for _, d := range o.members(home) {
		for _, r := range dibaoRows(d) {
			incomes[r.home()] = r.income
		}
	}
	mine := o.income(home)
	if len(incomes) != 1 || mine == blank {
		return false
	}
	for _, theirs := range incomes {
		return theirs != blank && (max(mine, theirs)-min(mine, theirs))*10 > max(mine, theirs)*3
	}
	return false
}

// JC04 a poor household with a member in_dibao; that dibao household lists a person
// who stands in registered_poor under another household.
func (o *oracle) jc04(home string) bool {
	return some(o.members(home), func(m *dossier) bool {
		return slices.ContainsFunc(dibaoRows(m), func(r *dibaoRow) bool {
			return some(o.listed(r.home()), func(d *dossier) bool {
				return slices.ContainsFunc(poorRows(d), func(p *poorRow) bool { return p.home() != home })
			})
		})
	})
}

// JC05 poor, dibao_flag or tekun_flag says it is received, not covered, not
// possibly_covered.
func (o *oracle) jc05(d *dossier) bool {
	return o.isPoor(d) && !covered(d) && !o.possiblyCovered(d) && (flagged(d, dibaoFlag) || flagged(d, tekunFlag))
}

// JC06 covered, poor, the flag column is there and says not received.
func (o *oracle) jc06(d *dossier) bool {
	return o.isPoor(d) && (inDibao(d) && !flagged(d, dibaoFlag) || inTekun(d) && !flagged(d, tekunFlag))
}

func dibaoFlag(r *poorRow) string { return r.dibao }
func tekunFlag(r *poorRow) string { return r.tekun }

// flagged tells whether any row of the person says that it is received.
func flagged(d *dossier, flag func(*poorRow) string) bool {
	return slices.ContainsFunc(poorRows(d), func(r *poorRow) bool { return yes(flag(r)) })
}

// JC07 type stable, and (house_safe no, or water_safe no, or a living member in
// BT04 or BT08).
func (o *oracle) jc07(home string) bool {
	people := o.livingMembers(home)
	return len(people) > 0 && isStable(o.typeOfHome(home)) && (o.unsafe(home) || some(people, o.bt04) || some(people, o.bt08))
}

// JC08 type stable, income known and < P.monitor_line, not every living member covered.
func (o *oracle) jc08(home string) bool {
	income := o.income(home)
	return isStable(o.typeOfHome(home)) && income != blank && income < yuan(6000) && !every(o.livingMembers(home), covered)
}

// JC09 monitored, risk_eliminated true, and (every living member no_labour, or
// income known and < P.monitor_line, or house_safe no, or water_safe no).
func (o *oracle) jc09(home string) bool {
	people, income := o.livingMembers(home), o.income(home)
	return len(people) > 0 && o.monitored(home) && o.eliminated(home) &&
		(every(people, o.noLabour) || income != blank && income < yuan(6000) || o.unsafe(home))
}
