package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"hedui/pipeline"
)

func newReport() *cobra.Command {
	var config, asOf string
	var force bool
	cmd := &cobra.Command{
		Use:   "report",
		Short: "把某一天发出过的报表重新写出，与当时逐字节相同",
		Long: `某天的报表文件夹不见了、缺了文件或被改动了，用留存的那一份（数据仓库旁的 warehouse.duckdb.issued）重新写出；先按台账里的
SHA-256 核对，与发出时不符的不写。不重新比对：当时的名册、规则、台账和程序是什么，写出的就是什么。
文件夹里有改动过的、或另放进去的文件时不动，列出它们；加 --force 才换掉。留存与名册的历史一样久（retention.history_days）。

退出状态：0 文件夹已与发出时相同；1 没有留存或已损坏，什么都没有动；2 用法或配置有误，或有改动过的文件；4 另一次运行正在进行。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := parseDay("--as-of", asOf)
			if err != nil {
				return err
			}
			c, err := pipeline.LoadConfig(config)
			if err != nil {
				return err
			}
			r, err := pipeline.Reissue(cmd.Context(), c, day, force)
			if err != nil {
				return err
			}
			if _, err := fmt.Fprint(cmd.OutOrStdout(), tellReissued(r)); err != nil {
				return fmt.Errorf("print: %w", err)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	cmd.Flags().StringVar(&asOf, "as-of", "", "数据日期，如 2021-06-10")
	cmd.Flags().BoolVar(&force, "force", false, "换掉改动过的文件，删去另放进去的文件")
	require(cmd, "as-of")
	return cmd
}

func tellReissued(r *pipeline.Reissued) string {
	if r.Missing+len(r.Changed) == 0 {
		return fmt.Sprintf("%s 的 %d 个文件都在，与发出时相同，没有重写。\n", r.Folder, r.Files)
	}
	text := fmt.Sprintf("已重新写出：%s，共 %d 个文件，与发出时相同\n", r.Folder, r.Files)
	if r.Missing > 0 {
		text += fmt.Sprintf("  原来缺 %d 个\n", r.Missing)
	}
	for _, name := range r.Changed {
		text += "  换掉或删去：" + name + "\n"
	}
	return text
}
