package main

import (
	"fmt"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"

	"hedui/pipeline"
)

func newRestore() *cobra.Command {
	var config string
	var force bool
	cmd := &cobra.Command{
		Use:   "restore 文件",
		Short: "用备份恢复数据仓库",
		Long: `核对备份（旁边的 文件.sha256、台账各条记录是否首尾相连）后放回数据仓库的位置；原来的文件留作 warehouse.duckdb.replaced。
现在的数据仓库完好、有备份所没有的记录的，不恢复，除非加 --force。旧版程序的备份会自动升级。
恢复后：把备份之后各镇交回的台账再登记一遍（重复登记不会重复计），再运行一次 hedui run。

退出状态：0 已恢复；1 没有恢复，什么都没有动；2 用法或配置有误；4 另一次运行正在进行。`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := pipeline.LoadConfig(config)
			if err != nil {
				return err
			}
			log, closeLog, err := pipeline.NewLog(c.Paths.Logs)
			if err != nil {
				return err
			}
			defer closeLog()
			r, err := pipeline.Restore(cmd.Context(), pipeline.RestoreOptions{Config: c, From: args[0], Force: force, Operator: operator(), Version: version(), Now: time.Now})
			if err != nil {
				pipeline.LogFailure(log, err)
				return err
			}
			log.Warn("恢复备份："+args[0], zap.String("operator", operator()), zap.String("as_of", r.Day), zap.Int64("events", r.Audited.Head.Events), zap.Int64("lost", r.Lost), zap.Strings("aside", r.Foreign))
			if _, err := fmt.Fprint(cmd.OutOrStdout(), tellRestored(r)); err != nil {
				return fmt.Errorf("print: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	cmd.Flags().BoolVar(&force, "force", false, "现在的台账有备份所没有的记录也恢复")
	return cmd
}

func tellRestored(r *pipeline.Restored) string {
	text := fmt.Sprintf("已恢复到数据日期 %s：疑点 %d 个，记录 %d 条，核查结论 %d 条\n", r.Day, r.Audited.Findings, r.Audited.Head.Events+r.Audited.Unchained, r.Audited.Verdicts)
	if !r.Checked {
		text += "  备份旁边没有校验值文件，只核对了台账\n"
	}
	switch {
	case r.Unsure:
		text += "  原来的数据仓库已读不出，备份之后登记的内容不在了\n"
	case r.Strays:
		text += "  原来的台账里备份所没有的记录不在了\n"
	case r.Lost > 0:
		text += fmt.Sprintf("  原来的台账多出的 %d 条记录不在了\n", r.Lost)
	}
	for _, folder := range r.Foreign {
		text += "  恢复后的台账里没有的一期报表移到 " + folder + "\n"
	}
	if r.Replaced {
		text += "  原来的文件留作 " + r.Kept + "\n"
	}
	return text + "下一步：把备份之后各镇交回的台账再登记一遍（hedui feedback），然后运行 hedui run；备份之后的各期用 --as-of 依次补跑。\n"
}
