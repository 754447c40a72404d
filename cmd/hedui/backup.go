package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"hedui/pipeline"
)

func newBackup() *cobra.Command {
	var config string
	cmd := &cobra.Command{
		Use:   "backup 文件",
		Short: "备份数据仓库：台账、核查结论、各名册的历史；运行中也可以备份",
		Long: `把数据仓库复制成一个新文件，旁边写一个 文件.sha256 校验值（sha256sum -c 可核对）。不等运行结束，也不影响运行：
得到的总是上一次完整的状态。已有的文件不会覆盖。备份里有完整的身份证号，和数据仓库一样保管。

退出状态：0 已备份；1 没有备份成；2 用法或配置有误；3 数据仓库已损坏，备份的是它的副本。`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := pipeline.LoadConfig(config)
			if err != nil {
				return err
			}
			warning, err := pipeline.Backup(c, args[0])
			if err != nil {
				return err
			}
			text := fmt.Sprintf("已备份：%s\n校验值：%s.sha256\n", args[0], args[0])
			if warning != nil {
				text += "注意：" + warning.Error() + "\n"
			}
			if _, err := fmt.Fprint(cmd.OutOrStdout(), text); err != nil {
				return fmt.Errorf("print: %w", err)
			}
			if warning != nil {
				return errWarnings
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	return cmd
}
