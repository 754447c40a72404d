package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"hedui/pipeline"
)

func newCheck() *cobra.Command {
	var config, inbox string
	cmd := &cobra.Command{
		Use:   "check",
		Short: "检查收件夹：每个文件怎样读、各列的表头和填写率、看不懂的单元格；不写任何文件",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(config, inbox)
			if err != nil {
				return err
			}
			seen, err := pipeline.Check(cmd.Context(), c)
			if err != nil {
				return fmt.Errorf("check inbox: %w", err)
			}
			var b strings.Builder
			describe(&b, c, seen)
			if _, err := io.WriteString(cmd.OutOrStdout(), pipeline.Mask(b.String())); err != nil {
				return fmt.Errorf("print check: %w", err)
			}
			if len(seen.Warnings) > 0 {
				return errWarnings
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	cmd.Flags().StringVar(&inbox, "inbox", "", "收件夹；不写用配置里的 paths.inbox")
	return cmd
}

// loadConfig reads the configuration; an inbox given on the command line goes before its own.
func loadConfig(path, inbox string) (*pipeline.Config, error) {
	c, err := pipeline.LoadConfig(path)
	if err != nil || inbox == "" {
		return c, err
	}
	if c.Paths.Inbox, err = filepath.Abs(inbox); err != nil {
		return nil, fmt.Errorf("find inbox: %w", err)
	}
	return c, nil
}

func describe(b *strings.Builder, c *pipeline.Config, seen *pipeline.Inspection) {
	fmt.Fprintf(b, "检查收件夹 %s\n", c.Paths.Inbox)
	for _, f := range seen.Files {
		fmt.Fprintf(b, "\n《%s》 → %s\n", f.Path, f.Kind.Label)
		if f.Format != "" {
			fmt.Fprintf(b, "  格式 %s：%s\n", strings.TrimSpace(f.Format+" "+f.Encoding), f.Grounds)
		}
		if f.Refused != nil {
			fmt.Fprintf(b, "  不能读入：%s\n", f.Refused)
			continue
		}
		for _, s := range f.Sheets {
			describeSheet(b, f, s)
		}
	}
	for _, k := range seen.Absent {
		fmt.Fprintf(b, "\n没有文件：%s\n", k.Label)
	}
	for _, w := range seen.Warnings {
		fmt.Fprintf(b, "\n注意：%s\n", w)
	}
	b.WriteString("\n检查完毕，没有写入任何文件。\n")
}

func describeSheet(b *strings.Builder, f pipeline.FileSeen, s pipeline.SheetSeen) {
	if s.Sheet != "" {
		fmt.Fprintf(b, "  工作表“%s”", s.Sheet)
	} else {
		b.WriteString("  全文")
	}
	a := s.Account
	if s.HeaderRow > 0 {
		fmt.Fprintf(b, "：表头在第 %d 行", s.HeaderRow)
	}
	fmt.Fprintf(b, "；读取 %d 行 = 载入 %d + 拒收 %d + 标题合计等 %d + 空行 %d\n", a.Read, a.Loaded, a.Rejected, a.Structural, a.Blank)
	if s.Note != "" {
		fmt.Fprintf(b, "    说明：%s\n", s.Note)
	}
	if s.HeaderRow == 0 {
		return
	}
	for _, c := range f.Kind.Columns {
		if c.Derived || s.Matched[c.Name] == "" {
			continue
		}
		fmt.Fprintf(b, "    %s ← %s  填写率 %s", c.Label, s.Matched[c.Name], share(s.Filled[c.Name], s.Persons))
		if n := s.Faults[c.Name]; n > 0 {
			fmt.Fprintf(b, "，看不懂 %d 格", n)
		}
		b.WriteByte('\n')
	}
	list := func(title string, names []string) {
		if len(names) > 0 {
			fmt.Fprintf(b, "    %s：%s\n", title, strings.Join(names, "、"))
		}
	}
	var lacking []string
	for _, c := range s.Lacking(f.Kind) {
		lacking = append(lacking, c.Label)
	}
	list("没有的列", lacking)
	list("未识别的表头", s.Unmatched)
	list("重复的表头（没有采用）", s.Repeated)
	list("身份证号", numbersTold(s.Numbers))
	for _, e := range s.Examples {
		fmt.Fprintf(b, "    第 %d 行“%s”：%s：%q\n", e.Row, e.Header, e.Reason, e.Text)
	}
}

func numbersTold(counts map[string]int) []string {
	var told []string
	for _, state := range []string{"valid", "suspicious", "damaged", "masked", "invalid", "missing"} {
		if n := counts[state]; n > 0 {
			told = append(told, fmt.Sprintf("%s %d", pipeline.Word("id_state", state), n))
		}
	}
	return told
}

func share(n, of int) string {
	if of == 0 {
		return "—"
	}
	return pipeline.Percent(float64(n) / float64(of))
}
