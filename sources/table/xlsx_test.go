package table_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/unicode"

	"hedui/pipeline/fault"
)

func TestXLSX(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		dates, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		months := `yyyy"年"m"月"`
		custom, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &months})
		money, _ := f.NewStyle(&excelize.Style{NumFmt: 4})
		f.SetSheetRow("Sheet1", "A1", &[]any{"名册"})
		f.MergeCell("Sheet1", "A1", "E1")
		f.SetSheetRow("Sheet1", "A3", &[]any{"a\nb", nil, 1200.1, 44317, 44317.5, true, 130890197001010016})
		f.SetCellStyle("Sheet1", "C3", "C3", money)
		f.SetCellStyle("Sheet1", "D3", "D3", dates)
		f.SetCellStyle("Sheet1", "E3", "E3", custom)
		f.SetCellRichText("Sheet1", "H3", []excelize.RichTextRun{{Text: "甲"}, {Text: "<&一"}})
		f.NewSheet("藏")
		f.SetSheetRow("藏", "B2", &[]any{"x"})
		f.SetSheetVisible("藏", false)
		f.SetRowVisible("藏", 2, false)
	})
	f, lines, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "rows", lines, "# Sheet1", "1|t名册", "2",
		"3|ta⏎b|-|n1200.1|d2021-05-01|d2021-05-01 12:00:00|bTRUE|n130890197001010016|t甲<&一", "# 藏", "1", "2h|-|tx")
	for range 2 { // a list once read stays
		if !f.Sheets[1].Hidden || f.Sheets[0].Hidden || fmt.Sprint(f.Sheets[0].Merges()) != "[{1 0 1 4}]" || f.Sheets[1].Merges() != nil {
			t.Errorf("hidden %v, merges %v", f.Sheets[1].Hidden, f.Sheets[0].Merges())
		}
	}
	again, err := transcribe(f)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "read again", again, lines...)
}

// TestXLSXBySheet: what writers of workbooks leave out, put in and spell otherwise.
func TestXLSXBySheet(t *testing.T) {
	const row = `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"no references", sheet(`<row><c t="s"><v>0</v></c><c/><c><v>1</v></c></row><row/><row></row><row><c><v>2</v></c></row>`), []string{"1|t甲|-|n1", "2", "3", "4|n2"}},
		{"rows left out", sheet(row + `<row r="4" hidden="1"><c r="C4"><v>3</v></c></row><row r="5"><c r="A5" s="7"/></row>`), []string{"1|t甲", "2", "3", "4h|-|-|n3"}},
		{"cells out of order", sheet(`<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c><c><v>2</v></c></row>`), []string{"1|n1|n2|n3"}},
		{"one place twice", sheet(`<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row><row r="1"><c r="A1"><v>3</v></c></row>`), []string{"1|n1|n2", "2|n3"}},
		{"prefixes, single quotes, CDATA, comments", zipped(sheetPart, "\ufeff<?xml version='1.0'?><x:worksheet xmlns:x='m'><!-- <row> > --><x:sheetData><x:row r='1' x:a='\">'><x:c r = 'B1' t='inlineStr'><x:is><x:t>甲<![CDATA[<&>]]>乙<!-- - -->丙</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>"), []string{"1|-|t甲<&>乙丙"}},
		{"entities", sheet(`<row><c t="str"><v>&lt;&#x7532;&#19968;&amp;amp;&nbsp;&unknown; &quot;</v></c></row>`), []string{`1|t<甲一&amp;&nbsp;&unknown; "`}},
		{"control characters", sheet(`<row><c t="inlineStr"><is><t>a_x000D__x0041_b_xyz_</t></is></c><c t="inlineStr"><is><t>a_x0000_b</t></is></c></row>`), []string{"1|ta\rAb_xyz_|tab"}},
		{"type left out", sheet(`<row><c><is><t>甲</t></is></c><c t="inlineStr"/><c t="s"/></row>`), []string{"1|t甲"}},
		{"errors, booleans, dates", sheet(`<row><c t="e"><v>#N/A</v></c><c t="b"><v>0</v></c><c t="b"><v>true</v></c><c t="d"><v>2021-05-01T00:00:00</v></c><c t="d"><v>2021-05-01T08:30:00Z</v></c><c t="d"><v>不详</v></c></row>`),
			[]string{"1|e#N/A|bFALSE|bTRUE|d2021-05-01|d2021-05-01 08:30:00|t不详"}},
		{"numbers", sheet(`<row><c><v>1.30890197001010016E+17</v></c><c><v>1.3089019700101001E17</v></c><c><v>0.1</v></c><c><v>123.10000000000001</v></c><c><v>-5</v></c><c><v>1E3</v></c><c><v> 7 </v></c><c><v>x</v></c></row>`),
			[]string{"1|n130890197001010016|n130890197001010010|n0.1|n123.1|n-5|n1000|n7|nx"}},
		{"UTF-16", zipped(sheetPart, string(encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "<worksheet><sheetData>"+row+"</sheetData></worksheet>"))), []string{"1|t甲"}},
		{"rich text, phonetics", zipped(sheetPart, "<worksheet><sheetData>"+row+`<row><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row></sheetData></worksheet>`,
			"xl/shared.xml", `<sst><si><r><rPr><b/></rPr><t>甲</t></r><r><t xml:space="preserve"> 一</t></r><rPh sb="0" eb="1"><t>jia</t></rPh><phoneticPr/></si><si/><si><t/></si></sst>`), []string{"1|t甲 一"}},
	} {
		_, lines, err := read(t, c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		expect(t, c.name, lines, append([]string{"# 村&镇"}, c.want...)...)
	}
}

