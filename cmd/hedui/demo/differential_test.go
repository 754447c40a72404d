package demo

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

// The number of random districts in an ordinary test run. More are run with
// HEDUI_DISTRICTS=10000 go test ./cmd/hedui/demo -run TestRandomDistricts -timeout 1h;
// HEDUI_SEED makes others, HEDUI_FROM=2437 leaves the first 2,437 of them out.
const ordinaryDistricts = 300

// Districts that go through one run together.
const batch = 2000

// TestRandomDistricts runs small random districts, many at once, through hedui and
// through the oracle, night after night, and holds the findings of the two against
// each other. What they disagree about is made small and left in a file: put it
// into testdata/disagreements, once it is settled who is right, to keep it.
func TestRandomDistricts(t *testing.T) {
	count, seed := setting(t, "HEDUI_DISTRICTS", ordinaryDistricts), setting(t, "HEDUI_SEED", 1)
	first, tally := setting(t, "HEDUI_FROM", 0), newTally()
	for from := first; from < count; from += batch {
		numbers := newNumbers()
		anchor := newAnchor(numbers)
		districts := make([]*small, min(batch, count-from))
		for i := range districts {
			districts[i] = newSmall(uint64(seed), from+i, numbers)
		}
		disagreements := differ(t, nightsOf(districts), anchor, tally)
		report(t, disagreements, districts, anchor)
	}
	tally.tell(t, count-first)
}

