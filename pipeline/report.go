package pipeline

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
	"hedui/reports"
)

// report writes every report into a hidden folder beside the one it will become.
func (n *night) report(ctx context.Context) error {
	n.outTemp = warehouse.Hidden(filepath.Join(n.Config.Paths.Out, n.manifest.AsOf))
	if err := os.RemoveAll(n.outTemp); err != nil {
		return fmt.Errorf("empty %s: %w", n.outTemp, err)
	}
	temp := filepath.Join(n.Config.Paths.Out, ".new-temp")
	if err := os.MkdirAll(temp, 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if n.Config.Reports.Mask {
		n.mask = &reports.Mask{}
	}
	s := reportSettings()
	s.Password, s.Mask, s.Temp = n.password, n.mask, temp
	s.District, s.Department, s.AsOf = n.Config.District, n.Config.Department, n.AsOf
	s.Due, s.CountEliminated, s.WatchBelow = n.Config.Reports.Due, n.Config.Reports.CountEliminated, n.Config.Reports.WatchBelow
	s.Retention, s.Stages = reports.Retention(n.Config.Retention), n.Config.Reports.Stages
	if err := n.scan(ctx, "SELECT count(*) FROM run WHERE as_of = '"+n.day()+"'", &s.Run); err != nil {
		return err
	}
	s.Originals = sync.OnceValue(func() error {
		defer debug.FreeOSMemory() // workbooks are read whole
		return n.originals(ctx)
	})
	made, err := reports.All(ctx, n.w.Conn(), s)
	if err != nil {
		return fmt.Errorf("plan reports: %w", err)
	}
	if n.mask != nil { // it hides the names in them, in every report
		if err := s.Originals(); err != nil {
			return err
		}
	}
	go s.Originals()
	err = n.writeReports(ctx, made)
	if read := s.Originals(); err == nil {
		err = read
	}
	if err != nil {
		return err
	}
	return n.enterIssued(ctx)
}

// reportSettings hold what reports take from the rest of the program, whatever is reported.
func reportSettings() reports.Settings {
	s := reports.Settings{Verdicts: ledger.Verdicts}
	for _, c := range matchers.Categories {
		s.Categories = append(s.Categories, c.Name)
	}
	return s
}

// writeReports writes several reports at a time: the one connection answers one query
// after the other, but laying out and packing a workbook takes longer than asking for
// it. The manifest lists them in their order.
func (n *night) writeReports(ctx context.Context, made []reports.Report) error {
	files, seconds := make([]IssuedFile, len(made)), make([]float64, len(made))
	writing, ctx := errgroup.WithContext(ctx)
	writing.SetLimit(min(runtime.GOMAXPROCS(0), mostReports))
	for i, r := range made {
		writing.Go(func() error {
			start := time.Now()
			file, err := n.writeIssued(r.Name, func(w io.Writer) error { return r.Write(ctx, n.w.Conn(), w, r.Scope.Town) })
			if err != nil {
				return fault.New(fault.RunReport, r.Name, "检查磁盘空间和输出文件夹的权限；上次发布的结果没有改动。", err)
			}
			files[i], seconds[i] = file, time.Since(start).Seconds()
			return nil
		})
	}
	if err := writing.Wait(); err != nil {
		return err
	}
	n.manifest.Files, n.manifest.FileSeconds = files, seconds
	return nil
}

// mostReports bounds the memory that workbooks take while they are made.
const mostReports = 4

// writeIssued writes a file of the day's folder and tells what was issued, for the audit.
func (n *night) writeIssued(name string, write func(io.Writer) error) (IssuedFile, error) {
	sum, size := sha256.New(), counter(0)
	err := writeWhole(filepath.Join(n.outTemp, filepath.FromSlash(name)), func(w io.Writer) error {
		return write(io.MultiWriter(w, sum, &size))
	})
	return IssuedFile{name, hex.EncodeToString(sum.Sum(nil)), int64(size)}, err
}

// enterIssued enters the files into the warehouse, and removes from it what is old enough.
func (n *night) enterIssued(ctx context.Context) error {
	if err := n.w.Begin(ctx); err != nil {
		return err
	}
	for _, f := range n.manifest.Files {
		if err := n.issue(ctx, f); err != nil {
			return err
		}
	}
	if err := n.expire(ctx); err != nil {
		return err
	}
	return n.w.Commit(ctx)
}

// Percent is a share as all that hedui shows tells it.
func Percent(share float64) string { return reports.Percent(share) }

// counter counts the bytes written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}

// writeWhole writes a file, readable by its owner alone, and syncs it.
func writeWhole(path string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return fmt.Errorf("create: %w", err)
	}
	buffer := bufio.NewWriterSize(f, 1<<16)
	err = write(buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// writeManifest writes the manifest beside the reports, and enters it among them and into
// the run's row; where they are masked, so are the names of departments' files.
func (n *night) writeManifest(ctx context.Context) error {
	sheets, err := n.sheets(ctx)
	if err != nil {
		return err
	}
	n.manifest.FinishedAt = n.Now().UTC()
	text, err := json.Marshal(n.manifest)
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	if err := n.exec(ctx, "UPDATE run SET finished_at = ?, files = ?, manifest = ? WHERE run_id = ?",
		n.manifest.FinishedAt, len(n.manifest.Files), string(text), n.runID); err != nil {
		return err
	}
	told := n.manifest
	told.Sheets = sheets
	if n.mask != nil {
		told = told.masked(n.mask)
	}
	file, err := n.writeIssued(manifestName, func(w io.Writer) error {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		encoder.SetEscapeHTML(false)
		return encoder.Encode(told)
	})
	if err != nil {
		return err
	}
	return n.issue(ctx, file)
}

// issue notes what was issued, for the audit.
func (n *night) issue(ctx context.Context, f IssuedFile) error {
	return n.exec(ctx, "INSERT INTO issued_file VALUES (?, ?::DATE, ?, ?, ?)", n.runID, n.day(), f.Path, f.SHA256, f.Bytes)
}

// sheets gives the row account of every sheet that was read.
func (n *night) sheets(ctx context.Context) ([]SheetTold, error) {
	all, err := gather.Rows(ctx, n.w.Conn(), `SELECT kind, path, sheet, rows_read, rows_loaded, rows_rejected, rows_structural, rows_blank
		FROM (`+sheetsReadSQL+`) ORDER BY kind, path, sheet`, func(s *SheetTold) []any {
		return []any{&s.Kind, &s.Path, &s.Sheet, &s.Read, &s.Loaded, &s.Rejected, &s.Structural, &s.Blank}
	}, n.runID)
	if err != nil {
		return nil, fmt.Errorf("read row accounts: %w", err)
	}
	return all, nil
}
