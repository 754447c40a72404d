package crash

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hedui/pipeline/warehouse"
)

// TestBackupDuringRun takes backups, one after the other, while a night goes on. Each
// is the state before or after, whole.
func TestBackupDuringRun(t *testing.T) {
	s := copySite(t, base.dir)
	cmd := exec.Command(hedui, s.command("run")[1:]...)
	s.does(cmd.Start())
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var backups []string
	for running := true; running; {
		select {
		case err := <-ended:
			s.does(err)
			running = false
		default:
		}
		backup := filepath.Join(s.dir, fmt.Sprintf("backup-%d.duckdb", len(backups)))
		s.ends(0, "已备份", "backup", backup)
		backups = append(backups, backup)
	}
	events := map[int]int{}
	for _, backup := range backups {
		fresh := copySite(t, base.dir)
		fresh.does(os.RemoveAll(fresh.data("")))
		fresh.ends(0, "已恢复", "restore", backup)
		status, out, err := fresh.call("audit")
		m := audited.FindStringSubmatch(out)
		if err != nil || status != 0 || m == nil {
			t.Fatalf("%v, exit status %d\n%s", err, status, out)
		}
		n, _ := strconv.Atoi(m[1])
		events[n]++
	}
	if events[base.before.events] == 0 || events[base.after.events] == 0 || len(events) != 2 {
		t.Fatalf("backups by number of events: %v", events)
	}
	t.Logf("%d backups: %v", len(backups), events)
}

// TestRestore loses the disk after the second night and goes on from a backup of the first.
func TestRestore(t *testing.T) {
	s := copySite(t, base.dir)
	backup := filepath.Join(s.dir, "backup.duckdb")
	s.ends(0, "已备份", "backup", backup)
	s.ends(2, "不会覆盖", "backup", backup)
	s.does(s.must("run", "--as-of", second))
	s.ends(2, "--force", "restore", backup)
	if now, err := s.whole(); err != nil || now.events != base.after.events {
		t.Fatal(now, err)
	}
	s.ends(0, fmt.Sprintf("多出的 %d 条记录不在了", base.after.events-base.before.events), "restore", "--force", backup)
	s.does(os.Remove(s.data("warehouse.duckdb.replaced")))
	s.ends(0, "不是现在的台账所发出的，没有核对："+second+".恢复前.", "audit")
	s.takeAside()
	s.recovers()

	s.does(os.RemoveAll(s.data("")))
	s.ends(0, "核查结论 "+strconv.Itoa(base.before.verdicts), "restore", backup)
	s.does(s.must("run", "--as-of", second))
	now, err := s.whole()
	s.does(err)
	if now.events != base.after.events || now.verdicts != base.before.verdicts {
		t.Fatal(now)
	}

	broken := filepath.Join(s.dir, "broken.duckdb")
	s.does(copyFile(backup, broken), copyFile(backup+".sha256", broken+".sha256"), flip(broken, 500_000))
	s.ends(1, "E-RUN-12", "restore", "--force", broken)
	s.ends(1, "E-RUN-02", "restore", "--force", filepath.Join(s.dir, "none.duckdb"))
	if after, err := s.whole(); err != nil || after.events != now.events || !slices.Equal(after.files, now.files) {
		t.Fatal(after, err)
	}
}

// takeAside takes away the reports of the second night, which a restore has put aside.
func (s *site) takeAside() {
	s.t.Helper()
	aside, err := filepath.Glob(s.data("out/" + second + ".恢复前.*"))
	if err != nil || len(aside) != 1 {
		s.t.Fatal(aside, err)
	}
	s.does(os.RemoveAll(aside[0]))
}

