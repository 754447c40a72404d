package table_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"hedui/pipeline/fault"
)

// compound puts a stream into an OLE file: header, its table of sectors, the
// directory, the stream.
func compound(name string, stream []byte) []byte {
	for len(stream) < 4096 || len(stream)%512 != 0 {
		stream = append(stream, 0)
	}
	sectors := len(stream) / 512
	tables := (sectors+1)/127 + 1
	fat := make([]uint32, tables*128)
	for i := range fat {
		fat[i] = 0xFFFFFFFF
	}
	for i := range tables {
		fat[i] = 0xFFFFFFFD
	}
	fat[tables] = 0xFFFFFFFE // the directory
	first := tables + 1
	for i := range sectors {
		fat[first+i] = uint32(first + i + 1)
	}
	fat[first+sectors-1] = 0xFFFFFFFE

	head := make([]byte, 512)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], "\x3E\x00\x03\x00\xFE\xFF\x09\x00\x06\x00")
	put := func(at int, v uint32) { binary.LittleEndian.PutUint32(head[at:], v) }
	put(44, uint32(tables))
	put(48, uint32(tables)) // the directory's sector
	put(56, 4096)
	put(60, 0xFFFFFFFE)
	put(68, 0xFFFFFFFE)
	for i := range 109 {
		put(76+4*i, 0xFFFFFFFF)
	}
	for i := range tables {
		put(76+4*i, uint32(i))
	}
	directory := make([]byte, 512)
	entry := func(i int, name string, kind byte, child, start, size uint32) {
		e := directory[128*i : 128*i+128]
		units := append(utf16.Encode([]rune(name)), 0)
		for j, u := range units {
			binary.LittleEndian.PutUint16(e[2*j:], u)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)))
		e[66], e[67] = kind, 1
		for at, v := range map[int]uint32{68: 0xFFFFFFFF, 72: 0xFFFFFFFF, 76: child, 116: start, 120: size} {
			binary.LittleEndian.PutUint32(e[at:], v)
		}
	}
	entry(0, "Root Entry", 5, 1, 0xFFFFFFFE, 0)
	entry(1, name, 2, 0xFFFFFFFF, uint32(first), uint32(len(stream)))
	var out bytes.Buffer
	out.Write(head)
	binary.Write(&out, binary.LittleEndian, fat)
	out.Write(directory)
	out.Write(stream)
	return out.Bytes()
}

// records joins BIFF records of a kind and its fields: numbers are of two
// bytes, text stands as it is.
func biffRecord(kind int, fields ...any) []byte {
	var data bytes.Buffer
	for _, f := range fields {
		switch f := f.(type) {
		case int:
			binary.Write(&data, binary.LittleEndian, uint16(f))
		case float64:
			binary.Write(&data, binary.LittleEndian, math.Float64bits(f))
		case uint32, byte:
			binary.Write(&data, binary.LittleEndian, f)
		case string:
			data.WriteString(f)
		}
	}
	out := binary.LittleEndian.AppendUint16(nil, uint16(kind))
	out = binary.LittleEndian.AppendUint16(out, uint16(data.Len()))
	return append(out, data.Bytes()...)
}

// biff5 makes the stream of a workbook of Excel 95, of one hidden sheet.
func biff5(page int, name string, cells ...[]byte) []byte {
	globals := biffRecord(0x0809, 0x0500, 5, 0, 0)
	if page != 0 {
		globals = append(globals, biffRecord(0x42, page)...)
	}
	globals = append(globals, biffRecord(0x41E, 164, byte(11), "yyyy\\-mm\\-d")...)
	for _, format := range []int{0, 14, 164} {
		globals = append(globals, biffRecord(0xE0, 0, format, 0, 0, 0, 0, 0, 0)...)
	}
	bound := func(at int) []byte { return biffRecord(0x85, uint32(at), byte(1), byte(0), byte(len(name)), name) }
	end := biffRecord(0x0A)
	at := len(globals) + len(bound(0)) + len(end)
	out := append(append(globals, bound(at)...), end...)
	out = append(out, biffRecord(0x0809, 0x0500, 0x10, 0, 0)...)
	for _, c := range cells {
		out = append(out, c...)
	}
	return append(out, end...)
}

