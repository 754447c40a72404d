package table

import (
	"fmt"
	"strings"
)

// splitter cuts text into records. It is here because encoding/csv, lenient or
// not, takes a quote that nobody closed as the start of a field that goes on
// through all rows to the next quote: those rows would be lost without a word.
type splitter struct {
	text string
	more *pieces // of the text, not decoded yet; nil: none
	dialect
	max int // bytes of a cell

	nul   bool // there are NULs in the text
	open  bool // no line end stood behind the last record
	whole int  // records that are as wide as a usual line, or wider
	short int  // cells of the narrowest one among them, single cells aside; 0: all are as wide
	at    int  // in text
	line  int  // which record begins at at, as a spreadsheet numbers it: a quoted line break is the cell's
	cells []Cell
}

// rows gives the records; blank lines between them are blank rows.
func (s *splitter) rows(yield func(Row, error) bool) {
	s.at, s.line, s.whole, s.short = 0, 1, 0, 0
	s.nul = strings.IndexByte(s.text, 0) >= 0
	if err := s.refill(); err != nil { // of a long text there is nothing yet
		yield(Row{Number: s.line}, err)
		return
	}
	if _, length, ok := declared(s.text); ok { // a word to Excel, no row
		s.at = length
	}
	blank := 0 // lines not given yet
	for {
		line := s.line
		if err := s.refill(); err != nil {
			yield(Row{Number: line}, err)
			return
		}
		if s.at >= len(s.text) {
			return
		}
		if err := s.record(); err != nil {
			yield(Row{Number: line}, tooLarge(err))
			return
		}
		if len(s.cells) == 1 && s.cells[0].Text == "" {
			blank++
			continue
		}
		for ; blank > 0; blank-- {
			if !yield(Row{Number: line - blank}, nil) {
				return
			}
		}
		if !yield(Row{Number: line, Torn: s.torn(), Cells: s.cells}, nil) {
			return
		}
	}
}

// torn says of a record, before it counts it, that the text seems to end in the midst of it: no
// line end stands behind it, and it is narrower than any of several records before. What a
// writer leaves out of a line, an empty last cell, it leaves out of others too.
func (s *splitter) torn() bool {
	narrow := len(s.cells) <= s.commas
	torn := s.open && narrow && len(s.cells) > 1 && s.whole > 3 && (s.short == 0 || len(s.cells) < s.short)
	switch {
	case !narrow:
		s.whole++
	case len(s.cells) > 1 && s.whole > 0 && (s.short == 0 || len(s.cells) < s.short):
		s.short = len(s.cells)
	}
	return torn
}

// refill decodes more of the text where what is left of it may end within the next
// record: a quoted cell goes on over lines.
func (s *splitter) refill() error {
	for !s.more.done() && len(s.text)-s.at < 4*s.max {
		piece, err := s.more.next()
		if err != nil {
			return err
		}
		if s.text, s.at = s.text[s.at:]+piece, 0; s.more.done() {
			s.text = trimEnding(s.text)
		}
		s.nul = s.nul || strings.IndexByte(piece, 0) >= 0
	}
	return nil
}

// record reads one record and the line end behind it.
func (s *splitter) record() error {
	s.cells = s.cells[:0]
	for {
		field := s.field()
		if len(field) > s.max {
			return fmt.Errorf("cell of %d bytes", len(field))
		}
		s.cells = append(s.cells, s.cell(keptAsText(field)))
		if s.at < len(s.text) && s.text[s.at] == s.comma {
			s.at++
			if s.padded && s.at < len(s.text) && s.text[s.at] == ' ' {
				s.at++
			}
			continue
		}
		s.endLine()
		return nil
	}
}

// cell makes a cell of a field, as textCell does; that the text is valid was seen
// to as a whole.
func (s *splitter) cell(field string) Cell {
	switch {
	case s.nul:
		return textCell(field)
	case strings.TrimSpace(field) == "":
		return Cell{Text: field}
	}
	return Cell{Text: field, Kind: Text}
}

// endLine passes over \n, \r\n or the lone \r of old Mac exports.
func (s *splitter) endLine() {
	s.open = s.at >= len(s.text)
	if strings.HasPrefix(s.text[s.at:], "\r\n") {
		s.at++
	}
	if s.at < len(s.text) {
		s.at++
		s.line++
	}
}

