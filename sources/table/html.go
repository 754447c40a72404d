package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isHTML: exports under the name .xls are often a web page's table.
func isHTML(start string) bool {
	return strings.HasPrefix(start, "<") && (strings.Contains(start, "<html") || strings.Contains(start, "<table"))
}

// maxTag bounds a tag with its attributes, a script, a style: pictures stand in them.
const maxTag = 16 << 20

// htmlReader lays tables out as their tags go by. A parsed tree would take ten
// times the file's size in memory, and repair what needs no repair here.
type htmlReader struct {
	file    *File
	meter   *meter
	open    []*htmlTable         // tables begun and not ended; one in a cell of another is a sheet of its own
	mute    atom.Atom            // script or style, whose text is none
	classes map[string]cellStyle // of cells
	closes  bool                 // cells are ended by tags, which may be left out
}

// htmlTable is a grid of cells; a merged cell's text stands in its first place,
// as in a workbook.
type htmlTable struct {
	grid    *grid
	row     gridRow // the open one, or the last
	inRow   bool
	next    int       // column behind the row's last cell
	covered []int     // by column: the last row that a cell above spans
	cell    *htmlCell // the open one
	struck  bool      // the row
}

type htmlCell struct {
	text          strings.Builder
	height, width int
	stored        string // the number that spreadsheets keep beside the shown text
	number, date  bool
	struck        bool // by its style
	lines         int  // open tags that strike their text
	lined, bare   bool // text within such, and without
}

func (f *File) openHTML(text string, m *meter) error {
	r := htmlReader{file: f, meter: m}
	tokens := html.NewTokenizer(strings.NewReader(text))
	tokens.SetMaxBuf(max(maxTag, 2*m.MaxCell))
	for {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			switch err := tokens.Err(); {
			case errors.Is(err, html.ErrBufferExceeded):
				return tooLarge(fmt.Errorf("read HTML: %w", err))
			case !errors.Is(err, io.EOF):
				return unreadable(fmt.Errorf("read HTML: %w", err))
			}
			break
		}
		if err := r.take(kind, tokens); err != nil {
			return err
		}
	}
	if len(r.open) > 0 && r.closes { // who ends cells ends tables
		return unreadable(errors.New("网页到表格中间就断了"))
	}
	for len(r.open) > 0 {
		if err := r.endTable(); err != nil {
			return err
		}
	}
	if len(f.Sheets) == 0 {
		return noTable(errors.New("HTML without a table"))
	}
	return nil
}

