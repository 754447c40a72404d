package tabletest

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// Marks of sectors in an OLE file ([MS-CFB] 2.1).
const (
	sectorSize   = 512
	sectorFree   = 0xFFFFFFFF
	sectorEnd    = 0xFFFFFFFE
	sectorTable  = 0xFFFFFFFD
	smallest     = 4096 // a stream that is shorter would lie elsewhere
	tableEntries = sectorSize / 4
)

// OLE puts one stream into a compound file: the header, the table of sectors, the
// directory, the stream. It holds 7 MB at most, as far as the header's own list of
// tables reaches.
func OLE(name string, stream []byte) []byte {
	stream = bytes.Clone(stream)
	size := max(len(stream), smallest)
	stream = append(stream, make([]byte, (size+sectorSize-1)/sectorSize*sectorSize-len(stream))...)
	sectors := len(stream) / sectorSize
	tables := 1
	for tables*tableEntries < tables+1+sectors {
		tables++
	}
	fat := bytes.Repeat([]byte{0xFF}, tables*sectorSize)
	mark := func(sector int, next uint32) { binary.LittleEndian.PutUint32(fat[4*sector:], next) }
	for i := range tables {
		mark(i, sectorTable)
	}
	mark(tables, sectorEnd) // the directory
	first := tables + 1
	for i := range sectors - 1 {
		mark(first+i, uint32(first+i+1))
	}
	mark(first+sectors-1, sectorEnd)
	directory := append(oleEntry("Root Entry", 5, 1, sectorEnd, 0), oleEntry(name, 2, sectorFree, uint32(first), uint32(size))...)
	directory = append(directory, append(oleEntry("", 0, sectorFree, 0, 0), oleEntry("", 0, sectorFree, 0, 0)...)...)
	return bytes.Join([][]byte{oleHeader(tables), fat, directory, stream}, nil)
}

func oleHeader(tables int) []byte {
	head := make([]byte, sectorSize)
	copy(head, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	copy(head[24:], "\x3E\x00\x03\x00\xFE\xFF\x09\x00\x06\x00") // version 3, little-endian, sectors of 2⁹ and 2⁶
	put := func(at int, v uint32) { binary.LittleEndian.PutUint32(head[at:], v) }
	put(44, uint32(tables))
	put(48, uint32(tables)) // where the directory is
	put(56, smallest)
	put(60, sectorEnd) // no small streams
	put(68, sectorEnd) // no tables beyond the header's list
	for i := range 109 {
		if put(76+4*i, sectorFree); i < tables {
			put(76+4*i, uint32(i))
		}
	}
	return head
}

func oleEntry(name string, kind byte, child, start, size uint32) []byte {
	e := make([]byte, 128)
	if name != "" {
		units := append(utf16.Encode([]rune(name)), 0)
		for i, u := range units {
			binary.LittleEndian.PutUint16(e[2*i:], u)
		}
		binary.LittleEndian.PutUint16(e[64:], uint16(2*len(units)))
	}
	e[66], e[67] = kind, 1
	binary.LittleEndian.PutUint32(e[68:], sectorFree)
	binary.LittleEndian.PutUint32(e[72:], sectorFree)
	binary.LittleEndian.PutUint32(e[76:], child)
	binary.LittleEndian.PutUint32(e[116:], start)
	binary.LittleEndian.PutUint32(e[120:], size)
	return e
}