// field reads one field and stops at the delimiter or line end behind it.
func (s *splitter) field() string {
	start := s.at
	if s.at < len(s.text) && s.text[s.at] == s.quote {
		if field, ok := s.quoted(); ok {
			return field
		}
		s.at++ // stray: it belongs to the text
	}
	for s.at < len(s.text) && !s.ends(s.at) {
		s.at++
	}
	return s.text[start:s.at]
}

// ends says that a field ends at i.
func (s *splitter) ends(i int) bool {
	return i >= len(s.text) || s.text[i] == s.comma || s.text[i] == '\n' || s.text[i] == '\r'
}

// begins says that i is the first place of a field behind a delimiter.
func (s *splitter) begins(i int) bool {
	if s.padded && s.text[i-1] == ' ' {
		i--
	}
	return s.text[i-1] == s.comma
}

// quoted reads a quoted field. Quotes that somebody forgot to double belong to
// it as long as it closes on the same line and before the next quoted field.
func (s *splitter) quoted() (string, bool) {
	start := s.at + 1
	limit := min(len(s.text), start+s.max)
	sloppy := false
	for i := start; i < limit; i++ {
		switch c := s.text[i]; {
		case s.escapes && c == s.escape && i+1 < len(s.text) && s.text[i+1] == s.quote && !s.ends(i+2):
			i++ // in front of a quote that ends the cell it is the text's own
		case sloppy && (c == '\n' || c == '\r'):
			return "", false
		case c != s.quote:
		case s.ends(i + 1):
			return s.take(start, i)
		case s.bare && s.text[i+1] == s.quote && s.ends(i+2):
			return s.take(start, i+1)
		case s.text[i+1] == s.quote:
			i++
		case i > start && s.begins(i) || strings.ContainsAny(s.text[start:i], "\r\n"):
			return "", false
		default:
			sloppy = true
		}
	}
	return "", false
}

// take accepts the quoted field between start and end, unless it has taken
// whole records in.
func (s *splitter) take(start, end int) (string, bool) {
	field := s.text[start:end]
	if strings.ContainsAny(field, "\r\n") {
		field = strings.ReplaceAll(strings.ReplaceAll(field, "\r\n", "\n"), "\r", "\n")
		if s.swallows(field, s.text[end+1:]) {
			return "", false
		}
	}
	s.at = end + 1
	return s.plain(field), true
}

// plain undoes what lets a quote stand in a quoted field.
func (s *splitter) plain(field string) string {
	quote := string(rune(s.quote))
	if strings.Contains(field, quote) {
		if s.escapes {
			field = strings.ReplaceAll(field, string([]byte{s.escape, s.quote}), quote)
		}
		field = strings.ReplaceAll(field, quote+quote, quote)
	}
	return field
}

// swallows says that the lines of a quoted field are records: one of them is as
// wide as a usual line, or the first completes the record in which the field
// stands and the last, with the rest behind the quote, is a whole one. Two
// columns are too few to tell by.
func (s *splitter) swallows(field, behind string) bool {
	if s.commas < 2 {
		return false
	}
	lines := strings.Split(field, "\n")
	counts := make([]int, len(lines))
	for i, line := range lines {
		counts[i] = strings.Count(line, string(rune(s.comma)))
		if i > 0 && counts[i] >= s.commas {
			return true
		}
	}
	if len(s.cells)+counts[0] != s.commas || counts[0] == 0 {
		return false
	}
	rest := behind
	if end := strings.IndexAny(behind, "\r\n"); end >= 0 {
		rest = behind[:end]
	}
	return counts[len(lines)-1]+countOutsideQuotes(rest, s.comma, s.quote) == s.commas
}

// keptAsText undoes ="130890…", by which a CSV makes Excel keep digits as text.
func keptAsText(field string) string {
	if len(field) > 3 && strings.HasPrefix(field, `="`) && strings.HasSuffix(field, `"`) {
		return strings.ReplaceAll(field[2:len(field)-1], `""`, `"`)
	}
	return field
}

func countOutsideQuotes(line string, c, quote byte) int {
	n, quoted := 0, false
	for i := range len(line) {
		switch {
		case line[i] == quote:
			quoted = !quoted
		case line[i] == c && !quoted:
			n++
		}
	}
	return n
}
