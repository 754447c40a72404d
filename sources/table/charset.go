package table

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
	"unsafe"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// charset is how a text is cut into pieces and decoded.
type charset struct {
	mark    int    // bytes at the beginning that say which it is
	newline string // a line end, which no other character holds at a place that its length divides
	copies  bool   // decode makes another text of the bytes
	decode  func([]byte) (string, error)
}

// findCharset finds the encoding out. What is decoded is valid UTF-8: a byte that is no
// character becomes �. Of a long text data is the beginning.
func (f *File) findCharset(data []byte) charset {
	all := func() signs {
		if f.long != nil {
			return f.long.signs
		}
		var s signs
		if !utf8.Valid(data) { // else nothing needs to be weighed against what is broken
			s.count(data)
		}
		return s
	}
	switch {
	case bytes.HasPrefix(data, []byte("\xEF\xBB\xBF")):
		f.Encoding, f.Grounds = "UTF-8 BOM", "有 UTF-8 字节序标记"
		return charset{mark: 3, newline: "\n", decode: mended}
	case bytes.HasPrefix(data, []byte("\xFF\xFE")):
		f.Encoding, f.Grounds = "UTF-16LE", "有 UTF-16 字节序标记"
		return inUTF16(unicode.LittleEndian, 2)
	case bytes.HasPrefix(data, []byte("\xFE\xFF")):
		f.Encoding, f.Grounds = "UTF-16BE", "有 UTF-16 字节序标记"
		return inUTF16(unicode.BigEndian, 2)
	case utf16Like(data, 1, all):
		f.Encoding, f.Grounds = "UTF-16LE", "零字节都在奇数位"
		return inUTF16(unicode.LittleEndian, 0)
	case utf16Like(data, 0, all):
		f.Encoding, f.Grounds = "UTF-16BE", "零字节都在偶数位"
		return inUTF16(unicode.BigEndian, 0)
	}
	switch s := all(); {
	case s.broken == 0:
		f.Encoding, f.Grounds = "UTF-8", "全文是合法的 UTF-8"
		return charset{newline: "\n", decode: mended}
	case s.mostlyUTF8():
		f.Encoding, f.Grounds = "UTF-8", fmt.Sprintf("几乎全文是合法的 UTF-8，%d 个损坏的字节记作 �", s.broken)
		return charset{newline: "\n", decode: mended}
	case western(data):
		f.Encoding, f.Grounds = "Windows-1252", "不是合法的 UTF-8，高位字节几乎都单独出现，不是汉字"
		return charset{newline: "\n", copies: true, decode: decodeBy(charmap.Windows1252)}
	}
	f.Encoding, f.Grounds = "GB18030", "不是合法的 UTF-8，按 GB18030 解码"
	return charset{newline: "\n", copies: true, decode: decodeGB18030}
}

// asText is data without a copy of it, which would be held beside it. Nobody writes to a
// file's bytes once they are read.
func asText(data []byte) string { return unsafe.String(unsafe.SliceData(data), len(data)) }

func mended(piece []byte) (string, error) { return strings.ToValidUTF8(asText(piece), "\ufffd"), nil }

func inUTF16(order unicode.Endianness, mark int) charset {
	newline := "\n\x00"
	if order == unicode.BigEndian {
		newline = "\x00\n"
	}
	decode := decodeBy(unicode.UTF16(order, unicode.IgnoreBOM))
	return charset{mark: mark, newline: newline, copies: true, decode: func(piece []byte) (string, error) {
		return decode(piece[:len(piece)&^1]) // half a character at a torn end
	}}
}

func decodeBy(as encoding.Encoding) func([]byte) (string, error) {
	return func(piece []byte) (string, error) {
		text, err := as.NewDecoder().Bytes(piece)
		return strings.ToValidUTF8(asText(text), "\ufffd"), err
	}
}

// western says that the bytes above ASCII stand nearly all alone, as accented
// letters do: of a Chinese character two or more stand together, or nearly so.
func western(data []byte) bool {
	alone, runs, length := 0, 0, 0
	for _, b := range data[:min(len(data), beginningSize)] {
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

// signs are what all bytes of a text say of its encoding: how many are no UTF-8, and how
// many characters of three bytes and more there are beside them; two-byte ones come about by chance.
type signs struct{ broken, characters int }

// count adds what ends in no character's midst.
func (s *signs) count(data []byte) {
	if s.hopeless() {
		return
	}
	if utf8.Valid(data) {
		for _, b := range data {
			if b >= 0xE0 {
				s.characters++
			}
		}
		return
	}
	for len(data) > 0 && !s.hopeless() {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size == 1:
			s.broken++
		case size > 2:
			s.characters++
		}
		data = data[size:]
	}
}

// hopeless says that the rest need not be seen.
func (s *signs) hopeless() bool { return s.broken > 10_000 && s.characters < s.broken }

// mostlyUTF8: systems that cut a field after so many bytes leave a few in a file that are
// none. It stays UTF-8; of Chinese text in GBK hardly a byte passes.
func (s *signs) mostlyUTF8() bool { return s.characters > 20*s.broken }

// unfinished is how many bytes at the end of data begin a character that goes on behind it.
func unfinished(data []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(data); n++ {
		if end := data[len(data)-n:]; utf8.RuneStart(end[0]) {
			if utf8.FullRune(end) {
				return 0
			}
			return n
		}
	}
	return 0
}

// utf16Like tells UTF-16 without a mark by its digits, delimiters and line
// ends: their upper bytes are zero, all in even places or all in odd ones. Text
// that is UTF-8 as well must be all of such: a few NULs make no UTF-16.
func utf16Like(data []byte, place int, of func() signs) bool {
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
	if of().broken == 0 {
		percent = 90
	}
	return zeros[place]*200 > len(sample)*percent && zeros[place] > 4*zeros[1-place]
}
