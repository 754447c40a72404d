package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/cmd/hedui/demo"
	"hedui/pipeline"
	"hedui/pipeline/peaktest"
)

// BenchmarkCatalogue resolves everybody and runs the whole catalogue over a district
// of 1,000,000 persons whose snapshots of two months are loaded: the stages resolve
// and find of a trial run, on which no file is read anew. It tells each rule's time,
// and the most memory that these runs held.
func BenchmarkCatalogue(b *testing.B) {
	dir := b.TempDir()
	if _, err := demo.Generate(dir, demo.Options{Persons: 1_000_000, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	config, err := pipeline.LoadConfig(filepath.Join(dir, "config.yaml"))
	if err != nil {
		b.Fatal(err)
	}
	night := func(month string, day int, dry bool) *pipeline.Manifest {
		config.Paths.Inbox = filepath.Join(dir, month, "inbox")
		asOf, err := time.Parse(time.DateOnly, fmt.Sprintf("%s-%02d", month, day))
		if err != nil {
			b.Fatal(err)
		}
		m, err := pipeline.Run(context.Background(), pipeline.Options{Config: config, AsOf: asOf, DryRun: dry, Version: "bench", Log: zap.NewNop(), Now: time.Now})
		if err != nil {
			b.Fatal(err)
		}
		return m
	}
	night("2021-05", 10, false)
	night("2021-06", 10, false)
	debug.FreeOSMemory()
	peaktest.Forget(b)
	seconds := map[string]float64{}
	rounds := 0.0
	for b.Loop() {
		m := night("2021-06", 11, true)
		if m.Persons < 900_000 || len(m.Rules) < 60 {
			b.Fatalf("%d persons, %d rules", m.Persons, len(m.Rules))
		}
		rounds++
		for _, s := range m.Stages {
			seconds[s.Stage] += s.Seconds
		}
		for _, r := range m.Rules {
			if !r.Status.Spoke() {
				b.Fatalf("%s: %s", r.ID, r.Reason)
			}
			seconds[r.ID] += r.Seconds
		}
	}
	for _, name := range slices.Sorted(maps.Keys(seconds)) {
		b.Logf("%s %.3f s", name, seconds[name]/rounds)
	}
	b.ReportMetric((seconds["resolve"]+seconds["find"])/rounds, "s/catalogue")
	b.ReportMetric(peaktest.Megabytes(b), "MB-peak")
}

// BenchmarkDemo makes a district of 300,000 persons.
func BenchmarkDemo(b *testing.B) {
	for b.Loop() {
		if _, err := demo.Generate(b.TempDir(), demo.Options{Persons: 300_000, Seed: 1, Dirty: true}); err != nil {
			b.Fatal(err)
		}
	}
}
