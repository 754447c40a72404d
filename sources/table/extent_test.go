package table_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"hedui/sources/table"
)

// TestExtent: what a careful person takes for the table, and what for words around it.
func TestExtent(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a table alone", "镇,姓名,号\na,甲,1\nb,乙,2\n", "1–3 [] 3"},
		{"title and remarks", "上板城镇花名册\n单位：元,填报日期：2021年\n\n镇,姓名,号,数,x,y\na,甲,1,2,3,4\n", "4–5 [1 2] 6"},
		{"title with the table's delimiters", "花名册,,,,\n,,,,\n镇,姓名,号,数,x\na,甲,1,2,3\n", "3–4 [1] 5"},
		{"header of two rows", "花名册\n户主,,成员,\n姓名,号,姓名,号\n甲,1,乙,2\n丙,3,丁,4\n", "2–5 [1] 4"},
		{"comments", "# made by x\n# a, b\nname,n,m\n# between\na,1,2\nb,2,3\n", "3–6 [1 2 4] 3"},
		{"a header that begins with #", "#,name,n\n1,a,3\n2,b,4\n", "1–3 [] 3"},
		{"footnotes", "name,n,m\na,1,2\nb,2,3\n\nSource: somebody\n* provisional\n", "1–3 [5 6] 3"},
		{"a short row at the end", "name,n,m\na,1,2\n7\n", "1–3 [] 3"},
		{"ragged", "name,n,m,o\na,1\nb,2,3,4,5,6\nc,3,4,5\n", "1–4 [] 4"},
		{"one column", "name\na\nb\n", "1–3 [] 1"},
		{"blank rows within", "name,n\na,1\n,\nb,2\n\n", "1–4 [] 2"},
		{"header alone", "name,n,m\n", "1–1 [] 3"},
		{"nothing but words", "\n\n", "0–0 [] 0"},
	} {
		if got := extent(t, []byte(c.text)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	book := workbook(t, func(f *excelize.File) {
		for i, row := range [][]any{{"花名册"}, {"单位：元"}, {"镇", "姓名", "号", "备注"}, {"a", "甲", 1}, {"b", "乙", 2}, {"填表人：某"}} {
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	})
	if got := extent(t, book); got != "3–5 [1 2 6] 3" {
		t.Errorf("workbook: %s", got)
	}
}

func extent(t *testing.T, data []byte) string {
	t.Helper()
	f, err := table.Open(context.Background(), store(t, data), table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := f.Sheets[0].Extent()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%d–%d %v %d", e.First, e.Last, e.Aside, e.Width)
}

// An error cell whose code nobody knows holds no text.
func TestExtentOfErrorCells(t *testing.T) {
	if got := extent(t, sheet(`<row r="1"><c r="A1" t="e"><v></v></c><c r="B1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>2</v></c></row>`)); got != "1–2 [] 2" {
		t.Error(got)
	}
}
