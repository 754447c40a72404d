package table

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// dialect is how a text file sets its cells apart.
type dialect struct {
	comma  byte // the delimiter
	padded bool // one space behind each delimiter belongs to it
	quote  byte
	commas int // delimiters on a usual line

	escapes bool // a quote within quotes has escape before it, and is not doubled
	escape  byte
	bare    bool // a quote within quotes stands there as it is: ""," ends a cell with one
}

// The characters that are tried, the likelier first: of two dialects that read
// a file equally well the first is taken.
const (
	commaCandidates = ",\t;|^~\x01\x1f: "
	proseCommas     = "^~\x01\x1f: " // those of them that must split nearly all rows alike
	quoteCandidates = `"'`
)

// sampleSize bounds what is looked at to tell the dialect.
const sampleSize = 1 << 16

// findDialect finds the dialect that reads the beginning of the text best, by the
// two signs of van den Burg et al., "Wrangling messy CSV files by detecting row
// and type patterns" (2019): its rows are alike, and its cells look like
// something.
func findDialect(text string) dialect {
	sample := text[:min(len(text), sampleSize)]
	if len(sample) < len(text) { // not to end in the midst of a row
		if end := strings.LastIndexAny(sample, "\r\n"); end > 0 {
			sample = sample[:end+1]
		}
	}
	if comma, _, ok := declared(sample); ok {
		d := dialect{comma: comma, quote: '"'}
		d.commas = d.usual(sample)
		return d
	}
	best, highest := dialect{comma: ',', quote: '"'}, -1.0
	for _, d := range candidates(sample) {
		d.commas = d.usual(sample)
		if score := d.score(sample); score > highest*(1+1e-9) {
			best, highest = d, score
		}
	}
	return best
}

// declared reads Excel's own first line, sep=; and says how long it is.
func declared(text string) (comma byte, length int, ok bool) {
	line, _, _ := strings.Cut(text, "\n")
	bare := strings.Trim(strings.TrimSuffix(line, "\r"), `"`)
	if len(bare) != len("sep=;") || !strings.EqualFold(bare[:4], "sep=") {
		return 0, 0, false
	}
	return bare[4], min(len(line)+1, len(text)), true
}

// candidates lists the dialects whose characters stand in the sample.
func candidates(sample string) []dialect {
	var all []dialect
	for _, comma := range []byte(commaCandidates) {
		if strings.IndexByte(sample, comma) < 0 && comma != ',' || comma == ':' && inTimes(sample) {
			continue
		}
		for _, padded := range []bool{false, true} {
			if padded && (comma == ' ' || strings.Count(sample, string(rune(comma)))*3 > strings.Count(sample, string(rune(comma))+" ")*4) {
				continue // behind nearly each of them, or it is the cells' own
			}
			for _, quote := range []byte(quoteCandidates) {
				if quote != '"' && !opens(sample, comma, quote) {
					continue
				}
				all = append(all, dialect{comma: comma, padded: padded, quote: quote})
				for _, escape := range []byte{'\\', 0x00} {
					if strings.Contains(sample, string([]byte{escape, quote})) {
						all = append(all, dialect{comma: comma, padded: padded, quote: quote, escapes: true, escape: escape})
					}
				}
				if strings.Contains(sample, string([]byte{quote, quote, comma, quote})) {
					all = append(all, dialect{comma: comma, padded: padded, quote: quote, bare: true})
				}
			}
		}
	}
	return all
}

// opens says that a quote stands where a cell begins, and another where one ends: an
// apostrophe that keeps Excel from counting begins cells only.
func opens(sample string, comma, quote byte) bool {
	begins, ends := false, false
	for i := range len(sample) {
		if sample[i] != quote {
			continue
		}
		before, behind := byte('\n'), byte('\n')
		if i > 0 {
			before = sample[i-1]
		}
		if i+1 < len(sample) {
			behind = sample[i+1]
		}
		edge := func(c byte) bool { return c == comma || c == '\n' || c == '\r' }
		begins = begins || edge(before) || before == ' '
		ends = ends || edge(behind)
	}
	return begins && ends
}

// usual is the number of delimiters outside quotes that most of the lines have,
// those with more counting for more.
func (d dialect) usual(sample string) int {
	tally := map[int]int{}
	for line := range strings.FieldsFuncSeq(sample, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if n := countOutsideQuotes(line, d.comma, d.quote); n > 0 {
			tally[n]++
		}
	}
	most := 0
	for _, n := range slices.Sorted(maps.Keys(tally)) {
		if n*tally[n] >= most*tally[most] {
			most = n
		}
	}
	return most
}

