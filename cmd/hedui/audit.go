package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newAudit() *cobra.Command {
	var config string
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "核验台账各条记录是否首尾相连、状态是否与记录相符、发出的文件是否改动",
		Long: `逐条核验台账：每条记录带有上一条和本条的 SHA-256，改动、插入、删去任何一条都会断开；再核对每个疑点的状态是否由各条记录得出，
核查结论是否与记录一致，各次运行的清单所记链尾是否还在链上，以及报表文件夹里的、留存备查的文件是否与发出时相同。
打印的链尾可抄存，日后据此证明台账没有改动。退出状态：0 无误；1 有不符之处。`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := pipeline.LoadConfig(config)
			if err != nil {
				return err
			}
			a, err := pipeline.AuditLedger(cmd.Context(), c)
			if err != nil {
				return err
			}
			if err := tellAudit(cmd.OutOrStdout(), a); err != nil {
				return fmt.Errorf("print audit: %w", err)
			}
			if !a.Good() {
				return fault.New(fault.AuditBroken, "台账和发出的文件", "保存现场，不要再运行；与备份比对，查清何人何时改动。", fmt.Errorf("%d 处不符", len(a.Faults)+len(a.Changed)))
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&config, "config", "config.yaml", "配置文件")
	return cmd
}

// mostFaults is how many are listed.
const mostFaults = 50

func tellAudit(w io.Writer, a *pipeline.Audit) error {
	var b strings.Builder
	fmt.Fprintf(&b, "台账：疑点 %d 个，记录 %d 条，核查结论 %d 条\n", a.Findings, a.Head.Events, a.Verdicts)
	fmt.Fprintf(&b, "  链尾：第 %d 条 %s\n", a.Head.Events, a.Head.Hash)
	if a.Unchained > 0 {
		fmt.Fprintf(&b, "  旧版留下的 %d 条记录尚未相连，下一次运行时连上\n", a.Unchained)
	}
	fmt.Fprintf(&b, "运行清单所记链尾：核对 %d 处\n发出的文件：核对 %d 个\n", a.Ends, a.Files)
	if len(a.Gone) > 0 {
		fmt.Fprintf(&b, "  已不在报表文件夹、没有核对的日期：%s\n", strings.Join(a.Gone, "、"))
	}
	for _, name := range a.Strange[:min(len(a.Strange), mostFaults)] {
		fmt.Fprintf(&b, "  不是现在的台账所发出的，没有核对：%s\n", name)
	}
	if len(a.Strange) > mostFaults {
		fmt.Fprintf(&b, "  ……共 %d 个，只列出前 %d 个\n", len(a.Strange), mostFaults)
	}
	wrong := append(append([]string{}, a.Faults...), a.Changed...)
	for _, told := range wrong[:min(len(wrong), mostFaults)] {
		fmt.Fprintf(&b, "  不符：%s\n", told)
	}
	if len(wrong) > mostFaults {
		fmt.Fprintf(&b, "  ……共 %d 处不符，只列出前 %d 处\n", len(wrong), mostFaults)
	}
	if a.Good() {
		b.WriteString("没有不符之处。\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
