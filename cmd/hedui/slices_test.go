package main

import (
	"database/sql"
	"path/filepath"
	"testing"

	_ "github.com/marcboeker/go-duckdb"
)

// TestSmallMemory: people are the same, and published in order, whether all of them are joined
// at once or some at a time, as little memory asks for.
func TestSmallMemory(t *testing.T) {
	month := cleanDistrict(t, 60_000)
	said := map[string]string{}
	for _, memory := range []string{"4GB", "256MB"} {
		t.Setenv("HEDUI_LIMITS_MEMORY", memory)
		_, out := firstNight(t, month)
		db, err := sql.Open("duckdb", filepath.Join(out, "..", "..", "hedui.duckdb")+"?access_mode=read_only")
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		var persons, astray int64
		var digest string
		if err := db.QueryRow(`SELECT count(*), count(*) FILTER (WHERE n <> at), bit_xor(hash(p))::VARCHAR FROM (
			SELECT COLUMNS(*), row_number() OVER (ORDER BY town, person_id) AS n, rowid + 1 AS at FROM person) p`).Scan(&persons, &astray, &digest); err != nil {
			t.Fatal(err)
		}
		if persons < 55_000 || astray > 0 {
			t.Errorf("%s: of %d persons %d stand out of order", memory, persons, astray)
		}
		said[memory] = digest
	}
	if said["4GB"] != said["256MB"] {
		t.Errorf("persons differ: %v", said)
	}
}
