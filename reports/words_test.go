package reports

import (
	"context"
	"strings"
	"testing"

	"hedui/pipeline/warehouse"
)

// TestSharesAreToldOneWay: all and none are said only where they are so, by Go and by
// the queries alike.
func TestSharesAreToldOneWay(t *testing.T) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := (Settings{}).set(ctx, w.Conn()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		part, whole int64
		want        string
	}{
		{0, 9, "0.0%"}, {1, 100_000, "0.1%"}, {1, 2000, "0.1%"}, {1, 3, "33.3%"}, {1, 8, "12.5%"}, {2, 3, "66.7%"},
		{9994, 10_000, "99.9%"}, {9999, 10_000, "99.9%"}, {99_999, 100_000, "99.9%"}, {9, 9, "100.0%"},
	} {
		if got := portion(c.part, c.whole); got != c.want {
			t.Errorf("%d of %d is %s, not %s", c.part, c.whole, got, c.want)
		}
		var got string
		if err := w.Conn().QueryRowContext(ctx, "SELECT told_share(?::BIGINT / ?::BIGINT)", c.part, c.whole).Scan(&got); err != nil {
			t.Fatal(err)
		}
		if got != c.want {
			t.Errorf("to a query %d of %d is %s, not %s", c.part, c.whole, got, c.want)
		}
	}
	if got := portion(0, 0); got != "—" {
		t.Errorf("of nothing the share is %s", got)
	}
	paper := &paper{figures: map[string]int64{"Part": 9999, "Whole": 10_000}}
	paper.add(styleText, "{{percent .Part .Whole}}")
	if !strings.Contains(paper.body.String(), ">99.9%<") {
		t.Errorf("a paper says %s", paper.body.String())
	}
	if got := (verified{confirmed: 10_000, rectified: 9999}).effect(); !strings.Contains(got.(string), "整改率99.9%；") {
		t.Errorf("Attachment 2 says %s", got)
	}
	if got := Percent(0.9999); got != "99.9%" {
		t.Errorf("a share of 0.9999 is %s", got)
	}
}

// TestNoTownIsToldOneWay: statistics.go knows the word that the queries put in.
func TestNoTownIsToldOneWay(t *testing.T) {
	words, err := query("words")
	if err != nil || !strings.Contains(words, "coalesce(nullif(town, ''), '"+noTown+"')") {
		t.Errorf("the queries do not say %s (%v)", noTown, err)
	}
}
