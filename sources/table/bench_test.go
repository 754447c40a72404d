package table_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"hedui/sources/table"
)

// The benchmarks read 100,000 rows of 15 cells and count the digits of one
// column, so that a fast wrong answer fails.
const benchRows = 100_000

func BenchmarkCSV(b *testing.B) {
	var text bytes.Buffer
	for i := range benchRows {
		fmt.Fprintf(&text, "上板城镇,东村,%d,甲%d,130890197001010016,女,配偶,脱贫户,,正常,否,,健康,1200.5,是\n", i, i)
	}
	bench(b, text.Bytes(), 3)
}

// BenchmarkXLSX: each text is a cell's own, as StreamWriter writes it.
func BenchmarkXLSX(b *testing.B) {
	bench(b, workbook(b, func(f *excelize.File) {
		w, _ := f.NewStreamWriter("Sheet1")
		cells := make([]any, 15)
		for i := range benchRows {
			for j := range cells {
				cells[j] = fmt.Sprintf("甲%d-%d", i, j)
			}
			cells[2] = i
			w.SetRow(fmt.Sprintf("A%d", i+1), cells)
		}
		w.Flush()
	}), 3)
}

// BenchmarkHTML has fewer rows: nobody sends a page of 100,000.
func BenchmarkHTML(b *testing.B) {
	var page bytes.Buffer
	page.WriteString("<html><table>")
	for i := range benchRows {
		fmt.Fprintf(&page, "<tr><td>上板城镇</td><td class=x>东村</td><td>%d</td><td>甲</td><td>130890197001010016</td></tr>\n", i)
	}
	bench(b, page.Bytes(), 3)
}

func bench(b *testing.B, data []byte, column int) {
	path := store(b, data)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		f, err := table.Open(context.Background(), path, table.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		rows, digits := 0, 0
		for row, err := range f.Sheets[0].Rows() {
			if err != nil {
				b.Fatal(err)
			}
			rows++
			digits += len(row.Cells[column-1].Text)
		}
		if rows != benchRows || digits != 10+90*2+900*3+9000*4+90000*5 {
			b.Fatalf("%d rows, %d digits", rows, digits)
		}
	}
}
