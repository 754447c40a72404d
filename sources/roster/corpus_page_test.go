package roster_test

import (
	"slices"

	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// page is a sheet on its way into a file. Its lines know which row of the clean
// roster they hold, so that a damage may move them about and their row numbers are
// still known.
type page struct {
	name    string
	hidden  bool
	columns []string // canonical, by cell; empty where it is none of the roster's
	lines   []line
	merges  []table.Range
}

type line struct {
	tabletest.Row
	of      int    // of the clean roster's rows; header and none for others
	members []line // of a household that is written as one line
}

const (
	header = -1
	none   = -2
)

func (r cleanRoster) page() *page {
	p := &page{name: "名册"}
	head := line{of: header}
	for _, c := range r.columns {
		p.columns = append(p.columns, c.name)
		head.Cells = append(head.Cells, tabletest.Text(c.header))
	}
	p.lines = append(p.lines, head)
	for i, values := range r.rows {
		l := line{of: i}
		for _, c := range r.columns {
			var cell table.Cell
			if text := values[c.name]; text != "" {
				cell = c.say(text)
			}
			l.Cells = append(l.Cells, cell)
		}
		p.lines = append(p.lines, l)
	}
	return p
}

func (p *page) sheet() tabletest.Sheet {
	s := tabletest.Sheet{Name: p.name, Hidden: p.hidden, Merges: p.merges}
	for _, l := range p.lines {
		s.Rows = append(s.Rows, l.Row)
	}
	return s
}

// at is the place of a column.
func (p *page) at(column string) int {
	i := slices.Index(p.columns, column)
	if i < 0 {
		panic("no column " + column)
	}
	return i
}

// rename gives a column another header.
func (p *page) rename(column, to string) {
	for _, l := range p.lines {
		if l.of == header {
			l.Cells[p.at(column)] = tabletest.Text(to)
		}
	}
}

// headers gives each header another text.
func (p *page) headers(to func(string) string) {
	for _, l := range p.lines {
		if l.of == header {
			for i, c := range l.Cells {
				l.Cells[i] = tabletest.Text(to(c.Text))
			}
		}
	}
}

// each gives every filled cell of a column another content.
func (p *page) each(column string, to func(text string) table.Cell) {
	at := p.at(column)
	for _, l := range p.lines {
		if l.of >= 0 && l.Cells[at].Kind != table.Blank {
			l.Cells[at] = to(l.Cells[at].Text)
		}
	}
}

// texts gives every filled cell of a column another text.
func (p *page) texts(column string, to func(text string) string) {
	p.each(column, func(text string) table.Cell { return tabletest.Text(to(text)) })
}

// insert puts other lines before the line at a place.
func (p *page) insert(before int, rows ...tabletest.Row) {
	var lines []line
	for _, r := range rows {
		lines = append(lines, line{Row: r, of: none})
	}
	p.lines = slices.Insert(p.lines, before, lines...)
}

func (p *page) above(rows ...tabletest.Row) { p.insert(0, rows...) }
func (p *page) under(rows ...tabletest.Row) { p.insert(len(p.lines), rows...) }

// column puts a column of other cells before a place; cell is asked for each line.
func (p *page) column(before int, cell func(l line) table.Cell) {
	p.columns = slices.Insert(p.columns, before, "")
	for i := range p.lines {
		if cells := p.lines[i].Cells; before <= len(cells) {
			p.lines[i].Cells = slices.Insert(cells, before, cell(p.lines[i]))
		}
	}
}

// drop takes a column out.
func (p *page) drop(column string) {
	at := p.at(column)
	p.columns = slices.Delete(p.columns, at, at+1)
	for i := range p.lines {
		p.lines[i].Cells = slices.Delete(p.lines[i].Cells, at, at+1)
	}
}

// breaks visits the places before which a new run of a column's texts begins: the
// last first, so that lines may be put there.
func (p *page) breaks(column string, visit func(place int, text string)) {
	at := p.at(column)
	for i := len(p.lines) - 1; i > 0; i-- {
		if l, before := p.lines[i], p.lines[i-1]; l.of >= 0 && before.of >= 0 && l.Cells[at] != before.Cells[at] {
			visit(i, l.Cells[at].Text)
		}
	}
}

// runs merges or blanks a column where its texts repeat downwards within a household.
func (p *page) runs(column string, merge bool) {
	at, no := p.at(column), p.at("household_no")
	numbers := make([]string, len(p.lines))
	for i, l := range p.lines {
		if l.of >= 0 {
			numbers[i] = l.Cells[no].Text
		}
	}
	for from := 0; from < len(p.lines); {
		to := from
		for to+1 < len(p.lines) && numbers[from] != "" && numbers[to+1] == numbers[from] {
			to++
			p.lines[to].Cells[at] = table.Cell{}
		}
		if merge && to > from {
			p.merges = append(p.merges, table.Range{Row0: from + 1, Col0: at, Row1: to + 1, Col1: at})
		}
		from = to + 1
	}
}

// split makes a page of its own of each run of a column's texts, each with the
// header.
func (p *page) split(column string) []*page {
	var pages []*page
	at := p.at(column)
	for _, l := range p.lines[1:] {
		text := l.Cells[at].Text
		if len(pages) == 0 || pages[len(pages)-1].name != text {
			head := line{of: header, Row: tabletest.Row{Cells: slices.Clone(p.lines[0].Cells)}}
			pages = append(pages, &page{name: text, columns: slices.Clone(p.columns), lines: []line{head}})
		}
		last := pages[len(pages)-1]
		last.lines = append(last.lines, l)
	}
	return pages
}
