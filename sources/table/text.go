package table

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// openText takes what is neither ZIP nor OLE: CSV in some encoding, or HTML.
func (f *File) openText(data []byte, m *meter) error {
	text, more, err := f.decode(data)
	if err != nil {
		return err
	}
	if len(more.rest) == 0 {
		text = trimEnding(text)
	}
	if tooManyUnreadable(text) {
		return noTable(fmt.Errorf("binary data, no text in %s", f.Encoding))
	}
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1<<16)]))
	switch {
	case strings.HasPrefix(start, "mime-version:"):
		return unknown(errors.New("web archive (MHTML)"))
	case strings.HasPrefix(start, "<") && strings.Contains(start, "urn:schemas-microsoft-com:office:spreadsheet"):
		f.Format, f.Grounds = "xml", f.Grounds+"；内容为 XML 表格 2003"
		if text, err = whole(text, more); err != nil {
			return err
		}
		return f.openXML2003(text, m)
	case isHTML(start):
		f.Format, f.Grounds = "html", f.Grounds+"；内容为 HTML"
		if text, err = whole(text, more); err != nil {
			return err
		}
		return f.openHTML(text, m)
	}
	d := findDialect(text)
	f.Format = "csv"
	if d.comma == '\t' {
		f.Format = "tsv"
	}
	f.Grounds += "；" + d.grounds()
	f.Sheets = []*Sheet{{text: true, rows: func() iter.Seq2[Row, error] {
		return (&splitter{text: text, more: more, dialect: d, max: m.MaxCell}).rows
	}}}
	return nil
}

// trimEnding drops what DOS ends a file with.
func trimEnding(text string) string { return strings.TrimRight(text, "\x00\x1a") }

// whole gives the text with all that is not decoded yet.
func whole(text string, more pieces) (string, error) {
	rest, err := decodeGB18030(more.rest)
	if err != nil {
		return "", unreadable(fmt.Errorf("decode GB18030: %w", err))
	}
	return trimEnding(text + rest), nil
}

// decode finds the encoding out and gives valid UTF-8; of a long text in GB18030 only
// the beginning.
func (f *File) decode(data []byte) (text string, more pieces, err error) {
	var as encoding.Encoding
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		f.Encoding, f.Grounds = "UTF-8 BOM", "有 UTF-8 字节序标记"
		return strings.ToValidUTF8(asText(data[3:]), "\ufffd"), pieces{}, nil
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		f.Encoding, f.Grounds, as = "UTF-16LE", "有 UTF-16 字节序标记", unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		f.Encoding, f.Grounds, as = "UTF-16BE", "有 UTF-16 字节序标记", unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case utf16Like(data, 1):
		f.Encoding, f.Grounds, as = "UTF-16LE", "零字节都在奇数位", unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case utf16Like(data, 0):
		f.Encoding, f.Grounds, as = "UTF-16BE", "零字节都在偶数位", unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	default:
		if broken, is := mostlyUTF8(data); broken == 0 {
			f.Encoding, f.Grounds = "UTF-8", "全文是合法的 UTF-8"
			return asText(data), pieces{}, nil
		} else if is {
			f.Encoding, f.Grounds = "UTF-8", fmt.Sprintf("几乎全文是合法的 UTF-8，%d 个损坏的字节记作 �", broken)
			return strings.ToValidUTF8(asText(data), "\ufffd"), pieces{}, nil
		}
		if western(data) {
			f.Encoding, f.Grounds, as = "Windows-1252", "不是合法的 UTF-8，高位字节几乎都单独出现，不是汉字", charmap.Windows1252
			break
		}
		f.Encoding, f.Grounds = "GB18030", "不是合法的 UTF-8，按 GB18030 解码"
		more = pieces{data, pieceSize}
		if text, err = more.next(); err != nil {
			return "", pieces{}, unreadable(fmt.Errorf("decode %s: %w", f.Encoding, err))
		}
		return text, more, nil
	}
	if strings.HasPrefix(f.Encoding, "UTF-16") {
		data = data[:len(data)&^1] // half a character at a torn end
	}
	decoded, err := as.NewDecoder().Bytes(data)
	if err != nil {
		return "", pieces{}, unreadable(fmt.Errorf("decode %s: %w", f.Encoding, err))
	}
	return strings.ToValidUTF8(string(decoded), "\ufffd"), pieces{}, nil
}

// asText is data without a copy of it, which would be held beside it: a province's
// roster has a gigabyte. Nobody writes to a file's bytes once they are read.
func asText(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

// western says that the bytes above ASCII stand nearly all alone, as accented
// letters do: of a Chinese character two or more stand together, or nearly so.
func western(data []byte) bool {
	alone, runs, length := 0, 0, 0
	for _, b := range data[:min(len(data), 1<<20)] {
		if b >= utf8.RuneSelf {
			length++
			continue
		}
		if length > 0 {
			runs++
		}
		if length == 1 {
			alone++
		}
		length = 0
	}
	return runs > 0 && alone*10 >= runs*8
}

// mostlyUTF8 counts the bytes that are no UTF-8. Systems that cut a field after
// so many bytes leave a few in a file: it stays UTF-8. Of Chinese text in GBK
// hardly a byte passes.
func mostlyUTF8(data []byte) (broken int, is bool) {
	if utf8.Valid(data) {
		return 0, true
	}
	characters := 0
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 2: // two-byte characters come about by chance
			characters++
		}
		if data = data[size:]; broken > 10_000 && characters < broken {
			break // no need to see it all
		}
	}
	return broken, characters > 20*broken
}

// tooManyUnreadable tells other binary data from text with a few characters
// broken: those stay as � and lose no row.
func tooManyUnreadable(text string) bool {
	bad, all := 0, 0
	for _, r := range text[:min(len(text), 1<<16)] {
		all++
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			bad++
		}
	}
	return bad*20 > all
}

// utf16Like tells UTF-16 without a mark by its digits, delimiters and line
// ends: their upper bytes are zero, all in even places or all in odd ones. Text
// that is UTF-8 as well must be all of such: a few NULs make no UTF-16.
func utf16Like(data []byte, place int) bool {
	sample := data[:min(len(data), 1<<16)&^1]
	zeros := [2]int{}
	for i, b := range sample {
		if b == 0 {
			zeros[i&1]++
		}
	}
	if zeros[place] == 0 {
		return false // before the whole file is looked at
	}
	percent := 10
	if utf8.Valid(data) {
		percent = 90
	}
	return zeros[place]*200 > len(sample)*percent && zeros[place] > 4*zeros[1-place]
}

// textCell makes a cell of text as a file holds it. NUL, which no spreadsheet
// shows and few programs bear, is dropped.
func textCell(s string) Cell {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	if strings.TrimSpace(s) == "" {
		return Cell{Text: s}
	}
	return Cell{Text: s, Kind: Text}
}
