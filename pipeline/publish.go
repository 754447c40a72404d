package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

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
	if err := n.w.Publish(ctx, file, names, warehouse.Definitions(defined)); err != nil {
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
	out := filepath.Join(n.Config.Paths.Out, n.manifest.AsOf)
	if err := exchange(n.outTemp, out); err != nil {
		return fault.New(fault.RunPublish, out, "检查文件夹权限，然后重新运行。", err)
	}
	n.removeOld()
	n.secure()
	return nil
}

func (n *night) publishTemp() string { return hidden(n.Config.Paths.Publish) }

// hidden is where what will stand at path is made, beside it.
func hidden(path string) string {
	folder, name := filepath.Split(path)
	return filepath.Join(folder, ".new-"+name)
}

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

// exchange puts the folder from in the place of to in one step: whoever looks
// sees the old folder whole or the new one.
func exchange(from, to string) error {
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
		return errors.Join(os.RemoveAll(old), warehouse.SyncFolder(filepath.Dir(to)))
	}
	return errors.Join(os.RemoveAll(from), warehouse.SyncFolder(filepath.Dir(to)))
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
