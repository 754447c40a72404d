package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"hedui/matchers"
	"hedui/pipeline/gather"
	"hedui/pipeline/warehouse"
)

// Published says which analysts' file is looked into, and what that may use.
type Published struct {
	Path    string
	Rules   string // the folder of local rules; may be empty
	Limits  Limits
	Logs    string  // the folder of logs; empty: a copy is looked into
	Reports Reports // how what is written out of it leaves
}

// openPublished opens the analysts' file beside an empty private database, and gives
// what closes both.
func openPublished(ctx context.Context, path string, limits Limits) (*warehouse.Warehouse, func() error, error) {
	spill, remove, err := scratch()
	if err != nil {
		return nil, nil, err
	}
	w, err := warehouse.Open(ctx, "", limits.warehouse(filepath.Join(spill, "duckdb")))
	if err != nil {
		return nil, nil, errors.Join(err, remove())
	}
	closed := func() error { return errors.Join(w.Close(), remove()) }
	if err := w.AttachPublished(ctx, path); err != nil {
		return nil, nil, errors.Join(err, closed())
	}
	return w, closed, nil
}

// recalled is the night of an analysts' file, gone through again: its rosters
// resolved and its rules run, in a private database. Nothing is written.
type recalled struct {
	PublishedNight
	w      *warehouse.Warehouse
	policy *matchers.Policy
	rules  []*matchers.Rule
	remove func() error // the folder for spilled data
}

// PublishedNight tells which night an answer is about.
type PublishedNight struct {
	RunID, AsOf, Version string
	// Differing counts the findings that this program finds in that night's rosters
	// and that night did not, or the other way round: 0 unless another version ran it.
	Differing int
	// Unknown lists rules of that night that are not at hand: local ones, of a copy.
	Unknown []string
}

// recall opens the file with its night's policy, whatever config.yaml says now.
func recall(ctx context.Context, from Published) (r *recalled, err error) {
	r = &recalled{}
	defer func() {
		if err != nil {
			err = errors.Join(err, r.close())
		}
	}()
	var spill string
	if spill, r.remove, err = scratch(); err != nil {
		return r, err
	}
	r.w, err = warehouse.Recall(ctx, from.Path, from.Limits.warehouse(filepath.Join(spill, "duckdb")))
	if err != nil {
		return r, err
	}
	if r.rules, err = matchers.Rules(from.Rules); err != nil {
		return r, err
	}
	if err := matchers.Screen(ctx, r.w.Conn(), r.rules); err != nil {
		return r, err
	}
	if r.policy, err = matchers.StoredPolicy(ctx, r.w.Conn(), "published"); err != nil {
		return r, warehouse.NotPublished(from.Path, err)
	}
	return r, nil
}

// again finds what the night found, under its own policy.
func (r *recalled) again(ctx context.Context) error {
	if err := r.find(ctx, r.policy); err != nil {
		return err
	}
	return r.compare(ctx)
}

func (r *recalled) close() error {
	var err error
	if r.w != nil {
		err = r.w.Close()
	}
	if r.remove != nil {
		err = errors.Join(err, r.remove())
	}
	return err
}

// find resolves the night's people and runs its rules under a policy.
func (r *recalled) find(ctx context.Context, policy *matchers.Policy) error {
	if err := matchers.Resolve(ctx, r.w.Conn(), policy); err != nil {
		return fmt.Errorf("resolve people: %w", err)
	}
	if _, err := matchers.Find(ctx, r.w.Conn(), r.rules, columnLabels()); err != nil {
		return fmt.Errorf("find: %w", err)
	}
	return nil
}

// compare sets what was found beside what the night published. A finding of the
// night was seen on its day and is not cleared; one of a rule or town that is
// suspended stands as it stood.
func (r *recalled) compare(ctx context.Context) error {
	err := r.w.Conn().QueryRowContext(ctx, `
		WITH last AS (SELECT * FROM published.run ORDER BY as_of DESC, started_at DESC LIMIT 1),
		told AS (
			SELECT finding_id FROM published.finding f JOIN rule USING (rule_id)
			WHERE f.last_seen = f.as_of AND f.status <> 'cleared' AND rule.status = '已执行' AND finding_id NOT IN (SELECT finding_id FROM withheld)
		)
		SELECT run_id, as_of::VARCHAR, version, (SELECT count(*) FROM
			((SELECT finding_id FROM found EXCEPT FROM told) UNION ALL (FROM told EXCEPT SELECT finding_id FROM found)))
		FROM last`).Scan(&r.RunID, &r.AsOf, &r.Version, &r.Differing)
	if err != nil {
		return fmt.Errorf("compare with the published findings: %w", err)
	}
	r.Unknown, err = gather.Column[string](ctx, r.w.Conn(), "SELECT rule_id FROM published.rule WHERE rule_id NOT IN (SELECT rule_id FROM rule) ORDER BY rule_id")
	if err != nil {
		return fmt.Errorf("compare with the published rules: %w", err)
	}
	return nil
}
