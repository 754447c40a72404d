package table_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// check reads a file to its end: a fault or rows in order, never a panic. A
// panic that is contained is still a bug of ours.
func check(t *testing.T, data []byte) {
	// One file a process: a folder of its own for each takes longer than reading.
	path := filepath.Join(os.TempDir(), fmt.Sprint("hedui-fuzz-", os.Getpid()))
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	defer os.Remove(path)
	f, err := table.Open(context.Background(), path, table.Limits{MaxBytes: 1 << 22, MaxCell: 1 << 14, MaxHeld: 1 << 24})
	if err != nil {
		checkFault(t, err)
		return
	}
	for _, s := range f.Sheets {
		last := 0
		for row, err := range s.Rows() {
			if err != nil {
				checkFault(t, err)
			}
			if err != nil || row.Number > 10_000 {
				break
			}
			if row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
			checkCells(t, row.Cells)
		}
		if _, err := s.Extent(); err != nil {
			checkFault(t, err)
		}
		for _, m := range s.Merges() {
			if m.Row1 < m.Row0 || m.Col1 < m.Col0 {
				t.Fatalf("merge %v", m)
			}
		}
		if !utf8.ValidString(s.Name) {
			t.Fatalf("sheet %q", s.Name)
		}
	}
}

func checkFault(t *testing.T, err error) {
	if told := fault.Of(err); told == nil || told.Place == "" || told.Remedy == "" || strings.Contains(err.Error(), "panic") {
		t.Fatalf("fault %v", err)
	}
}

