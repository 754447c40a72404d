package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newSample() *cobra.Command {
	var from publishedFlags
	var town, seed, out, result string
	var size int
	cmd := &cobra.Command{
		Use:   "sample",
		Short: "随机抽查：抽一份核查名单，或由交回的抽查表算出错误率",
		Long: `从分析库随机抽取疑点，写成抽查表（XLSX）：按在列、已排除、已消除，问题类别和严重程度分层，各层按比例，数量够时每层至少一个；
已排除和已消除的约占三成。数据质量不抽。同一分析库、同样的镇、数量和种子抽出的相同。
抽查表填好后，先用 --result 算错误率和 95% 区间，再用 hedui feedback 登记。错误：未核查的疑点查明不属实；已核查的，结论相反；已消除的，查明仍属实。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			published, err := from.published(cmd)
			if err != nil {
				return err
			}
			if result != "" {
				return tellSample(cmd, published, result)
			}
			if size < 1 {
				return fault.New(fault.Usage, fmt.Sprintf("--n %d", size), "写 1 或更大的数。", nil)
			}
			return drawSample(cmd, published, town, size, seed, out)
		},
	}
	from.add(cmd)
	cmd.Flags().StringVar(&town, "town", "", "只抽这个镇；不写为全区")
	cmd.Flags().IntVar(&size, "n", 20, "抽几个疑点")
	cmd.Flags().StringVar(&seed, "seed", "1", "随机种子")
	cmd.Flags().StringVar(&out, "out", "", "写到这个文件；不写为当前文件夹的 抽查_镇_日期_种子.xlsx")
	cmd.Flags().StringVar(&result, "result", "", "填好的抽查表：算错误率")
	return cmd
}

func drawSample(cmd *cobra.Command, from pipeline.Published, town string, size int, seed, out string) error {
	var list bytes.Buffer
	s, err := pipeline.DrawSample(cmd.Context(), from, town, size, seed, &list)
	if err != nil {
		return err
	}
	if out == "" {
		out = strings.NewReplacer("/", "_", "\\", "_").Replace(fmt.Sprintf("抽查_%s_%s_%s.xlsx", cmp.Or(town, "全区"), s.AsOf, seed))
	}
	if err := writeNew(out, list.String()); err != nil {
		return err
	}
	if from.Logs != "" {
		noteTaken(cmd, from.Logs, "抽查表", out, list.String())
	}
	var b strings.Builder
	fmt.Fprintf(&b, "抽查 %d 个疑点，数据日期 %s，种子 %s\n", s.Drawn(), s.AsOf, seed)
	for _, g := range s.Groups {
		fmt.Fprintf(&b, "  %s %s（%s）：%d 个中抽 %d\n", g.Standing, g.Category, pipeline.Word("severity", g.Severity), g.Size, g.Drawn)
	}
	fmt.Fprintf(&b, "写出 %s\n", out)
	if _, err := io.WriteString(cmd.OutOrStdout(), b.String()); err != nil {
		return fmt.Errorf("print sample: %w", err)
	}
	return nil
}

func tellSample(cmd *cobra.Command, from pipeline.Published, path string) error {
	r, err := pipeline.ReadSample(cmd.Context(), from, path)
	if err != nil {
		return err
	}
	var b strings.Builder
	for _, e := range r.Rates {
		fmt.Fprintf(&b, "%s：查明 %d，错误 %d，错误率 %s（95%% 区间 %s–%s）\n", e.Standing, e.Checked, e.Wrong, pipeline.Percent(float64(e.Wrong)/float64(e.Checked)), pipeline.Percent(e.Low), pipeline.Percent(e.High))
	}
	if len(r.Rates) == 0 {
		b.WriteString("抽查表里还没有能算错误率的核查结论。\n")
	}
	for _, told := range r.Faults {
		fmt.Fprintf(&b, "  %s\n", told.Error())
	}
	if _, err := io.WriteString(cmd.OutOrStdout(), pipeline.Mask(b.String())); err != nil {
		return fmt.Errorf("print result: %w", err)
	}
	if len(r.Faults) > 0 {
		return errWarnings
	}
	return nil
}
