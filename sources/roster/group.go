package roster

import (
	"slices"

	"hedui/sources/table"
)

// group is the household whose rows are being read, with the values of its group
// columns.
type group struct {
	going  bool
	vals   []value
	filled []bool
	headID string // of the row that is the head's, where no column tells
}

// close ends the household: after a total row the next row begins another.
func (g *group) close() { g.going = false }

// join puts the row into the household that is open, filling its blank group columns
// down, or opens another with it.
func (s *sheetRun) join() {
	rec, g, at := &s.rec, &s.layout.open, s.matcher.kind.at
	if at.householdNo < 0 {
		return // a roster of persons: only merged cells are filled
	}
	if !g.going || !s.member && s.begins() {
		s.begin()
	} else {
		named := rec.filled[at.householdNo] && !rec.numberMerged
		for i := range s.matcher.kind.Columns {
			// A row with its own household number was not merged: of its blanks
			// only the place is the household's for sure.
			place := i == at.town || i == at.village
			if s.matcher.kind.Columns[i].Group && !rec.filled[i] && g.filled[i] && (place || !named) {
				rec.vals[i] = g.vals[i]
			}
		}
	}
	if at.relation >= 0 && headRelation(rec.vals[at.relation].s) && !rec.id.missing() {
		g.headID = headValue(rec.id).s
	}
}

func (s *sheetRun) begin() {
	g := &s.layout.open
	g.going = true
	g.headID = ""
	copy(g.vals, s.rec.vals)
	copy(g.filled, s.rec.filled)
}

// begins says that the row is the first of another household: it has a number, a
// head or a place of its own that differ, or it is the head's row.
func (s *sheetRun) begins() bool {
	rec, g, at := &s.rec, &s.layout.open, s.matcher.kind.at
	if number := rec.vals[at.householdNo]; rec.filled[at.householdNo] {
		return !number.set || number != g.vals[at.householdNo]
	}
	if at.relation >= 0 && headRelation(rec.vals[at.relation].s) {
		return true
	}
	for _, i := range []int{at.headName, at.headID, at.town, at.village} {
		if i >= 0 && rec.filled[i] && rec.vals[i] != g.vals[i] {
			return true
		}
	}
	// Nothing in the sheet tells heads from members: a row that states its town was
	// not merged with the one above.
	told := s.layout.has(at.relation) || s.layout.has(at.headName) || s.layout.has(at.headID)
	return !told && rec.filled[at.town]
}

// merges holds, for each group column and status, the ranges of cells merged downwards; in a
// roster without households also for name and ID number: somebody's settlements, or what
// was found about them, row by row.
type merges struct {
	columns []mergedColumn
}

type mergedColumn struct {
	column int
	ranges []table.Range // by first row
	value  value         // of the range that was entered last
	number numbered      // the same, where the column is the ID number's
	from   int           // its first row; 0 for none
}

func (s *sheetRun) newMerges() merges {
	var m merges
	if s.raw.merges == nil {
		return m
	}
	all, at := s.raw.merges(), s.matcher.kind.at
	for i := range s.matcher.kind.Columns {
		cell := s.layout.at(i)
		if c := &s.matcher.kind.Columns[i]; cell < 0 || !c.Group && c.Type != TypeStatus && (at.householdNo >= 0 || i != at.name && i != at.idNumber) {
			continue
		}
		var ranges []table.Range
		for _, r := range all {
			if r.Col0 == cell && r.Row1 > r.Row0 {
				ranges = append(ranges, r)
			}
		}
		if len(ranges) > 0 {
			slices.SortFunc(ranges, func(a, b table.Range) int { return a.Row0 - b.Row0 })
			m.columns = append(m.columns, mergedColumn{column: i, ranges: ranges})
		}
	}
	return m
}

// fillMerged gives the row the values of the cells merged over it.
func (s *sheetRun) fillMerged(row int) {
	s.rec.numberMerged = false
	for i := range s.layout.merges.columns {
		m := &s.layout.merges.columns[i]
		for len(m.ranges) > 0 && m.ranges[0].Row1 < row {
			m.ranges = m.ranges[1:]
			m.from = 0
		}
		if len(m.ranges) == 0 || row < m.ranges[0].Row0 {
			continue
		}
		switch {
		case m.column == s.matcher.kind.at.idNumber:
			if row == m.ranges[0].Row0 {
				m.number, m.from = s.rec.id, row
			} else if s.rec.id.missing() && m.from == m.ranges[0].Row0 {
				s.rec.id = m.number
			}
		case row == m.ranges[0].Row0:
			if s.rec.filled[m.column] {
				m.value, m.from = s.rec.vals[m.column], row
			}
		case !s.rec.filled[m.column] && m.from == m.ranges[0].Row0:
			s.rec.vals[m.column] = m.value
			s.rec.filled[m.column] = true
			s.rec.numberMerged = s.rec.numberMerged || m.column == s.matcher.kind.at.householdNo
		}
	}
}
