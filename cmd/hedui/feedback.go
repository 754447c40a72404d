package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hedui/pipeline"
)

func newFeedback() *cobra.Command {
	var config, asOf, receipts string
	cmd := &cobra.Command{
		Use:   "feedback 文件…",
		Short: "登记各镇交回的问题台账：核查结论、整改措施、整改成效、完成日期、核查人",
		Long: `读各镇填好交回的问题台账（Excel、WPS、LibreOffice 保存的都可以，排序、筛选、删行、加列、合并工作簿不妨碍），
把核查结论登记到台账：属实为确认；正在办理、无法核实保持原状；其余为排除，事实不变就不再报出。
逐行核对疑点编号与身份证号、姓名等是否相配，有问题的行报出原因，其余照常登记；同一文件交两次不会重复登记。
登记后下一次 hedui run 的报表和分析库反映核查结果。

退出状态：0 全部登记；2 用法或配置有误；3 有的行没有登记；4 另一次运行正在进行。`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := pipeline.LoadConfig(config)
			if err != nil {
				return err
			}
			day, err := dayOf(asOf)
			if err != nil {
				return err
			}
			log, closeLog, err := pipeline.NewLog(c.Paths.Logs)
			if err != nil {
				return err
			}
			defer closeLog()
			options := pipeline.FeedbackOptions{Config: c, Files: args, Day: day, Operator: operator(), Version: version(), Now: time.Now}
			result, err := pipeline.TakeFeedback(cmd.Context(), options)
			if err != nil {
				pipeline.LogFailure(log, err)
				return err
			}
			result.Note(log, options)
			return tellFeedback(cmd.OutOrStdout(), result, receipts)
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	cmd.Flags().StringVar(&asOf, "as-of", "", "登记日，如 2021-06-12；不写为今天")
	cmd.Flags().StringVar(&receipts, "receipt", "", "把每个文件的回执（逐行登记与否及原因）写成 CSV 放进这个文件夹")
	return cmd
}

// tellFeedback prints what was taken and what was not.
func tellFeedback(w io.Writer, result *pipeline.Feedback, receipts string) error {
	var b strings.Builder
	refused := 0
	if result.Warning != nil {
		refused++
		fmt.Fprintln(&b, result.Warning.Error())
	}
	var paths []string
	var unwritten error // told below what was taken: the ledger has it
	if receipts != "" {
		paths, unwritten = result.WriteReceipts(receipts)
	}
	for i := range result.Files {
		f := &result.Files[i]
		faults := f.Faults()
		refused += len(faults)
		fmt.Fprintf(&b, "《%s》：答复 %d 行，登记 %d", filepath.Base(f.Path), len(f.Answers), f.Entered)
		if f.Repeats > 0 {
			fmt.Fprintf(&b, "，以前登记过或重复 %d", f.Repeats)
		}
		fmt.Fprintf(&b, "，没有登记 %d\n", len(f.Answers)-f.Entered-f.Repeats)
		for _, a := range f.Changed() {
			fmt.Fprintf(&b, "  第 %d 行 %s：原来的结论是%s，已按这一份改；不该改的，在下一次运行发出的台账上改回再登记（原来的那个文件再登记不算）\n", a.Row, a.FindingID, a.Former)
		}
		if len(f.PassedOver) > 0 && f.Lists > 0 {
			fmt.Fprintf(&b, "  不是问题台账、没有看的工作表：%s\n", strings.Join(f.PassedOver, "、"))
		}
		for _, told := range faults {
			fmt.Fprintf(&b, "  %s\n", told.Error())
		}
		if paths != nil && paths[i] != "" {
			fmt.Fprintf(&b, "  回执：%s\n", paths[i])
		}
	}
	if _, err := io.WriteString(w, pipeline.Mask(b.String())); err != nil {
		return fmt.Errorf("print what was taken: %w", err)
	}
	if unwritten != nil {
		return unwritten
	}
	if refused > 0 {
		return errWarnings
	}
	return nil
}
