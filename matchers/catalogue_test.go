package matchers

import (
	"io/fs"
	"slices"
	"testing"
)

// TestWordsTellTheirParameters: a number of the policy that a word rests on is
// named beside the word, or no rule's entry would tell it.
func TestWordsTellTheirParameters(t *testing.T) {
	facts, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	known, err := knownParameters()
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for word, f := range facts {
		for _, name := range f.Parameters {
			named[name] = true
			if !slices.ContainsFunc(known, func(p parameter) bool { return p.Name == name }) {
				t.Errorf("%s rests on %s, which is no parameter", word, name)
			}
		}
	}
	texts, err := fs.Glob(files, "people/[0-5]*.sql") // behind them stand lists that no rule reads
	if err != nil || len(texts) == 0 {
		t.Fatalf("%d files, error %v", len(texts), err)
	}
	for _, file := range texts {
		text, err := files.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		used := token.FindAllString(comment.ReplaceAllString(string(text), ""), -1)
		for _, p := range known {
			bare := slices.Contains(used, p.Name) && !slices.Contains([]string{"living_subsidy", "nursing_subsidy"}, p.Name) // these are columns of disability too
			if !named[p.Name] && (bare || slices.Contains(used, "policy."+p.Name)) {
				t.Errorf("%s uses %s, which no word of facts.yaml names", file, p.Name)
			}
		}
	}
}

// TestEveryParameterHasItsRule: a number that no rule's entry tells is one that
// nobody would know to set.
func TestEveryParameterHasItsRule(t *testing.T) {
	facts, err := dictionary()
	if err != nil {
		t.Fatal(err)
	}
	known, err := knownParameters()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := Rules("")
	if err != nil {
		t.Fatal(err)
	}
	e := &engine{facts: facts, policy: map[string]string{}}
	for _, p := range known {
		e.policy[p.Name] = ""
	}
	told := map[string]bool{}
	for _, r := range rules {
		for _, name := range e.parameters(r) {
			told[name] = true
		}
	}
	for _, p := range known {
		if !told[p.Name] {
			t.Errorf("no rule tells of %s", p.Name)
		}
	}
}