// TestDates: which number formats are dates, and what a serial means.
func TestDates(t *testing.T) {
	for _, c := range []struct{ format, serial, want string }{
		{"yyyy-mm-dd", "44317", "d2021-05-01"},
		{`yyyy"年"m"月"d"日";@`, "44317", "d2021-05-01"},
		{"[$-804]yyyy/m/d h:mm", "44317.75", "d2021-05-01 18:00:00"},
		{"yyyy/m/d", "44316.9999999", "d2021-05-01"},
		{"m/d/yy", "1", "d1900-01-01"},
		{"m/d/yy", "61", "d1900-03-01"},
		{"yyyy", "-1", "n-1"},
		{"yyyy", "130890197001010016", "n130890197001010016"},
		{"General", "44317", "n44317"},
		{`0.00"d元m"`, "44317", "n44317"},
		{`#,##0.00_);[Red]\(#,##0.00\)`, "44317", "n44317"},
		{`0!.0,"万"`, "44317", "n44317"},
		{"@", "202105", "n202105"},
	} {
		styles := `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="` + strings.ReplaceAll(c.format, `"`, "&quot;") + `"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs></styleSheet>`
		data := zipped(sheetPart, `<worksheet><sheetData><row><c s="1"><v>`+c.serial+`</v></c></row></sheetData></worksheet>`, "xl/styles.xml", styles)
		_, lines, err := read(t, data)
		if err != nil {
			t.Fatal(err)
		}
		expect(t, c.format+" "+c.serial, lines, "# 村&镇", "1|"+c.want)
	}
	for id, want := range map[int]string{14: "d2021-05-01", 31: "d2021-05-01", 57: "d2021-05-01", 4: "n42855", 49: "n42855"} {
		styles := fmt.Sprintf(`<styleSheet><cellXfs><xf numFmtId="%d"/></cellXfs></styleSheet>`, id)
		book := strings.Replace(skeleton["xl/workbook.xml"], "<x:sheets>", `<x:workbookPr date1904="1"/><x:sheets>`, 1)
		_, lines, err := read(t, zipped(sheetPart, `<worksheet><sheetData><row><c s="0"><v>42855</v></c></row></sheetData></worksheet>`, "xl/styles.xml", styles, "xl/workbook.xml", book))
		if err != nil {
			t.Fatal(err)
		}
		expect(t, fmt.Sprint("1904, format ", id), lines, "# 村&镇", "1|"+want)
	}
}

// TestBrokenXLSX: what is damaged within is told with sheet and row, however
// good the rows before it looked.
func TestBrokenXLSX(t *testing.T) {
	for name, data := range map[string][]byte{
		"no such shared string": sheet(`<row r="3"><c t="s"><v>1</v></c></row>`),
		"sheet torn in a tag":   zipped(sheetPart, `<worksheet><sheetData><row r="3"><c r="A3"><v>1</v></c></row><row r=`),
		"sheet torn in a row":   zipped(sheetPart, `<worksheet><sheetData><row r="3"><c r="A3"><v>1</v></c>`),
		"sheet torn in data":    zipped(sheetPart, `<worksheet><sheetData><row r="3"><c r="A3"><v>1</v></c></row>`),
		"too many columns":      sheet(`<row r="3"><c r="XFE3"><v>1</v></c></row>`),
	} {
		_, lines, err := read(t, data)
		if f := fault.Of(err); f == nil || f.Code != fault.SourceUnreadable || f.Place != "《名册.dat》工作表“村&镇”第 3 行" {
			t.Errorf("%s: %v after %q", name, err, lines)
		}
	}
	for name, data := range map[string][]byte{
		"no sheet data": zipped(sheetPart, `<worksheet></worksheet>`),
		"other XML":     zipped(sheetPart, `<html/>`),
		"no XML":        zipped(sheetPart, `镇,姓名`),
		"empty part":    zipped(sheetPart, ``),
		"part missing":  zipped(),
	} {
		if _, lines, err := read(t, data); fault.Of(err) == nil || fault.Of(err).Code != fault.SourceUnreadable {
			t.Errorf("%s: %v after %q", name, err, lines)
		}
	}
}

// TestLibreOffice reads what LibreOffice wrote (testdata/README.md).
func TestLibreOffice(t *testing.T) {
	for name, format := range map[string]string{"特困.xls": "xls", "低保.xls": "xls", "低保.xlsx": "xlsx", "低保.ods": "ods"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			t.Fatal(err)
		}
		f, lines, err := read(t, data)
		if err != nil || f.Format != format {
			t.Fatalf("%s: %v", name, err)
		}
		var merged []string
		for _, s := range f.Sheets {
			merged = append(merged, fmt.Sprintf("%s 隐藏：%v 合并：%v", s.Name, s.Hidden, s.Merges()))
		}
		golden(t, "testdata/"+name+".txt", strings.Join(append(merged, lines...), "\n")+"\n")
	}
}

// TestFormulas: a formula's stored result counts, blank or not; one of which no result was
// ever stored is no blank cell: nobody knows what it would say.
func TestFormulas(t *testing.T) {
	_, lines, err := read(t, sheet(`<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1" t="str"><f>B1</f><v/></c>`+
		`<c r="D1"><f>SUM(A1:A9)&amp;"元"</f></c><c r="E1"><f t="shared" si="0"/></c><c r="F1"><f>A1</f><v>3</v></c></row>`))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "rows", lines, "# 村&镇", `1|n2|-|-|e=SUM(A1:A9)&"元"|e=|n3`)
}
