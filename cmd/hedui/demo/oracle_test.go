package demo

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"hedui/matchers"
)

// oracle is a second implementation of the rules, from their words alone and on
// clean rows: plain loops over structs, one small function a rule, no speed. The
// words of rules.md stand in oracle_words_test.go, its categories in a file each.
// Of DQ01 and DQ04 it knows what valid numbers owe (Identity 5): rows marked lost
// belong to nobody.
//
// Where a person stands in two poor households, the words about "the household"
// of that person mean the monitored one, else the first listed.
type oracle struct {
	*view
	past     []*view       // earlier nights, the oldest first
	lookback []*view       // those within 180 days, the latest first
	before   map[int]*view // kind → the last earlier night whose rows of it were others
	found    map[want]bool
	alike    map[string][]entry // name|town|first fourteen digits → who says so
}

// night is what all rosters say on the day that a run speaks about.
type night struct {
	on day
	rosters
}

// view is a night's rosters by person and by household.
type view struct {
	night
	people     map[string]*dossier
	poorHomes  map[string][]*poorRow  // town|household_no → members in force, not 一般农户
	struckOff  map[string][]*poorRow  // town|household_no → who no longer is
	dibaoHomes map[string][]*dibaoRow // town|household_no → protected people in force
	homeOf     map[string]string      // person → poor household
}

// dossier is every row about one person.
type dossier struct {
	id string
	rosters
}

// entry is a valid number in a roster.
type entry struct {
	kind   int
	number string
}

// The rules by what they look at.
var (
	personRules = map[string]func(*oracle, *dossier) bool{
		"LB01": (*oracle).lb01, "LB02": (*oracle).lb02, "LB04": (*oracle).lb04, "LB07": (*oracle).lb07, "LB08": (*oracle).lb08, "LB09": (*oracle).lb09,
		"CB01": (*oracle).cb01, "CB02": (*oracle).cb02, "CB03": (*oracle).cb03, "CB06": (*oracle).cb06, "CB08": (*oracle).cb08,
		"CB09": (*oracle).cb09, "CB10": (*oracle).cb10, "CB11": (*oracle).cb11, "CB14": (*oracle).cb14,
		"CT01": (*oracle).ct01, "CT02": (*oracle).ct02, "CT03": (*oracle).ct03, "CT04": (*oracle).ct04, "CT05": (*oracle).ct05, "CT07": (*oracle).ct07,
		"BT01": (*oracle).bt01, "BT02": (*oracle).bt02, "BT03": (*oracle).bt03, "BT04": (*oracle).bt04, "BT05": (*oracle).bt05, "BT06": (*oracle).bt06,
		"BT07": (*oracle).bt07, "BT08": (*oracle).bt08, "BT09": (*oracle).bt09, "BT10": (*oracle).bt10, "BT12": (*oracle).bt12,
		"JC01": (*oracle).jc01, "JC05": (*oracle).jc05, "JC06": (*oracle).jc06,
		"DQ02": (*oracle).dq02, "DQ03": (*oracle).dq03, "DQ04": (*oracle).dq04, "DQ05": (*oracle).dq05,
	}
	poorRules = map[string]func(*oracle, string) bool{
		"LB03": (*oracle).lb03, "LB05": (*oracle).lb05, "LB06": (*oracle).lb06,
		"JC02": (*oracle).jc02, "JC03": (*oracle).jc03, "JC04": (*oracle).jc04, "JC07": (*oracle).jc07, "JC08": (*oracle).jc08, "JC09": (*oracle).jc09,
	}
	dibaoRules = map[string]func(*oracle, string) bool{
		"CB04": (*oracle).cb04, "CB05": (*oracle).cb05, "CB07": (*oracle).cb07, "CB12": (*oracle).cb12, "CB13": (*oracle).cb13,
	}
	// Rules whose subjects are of two sorts, or of an earlier night, list them.
	otherRules = map[string]func(*oracle) []string{
		"CT06": (*oracle).ct06, "CT08": (*oracle).ct08, "BT11": (*oracle).bt11, "DQ08": (*oracle).dq08,
	}
	rowRules = map[string]func(row) bool{"DQ01": dq01, "DQ06": dq06, "DQ07": dq07}
)

// consult says what a run owes that saw these nights, of which the last is its own.
func consult(nights ...night) map[want]bool {
	o := &oracle{found: map[want]bool{}, alike: map[string][]entry{}, before: map[int]*view{}}
	for _, n := range nights {
		o.past = append(o.past, n.view())
	}
	o.view, o.past = o.past[len(nights)-1], o.past[:len(nights)-1]
	o.lookBack()
	for k := range kindNames {
		for _, r := range o.standing(k) {
			if w := r.whom(); w.sent == "" && !w.lost {
				o.alike[likeness(w)] = append(o.alike[likeness(w)], entry{k, w.id})
			}
		}
	}
	o.run()
	return o.found
}

