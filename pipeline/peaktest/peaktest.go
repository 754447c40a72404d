// Package peaktest tells tests and benchmarks the most memory that their process held,
// DuckDB's too, which Go does not count (proc(5), clear_refs and VmHWM).
package peaktest

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// Forget begins anew at what is held now.
func Forget(tb testing.TB) {
	tb.Helper()
	if err := os.WriteFile("/proc/self/clear_refs", []byte("5"), 0); err != nil {
		tb.Fatal(err)
	}
}

// Megabytes is the most that was held since Forget, in units of 2^20 bytes.
func Megabytes(tb testing.TB) float64 {
	tb.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if figure, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			var kilobytes float64
			if _, err := fmt.Sscan(figure, &kilobytes); err != nil {
				tb.Fatal(err)
			}
			return kilobytes / 1024
		}
	}
	tb.Fatal("no VmHWM")
	return 0
}
