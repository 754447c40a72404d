package matchers

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestWritersAreToldOfEverySubject: the page on writing a rule and the template that
// it begins with name every column that a rule may be about, and no other.
func TestWritersAreToldOfEverySubject(t *testing.T) {
	for _, c := range []struct{ file, line string }{
		{"../docs/adding-a-rule.md", "- **第一列**是检查对象："},
		{"template/rule.sql", "-- 检查对象："},
	} {
		text, err := os.ReadFile(c.file)
		if err != nil {
			t.Fatal(err)
		}
		_, told, _ := strings.Cut(string(text), c.line)
		told, _, _ = strings.Cut(told, "\n")
		named := regexp.MustCompile(`[a-z_]+_id`).FindAllString(told, -1)
		if slices.Sort(named); !slices.Equal(named, slices.Sorted(maps.Keys(levels))) {
			t.Errorf("%s names the subjects %v, not %v", c.file, named, slices.Sorted(maps.Keys(levels)))
		}
	}
}
