package tabletest

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"unicode/utf16"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hedui/sources/table"
)

// Cell styles of the workbooks written here.
const (
	styleCell = 1 // behind the one that styles are made from
	styleDate = 2
	struck    = 2 // so far behind each stands the same with a line through it
)

// XLS writes a workbook of Excel 97 to 2003 (BIFF8).
func XLS(book Book) []byte { return OLE("Workbook", BIFF8(book)) }

// XLS5 writes a workbook of Excel 5 and 95 (BIFF5) of Chinese Windows. It knows no
// merged cells: their ranges are left out. A cell holds 255 bytes at most.
func XLS5(book Book) []byte {
	w := biffWriter{book: book, old: true}
	return OLE("Book", w.stream())
}

// BIFF8 is the stream in an XLS file, which a few programs write bare.
func BIFF8(book Book) []byte {
	w := biffWriter{book: book}
	return w.stream()
}

// biffWriter writes a workbook stream. In BIFF8 texts are shared, in BIFF5 each
// stands in its cell.
type biffWriter struct {
	book  Book
	old   bool // BIFF5
	out   []byte
	texts []string
	index map[string]int
}

func (w *biffWriter) stream() []byte {
	w.index = map[string]int{}
	var sheets [][]byte
	for _, s := range w.book.Sheets {
		w.out = nil
		w.sheet(s)
		sheets = append(sheets, w.out)
	}
	w.out = nil
	bounds := w.globals()
	for i, sheet := range sheets {
		binary.LittleEndian.PutUint32(w.out[bounds[i]:], uint32(len(w.out)))
		w.out = append(w.out, sheet...)
	}
	return w.out
}

// record appends a record; a number is written in its own width.
func (w *biffWriter) record(kind uint16, fields ...any) {
	var data []byte
	for _, field := range fields {
		if bytes, ok := field.([]byte); ok {
			data = append(data, bytes...)
			continue
		}
		var err error
		data, err = binary.Append(data, binary.LittleEndian, field)
		must(err)
	}
	w.out = binary.LittleEndian.AppendUint16(w.out, kind)
	w.out = binary.LittleEndian.AppendUint16(w.out, uint16(len(data)))
	w.out = append(w.out, data...)
}

func (w *biffWriter) begin(content uint16) {
	if w.old {
		w.record(0x0809, uint16(0x0500), content, uint16(0x096C), uint16(0x07C9))
		return
	}
	w.record(0x0809, uint16(0x0600), content, uint16(0x0DBB), uint16(0x07CC), uint32(0), uint32(6))
}

// globals writes what stands before the sheets and gives the places where each
// one's offset is to be filled in.
func (w *biffWriter) globals() []int {
	w.begin(0x0005)
	page := uint16(1200)
	if w.old {
		page = 936
	}
	w.record(0x0042, page)
	epoch := uint16(0)
	if w.book.Date1904 {
		epoch = 1
	}
	w.record(0x0022, epoch)
	font := w.name("Arial")
	for _, line := range []uint16{0, 0, 0, 0, 8} { // four are the fewest that Excel takes
		w.record(0x0031, uint16(200), line, uint16(0x7FFF), uint16(400), uint16(0), [4]byte{}, font)
	}
	w.style(0, 0, 0xFFF5)
	for _, font := range []uint16{0, 5} { // none is called 4: the fifth is 5
		w.style(font, 0, 0x0001)
		w.style(font, 14, 0x0001)
	}
	var bounds []int
	for _, s := range w.book.Sheets {
		state := byte(0)
		if s.Hidden {
			state = 1
		}
		bounds = append(bounds, len(w.out)+4)
		w.record(0x0085, uint32(0), state, byte(0), w.name(s.Name))
	}
	if !w.old {
		w.shared()
	}
	w.record(0x000A)
	return bounds
}

// style writes a cell format; every part of it is its own.
func (w *biffWriter) style(font, format, kind uint16) {
	if w.old {
		w.record(0x00E0, font, format, kind, byte(0x20), byte(0xFC), [8]byte{})
		return
	}
	w.record(0x00E0, font, format, kind, byte(0x20), [2]byte{}, byte(0xFC), [10]byte{})
}

