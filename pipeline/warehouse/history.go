package warehouse

import (
	"context"
	"fmt"
	"strings"
	"time"

	"hedui/pipeline/gather"
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

// columns lists a table's columns in order.
func (w *Warehouse) columns(ctx context.Context, table string) ([]string, error) {
	columns, err := gather.Column[string](ctx, w.conn, "SELECT name FROM pragma_table_info(?) ORDER BY cid", table)
	if err != nil {
		return nil, fmt.Errorf("list columns of %s: %w", table, err)
	}
	return columns, nil
}

// Merged tells what a roster's new snapshot did to its history, in rows.
type Merged struct {
	Rows, Added, Ended int64
}

// Merge makes the rows of the table or view from the snapshot of asOf: read_<kind>
// holds them, each with the day since which it stands, and those that are gone are
// in ended_<kind>, with the day on which they ended. Run again for the same day it
// replaces that day: what began on it and is gone again leaves no trace, what ended on
// it and is back goes on.
func (w *Warehouse) Merge(ctx context.Context, kind, from string, asOf time.Time, runID string) (Merged, error) {
	columns, err := w.columns(ctx, "sent_"+kind)
	if err != nil {
		return Merged{}, fmt.Errorf("merge %s: %w", kind, err)
	}
	m := merge{w: w, kind: kind, day: asOf.Format(time.DateOnly)}
	steps := []func(context.Context) error{
		func(ctx context.Context) error { return w.arrive(ctx, from, columns) },
		m.recognise, m.end, m.resume, m.count, m.begin,
		func(ctx context.Context) error { return m.note(ctx, runID) },
	}
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
	resumed int64
	done    Merged
}

// arrive fills the temporary table arrived with the rows of from, whose columns are
// given, and numbers equal rows, so that a row that stands twice has two versions. Few
// do: only those are sorted.
func (w *Warehouse) arrive(ctx context.Context, from string, columns []string) error {
	return w.exec(ctx, fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE arrived AS SELECT *, %s AS row_key, 1::INTEGER AS occurrence FROM %s;
		UPDATE arrived SET occurrence = numbered.occurrence FROM (
			SELECT rowid AS at, row_number() OVER (PARTITION BY row_key ORDER BY path, sheet, row_number)::INTEGER AS occurrence
			FROM arrived WHERE row_key IN (SELECT row_key FROM arrived GROUP BY row_key HAVING count(*) > 1)
		) numbered
		WHERE arrived.rowid = numbered.at`, contentKey(columns), from))
}

const sameRow = "a.row_key = h.row_key AND a.occurrence = h.occurrence"

// recognise notes since when each row stands that stood before, or that an earlier
// run of the same day had ended.
func (m *merge) recognise(ctx context.Context) error {
	return m.w.exec(ctx, fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE known AS
		SELECT row_key, occurrence, valid_from FROM read_%[1]s h WHERE EXISTS (FROM arrived a WHERE %[2]s)
		UNION ALL
		SELECT row_key, occurrence, valid_from FROM ended_%[1]s h WHERE valid_to = ? AND EXISTS (FROM arrived a WHERE %[2]s)`, m.kind, sameRow), m.day)
}

// end moves what is gone, but for what an earlier run of the same day had begun.
func (m *merge) end(ctx context.Context) error {
	return m.w.exec(ctx, fmt.Sprintf(`INSERT INTO ended_%[1]s SELECT *, ?::DATE AS valid_to FROM read_%[1]s h
		WHERE valid_from <> ? AND NOT EXISTS (FROM arrived a WHERE %[2]s)`, m.kind, sameRow), m.day, m.day)
}

// resume takes back an end that an earlier run of the same day had set.
func (m *merge) resume(ctx context.Context) error {
	result, err := m.w.conn.ExecContext(ctx, fmt.Sprintf(`DELETE FROM ended_%s h
		WHERE valid_to = ? AND EXISTS (FROM arrived a WHERE %s)`, m.kind, sameRow), m.day)
	if err != nil {
		return fmt.Errorf("take ends back: %w", err)
	}
	m.resumed, err = result.RowsAffected()
	return err
}

// count tells the two snapshots apart by their sizes: known holds the rows that stand in
// both, and those resumed.
func (m *merge) count(ctx context.Context) error {
	var known, stood int64
	err := m.w.conn.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM arrived), (SELECT count(*) FROM known), (SELECT count(*) FROM read_"+m.kind+")").
		Scan(&m.done.Rows, &known, &stood)
	if err != nil {
		return fmt.Errorf("count rows: %w", err)
	}
	m.done.Added, m.done.Ended = m.done.Rows-known, stood-(known-m.resumed)
	return nil
}

// begin puts what arrived in the place of what stood.
func (m *merge) begin(ctx context.Context) error {
	return m.w.exec(ctx, fmt.Sprintf(`CREATE OR REPLACE TABLE read_%s AS
		SELECT a.*, coalesce(h.valid_from, ?::DATE) AS valid_from FROM arrived a LEFT JOIN known h ON %s`, m.kind, sameRow), m.day)
}

