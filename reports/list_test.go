package reports

import (
	"bytes"
	"fmt"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestListGoesOnInTheNextSheet: what a sheet does not hold stands in the next, which is
// the same to whoever fills it in.
func TestListGoesOnInTheNextSheet(t *testing.T) {
	b, err := Settings{}.newBook()
	if err != nil {
		t.Fatal(err)
	}
	b.rows = headRow + 4
	l := &list{book: b, name: "漏保", title: "漏保问题台账", note: "请填写", columns: []column{{"姓名", 8, keyText}, {"核查结论", 9, verdict}},
		spread: spread{printed: 2}, filtered: true, verdictAt: 2, verdicts: []string{"属实", "不属实"}}
	if err := l.begin(); err != nil {
		t.Fatal(err)
	}
	const rows = 8 // two sheets full: no third one, without a row
	for i := range rows {
		if err := l.add([]any{fmt.Sprintf("第%d", i+1)}); err != nil {
			t.Fatalf("row %d: %v", i+1, err)
		}
	}
	if err := l.end(); err != nil {
		t.Fatal(err)
	}
	read := reopened(t, b)
	if got := read.GetSheetList(); !slices.Equal(got, []string{"漏保", "漏保_2"}) {
		t.Fatalf("sheets %q", got)
	}
	n := 0
	for _, sheet := range read.GetSheetList() {
		cells, err := read.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if cells[0][0] != "漏保问题台账" || !slices.Equal(cells[headRow-1], []string{"姓名", "核查结论"}) {
			t.Errorf("%s begins with %q", sheet, cells[:headRow])
		}
		for _, row := range cells[headRow:] {
			if n++; row[0] != fmt.Sprintf("第%d", n) {
				t.Errorf("%s: row %d is %q", sheet, n, row[0])
			}
		}
		if choices, err := read.GetDataValidations(sheet); err != nil || len(choices) != 1 || choices[0].Sqref != "B4:B7" {
			t.Errorf("%s offers verdicts at %v (%v)", sheet, choices, err)
		}
		guard, err := read.GetSheetProtection(sheet)
		if err != nil || !guard.SelectUnlockedCells {
			t.Errorf("%s is not guarded: %+v (%v)", sheet, guard, err)
		}
	}
	if n != rows {
		t.Errorf("%d rows of %d", n, rows)
	}
}

// reopened is the workbook as whoever opens it sees it.
func reopened(t *testing.T, b *book) *excelize.File {
	t.Helper()
	var saved bytes.Buffer
	if err := b.save(&saved); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&saved)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}
