package reports

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"embed"
	"encoding/xml"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"text/template"
	"time"
)

// Every part of a paper but its text: styles, footer, properties.
//
//go:embed all:document
var documentParts embed.FS

// document is an official paper under way, as DOCX: A4, the margins and sizes of
// GB/T 9704, page numbers below.
type document struct {
	body      bytes.Buffer
	breakPage bool // the next paragraph begins a page
}

// paper is a document whose texts are templates over figures; an error sticks.
type paper struct {
	document
	figures any
	err     error
}

// add appends a paragraph; one that comes out empty is left out.
func (p *paper) add(style, text string) {
	t, err := template.New(style).Funcs(template.FuncMap{"percent": portion}).Parse(text)
	var b strings.Builder
	if err == nil {
		err = t.Execute(&b, p.figures)
	}
	if err != nil && p.err == nil {
		p.err = fmt.Errorf("fill text: %w", err)
	}
	if b.Len() > 0 {
		p.document.add(style, b.String())
	}
}

// The styles of document/word/styles.xml that the text uses.
const (
	styleTitle, styleSubtitle         = "Title", "Subtitle"
	styleHeading1, styleHeading2      = "Heading1", "Heading2"
	styleText, styleNote              = "Text", "Note"
	styleCaption, styleSignature      = "Caption", "Signature"
	styleCell, styleFigure, styleHead = "Cell", "Figure", "Head"
)

// textWidth is what the margins leave of A4, in twentieths of a point.
const textWidth = 8844

// addf appends a paragraph of running text.
func (d *document) addf(format string, args ...any) {
	d.add(styleText, fmt.Sprintf(format, args...))
}

// add appends a paragraph.
func (d *document) add(style, text string) {
	fmt.Fprintf(&d.body, `<w:p><w:pPr><w:pStyle w:val="%s"/>`, style)
	if d.breakPage {
		d.body.WriteString("<w:pageBreakBefore/>")
		d.breakPage = false
	}
	d.body.WriteString("</w:pPr>")
	for i, line := range strings.Split(text, "\n") {
		d.body.WriteString("<w:r>")
		if i > 0 {
			d.body.WriteString("<w:br/>")
		}
		d.body.WriteString(`<w:t xml:space="preserve">`)
		_ = xml.EscapeText(&d.body, []byte(line)) // a buffer takes everything
		d.body.WriteString("</w:t></w:r>")
	}
	d.body.WriteString("</w:p>")
}

// cells is a column of a table in a paper.
type cells struct {
	head  string
	width int    // its share of the table's
	style string // of its texts
}

// table appends a table; its head stands on every page, and no row is broken.
func (d *document) table(columns []cells, rows [][]string) {
	total := 0
	for _, c := range columns {
		total += c.width
	}
	d.body.WriteString(`<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/>`)
	fmt.Fprintf(&d.body, `<w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, textWidth)
	heads, styles, widths := make([]string, len(columns)), make([]string, len(columns)), make([]int, len(columns))
	for i, c := range columns {
		heads[i], styles[i], widths[i] = c.head, c.style, textWidth*c.width/total
		fmt.Fprintf(&d.body, `<w:gridCol w:w="%d"/>`, widths[i])
	}
	d.body.WriteString("</w:tblGrid>")
	d.row(heads, widths, func(int) string { return styleHead }, "<w:cantSplit/><w:tblHeader/>")
	for _, row := range rows {
		d.row(row, widths, func(i int) string { return styles[i] }, "<w:cantSplit/>")
	}
	d.body.WriteString("</w:tbl>")
}

func (d *document) row(texts []string, widths []int, style func(int) string, properties string) {
	d.body.WriteString("<w:tr><w:trPr>" + properties + "</w:trPr>")
	for i, text := range texts {
		fmt.Fprintf(&d.body, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>`, widths[i])
		d.add(style(i), text)
		d.body.WriteString("</w:tc>")
	}
	d.body.WriteString("</w:tr>")
}

const (
	documentHead = xml.Header + `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>`
	// A4 upright; margins of 37, 26, 35 and 28 mm.
	documentFoot = `<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>` +
		`<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

// save writes the paper out. Fixed times: the same text gives the same bytes.
func (d *document) save(w io.Writer) error {
	archive := zip.NewWriter(w)
	err := fs.WalkDir(documentParts, "document", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		part, err := documentParts.ReadFile(path)
		if err != nil {
			return err
		}
		return addPart(archive, strings.TrimPrefix(path, "document/"), part)
	})
	if err == nil {
		err = addPart(archive, "word/document.xml", []byte(documentHead), d.body.Bytes(), []byte(documentFoot))
	}
	if err == nil {
		err = archive.Close()
	}
	if err != nil {
		return fmt.Errorf("write document: %w", err)
	}
	return nil
}

func addPart(archive *zip.Writer, name string, texts ...[]byte) error {
	part, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2021, 5, 27, 0, 0, 0, 0, time.UTC)})
	if err != nil {
		return err
	}
	for _, text := range texts {
		if _, err := part.Write(text); err != nil {
			return err
		}
	}
	return nil
}

// tableRows are a query's rows, every value as people read it.
func tableRows(ctx context.Context, db *sql.Conn, name string, columns int) ([][]string, error) {
	var rows [][]string
	err := each(ctx, db, name, func(values []any) error {
		row := make([]string, columns)
		for i := range row {
			row[i] = text(values[i])
		}
		rows = append(rows, row)
		return nil
	})
	return rows, err
}

// chineseDay is a day as official papers write it.
func chineseDay(day time.Time) string { return day.Format("2006年1月2日") }
