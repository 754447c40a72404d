package matchers

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Truth is one condition of a rule for one subject. Holds is NULL where the
// condition cannot be known.
type Truth struct {
	Condition string
	Holds     sql.NullBool
}

// Why gives a rule's conditions, in order, for a subject that the rule examines:
// the first that does not hold is why it did not fire. Nothing comes back for
// a subject that the rule does not look at. It runs after Find.
func Why(ctx context.Context, db *sql.Conn, r *Rule, subject string) ([]Truth, error) {
	s, err := r.describe(ctx, db)
	if err != nil {
		return nil, err
	}
	e := &engine{db: db}
	if err := e.prepare(ctx); err != nil {
		return nil, err
	}
	names := e.names(r, s)
	truths := make([]Truth, len(names))
	into := make([]any, len(names))
	for i, name := range names {
		truths[i].Condition = name
		into[i] = &truths[i].Holds
	}
	query := fmt.Sprintf("SELECT %s FROM (%s) WHERE %s = ?", strings.Join(r.holds(s), ", "), r.SQL, s.subject)
	rows, err := db.QueryContext(ctx, query, subject)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.ID, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	if err := rows.Scan(into...); err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.ID, err)
	}
	return truths, rows.Err()
}