func checkCells(t *testing.T, cells []table.Cell) {
	for _, c := range cells {
		if !utf8.ValidString(c.Text) || strings.IndexByte(c.Text, 0) >= 0 || c.Kind == table.Text && c.Text == "" {
			t.Fatalf("cell %q of kind %d", c.Text, c.Kind)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("镇,姓名\n\"a\"\"b\",c"))
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Add([]byte("<table><tr><td rowspan=3 colspan=2>x<td>y</table>"))
	f.Add(workbook(f, func(x *excelize.File) { x.SetSheetRow("Sheet1", "A1", &[]any{"a", 1, true}) }))
	f.Add(sample(f, "特困.xls"))
	f.Add(sample(f, "保护.xls"))
	f.Fuzz(check)
}

// FuzzSheet goes past the ZIP, whose checksums stop most changes.
func FuzzSheet(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="2"><c r="B2" t="s"><v>0</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>`,
		`<sst><si><r><t>甲</t></r><rPh><t>x</t></rPh></si></sst>`)
	f.Add("<?xml?><a:worksheet><!-- > --><a:sheetData><row><c t='inlineStr'><is><t><![CDATA[x]]>&amp;_x000D_</t></is></c></row></a:sheetData></a:worksheet>", "<sst/>")
	f.Fuzz(func(t *testing.T, sheet, shared string) {
		check(t, zipped(sheetPart, sheet, "xl/shared.xml", shared))
	})
}

// FuzzXLSX gives all parts of a workbook.
func FuzzXLSX(f *testing.F) {
	relations := skeleton["xl/_rels/workbook.xml.rels"]
	const rows = `<worksheet><dimension ref="A1"/><sheetData><row r="2" hidden="1"><c r="B2" s="1"><v>44317</v></c><c t="e"><v>#N/A</v></c></row><x:row r="1"/></sheetData></worksheet>`
	f.Add(skeleton["_rels/.rels"], skeleton["xl/workbook.xml"], relations, "<sst><si><t>甲</t></si></sst>", `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="170"/></cellXfs></styleSheet>`, rows)
	f.Add("", skeleton["xl/workbook.xml"], relations, "", "", rows)
	f.Fuzz(func(t *testing.T, root, book, relations, shared, styles, sheet string) {
		check(t, packed("_rels/.rels", root, "xl/workbook.xml", book, "xl/_rels/workbook.xml.rels", relations, "xl/shared.xml", shared, "xl/styles.xml", styles, sheetPart, sheet))
	})
}

// FuzzXLS gives the workbook's stream, within an OLE file or without one.
func FuzzXLS(f *testing.F) {
	book := fuzzBook()
	f.Add(tabletest.BIFF8(book))
	f.Add(sealedBIFF8(tabletest.BIFF8(book), "VelvetSweatshop", 128))
	f.Add(biff5(936, "a", biffRecord(0x204, 0, 0, 0, 2, "\xBC\xD7"), biffRecord(0xBD, 1, 2, 0, uint32(120010<<2|3), 2, uint32(44317<<2|2), 3),
		biffRecord(0x06, 1, 6, 0, "\x00\x00\x00\x00\x00\x00\xFF\xFF", 0, uint32(0), 0), biffRecord(0x207, 1, "x"), biffRecord(0xE5, 1, 0, 1, 0, 1)))
	f.Fuzz(func(t *testing.T, stream []byte) {
		check(t, tabletest.OLE("Book", stream))
		check(t, tabletest.OLE("Workbook", stream))
		check(t, stream)
	})
}

// FuzzOLE changes the file around the stream.
func FuzzOLE(f *testing.F) {
	f.Add(tabletest.XLS(fuzzBook()))
	f.Add(tabletest.XLS5(fuzzBook()))
	f.Fuzz(check)
}

func FuzzHTML(f *testing.F) {
	f.Add(string(tabletest.HTML(fuzzBook())))
	f.Add(`<html><style>.a{mso-number-format:"yyyy\0022年"}</style><table><tr hidden><td rowspan=2 colspan=3 class=a x:num="44317">甲&nbsp;<br><table><td>x</table><tr><td sdval="1" sdnum="1;0;YYYY">1`)
	f.Fuzz(func(t *testing.T, page string) {
		check(t, []byte("<html><table>"+page))
		check(t, []byte(page))
	})
}

func FuzzODS(f *testing.F) {
	f.Add(`<d><style:style style:name="a"><style:table-properties table:display="false"/></style:style><table:table table:name="x" table:style-name="a"><table:table-row table:number-rows-repeated="3" table:visibility="filter"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="4"/><table:covered-table-cell/><table:table-cell table:number-columns-spanned="2"><text:p>甲<text:s text:c="3"/><text:tab/><text:span>x</text:span></text:p><office:annotation><text:p>n</text:p></office:annotation></table:table-cell></table:table-row></table:table></d>`)
	f.Add(`<d><table:table><table:table-row><table:table-cell office:value-type="date" office:date-value="2021-05-01"/><table:table-cell office:value-type="time" office:time-value="PT1H"/></table:table-row><table:table-row table:number-rows-repeated="1048575"/></table:table></d>`)
	f.Fuzz(func(t *testing.T, content string) {
		check(t, packed("mimetype", odsMimetype, "content.xml", content))
	})
}

func FuzzXML2003(f *testing.F) {
	f.Add(string(tabletest.XML2003(fuzzBook())))
	f.Add(xml2003(`<Row ss:Index="3" ss:Span="2"><Cell ss:Index="2" ss:MergeAcross="1" ss:MergeDown="2"><ss:Data ss:Type="String"><B>甲</B></ss:Data><Comment><Data>x</Data></Comment></Cell><Cell><Data ss:Type="DateTime">2021-05-01T00:00:00.000</Data></Cell></Row>`))
	f.Fuzz(func(t *testing.T, text string) {
		check(t, []byte(xml2003Head+text))
		check(t, []byte(text))
	})
}

// FuzzPacket gives a ZIP's member: its name and its bytes.
func FuzzPacket(f *testing.F) {
	f.Add("村/甲.csv", []byte(csvText))
	f.Add("\xBC\xD7.xlsx", sheet(`<row><c><v>1</v></c></row>`))
	f.Add("../a.zip", packed("b.zip", "PK\x05\x06"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		check(t, packed(strings.TrimRight(name, "/")+"_", string(data), "b.csv", csvText))
	})
}

func fuzzBook() tabletest.Book {
	return tabletest.Book{Sheets: []tabletest.Sheet{{Name: "甲", Hidden: true, Rows: []tabletest.Row{
		tabletest.Texts("镇", "姓名"), {Hidden: true, Cells: []table.Cell{tabletest.Number("1.5"), tabletest.Date("2021-05-01"), tabletest.Bool(true)}},
	}}}}
}

// FuzzStrayQuote: a quote too many does not swallow rows. Of n rows of four
// columns each key is found, wherever one stray quote stands.
func FuzzStrayQuote(f *testing.F) {
	f.Add(uint8(3), uint16(7))
	f.Add(uint8(200), uint16(0))
	f.Fuzz(func(t *testing.T, rows uint8, at uint16) {
		var b bytes.Buffer
		for i := range int(rows) + 2 {
			b.WriteString("town,name,")
			b.WriteString(string(rune('A' + i%26)))
			b.WriteString(",note\n")
		}
		text := b.Bytes()
		i := int(at) % len(text)
		data := append(append(bytes.Clone(text[:i]), '"'), text[i:]...)
		if _, lines, err := read(t, data); err != nil || len(lines) != int(rows)+2 {
			t.Fatalf("quote at %d: %d of %d rows, %v", i, len(lines), int(rows)+2, err)
		}
	})
}
