package table

import "iter"

// grid holds the rows of a sheet whose format does not let them be read one by
// one. Only filled cells are kept, so that a file cannot claim more memory than
// its own bytes explain: no blank row or column takes any, however many are
// named.
type grid struct {
	meter  *meter
	rows   []gridRow // in order
	merges []Range
	texts  map[string]string // short texts, kept once: most of a roster's repeat
	cells  int64             // that reading yields, repeats and blanks among them
	held   int               // of the meter
}

type gridRow struct {
	number, times int // times: the same row stands here so often
	hidden        bool
	cells         []gridCell // in order
}

type gridCell struct {
	column int
	Cell
}

// add appends a row, whose number must be above all before. A row without cells
// is left out: it takes no place, and comes back as blank if another follows.
func (g *grid) add(row gridRow) error {
	if len(row.cells) == 0 {
		return nil
	}
	// Repeats take no memory, but time: as much as cells of their own would.
	width := int64(row.cells[len(row.cells)-1].column + 1)
	if g.cells += width * int64(row.times); g.cells > g.meter.maxCells() {
		return errCells
	}
	g.rows = append(g.rows, row)
	return g.hold(64 + 40*len(row.cells))
}

func (g *grid) hold(bytes int) error {
	g.held += bytes
	return g.meter.hold(bytes)
}

// text makes a string of b, or gives the same one that was made before.
func (g *grid) text(b []byte) (string, error) {
	if s, ok := g.texts[string(b)]; ok {
		return s, nil
	}
	if len(b) > g.meter.MaxCell {
		return "", errTextSize
	}
	s := string(b)
	if len(b) <= 64 && len(g.texts) < 1<<16 {
		if g.texts == nil {
			g.texts = map[string]string{}
		}
		g.texts[s] = s
	}
	return s, g.hold(16 + len(b))
}

// merge notes a merged range of more than one cell.
func (g *grid) merge(row, column, height, width int) error {
	if height <= 1 && width <= 1 {
		return nil
	}
	g.merges = append(g.merges, Range{row, column, row + max(height, 1) - 1, column + max(width, 1) - 1})
	return g.hold(32)
}

func (g *grid) sheet(name string, hidden bool) *Sheet {
	return &Sheet{Name: name, Hidden: hidden, rows: g.each, merges: func() []Range { return g.merges }}
}

func (g *grid) each() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		last := 0
		var cells []Cell
		for _, row := range g.rows {
			for last++; last < row.number; last++ {
				if !yield(Row{Number: last}, nil) {
					return
				}
			}
			for last = row.number; ; last++ {
				cells = row.spread(cells[:0])
				if !yield(Row{Number: last, Hidden: row.hidden, Cells: cells}, nil) {
					return
				}
				if last == row.number+row.times-1 {
					break
				}
			}
		}
	}
}

func (r *gridRow) spread(cells []Cell) []Cell {
	for _, c := range r.cells {
		for len(cells) < c.column {
			cells = append(cells, Cell{})
		}
		cells = append(cells, c.Cell)
	}
	return cells
}
