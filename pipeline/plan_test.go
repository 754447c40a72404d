package pipeline

import (
	"context"
	"maps"
	"slices"

	"hedui/pipeline/fault"
)

// planIsWhatARunDoes: the findings that a plan opens and closes are those that
// the next run under that policy opens and clears, and the amounts are its amounts.
// The second step starts from what the first left in the ledger.
func (d *district) planIsWhatARunDoes() {
	t := d.t
	policy := map[string]any{}
	for _, values := range []map[string]any{
		{"dibao_standard": 6500, "nursing_grades": []any{1}},
		{"dibao_standard": 4000, "exit_lookback_days": 10, "tier_amount": map[string]any{"A": 500, "B": 400, "C": 300}},
	} {
		p := d.try(values)
		var opens, closes []string
		for _, r := range p.Rules {
			for _, f := range r.Opened {
				opens = append(opens, f.FindingID)
			}
			for _, f := range r.Closed {
				closes = append(closes, f.FindingID)
			}
		}
		if len(opens) != p.Opens || len(closes) != p.Closes {
			t.Errorf("%d and %d findings are listed, %d and %d counted", len(opens), len(closes), p.Opens, p.Closes)
		}
		slices.Sort(opens)
		slices.Sort(closes)

		maps.Copy(policy, values)
		d.c.Policy = policy
		d.sampleNight("2021-06")
		r := d.recall()
		events := "SELECT finding_id FROM published.finding_event WHERE run_id = '" + r.RunID + "' AND event "
		opened, cleared := lines(t, r.w.Conn(), events+"IN ('opened', 'reopened')"), lines(t, r.w.Conn(), events+"= 'cleared'")
		t.Logf("%v: %d open, %d close", values, len(opens), len(closes))
		if len(opens) == 0 || len(closes) == 0 || !slices.Equal(opens, opened) || !slices.Equal(closes, cleared) {
			t.Errorf("%v: a run opens %d and clears %d, the plan said %d and %d", values, len(opened), len(cleared), len(opens), len(closes))
		}
		var n int
		var amount float64
		err := r.w.Conn().QueryRowContext(context.Background(),
			"SELECT count(*), sum(amount_at_stake)::DOUBLE FROM published.finding WHERE last_seen = as_of AND status <> 'cleared'").Scan(&n, &amount)
		if err != nil {
			t.Fatal(err)
		}
		if p.After != n || p.AmountAfter != amount || p.AmountBefore == amount {
			t.Errorf("%v: a run leaves %d findings at %v yuan, the plan said %d at %v (from %v)", values, n, amount, p.After, p.AmountAfter, p.AmountBefore)
		}
	}
}

func (d *district) try(values map[string]any) *Plan {
	d.t.Helper()
	p, err := Try(context.Background(), Published{Path: d.c.Paths.Publish, Limits: d.c.Limits}, values, 10000)
	if err != nil {
		d.t.Fatal(err)
	}
	return p
}

// samePolicyChangesNothing: it is told without a single rule.
func (d *district) samePolicyChangesNothing() {
	t := d.t
	p := d.try(map[string]any{"dibao_standard": 5300})
	if len(p.Rules) != 0 || p.Opens+p.Closes != 0 || p.Before != p.After || p.Before < 100 {
		t.Errorf("%+v", p.PlanSum)
	}
	for _, wrong := range []struct {
		values map[string]any
		code   fault.Code
	}{
		{map[string]any{"dibao": 1}, fault.ConfigUnknownKey},
		{map[string]any{"from": "2021-07-01"}, fault.ConfigUnknownKey},
		{map[string]any{"dibao_standard": "many"}, fault.ConfigBadValue},
		{map[string]any{"nursing_grades": 1}, fault.ConfigBadValue},
	} {
		_, err := Try(context.Background(), Published{Path: d.c.Paths.Publish, Limits: d.c.Limits}, wrong.values, 1)
		if f := fault.Of(err); f == nil || f.Code != wrong.code {
			t.Errorf("%v: %v", wrong.values, err)
		}
	}
}
