package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newRulesNew() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "new 编号",
		Short: "写出一条新规则的样子：编号.sql 和它的示例 编号.txtar",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			rule, examples, err := pipeline.NewRule(args[0])
			if err != nil {
				return err
			}
			if err := os.MkdirAll(dir, 0o700); err != nil {
				return fault.New(fault.Usage, "--dir "+dir, "换一个能写的文件夹。", fmt.Errorf("make folder: %w", err))
			}
			sql := filepath.Join(dir, args[0]+".sql")
			if err := writeNew(sql, rule); err != nil {
				return err
			}
			if err := writeNew(filepath.Join(dir, args[0]+".txtar"), examples); err != nil {
				return err
			}
			_, err = fmt.Fprintf(cmd.OutOrStdout(), "已写出 %s 和同名的 .txtar。\n把【】里的内容写上，改好条件和示例，然后运行：hedui rules check %s\n", sql, sql)
			return err
		},
	}
	cmd.Flags().StringVar(&dir, "dir", ".", "写在哪个文件夹")
	return cmd
}

// writeNew writes a file that is not there yet: whole, or not at all.
func writeNew(path, text string) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fault.New(fault.Usage, "《"+path+"》", "已有的文件不会覆盖；换一个名称或能写的文件夹。", fmt.Errorf("create: %w", err))
	}
	_, err = f.WriteString(text)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(path))
	}
	return nil
}
