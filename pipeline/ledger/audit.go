package ledger

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"

	"hedui/pipeline/gather"
)

//go:embed audit.sql
var auditSQL string

// Audited is what an audit found. Unchained counts the events of an older
// program, which the next night chains.
type Audited struct {
	Head                          Head
	Findings, Verdicts, Unchained int64
	Faults                        []string // in Chinese, in the order of the events
}

// Audit goes through the whole chain, and compares every finding's state with the
// sum of its events and every verdict with its event. It changes nothing.
func Audit(ctx context.Context, db *sql.Conn) (*Audited, error) {
	if _, err := db.ExecContext(ctx, eventTextSQL+wordsSQL); err != nil {
		return nil, fmt.Errorf("prepare the audit: %w", err)
	}
	a := &Audited{}
	var err error
	if a.Head, err = head(ctx, db); err != nil {
		return nil, err
	}
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM finding_state), (SELECT count(*) FROM main.verdict),
		(SELECT count(*) FROM main.finding_event WHERE seq IS NULL)`).Scan(&a.Findings, &a.Verdicts, &a.Unchained)
	if err != nil {
		return nil, fmt.Errorf("count the ledger: %w", err)
	}
	if a.Faults, err = gather.Column[string](ctx, db, auditSQL); err != nil {
		return nil, fmt.Errorf("go through the ledger: %w", err)
	}
	return a, nil
}

// Holds says whether the chain still has the end that it had at h.
func Holds(ctx context.Context, db *sql.Conn, h Head) (bool, error) {
	if h.Events == 0 {
		return true, nil
	}
	var same bool
	err := db.QueryRowContext(ctx, "SELECT coalesce(any_value(hash) = ?, false) FROM main.finding_event WHERE seq = ?", h.Hash, h.Events).Scan(&same)
	if err != nil {
		return false, fmt.Errorf("look for the chain's former end: %w", err)
	}
	return same, nil
}
