package demo

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// gather keeps what generate shows a witness.
type gather struct {
	families  []*family
	may, june rosters
}

func (g *gather) see(f *family) {
	g.families = append(g.families, f)
	g.may.add(f.may)
	g.june.add(f.june)
}

func (r *rosters) add(o rosters) {
	r.poor, r.dibao, r.tekun = append(r.poor, o.poor...), append(r.dibao, o.dibao...), append(r.tekun, o.tekun...)
	r.disability, r.medical, r.school = append(r.disability, o.disability...), append(r.medical, o.medical...), append(r.school, o.school...)
	r.aid, r.verify = append(r.aid, o.aid...), append(r.verify, o.verify...)
}

// generated is a district in a temporary folder with its clean rows.
func generated(t *testing.T, opt Options) (dir string, sum *Summary, g *gather) {
	t.Helper()
	dir, g = t.TempDir(), &gather{}
	sum, err := generate(dir, opt, g.see)
	if err != nil {
		t.Fatal(err)
	}
	return dir, sum, g
}

// subjects of a family: its people and households.
func subjects(f *family) map[string]bool {
	out := map[string]bool{}
	for _, p := range f.people {
		out[p.id] = true
	}
	for _, m := range []*rosters{&f.may, &f.june} {
		for _, r := range m.poor {
			out[r.town+"|"+r.householdNo] = true
		}
		for _, r := range m.dibao {
			out[r.town+"|"+r.householdNo] = true
		}
	}
	return out
}

// TestCasesAgreeWithOracle holds the oracle to what is written by hand beside
// every case, and ordinary families to silence, in both months.
func TestCasesAgreeWithOracle(t *testing.T) {
	_, _, g := generated(t, Options{Persons: 20000, Seed: 7})
	june, may := consult(night{mayDay, g.may}, night{juneDay, g.june}), consult(night{mayDay, g.may})
	rows := map[want]bool{} // what cases say about rows
	for _, f := range g.families {
		wanted := map[want]bool{}
		for _, w := range f.wants {
			if rowRules[w.rule] != nil {
				rows[another(rows, w)] = true
				continue
			}
			wanted[w] = true
		}
		mine := subjects(f)
		for w := range june {
			if mine[w.subject] && !wanted[w] {
				t.Errorf("%q: the oracle finds %s, which is not expected", f.label, w.rule)
			}
		}
		for w := range wanted {
			if !june[w] {
				t.Errorf("%q: the oracle misses %s", f.label, w.rule)
			}
		}
		if f.label != "" {
			continue
		}
		for w := range may {
			if mine[w.subject] {
				t.Errorf("an ordinary family is named by %s in May", w.rule)
			}
		}
	}
	maps.DeleteFunc(june, func(w want, _ bool) bool {
		return rowRules[w.rule] == nil || w.rule == "DQ01" // what damage makes
	})
	for w := range june {
		if !rows[w] {
			t.Errorf("the oracle finds %s in %s, which no case expects", w.rule, w.subject)
		}
	}
	for w := range rows {
		if !june[w] {
			t.Errorf("the oracle misses %s in %s", w.rule, w.subject)
		}
	}
}

// owed is what hedui must find on a day: the oracle's findings, and the damage.
func owed(on day, g *gather) map[want]bool {
	nights := []night{{mayDay, g.may}}
	if on == juneDay {
		nights = append(nights, night{juneDay, g.june})
	}
	out := consult(nights...)
	for _, f := range g.families {
		rosters := &f.june
		if on == mayDay {
			rosters = &f.may
		}
		for _, d := range damageIn(rosters) {
			if d.Rule != "DQ01" { // the oracle saw that no number can be read there
				out[want{d.Rule, d.ID}] = true
			}
		}
	}
	return out
}

// TestEveryRuleIsHit, in the smallest district there is, clean or dirty.
func TestEveryRuleIsHit(t *testing.T) {
	for _, dirty := range []bool{false, true} {
		_, sum, g := generated(t, Options{Persons: 1, Dirty: dirty, Seed: 3})
		hit := map[string]bool{}
		for w := range owed(juneDay, g) {
			hit[w.rule] = true
		}
		for rule := range spoken() {
			if !hit[rule] {
				t.Errorf("no %s in the planted cases (dirty: %v)", rule, dirty)
			}
		}
		if sum.Cases != len(cases) {
			t.Errorf("%d cases planted of %d", sum.Cases, len(cases))
		}
	}
}

// TestEveryRuleHasAnException: a case that stands just beside the rule.
func TestEveryRuleHasAnException(t *testing.T) {
	labels := map[string]bool{}
	exception := map[string]bool{}
	for _, c := range cases {
		if labels[c.label] {
			t.Errorf("two cases are called %q", c.label)
		}
		labels[c.label] = true
		rule, rest, _ := strings.Cut(c.label, " ")
		if strings.HasPrefix(rest, "not ") || strings.HasPrefix(rest, "leaves ") {
			exception[rule] = true
		}
	}
	for rule := range spoken() {
		// A DQ01 or DQ04 exception is every intact number.
		if rule != "DQ01" && rule != "DQ04" && !exception[rule] && !(strings.HasPrefix(rule, "CT") && exception["CT"]) {
			t.Errorf("%s has no case that it must not name", rule)
		}
	}
}

