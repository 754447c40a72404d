package table_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hedui/pipeline/fault"
)

const xml2003Head = `<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
 <Styles><Style ss:ID="s62"><NumberFormat ss:Format="Short Date"/></Style></Styles>
`

func xml2003(rows string) string {
	return xml2003Head + ` <Worksheet ss:Name="村&amp;镇"><Table ss:ExpandedColumnCount="3" ss:ExpandedRowCount="999999999"><Column ss:Index="2" ss:Width="80"/>` + rows +
		`</Table><WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet></Workbook>`
}

func TestXML2003(t *testing.T) {
	for _, c := range []struct {
		name, rows string
		want       []string
	}{
		{"places", `<Row><Cell ss:Index="2"><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="String">乙</Data></Cell></Row><Row/><Row ss:Span="2"/><Row><Cell/><Cell ss:StyleID="s62"/></Row><Row ss:Index="8" ss:Hidden="1"><Cell><Data ss:Type="Number">1</Data></Cell></Row><Row/>`,
			[]string{"1|-|t甲|t乙", "2", "3", "4", "5", "6", "7", "8h|n1"}},
		{"values", `<Row><Cell><Data ss:Type="Number">1.30890197001010016E+17</Data></Cell><Cell ss:StyleID="s62"><Data ss:Type="DateTime">2021-05-01T00:00:00.000</Data></Cell><Cell><Data ss:Type="DateTime">2021-05-01T08:30:00.000</Data></Cell>` +
			`<Cell ss:Formula="=TRUE()"><Data ss:Type="Boolean">1</Data></Cell><Cell><Data ss:Type="Error">#N/A</Data></Cell><Cell><Data ss:Type="String">130890197001010016</Data></Cell><Cell><Data ss:Type="String"/></Cell><Cell><Data ss:Type="Number">689.5</Data></Cell></Row>`,
			[]string{"1|n130890197001010016|d2021-05-01|d2021-05-01 08:30:00|bTRUE|e#N/A|t130890197001010016|-|n689.5"}},
		{"fonts, line breaks, comments", `<Row><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>甲</B><Font html:Color="#FF0000">一&#10;&lt;二</Font> </ss:Data>` +
			`<Comment ss:Author="某"><ss:Data xmlns="http://www.w3.org/TR/REC-html40"><B>某:</B>批注</ss:Data></Comment><PhoneticText xmlns="urn:schemas-microsoft-com:office:excel">jia</PhoneticText></Cell>` +
			`<Cell><Comment><Data>只有批注</Data></Comment></Cell><Cell><NamedCell ss:Name="Print_Area"/><Data ss:Type="String">乙</Data></Cell></Row>`,
			[]string{"1|t甲一⏎<二 |-|t乙"}},
	} {
		f, lines, err := read(t, []byte(xml2003(c.rows)))
		if err != nil || f.Format != "xml" || !f.Sheets[0].Hidden {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		expect(t, c.name, lines, append([]string{"# 村&镇"}, c.want...)...)
	}
}

func TestXML2003Merges(t *testing.T) {
	f, lines, err := read(t, []byte(xml2003(`<Row><Cell ss:MergeAcross="1" ss:MergeDown="1"><Data ss:Type="String">甲</Data></Cell><Cell><Data ss:Type="String">乙</Data></Cell></Row><Row><Cell ss:Index="3"><Data ss:Type="String">丙</Data></Cell></Row>`)))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "merged", lines, "# 村&镇", "1|t甲|-|t乙", "2|-|-|t丙")
	if got := fmt.Sprint(f.Sheets[0].Merges()); got != "[{1 0 2 1}]" {
		t.Error("merges", got)
	}
}

func TestXML2003Encodings(t *testing.T) {
	text := xml2003(`<Row><Cell><Data ss:Type="String">上板城镇甲一</Data></Cell></Row>`)
	declared := func(name string) string {
		return strings.Replace(text, `version="1.0"`, `version="1.0" encoding="`+name+`"`, 1)
	}
	for name, data := range map[string][]byte{
		"UTF-8":    []byte(declared("UTF-8")),
		"BOM":      []byte("\ufeff" + declared("utf-8")),
		"GB2312":   encode(simplifiedchinese.GBK, declared("GB2312")),
		"UTF-16LE": encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), declared("UTF-16")),
		"UTF-16BE": encode(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), declared("UTF-16")),
	} {
		_, lines, err := read(t, data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		expect(t, name, lines, "# 村&镇", "1|t上板城镇甲一")
	}
}

func TestXML2003Refused(t *testing.T) {
	cell := `<Cell><Data ss:Type="String">甲</Data></Cell>`
	for name, c := range map[string]struct {
		text string
		want fault.Code
	}{
		"torn":             {xml2003Head + `<Worksheet><Table><Row>` + cell, fault.SourceUnreadable},
		"no sheet":         {xml2003Head + `</Workbook>`, fault.SourceUnreadable},
		"rows backwards":   {xml2003(`<Row ss:Index="5">` + cell + `</Row><Row ss:Index="5">` + cell + `</Row>`), fault.SourceUnreadable},
		"cells backwards":  {xml2003(`<Row>` + cell + `<Cell ss:Index="1"/></Row>`), fault.SourceUnreadable},
		"too many rows":    {xml2003(`<Row ss:Index="1048576">` + cell + `</Row><Row>` + cell + `</Row>`), fault.SourceUnreadable},
		"too many columns": {xml2003(`<Row><Cell ss:MergeAcross="16383"/>` + cell + `</Row>`), fault.SourceUnreadable},
		"a huge cell":      {xml2003(`<Row><Cell><Data>` + strings.Repeat("甲", 1<<19) + `</Data></Cell></Row>`), fault.SourceLimit},
	} {
		if _, _, err := read(t, []byte(c.text)); fault.Of(err) == nil || fault.Of(err).Code != c.want {
			t.Errorf("%s: %v, want %s", name, err, c.want)
		}
	}
}