func setting(t *testing.T, name string, ordinary int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return ordinary
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// disagreement is a finding that one of the two has and the other has not.
type disagreement struct {
	on     day
	want   want
	missed bool // hedui misses it; else the oracle does
}

func (d disagreement) String() string {
	if d.missed {
		return fmt.Sprintf("%s: hedui misses %s of %s", d.on, d.want.rule, d.want.subject)
	}
	return fmt.Sprintf("%s: hedui finds %s of %s, the oracle does not", d.on, d.want.rule, d.want.subject)
}

// tally counts, by rule, the findings that both had, and the districts' nights on
// which both had none.
type tally struct{ fired, silent map[string]int }

func newTally() *tally { return &tally{fired: map[string]int{}, silent: map[string]int{}} }

func (c *tally) tell(t *testing.T, districts int) {
	t.Helper()
	for _, rule := range slices.Sorted(maps.Keys(catalogue(t))) {
		t.Logf("%s fired %6d, silent for %8d subjects", rule, c.fired[rule], c.silent[rule])
		if c.fired[rule]*100 < districts {
			t.Errorf("%s fired %d times in %d districts: too few to say that the two agree", rule, c.fired[rule], districts)
		}
		if c.silent[rule] < c.fired[rule]/4 {
			t.Errorf("%s was silent for %d subjects alone", rule, c.silent[rule])
		}
	}
}

// nightsOf puts the districts' nights together.
func nightsOf(districts []*small) []night {
	var nights []night
	for i, on := range randomNights {
		n := night{on: on}
		for _, s := range districts {
			n.add(s.nights[i].rosters)
		}
		nights = append(nights, n)
	}
	return nights
}

// newAnchor is one ordinary person a town who stands in every roster on all
// nights: so no roster and no town is ever empty, which the volume guard would
// take for a fault.
func newAnchor(numbers *numbers) rosters {
	s := &small{r: rand.New(rand.NewPCG(0, 0)), numbers: numbers, serial: 19000}
	for _, town := range townNames {
		s.towns[0] = town.name
		p := s.bearing(s.name(), 19800202, true, 9)
		no := "9" + fmt.Sprint(len(s.people))
		s.poor = append(s.poor, &poorRow{who: p.who, householdNo: no, householdType: stable, relation: "户主", income: blank})
		s.dibao = append(s.dibao, &dibaoRow{who: p.who, householdNo: no, relation: "本人", status: "在保", income: blank, amount: yuan(1)})
		s.tekun = append(s.tekun, &tekunRow{who: p.who, status: "停发", amount: blank, care: blank})
		s.disability = append(s.disability, &disabilityRow{who: p.who, kind: "听力", grade: 4, status: "注销"})
		s.medical = append(s.medical, &medicalRow{who: p.who, insured: "是", premium: "是", total: blank, reimbursed: blank, self: blank, aid: blank})
		s.school = append(s.school, &schoolRow{who: p.who, school: "区第一中学", enrolment: "毕业", cost: blank, aid: blank})
		s.aid = append(s.aid, &aidRow{who: p.who, date: 20180101, amount: yuan(1)})
		s.verify = append(s.verify, &verifyRow{who: p.who, item: "婚姻", amount: blank})
	}
	return s.rosters
}

// differ runs nights and tells what the two disagree about; what they agree about
// it counts.
func differ(t *testing.T, nights []night, anchor rosters, c *tally) []disagreement {
	t.Helper()
	dir := t.TempDir()
	writeConfig(t, dir)
	nights = slices.Clone(nights)
	hedui := catalogue(t)
	var list []disagreement
	for i := range nights {
		n := night{on: nights[i].on}
		n.add(anchor)
		n.add(nights[i].rosters)
		nights[i] = n
		writeNight(t, filepath.Join(dir, n.on.String()), n.rosters)
		got, wanted := runSmall(t, dir, n.on), consult(nights[:i+1]...)
		for w := range wanted {
			if hedui[w.rule] && !got[w] {
				list = append(list, disagreement{n.on, w, true})
			}
		}
		for w := range got {
			if !wanted[w] {
				list = append(list, disagreement{n.on, w, false})
			}
		}
		c.count(n, wanted, got)
	}
	slices.SortFunc(list, func(a, b disagreement) int { return strings.Compare(a.String(), b.String()) })
	return list
}

func (c *tally) count(n night, wanted, got map[want]bool) {
	fired := map[string]int{}
	for w := range wanted {
		if got[w] {
			fired[w.rule]++
		}
	}
	v := n.view()
	for rule := range spoken() {
		subjects := len(v.people)
		switch {
		case poorRules[rule] != nil:
			subjects = len(v.poorHomes)
		case dibaoRules[rule] != nil:
			subjects = len(v.dibaoHomes)
		}
		c.fired[rule] += fired[rule]
		c.silent[rule] += max(0, subjects-fired[rule])
	}
}

// writeConfig writes a configuration whose volume guard lets everything pass; the nights are
// small, and other tests run beside them.
func writeConfig(t *testing.T, dir string) {
	t.Helper()
	var towns []*town
	for i, n := range townNames {
		towns = append(towns, &town{name: n.name, short: n.short, code: fmt.Sprintf("1308901%02d", i+1)})
	}
	text := config(towns)
	for from, to := range map[string]string{"shrink_rate: 0.2": "shrink_rate: 1", "stale_days: 45": "stale_days: 0", "canaries: true": "canaries: false", "threads: 0": "threads: 1"} {
		if !strings.Contains(text, from) {
			t.Fatalf("the configuration says nothing of %q", from)
		}
		text = strings.Replace(text, from, to, 1)
	}
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// writeNight writes the rosters as plain tables, a file a kind.
func writeNight(t *testing.T, inbox string, all rosters) {
	t.Helper()
	if err := os.MkdirAll(inbox, 0o755); err != nil {
		t.Fatal(err)
	}
	for k := range kinds {
		if err := os.WriteFile(filepath.Join(inbox, rosterFiles[k]), []byte(tableOf(k, all)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// rosterFiles name each kind's file as the configuration's patterns know it.
var rosterFiles = []string{"建档立卡.csv", "低保.csv", "特困.csv", "残疾人.csv", "医疗.csv", "在校.csv", "临时救助.csv", "核对.csv"}

func tableOf(k int, all rosters) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	var header []string
	for _, c := range kinds[k].columns {
		header = append(header, c.headers[0])
	}
	records := [][]string{header}
	for _, r := range all.of(k) {
		records = append(records, r.values())
	}
	if err := errors.Join(w.WriteAll(records), w.Error()); err != nil {
		panic(err) // a builder takes all
	}
	return b.String()
}

// runSmall runs hedui for one night and reads its findings.
func runSmall(t *testing.T, dir string, on day) map[want]bool {
	t.Helper()
	c, err := pipeline.LoadConfig(filepath.Join(dir, "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	c.Paths.Inbox = filepath.Join(dir, on.String())
	m, err := pipeline.Run(context.Background(), pipeline.Options{Config: c, AsOf: on.time(), Version: "test", Log: zap.NewNop(), Now: time.Now})
	if err != nil {
		t.Fatalf("%s: %v", on, err)
	}
	for _, w := range m.Warnings {
		if strings.HasPrefix(w, string(fault.SourceSilent)) {
			continue // of a household's rows that say nothing some stand below one that is stopped
		}
		t.Errorf("%s: warned: %s", on, w)
	}
	for _, r := range m.Rules {
		if !r.Status.Spoke() && !strings.Contains(r.Reason, "还没有上一期") { // then the oracle finds nothing either
			t.Errorf("%s: %s did not speak: %s", on, r.ID, r.Reason)
		}
	}
	return readFindings(t, filepath.Join(c.Paths.Out, on.String(), "全区", "findings.csv"))
}
