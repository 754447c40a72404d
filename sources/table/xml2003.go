package table

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
)

// xml2003Reader reads an XML spreadsheet of Excel 2003, tag by tag. Its cells
// stand one behind the other, unless ss:Index says where; a merged cell takes
// the places that it covers.
type xml2003Reader struct {
	file  *File
	meter *meter

	grid    *grid
	row     gridRow
	number  int // of the last row
	column  int // of the last cell
	covered int // columns behind it that it covers
	inRow   bool

	inCell, inData bool
	kind           string
	data           []byte

	style     string          // that is being defined
	struck    map[string]bool // by style; nil where none is
	rowStruck bool
	lined     bool // the cell
}

func (f *File) openXML2003(text string, m *meter) error {
	r := xml2003Reader{file: f, meter: m}
	if err := scan(newScanner(strings.NewReader(text), m.MaxCell), "XML spreadsheet", r.visit); err != nil {
		return err
	}
	if len(f.Sheets) == 0 {
		return unreadable(errors.New("find sheets: none"))
	}
	return nil
}

func (r *xml2003Reader) visit(s *scanner) error {
	if r.inData {
		return r.takeData(s)
	}
	switch string(s.name) {
	case "Style":
		r.style = s.attr("ID")
	case "Font":
		if r.grid == nil && truth(s.attr("StrikeThrough")) {
			return r.strike()
		}
	case "Worksheet":
		if r.inRow {
			return errors.New("a sheet ends or begins within a row")
		}
		if s.ending || s.closed {
			r.grid = nil
			return nil
		}
		r.grid, r.number = &grid{meter: r.meter}, 0
		return errors.Join(r.file.addSheets(r.grid.sheet(s.attr("Name"), false)), r.meter.hold(500))
	case "Row":
		if !s.ending && r.grid != nil {
			return r.startRow(s)
		}
		if s.ending && r.inRow {
			r.inRow, r.inCell = false, false
			return r.grid.add(r.row)
		}
	case "Cell":
		if r.inCell = !s.ending && !s.closed && r.inRow; !s.ending && r.inRow {
			return r.startCell(s)
		}
	case "Data": // of the cell: a comment has one, too
		if r.inCell && s.is("Data") && !s.closed {
			r.kind, r.data, r.inData = s.attr("Type"), r.data[:0], true
		}
	case "Comment", "PhoneticText":
		r.inCell = r.inRow && (s.ending || s.closed)
	case "Visible":
		if s.ending && r.grid != nil && strings.HasPrefix(string(bytes.TrimSpace(s.text)), "Sheet") {
			r.file.Sheets[len(r.file.Sheets)-1].Hidden = true // SheetHidden, SheetVeryHidden
		}
	}
	return nil
}

func (r *xml2003Reader) strike() error {
	if r.struck == nil {
		r.struck = map[string]bool{}
	}
	r.struck[r.style] = true
	return r.meter.hold(100)
}

func (r *xml2003Reader) startRow(s *scanner) error {
	number, hidden, span := r.number+1, false, 0
	r.rowStruck = false
	for {
		key, value, ok := s.attribute()
		if !ok {
			break
		}
		switch string(key) {
		case "Index":
			n, err := strconv.Atoi(string(value))
			if err != nil || n <= r.number || n > maxRows {
				return errors.New("a row's index is not above the one before")
			}
			number = n
		case "Hidden":
			hidden = truth(string(value))
		case "StyleID": // of the cells that have none
			r.rowStruck = r.struck[string(value)]
		case "Span": // so many rows of the same format follow, all blank
			span, _ = strconv.Atoi(string(value))
		}
	}
	if number > maxRows {
		return errors.New("more rows than a sheet has")
	}
	r.row = gridRow{number: number, times: 1, hidden: hidden}
	r.number = number + min(max(span, 0), maxRows)
	r.column, r.covered, r.inRow, r.inCell = -1, 0, !s.closed, false
	return nil
}

func (r *xml2003Reader) startCell(s *scanner) error {
	column := r.column + 1 + r.covered
	across, down := 0, 0
	r.lined = r.rowStruck
	for {
		key, value, ok := s.attribute()
		if !ok {
			break
		}
		n, err := strconv.Atoi(string(value))
		switch string(key) {
		case "Index":
			if err != nil || n-1 <= r.column {
				return errors.New("a cell's index is not above the one before")
			}
			column = n - 1
		case "StyleID":
			r.lined = r.struck[string(value)]
		case "MergeAcross":
			across = min(max(n, 0), maxColumns)
		case "MergeDown":
			down = min(max(n, 0), maxRows)
		}
	}
	if column >= maxColumns {
		return errors.New("more columns than a sheet has")
	}
	r.column, r.covered = column, across
	return r.grid.merge(r.row.number, column, down+1, across+1)
}

// takeData gathers a cell's text; the tags in it are its fonts.
func (r *xml2003Reader) takeData(s *scanner) error {
	if r.data = unescape(r.data, s.text); len(r.data) > r.meter.MaxCell {
		return errTextSize
	}
	if !s.ending || string(s.name) != "Data" {
		return nil
	}
	r.inData = false
	text, err := r.grid.text(r.data)
	if err != nil {
		return err
	}
	cell := textCell(text)
	switch trimmed := strings.TrimSpace(text); {
	case trimmed == "":
	case r.kind == "Number":
		cell = cellOf(plainNumber(trimmed), Number)
	case r.kind == "DateTime":
		cell = isoDate(trimmed)
	case r.kind == "Boolean":
		cell = Cell{Text: strings.ToUpper(strconv.FormatBool(truth(trimmed))), Kind: Bool}
	case r.kind == "Error":
		cell = cellOf(trimmed, Error)
	}
	cell.Struck = r.lined && cell.Kind != Blank
	if cell != (Cell{}) {
		r.row.cells = append(r.row.cells, gridCell{r.column, cell})
	}
	return nil
}
