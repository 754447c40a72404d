//go:build faults

package crash

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// TestDamagedWarehouse damages what the warehouse consists of. Whoever opens it next
// goes on from the last good state and says so.
func TestDamagedWarehouse(t *testing.T) {
	const name = "warehouse.duckdb"
	for what, of := range map[string]struct {
		damage func(s *site) error
		status int
		says   string
	}{
		"emptied":           {func(s *site) error { return cut(s.data(name), 0) }, 3, "E-RUN-12"},
		"cut short":         {func(s *site) error { return cut(s.data(name), 0.7) }, 3, "E-RUN-12"},
		"gone":              {func(s *site) error { return os.Remove(s.data(name)) }, 3, "E-RUN-12"},
		"something else":    {func(s *site) error { return os.WriteFile(s.data(name), []byte("hello"), 0o600) }, 3, "E-RUN-12"},
		"twin cut short":    {func(s *site) error { return cut(s.data(name+".last"), 0.5) }, 0, ""},
		"twin gone":         {func(s *site) error { return os.Remove(s.data(name + ".last")) }, 0, ""},
		"digests emptied":   {func(s *site) error { return cut(s.data(name+".sha256"), 0) }, 3, "E-RUN-12"},
		"digests changed":   {func(s *site) error { return flip(s.data(name+".sha256"), 10) }, 3, "E-RUN-12"},
		"digests gone":      {func(s *site) error { return os.Remove(s.data(name + ".sha256")) }, 0, ""},
		"published emptied": {func(s *site) error { return cut(s.data("hedui.duckdb"), 0) }, 0, ""},
		"published cut":     {func(s *site) error { return cut(s.data("hedui.duckdb"), 0.5) }, 0, ""},
		"published gone":    {func(s *site) error { return os.Remove(s.data("hedui.duckdb")) }, 0, ""},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			s.does(of.damage(s))
			s.ends(of.status, of.says, "run", "--as-of", second)
			s.does(forget(s.data(name + ".damaged")))
			s.recovered()
			s.sameTwin()
		})
	}
}

func forget(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (s *site) sameTwin() {
	s.t.Helper()
	a, err := os.ReadFile(s.data("warehouse.duckdb"))
	s.does(err)
	b, err := os.ReadFile(s.data("warehouse.duckdb.last"))
	s.does(err)
	if !bytes.Equal(a, b) {
		s.t.Fatal("the twin differs")
	}
}

// TestFlippedBits changes single bits all over the warehouse, and cuts it at any
// place: answers are taken all the same, into a ledger that has lost nothing.
func TestFlippedBits(t *testing.T) {
	n := round(20)
	s := copySite(t, base.dir)
	good, err := os.ReadFile(s.data("warehouse.duckdb"))
	s.does(err)
	for i := range n {
		rng := rand.New(rand.NewPCG(4, uint64(i)))
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			at := int64((float64(i) + rng.Float64()) / float64(n) * float64(len(good)))
			s.note(fmt.Sprintf("at byte %d", at))
			if i%4 == 3 {
				s.does(os.Truncate(s.data("warehouse.duckdb"), at))
			} else {
				s.does(flip(s.data("warehouse.duckdb"), at))
			}
			s.ends(3, "E-RUN-12", "feedback", "--as-of", "2021-05-25", filepath.Join(s.dir, "returned.csv"))
			s.taken = true
			now, err := s.whole()
			s.does(err)
			s.lostNothing(now)
		})
	}
}

// TestNothingGoodIsLeft must not begin a new ledger, nor touch what is published.
func TestNothingGoodIsLeft(t *testing.T) {
	for what, damage := range map[string]func(s *site) error{
		"file and twin cut short": func(s *site) error {
			return errors.Join(cut(s.data("warehouse.duckdb"), 0.9), cut(s.data("warehouse.duckdb.last"), 0.8))
		},
		"file and twin gone": func(s *site) error {
			return errors.Join(os.Remove(s.data("warehouse.duckdb")), os.Remove(s.data("warehouse.duckdb.last")))
		},
		"all gone": func(s *site) error {
			return errors.Join(os.Remove(s.data("warehouse.duckdb")), os.Remove(s.data("warehouse.duckdb.last")), os.Remove(s.data("warehouse.duckdb.sha256")))
		},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			backup := filepath.Join(s.dir, "backup.duckdb")
			s.ends(0, "已备份", "backup", backup)
			s.does(damage(s))
			s.ends(1, "E-RUN-12", "run", "--as-of", second)
			if published, err := s.published(); err != nil || published != base.before.published {
				t.Fatal(published, err)
			}
			s.ends(0, "已恢复到数据日期 "+first, "restore", backup)
			s.does(forget(s.data("warehouse.duckdb.replaced")))
			s.isWhole()
			s.recovers()
		})
	}
}

