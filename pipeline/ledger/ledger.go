// Package ledger (台账) follows findings over time: a finding is open from the
// first night that sees it, cleared on the first night whose data no longer
// show it, reopened when it returns. Townships answer with verdicts, which
// confirm or dismiss; from those every rule gets its precision.
//
// Glossary. found: what tonight's rules found. finding: what stands open after
// tonight, with its history. event: one line of a finding's life. state: the
// sum of a finding's events. verdict (核查结论): what a visit found out. answer:
// a row of a returned workbook in which a verdict is filled in. chain: the events
// in order, each with the hash of the one before. precision: which share of a
// rule's checked findings was right.
//
// Invariants. Events are only added, never changed, and chained. A rule that was
// not evaluated tonight, or not for a town, clears nothing there: its findings
// stay as they were. The same night twice adds no event, the same workbook twice
// no verdict. A dismissed finding is not reported while it stays in the data and its
// facts are the same; that it goes from there is an event, but it stays dismissed.
package ledger

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"time"

	"hedui/pipeline/gather"
)

//go:embed words.sql
var wordsSQL string

//go:embed orphan.sql
var orphanSQL string

//go:embed record.sql
var recordSQL string

//go:embed stand.sql
var standSQL string

// Counts of findings after a night: all that stand open, those first seen on
// the night's day, those cleared by it that nobody had dismissed; and the chain's end.
type Counts struct {
	Open, New, Cleared int64
	Head               Head
}

// Orphans enters into the temporary table rule, as not evaluated, what rules are no more though
// findings of theirs stand, and names them.
func Orphans(ctx context.Context, db *sql.Conn) ([]string, error) {
	ids, err := gather.Column[string](ctx, db, orphanSQL)
	if err != nil {
		return nil, fmt.Errorf("look for rules that are no more: %w", err)
	}
	return ids, nil
}

// Record enters the temporary table found into the ledger as of the day asOf
// and leaves the temporary tables ledger_finding, every finding with its status,
// first and last day and the verdict in force; finding, those of them that are
// open, reopened or confirmed; and rule_precision.
func Record(ctx context.Context, db *sql.Conn, asOf time.Time, runID string) (Counts, error) {
	const tonight = "CREATE OR REPLACE TEMP TABLE tonight AS SELECT ?::DATE AS as_of, ? AS run_id"
	if _, err := db.ExecContext(ctx, tonight, asOf.Format(time.DateOnly), runID); err != nil {
		return Counts{}, fmt.Errorf("set the night: %w", err)
	}
	if err := begin(ctx, db); err != nil {
		return Counts{}, err
	}
	if _, err := db.ExecContext(ctx, wordsSQL+recordSQL); err != nil {
		return Counts{}, fmt.Errorf("record findings: %w", err)
	}
	if err := seal(ctx, db); err != nil {
		return Counts{}, err
	}
	if _, err := db.ExecContext(ctx, standSQL); err != nil {
		return Counts{}, fmt.Errorf("tell what stands: %w", err)
	}
	var c Counts
	err := db.QueryRowContext(ctx, `SELECT count(*), count(*) FILTER (WHERE is_new),
		(SELECT count(DISTINCT finding_id) FROM finding_event, tonight WHERE at = as_of AND event = 'cleared' AND finding_id NOT IN (SELECT finding_id FROM finding)
			AND finding_id NOT IN (SELECT finding_id FROM finding_state WHERE status = 'dismissed'))
		FROM finding`).Scan(&c.Open, &c.New, &c.Cleared)
	if err != nil {
		return Counts{}, fmt.Errorf("count findings: %w", err)
	}
	c.Head, err = head(ctx, db)
	return c, err
}

// Words makes the macros that the ledger's queries share, such as wilson, for
// queries that compare with it.
func Words(ctx context.Context, db *sql.Conn) error {
	if _, err := db.ExecContext(ctx, wordsSQL); err != nil {
		return fmt.Errorf("make the ledger's macros: %w", err)
	}
	return nil
}
