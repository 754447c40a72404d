package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// The record types of BIFF8 that matter here ([MS-XLS] 2.3).
const (
	recordFormula    = 0x0006
	recordEOF        = 0x000A
	recordDateMode   = 0x0022
	recordFilePass   = 0x002F
	recordContinue   = 0x003C
	recordBoundSheet = 0x0085
	recordMulRk      = 0x00BD
	recordXF         = 0x00E0
	recordMerged     = 0x00E5
	recordSST        = 0x00FC
	recordLabelSST   = 0x00FD
	recordNumber     = 0x0203
	recordLabel      = 0x0204
	recordBoolErr    = 0x0205
	recordString     = 0x0207
	recordRow        = 0x0208
	recordRk         = 0x027E
	recordFormat     = 0x041E
	recordBOF        = 0x0809
)

var errShort = errors.New("record ends early")

// biff is a BIFF8 workbook stream. The libraries for it either show whole
// numbers as dates or pass a truncated file off as a whole one; the few records
// that hold cells are read here instead, over a kept reader of OLE files.
type biff struct {
	stream   []byte
	shared   []string
	formats  map[int]bool // number format is a date's
	dates    []bool       // by cell style
	date1904 bool
}

func (f *File) openXLS(data []byte, lim Limits) (err error) {
	// The stream is checked record by record; this is for the OLE reader.
	defer func() {
		if r := recover(); r != nil {
			err = unreadable(fmt.Errorf("read OLE file: %v", r))
		}
	}()
	ole, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return unreadable(fmt.Errorf("open OLE file: %w", err))
	}
	var stream []byte
	for entry, err := ole.Next(); err == nil; entry, err = ole.Next() {
		switch entry.Name {
		case "EncryptedPackage":
			return locked(errors.New("encrypted workbook"))
		case "Book":
			if stream == nil {
				return unknown(errors.New("workbook of Excel 5 or 95"))
			}
		case "Workbook":
			if entry.Size > lim.MaxBytes {
				return tooLarge(fmt.Errorf("workbook of %d bytes", entry.Size))
			}
			if stream, err = io.ReadAll(entry); err != nil || int64(len(stream)) < entry.Size {
				return unreadable(fmt.Errorf("read workbook stream: %d of %d bytes: %w", len(stream), entry.Size, errors.Join(err, io.ErrUnexpectedEOF)))
			}
		}
	}
	if stream == nil {
		return unknown(errors.New("OLE file without a workbook"))
	}
	book := &biff{stream: stream, formats: map[int]bool{}}
	return book.readGlobals(f)
}

// record is one BIFF record; its continuations are joined to it.
type record struct {
	kind  int
	data  []byte
	parts []int // where continuations begin in data
}

// records gives the records from an offset in the stream.
func (b *biff) records(at int) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		for {
			kind, data, next, err := b.record(at)
			if err != nil {
				yield(record{}, unreadable(err))
				return
			}
			r := record{kind: kind, data: data}
			for kind != recordEOF {
				k, more, after, err := b.record(next)
				if err != nil || k != recordContinue {
					break
				}
				r.parts = append(r.parts, len(r.data))
				r.data = slices.Concat(r.data, more)
				next = after
			}
			if !yield(r, nil) || kind == recordEOF {
				return
			}
			at = next
		}
	}
}

func (b *biff) record(at int) (kind int, data []byte, next int, err error) {
	if at < 0 || at+4 > len(b.stream) {
		return 0, nil, 0, fmt.Errorf("read record at %d: %w", at, io.ErrUnexpectedEOF)
	}
	size := int(binary.LittleEndian.Uint16(b.stream[at+2:]))
	if at+4+size > len(b.stream) {
		return 0, nil, 0, fmt.Errorf("read record at %d: %w", at, io.ErrUnexpectedEOF)
	}
	return int(binary.LittleEndian.Uint16(b.stream[at:])), b.stream[at+4 : at+4+size], at + 4 + size, nil
}

