package warehouse_test

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hedui/pipeline/warehouse"
)

func open(t *testing.T, path string) *warehouse.Warehouse {
	t.Helper()
	w, err := warehouse.Open(context.Background(), path, warehouse.Options{Memory: "1GB", Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return w
}

func must(t *testing.T, w *warehouse.Warehouse, query string, args ...any) {
	t.Helper()
	if _, err := w.Conn().ExecContext(context.Background(), query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
}

// history lists name, valid_from, valid_to of every version in order.
func history(t *testing.T, w *warehouse.Warehouse) []string {
	t.Helper()
	rows, err := w.Conn().QueryContext(context.Background(), `SELECT name || ' ' || valid_from || ' ' || coalesce(valid_to::VARCHAR, '-')
		FROM history_tekun ORDER BY valid_from, name, occurrence`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var got []string
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	return got
}

// place tells the file in which the rows in force stand now, and how many they are.
func place(t *testing.T, w *warehouse.Warehouse) (told string) {
	t.Helper()
	err := w.Conn().QueryRowContext(context.Background(), "SELECT string_agg(DISTINCT path, ' ') || ' ' || count(*) FROM read_tekun").Scan(&told)
	if err != nil {
		t.Fatal(err)
	}
	return told
}

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestMergeKeepsEveryVersion(t *testing.T) {
	type night struct {
		day   string
		names []string
		want  []string
		added int64
		ended int64
	}
	nights := []night{
		{"2021-05-10", []string{"甲", "乙", "乙"}, []string{"乙 2021-05-10 -", "乙 2021-05-10 -", "甲 2021-05-10 -"}, 3, 0},
		{"2021-05-11", []string{"乙", "甲", "乙"}, []string{"乙 2021-05-10 -", "乙 2021-05-10 -", "甲 2021-05-10 -"}, 0, 0},
		{"2021-06-10", []string{"乙", "丙"}, []string{"乙 2021-05-10 -", "乙 2021-05-10 2021-06-10", "甲 2021-05-10 2021-06-10", "丙 2021-06-10 -"}, 1, 2},
		// the same day again, corrected: 丙 was a mistake, 甲 is back
		{"2021-06-10", []string{"乙", "甲"}, []string{"乙 2021-05-10 -", "乙 2021-05-10 2021-06-10", "甲 2021-05-10 -"}, 0, 1},
	}
	w := open(t, "")
	for i, n := range nights {
		must(t, w, "CREATE OR REPLACE TEMP TABLE roster AS FROM sent_tekun LIMIT 0")
		for row, name := range n.names {
			must(t, w, "INSERT INTO roster (path, sheet, row_number, name) VALUES (?, '', ?, ?)", fmt.Sprintf("%d.csv", i), row, name)
		}
		merged, err := w.Merge(context.Background(), "tekun", "roster", day(n.day), "r")
		if err != nil {
			t.Fatal(err)
		}
		if want := (warehouse.Merged{Rows: int64(len(n.names)), Added: n.added, Ended: n.ended}); merged != want {
			t.Errorf("night %d: %+v, want %+v", i, merged, want)
		}
		if got := place(t, w); got != fmt.Sprintf("%d.csv %d", i, len(n.names)) {
			t.Errorf("night %d: the rows in force stand in %s", i, got)
		}
		if got := history(t, w); fmt.Sprint(got) != fmt.Sprint(n.want) {
			t.Errorf("night %d:\n got %q\nwant %q", i, got, n.want)
		}
	}
}

func TestRolledBackNightLeavesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w := open(t, path)
	ctx := context.Background()
	if err := w.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	must(t, w, "INSERT INTO read_tekun (name) VALUES ('甲')")
	w.Rollback()
	var n int
	if err := w.Conn().QueryRowContext(ctx, "SELECT count(*) FROM read_tekun").Scan(&n); err != nil || n != 0 {
		t.Errorf("%d rows after rollback, error %v", n, err)
	}
}

func TestNewerWarehouseIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w := open(t, path)
	must(t, w, "UPDATE meta SET schema_version = 99")
	w.Close()
	if w, err := warehouse.Open(context.Background(), path, warehouse.Options{}); err == nil {
		w.Close()
		t.Error("opened a warehouse of schema 99")
	}
}

// TestOlderWarehouseIsMigrated: a warehouse of schema 1 opens, and what was
// loaded in it stands.
func TestOlderWarehouseIsMigrated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "w.duckdb")
	w := open(t, path)
	for _, query := range []string{
		"DROP TABLE standing_file", "DROP TABLE arrival", "DROP TABLE hold", "UPDATE meta SET schema_version = 1",
		"DROP TABLE verdict", "DROP TABLE finding_event", "CREATE TABLE finding_event (finding_id VARCHAR, at DATE, event VARCHAR, actor VARCHAR, note VARCHAR, run_id VARCHAR)",
		"INSERT INTO finding_event VALUES ('LB01-1', '2021-05-01', 'opened', 'hedui', NULL, 'run1')",
		"INSERT INTO cell_fault (run_id, kind, path, sheet, row_number, column_name) VALUES ('run1', 'tekun', '特困.csv', '', 2, 'amount'), ('run0', 'tekun', '特困.csv', '', 3, 'amount')",
		"DROP TABLE standing_fault",
		"INSERT INTO loaded_file VALUES ('tekun', '特困.csv', 'a1', 'r', 'run1', '2021-05-01', NULL)",
		"CREATE OR REPLACE TEMP TABLE roster AS FROM sent_tekun LIMIT 0",
		"INSERT INTO roster (path, sheet, row_number, town, name) VALUES ('特困.csv', '', 2, '东沟镇', '甲'), ('特困.csv', '', 3, '东沟镇', '乙'), ('特困.csv', '', 4, NULL, '丙'), ('特困.csv', '', 5, NULL, '丙')",
	} {
		must(t, w, query)
	}
	if _, err := w.Merge(context.Background(), "tekun", "roster", day("2021-05-01"), "run1"); err != nil {
		t.Fatal(err)
	}
	must(t, w, "INSERT INTO ended_tekun SELECT * REPLACE ('丁' AS name, '2021-04-01' AS valid_from), '2021-05-01' FROM read_tekun WHERE name = '甲'")
	for _, kind := range warehouse.Kinds() { // up to schema 3 all versions were in one table
		must(t, w, strings.ReplaceAll(`CREATE TABLE older AS FROM history_{kind}; DROP VIEW history_{kind}; DROP VIEW sent_{kind}; ALTER TABLE older RENAME TO history_{kind};
			DROP TABLE ended_{kind}; ALTER TABLE read_{kind} DROP row_key; ALTER TABLE read_{kind} DROP occurrence; ALTER TABLE read_{kind} DROP valid_from`, "{kind}", kind))
	}
	w.Close()
	for range 2 { // the second time there is nothing to migrate
		w = open(t, path)
		var got string
		err := w.Conn().QueryRowContext(context.Background(), `SELECT concat_ws(' ',
			(SELECT string_agg(kind || path || run_id, ',') FROM standing_file),
			(SELECT string_agg(kind || path || town || rows, ',' ORDER BY town) FROM arrival),
			(SELECT string_agg(town || row_number || column_name, ',') FROM standing_fault), (SELECT count(*) FROM hold), (SELECT count(*) FROM verdict),
			(SELECT string_agg(name || valid_from || coalesce(valid_to::VARCHAR, '-') || occurrence || (row_key IS NOT NULL), ',' ORDER BY name, occurrence) FROM history_tekun),
			(SELECT string_agg(finding_id || coalesce(seq::VARCHAR, '?') || coalesce(hash, '?'), ',') FROM finding_event), (SELECT string_agg(schema_version, ',') FROM meta))`).Scan(&got)
		if want := "tekun特困.csvrun1 tekun特困.csv2,tekun特困.csv东沟镇2 东沟镇2amount 0 0 丁2021-04-012021-05-011true,丙2021-05-01-1true,丙2021-05-01-2true,乙2021-05-01-1true,甲2021-05-01-1true LB01-1?? 7"; err != nil || got != want {
			t.Errorf("got %q, want %q, error %v", got, want, err)
		}
		w.Close()
	}
}
