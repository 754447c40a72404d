package table_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// can tells what a format is able to say; what it is not, tables for it do not hold.
type can struct {
	kinds  bool // numbers, dates and truths are told from text
	sheets bool // many, with names
	hidden bool // rows
	merges bool
	spaces bool // at the ends of a text, and several in a row
	lines  bool // within a text
	struck bool // cells with a line through them
	all    bool // any character of Unicode; GBK's otherwise
	blanks bool // a text file's last cells are there, though they are blank
}

func csvAs(d tabletest.Dialect) func(tabletest.Book) []byte {
	return func(b tabletest.Book) []byte { return tabletest.CSV(b.Sheets[0], d) }
}

var utf16Marked = func(order unicode.Endianness) encoding.Encoding { return unicode.UTF16(order, unicode.UseBOM) }

// written is every format that tables can be written in here.
var written = []struct {
	name  string
	write func(tabletest.Book) []byte
	can   can
}{
	{"XLSX", tabletest.XLSX, can{kinds: true, struck: true, sheets: true, hidden: true, merges: true, spaces: true, lines: true, all: true}},
	{"XLS of Excel 97", tabletest.XLS, can{kinds: true, struck: true, sheets: true, hidden: true, merges: true, spaces: true, lines: true, all: true}},
	{"XLS of Excel 95", tabletest.XLS5, can{kinds: true, struck: true, sheets: true, hidden: true, spaces: true, lines: true}},
	{"BIFF8 without OLE", tabletest.BIFF8, can{kinds: true, struck: true, sheets: true, hidden: true, merges: true, spaces: true, lines: true, all: true}},
	{"ODS", tabletest.ODS, can{kinds: true, struck: true, sheets: true, hidden: true, merges: true, spaces: true, lines: true, all: true}},
	{"XML 2003", tabletest.XML2003, can{kinds: true, struck: true, sheets: true, hidden: true, merges: true, spaces: true, lines: true, all: true}},
	{"HTML", tabletest.HTML, can{struck: true, hidden: true, merges: true, lines: true, all: true}},
	{"CSV", csvAs(tabletest.Dialect{}), can{spaces: true, lines: true, all: true, blanks: true}},
	{"CSV in GB18030", csvAs(tabletest.Dialect{Encoding: simplifiedchinese.GB18030, LineEnd: "\r\n"}), can{spaces: true, lines: true, blanks: true}},
	{"CSV of semicolons, all quoted", csvAs(tabletest.Dialect{Comma: ';', QuoteAll: true, Encoding: unicode.UTF8BOM}), can{spaces: true, lines: true, all: true, blanks: true}},
	{"tabs in UTF-16LE", csvAs(tabletest.Dialect{Comma: '\t', Encoding: utf16Marked(unicode.LittleEndian), LineEnd: "\r\n"}), can{spaces: true, lines: true, all: true, blanks: true}},
	{"bars in UTF-16BE", csvAs(tabletest.Dialect{Comma: '|', Encoding: utf16Marked(unicode.BigEndian)}), can{spaces: true, lines: true, all: true, blanks: true}},
}

// TestWrittenIsRead writes random tables in every format and reads them back.
func TestWrittenIsRead(t *testing.T) {
	for _, format := range written {
		t.Run(format.name, func(t *testing.T) {
			for seed := range uint64(30) {
				r := rand.New(rand.NewPCG(seed, 3))
				book := randomBook(r, format.can)
				f, lines, err := read(t, format.write(book))
				if err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
				if want := expected(book, format.can); !slices.Equal(lines, want) {
					t.Fatalf("seed %d:\ngot  %q\nwant %q", seed, lines, want)
				}
				for i, s := range book.Sheets {
					got := f.Sheets[i]
					if format.can.sheets && got.Hidden != s.Hidden {
						t.Fatalf("seed %d: sheet %d is hidden: %v", seed, i, got.Hidden)
					}
					if fmt.Sprint(sortedRanges(got.Merges())) != fmt.Sprint(sortedRanges(s.Merges)) {
						t.Fatalf("seed %d: merges %v, want %v", seed, got.Merges(), s.Merges)
					}
				}
			}
		})
	}
}

func sortedRanges(ranges []table.Range) []table.Range {
	return slices.SortedFunc(slices.Values(ranges), func(a, b table.Range) int {
		return (a.Row0-b.Row0)*1000 + a.Col0 - b.Col0
	})
}

// expected writes a book down as transcribe does what is read of it: of a workbook
// neither blank cells behind a row's last nor blank rows behind a sheet's.
func expected(book tabletest.Book, can can) []string {
	var lines []string
	for i, s := range book.Sheets {
		switch {
		case can.sheets:
			lines = append(lines, "# "+s.Name)
		case !can.blanks:
			lines = append(lines, fmt.Sprint("# 表", i+1))
		}
		from := len(lines)
		for n, row := range s.Rows {
			lines = append(lines, transcribed(row, n+1, can))
		}
		for !can.blanks && len(lines) > from && !strings.Contains(lines[len(lines)-1], "|") {
			lines = lines[:len(lines)-1]
		}
	}
	return lines
}

