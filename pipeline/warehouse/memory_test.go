package warehouse

import (
	"context"
	"fmt"
	"testing"

	"hedui/pipeline/peaktest"
)

// TestSpilledMemoryIsGivenBack: a sort that has to spill leaves the process within the
// limit and what is freed a moment later, not within twice the limit.
func TestSpilledMemoryIsGivenBack(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t, Options{Memory: "400MB", Threads: 2, Temp: t.TempDir()})
	peaktest.Forget(t)
	cells := "hash(n)"
	for i := range 40 {
		cells += fmt.Sprintf(", md5((n + %d)::VARCHAR) AS c%d", i, i)
	}
	if err := w.exec(ctx, "CREATE TABLE wide AS SELECT "+cells+" FROM range(300000) r(n) ORDER BY 1"); err != nil {
		t.Fatal(err)
	}
	if held := peaktest.Megabytes(t); held > 700 {
		t.Errorf("%.0f MB held", held)
	}
}

// inMemory is a warehouse without a file, closed when the test ends.
func inMemory(t *testing.T, opt Options) *Warehouse {
	t.Helper()
	w, err := Open(context.Background(), "", opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}
