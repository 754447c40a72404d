package main

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/marcboeker/go-duckdb"
)

// TestSmallMemory: people and rows are the same, and lie in order, people but for some within a block
// of 2,048, whether all of them are joined and sorted at once or some at a time, as little memory asks for.
func TestSmallMemory(t *testing.T) {
	month := cleanDistrict(t, 60_000)
	said := map[string]string{}
	for _, memory := range []string{"4GB", "384MB"} {
		t.Setenv("HEDUI_LIMITS_MEMORY", memory)
		_, out := firstNight(t, month)
		db, err := sql.Open("duckdb", filepath.Join(out, "..", "..", "hedui.duckdb")+"?access_mode=read_only")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for table, order := range map[string]struct {
			keys  string
			block int // of rows, within which some may lie otherwise
		}{
			"person":      {"town, person_id", 2048},
			"medical_aid": {"town, person_id, length(row_id), row_id", 1},
		} {
			var rows, astray int64
			var digest string
			if err := db.QueryRow(`SELECT count(*), count(*) FILTER (WHERE abs(n - at) >= ?), bit_xor(said)::VARCHAR FROM (
				SELECT hash(t) AS said, row_number() OVER (ORDER BY `+order.keys+`) AS n, row_number() OVER (ORDER BY rowid) AS at FROM `+table+` t)`, order.block).Scan(&rows, &astray, &digest); err != nil {
				t.Fatal(err)
			}
			if rows < 55_000 || astray > 0 {
				t.Errorf("%s: of %d rows of %s %d stand out of order", memory, rows, table, astray)
			}
			if first, ok := said[table]; ok && first != digest {
				t.Errorf("%s: %s differs", memory, table)
			}
			said[table] = digest
		}
	}
}
