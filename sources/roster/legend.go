package roster

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hedui/sources/table"
)

// Systems export answers as codes, and what a code stands for is told in the header's remark
// (1是 2否) or in a line above or below the table (注：1-是 2-否). Without either only 1 and 0
// have a meaning: 2 is as often 否 as it is 已参保.

const (
	codeIs      = `(?:[.、:=)~—-]|代表|表示|为|填)*`
	meaningText = `([^0-9.、,;:=()/|~。—-]+)`
)

var (
	codeFirst    = regexp.MustCompile(`([0-9]+)` + codeIs + meaningText)
	meaningFirst = regexp.MustCompile(meaningText + codeIs + `([0-9]+)`)
)

// legend reads what the codes of a header's remark stand for, nil where it is no legend: two
// codes or more, one of which stands for a yes or a no.
func legend(remark string) map[string]string {
	remark = strings.TrimRight(remark, ".、,;。")
	codes := pairs(codeFirst.FindAllStringSubmatch(remark, -1), 1, 2)
	if remark != "" && digits(remark[len(remark)-1:]) == 1 { // 是1否2
		codes = pairs(meaningFirst.FindAllStringSubmatch(remark, -1), 2, 1)
	}
	if len(codes) < 2 {
		return nil
	}
	for _, meaning := range codes {
		if _, answers := parseYesNo(meaning); answers {
			return codes
		}
	}
	return nil
}

// legend reads that of a header and its groups.
func (p headerPath) legend() map[string]string {
	_, remarks := cutRemarks(compact(strings.Join(p.texts, "")))
	return legend(remarks)
}

// lineLegend reads the same of a line of the sheet, for all its answers. A line may say much, so
// each of its codes has to stand for a plain yes, a plain no or for not knowing.
func lineLegend(line string) map[string]string {
	codes := legend(compact(line))
	said := make(map[string]bool)
	for _, meaning := range codes {
		to, plain := yesNoWords.fold(meaning)
		if !plain && !unknown(meaning) {
			return nil
		}
		said[to] = true
	}
	if !said[yes] || !said[no] {
		return nil
	}
	return codes
}

// pairs gives the meanings by their codes, none where one code stands for two things or
// the other way round.
func pairs(found [][]string, code, meaning int) map[string]string {
	codes := make(map[string]string)
	taken := make(map[string]bool)
	for _, f := range found {
		c, m := f[code], f[meaning]
		for _, word := range []string{"代表", "表示", "为", "填"} { // 是填1
			m = strings.TrimSuffix(m, word)
		}
		if len(c) > 2 || codes[c] != "" || taken[m] || m == "" || utf8.RuneCountInString(m) > 8 {
			return nil
		}
		codes[c], taken[m] = m, true
	}
	return codes
}

// aCode says that compact text, where yes/no was asked, is a code and no amount: nobody is paid
// 2 yuan.
func aCode(s string) bool {
	cents, ok := decimalCents(s, 1)
	return ok && decimal(s) && cents%100 == 0 && cents >= 200 && cents < 1000
}

// asks says that a column under this header is answered by yes or no.
func (c *columnFold) asks(src *source) bool {
	return c.Type == TypeYesNo || c.Boolean || c.byHeader[src.folded] != nil
}

// readLegend takes the legend that a line beside the table may be.
func (s *sheetRun) readLegend(cells []table.Cell) {
	for i := range cells {
		if s.codes == nil {
			s.codes = lineLegend(cellText(cells, i))
		}
	}
}

// seekLegend looks for a legend below the table at the first code that the header does not
// explain, some hundred rows ahead: a longer sheet would have to be read twice.
func (s *sheetRun) seekLegend() {
	s.sought = true
	s.ahead(laterChunk)
	for _, row := range s.queue {
		if !holdsID(row) {
			s.readLegend(row.Cells)
		}
	}
}

// decode gives what a code stands for: by the header's own legend, else, where the column asks
// for yes or no, by the sheet's.
func (s *sheetRun) decode(c *columnFold, src *source, cell table.Cell) table.Cell {
	if len(cell.Text) > 4 || src.codes == nil && !c.asks(src) {
		return cell
	}
	code := foldCode(compact(cell.Text))
	if digits(code) < len(code) {
		return cell
	}
	codes := src.codes
	if codes == nil {
		if !s.sought {
			s.seekLegend()
		}
		codes = s.codes
	}
	if meaning, told := codes[code]; told && slices.Contains(answering, c.Type) {
		return table.Cell{Text: meaning, Kind: table.Text}
	}
	return cell
}

// answering are the types of columns that a legend may explain.
var answering = []Type{TypeYesNo, TypeWords, TypeStatus, TypeWord}
