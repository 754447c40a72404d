package table

import (
	"bytes"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isHTML: exports under the name .xls are often a web page's table.
func isHTML(text []byte) bool {
	start := bytes.ToLower(bytes.TrimSpace(text[:min(len(text), 4096)]))
	if len(start) == 0 || start[0] != '<' {
		return false
	}
	return bytes.Contains(start, []byte("<html")) || bytes.Contains(start, []byte("<table"))
}

// openHTML makes a sheet of each table that stands in no other table.
func (f *File) openHTML(text []byte, lim Limits) error {
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		return unreadable(fmt.Errorf("parse HTML: %w", err))
	}
	for node := range root.Descendants() {
		if node.DataAtom != atom.Table || within(node.Parent, atom.Table) {
			continue
		}
		grid := htmlTable{merged: map[[2]int]bool{}}
		if err := grid.read(node, lim); err != nil {
			return err
		}
		name := fmt.Sprintf("表%d", len(f.Sheets)+1)
		f.Sheets = append(f.Sheets, &Sheet{Name: name, merges: func() []Range { return grid.ranges },
			rows: func() iter.Seq2[Row, error] {
				return func(yield func(Row, error) bool) {
					for i, cells := range grid.rows {
						if !yield(Row{Number: i + 1, Cells: slices.Clone(cells)}, nil) {
							return
						}
					}
				}
			}})
	}
	if len(f.Sheets) == 0 {
		return unknown(fmt.Errorf("HTML without a table"))
	}
	return nil
}

func within(node *html.Node, tag atom.Atom) bool {
	for ; node != nil; node = node.Parent {
		if node.DataAtom == tag {
			return true
		}
	}
	return false
}

// htmlTable lays cells out on a grid, as spans say; a merged cell's text stands
// in its first place, as in a workbook.
type htmlTable struct {
	rows   [][]Cell
	ranges []Range
	merged map[[2]int]bool // places that a span of an earlier cell covers
}

func (t *htmlTable) read(table *html.Node, lim Limits) error {
	for row := range table.Descendants() {
		if row.DataAtom != atom.Tr || owner(row) != table {
			continue
		}
		var cells []Cell
		number := len(t.rows)
		for cell := range row.ChildNodes() {
			if cell.DataAtom != atom.Td && cell.DataAtom != atom.Th {
				continue
			}
			for t.merged[[2]int{number, len(cells)}] {
				cells = append(cells, Cell{})
			}
			text := cellTextOf(cell)
			if len(text) > lim.MaxCell {
				return tooLarge(fmt.Errorf("cell of %d bytes in row %d", len(text), number+1))
			}
			t.span(number, len(cells), span(cell, "rowspan"), span(cell, "colspan"))
			width := span(cell, "colspan")
			cells = append(cells, textCell(text))
			cells = append(cells, make([]Cell, width-1)...)
		}
		t.rows = append(t.rows, cells)
	}
	return nil
}

// owner is the table that a row belongs to.
func owner(node *html.Node) *html.Node {
	for node = node.Parent; node != nil && node.DataAtom != atom.Table; node = node.Parent {
	}
	return node
}

func (t *htmlTable) span(row, column, height, width int) {
	if height == 1 && width == 1 {
		return
	}
	t.ranges = append(t.ranges, Range{row + 1, column, row + height, column + width - 1})
	for r := row + 1; r < row+height; r++ {
		for c := column; c < column+width; c++ {
			t.merged[[2]int{r, c}] = true
		}
	}
}

// span reads a span, kept within what a department's table can have.
func span(cell *html.Node, name string) int {
	for _, a := range cell.Attr {
		if a.Key == name {
			if n, err := strconv.Atoi(strings.TrimSpace(a.Val)); err == nil && n > 1 {
				return min(n, 1000)
			}
		}
	}
	return 1
}

// cellTextOf joins a cell's text; <br> is a line break.
func cellTextOf(cell *html.Node) string {
	var b strings.Builder
	for node := range cell.Descendants() {
		switch {
		case node.Type == html.TextNode && !within(node.Parent, atom.Style) && !within(node.Parent, atom.Script):
			b.WriteString(node.Data)
		case node.DataAtom == atom.Br:
			b.WriteByte('\n')
		}
	}
	return strings.TrimSpace(b.String())
}
