package table_test

import (
	"bytes"
	"context"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// check reads a file to its end: an error or rows in order, never a panic.
func check(t *testing.T, data []byte) {
	f, err := table.Open(context.Background(), store(t, data), table.Limits{MaxBytes: 1 << 22, MaxCell: 1 << 14})
	if err != nil {
		if fault.Of(err) == nil {
			t.Fatalf("no fault: %v", err)
		}
		return
	}
	for _, s := range f.Sheets {
		last := 0
		for row, err := range s.Rows() {
			if err != nil && fault.Of(err) == nil {
				t.Fatalf("no fault: %v", err)
			}
			if err != nil || row.Number > 10_000 {
				break
			}
			if row.Number <= last {
				t.Fatalf("row %d after row %d", row.Number, last)
			}
			last = row.Number
			for _, c := range row.Cells {
				if !utf8.ValidString(c.Text) || bytes.IndexByte([]byte(c.Text), 0) >= 0 || c.Kind == table.Text && c.Text == "" {
					t.Fatalf("cell %q of kind %d", c.Text, c.Kind)
				}
			}
		}
		for _, m := range s.Merges() {
			if m.Row1 < m.Row0 || m.Col1 < m.Col0 {
				t.Fatalf("merge %v", m)
			}
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte("镇,姓名\n\"a\"\"b\",c"))
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Add([]byte("<table><tr><td rowspan=3 colspan=2>x<td>y</table>"))
	f.Add(workbook(f, func(x *excelize.File) { x.SetSheetRow("Sheet1", "A1", &[]any{"a", 1, true}) }))
	f.Add(sample(f, "特困.xls"))
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
