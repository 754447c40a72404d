package reports

import (
	"bytes"
	"encoding/binary"
	"io"
	"unicode/utf16"
)

// compoundStream is a stream of a compound file. A file's streams are given in the
// order of the format: short names first.
type compoundStream struct {
	name string
	data []byte
}

// The sizes and marks of a compound file of version 3 (MS-CFB 2.1 to 2.6).
const (
	sectorSize     = 512
	miniSectorSize = 64
	miniCutoff     = 4096 // shorter streams stand in the mini stream
	inHeader       = 109  // places of the allocation table that the header lists
	perSector      = sectorSize / 4

	endOfChain  = 0xFFFFFFFE
	tableSector = 0xFFFFFFFD // belongs to the allocation table itself
	listSector  = 0xFFFFFFFC // continues the header's list
	freeSector  = 0xFFFFFFFF
	nobody      = 0xFFFFFFFF
)

// compound is a compound file under way: sectors, and for each the one after it.
type compound struct {
	sectors bytes.Buffer
	next    []uint32
}

// writeCompound writes the streams as an OLE compound file, the envelope of an
// encrypted Office package.
func writeCompound(w io.Writer, streams []compoundStream) error {
	c := &compound{}
	var mini bytes.Buffer
	var miniNext []uint32
	starts := make([]uint32, len(streams))
	for i, s := range streams {
		if len(s.data) >= miniCutoff {
			starts[i] = c.add(s.data)
			continue
		}
		starts[i] = uint32(len(miniNext))
		miniNext = chain(miniNext, (len(s.data)+miniSectorSize-1)/miniSectorSize)
		mini.Write(s.data)
		mini.Write(make([]byte, -len(s.data)&(miniSectorSize-1)))
	}
	miniStart := c.add(mini.Bytes())
	miniTable := c.add(asSectors(miniNext))
	directory := c.add(c.directory(streams, starts, miniStart, mini.Len()))

	data := len(c.next)
	tables, lists := c.tableSize(data)
	for range tables {
		c.next = append(c.next, tableSector)
	}
	for range lists {
		c.next = append(c.next, listSector)
	}
	header := compoundHeader(data, tables, lists, directory, miniTable, len(miniNext))
	for _, part := range [][]byte{header, c.sectors.Bytes(), asSectors(c.next), tableList(data, tables, lists)} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// add gives a stream's first sector.
func (c *compound) add(data []byte) uint32 {
	if len(data) == 0 {
		return endOfChain
	}
	start := uint32(len(c.next))
	c.next = chain(c.next, (len(data)+sectorSize-1)/sectorSize)
	c.sectors.Write(data)
	c.sectors.Write(make([]byte, -len(data)&(sectorSize-1)))
	return start
}

// chain appends n places, each pointing to the next.
func chain(next []uint32, n int) []uint32 {
	for range n {
		next = append(next, uint32(len(next)+1))
	}
	next[len(next)-1] = endOfChain
	return next
}

// asSectors are numbers as sectors, the last filled up with free places.
func asSectors(list []uint32) []byte {
	var b []byte
	for _, n := range list {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	for len(b)%sectorSize > 0 {
		b = binary.LittleEndian.AppendUint32(b, freeSector)
	}
	return b
}

// tableSize is how many sectors the allocation table takes, which lists itself
// too, and how many the list of them where the header has no room.
func (c *compound) tableSize(data int) (tables, lists int) {
	for {
		need := (data + tables + lists + perSector - 1) / perSector
		more := max(0, need-inHeader+perSector-2) / (perSector - 1)
		if need == tables && more == lists {
			return tables, lists
		}
		tables, lists = need, more
	}
}

// directory lists the root and the streams; each stream is the right neighbour of
// the one before.
func (c *compound) directory(streams []compoundStream, starts []uint32, miniStart uint32, miniSize int) []byte {
	var b []byte
	entry := func(name string, kind byte, right, child, start uint32, size int) {
		var e [128]byte
		units := append(utf16.Encode([]rune(name)), 0)
		for i, unit := range units {
			binary.LittleEndian.PutUint16(e[2*i:], unit)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)))
		e[66], e[67] = kind, 1 // black
		binary.LittleEndian.PutUint32(e[68:], nobody)
		binary.LittleEndian.PutUint32(e[72:], right)
		binary.LittleEndian.PutUint32(e[76:], child)
		binary.LittleEndian.PutUint32(e[116:], start)
		binary.LittleEndian.PutUint64(e[120:], uint64(size))
		b = append(b, e[:]...)
	}
	const root, stream = 5, 2
	entry("Root Entry", root, nobody, 1, miniStart, miniSize)
	for i, s := range streams {
		right := uint32(i + 2)
		if i == len(streams)-1 {
			right = nobody
		}
		entry(s.name, stream, right, nobody, starts[i], len(s.data))
	}
	for len(b)%sectorSize > 0 { // unused
		var e [128]byte
		for _, at := range []int{68, 72, 76} {
			binary.LittleEndian.PutUint32(e[at:], nobody)
		}
		b = append(b, e[:]...)
	}
	return b
}

func compoundHeader(data, tables, lists int, directory, miniTable uint32, minis int) []byte {
	h := make([]byte, sectorSize)
	copy(h, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	put := func(at int, n uint32) { binary.LittleEndian.PutUint32(h[at:], n) }
	put(24, 3<<16|0x3E) // version 3.62
	put(28, 9<<16|0xFFFE)
	put(32, 6) // 2^9 bytes a sector, 2^6 a mini sector
	put(44, uint32(tables))
	put(48, directory)
	put(56, miniCutoff)
	put(60, miniTable)
	put(64, uint32((minis+perSector-1)/perSector))
	put(68, endOfChain)
	if lists > 0 {
		put(68, uint32(data+tables))
	}
	put(72, uint32(lists))
	for i := range inHeader {
		put(76+4*i, freeSector)
		if i < tables {
			put(76+4*i, uint32(data+i))
		}
	}
	return h
}

// tableList lists the allocation table's sectors after those in the header; the
// last place of each of its own sectors points to the next.
func tableList(data, tables, lists int) []byte {
	var b []byte
	at := inHeader
	for n := range lists {
		for range perSector - 1 {
			place := uint32(freeSector)
			if at < tables {
				place = uint32(data + at)
			}
			b = binary.LittleEndian.AppendUint32(b, place)
			at++
		}
		next := uint32(endOfChain)
		if n < lists-1 {
			next = uint32(data + tables + n + 1)
		}
		b = binary.LittleEndian.AppendUint32(b, next)
	}
	return b
}
