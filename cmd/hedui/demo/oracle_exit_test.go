package demo

import "slices"

// 错退.

// exit: in force in dibao or tekun in some snapshot within P.exit_lookback_days
// before as_of, and not covered now, living, no hit custody.
func (o *oracle) exit(d *dossier) bool {
	return o.left(d) != nil && !covered(d) && o.living(d) && !o.inCustody(d)
}

// left is the last night that saw the person covered; nil for none.
func (o *oracle) left(d *dossier) *view {
	for _, p := range o.lookback {
		if then := p.people[d.id]; then != nil && covered(then) {
			return p
		}
	}
	return nil
}

// CT01 exit, household risk_open.
func (o *oracle) ct01(d *dossier) bool { return o.exit(d) && o.isPoor(d) && o.riskOpen(o.homeOf[d.id]) }

// CT02 exit, severe or serious; CT01 does not name the person.
func (o *oracle) ct02(d *dossier) bool { return o.exit(d) && (severe(d) || serious(d)) && !o.ct01(d) }

// CT03 exit, income known and < P.dibao_standard; CT01, CT02 do not name the person.
func (o *oracle) ct03(d *dossier) bool {
	return o.exit(d) && o.isPoor(d) && !o.ct01(d) && !o.ct02(d) && o.income(o.homeOf[d.id]) != blank && o.income(o.homeOf[d.id]) < yuan(5300)
}

// CT04 exit, and the last gradual_exit_until seen is after as_of.
func (o *oracle) ct04(d *dossier) bool {
	if !o.exit(d) {
		return false
	}
	for _, p := range o.lookback {
		if then := p.people[d.id]; then != nil && inDibao(then) {
			return slices.ContainsFunc(dibaoRows(then), func(r *dibaoRow) bool { return r.gradual > o.on })
		}
	}
	return false
}

// CT05 exit from a dibao household of which others are still in force; CT01–CT04 do
// not name the person.
func (o *oracle) ct05(d *dossier) bool {
	if !o.exit(d) || o.ct01(d) || o.ct02(d) || o.ct03(d) || o.ct04(d) {
		return false
	}
	p := o.left(d)
	return slices.ContainsFunc(dibaoRows(p.people[d.id]), func(r *dibaoRow) bool {
		return some(p.listed(r.home()), func(other *dossier) bool { return o.people[other.id] != nil && inDibao(o.people[other.id]) })
	})
}

// CT06 risk_open in the previous differing registered_poor snapshot; none of its
// living persons stands in registered_poor now (by persons, not by number).
func (o *oracle) ct06() []string {
	p := o.before[poorRoster]
	if p == nil {
		return nil
	}
	var list []string
	for home := range p.poorHomes {
		gone, someone := true, false
		for _, then := range p.members(home) {
			d := o.people[then.id]
			if d == nil {
				d = &dossier{id: then.id}
			}
			if o.living(d) {
				someone = true
				gone = gone && len(poorRows(d)) == 0
			}
		}
		if p.riskOpen(home) && someone && gone {
			list = append(list, home)
		}
	}
	return list
}

// CT07 received living or nursing subsidy in the previous differing disability
// snapshot, does not now, and BT02 or BT01 holds for it.
func (o *oracle) ct07(d *dossier) bool {
	p := o.before[disability]
	if p == nil || p.people[d.id] == nil {
		return false
	}
	then := p.people[d.id]
	return paid(then, living) && o.bt02(d) || paid(then, nursing) && o.bt01(d)
}

// CT08 a dibao household in force in the look-back window with none in force now,
// its head dead, and a living listed member not covered.
func (o *oracle) ct08() []string {
	seen := map[string]bool{}
	var list []string
	for _, p := range o.lookback {
		for home := range p.dibaoHomes {
			if seen[home] || len(o.dibaoHomes[home]) > 0 {
				continue
			}
			seen[home] = true
			if o.stoppedByDeath(p, home) {
				list = append(list, home)
			}
		}
	}
	return list
}

func (o *oracle) stoppedByDeath(p *view, home string) bool {
	now := func(id string) *dossier {
		if o.people[id] == nil {
			return &dossier{id: id}
		}
		return o.people[id]
	}
	rows := p.dibaoHomes[home]
	head := rows[0]
	if i := slices.IndexFunc(rows, func(r *dibaoRow) bool { return r.relation == "本人" || r.relation == "户主" }); i >= 0 {
		head = rows[i]
	}
	return o.dead(now(head.id)) && slices.ContainsFunc(rows, func(r *dibaoRow) bool {
		return o.living(now(r.id)) && !covered(now(r.id))
	})
}
