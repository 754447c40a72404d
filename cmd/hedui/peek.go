package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"hedui/pipeline"
)

func newPeek() *cobra.Command {
	var config, sheet string
	var asCSV, all bool
	cmd := &cobra.Command{
		Use:   "peek 文件",
		Short: "看一个文件：程序怎样读它；--csv 把其中的表格原样输出为 CSV",
		Long:  "看任何一个表格文件（不必是名册）：格式、编码、工作表、表头行、各列对应、头几行。\n--csv 把每张工作表中的表格原样输出到标准输出，表格以外的标题、说明、注释行另在标准错误中列出。",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asCSV || all || sheet != "" {
				return peekCSV(cmd, args[0], sheet, all)
			}
			var c *pipeline.Config
			if config != "" {
				var err error
				if c, err = pipeline.LoadConfig(config); err != nil {
					return err
				}
			}
			seen, err := pipeline.Peek(cmd.Context(), args[0], c)
			if err != nil {
				return err
			}
			var b strings.Builder
			show(&b, args[0], seen)
			_, err = io.WriteString(cmd.OutOrStdout(), pipeline.Mask(b.String()))
			return err
		},
	}
	cmd.Flags().StringVar(&config, "config", "", "配置文件；写了就按其中的文件名样式和表头叫法认名册")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "输出表格的全部单元格原文（RFC 4180）")
	cmd.Flags().BoolVar(&all, "all", false, "连同表格以外的行，全部输出为 CSV")
	cmd.Flags().StringVar(&sheet, "sheet", "", "只输出这张工作表（名称，或从 1 起的序号）")
	return cmd
}

func peekCSV(cmd *cobra.Command, path, sheet string, all bool) error {
	out := bufio.NewWriter(data(cmd.OutOrStdout()))
	left, err := pipeline.WriteCSV(cmd.Context(), path, sheet, all, out)
	if err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	for _, l := range left {
		place := ""
		if l.Sheet != "" {
			place = "工作表“" + l.Sheet + "”"
		}
		fmt.Fprintf(cmd.ErrOrStderr(), "%s第 %s 行不是表格的内容（标题、说明、注释），没有输出；--all 输出全部。\n", place, numbered(l.Rows))
	}
	return nil
}

// numbered lists row numbers, not more than a line of them.
func numbered(rows []int) string {
	const most = 20
	var texts []string
	for _, n := range rows[:min(most, len(rows))] {
		texts = append(texts, fmt.Sprint(n))
	}
	told := strings.Join(texts, "、")
	if len(rows) > most {
		told += fmt.Sprintf(" 等 %d", len(rows))
	}
	return told
}

func show(b *strings.Builder, path string, seen *pipeline.Peeked) {
	fmt.Fprintf(b, "《%s》\n", path)
	fmt.Fprintf(b, "  格式 %s：%s\n  SHA-256 %s\n", strings.TrimSpace(seen.Format+" "+seen.Encoding), seen.Grounds, seen.SHA256)
	switch {
	case seen.Refused != nil:
		fmt.Fprintf(b, "  按文件名是%s，不能读入：%s\n", seen.Kind.Label, seen.Refused)
	case seen.Kind != nil:
		fmt.Fprintf(b, "  看来是：%s\n", seen.Kind.Label)
	default:
		b.WriteString("  不是认识的名册（或缺少必需的列）\n")
	}
	for i, s := range seen.Sheets {
		showSheet(b, i+1, seen, s)
	}
}

func showSheet(b *strings.Builder, n int, seen *pipeline.Peeked, s pipeline.SheetPeeked) {
	fmt.Fprintf(b, "\n  %d. 工作表“%s”", n, s.Name)
	if s.Hidden {
		b.WriteString("（隐藏）")
	}
	fmt.Fprintf(b, "：%d 行", s.Rows)
	if s.Table.First > 0 {
		fmt.Fprintf(b, "，表格在第 %d 至 %d 行，%d 列", s.Table.First, s.Table.Last, s.Table.Width)
	}
	b.WriteByte('\n')
	if s.Note != "" {
		fmt.Fprintf(b, "     说明：%s\n", s.Note)
	}
	if r := s.Roster; r.HeaderRow > 0 {
		fmt.Fprintf(b, "     表头在第 %d 行\n", r.HeaderRow)
		for _, c := range seen.Kind.Columns {
			if header := r.Matched[c.Name]; header != "" && !c.Derived {
				fmt.Fprintf(b, "     %s ← %s\n", c.Label, header)
			}
		}
		if len(r.Unmatched) > 0 {
			fmt.Fprintf(b, "     未识别的表头：%s\n", strings.Join(r.Unmatched, "、"))
		}
	}
	for _, row := range s.First {
		fmt.Fprintf(b, "     | %s\n", strings.ReplaceAll(strings.Join(row, " | "), "\n", "⏎"))
	}
}
