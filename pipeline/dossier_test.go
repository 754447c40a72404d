package pipeline

import (
	"strings"
	"testing"

	"hedui/sources/roster"
)

// TestCodesHaveWords: whatever a roster's words fold to, people are shown its one
// Chinese word; a kindergarten's 小班 is the stage 学前, and 无 under self-care is 全护理.
func TestCodesHaveWords(t *testing.T) {
	codes := 0
	for _, k := range roster.Kinds() {
		for _, c := range k.Columns {
			if c.Type != roster.TypeWords {
				continue
			}
			for _, w := range c.Words {
				if strings.Trim(w.To, "abcdefghijklmnopqrstuvwxyz_") != "" || w.To == "" || w.To == "true" || w.To == "false" {
					continue
				}
				codes++
				if word := told(c, w.To); word == w.To {
					t.Errorf("%s.%s: %s has no word", k.Name, c.Name, w.To)
				}
			}
		}
	}
	if codes < 20 {
		t.Errorf("%d codes found", codes)
	}
	for code, word := range map[string]string{"none": "全护理", "partial": "半护理", "full": "全自理"} {
		if got := told(roster.Column{Name: "self_care"}, code); got != word {
			t.Errorf("self-care %s is told as %q, not %s", code, got, word)
		}
	}
	if got := told(roster.Column{Name: "stage"}, "preschool"); got != "学前" {
		t.Errorf("preschool is told as %q", got)
	}
}
