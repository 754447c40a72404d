package warehouse

import (
	"context"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
)

// TestSpilledMemoryIsGivenBack: a sort that has to spill leaves the process within the
// limit and what is freed a moment later, not within twice the limit.
func TestSpilledMemoryIsGivenBack(t *testing.T) {
	ctx := context.Background()
	w, err := Open(ctx, "", Options{Memory: "400MB", Threads: 2, Temp: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	mostHeld(t)
	cells := "hash(n)"
	for i := range 40 {
		cells += fmt.Sprintf(", md5((n + %d)::VARCHAR) AS c%d", i, i)
	}
	if err := w.exec(ctx, "CREATE TABLE wide AS SELECT "+cells+" FROM range(300000) r(n) ORDER BY 1"); err != nil {
		t.Fatal(err)
	}
	if held := mostHeld(t); held > 700 {
		t.Errorf("%d MB held", held)
	}
}

// mostHeld is the most memory that the process has held since it was asked last, in MB (proc(5), clear_refs).
func mostHeld(t *testing.T) int {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	kilobytes, err := strconv.Atoi(string(regexp.MustCompile(`VmHWM:\s*(\d+) kB`).FindSubmatch(status)[1]))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		t.Fatal(err)
	}
	return kilobytes / 1024
}
