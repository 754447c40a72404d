package pipeline

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/sources/roster"
)

// aviary is a night over empty rosters that calls all of them loaded and has a
// snapshot of a month ago, so that every rule speaks.
func aviary(t *testing.T, day string, policy map[string]any) *night {
	t.Helper()
	ctx := context.Background()
	x, err := newExampleNights(ctx, policy)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Error(err)
		}
	})
	n, err := exampleNight(x.config(), day, x.w)
	if err != nil {
		t.Fatal(err)
	}
	n.Config.Limits.Canaries = true
	if n.rules, err = matchers.Rules(""); err != nil {
		t.Fatal(err)
	}
	if err := n.guard(ctx); err != nil {
		t.Fatal(err)
	}
	before := n.AsOf.AddDate(0, -1, 0).Format(time.DateOnly)
	for _, k := range roster.Kinds() {
		columns := []string{"previous", "monitored"} // the latter of the registered poor; elsewhere nobody asks for it
		for _, c := range k.Columns {
			columns = append(columns, c.Name)
		}
		for _, step := range []struct {
			query string
			args  []any
		}{
			{"UPDATE roster_state SET loaded = true, rows = 1, columns = string_split(?, ',') WHERE kind = ?", []any{strings.Join(columns, ","), k.Name}},
			{"INSERT INTO snapshot VALUES (?, ?, 'before', 1)", []any{k.Name, before}},
			{"INSERT INTO ended_" + k.Name + " (town, name, name_key, id_number, id_raw, id_state, valid_from, valid_to) VALUES ('东沟镇', '甲一', '甲一', '130890197001010016', '130890197001010016', 'valid', ?, ?)", []any{before, day}},
		} {
			if err := n.exec(ctx, step.query, step.args...); err != nil {
				t.Fatal(err)
			}
		}
	}
	return n
}

// fly takes the canaries through the rules.
func (n *night) fly() error {
	ctx := context.Background()
	if err := n.resolve(ctx); err != nil {
		return err
	}
	return n.find(ctx)
}

// TestCanariesOfTonightHaveNoHistory: who is planted in tonight's rows stood nowhere before.
func TestCanariesOfTonightHaveNoHistory(t *testing.T) {
	ctx := context.Background()
	n := aviary(t, "2021-06-10", nil)
	if err := n.resolve(ctx); err != nil {
		t.Fatal(err)
	}
	for _, k := range roster.Kinds() {
		var tonight, past, undated int
		if err := n.scan(ctx, fmt.Sprintf(`SELECT (SELECT count(*) FROM canary_%[1]s), (SELECT count(*) FROM canary_history_%[1]s),
			(SELECT count(*) FROM history_%[1]s WHERE valid_from IS NULL)`, k.Name), &tonight, &past, &undated); err != nil {
			t.Fatal(err)
		}
		if undated > 0 {
			t.Errorf("%s: %d rows of history began on no day (%d canaries tonight, %d in the past)", k.Name, undated, tonight, past)
		}
	}
}

// TestCanariesUnderAnyPolicy: a district may set its numbers as it likes, and
// run on any day; the canaries stay what they are.
func TestCanariesUnderAnyPolicy(t *testing.T) {
	zero := map[string]any{"dibao_standard": 0, "dibao_standard_urban": 0, "low_income_multiple": 0, "serious_self_pay": 0, "monitor_self_pay": 0, "aid_floor": 0,
		"schooling_cost": 0, "deposit_limit": 0, "monitor_line": 0, "clear_income": 0, "income_gap": 0, "tier_amount": map[string]any{"A": 0}, "amount_tolerance": 0,
		"tekun_ratio": 0, "review_months": map[string]any{"A": 0}, "exit_lookback_days": 0, "pay_lag_months": 0, "living_subsidy": 0, "nursing_subsidy": 0,
		"nursing_grades": []any{}, "nursing_types": []any{}, "minor_age": 0, "tekun_disability": []any{}}
	large := map[string]any{"dibao_standard": 90000, "dibao_standard_urban": 99000, "low_income_multiple": 3, "serious_self_pay": 500000, "monitor_self_pay": 500000,
		"aid_floor": 600000, "schooling_cost": 500000, "deposit_limit": 5000000, "monitor_line": 90000, "clear_income": 99000, "income_gap": 0.99,
		"tier_amount": map[string]any{"A": 9000, "B": 8000}, "amount_tolerance": 0.9, "tekun_ratio": 3, "review_months": map[string]any{"A": 36}, "exit_lookback_days": 3650,
		"pay_lag_months": 24, "nursing_grades": []any{4}, "nursing_types": []any{"听力"}, "minor_age": 18, "tekun_disability": []any{"听力4"}}
	for name, c := range map[string]struct {
		day    string
		policy map[string]any
		all    bool // every rule has both of its canaries
	}{
		"built in":          {"2021-06-10", nil, true},
		"later built in":    {"2021-07-01", nil, true},
		"the first of June": {"2021-06-01", nil, true},
		"school begins":     {"2021-09-01", nil, true},
		"school ends":       {"2021-08-31", nil, true},
		"leap day":          {"2024-02-29", nil, true},
		"new year":          {"2022-01-01", nil, true},
		"all is nothing":    {"2021-06-10", zero, false},
		"all is much":       {"2021-06-10", large, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := aviary(t, c.day, c.policy)
			if err := n.fly(); err != nil {
				t.Fatal(err)
			}
			if want := fmt.Sprintf("%d/%[1]d", 2*len(n.rules)); c.all && n.manifest.Canaries != want {
				t.Errorf("canaries %s, want %s", n.manifest.Canaries, want)
			}
			checkNoTrace(t, n.w.Conn())
		})
	}
}

