package table_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strings"
	"testing"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// packed makes a ZIP of names and contents, in that order.
func packed(parts ...string) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		part, err := w.Create(parts[i])
		if err == nil {
			_, err = part.Write([]byte(parts[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const odsMimetype = "application/vnd.oasis.opendocument.spreadsheet"

// ods makes a workbook of LibreOffice of the content of its one sheet.
func ods(rows string) []byte {
	return packed("mimetype", odsMimetype, "content.xml", `<?xml version="1.0"?><office:document-content xmlns:office="o"><office:automatic-styles>`+
		`<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>`+
		`<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>`+
		`<office:body><office:spreadsheet><table:table table:name="村&amp;镇" table:style-name="ta2"><office:forms/><table:table-column table:number-columns-repeated="3"/>`+rows+
		`</table:table></office:spreadsheet></office:body></office:document-content>`)
}

func odsCells(cells string) []byte { return ods("<table:table-row>" + cells + "</table:table-row>") }

func TestODS(t *testing.T) {
	const text = `<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>`
	const blanks = `<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`
	for _, c := range []struct {
		name string
		data []byte
		want []string
	}{
		{"repeated cells, rows to the end of the sheet", ods(`<table:table-row><table:table-cell table:number-columns-repeated="2"/>` +
			`<table:table-cell office:value-type="float" office:value="7" table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row>` +
			`<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>` +
			`<table:table-row table:number-rows-repeated="2">` + text + `</table:table-row>` + blanks),
			[]string{"1|-|-|n7|n7", "2", "3", "4|t甲", "5|t甲"}},
		{"groups, header rows, hidden rows", ods(`<table:table-header-rows><table:table-row>` + text + `</table:table-row></table:table-header-rows><table:table-row-group>` +
			`<table:table-row table:visibility="collapse">` + text + `</table:table-row><table:table-row table:visibility="filter">` + text + `</table:table-row></table:table-row-group>`),
			[]string{"1|t甲", "2h|t甲", "3h|t甲"}},
		{"values as stored", odsCells(`<table:table-cell office:value-type="float" office:value="130890197001010016" calcext:value-type="float"><text:p>1.3089E+17</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="float" office:value="1.30890197001010016E+17"><text:p>x</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="percentage" office:value="0.125"><text:p>13%</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="currency" office:currency="CNY" office:value="689.5"><text:p>￥689.50</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>真</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="date" office:date-value="2021-05-01"><text:p>5月1日</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="date" office:date-value="2021-05-01T08:29:59.999999997"><text:p>x</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"><text:p>x</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>` +
			`<table:table-cell office:value-type="string" office:string-value="乙"/>`),
			[]string{"1|n130890197001010016|n130890197001010016|n0.125|n689.5|bTRUE|d2021-05-01|d2021-05-01 08:30:00|d1899-12-31 08:30:00|e#N/A|t乙"}},
		{"text", odsCells("<table:table-cell office:value-type='string'><text:p>\n   甲<text:s text:c='2'/>乙 \n 丙</text:p><text:p/><text:p>丁<text:tab/><text:span>戊</text:span><text:line-break/><text:a>己</text:a>&amp;<text:s/></text:p></table:table-cell>"),
			[]string{"1|t甲  乙 丙⏎⏎丁\t戊⏎己& "}},
		{"notes, shapes and ruby do not leak", odsCells(`<table:table-cell office:value-type="string"><office:annotation><dc:creator>某</dc:creator><text:p>批注</text:p></office:annotation>` +
			`<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame><text:p><text:ruby><text:ruby-base>甲</text:ruby-base><text:ruby-text>jia</text:ruby-text></text:ruby>一<text:note><text:p>注</text:p></text:note></text:p>` +
			`<table:table><table:table-row>` + text + `</table:table-row></table:table></table:table-cell>` + text),
			[]string{"1|t甲一|t甲"}},
		{"what was changed before", packed("mimetype", odsMimetype, "content.xml", `<o:d><table:tracked-changes><table:deletion><table:table-row>`+text+`</table:table-row></table:deletion></table:tracked-changes><table:table table:name="村&amp;镇"><table:table-row>`+text+`</table:table-row></table:table></o:d>`),
			[]string{"1|t甲"}},
	} {
		_, lines, err := read(t, c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		expect(t, c.name, lines, append([]string{"# 村&镇"}, c.want...)...)
	}
}

func TestODSMergesAndSheets(t *testing.T) {
	f, lines, err := read(t, ods(`<table:table-row/><table:table-row><table:table-cell table:number-columns-spanned="2" table:number-rows-spanned="3" office:value-type="string"><text:p>上板城镇</text:p></table:table-cell><table:covered-table-cell/>`+
		`<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><text:p>乙</text:p></table:table-cell></table:table-row>`))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "merged", lines, "# 村&镇", "1", "2|t上板城镇|-|t甲", "3|-|-|t乙")
	if got := fmt.Sprint(f.Sheets[0].Merges()); got != "[{2 0 4 1}]" || !f.Sheets[0].Hidden || f.Format != "ods" {
		t.Errorf("%s, merges %s, hidden %v", f.Format, got, f.Sheets[0].Hidden)
	}
}

func TestODSRefused(t *testing.T) {
	const cell = `<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>`
	for _, c := range []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"encrypted", packed("mimetype", odsMimetype, "content.xml", "\x01\x02", "META-INF/manifest.xml", `<m:manifest><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>`), fault.SourcePassword},
		{"encrypted whole", packed("mimetype", odsMimetype, "encrypted-package", "\x01\x02"), fault.SourcePassword},
		{"a letter", packed("mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "<a/>"), fault.SourceFormat},
		{"no content", packed("mimetype", odsMimetype), fault.SourceUnreadable},
		{"torn", packed("mimetype", odsMimetype, "content.xml", `<a><table:table><table:table-row>`+cell), fault.SourceUnreadable},
		{"too many columns", odsCells(`<table:table-cell table:number-columns-repeated="16384"/>` + cell), fault.SourceUnreadable},
		{"too many rows", ods(`<table:table-row table:number-rows-repeated="1048576"/><table:table-row>` + cell + `</table:table-row>`), fault.SourceUnreadable},
		{"a billion cells", ods(`<table:table-row table:number-rows-repeated="1048576">` + strings.Replace(cell, " ", ` table:number-columns-repeated="16384" `, 1) + `</table:table-row>`), fault.SourceLimit},
		{"a cell of spaces", odsCells(`<table:table-cell><text:p><text:s text:c="99999999"/></text:p></table:table-cell>`), fault.SourceLimit},
		{"more than the memory", ods(strings.Repeat(`<table:table-row>`+strings.Repeat(cell, 100)+`</table:table-row>`, 300)), fault.SourceLimit},
	} {
		lim := table.Limits{}
		if c.name == "more than the memory" {
			lim.MaxHeld = 1 << 20
		}
		_, err := table.Open(t.Context(), store(t, c.data), lim)
		if f := fault.Of(err); f == nil || f.Code != c.want {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
