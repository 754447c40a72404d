package pipeline

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"hedui/matchers"
	"hedui/pipeline/gather"
	"hedui/sources/roster"
)

// CatalogueEntry is a rule whole, as an officer reads it.
type CatalogueEntry struct {
	matchers.Entry
	Requires []string // the rosters and columns that it needs, by their Chinese names
	Wishes   []string // those without which it sees less
	Last     *LastRun // nil: no published night knows the rule
}

// ValueTold is a value of a parameter that a rule rests on.
type ValueTold = matchers.ValueTold

// LastRun is what became of a rule in the night that is published.
type LastRun struct {
	AsOf            string
	Status          matchers.Status
	Reason          string
	Examined, Found int64
	Funnel          []FunnelStep
	Precision       []RulePrecision // in the district (Town is empty), then by town; none without a verdict
}

// RulePrecision is how many of a rule's checked findings were true, with Wilson's
// interval at 95 %.
type RulePrecision struct {
	Town               string
	Checked, Confirmed int
	Low, High          float64
}

// FunnelStep is how many subjects were left after a condition.
type FunnelStep struct {
	Condition string `json:"condition"`
	Left      int64  `json:"left"`
}

// Statuses are what may become of a rule, in the order in which they are told.
var Statuses = matchers.Statuses

// Catalogue tells every rule, built in and local, in the order of rules.md, with
// the values of the policy in force on day, and, where there is a published
// file, its last run.
func Catalogue(ctx context.Context, c *Config, day time.Time) ([]CatalogueEntry, error) {
	rules, err := matchers.Rules(c.Paths.Rules)
	if err != nil {
		return nil, err
	}
	entries, err := describeRules(ctx, rules, c.Policy, day)
	if err != nil {
		return nil, err
	}
	last, err := lastRuns(ctx, c.Paths.Publish, c.Limits)
	if err != nil {
		return nil, err
	}
	var all []CatalogueEntry
	for _, e := range entries {
		all = append(all, CatalogueEntry{Entry: e, Requires: requirements(e.Needs), Wishes: requirements(e.Spared()), Last: last[e.ID]})
	}
	slices.SortStableFunc(all, func(a, b CatalogueEntry) int { return rank(a.Category) - rank(b.Category) })
	return all, nil
}

func rank(category string) int {
	return slices.IndexFunc(matchers.Categories, func(c matchers.CategoryOf) bool { return c.Name == category })
}

// describeRules asks DuckDB, over empty rosters, what the rules are made of.
func describeRules(ctx context.Context, rules []*matchers.Rule, policy any, day time.Time) (entries []matchers.Entry, err error) {
	x, err := newExampleNights(ctx, policy)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if err := matchers.Screen(ctx, x.w.Conn(), rules); err != nil {
		return nil, err
	}
	n, err := exampleNight(x.config(), day.Format(time.DateOnly), x.w)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(n.guard(ctx), n.resolve(ctx)); err != nil {
		return nil, err
	}
	return matchers.Catalogue(ctx, x.w.Conn(), rules)
}

// requirements are a head's needs in Chinese.
func requirements(needs []string) []string {
	var all []string
	for _, need := range needs {
		var parts []string
		for alternative := range strings.SplitSeq(need, "|") {
			parts = append(parts, requirement(alternative))
		}
		all = append(all, strings.Join(parts, "，或"))
	}
	return all
}

func requirement(need string) string {
	kind, column, _ := strings.Cut(need, ".")
	k := roster.KindOf(kind)
	if k == nil {
		return need
	}
	if column == "previous" {
		return k.Label + "的上一期"
	}
	c := k.Column(column)
	if c == nil {
		return k.Label
	}
	return k.Label + "的“" + c.Label + "”列"
}

// columnLabels are the Chinese names of the rosters' columns, by kind.column.
func columnLabels() map[string]string {
	labels := map[string]string{}
	for _, k := range roster.Kinds() {
		for _, c := range k.Columns {
			labels[k.Name+"."+c.Name] = c.Label
		}
	}
	return labels
}

// lastRuns reads what the published file says of its night's rules; nothing
// where there is no such file.
func lastRuns(ctx context.Context, path string, limits Limits) (last map[string]*LastRun, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	w, closed, err := openPublished(ctx, path, limits)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closed()) }()
	type row struct {
		id, funnel string
		LastRun
	}
	rows, err := gather.Rows(ctx, w.Conn(), `SELECT rule_id, as_of::VARCHAR, status, coalesce(reason, ''), coalesce(examined, 0), coalesce(found, 0), funnel
		FROM published.rule, (SELECT max(as_of) AS as_of FROM published.run)`, func(r *row) []any {
		return []any{&r.id, &r.AsOf, &r.Status, &r.Reason, &r.Examined, &r.Found, &r.funnel}
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	last = map[string]*LastRun{}
	for _, r := range rows {
		if err := json.Unmarshal([]byte(r.funnel), &r.Funnel); err != nil {
			return nil, fmt.Errorf("read funnel of %s: %w", r.id, err)
		}
		last[r.id] = &r.LastRun
	}
	return last, readPrecision(ctx, w.Conn(), last)
}

// readPrecision adds what the verdicts say of the rules; a file of an older program
// does not tell.
func readPrecision(ctx context.Context, db *sql.Conn, last map[string]*LastRun) error {
	var told bool
	if err := db.QueryRowContext(ctx, "SELECT count(*) > 0 FROM duckdb_tables() WHERE database_name = 'published' AND table_name = 'rule_precision'").Scan(&told); err != nil || !told {
		return err
	}
	type row struct {
		id string
		RulePrecision
	}
	rows, err := gather.Rows(ctx, db, "SELECT rule_id, town, checked, confirmed, low, high FROM published.rule_precision ORDER BY rule_id, town", func(r *row) []any {
		return []any{&r.id, &r.Town, &r.Checked, &r.Confirmed, &r.Low, &r.High}
	})
	if err != nil {
		return fmt.Errorf("read precision: %w", err)
	}
	for _, r := range rows {
		if l := last[r.id]; l != nil {
			l.Precision = append(l.Precision, r.RulePrecision)
		}
	}
	return nil
}
