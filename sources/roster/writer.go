package roster

import (
	"encoding/binary"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/bitutil"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// batch gathers rows, column by column, and makes Arrow records of them. The
// library's builders do the same, but look at every value's room, offset and
// validity anew; most columns of most files are not there at all, and cost a
// batch nothing here.
type batch struct {
	schema  *arrow.Schema
	rows    int
	columns []gathered // path, sheet, row_number, then the kind's
}

// gathered is one column of the rows so far. What stands at its end without a
// value is filled up when a value comes, or when the record is made.
type gathered struct {
	kind    arrow.DataType
	filled  int // rows that valid, ends and fixed speak of
	valid   []byte
	missing int
	ends    []int32 // of each text in data
	data    []byte  // texts, or numbers of so many bytes
	width   int     // bytes of a number; 0: a text; -1: a bit
}

func newBatch(schema *arrow.Schema) *batch {
	b := &batch{schema: schema, columns: make([]gathered, schema.NumFields())}
	for i := range b.columns {
		c := &b.columns[i]
		switch c.kind = schema.Field(i).Type; c.kind.ID() {
		case arrow.STRING:
		case arrow.BOOL:
			c.width = -1
		default:
			c.width = c.kind.(arrow.FixedWidthDataType).Bytes()
		}
	}
	return b
}

// add appends a row.
func (b *batch) add(path, sheet string, row int, vals []value) {
	b.columns[0].set(b.rows, value{set: true, s: path})
	b.columns[1].set(b.rows, value{set: true, s: sheet})
	b.columns[2].set(b.rows, value{set: true, n: int64(row)})
	for i := range vals {
		if vals[i].set {
			b.columns[3+i].set(b.rows, vals[i])
		}
	}
	b.rows++
}

// set gives the column its value of a row, which comes after all rows set before.
func (c *gathered) set(row int, v value) {
	c.fill(row)
	c.filled++
	switch c.width {
	case 0:
		c.data = append(c.data, v.s...)
		c.ends = append(c.ends, int32(len(c.data)))
	case -1:
		c.data = grow(c.data, bitutil.BytesForBits(int64(c.filled)))
		bitutil.SetBitTo(c.data, row, v.n != 0)
	case 4:
		c.data = binary.LittleEndian.AppendUint32(c.data, uint32(v.n))
	default: // a decimal of 128 bits
		c.data = binary.LittleEndian.AppendUint64(c.data, uint64(v.n))
		c.data = binary.LittleEndian.AppendUint64(c.data, uint64(v.n>>63))
	}
	c.valid = grow(c.valid, bitutil.BytesForBits(int64(c.filled)))
	bitutil.SetBit(c.valid, row)
}

// fill makes the rows before row that were not set NULL.
func (c *gathered) fill(row int) {
	n := row - c.filled
	if n == 0 {
		return
	}
	c.missing += n
	c.filled = row
	c.valid = grow(c.valid, bitutil.BytesForBits(int64(row)))
	switch c.width {
	case 0:
		for range n {
			c.ends = append(c.ends, int32(len(c.data)))
		}
	case -1:
		c.data = grow(c.data, bitutil.BytesForBits(int64(row)))
	default:
		c.data = grow(c.data, int64(row*c.width))
	}
}

// grow makes b so long, with zeros behind what it holds.
func grow(b []byte, size int64) []byte {
	for int64(len(b)) < size {
		b = append(b, 0)
	}
	return b
}

// record makes a record of the rows gathered, and begins anew.
func (b *batch) record() arrow.Record {
	columns := make([]arrow.Array, len(b.columns))
	for i := range b.columns {
		columns[i] = b.columns[i].array(b.rows)
	}
	record := array.NewRecord(b.schema, columns, int64(b.rows))
	for _, c := range columns {
		c.Release() // the record holds them now
	}
	b.rows = 0
	return record
}

func (c *gathered) array(rows int) arrow.Array {
	c.fill(rows)
	buffers := []*memory.Buffer{aligned(c.valid)}
	if c.width == 0 {
		ends := memory.NewResizableBuffer(memory.DefaultAllocator)
		ends.Resize(4 * (rows + 1))
		offsets := arrow.Int32Traits.CastFromBytes(ends.Bytes())
		offsets[0] = 0
		copy(offsets[1:], c.ends)
		buffers = append(buffers, ends)
	}
	buffers = append(buffers, aligned(c.data))
	data := array.NewData(c.kind, rows, buffers, nil, c.missing, 0)
	made := array.MakeFromData(data)
	data.Release()
	for _, b := range buffers {
		b.Release()
	}
	c.filled, c.missing = 0, 0
	c.valid, c.ends, c.data = c.valid[:0], c.ends[:0], c.data[:0]
	return made
}

// aligned copies b to where Arrow wants it: its readers may take several bytes at once.
func aligned(b []byte) *memory.Buffer {
	buffer := memory.NewResizableBuffer(memory.DefaultAllocator)
	buffer.Resize(len(b))
	copy(buffer.Bytes(), b)
	return buffer
}
