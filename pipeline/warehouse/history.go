package warehouse

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// A row's place in its file is no part of its content: a roster sent again
// under another name, or with a row put in on top, is the same roster.
var placeColumns = map[string]bool{"path": true, "sheet": true, "row_number": true}

// contentKey is SQL for a number that is equal for rows of equal content. MD5
// rather than DuckDB's hash(), which may change from release to release.
func contentKey(columns []string) string {
	var parts []string
	for _, c := range columns {
		if !placeColumns[c] {
			parts = append(parts, "coalesce("+ident(c)+"::VARCHAR, chr(30))")
		}
	}
	return "md5_number(concat_ws(chr(31), " + strings.Join(parts, ", ") + "))::HUGEINT"
}

// Columns lists a table's columns in order.
func (w *Warehouse) Columns(ctx context.Context, table string) ([]string, error) {
	names, err := column[string](ctx, w.conn, `SELECT column_name FROM duckdb_columns()
		WHERE table_name = ? AND database_name IN (current_database(), 'temp') ORDER BY column_index`, table)
	if err == nil && len(names) == 0 {
		err = fmt.Errorf("no table %s", table)
	}
	return names, err
}

// Merged tells what a roster's new snapshot did to its history, in rows.
type Merged struct {
	Rows, Added, Ended int64
}

// Merge makes read_<kind> the snapshot of asOf in history_<kind>: versions that
// are gone end on asOf, new ones begin on it, all others are left alone. Run
// again for the same day it replaces that day: what began on it and is gone
// again leaves no trace, what ended on it and is back goes on.
func (w *Warehouse) Merge(ctx context.Context, kind string, asOf time.Time, runID string) (Merged, error) {
	columns, err := w.Columns(ctx, "read_"+kind)
	if err != nil {
		return Merged{}, fmt.Errorf("merge %s: %w", kind, err)
	}
	m := merge{w: w, kind: kind, day: asOf.Format(time.DateOnly), columns: columns}
	steps := []func(context.Context) error{m.arrive, m.resume, m.forget, m.end, m.begin, func(ctx context.Context) error { return m.note(ctx, runID) }}
	for _, step := range steps {
		if err := step(ctx); err != nil {
			return Merged{}, fmt.Errorf("merge %s into its history: %w", kind, err)
		}
	}
	return m.done, nil
}

type merge struct {
	w       *Warehouse
	kind    string
	day     string
	columns []string
	done    Merged
}

// arrive numbers equal rows, so that a row that stands twice has two versions.
// Few do: only those are sorted.
func (m *merge) arrive(ctx context.Context) error {
	return m.w.exec(ctx, fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE arrived AS
		WITH keyed AS MATERIALIZED (SELECT *, %s AS row_key FROM read_%s),
		several AS MATERIALIZED (SELECT row_key FROM keyed GROUP BY row_key HAVING count(*) > 1)
		SELECT *, 1::INTEGER AS occurrence FROM keyed WHERE row_key NOT IN (SELECT row_key FROM several)
		UNION ALL
		SELECT *, row_number() OVER (PARTITION BY row_key ORDER BY path, sheet, row_number)::INTEGER
		FROM keyed WHERE row_key IN (SELECT row_key FROM several)`, contentKey(m.columns), m.kind))
}

const sameRow = "a.row_key = h.row_key AND a.occurrence = h.occurrence"

// resume takes back an end that an earlier run of the same day had set.
func (m *merge) resume(ctx context.Context) error {
	_, err := m.count(ctx, fmt.Sprintf(`UPDATE history_%s h SET valid_to = NULL
		WHERE valid_to = ? AND EXISTS (FROM arrived a WHERE %s)`, m.kind, sameRow), m.day)
	return err
}

// forget drops what an earlier run of the same day had begun and this one no longer has.
func (m *merge) forget(ctx context.Context) error {
	n, err := m.count(ctx, fmt.Sprintf(`DELETE FROM history_%s h
		WHERE valid_to IS NULL AND valid_from = ? AND NOT EXISTS (FROM arrived a WHERE %s)`, m.kind, sameRow), m.day)
	m.done.Ended += n
	return err
}

func (m *merge) end(ctx context.Context) error {
	n, err := m.count(ctx, fmt.Sprintf(`UPDATE history_%s h SET valid_to = ?
		WHERE valid_to IS NULL AND NOT EXISTS (FROM arrived a WHERE %s)`, m.kind, sameRow), m.day)
	m.done.Ended += n
	return err
}

func (m *merge) begin(ctx context.Context) error {
	n, err := m.count(ctx, fmt.Sprintf(`INSERT INTO history_%s BY NAME
		SELECT a.*, ?::DATE AS valid_from FROM arrived a
		WHERE NOT EXISTS (FROM history_%s h WHERE valid_to IS NULL AND %s)`, m.kind, m.kind, sameRow), m.day)
	m.done.Added += n
	return err
}

// note records the snapshot when it differs from the one before.
func (m *merge) note(ctx context.Context, runID string) error {
	if err := m.w.conn.QueryRowContext(ctx, "SELECT count(*) FROM arrived").Scan(&m.done.Rows); err != nil {
		return fmt.Errorf("count rows: %w", err)
	}
	if err := m.w.exec(ctx, "DROP TABLE arrived"); err != nil {
		return err
	}
	var first bool
	if err := m.w.conn.QueryRowContext(ctx, "SELECT count(*) = 0 FROM snapshot WHERE kind = ?", m.kind).Scan(&first); err != nil {
		return fmt.Errorf("look for snapshots: %w", err)
	}
	if !first && m.done.Added+m.done.Ended == 0 {
		return nil
	}
	if err := m.w.exec(ctx, "DELETE FROM snapshot WHERE kind = ? AND as_of = ?", m.kind, m.day); err != nil {
		return err
	}
	return m.w.exec(ctx, "INSERT INTO snapshot VALUES (?, ?, ?, ?)", m.kind, m.day, runID, m.done.Rows)
}

func (m *merge) count(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := m.w.conn.ExecContext(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// Repeat is a file that holds the same rows as another one.
type Repeat struct{ Path, Of string }

// Repeats lists the files in table (columns path, sheet, row_number and
// content) whose rows are, as a multiset, those of a file that sorts before.
func (w *Warehouse) Repeats(ctx context.Context, table string) ([]Repeat, error) {
	columns, err := w.Columns(ctx, table)
	if err != nil {
		return nil, err
	}
	query := fmt.Sprintf(`WITH content AS (
			SELECT path, count(*) AS n, sum(row_key %% 1000000007) AS s, bit_xor(row_key) AS x
			FROM (SELECT path, %s AS row_key FROM %s) GROUP BY path)
		SELECT path, first FROM (SELECT path, min(path) OVER (PARTITION BY n, s, x) AS first FROM content)
		WHERE path <> first ORDER BY path`, contentKey(columns), ident(table))
	rows, err := w.conn.QueryContext(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("compare files of %s: %w", table, err)
	}
	defer rows.Close()
	var repeats []Repeat
	for rows.Next() {
		var r Repeat
		if err := rows.Scan(&r.Path, &r.Of); err != nil {
			return nil, fmt.Errorf("compare files of %s: %w", table, err)
		}
		repeats = append(repeats, r)
	}
	return repeats, rows.Err()
}
