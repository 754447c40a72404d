package table

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"

	"github.com/richardlehane/mscfb"
	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
)

// The record types of BIFF5 and BIFF8 that matter here ([MS-XLS] 2.3).
const (
	recordFormula    = 0x0006
	recordEOF        = 0x000A
	recordDateMode   = 0x0022
	recordFilePass   = 0x002F
	recordContinue   = 0x003C
	recordFont       = 0x0031
	recordCodePage   = 0x0042
	recordBoundSheet = 0x0085
	recordMulRk      = 0x00BD
	recordRString    = 0x00D6
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

// biff is a workbook stream: BIFF8, or the BIFF5 of Excel 5 and 95. The libraries for it either show whole
// numbers as dates or pass a truncated file off as a whole one; the few records
// that hold cells are read here instead, over a kept reader of OLE files.
type biff struct {
	stream   []byte
	eightBit func([]byte) string // decodes the text of BIFF5; nil in BIFF8, whose text is Unicode
	meter    *meter
	shared   []string
	formats  map[int]bool // number format is a date's
	fonts    []bool       // struck
	styles   []cellStyle
	date1904 bool
	sheets   map[int]bool // by place in the stream
	unlocked bool         // its encryption has been seen to
}

func (f *File) openXLS(data []byte, m *meter) error {
	ole, err := mscfb.New(bytes.NewReader(data))
	if err != nil {
		return unreadable(fmt.Errorf("open OLE file: %w", err))
	}
	var book, old *mscfb.File
	for entry, err := ole.Next(); err == nil; entry, err = ole.Next() {
		if len(entry.Path) > 0 {
			continue // of a document embedded in this one
		}
		switch entry.Name {
		case "EncryptedPackage":
			return f.unlock(data, m)
		case "Book":
			old = entry
		case "Workbook":
			book = entry
		}
	}
	if book == nil {
		book = old // of Excel 5 or 95; later programs write both for it
	}
	if book == nil {
		return noTable(errors.New("OLE file without a workbook"))
	}
	if book.Size > m.MaxBytes {
		return tooLarge(fmt.Errorf("workbook of %d bytes", book.Size))
	}
	stream, err := io.ReadAll(book)
	if err != nil || int64(len(stream)) < book.Size {
		return unreadable(fmt.Errorf("read workbook stream: %d of %d bytes: %w", len(stream), book.Size, errors.Join(err, io.ErrUnexpectedEOF)))
	}
	return f.openBIFF(stream, m)
}

// unlock opens an encrypted package. The bytes within are no larger than the file.
func (f *File) unlock(data []byte, m *meter) error {
	if f.password == "" {
		return locked(errors.New("encrypted workbook"))
	}
	plain, err := excelize.Decrypt(data, &excelize.Options{Password: f.password})
	if err != nil || !bytes.HasPrefix(plain, []byte("PK\x03\x04")) {
		return fault.New(fault.SourcePassword, "", "口令不对，或加密方式不认识：用设定的口令另存为 xlsx，或去掉口令后再交。", errors.Join(errors.New("decrypt workbook"), err))
	}
	return f.openZIP(plain, m)
}

// openBIFF reads a workbook stream, which is its own from here on; a few programs write
// it without the OLE file around it.
func (f *File) openBIFF(stream []byte, m *meter) error {
	if err := m.hold(len(stream)); err != nil {
		return wrap("workbook stream", err)
	}
	book := &biff{stream: stream, meter: m, formats: map[int]bool{}, sheets: map[int]bool{}}
	return book.readGlobals(f)
}

// record is one BIFF record; its continuations are joined to it.
type record struct {
	kind  int
	data  []byte
	parts []int // where continuations begin in data
}

// records gives the records from an offset in the stream to the end of the
// sheet or the globals that begin there. Charts that stand within are passed
// over: what looks like cells in them is not the sheet's.
func (b *biff) records(at int) iter.Seq2[record, error] {
	return func(yield func(record, error) bool) {
		depth := 0
		for {
			kind, data, next, err := b.record(at)
			if err != nil {
				yield(record{}, unreadable(err))
				return
			}
			if depth == 0 && kind != recordBOF {
				yield(record{}, unreadable(errors.New("find the beginning of a sheet: no such record")))
				return
			}
			r := record{kind: kind, data: data}
			for kind != recordEOF {
				k, more, after, err := b.record(next)
				if err != nil || k != recordContinue {
					break
				}
				if len(r.parts) == 0 {
					r.data = slices.Clone(r.data) // the stream behind it is not to be written over
				}
				r.parts = append(r.parts, len(r.data))
				r.data = append(r.data, more...)
				next = after
			}
			switch kind {
			case recordBOF:
				depth++
			case recordEOF:
				depth--
			}
			inside := depth > 1 || depth == 1 && kind == recordEOF
			if !inside && !yield(r, nil) || depth <= 0 {
				return
			}
			at = next
		}
	}
}

// maxRecord is the most that a record holds; a damaged length that says more
// would pass over cells.
const maxRecord = 8224

func (b *biff) record(at int) (kind int, data []byte, next int, err error) {
	if at < 0 || at+4 > len(b.stream) {
		return 0, nil, 0, fmt.Errorf("read record at %d: %w", at, io.ErrUnexpectedEOF)
	}
	size := int(binary.LittleEndian.Uint16(b.stream[at+2:]))
	if size > maxRecord {
		return 0, nil, 0, fmt.Errorf("read record at %d: %d bytes, more than a record has", at, size)
	}
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
			err = b.readVersion(f, r)
		case recordFilePass:
			err = b.unlock(r.data, f.password)
		case recordCodePage:
			err = b.readCodePage(r)
		case recordDateMode:
			b.date1904 = len(r.data) > 0 && r.data[0] == 1
		case recordFont:
			err = b.readFont(r)
		case recordFormat:
			err = b.readFormat(r)
		case recordXF:
			err = b.readStyle(r)
		case recordSST:
			err = b.readShared(r)
		case recordBoundSheet:
			err = b.addSheet(f, r)
		}
		if fault.Of(err) != nil {
			return err
		}
		if err != nil {
			return wrap(fmt.Sprintf("workbook record %#x", r.kind), err)
		}
	}
	if len(f.Sheets) == 0 {
		return unreadable(errors.New("find sheets: none"))
	}
	return nil
}

