package matchers

import (
	"fmt"
	"regexp"
	"strings"

	"hedui/pipeline/fault"
)

// Template gives the text of a new rule and of its examples. They are a rule
// that runs; what is still to be written stands in 【】.
func Template(id string) (rule, examples string, err error) {
	category := Category(id)
	if category == "" {
		return "", "", fault.New(fault.Usage, "rules new "+id, "编号写两个字母和两位数字，字母是 LB 漏保、CB 错保、CT 错退、BT 补贴未落实、JC 防贫监测、DQ 数据质量，如 LB10。", nil)
	}
	for _, t := range []struct {
		name string
		into *string
	}{{"rule.sql", &rule}, {"rule.txtar", &examples}} {
		text, err := files.ReadFile("template/" + t.name)
		if err != nil {
			return "", "", fmt.Errorf("read template: %w", err)
		}
		*t.into = strings.NewReplacer("{ID}", id, "{CATEGORY}", category).Replace(string(text))
	}
	return rule, examples, nil
}

var blank = regexp.MustCompile(`【[^】]*】`)

// Blanks lists what of the template is still to be written in a rule's head.
func (r *Rule) Blanks() []string {
	texts := []string{r.Name, r.Question, r.Check, r.Statement}
	for _, b := range r.Basis {
		texts = append(texts, b.Document, b.Text)
	}
	return blank.FindAllString(strings.Join(texts, "\n"), -1)
}
