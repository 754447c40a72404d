//go:build office

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestOfficeUnits has systemd read the units that docs/operations.md shows, and cron's
// lines name commands and flags that there are.
func TestOfficeUnits(t *testing.T) {
	page, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	program, err := exec.LookPath("hedui")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var units []string
	for _, block := range regexp.MustCompile("(?s)```ini\n# ([^\n]+)\n(.*?)```").FindAllStringSubmatch(string(page), -1) {
		unit := filepath.Join(dir, block[1])
		if err := os.WriteFile(unit, []byte(strings.ReplaceAll(block[2], "/srv/hedui/hedui", program)), 0o600); err != nil {
			t.Fatal(err)
		}
		units = append(units, unit)
	}
	if len(units) != 3 {
		t.Fatalf("units: %q", units)
	}
	if out, err := exec.Command("systemd-analyze", slices.Concat([]string{"verify"}, units)...).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("systemd-analyze: %v\n%s", err, out)
	}
	for _, line := range regexp.MustCompile(`/srv/hedui/hedui ([a-z]+)([^\n|>]*)`).FindAllStringSubmatch(string(page), -1) {
		help, err := exec.Command(program, line[1], "--help").CombinedOutput()
		if err != nil {
			t.Fatalf("hedui %s: %v\n%s", line[1], err, help)
		}
		for _, flag := range regexp.MustCompile(`--[a-z-]+`).FindAllString(line[2], -1) {
			if !regexp.MustCompile(`(?m)^ +(-., )?` + flag + `\b`).Match(help) {
				t.Errorf("hedui %s has no %s", line[1], flag)
			}
		}
	}
}
