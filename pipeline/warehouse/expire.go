package warehouse

import (
	"context"
	"fmt"
	"time"
)

// Expired counts the rows that Expire removed.
type Expired struct{ Rejects, CellFaults, Versions int64 }

// Expire removes what is older than its cutoff day: rejected rows and doubtful cells
// by the day of the run that read them, versions of roster rows by the day on which
// they ended. It leaves alone what a file in force still needs, and the versions that
// ended when their roster changed last: the snapshot before is told by them. A zero
// cutoff removes nothing. The ledger is not touched.
func (w *Warehouse) Expire(ctx context.Context, rejects, history time.Time) (Expired, error) {
	var done Expired
	here, err := w.here(ctx)
	if err != nil {
		return done, err
	}
	if !rejects.IsZero() {
		for table, count := range map[string]*int64{"reject": &done.Rejects, "cell_fault": &done.CellFaults} {
			query := fmt.Sprintf(`DELETE FROM %[1]s%[2]s t WHERE run_id IN (SELECT run_id FROM %[1]srun WHERE as_of < ?::DATE)
				AND NOT EXISTS (FROM %[1]sloaded_file l WHERE l.kind = t.kind AND l.path = t.path AND l.run_id = t.run_id)
				AND NOT EXISTS (FROM %[1]sstanding_file l WHERE l.kind = t.kind AND l.path = t.path AND l.run_id = t.run_id)`, here, table)
			if err := w.remove(ctx, count, query, rejects); err != nil {
				return done, fmt.Errorf("remove old rows of %s: %w", table, err)
			}
		}
	}
	if history.IsZero() {
		return done, nil
	}
	for _, kind := range Kinds() {
		query := fmt.Sprintf(`DELETE FROM %[1]sended_%[2]s WHERE valid_to < ?::DATE
			AND valid_to < (SELECT greatest(max(valid_from), max(valid_to)) FROM %[1]shistory_%[2]s)`, here, kind)
		if err := w.remove(ctx, &done.Versions, query, history); err != nil {
			return done, fmt.Errorf("remove old versions of %s: %w", kind, err)
		}
	}
	return done, nil
}

func (w *Warehouse) remove(ctx context.Context, count *int64, query string, before time.Time) error {
	result, err := w.conn.ExecContext(ctx, query, before.Format(time.DateOnly))
	if err != nil {
		return err
	}
	n, err := result.RowsAffected()
	*count += n
	return err
}
