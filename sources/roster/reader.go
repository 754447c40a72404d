package roster

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"sync/atomic"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// batchRows is how many rows a record batch holds, a household more at most: some 8 MB.
const batchRows = 16_384

// Options adapt the reading of a kind to a district and its departments.
type Options struct {
	Aliases        map[string][]string // canonical column → further headers; they go before the built-in ones
	BlankIsUnknown []string            // canonical columns whose blank cells are NULL, not 空白
	Towns          []Town              // official towns; without any, towns are taken as written
	Path           string              // as stored in the path column: relative to the inbox
	AsOf           time.Time           // the day that is spoken about: what ends later has not ended; zero: no day is later
}

// Account is the row account of a sheet, or of a file.
type Account struct{ Read, Loaded, Rejected, Structural, Blank int }

// Balanced says that no row was lost or counted twice.
func (a Account) Balanced() bool { return a.Read == a.Loaded+a.Rejected+a.Structural+a.Blank }

// SheetReport tells how one sheet was read.
type SheetReport struct {
	Sheet     string
	HeaderRow int // as Excel shows it; 0 for a sheet without a table
	Account   Account
	Matched   map[string]string // canonical column → header as sent; columns derived from another's cells too
	Headless  int               // rows with an ID number that were not read, for no header stands above them
	Persons   int               // canonical rows given: a loaded row may hold a whole household
	Filled    map[string]int    // canonical column → canonical rows for which a cell says it
	Headers   []string          // of the first table, by cell, as sent; a group and its leaf joined
	Unmatched []string          // headers that no column claims
	Repeated  []string          // headers that came again, or tell of what was before; another was taken
	Faults    map[string]int    // canonical column → filled cells that could not be folded and became NULL
	Note      string            // in Chinese, for the data-quality report; may be empty
}

// Reader gives the rows of one file, batch by batch, and then its rejects.
type Reader struct {
	ctx     context.Context
	kind    *Kind
	path    string
	sheets  []*sheetRun
	rejects rejects
	rows    rowReader
}

// Read finds the table on every sheet of f and prepares to give its rows. It
// fails, and the file is refused as a whole, when no sheet has a header
// (SourceNoTable), a required column is missing (SourceColumn), or two headers
// claim one column (SourceAmbiguous). f stays open until the rows are drained;
// it is the caller's to close.
func Read(ctx context.Context, f *table.File, k *Kind, opt Options) (*Reader, error) {
	sheets := make([]rawSheet, len(f.Sheets))
	for i, s := range f.Sheets {
		sheets[i] = rawSheet{name: s.Name, hidden: s.Hidden, note: func() string { return s.Note }, rows: s.Rows(), merges: s.Merges, text: f.Format == "csv" || f.Format == "tsv"}
	}
	if opt.Path == "" {
		opt.Path = filepath.Base(f.Path)
	}
	return read(ctx, sheets, k, opt)
}

func read(ctx context.Context, sheets []rawSheet, k *Kind, opt Options) (*Reader, error) {
	m, err := newMatcher(k, opt.Aliases)
	if err != nil {
		return nil, err
	}
	fold, err := newFolder(k, opt)
	if err != nil {
		return nil, err
	}
	r := &Reader{ctx: ctx, kind: k, path: opt.Path}
	r.rejects.path = opt.Path
	for _, raw := range sheets {
		r.sheets = append(r.sheets, newSheetRun(raw, m, fold, opt))
	}
	r.rows = rowReader{r: r, refs: 1, quit: make(chan struct{})}
	if err := r.findTables(); err != nil {
		r.rows.Release()
		return nil, err
	}
	return r, nil
}

// findTables reads every sheet up to the end of its header.
func (r *Reader) findTables() error {
	tables := 0
	var near, upright *sheetRun
	for _, s := range r.sheets {
		if err := s.findTable(r.ctx); err != nil {
			return err
		}
		if s.layout != nil {
			tables++
		} else if at := r.kind.at; s.upright[at.idNumber] && len(s.upright) >= 3 {
			upright = s
		} else if s.near != nil && near == nil {
			near = s
		}
	}
	switch {
	case tables > 0:
		return nil
	case upright != nil:
		return fault.New(fault.SourceNoTable, upright.place(0), "表头竖着写在第一列：请在 Excel 里“选择性粘贴—转置”，让表头成为一行后重新报送。",
			errors.New("find header: the table stands on its side"))
	case near != nil: // one known header: a table that lacks what it needs
		_, err := near.matcher.newLayout([][]table.Cell{near.near}, near.matcher.match([][]table.Cell{near.near}), near.place(0))
		if err != nil {
			return err
		}
	}
	return fault.New(fault.SourceNoTable, fault.Place(r.path, "", 0),
		fmt.Sprintf("没有找到“%s”的表头行。请检查文件是否发错，或在 config.yaml 的 sources.%s.aliases 中写明它的表头。", r.kind.Label, r.kind.Name),
		fmt.Errorf("find header: none on %d sheets", len(r.sheets)))
}

