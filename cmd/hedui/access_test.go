package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// smallDistrict is a folder with two short rosters and a configuration.
func smallDistrict(t *testing.T, settings string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{
		"config.yaml":       "district: 试验区\n" + settings + "\nsources:\n  disability: {files: [\"*残疾*\"]}\n  tekun: {files: [\"*特困*\"]}\n",
		"data/inbox/残疾.csv": "镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴\n东沟镇,甲乙,130890197001010016,肢体,一级,否\n",
		"data/inbox/特困.csv": "镇,姓名,身份证号\n东沟镇,丁四,130890194505050050\n",
	} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func smallNight(t *testing.T, dir, day string) {
	t.Helper()
	command(t, "run", "--config", filepath.Join(dir, "config.yaml"), "--as-of", day)
}

// modes lists what stands under a folder: its mode and group by its path.
func modes(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		found[name] = fmt.Sprintf("%04o %d", info.Mode().Perm(), info.Sys().(*syscall.Stat_t).Gid)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// TestOwnerAlone: whatever the umask, and also what was left readable before.
func TestOwnerAlone(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	for _, umask := range []int{0, 0o077} {
		dir := smallDistrict(t, "paths: {warehouse: kept/warehouse.duckdb, publish: shown/hedui.duckdb, out: out, logs: logs}")
		syscall.Umask(umask)
		old := filepath.Join(dir, "out", "2021-06-09", "全区")
		if err := os.MkdirAll(old, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(old, "旧.xlsx"), []byte("PK"), 0o666); err != nil {
			t.Fatal(err)
		}
		smallNight(t, dir, "2021-06-10")
		command(t, "sample", "--config", filepath.Join(dir, "config.yaml"), "--out", filepath.Join(dir, "out", "抽查.xlsx"))
		command(t, "summary", "--config", filepath.Join(dir, "config.yaml"), "--from", "2021-06-01", "--to", "2021-06-30", "--out", filepath.Join(dir, "out", "总结.docx"))
		seen := 0
		for name, mode := range modes(t, dir) {
			if name == "." || strings.HasPrefix(name, "data") || name == "config.yaml" {
				continue
			}
			seen++
			if !strings.HasPrefix(mode, "0600 ") && !strings.HasPrefix(mode, "0700 ") {
				t.Errorf("umask %03o: %s has %s", umask, name, mode)
			}
		}
		if seen < 25 {
			t.Errorf("umask %03o: %d files and folders", umask, seen)
		}
	}
}

// TestGroupReadsWhatIsPublished, and goes to it through the program's own folder, but
// does not read the warehouse.
func TestGroupReadsWhatIsPublished(t *testing.T) {
	group := os.Getegid()
	if os.Geteuid() == 0 {
		group = 1 // any other
	}
	g, err := user.LookupGroupId(strconv.Itoa(group))
	if err != nil {
		t.Fatal(err)
	}
	dir := smallDistrict(t, "paths: {warehouse: work/warehouse.duckdb, publish: work/hedui.duckdb, out: work/out, logs: work/logs, group: "+g.Name+"}")
	smallNight(t, dir, "2021-06-10")
	told := modes(t, filepath.Join(dir, "work"))
	suffix := fmt.Sprintf(" %d", group)
	for name, want := range map[string]string{
		".": "0710", "hedui.duckdb": "0640", "out": "0750", "out/2021-06-10": "0750", "out/2021-06-10/全区": "0750",
		"out/2021-06-10/manifest.json": "0640", "out/2021-06-10/全区/findings.csv": "0640", "logs": "0750", "logs/hedui.log": "0640",
	} {
		if told[name] != want+suffix {
			t.Errorf("%s has %s, want %s", name, told[name], want+suffix)
		}
	}
	for _, name := range []string{"warehouse.duckdb", "warehouse.duckdb.last", "warehouse.duckdb.sha256", "warehouse.duckdb.lock"} {
		if !strings.HasPrefix(told[name], "0600 ") {
			t.Errorf("%s has %s", name, told[name])
		}
	}
	config := filepath.Join(smallDistrict(t, "paths: {group: no-such-group}"), "config.yaml")
	var out strings.Builder
	if status := run([]string{"run", "--config", config}, strings.NewReader(""), &out, &out); status != 2 || !strings.Contains(out.String(), "paths.group") {
		t.Errorf("an unknown group: status %d\n%s", status, out.String())
	}
}

// TestNothingTemporaryStays: what a killed program left is removed by the next one,
// but not what a program under way holds.
func TestNothingTemporaryStays(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := smallDistrict(t, "")
	smallNight(t, dir, "2021-06-10")
	left := []string{
		filepath.Join(dir, "data", "out", ".new-2021-06-09", "x.xlsx"), filepath.Join(dir, "data", "out", ".new-temp", "excelize-1"),
		filepath.Join(dir, "data", ".new-hedui.duckdb"), filepath.Join(dir, "data", ".spill", "x.tmp"), filepath.Join(dir, "data", ".new-warehouse.duckdb"),
		filepath.Join(os.TempDir(), "hedui-spill-1", "x.tmp"),
	}
	held := filepath.Join(os.TempDir(), "hedui-spill-2", "x.tmp")
	for _, path := range append(left, held) {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("甲乙"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Open(filepath.Dir(held))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		t.Fatal(err)
	}
	smallNight(t, dir, "2021-06-10")
	for _, path := range left {
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s stays", path)
		}
	}
	if _, err := os.Stat(held); err != nil {
		t.Errorf("a folder in use was removed: %v", err)
	}
	command(t, "person", "--config", filepath.Join(dir, "config.yaml"), "130890197001010016")
	command(t, "sample", "--config", filepath.Join(dir, "config.yaml"), "--out", filepath.Join(dir, "抽查.xlsx"))
	entries, err := os.ReadDir(os.TempDir())
	if err != nil || len(entries) != 1 {
		t.Errorf("%v stay in the temporary folder (error %v)", entries, err)
	}
}
