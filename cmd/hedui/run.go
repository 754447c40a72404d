package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newRun() *cobra.Command {
	var config, asOf, inbox string
	var accept []string
	var dry, nice bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "运行一次核对：读名册、比对、登记台账、出报表、发布",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := loadConfig(config, inbox)
			if err != nil {
				return err
			}
			day, err := dayOf(asOf)
			if err != nil {
				return err
			}
			if !dry && day.After(today()) {
				return fault.New(fault.Usage, "--as-of "+asOf, "写今天或以前的日期：日期写错，早先的报表会按过期清理，以后各晚都算倒退。", errors.New("数据日期晚于今天"))
			}
			if nice {
				c.Nice()
				if err := beNice(); err != nil {
					return err
				}
			}
			c.Bound()
			return runNight(cmd, pipeline.Options{Config: c, AsOf: day, DryRun: dry, Accept: accept, Operator: operator(), Version: version(), Now: time.Now})
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	cmd.Flags().StringVar(&asOf, "as-of", "", "数据日期，如 2021-06-10；不写为今天")
	cmd.Flags().StringVar(&inbox, "inbox", "", "收件夹；不写用配置里的 paths.inbox")
	cmd.Flags().StringArrayVar(&accept, "accept", nil, "接收本应沿用上期的名册：类别，或 类别=镇，如 dibao=上板城镇；可写多次")
	cmd.Flags().BoolVar(&nice, "nice", false, "让着别的程序：最低的处理器和磁盘优先级，内存和线程各用 limits 的一半")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "只读取和比对，不登记、不发布")
	return cmd
}

// dayOf is the day that --as-of tells; today where it is not written.
func dayOf(asOf string) (time.Time, error) {
	if asOf == "" {
		return today(), nil
	}
	return parseDay("--as-of", asOf)
}

// parseDay reads the day that a flag tells.
func parseDay(flag, text string) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, fault.New(fault.Usage, flag+" "+text, "日期写成 2021-06-10 的形式，月、日各两位。", errors.New("没有这一天，或写法不对"))
	}
	return day, nil
}

func today() time.Time {
	now := time.Now()
	return time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC)
}

// operator is who runs the program, for the record of what was accepted.
func operator() string {
	if name := os.Getenv("SUDO_USER"); name != "" {
		return name
	}
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return strconv.Itoa(os.Getuid())
}

func runNight(cmd *cobra.Command, options pipeline.Options) error {
	log, closeLog, err := pipeline.NewLog(options.Config.Paths.Logs)
	if err != nil {
		return err
	}
	defer closeLog()
	options.Log, options.Unlogged = log, pipeline.Unlogged(options.Config.Paths.Logs)
	if out := cmd.ErrOrStderr(); isTerminal(out) {
		options.Progress = func(label string) { fmt.Fprintf(out, "%s …\n", label) }
	}
	m, err := pipeline.Run(cmd.Context(), options)
	if err != nil {
		return err
	}
	if err := summarize(cmd.OutOrStdout(), options, m); err != nil {
		return fmt.Errorf("print summary: %w", err)
	}
	if len(m.Warnings) > 0 {
		return errWarnings
	}
	return nil
}

// tellHolds lists what is held and what was accepted.
func tellHolds(b *strings.Builder, m *pipeline.Manifest) {
	if len(m.Holds) == 0 {
		return
	}
	b.WriteString("\n沿用上期\n")
	for _, h := range m.Holds {
		if h.Accepted != "" {
			fmt.Fprintf(b, "  已接收：%s（%s 接收）\n", h.Note, h.Accepted)
		} else {
			fmt.Fprintf(b, "  %s；自 %s 起沿用上期数据\n", h.Note, h.Since)
		}
	}
}

// summarize prints what was read, matched and written, for the operator.
func summarize(w io.Writer, options pipeline.Options, m *pipeline.Manifest) error {
	var b strings.Builder
	c := options.Config
	fmt.Fprintf(&b, "核对 %s  数据日期 %s\n\n读取\n", c.District, m.AsOf)
	for _, r := range m.Rosters {
		fmt.Fprintf(&b, "  %s：%s，%d 个文件，%d 行", r.Label, r.Status, r.Files, r.Rows)
		if r.Added+r.Ended > 0 {
			fmt.Fprintf(&b, "（新增 %d 行，减少 %d 行）", r.Added, r.Ended)
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "  共读 %d 行：载入 %d，拒收 %d，其余为标题、合计、空行（只计本期的文件）\n", m.RowsRead, m.RowsLoaded, m.RowsRejected)
	tellHolds(&b, m)
	fmt.Fprintf(&b, "\n比对\n  识别 %d 人，建档立卡及监测户 %d 户\n", m.Persons, m.Households)
	for _, r := range m.Rules {
		switch {
		case !r.Status.Spoke():
			fmt.Fprintf(&b, "  %s %s：%s（%s）\n", r.ID, r.Name, r.Status, r.Reason)
		case r.Reason != "":
			fmt.Fprintf(&b, "  %s %s：查 %d，疑点 %d（%s）\n", r.ID, r.Name, r.Examined, r.Found, r.Reason)
		default:
			fmt.Fprintf(&b, "  %s %s：查 %d，疑点 %d\n", r.ID, r.Name, r.Examined, r.Found)
		}
	}
	if m.Canaries != "" {
		fmt.Fprintf(&b, "  哨兵 %s：规则对虚构人员的判断都对\n", m.Canaries)
	}
	fmt.Fprintf(&b, "  台账现有疑点 %d 个，本期新增 %d，消除 %d\n", m.Findings, m.New, m.Cleared)
	if options.DryRun {
		b.WriteString("\n试运行：没有登记台账，没有发布\n")
	} else {
		fmt.Fprintf(&b, "\n写出\n  报表 %d 个：%s\n  分析库：%s\n", len(m.Files), filepath.Join(c.Paths.Out, m.AsOf), c.Paths.Publish)
	}
	for _, warning := range m.Warnings {
		fmt.Fprintf(&b, "\n注意：%s\n", warning)
	}
	for _, a := range m.IdleAccepts {
		fmt.Fprintf(&b, "\n说明：%s\n", pipeline.IdleNote(a))
	}
	b.WriteString("\n以上为数据比对疑点，仅供核查使用，不作为停发依据。\n")
	_, err := io.WriteString(w, b.String())
	return err
}
