package table

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"iter"
	"sync"

	"hedui/pipeline/fault"
)

// long is a text file that is not taken in: a province's roster has gigabytes. It is read
// once for its digest and its encoding, and then as often as its rows are asked for; a
// reading that does not come to the same digest fails at its end.
type long struct {
	path   string
	piece  int   // bytes read at a time, about
	size   int64 // bytes, in all
	most   int64 // bytes that may be held of it
	sha256 string
	signs  signs
}

// beginningSize is as much of a text as is looked at for its encoding, by the byte.
const beginningSize = 1 << 20

// survey reads the file through, and gives its beginning.
func (l *long) survey(ctx context.Context, file io.Reader) (beginning []byte, err error) {
	digest := sha256.New()
	piece, kept := make([]byte, l.piece), 0 // kept: of the piece before: a character that it cut
	for {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n, err := io.ReadFull(file, piece[kept:])
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, readFault(err)
		}
		l.size += int64(n)
		var hashing sync.WaitGroup
		hashing.Go(func() { digest.Write(piece[kept : kept+n]) })
		if len(beginning) < beginningSize {
			beginning = append(beginning, piece[kept:kept+n]...)
		}
		read, cut := piece[:kept+n], 0
		if err == nil {
			cut = unfinished(read)
		}
		l.signs.count(read[:len(read)-cut])
		hashing.Wait()
		if err != nil {
			l.sha256 = hex.EncodeToString(digest.Sum(nil))
			return beginning, nil
		}
		kept = copy(piece, read[len(read)-cut:])
	}
}

// begin opens the text for a reading.
func (l *long) begin(c charset) (*pieces, error) {
	file, err := OpenPlain(l.path)
	if err != nil {
		return nil, changed(err) // it could be opened a moment before
	}
	// One byte more than there was: who goes on writing into it is found out too.
	from := &unchanged{Closer: file, bytes: io.LimitReader(file, l.size+1), digest: sha256.New(), want: l.sha256}
	p := &pieces{charset: c, from: from, size: l.piece, most: l.most}
	if _, err := io.CopyN(io.Discard, from, int64(c.mark)); err != nil {
		return nil, errors.Join(readFault(err), p.close())
	}
	return p, nil
}

// rows gives the records that s cuts, read anew.
func (l *long) rows(c charset, s *splitter) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		var err error
		if s.more, err = l.begin(c); err != nil {
			yield(Row{}, err)
			return
		}
		defer s.more.close()
		s.rows(yield)
	}
}

// unchanged is a file that ends in a fault where it is not the one that was surveyed.
type unchanged struct {
	io.Closer
	bytes  io.Reader
	digest hash.Hash
	want   string
}

func (u *unchanged) Read(p []byte) (int, error) {
	n, err := u.bytes.Read(p)
	u.digest.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(u.digest.Sum(nil)) != u.want {
		return n, errChanged
	}
	return n, err
}

var errChanged = changed(errors.New("other bytes than a moment before"))

func changed(err error) *fault.Fault {
	return fault.New(fault.SourceChanged, "", "文件在读取时被改动，多半还在上传；等传完后重新运行。", err)
}
