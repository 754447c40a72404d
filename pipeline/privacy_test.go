package pipeline

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hedui/sources/roster"
)

// TestPrivacyTellsWhatNoRuleUses: docs/privacy.md lists the columns that are kept
// though nothing but a question of the day would ask for them, and no other.
func TestPrivacyTellsWhatNoRuleUses(t *testing.T) {
	page, err := os.ReadFile("../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	used := wordsOfSQL(t, "../matchers/identity", "../matchers/people", "../matchers/rules", "../reports/queries")
	var told, unused []string
	for _, k := range roster.Kinds() {
		for _, found := range regexp.MustCompile("`("+k.Name+"\\.[a-z_]+)`").FindAllStringSubmatch(string(page), -1) {
			told = append(told, found[1])
		}
		standIns := []string{} // the reader makes others of them
		for _, c := range k.Columns {
			standIns = append(standIns, c.Instead...)
		}
		for _, c := range k.Columns {
			if !used[c.Name] && !slices.Contains(standIns, c.Name) {
				unused = append(unused, k.Name+"."+c.Name)
			}
		}
	}
	slices.Sort(told)
	slices.Sort(unused)
	if !slices.Equal(told, unused) {
		t.Errorf("docs/privacy.md tells of\n%v\nunused are\n%v", told, unused)
	}
}

// wordsOfSQL are the names that the folders' SQL uses, comments apart.
func wordsOfSQL(t *testing.T, folders ...string) map[string]bool {
	t.Helper()
	comment, word := regexp.MustCompile(`--[^\n]*`), regexp.MustCompile(`[a-z_]+`)
	words := map[string]bool{}
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".sql") {
				return err
			}
			text, err := os.ReadFile(path)
			for _, name := range word.FindAllString(comment.ReplaceAllString(string(text), ""), -1) {
				words[name] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return words
}
