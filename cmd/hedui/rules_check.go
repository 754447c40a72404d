package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newRulesCheck(config *string) *cobra.Command {
	return &cobra.Command{
		Use:   "check 文件",
		Short: "检查一条规则：规则头、SELECT、每行示例的结果、每条条件是否有示例说明其必要",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(args[0]); errors.Is(err, fs.ErrNotExist) {
				return fault.New(fault.Usage, "《"+args[0]+"》", "写规则的 .sql 文件名。", err)
			}
			c, err := configIfAny(cmd, *config)
			if err != nil {
				return err
			}
			checked, err := pipeline.CheckRule(cmd.Context(), c.Paths.Rules, args[0])
			if err != nil {
				return err
			}
			var b strings.Builder
			tellChecked(&b, checked)
			if _, err := io.WriteString(cmd.OutOrStdout(), pipeline.Mask(b.String())); err != nil {
				return fmt.Errorf("print check: %w", err)
			}
			if len(checked.Faults) > 0 {
				return fault.New(fault.ConfigRule, "《"+args[0]+"》", fmt.Sprintf("有 %d 处要改，见上。", len(checked.Faults)), nil)
			}
			return nil
		},
	}
}

func tellChecked(b *strings.Builder, checked *pipeline.RuleChecked) {
	fmt.Fprintf(b, "%s %s\n\n条件，和只由它排除的一行示例\n", checked.Rule.ID, checked.Rule.Name)
	for i, c := range checked.Conditions {
		row := c.Row
		if row == "" {
			row = "没有"
		}
		fmt.Fprintf(b, "  %d. %s ← %s\n", i+1, c.Name, row)
	}
	b.WriteString("\n示例\n")
	rows := [][]string{{"", "期望", "结果", "行", "说明"}}
	for _, r := range checked.Results {
		mark := "√"
		if r.Expect != r.Found {
			mark = "×"
		}
		rows = append(rows, []string{mark, verdict(r.Expect), verdict(r.Found), fmt.Sprintf("%s:%d", r.File, r.Line), r.Reason})
	}
	table(b, "  ", rows)
	list(b, "提示", checked.Hints)
	list(b, "要改的", checked.Faults)
	if len(checked.Faults) == 0 {
		b.WriteString("\n合格：规则头完整，只有一条 SELECT，示例全部符合，每条条件都有示例。\n")
	}
}

func verdict(found bool) string {
	if found {
		return "查出"
	}
	return "不查出"
}

func list(b *strings.Builder, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(b, "\n%s\n", title)
	for _, line := range lines {
		fmt.Fprintf(b, "  %s\n", line)
	}
}
