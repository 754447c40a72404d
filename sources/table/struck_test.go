package table_test

import (
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// TestStruckWorkbook: what Excel strikes out, cell by cell, by the row, or in the text itself; a line
// through a part of a text, or one that a condition draws, is none.
func TestStruckWorkbook(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		line, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Strike: true}})
		if err != nil {
			t.Fatal(err)
		}
		run := func(text string, struck bool) excelize.RichTextRun {
			return excelize.RichTextRun{Text: text, Font: &excelize.Font{Strike: struck}}
		}
		for _, err := range []error{
			f.SetSheetRow("Sheet1", "A1", &[]any{"甲", 12, "乙"}),
			f.SetCellStyle("Sheet1", "A1", "B1", line),
			f.SetSheetRow("Sheet1", "A2", &[]any{"丙", nil, "丁"}),
			f.SetRowStyle("Sheet1", 2, 2, line),
			f.SetCellRichText("Sheet1", "A3", []excelize.RichTextRun{run("戊", true), run("己", true)}),
			f.SetCellRichText("Sheet1", "B3", []excelize.RichTextRun{run("庚", true), run("辛", false)}),
			f.SetCellStr("Sheet1", "C3", "戊己"),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	_, lines, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "rows", lines, "# Sheet1", "1|t~甲|n~12|t乙", "2|t~丙|-|t~丁", "3|t~戊己|t庚辛|t戊己")
}

// TestStruckStyles: how the parts of a workbook say it.
func TestStruckStyles(t *testing.T) {
	data := zipped(sheetPart, `<worksheet><sheetData><row r="1"><c t="s"><v>0</v></c><c s="0" t="s"><v>0</v></c><c s="1" t="s"><v>0</v></c><c s="2" t="s"><v>0</v></c><c s="9" t="s"><v>0</v></c><c s="1"/><c s="1" t="inlineStr"><is><t> </t></is></c></row></sheetData></worksheet>`,
		"xl/styles.xml", `<styleSheet><fonts><font><strike val="0"/></font><font><b/><strike/></font></fonts><cellStyleXfs><xf fontId="1"/></cellStyleXfs>`+
			`<cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="7"/></cellXfs><dxfs><dxf><font><strike/></font></dxf></dxfs></styleSheet>`)
	_, lines, err := read(t, data)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "rows", lines, "# 村&镇", "1|t甲|t甲|t~甲|t甲|t甲|-|- ")
}

// TestStruckElsewhere: in the other formats.
func TestStruckElsewhere(t *testing.T) {
	ods := func(properties string) []byte {
		book := tabletest.Book{Sheets: []tabletest.Sheet{{Name: "表", Rows: []tabletest.Row{{Cells: []table.Cell{tabletest.Struck(tabletest.Text("甲")), tabletest.Text("乙")}}}}}}
		return tabletest.Repack(tabletest.ODS(book), func(_, content string) string {
			return strings.Replace(content, `style:text-line-through-style="solid" style:text-line-through-type="single"`, properties, 1)
		})
	}
	xml := func(row string) []byte {
		return []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Styles><Style ss:ID="a"><Font ss:StrikeThrough="1"/></Style><Style ss:ID="b"><Font ss:Bold="1"/></Style></Styles><Worksheet ss:Name="表"><Table>` + row + `</Table></Worksheet></Workbook>`)
	}
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"ODS", ods(`style:text-line-through-type="double"`), "1|t~甲|t乙"},
		{"ODS without a line", ods(`style:text-line-through-style="none" style:text-line-through-type="none"`), "1|t甲|t乙"},
		{"XML of 2003, by the row", xml(`<Row ss:StyleID="a"><Cell><Data ss:Type="String">甲</Data></Cell><Cell ss:StyleID="b"><Data ss:Type="String">乙</Data></Cell></Row>`), "1|t~甲|t乙"},
		{"HTML, by class", []byte(`<style>.xl65{color:red;text-decoration:line-through;}</style><table><tr><td class=xl65>甲<td class=xl66>乙</table>`), "1|t~甲|t乙"},
		{"HTML, by the row", []byte(`<table><tr style="text-decoration: line-through"><td>甲<td>乙<tr><td>丙</table>`), "1|t~甲|t~乙"},
		{"HTML, by tags", []byte(`<table><tr><td><s><font>甲</font></s> <del>一</del><td><strike>乙</strike>二<td>三<tr><td>丙</table>`), "1|t~甲 一|t乙二|t三"},
	} {
		_, lines, err := read(t, c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		expect(t, c.name, lines[1:2], c.want)
	}
}
