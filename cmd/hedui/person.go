package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func newPerson() *cobra.Command {
	var from publishedFlags
	var town string
	var full bool
	cmd := &cobra.Command{
		Use:   "person 身份证号或姓名",
		Short: "查一个人：各名册怎样写、历次变动、每条规则为什么查出或没有查出、台账和核查结论",
		Long: `查一个人，用身份证号（15 或 18 位）、残疾证号、名册上的号码原文，或姓名；同名的列出来，可再用 --town 缩小范围。
查的是分析库（paths.publish，或 --db 指定的副本），不影响正在进行的运行。号码只显示首尾，--full 显示全部。`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			asked := strings.TrimSpace(args[0])
			if asked == "" {
				return fault.New(fault.Usage, "hedui person", "写上身份证号或姓名。", nil)
			}
			published, err := from.published(cmd)
			if err != nil {
				return err
			}
			d, candidates, err := pipeline.FindPerson(cmd.Context(), published, asked, town)
			if err != nil {
				return err
			}
			var b strings.Builder
			if d == nil {
				listCandidates(&b, candidates)
			} else {
				showDossier(&b, d)
			}
			text := b.String()
			if !full {
				text = pipeline.Mask(text)
			}
			if _, err := io.WriteString(cmd.OutOrStdout(), text); err != nil {
				return fmt.Errorf("print person: %w", err)
			}
			return nil
		},
	}
	from.add(cmd)
	cmd.Flags().StringVar(&town, "town", "", "只查这个镇的人")
	cmd.Flags().BoolVar(&full, "full", false, "显示完整号码")
	return cmd
}

// mostCandidates is how many are listed.
const mostCandidates = 50

func listCandidates(b *strings.Builder, candidates []pipeline.Who) {
	fmt.Fprintf(b, "有 %d 人，请用身份证号（--full 显示完整号码）或加 --town 再查：\n", len(candidates))
	for _, w := range candidates[:min(len(candidates), mostCandidates)] {
		number := w.IDNumber
		if number == "" {
			number = w.PersonID + "（号码无法识别，查时照抄）"
		}
		fmt.Fprintf(b, "  %s  %s\n", joined("  ", w.Name, w.Sex, aged(w.Age), w.Town, w.Village, prefixed("户 ", w.HouseholdNo), unlisted(w)), number)
	}
	if len(candidates) > mostCandidates {
		fmt.Fprintf(b, "  ……只列出前 %d 人\n", mostCandidates)
	}
}

// joined joins what is not empty.
func joined(separator string, parts ...string) string {
	var filled []string
	for _, p := range parts {
		if p != "" {
			filled = append(filled, p)
		}
	}
	return strings.Join(filled, separator)
}

func prefixed(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}

func aged(age string) string {
	if age == "" {
		return ""
	}
	return age + " 岁"
}

func unlisted(w pipeline.Who) string {
	if w.Listed {
		return ""
	}
	return "现不在任何名册"
}

// qualities tell how the ID number was read, where that is not plain.
var qualities = map[string]string{
	"repaired": "（名册上有写错的，已由其他名册识别）", "suspect": "（另有相近号码的同名人，疑似录入错误）", "unresolved": "（号码无法识别）",
}

func showDossier(b *strings.Builder, d *pipeline.Dossier) {
	fmt.Fprintf(b, "%s  数据日期 %s（运行 %s）\n", d.Name, d.AsOf, d.RunID)
	tellDiffering(b, d.PublishedNight)
	number := d.IDNumber
	if number == "" {
		number = d.PersonID
	}
	fmt.Fprintf(b, "  身份证号 %s%s\n", number, qualities[d.Quality])
	if d.OtherNames != "" {
		fmt.Fprintf(b, "  各名册姓名 %s\n", d.OtherNames)
	}
	fmt.Fprintf(b, "  %s\n", joined("，", d.Sex, aged(d.Age), prefixed("出生 ", d.BirthDate), d.Town, d.Village, prefixed("户 ", d.HouseholdNo), d.Relation, unlisted(d.Who)))
	if len(d.Words) > 0 {
		fmt.Fprintf(b, "  名册表明：%s\n", strings.Join(d.Words, "、"))
	}
	for _, h := range d.Households {
		showHousehold(b, h)
	}
	b.WriteString("\n现在各名册\n")
	for _, r := range d.Rosters {
		for _, row := range r.Rows {
			fmt.Fprintf(b, "  %s  %s\n    %s\n", r.Label, place(row), listed(row.Cells))
		}
	}
	b.WriteString("\n历次变动\n")
	for _, r := range d.Rosters {
		showVersions(b, r)
	}
	showRules(b, d)
	if len(d.Others) > 0 {
		b.WriteString("\n台账中的其他疑点（规则现未执行，或对象已不存在）\n")
		for _, f := range d.Others {
			fmt.Fprintf(b, "  %s%s\n", f.Statement, ledgerLine(f))
		}
	}
	b.WriteString("\n以上为数据比对结果，仅供核查使用，不作为停发依据。\n")
}