func (b *biff) readGlobals(f *File) error {
	for r, err := range b.records(0) {
		if err != nil {
			return err
		}
		switch r.kind {
		case recordBOF:
			if len(r.data) >= 2 && binary.LittleEndian.Uint16(r.data) != 0x0600 {
				return unknown(errors.New("workbook older than Excel 97"))
			}
		case recordFilePass:
			return locked(errors.New("encrypted workbook"))
		case recordDateMode:
			b.date1904 = len(r.data) > 0 && r.data[0] == 1
		case recordFormat:
			err = b.readFormat(r)
		case recordXF:
			err = b.readStyle(r)
		case recordSST:
			err = b.readShared(r)
		case recordBoundSheet:
			err = b.addSheet(f, r)
		}
		if err != nil {
			return unreadable(fmt.Errorf("read workbook record %#x: %w", r.kind, err))
		}
	}
	if len(f.Sheets) == 0 {
		return unreadable(errors.New("find sheets: none"))
	}
	return nil
}

func (b *biff) readFormat(r record) error {
	c := cursor{record: r}
	id := c.uint16()
	code := c.text(int(c.uint16()))
	b.formats[int(id)] = isDateFormat(code)
	return c.err
}

func (b *biff) readStyle(r record) error {
	c := cursor{record: r, at: 2}
	id := int(c.uint16())
	is, ok := b.formats[id]
	b.dates = append(b.dates, is || !ok && builtinDate(strconv.Itoa(id)))
	return c.err
}

func (b *biff) readShared(r record) error {
	c := cursor{record: r, at: 4}
	n := c.uint32()
	for i := uint32(0); i < n && c.err == nil; i++ {
		b.shared = append(b.shared, c.richText())
	}
	return c.err
}

func (b *biff) addSheet(f *File, r record) error {
	c := cursor{record: r}
	at := int(c.uint32())
	hidden, kind := c.byte(), c.byte()
	name := c.text(int(c.byte()))
	if c.err != nil || kind != 0 { // charts and macros hold no rows
		return c.err
	}
	if _, _, _, err := b.record(at); err != nil {
		return err
	}
	sheet := &Sheet{Name: name, Hidden: hidden&3 != 0}
	sheet.rows = func() iter.Seq2[Row, error] { return b.rows(at) }
	sheet.merges = func() []Range { return b.merges(at) }
	f.Sheets = append(f.Sheets, sheet)
	return nil
}

// rows reads a sheet's cells. They stand in order of rows in all files that
// programs write, but nothing demands it: the sheet is gathered, then given.
func (b *biff) rows(at int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		sheet := biffSheet{book: b, cells: map[int][]Cell{}, hidden: map[int]bool{}}
		for r, err := range b.records(at) {
			if err == nil {
				err = sheet.take(r)
			}
			if err != nil {
				yield(Row{}, unreadable(fmt.Errorf("read sheet record %#x: %w", r.kind, err)))
				return
			}
		}
		last := -1
		for n := range sheet.cells {
			last = max(last, n)
		}
		for n := 0; n <= last; n++ {
			if !yield(Row{Number: n + 1, Hidden: sheet.hidden[n], Cells: sheet.cells[n]}, nil) {
				return
			}
		}
	}
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
			merges = append(merges, Range{int(row0) + 1, int(col0), int(row1) + 1, int(col1)})
		}
	}
	return merges
}

type biffSheet struct {
	book    *biff
	cells   map[int][]Cell
	hidden  map[int]bool
	formula [2]int // place of the last formula, whose text follows in a record of its own
}

func (s *biffSheet) take(r record) error {
	c := cursor{record: r}
	switch r.kind {
	case recordRow:
		row := int(c.uint16())
		c.skip(10)
		s.hidden[row] = c.uint16()&0x20 != 0
	case recordLabelSST:
		row, column, _ := c.place()
		if i := int(c.uint32()); i < len(s.book.shared) {
			s.put(row, column, textCell(s.book.shared[i]))
		}
	case recordLabel:
		row, column, _ := c.place()
		s.put(row, column, textCell(c.text(int(c.uint16()))))
	case recordNumber:
		row, column, style := c.place()
		s.put(row, column, s.number(c.float(), style))
	case recordRk:
		row, column, style := c.place()
		s.put(row, column, s.number(rk(c.uint32()), style))
	case recordMulRk:
		row, column := int(c.uint16()), int(c.uint16())
		for c.at+6 <= len(r.data)-2 && c.err == nil {
			style := int(c.uint16())
			s.put(row, column, s.number(rk(c.uint32()), style))
			column++
		}
	case recordBoolErr:
		row, column, _ := c.place()
		s.put(row, column, boolOrError(c.byte(), c.byte()))
	case recordFormula:
		s.takeFormula(&c)
	case recordString:
		s.put(s.formula[0], s.formula[1], textCell(c.text(int(c.uint16()))))
	}
	return c.err
}

