package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"hedui/cmd/hedui/demo"
)

// TestStopBySignal stops the real program with each of the signals that ask it to
// stop, after each stage and a little later: it ends within seconds, says so,
// leaves what was published as it was and nothing else behind.
func TestStopBySignal(t *testing.T) {
	t.Setenv("HEDUI_LIMITS_CANARIES", "false")
	dir := t.TempDir()
	if _, err := demo.Generate(dir, demo.Options{Persons: 500, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	config, data := filepath.Join(dir, "config.yaml"), filepath.Join(dir, "data")
	run := func(month, day string) *exec.Cmd {
		return exec.CommandContext(t.Context(), "hedui", "run", "--config", config, "--inbox", filepath.Join(dir, month, "inbox"), "--as-of", day)
	}
	if out, err := run("2021-05", "2021-05-10").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	before := digests(t, data)
	for i, stage := range []string{"", "read", "resolve", "find", "report"} {
		sign := []syscall.Signal{syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP}[i%3]
		t.Run(fmt.Sprint(stage, " ", sign), func(t *testing.T) {
			stopAfter(t, run("2021-06", "2021-06-10"), filepath.Join(data, "logs", "hedui.log"), stage, sign)
			if after := digests(t, data); after != before {
				t.Errorf("what stands in data:\n%s\nbefore:\n%s", after, before)
			}
			if out := hedui(t, []int{1}, "status", "--config", config); !strings.Contains(out, `"code":"E-RUN-07"`) || !strings.Contains(out, `"running":false`) {
				t.Errorf("status: %s", out)
			}
		})
	}
	if out, err := run("2021-06", "2021-06-10").CombinedOutput(); err != nil {
		t.Fatalf("the next run: %v\n%s", err, out)
	}
}

// stopAfter signals a run when its log tells that the stage is done (or that it has
// begun, where there is none), and looks at how it ends.
func stopAfter(t *testing.T, cmd *exec.Cmd, log, stage string, sign syscall.Signal) {
	t.Helper()
	old, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(5 * time.Millisecond) {
		text, err := os.ReadFile(log)
		if err != nil || time.Now().After(deadline) {
			_ = cmd.Process.Kill()
			t.Fatalf("stage %q never came: %v\n%s", stage, err, out.String())
		}
		if now := string(text[len(old):]); stage == "" && now != "" || stage != "" && strings.Contains(now, `"stage":"`+stage+`","run_id"`) {
			break
		}
	}
	told := time.Now()
	if err := cmd.Process.Signal(sign); err != nil {
		t.Fatal(err)
	}
	err = cmd.Wait()
	took := time.Since(told)
	var ended *exec.ExitError
	if !errors.As(err, &ended) || ended.ExitCode() != 1 || !strings.Contains(out.String(), "E-RUN-07") {
		t.Errorf("ended with %v\n%s", err, out.String())
	}
	if took > 20*time.Second { // one or two; the machine may be busy
		t.Errorf("it took %s to stop", took)
	}
	text, err := os.ReadFile(log)
	if err != nil || !strings.Contains(string(text[len(old):]), `"code":"E-RUN-07"`) {
		t.Errorf("the log does not say that it was stopped: %v", err)
	}
}

// digests tells of each file under a folder its name and its bytes, but for the log
// and the lock, which every run touches, and the status.
func digests(t *testing.T, folder string) string {
	t.Helper()
	var all strings.Builder
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			fmt.Fprintln(&all, path)
			return err
		}
		if name := entry.Name(); name == "hedui.log" || strings.HasSuffix(name, ".status.json") {
			return nil
		}
		text, err := os.ReadFile(path)
		fmt.Fprintf(&all, "%s %x\n", path, sha256.Sum256(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}

// TestSecondSignalEndsAtOnce: who asks twice does not wait for the program to tidy
// up; a notify command that takes its time is not waited for either.
func TestSecondSignalEndsAtOnce(t *testing.T) {
	dir, config, _ := nightFolder(t)
	begun := filepath.Join(dir, "begun")
	slow := nightConfig + "notify: {command: [/bin/sh, -c, 'touch " + begun + "; exec sleep 300'], seconds: 600}\n"
	if err := os.WriteFile(config, []byte(slow), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "hedui", "run", "--config", config, "--as-of", "2021-06-10")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(2 * time.Minute); ; time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(begun); err == nil {
			break
		}
		if time.Now().After(deadline) {
			_ = cmd.Process.Kill()
			t.Fatal("nobody was notified")
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for range 300 { // a second signal that comes before the first is heard is the same one
		_ = cmd.Process.Signal(syscall.SIGTERM) // the program may have ended
		select {
		case err := <-ended:
			if state, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); !ok || state.Signal() != syscall.SIGTERM {
				t.Errorf("ended with %v", err)
			}
			return
		case <-time.After(100 * time.Millisecond):
		}
	}
	_ = cmd.Process.Kill()
	t.Error("it went on for half a minute")
}
