package table

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
)

// survey finds out, in one pass ahead of reading, what an XLSX sheet tells too
// late or nowhere: its merged cells stand behind all rows, and its rows may go
// backwards. The rows are not read for that: their tags are looked at, as bytes.
type survey struct {
	book *workbook
	part string
	once sync.Once

	merges    []Range
	backwards bool // a row has a lower number than one before it
	repeated  bool // two rows have one number
	err       error
}

// maxPrefix bounds a name's prefix of a namespace.
const maxPrefix = 64

func (s *survey) take() *survey {
	s.once.Do(func() {
		if s.err = s.read(); s.err != nil {
			s.merges = nil
		}
	})
	return s
}

func (s *survey) read() error {
	r, err := s.book.open(s.part)
	if err != nil {
		return err
	}
	defer r.Close()
	rest, err := s.passRows(r)
	if err != nil {
		return err
	}
	tags := newScanner(rest, s.book.meter.MaxCell)
	tags.depth = 1 // in the worksheet
	for {
		switch err := tags.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if !tags.is("mergeCell") {
			continue
		}
		if found, ok := parseRange(tags.attr("ref")); ok {
			s.merges = append(s.merges, found)
			if err := s.book.meter.hold(32); err != nil {
				return err
			}
		}
	}
}

// passRows looks at the rows' tags and gives what stands behind </sheetData>.
func (s *survey) passRows(r io.Reader) (io.Reader, error) {
	buf := make([]byte, 1<<18)
	last, kept, from := 0, 0, 0
	for {
		n, err := r.Read(buf[kept:])
		window := buf[:kept+n]
		end, behind := endOfRows(window)
		from = s.passTags(window[:end], min(from, end), &last)
		if behind > 0 {
			return io.MultiReader(bytes.NewReader(window[behind:]), r), nil
		}
		if err != nil {
			return nil, unexpected(err)
		}
		// Room for </prefix:sheetData>, and for a tag that is not all here yet.
		keep := max(0, min(from, len(window)-2*maxPrefix))
		if keep == 0 && len(window) == len(buf) {
			keep = len(window) - 2*maxPrefix // no tag of a row is so long
		}
		kept = copy(buf, window[keep:])
		from = max(0, from-keep)
	}
}

// endOfRows finds </sheetData>: `<sheetData>` itself ends in the same letters.
func endOfRows(window []byte) (end, behind int) {
	mark := []byte("sheetData>")
	for from := 0; ; {
		at := bytes.Index(window[from:], mark)
		if at < 0 {
			return len(window), 0
		}
		at += from
		tag := window[max(0, at-maxPrefix):at]
		if open := bytes.LastIndexByte(tag, '<'); open >= 0 && open+1 < len(tag) && tag[open+1] == '/' {
			return at, at + len(mark)
		}
		from = at + 1
	}
}

// passTags takes the numbers of the rows whose tags begin behind from. It gives
// the place to go on at when more has come.
func (s *survey) passTags(window []byte, from int, last *int) int {
	for {
		at := bytes.Index(window[from:], []byte("row"))
		if at < 0 {
			return max(from, len(window)-len("<row"))
		}
		at += from
		if at+3 == len(window) {
			return max(from, bytes.LastIndexByte(window[:at], '<'))
		}
		if !opensRow(window, at) {
			from = at + 3
			continue
		}
		end := bytes.IndexByte(window[at:], '>')
		if end < 0 {
			return max(from, bytes.LastIndexByte(window[:at], '<'))
		}
		s.passRow(window[at+3:at+end], last)
		from = at + end
	}
}

// opensRow says that the word row at that place is the name of a tag that opens.
func opensRow(window []byte, at int) bool {
	switch before, behind := window[max(0, at-1)], window[at+3]; {
	case behind > ' ' && behind != '>' && behind != '/':
		return false
	case before == ':':
		name := window[max(0, at-maxPrefix):at]
		open := bytes.LastIndexByte(name, '<')
		return open >= 0 && name[open+1] != '/'
	default:
		return before == '<'
	}
}

func (s *survey) passRow(attrs []byte, last *int) {
	tag := scanner{attrs: attrs}
	number, err := strconv.Atoi(tag.attr("r"))
	if err != nil || number <= 0 || number > maxRows {
		number = *last + 1
	}
	s.backwards = s.backwards || number < *last
	s.repeated = s.repeated || number == *last
	*last = number
}

func parseRange(ref string) (Range, bool) {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		to = from
	}
	row0, col0, ok0 := parseRef(from)
	row1, col1, ok1 := parseRef(to)
	return Range{row0, col0, row1, col1}, ok0 && ok1 && row0 <= row1 && col0 <= col1
}

func parseRef(ref string) (row, column int, ok bool) {
	ref = strings.ReplaceAll(ref, "$", "")
	column, ok = columnOf([]byte(ref))
	row, err := strconv.Atoi(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"))
	return row, column, ok && err == nil
}
