package roster_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

var csv = []string{"CSV"}

func as(e encoding.Encoding) func(tabletest.Book) []byte {
	return csvOf(tabletest.Dialect{Encoding: e, LineEnd: "\r\n"})
}

func separated(comma byte) func(tabletest.Book) []byte {
	return csvOf(tabletest.Dialect{Comma: comma})
}

func ended(by string) func(tabletest.Book) []byte { return csvOf(tabletest.Dialect{LineEnd: by}) }

func replace(pairs ...string) func(string) string {
	return strings.NewReplacer(pairs...).Replace
}

// remark adds a column 备注 that holds a text in each tenth row, and another in all
// others.
func remark(tenth, other string) func(*page) {
	return func(p *page) {
		p.column(len(p.columns), func(l line) table.Cell {
			switch {
			case l.of == header:
				return tabletest.Text("备注")
			case l.of%10 == 3:
				return tabletest.Text(tenth)
			}
			return tabletest.Text(other)
		})
	}
}

// damagedEncodings: a text file does not say what it is written in.
func damagedEncodings() []damage {
	utf16 := func(order unicode.Endianness, mark unicode.BOMPolicy) func(tabletest.Book) []byte {
		return as(unicode.UTF16(order, mark))
	}
	return []damage{
		{name: "UTF-8 带标记", formats: csv, what: "文件开头有字节序标记", write: as(unicode.UTF8BOM)},
		{name: "UTF-8 带两个标记", formats: csv, what: "另存两次，开头有两个字节序标记", write: as(unicode.UTF8BOM), bytes: func(b []byte) []byte { return append([]byte("\xEF\xBB\xBF"), b...) }},
		{name: "GB18030", formats: csv, what: "编码为 GB18030（GBK），没有说明", write: as(simplifiedchinese.GB18030)},
		{name: "UTF-16LE 带标记", formats: csv, what: "编码为 UTF-16", write: utf16(unicode.LittleEndian, unicode.UseBOM)},
		{name: "UTF-16BE 带标记", formats: csv, what: "编码为 UTF-16，高字节在前", write: utf16(unicode.BigEndian, unicode.UseBOM)},
		{name: "UTF-16LE 无标记", formats: csv, what: "编码为 UTF-16，没有标记", write: utf16(unicode.LittleEndian, unicode.IgnoreBOM)},
		{name: "UTF-16BE 无标记", formats: csv, what: "编码为 UTF-16，高字节在前，没有标记", write: utf16(unicode.BigEndian, unicode.IgnoreBOM)},
		{name: "UTF-16 断尾", formats: csv, what: "末尾多出半个字符", write: utf16(unicode.LittleEndian, unicode.UseBOM), bytes: func(b []byte) []byte { return append(b, 0x0D) }},
		{name: "GB18030 四字节字", formats: csv, what: "姓名里有四字节编码的生僻字", write: as(simplifiedchinese.GB18030),
			page: func(p *page) { p.texts("name", func(s string) string { return s + "𠮷" }) }, outcome: "姓名照写", want: func(_ int, w row) { w["name"] += "𠮷"; w["name_key"] += "𠮷" }},
		{name: "GBK 自造字", formats: csv, what: "姓名里有用户自定义区的字", write: as(simplifiedchinese.GBK), page: cells("name", affix("", "OWN")),
			bytes:   func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("OWN"), []byte("\xAA\xA1")) },
			outcome: "姓名照写（私有区的字），比对时作任意字", want: func(_ int, w row) { w["name"] += "\ue000"; w["name_key"] += "?" }},
		{name: "UTF-8 断字", formats: csv, what: "备注被按字节截断，留下半个汉字", page: remark("说明CUT", "无异常"), bytes: func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("CUT"), []byte("\xE6\x98")) }},
		{name: "GBK 断字", formats: csv, what: "备注被按字节截断，留下半个汉字", page: remark("说明CUT", "无异常"), write: as(simplifiedchinese.GBK), bytes: func(b []byte) []byte { return bytes.ReplaceAll(b, []byte("CUT"), []byte("\xCB")) }},
		{name: "零字节", formats: csv, what: "姓名后面跟着零字节", page: func(p *page) { p.texts("name", func(s string) string { return s + "\x00\x00" }) }},
		{name: "DOS 文件尾", formats: csv, what: "末尾有 Ctrl-Z", text: func(s string) string { return s + "\x1a" }},
	}
}

