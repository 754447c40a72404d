package warehouse

import (
	"context"
	"slices"
	"strings"
	"testing"

	"hedui/pipeline/gather"
)

// TestOrderOfChinese: strings are sorted by their bytes, also where DuckDB knows them to be short.
func TestOrderOfChinese(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t, Options{})
	if err := w.exec(ctx, "CREATE TABLE word AS FROM (VALUES ('柳树沟乡'), ('A1'), (''), ('上板城镇')) v(word)"); err != nil {
		t.Fatal(err)
	}
	got, err := gather.Column[string](ctx, w.conn, "SELECT word FROM word ORDER BY word")
	if want := []string{"", "A1", "上板城镇", "柳树沟乡"}; err != nil || !slices.Equal(got, want) {
		t.Fatal(got, err)
	}
}

// TestJoinsNarrowNoScan: a scan that a join narrows while threads begin it has ended nights.
func TestJoinsNarrowNoScan(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t, Options{})
	if err := w.exec(ctx, "CREATE TABLE listed AS SELECT range AS id FROM range(100000); CREATE TABLE asked AS SELECT range * 1000 AS id FROM range(100)"); err != nil {
		t.Fatal(err)
	}
	var title, plan string
	if err := w.conn.QueryRowContext(ctx, "EXPLAIN ANALYZE SELECT count(*) FROM listed JOIN (FROM asked WHERE id % 7 = 3) USING (id)").Scan(&title, &plan); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(plan, " 99001 Rows") { // what min and max leave; the 14 joined to would leave 91001
		t.Fatal(plan)
	}
}
