package table

import (
	"errors"
	"io"
	"iter"
	"strconv"
	"strings"
)

// maxColumns and maxRows are Excel's own.
const (
	maxColumns = 16_384
	maxRows    = 1_048_576
)

// sheetReader reads the rows of one XLSX sheet.
type sheetReader struct {
	book  *workbook
	part  string
	cells []Cell
	last  int // number of the last row given

	row     Row
	column  int // of the current cell
	style   int
	kind    string // attribute t of the current cell
	value   string
	inline  strings.Builder
	phonets bool
}

func (b *workbook) rows(part string) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		r, err := b.open(part)
		if err != nil {
			yield(Row{}, err)
			return
		}
		defer r.Close()
		s := newScanner(r, b.lim.MaxCell)
		reader := &sheetReader{book: b, part: part}
		for {
			err := s.next()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{Number: reader.last}, wrap(part, err))
				return
			}
			if complete := reader.visit(s); complete && !reader.give(yield) {
				return
			}
			if s.ends("sheetData") {
				return
			}
		}
	}
}

// visit takes one tag in and says whether a row is complete.
func (r *sheetReader) visit(s *scanner) bool {
	switch string(s.name) {
	case "row":
		if !s.end {
			r.startRow(s)
		}
		return s.end || s.closed
	case "c":
		if !s.end {
			r.startCell(s)
		}
		if s.end || s.closed {
			r.endCell()
		}
	case "v":
		if s.end {
			r.value = s.chars()
		}
	case "rPh":
		r.phonets = !s.end && !s.closed
	case "t":
		if s.end && !r.phonets {
			r.inline.WriteString(s.chars())
		}
	}
	return false
}

func (r *sheetReader) startRow(s *scanner) {
	number, err := strconv.Atoi(s.attr("r"))
	if err != nil || number <= r.last || number > maxRows {
		number = r.last + 1 // missing or impossible: the next one
	}
	r.cells = r.cells[:0]
	r.column = -1
	r.row = Row{Number: number, Hidden: truth(s.attr("hidden"))}
}

func (r *sheetReader) startCell(s *scanner) {
	column, ok := columnOf(s.attr("r"))
	if !ok || column <= r.column && len(r.cells) > column {
		column = r.column + 1
	}
	r.column = min(column, maxColumns-1)
	r.style, _ = strconv.Atoi(s.attr("s"))
	r.kind, r.value = s.attr("t"), ""
	r.inline.Reset()
}

func (r *sheetReader) endCell() {
	cell := r.cell()
	if cell.Kind == Blank && cell.Text == "" {
		return
	}
	for len(r.cells) <= r.column {
		r.cells = append(r.cells, Cell{})
	}
	r.cells[r.column] = cell
}

func (r *sheetReader) cell() Cell {
	switch r.kind {
	case "s":
		if i, err := strconv.Atoi(strings.TrimSpace(r.value)); err == nil && i >= 0 && i < len(r.book.shared) {
			return textCell(r.book.shared[i])
		}
		return Cell{}
	case "inlineStr":
		return textCell(unescapeUnderscore(r.inline.String()))
	case "str":
		return textCell(unescapeUnderscore(r.value))
	case "b":
		if truth(r.value) {
			return Cell{"TRUE", Bool}
		}
		return Cell{"FALSE", Bool}
	case "e":
		return Cell{r.value, Error}
	case "d":
		return isoDate(r.value)
	}
	if strings.TrimSpace(r.value) == "" {
		return Cell{}
	}
	if r.style >= 0 && r.style < len(r.book.dates) && r.book.dates[r.style] {
		if cell, ok := serialDate(r.value, r.book.date1904); ok {
			return cell
		}
	}
	return Cell{plainNumber(r.value), Number}
}

// give yields the rows that the file left out as blank, then the row itself.
func (r *sheetReader) give(yield func(Row, error) bool) bool {
	if len(r.cells) == 0 {
		return true // a formatted blank row; given with the next one
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

// columnOf reads the column of a reference such as AB12, from 0.
func columnOf(ref string) (int, bool) {
	n := 0
	for i := 0; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			return n - 1, n > 0
		}
		if n = n*26 + int(c-'A') + 1; n > maxColumns {
			return 0, false
		}
	}
	return n - 1, n > 0
}

func parseRange(ref string) (Range, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		to = from
	}
	row0, col0, ok0 := parseRef(from)
	row1, col1, ok1 := parseRef(to)
	return Range{row0, col0, row1, col1}, ok0 && ok1
}

func parseRef(ref string) (row, column int, ok bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	column, ok = columnOf(ref)
	row, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
	return row, column, ok && err == nil
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
