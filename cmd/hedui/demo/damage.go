package demo

import (
	"math/rand/v2"
	"slices"
	"strings"
)

// spoil throws damage at a family's ID numbers, both months alike, and tells
// what of it, planted or thrown, hedui owes a finding on 10 June. Without dirt
// only the planted damage is there.
func spoil(f *family, opt Options) []Damage {
	if opt.Dirty && !f.intact {
		s := &spoiler{family: f, r: rand.New(rand.NewPCG(opt.Seed^0x5eed, f.serial))}
		s.everybody()
	}
	return damageIn(&f.june)
}

// damageIn lists what a family's rows owe to what stands in their ID cells.
func damageIn(m *rosters) []Damage {
	var out []Damage
	copied := map[string]bool{}
	for k := range kindNames {
		for _, row := range m.of(k) {
			w := row.whom()
			d := Damage{Rule: "DQ04", Kind: kindNames[k], ID: w.id, Town: w.town, Name: w.name}
			switch {
			case w.sent == "":
				continue
			case w.lost && wellFormed(w.sent):
				// Another person's number: two names under one number.
				d.Rule, d.ID = "DQ03", w.sent
				if copied[w.sent] {
					continue
				}
				copied[w.sent] = true
			case w.lost:
				d.Rule, d.ID = "DQ01", ""
			}
			out = append(out, d)
		}
	}
	return out
}

func wellFormed(number string) bool {
	return len(number) == 18 && strings.Trim(number[:17], "0123456789") == "" && checkDigit(number[:17]) == number[17]
}

// spoiler decides by June's rows and does the same to May's.
type spoiler struct {
	*family
	r *rand.Rand
}

// One person in so many, of those whom it can befall.
const (
	repairableIn = 40
	lostIn       = 150
	copiedIn     = 400
	strangeIn    = 300
)

func (s *spoiler) everybody() {
	plainFamily := s.label == "" && !s.inSocialRoster()
	if plainFamily && s.r.IntN(copiedIn) == 0 && s.copyHead() {
		return
	}
	for _, p := range s.people {
		switch {
		case s.r.IntN(repairableIn) == 0:
			s.repairable(p)
		case plainFamily && s.r.IntN(lostIn) == 0:
			s.lose(p)
		case plainFamily && s.r.IntN(strangeIn) == 0:
			s.estrange(p)
		}
	}
}

func (s *spoiler) inSocialRoster() bool {
	for _, m := range []*rosters{&s.may, &s.june} {
		if len(m.poor)+len(m.dibao)+len(m.tekun)+len(m.disability)+len(m.aid)+len(m.verify) > 0 {
			return true
		}
	}
	return false
}

// standing lists the kinds in which a person stands in both months.
func (s *spoiler) standing(p *person) []int {
	var kinds []int
	for k := range kindNames {
		if first(&s.june, k, p) != nil && first(&s.may, k, p) != nil {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

func first(m *rosters, kind int, p *person) *who {
	for _, row := range m.of(kind) {
		if w := row.whom(); w.id == p.id && w.sent == "" {
			return w
		}
	}
	return nil
}

// put sets what stands in a person's ID cell of a kind, in both months.
func (s *spoiler) put(kind int, p *person, sent string, lost, numeric bool) {
	for _, m := range []*rosters{&s.june, &s.may} {
		w := first(m, kind, p)
		w.sent, w.lost, w.numeric = sent, lost, numeric
	}
}

// repairable damages one row of a person whose number another roster still has.
func (s *spoiler) repairable(p *person) {
	kinds := s.standing(p)
	if len(kinds) < 2 {
		return
	}
	k := kinds[s.r.IntN(len(kinds))]
	sent, numeric := s.damaged(p.id, k)
	if sent != "" {
		s.put(k, p, sent, false, numeric)
	}
}

// damaged is a number after one of the accidents that can be undone, and
// whether it stands in a number cell.
func (s *spoiler) damaged(id string, kind int) (sent string, numeric bool) {
	at, accidents := s.r.IntN(16), 6
	if kind == disability {
		accidents = 4 // a reader may take lost digits from the certificate's number: nothing to repair
	}
	switch s.r.IntN(accidents) {
	case 0: // one digit mistyped
		b := []byte(id)
		b[at] = '0' + (b[at]-'0'+1+byte(s.r.IntN(9)))%10
		return string(b), false
	case 1: // two neighbours swapped
		b := []byte(id)
		for b[at] == b[at+1] {
			at = (at + 1) % 16
		}
		b[at], b[at+1] = b[at+1], b[at]
		return string(b), false
	case 2: // one missing
		return id[:at] + id[at+1:], false
	case 3: // one too many
		return id[:at] + string('0'+byte(s.r.IntN(10))) + id[at:], false
	}
	if strings.HasSuffix(id, "X") {
		return "", false // a spreadsheet takes it for text and leaves it alone
	}
	if s.r.IntN(2) == 0 {
		return id[:1] + "." + id[1:15] + "E+17", false
	}
	cut := id[:15] + "000"
	book := layoutFor(kind, s.town, s.district, juneDay)
	if !book.cells() && wellFormed(cut) {
		return "", false // as text it would be a good number, somebody else's
	}
	return cut, true
}

// lose makes a person's insurance row nobody's.
func (s *spoiler) lose(p *person) {
	kinds := s.standing(p)
	if !slices.Contains(kinds, medical) {
		return
	}
	texts := []string{
		p.id[:6] + "********" + p.id[14:], "待补", "无", "1390000" + p.id[10:14], p.id[:1] + "." + p.id[1:6] + "E+17", "",
	}
	if len(kinds) == 1 {
		texts = append(texts, typo(p.id)) // where a school has the number it could be repaired
	}
	sent := texts[s.r.IntN(len(texts))]
	if sent == "" {
		sent = " " // a cell that only looks filled
	}
	s.put(medical, p, sent, true, false)
}

// Places in kindNames.
const (
	disability = 3
	medical    = 4
	school     = 5
)

const strangeTown = "兴远镇"

// estrange writes a town into a person's insurance row that is none of the
// district's: kept as written, and of no weight for a rule.
func (s *spoiler) estrange(p *person) {
	for _, m := range []*rosters{&s.june, &s.may} {
		if w := first(m, medical, p); w != nil {
			w.town = strangeTown
		}
	}
}

// copyHead gives every member's insurance row the head's number.
func (s *spoiler) copyHead() bool {
	people := s.people
	head := people[0]
	if len(people) < 2 || !slices.Contains(s.standing(head), medical) {
		return false
	}
	done := false
	for _, p := range people[1:] {
		if slices.Contains(s.standing(p), medical) {
			s.put(medical, p, head.id, true, false)
			done = true
		}
	}
	return done
}
