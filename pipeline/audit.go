package pipeline

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
)

// Audit is the ledger gone through, and the issued files compared with their
// digests. Gone names days whose folders are no longer there.
type Audit struct {
	ledger.Audited
	Ends    int // of the chain, as runs wrote them down, that were compared
	Files   int // compared
	Gone    []string
	Strange []string // what stands in out/ and no run of this ledger issued
	Changed []string // files and ends that are not as they were, in Chinese
}

// Good says that all is as it was written.
func (a *Audit) Good() bool { return len(a.Faults)+len(a.Changed) == 0 }

// AuditLedger verifies the ledger's chain and the files that runs issued. It
// takes the run's lock and changes nothing.
func AuditLedger(ctx context.Context, c *Config) (result *Audit, err error) {
	w, release, err := openLedger(ctx, c)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	audited, err := ledger.Audit(ctx, w.Conn())
	if err != nil {
		return nil, fault.New(fault.RunWarehouse, "台账", "数据仓库可能损坏，请从备份恢复。", err)
	}
	result = &Audit{Audited: *audited}
	if w.Warning != nil {
		result.Changed = append(result.Changed, w.Warning.Error())
	}
	if err := result.ends(ctx, w.Warehouse, c); err != nil {
		return nil, err
	}
	return result, result.files(ctx, w.Warehouse, c)
}

// ends compares the chain with the ends that the runs' manifests tell, those in
// the warehouse and those beside the reports: a chain cut short holds together,
// but not with them.
func (a *Audit) ends(ctx context.Context, w *warehouse.Warehouse, c *Config) error {
	type told struct {
		where string
		text  []byte
	}
	all, err := gather.Rows(ctx, w.Conn(), "SELECT '运行 ' || run_id, manifest FROM run ORDER BY run_id", func(t *told) []any { return []any{&t.where, &t.text} })
	if err != nil {
		return fmt.Errorf("read manifests: %w", err)
	}
	beside, err := besideReports(c)
	if err != nil {
		return err
	}
	for _, path := range beside {
		text, err := os.ReadFile(path)
		if err != nil {
			return fmt.Errorf("read manifest: %w", err)
		}
		all = append(all, told{path, text})
	}
	for _, t := range all {
		var m struct{ Ledger ledger.Head }
		if err := json.Unmarshal(t.text, &m); err != nil {
			a.Changed = append(a.Changed, t.where+" 的运行清单读不懂")
			continue
		}
		same, err := ledger.Holds(ctx, w.Conn(), m.Ledger)
		if err != nil {
			return err
		}
		if a.Ends++; !same {
			a.Changed = append(a.Changed, fmt.Sprintf("%s 记下的链尾（第 %d 条）与台账不符：此前的记录被改动或截去", t.where, m.Ledger.Events))
		}
	}
	return nil
}

// files compares what stands in out/, and what is kept of it, with what each day's last
// run issued.
func (a *Audit) files(ctx context.Context, w *warehouse.Warehouse, c *Config) error {
	days, err := issuedDays(ctx, w)
	if err != nil {
		return err
	}
	for _, day := range days {
		runID, issued, err := issuedOn(ctx, w, day)
		if err != nil {
			return err
		}
		folder := filepath.Join(c.Paths.Out, day)
		if _, err := os.Stat(folder); errors.Is(err, fs.ErrNotExist) {
			a.Gone = append(a.Gone, day)
		} else {
			a.compare(os.DirFS(folder), issued, day+"/", "发出后被改动")
			a.besides(os.DirFS(folder), issued, day+"/")
		}
		kept, err := zip.OpenReader(c.Paths.issued(day, runID))
		switch {
		case errors.Is(err, fs.ErrNotExist): // issued by a program that kept none, or too old
			continue
		case err != nil:
			a.Changed = append(a.Changed, day+" 留存的报表打不开")
			continue
		}
		a.compare(kept, issued, day+" 留存的 ", "不是当时发出的")
		if err := kept.Close(); err != nil {
			return fmt.Errorf("close %s: %w", c.Paths.issued(day, runID), err)
		}
	}
	return a.strangers(c, days)
}

// strangers lists the folders in out/ of which no run knows: put there by hand, or aside.
func (a *Audit) strangers(c *Config, days []string) error {
	entries, err := os.ReadDir(c.Paths.Out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("list %s: %w", c.Paths.Out, err)
	}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasPrefix(name, ".") && !slices.Contains(days, name) {
			a.Strange = append(a.Strange, name)
		}
	}
	return nil
}

// besides lists what stands beside the files that were issued, which people may have put there.
func (a *Audit) besides(files fs.FS, issued map[string]string, where string) {
	_ = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			a.Changed = append(a.Changed, where+name+" 读不出来")
			return fs.SkipDir
		}
		if _, known := issued[name]; !known && !entry.IsDir() && name != manifestName && !left(entry.Name()) {
			a.Strange = append(a.Strange, where+name)
		}
		return nil
	}) // what it meets it tells
}

// compare looks for every file that was issued, by its name, and tells of those that differ.
func (a *Audit) compare(files fs.FS, issued map[string]string, where, differs string) {
	for _, name := range slices.Sorted(maps.Keys(issued)) {
		a.Files++
		switch is, err := digestOf(files, name); {
		case errors.Is(err, fs.ErrNotExist):
			a.Changed = append(a.Changed, where+name+" 不在了")
		case err != nil:
			a.Changed = append(a.Changed, where+name+" 读不出来")
		case is != issued[name]:
			a.Changed = append(a.Changed, where+name+" "+differs)
		}
	}
}
