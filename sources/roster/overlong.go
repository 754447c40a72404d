package roster

import (
	"fmt"
	"math"
	"regexp"
	"strings"

	"hedui/sources/table"
)

// A text file parts its cells by commas, and whoever wrote it may not have quoted a comma that
// is part of a cell: 1,200.00 is two cells then, and whatever follows stands under the header of
// its neighbour. Which comma it was can be guessed, but not known.

var (
	thousandsHead = regexp.MustCompile(`^[¥￥]?-?[0-9]{1,3}$`)
	thousandsTail = regexp.MustCompile(`^[0-9]{3}(\.[0-9]{1,2})?元?$`)
)

// whySplit says why a cell behind the comma of an amount is not read.
const whySplit = "金额的千位逗号把一格拆成了两格，这一行从此错位"

// trust says how many cells of a data row stand under their own headers. A row of a text file
// with more cells than the header is told where no amount in it explains them.
func (s *sheetRun) trust(row table.Row) {
	s.trusted = math.MaxInt
	if over := len(row.Cells) - s.layout.cells; !s.raw.text || over <= 0 || s.layout.columns != nil || s.layout.to > 0 {
		return
	}
	beyond := row.Cells[s.layout.cells:]
	if s.trusted = s.splitAmount(row.Cells, emptyRow(beyond)); s.trusted < math.MaxInt || emptyRow(beyond) {
		return
	}
	var texts []string
	for i := range beyond {
		if text := cellText(beyond, i); text != "" {
			texts = append(texts, text)
		}
	}
	s.faultFor(s.matcher.kind.at.name, "表头以外", strings.Join(texts, " "), fmt.Sprintf("这一行比表头多 %d 格，各格可能错位", len(texts)))
}

// splitAmount is the cell of the first amount that looks parted at its comma. Where nothing stands
// beyond the header, only what is left of the cents tells it from an amount and a count.
func (s *sheetRun) splitAmount(cells []table.Cell, cents bool) int {
	first := math.MaxInt
	for i, sources := range s.layout.sources {
		if t := s.matcher.kind.Columns[i].Type; t != TypeMoney && t != TypeIncome {
			continue
		}
		for _, src := range sources {
			head, tail := compact(cellText(cells, src.cell)), compact(cellText(cells, src.cell+1))
			if thousandsHead.MatchString(head) && thousandsTail.MatchString(tail) && (!cents || strings.Contains(tail, ".")) {
				first = min(first, src.cell)
			}
		}
	}
	return first
}
