package warehouse

import (
	"context"
	"slices"
	"testing"
)

// TestOrderOfChinese: strings are sorted by their bytes, also where DuckDB knows them to be short.
func TestOrderOfChinese(t *testing.T) {
	ctx := context.Background()
	w, err := Open(ctx, "", Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.exec(ctx, "CREATE TABLE word AS FROM (VALUES ('柳树沟乡'), ('A1'), (''), ('上板城镇')) v(word)"); err != nil {
		t.Fatal(err)
	}
	got, err := column[string](ctx, w.conn, "SELECT word FROM word ORDER BY word")
	if want := []string{"", "A1", "上板城镇", "柳树沟乡"}; err != nil || !slices.Equal(got, want) {
		t.Fatal(got, err)
	}
}
