package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/text/width"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newRules() *cobra.Command {
	var config, asOf string
	var asSQL, markdown bool
	cmd := &cobra.Command{
		Use:   "rules [规则编号]",
		Short: "规则目录；写明编号则显示一条规则的全部：依据、条件、参数、示例、上次结果",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := configIfAny(cmd, config)
			if err != nil {
				return err
			}
			day, err := dayOf(asOf)
			if err != nil {
				return err
			}
			if markdown {
				c, day = builtIn(c)
			}
			catalogue, err := pipeline.Catalogue(cmd.Context(), c, day)
			if err != nil {
				return err
			}
			var b strings.Builder
			switch {
			case markdown:
				writeMarkdown(&b, catalogue)
			case len(args) == 0:
				listRules(&b, c, catalogue)
			default:
				if err := showRule(&b, catalogue, args[0], asSQL); err != nil {
					return err
				}
			}
			_, err = io.WriteString(cmd.OutOrStdout(), pipeline.Mask(b.String()))
			return err
		},
	}
	cmd.Flags().StringVar(&asOf, "as-of", "", "参数取哪一天的值，如 2021-06-10；不写为今天")
	cmd.Flags().BoolVar(&asSQL, "sql", false, "连同规则的 SQL")
	cmd.Flags().BoolVar(&markdown, "markdown", false, "全部规则，写成 Markdown（docs/rules.md）")
	cmd.PersistentFlags().StringVar(&config, "config", "config.yaml", "配置文件；没有时按内置值显示")
	cmd.AddCommand(newRulesNew(), newRulesCheck(&config))
	return cmd
}

// builtIn leaves of a configuration the rules alone: a document holds neither a
// district's values nor its results. Its day is the last, so that conditions tell
// the newest values whenever it is written.
func builtIn(c *pipeline.Config) (*pipeline.Config, time.Time) {
	return &pipeline.Config{Paths: pipeline.Paths{Rules: c.Paths.Rules}}, time.Date(9999, 12, 31, 0, 0, 0, 0, time.UTC)
}

// configIfAny reads the configuration; the default one need not be there.
func configIfAny(cmd *cobra.Command, path string) (*pipeline.Config, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && !cmd.Flags().Changed("config") {
		return &pipeline.Config{}, nil
	}
	return pipeline.LoadConfig(path)
}

func listRules(b *strings.Builder, c *pipeline.Config, catalogue []pipeline.CatalogueEntry) {
	rows := [][]string{{"编号", "名称", "类别", "层级", "严重程度", "上次运行", "检查", "疑点", "准确率（95% 区间）", "原因"}}
	counts := map[string]int{}
	asOf := ""
	for _, e := range catalogue {
		row := []string{e.ID, e.Name, e.Category, pipeline.Word("level", e.Level), pipeline.Word("severity", e.Severity), "—", "", "", "", ""}
		if l := e.Last; l != nil {
			asOf = l.AsOf
			counts[string(l.Status)]++
			row[5], row[9] = string(l.Status), l.Reason
			if l.Status.Spoke() {
				row[6], row[7] = fmt.Sprint(l.Examined), fmt.Sprint(l.Found)
			}
			if len(l.Precision) > 0 {
				p := l.Precision[0]
				row[8] = fmt.Sprintf("%s（%s–%s），%d/%d", pipeline.Percent(float64(p.Confirmed)/float64(p.Checked)), pipeline.Percent(p.Low), pipeline.Percent(p.High), p.Confirmed, p.Checked)
			}
		}
		rows = append(rows, row)
	}
	table(b, "", rows)
	fmt.Fprintf(b, "\n共 %d 条规则。", len(catalogue))
	if asOf == "" {
		b.WriteString("还没有发布过的运行结果")
		if c.Paths.Publish != "" {
			fmt.Fprintf(b, "（%s）", c.Paths.Publish)
		}
		b.WriteString("。\n")
	} else {
		var told []string
		for _, s := range pipeline.Statuses {
			told = append(told, fmt.Sprintf("%s %d", s, counts[string(s)]))
		}
		fmt.Fprintf(b, "上次运行的数据日期 %s：%s。\n", asOf, strings.Join(told, "，"))
	}
	b.WriteString("看一条规则的全部：hedui rules 编号\n")
}

func showRule(b *strings.Builder, catalogue []pipeline.CatalogueEntry, id string, asSQL bool) error {
	for _, e := range catalogue {
		if !strings.EqualFold(e.ID, id) {
			continue
		}
		showHead(b, e)
		showLast(b, e.Last)
		if err := showExamples(b, e); err != nil {
			return err
		}
		if asSQL {
			fmt.Fprintf(b, "\nSQL（%s）\n\n%s", e.File, e.SQL)
		}
		return nil
	}
	return fault.New(fault.Usage, "rules "+id, "没有这条规则；hedui rules 列出全部规则。", nil)
}

