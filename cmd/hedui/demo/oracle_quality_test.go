package demo

import (
	"slices"
	"strings"
)

// 数据质量.

// dq01 not valid after cleaning, not resolved: what is marked so. A copied number
// is a good one, of somebody else.
func dq01(r row) bool { return r.whom().lost && !wellFormed(r.whom().sent) }

// DQ02 two or more rows of one person in registered_poor, tekun, school, or
// disability with the same cert_no.
func (o *oracle) dq02(d *dossier) bool {
	certs := map[string]int{}
	for _, r := range d.disability {
		if certs[r.cert]++; certs[r.cert] > 1 {
			return true
		}
	}
	return len(d.poor) > 1 || len(d.tekun) > 1 || len(d.school) > 1
}

// DQ03 folded names differ between rows of one person.
func (o *oracle) dq03(d *dossier) bool {
	names := map[string]bool{}
	for k := range kindNames {
		for _, r := range d.of(k) {
			if name := foldName(r.whom().name); name != "" {
				names[name] = true
			}
		}
	}
	for a := range names {
		for b := range names {
			if !sameName([]rune(a), []rune(b)) {
				return true
			}
		}
	}
	return false
}

func foldName(s string) string {
	if i := strings.IndexAny(s, "（("); i >= 0 {
		s = s[:i]
	}
	return strings.NewReplacer(" ", "", "　", "", "·", "", "•", "", "・", "", "．", "", ".", "").Replace(s)
}

func sameName(a, b []rune) bool {
	unreadable := func(r rune) bool { return r == '?' || r == '△' || r >= 0xe000 && r <= 0xf8ff }
	return slices.EqualFunc(a, b, func(x, y rune) bool { return x == y || unreadable(x) || unreadable(y) })
}

func likeness(w *who) string { return foldName(w.name) + "|" + w.town + "|" + w.id[:14] }

// standing lists the rows that Identity goes by: of dibao and tekun the earlier
// nights' too, since exits are about them.
func (o *oracle) standing(kind int) []row {
	rows := o.of(kind)
	if kind == dibaoRoster || kind == tekunRoster {
		for _, p := range o.past {
			rows = append(rows, p.of(kind)...)
		}
	}
	return rows
}

// dq04 is Identity 5: the number stands in one roster alone today, and exactly one
// other, in another roster under the same name and town, agrees in the first
// fourteen digits. (Two valid numbers are never one edit apart.)
func (o *oracle) dq04(d *dossier) bool {
	if o.people[d.id] == nil {
		return false
	}
	kinds, likenesses, today := map[int]bool{}, map[string]bool{}, false
	for _, v := range append([]*view{o.view}, o.past...) {
		if v != o.view && today { // what was said before counts where nothing is said today
			break
		}
		for k := range kindNames {
			if v.people[d.id] == nil || v != o.view && k != dibaoRoster && k != tekunRoster {
				continue
			}
			for _, r := range v.people[d.id].of(k) {
				if w := r.whom(); w.sent == "" {
					if kinds[k] = true; w.town != "" {
						likenesses[likeness(w)] = true
					}
				}
			}
		}
		today = today || v == o.view && len(kinds) > 0
	}
	if len(kinds) != 1 || len(likenesses) != 1 {
		return false
	}
	others := map[string]bool{}
	for l := range likenesses {
		for _, e := range o.alike[l] {
			if e.number != d.id && !kinds[e.kind] {
				others[e.number] = true
			}
		}
	}
	return len(others) == 1
}

// DQ05 towns differ between rosters (school and medical_aid excepted).
func (o *oracle) dq05(d *dossier) bool {
	towns := map[string]bool{}
	for k := range kindNames {
		for _, r := range d.of(k) {
			if town := r.whom().town; town != "" && k != school && k != medical {
				towns[town] = true
			}
		}
	}
	return len(towns) > 1
}

// dq06 sex against the ID number's 17th digit; disability columns against cert_no.
func dq06(r row) bool {
	switch r := r.(type) {
	case *poorRow:
		return !r.lost && r.sex != "" && (r.sex == "男") != (r.id[16]%2 == 1)
	case *disabilityRow:
		return len(r.cert) >= 20 && (disabilityKinds[r.cert[18]-'1'] != r.kind || int(r.cert[19]-'0') != r.grade)
	}
	return false
}

// dq07 a required cell is blank. The ID number may
// be absent where the certificate's is there; a type is the household's, not the row's.
func dq07(r row) bool {
	w := r.whom()
	required := []string{w.name, strings.TrimSpace(w.number())}
	switch r := r.(type) {
	case *poorRow:
		required = append(required, w.town, r.householdNo)
	case *dibaoRow, *tekunRow:
		required = append(required, w.town)
	case *disabilityRow:
		required[1] += r.cert
		required = append(required, w.town)
	case *schoolRow:
		required = append(required, r.school)
	case *verifyRow:
		required[0] = r.item // a hit may come without a name
	}
	return slices.Contains(required, "")
}

// kin is somebody in a household, as DQ08 looks at it.
type kin struct{ id, relation string }

// dq08 a 之子/之女 born less than 12 years after the head, or before; no head or two
// heads; a spouse under 16; more listed persons than persons_covered. A dibao roster lists
// who is covered, and the head need not be.
func (o *oracle) dq08() []string {
	var list []string
	for home, rows := range o.poorHomes {
		var people []kin
		for _, r := range rows {
			people = append(people, kin{r.id, r.relation})
		}
		if o.unlikely(people, 1) {
			list = append(list, home)
		}
	}
	for home, rows := range o.dibaoHomes {
		var people []kin
		for _, r := range rows {
			people = append(people, kin{r.id, r.relation})
		}
		if o.unlikely(people, 0) || rows[0].covered > 0 && len(o.listed(home)) > rows[0].covered {
			list = append(list, home)
		}
	}
	return list
}

// unlikely says that people do not fit into one household, of which atLeast so many heads
// and no more than one are listed.
func (o *oracle) unlikely(people []kin, atLeast int) bool {
	var heads []string
	for _, p := range people {
		if (p.relation == "户主" || p.relation == "本人") && !slices.Contains(heads, p.id) {
			heads = append(heads, p.id)
		}
	}
	if len(heads) < atLeast || len(heads) > 1 {
		return true
	}
	return slices.ContainsFunc(people, func(p kin) bool {
		child := p.relation == "之子" || p.relation == "之女"
		return child && len(heads) > 0 && born(p.id) < born(heads[0])+12_00_00 || p.relation == "配偶" && ageOf(p.id, o.on) < 16
	})
}