// checkNoTrace fails for every row of the night's tables that tells of a canary.
func checkNoTrace(t *testing.T, db *sql.Conn) {
	t.Helper()
	rows, err := db.QueryContext(context.Background(), "SELECT table_name FROM duckdb_tables() WHERE temporary AND table_name NOT IN ('canary_subject', 'canary_past')")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, table)
	}
	if err := rows.Err(); err != nil || len(tables) < 40 {
		t.Fatalf("%d tables, error %v", len(tables), err)
	}
	for _, table := range tables {
		var left int
		query := fmt.Sprintf(`SELECT count(*) FROM "%s" x WHERE contains(x::VARCHAR, '哨兵') OR regexp_matches(x::VARCHAR, '139[1-6][0-9]{14}')`, table)
		if err := db.QueryRowContext(context.Background(), query).Scan(&left); err != nil {
			t.Fatal(err)
		}
		if left > 0 {
			t.Errorf("%s tells of canaries in %d rows", table, left)
		}
	}
}

// TestBrokenRuleKillsACanary: a rule that misses, and one that finds whom it must
// not, each end the night.
func TestBrokenRuleKillsACanary(t *testing.T) {
	for _, c := range []struct{ id, old, new, says string }{
		{"CB01", `in_tekun AS`, `NOT in_tekun AS`, "CB01 应查出的没有查出；CB01 不应查出的查出了"},
		{"CB01", `in_tekun AS`, `true AS`, "CB01 不应查出的查出了"},
		{"LB06", `income_per_capita < dibao_standard AS`, `income_per_capita < 0 AS`, "LB06 应查出的没有查出"},
		{"DQ01", `id_quality = 'unresolved' AS`, `id_quality = 'missing' AS`, "DQ01 应查出的没有查出"},
	} {
		t.Run(c.id+" "+c.new, func(t *testing.T) {
			t.Parallel()
			n := aviary(t, "2021-06-10", nil)
			i := slices.IndexFunc(n.rules, func(r *matchers.Rule) bool { return r.ID == c.id })
			broken := strings.Replace(n.rules[i].SQL, c.old, c.new, 1)
			if broken == n.rules[i].SQL {
				t.Fatalf("%s has no %q", c.id, c.old)
			}
			n.rules[i].SQL = broken
			f := fault.Of(n.fly())
			if f == nil || f.Code != fault.RunCanary || f.Code.Exit() != fault.ExitFailed || !strings.Contains(f.Place, c.says) {
				t.Errorf("fault %v", f)
			}
		})
	}
}

// TestEveryViolationIsMissed: rules that find nobody miss every canary that they must find.
func TestEveryViolationIsMissed(t *testing.T) {
	n := aviary(t, "2021-06-10", nil)
	for _, r := range n.rules {
		r.SQL = "SELECT * FROM (" + r.SQL + ") WHERE false\n"
	}
	f := fault.Of(n.fly())
	if f == nil || f.Code != fault.RunCanary || n.manifest.Canaries != fmt.Sprintf("%d/%d", len(n.rules), 2*len(n.rules)) {
		t.Errorf("canaries %s of %d rules, fault %v", n.manifest.Canaries, len(n.rules), f)
	}
}

