package pipeline

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"slices"

	"hedui/pipeline/gather"
)

//go:embed plan.sql
var planSQL string

// Plan tells which findings of a published night would open and close under
// other parameters. Findings that officers dismissed are left out: they stay so while they
// are in the data.
type Plan struct {
	PublishedNight
	Changes []ParameterChange
	PlanSum
	Rules []RulePlan // in the order of the catalogue; those of which nothing changes are left out
}

// ParameterChange is a policy parameter with its value before and after.
type ParameterChange struct{ Name, Label, Unit, Before, After string }

// PlanSum counts findings, and their amounts at stake in yuan a month.
type PlanSum struct {
	Opens, Closes             int
	Before, After             int // findings
	AmountBefore, AmountAfter float64
}

// RulePlan is what changes of one rule, in all and by town.
type RulePlan struct {
	ID, Name, Category string
	PlanSum
	Towns          []TownPlan
	Opened, Closed []Planned // examples
}

// TownPlan is what changes in one town; Town is empty for findings without one.
type TownPlan struct {
	Town string
	PlanSum
}

// Planned is a finding that would open or close.
type Planned struct{ FindingID, Town, HouseholdNo, Name, Statement string }

// Try finds again what a published night found, under its policy and under the
// given values, and compares. Each rule has up to examples findings of either
// kind with it. An unknown parameter or a value of the wrong type is the fault
// that it would be in config.yaml. Nothing is written.
func Try(ctx context.Context, from Published, values map[string]any, examples int) (p *Plan, err error) {
	r, err := recall(ctx, from)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	other, err := r.policy.With(values)
	if err != nil {
		return nil, err
	}
	if err := r.again(ctx); err != nil {
		return nil, err
	}
	if err := r.keep(ctx, "before"); err != nil {
		return nil, err
	}
	if err := r.find(ctx, other); err != nil {
		return nil, err
	}
	if err := r.keep(ctx, "after"); err != nil {
		return nil, err
	}
	p = &Plan{PublishedNight: r.PublishedNight}
	if p.Changes, err = r.changes(ctx, slices.Sorted(maps.Keys(values))); err != nil {
		return nil, fmt.Errorf("compare parameters: %w", err)
	}
	if err := r.sum(ctx, p); err != nil {
		return nil, fmt.Errorf("count what would change: %w", err)
	}
	for i := range p.Rules {
		of := &p.Rules[i]
		if of.Opened, err = r.planned(ctx, of.ID, "after", "before", examples); err != nil {
			return nil, err
		}
		if of.Closed, err = r.planned(ctx, of.ID, "before", "after", examples); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// keep puts what was found aside, before or after.
func (r *recalled) keep(ctx context.Context, when string) error {
	for _, query := range []string{
		`CREATE TEMP TABLE planned_` + when + ` AS SELECT * FROM found
			WHERE finding_id NOT IN (SELECT finding_id FROM published.finding WHERE status = 'dismissed' AND last_seen = as_of)`,
		"CREATE TEMP TABLE policy_" + when + " AS FROM policy_value",
	} {
		if _, err := r.w.Conn().ExecContext(ctx, query); err != nil {
			return fmt.Errorf("keep what was found: %w", err)
		}
	}
	return nil
}

func (r *recalled) changes(ctx context.Context, names []string) ([]ParameterChange, error) {
	var all []ParameterChange
	for _, name := range names {
		c := ParameterChange{Name: name}
		err := r.w.Conn().QueryRowContext(ctx, `SELECT b.label, b.unit, b.value, a.value
			FROM policy_before b JOIN policy_after a USING (parameter) WHERE parameter = ?`, name).Scan(&c.Label, &c.Unit, &c.Before, &c.After)
		if err != nil {
			return nil, err
		}
		all = append(all, c)
	}
	return all, nil
}

// sum counts by rule and town, and adds up.
func (r *recalled) sum(ctx context.Context, p *Plan) error {
	of := map[string]*RulePlan{}
	for _, rule := range r.rules {
		of[rule.ID] = &RulePlan{ID: rule.ID, Name: rule.Name, Category: rule.Category}
	}
	type row struct {
		rule string
		TownPlan
	}
	rows, err := gather.Rows(ctx, r.w.Conn(), planSQL, func(t *row) []any {
		return []any{&t.rule, &t.Town, &t.Opens, &t.Closes, &t.Before, &t.After, &t.AmountBefore, &t.AmountAfter}
	})
	for _, t := range rows {
		p.add(t.PlanSum)
		of[t.rule].add(t.PlanSum)
		if t.changes() {
			of[t.rule].Towns = append(of[t.rule].Towns, t.TownPlan)
		}
	}
	for _, rule := range r.rules {
		if len(of[rule.ID].Towns) > 0 {
			p.Rules = append(p.Rules, *of[rule.ID])
		}
	}
	slices.SortStableFunc(p.Rules, func(a, b RulePlan) int { return rank(a.Category) - rank(b.Category) })
	return err
}

func (s *PlanSum) add(t PlanSum) {
	s.Opens, s.Closes = s.Opens+t.Opens, s.Closes+t.Closes
	s.Before, s.After = s.Before+t.Before, s.After+t.After
	s.AmountBefore, s.AmountAfter = s.AmountBefore+t.AmountBefore, s.AmountAfter+t.AmountAfter
}

func (s PlanSum) changes() bool { return s.Opens+s.Closes > 0 || s.AmountBefore != s.AmountAfter }

// planned lists findings of a rule that are in one set and not in the other.
func (r *recalled) planned(ctx context.Context, rule, in, without string, most int) ([]Planned, error) {
	rows, err := r.texts(ctx, `SELECT finding_id, town, household_no, name, statement FROM planned_`+in+`
		WHERE rule_id = ? AND finding_id NOT IN (SELECT finding_id FROM planned_`+without+`)
		ORDER BY town, household_no, finding_id LIMIT `+fmt.Sprint(most), rule)
	if err != nil {
		return nil, fmt.Errorf("list findings of %s: %w", rule, err)
	}
	var all []Planned
	for _, c := range rows {
		all = append(all, Planned{c[0], c[1], c[2], c[3], c[4]})
	}
	return all, nil
}
