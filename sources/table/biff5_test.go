package table_test

import (
	"bytes"
	"encoding/binary"
	"math"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"hedui/pipeline/fault"
	"hedui/sources/table/tabletest"
)

// biffRecord joins a BIFF record of its kind and fields: numbers are of two
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
		"code page 936":              tabletest.OLE("Book", biff5(936, gbk("低保"), cells...)),
		"no code page":               tabletest.OLE("Book", biff5(0, gbk("低保"), cells...)),
		"a code page that is untrue": tabletest.OLE("Book", biff5(1252, gbk("低保"), cells...)),
		"no OLE file around it":      biff5(936, gbk("低保"), cells...),
	} {
		f, lines, err := read(t, data)
		if err != nil || f.Format != "xls" || !f.Sheets[0].Hidden || !strings.Contains(f.Grounds, "BIFF5") {
			t.Errorf("%s: %v", name, err)
			continue
		}
		expect(t, name, lines, want...)
	}
	_, lines, err := read(t, tabletest.OLE("Book", biff5(1252, "caf\xE9", label(0, 0, "r\xE9sum\xE9"))))
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "western", lines, "# café", "1|trésumé")
	big5 := string(encode(traditionalchinese.Big5, "鎮"))
	if _, lines, err = read(t, tabletest.OLE("Book", biff5(950, "a", label(0, 0, big5)))); err != nil {
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
		if _, lines, err := read(t, tabletest.OLE("Book", c.stream)); fault.Of(err) == nil || fault.Of(err).Code != c.want {
			t.Errorf("%s: %v after %q, want %s", name, err, lines, c.want)
		}
	}
}