func (r *htmlReader) take(kind html.TokenType, tokens *html.Tokenizer) error {
	switch kind {
	case html.TextToken:
		if r.mute == atom.Style {
			return r.takeStyle(string(tokens.Text()))
		}
		if t := r.table(); t != nil && t.cell != nil && r.mute == 0 {
			t.cell.write(tokens.Text())
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		return r.start(tokens.Token())
	case html.EndTagToken:
		name, _ := tokens.TagName()
		tag := atom.Lookup(name)
		if r.mute = 0; r.table() == nil {
			return nil
		}
		switch tag {
		case atom.Table:
			return r.endTable()
		case atom.Tr, atom.Thead, atom.Tbody, atom.Tfoot:
			return r.endRow()
		case atom.Td, atom.Th:
			r.closes = true
			return r.endCell()
		case atom.S, atom.Strike, atom.Del:
			if c := r.table().cell; c != nil {
				c.lines--
			}
		}
	}
	return nil
}

func (c *htmlCell) write(text []byte) {
	c.text.Write(text)
	if len(bytes.TrimSpace(text)) > 0 {
		c.lined, c.bare = c.lined || c.lines > 0, c.bare || c.lines <= 0
	}
}

func (r *htmlReader) table() *htmlTable {
	if len(r.open) == 0 {
		return nil
	}
	return r.open[len(r.open)-1]
}

func (r *htmlReader) start(tag html.Token) error {
	switch t := r.table(); tag.DataAtom {
	case atom.Script, atom.Style:
		r.mute = tag.DataAtom
	case atom.Table:
		if len(r.open) >= 100 {
			return tooLarge(errors.New("tables nested a hundred deep"))
		}
		return r.begin()
	case atom.Tr:
		if t == nil {
			return nil
		}
		if err := r.endRow(); err != nil {
			return err
		}
		t.startRow(tag)
		t.struck = r.showsLine(tag)
	case atom.Td, atom.Th:
		if t == nil {
			return nil
		}
		if err := r.endCell(); err != nil {
			return err
		}
		if !t.inRow {
			t.startRow(html.Token{})
			t.struck = false
		}
		t.cell = newCell(tag)
		t.cell.date = t.cell.date || t.cell.number && r.showsDate(tag)
		t.cell.struck = t.struck || r.showsLine(tag)
	case atom.S, atom.Strike, atom.Del:
		if t != nil && t.cell != nil {
			t.cell.lines++
		}
	case atom.Br, atom.P, atom.Div:
		if t != nil && t.cell != nil {
			t.cell.text.WriteByte('\v') // a line break, told apart from those of the source
		}
	}
	return nil
}

func (r *htmlReader) begin() error {
	t := &htmlTable{grid: &grid{meter: r.meter}}
	r.open = append(r.open, t)
	err := r.file.addSheets(t.grid.sheet(fmt.Sprintf("表%d", len(r.file.Sheets)+1), false))
	return r.held(errors.Join(err, r.meter.hold(1000)))
}

func (r *htmlReader) held(err error) error {
	if err != nil {
		return tooLarge(fmt.Errorf("read HTML: %w", err))
	}
	return nil
}

func (t *htmlTable) startRow(tag html.Token) {
	t.inRow = true
	hidden := false
	for _, a := range tag.Attr {
		if a.Key == "style" {
			hidden = hidden || strings.Contains(strings.ReplaceAll(strings.ToLower(a.Val), " ", ""), "display:none")
		}
		hidden = hidden || a.Key == "hidden"
	}
	t.row = gridRow{number: t.row.number + 1, times: 1, hidden: hidden}
	t.next = 0
}

func newCell(tag html.Token) *htmlCell {
	c := &htmlCell{height: 1, width: 1}
	for _, a := range tag.Attr {
		switch a.Key {
		case "rowspan":
			c.height = span(a.Val, maxRows)
		case "colspan":
			c.width = span(a.Val, 1000) // more than HTML allows is a slip
		case "x:num", "sdval": // Excel's pages, where the shown number differs; LibreOffice's, always
			c.stored, c.number = strings.TrimSpace(a.Val), true
		case "sdnum": // language; language of the format; format
			if parts := strings.SplitN(a.Val, ";", 3); len(parts) == 3 {
				c.date = isDateFormat(parts[2])
			}
		}
	}
	return c
}

func span(text string, most int) int {
	n, err := strconv.Atoi(strings.TrimSpace(text))
	if err != nil || n < 1 {
		return 1
	}
	return min(n, most)
}

func (r *htmlReader) endTable() error {
	err := r.endRow()
	r.open = r.open[:len(r.open)-1]
	return err
}

func (r *htmlReader) endRow() error {
	t := r.table()
	if !t.inRow {
		return nil
	}
	err := r.endCell()
	t.inRow = false
	if err == nil {
		err = r.held(t.grid.add(t.row))
	}
	return err
}

// endCell puts the open cell in the first place of the row that no cell above
// or before covers.
func (r *htmlReader) endCell() error {
	t := r.table()
	c := t.cell
	if c == nil {
		return nil
	}
	t.cell = nil
	column := t.next
	for column < len(t.covered) && t.covered[column] >= t.row.number {
		column++
	}
	end := column + c.width
	if end > maxColumns || t.row.number > maxRows {
		return tooLarge(fmt.Errorf("row %d of %d columns", t.row.number, end))
	}
	cell := c.cell()
	text, err := t.grid.text([]byte(cell.Text))
	if err != nil {
		return tooLarge(fmt.Errorf("read cell of %d bytes in row %d: %w", len(cell.Text), t.row.number, err))
	}
	cell.Struck = cell.Kind != Blank && (c.struck || c.lined && !c.bare)
	if cell.Text = text; cell != (Cell{}) {
		t.row.cells = append(t.row.cells, gridCell{column, cell})
	}
	t.next = end
	if c.height > 1 {
		t.covered = append(t.covered, make([]int, max(0, end-len(t.covered)))...)
		for i := column; i < end; i++ {
			t.covered[i] = t.row.number + c.height - 1
		}
	}
	return r.held(t.grid.merge(t.row.number, column, c.height, c.width))
}

// cell gives the cell's content: the stored number where the shown text is one
// too, or where its format is a date's.
func (c *htmlCell) cell() Cell {
	cell := textCell(c.shown())
	if !c.number || cell.Kind == Blank {
		return cell
	}
	if c.date {
		if date, ok := serialDate(c.stored, false); ok {
			return date
		}
	}
	if _, err := strconv.ParseFloat(strings.ReplaceAll(cell.Text, ",", ""), 64); err != nil {
		return cell
	}
	if c.stored == "" {
		return Cell{Text: cell.Text, Kind: Number}
	}
	return cellOf(plainNumber(c.stored), Number)
}

// shown folds white space as a browser shows it.
func (c *htmlCell) shown() string {
	var lines []string
	for line := range strings.SplitSeq(c.text.String(), "\v") {
		lines = append(lines, strings.Join(strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\r\n\f", r) }), " "))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n \u00a0")
}
