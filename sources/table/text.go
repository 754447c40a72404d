package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// openText takes what is neither ZIP nor OLE: CSV in some encoding, or HTML.
func (f *File) openText(data []byte, lim Limits) error {
	text, err := f.decode(data)
	if err != nil {
		return err
	}
	if isHTML(text) {
		f.Format, f.Grounds = "html", f.Grounds+"；内容为 HTML"
		return f.openHTML(text, lim)
	}
	if bytes.IndexByte(text, 0) >= 0 {
		return unknown(errors.New("binary data"))
	}
	comma := delimiter(text)
	f.Format = "csv"
	if comma == '\t' {
		f.Format = "tsv"
	}
	f.Grounds += fmt.Sprintf("；分隔符 %q", comma)
	f.Sheets = []*Sheet{{rows: func() iter.Seq2[Row, error] { return csvRows(text, comma, lim) }}}
	return nil
}

// decode finds the encoding out and gives UTF-8.
func (f *File) decode(data []byte) ([]byte, error) {
	var as encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		f.Encoding, f.Grounds = "UTF-8 BOM", "有 UTF-8 字节序标记"
		return data[3:], nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		f.Encoding, f.Grounds, as = "UTF-16LE", "有 UTF-16 字节序标记", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		f.Encoding, f.Grounds, as = "UTF-16BE", "有 UTF-16 字节序标记", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case utf16Like(data, 1):
		f.Encoding, f.Grounds, as = "UTF-16LE", "奇数位多为零字节", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf16Like(data, 0):
		f.Encoding, f.Grounds, as = "UTF-16BE", "偶数位多为零字节", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case utf8.Valid(data):
		f.Encoding, f.Grounds = "UTF-8", "全文是合法的 UTF-8"
		return data, nil
	default:
		f.Encoding, f.Grounds, as = "GB18030", "不是合法的 UTF-8，按 GB18030 解码", simplifiedchinese.GB18030
	}
	text, err := as.NewDecoder().Bytes(data)
	if err != nil {
		return nil, unreadable(fmt.Errorf("decode %s: %w", f.Encoding, err))
	}
	if tooManyUnreadable(text) {
		return nil, unknown(fmt.Errorf("binary data, no text in %s", f.Encoding))
	}
	return text, nil
}

// tooManyUnreadable tells other binary data from text with a few characters
// broken: those stay as � and lose no row.
func tooManyUnreadable(text []byte) bool {
	bad, all := 0, 0
	for _, r := range string(text[:min(len(text), 1<<16)]) {
		all++
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			bad++
		}
	}
	return bad*20 > all
}

// utf16Like tells UTF-16 without a mark by its digits, delimiters and line
// ends: their upper bytes are zero, all in even places or all in odd ones.
func utf16Like(data []byte, place int) bool {
	sample := data[:min(len(data), 4096)&^1]
	zeros := [2]int{}
	for i, b := range sample {
		if b == 0 {
			zeros[i&1]++
		}
	}
	return zeros[place]*20 > len(sample)/2 && zeros[place] > 4*zeros[1-place]
}

// delimiter picks the one that splits the first lines most evenly: the
// separator whose most frequent count over the lines is largest.
func delimiter(text []byte) rune {
	best, bestScore := ',', 0
	for _, candidate := range []rune{',', '\t', ';', '|'} {
		tally := map[int]int{}
		lines := 0
		for line := range bytes.Lines(text) {
			if lines++; lines > 50 {
				break
			}
			if n := countOutsideQuotes(line, byte(candidate)); n > 0 {
				tally[n]++
			}
		}
		for n, times := range tally {
			if score := n * times; score > bestScore {
				best, bestScore = candidate, score
			}
		}
	}
	return best
}

func countOutsideQuotes(line []byte, c byte) int {
	n, quoted := 0, false
	for _, b := range line {
		switch {
		case b == '"':
			quoted = !quoted
		case b == c && !quoted:
			n++
		}
	}
	return n
}

// csvRows reads records. A record that the strict reading refuses is read
// again with stray quotes allowed; an unclosed quote must not swallow the file.
func csvRows(text []byte, comma rune, lim Limits) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		text := unifyLineEnds(text)
		r := csv.NewReader(bytes.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.ReuseRecord = comma, -1, true, true
		line, cells := 1, []Cell(nil)
		for {
			record, err := r.Read()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(Row{Number: line}, unreadable(fmt.Errorf("read line %d: %w", line, err)))
				return
			}
			at, _ := r.FieldPos(0)
			for ; line < at; line++ {
				if !yield(Row{Number: line}, nil) {
					return
				}
			}
			cells = cells[:0]
			height := 1
			for _, field := range record {
				if len(field) > lim.MaxCell {
					yield(Row{Number: at}, tooLarge(fmt.Errorf("cell of %d bytes on line %d", len(field), at)))
					return
				}
				height += strings.Count(field, "\n")
				cells = append(cells, textCell(field))
			}
			if !yield(Row{Number: at, Cells: cells}, nil) {
				return
			}
			line = at + height
		}
	}
}

func textCell(s string) Cell {
	if strings.TrimSpace(s) == "" {
		return Cell{Text: s}
	}
	return Cell{Text: s, Kind: Text}
}

// unifyLineEnds makes lone carriage returns (old Mac exports) line feeds.
func unifyLineEnds(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 {
		return text
	}
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return bytes.ReplaceAll(text, []byte("\r"), []byte("\n"))
}