// TestKilledRestore kills a restore before each of its changes: the warehouse is then
// the old one or the backup, and another restore succeeds.
func TestKilledRestore(t *testing.T) {
	prepared := copySite(t, base.dir)
	backup := filepath.Join(prepared.dir, "backup.duckdb")
	prepared.ends(0, "已备份", "backup", backup)
	prepared.does(prepared.must("feedback", "--as-of", "2021-05-25", filepath.Join(prepared.dir, "returned.csv")))
	command := func(s *site) []string {
		return []string{hedui, "restore", "--force", "--config", filepath.Join(s.dir, "config.yaml"), backup}
	}
	s := copySite(t, prepared.dir)
	told, status, out, err := strike(blow{Folder: s.dir}, command(s)...)
	if err != nil || status != 0 {
		t.Fatalf("%v, exit status %d\n%s", err, status, out)
	}
	seen := map[string]int{}
	for i, call := range told.Calls {
		seen[call]++
		op, name, _ := strings.Cut(call, " ")
		b := blow{Op: op, Class: name, N: seen[call], Effect: "kill"}
		if seen[call] > 2 || seen[call] == 2 && op == "write" { // one of many is like the other
			continue
		}
		t.Run(fmt.Sprintf("%d %s", i, strings.ReplaceAll(call, "/", " ")), func(t *testing.T) {
			t.Parallel()
			s := copySite(t, prepared.dir)
			b.Folder = s.dir
			_, status, out, err := strike(b, command(s)...)
			s.note(fmt.Sprintf("%v, exit status %d\n%s", err, status, out))
			s.does(err)
			now, err := s.whole()
			s.does(err)
			if now.verdicts != base.before.verdicts && now.verdicts != base.before.verdicts+returned {
				t.Fatal(now)
			}
			s.ends(0, "已恢复", "restore", "--force", backup)
			if now, err = s.whole(); err != nil || now.verdicts != base.before.verdicts {
				t.Fatal(now, err)
			}
		})
	}
}

// TestOlderWarehouse opens what earlier programs left, each after one night of the
// same district: the next night goes on, and what they recorded is still there.
func TestOlderWarehouse(t *testing.T) {
	for schema, of := range map[int]struct{ events, verdicts int }{1: {20, 0}, 2: {33, 0}, 3: {36, 3}} {
		t.Run(strconv.Itoa(schema), func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			s.does(os.RemoveAll(s.data("")), os.MkdirAll(s.data(""), 0o700))
			old := filepath.Join(s.dir, "old.duckdb")
			s.does(unpack(fmt.Sprintf("testdata/warehouse/schema-%d.duckdb.gz", schema), s.data("warehouse.duckdb")),
				copyFile(s.data("warehouse.duckdb"), old))
			s.does(s.must("run", "--as-of", second))
			now, err := s.whole()
			s.does(err)
			if now.events <= of.events || now.verdicts != of.verdicts {
				t.Fatal(now)
			}
			s.ends(0, "已恢复到数据日期 "+first, "restore", "--force", old)
			s.takeAside()
			s.does(s.must("run", "--as-of", second))
			again, err := s.whole()
			s.does(err)
			if again.verdicts != of.verdicts || again.events != now.events || again.published != now.published {
				t.Fatalf("%+v after the restore instead of %+v", again, now)
			}
		})
	}
}

func unpack(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	z, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// TestNewerWarehouse is refused, and left alone, by every command that would write in it.
func TestNewerWarehouse(t *testing.T) {
	s := copySite(t, base.dir)
	ctx := context.Background()
	w, err := warehouse.Open(ctx, s.data("warehouse.duckdb"), warehouse.Options{})
	s.does(err)
	_, err = w.Conn().ExecContext(ctx, "UPDATE meta SET schema_version = 99")
	s.does(err, w.Close(), os.Remove(s.data("warehouse.duckdb.sha256")), os.Remove(s.data("warehouse.duckdb.last")))
	before, err := os.ReadFile(s.data("warehouse.duckdb"))
	s.does(err)
	for _, args := range [][]string{{"run", "--as-of", second}, {"feedback", filepath.Join(s.dir, "returned.csv")}, {"audit"}} {
		s.ends(1, "请使用新版 hedui", args...)
		s.ends(1, "E-RUN-02", args...)
	}
	after, err := os.ReadFile(s.data("warehouse.duckdb"))
	s.does(err)
	if string(before) != string(after) {
		t.Fatal("it was changed")
	}
	names, err := s.names()
	s.does(err)
	if i := slices.IndexFunc(names, func(name string) bool { return strings.HasPrefix(filepath.Base(name), ".new") }); i >= 0 {
		t.Fatal("left: " + names[i])
	}
}
