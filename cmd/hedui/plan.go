package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v3"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newPlan() *cobra.Command {
	var from publishedFlags
	var set []string
	var examples int
	cmd := &cobra.Command{
		Use:   "plan --set 参数=值 …",
		Short: "试算：政策参数改变后，哪些疑点会新增、哪些会消除；不写任何文件",
		Long: `试算政策参数改变后的疑点，按规则、按镇列出新增和消除，不写任何文件。参数名见 hedui rules 或分析库的 政策参数。
例：hedui plan --set dibao_standard=5800 --set 'nursing_grades=[1]' --set 'tier_amount={A: 460, B: 345, C: 250}'`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			values, err := parseSettings(set)
			if err != nil {
				return err
			}
			if examples < 0 {
				return fault.New(fault.Usage, "--examples", "写 0 或以上的整数。", nil)
			}
			published, err := from.published(cmd)
			if err != nil {
				return err
			}
			p, err := pipeline.Try(cmd.Context(), published, values, examples)
			if err != nil {
				return err
			}
			var b strings.Builder
			showPlan(&b, p)
			if _, err := io.WriteString(cmd.OutOrStdout(), pipeline.Mask(b.String())); err != nil {
				return fmt.Errorf("print plan: %w", err)
			}
			return nil
		},
	}
	from.add(cmd)
	cmd.Flags().StringArrayVar(&set, "set", nil, "参数=值，值的写法与 config.yaml 相同；可写多次")
	cmd.Flags().IntVar(&examples, "examples", 3, "每条规则新增、消除各举几例")
	require(cmd, "set")
	return cmd
}

// parseSettings reads key=value, the value as YAML.
func parseSettings(set []string) (map[string]any, error) {
	values := map[string]any{}
	for _, s := range set {
		name, text, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return nil, fault.New(fault.Usage, "--set "+s, "写成 --set 参数=值。", nil)
		}
		var value any
		if err := yaml.Unmarshal([]byte(text), &value); err != nil {
			return nil, fault.New(fault.ConfigBadValue, "--set "+name, "值的写法与 config.yaml 相同，如 5800、[1, 2]、{A: 442, B: 330}。", nil)
		}
		values[name] = value
	}
	return values, nil
}

func showPlan(b *strings.Builder, p *pipeline.Plan) {
	fmt.Fprintf(b, "试算  数据日期 %s（运行 %s）\n", p.AsOf, p.RunID)
	tellDiffering(b, p.PublishedNight)
	for _, c := range p.Changes {
		fmt.Fprintf(b, "  %s %s：%s → %s %s\n", c.Label, c.Name, c.Before, c.After, c.Unit)
	}
	fmt.Fprintf(b, "\n合计：%s\n", sum(p.PlanSum))
	category := ""
	for _, r := range p.Rules {
		if r.Category != category {
			category = r.Category
			fmt.Fprintf(b, "\n%s\n", category)
		}
		fmt.Fprintf(b, "  %s %s：%s\n", r.ID, r.Name, sum(r.PlanSum))
		for _, t := range r.Towns {
			fmt.Fprintf(b, "    %s：%s\n", joined("", t.Town, map[bool]string{true: "（无镇别）"}[t.Town == ""]), sum(t.PlanSum))
		}
		giveExamples(b, "新增", r.Opened, r.Opens)
		giveExamples(b, "消除", r.Closed, r.Closes)
	}
	b.WriteString("\n试算完毕，没有写入任何文件。以上为数据比对疑点，仅供核查使用，不作为停发依据。\n")
}

func sum(s pipeline.PlanSum) string {
	text := fmt.Sprintf("新增 %d，消除 %d（疑点 %d → %d）", s.Opens, s.Closes, s.Before, s.After)
	if s.AmountBefore != s.AmountAfter {
		text += fmt.Sprintf("，涉及金额 %s → %s 元每月", yuan(s.AmountBefore), yuan(s.AmountAfter))
	}
	return text
}

func yuan(amount float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(amount, 'f', 2, 64), ".00")
}

func giveExamples(b *strings.Builder, what string, examples []pipeline.Planned, of int) {
	if len(examples) == 0 {
		return
	}
	fmt.Fprintf(b, "    %s举例（%d 个中的 %d 个）\n", what, of, len(examples))
	for _, f := range examples {
		name := hiddenName(f.Name)
		fmt.Fprintf(b, "      %s\n", joined("  ", f.FindingID, f.Town, prefixed("户 ", f.HouseholdNo), name, strings.ReplaceAll(f.Statement, f.Name, name)))
	}
}

// hiddenName keeps a name's first character.
func hiddenName(name string) string {
	runes := []rune(name)
	if len(runes) == 0 {
		return ""
	}
	return string(runes[:1]) + strings.Repeat("*", len(runes)-1)
}
