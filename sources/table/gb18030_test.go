package table

import (
	"bytes"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// The text is what the library gives, whatever is broken, but for the characters that
// it does not know; in pieces it is the same.
func TestDecodeGB18030(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 5))
	good, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte("镇,村,姓名\n上板城镇,东村,𠀀丙\n"))
	if err != nil {
		t.Fatal(err)
	}
	late := slices.Collect(maps.Values(lateCharacters))
	for n := range 2000 {
		data := bytes.Repeat(good, n%7)
		for range r.IntN(5) { // damage it
			if len(data) > 0 {
				data[r.IntN(len(data))] = byte(r.IntN(256))
			}
		}
		if n%3 == 0 { // pure noise needs more room than Chinese text
			data = make([]byte, r.IntN(200))
			for i := range data {
				data[i] = byte(r.IntN(256))
			}
		}
		whole, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeGB18030(data)
		joined, p := "", pieces{data, r.IntN(40)}
		for len(p.rest) > 0 {
			piece, err := p.next()
			if err != nil {
				t.Fatal(err)
			}
			joined += piece
		}
		if joined != got {
			t.Fatalf("%q\nin pieces %q\nwhole     %q", data, joined, got)
		}
		common := strings.Map(func(r rune) rune {
			if unicode.Is(unicode.Co, r) && !bytes.ContainsRune(whole, r) || slices.Contains(late, r) {
				return utf8.RuneError // the library knows no such
			}
			return r
		}, got)
		if want := strings.ToValidUTF8(string(whole), "\ufffd"); err != nil || common != want || !utf8.ValidString(got) {
			t.Fatalf("%q\ngot  %q\nwant %q (%v)", data, got, want, err)
		}
	}
}

// Registries keep the rare characters of names in the user-defined areas.
func TestDecodeOwnCharacters(t *testing.T) {
	for code, want := range map[string]rune{
		"\xAA\xA1": 0xE000, "\xAF\xFE": 0xE233, "\xF8\xA1": 0xE234, "\xFE\xFE": 0xE4C5,
		"\xA1\x40": 0xE4C6, "\xA1\x7E": 0xE504, "\xA1\x80": 0xE505, "\xA7\xA0": 0xE765, "\xFE\x59": 0x9FB4, "\xFE\x51": 0x20087,
	} {
		for _, around := range [][2]string{{"", ""}, {"\xBC\xD7", "\xD2\xD2"}, {"a", "0"}, {"\x81\x30\x81\x30", "\x81\x30\x81\x30"}, {"", "\xCB"}} {
			before, _ := decodeGB18030([]byte(around[0]))
			after, _ := decodeGB18030([]byte(around[1]))
			got, err := decodeGB18030([]byte(around[0] + code + around[1]))
			if err != nil || got != before+string(want)+after {
				t.Errorf("%x in %x: %x, want %x", code, around, []rune(got), want)
			}
		}
	}
	if got := decoder(simplifiedchinese.GB18030)([]byte("\xAA\xA1")); got != "\ue000" {
		t.Errorf("in a workbook of Excel 95: %x", got)
	}
}

// A record that goes over the end of a piece is read whole.
func TestRecordsOverPieces(t *testing.T) {
	text := "号,说明\r\n" + strings.Repeat("1,\"第一行\r\n第二行，\"\"二\"\"\"\r\n2,x\r\n\r\n", 50) + "3,末\x1a"
	data, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	d := dialect{comma: ',', quote: '"', commas: 1}
	read := func(s *splitter) (lines []string) {
		for row, err := range s.rows {
			if err != nil {
				t.Fatal(err)
			}
			line := fmt.Sprint(row.Number)
			for _, c := range row.Cells {
				line += "|" + c.Text
			}
			lines = append(lines, line)
		}
		return lines
	}
	want := read(&splitter{text: trimEnding(text), dialect: d, max: 100})
	for size := range 90 {
		if got := read(&splitter{more: pieces{data, size}, dialect: d, max: 100}); !slices.Equal(got, want) {
			t.Fatalf("pieces of %d bytes: %q", size, got)
		}
	}
}
