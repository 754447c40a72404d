package table_test

import (
	"fmt"
	"strings"
	"testing"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// TestRowOrder: rows that go backwards come in the order of their numbers, as a
// spreadsheet shows them; rows that share a number both stay.
func TestRowOrder(t *testing.T) {
	row := func(attrs, value string) string {
		return `<row ` + attrs + `><c r="A9"><v>` + value + `</v></c></row>`
	}
	for _, c := range []struct {
		name, rows string
		want       []string
		note       string
	}{
		{"backwards", row(`r="5"`, "5") + row(`spans="1:1" r="2" hidden="1"`, "2") + row(`r="3"`, "3"), []string{"1", "2h|n2", "3|n3", "4", "5|n5"}, "按行号排列"},
		{"without numbers behind one", row(`r="5"`, "5") + row(``, "6") + row(`r="1"`, "1"), []string{"1|n1", "2", "3", "4", "5|n5", "6|n6"}, "按行号排列"},
		{"backwards and twice", row(`r="3"`, "3") + row(`r="1"`, "1") + row(`r="1"`, "2"), []string{"1|n1", "2|n2", "3|n3"}, "按行号排列"},
		{"all the same", row(`r="1"`, "1") + row(`r="1"`, "2") + row(`r="1"`, "3") + row(`r="2"`, "4"), []string{"1|n1", "2|n2", "3|n3", "4|n4"}, "重复的行号"},
		{"in a comment", `<!-- <row r="9"> -->` + row(`r="1"`, "1"), []string{"1|n1"}, "按行号排列"},
		{"in order", row(`r="1"`, "1") + row(`r="3"`, "3"), []string{"1|n1", "2", "3|n3"}, ""},
	} {
		f, lines, err := read(t, sheet(c.rows))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		expect(t, c.name, lines, append([]string{"# 村&镇"}, c.want...)...)
		if note := f.Sheets[0].Note; note != c.note && (c.note == "" || !strings.Contains(note, c.note)) {
			t.Errorf("%s: note %q", c.name, note)
		}
	}
	var many strings.Builder
	for i := range 1000 {
		many.WriteString(row(fmt.Sprintf(`r="%d"`, 1000-i), "1"))
	}
	f, err := table.Open(t.Context(), store(t, sheet(many.String())), table.Limits{MaxHeld: 50_000})
	if err == nil {
		_, err = transcribe(f)
	}
	if told := fault.Of(err); told == nil || told.Code != fault.SourceLimit {
		t.Errorf("more than the memory: %v", err)
	}
	if f, err = table.Open(t.Context(), store(t, sheet(many.String())), table.Limits{MaxHeld: 200_000}); err != nil {
		t.Fatal(err)
	}
	for range 20 { // what was gathered is given back
		if _, err := transcribe(f); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLongRowTags: the tags of rows are found however a read cuts them, and
// merged cells behind them.
func TestLongRowTags(t *testing.T) {
	var rows strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&rows, `<x:row spans="1:%d" r="%d"><x:c><x:v>%d</x:v></x:c></x:row>`, i%977, i+1, i)
	}
	f, lines, err := read(t, zipped(sheetPart, `<x:worksheet xmlns:x="m"><x:sheetData>`+rows.String()+`</x:sheetData><x:mergeCells><x:mergeCell ref="A1:B2"/></x:mergeCells></x:worksheet>`))
	if err != nil || len(lines) != 20_001 || lines[20_000] != "20000|n19999" || f.Sheets[0].Note != "" || fmt.Sprint(f.Sheets[0].Merges()) != "[{1 0 2 1}]" {
		t.Errorf("%d rows, note %q, %v, %v", len(lines), f.Sheets[0].Note, f.Sheets[0].Merges(), err)
	}
}

// strict is a workbook as Excel saves "Strict Open XML": other namespaces, a
// prefix before every name, dates as text.
func strict() []byte {
	return packed(
		"[Content_Types].xml", "<Types/>",
		"_rels/.rels", `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml", `<s:workbook xmlns:s="http://purl.oclc.org/ooxml/spreadsheetml/main" xmlns:r="http://purl.oclc.org/ooxml/officeDocument/relationships" conformance="strict"><s:workbookPr date1904="true"/><s:sheets><s:sheet name="甲" sheetId="1" r:id="rId1"/><s:sheet name="甲" sheetId="2" r:id="rId2"/></s:sheets></s:workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/XL/Worksheets/Sheet1.XML"/><Relationship Id="rId2" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="rId3" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rId4" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/styles" Target="styles.xml"/></Relationships>`,
		"xl/sharedStrings.xml", `<s:sst xmlns:s="http://purl.oclc.org/ooxml/spreadsheetml/main"><s:si><s:t xml:space="preserve"> 甲　一 </s:t></s:si><s:si/><s:si><s:r><s:t>乙</s:t></s:r><s:rPh sb="0" eb="1"><s:t>yi</s:t></s:rPh></s:si></s:sst>`,
		"xl/styles.xml", `<s:styleSheet xmlns:s="http://purl.oclc.org/ooxml/spreadsheetml/main"><s:cellXfs><s:xf numFmtId="0"/><s:xf numFmtId="14"/></s:cellXfs></s:styleSheet>`,
		"xl/worksheets/sheet1.xml", `<s:worksheet xmlns:s="http://purl.oclc.org/ooxml/spreadsheetml/main"><s:dimension ref="A1:XFD1000000000"/><s:sheetData><s:row r="1"><s:c r="A1" t="s"><s:v>0</s:v></s:c><s:c r="B1" t="s"><s:v>1</s:v></s:c><s:c r="C1" t="s"><s:v>2</s:v></s:c><s:c r="D1" s="1" t="d"><s:v>2021-05-01</s:v></s:c><s:c r="E1" s="1"><s:v>42855</s:v></s:c></s:row></s:sheetData></s:worksheet>`,
		"xl/worksheets/sheet2.xml", `<s:worksheet xmlns:s="x"><s:dimension ref="A1"/><s:sheetData><s:row r="2"><s:c r="C2"><s:v>1</s:v></s:c></s:row></s:sheetData></s:worksheet>`)
}

func TestStrict(t *testing.T) {
	_, lines, err := read(t, strict())
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "strict", lines, "# 甲", "1|t 甲　一 |-|t乙|d2021-05-01|d2021-05-01", "# 甲", "1", "2|-|-|n1")
}

