package table_test

import (
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hedui/pipeline/fault"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// allocated gives all that run allocated, garbage too: it cannot have held more.
func allocated(run func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

// TestHostile: files that claim to be far more than they are. Each ends in a
// fault, or in rows that add up, and within a bound of memory.
func TestHostile(t *testing.T) {
	const mb = 1 << 20
	small := table.Limits{MaxHeld: 16 * mb, MaxBytes: 512 * mb}
	biff := func(cells ...[]byte) []byte { return biff5(936, "a", cells...) }
	row := func(n int, cells string) string { return fmt.Sprintf(`<row r="%d">%s</row>`, n, cells) }
	const inline = `<c t="inlineStr"><is><t>`
	cell := strings.Repeat("a", 10*mb)
	for _, c := range []struct {
		name string
		data []byte
		lim  table.Limits
		want fault.Code // none: it can be read
		rows int
		most int // MB allocated
	}{
		{"a row at the end of a sheet", zipped(sheetPart, `<worksheet><dimension ref="A1:XFD9999999999"/><sheetData>`+row(1, "")+row(1048576, `<c><v>1</v></c>`)+`</sheetData></worksheet>`), small, "", 1048576, 8},
		{"a cell at the end of each row", sheet(strings.Repeat(`<row><c r="XFD1"><v>1</v></c></row>`, 100_000)), small, fault.SourceLimit, 1024, 64},
		{"shared strings of nothing", zipped(sheetPart, "<worksheet><sheetData/></worksheet>", "xl/shared.xml", "<sst>"+strings.Repeat("<si/>", 2*mb)+"</sst>"), small, fault.SourceLimit, 0, 96},
		{"merged cells without end", zipped(sheetPart, "<worksheet><sheetData>"+row(1, "")+"</sheetData><mergeCells>"+strings.Repeat(`<mergeCell ref="A1:B2"/>`, mb)+"</mergeCells></worksheet>"), small, fault.SourceLimit, 0, 128},
		{"deep XML", zipped(sheetPart, "<worksheet><sheetData>"+strings.Repeat("<a>", 4*mb)), small, fault.SourceUnreadable, 0, 8},
		{"deep XML that ends", zipped(sheetPart, "<worksheet>"+strings.Repeat("<a>", mb)+strings.Repeat("</a>", mb)+"<sheetData>"+row(1, "<c><v>1</v></c>")+"</sheetData></worksheet>"), small, "", 1, 8},
		{"a tag of brackets", zipped(sheetPart, `<worksheet><sheetData a="`+strings.Repeat(">", mb/2)+`">`+row(1, "<c><v>1</v></c>")+"</sheetData></worksheet>"), small, "", 1, 16},
		{"a tag without end", zipped(sheetPart, `<worksheet><sheetData a="`+cell), small, fault.SourceLimit, 0, 16},
		{"sheets without end", packed("xl/workbook.xml", "<workbook>"+strings.Repeat(`<sheet r:id="a"/>`, mb)+"</workbook>", "xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="a" Type="worksheet" Target="a.xml"/></Relationships>`), small, fault.SourceUnreadable, 0, 16},
		{"relations without end", packed("_rels/.rels", "<Relationships>"+numbered(200_000, `<Relationship Id="%d"/>`)+"</Relationships>"), small, fault.SourceLimit, 0, 64},
		{"styles without end", zipped("xl/styles.xml", "<styleSheet>"+numbered(400_000, `<numFmt numFmtId="%d"/>`)+"</styleSheet>"), small, fault.SourceLimit, 0, 96},
		{"a cell of 10 MB in XLSX", sheet("<row>" + inline + cell + "</t></is></c></row>"), table.Limits{}, fault.SourceLimit, 0, 16},
		{"a shared string of 10 MB", zipped("xl/shared.xml", "<sst><si><t>"+cell+"</t></si></sst>"), table.Limits{}, fault.SourceLimit, 0, 16},
		{"a cell of 10 MB in ODS", odsCells("<table:table-cell><text:p>" + cell), table.Limits{}, fault.SourceLimit, 0, 16},
		{"a cell of 10 MB in XML", []byte(xml2003("<Row><Cell><Data>" + cell + "</Data></Cell></Row>")), table.Limits{}, fault.SourceLimit, 0, 96},
		{"a cell of 10 MB in a page", []byte("<table><td>" + cell), table.Limits{}, fault.SourceLimit, 0, 192},
		{"tables in tables", []byte(strings.Repeat("<table><tr><td>", 100_000)), small, fault.SourceLimit, 0, 32},
		{"tables without end", []byte(strings.Repeat("<table></table>", mb/2)), small, fault.SourceLimit, 0, 64},
		{"divisions in divisions", []byte("<table><td>" + strings.Repeat("<div>", mb/2) + "x"), small, "", 1, 64},
		{"wide spans", []byte("<table>" + strings.Repeat("<tr>"+strings.Repeat("<td colspan=1000>", 15)+"<td>x", 10_000)), small, fault.SourceLimit, 0, 192},
		{"a tag with attributes without end", []byte("<table " + strings.Repeat("a ", 10*mb) + ">"), table.Limits{}, fault.SourceLimit, 0, 192},
		{"a BIFF text that lies", tabletest.OLE("Book", biff(biffRecord(0x204, 0, 0, 0, 65535, "x"))), small, fault.SourceUnreadable, 0, 8},
		{"BIFF cells at the last column", tabletest.OLE("Book", biff(bytes.Repeat(biffRecord(0x27E, 7, 255, 0, uint32(6)), 60_000))), small, "", 8, 16},
		{"BIFF repeats", tabletest.OLE("Workbook", lyingStrings(1<<31)), small, fault.SourceUnreadable, 0, 8},
		{"a packet of 60,000", packed(many(60_000)...), small, fault.SourceLimit, 0, 160},
	} {
		path := store(t, c.data)
		rows := 0
		var err error
		all := allocated(func() { rows, err = count(t, path, c.lim) })
		switch told := fault.Of(err); {
		case c.want == "" && (err != nil || rows != c.rows):
			t.Errorf("%s: %d rows, %v", c.name, rows, err)
		case c.want != "" && (told == nil || told.Code != c.want || rows > c.rows):
			t.Errorf("%s: %v after %d rows, want %s", c.name, err, rows, c.want)
		}
		if all > c.most*mb+3*len(c.data) {
			t.Errorf("%s: %d MB allocated, for a file of %d bytes", c.name, all/mb, len(c.data))
		}
	}
}

func count(t *testing.T, path string, lim table.Limits) (rows int, err error) {
	f, err := table.Open(t.Context(), path, lim)
	if err != nil {
		return 0, err
	}
	for _, s := range f.Sheets {
		for _, err := range s.Rows() {
			if err != nil {
				return rows, err
			}
			rows++
		}
		s.Merges()
	}
	return rows, nil
}

func numbered(n int, pattern string) string {
	var out strings.Builder
	for i := range n {
		fmt.Fprintf(&out, pattern, i+1000)
	}
	return out.String()
}

func many(n int) (parts []string) {
	for i := range n {
		parts = append(parts, fmt.Sprintf("%d.csv", i), "a,b\n1,2\n")
	}
	return parts
}

// lyingStrings is the beginning of a BIFF8 workbook whose table of shared
// strings says that it has so many.
func lyingStrings(n uint32) []byte {
	stream := biffRecord(0x0809, 0x0600, 5, 0, 0, uint32(0), uint32(0))
	return append(stream, biffRecord(0xFC, n, n, 65535, byte(8), 65535, "x")...)
}

// TestHeldInProportion: what is kept in memory of a plain file is a few times
// its content, in each format that is not read row by row.
func TestHeldInProportion(t *testing.T) {
	var rows []tabletest.Row
	content := 0
	for i := range 4000 {
		row := tabletest.Texts("上板城镇", "东村", fmt.Sprint("甲", i), "130890197001010016", "女", "配偶", "", "", "脱贫户", "正常")
		for _, c := range row.Cells {
			content += len(c.Text)
		}
		rows = append(rows, row)
	}
	book := tabletest.Book{Sheets: []tabletest.Sheet{{Name: "名册", Rows: rows}}}
	for name, data := range map[string][]byte{
		"XLSX": tabletest.XLSX(book), "XLS": tabletest.XLS(book), "XLS of Excel 95": tabletest.XLS5(book), "ODS": tabletest.ODS(book), "XML": tabletest.XML2003(book), "HTML": tabletest.HTML(book),
		"HTML in GBK": encode(simplifiedchinese.GBK, string(tabletest.HTML(book))),
	} {
		path := store(t, data)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		f, err := table.Open(t.Context(), path, table.Limits{})
		if err != nil {
			t.Fatal(name, err)
		}
		for row, err := range f.Sheets[0].Rows() {
			if err != nil {
				t.Fatal(name, err)
			}
			if row.Number == 2000 {
				runtime.GC()
				runtime.ReadMemStats(&after)
			}
		}
		held := int(after.HeapAlloc) - int(before.HeapAlloc)
		if most := 2*len(data) + 10*content; held > most {
			t.Errorf("%s: %d bytes held of a file of %d with texts of %d", name, held, len(data), content)
		}
		runtime.KeepAlive(f)
	}
}