func TestBIFF5(t *testing.T) {
	gbk := func(s string) string { return string(encode(simplifiedchinese.GBK, s)) }
	label := func(row, column int, text string) []byte { return biffRecord(0x204, row, column, 0, len(text), text) }
	cells := [][]byte{
		biffRecord(0x208, 1, 0, 9, 255, 0, 0, 0x20, 15), // a hidden row
		label(0, 0, gbk("上板城镇")),
		label(0, 1, "plain"),
		biffRecord(0xD6, 0, 2, 0, 4, gbk("甲一"), byte(1), byte(0), byte(0)), // rich text
		biffRecord(0x203, 1, 0, 0, 130890197001010000.0),
		biffRecord(0x27E, 1, 1, 1, uint32(44317<<2|2)),
		biffRecord(0xBD, 1, 2, 0, uint32(120010<<2|3), 2, uint32(44317<<2|2), 3),
		biffRecord(0x205, 1, 4, 0, byte(1), byte(0)),
		biffRecord(0x205, 1, 5, 0, byte(0x2A), byte(1)),
		biffRecord(0x06, 1, 6, 0, "\x00\x00\x00\x00\x00\x00\xFF\xFF", 0, uint32(0), 0),
		biffRecord(0x207, 4, gbk("算出")),
		biffRecord(0x06, 1, 7, 0, 2.5, 0, uint32(0), 0),
	}
	want := []string{"# 低保", "1|t上板城镇|tplain|t甲一", "2h|n130890197001010000|d2021-05-01|n1200.1|d2021-05-01|bTRUE|e#N/A|t算出|n2.5"}
	for name, data := range map[string][]byte{
		"code page 936":              compound("Book", biff5(936, gbk("低保"), cells...)),
		"no code page":               compound("Book", biff5(0, gbk("低保"), cells...)),
		"a code page that is untrue": compound("Book", biff5(1252, gbk("低保"), cells...)),
		"no OLE file around it":      biff5(936, gbk("低保"), cells...),
	} {
		f, lines, err := read(t, data)
		if err != nil || f.Format != "xls" || !f.Sheets[0].Hidden || !strings.Contains(f.Grounds, "BIFF5") {
			t.Errorf("%s: %v", name, err)
			continue
		}
		expect(t, name, lines, want...)
	}
	_, lines, err := read(t, compound("Book", biff5(1252, "caf\xE9", label(0, 0, "r\xE9sum\xE9"))))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "western", lines, "# café", "1|trésumé")
	big5 := string(encode(traditionalchinese.Big5, "鎮"))
	if _, lines, err = read(t, compound("Book", biff5(950, "a", label(0, 0, big5)))); err != nil {
		t.Fatal(err)
	}
	expect(t, "Big5", lines, "# a", "1|t鎮")
}

func TestBIFF5Refused(t *testing.T) {
	good := biff5(936, "a", biffRecord(0x204, 0, 0, 0, 1, "x"))
	old := bytes.Replace(good, []byte{0x00, 0x05, 0x05, 0x00}, []byte{0x00, 0x04, 0x05, 0x00}, 1)
	for name, c := range map[string]struct {
		stream []byte
		want   fault.Code
	}{
		"encrypted":             {bytes.Replace(good, []byte{0x42, 0x00}, []byte{0x2F, 0x00}, 1), fault.SourcePassword},
		"older":                 {old, fault.SourceFormat},
		"a length that lies":    {biff5(936, "a", biffRecord(0x204, 0, 0, 0, 65535, "x")), fault.SourceUnreadable},
		"a column that lies":    {biff5(936, "a", biffRecord(0x204, 0, 256, 0, 1, "x")), fault.SourceUnreadable},
		"no end":                {good[:len(good)-4], fault.SourceUnreadable},
		"text longer than told": {biff5(936, "a", biffRecord(0x207, 9, "x")), fault.SourceUnreadable},
	} {
		if _, lines, err := read(t, compound("Book", c.stream)); fault.Of(err) == nil || fault.Of(err).Code != c.want {
			t.Errorf("%s: %v after %q, want %s", name, err, lines, c.want)
		}
	}
}
