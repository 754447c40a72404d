package tabletest

import (
	"fmt"
	"strings"

	"hedui/sources/table"
)

// XML2003 writes Excel's XML spreadsheet of 2003.
func XML2003(book Book) []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel">
<Styles><Style ss:ID="Default"/><Style ss:ID="date"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="struck"><Font ss:StrikeThrough="1"/></Style></Styles>
`)
	for _, s := range book.Sheets {
		fmt.Fprintf(&b, `<Worksheet ss:Name="%s"><Table>`, escape(s.Name))
		for i, row := range s.Rows {
			s.xmlRow(&b, i+1, row)
		}
		b.WriteString("</Table>")
		if s.Hidden {
			b.WriteString(`<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions>`)
		}
		b.WriteString("</Worksheet>\n")
	}
	b.WriteString("</Workbook>\n")
	return []byte(b.String())
}

func (s Sheet) xmlRow(b *strings.Builder, number int, row Row) {
	if len(row.Cells) == 0 {
		return // the next row says its number
	}
	fmt.Fprintf(b, `<Row ss:Index="%d"`, number)
	if row.Hidden {
		b.WriteString(` ss:Hidden="1"`)
	}
	b.WriteString(">")
	for column, cell := range row.Cells {
		height, width, covered := s.span(number, column)
		if covered || cell.Kind == table.Blank && height*width == 1 {
			continue
		}
		fmt.Fprintf(b, `<Cell ss:Index="%d"`, column+1)
		if height*width > 1 {
			fmt.Fprintf(b, ` ss:MergeAcross="%d" ss:MergeDown="%d"`, width-1, height-1)
		}
		switch {
		case cell.Struck:
			b.WriteString(` ss:StyleID="struck"`)
		case cell.Kind == table.Date:
			b.WriteString(` ss:StyleID="date"`)
		}
		fmt.Fprintf(b, ">%s</Cell>", xmlData(cell))
	}
	b.WriteString("</Row>\n")
}

func xmlData(c table.Cell) string {
	kind, text := "", escape(c.Text)
	switch c.Kind {
	case table.Blank:
		return ""
	case table.Text:
		kind = "String"
	case table.Number:
		kind = "Number"
	case table.Date:
		kind, text = "DateTime", moment(c).Format("2006-01-02T15:04:05.000")
	case table.Bool:
		kind, text = "Boolean", map[string]string{"TRUE": "1", "FALSE": "0"}[c.Text]
	}
	return fmt.Sprintf(`<Data ss:Type="%s">%s</Data>`, kind, text)
}