// note records the snapshot when it differs from the one before; of a day that was run again, from
// the one before that day: then a wrong file that was put right has left none.
func (m *merge) note(ctx context.Context, runID string) error {
	if err := m.w.exec(ctx, "DROP TABLE arrived; DROP TABLE known"); err != nil {
		return err
	}
	var first bool
	if err := m.w.conn.QueryRowContext(ctx, "SELECT count(*) = 0 FROM snapshot WHERE kind = ?", m.kind).Scan(&first); err != nil {
		return fmt.Errorf("look for snapshots: %w", err)
	}
	if !first && m.done.Added+m.done.Ended+m.resumed == 0 {
		return nil
	}
	if err := m.w.exec(ctx, "DELETE FROM snapshot WHERE kind = ? AND as_of = ?", m.kind, m.day); err != nil {
		return err
	}
	return m.w.exec(ctx, fmt.Sprintf(`INSERT INTO snapshot SELECT $1, $2::DATE, $3, $4
		WHERE NOT EXISTS (FROM snapshot WHERE kind = $1) OR EXISTS (FROM read_%[1]s WHERE valid_from = $2::DATE) OR EXISTS (FROM ended_%[1]s WHERE valid_to = $2::DATE)`, m.kind),
		m.kind, m.day, runID, m.done.Rows)
}

// splitHistories brings schema 3 to 4: its history_<kind> was a table that held the rows
// in force once more.
func (w *Warehouse) splitHistories(ctx context.Context) error {
	if err := w.Begin(ctx); err != nil {
		return err
	}
	defer w.Rollback()
	for _, kind := range Kinds() {
		columns, err := w.columns(ctx, "read_"+kind)
		if err != nil {
			return err
		}
		if err := w.arrive(ctx, "read_"+kind, columns); err != nil {
			return fmt.Errorf("split history of %s: %w", kind, err)
		}
		err = w.exec(ctx, fmt.Sprintf(`CREATE TABLE ended_%[1]s AS FROM history_%[1]s WHERE valid_to IS NOT NULL;
			CREATE OR REPLACE TABLE read_%[1]s AS SELECT a.*, h.valid_from
			FROM arrived a LEFT JOIN history_%[1]s h ON h.valid_to IS NULL AND %[2]s;
			DROP TABLE history_%[1]s; DROP TABLE arrived`, kind, sameRow))
		if err != nil {
			return fmt.Errorf("split history of %s: %w", kind, err)
		}
	}
	if err := w.exec(ctx, "UPDATE meta SET schema_version = 4"); err != nil {
		return err
	}
	return w.Commit(ctx)
}

// Repeat is a file, or a sheet of one, whose rows all stand in other parts of its roster.
type Repeat struct {
	Path  string
	Sheet string // "" where it is the whole file
	Of    string // the files or sheets that hold the rows: A, or A》《B
}

// Repeats lists what in table (columns path, sheet, row_number and content) stands there twice:
// a file whose rows are, as a multiset, those of a file that sorts before, however their
// numbers are written; a file whose rows are those of all the others together, the whole
// list beside its parts; such a sheet in a workbook, and a sheet that is called another's
// copy. Other equal sheets may be of two months, in which the same was paid.
func (w *Warehouse) Repeats(ctx context.Context, table string) ([]Repeat, error) {
	columns, err := w.columns(ctx, table)
	if err != nil {
		return nil, err
	}
	query := fmt.Sprintf(`WITH sheet AS (
			SELECT *, min(sheet) OVER (PARTITION BY path, n, s, x, regexp_replace(sheet, '[ _-]*([(（][0-9]+[)）]|副本|复制|copy)$', '')) AS first
			FROM (
				SELECT path, sheet, count(*) AS n, sum(row_key %% 1000000007) AS s, bit_xor(row_key) AS x
				FROM (SELECT path, sheet, %s AS row_key FROM (SELECT * REPLACE (CASE WHEN id_number IS NULL THEN id_raw END AS id_raw) FROM %s)) GROUP BY ALL
			)
		), part AS (
			FROM sheet WHERE sheet = first
		), whole_sheet AS (
			SELECT path, sheet FROM part WINDOW p AS (PARTITION BY path)
			QUALIFY count(*) OVER p > 2 AND n * 2 = sum(n) OVER p AND s * 2 = sum(s) OVER p AND bit_xor(x) OVER p = 0
		), file AS (
			SELECT *, min(path) OVER (PARTITION BY n, s, x) AS first
			FROM (SELECT path, sum(n) AS n, sum(s) AS s, bit_xor(x) AS x FROM part ANTI JOIN whole_sheet USING (path, sheet) GROUP BY path)
		), single AS (
			FROM file WHERE path = first
		), whole_file AS (
			SELECT path FROM single QUALIFY count(*) OVER () > 2 AND n * 2 = sum(n) OVER () AND s * 2 = sum(s) OVER () AND bit_xor(x) OVER () = 0
		)
		SELECT path, '' AS sheet, first AS of FROM file WHERE path <> first
		UNION ALL SELECT w.path, '', string_agg(o.path, '》《' ORDER BY o.path) FROM whole_file w JOIN single o ON o.path <> w.path GROUP BY w.path
		UNION ALL SELECT path, sheet, first FROM sheet WHERE sheet <> first
		UNION ALL SELECT w.path, w.sheet, string_agg(o.sheet, '》《' ORDER BY o.sheet) FROM whole_sheet w JOIN part o ON o.path = w.path AND o.sheet <> w.sheet GROUP BY ALL
		ORDER BY path, sheet`, contentKey(columns), ident(table))
	repeats, err := gather.Rows(ctx, w.conn, query, func(r *Repeat) []any { return []any{&r.Path, &r.Sheet, &r.Of} })
	if err != nil {
		return nil, fmt.Errorf("compare files of %s: %w", table, err)
	}
	return repeats, nil
}