// tellDiffering warns where this program's answers are not that night's.
func tellDiffering(b *strings.Builder, n pipeline.PublishedNight) {
	if len(n.Unknown) > 0 {
		fmt.Fprintf(b, "注意：那次运行还有本地规则 %s，这里没有，不在回答之内；用 --config 指明写有 paths.rules 的配置。\n", strings.Join(n.Unknown, "、"))
	}
	if n.Differing > 0 {
		fmt.Fprintf(b, "注意：分析库由 hedui %s 写出，与本版规则的结果有 %d 个疑点不同；以下是本版的回答。\n", n.Version, n.Differing)
	}
}

func showHousehold(b *strings.Builder, h pipeline.HouseholdOf) {
	fmt.Fprintf(b, "\n%s  %s\n", h.Kind, listed(h.Facts))
	if len(h.Words) > 0 {
		fmt.Fprintf(b, "  名册表明：%s\n", strings.Join(h.Words, "、"))
	}
	var members []string
	for _, m := range h.Members {
		members = append(members, m.Name+"（"+joined("，", m.Relation, m.Sex, aged(m.Age))+"）")
	}
	fmt.Fprintf(b, "  成员：%s\n", strings.Join(members, "、"))
}

func place(row pipeline.RosterRow) string {
	return fault.Place(row.Path, row.Sheet, 0) + "第 " + row.Row + " 行"
}

func listed(list []pipeline.Cell) string {
	var told []string
	for _, c := range list {
		value := c.Value
		if value == "" {
			value = "空白"
		}
		told = append(told, c.Label+" "+value)
	}
	return strings.Join(told, "；")
}

// showVersions lists what changed in a roster, day by day.
func showVersions(b *strings.Builder, r pipeline.RosterOf) {
	fmt.Fprintf(b, "  %s\n", r.Label)
	for _, v := range r.Versions {
		if v.New {
			fmt.Fprintf(b, "    %s 列入  %s\n", v.From, place(v.RosterRow))
		} else {
			var changes []string
			for _, c := range v.Changes {
				changes = append(changes, fmt.Sprintf("%s %s → %s", c.Label, orBlank(c.Before), orBlank(c.After)))
			}
			fmt.Fprintf(b, "    %s 改为  %s  %s\n", v.From, strings.Join(changes, "；"), place(v.RosterRow))
		}
		if v.To != "" && !v.Replaced {
			fmt.Fprintf(b, "    %s 起不再列入  %s\n", v.To, place(v.RosterRow))
		}
	}
}

func orBlank(text string) string {
	if text == "" {
		return "空白"
	}
	return text
}

func showRules(b *strings.Builder, d *pipeline.Dossier) {
	category := ""
	for _, r := range d.Rules {
		if r.Category != category {
			category = r.Category
			fmt.Fprintf(b, "\n%s\n", category)
		}
		fmt.Fprintf(b, "  %s %s：", r.ID, r.Name)
		switch {
		case !r.Status.Spoke():
			fmt.Fprintf(b, "%s（%s）\n", r.Status, r.Reason)
		case len(r.Answers) == 0:
			b.WriteString("不在检查范围\n")
		default:
			showAnswers(b, r)
		}
	}
}

// showAnswers tells equal answers of several rows once.
func showAnswers(b *strings.Builder, r pipeline.RuleOf) {
	var told []string
	count := map[string]int{}
	for _, a := range r.Answers {
		text := answer(r, a)
		if a.About != "" && (a.Found || len(r.Answers) == 1) {
			text = a.About + "：" + text
		}
		if count[text]++; count[text] == 1 {
			told = append(told, text)
		}
	}
	for i, text := range told {
		if i > 0 {
			b.WriteString("    ")
		}
		b.WriteString(text)
		if n := count[text]; n > 1 {
			fmt.Fprintf(b, "（%d 处）", n)
		}
		b.WriteByte('\n')
	}
}

func answer(r pipeline.RuleOf, a pipeline.AnswerOf) string {
	var text string
	switch {
	case a.Suspended:
		text = "已暂停（" + r.Reason + "）"
	case a.Found:
		text = "查出。" + a.Statement
	case a.Unknown:
		text = "无从得知：" + a.Condition
	default:
		text = "未查出：不符合“" + a.Condition + "”"
	}
	if !a.Found && !a.Suspended && len(a.Grounds) > 0 {
		text += "（" + listed(a.Grounds) + "）"
	}
	return text + ledgerLine(a)
}

// ledgerLine is a line of its own on what the ledger knows of a finding, and one on each event of
// those that have more than a first day.
func ledgerLine(a pipeline.AnswerOf) string {
	state := pipeline.Word("status", a.Ledger)
	if state == "" {
		return ""
	}
	text := fmt.Sprintf("\n      疑点 %s：%s，首次 %s，最近 %s", a.FindingID, state, a.FirstSeen, a.LastSeen)
	if len(a.Events) == 1 {
		return text
	}
	for _, e := range a.Events {
		text += fmt.Sprintf("\n        %s %s", e.Day, joined("：", e.Event, e.Note+listed(e.Verdict)))
		if e.Who != "" {
			text += "（" + e.Who + " 登记）"
		}
		if len(e.Verdict) > 0 {
			text += place(e.From)
		}
	}
	return text
}