// TestEveryRuleHasCanaries: two, of which one is found.
func TestEveryRuleHasCanaries(t *testing.T) {
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		text, err := r.Canaries()
		if err != nil {
			t.Error(err)
		}
		for _, who := range []string{r.ID + "违", r.ID + "例"} {
			if !strings.Contains(text, who) {
				t.Errorf("%s has no canary %s", r.ID, who)
			}
		}
	}
}

// TestCanariesChangeNothing runs the sample's nights with canaries and without:
// what is published is the same, row by row.
func TestCanariesChangeNothing(t *testing.T) {
	with, without := sampleNights(t, true), sampleNights(t, false)
	day := filepath.Join("out", "2021-06-10")
	err := filepath.WalkDir(filepath.Join(with, day), func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".csv" {
			return err
		}
		name, err := filepath.Rel(with, path)
		if err != nil {
			return err
		}
		a, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		b, err := os.ReadFile(filepath.Join(without, name))
		if err == nil && !bytes.Equal(a, b) {
			t.Errorf("%s differs", name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	comparePublished(t, filepath.Join(with, "hedui.duckdb"), filepath.Join(without, "hedui.duckdb"))
}

// sampleNights runs the shipped sample's two nights under a clock that stands
// still, and gives the folder of what they left.
func sampleNights(t *testing.T, canaries bool) string {
	t.Helper()
	folder := t.TempDir()
	c, err := LoadConfig("../testdata/district/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c.Limits.Canaries = canaries
	c.Paths = Paths{Warehouse: filepath.Join(folder, "warehouse.duckdb"), Publish: filepath.Join(folder, "hedui.duckdb"), Out: filepath.Join(folder, "out"), Logs: folder}
	for _, month := range []string{"2021-05", "2021-06"} {
		if c.Paths.Inbox, err = filepath.Abs("../testdata/district/" + month + "/inbox"); err != nil {
			t.Fatal(err)
		}
		asOf, err := time.Parse(time.DateOnly, month+"-10")
		if err != nil {
			t.Fatal(err)
		}
		m, err := Run(context.Background(), Options{Config: c, AsOf: asOf, Version: "test", Log: zap.NewNop(), Now: func() time.Time { return asOf.Add(time.Hour) }})
		if err != nil {
			t.Fatal(err)
		}
		if right, all, _ := strings.Cut(m.Canaries, "/"); canaries != (m.Canaries != "") || right != all {
			t.Errorf("canaries %q", m.Canaries)
		}
	}
	return folder
}

// comparePublished compares the tables of two published files; a run's manifest
// alone tells of canaries.
func comparePublished(t *testing.T, a, b string) {
	t.Helper()
	ctx := context.Background()
	x, err := newExampleNights(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	db := x.w.Conn()
	for file, name := range map[string]string{a: "a", b: "b"} {
		if _, err := db.ExecContext(ctx, fmt.Sprintf("ATTACH '%s' AS %s (READ_ONLY)", file, name)); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := db.QueryContext(ctx, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'a' ORDER BY table_name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var tables []string
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		tables = append(tables, table)
	}
	if err := rows.Err(); err != nil || len(tables) < 20 {
		t.Fatalf("%d tables, error %v", len(tables), err)
	}
	for _, table := range tables {
		columns := "*"
		if table == "run" {
			columns = "* EXCLUDE (manifest)"
		}
		var differ int
		where := ""
		if table == "issued_file" { // the protocol and the manifest say how many canaries flew
			where = "WHERE NOT contains(path, '比对说明书') AND path <> 'manifest.json'"
		}
		query := fmt.Sprintf("SELECT count(*) FROM ((SELECT %s FROM a.%s %s EXCEPT ALL SELECT %[1]s FROM b.%[2]s %[3]s) UNION ALL (SELECT %[1]s FROM b.%[2]s %[3]s EXCEPT ALL SELECT %[1]s FROM a.%[2]s %[3]s))", columns, table, where)
		if err := db.QueryRowContext(ctx, query).Scan(&differ); err != nil {
			t.Fatal(err)
		}
		if differ > 0 {
			t.Errorf("%s differs in %d rows", table, differ)
		}
	}
}
