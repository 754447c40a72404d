package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hedui/cmd/hedui/demo"
)

// BenchmarkNight runs a whole first night – read, match, record, report,
// publish – over a clean district of some 300,000 roster rows in CSV.
func BenchmarkNight(b *testing.B) {
	dir := b.TempDir()
	if _, err := demo.Generate(dir, demo.Options{Persons: 222_000, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	args := []string{"run", "--config", filepath.Join(dir, "config.yaml"), "--inbox", filepath.Join(dir, "2021-05", "inbox"), "--as-of", "2021-05-10"}
	for b.Loop() {
		if err := os.RemoveAll(filepath.Join(dir, "data")); err != nil {
			b.Fatal(err)
		}
		if status := run(args, strings.NewReader(""), io.Discard, os.Stderr); status != 0 {
			b.Fatalf("exit status %d", status)
		}
		findings, err := os.ReadFile(filepath.Join(dir, "data", "out", "2021-05-10", "全区", "findings.csv"))
		if err != nil {
			b.Fatal(err)
		}
		if n := strings.Count(string(findings), "\r\n"); n < 2000 {
			b.Fatalf("%d findings", n)
		}
	}
}

// BenchmarkNightUnchanged runs the night after, on which nothing changed.
func BenchmarkNightUnchanged(b *testing.B) {
	dir := b.TempDir()
	if _, err := demo.Generate(dir, demo.Options{Persons: 222_000, Seed: 1}); err != nil {
		b.Fatal(err)
	}
	args := []string{"run", "--config", filepath.Join(dir, "config.yaml"), "--inbox", filepath.Join(dir, "2021-05", "inbox"), "--as-of", "2021-05-10"}
	if status := run(args, strings.NewReader(""), io.Discard, os.Stderr); status != 0 {
		b.Fatalf("exit status %d", status)
	}
	for b.Loop() {
		var out strings.Builder
		if status := run(args, strings.NewReader(""), &out, os.Stderr); status != 0 || !strings.Contains(out.String(), "未变") {
			b.Fatalf("exit status %d\n%s", status, out.String())
		}
	}
}

// BenchmarkDemo makes a district of 300,000 persons.
func BenchmarkDemo(b *testing.B) {
	for b.Loop() {
		if _, err := demo.Generate(b.TempDir(), demo.Options{Persons: 300_000, Seed: 1, Dirty: true}); err != nil {
			b.Fatal(err)
		}
	}
}