func (b *biff) readVersion(f *File, r record) error {
	c := cursor{record: r, eightBit: b.eightBit}
	switch version, content := c.uint16(), c.uint16(); {
	case c.err != nil:
		return c.err
	case content == 0x0010: // a sheet without a workbook around it
		return unknown(errors.New("workbook older than Excel 5"))
	case version == 0x0600:
		f.Grounds += "，BIFF8"
	case version == 0x0500:
		f.Grounds += "，BIFF5（Excel 5/95）"
		b.eightBit = decodeGuessed
	default:
		return unknown(errors.New("workbook older than Excel 5"))
	}
	return nil
}

func (b *biff) readCodePage(r record) error {
	c := cursor{record: r}
	if as, ok := codePages[c.uint16()]; ok && b.eightBit != nil {
		b.eightBit = decoder(as)
	}
	return c.err
}

func (b *biff) readFont(r record) error {
	c := cursor{record: r, at: 2}
	b.fonts = append(b.fonts, c.uint16()&8 != 0)
	return c.err
}

func (b *biff) readFormat(r record) error {
	c := cursor{record: r, eightBit: b.eightBit}
	id := c.uint16()
	code := c.text(c.length())
	b.formats[int(id)] = isDateFormat(code)
	return errors.Join(c.err, b.meter.hold(100))
}

func (b *biff) readStyle(r record) error {
	c := cursor{record: r}
	font, id := int(c.uint16()), int(c.uint16())
	if font > 4 { // none is called 4
		font--
	}
	is, ok := b.formats[id]
	b.styles = append(b.styles, cellStyle{date: is || !ok && builtinDate(strconv.Itoa(id)), struck: font < len(b.fonts) && b.fonts[font]})
	return c.err
}

func (b *biff) readShared(r record) error {
	c := cursor{record: r, at: 4}
	n := c.uint32()
	for i := uint32(0); i < n && c.err == nil; i++ {
		text := c.richText()
		if len(text) > b.meter.MaxCell {
			return errTextSize
		}
		b.shared = append(b.shared, text)
		if err := b.meter.hold(24 + len(text)); err != nil {
			return err
		}
	}
	return c.err
}

func (b *biff) addSheet(f *File, r record) error {
	c := cursor{record: r, eightBit: b.eightBit}
	at := int(c.uint32())
	hidden, kind := c.byte(), c.byte()
	name := c.text(int(c.byte()))
	if c.err != nil || kind != 0 { // charts and macros hold no rows
		return c.err
	}
	if _, _, _, err := b.record(at); err != nil {
		return err
	}
	if b.sheets[at] {
		return errors.New("two sheets are one")
	}
	b.sheets[at] = true
	sheet := &Sheet{Name: name, Hidden: hidden&3 != 0}
	sheet.rows = func() iter.Seq2[Row, error] { return b.rows(at) }
	sheet.merges = func() []Range { return b.merges(at) }
	return errors.Join(f.addSheets(sheet), b.meter.hold(500))
}
