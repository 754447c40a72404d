package reports

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestVillagesKeepTheirSheets: villages may be called anything. Every one has its pages,
// though Excel allows not all of its name, or another's is the same to Excel.
func TestVillagesKeepTheirSheets(t *testing.T) {
	long := strings.Repeat("长", 30)
	villages := []string{"东/村", "东_村", "东?村", "Ab村", "aB村", "走访安排", "sheet1", "村'", "'村", strings.Repeat("𠮷", 20), strings.Repeat("𠮷", 21), long + "一村", long + "一屯", "ſ村", "S村"}
	if got := sheetName("\x01'村", "_2"); got != "__村_2" {
		t.Errorf("a sheet is named %q", got)
	}
	b, err := Settings{}.newBook()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.sheet("走访安排"); err != nil {
		t.Fatal(err)
	}
	v := &visits{book: b, town: "某镇"}
	for i, village := range villages {
		if err := v.add([]any{i, village, int32(partHousehold), fmt.Sprintf("户%d", i), "某人", "低保户", nil, "1"}); err != nil {
			t.Fatalf("%q: %v", village, err)
		}
	}
	if err := v.end(); err != nil {
		t.Fatal(err)
	}
	f := reopened(t, b)
	sheets := f.GetSheetList()
	if len(sheets) != len(villages)+1 {
		t.Errorf("%d villages have the sheets %q", len(villages), sheets)
	}
	for i, village := range villages {
		title, household := "某镇"+village+"入户核查表", fmt.Sprintf("户编号 户%d　", i)
		if !slices.ContainsFunc(sheets, func(sheet string) bool {
			rows, err := f.GetRows(sheet)
			return err == nil && len(rows) > 2 && rows[0][0] == title && strings.HasPrefix(rows[2][0], household)
		}) {
			t.Errorf("%q has no page", village)
		}
	}
}
