package main

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/marcboeker/go-duckdb"
)

// TestSmallMemory: people and rows are the same, and lie in order, whether all of them are joined and
// sorted at once, by all cores, or some at a time, as little memory asks for.
func TestSmallMemory(t *testing.T) {
	month := cleanDistrict(t, 60_000)
	said := map[string]string{}
	for _, memory := range []string{"4GB", "360MB"} {
		t.Setenv("HEDUI_LIMITS_MEMORY", memory)
		_, out := firstNight(t, month)
		db, err := sql.Open("duckdb", filepath.Join(out, "..", "..", "hedui.duckdb")+"?access_mode=read_only")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for table, keys := range map[string]string{"person": "town, person_id", "medical_aid": "town, person_id, length(row_id), row_id"} {
			var rows, astray int64
			var digest string
			if err := db.QueryRow(`SELECT count(*), count(*) FILTER (WHERE n <> at), bit_xor(said)::VARCHAR FROM (
				SELECT hash(t) AS said, row_number() OVER (ORDER BY `+keys+`) AS n, row_number() OVER (ORDER BY rowid) AS at FROM `+table+` t)`).Scan(&rows, &astray, &digest); err != nil {
				t.Fatal(err)
			}
			if rows < 50_000 || astray > 0 {
				t.Errorf("%s: of %d rows of %s %d stand out of order", memory, rows, table, astray)
			}
			if first, ok := said[table]; ok && first != digest {
				t.Errorf("%s: %s differs", memory, table)
			}
			said[table] = digest
		}
	}
}
