package warehouse

import (
	"context"
	"slices"
	"testing"

	"hedui/pipeline/gather"
)

// TestForgetAllBut: what a table to be published reads stays, the rest of the night's goes.
func TestForgetAllBut(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t, Options{})
	if err := w.exec(ctx, `CREATE TEMP TABLE person AS SELECT 1 AS a; CREATE TEMP TABLE roster_row AS FROM person; CREATE TEMP TABLE rule_precision AS FROM person;
		CREATE TEMP TABLE "found" AS FROM person; CREATE TABLE kept AS FROM person`); err != nil {
		t.Fatal(err)
	}
	left := func() []string {
		names, err := gather.Column[string](ctx, w.conn, "SELECT table_name FROM duckdb_tables() WHERE temporary OR table_name = 'kept' ORDER BY table_name")
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	joined := publishedTable{From: "(SELECT r.* FROM rule r LEFT JOIN rule_precision p USING (rule_id))"}
	for _, c := range []struct {
		needed []publishedTable
		want   []string
	}{
		{[]publishedTable{joined, {From: "person"}}, []string{"kept", "person", "rule_precision"}},
		{[]publishedTable{{From: "person"}}, []string{"kept", "person"}},
		{nil, []string{"kept"}},
	} {
		if err := w.forgetAllBut(ctx, c.needed); err != nil {
			t.Fatal(err)
		}
		if got := left(); !slices.Equal(got, c.want) {
			t.Errorf("left: %v, want %v", got, c.want)
		}
	}
}
