package main

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

const nightConfig = `district: 试验区
sources:
  registered_poor: {files: ["*建档立卡*"]}
  dibao: {files: ["*低保*"]}
  tekun: {files: ["*特困*"]}
  disability: {files: ["*残疾*"]}
  medical_aid: {files: ["*医疗*"]}
  school: {files: ["*在校*"]}
  temporary_aid: {files: ["*临时*"]}
  verification: {files: ["*核对*"]}
limits: {canaries: false, threads: 1, stale_days: 0}
`

// nightFolder is a folder with a configuration and one roster of one household.
func nightFolder(t *testing.T) (dir, config, inbox string) {
	t.Helper()
	dir = t.TempDir()
	config, inbox = filepath.Join(dir, "config.yaml"), filepath.Join(dir, "data", "inbox")
	roster := "镇,村,户编号,姓名,身份证号,与户主关系,户类型,人均纯收入\n东沟镇,柳树村,H1,甲一,130890197001010016,户主,脱贫户,4000\n"
	err := errors.Join(os.MkdirAll(inbox, 0o700), os.WriteFile(config, []byte(nightConfig), 0o600),
		os.WriteFile(filepath.Join(inbox, "建档立卡.csv"), []byte(roster), 0o600))
	if err != nil {
		t.Fatal(err)
	}
	return dir, config, inbox
}

const secret = "镇,姓名,身份证号\n机密镇,密某某,130890194505050050\n"

