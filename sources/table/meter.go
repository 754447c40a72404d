package table

import (
	"errors"
	"fmt"
	"io"
	"sync/atomic"
)

// meter counts what an open file unpacks to and what it holds in memory, over
// all that is in it: the members of a ZIP have one meter with it.
type meter struct {
	Limits
	unpacked, held atomic.Int64
}

var (
	errTextSize = errors.New("text larger than the limit")
	errUnpacked = errors.New("unpacks to more than the limit")
	errHeld     = errors.New("takes more memory than the limit")
	errCells    = errors.New("more cells than the limit")
	errSheets   = errors.New("more sheets than the limit")
)

// hold counts bytes that stay in memory as long as the file is open.
func (m *meter) hold(bytes int) error {
	if m.held.Add(int64(bytes)) > m.MaxHeld {
		return errHeld
	}
	return nil
}

// maxCells bounds the cells of a sheet, blank ones among them: they take time
// where they take no memory.
func (m *meter) maxCells() int64 { return m.MaxBytes / 32 }

// wrap names the part that could not be read.
func wrap(part string, err error) error {
	err = fmt.Errorf("read %s: %w", part, err)
	for _, limit := range []error{errTextSize, errUnpacked, errHeld, errCells, errSheets} {
		if errors.Is(err, limit) {
			return tooLarge(err)
		}
	}
	return unreadable(err)
}

// unexpected: what ends early is not at its end.
func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}
