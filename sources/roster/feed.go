package roster

import (
	"iter"

	"hedui/sources/table"
)

// feed reads a sheet's rows ahead in a goroutine of its own, a chunk at a time. A
// pull iterator would not do: DuckDB asks for batches from inside a C call, where
// Go's coroutines may not be switched ("OS thread locking must match").
type feed struct {
	chunks chan chunk
	quit   chan struct{}
}

type chunk struct {
	rows []table.Row
	err  error // why the rows end here; nil at their true end
}

// The first chunk is small: a workbook may have a hundred sheets, and all of them are
// opened to find their headers.
const (
	firstChunk = 16
	laterChunk = 512
)

func newFeed(rows iter.Seq2[table.Row, error]) *feed {
	f := &feed{chunks: make(chan chunk, 2), quit: make(chan struct{})}
	go f.run(rows)
	return f
}

func (f *feed) run(rows iter.Seq2[table.Row, error]) {
	defer close(f.chunks)
	next := newChunk(firstChunk)
	var store []table.Cell // of many rows: an allocation a row would cost more than reading it
	for row, err := range rows {
		if err != nil {
			next.err = err
			break
		}
		if len(next.rows) == cap(next.rows) {
			if !f.send(next) {
				return
			}
			next = newChunk(laterChunk)
		}
		if cap(store)-len(store) < len(row.Cells) {
			store = make([]table.Cell, 0, 64*len(row.Cells))
		}
		from := len(store)
		store = append(store, row.Cells...) // the reader uses its own again
		row.Cells = store[from:len(store):len(store)]
		next.rows = append(next.rows, row)
	}
	f.send(next)
}

func newChunk(size int) chunk { return chunk{rows: make([]table.Row, 0, size)} }

func (f *feed) send(c chunk) bool {
	select {
	case f.chunks <- c:
		return true
	case <-f.quit:
		return false
	}
}

// stop ends the goroutine and waits for it, so that the file may be closed. It may be
// called again.
func (f *feed) stop() {
	select {
	case <-f.quit:
		return
	default:
	}
	close(f.quit)
	for range f.chunks { // until run has closed it
	}
}
