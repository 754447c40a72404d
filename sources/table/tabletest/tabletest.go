// Package tabletest writes tables in every format that package table reads, for
// tests. A cell is written so that package table gives it back as it is, as far as
// the format can say it: a text or HTML file knows text alone, Excel 95 no merged
// cells.
//
// Files are as small as the format allows and the same every time. What Excel,
// LibreOffice or WPS put around the cells is left out; a test that needs a part
// to be otherwise changes it with Repack.
package tabletest

import (
	"fmt"
	"time"

	"hedui/sources/table"
)

// Book is a workbook.
type Book struct {
	Sheets   []Sheet
	Date1904 bool // days are counted from 1904; XLSX and XLS only
}

// Sheet is one sheet. Its rows are numbered from 1; a row without cells is blank.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []Row
	Merges []table.Range // covered cells are to be blank
}

// Row is one row of cells.
type Row struct {
	Hidden bool
	Cells  []table.Cell
}

// Texts makes a row of text cells; an empty text is a blank cell.
func Texts(texts ...string) Row {
	var row Row
	for _, text := range texts {
		row.Cells = append(row.Cells, Text(text))
	}
	return row
}

// Text is a text cell, blank if it is empty.
func Text(text string) table.Cell {
	if text == "" {
		return table.Cell{}
	}
	return table.Cell{Text: text, Kind: table.Text}
}

// Struck is the cell with a line through it.
func Struck(c table.Cell) table.Cell {
	c.Struck = c.Kind != table.Blank
	return c
}

// Number is a number cell of the stored digits.
func Number(digits string) table.Cell { return table.Cell{Text: digits, Kind: table.Number} }

// Date is a date cell: 2006-01-02, or with the time of day behind it.
func Date(day string) table.Cell { return table.Cell{Text: day, Kind: table.Date} }

// Bool is a cell that holds TRUE or FALSE.
func Bool(truth bool) table.Cell {
	if truth {
		return table.Cell{Text: "TRUE", Kind: table.Bool}
	}
	return table.Cell{Text: "FALSE", Kind: table.Bool}
}

// at gives a cell of the row, blank behind its end.
func (r Row) at(column int) table.Cell {
	if column < len(r.Cells) {
		return r.Cells[column]
	}
	return table.Cell{}
}

// width is how many cells the longest row has.
func (s Sheet) width() int {
	width := 0
	for _, row := range s.Rows {
		width = max(width, len(row.Cells))
	}
	return width
}

// span gives the size of the merged range that begins at a place (1 by 1 without
// one), and whether the place is covered by one that begins elsewhere.
func (s Sheet) span(row, column int) (height, width int, covered bool) {
	for _, m := range s.Merges {
		switch {
		case row < m.Row0 || row > m.Row1 || column < m.Col0 || column > m.Col1:
		case row == m.Row0 && column == m.Col0:
			return m.Row1 - m.Row0 + 1, m.Col1 - m.Col0 + 1, false
		default:
			return 1, 1, true
		}
	}
	return 1, 1, false
}

// moment reads a date cell.
func moment(c table.Cell) time.Time {
	for _, layout := range []string{time.DateOnly, time.DateTime} {
		if at, err := time.Parse(layout, c.Text); err == nil {
			return at
		}
	}
	panic(fmt.Sprintf("date cell %q", c.Text))
}

// serial is a date as workbooks store it: days since the last but one of 1899
// (right from March 1900 on), or since the first of 1904.
func (b Book) serial(c table.Cell) float64 {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	if b.Date1904 {
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return moment(c).Sub(epoch).Hours() / 24
}

// must stops a test whose file cannot be made: it asks for the impossible.
func must(err error) {
	if err != nil {
		panic(err)
	}
}
