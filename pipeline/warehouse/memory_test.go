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
	w, err := Open(ctx, "", Options{Memory: "400MB", Threads: 2, Temp: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
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
