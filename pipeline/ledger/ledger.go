// Package ledger (台账) follows findings over time: a finding is open from the
// first night that sees it, cleared on the first night whose data no longer
// show it, reopened when it returns.
//
// Glossary. found: what tonight's rules found. finding: what stands open after
// tonight, with its history. event: one line of a finding's life. state: the
// sum of a finding's events.
//
// Invariants. Events are only added, never changed. A rule that was not
// evaluated tonight, or not for a town, clears nothing there: its findings stay
// as they were. The same night twice adds no event.
package ledger

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"time"
)

//go:embed record.sql
var recordSQL string

// Counts of findings after a night: all that stand open, those first seen on
// the night's day, those cleared by it.
type Counts struct {
	Open, New, Cleared int64
}

// Record enters the temporary table found into the ledger as of the day asOf
// and leaves the temporary table finding: every finding that is open, reopened
// or confirmed, with its status, first and last day.
func Record(ctx context.Context, db *sql.Conn, asOf time.Time, runID string) (Counts, error) {
	const tonight = "CREATE OR REPLACE TEMP TABLE tonight AS SELECT ?::DATE AS as_of, ? AS run_id"
	if _, err := db.ExecContext(ctx, tonight, asOf.Format(time.DateOnly), runID); err != nil {
		return Counts{}, fmt.Errorf("set the night: %w", err)
	}
	if _, err := db.ExecContext(ctx, recordSQL); err != nil {
		return Counts{}, fmt.Errorf("record findings: %w", err)
	}
	var c Counts
	err := db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE is_new),
		(SELECT count(*) FROM finding_event, tonight WHERE at = as_of AND event = 'cleared' AND finding_event.run_id = tonight.run_id)
		FROM finding`).Scan(&c.Open, &c.New, &c.Cleared)
	if err != nil {
		return Counts{}, fmt.Errorf("count findings: %w", err)
	}
	return c, nil
}
