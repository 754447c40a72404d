package pipeline

import (
	"os"
	"regexp"
	"testing"
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