// damagedLines: how fields and lines end.
func damagedLines() []damage {
	return []damage{
		{name: "制表符分隔", formats: csv, file: "名册.txt", what: "分隔符为制表符", write: separated('\t')},
		{name: "分号分隔", formats: csv, what: "分隔符为分号", write: separated(';')},
		{name: "竖线分隔", formats: csv, what: "分隔符为竖线", write: separated('|')},
		{name: "全部加引号", formats: csv, what: "每个单元格都有引号", write: csvOf(tabletest.Dialect{QuoteAll: true})},
		{name: "换行为 CRLF", formats: csv, what: "Windows 的换行", write: ended("\r\n")},
		{name: "换行为 CR", formats: csv, what: "老 Mac 的换行", write: ended("\r")},
		{name: "换行混用", formats: csv, what: "两个文件拼成，一半 CRLF 一半 LF", write: ended("\r\n"), text: func(s string) string {
			half := strings.Index(s[len(s)/2:], "\r\n") + len(s)/2
			return s[:half] + strings.ReplaceAll(s[half:], "\r\n", "\n")
		}},
		{name: "末行无换行", formats: csv, what: "最后一行没有换行", text: func(s string) string { return strings.TrimSuffix(s, "\n") }},
		{name: "行间空行", formats: csv, what: "每行后面多一个空行", page: func(p *page) {
			for i := len(p.lines) - 1; i > 0; i-- {
				p.insert(i, tabletest.Row{})
			}
		}},
		{name: "行尾多余分隔符", formats: csv, what: "每行末尾多出空单元格", text: func(s string) string { return strings.ReplaceAll(s, "\n", ",,,\n") }},
		{name: "千分位没有加引号", formats: csv, what: "金额写成 1,417.50，没有引号，以后各格错位", text: sub(`,1([4-6]\d\d(?:\.\d+)?),`, `,1,$1,`),
			want: func(_ int, w row) {
				for _, column := range []string{"amount", "income_per_capita", "income_monthly", "start_month", "last_review", "gradual_exit_until", "single_household", "status"} {
					delete(w, column)
				}
				w["income_monthly"] = "false"
			}, outcome: "金额和它后面各格看不懂，其余同完好的名册"},
		{name: "行尾缺单元格", formats: csv, what: "末尾空单元格的分隔符没有写", page: func(p *page) {
			for i, l := range p.lines {
				if l.of >= 0 {
					p.lines[i].Cells = l.Cells[:len(l.Cells)-1]
				}
			}
		}, outcome: "缺的单元格为空", want: func(_ int, w row) { delete(w, "status") }},
		{name: "首行 sep=", formats: csv, what: "第一行是给 Excel 看的 sep=;", write: separated(';'), text: func(s string) string { return "sep=;\n" + s }},
		{name: "注释行", formats: csv, what: "表头上方有 # 开头的注释", page: func(p *page) {
			p.above(tabletest.Texts("# 导出自社会救助系统"), tabletest.Texts("# 2021-06-01 08:30"))
		}},
		{name: "查询结果尾", formats: csv, what: "末尾有“共 n 条记录”", page: func(p *page) { p.under(tabletest.Row{}, tabletest.Texts("共 36 条记录")) }},
		{name: "分隔符后有空格", formats: csv, what: "逗号后面都有空格", text: func(s string) string { return strings.ReplaceAll(s, ",", ", ") }},
		{name: "分隔符后有空格和引号", formats: csv, what: "逗号后面先有空格再有引号", write: csvOf(tabletest.Dialect{QuoteAll: true}), text: func(s string) string { return strings.ReplaceAll(s, `","`, `", "`) }},
	}
}

