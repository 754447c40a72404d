package table

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
)

// mergeReader finds the merged cells of an XLSX sheet. They stand behind all
// rows: those are unpacked and passed over unread, once.
type mergeReader struct {
	book *workbook
	part string
	once sync.Once
	list []Range
}

func (m *mergeReader) get() []Range {
	m.once.Do(func() {
		if err := m.read(); err != nil {
			m.list = nil // Rows tells what is wrong with the part
		}
	})
	return m.list
}

func (m *mergeReader) read() error {
	r, err := m.book.open(m.part)
	if err != nil {
		return err
	}
	defer r.Close()
	rest, err := skipBehind(r, []byte("sheetData>"))
	if err != nil {
		return err
	}
	s := newScanner(rest, m.book.meter.MaxCell)
	s.depth = 1 // in the worksheet
	for {
		switch err := s.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		}
		if s.is("mergeCell") {
			if r, ok := parseRange(s.attr("ref")); ok {
				m.list = append(m.list, r)
			}
		}
	}
}

// skipBehind gives what stands behind the last of the closing marks that comes
// in the stream: `<sheetData>` itself opens with the same letters.
func skipBehind(r io.Reader, mark []byte) (io.Reader, error) {
	buf := make([]byte, 1<<18)
	kept := 0
	for {
		n, err := r.Read(buf[kept:])
		window := buf[:kept+n]
		for at := bytes.Index(window, mark); at >= 0; {
			before := bytes.LastIndexByte(window[:at], '<')
			if before >= 0 && before+1 < len(window) && window[before+1] == '/' {
				return io.MultiReader(bytes.NewReader(window[at+len(mark):]), r), nil
			}
			next := bytes.Index(window[at+1:], mark)
			if next < 0 {
				break
			}
			at += 1 + next
		}
		if err != nil {
			return nil, unexpected(err)
		}
		kept = copy(buf, window[max(0, len(window)-64):]) // room for </prefix:sheetData>
	}
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
