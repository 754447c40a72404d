package demo

import (
	"cmp"
	"maps"
	"slices"
)

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

// households are the dibao households that a person was in on the night that saw
// it covered last; none for an exit from tekun.
func (o *oracle) households(d *dossier) []string {
	var homes []string
	if p := o.left(d); p != nil {
		for _, r := range dibaoRows(p.people[d.id]) {
			homes = append(homes, r.home())
		}
	}
	return homes
}

// CT04 exit, and the last gradual_exit_until seen is after as_of: in the row that says that
// it has ended, else while it had not.
func (o *oracle) ct04(d *dossier) bool {
	if !o.exit(d) {
		return false
	}
	if ended := day(0); len(o.households(d)) > 0 {
		for _, r := range d.dibao {
			before := slices.ContainsFunc(o.past, func(p *view) bool {
				return p.on <= o.left(d).on && p.people[d.id] != nil && slices.ContainsFunc(p.people[d.id].dibao, func(then *dibaoRow) bool { return then.home() == r.home() && out(then.status) })
			})
			if slices.Contains(o.households(d), r.home()) || !before {
				ended = max(ended, r.gradual)
			}
		}
		if ended != 0 {
			return ended > o.on
		}
	}
	for _, p := range o.lookback {
		if p.on > o.left(d).on {
			continue
		}
		until := day(0)
		for _, home := range o.households(d) {
			for _, r := range p.dibaoHomes[home] {
				until = max(until, r.gradual)
			}
		}
		if until != 0 {
			return until > o.on
		}
	}
	return false
}

// CT05 exit from a dibao household of which others are still in force, by persons;
// CT01–CT04 do not name the person.
func (o *oracle) ct05(d *dossier) bool {
	return o.exit(d) && !o.ct01(d) && !o.ct02(d) && !o.ct03(d) && !o.ct04(d) &&
		slices.ContainsFunc(o.households(d), func(home string) bool {
			return some(o.left(d).listed(home), func(other *dossier) bool { return inDibao(o.current(other.id)) })
		})
}

// current is what tonight's rosters say of somebody, if anything.
func (o *oracle) current(id string) *dossier {
	if d := o.people[id]; d != nil {
		return d
	}
	return &dossier{id: id}
}

// CT06 risk_open in the previous differing registered_poor snapshot; none of its
// living persons stands in registered_poor now (by persons, not by number; who is
// struck off stands there still).
func (o *oracle) ct06() []string {
	p := o.before[poorRoster]
	if p == nil {
		return nil
	}
	var list []string
	for home := range p.poorHomes {
		gone, someone := true, false
		for _, then := range p.members(home) {
			if d := o.current(then.id); o.living(d) {
				someone = true
				gone = gone && len(d.poor) == 0
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
// its head dead, and a living listed member not covered. None in force: neither
// anybody who was in it under its number nor anybody who was in it last.
func (o *oracle) ct08() []string {
	stopped := map[string]bool{}
	for _, p := range o.lookback {
		for id := range p.people {
			if d := o.current(id); !covered(d) {
				for _, home := range o.households(d) {
					stopped[home] = !o.goesOn(home) && o.dead(o.current(o.headOf(home))) && o.leftUncovered(home)
				}
			}
		}
	}
	maps.DeleteFunc(stopped, func(_ string, holds bool) bool { return !holds })
	return slices.Collect(maps.Keys(stopped))
}

// nightsOf are the nights of the look-back, the latest first, on which a dibao household of
// the past was that of those who have left it since: its number may have been another's
// before, and may be again.
func (o *oracle) nightsOf(home string) []*view {
	last, since := day(0), o.on
	leaver := func(then *dossier) bool {
		d := o.current(then.id)
		return !covered(d) && slices.Contains(o.households(d), home)
	}
	for _, p := range o.lookback {
		if some(p.listed(home), leaver) {
			last = max(last, p.on)
		}
	}
	for _, p := range o.past {
		if some(p.listed(home), leaver) {
			since = min(since, p.on)
		}
	}
	return slices.DeleteFunc(slices.Clone(o.lookback), func(p *view) bool { return p.on < since || p.on > last })
}

// goesOn tells whether a dibao household of the past is in force, by somebody who was in
// it under its number, or by somebody who was in it on its last night under another, in which
// he was not that night.
func (o *oracle) goesOn(home string) bool {
	nights := o.nightsOf(home)
	for _, p := range nights {
		if some(p.listed(home), func(d *dossier) bool { return some(o.listed(home), func(now *dossier) bool { return now.id == d.id }) }) {
			return true
		}
	}
	return len(nights) > 0 && some(nights[0].listed(home), func(d *dossier) bool {
		return slices.ContainsFunc(dibaoRows(o.current(d.id)), func(r *dibaoRow) bool {
			return !slices.ContainsFunc(dibaoRows(d), func(then *dibaoRow) bool { return then.home() == r.home() })
		})
	})
}

// headOf a dibao household of the past is who last was it by a relation, or whom its rows
// name, listed or not; where they name nobody the first of those listed last.
func (o *oracle) headOf(home string) string {
	named, first := "", ""
	for _, p := range o.nightsOf(home) {
		for _, r := range p.dibaoHomes[home] {
			if r.relation == "本人" || r.relation == "户主" || r.id == r.headID {
				return r.id
			}
			named, first = cmp.Or(named, r.headID), cmp.Or(first, r.id)
		}
	}
	return cmp.Or(named, first)
}

func (o *oracle) leftUncovered(home string) bool {
	return slices.ContainsFunc(o.lookback, func(p *view) bool {
		return some(p.listed(home), func(d *dossier) bool { return o.living(o.current(d.id)) && !covered(o.current(d.id)) })
	})
}
