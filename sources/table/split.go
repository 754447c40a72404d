package table

import (
	"fmt"
	"strings"
)

// splitter cuts text into records. It is here because encoding/csv, lenient or
// not, takes a quote that nobody closed as the start of a field that goes on
// through all rows to the next quote: those rows would be lost without a word.
type splitter struct {
	text   string
	comma  byte
	commas int // delimiters on a usual line
	max    int // bytes of a cell

	at    int // in text
	line  int // on which at stands
	cells []Cell
}

// rows gives the records; blank lines between them are blank rows.
func (s *splitter) rows(yield func(Row, error) bool) {
	s.at, s.line = 0, 1
	blank := 0 // lines not given yet
	for s.at < len(s.text) {
		line := s.line
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
		if !yield(Row{Number: line, Cells: s.cells}, nil) {
			return
		}
	}
}

// record reads one record and the line end behind it.
func (s *splitter) record() error {
	s.cells = s.cells[:0]
	for {
		field := s.field()
		if len(field) > s.max {
			return fmt.Errorf("cell of %d bytes", len(field))
		}
		s.cells = append(s.cells, textCell(keptAsText(field)))
		if s.at < len(s.text) && s.text[s.at] == s.comma {
			s.at++
			continue
		}
		s.endLine()
		return nil
	}
}

// endLine passes over \n, \r\n or the lone \r of old Mac exports.
func (s *splitter) endLine() {
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
	if s.at < len(s.text) && s.text[s.at] == '"' {
		if field, ok := s.quoted(); ok {
			return field
		}
		s.at++ // stray: the quote is nobody's
	}
	start := s.at
	for s.at < len(s.text) && !s.ends(s.at) {
		s.at++
	}
	return s.text[start:s.at]
}

// ends says that a field ends at i.
func (s *splitter) ends(i int) bool {
	return i == len(s.text) || s.text[i] == s.comma || s.text[i] == '\n' || s.text[i] == '\r'
}

// quoted reads a quoted field. Quotes that somebody forgot to double belong to
// it as long as it closes on the same line.
func (s *splitter) quoted() (string, bool) {
	start := s.at + 1
	limit := min(len(s.text), start+s.max)
	sloppy := false
	for i := start; i < limit; i++ {
		switch c := s.text[i]; {
		case sloppy && (c == '\n' || c == '\r'):
			return "", false
		case c != '"':
		case s.ends(i + 1):
			return s.take(start, i)
		case s.text[i+1] == '"':
			i++
		case strings.ContainsAny(s.text[start:i], "\r\n"):
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
		s.line += strings.Count(field, "\n")
	}
	s.at = end + 1
	return strings.ReplaceAll(field, `""`, `"`), true
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
	return counts[len(lines)-1]+countOutsideQuotes(rest, s.comma) == s.commas
}

// keptAsText undoes ="130890…", by which a CSV makes Excel keep digits as text.
func keptAsText(field string) string {
	if len(field) > 3 && strings.HasPrefix(field, `="`) && strings.HasSuffix(field, `"`) {
		return strings.ReplaceAll(field[2:len(field)-1], `""`, `"`)
	}
	return field
}

// delimiter picks the one that splits the first lines most evenly: the
// candidate whose most frequent count over the lines is largest. It gives that
// count too.
func delimiter(text string) (comma byte, count int) {
	comma = ','
	best := 0
	for _, candidate := range []byte{',', '\t', ';', '|'} {
		tally := map[int]int{}
		lines := 0
		for line := range strings.SplitAfterSeq(text, lineEnd(text)) {
			if lines++; lines > 200 {
				break
			}
			if n := countOutsideQuotes(line, candidate); n > 0 {
				tally[n]++
			}
		}
		for n, times := range tally {
			if score := n * times; score > best || score == best && comma == candidate && n > count {
				comma, count, best = candidate, n, score
			}
		}
	}
	return comma, count
}

// lineEnd is the character that ends lines in this text.
func lineEnd(text string) string {
	if strings.IndexByte(text, '\n') >= 0 {
		return "\n"
	}
	return "\r"
}

func countOutsideQuotes(line string, c byte) int {
	n, quoted := 0, false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == c && !quoted:
			n++
		}
	}
	return n
}
