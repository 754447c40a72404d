package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
)

// maxColumns and maxRows are Excel's own.
const (
	maxColumns = 16_384
	maxRows    = 1_048_576
)

// sheetReader reads the rows of one XLSX sheet. The text of a row's cells is
// gathered in one buffer and becomes one string: a string a cell would take as
// long as all the rest.
type sheetReader struct {
	book  *workbook
	row   Row
	seen  int   // number of the last row element
	last  int   // number of the last row given
	total int64 // cells so far

	cells  []Cell
	spans  []place // of a cell's text in buf, where it is not shared
	buf    []byte
	column int // of the current cell
	style  int
	kind   cellType
	value  []byte
	inline []byte
	// A formula whose result was never stored: what it would give nobody knows.
	formula       []byte
	asks, answers bool // a formula, a value stands in the cell

	inRow, inCell, phonetic bool
	unordered, stopped      bool
	err                     error
}

type place struct{ from, to int }

// cellType is the attribute t of a cell.
type cellType uint8

const (
	typeNumber cellType = iota
	typeShared
	typeInline
	typeString // out of a formula
	typeBool
	typeError
	typeDate
)

// rows gives a sheet's rows as they stand in the file, or in order of their
// numbers where they go backwards: Excel mends such a file, LibreOffice reads it.
func (b *workbook) rows(of *Sheet, ahead *survey) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r := &sheetReader{book: b}
		var err error
		switch ahead.take(); {
		case ahead.backwards:
			of.Note = "行的先后与行号不符，已按行号排列"
			err = r.sorted(ahead.part, yield)
		case ahead.repeated:
			of.Note = "有重复的行号，重复的行顺次后移"
			fallthrough
		default:
			err = r.stream(ahead.part, func() bool { return r.give(yield) })
		}
		if err == nil && !r.stopped && errors.Is(ahead.err, errHeld) {
			err = ahead.err // the merged cells are not all known
		}
		if err != nil {
			yield(Row{Number: r.row.Number}, wrap(ahead.part, unexpected(err)))
		}
	}
}

// stream reads the part and calls each at the end of every row, until it says no.
func (r *sheetReader) stream(part string, each func() bool) error {
	content, err := r.book.open(part)
	if err != nil {
		return err
	}
	defer content.Close()
	s := newScanner(content, r.book.meter.MaxCell)
	for !s.ends("sheetData") {
		if err := s.next(); err != nil {
			return err
		}
		complete := r.visit(s)
		if r.err != nil {
			return r.err
		}
		if complete {
			r.settle()
			if r.total += int64(len(r.cells)); r.total > r.book.meter.maxCells() {
				return errCells
			}
			if r.stopped = !each(); r.stopped {
				return nil
			}
		}
	}
	_, err = io.Copy(io.Discard, content) // to the end, where the ZIP's checksum is
	return err
}

// sorted gathers the rows and gives them in order. Of two with one number the
// second follows the first.
func (r *sheetReader) sorted(part string, yield func(Row, error) bool) error {
	r.unordered = true
	gathered := grid{meter: r.book.meter}
	defer func() { r.book.meter.held.Add(-int64(gathered.held)) }()
	var rows []gridRow
	var full error
	err := r.stream(part, func() bool {
		row := gridRow{number: r.row.Number, times: 1, hidden: r.row.Hidden}
		for column, c := range r.cells {
			if c != (Cell{}) {
				row.cells = append(row.cells, gridCell{column, c})
				full = errors.Join(full, gathered.hold(len(c.Text)))
			}
		}
		rows = append(rows, row)
		return full == nil
	})
	if err = errors.Join(err, full); err != nil {
		return err
	}
	slices.SortStableFunc(rows, func(a, b gridRow) int { return a.number - b.number })
	last := 0
	for _, row := range rows {
		row.number = max(row.number, last+1)
		last = row.number
		if err := gathered.add(row); err != nil {
			return err
		}
	}
	for row := range gathered.each() {
		if r.stopped = !yield(row, nil); r.stopped {
			break
		}
	}
	return nil
}

// visit takes one tag in and says whether a row is complete.
func (r *sheetReader) visit(s *scanner) bool {
	switch string(s.name) {
	case "c":
		if !s.ending {
			r.startCell(s)
		}
		if r.inCell && (s.ending || s.closed) {
			r.endCell()
		}
	case "f":
		if r.asks = r.inCell; s.ending {
			r.formula = unescape(r.formula[:0], s.text)
		}
	case "v":
		if r.answers = true; s.ending {
			r.value = unescape(r.value[:0], s.text)
		}
	case "row":
		if !s.ending {
			r.startRow(s)
		}
		if r.inRow && (s.ending || s.closed) {
			r.inRow = false
			return true
		}
	case "rPh":
		r.phonetic = !s.ending && !s.closed
	case "t":
		if s.ending && !r.phonetic {
			if r.inline = unescape(r.inline, s.text); len(r.inline) > r.book.meter.MaxCell {
				r.err = errTextSize
			}
		}
	}
	return false
}

func (r *sheetReader) startRow(s *scanner) {
	number, hidden := 0, false
	for {
		key, value, ok := s.attribute()
		if !ok {
			break
		}
		switch string(key) {
		case "r":
			number, _ = strconv.Atoi(string(value))
		case "hidden":
			hidden = truth(string(value))
		}
	}
	if number <= 0 || number > maxRows || number <= r.seen && !r.unordered {
		number = r.seen + 1 // missing, impossible or taken: the next one
	}
	r.seen = number
	r.row = Row{Number: number, Hidden: hidden}
	r.cells, r.spans, r.buf = r.cells[:0], r.spans[:0], r.buf[:0]
	r.column = -1
	r.inRow, r.inCell = true, false
}

