package main

import (
	"os"
	"strings"
	"testing"
)

// TestRulesDocumentIsCurrent compares docs/rules.md with what the rules' heads
// say; -update writes it anew.
func TestRulesDocumentIsCurrent(t *testing.T) {
	const path = "../../docs/rules.md"
	var out, errs strings.Builder
	if status := run([]string{"rules", "--markdown"}, strings.NewReader(""), &out, &errs); status != 0 {
		t.Fatalf("status %d: %s", status, errs.String())
	}
	if *update {
		if err := os.WriteFile(path, []byte(out.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != out.String() {
		t.Errorf("%s is not what the rules say; go test ./cmd/hedui -run RulesDocument -update writes it", path)
	}
}
