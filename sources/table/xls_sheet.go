package table

import (
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
)

// rows reads a sheet's cells. They stand in order of rows in all files that
// programs write, but nothing demands it: the sheet is gathered, then given.
func (b *biff) rows(at int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		sheet := biffSheet{book: b, grid: grid{meter: b.meter}, cells: map[int][]gridCell{}, hidden: map[int]bool{}}
		defer func() { b.meter.held.Add(-int64(sheet.grid.held)) }()
		if err := sheet.read(at); err != nil {
			yield(Row{}, err)
			return
		}
		for row, err := range sheet.grid.each() {
			if !yield(row, err) {
				return
			}
		}
	}
}

func (s *biffSheet) read(at int) error {
	for r, err := range s.book.records(at) {
		if err == nil {
			err = s.take(r)
		}
		if err != nil {
			return wrap(fmt.Sprintf("sheet record %#x", r.kind), err)
		}
	}
	for _, n := range slices.Sorted(maps.Keys(s.cells)) {
		if err := s.grid.add(gridRow{number: n + 1, times: 1, hidden: s.hidden[n], cells: s.cells[n]}); err != nil {
			return wrap("sheet", err)
		}
	}
	return nil
}

func (b *biff) merges(at int) []Range {
	var merges []Range
	for r, err := range b.records(at) {
		if err != nil {
			return nil // rows tells what is wrong
		}
		if r.kind != recordMerged {
			continue
		}
		c := cursor{record: r}
		for n := c.uint16(); n > 0 && c.err == nil; n-- {
			row0, row1, col0, col1 := c.uint16(), c.uint16(), c.uint16(), c.uint16()
			if c.err != nil || row1 < row0 || col1 < col0 {
				continue
			}
			merges = append(merges, Range{int(row0) + 1, int(col0), int(row1) + 1, int(col1)})
		}
	}
	return merges
}

// maxBiffColumn is the last column of a sheet, from 0.
const maxBiffColumn = 255

// cellSizes are the lengths of cells' records that are always the same. One that
// is damaged there would hide the cells behind it, and all could look well.
var cellSizes = map[int]int{recordLabelSST: 10, recordRk: 10, recordNumber: 14, recordBoolErr: 8}

type biffSheet struct {
	book    *biff
	grid    grid
	cells   map[int][]gridCell
	hidden  map[int]bool
	formula struct{ row, column, style int } // of the last one, whose text follows in a record of its own
	err     error
}

func (s *biffSheet) take(r record) error {
	if size, fixed := cellSizes[r.kind]; fixed && len(r.data) != size {
		return fmt.Errorf("a cell of %d bytes", len(r.data))
	}
	c := cursor{record: r, eightBit: s.book.eightBit}
	switch r.kind {
	case recordRow:
		row := int(c.uint16())
		c.skip(10)
		s.hidden[row] = c.uint16()&0x20 != 0
	case recordLabelSST:
		row, column, style := c.place()
		i := int(c.uint32())
		if c.err == nil && i >= len(s.book.shared) {
			return errors.New("find shared string: the workbook has no such text")
		}
		if c.err == nil {
			s.put(row, column, style, textCell(s.book.shared[i]))
		}
	case recordLabel, recordRString:
		row, column, style := c.place()
		s.put(row, column, style, textCell(c.text(int(c.uint16()))))
	case recordNumber:
		row, column, style := c.place()
		s.put(row, column, style, s.number(c.float(), style))
	case recordRk:
		row, column, style := c.place()
		s.put(row, column, style, s.number(rk(c.uint32()), style))
	case recordMulRk:
		row, column := int(c.uint16()), int(c.uint16())
		for c.at+6 <= len(r.data)-2 && c.err == nil {
			style := int(c.uint16())
			s.put(row, column, style, s.number(rk(c.uint32()), style))
			column++
		}
	case recordBoolErr:
		row, column, style := c.place()
		s.put(row, column, style, boolOrError(c.byte(), c.byte()))
	case recordFormula:
		s.takeFormula(&c)
	case recordString:
		s.put(s.formula.row, s.formula.column, s.formula.style, textCell(c.text(int(c.uint16()))))
	}
	return errors.Join(c.err, s.err)
}

func (s *biffSheet) takeFormula(c *cursor) {
	row, column, style := c.place()
	s.formula.row, s.formula.column, s.formula.style = row, column, style
	result := c.bytes(8)
	if c.err != nil {
		return
	}
	if result[6] != 0xFF || result[7] != 0xFF {
		s.put(row, column, style, s.number(math.Float64frombits(binary.LittleEndian.Uint64(result)), style))
		return
	}
	switch result[0] { // 0: the text follows; 3: empty text
	case 1:
		s.put(row, column, style, boolOrError(result[2], 0))
	case 2:
		s.put(row, column, style, boolOrError(result[2], 1))
	}
}

var biffErrors = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

func boolOrError(value, isError byte) Cell {
	if isError != 0 {
		if text, known := biffErrors[value]; known {
			return Cell{Text: text, Kind: Error}
		}
		return Cell{Text: fmt.Sprintf("#ERR%d!", value), Kind: Error}
	}
	return Cell{Text: strings.ToUpper(strconv.FormatBool(value != 0)), Kind: Bool}
}

// put sets a cell; one that stands there already is replaced.
func (s *biffSheet) put(row, column, style int, cell Cell) {
	cell.Struck = cell.Kind != Blank && styleOf(s.book.styles, style).struck
	if column > maxBiffColumn {
		s.err = fmt.Errorf("column %d: more than a sheet has", column+1)
		return
	}
	cells := s.cells[row]
	i := len(cells)
	for i > 0 && cells[i-1].column >= column {
		i--
	}
	if i < len(cells) && cells[i].column == column {
		cells[i].Cell = cell
		return
	}
	s.cells[row] = slices.Insert(cells, i, gridCell{column, cell})
}

func (s *biffSheet) number(f float64, style int) Cell {
	stored := strconv.FormatFloat(f, 'g', -1, 64)
	if styleOf(s.book.styles, style).date {
		if cell, ok := serialDate(stored, s.book.date1904); ok {
			return cell
		}
	}
	return Cell{Text: plainNumber(stored), Kind: Number}
}

// rk unpacks a number of 30 bits ([MS-XLS] 2.5.217).
func rk(v uint32) float64 {
	f := float64(int32(v) >> 2)
	if v&2 == 0 {
		f = math.Float64frombits(uint64(v&^3) << 32)
	}
	if v&1 != 0 {
		f /= 100
	}
	return f
}