// TestFolders takes folders away and puts files in their place. What is published
// stays; when all is as it was, the next night does what it does.
func TestFolders(t *testing.T) {
	const away = ".away"
	for what, of := range map[string]struct {
		spoil, mend func(s *site) error
		status      int
		says        string
	}{
		"no inbox": {
			func(s *site) error { return os.Rename(filepath.Join(s.dir, "inbox"), filepath.Join(s.dir, away)) },
			func(s *site) error { return os.Rename(filepath.Join(s.dir, away), filepath.Join(s.dir, "inbox")) }, 2, "E-CFG-05"},
		"a file for the reports' folder": {
			func(s *site) error {
				return errors.Join(os.Rename(s.data("out"), filepath.Join(s.dir, away)), os.WriteFile(s.data("out"), nil, 0o600))
			},
			func(s *site) error {
				return errors.Join(os.Remove(s.data("out")), os.Rename(filepath.Join(s.dir, away), s.data("out")))
			}, 1, "E-RUN-"},
		"a file for the day's folder": {
			func(s *site) error { return os.WriteFile(s.data("out/"+second), nil, 0o600) },
			func(s *site) error { return nil }, 0, ""},
		"a file for the log's folder": {
			func(s *site) error {
				return errors.Join(os.Rename(s.data("logs"), filepath.Join(s.dir, away)), os.WriteFile(s.data("logs"), nil, 0o600))
			},
			func(s *site) error {
				return errors.Join(os.Remove(s.data("logs")), os.Rename(filepath.Join(s.dir, away), s.data("logs")))
			}, 2, "E-CFG-05"},
		"a folder for the published file": {
			func(s *site) error {
				return errors.Join(os.Rename(s.data("hedui.duckdb"), filepath.Join(s.dir, away)), os.MkdirAll(s.data("hedui.duckdb/x"), 0o700))
			},
			func(s *site) error {
				return errors.Join(os.RemoveAll(s.data("hedui.duckdb")), os.Rename(filepath.Join(s.dir, away), s.data("hedui.duckdb")))
			}, 1, "E-RUN-05"},
		"no reports": {
			func(s *site) error { return os.Rename(s.data("out"), filepath.Join(s.dir, away)) },
			func(s *site) error {
				return os.Rename(filepath.Join(s.dir, away, first), s.data("out/"+first))
			}, 0, ""},
		"no logs": {
			func(s *site) error { return os.RemoveAll(s.data("logs")) },
			func(s *site) error { return nil }, 0, ""},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			s.does(of.spoil(s))
			s.ends(of.status, of.says, "run", "--as-of", second)
			s.does(of.mend(s))
			if of.status == 0 {
				s.recovered()
				return
			}
			s.isWhole()
			s.recovers()
		})
	}
}

// nobody is a user who owns nothing but the site.
const nobody = 65534

// TestPermissions runs the program as somebody who may not write, or read, a part of
// the data; root may do all, so that the program runs as another user.
func TestPermissions(t *testing.T) {
	for what, of := range map[string]struct {
		name   string
		mode   fs.FileMode
		status []int
		says   string
	}{
		"data":                      {"data", 0o500, []int{1, 2}, "E-"},
		"the reports' folder":       {"data/out", 0o500, []int{1}, "E-RUN-0"},
		"a day's folder":            {"data/out/" + first, 0o500, []int{0}, ""},
		"the warehouse, unreadable": {"data/warehouse.duckdb", 0o000, []int{1}, "E-RUN-02"},
		"the warehouse, read-only":  {"data/warehouse.duckdb", 0o400, []int{0}, ""},
		"the published file":        {"data/hedui.duckdb", 0o000, []int{0}, ""},
		"a roster":                  {"inbox/残疾人.csv", 0o000, []int{3}, "E-SRC-01｜《残疾人.csv》｜没有权限｜处理办法：检查文件的属主和权限"},
		"the inbox":                 {"inbox", 0o000, []int{1, 2}, "E-"},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			cmd := exec.Command(hedui, s.command("run")[1:]...)
			if os.Getuid() == 0 {
				for _, above := range []string{filepath.Dir(s.dir), filepath.Dir(filepath.Dir(s.dir))} {
					s.does(os.Chmod(above, 0o755))
				}
				s.does(filepath.WalkDir(s.dir, func(path string, _ fs.DirEntry, err error) error {
					return errors.Join(err, os.Lchown(path, nobody, nobody))
				}))
				cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
			}
			path := filepath.Join(s.dir, of.name)
			info, err := os.Stat(path)
			s.does(err, os.Chmod(path, of.mode))
			out, err := cmd.CombinedOutput()
			s.note(string(out))
			var exit *exec.ExitError
			if err != nil && !errors.As(err, &exit) {
				t.Fatal(err)
			}
			if status := cmd.ProcessState.ExitCode(); !slices.Contains(of.status, status) || !strings.Contains(string(out), of.says) {
				t.Fatalf("exit status %d\n%s", status, out)
			}
			if _, err := os.Stat(path); err == nil {
				s.does(os.Chmod(path, info.Mode()))
			}
			switch of.status[0] {
			case 0:
				s.recovered()
			case 3: // a held roster gives another night
				s.recovers()
			default:
				s.isWhole()
				s.recovers()
			}
		})
	}
}

// TestAtOnce starts two nights and a reading of answers together: whoever does not
// get the lock says so and leaves everything alone.
func TestAtOnce(t *testing.T) {
	for i := range 2 {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			s := copySite(t, base.dir)
			var group sync.WaitGroup
			var mutex sync.Mutex
			good := 0
			for _, what := range []string{"run", "run", "feedback"} {
				group.Go(func() {
					args := s.command(what)
					cmd := exec.Command(args[0], args[1:]...)
					out, err := cmd.CombinedOutput()
					mutex.Lock()
					defer mutex.Unlock()
					s.note(fmt.Sprintf("%s: %v\n%s", what, err, out))
					switch status := cmd.ProcessState.ExitCode(); {
					case status == 0:
						good++
						s.taken = s.taken || what == "feedback"
					case status != 4 || !strings.Contains(string(out), "E-LCK-01"):
						t.Errorf("%s: exit status %d\n%s", what, status, out)
					}
				})
			}
			group.Wait()
			if good == 0 {
				t.Error("nobody got the lock")
			}
			now, err := s.whole()
			s.does(err)
			s.lostNothing(now)
			s.recovers()
		})
	}
}
