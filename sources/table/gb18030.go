package table

import (
	"bytes"
	"errors"
	"runtime"
	"strings"
	"sync"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/transform"
)

// decodeGB18030 decodes in pieces, side by side. They are cut behind line ends: no
// character of several bytes holds one, whatever is broken around it. The text
// is valid UTF-8; a byte that is no character becomes �.
func decodeGB18030(data []byte) (string, error) {
	pieces := cutAtLines(data, runtime.GOMAXPROCS(0))
	decoded := make([][]byte, len(pieces))
	failed := make([]error, len(pieces))
	var all sync.WaitGroup
	for i := range pieces {
		all.Go(func() { decoded[i], failed[i] = decodePiece(pieces[i]) })
	}
	all.Wait()
	if err := errors.Join(failed...); err != nil {
		return "", err
	}
	size := 0
	for _, piece := range decoded {
		size += len(piece)
	}
	var text strings.Builder
	text.Grow(size)
	for _, piece := range decoded {
		text.Write(piece)
	}
	return text.String(), nil
}

// cutAtLines cuts data into at most n pieces of about the same size, each but the
// last of which ends with a line.
func cutAtLines(data []byte, n int) [][]byte {
	var pieces [][]byte
	for ; n > 1; n-- {
		at := len(data) / n
		end := bytes.IndexByte(data[at:], '\n')
		if end < 0 {
			break
		}
		pieces = append(pieces, data[:at+end+1])
		data = data[at+end+1:]
	}
	return append(pieces, data)
}

// decodePiece decodes into a buffer that nearly always has room at once: two
// bytes of a Chinese character become three.
func decodePiece(data []byte) ([]byte, error) {
	decoder := simplifiedchinese.GB18030.NewDecoder()
	out := make([]byte, len(data)+len(data)/2+16)
	written := 0
	for {
		n, read, err := decoder.Transform(out[written:], data, true)
		written += n
		data = data[read:]
		if !errors.Is(err, transform.ErrShortDst) {
			return out[:written], err
		}
		out = append(out, make([]byte, len(out))...)
	}
}