// TestWPS: what WPS writes beside Excel's own.
func TestWPS(t *testing.T) {
	rows := `<row r="1" spans="1:4" ht="20" customHeight="1" x14ac:dyDescent="0.2"><c r="A1" s="0" t="s"><v>0</v></c><c r="B1" t="str"><f>_xlfn.DISPIMG("ID_A1",1)</f><v>=DISPIMG("ID_A1",1)</v></c>` +
		`<c r="C1"><f t="shared" ref="C1:C2" si="0">A1+1</f><v>5</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>` +
		`<row r="2"><c r="A2" t="str"><f>"a"&amp;"b"</f><v>a b</v></c><c r="B2" t="str"><f>""</f><v></v></c><c r="C2"><f t="shared" si="0"/><v>6</v></c><c r="D2"><f t="array" ref="D2">SUM(A1)</f><v/></c></row>`
	data := zipped(
		sheetPart, `<worksheet xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"><sheetPr/><dimension ref="A1:B1"/><sheetViews><sheetView><pane ySplit="1"/></sheetView></sheetViews><cols><col min="1" max="16384"/></cols><sheetData>`+rows+
			`</sheetData><mergeCells count="1"><mergeCell ref="A1:$B$1"/></mergeCells><legacyDrawing r:id="x"/><extLst><ext uri="{x}"><x14:conditionalFormattings><row r="1"/><c><v>9</v></c></x14:conditionalFormattings></ext></extLst></worksheet>`,
		"xl/cellimages.xml", "<etc:cellImages/>", "xl/comments1.xml", `<comments><comment ref="A1"><text><t>批注</t></text></comment></comments>`)
	f, lines, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "rows", lines, "# 村&镇", `1|t甲|t=DISPIMG("ID_A1",1)|n5|e#DIV/0!`, "2|ta b|-|n6|e=SUM(A1)")
	if got := fmt.Sprint(f.Sheets[0].Merges()); got != "[{1 0 1 1}]" || f.Sheets[0].Note != "" {
		t.Errorf("merges %s, note %q", got, f.Sheets[0].Note)
	}
}

// TestPackageFolds: parts are found however they are spelt, and without the
// relation that should name the workbook.
func TestPackageFolds(t *testing.T) {
	const row = `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`
	book := `<workbook><sheets><sheet name="a" sheetId="1" r:id="s"/><sheet name="图" sheetId="2" r:id="c"/></sheets></workbook>`
	relations := `<Relationships><Relationship Id="s" Type="t/worksheet" Target="../xl/worksheets/sheet1.xml"/><Relationship Id="c" Type="t/chartsheet" Target="c.xml"/></Relationships>`
	for name, data := range map[string][]byte{
		"no relations of the package": packed("[Content_Types].xml", "<Types/>", "xl/workbook.xml", book, "xl/_rels/workbook.xml.rels", relations, "xl/worksheets/sheet1.xml", row),
		"backslashes, upper case":     packed(`_RELS\.RELS`, skeleton["_rels/.rels"], `XL\WORKBOOK.XML`, book, `XL\_RELS\WORKBOOK.XML.RELS`, relations, `XL\WORKSHEETS\SHEET1.XML`, row),
	} {
		_, lines, err := read(t, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		expect(t, name, lines, "# a", "1|n1")
	}
	twice := strings.Replace(book, `name="图" sheetId="2" r:id="c"`, `name="b" sheetId="2" r:id="s"`, 1)
	if _, _, err := read(t, packed("xl/workbook.xml", twice, "xl/_rels/workbook.xml.rels", relations, "xl/worksheets/sheet1.xml", row)); fault.Of(err) == nil || fault.Of(err).Code != fault.SourceUnreadable {
		t.Errorf("two sheets of one part: %v", err)
	}
}
