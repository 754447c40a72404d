package reports

import (
	"slices"
	"strings"
	"testing"
)

// TestChecklistFillsItsPage: fifty statements go on one page at six tenths of their size,
// and no text is so long that the form is never laid out.
func TestChecklistFillsItsPage(t *testing.T) {
	f, err := checklist()
	if err != nil {
		t.Fatal(err)
	}
	scale := func(statements ...int) float64 {
		var items []checklistItem
		for i, n := range statements {
			r := f.Rows[i]
			found := strings.Repeat("疑似重度残疾人未纳入低保特困11人（上板城镇5人、柳树沟乡4人、青石岭镇2人）；", n)
			items = append(items, checklistItem{content: r.Content, values: []any{i + 1, r.Content, r.Task, r.Unit, r.Task, found, nil, nil, r.Due}})
		}
		widths := f.widths(items)
		for i, c := range f.Columns {
			if widths[i] < c.Width {
				t.Errorf("%s is %.1f wide", c.Name, widths[i])
			}
		}
		high := 145.0
		for _, item := range items {
			high += itemHeight(item.values, widths)
		}
		return min(pageWide/(sum(widths)*digitWide), 515/high)
	}
	got := []float64{scale(0, 0), scale(10, 40), scale(20, 80), scale(1, 5000)}
	if got[1] < 0.58 || !slices.IsSortedFunc(got, func(a, b float64) int { return int(1000*b) - int(1000*a) }) {
		t.Errorf("scales %.2f", got)
	}
}
