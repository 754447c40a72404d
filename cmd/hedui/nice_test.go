package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"hedui/cmd/hedui/demo"
)

// TestNice watches a run with --nice: every thread has the lowest priority, for
// processors and for disks.
func TestNice(t *testing.T) {
	dir := t.TempDir()
	if _, err := demo.Generate(dir, demo.Options{Persons: 500, Seed: 3}); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), "hedui", "run", "--nice", "--config", filepath.Join(dir, "config.yaml"), "--as-of", "2021-06-10")
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	seen := 0
	for {
		select {
		case err := <-ended:
			if err != nil {
				t.Errorf("%v\n%s", err, out.String())
			}
			if seen < 10 {
				t.Errorf("the run was seen %d times at the lowest priority", seen)
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
		if began(filepath.Join(dir, "data", "logs", "hedui.log")) {
			seen += lowest(t, cmd.Process.Pid)
		}
	}
}

// began: by its first line in the log the program has long been nice.
func began(log string) bool {
	info, err := os.Stat(log)
	return err == nil && info.Size() > 0
}

// lowest looks at each thread; 1: all have the lowest priority, 0: they are gone.
func lowest(t *testing.T, pid int) int {
	t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, thread := range threads {
		text, err := os.ReadFile(thread)
		_, rest, ok := strings.Cut(string(text), ") ")
		if err != nil || !ok {
			return 0
		}
		// Of the fields behind the name, the first is the state and the 17th nice.
		fields := strings.Fields(rest)
		if nice := fields[16]; nice != "19" && fields[0] != "Z" {
			t.Fatalf("thread %s has priority %s", thread, nice)
		}
	}
	// A program that ends has lost its priority for disks before it is gone.
	const ofThread, idleClass = 1, 3
	if priority, _, failed := unix.Syscall(unix.SYS_IOPRIO_GET, ofThread, uintptr(pid), 0); failed != 0 || priority>>13 != idleClass {
		return 0
	}
	return min(len(threads), 1)
}
