package table

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
)

const odsType = "application/vnd.oasis.opendocument."

// openODS reads a workbook of LibreOffice: content.xml holds all its sheets.
func (f *File) openODS(a *archive) error {
	kind, err := a.short("mimetype")
	if err != nil {
		return err
	}
	if kind != "" && !strings.HasPrefix(kind, odsType+"spreadsheet") {
		return noTable(errors.New("an OpenDocument file that is no spreadsheet"))
	}
	if err := a.refuseEncrypted(); err != nil {
		return err
	}
	r := odsReader{file: f, meter: a.meter, hidden: map[string]bool{}, struck: map[string]bool{}}
	if err := a.scan("content.xml", r.visit); err != nil {
		return err
	}
	if len(f.Sheets) == 0 {
		return noTable(errors.New("an OpenDocument file without a sheet"))
	}
	return nil
}

// short reads a part of a line; it is empty where there is none.
func (a *archive) short(name string) (string, error) {
	if !a.has(name) {
		return "", nil
	}
	r, err := a.open(name)
	if err != nil {
		return "", err
	}
	defer r.Close()
	line, err := io.ReadAll(io.LimitReader(r, 1000))
	if err != nil {
		return "", wrap(name, err)
	}
	return strings.TrimSpace(string(line)), nil
}

func (a *archive) refuseEncrypted() error {
	const manifest = "META-INF/manifest.xml"
	if a.has("encrypted-package") {
		return locked(errors.New("encrypted workbook"))
	}
	if !a.has(manifest) {
		return nil
	}
	encrypted := false
	err := a.scan(manifest, func(s *scanner) error {
		encrypted = encrypted || s.is("encryption-data")
		return nil
	})
	if encrypted {
		return locked(errors.New("encrypted workbook"))
	}
	return err
}

// odsReader takes content.xml in tag by tag. Text is a cell's where it stands in
// a paragraph of the cell itself: that of notes and of shapes is not.
type odsReader struct {
	file   *File
	meter  *meter
	hidden map[string]bool // by style of a sheet
	struck map[string]bool // by style of a cell; none in most files
	style  string          // that is being defined

	grid   *grid // of the open sheet
	row    gridRow
	number int // of the row
	column int // of the cell
	inRow  bool

	cell      odsCell
	cellDepth int // of the open cell; 0: none
	paragraph int // depth of the open paragraph; 0: none
	muted     int // depth of the element whose text is none of the cell's; 0: none
	text      []byte
	begin     int // of the open paragraph in text
	lines     int // paragraphs of the cell so far
}

type odsCell struct {
	kind, value          string
	times, height, width int
	struck               bool
}

func (r *odsReader) visit(s *scanner) error {
	if r.cellDepth > 0 {
		return r.inCell(s)
	}
	switch string(s.name) {
	case "style":
		if !s.ending {
			r.style = s.attr("name")
		}
	case "table-properties":
		if !s.ending && s.attr("display") == "false" {
			r.hidden[r.style] = true
			return r.meter.hold(100)
		}
	case "text-properties":
		if line := s.attr("text-line-through-style") + s.attr("text-line-through-type"); !s.ending && line != "" && !strings.Contains(line, "none") {
			r.struck[r.style] = true
			return r.meter.hold(100)
		}
	case "table":
		return r.table(s)
	case "table-row":
		if !s.ending {
			r.startRow(s)
		}
		if r.inRow && (s.ending || s.closed) {
			return r.endRow()
		}
	case "table-cell", "covered-table-cell":
		if !s.ending && r.inRow {
			return r.startCell(s)
		}
	}
	return nil
}

func (r *odsReader) table(s *scanner) error {
	if r.inRow {
		return errors.New("a sheet ends or begins within a row")
	}
	if s.ending || s.closed {
		r.grid = nil
		return nil
	}
	if r.grid != nil {
		return errors.New("a sheet stands in a sheet")
	}
	r.grid, r.number = &grid{meter: r.meter}, 0
	err := r.file.addSheets(r.grid.sheet(s.attr("name"), r.hidden[s.attr("style-name")]))
	return errors.Join(err, r.meter.hold(500))
}

func (r *odsReader) startRow(s *scanner) {
	if r.grid == nil {
		return // of a change that was tracked
	}
	visibility := s.attr("visibility")
	r.row = gridRow{number: r.number + 1, times: repeats(s.attr("number-rows-repeated")),
		hidden: visibility == "collapse" || visibility == "filter"}
	r.column, r.inRow = 0, true
}

// repeats reads a count; LibreOffice fills a sheet to its end with one row of
// a million.
func repeats(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1<<24)
}

func (r *odsReader) endRow() error {
	r.inRow = false
	r.number = min(r.number+r.row.times, 1<<24)
	if len(r.row.cells) > 0 && r.number > maxRows {
		return errors.New("more rows than a sheet has")
	}
	return r.grid.add(r.row)
}