// name is a short text with its length in a byte.
func (w *biffWriter) name(text string) []byte {
	if w.old {
		data := gbk(text)
		return append([]byte{byte(len(data))}, data...)
	}
	units := utf16.Encode([]rune(text))
	data, err := binary.Append([]byte{byte(len(units)), 1}, binary.LittleEndian, units)
	must(err)
	return data
}

func gbk(text string) []byte { return Encode(text, simplifiedchinese.GBK) }

// mostData is what a record holds; the rest stands in continuations.
const mostData = 8224

// shared writes the table of texts. Where a record is full in the midst of a text,
// the next one begins with the width of its characters.
func (w *biffWriter) shared() {
	data := binary.LittleEndian.AppendUint32(nil, uint32(len(w.texts)))
	data = binary.LittleEndian.AppendUint32(data, uint32(len(w.texts)))
	kind := uint16(0x00FC)
	flush := func() {
		w.record(kind, data)
		kind, data = 0x003C, nil
	}
	for _, text := range w.texts {
		units := utf16.Encode([]rune(text))
		wide := slices.ContainsFunc(units, func(u uint16) bool { return u > 0xFF })
		if len(data)+3 > mostData {
			flush()
		}
		data = binary.LittleEndian.AppendUint16(data, uint16(len(units)))
		data = append(data, flag(wide))
		for _, u := range units {
			if len(data)+2 > mostData {
				flush()
				data = append(data, flag(wide))
			}
			if data = append(data, byte(u)); wide {
				data = append(data, byte(u>>8))
			}
		}
	}
	flush()
}

func flag(set bool) byte {
	if set {
		return 1
	}
	return 0
}

func (w *biffWriter) sheet(s Sheet) {
	w.begin(0x0010)
	width := uint16(s.width())
	if w.old {
		w.record(0x0200, uint16(0), uint16(len(s.Rows)), uint16(0), width, uint16(0))
	} else {
		w.record(0x0200, uint32(0), uint32(len(s.Rows)), uint16(0), width, uint16(0))
	}
	for i, row := range s.Rows {
		options := uint16(0x0100)
		if row.Hidden {
			options |= 0x20
		}
		w.record(0x0208, uint16(i), uint16(0), width, uint16(255), uint16(0), uint16(0), options, uint16(15))
	}
	for i, row := range s.Rows {
		for column, cell := range row.Cells {
			w.cell(uint16(i), uint16(column), cell)
		}
	}
	w.record(0x023E, uint16(0x06B6), [8]byte{}) // the sheet's window, without which Excel repairs it
	if !w.old {
		for ranges := range slices.Chunk(s.Merges, 1000) {
			fields := []any{uint16(len(ranges))}
			for _, m := range ranges {
				fields = append(fields, uint16(m.Row0-1), uint16(m.Row1-1), uint16(m.Col0), uint16(m.Col1))
			}
			w.record(0x00E5, fields...)
		}
	}
	w.record(0x000A)
}

func (w *biffWriter) cell(row, column uint16, c table.Cell) {
	style := uint16(styleCell)
	if c.Kind == table.Date {
		style = styleDate
	}
	if c.Struck {
		style += struck
	}
	switch c.Kind {
	case table.Text:
		w.text(row, column, style, c.Text)
	case table.Number:
		n, err := strconv.ParseFloat(c.Text, 64)
		must(err)
		w.number(row, column, style, n)
	case table.Date:
		w.number(row, column, style, w.book.serial(c))
	case table.Bool:
		w.record(0x0205, row, column, style, flag(c.Text == "TRUE"), byte(0))
	}
}

func (w *biffWriter) text(row, column, style uint16, text string) {
	if w.old {
		data := gbk(text)
		if len(data) > 255 {
			panic(fmt.Sprintf("%d bytes in a cell of Excel 95", len(data)))
		}
		w.record(0x0204, row, column, style, uint16(len(data)), data)
		return
	}
	at, known := w.index[text]
	if !known {
		at = len(w.texts)
		w.index[text] = at
		w.texts = append(w.texts, text)
	}
	w.record(0x00FD, row, column, style, uint32(at))
}

// number writes whole numbers that fit into 30 bits so, as Excel does.
func (w *biffWriter) number(row, column, style uint16, n float64) {
	if n == math.Trunc(n) && math.Abs(n) < 1<<29 {
		w.record(0x027E, row, column, style, uint32(int32(n)<<2|2))
		return
	}
	w.record(0x0203, row, column, style, n)
}
