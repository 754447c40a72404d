package matchers_test

import (
	"context"
	"testing"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
)

// TestScreen: a rule reads the night's tables and does nothing else.
func TestScreen(t *testing.T) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for text, good := range map[string]bool{
		"SELECT person_id, living FROM person, policy":                                        true,
		"WITH a AS (SELECT 1 AS x) SELECT person_id, x = 1 FROM a JOIN main.person USING (x)": true,
		"SELECT person_id, x = 1 FROM person, (SELECT unnest([1, 2]) AS x), range(3)":         true,
		"SELECT person_id, living FROM person -- the last word":                               true,

		"":                                  false,
		"SELECT 1; SELECT 2":                false,
		"SELECT 1) ; DROP TABLE person; --": false,
		"DELETE FROM person":                false,
		"INSERT INTO person VALUES (1)":     false,
		"COPY person TO 'x.csv'":            false,
		"ATTACH 'x.duckdb'":                 false,
		"INSTALL httpfs":                    false,
		"SET memory_limit = '1TB'":          false,
		"DESCRIBE person":                   false,
		"SELECT * FROM 'x.csv'":             false,
		"SELECT * FROM \"../x.parquet\"":    false,
		"SELECT * FROM read_csv('x.csv')":   false,
		"SELECT * FROM query('SELECT 1')":   false,
		"SELECT * FROM other.main.person":   false,
		"SELECT 1 FROM person WHERE name IN (SELECT content FROM read_text('/etc/hostname'))": false,
	} {
		err := matchers.Screen(ctx, w.Conn(), []*matchers.Rule{{ID: "LB10", File: "LB10.sql", SQL: text}})
		if good && err != nil {
			t.Errorf("%s: %v", text, err)
		}
		if f := fault.Of(err); !good && (f == nil || f.Code != fault.ConfigRule) {
			t.Errorf("%s: error %v", text, err)
		}
	}
}
