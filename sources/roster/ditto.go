package roster

import (
	"slices"

	"hedui/sources/table"
)

// isDitto says that a cell repeats the one above it.
func isDitto(text string) bool {
	if len(text) < 3 || len(text) > 12 || text[0] < 0xe2 {
		return false
	}
	switch squeeze(text) {
	case "同上", "同前", "〃", "″", "〞", "”", "””":
		return true
	}
	return false
}

// repeat puts in the place of 同上 what stands above it, in the columns of place and household;
// one number 同上 for all who have it would make them one household. Elsewhere 同上 is a fault,
// and where every row is a household, only the place goes on.
func (s *sheetRun) repeat(row table.Row) table.Row {
	l, at := s.layout, s.matcher.kind.at
	if l.above == nil {
		l.above = make([]table.Cell, l.width)
	}
	own := row.Cells
	for i := range s.matcher.kind.Columns {
		place := i == at.town || i == at.village
		if !place && (!s.matcher.kind.Columns[i].Group || l.household) {
			continue
		}
		for _, src := range l.sources[i] {
			switch text := cellText(row.Cells, src.cell); {
			case isDitto(text):
				if cellText(l.above, src.cell) != "" {
					if &own[0] == &row.Cells[0] {
						row.Cells = slices.Clone(own)
					}
					row.Cells[src.cell] = l.above[src.cell]
				}
			case text != "":
				l.above[src.cell] = row.Cells[src.cell]
			case !place && i != at.householdNo: // blank, these are not surely what the last row said
				l.above[src.cell] = table.Cell{}
			}
		}
	}
	return row
}