// TestShares holds a district to the proportions of a real one.
func TestShares(t *testing.T) {
	_, sum, g := generated(t, Options{Seed: 5})
	if sum.Persons < defaultPersons || sum.Persons > defaultPersons+10 {
		t.Errorf("%d persons, asked for %d", sum.Persons, defaultPersons)
	}
	poor := 0
	for _, f := range g.families {
		if len(f.june.poor) > 0 && typeOf(f.june.poor[0]) != general {
			poor += len(f.june.poor)
		}
		if len(f.people) > 7 {
			t.Errorf("a family of %d", len(f.people))
		}
	}
	share := func(what string, n int, low, high float64) {
		if s := float64(n) / float64(sum.Persons); s < low || s > high {
			t.Errorf("%s: %.1f %% of all persons, should be %.1f to %.1f %%", what, 100*s, 100*low, 100*high)
		}
	}
	share("poor", poor, 0.08, 0.105)
	share("dibao", len(g.june.dibao), 0.035, 0.05)
	share("tekun", len(g.june.tekun), 0.007, 0.013)
	share("disabled", len(g.june.disability), 0.05, 0.07)
	share("insured or not", len(g.june.medical), 0.9, 1)
	share("named by a rule", len(named(owed(juneDay, g), g)), 1.0/31, 1.0/19)
}

// named lists the people whom findings name, or whose household they name.
func named(found map[want]bool, g *gather) map[string]bool {
	out := map[string]bool{}
	for w := range found {
		out[w.subject] = true
	}
	for _, r := range g.june.poor {
		if out[r.town+"|"+r.householdNo] {
			out[r.id] = true
		}
	}
	for _, r := range g.june.dibao {
		if out[r.town+"|"+r.householdNo] {
			out[r.id] = true
		}
	}
	maps.DeleteFunc(out, func(subject string, _ bool) bool {
		return strings.Count(subject, "|") == 1 // the households, now that their people are in
	})
	return out
}

// TestNumbers: unassigned regions, right check digits, nobody's twice.
func TestNumbers(t *testing.T) {
	_, _, g := generated(t, Options{Persons: 30000, Seed: 11})
	seen := map[string]bool{}
	for _, f := range g.families {
		for _, p := range f.people {
			if seen[p.id] || !wellFormed(p.id) || p.id[:5] != "13089" || p.id[6:14] != fmt.Sprintf("%08d", p.birth) || (p.id[16]%2 == 1) != p.male {
				t.Fatalf("bad number in family %d", f.serial)
			}
			seen[p.id] = true
		}
	}
}

// TestCrowdedDay: where a day's numbers are used up the cases of that day end, and nobody
// gets another's number.
func TestCrowdedDay(t *testing.T) {
	d := newDistrict(Options{Persons: 20000, Seed: 3})
	const decides = day(19800301) // DQ08
	for _, male := range []bool{true, false} {
		for !d.numbers.crowded {
			d.numbers.next(0, decides, male)
		}
		d.numbers.crowded = false
	}
	seen := map[string]bool{}
	for serial := range uint64(20000) {
		f := &family{district: d, town: d.towns[0], village: d.towns[0].villages[0], serial: serial, r: rand.New(rand.NewPCG(3, serial))}
		d.random(f)
		for _, p := range f.people {
			if seen[p.id] || p.birth == decides {
				t.Fatalf("family %d (%s): a number twice, or one of a day that has none left", serial, f.label)
			}
			seen[p.id] = true
		}
	}
	if d.numbers.crowded {
		t.Error("crowded for good")
	}
}

// TestRepeatable: the same options write the same bytes, another seed does not.
func TestRepeatable(t *testing.T) {
	opt := Options{Persons: 800, Dirty: true, Seed: 9}
	one, _, _ := generated(t, opt)
	two, _, _ := generated(t, opt)
	opt.Seed++
	other, _, _ := generated(t, opt)
	different := 0
	for name, data := range contents(t, one) {
		if !bytes.Equal(data, contents(t, two)[name]) {
			t.Errorf("%s differs between two runs", name)
		}
		if !bytes.Equal(data, contents(t, other)[name]) {
			different++
		}
	}
	if different == 0 {
		t.Error("the seed changes nothing")
	}
}

func contents(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		out[name], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestDirtLeavesPeopleAlone: the same people live in the clean and in the dirty district.
func TestDirtLeavesPeopleAlone(t *testing.T) {
	_, _, clean := generated(t, Options{Persons: 5000, Seed: 13})
	_, _, dirty := generated(t, Options{Persons: 5000, Seed: 13, Dirty: true})
	a := consult(night{mayDay, clean.may}, night{juneDay, clean.june})
	b := consult(night{mayDay, dirty.may}, night{juneDay, dirty.june})
	damaged := func(w want, _ bool) bool { return rowRules[w.rule] != nil }
	maps.DeleteFunc(a, damaged)
	maps.DeleteFunc(b, damaged)
	if !maps.Equal(a, b) {
		t.Errorf("%d findings in the clean district, %d in the dirty one", len(a), len(b))
	}
}

// TestFullFolder: a second district would mix with the first.
func TestFullFolder(t *testing.T) {
	dir, _, _ := generated(t, Options{Persons: 1})
	before := contents(t, dir)
	if _, err := Generate(dir, Options{Persons: 1, Dirty: true}); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("got %v", err)
	}
	if !maps.EqualFunc(before, contents(t, dir), bytes.Equal) {
		t.Error("the refused district changed something")
	}
}

// BenchmarkGenerate writes 300,000 persons as departments send them.
func BenchmarkGenerate(b *testing.B) {
	for b.Loop() {
		sum, err := Generate(b.TempDir(), Options{Persons: 300000, Dirty: true, Seed: 1})
		if err != nil {
			b.Fatal(err)
		}
		if sum.Persons < 300000 {
			b.Fatalf("only %d persons", sum.Persons)
		}
	}
}
