package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

// The statuses that hedui status ends with besides the program's own.
const (
	exitStale = 5 // what is published is older than --max-age
	exitNone  = 6 // there was no run yet
)

// exitStatus ends the program with a status that no error stands for.
type exitStatus int

func (e exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(e)) }

func newStatus() *cobra.Command {
	var config string
	var maxAge time.Duration
	cmd := &cobra.Command{
		Use:   "status",
		Short: "上一次运行的结果，供监控使用：一行 JSON 和退出状态",
		Long: `输出一行 JSON：上一次 hedui run 的结果（state：good、warnings、failed、broken、none）、数据日期、各项计数、
沿用上期的名册（held）、距上一次成功发布的秒数（age_seconds）、是否正在运行（running）。只有计数和代码，没有姓名、证号和文件名。
运行进行中、上一次运行失败时都可以查；不写任何文件，不占锁。

退出状态：0 上一次运行良好且未过期；1 上一次运行失败或中途被杀；2 用法或配置有误；3 已发布，但有输入被拒收或沿用上期；
5 发布的结果已过期（距上一次成功发布超过 --max-age）；6 还没有运行过。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := pipeline.LoadConfig(config)
			if err != nil {
				return err
			}
			if maxAge < 0 {
				return fault.New(fault.Usage, "--max-age", "写成 26h 的形式；写 0 表示不限。", nil)
			}
			s, err := pipeline.ReadStatus(c, time.Now(), maxAge)
			if err != nil {
				return err
			}
			code := statusExit(s)
			line, err := json.Marshal(struct {
				Exit int `json:"exit"`
				*pipeline.Status
			}{code, s})
			if err != nil {
				return fmt.Errorf("write status: %w", err)
			}
			if _, err := fmt.Fprintf(cmd.OutOrStdout(), "%s\n", line); err != nil {
				return fmt.Errorf("print status: %w", err)
			}
			if code != fault.ExitGood {
				return exitStatus(code)
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	cmd.Flags().DurationVar(&maxAge, "max-age", 26*time.Hour, "上一次成功发布距今超过这么久就算过期；0 表示不限")
	return cmd
}

// statusExit puts the worst first: a failed night is told before its consequence,
// that what is published grows old.
func statusExit(s *pipeline.Status) int {
	switch {
	case s.State == pipeline.StateNone, s.State == pipeline.StateRunning && s.LastGood.IsZero():
		return exitNone
	case s.State == pipeline.StateFailed, s.State == pipeline.StateBroken:
		return fault.ExitFailed
	case s.Stale:
		return exitStale
	case s.State == pipeline.StateWarned:
		return fault.ExitInput
	}
	return fault.ExitGood
}
