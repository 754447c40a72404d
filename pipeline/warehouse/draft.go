package warehouse

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"hedui/pipeline/fault"
)

// Draft is a private copy of the warehouse: who changes the warehouse changes a
// draft and then puts it in the place of the file, whole. Nobody ever sees the file
// half changed, and a plain copy of it, taken at any time, is a good one.
type Draft struct {
	*Warehouse
	// Warning is set where the warehouse was not as it had been written, and the draft
	// was made from its twin.
	Warning *fault.Fault

	path   string
	digest string // of the file that the draft was made from; empty for a first draft
	aside  string // where what stands at path is kept when it is replaced; empty: it is not
}

// NewDraft copies the warehouse at path, which need not exist, and opens the copy.
// The caller holds the lock. What a killed draft left behind is removed.
func NewDraft(ctx context.Context, path string, opt Options) (*Draft, error) {
	d := &Draft{path: path}
	if err := d.Clean(); err != nil {
		return nil, fault.New(fault.RunWarehouse, place(path), "检查文件夹权限。", err)
	}
	if err := fold(ctx, path, opt); err != nil {
		return nil, err
	}
	if err := d.copy(); err != nil {
		if fault.Of(err) != nil {
			return nil, err
		}
		return nil, fault.New(fault.RunWarehouse, place(path), "检查磁盘空间和文件权限。", err)
	}
	var err error
	if d.Warehouse, err = Open(ctx, d.file(), opt); err != nil {
		return nil, errors.Join(err, d.Clean())
	}
	return d, nil
}

// file is where the draft is worked on; twin holds what path holds, once more;
// record holds the digest of both, as sha256sum writes it.
func (d *Draft) file() string   { return Hidden(d.path) }
func (d *Draft) twin() string   { return d.path + ".last" }
func (d *Draft) record() string { return d.path + ".sha256" }

// damaged is where a file is put aside that is not what was written.
func (d *Draft) damaged() string { return d.path + ".damaged" }

// Hidden is where what will stand at path is made, beside it.
func Hidden(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, ".new-"+name)
}

