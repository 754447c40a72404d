package table

import (
	"bytes"
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
		joined, p := "", pieces{charset: charset{newline: "\n", decode: decodeGB18030}, rest: data, size: r.IntN(40)}
		for !p.done() {
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
