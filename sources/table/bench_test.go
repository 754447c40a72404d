package table_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"

	"github.com/xuri/excelize/v2"

	"hedui/sources/table"
	"hedui/sources/table/tabletest"
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

// BenchmarkXLSX reads 200,000 rows of 15 cells with this package and with
// excelize's own loop, from one file. Half of the texts are shared, as Excel
// writes them, and half a cell's own; peak-MB is the most that was held above
// what lay in memory before.
func BenchmarkXLSX(b *testing.B) {
	path := store(b, benchBook(b))
	b.Run("ours", func(b *testing.B) {
		benchPeak(b, func() (rows, digits int) { return benchRead(b, path, 2) })
	})
	b.Run("excelize", func(b *testing.B) {
		benchPeak(b, func() (rows, digits int) { return benchExcelize(b, path, 2) })
	})
}

const bookRows = 2 * benchRows

// benchBook makes the workbook; column C counts its rows.
func benchBook(b *testing.B) []byte {
	var rows, shared bytes.Buffer
	for i := range bookRows {
		fmt.Fprintf(&rows, `<row r="%d" spans="1:15">`, i+1)
		for j, column := range "ABCDEFGHIJKLMNO" {
			switch {
			case j == 2:
				fmt.Fprintf(&rows, `<c r="C%d" s="1"><v>%d</v></c>`, i+1, i)
			case j == 5:
				fmt.Fprintf(&rows, `<c r="F%d"><v>%d.5</v></c>`, i+1, i)
			case j%2 == 0:
				fmt.Fprintf(&rows, `<c r="%c%d" s="1" t="s"><v>%d</v></c>`, column, i+1, (i*15+j)%1000)
			default:
				fmt.Fprintf(&rows, `<c r="%c%d" t="inlineStr"><is><t>甲%d-%d</t></is></c>`, column, i+1, i, j)
			}
		}
		rows.WriteString("</row>")
	}
	for i := range 1000 {
		fmt.Fprintf(&shared, "<si><t>上板城镇第%d村</t></si>", i)
	}
	const main = ` xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
	const kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	return packed("[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`,
		"_rels/.rels", relations+`<Relationship Id="a" Type="`+kind+`/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<workbook`+main+` xmlns:r="`+kind+`"><sheets><sheet name="a" sheetId="1" r:id="s"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", relations+`<Relationship Id="s" Type="`+kind+`/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="`+kind+`/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/sharedStrings.xml", "<sst"+main+">"+shared.String()+"</sst>",
		"xl/worksheets/sheet1.xml", "<worksheet"+main+"><sheetData>"+rows.String()+"</sheetData></worksheet>")
}

func benchRead(b *testing.B, path string, column int) (rows, digits int) {
	f, err := table.Open(b.Context(), path, table.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	for row, err := range f.Sheets[0].Rows() {
		if err != nil {
			b.Fatal(err)
		}
		rows++
		digits += len(row.Cells[column].Text)
	}
	return rows, digits
}

func benchExcelize(b *testing.B, path string, column int) (rows, digits int) {
	f, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	all, err := f.Rows(f.GetSheetName(0))
	if err != nil {
		b.Fatal(err)
	}
	defer all.Close()
	for all.Next() {
		cells, err := all.Columns()
		if err != nil {
			b.Fatal(err)
		}
		rows++
		digits += len(cells[column])
	}
	return rows, digits
}

// benchPeak runs read and reports the most memory it held, seen every few
// milliseconds.
func benchPeak(b *testing.B, read func() (rows, digits int)) {
	peak := peakHeap(func() {
		for b.Loop() {
			if rows, digits := read(); rows != bookRows || digits != 10+90*2+900*3+9000*4+90000*5+100000*6 {
				b.Fatalf("%d rows, %d digits", rows, digits)
			}
		}
	})
	b.ReportMetric(float64(peak)/(1<<20), "peak-MB")
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

// BenchmarkBooks reads 20,000 rows of 15 cells in the formats whose sheets are
// held whole.
func BenchmarkBooks(b *testing.B) {
	var rows []tabletest.Row
	for i := range 20_000 {
		rows = append(rows, tabletest.Texts("上板城镇", "东村", fmt.Sprint(i), fmt.Sprint("甲", i), "130890197001010016", "女", "配偶", "脱贫户", "", "正常", "否", "", "健康", "1200.5", "是"))
	}
	book := tabletest.Book{Sheets: []tabletest.Sheet{{Name: "名册", Rows: rows}}}
	for _, format := range []struct {
		name  string
		write func(tabletest.Book) []byte
	}{{"XLS", tabletest.XLS}, {"ODS", tabletest.ODS}, {"XML2003", tabletest.XML2003}} {
		path := store(b, format.write(book))
		b.Run(format.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n, digits := benchRead(b, path, 2); n != 20_000 || digits != 10+90*2+900*3+9000*4+10_000*5 {
					b.Fatalf("%d rows, %d digits", n, digits)
				}
			}
		})
	}
}
