//go:build faults

package crash

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// small puts the site's data on a disk of its own, of so many bytes more than it needs.
func (s *site) small(more int64) {
	s.t.Helper()
	held := s.data("")
	needed, err := sizes(held)
	s.does(err)
	kept := held + "-kept"
	s.does(os.Rename(held, kept), os.Mkdir(held, 0o700),
		unix.Mount("tmpfs", held, "tmpfs", 0, "mode=700,size="+strconv.FormatInt(needed+more, 10)))
	s.t.Cleanup(func() {
		if err := unix.Unmount(held, 0); err != nil {
			s.t.Error("unmount:", err)
		}
	})
	s.does(os.CopyFS(held, os.DirFS(kept)), os.RemoveAll(kept))
}

// TestFullDisk runs on real disks that have room for a part of a night only: up to
// what a night needs, in steps.
func TestFullDisk(t *testing.T) {
	n := round(12)
	finished := 0
	for i := range n {
		s := copySite(t, base.dir)
		const most = 64 << 20
		room := int64(most) * int64(i) / int64(n-1)
		s.small(room)
		status, out, err := s.call("run", "--as-of", second)
		s.does(err)
		switch status {
		case 0, 3:
			s.ended("run", status, out)
			finished++
		case 1, 2:
			if !strings.Contains(out, "E-") { // a program that aborts ends with 2 as well
				t.Fatalf("with room for %d bytes: exit status %d\n%s", room, status, out)
			}
		default:
			t.Fatalf("with room for %d bytes: exit status %d\n%s", room, status, out)
		}
		if published, err := s.published(); err != nil || published != base.before.published && published != base.after.published {
			t.Fatalf("with room for %d bytes: %v\n%s", room, err, published)
		}
		s.does(unix.Mount("", s.data(""), "", unix.MS_REMOUNT, "size=1G"))
		s.recovers()
	}
	if finished == 0 || finished == n {
		t.Fatalf("%d of %d nights had room", finished, n)
	}
	t.Logf("%d of %d nights had room", finished, n)
}

// TestReadOnlyDisk runs on a disk that is mounted read-only.
func TestReadOnlyDisk(t *testing.T) {
	s := copySite(t, base.dir)
	s.small(256 << 20)
	s.does(unix.Mount("", s.data(""), "", unix.MS_REMOUNT|unix.MS_RDONLY, ""))
	status, out, err := s.call("run", "--as-of", second)
	s.does(err)
	if status != 1 && status != 2 {
		t.Fatalf("exit status %d\n%s", status, out)
	}
	published, err := s.published()
	s.does(err)
	if published != base.before.published {
		t.Fatal("what is published changed")
	}
	s.does(unix.Mount("", s.data(""), "", unix.MS_REMOUNT, ""))
	s.recovers()
}

// sizes adds up what the files in a folder take, in whole pages.
func sizes(folder string) (int64, error) {
	var all int64
	err := filepath.WalkDir(folder, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			all += (info.Size() + 4095) &^ 4095
		}
		return err
	})
	return all, err
}
