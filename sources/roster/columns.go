package roster

import (
	"slices"

	"hedui/sources/table"
)

// A long list is often printed as two columns of rows on each page: the same header
// stands twice, side by side. Each column is a table of its own, with its own
// households; one row of the sheet holds a row of each.

// pageColumns gives the layout of a header that consists of the same headers two or
// three times, nil for any other.
func (m *matcher) pageColumns(levels [][]table.Cell, place string) (*layout, error) {
	paths := headerPaths(levels)
	for times := 2; times <= 3; times++ {
		each := len(paths) / times
		if each < 2 || each*times != len(paths) || !periodic(paths, each) {
			continue
		}
		var all []*layout
		for n := range times {
			from, to := paths[n*each].cell, paths[(n+1)*each-1].cell+1
			own := make([][]table.Cell, len(levels))
			for i := range levels {
				own[i] = window(levels[i], from, to)
			}
			l, err := m.newLayout(own, m.match(own), place)
			if err != nil {
				return nil, err
			}
			l.from, l.to = from, to
			all = append(all, l)
		}
		for _, l := range all[1:] {
			copy(all[0].headersUpTo(l.to)[l.from:], l.headers[l.from:])
		}
		all[0].columns = all
		return all[0], nil
	}
	return nil, nil
}

// periodic says that the headers repeat after each of them.
func periodic(paths []headerPath, each int) bool {
	for i := each; i < len(paths); i++ {
		if foldHeader(paths[i].label()) != foldHeader(paths[i-each].label()) {
			return false
		}
	}
	return true
}

// window gives the cells with all outside from and to blank, at their own places.
func window(cells []table.Cell, from, to int) []table.Cell {
	own := slices.Clone(cells[:min(to, len(cells))])
	clear(own[:min(from, len(own))])
	return own
}

// headersUpTo makes room for the headers of the columns to the right, for rejects.
func (l *layout) headersUpTo(to int) []string {
	for len(l.headers) < to {
		l.headers = append(l.headers, "")
	}
	return l.headers
}

// each gives the layouts of the page's columns: most often this one alone.
func (l *layout) each() []*layout {
	if l.columns == nil {
		return []*layout{l}
	}
	return l.columns
}

// treatColumns treats the row's part in each column of the page. The row is loaded if
// any part is; a part that then names nobody is told as a fault.
func (s *sheetRun) treatColumns(row table.Row) (what outcome, code string, err error) {
	first := s.layout
	defer func() { s.layout = first }()
	parts := make([]table.Row, len(first.columns))
	data := false
	for i, l := range first.columns {
		s.layout = l
		parts[i] = table.Row{Number: row.Number, Cells: window(row.Cells, l.from, l.to)}
		data = data || s.seen(parts[i]) == isLoaded
	}
	s.layout = first
	if !data && first.repeats(first.window(row.Cells)) {
		first.turnPage()
	}
	if data && !holdsID(row) {
		if header, err := s.newHeader(row); header || err != nil {
			first = s.layout
			return isHeader, "", err
		}
	}
	var refused []*layout
	for i, l := range first.columns {
		s.layout = l
		own := s.seen(parts[i])
		if own == isLoaded {
			going := l.open.going
			if own = s.said(parts[i]); going && !l.open.going {
				first.close() // a total is the page's
			}
		}
		if own == isLoaded {
			if i > 0 && !l.open.going && s.matcher.kind.at.householdNo >= 0 {
				s.goOn(first, i, row, &parts[i])
			}
			if persons, its := s.admit(parts[i]); persons == 0 {
				own, code = isRejected, its
				refused = append(refused, l)
			}
		}
		what = max(what, own)
	}
	if what == isLoaded {
		for _, l := range refused {
			s.faultFor(s.matcher.kind.at.name, l.headerOf(s.matcher.kind.at.name), "", "并排的另一栏没有姓名，也没有身份证号")
		}
	}
	return what, code, nil
}

// window gives the cells of the page's column alone.
func (l *layout) window(cells []table.Cell) []table.Cell { return window(cells, l.from, l.to) }

// close ends the households of all columns.
func (l *layout) close() {
	for _, c := range l.columns {
		c.open.close()
	}
}

// turnPage lets the household at the foot of the last column go on in the first.
func (l *layout) turnPage() {
	for _, c := range l.columns[1:] {
		if c.open.going {
			l.open, c.open = c.open, l.open
		}
		c.open.close()
	}
}

// goOn gives a row at the head of a column that belongs to no household of its own what the
// household at the foot of the column before says.
func (s *sheetRun) goOn(first *layout, column int, row table.Row, part *table.Row) {
	l, before := first.columns[column], first.columns[column-1]
	if s.ownHousehold(l, part.Cells) {
		return
	}
	for i, cell := range s.foot(first, before, row) {
		if at := l.at(i); cell.Text != "" && cellText(part.Cells, at) == "" {
			for len(part.Cells) <= at {
				part.Cells = append(part.Cells, table.Cell{})
			}
			part.Cells[at] = cell
		}
	}
}

// ownHousehold says that a row tells whose household it is of, or that it is a head's or of
// a place of its own.
func (s *sheetRun) ownHousehold(l *layout, cells []table.Cell) bool {
	at := s.matcher.kind.at
	for _, i := range []int{at.householdNo, at.headName, at.headID, at.town, at.village} {
		if i >= 0 && cellText(cells, l.at(i)) != "" {
			return true
		}
	}
	return at.relation >= 0 && headRelation(compact(cellText(cells, l.at(at.relation))))
}

// foot is what the last household of a column says on this page, by column of the kind; nil where
// the page does not end within some hundred rows, or a total ends the household.
func (s *sheetRun) foot(first, l *layout, row table.Row) map[int]table.Cell {
	at := s.matcher.kind.at
	defer func(current *layout) { s.layout = current }(s.layout)
	s.layout = l
	s.ahead(laterChunk)
	var last map[int]table.Cell
	for _, row := range append([]table.Row{row}, s.queue...) {
		cells := l.window(row.Cells)
		switch {
		case first.repeats(first.window(row.Cells)):
			return last
		case s.total(cells):
			last = nil
		case cellText(cells, l.at(at.householdNo)) == "":
		default:
			last = make(map[int]table.Cell)
			for i := range s.matcher.kind.Columns {
				if s.matcher.kind.Columns[i].Group && l.has(i) && l.at(i) < len(cells) {
					last[i] = cells[l.at(i)]
				}
			}
		}
	}
	if !s.over {
		return nil
	}
	return last
}
