package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sync/semaphore"

	"hedui/sources/roster"
	"hedui/sources/table"
)

// ahead opens files before it is their turn and has their first rows decoded and folded:
// while DuckDB takes in one file, or merges a roster, the next ones are read beside it.
// What is taken of a file, and in which order, does not depend on it.
type ahead struct {
	stop    context.CancelFunc
	waiting []*early // in the order of the rosters
	room    *semaphore.Weighted
	working sync.WaitGroup
}

// early is a file that will be read, unless it is passed over.
type early struct {
	kind   *roster.Kind
	path   string // relative to the inbox
	weight int64
	passed atomic.Bool
	opened chan opened
}

// opened is a file whose tables have been found, or why they were not.
type opened struct {
	file   *table.File    // nil where it could not be read at all
	reader *roster.Reader // nil where err is not
	err    error
	leave  func() // makes room for the next file; nil where it took none
}

// aheadBytes bounds what the files that are open together hold: a text file its size,
// another several times that, for it is unpacked.
const (
	aheadBytes = 32 << 20
	unpacked   = 8
	mostAhead  = 4
)

var errPassedOver = errors.New("passed over")

// readAhead starts opening the files that are new, or whose day differs from the one
// last read; a large one is left to its turn, and keeps the cores busy by itself.
func (n *night) readAhead(ctx context.Context, claimed *claims) (*ahead, error) {
	last, err := n.byPath(ctx, "SELECT path, modified::VARCHAR FROM loaded_file WHERE modified IS NOT NULL")
	if err != nil {
		return nil, err
	}
	a := &ahead{room: semaphore.NewWeighted(aheadBytes)}
	least := int64(aheadBytes / min(runtime.GOMAXPROCS(0), mostAhead))
	for _, kind := range roster.Kinds() {
		for _, path := range claimed.files[kind.Name] {
			info, err := os.Lstat(filepath.Join(n.Config.Paths.Inbox, path))
			if err != nil || !info.Mode().IsRegular() || last[path] == fileDay(info.ModTime()) {
				continue
			}
			weight := info.Size()
			if !strings.EqualFold(filepath.Ext(path), ".csv") {
				weight *= unpacked
			}
			if weight <= aheadBytes {
				a.waiting = append(a.waiting, &early{kind: kind, path: path, weight: max(weight, least), opened: make(chan opened, 1)})
			}
		}
	}
	ctx, a.stop = context.WithCancel(ctx)
	todo := slices.Clone(a.waiting)
	a.working.Go(func() {
		for _, e := range todo {
			a.begin(ctx, n, e)
		}
	})
	return a, nil
}

// begin opens a file once there is room for it.
func (a *ahead) begin(ctx context.Context, n *night, e *early) {
	if err := a.room.Acquire(ctx, e.weight); err != nil {
		e.opened <- opened{err: err}
		return
	}
	a.working.Go(func() {
		o := opened{err: errPassedOver}
		if !e.passed.Load() {
			o = n.open(ctx, e.kind, e.path)
		}
		o.leave = func() { a.room.Release(e.weight) }
		e.opened <- o
	})
}

// open opens a file; its rows are read from now on. Whoever has it closes it.
func (n *night) open(ctx context.Context, kind *roster.Kind, path string) opened {
	var o opened
	if o.file, o.reader, o.err = n.Config.openRoster(ctx, kind, path, n.AsOf); o.err == nil {
		o.reader.Begin()
	}
	return o
}

func (o opened) close() {
	if o.reader != nil {
		o.reader.Rows().Release()
	}
	if o.leave != nil {
		o.leave()
	}
}

// take gives a file that was opened ahead and is as it was then; false: it is to be opened
// now. Files of its roster before it are passed over.
func (a *ahead) take(f inboxFile) (opened, bool) {
	at := slices.IndexFunc(a.waiting, func(e *early) bool { return e.path == f.path })
	if at < 0 {
		return opened{}, false
	}
	a.passOver(at)
	o := <-a.waiting[0].opened
	a.waiting = a.waiting[1:]
	if o.err == nil && o.file.SHA256 == f.sha256 {
		return o, true
	}
	o.close() // perhaps somebody was writing in it
	return opened{}, false
}

// finish passes over what is left of a roster.
func (a *ahead) finish(kind *roster.Kind) {
	of := 0
	for of < len(a.waiting) && a.waiting[of].kind == kind {
		of++
	}
	a.passOver(of)
}

// passOver gives back the next files, which the night has found that it does not need.
func (a *ahead) passOver(files int) {
	for _, e := range a.waiting[:files] {
		e.passed.Store(true)
		a.working.Go(func() { (<-e.opened).close() })
	}
	a.waiting = a.waiting[files:]
}

// close gives back what nobody took.
func (a *ahead) close() {
	a.stop()
	a.passOver(len(a.waiting))
	a.working.Wait()
}
