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

// TestHeadThatDecidesIsRefused: a rule tells a doubt, whatever its writer thinks of it.
func TestHeadThatDecidesIsRefused(t *testing.T) {
	rule, _, err := Template("LB10")
	if err != nil {
		t.Fatal(err)
	}
	statement := regexp.MustCompile(`(?m)^statement: .*$`)
	for text, taken := range map[string]bool{
		"已死亡，应停发低保金": false, "不符合条件，应予清退": false, "死亡后仍在领取": false,
		"疑似死亡后仍在领取": true, "死亡后仍在领取，需核实": true,
	} {
		_, err := parseRule(statement.ReplaceAllString(rule, "statement: "+text))
		if told := err != nil && strings.Contains(err.Error(), "the statement decides"); told == taken {
			t.Errorf("%s: error %v", text, err)
		}
	}
}