func transcribed(row tabletest.Row, number int, can can) string {
	cells := row.Cells
	for !can.blanks && len(cells) > 0 && cells[len(cells)-1].Kind == table.Blank {
		cells = cells[:len(cells)-1]
	}
	line := strconv.Itoa(number)
	if len(cells) > 0 && row.Hidden {
		line += "h"
	}
	for _, c := range cells {
		line += "|" + string("-tndbe"[c.Kind]) + map[bool]string{true: "~"}[c.Struck] + strings.ReplaceAll(c.Text, "\n", "⏎")
	}
	return line
}

// pieces of which texts are made: of GBK, then of all of Unicode, then with spaces.
var (
	piecesGBK   = []string{"甲", "上板城镇", "x", "1", "0", "&", "<b>", ">", "'", "\"", ",", ";", "|", "=", "（", "·", "—", "&amp;", "_x0041_"}
	piecesAll   = []string{"𠮷", "é", "\ue000", "㐀", "☃", "\u200b"}
	piecesSpace = []string{" ", "  ", "\t", "\u3000"}
)

var undelimited = strings.NewReplacer(",", "，", ";", "；", "|", "/", "\t", " ")

func randomText(r *rand.Rand, can can) string {
	pieces := piecesGBK
	if can.all {
		pieces = append(slices.Clone(pieces), piecesAll...)
	}
	if can.spaces {
		pieces = append(slices.Clone(pieces), piecesSpace...)
	}
	if can.lines {
		pieces = append(slices.Clone(pieces), "\n")
	}
	var b strings.Builder
	for range 1 + r.IntN(8) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	text := b.String()
	if can.blanks && strings.Contains(text, "\n") { // with a delimiter too it may as well be two records with a stray quote each
		text = undelimited.Replace(text)
	}
	if !can.spaces {
		text = strings.Trim(text, "\n")
	}
	if strings.TrimSpace(text) == "" {
		return "乙"
	}
	return text
}

func randomValue(r *rand.Rand, can can) table.Cell {
	if !can.kinds {
		return tabletest.Text(randomText(r, can))
	}
	switch r.IntN(8) {
	case 0:
		return tabletest.Number(strconv.Itoa(r.IntN(1_000_000) - 500_000))
	case 1:
		return tabletest.Number(strconv.FormatInt(r.Int64N(1e15), 10))
	case 2:
		return tabletest.Number(strconv.FormatFloat(float64(r.IntN(1_000_000))/100, 'f', -1, 64))
	case 3:
		return tabletest.Date(fmt.Sprintf("%d-%02d-%02d", 1930+r.IntN(100), 1+r.IntN(12), 1+r.IntN(28)))
	case 4:
		return tabletest.Bool(r.IntN(2) == 0)
	}
	return tabletest.Text(randomText(r, can))
}

// randomBook makes a table that a format can say. Its first rows are full, so that
// a text file's delimiter can be told.
func randomBook(r *rand.Rand, can can) tabletest.Book {
	sheets := 1
	if can.sheets {
		sheets += r.IntN(3)
	}
	var book tabletest.Book
	for i := range sheets {
		s := tabletest.Sheet{Name: fmt.Sprintf("村<%d>&", i), Hidden: can.sheets && i > 0 && r.IntN(3) == 0}
		width := 3 + r.IntN(6)
		for n := range 4 + r.IntN(20) {
			s.Rows = append(s.Rows, randomRow(r, can, width, n < 4))
		}
		if can.merges {
			mergeSome(r, &s, width)
		}
		book.Sheets = append(book.Sheets, s)
	}
	return book
}

func randomRow(r *rand.Rand, can can, width int, full bool) tabletest.Row {
	row := tabletest.Row{Hidden: can.hidden && r.IntN(6) == 0}
	for range width {
		var cell table.Cell
		if full || r.IntN(5) > 0 {
			cell = randomValue(r, can)
			cell.Struck = can.struck && r.IntN(6) == 0
		}
		row.Cells = append(row.Cells, cell)
	}
	return row
}

// mergeSome merges ranges that do not overlap and blanks the cells that they cover.
func mergeSome(r *rand.Rand, s *tabletest.Sheet, width int) {
	for row := 1; row+2 <= len(s.Rows); row += 3 {
		from := r.IntN(width)
		m := table.Range{Row0: row, Col0: from, Row1: row + r.IntN(3), Col1: min(width-1, from+r.IntN(3))}
		if m.Row0 == m.Row1 && m.Col0 == m.Col1 {
			continue
		}
		for i := m.Row0; i <= m.Row1; i++ {
			for c := m.Col0; c <= m.Col1; c++ {
				if i > m.Row0 || c > m.Col0 {
					s.Rows[i-1].Cells[c] = table.Cell{}
				}
			}
		}
		s.Merges = append(s.Merges, m)
	}
}