// score reads the sample and weighs what comes out.
func (d dialect) score(sample string) float64 {
	const nothing = 1e-3 // of a single column: better than nonsense, worse than any table
	rows := map[int]int{}
	cells, known, numbers := 0, 0, 0
	reader := &splitter{text: sample, dialect: d, max: len(sample)}
	for row, err := range reader.rows {
		if err != nil {
			break
		}
		if len(row.Cells) == 0 {
			continue
		}
		rows[len(row.Cells)]++
		for _, c := range row.Cells {
			cells++
			if familiar(c.Text) {
				known++
			}
			if number(c.Text) {
				numbers++
			}
		}
	}
	if cells == 0 || strings.IndexByte(proseCommas, d.comma) >= 0 && !d.convinces(rows, numbers == cells) && !d.betweenQuotes(sample) {
		return 0
	}
	pattern := 0.0
	for _, width := range slices.Sorted(maps.Keys(rows)) {
		pattern += float64(rows[width]) * max(nothing, float64(width-1)/float64(width))
	}
	return pattern / float64(len(rows)) * max(float64(known)/float64(cells), 1e-10)
}

// convinces says of a delimiter that prose holds too that it makes a table: four
// of five rows are alike, and where they have two cells all are numbers. A column
// of names, of remarks or of moments is none.
func (d dialect) convinces(rows map[int]int, numbers bool) bool {
	all, most, usual := 0, 0, 0
	for _, width := range slices.Sorted(maps.Keys(rows)) {
		all += rows[width]
		if rows[width] >= most {
			most, usual = rows[width], width
		}
	}
	pair := usual == 2 && (d.comma == ' ' || d.comma == ':')
	return all > 1 && most*5 >= all*4 && (numbers || !pair)
}

// betweenQuotes says that three of four lines have the delimiter between two quoted
// cells: that is no prose.
func (d dialect) betweenQuotes(sample string) bool {
	mark := string([]byte{d.quote, d.comma, d.quote})
	lines, with := 0, 0
	for line := range strings.Lines(sample) {
		if lines++; strings.Contains(line, mark) {
			with++
		}
	}
	return with*4 >= lines*3
}

// inTimes says that the colons stand in times and addresses, and divide nothing.
func inTimes(sample string) bool {
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	all, inside := 0, 0
	for i := 1; i < len(sample)-1; i++ {
		if sample[i] != ':' {
			continue
		}
		if all++; sample[i+1] == '/' || digit(sample[i-1]) && digit(sample[i+1]) {
			inside++
		}
	}
	return inside*10 > all
}

// familiar says that a cell looks like something that people put into one: nothing,
// a number, a date, words; and not like a piece that was cut off wrongly.
func familiar(s string) bool {
	padded := len(s) > 1 && s[0] == ' '
	s = strings.TrimSpace(s)
	if s == "" || padded {
		return !padded
	}
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	for _, quote := range quoteCandidates {
		if first == quote && last == quote && len(s) > 1 || strings.Count(s, string(quote)) == 1 && (first == quote || last == quote) {
			return false // a quote that this dialect does not know
		}
	}
	if strings.ContainsAny(s, "\t;|^~\x01\x1f") {
		return false
	}
	if strings.ContainsAny(s, ",\n") { // prose has commas; a row that was not cut has no space behind them
		return !strings.Contains(strings.ReplaceAll(strings.ReplaceAll(s, ", ", ""), ",\n", ""), ",") || number(s)
	}
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) || utf8.RuneCountInString(s) <= 2
}

// number says that s is digits with marks between them: 1,200.50, -3, 45%.
func number(s string) bool {
	return strings.Trim(s, "0123456789.,-+%¥￥$€£ ") == ""
}

// grounds tells the dialect in Chinese.
func (d dialect) grounds() string {
	name := func(c byte) string {
		switch c {
		case '\t':
			return "制表符"
		case ' ':
			return "空格"
		case 0:
			return "NUL"
		}
		return fmt.Sprintf("%q", c)
	}
	told := "分隔符 " + name(d.comma)
	if d.padded {
		told += "加空格"
	}
	told += "，引号 " + name(d.quote)
	switch {
	case d.escapes:
		told += "，转义 " + name(d.escape)
	case d.bare:
		told += "，引号内的引号不转义"
	}
	return told
}
