package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newSummary() *cobra.Command {
	var from publishedFlags
	var first, last, out string
	cmd := &cobra.Command{
		Use:   "summary --from 日期 --to 日期",
		Short: "写一段时间的总结报告（DOCX）：查了什么、发现什么、整改了什么、还剩什么",
		Long: `按台账写一段时间的排查整改总结报告（DOCX 草稿，供修改），只有数字，没有姓名和身份证号。
查的是分析库（paths.publish，或 --db 指定的副本），不影响正在进行的运行；核查结论以最近一次运行时已登记的为准。
已有的文件不会被覆盖。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := from.load(cmd)
			if err != nil {
				return err
			}
			days, err := parsePeriod(first, last)
			if err != nil {
				return err
			}
			if out == "" {
				out = fmt.Sprintf("总结报告_%s_%s.docx", first, last)
			}
			var paper strings.Builder
			if err := pipeline.Summarize(cmd.Context(), c, days, &paper); err != nil {
				return err
			}
			if err := writeNew(out, paper.String()); err != nil {
				return err
			}
			if from.db == "" {
				noteTaken(cmd, c.Paths.Logs, "总结报告", out, paper.String())
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "已写出 %s\n", out)
			return err
		},
	}
	from.add(cmd)
	cmd.Flags().StringVar(&first, "from", "", "第一天，如 2021-05-01")
	cmd.Flags().StringVar(&last, "to", "", "最后一天，如 2021-06-30")
	cmd.Flags().StringVar(&out, "out", "", "写到哪个文件；不写为当前文件夹里的 总结报告_第一天_最后一天.docx")
	require(cmd, "from", "to")
	return cmd
}

func parsePeriod(first, last string) (p pipeline.Period, err error) {
	if p.First, err = parseDay("--from", first); err != nil {
		return p, err
	}
	if p.Last, err = parseDay("--to", last); err != nil {
		return p, err
	}
	if p.Last.Before(p.First) {
		return p, fault.New(fault.Usage, "--from "+first+" --to "+last, "第一天写在最后一天之后了，对调后再试。", nil)
	}
	return p, nil
}
