package pipeline

import (
	"context"
	"database/sql"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/matchers"
	"hedui/sources/roster"
)

// sampleDistrict is the shipped sample, its nights not yet run.
func sampleDistrict(t *testing.T) *district {
	t.Helper()
	text, err := os.ReadFile("../testdata/district/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := LoadConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	c.Limits.bytes, c.Limits.Threads, c.Limits.Canaries = 1<<30, 1, false // other packages' tests run beside
	return &district{t: t, c: c}
}

// sampleNight runs one of the sample's two nights. Runs of the same day are told apart by when
// they began: the clock is the real one.
func (d *district) sampleNight(month string) {
	d.t.Helper()
	inbox, err := filepath.Abs(filepath.Join("../testdata/district", month, "inbox"))
	if err != nil {
		d.t.Fatal(err)
	}
	d.c.Paths.Inbox = inbox
	asOf, err := time.Parse(time.DateOnly, month+"-10")
	if err != nil {
		d.t.Fatal(err)
	}
	_, err = Run(context.Background(), Options{Config: d.c, AsOf: asOf, Version: "test", Log: zap.NewNop(), Now: time.Now})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *district) recall() *recalled {
	d.t.Helper()
	r, err := recall(context.Background(), Published{Path: d.c.Paths.Publish, Limits: d.c.Limits})
	if err == nil {
		err = r.again(context.Background())
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		if err := r.close(); err != nil {
			d.t.Error(err)
		}
	})
	return r
}

// TestPublishedNight asks the sample's published nights, run once for all who ask.
func TestPublishedNight(t *testing.T) {
	d := sampleDistrict(t)
	ask := func(name string, about func(*district)) {
		t.Run(name, func(t *testing.T) {
			own := *d
			own.t = t
			about(&own)
		})
	}
	for _, month := range []string{"2021-05", "2021-06"} {
		d.sampleNight(month)
		ask(month+" finds the same again", func(d *district) { d.findsTheSame(month) })
	}
	ask("another program's night is told", (*district).tellsAnothersNight)
	ask("why agrees with find", (*district).whyAgreesWithFind)
	ask("rows are joined by keys", (*district).joinsByKeys)
	ask("every rule pastes into a client", (*district).everyRulePastes)
	ask("a plan of the same policy changes nothing", (*district).samePolicyChangesNothing)
	ask("a plan is what a run does", (*district).planIsWhatARunDoes) // last: it runs the night again
}

// findsTheSame: what is found again in the published file is what its night found, every
// finding with its statement and amount.
func (d *district) findsTheSame(month string) {
	t, r := d.t, d.recall()
	db := r.w.Conn()
	again := lines(t, db, "SELECT finding_id || statement || coalesce(amount_at_stake::VARCHAR, '') || confidence FROM found")
	night := lines(t, db, `SELECT finding_id || statement || coalesce(amount_at_stake::VARCHAR, '') || confidence
		FROM published.finding WHERE last_seen = as_of AND status <> 'cleared'`)
	if len(night) < 100 || !slices.Equal(again, night) {
		t.Errorf("%s: %d findings found again, %d published", month, len(again), len(night))
	}
	if r.AsOf != month+"-10" || r.Version != "test" || r.Differing != 0 {
		t.Errorf("night %+v", r.PublishedNight)
	}
	funnels := "SELECT rule_id || status || coalesce(reason, '') || funnel FROM "
	if !slices.Equal(lines(t, db, funnels+"rule"), lines(t, db, funnels+"published.rule")) {
		t.Errorf("%s: the funnels differ", month)
	}
}

// tellsAnothersNight: where the published findings are not what this program finds, the
// answer counts them.
func (d *district) tellsAnothersNight() {
	t, r := d.t, d.recall()
	other, err := r.policy.With(map[string]any{"dibao_standard": 4000})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.find(context.Background(), other); err != nil {
		t.Fatal(err)
	}
	if err := r.compare(context.Background()); err != nil {
		t.Fatal(err)
	}
	if r.Differing == 0 {
		t.Error("no finding differs under another standard")
	}
}

// joinsByKeys: to find the person of each row no row of a roster is compared with each broken
// number. With a condition beside the key of an outer join DuckDB does that, and the night of
// many persons grows with the square of their number.
func (d *district) joinsByKeys() {
	db := d.recall().w.Conn()
	for _, kind := range roster.Kinds() {
		var name, plan string
		query := "EXPLAIN FROM about('" + kind.Name + "', 'read_" + kind.Name + "')"
		if err := db.QueryRowContext(d.t.Context(), query).Scan(&name, &plan); err != nil {
			d.t.Fatal(err)
		}
		if !strings.Contains(plan, "HASH_JOIN") || strings.Contains(plan, "BLOCKWISE_NL_JOIN") {
			d.t.Errorf("%s\n%s", query, plan)
		}
	}
}

