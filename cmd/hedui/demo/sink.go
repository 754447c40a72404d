package demo

import (
	"bufio"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// sink takes a file's rows as they come and keeps none.
type sink interface {
	sheet(name string, hidden bool) error
	row(cells []cell, hidden bool) error
	close() error
}

// open creates the file of a layout.
func (l layout) open(path string) (sink, error) {
	if l.format == "xlsx" {
		return newWorkbook(path)
	}
	file, err := os.Create(path)
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", path, err)
	}
	t := &textFile{file: file, closers: []io.Closer{file}, comma: l.comma}
	var out io.Writer = file
	var encoded *transform.Writer
	switch l.encoding {
	case "gb18030":
		encoded = transform.NewWriter(file, simplifiedchinese.GB18030.NewEncoder())
	case "utf-16":
		encoded = transform.NewWriter(file, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder())
	}
	if encoded != nil {
		out = encoded
		t.closers = []io.Closer{encoded, file}
	}
	t.Writer = bufio.NewWriterSize(out, 1<<16)
	if l.encoding == "bom" {
		t.WriteString("\ufeff")
	}
	if l.format == "html" {
		return newWebPage(t), nil
	}
	return t, nil
}

// textFile is a table of separated values. Errors of its writer are kept by it
// and come out of close.
type textFile struct {
	*bufio.Writer
	file    *os.File
	closers []io.Closer
	comma   rune
}

func (t *textFile) sheet(string, bool) error { return nil }

// row writes the cells. Systems that separate by other than commas leave out
// empty cells at a row's end, which makes ragged rows.
func (t *textFile) row(cells []cell, _ bool) error {
	last := len(cells)
	if t.comma != ',' {
		for last > 1 && cells[last-1].text == "" {
			last--
		}
	}
	for i, c := range cells[:last] {
		if i > 0 {
			t.WriteRune(t.comma)
		}
		t.field(c.text)
	}
	_, err := t.WriteString("\r\n")
	return err
}

func (t *textFile) field(s string) {
	if !strings.ContainsAny(s, "\"\r\n") && !strings.ContainsRune(s, t.comma) {
		t.WriteString(s)
		return
	}
	t.WriteByte('"')
	t.WriteString(strings.ReplaceAll(s, `"`, `""`))
	t.WriteByte('"')
}

func (t *textFile) close() error {
	errs := []error{t.Flush()}
	for _, c := range t.closers {
		errs = append(errs, c.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("write %s: %w", t.file.Name(), err)
	}
	return nil
}

// webPage is a table in HTML, which spreadsheets open under the name .xls.
type webPage struct{ *textFile }

func newWebPage(t *textFile) webPage {
	t.WriteString("<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\">\r\n<head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">" +
		"<style>td{mso-number-format:\"\\@\"}</style></head>\r\n<body><table border=\"1\">\r\n")
	return webPage{t}
}

func (w webPage) row(cells []cell, _ bool) error {
	w.WriteString("<tr>")
	for _, c := range cells {
		if c.covered {
			continue
		}
		w.WriteString("<td")
		if c.across > 1 {
			w.WriteString(` colspan="` + strconv.Itoa(c.across) + `"`)
		}
		if c.down > 1 {
			w.WriteString(` rowspan="` + strconv.Itoa(c.down) + `"`)
		}
		w.WriteByte('>')
		w.text(c.text)
		w.WriteString("</td>")
	}
	_, err := w.WriteString("</tr>\r\n")
	return err
}

// text writes characters outside the BMP as references, as old systems do.
func (w webPage) text(s string) {
	if s == "" {
		w.WriteString("&nbsp;")
		return
	}
	for _, r := range html.EscapeString(s) {
		switch {
		case r == '\n':
			w.WriteString("<br>")
		case r > 0xffff:
			fmt.Fprintf(w, "&#x%X;", r)
		default:
			w.WriteRune(r)
		}
	}
}

func (w webPage) close() error {
	w.WriteString("</table></body></html>\r\n")
	return w.textFile.close()
}

// workbook is an XLSX file, written sheet after sheet.
type workbook struct {
	path    string
	file    *excelize.File
	out     *excelize.StreamWriter
	sheets  int
	line    int
	dateFmt int
	values  []any
}

func newWorkbook(path string) (*workbook, error) {
	w := &workbook{path: path, file: excelize.NewFile().SetZipWriter(newSortedZip)}
	// Fixed properties: excelize would put its own author's name.
	const made = "2021-05-01T08:00:00Z"
	err := w.file.SetDocProps(&excelize.DocProperties{Creator: districtName, LastModifiedBy: districtName, Created: made, Modified: made})
	if err == nil {
		w.dateFmt, err = w.file.NewStyle(&excelize.Style{NumFmt: 14})
	}
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", path, err)
	}
	return w, nil
}

func (w *workbook) sheet(name string, hidden bool) error {
	if err := w.flush(); err != nil {
		return err
	}
	var err error
	if w.sheets++; w.sheets == 1 {
		err = w.file.SetSheetName("Sheet1", name)
	} else {
		_, err = w.file.NewSheet(name)
	}
	if err == nil && hidden {
		err = w.file.SetSheetVisible(name, false)
	}
	if err != nil {
		return fmt.Errorf("write %s: make sheet: %w", w.path, err)
	}
	if w.out, err = w.file.NewStreamWriter(name); err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	w.line = 0
	return nil
}

func (w *workbook) row(cells []cell, hidden bool) error {
	w.line++
	w.values = w.values[:0]
	for i, c := range cells {
		w.values = append(w.values, w.value(c))
		if c.across > 1 || c.down > 1 {
			from, _ := excelize.CoordinatesToCellName(i+1, w.line)
			to, _ := excelize.CoordinatesToCellName(i+max(1, c.across), w.line+max(1, c.down)-1)
			if err := w.out.MergeCell(from, to); err != nil {
				return fmt.Errorf("write %s: merge cells: %w", w.path, err)
			}
		}
	}
	at, err := excelize.CoordinatesToCellName(1, w.line)
	if err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	if err := w.out.SetRow(at, w.values, excelize.RowOpts{Hidden: hidden}); err != nil {
		return fmt.Errorf("write %s, row %d: %w", w.path, w.line, err)
	}
	return nil
}

func (w *workbook) value(c cell) any {
	if c.text == "" || c.covered {
		return nil
	}
	if c.as == text {
		return c.text
	}
	number, err := strconv.ParseFloat(c.text, 64)
	if err != nil || !utf8.ValidString(c.text) {
		return c.text
	}
	if c.as == dated {
		return excelize.Cell{StyleID: w.dateFmt, Value: number}
	}
	return number
}

func (w *workbook) flush() error {
	if w.out == nil {
		return nil
	}
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	w.out = nil
	return nil
}

func (w *workbook) close() error {
	err := w.flush()
	file, created := os.Create(w.path)
	if created != nil {
		return errors.Join(err, fmt.Errorf("create %s: %w", w.path, created))
	}
	// Write, not SaveAs: that one refuses an XLSX under the name .xls.
	if err = errors.Join(err, w.file.Write(file), file.Close(), w.file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", w.path, err)
	}
	return nil
}
