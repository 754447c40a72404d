package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hedui/matchers"
)

func TestExamples(t *testing.T) {
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			tried, err := TryExamples(context.Background(), rules, r)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range tried.Faults {
				t.Error(fault)
			}
		})
	}
}

// TestEveryExampleHasItsRule keeps examples from outliving their rule.
func TestEveryExampleHasItsRule(t *testing.T) {
	files, err := filepath.Glob("../matchers/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d examples, error %v", len(files), err)
	}
	for _, file := range files {
		if _, err := os.Stat(strings.TrimSuffix(file, ".txtar") + ".sql"); err != nil {
			t.Error(err)
		}
	}
}
