//go:build soak

package main

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hedui/cmd/hedui/demo"
	"hedui/pipeline/peaktest"
)

// TestSoak runs a year of nights in one process, of which each changes one row in a
// thousand of every roster, and looks at what grows. HEDUI_NIGHTS and HEDUI_PERSONS
// set how many (365 and 20,000).
func TestSoak(t *testing.T) {
	nights, persons := setting(t, "HEDUI_NIGHTS", 365), setting(t, "HEDUI_PERSONS", 20_000)
	dir := t.TempDir()
	if _, err := demo.Generate(dir, demo.Options{Persons: persons, Seed: 1}); err != nil {
		t.Fatal(err)
	}
	inbox := filepath.Join(dir, "2021-05", "inbox")
	rosters := readSoaked(t, inbox)
	r := rand.New(rand.NewPCG(1, 2))
	first := time.Date(2021, 5, 10, 0, 0, 0, 0, time.UTC)
	var peaks, seconds []float64
	var sizes []int64
	for n := range nights {
		for _, roster := range rosters {
			roster.send(t, r)
		}
		peaktest.Forget(t)
		start := time.Now()
		day := first.AddDate(0, 0, n).Format(time.DateOnly)
		var told bytes.Buffer
		status := run([]string{"run", "--config", filepath.Join(dir, "config.yaml"), "--inbox", inbox, "--as-of", day}, strings.NewReader(""), io.Discard, &told)
		if status != 0 {
			t.Fatalf("%s: exit status %d: %s", day, status, told.String())
		}
		seconds, peaks = append(seconds, time.Since(start).Seconds()), append(peaks, peaktest.Megabytes(t))
		info, err := os.Stat(filepath.Join(dir, "data", "warehouse.duckdb"))
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, info.Size())
		if n == 0 || (n+1)%(max(nights/12, 1)) == 0 {
			t.Logf("night %3d: %5.1f s, peak %4.0f MB, warehouse %5.1f MB", n+1, seconds[n], peaks[n], float64(sizes[n])/1e6)
		}
	}
	for _, pattern := range []string{".*", "*/.*", "*.wal", "*/.*/*"} {
		left, err := filepath.Glob(filepath.Join(dir, "data", pattern))
		if err != nil || len(left) > 0 {
			t.Errorf("left over: %q, error %v", left, err)
		}
	}
	early, late := slices.Max(peaks[nights/10:nights/2]), slices.Max(peaks[nights/2:])
	if late > 1.2*early {
		t.Errorf("memory grows: at most %.0f MB in the first half, %.0f MB in the second", early, late)
	}
	// A night adds what changed: 2 rows in a thousand, not a copy of the rosters.
	grown := float64(sizes[nights-1]-sizes[nights/10]) / float64(nights-nights/10)
	if grown > 0.02*float64(sizes[0]) {
		t.Errorf("the warehouse grows by %.0f bytes a night, from %d", grown, sizes[0])
	}
	t.Logf("a night takes %.1f s at first and %.1f s at last; the warehouse grows by %.0f kB a night", median(seconds[:nights/2]), median(seconds[nights/2:]), grown/1000)
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}

// soaked is a roster some of whose rows are away, others each night.
type soaked struct {
	path       string
	head       string
	rows, away []string
}

func readSoaked(t *testing.T, inbox string) []*soaked {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(inbox, "*.csv"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("%d rosters, error %v", len(paths), err)
	}
	var all []*soaked
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.SplitAfter(strings.TrimSuffix(string(data), "\n")+"\n", "\n")
		s := &soaked{path: path, head: lines[0], rows: lines[1 : len(lines)-1]}
		s.away = slices.Clone(s.rows[:len(s.rows)/500])
		s.rows = slices.Clone(s.rows[len(s.away):])
		all = append(all, s)
	}
	return all
}

// send writes the roster after one row in a thousand left and as many came back.
func (s *soaked) send(t *testing.T, r *rand.Rand) {
	t.Helper()
	for range max(len(s.rows)/1000, 1) {
		if len(s.away) == 0 {
			break
		}
		i, j := r.IntN(len(s.rows)), r.IntN(len(s.away))
		s.rows[i], s.away[j] = s.away[j], s.rows[i]
	}
	if err := os.WriteFile(s.path, []byte(s.head+strings.Join(s.rows, "")), 0o600); err != nil {
		t.Fatal(fmt.Errorf("send: %w", err))
	}
}