func showHead(b *strings.Builder, e pipeline.CatalogueEntry) {
	fmt.Fprintf(b, "%s %s\n", e.ID, e.Name)
	fmt.Fprintf(b, "%s；按%s检查；严重程度%s；附件2归属：%s\n", e.Category, pipeline.Word("level", e.Level), pipeline.Word("severity", e.Severity), attachment(e.Attachment2))
	fmt.Fprintf(b, "\n查什么\n  %s\n\n依据\n", e.Question)
	for _, basis := range e.Basis {
		fmt.Fprintf(b, "  %s\n", basis.Document)
		if basis.Text != "" {
			fmt.Fprintf(b, "    “%s”\n", basis.Text)
		}
	}
	b.WriteString("\n条件（依次检查，全部成立才是疑点）\n")
	for i, c := range e.Conditions {
		fmt.Fprintf(b, "  %d. %s\n", i+1, c)
	}
	fmt.Fprintf(b, "\n例外\n  有一条条件不成立，或无从得知，就不列为疑点。\n  核查后可以说明情况的结论：%s\n", orNone(e.Innocent))
	if len(e.RightedBy) > 0 {
		fmt.Fprintf(b, "  核查属实的一直列着，到这人%s，或已死亡、迁出为止。\n", strings.Join(e.RightedBy, "、"))
	}
	b.WriteString("\n政策参数\n")
	for _, p := range e.Parameters {
		fmt.Fprintf(b, "  %s\n", parameterTold(p.Label, p.Unit, p.InForce))
	}
	if len(e.Parameters) == 0 {
		b.WriteString("  不用参数\n")
	}
	b.WriteString("\n需要的名册和列（缺了就写明“未执行”）\n")
	for _, r := range e.Requires {
		fmt.Fprintf(b, "  %s\n", r)
	}
	if len(e.Requires) == 0 {
		b.WriteString("  有什么名册就查什么名册\n")
	}
	for _, w := range e.Wishes {
		fmt.Fprintf(b, "  %s（缺了其余照查，写明缺什么）\n", w)
	}
	fmt.Fprintf(b, "\n台账上的写法\n  %s\n\n核查要点\n  %s\n", e.Sentence, e.Check)
}

func attachment(row string) string {
	if row == "none" {
		return "不列入"
	}
	return row
}

func orNone(words []string) string {
	if len(words) == 0 {
		return "无"
	}
	return strings.Join(words, "、")
}

func parameterTold(label, unit string, v pipeline.ValueTold) string {
	text := fmt.Sprintf("%s：%s（%s）——", label, v.Value, unit)
	if v.Since != "" {
		text += "自 " + v.Since + " 起；"
	}
	text += v.Basis
	if v.CheckedOn != "" {
		text += "；核对于 " + v.CheckedOn
	}
	return text
}

func showLast(b *strings.Builder, l *pipeline.LastRun) {
	b.WriteString("\n上次运行\n")
	switch {
	case l == nil:
		b.WriteString("  没有结果\n")
	case !l.Status.Spoke():
		fmt.Fprintf(b, "  %s：%s（%s）\n", l.AsOf, l.Status, l.Reason)
	default:
		fmt.Fprintf(b, "  %s：检查 %d 个，疑点 %d 个\n", l.AsOf, l.Examined, l.Found)
		if l.Reason != "" {
			fmt.Fprintf(b, "  %s\n", l.Reason)
		}
		for i, step := range l.Funnel {
			fmt.Fprintf(b, "  %d. %s → 剩 %d\n", i+1, step.Condition, step.Left)
		}
	}
	if l != nil {
		showPrecision(b, l.Precision)
	}
}

// showPrecision tells how often the rule was right, by the townships' verdicts.
func showPrecision(b *strings.Builder, precision []pipeline.RulePrecision) {
	if len(precision) == 0 {
		return
	}
	b.WriteString("\n准确率（核查属实的比例）\n")
	for _, p := range precision {
		town := p.Town
		if town == "" {
			town = "全区"
		}
		fmt.Fprintf(b, "  %s：%s，核查 %d 个，属实 %d 个（95%% 区间 %s–%s）\n", town, pipeline.Percent(float64(p.Confirmed)/float64(p.Checked)), p.Checked, p.Confirmed, pipeline.Percent(p.Low), pipeline.Percent(p.High))
	}
}

func showExamples(b *strings.Builder, e pipeline.CatalogueEntry) error {
	text, err := e.Examples()
	if err != nil {
		return fault.New(fault.ConfigRule, "《"+e.File+"》", "把示例写在同名的 .txtar 文件里；样子见 hedui rules new。", err)
	}
	ex, err := pipeline.ParseExamples(text)
	if err != nil {
		return fault.New(fault.ConfigRule, "《"+e.File+"》的示例", "改正 .txtar 文件里所指的地方。", err)
	}
	fmt.Fprintf(b, "\n示例（虚构的名册；数据日期 %s）\n", ex.AsOf)
	for _, f := range ex.Files {
		fmt.Fprintf(b, "\n  %s\n", f.Name)
		rows := [][]string{append([]string{"期望", "说明"}, f.Header...)}
		for _, r := range f.Rows {
			row := []string{r.Expectation, r.Reason}
			for _, cell := range r.Cells {
				row = append(row, pipeline.Mask(cell))
			}
			rows = append(rows, row)
		}
		table(b, "    ", rows)
	}
	return nil
}

// table aligns rows of cells; an empty column is left out.
func table(b *strings.Builder, indent string, rows [][]string) {
	widths := make([]int, len(rows[0]))
	filled := make([]bool, len(rows[0]))
	for i, row := range rows {
		for c, cell := range row {
			widths[c] = max(widths[c], columns(cell))
			filled[c] = filled[c] || i > 0 && cell != ""
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for c, cell := range row {
			if filled[c] {
				line.WriteString(cell + strings.Repeat(" ", widths[c]-columns(cell)+2))
			}
		}
		fmt.Fprintf(b, "%s%s\n", indent, strings.TrimRight(line.String(), " "))
	}
}

// columns is how many columns of a terminal a text takes.
func columns(text string) int {
	n := 0
	for _, r := range text {
		switch width.LookupRune(r).Kind() {
		case width.EastAsianWide, width.EastAsianFullwidth:
			n += 2
		default:
			n++
		}
	}
	return n
}
