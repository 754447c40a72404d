package reports

import (
	"context"
	"database/sql"
	"io"
	"regexp"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"

	"hedui/pipeline/fault"
)

// Mask hides who somebody is in what a report tells: of a name its first character
// stays, of an ID number its first six and last four. Lengths stay as they were, so
// that a returned workbook's masked cells can be compared with the ledger's own.
// Names are looked for in every text that comes out of a query, also in statements,
// evidence, file names and a department's own cells: every name that any roster ever
// held, and that the ledger holds. A word that only happens to be somebody's name is
// masked too; those of places are not, for they are sorted by. Spaces in a name count for nothing.
//
// The night's tables are asked for the names when the first report is written.
type Mask struct {
	once  sync.Once
	err   error
	names map[rune]*words
	kept  map[rune]*words
	whole map[string]bool // names of one character, masked only where they are all of a text
}

// words are those that begin with one character.
type words struct {
	sizes []int // in characters, longest first
	all   map[string]bool
}

type maskKey struct{}

// over masks what a report's queries give.
func (m *Mask) over(write Write) Write {
	return func(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
		if err := m.learn(ctx, db); err != nil {
			return err
		}
		return write(context.WithValue(ctx, maskKey{}, m), db, w, town)
	}
}

func (m *Mask) learn(ctx context.Context, db *sql.Conn) error {
	m.once.Do(func() {
		m.names, m.kept, m.whole = map[rune]*words{}, map[rune]*words{}, map[string]bool{}
		known := map[string]bool{}
		if m.err = firsts(ctx, db, "mask_names", func(name string) {
			known[name] = true
			if utf8.RuneCountInString(name) > 1 {
				add(m.names, name)
			} else {
				m.whole[name] = true
			}
		}); m.err != nil {
			return
		}
		m.err = firsts(ctx, db, "mask_kept", func(word string) {
			if !known[word] { // a name that slipped into the column of towns
				add(m.kept, word)
			}
		})
	})
	return m.err
}

func firsts(ctx context.Context, db *sql.Conn, name string, take func(string)) error {
	return each(ctx, db, name, func(v []any) error {
		take(text(v[0]))
		return nil
	})
}

func add(in map[rune]*words, word string) {
	bare, _ := unspaced([]rune(word))
	word = string(bare)
	first, _ := utf8.DecodeRuneInString(word)
	w := in[first]
	if w == nil {
		w = &words{all: map[string]bool{}}
		in[first] = w
	}
	w.all[word] = true
	if size := utf8.RuneCountInString(word); !slices.Contains(w.sizes, size) {
		w.sizes = append(w.sizes, size)
		slices.SortFunc(w.sizes, func(a, b int) int { return b - a })
	}
}

// at is the size of the longest word that begins there; 0: none does.
func (w *words) at(text []rune) int {
	if w == nil {
		return 0
	}
	for _, size := range w.sizes {
		if size <= len(text) && w.all[string(text[:size])] {
			return size
		}
	}
	return 0
}

// Text masks every name and number in a text.
func (m *Mask) Text(text string) string {
	if m.whole[text] {
		return "*"
	}
	text = fault.Hide(longNumber.ReplaceAllStringFunc(text, maskNumber), maskNumber)
	runes := []rune(text)
	bare, at := unspaced(runes)
	for i := 0; i < len(bare); {
		if n := m.kept[bare[i]].at(bare[i:]); n > 0 {
			i += n
			continue
		}
		n := max(m.names[bare[i]].at(bare[i:]), 1)
		for k := at[i] + 1; k <= at[i+n-1]; k++ {
			runes[k] = '*'
		}
		i += n
	}
	return string(runes)
}

// unspaced is a text without the spaces that people put into names, and where each of
// its characters stands in the text. A line's end is none of them.
func unspaced(text []rune) (bare []rune, at []int) {
	for i, r := range text {
		if !unicode.Is(unicode.Zs, r) {
			bare, at = append(bare, r), append(at, i)
		}
	}
	return bare, at
}

var (
	// An ID number, also one that lost or won a digit, a disability certificate's, and
	// what a spreadsheet made of one.
	longNumber = regexp.MustCompile(`[0-9]{13,}[0-9Xx]|[0-9]\.[0-9]{5,}[Ee]\+1[0-9]`)
	// In a department's own cells: as people write it, and telephones and accounts.
	rawNumber = regexp.MustCompile(`[0-9０-９](?:[ 　\x{00A0}.·-]?[0-9０-９]){9,}[ 　]?[0-9０-９XxＸｘ]`)
)

func maskNumber(number string) string {
	runes := []rune(number)
	for i := min(6, len(runes)-8); i < len(runes)-4; i++ {
		runes[i] = '*'
	}
	return string(runes)
}

// rawColumns hold what a department wrote, as it wrote it.
var rawColumns = []string{"各单元格原文", "原因", "cells", "told", "problems"}

// row masks a query's row.
func (m *Mask) row(columns []string, values []any) {
	if m == nil {
		return
	}
	for i, v := range values {
		s, ok := v.(string)
		if !ok {
			continue
		}
		if slices.Contains(rawColumns, columns[i]) {
			s = rawNumber.ReplaceAllStringFunc(s, maskNumber)
		}
		values[i] = m.Text(s)
	}
}
