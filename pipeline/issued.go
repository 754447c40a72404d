package pipeline

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/pipeline/warehouse"
)

// issuedFolder is where what each day's last run issued is kept, beside the warehouse:
// a later program, or later data, would write other files.
func (p Paths) issuedFolder() string { return p.Warehouse + ".issued" }

// issued is the file of one run: a killed one's stands beside the one that the ledger knows.
func (p Paths) issued(day, runID string) string {
	return filepath.Join(p.issuedFolder(), day+"."+runID+".zip")
}

// keepIssued packs the night's folder, whole or not at all.
func (n *night) keepIssued() error {
	kept := n.Config.Paths.issued(n.day(), n.runID)
	temp := warehouse.Hidden(kept)
	err := writeWhole(temp, func(w io.Writer) error {
		packed := zip.NewWriter(w)
		err := eachFile(os.DirFS(n.outTemp), func(name string, from io.Reader) error {
			header := &zip.FileHeader{Name: name, Method: zip.Deflate}
			if slices.Contains([]string{".xlsx", ".zip"}, path.Ext(name)) { // packed already
				header.Method = zip.Store
			}
			to, err := packed.CreateHeader(header)
			if err != nil {
				return err
			}
			_, err = io.Copy(to, from)
			return err
		})
		return errors.Join(err, packed.Close())
	})
	if err != nil {
		return err
	}
	return rename(temp, kept)
}

// removeIssued removes what the day's earlier runs issued: the last one's is what stands in out/.
func (n *night) removeIssued() error {
	others, err := filepath.Glob(n.Config.Paths.issued(n.day(), "*"))
	for _, path := range others {
		if path != n.Config.Paths.issued(n.day(), n.runID) {
			err = errors.Join(err, os.Remove(path))
		}
	}
	return err
}

// Reissued is a day's folder written again.
type Reissued struct {
	Folder  string
	Files   int      // that stand in it
	Missing int      // of them that did not, and were written
	Changed []string // that were there and not as issued, or not issued at all: replaced or removed
}

// Reissue makes a day's folder what the last run of that day issued, the same bytes.
// Where a file there was changed since, or none was issued by its name, it refuses
// unless forced: somebody may have written in it. It takes the run's lock.
func Reissue(ctx context.Context, c *Config, asOf time.Time, force bool) (r *Reissued, err error) {
	w, release, err := openLedger(ctx, c)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	day := asOf.Format(time.DateOnly)
	r = &Reissued{Folder: filepath.Join(c.Paths.Out, day)}
	runID, issued, err := issuedOn(ctx, w.Warehouse, day)
	if err != nil {
		return nil, err
	}
	if len(issued) == 0 {
		return nil, fault.New(fault.Usage, "数据日期 "+day, "运行过的日期见分析库的视图“运行”。", errors.New("这一天没有发出过报表"))
	}
	lost := func(err error) error {
		return fault.New(fault.RunReissue, c.Paths.issued(day, runID), "从单位的文件备份里找回 "+r.Folder+"。", err)
	}
	kept, err := zip.OpenReader(c.Paths.issued(day, runID))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, lost(errors.New("这一天的报表没有留存（旧版程序发出的，或已过保留期）"))
	}
	if err != nil {
		return nil, lost(fmt.Errorf("留存的报表已损坏，请检查磁盘: %w", err))
	}
	defer kept.Close()
	want, err := digests(kept)
	if err != nil {
		return nil, lost(fmt.Errorf("留存的报表已损坏，请检查磁盘: %w", err))
	}
	for name, digest := range issued {
		if want[name] != digest {
			return nil, lost(fmt.Errorf("留存的 %s 不是当时发出的", name))
		}
	}
	if err := r.compare(want); err != nil {
		return nil, err
	}
	if len(r.Changed) > 0 && !force {
		return nil, fault.New(fault.Usage, r.Folder, "先把它们另存到别处（填了核查结论的先交回登记），再加 --force 重写。",
			fmt.Errorf("有 %d 个文件发出后改动过，或是另放进去的，没有重写：%s", len(r.Changed), strings.Join(r.Changed, "、")))
	}
	if r.Missing+len(r.Changed) == 0 {
		return r, nil
	}
	return r, r.write(c, kept)
}

// compare tells what the folder lacks of the files that are wanted, and what else it holds.
func (r *Reissued) compare(want map[string]string) error {
	have := map[string]string{}
	if _, err := os.Stat(r.Folder); err == nil {
		if have, err = digests(os.DirFS(r.Folder)); err != nil {
			return fmt.Errorf("read %s: %w", r.Folder, err)
		}
	}
	r.Files = len(want)
	for name := range want {
		if _, ok := have[name]; !ok {
			r.Missing++
		}
	}
	for name, digest := range have {
		if want[name] != digest {
			r.Changed = append(r.Changed, name)
		}
	}
	slices.Sort(r.Changed)
	return nil
}

// write makes the folder anew, beside it, and puts it in its place.
func (r *Reissued) write(c *Config, kept fs.FS) error {
	temp := warehouse.Hidden(r.Folder)
	failed := func(err error) error {
		return fault.New(fault.RunReport, r.Folder, "检查磁盘空间和输出文件夹的权限，然后重试；文件夹没有改动。", errors.Join(err, os.RemoveAll(temp)))
	}
	access, err := c.Paths.access()
	if err != nil {
		return err
	}
	if err := os.RemoveAll(temp); err != nil {
		return failed(err)
	}
	err = eachFile(kept, func(name string, from io.Reader) error {
		return writeWhole(filepath.Join(temp, filepath.FromSlash(name)), func(w io.Writer) error {
			_, err := io.Copy(w, from)
			return err
		})
	})
	if err != nil {
		return failed(err)
	}
	if err := access.grant(temp); err != nil {
		return failed(err)
	}
	if err := exchange(temp, r.Folder, ""); err != nil {
		return failed(err)
	}
	return nil
}

// digests gives the SHA-256 of every file, by its name.
func digests(files fs.FS) (map[string]string, error) {
	all := map[string]string{}
	err := eachFile(files, func(name string, from io.Reader) (err error) {
		all[name], err = warehouse.Digest(from)
		return err
	})
	return all, err
}

func digestOf(files fs.FS, name string) (string, error) {
	f, err := files.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	return warehouse.Digest(f)
}

func eachFile(files fs.FS, do func(name string, from io.Reader) error) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		f, err := files.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		return do(name, f)
	})
}

// issuedDays lists the days on which reports were issued.
func issuedDays(ctx context.Context, w *warehouse.Warehouse) ([]string, error) {
	days, err := gather.Column[string](ctx, w.Conn(), "SELECT DISTINCT strftime(as_of, '%Y-%m-%d') AS day FROM issued_file ORDER BY day")
	if err != nil {
		return nil, fmt.Errorf("list days of issued files: %w", err)
	}
	return days, nil
}

// issuedOn gives a day's last run, and the SHA-256 of every file that it issued by its name.
func issuedOn(ctx context.Context, w *warehouse.Warehouse, day string) (runID string, digests map[string]string, err error) {
	if err := w.Conn().QueryRowContext(ctx, "SELECT coalesce(max(run_id), '') FROM issued_file WHERE as_of = ?::DATE", day).Scan(&runID); err != nil {
		return "", nil, fmt.Errorf("look for the run of %s: %w", day, err)
	}
	digests, err = gather.Map(ctx, w.Conn(), "SELECT path, sha256 FROM issued_file WHERE run_id = ?", runID)
	if err != nil {
		return "", nil, fmt.Errorf("read issued files: %w", err)
	}
	return runID, digests, nil
}
