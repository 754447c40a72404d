package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/sources/idnumber"
)

// NewRule gives the text of a new rule with the id, and of its examples, for somebody
// to fill in.
func NewRule(id string) (rule, examples string, err error) { return matchers.Template(id) }

// RuleChecked is what CheckRule found out about a rule in a file.
type RuleChecked struct {
	Rule *matchers.Rule
	Trial
	Hints []string // not wrong in itself, but perhaps why something else is
}

// CheckRule reads the rule in a file as the night would, among the built-in
// ones and those of the folder local, and tries its examples. A head or a SELECT
// that the night would refuse is a fault; what the examples show to be wrong
// stands in the result.
func CheckRule(ctx context.Context, local, file string) (*RuleChecked, error) {
	r, err := matchers.ReadRule(file)
	if err != nil {
		return nil, err
	}
	rules, err := matchers.Rules(local)
	if err != nil {
		return nil, err
	}
	rules = slices.DeleteFunc(rules, func(other *matchers.Rule) bool { return samePath(other.File, file) })
	if slices.ContainsFunc(rules, func(other *matchers.Rule) bool { return other.ID == r.ID }) {
		return nil, fault.New(fault.ConfigRule, "《"+file+"》", "规则编号 "+r.ID+" 已有，请换一个编号，文件名一起改。", nil)
	}
	if _, err := describeRules(ctx, []*matchers.Rule{r}, nil, time.Now()); err != nil {
		return nil, badRule(file, err)
	}
	tried, err := tryExamples(ctx, append(rules, r), r)
	if err != nil {
		return nil, badRule(file, err)
	}
	checked := &RuleChecked{Rule: r, Trial: *tried}
	for _, b := range r.Blanks() {
		checked.fault("规则头里还没有写：%s", b)
	}
	return checked, checked.hint()
}

func samePath(a, b string) bool {
	a, errA := filepath.Abs(a)
	b, errB := filepath.Abs(b)
	return errA == nil && errB == nil && a == b
}

func badRule(file string, err error) error {
	if fault.Of(err) != nil {
		return err
	}
	return fault.New(fault.ConfigRule, "《"+file+"》", "按所指的地方改正规则或示例。", err)
}

// hint names example numbers whose last digit is not the check digit: most who
// make a number up do not know it.
func (c *RuleChecked) hint() error {
	text, err := c.Rule.Examples()
	if err != nil {
		return err
	}
	ex, err := ParseExamples(text)
	if err != nil {
		return err
	}
	for _, f := range ex.Files {
		for _, row := range f.Rows {
			for _, cell := range row.Cells {
				if len(cell) != 18 {
					continue
				}
				if digit := idnumber.CheckDigit(cell[:17]); digit != 0 && cell[17] != digit {
					c.Hints = append(c.Hints, fmt.Sprintf("%s:%d：证号末位应为 %c（有意写错的不用理会）", f.Name, row.Line, digit))
				}
			}
		}
	}
	return nil
}
