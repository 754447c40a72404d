package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"hedui/cmd/hedui/demo"
	"hedui/pipeline/fault"
)

func newDemo() *cobra.Command {
	var opt demo.Options
	cmd := &cobra.Command{
		Use:   "demo 文件夹",
		Short: "造一个虚构的区，供试用：两期名册和配置",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if opt.Persons < 1 {
				return fault.New(fault.Usage, fmt.Sprintf("--persons %d", opt.Persons), "写 1 或更大的数。", nil)
			}
			_, err := demo.Generate(args[0], opt)
			if errors.Is(err, demo.ErrNotEmpty) {
				return fault.New(fault.Usage, "文件夹 "+args[0], "另选一个空文件夹；已有的收件夹不会被覆盖。", err)
			}
			if err != nil {
				return fmt.Errorf("generate district: %w", err)
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), `已在 %[1]s 造好一个虚构的区。试运行两期：
  hedui run --config %[1]s/config.yaml --inbox %[1]s/2021-05/inbox --as-of 2021-05-10
  hedui run --config %[1]s/config.yaml --inbox %[1]s/2021-06/inbox --as-of 2021-06-10
`, args[0])
			return err
		},
	}
	cmd.Flags().IntVar(&opt.Persons, "persons", 20000, "人数")
	cmd.Flags().BoolVar(&opt.Dirty, "dirty", false, "做成各部门实际报送的样子：格式、编码、表头、号码都不规整")
	cmd.Flags().Uint64Var(&opt.Seed, "seed", 1, "随机种子；相同的种子造出相同的区")
	return cmd
}
