package table

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// pieces are a text that is decoded piece by piece as it is wanted, so that a large file
// is read while it is decoded, and never held twice. They are cut behind line ends.
type pieces struct {
	charset
	rest []byte        // read, and not decoded
	from io.ReadCloser // of what is not read; nil: nothing
	size int           // bytes of a piece, about
	most int64         // bytes that may be held of from
}

const pieceSize = 4 << 20

// heldPieces are those of a text that lies in memory; one that is not copied is one piece.
func heldPieces(data []byte, c charset) *pieces {
	p := &pieces{charset: c, rest: data[c.mark:], size: pieceSize}
	if !c.copies {
		p.size = len(data)
	}
	return p
}

// done says that there is no piece any more.
func (p *pieces) done() bool { return p == nil || len(p.rest) == 0 && p.from == nil }

// next decodes the next piece; "" at the end. Its faults know no place.
func (p *pieces) next() (string, error) {
	end, err := p.lineEnd()
	if err != nil {
		return "", err
	}
	piece := p.rest[:end]
	p.rest = p.rest[end:]
	text, err := p.decode(piece)
	if err != nil {
		return "", unreadable(fmt.Errorf("decode text: %w", err))
	}
	return text, nil
}

// lineEnd gives where the next piece ends in what is read, and reads for it.
func (p *pieces) lineEnd() (int, error) {
	for {
		if len(p.rest) > p.size {
			if end := p.cut(); end > 0 {
				return end, nil
			}
		}
		if p.from == nil {
			return len(p.rest), nil
		}
		if err := p.read(); err != nil {
			return 0, err
		}
	}
}

// cut gives where the first line behind size bytes ends; 0: it is not read yet.
func (p *pieces) cut() int {
	for at := p.size; ; at++ {
		found := strings.Index(asText(p.rest[at:]), p.newline)
		if found < 0 {
			return 0
		}
		at += found
		if at%len(p.newline) == 0 {
			return at + len(p.newline)
		}
	}
}

// read takes in as much as a piece has, and more where there is no line end in so much. What was
// read before is another piece's: cells lie in it.
func (p *pieces) read() error {
	const line = 64 << 10
	grown := make([]byte, 2*len(p.rest)+p.size+line)
	kept := copy(grown, p.rest)
	n, err := io.ReadFull(p.from, grown[kept:])
	p.rest = grown[:kept+n]
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return p.close()
	case errors.Is(err, errChanged):
		return err
	case err != nil:
		return unreadable(fmt.Errorf("read file: %w", err))
	case int64(len(p.rest)) > p.most:
		return tooLarge(errHeld)
	}
	return nil
}

// close is for one who does not read to the end; it may be called again.
func (p *pieces) close() error {
	if p.from == nil {
		return nil
	}
	err := p.from.Close()
	p.from = nil
	if err != nil {
		return unreadable(fmt.Errorf("close file: %w", err))
	}
	return nil
}