// Clean removes what a draft has written and not put in its place.
func (d *Draft) Clean() error {
	var errs []error
	for _, path := range []string{d.file(), d.file() + ".wal", Hidden(d.twin()), Hidden(d.record())} {
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(append(errs, os.RemoveAll(d.file()+".tmp"))...) // what DuckDB spills where it is not told where to
}

// Discard closes the draft and removes what of it was not put in its place.
func (d *Draft) Discard() error { return errors.Join(d.Close(), d.Clean()) }

// fold brings in what a program that wrote in the warehouse itself had left in its log.
func fold(ctx context.Context, path string, opt Options) error {
	if _, err := os.Stat(path + ".wal"); err != nil {
		return nil
	}
	w, err := Open(ctx, path, opt)
	if err != nil {
		return err
	}
	if err := errors.Join(w.exec(ctx, "CHECKPOINT"), w.Close()); err != nil {
		return fault.New(fault.RunWarehouse, place(path), "检查磁盘空间和文件权限。", err)
	}
	return nil
}

// copy makes the draft from the warehouse or, where that is not what was written,
// from its twin.
func (d *Draft) copy() error {
	written, err := readDigests(d.record())
	if err != nil {
		return err
	}
	good := func(from string) (bool, error) {
		digest, err := copyFile(from, d.file())
		if errors.Is(err, fs.ErrNotExist) {
			return false, nil
		}
		d.digest = digest
		return written == nil || slices.Contains(written, digest), err
	}
	if ok, err := good(d.path); err != nil || ok {
		return err
	}
	if !Exists(d.path) { // there never was a warehouse
		return nil
	}
	first := d.digest
	ok, err := good(d.twin())
	if err != nil {
		return err
	}
	changed := errors.New("warehouse is not what was written last")
	switch {
	case !ok && first != "" && first == d.digest && first != emptyDigest && spoiled(written, first):
		d.Warning = fault.New(fault.RunDamaged, "校验值 "+d.record(), "数据仓库和它的副本一致，校验值已重写；请检查磁盘。", errors.New("digests are not what was written last"))
		return nil
	case !ok:
		return fault.New(fault.RunDamaged, place(d.path), "文件和它的副本都已损坏或被替换，请从备份恢复；若确认文件可信，删去 "+d.record()+" 后重新运行。", changed)
	}
	d.aside = d.damaged()
	d.Warning = fault.New(fault.RunDamaged, place(d.path), "文件已损坏、被替换或不见了，已改用内容相同的副本，原文件留作 "+d.damaged()+"；请检查磁盘。", changed)
	return nil
}

// emptyDigest is that of a file without bytes.
const emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

// spoiled says that a record which does not tell the digest of two equal files is
// itself what was damaged: it tells none, or one that differs in a few letters only,
// as that of another file never does.
func spoiled(written []string, digest string) bool {
	for _, w := range written {
		same := 0
		for i := range min(len(w), len(digest)) {
			if w[i] == digest[i] {
				same++
			}
		}
		if _, err := hex.DecodeString(w); err == nil && len(w) == len(digest) && same < len(digest)-8 {
			return false
		}
	}
	return true
}

// Exists says whether there is a warehouse at path, or what is left of one.
func Exists(path string) bool {
	d := Draft{path: path}
	return slices.ContainsFunc([]string{path, d.twin(), d.record()}, func(path string) bool {
		_, err := os.Stat(path)
		return err == nil
	})
}

// Replace closes the draft and puts it, and a twin of it, in the place of the
// warehouse.
func (d *Draft) Replace(ctx context.Context) error {
	steps, err := d.replacing(ctx)
	if err != nil {
		return err
	}
	for _, step := range steps {
		if err := errors.Join(step(), SyncFolder(filepath.Dir(d.path))); err != nil {
			return fmt.Errorf("put the working copy in place: %w", err)
		}
	}
	return nil
}

// replacing closes the draft, writes the twin, and gives the steps that are left.
// Killed between any two, the next draft finds the old or the new state whole: while
// both may be there, the record tells both digests.
func (d *Draft) replacing(ctx context.Context) ([]func() error, error) {
	if err := errors.Join(d.exec(ctx, "CHECKPOINT"), d.Close()); err != nil {
		return nil, fmt.Errorf("close the working copy: %w", err)
	}
	twin := Hidden(d.twin())
	digest, err := copyFile(d.file(), twin)
	if err != nil {
		return nil, fmt.Errorf("write the twin: %w", err)
	}
	if err := secure(d.file()); err != nil {
		return nil, err
	}
	announce := func() error { return d.note(digest, d.digest) }
	if d.digest == "" { // a record without a warehouse would say that it was lost
		announce = func() error { return nil }
	}
	return []func() error{
		announce,
		d.putAside,
		func() error { return os.Rename(d.file(), d.path) },
		func() error { return os.Rename(twin, d.twin()) },
		func() error { return d.note(digest) },
	}, nil
}

// putAside keeps a damaged warehouse, or one that a backup replaces, for who wants
// to know what was in it.
func (d *Draft) putAside() error {
	if d.aside == "" {
		return nil
	}
	// By a second name, so that there is a warehouse at every instant; a file system
	// that knows no second names has a moment without.
	err := os.Remove(d.aside)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		err = os.Link(d.path, d.aside)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		err = os.Rename(d.path, d.aside)
	}
	if errors.Is(err, fs.ErrNotExist) { // nothing stands there
		return nil
	}
	return err
}

// note writes the digests that the warehouse may have from now on.
func (d *Draft) note(digests ...string) error {
	var b strings.Builder
	for _, digest := range slices.Compact(digests) {
		if digest != "" {
			fmt.Fprintf(&b, "%s  %s\n", digest, filepath.Base(d.path))
		}
	}
	made := Hidden(d.record())
	f, err := os.OpenFile(made, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, b.String())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(made, d.record())
}

// readDigests reads what note wrote; nil where it never did.
func readDigests(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read digests: %w", err)
	}
	digests := []string{}
	for line := range strings.Lines(string(text)) {
		digest, _, _ := strings.Cut(line, " ")
		digests = append(digests, digest)
	}
	return digests, nil
}

// copyFile copies a file to a new one that its owner alone can read, syncs it, and
// gives the SHA-256 of its bytes.
func copyFile(from, to string) (digest string, err error) {
	in, err := os.Open(from)
	if err != nil {
		return "", err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.CopyBuffer(io.MultiWriter(out, sum), struct{ io.Reader }{in}, make([]byte, 1<<20))
	if err := errors.Join(err, out.Sync(), out.Close()); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// Digest is the SHA-256 of what is read, as sha256sum writes it.
func Digest(from io.Reader) (string, error) {
	sum := sha256.New()
	_, err := io.Copy(sum, from)
	return hex.EncodeToString(sum.Sum(nil)), err
}

// SyncFolder makes the names in a folder last.
func SyncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