func (s *biffSheet) takeFormula(c *cursor) {
	row, column, style := c.place()
	s.formula = [2]int{row, column}
	result := c.bytes(8)
	if c.err != nil {
		return
	}
	if result[6] != 0xFF || result[7] != 0xFF {
		s.put(row, column, s.number(math.Float64frombits(binary.LittleEndian.Uint64(result)), style))
		return
	}
	switch result[0] { // 0: the text follows; 3: empty text
	case 1:
		s.put(row, column, boolOrError(result[2], 0))
	case 2:
		s.put(row, column, boolOrError(result[2], 1))
	}
}

var biffErrors = map[byte]string{0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}

func boolOrError(value, isError byte) Cell {
	if isError != 0 {
		return Cell{biffErrors[value], Error}
	}
	return Cell{strings.ToUpper(strconv.FormatBool(value != 0)), Bool}
}

func (s *biffSheet) put(row, column int, cell Cell) {
	cells := s.cells[row]
	for len(cells) <= column {
		cells = append(cells, Cell{})
	}
	cells[column] = cell
	s.cells[row] = cells
}

func (s *biffSheet) number(f float64, style int) Cell {
	stored := strconv.FormatFloat(f, 'g', -1, 64)
	if style < len(s.book.dates) && s.book.dates[style] {
		if cell, ok := serialDate(stored, s.book.date1904); ok {
			return cell
		}
	}
	return Cell{plainNumber(stored), Number}
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

// cursor reads a record's fields; an error sticks.
type cursor struct {
	record
	at  int
	err error
}

func (c *cursor) bytes(n int) []byte {
	if c.err != nil || n < 0 || c.at+n > len(c.data) {
		c.err = errShort
		return make([]byte, min(max(n, 0), 8))
	}
	c.at += n
	return c.data[c.at-n : c.at]
}

func (c *cursor) skip(n int)     { c.bytes(n) }
func (c *cursor) byte() byte     { return c.bytes(1)[0] }
func (c *cursor) uint16() uint16 { return binary.LittleEndian.Uint16(c.bytes(2)) }
func (c *cursor) uint32() uint32 { return binary.LittleEndian.Uint32(c.bytes(4)) }
func (c *cursor) float() float64 { return math.Float64frombits(binary.LittleEndian.Uint64(c.bytes(8))) }

func (c *cursor) place() (row, column, style int) {
	return int(c.uint16()), int(c.uint16()), int(c.uint16())
}

// text reads n characters, whose first byte says whether they are of one byte
// or two. Where a continuation begins in their midst, it says so again.
func (c *cursor) text(n int) string {
	wide := c.byte()&1 != 0
	return c.characters(n, wide)
}

func (c *cursor) characters(n int, wide bool) string {
	var units []uint16
	for len(units) < n && c.err == nil {
		if len(units) > 0 && slices.Contains(c.parts, c.at) {
			wide = c.byte()&1 != 0
		}
		if wide {
			units = append(units, c.uint16())
		} else {
			units = append(units, uint16(c.byte()))
		}
	}
	return string(utf16.Decode(units))
}

// richText reads a shared string and passes over its formatting and phonetics.
func (c *cursor) richText() string {
	n := int(c.uint16())
	flags := c.byte()
	runs, phonetic := 0, 0
	if flags&8 != 0 {
		runs = int(c.uint16())
	}
	if flags&4 != 0 {
		phonetic = int(c.uint32())
	}
	text := c.characters(n, flags&1 != 0)
	c.skip(runs*4 + phonetic)
	return text
}
