package table

import (
	"bytes"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// A record that goes over the end of a piece is read whole, in memory and from a file;
// a line end of two bytes is not seen where the halves of two characters look like one.
func TestRecordsOverPieces(t *testing.T) {
	text := "号,说明\r\n" + strings.Repeat("1,\"第一行\r\n第二行，\"\"二\"\"\"\r\n2,\u0a00\u0a00上\r\n\r\n", 50) + "3,末\x1a"
	d := dialect{comma: ',', quote: '"', commas: 1}
	want := transcribed(t, (&splitter{text: trimEnding(text), dialect: d, max: 100}).rows)
	path := filepath.Join(t.TempDir(), "a.csv")
	for name, as := range map[string]encoding.Encoding{
		"UTF-8": encoding.Nop, "UTF-8 BOM": unicode.UTF8BOM, "GB18030": simplifiedchinese.GB18030,
		"UTF-16LE": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16BE": unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM),
	} {
		data, err := as.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		for size := range 90 {
			f := &File{}
			held := heldPieces(data, f.findCharset(data))
			held.size = size
			if got := transcribed(t, (&splitter{more: held, dialect: d, max: 100}).rows); f.Encoding != name || !slices.Equal(got, want) {
				t.Fatalf("%s (%s), pieces of %d bytes: %q", name, f.Encoding, size, got)
			}
			f.long = &long{path: path, piece: size + 4, most: 1 << 20}
			whole, err := f.long.survey(t.Context(), bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			again := &splitter{dialect: d, max: 100}
			if got := transcribed(t, f.long.rows(f.findCharset(whole), again)); !slices.Equal(got, want) {
				t.Fatalf("%s, pieces of %d bytes from a file: %q", name, size, got)
			}
		}
	}
}

func transcribed(t *testing.T, rows iter.Seq2[Row, error]) (lines []string) {
	t.Helper()
	for row, err := range rows {
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

// What all bytes say does not depend on where they are cut.
func TestSignsOverPieces(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	good := []byte("上板城镇,甲一é𠀀,130890\n")
	for n := range 3000 {
		data := bytes.Repeat(good, 1+r.IntN(3))
		for range r.IntN(4) {
			data[r.IntN(len(data))] = byte(r.IntN(256))
		}
		if n == 0 { // so much is broken that the rest does not matter
			data = append(bytes.Repeat([]byte{0xFF}, 11_000), bytes.Repeat(good, 2000)...)
		}
		data = data[:len(data)-r.IntN(8)]
		var want signs
		want.count(data)
		l := &long{piece: 4 + r.IntN(40)}
		if _, err := l.survey(t.Context(), bytes.NewReader(data)); err != nil {
			t.Fatal(err)
		}
		if l.signs != want || l.size != int64(len(data)) {
			t.Fatalf("%q in pieces of %d: %+v, whole %+v", data, l.piece, l.signs, want)
		}
	}
}