func (r *sheetReader) startCell(s *scanner) {
	r.value, r.inline, r.formula = r.value[:0], r.inline[:0], r.formula[:0]
	r.asks, r.answers = false, false
	r.style, r.kind = -1, typeNumber
	r.inCell = true
	column, placed := 0, false
	for {
		key, value, ok := s.attribute()
		if !ok {
			break
		}
		switch string(key) {
		case "r":
			column, placed = columnOf(value)
		case "s":
			r.style, _ = strconv.Atoi(string(value))
		case "t":
			r.kind = typeOf(value)
		}
	}
	if !placed || column < len(r.cells) && r.cells[column].Kind != Blank {
		column = r.column + 1
	}
	if r.column = column; column >= maxColumns {
		r.err = fmt.Errorf("column %d: more than a sheet has", column+1)
	}
	if !r.inRow {
		r.err = errors.New("a cell stands in no row")
	}
}

func typeOf(value []byte) cellType {
	switch string(value) {
	case "s":
		return typeShared
	case "inlineStr":
		return typeInline
	case "str":
		return typeString
	case "b":
		return typeBool
	case "e":
		return typeError
	case "d":
		return typeDate
	}
	return typeNumber
}

// endCell stores the cell, unless it is a blank one that only carries a format.
func (r *sheetReader) endCell() {
	r.inCell = false
	cell, text := r.cell()
	if r.err != nil || cell == (Cell{}) && len(text) == 0 {
		return
	}
	for len(r.cells) <= r.column {
		r.cells = append(r.cells, Cell{})
		r.spans = append(r.spans, place{})
	}
	cell.Struck = cell.Struck || styleOf(r.book.styles, r.style).struck
	from := len(r.buf)
	r.buf = append(r.buf, text...)
	r.cells[r.column], r.spans[r.column] = cell, place{from, len(r.buf)}
}

// cell gives the current cell, and its text apart where that is to be gathered.
func (r *sheetReader) cell() (Cell, []byte) {
	if r.asks && len(r.inline) == 0 && (!r.answers || r.kind != typeString && len(bytes.TrimSpace(r.value)) == 0) { // some write <v/> for what they did not reckon
		return Cell{Kind: Error}, append([]byte("="), r.formula...)
	}
	switch r.kind {
	case typeShared:
		if len(r.value) == 0 {
			return Cell{}, nil
		}
		i, err := strconv.Atoi(string(bytes.TrimSpace(r.value)))
		if err != nil || i < 0 || i >= len(r.book.shared) {
			r.err = errors.New("find shared string: the workbook has no such text")
			return Cell{}, nil
		}
		cell := textCell(r.book.shared[i])
		cell.Struck = len(r.book.lined) > 0 && r.book.lined[i]
		return cell, nil
	case typeInline:
		return Cell{Kind: Text}, r.inline
	case typeString:
		return Cell{Kind: Text}, r.value
	case typeBool:
		return Cell{Text: strings.ToUpper(strconv.FormatBool(truth(string(r.value)))), Kind: Bool}, nil
	case typeError:
		return Cell{Kind: Error}, r.value
	case typeDate:
		return isoDate(string(r.value)), nil
	}
	if len(bytes.TrimSpace(r.value)) == 0 {
		return Cell{Kind: Text}, r.inline // some writers leave t="inlineStr" out
	}
	if styleOf(r.book.styles, r.style).date {
		if cell, ok := serialDate(string(r.value), r.book.date1904); ok {
			return cell, nil
		}
	}
	for _, c := range r.value {
		if c < '0' || c > '9' {
			return cellOf(plainNumber(string(r.value)), Number), nil
		}
	}
	return Cell{Kind: Number}, r.value
}

// give yields the rows that the file left out as blank, then the row itself. A
// row of formats alone is one of them, if another follows.
func (r *sheetReader) give(yield func(Row, error) bool) bool {
	if len(r.cells) == 0 {
		return true
	}
	for n := r.last + 1; n < r.row.Number; n++ {
		if !yield(Row{Number: n}, nil) {
			return false
		}
	}
	r.last = r.row.Number
	r.row.Cells = r.cells
	return yield(r.row, nil)
}

// settle makes the gathered text strings.
func (r *sheetReader) settle() {
	escaped := bytes.Contains(r.buf, []byte("_x"))
	all := string(r.buf)
	last := -1
	for i := range r.cells {
		c := &r.cells[i]
		struck := c.Struck
		if span := r.spans[i]; span.to > span.from {
			text := all[span.from:span.to]
			if c.Kind == Error {
				*c = cellOf(text, Error)
			} else if c.Kind != Text {
				c.Text = text
			} else if escaped {
				*c = textCell(unescapeUnderscore(text))
			} else {
				*c = textCell(text)
			}
		} else if c.Text == "" {
			*c = Cell{}
		}
		c.Struck = struck && c.Kind != Blank
		if *c != (Cell{}) {
			last = i
		}
	}
	r.cells = r.cells[:last+1]
}

// columnOf reads the column of a reference such as AB12, from 0.
func columnOf(ref []byte) (int, bool) {
	n := 0
	for _, c := range ref {
		if c &^= 0x20; c < 'A' || c > 'Z' {
			break
		}
		if n = n*26 + int(c-'A') + 1; n > maxColumns {
			return n - 1, true // startCell refuses it
		}
	}
	return n - 1, n > 0
}

// unescapeUnderscore undoes Excel's _x000D_ for characters that XML cannot hold.
func unescapeUnderscore(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			out.WriteString(s)
			return out.String()
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			out.WriteString(s[:i+2])
			s = s[i+2:]
			continue
		}
		out.WriteString(s[:i])
		out.WriteRune(rune(n))
		s = s[i+7:]
	}
}
