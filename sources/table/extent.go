package table

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Extent is where a sheet's table stands, told by its shape alone: for any table,
// roster or not. What the rows mean plays no part in it.
type Extent struct {
	First, Last int   // the table's rows; 0 for a sheet without one
	Width       int   // cells of a usual row
	Aside       []int // in order, rows with something in them that are no part of it: titles, remarks, comments, footnotes
}

// Holds says that a row, by its number, is one of the table's or a blank one within it.
func (e Extent) Holds(row int) bool {
	_, aside := slices.BinarySearch(e.Aside, row)
	return row >= e.First && row <= e.Last && !aside
}

// shape is what Extent remembers of a row.
type shape struct {
	number  int
	width   int  // cells: in a text file with the blank ones at the end, else up to the last filled one
	filled  int  // cells that are not blank
	first   rune // of the first filled cell
	leading bool // the first cell is filled
	label   bool // texts alone, none of them with a digit or a colon
}

// Extent reads the sheet through and finds its table. An error is one of Rows.
func (s *Sheet) Extent() (Extent, error) {
	var rows []shape
	for row, err := range s.Rows() {
		if err != nil {
			return Extent{}, err
		}
		if sh := s.shapeOf(row); sh.filled > 0 || sh.width > 1 {
			rows = append(rows, sh)
		}
	}
	e := Extent{Width: usualWidth(rows)}
	first := slices.IndexFunc(rows, e.surelyHolds)
	if first < 0 {
		e.Aside = numbers(rows)
		return e, nil
	}
	if first > 0 && rows[first-1].heads(rows[first]) && !rows[first-1].comments(e) {
		first--
	}
	last := len(rows) - 1
	for last > first && e.foots(rows[last]) {
		last--
	}
	e.First, e.Last = rows[first].number, rows[last].number
	for i, r := range rows {
		if r.filled > 0 && (i < first || i > last || r.comments(e)) {
			e.Aside = append(e.Aside, r.number)
		}
	}
	return e, nil
}

func (s *Sheet) shapeOf(row Row) shape {
	sh := shape{number: row.Number, label: true}
	for i, c := range row.Cells {
		if c.Kind == Blank {
			continue
		}
		if sh.filled++; sh.filled == 1 {
			sh.first, _ = utf8.DecodeRuneInString(strings.TrimSpace(c.Text)) // an error cell may hold no text
			sh.leading = i == 0
		}
		sh.width = i + 1
		sh.label = sh.label && !strings.ContainsFunc(c.Text, func(r rune) bool { return unicode.IsDigit(r) || r == ':' || r == '：' })
	}
	if s.text { // delimiters say how wide a text file's row is
		sh.width = len(row.Cells)
	}
	return sh
}

// usualWidth is the width of the rows that hold most cells together: a few lines of
// words above a short table do not outvote it.
func usualWidth(rows []shape) int {
	tally := map[int]int{}
	most := 0
	for _, r := range rows {
		if r.filled > 0 {
			tally[r.width]++
		}
	}
	for width, n := range tally {
		if cells := n * width; cells > tally[most]*most || cells == tally[most]*most && width > most {
			most = width
		}
	}
	return most
}

// surelyHolds says that a row is the table's: half as full as it is wide at least.
func (e Extent) surelyHolds(r shape) bool {
	return r.filled > 0 && r.filled*2 >= e.Width && !r.comments(e)
}

// heads says that a row is the upper one of a header in two rows: labels over
// some of the columns.
func (r shape) heads(below shape) bool {
	return r.filled >= 2 && r.label && below.label && r.number == below.number-1
}

// foots says that a row behind the table is a remark: one cell in front, and nothing beside it.
func (e Extent) foots(r shape) bool {
	return r.filled == 0 || e.Width >= 3 && r.filled == 1 && r.leading && !unicode.IsDigit(r.first) || r.comments(e)
}

// comments says that a row is a comment: # before one cell, or before a row of another width.
func (r shape) comments(e Extent) bool {
	return r.first == '#' && r.leading && (r.filled == 1 && e.Width > 1 || r.width != e.Width)
}

func numbers(rows []shape) []int {
	var all []int
	for _, r := range rows {
		if r.filled > 0 {
			all = append(all, r.number)
		}
	}
	return all
}