func (n night) view() *view {
	v := &view{night: n, people: map[string]*dossier{}, poorHomes: map[string][]*poorRow{}, struckOff: map[string][]*poorRow{}, dibaoHomes: map[string][]*dibaoRow{}, homeOf: map[string]string{}}
	v.file()
	for _, r := range n.poor {
		switch {
		case r.lost:
		case out(r.status):
			v.struckOff[r.home()] = append(v.struckOff[r.home()], r)
		default:
			v.poorHomes[r.home()] = append(v.poorHomes[r.home()], r)
		}
	}
	maps.DeleteFunc(v.poorHomes, func(home string, _ []*poorRow) bool {
		rows := v.typed(home)
		return len(rows) > 0 && !slices.ContainsFunc(rows, func(r *poorRow) bool { return typeOf(r) != general })
	})
	for _, r := range n.poor {
		if home := r.home(); v.poorHomes[home] != nil && !out(r.status) && !r.lost {
			if old, ok := v.homeOf[r.id]; !ok || v.urgency(old) < v.urgency(home) {
				v.homeOf[r.id] = home
			}
		}
	}
	for _, r := range n.dibao {
		if !out(r.status) && !r.lost {
			v.dibaoHomes[r.home()] = append(v.dibaoHomes[r.home()], r)
		}
	}
	return v
}

func (r *poorRow) home() string  { return r.town + "|" + r.householdNo }
func (r *dibaoRow) home() string { return r.town + "|" + r.householdNo }

// file puts every row into its person's dossier.
func (v *view) file() {
	of := func(w who) *dossier {
		if w.lost {
			return &dossier{}
		}
		if v.people[w.id] == nil {
			v.people[w.id] = &dossier{id: w.id}
		}
		return v.people[w.id]
	}
	for _, r := range v.poor {
		d := of(r.who)
		d.poor = append(d.poor, r)
	}
	for _, r := range v.dibao {
		d := of(r.who)
		d.dibao = append(d.dibao, r)
	}
	for _, r := range v.tekun {
		d := of(r.who)
		d.tekun = append(d.tekun, r)
	}
	for _, r := range v.disability {
		d := of(r.who)
		d.disability = append(d.disability, r)
	}
	for _, r := range v.medical {
		d := of(r.who)
		d.medical = append(d.medical, r)
	}
	for _, r := range v.school {
		d := of(r.who)
		d.school = append(d.school, r)
	}
	for _, r := range v.aid {
		d := of(r.who)
		d.aid = append(d.aid, r)
	}
	for _, r := range v.verify {
		d := of(r.who)
		d.verify = append(d.verify, r)
	}
}

func (o *oracle) run() {
	everybody := maps.Clone(o.people)
	for _, p := range o.past {
		for id := range p.people {
			if everybody[id] == nil {
				everybody[id] = &dossier{id: id}
			}
		}
	}
	for rule, holds := range personRules {
		for id, d := range everybody {
			if holds(o, d) {
				o.found[want{rule, id}] = true
			}
		}
	}
	for rule, holds := range poorRules {
		for key := range o.poorHomes {
			if holds(o, key) {
				o.found[want{rule, key}] = true
			}
		}
	}
	for rule, holds := range dibaoRules {
		for key := range o.dibaoHomes {
			if holds(o, key) {
				o.found[want{rule, key}] = true
			}
		}
	}
	for rule, list := range otherRules {
		for _, subject := range list(o) {
			o.found[want{rule, subject}] = true
		}
	}
	for rule, holds := range rowRules {
		o.rows(rule, holds)
	}
}

func (o *oracle) rows(rule string, holds func(row) bool) {
	for k := range kindNames {
		for _, r := range o.of(k) {
			if holds(r) {
				o.found[another(o.found, want{rule, kindNames[k] + "|" + r.whom().subject()})] = true
			}
		}
	}
}

// subject of a finding about a row: the number in it, or town and name.
func (w *who) subject() string {
	switch {
	case !w.lost:
		return w.id
	case wellFormed(w.sent):
		return w.sent
	}
	return w.town + "|" + foldName(w.name)
}

// another numbers the findings about rows of the same kind and person.
func another(found map[want]bool, w want) want {
	first := w.subject
	for n := 2; rowRules[w.rule] != nil && found[w]; n++ {
		w.subject = fmt.Sprint(first, "#", n)
	}
	return w
}

// catalogue is the set of rules that hedui has.
func catalogue(t *testing.T) map[string]bool {
	t.Helper()
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, r := range rules {
		known[r.ID] = true
	}
	return known
}

// spoken is the set of rules that the oracle knows.
func spoken() map[string]bool {
	known := map[string]bool{}
	add := func(rules []string) {
		for _, r := range rules {
			known[r] = true
		}
	}
	add(slices.Collect(maps.Keys(personRules)))
	add(slices.Collect(maps.Keys(poorRules)))
	add(slices.Collect(maps.Keys(dibaoRules)))
	add(slices.Collect(maps.Keys(otherRules)))
	add(slices.Collect(maps.Keys(rowRules)))
	return known
}

// TestOracleKnowsEveryRule that hedui has, and no other: none goes without a second
// opinion.
func TestOracleKnowsEveryRule(t *testing.T) {
	ours, theirs := slices.Sorted(maps.Keys(spoken())), slices.Sorted(maps.Keys(catalogue(t)))
	if !slices.Equal(ours, theirs) {
		t.Errorf("the oracle knows %v, hedui has %v", ours, theirs)
	}
}
