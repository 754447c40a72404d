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
			own = s.said(parts[i])
		}
		if own == isLoaded {
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
