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

// cut gives where the first line behind size bytes ends; 0: it is not read yet. Old Mac
// exports have lone carriage returns; behind one that is read last a newline may follow.
func (p *pieces) cut() int {
	if end := p.behind(p.newline); end > 0 {
		return end
	}
	if end := p.behind(strings.Replace(p.newline, "\n", "\r", 1)); end < len(p.rest) {
		return end
	}
	return 0
}

// behind gives the place behind the first mark that begins behind size bytes; 0: there is none.
func (p *pieces) behind(mark string) int {
	for at := p.size; ; at++ {
		found := strings.Index(asText(p.rest[at:]), mark)
		if found < 0 {
			return 0
		}
		if at += found; at%len(mark) == 0 {
			return at + len(mark)
		}
	}
}

// read takes in as much as a piece has, and more where there is no line end in so much. What was
// read before is another piece's: cells lie in it.
func (p *pieces) read() error {
	const line = 64 << 10
	grown := make([]byte, min(int64(max(2*len(p.rest), p.size+line)), p.most+1))
	kept := copy(grown, p.rest)
	n, err := io.ReadFull(p.from, grown[kept:])
	p.rest = grown[:kept+n]
	switch {
	case int64(len(p.rest)) > p.most:
		return tooLarge(errHeld)
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return p.close()
	case err != nil:
		return readFault(err)
	}
	return nil
}

func readFault(err error) error {
	if errors.Is(err, errChanged) {
		return err
	}
	return unreadable(fmt.Errorf("read file: %w", err))
}

// atLeast decodes pieces until there are so many bytes, or all.
func (p *pieces) atLeast(bytes int) (string, error) {
	text := ""
	for len(text) < bytes && !p.done() {
		piece, err := p.next()
		if err != nil {
			return "", err
		}
		text += piece
	}
	if p.done() {
		text = trimEnding(text)
	}
	return text, nil
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
