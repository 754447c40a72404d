package tabletest

import (
	"bytes"
	"fmt"
	"html"
	"strings"

	"golang.org/x/text/encoding"

	"hedui/sources/table"
)

// Dialect is how a text file is written. Its zero is a comma, quotes where they are
// needed, \n and UTF-8.
type Dialect struct {
	Comma    byte
	QuoteAll bool
	LineEnd  string
	Encoding encoding.Encoding // its marks too: unicode.UTF8BOM, unicode.UTF16(…, UseBOM)
}

// CSV writes a sheet as text. Merged cells and hidden rows are nothing to it.
func CSV(s Sheet, d Dialect) []byte {
	if d.Comma == 0 {
		d.Comma = ','
	}
	if d.LineEnd == "" {
		d.LineEnd = "\n"
	}
	var b strings.Builder
	for _, row := range s.Rows {
		for i, cell := range row.Cells {
			if i > 0 {
				b.WriteByte(d.Comma)
			}
			b.WriteString(d.field(cell.Text))
		}
		b.WriteString(d.LineEnd)
	}
	return Encode(b.String(), d.Encoding)
}

func (d Dialect) field(text string) string {
	if d.QuoteAll || strings.ContainsAny(text, "\"\r\n"+string(rune(d.Comma))) {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// Encode writes text in an encoding; nil is UTF-8.
func Encode(text string, as encoding.Encoding) []byte {
	if as == nil {
		return []byte(text)
	}
	data, err := as.NewEncoder().Bytes([]byte(text))
	must(err)
	return data
}

// HTML writes a web page with one table a sheet.
func HTML(book Book) []byte {
	var b bytes.Buffer
	b.WriteString("<html><head><meta charset=\"utf-8\"></head><body>\n")
	for _, s := range book.Sheets {
		b.WriteString("<table>\n")
		for i, row := range s.Rows {
			hidden := ""
			if row.Hidden {
				hidden = ` style="display:none"`
			}
			fmt.Fprintf(&b, "<tr%s>%s</tr>\n", hidden, s.htmlCells(i+1, row))
		}
		b.WriteString("</table>\n")
	}
	b.WriteString("</body></html>\n")
	return b.Bytes()
}

func (s Sheet) htmlCells(number int, row Row) string {
	var b strings.Builder
	for column := range s.width() {
		height, width, covered := s.span(number, column)
		if covered {
			continue
		}
		b.WriteString("<td")
		if height > 1 {
			fmt.Fprintf(&b, ` rowspan="%d"`, height)
		}
		if width > 1 {
			fmt.Fprintf(&b, ` colspan="%d"`, width)
		}
		if row.at(column).Struck {
			b.WriteString(` style="text-decoration:line-through"`)
		}
		b.WriteString(">" + htmlText(row.at(column)) + "</td>")
	}
	return b.String()
}

func htmlText(c table.Cell) string {
	return strings.ReplaceAll(html.EscapeString(c.Text), "\n", "<br>")
}
