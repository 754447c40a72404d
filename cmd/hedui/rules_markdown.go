package main

import (
	"fmt"
	"strings"

	"hedui/pipeline"
)

// writeMarkdown writes the whole catalogue as docs/rules.md has it: no value of
// today's, and no run's results.
func writeMarkdown(b *strings.Builder, catalogue []pipeline.CatalogueEntry) {
	b.WriteString("# 规则目录\n\n")
	b.WriteString("本文件由 `hedui rules --markdown` 按各规则的规则头生成，不要手工改。规则本身在 `matchers/rules/`，每条一个 SQL 文件；怎样增加规则见 [adding-a-rule.md](adding-a-rule.md)。\n\n")
	b.WriteString("每条规则的条件依次检查，**全部成立**才列为疑点；有一条不成立、或因空白而无从得知，就不列。缺少所需的名册或列时，规则写明“未执行”；所依靠的名册沿用上期时，漏保、错退、补贴未落实的规则写明“已暂停”。条件里的数字是最近一期的内置值，台账写法里〔〕处填各疑点的事实。政策参数的“核对于”是最近一次把内置值与所依据的文件核对的日子；没有写的是程序自定的默认值，没有文件可以核对，启用前请对照当地的标准。疑点只供核查，不作为停发依据。\n")
	category := ""
	for _, e := range catalogue {
		if e.Category != category {
			category = e.Category
			fmt.Fprintf(b, "\n**%s**\n\n", category)
		}
		fmt.Fprintf(b, "- [%s %s](#%s)\n", e.ID, e.Name, strings.ToLower(e.ID))
	}
	for _, e := range catalogue {
		markdownRule(b, e)
	}
}

func markdownRule(b *strings.Builder, e pipeline.CatalogueEntry) {
	fmt.Fprintf(b, "\n<a id=\"%s\"></a>\n\n## %s %s\n\n", strings.ToLower(e.ID), e.ID, e.Name)
	fmt.Fprintf(b, "%s · 按%s检查 · 严重程度%s · 附件2归属：%s\n\n", e.Category, pipeline.Word("level", e.Level), pipeline.Word("severity", e.Severity), attachment(e.Attachment2))
	fmt.Fprintf(b, "**%s**\n\n条件：\n\n", e.Question)
	for i, c := range e.Conditions {
		fmt.Fprintf(b, "%d. %s\n", i+1, c)
	}
	fmt.Fprintf(b, "\n核查后可以说明情况的结论：%s。\n", orNone(e.Innocent))
	if len(e.RightedBy) > 0 {
		fmt.Fprintf(b, "\n核查属实的一直列着，到这人%s，或已死亡、迁出为止。\n", strings.Join(e.RightedBy, "、"))
	}
	b.WriteString("\n依据：\n\n")
	for _, basis := range e.Basis {
		fmt.Fprintf(b, "- %s", basis.Document)
		if basis.Text != "" {
			fmt.Fprintf(b, "：“%s”", basis.Text)
		}
		b.WriteByte('\n')
	}
	if len(e.Parameters) > 0 {
		b.WriteString("\n政策参数（内置值；`config.yaml` 的 `policy` 可改）：\n\n")
	}
	for _, p := range e.Parameters {
		for _, v := range p.Values {
			fmt.Fprintf(b, "- `%s` %s\n", p.Name, parameterTold(p.Label, p.Unit, v))
		}
	}
	if len(e.Requires) > 0 {
		fmt.Fprintf(b, "\n需要：%s。\n", strings.Join(e.Requires, "；"))
	}
	if len(e.Wishes) > 0 {
		fmt.Fprintf(b, "\n缺了其余照查：%s。\n", strings.Join(e.Wishes, "；"))
	}
	fmt.Fprintf(b, "\n台账写法：%s\n\n核查要点：%s\n", e.Sentence, e.Check)
}
