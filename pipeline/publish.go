package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
	"hedui/sources/roster"
)

// publish writes the analysts' file beside the old one, makes the night last by
// putting the warehouse's draft in its place, and then shows it: two renames. Killed
// before them, the next run of the same day finds nothing new and publishes the same.
func (n *night) publish(ctx context.Context) error {
	out := filepath.Join(n.Config.Paths.Out, n.manifest.AsOf)
	aside, err := n.setAside(out)
	if err != nil {
		return err
	}
	if err := n.writeManifest(ctx); err != nil {
		return err
	}
	file := n.publishTemp()
	names, err := labels()
	if err != nil {
		return err
	}
	defined, err := matchers.Define()
	if err != nil {
		return err
	}
	if err := n.w.Publish(ctx, names, warehouse.Definitions(defined)); err != nil {
		return fmt.Errorf("write %s: %w", file, err)
	}
	if err := errors.Join(n.access.grant(n.outTemp), n.access.grant(file)); err != nil {
		return err
	}
	if err := n.keepIssued(); err != nil {
		return fmt.Errorf("keep what is issued: %w", err)
	}
	if err := n.draft.Replace(ctx); err != nil {
		return fmt.Errorf("keep the night: %w", err)
	}
	if err := rename(file, n.Config.Paths.Publish); err != nil {
		return fault.New(fault.RunPublish, n.Config.Paths.Publish, "检查文件夹权限；上次发布的结果没有改动。", err)
	}
	if err := exchange(n.outTemp, out, aside); err != nil {
		return fault.New(fault.RunPublish, out, "检查文件夹权限，然后重新运行。", err)
	}
	n.removeOld()
	n.secure()
	return nil
}

func (n *night) publishTemp() string { return warehouse.Hidden(n.Config.Paths.Publish) }

// sweep removes what a killed run left behind. The lock is held, so nobody
// else is writing these.
func (n *night) sweep() {
	sweepScratch()
	leftovers, _ := filepath.Glob(filepath.Join(n.Config.Paths.Out, ".new-*"))
	kept, _ := filepath.Glob(filepath.Join(n.Config.Paths.issuedFolder(), ".new-*"))
	leftovers = append(leftovers, kept...)
	file := n.publishTemp()
	leftovers = append(leftovers, file, file+".wal", file+".tmp", filepath.Join(filepath.Dir(n.Config.Paths.Warehouse), ".spill"))
	for _, path := range leftovers {
		if err := os.RemoveAll(path); err != nil {
			n.Log.Warn("清理残留文件失败：" + err.Error())
		}
	}
}

func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return warehouse.SyncFolder(filepath.Dir(to))
}

// setAside says where the day's folder goes if people changed what an earlier run of the day
// issued in it, as its manifest tells, or put something there: a clerk may have filled in a
// sheet. "" if nobody did.
func (n *night) setAside(out string) (string, error) {
	if is, err := os.Stat(out); errors.Is(err, fs.ErrNotExist) || err == nil && !is.IsDir() {
		return "", nil
	}
	have, err := digests(os.DirFS(out))
	if err != nil {
		return "", fmt.Errorf("read %s: %w", out, err)
	}
	var issued struct{ Files []IssuedFile }
	if text, err := os.ReadFile(filepath.Join(out, manifestName)); err == nil && json.Unmarshal(text, &issued) == nil {
		delete(have, manifestName)
	}
	for _, f := range issued.Files {
		if have[f.Path] == f.SHA256 {
			delete(have, f.Path)
		}
	}
	maps.DeleteFunc(have, func(name, _ string) bool { return left(path.Base(name)) })
	if len(have) == 0 {
		return "", nil
	}
	aside := out + ".改过." + n.runID
	n.warn(fault.New(fault.RunWritten, out, "原文件夹已移到 "+aside+"：填了核查结论的先交回登记，其余自行取用；到期与当日的报表一起清理。",
		fmt.Errorf("%d 个文件发出后改动过，或是另放进去的：%s", len(have), strings.Join(slices.Sorted(maps.Keys(have)), "、"))))
	return aside, nil
}

// left says that a file of that name is what an office program leaves beside one that is open.
func left(name string) bool { return strings.HasPrefix(name, "~$") || strings.HasPrefix(name, ".") }

// exchange puts the folder from in the place of to in one step: whoever looks
// sees the old folder whole or the new one. The old one goes aside, if that names a
// place, or is removed.
func exchange(from, to, aside string) error {
	settle := func(old string) error {
		if aside != "" {
			return os.Rename(old, aside)
		}
		return os.RemoveAll(old)
	}
	err := unix.Renameat2(unix.AT_FDCWD, from, unix.AT_FDCWD, to, unix.RENAME_EXCHANGE)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return rename(from, to)
	case err != nil: // a file system that cannot exchange (NFS, some FUSE)
		old := from + ".old"
		if err := errors.Join(os.RemoveAll(old), os.Rename(to, old)); err != nil {
			return err
		}
		if err := os.Rename(from, to); err != nil {
			return errors.Join(err, os.Rename(old, to))
		}
		return errors.Join(settle(old), warehouse.SyncFolder(filepath.Dir(to)))
	}
	return errors.Join(settle(from), warehouse.SyncFolder(filepath.Dir(to)))
}

// labels gathers the Chinese names of everything published: the rosters' from
// sources, the words' and facts' from matchers, the rest from the warehouse.
func labels() (warehouse.Labels, error) {
	words, err := matchers.Labels()
	if err != nil {
		return nil, err
	}
	all := warehouse.Labels{"": words}
	for _, k := range roster.Kinds() {
		all[k.Name] = map[string]string{}
		for _, c := range k.Columns {
			all[k.Name][c.Name] = c.Label
		}
	}
	return all, nil
}
