package demo

import (
	"strings"
	"testing"
)

// TestDamageIsWhatItSays resolves every damaged number by hand, as Identity 4
// says, against all valid numbers of other rosters: what was thrown as
// repairable leads to exactly one person, what was thrown as lost to nobody or
// to more than one.
func TestDamageIsWhatItSays(t *testing.T) {
	_, sum, g := generated(t, Options{Dirty: true, Seed: 17})
	for month, m := range map[string]*rosters{"May": &g.may, "June": &g.june} {
		repaired, lost := checkDamage(t, month, m)
		if repaired < 100 || lost < 50 {
			t.Errorf("%s: only %d numbers repairable, %d lost", month, repaired, lost)
		}
	}
	if len(sum.Damage) < 150 {
		t.Errorf("only %d damages told", len(sum.Damage))
	}
}

type standing struct {
	kind         int
	number, town string
}

func checkDamage(t *testing.T, month string, m *rosters) (repaired, lost int) {
	t.Helper()
	valid := map[string][]standing{} // by name
	for k := range kindNames {
		for _, r := range m.of(k) {
			if w := r.whom(); w.sent == "" {
				valid[foldName(w.name)] = append(valid[foldName(w.name)], standing{k, w.id, w.town})
			}
		}
	}
	for k := range kindNames {
		for _, r := range m.of(k) {
			w := r.whom()
			if w.sent == "" || w.lost && wellFormed(w.sent) {
				continue
			}
			leads := map[string]bool{}
			for _, s := range valid[foldName(w.name)] {
				if s.kind != k && (s.town == "" || w.town == "" || s.town == w.town) && near(w.sent, s.number) {
					leads[s.number] = true
				}
			}
			switch {
			case w.lost && len(leads) == 1:
				t.Errorf("%s, %s: a number thrown as lost can be repaired", month, kindNames[k])
			case w.lost:
				lost++
			case len(leads) != 1 || !leads[w.id]:
				t.Errorf("%s, %s: %d numbers qualify for a damaged one", month, kindNames[k], len(leads))
			default:
				repaired++
			}
		}
	}
	return repaired, lost
}

// near is one edit away, or equal in the first fourteen digits at least of what is left.
func near(sent, id string) bool {
	if head, ok := strings.CutSuffix(sent, "E+17"); ok {
		head = strings.Replace(head, ".", "", 1)
		return len(head) >= 14 && strings.HasPrefix(id, head)
	}
	if strings.HasSuffix(sent, "000") && len(sent) == 18 && sent[:15] == id[:15] {
		return true
	}
	switch len(sent) - len(id) {
	case 0:
		var at []int
		for i := range len(id) {
			if sent[i] != id[i] {
				at = append(at, i)
			}
		}
		return len(at) == 1 || len(at) == 2 && at[1] == at[0]+1 && sent[at[0]] == id[at[1]] && sent[at[1]] == id[at[0]]
	case -1:
		return oneMore(id, sent)
	case 1:
		return oneMore(sent, id)
	}
	return false
}

// oneMore tells whether long without one character is short.
func oneMore(long, short string) bool {
	for i := range len(long) {
		if long[:i]+long[i+1:] == short {
			return true
		}
	}
	return false
}