// Rows gives the rows that have a name or an ID number; its schema is Kind.Schema.
// Drain it before anything else of the Reader. Its Err is the fault that ended the
// reading early, or the context's.
func (r *Reader) Rows() array.RecordReader { return &r.rows }

// Begin has the first rows made before they are asked for; Rows is to be drained or
// released then.
func (r *Reader) Begin() { r.rows.begin() }

// Rejects gives the rows that were rejected, by the columns of the table reject but for
// run_id and kind. It is complete once Rows is drained.
func (r *Reader) Rejects() array.RecordReader { return r.rejects.reader() }

// Sheets reports on every sheet, in the file's order. It is complete once Rows is drained.
func (r *Reader) Sheets() []SheetReport {
	reports := make([]SheetReport, len(r.sheets))
	for i, s := range r.sheets {
		reports[i] = s.report()
	}
	return reports
}

// report copies what the run has counted so far.
func (s *sheetRun) report() SheetReport {
	rep := SheetReport{Sheet: s.raw.name, HeaderRow: s.headerRow, Account: s.account, Persons: s.persons, Matched: map[string]string{}, Filled: map[string]int{}, Faults: map[string]int{}, Note: s.notes()}
	if s.first == nil {
		rep.Headless = s.headless
	} else {
		maps.Copy(rep.Matched, s.first.matched)
		rep.Headers = slices.Clone(s.first.headers)
		rep.Unmatched = slices.Clone(s.first.unmatched)
		rep.Repeated = slices.Clone(s.first.repeated)
	}
	for i, n := range s.faults {
		if n > 0 {
			rep.Faults[s.matcher.kind.Columns[i].Name] = n
		}
	}
	for i, n := range s.filled {
		if n > 0 {
			rep.Filled[s.matcher.kind.Columns[i].Name] = n
		}
	}
	slices.Sort(rep.Unmatched)
	return rep
}

// rowReader is the Reader's rows as Arrow's record reader. A goroutine of its own
// folds ahead of whoever asks: DuckDB stores one batch while the next is made.
type rowReader struct {
	r       *Reader
	refs    int64
	records chan arrow.Record // closed when all are made; nil before begin
	quit    chan struct{}
	record  arrow.Record
	over    bool  // records was seen closed
	err     error // of the goroutine; to be read when over
}

// Retain keeps the reader for one more Release.
func (rr *rowReader) Retain() { atomic.AddInt64(&rr.refs, 1) }

// Release gives back what the reader holds once nobody retains it.
func (rr *rowReader) Release() {
	if atomic.AddInt64(&rr.refs, -1) != 0 {
		return
	}
	rr.drop()
	close(rr.quit)
	if rr.records != nil {
		for record := range rr.records { // until fold has closed it
			record.Release()
		}
	}
	for _, s := range rr.r.sheets {
		s.feed.stop()
	}
}

func (rr *rowReader) drop() {
	if rr.record != nil {
		rr.record.Release()
		rr.record = nil
	}
}

// Schema is that of the kind.
func (rr *rowReader) Schema() *arrow.Schema { return rr.r.kind.schema }

// Record is the current batch; it is valid until the next Next.
func (rr *rowReader) Record() arrow.Record { return rr.record }

// Err is why the rows ended early; nil at their true end. It is known once Next was false.
func (rr *rowReader) Err() error {
	if !rr.over {
		return nil
	}
	return rr.err
}

// Next gives the next batch; false at the end or on an error.
func (rr *rowReader) Next() bool {
	rr.drop()
	rr.begin()
	record, more := <-rr.records
	rr.record, rr.over = record, !more
	return more
}

func (rr *rowReader) begin() {
	if rr.records == nil {
		rr.records = make(chan arrow.Record, 1)
		go rr.fold()
	}
}

// fold makes the batches of all sheets.
func (rr *rowReader) fold() {
	defer close(rr.records)
	rows := newBatch(rr.r.kind.schema)
	send := func() bool {
		record := rows.record()
		select {
		case rr.records <- record:
			return true
		case <-rr.quit:
			record.Release()
			return false
		}
	}
	for _, s := range rr.r.sheets {
		for more := true; more; {
			if more, rr.err = s.fill(rr.r.ctx, rows, &rr.r.rejects); rr.err != nil {
				return
			}
			if rows.rows >= batchRows && !send() {
				return
			}
		}
		s.feed.stop()
		s.forget()
	}
	if rows.rows > 0 {
		send()
	}
}
