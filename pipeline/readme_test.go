package pipeline

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestReadmeTellsEveryKey: every key of the configuration stands in the operator's
// table, by itself or in a row about its whole section. A table ends where its lines
// do: a row behind a blank line is shown as plain text.
func TestReadmeTellsEveryKey(t *testing.T) {
	readme, err := os.ReadFile("../README.zh-CN.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(readme), "\n| 键 | 含义 |\n")
	table, _, _ = strings.Cut(table, "\n\n")
	var told []string
	for row := range strings.Lines(table) {
		keys, _, _ := strings.Cut(strings.TrimPrefix(row, "| "), " |")
		for _, key := range regexp.MustCompile("`([^`]+)`").FindAllStringSubmatch(keys, -1) {
			told = append(told, key[1])
		}
	}
	for key := range defaults {
		section, _, _ := strings.Cut(key, ".")
		if !slices.Contains(told, key) && !slices.Contains(told, section) {
			t.Errorf("README.zh-CN.md has no row for %s", key)
		}
	}
}