// TestInboxOfNoFiles puts into the inbox whatever has a name and is no file. None
// is followed, opened or waited for; each is told, and holds its roster.
func TestInboxOfNoFiles(t *testing.T) {
	dir, config, inbox := nightFolder(t)
	outside := filepath.Join(t.TempDir(), "secret.csv")
	in := func(name string) string { return filepath.Join(inbox, name) }
	socket, err := net.Listen("unix", in("医疗.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer socket.Close()
	err = errors.Join(
		os.WriteFile(outside, []byte(secret), 0o600),
		os.Symlink(outside, in("低保.csv")),
		syscall.Mkfifo(in("特困.csv"), 0o600),
		os.Symlink("/dev/zero", in("残疾人.csv")),
		os.Symlink("在校.csv", in("在校.csv")),            // a loop
		os.Symlink(filepath.Dir(outside), in("临时救助")), // a folder elsewhere
		os.Symlink("nowhere", in("核对.csv")),
		os.Mkdir(in("子文件夹"), 0o700),
		os.Symlink("..", in("子文件夹/上一层")),
		syscall.Mkfifo(in("子文件夹/管道"), 0o600),
	)
	if err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", "--as-of", "2021-06-10"}, {"check"}, {"run", "--as-of", "2021-06-10"}} {
		out := hedui(t, []int{3}, append(args, "--config", config)...)
		for _, name := range []string{"低保.csv", "特困.csv", "残疾人.csv", "医疗.csv", "在校.csv", "临时救助", "核对.csv"} {
			if !strings.Contains(out, "E-SRC-15｜《"+name+"》") {
				t.Errorf("%s says nothing of %s:\n%s", args[0], name, out)
			}
		}
		if !strings.Contains(out, "E-SRC-04｜《子文件夹/上一层》") || !strings.Contains(out, "E-SRC-04｜《子文件夹/管道》") {
			t.Errorf("%s says nothing of what nobody claims:\n%s", args[0], out)
		}
	}
	for _, name := range []string{"特困.csv", "残疾人.csv", "医疗.csv"} { // nor when asked for by name
		hedui(t, []int{3}, "peek", in(name))
		hedui(t, []int{3}, "feedback", "--config", config, in(name))
	}
	published := askPublished(t, filepath.Join(dir, "data", "hedui.duckdb"), "SELECT count(*) FROM tekun UNION ALL SELECT count(*) FROM dibao UNION ALL SELECT count(*) FROM temporary_aid")
	for _, n := range published {
		if n[0] != "0" {
			t.Error("a link was followed")
		}
	}
}

// TestInboxNames: a file's name may be anything that a name can be.
func TestInboxNames(t *testing.T) {
	dir, config, inbox := nightFolder(t)
	names := []string{"-低保\n错误：E-RUN-01.csv", `特困'"; DROP TABLE run; --.csv`, "残疾\x1b[2J\u202e.csv", "在校" + strings.Repeat("长", 80) + ".csv", "=临时(1).csv"}
	for i, name := range names {
		content := "镇,姓名,身份证号,学校,核对项目\n东沟镇,丁四,130890194505050050,\n"
		if i == 2 {
			content = "镇,姓名,身份证号,残疾证号\n东沟镇,丁四,130890194505050050,13089019450505005041\n"
		}
		if err := os.WriteFile(filepath.Join(inbox, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(os.WriteFile(filepath.Join(inbox, "核对.csv"), nil, 0o600),
		os.WriteFile(filepath.Join(inbox, "医疗\xbe\xc8.csv"), []byte(secret), 0o600)) // as an old Windows packs it
	if err != nil {
		t.Fatal(err)
	}
	out := hedui(t, []int{3}, "run", "--config", config, "--as-of", "2021-06-10")
	for _, want := range []string{"E-SRC-01｜《核对.csv》", `E-SRC-04｜《医疗\ufffd\ufffd.csv》`} {
		if !strings.Contains(out, want) {
			t.Errorf("%s is not in:\n%s", want, out)
		}
	}
	hedui(t, []int{3}, "check", "--config", config)
	for _, name := range names {
		hedui(t, []int{0}, "peek", "--", filepath.Join(inbox, name))
	}
	loaded := askPublished(t, filepath.Join(dir, "data", "hedui.duckdb"), "SELECT count(*) FROM source_file WHERE rows_loaded = 1")
	if loaded[0][0] != strconv.Itoa(len(names)+1) {
		t.Errorf("%s files of %d were read:\n%s", loaded[0][0], len(names)+1, out)
	}
	day := filepath.Join(dir, "data", "out", "2021-06-10")
	for _, name := range []string{"全区/findings.csv", "全区/rejects.csv", "全区/数据质量.xlsx", "全区/比对说明书.docx", "overview.html"} {
		safeFile(t, filepath.Join(day, name))
	}
	safeLog(t, filepath.Join(dir, "data", "logs", "hedui.log"))
}

// TestInboxWithoutPermission runs as somebody who may not read a file and a folder
// of the inbox: both are told, the rest is read.
func TestInboxWithoutPermission(t *testing.T) {
	dir, config, inbox := nightFolder(t)
	err := errors.Join(os.WriteFile(filepath.Join(inbox, "低保.csv"), []byte(secret), 0), os.Mkdir(filepath.Join(inbox, "各镇"), 0o700),
		os.WriteFile(filepath.Join(inbox, "各镇", "特困.csv"), []byte(secret), 0o600), os.Chmod(filepath.Join(inbox, "各镇"), 0))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(filepath.Join(inbox, "各镇"), 0o700) })
	cmd := exec.CommandContext(t.Context(), "hedui", "run", "--config", config, "--as-of", "2021-06-10")
	if os.Getuid() == 0 { // to whom nothing is forbidden
		cmd = asNobody(t, dir, cmd)
	}
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != 3 {
		t.Fatalf("exit status %d, %v\n%s", code, err, out)
	}
	for _, want := range []string{"E-SRC-01｜《低保.csv》", "E-SRC-01｜《各镇》", "建档立卡及防返贫监测对象名册：新读入，1 个文件，1 行"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
}

// asNobody has the command run as somebody else, whose the folder becomes.
func asNobody(t *testing.T, dir string, cmd *exec.Cmd) *exec.Cmd {
	t.Helper()
	const nobody = 65534
	err := filepath.WalkDir(dir, func(path string, _ os.DirEntry, err error) error {
		return errors.Join(err, os.Lchown(path, nobody, nobody))
	})
	for up := filepath.Dir(dir); err == nil && len(up) > len(os.TempDir()); up = filepath.Dir(up) {
		err = os.Chmod(up, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("hedui")
	if err == nil {
		err = os.Chmod(filepath.Dir(filepath.Dir(program)), 0o755)
	}
	if err == nil {
		err = os.Chmod(filepath.Dir(program), 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "HOME=") }), "HOME="+dir)
	cmd.WaitDelay = time.Minute
	return cmd
}
