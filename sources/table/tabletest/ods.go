package tabletest

import (
	"encoding/xml"
	"fmt"
	"strings"

	"hedui/sources/table"
)

const (
	odsType = "application/vnd.oasis.opendocument.spreadsheet"
	odsName = "urn:oasis:names:tc:opendocument:xmlns:"
)

// ODS writes a workbook of LibreOffice.
func ODS(book Book) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"`)
	for _, name := range []string{"office", "table", "text", "style"} {
		fmt.Fprintf(&b, ` xmlns:%s="%s%s:1.0"`, name, odsName, name)
	}
	b.WriteString(`><office:automatic-styles>` +
		`<style:style style:name="shown" style:family="table"><style:table-properties table:display="true"/></style:style>` +
		`<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>` +
		`<style:style style:name="struck" style:family="table-cell"><style:text-properties style:text-line-through-style="solid" style:text-line-through-type="single"/></style:style>` +
		`</office:automatic-styles><office:body><office:spreadsheet>`)
	for _, s := range book.Sheets {
		style := "shown"
		if s.Hidden {
			style = "hidden"
		}
		fmt.Fprintf(&b, `<table:table table:name="%s" table:style-name="%s"><table:table-column table:number-columns-repeated="%d"/>`, escape(s.Name), style, max(s.width(), 1))
		for i, row := range s.Rows {
			s.odsRow(&b, i+1, row)
		}
		b.WriteString(`</table:table>`)
	}
	b.WriteString(`</office:spreadsheet></office:body></office:document-content>`)
	return ZIP(
		Part{"mimetype", odsType},
		Part{"META-INF/manifest.xml", `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="` + odsName + `manifest:1.0" manifest:version="1.2">` +
			`<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="` + odsType + `"/>` +
			`<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`},
		Part{"content.xml", b.String()},
	)
}

func (s Sheet) odsRow(b *strings.Builder, number int, row Row) {
	b.WriteString("<table:table-row")
	if row.Hidden {
		b.WriteString(` table:visibility="collapse"`)
	}
	b.WriteString(">")
	for column := range max(s.width(), 1) {
		height, width, covered := s.span(number, column)
		if covered {
			b.WriteString("<table:covered-table-cell/>")
			continue
		}
		b.WriteString("<table:table-cell")
		if height > 1 || width > 1 {
			fmt.Fprintf(b, ` table:number-rows-spanned="%d" table:number-columns-spanned="%d"`, height, width)
		}
		if row.at(column).Struck {
			b.WriteString(` table:style-name="struck"`)
		}
		odsValue(b, row.at(column))
		b.WriteString("</table:table-cell>")
	}
	b.WriteString("</table:table-row>")
}

// odsValue writes the rest of a cell's tag and what is shown.
func odsValue(b *strings.Builder, c table.Cell) {
	switch c.Kind {
	case table.Number:
		fmt.Fprintf(b, ` office:value-type="float" office:value="%s"`, c.Text)
	case table.Date:
		fmt.Fprintf(b, ` office:value-type="date" office:date-value="%s"`, strings.Replace(c.Text, " ", "T", 1))
	case table.Bool:
		fmt.Fprintf(b, ` office:value-type="boolean" office:boolean-value="%s"`, strings.ToLower(c.Text))
	case table.Text:
		b.WriteString(` office:value-type="string"`)
	}
	b.WriteString(">")
	if c.Kind == table.Blank {
		return
	}
	for line := range strings.SplitSeq(c.Text, "\n") {
		line = strings.ReplaceAll(escape(line), " ", "<text:s/>")
		b.WriteString("<text:p>" + strings.ReplaceAll(line, "&#x9;", "<text:tab/>") + "</text:p>")
	}
}

// escape writes text as XML, line breaks and tabs as characters.
func escape(text string) string {
	var b strings.Builder
	must(xml.EscapeText(&b, []byte(text)))
	return b.String()
}
