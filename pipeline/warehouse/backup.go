package warehouse

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"hedui/pipeline/fault"
)

// Backup copies the warehouse at path to the new file to, and writes its digest, as
// sha256sum does, to to.sha256. It takes no lock: a run may go on, since it replaces
// the file whole. Where the warehouse is not what was written last its twin is
// copied, and told.
func Backup(path, to string) (told *fault.Fault, err error) {
	d, copied := Draft{path: path}, Hidden(to)
	unwritable := func(err error) error {
		return fault.New(fault.RunWarehouse, "备份 "+to, "检查磁盘空间和文件夹权限。", err)
	}
	if _, err := os.Stat(path + ".wal"); err == nil {
		return nil, fault.New(fault.RunWarehouse, place(path), "旧版程序没有正常结束：先运行一次 hedui audit，再备份。", errors.New("a write-ahead log stands beside it"))
	}
	for _, from := range []string{path, d.twin()} {
		before, err := readDigests(d.record())
		if err != nil {
			return nil, unwritable(err)
		}
		digest, err := copyFile(from, copied)
		if errors.Is(err, fs.ErrNotExist) && missing(from) {
			continue
		}
		if err != nil {
			return nil, unwritable(errors.Join(err, os.Remove(copied)))
		}
		after, err := readDigests(d.record()) // a run may have replaced both meanwhile
		if err != nil {
			return nil, unwritable(err)
		}
		if before != nil && !slices.Contains(slices.Concat(before, after), digest) {
			continue
		}
		kept := Draft{path: to}
		if err := errors.Join(kept.note(digest), os.Rename(copied, to), SyncFolder(filepath.Dir(to))); err != nil {
			return nil, unwritable(err)
		}
		if from != path {
			told = fault.New(fault.RunDamaged, place(path), "文件已损坏或被替换，备份的是内容相同的副本；请检查磁盘，再运行一次 hedui run。", nil)
		}
		return told, nil
	}
	if err := os.Remove(copied); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, unwritable(err)
	}
	return nil, fault.New(fault.RunDamaged, place(path), "文件和它的副本都已损坏或不见了，没有备份；请用以前的备份恢复（hedui restore）。", errors.New("nothing good to copy"))
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// DraftOf makes a draft of the warehouse at path from the backup from, whatever
// stands at path now; replaced by the draft, that is kept as path.replaced. checked
// says that the backup's digest stood beside it and fits. The caller holds the lock.
func DraftOf(ctx context.Context, from, path string, opt Options) (d *Draft, checked bool, err error) {
	d = &Draft{path: path, aside: path + ".replaced"}
	written, err := readDigests(from + ".sha256")
	if err != nil {
		return nil, false, fault.New(fault.RunWarehouse, "备份 "+from, "检查文件权限。", err)
	}
	if err := d.Clean(); err != nil {
		return nil, false, fault.New(fault.RunWarehouse, place(path), "检查文件夹权限。", err)
	}
	digest, err := copyFile(from, d.file())
	if err != nil {
		return nil, false, fault.New(fault.RunWarehouse, "备份 "+from, "确认备份文件还在、能够读，磁盘空间足够。", errors.Join(err, d.Clean()))
	}
	if written != nil && !slices.Contains(written, digest) {
		return nil, false, fault.New(fault.RunDamaged, "备份 "+from, "备份文件与它的校验值 "+from+".sha256 不符，没有恢复；请换另一份备份。", errors.Join(errors.New("backup is not what was written"), d.Clean()))
	}
	if d.digest, err = d.standing(); err != nil {
		return nil, false, errors.Join(fmt.Errorf("look at %s: %w", path, err), d.Clean())
	}
	if d.Warehouse, err = Open(ctx, d.file(), opt); err != nil {
		if f := fault.Of(err); f != nil && f.Place == place(d.file()) { // nobody gave that name
			err = fault.New(f.Code, "备份 "+from, "它不是 hedui backup 写出的备份，或已损坏，没有恢复；请换另一份。", f.Err)
		}
		return nil, false, errors.Join(err, d.Clean())
	}
	return d, written != nil, nil
}

// standing is the digest that stays good until the draft has taken the warehouse's
// place: the recorded one, or where none is that of the file; empty where there is neither.
func (d *Draft) standing() (string, error) {
	recorded, err := readDigests(d.record())
	if err != nil || len(recorded) > 0 {
		return slices.Concat(recorded, []string{""})[0], err
	}
	file, err := os.Open(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	defer file.Close()
	return Digest(file)
}
