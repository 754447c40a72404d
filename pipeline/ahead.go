package pipeline

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"hedui/sources/roster"
	"hedui/sources/table"
)

// ahead opens files before it is their turn, as many as there are cores, and has their
// first rows decoded and folded: while DuckDB takes in one file, or merges a roster, the
// next ones are read beside it. What is taken of a file, and in which order, does not
// depend on it.
type ahead struct {
	stop    context.CancelFunc
	waiting []*early
	room    chan struct{} // holds one for each file that is open
	working sync.WaitGroup
}

// early is a file that will be read, in the order of the rosters.
type early struct {
	kind *roster.Kind
	path string // relative to the inbox
	done chan opened
}

// opened is a file of which the tables are found.
type opened struct {
	file   *table.File
	reader *roster.Reader
	err    error
}

// aheadBytes is how large a file may be to be opened ahead: a text file's bytes are
// held, and a larger one keeps the cores busy by itself.
const aheadBytes = 32 << 20

// readAhead begins with the files that are new or of another day than those read last.
func (n *night) readAhead(ctx context.Context, claimed *claims) (*ahead, error) {
	last, err := n.lastDays(ctx)
	if err != nil {
		return nil, err
	}
	a := &ahead{room: make(chan struct{}, runtime.GOMAXPROCS(0))}
	for _, kind := range roster.Kinds() {
		for _, path := range claimed.files[kind.Name] {
			info, err := os.Stat(filepath.Join(n.Config.Paths.Inbox, path))
			if err != nil || info.Size() > aheadBytes || last[kind.Name+"/"+path] == info.ModTime().UTC().Format(time.DateOnly) {
				continue
			}
			a.waiting = append(a.waiting, &early{kind, path, make(chan opened, 1)})
		}
	}
	ctx, a.stop = context.WithCancel(ctx)
	todo := slices.Clone(a.waiting)
	a.working.Go(func() {
		for _, e := range todo {
			a.room <- struct{}{}
			a.working.Go(func() { e.done <- n.open(ctx, e.kind, e.path) })
		}
	})
	return a, nil
}

// lastDays is of which day each file was that was read last, by roster and path.
func (n *night) lastDays(ctx context.Context) (map[string]string, error) {
	days := map[string]string{}
	rows, err := n.w.Conn().QueryContext(ctx, "SELECT kind || '/' || path, modified::VARCHAR FROM loaded_file WHERE modified IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var path, day string
		if err := rows.Scan(&path, &day); err != nil {
			return nil, err
		}
		days[path] = day
	}
	return days, rows.Err()
}

// open opens a file and finds its tables; its rows are read from now on.
func (n *night) open(ctx context.Context, kind *roster.Kind, path string) opened {
	file, err := table.Open(ctx, filepath.Join(n.Config.Paths.Inbox, path), n.Config.fileLimits())
	if err != nil {
		return opened{err: err}
	}
	reader, err := roster.Read(ctx, file, kind, n.Config.reading(kind, path))
	if err != nil {
		return opened{err: errors.Join(err, file.Close())}
	}
	reader.Begin()
	return opened{file: file, reader: reader}
}

// close gives back a file that is not read to its end.
func (o opened) close() {
	if o.err == nil {
		o.reader.Rows().Release()
		o.file.Close()
	}
}

// take gives the file where it was opened ahead, as it still is; whoever took it calls done.
// Files before it are passed over: the night has found that it does not need them.
func (a *ahead) take(kind *roster.Kind, f inboxFile) (opened, bool) {
	at := slices.IndexFunc(a.waiting, func(e *early) bool { return e.kind == kind && e.path == f.path })
	if at < 0 {
		return opened{}, false
	}
	a.passOver(a.waiting[:at])
	e := a.waiting[at]
	a.waiting = a.waiting[at+1:]
	o := <-e.done
	if o.err == nil && o.file.SHA256 == f.sha256 {
		return o, true
	}
	o.close() // perhaps somebody was writing in it
	a.done()
	return opened{}, false
}

// done makes room for the next file.
func (a *ahead) done() { <-a.room }

func (a *ahead) passOver(files []*early) {
	for _, e := range files {
		a.working.Go(func() {
			o := <-e.done
			o.close()
			a.done()
		})
	}
}

// close gives back what nobody took.
func (a *ahead) close() {
	a.stop()
	a.passOver(a.waiting)
	a.working.Wait()
}
