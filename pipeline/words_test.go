package pipeline

import (
	"os"
	"regexp"
	"testing"
)

// TestTownsAreToldOneWay: the ledger and the reports, which may not see each other, make
// the same macro on the night's one connection, and the later one's is in force.
func TestTownsAreToldOneWay(t *testing.T) {
	var told []string
	for _, path := range []string{"ledger/words.sql", "../reports/queries/words.sql"} {
		words, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		told = append(told, regexp.MustCompile(`MACRO told_town.*`).FindString(string(words)))
	}
	if told[0] == "" || told[0] != told[1] {
		t.Errorf("the ledger tells a town by %q, the reports by %q", told[0], told[1])
	}
}