func (r *odsReader) startCell(s *scanner) error {
	c := odsCell{times: 1, height: 1, width: 1}
	for {
		key, value, ok := s.attribute()
		if !ok {
			break
		}
		switch string(key) {
		case "style-name":
			c.struck = len(r.struck) > 0 && r.struck[string(value)]
		case "value-type":
			// LibreOffice's own of the same name comes behind, and knows errors.
			c.kind = string(value)
		case "value", "date-value", "time-value", "boolean-value":
			c.value = string(value)
		case "string-value":
			c.value = string(unescape(nil, value))
		case "number-columns-repeated":
			c.times = repeats(string(value))
		case "number-columns-spanned":
			c.width = min(repeats(string(value)), maxColumns)
		case "number-rows-spanned":
			c.height = min(repeats(string(value)), maxRows)
		}
	}
	r.cell, r.text, r.lines, r.paragraph, r.muted = c, r.text[:0], 0, 0, 0
	if s.closed {
		return r.endCell()
	}
	r.cellDepth = s.depth
	return nil
}

func (r *odsReader) inCell(s *scanner) error {
	if r.muted > 0 {
		if s.ending && s.depth < r.muted {
			r.muted = 0
		}
		return nil
	}
	if r.paragraph > 0 {
		r.text = appendFolded(r.text, s.text, len(r.text) == r.begin)
	}
	switch {
	case s.ending && s.depth < r.cellDepth:
		r.cellDepth = 0
		return r.endCell()
	case s.ending && r.paragraph > 0 && s.depth < r.paragraph:
		r.paragraph = 0
	case s.ending:
	case r.paragraph == 0 && string(s.name) == "p":
		if r.lines++; r.lines > 1 {
			r.text = append(r.text, '\n')
		}
		if r.begin = len(r.text); !s.closed {
			r.paragraph = s.depth
		}
	case r.paragraph > 0:
		r.inParagraph(s)
	case !s.closed:
		r.muted = s.depth // a note, a shape, a table in the cell
	}
	if len(r.text) > r.meter.MaxCell {
		return errTextSize
	}
	return nil
}

func (r *odsReader) inParagraph(s *scanner) {
	switch string(s.name) {
	case "s":
		for range min(repeats(s.attr("c")), r.meter.MaxCell+1) {
			r.text = append(r.text, ' ')
		}
	case "tab":
		r.text = append(r.text, '\t')
	case "line-break":
		r.text = append(r.text, '\n')
	case "span", "a", "ruby", "ruby-base", "title", "sheet-name", "date", "time":
	default:
		if !s.closed {
			r.muted = s.depth // how to pronounce it, a note, a shape
		}
	}
}

// appendFolded appends text as OpenDocument means it: white space is one space,
// and none at the begin of a paragraph.
func appendFolded(out, text []byte, first bool) []byte {
	from := len(out)
	out = unescape(out, text)
	to, space := from, first
	for _, c := range out[from:] {
		white := c == ' ' || c == '\n' || c == '\t' || c == '\r'
		if white && space {
			continue
		}
		if space = white; white {
			c = ' '
		}
		out[to] = c
		to++
	}
	return out[:to]
}

func (r *odsReader) endCell() error {
	cell, err := r.cell.read(r.grid, r.text)
	if err != nil {
		return err
	}
	cell.Struck = r.cell.struck && cell.Kind != Blank
	column := r.column
	if r.column += r.cell.times; r.column > 1<<24 {
		r.column = 1 << 24
	}
	if cell != (Cell{}) {
		if r.column > maxColumns {
			return errors.New("more columns than a sheet has")
		}
		for i := column; i < r.column; i++ {
			r.row.cells = append(r.row.cells, gridCell{i, cell})
		}
	}
	return r.grid.merge(r.row.number, column, r.cell.height, r.cell.width)
}

// read gives the cell's stored value; what is shown is the text's alone.
func (c *odsCell) read(g *grid, shown []byte) (Cell, error) {
	switch c.kind {
	case "float", "percentage", "currency":
		if c.value != "" {
			return cellOf(plainNumber(c.value), Number), nil
		}
	case "date":
		if cell := isoDate(c.value); cell.Kind == Date {
			return cell, nil
		}
	case "time":
		if serial, ok := isoTime(c.value); ok {
			cell, _ := serialDate(strconv.FormatFloat(serial, 'g', -1, 64), false)
			return cell, nil
		}
	case "boolean":
		return Cell{Text: strings.ToUpper(strconv.FormatBool(truth(c.value))), Kind: Bool}, nil
	}
	if len(shown) == 0 {
		shown = []byte(c.value)
	}
	text, err := g.text(shown)
	if c.kind == "error" && text != "" {
		return cellOf(text, Error), err
	}
	return textCell(text), err
}

// isoTime reads PT08H30M00S as a part of a day.
func isoTime(text string) (float64, bool) {
	at, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(text, "PT")))
	return at.Hours() / 24, err == nil && at >= 0
}
