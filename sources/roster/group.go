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
	s.findHead()
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
	if at.relation >= 0 && headRelation(rec.vals[at.relation].s) || s.ownHead() && !s.hasNumber() && headValue(rec.id).s != g.headID {
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

// merges holds, for each cell that may be another row's too, the ranges merged downwards there.
type merges []mergedCell

type mergedCell struct {
	cell   int
	ranges []table.Range // by first row
	first  table.Cell    // of the range that was entered last
	from   int           // its first row; 0 for none
}

// mergeable says that cells of the column merged downwards hold for all their rows. A member has
// his own name, number and relation; of persons' money nobody can say whether it is each one's or
// the sum of all.
func (m *matcher) mergeable(column int) bool {
	c, at := &m.kind.Columns[column], m.kind.at
	switch {
	case c.Group:
		return true
	case c.Type == TypeMoney, c.Type == TypeCode:
		return false
	}
	// without households they are one person's settlements, or what was found about them
	return at.householdNo < 0 || !slices.Contains(at.memberColumns(), column)
}

func (s *sheetRun) newMerges() merges {
	var m merges
	if s.raw.merges == nil {
		return m
	}
	all := s.raw.merges()
	add := func(cell int) {
		var ranges []table.Range
		for _, r := range all {
			if r.Col0 == cell && r.Row1 > r.Row0 {
				ranges = append(ranges, r)
			}
		}
		if len(ranges) > 0 && !slices.ContainsFunc(m, func(c mergedCell) bool { return c.cell == cell }) {
			slices.SortFunc(ranges, func(a, b table.Range) int { return a.Row0 - b.Row0 })
			m = append(m, mergedCell{cell: cell, ranges: ranges})
		}
	}
	if len(all) == 0 {
		return m
	}
	for i, sources := range s.layout.sources {
		if !s.matcher.mergeable(i) {
			continue
		}
		for _, src := range sources {
			add(src.cell)
		}
	}
	for _, cell := range slices.Concat(s.layout.programmes, s.layout.endedOn) {
		add(cell)
	}
	return m
}

// fillMerged gives the cells of the row with those merged over it.
func (s *sheetRun) fillMerged(row table.Row) []table.Cell {
	s.rec.numberMerged = false
	cells, own := row.Cells, false
	for i := range s.layout.merges {
		m := &s.layout.merges[i]
		for len(m.ranges) > 0 && m.ranges[0].Row1 < row.Number {
			m.ranges = m.ranges[1:]
		}
		switch {
		case len(m.ranges) == 0 || row.Number < m.ranges[0].Row0:
		case row.Number == m.ranges[0].Row0:
			m.first, m.from = table.Cell{}, row.Number
			if m.cell < len(cells) {
				m.first = cells[m.cell]
			}
		case m.from == m.ranges[0].Row0 && cellText(cells, m.cell) == "" && m.first.Text != "":
			if !own {
				cells, own = slices.Clone(cells), true
			}
			for len(cells) <= m.cell {
				cells = append(cells, table.Cell{})
			}
			cells[m.cell] = m.first
			s.rec.numberMerged = s.rec.numberMerged || m.cell == s.layout.at(s.matcher.kind.at.householdNo)
		}
	}
	return cells
}
