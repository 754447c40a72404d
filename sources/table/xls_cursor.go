package table

import (
	"encoding/binary"
	"math"
	"unicode/utf16"
)

// cursor reads a record's fields; an error sticks.
type cursor struct {
	record
	at   int
	next int // of parts: the continuation that comes next
	err  error

	eightBit func([]byte) string // as in biff
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

// length reads the length of a text, in the width that the version gives it.
func (c *cursor) length() int {
	if c.eightBit != nil {
		return int(c.byte())
	}
	return int(c.uint16())
}

// text reads n characters: in BIFF5 bytes of a code page; in BIFF8 the first byte
// says whether they are of one byte or two, and where a continuation begins in
// their midst, it says so again.
func (c *cursor) text(n int) string {
	if c.eightBit != nil {
		if text := c.bytes(n); c.err == nil {
			return c.eightBit(text)
		}
		return ""
	}
	wide := c.byte()&1 != 0
	return c.characters(n, wide)
}

func (c *cursor) characters(n int, wide bool) string {
	units := make([]uint16, 0, min(n, len(c.data)))
	for len(units) < n && c.err == nil {
		for c.next < len(c.parts) && c.parts[c.next] < c.at {
			c.next++
		}
		edge := len(c.data)
		if c.next < len(c.parts) {
			if edge = c.parts[c.next]; edge == c.at {
				wide = c.byte()&1 != 0
				continue
			}
		}
		width := 1
		if wide {
			width = 2
		}
		run := c.bytes(max(1, min(n-len(units), (edge-c.at)/width)) * width)
		for i := 0; i < len(run); i += width {
			unit := uint16(run[i])
			if wide {
				unit |= uint16(run[i+1]) << 8
			}
			units = append(units, unit)
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
