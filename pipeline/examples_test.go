package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"
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
			tried, err := tryExamples(context.Background(), rules, r)
			if err != nil {
				t.Fatal(err)
			}
			for _, fault := range tried.Faults {
				t.Error(fault)
			}
		})
	}
}

// TestExamplesStandAlone: what the operator's environment overrides is not for examples,
// whose boundary values go with the policy that they state.
func TestExamplesStandAlone(t *testing.T) {
	t.Setenv("HEDUI_POLICY_DIBAO_STANDARD", "1")
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	r := rules[slices.IndexFunc(rules, func(r *matchers.Rule) bool { return r.ID == "LB06" })]
	tried, err := tryExamples(context.Background(), rules, r)
	if err != nil || len(tried.Faults) > 0 {
		t.Errorf("faults %q, error %v", tried.Faults, err)
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
