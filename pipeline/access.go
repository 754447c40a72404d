package pipeline

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"

	"hedui/pipeline/fault"
)

// access says who may read what the program writes: its owner and, where
// paths.group is set, that group what is published. Nobody else, whatever the umask.
type access struct{ group int } // -1: none

// private is for what nobody but the owner reads.
var private = access{-1}

// access looks the group up; one that is not there, or that the program's user does
// not belong to, is a fault.
func (p Paths) access() (access, error) {
	if p.Group == "" {
		return private, nil
	}
	bad := func(remedy string, err error) (access, error) {
		return private, fault.New(fault.ConfigBadValue, "paths.group "+p.Group, remedy, err)
	}
	id := p.Group
	if g, err := user.LookupGroup(p.Group); err == nil {
		id = g.Gid
	} else if _, err := user.LookupGroupId(p.Group); err != nil {
		return bad("写系统里有的用户组；不需要时删去这一行。", errors.New("系统里没有这个用户组"))
	}
	group, err := strconv.Atoi(id)
	if err != nil {
		return bad("写系统里有的用户组；不需要时删去这一行。", err)
	}
	groups, err := os.Getgroups()
	if err != nil {
		return bad("稍后再试。", err)
	}
	if os.Geteuid() != 0 && os.Getegid() != group && !slices.Contains(groups, group) {
		return bad("把运行 hedui 的用户加入这个组（usermod -aG）。", errors.New("运行 hedui 的用户不在组里"))
	}
	return access{group}, nil
}

func (a access) mode(folder bool) fs.FileMode {
	mode := fs.FileMode(0o600)
	if a.group >= 0 {
		mode = 0o640
	}
	if folder { // what may be read in a folder may be gone into
		mode |= mode >> 2 & 0o111
	}
	return mode
}

// grant gives a file, or a folder and all in it, its mode and group. What is not
// there, and what a link points to, is left alone.
func (a access) grant(root string) error {
	var errs []error
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		if entry.IsDir() || entry.Type().IsRegular() {
			errs = append(errs, a.set(path, entry))
		}
		return nil
	})
	if err := errors.Join(append(errs, err)...); err != nil {
		return fmt.Errorf("set permissions: %w", err)
	}
	return nil
}

func (a access) set(path string, entry fs.DirEntry) error {
	info, err := entry.Info()
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	if owner, ok := info.Sys().(*syscall.Stat_t); a.group >= 0 && ok && int(owner.Gid) != a.group {
		if err := os.Chown(path, -1, a.group); err != nil {
			return err
		}
	}
	if mode := a.mode(entry.IsDir()); info.Mode().Perm() != mode {
		return os.Chmod(path, mode)
	}
	return nil
}

// admit lets the group go through a folder that the program made for itself. Any
// other folder is the operator's: its permissions are left alone.
func (a access) admit(folder string) error {
	info, err := os.Stat(folder)
	if err != nil || a.group < 0 || info.Mode().Perm() != 0o700 {
		return nil // a folder that is not there has nothing to be read
	}
	if err := errors.Join(os.Chown(folder, -1, a.group), os.Chmod(folder, 0o710)); err != nil {
		return fmt.Errorf("set permissions: %w", err)
	}
	return nil
}

// secure sets right what stands in the night's folders: also what an older version,
// a copy or a restore left readable.
func (n *night) secure() {
	p := n.Config.Paths
	kept, err := filepath.Glob(p.Warehouse + "*")
	errs := []error{err}
	for _, path := range kept {
		errs = append(errs, private.grant(path))
	}
	for _, path := range []string{p.Publish, p.Out, p.Logs} {
		errs = append(errs, n.access.grant(path), n.access.admit(filepath.Dir(path)))
	}
	if err := errors.Join(errs...); err != nil {
		n.warn(fault.New(fault.RunAccess, "文件权限", "有的文件不属于运行 hedui 的用户：改属主（chown），或移走。", err))
	}
}

// scratch makes a folder for data that does not fit the memory, removed by the
// function that it gives; what killed programs left of theirs is removed first.
func scratch() (folder string, remove func() error, err error) {
	sweepScratch()
	if folder, err = os.MkdirTemp("", scratchName); err != nil {
		return "", nil, fmt.Errorf("make folder for spilled data: %w", err)
	}
	release, err := holdFolder(folder)
	if err != nil {
		return "", nil, errors.Join(fmt.Errorf("hold folder for spilled data: %w", err), os.RemoveAll(folder))
	}
	return folder, func() error { return errors.Join(os.RemoveAll(folder), release()) }, nil
}

const scratchName = "hedui-spill-"

// sweepScratch removes the folders of this user that nobody holds any more. What
// cannot be removed now is tried again next time.
func sweepScratch() {
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), scratchName+"*")) // the pattern is good
	for _, folder := range left {
		info, err := os.Lstat(folder)
		if err != nil || !info.IsDir() {
			continue
		}
		if owner, ok := info.Sys().(*syscall.Stat_t); !ok || int(owner.Uid) != os.Getuid() {
			continue
		}
		release, err := holdFolder(folder)
		if err != nil {
			continue
		}
		_ = errors.Join(os.RemoveAll(folder), release())
	}
}

// holdFolder takes a folder's lock; the kernel gives it back when the program ends.
func holdFolder(path string) (release func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
