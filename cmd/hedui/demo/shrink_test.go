package demo

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// Districts that are made small of one batch: each takes a minute or so.
const shrunkAtMost = 5

// report tells the disagreements, and writes a district of each of the first rules
// into a file, made small unless the tests are to be short.
func report(t *testing.T, all []disagreement, districts []*small, anchor rosters) {
	t.Helper()
	first := map[string]disagreement{}
	for _, d := range all {
		if t.Error(d); first[d.want.rule].on == 0 {
			first[d.want.rule] = d
		}
	}
	for i, rule := range slices.Sorted(maps.Keys(first)) {
		d := first[rule]
		at := slices.IndexFunc(districts, func(s *small) bool { return s.has(d.want.subject) })
		if at < 0 {
			continue
		}
		s := &shrinker{t: t, rule: rule, anchor: anchor, nights: districts[at].nights}
		if i < shrunkAtMost && !testing.Short() {
			s.shrink()
		}
		path := filepath.Join(os.TempDir(), fmt.Sprintf("disagreement-%s-%d.txtar", rule, districts[at].serial))
		if err := os.WriteFile(path, txtar.Format(archive(d, s.nights)), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Errorf("%s is disagreed about in %s", rule, path)
	}
}

// has tells whether a finding's subject is of the district.
func (s *small) has(subject string) bool {
	for _, p := range s.people {
		if strings.Contains(subject, p.id) || strings.Contains(subject, p.name) {
			return true
		}
	}
	return strings.Contains(subject, strconv.Itoa(700000+s.serial))
}

// shrinker drops nights and rows for as long as the disagreement about a rule stays.
type shrinker struct {
	t      *testing.T
	rule   string
	anchor rosters
	nights []night
}

func (s *shrinker) disagree(nights []night) bool {
	return slices.ContainsFunc(differ(s.t, nights, s.anchor, newTally()), func(d disagreement) bool { return d.want.rule == s.rule })
}

func (s *shrinker) try(nights []night) {
	if len(nights) > 0 && s.disagree(nights) {
		s.nights = nights
	}
}

func (s *shrinker) shrink() {
	for i := len(s.nights) - 1; i >= 0; i-- {
		s.try(slices.Delete(slices.Clone(s.nights), i, i+1))
	}
	for k := range kindNames {
		s.drop(func(kind int, _ row) bool { return kind == k })
	}
	for _, key := range s.keys(func(_ int, r row) string { return r.whom().id }) {
		s.drop(func(_ int, r row) bool { return r.whom().id == key })
	}
	for i := range s.nights {
		text := func(kind int, r row) string { return fmt.Sprint(kind, r.values()) }
		for _, key := range s.keys(text) {
			s.try(without(s.nights, func(n, kind int, r row) bool { return n == i && text(kind, r) == key }))
		}
	}
}

// drop tries to do without rows on all nights.
func (s *shrinker) drop(gone func(kind int, r row) bool) {
	s.try(without(s.nights, func(_, kind int, r row) bool { return gone(kind, r) }))
}

func (s *shrinker) keys(of func(kind int, r row) string) []string {
	var list []string
	for _, n := range s.nights {
		for k := range kindNames {
			for _, r := range n.of(k) {
				list = append(list, of(k, r))
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

func without(nights []night, gone func(n, kind int, r row) bool) []night {
	var list []night
	for i, n := range nights {
		left := night{on: n.on}
		for k := range kindNames {
			for _, r := range n.of(k) {
				if !gone(i, k, r) {
					left.put(k, r.values())
				}
			}
		}
		list = append(list, left)
	}
	return list
}

// archive is a disagreement as a file to keep: what it was about, and a table a
// kind a night.
func archive(d disagreement, nights []night) *txtar.Archive {
	a := &txtar.Archive{Comment: []byte(d.String() + "\n")}
	for _, n := range nights {
		for k := range kindNames {
			a.Files = append(a.Files, txtar.File{Name: n.on.String() + "/" + rosterFiles[k], Data: []byte(tableOf(k, n.rosters))})
		}
	}
	return a
}
