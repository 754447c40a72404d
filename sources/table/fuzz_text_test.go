package table

import (
	"bytes"
	"encoding/csv"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzSniff: whatever the bytes are, the encoding and the dialect are told, the
// same each time; the text is valid, and every line with something in it comes
// out in some row.
func FuzzSniff(f *testing.F) {
	f.Add([]byte("镇,姓名\n上板城镇,甲\n"))
	f.Add([]byte("\xc9\xcf\xb0\xe5\xb3\xc7,a\n"))
	f.Add([]byte("\xff\xfea\x00;\x00b\x00\n\x00"))
	f.Add([]byte("a;'b\nc';d\n1;'it''s';2\n"))
	f.Add([]byte("sep=|\na|b\n"))
	f.Add([]byte(`a,"10\" x",b` + "\n" + `c,"D:\",d`))
	f.Fuzz(func(t *testing.T, data []byte) {
		file := &File{}
		text, err := heldPieces(data, file.findCharset(data)).atLeast(len(data))
		if err != nil || !utf8.ValidString(text) || file.Encoding == "" || file.Grounds == "" {
			t.Fatalf("%q reads as %q in %s: %v", data, text, file.Encoding, err)
		}
		d := findDialect(text)
		if again := findDialect(text); again != d {
			t.Fatalf("%q: %+v, then %+v", text, d, again)
		}
		seen := 0
		reader := &splitter{text: text, dialect: d, max: len(text) + 1}
		for row, err := range reader.rows {
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range row.Cells {
				seen += len(c.Text)
			}
		}
		// Delimiters, quotes, escapes and line ends are no cell's; anything else is.
		marks := string([]byte{d.comma, d.quote, d.escape}) + "\r\n\x00 =\\"
		left := 0
		body := text
		if _, length, ok := declared(text); ok {
			body = text[length:]
		}
		for _, r := range body {
			if !strings.ContainsRune(marks, r) {
				left += utf8.RuneLen(r)
			}
		}
		if seen < left {
			t.Fatalf("%q: %d of %d bytes came out by %+v", text, seen, left, d)
		}
	})
}

// FuzzCSV: a table that a library wrote, in any dialect that it can write, reads
// back cell for cell.
func FuzzCSV(f *testing.F) {
	f.Add(uint64(1), "甲,乙\n丙\"丁")
	f.Add(uint64(77), "it's; a | b\t")
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		r := rand.New(rand.NewPCG(seed, 1))
		var want [][]string
		words := strings.Split(strings.ToValidUTF8(strings.ReplaceAll(strings.ReplaceAll(text, "\r", ""), "\x00", ""), ""), " ")
		width := 3 + r.IntN(4)
		for range 4 + r.IntN(6) {
			row := make([]string, width)
			for i := range row {
				row[i] = []string{"甲", "12", "x y", words[r.IntN(len(words))]}[r.IntN(4)]
			}
			row[0] = "k" + row[0] // no blank lines, no sep=
			want = append(want, row)
		}
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		w.Comma = []rune(",;\t|")[r.IntN(4)]
		for _, row := range want {
			for i := range row { // lines with delimiters within quotes may as well be rows with a stray quote
				if strings.Contains(row[i], "\n") {
					row[i] = strings.ReplaceAll(row[i], string(w.Comma), " ")
				}
			}
		}
		if err := w.WriteAll(want); err != nil {
			return // a delimiter that the library refuses
		}
		// The dialect is given: whether it is found is for the tests of findDialect.
		d := dialect{comma: byte(w.Comma), quote: '"', commas: width - 1}
		i := 0
		for row, err := range (&splitter{text: b.String(), dialect: d, max: b.Len() + 1}).rows {
			if err != nil || i >= len(want) || len(row.Cells) != width {
				t.Fatalf("row %d of %q: %v, %v", i, b.String(), row.Cells, err)
			}
			for k, c := range row.Cells {
				if c.Text != keptAsText(want[i][k]) {
					t.Fatalf("row %d of %q: cell %q, want %q", i, b.String(), c.Text, want[i][k])
				}
			}
			i++
		}
		if i != len(want) {
			t.Fatalf("%d of %d rows of %q", i, len(want), b.String())
		}
	})
}