// whyAgreesWithFind asks every rule about every subject of those people of the
// sample with the most findings: all conditions hold exactly where the rule found the subject.
func (d *district) whyAgreesWithFind() {
	t, r := d.t, d.recall()
	ctx, db := context.Background(), r.w.Conn()
	questions, err := matchers.Ask(ctx, db)
	if err != nil {
		t.Fatal(err)
	}
	people := lines(t, db, "SELECT person_id FROM involved JOIN person USING (person_id) GROUP BY person_id ORDER BY count(*) DESC, person_id LIMIT 10")
	asked, fired, grounded := 0, 0, 0
	for _, rule := range r.rules {
		hits := lines(t, db, "SELECT subject FROM hit WHERE rule_id = '"+rule.ID+"'")
		for _, person := range people {
			subjects, err := questions.Subjects(ctx, rule, person)
			if err != nil {
				t.Fatal(err)
			}
			for _, subject := range subjects {
				truths, err := questions.Why(ctx, rule, subject.ID)
				if err != nil {
					t.Fatal(err)
				}
				if truths == nil {
					continue
				}
				asked++
				decides := matchers.Decides(truths)
				if (decides < 0) != slices.Contains(hits, subject.ID) {
					t.Errorf("%s: found %v, decided by condition %d", rule.ID, slices.Contains(hits, subject.ID), decides)
				}
				if decides < 0 {
					fired++
				} else if len(truths[decides].Grounds) > 0 {
					grounded++
				}
			}
		}
	}
	t.Logf("%d answers: %d found, %d not found with grounds", asked, fired, grounded)
	if asked < 300 || fired < 15 || grounded < asked/2 {
		t.Errorf("%d answers, %d found, %d with grounds", asked, fired, grounded)
	}
}

// lines gives a query's single column, sorted.
func lines(t *testing.T, db interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string) []string {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		all = append(all, s)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(all)
	return all
}

// TestAnswersTellOfHolds: a rule that is suspended for a person's town says so of
// that person, and answers in the other towns.
func TestAnswersTellOfHolds(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "否否是是是")+certificates("西岭镇", "否是是是是"))
	d.mustNight("2021-06-01")
	d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "否缺否缺缺")+certificates("西岭镇", "否是是是是"))
	d.mustNight("2021-06-02")
	for town, suspended := range map[string]bool{"东沟": true, "西岭": false} {
		who, _, err := FindPerson(context.Background(), Published{Path: d.c.Paths.Publish, Limits: d.c.Limits}, identity(town, 0), "")
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(who.Rules, func(r RuleOf) bool { return r.ID == "BT01" })
		of := who.Rules[i]
		if !of.Status.Spoke() || len(of.Answers) != 1 || of.Answers[0].Suspended != suspended || !of.Answers[0].Found || of.Answers[0].Ledger != "open" {
			t.Errorf("%s: %+v", town, of)
		}
		if who.Differing != 0 || who.Unknown != nil {
			t.Errorf("%s: %+v", town, who.PublishedNight)
		}
	}
}

// TestLocalRulesAnswerWhereTheyAreAtHand: a copy of the file alone tells which
// rules of its night it cannot answer for.
func TestLocalRulesAnswerWhereTheyAreAtHand(t *testing.T) {
	d := newDistrict(t)
	text, err := os.ReadFile("../matchers/rules/BT01.sql")
	if err != nil {
		t.Fatal(err)
	}
	d.c.Paths.Rules = t.TempDir()
	local := strings.Replace(string(text), "id: BT01", "id: BT50", 1)
	if err := os.WriteFile(filepath.Join(d.c.Paths.Rules, "BT50.sql"), []byte(local), 0o600); err != nil {
		t.Fatal(err)
	}
	d.send("特困.csv", tekun)
	d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "否"))
	d.mustNight("2021-06-01")
	for _, rules := range []string{"", d.c.Paths.Rules} {
		who, _, err := FindPerson(context.Background(), Published{Path: d.c.Paths.Publish, Rules: rules, Limits: d.c.Limits}, identity("东沟", 0), "")
		if err != nil {
			t.Fatal(err)
		}
		answered := slices.ContainsFunc(who.Rules, func(r RuleOf) bool { return r.ID == "BT50" && r.Answers[0].Found })
		if answered != (rules != "") || (len(who.Unknown) == 1) != (rules == "") || (len(who.Others) == 1) != (rules == "") {
			t.Errorf("rules in %q: answered %v, unknown %v, others %v", rules, answered, who.Unknown, who.Others)
		}
	}

	// The rule goes, its finding stands: it is told under a rule, and the operator is told why.
	d.c.Paths.Rules = ""
	m := d.mustNight("2021-06-02")
	if !slices.ContainsFunc(m.Warnings, func(w string) bool { return strings.Contains(w, "规则 BT50") }) {
		t.Errorf("warnings %q", m.Warnings)
	}
	const told = "SELECT f.rule_id || ' ' || r.status || ' ' || r.name || ' ' || r.category FROM finding f JOIN rule r USING (rule_id) WHERE f.status = 'open' AND f.rule_id = 'BT50'"
	if got := lines(t, d.client(), told); !slices.Equal(got, []string{"BT50 未执行 规则BT50（规则文件已不在） 补贴未落实"}) {
		t.Errorf("told %q", got)
	}
	if again := d.recall(); again.Differing != 0 {
		t.Errorf("%d findings differ when they are found again", again.Differing)
	}
	if !strings.Contains(d.findings("2021-06-02"), "BT50") {
		t.Error("findings.csv lacks it")
	}
}
