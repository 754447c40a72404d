package pipeline

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hedui/matchers"
)

// TestSharedWordsAgree: the ledger and the reports, which may not see each other, make
// the same macros on the night's one connection, and the later one's are in force.
func TestSharedWordsAgree(t *testing.T) {
	for _, macro := range []string{"told_town", "is_news"} {
		var told []string
		for _, path := range []string{"ledger/words.sql", "../reports/queries/words.sql"} {
			words, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			told = append(told, regexp.MustCompile(`MACRO `+macro+`\(.*`).FindString(string(words)))
		}
		if told[0] == "" || told[0] != told[1] {
			t.Errorf("of %s the ledger has %q, the reports %q", macro, told[0], told[1])
		}
	}
}

// TestColumnsOfRulesAreTold: each column that a rule asks for has a Chinese name to say
// that it is not there.
func TestColumnsOfRulesAreTold(t *testing.T) {
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	labels := columnLabels()
	for _, r := range rules {
		for _, need := range strings.Split(strings.Join(slices.Concat(r.Needs, r.Wants), "|"), "|") {
			_, column, _ := strings.Cut(need, ".")
			if column != "" && column != "previous" && column != "monitored" && labels[need] == "" {
				t.Errorf("%s asks for %s", r.ID, need)
			}
		}
	}
}