// damagedQuotes: what stands in quotes, and what only seems to.
func damagedQuotes() []damage {
	unquoted := func(text string) func(string) string { // the remark stands as it is
		return func(s string) string { return strings.ReplaceAll(s, "MARK", text) }
	}
	return []damage{
		{name: "引号内有分隔符", formats: csv, what: "备注里有逗号", page: remark("有病，常年, 卧床", "无")},
		{name: "引号内换行", formats: csv, what: "备注分成几行", page: remark("已核实\n入户一次\n", "无")},
		{name: "引号内有引号", formats: csv, what: "备注里有成对的双写引号", page: remark(`自称"五保"户`, "无")},
		{name: "引号没有双写", formats: csv, what: "引号里的引号没有双写", page: remark("MARK", "无"), text: unquoted(`"自称"五保"户"`)},
		{name: "孤立的开引号", formats: csv, what: "备注只有左引号", page: remark("MARK", "无"), text: unquoted(`"不详`)},
		{name: "单元格中间的引号", formats: csv, what: "引号在文字中间", page: remark("MARK", "无"), text: unquoted(`液晶电视 32" 一台`)},
		{name: "反斜杠转义", formats: csv, what: "引号里的引号前面是反斜杠", page: remark("MARK", "无"), write: csvOf(tabletest.Dialect{QuoteAll: true}), text: unquoted(`自称\"五保\"户, 未核实`)},
		{name: "单引号", formats: csv, what: "文字都在单引号里", page: func(p *page) {
			for _, l := range p.lines {
				for i, c := range l.Cells {
					l.Cells[i].Text = "'" + c.Text + "'"
				}
			}
		}, but: []string{"id_raw"}},
		{name: "等号引号", formats: csv, what: `身份证号写成 ="…"，让 Excel 当文字`, page: func(p *page) {
			p.texts("id_number", func(s string) string { return `=MARK` + s + `MARK` })
		}, text: unquoted(`"`)},
		{name: "每格都有等号引号", formats: csv, what: `每格都写成 ="…"`, page: func(p *page) {
			for _, l := range p.lines {
				for i, c := range l.Cells {
					l.Cells[i].Text = "=MARK" + c.Text + "MARK"
				}
			}
		}, text: unquoted(`"`)},
		{name: "只有表头加引号", formats: csv, what: "表头有引号，数据没有", text: func(s string) string {
			head, rest, _ := strings.Cut(s, "\n")
			return `"` + strings.ReplaceAll(head, ",", `","`) + "\"\n" + rest
		}},
		{name: "千分位", formats: csv, what: "金额写成 1,417.50", page: func(p *page) {
			p.texts("amount", func(s string) string { return s[:1] + "," + s[1:] })
		}},
	}
}

// wrongNames: a file's name says nothing of what it is.
func wrongNames() []damage {
	var all []damage
	for _, c := range []struct{ format, file string }{
		{"CSV", "名册.xls"}, {"CSV", "名册.xlsx"}, {"CSV", "名册"}, {"CSV", "名册.TXT"}, {"XLSX", "名册.xls"}, {"XLSX", "名册.et"}, {"XLSX", "名册.csv"},
		{"XLS", "名册.xlsx"}, {"XLS", "名册.csv"}, {"HTML", "名册.xlsx"}, {"HTML", "名册.csv"}, {"ODS", "名册.xls"}, {"XML", "名册.xls"},
	} {
		all = append(all, damage{name: fmt.Sprintf("%s 名为 %s", c.format, c.file), formats: []string{c.format}, file: c.file, what: "文件名与内容不符"})
	}
	return slices.Clip(all)
}
