package demo

import (
	"fmt"
	"slices"
)

// change makes the night of a day out of the night before it: often nothing,
// else a few of the things that happen to rosters.
func (s *small) change(on day) {
	happenings := []func(day){
		s.leave, s.leave, s.stop, s.comeBack, s.comeBack, s.payOtherwise, s.payOtherwise, s.renumber, s.reissue, s.vanish, s.vanish, s.strike, s.unpay,
		s.reclassify, s.headsOnly, s.toTekun, s.headDies, s.headDies, s.renumberDibao, s.extend, s.fallIll,
	}
	for range pick(s.r, 0, 1, 2, 3, 4) {
		pick(s.r, happenings...)(on)
	}
	s.sortHomes()
}

// someDibaoHome is the key of a household in the dibao roster; empty for none.
func (s *small) someDibaoHome() string {
	if len(s.dibao) == 0 {
		return ""
	}
	return pick(s.r, s.dibao...).home()
}

func (s *small) dropDibao(gone func(*dibaoRow) bool) { s.dibao = slices.DeleteFunc(s.dibao, gone) }

// leave: a household, or one person, is no longer listed in dibao or tekun.
func (s *small) leave(day) {
	home := s.someDibaoHome()
	switch {
	case home != "" && s.in(2):
		s.dropDibao(func(r *dibaoRow) bool { return r.home() == home })
	case home != "" && s.in(2):
		id := pick(s.r, s.dibao...).id
		s.dropDibao(func(r *dibaoRow) bool { return r.id == id })
	case len(s.tekun) > 0:
		s.tekun = s.tekun[1:]
	}
}

// stop: a household stays listed as no longer in force.
func (s *small) stop(day) {
	home := s.someDibaoHome()
	for _, r := range s.dibao {
		if r.home() == home {
			r.status = "停保"
		}
	}
}

// comeBack: dibao and tekun, or registered_poor, are what they were at first.
func (s *small) comeBack(day) {
	first := s.whole.clone()
	switch s.r.IntN(3) {
	case 0:
		s.poor = first.poor
	case 1:
		s.tekun = first.tekun
	}
	s.dibao = first.dibao
}

// payOtherwise changes tier or amount, with a review or a change of what they
// rest on, or without.
func (s *small) payOtherwise(on day) {
	home := s.someDibaoHome()
	tier, amount, income := pick(s.r, "A", "B", "C", ""), pick(s.r, yuan(500), yuan(700), blank), pick(s.r, blank, yuan(3000), yuan(5000))
	covered, review, which := s.r.IntN(3), s.beside(on), s.r.IntN(5)
	for _, r := range s.dibao {
		if r.home() != home {
			continue
		}
		if which != 1 {
			r.tier = tier
		}
		if which != 2 {
			r.amount = amount
		}
		switch which {
		case 3:
			r.income = income
		case 4:
			r.covered, r.review = covered, review
		}
	}
}

// renumber: a poor household gets a new number.
func (s *small) renumber(on day) {
	if len(s.poor) == 0 {
		return
	}
	home, no := pick(s.r, s.poor...).home(), fmt.Sprintf("%d%d", 700000+s.serial, int(on))
	for _, r := range s.poor {
		if r.home() == home {
			r.householdNo = no
		}
	}
}

// reissue: two households of a town change numbers.
func (s *small) reissue(day) {
	if len(s.poor) == 0 {
		return
	}
	a, b := pick(s.r, s.poor...), pick(s.r, s.poor...)
	one, other := a.householdNo, b.householdNo
	for _, r := range s.poor {
		switch {
		case a.town != b.town || r.town != a.town:
		case r.householdNo == one:
			r.householdNo = other
		case r.householdNo == other:
			r.householdNo = one
		}
	}
}

// vanish: a poor household, or one person, is no longer listed.
func (s *small) vanish(day) {
	if len(s.poor) == 0 {
		return
	}
	gone, alone := pick(s.r, s.poor...), s.in(3)
	home, id := gone.home(), gone.id
	s.poor = slices.DeleteFunc(s.poor, func(r *poorRow) bool { return alone && r.id == id || !alone && r.home() == home })
}

// strike: people stay listed as naturally decreased.
func (s *small) strike(day) {
	if len(s.poor) == 0 {
		return
	}
	gone, alone := pick(s.r, s.poor...), s.in(2)
	for _, r := range s.poor {
		if alone && r.id == gone.id || !alone && r.home() == gone.home() {
			r.status = "自然减少"
		}
	}
}

// unpay: subsidies begin, or stop.
func (s *small) unpay(day) {
	for _, r := range s.disability {
		if s.in(2) {
			r.living, r.nursing = pick(s.r, "是", "否", "", "0"), pick(s.r, "是", "否", "", "0")
		}
	}
}

// reclassify: a household's risk is eliminated or returns, or its type changes.
func (s *small) reclassify(day) {
	if len(s.poor) == 0 {
		return
	}
	home, facts, kindToo := pick(s.r, s.poor...).home(), s.homeFacts(), s.in(2)
	for _, r := range s.poor {
		if r.home() != home {
			continue
		}
		if r.eliminated = facts.eliminated; kindToo {
			r.householdType, r.monitorType, r.income = facts.householdType, facts.monitorType, facts.income
		}
	}
}

// headsOnly: the dibao roster lists no more than a household's first person.
func (s *small) headsOnly(day) {
	home, first := s.someDibaoHome(), true
	s.dropDibao(func(r *dibaoRow) bool {
		if r.home() != home {
			return false
		}
		drop := !first
		first = false
		return drop
	})
}

// toTekun: somebody goes from dibao to tekun.
func (s *small) toTekun(day) {
	if len(s.dibao) == 0 {
		return
	}
	gone := pick(s.r, s.dibao...)
	s.dropDibao(func(r *dibaoRow) bool { return r.id == gone.id })
	s.tekun = append(s.tekun, &tekunRow{who: gone.who, mode: "分散", selfCare: "全自理", amount: yuan(620), care: blank, start: 20201201, status: "正常"})
}

// headDies, and what becomes of the dibao of the rest.
func (s *small) headDies(on day) {
	if len(s.dibao) == 0 {
		return
	}
	home := s.someDibaoHome()
	rows := slices.DeleteFunc(slices.Clone(s.dibao), func(r *dibaoRow) bool { return r.home() != home })
	row := &verifyRow{who: rows[0].who, item: "死亡", amount: blank, date: s.beside(on), exempt: "否"}
	row.town, row.village = "", ""
	s.verify = append(s.verify, row)
	if !s.in(3) {
		s.dropDibao(func(r *dibaoRow) bool { return r.home() == home })
	}
}

// renumberDibao: a household gets a new number, at times one that was another's.
func (s *small) renumberDibao(on day) {
	home, no := s.someDibaoHome(), fmt.Sprintf("D%d%d", 700000+s.serial, int(on))
	if len(s.whole.dibao) > 0 && s.in(2) {
		no = pick(s.r, s.whole.dibao...).householdNo
	}
	if slices.ContainsFunc(s.dibao, func(r *dibaoRow) bool { return r.householdNo == no }) {
		return
	}
	for _, r := range s.dibao {
		if r.home() == home {
			r.householdNo = no
		}
	}
}

// extend: a household is on its gradual exit for longer.
func (s *small) extend(day) {
	home, until := s.someDibaoHome(), pick(s.r, day(20210630), 20210731, 20211231)
	for _, r := range s.dibao {
		if r.home() == home {
			r.gradual = until
		}
	}
}

func (s *small) fallIll(day) {
	if len(s.people) > 0 {
		s.settlement(pick(s.r, s.people...))
	}
}
