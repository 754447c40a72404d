package roster_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

var (
	xlsx    = []string{"XLSX"}
	xls     = []string{"XLS"}
	html    = []string{"HTML"}
	sheetML = "xl/worksheets/sheet1.xml"
	texts1  = "xl/sharedStrings.xml"
)

// within edits one part of a ZIP.
func within(part string, edit func(string) string) func(string, string) string {
	return func(name, content string) string {
		if name == part {
			return edit(content)
		}
		return content
	}
}

// sub replaces all matches of a pattern.
func sub(pattern, with string) func(string) string {
	re := regexp.MustCompile(pattern)
	return func(s string) string { return re.ReplaceAllString(s, with) }
}

// prefixed gives the elements of a part a prefix, as some writers do.
func prefixed(name, content string) string {
	if !strings.HasPrefix(name, "xl/") || strings.HasSuffix(name, ".rels") {
		return content
	}
	content = sub(`<(/?)([a-zA-Z])`, "<${1}x:${2}")(content)
	return strings.Replace(content, " xmlns=", " xmlns:x=", 1)
}

// inlined writes texts into their cells, not into a part that they share.
func inlined(b tabletest.Book) []byte {
	data := tabletest.XLSX(b)
	var shared []string
	tabletest.Repack(data, within(texts1, func(s string) string {
		for _, m := range regexp.MustCompile(`<si>(.*?)</si>`).FindAllStringSubmatch(s, -1) {
			shared = append(shared, m[1])
		}
		return s
	}))
	cell := regexp.MustCompile(`t="s"><v>(\d+)</v>`)
	return tabletest.Repack(data, func(name, content string) string {
		switch {
		case name == texts1:
			return ""
		case strings.HasPrefix(name, "xl/worksheets/"):
			return cell.ReplaceAllStringFunc(content, func(m string) string {
				i, _ := strconv.Atoi(cell.FindStringSubmatch(m)[1])
				return `t="inlineStr"><is>` + shared[i] + `</is>`
			})
		}
		return unrelated("sharedStrings")(content)
	})
}

// unrelated drops the relation to a part.
func unrelated(kind string) func(string) string {
	return sub(`<Relationship [^>]*relationships/`+kind+`"[^>]*>(</Relationship>)?`, "")
}

func damagedXLSX() []damage {
	return []damage{
		{name: "严格 OOXML", formats: xlsx, what: "“严格的 Open XML 工作簿”，命名空间不同", part: func(_, s string) string {
			return replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main",
				"http://schemas.openxmlformats.org/officeDocument/2006/relationships", "http://purl.oclc.org/ooxml/officeDocument/relationships")(s)
		}},
		{name: "带前缀的元素", formats: xlsx, what: "元素名都带命名空间前缀", part: prefixed},
		{name: "内联文字", formats: xlsx, what: "文字写在单元格里，没有共享字符串", write: inlined},
		{name: "公式结果", formats: xlsx, what: "文字是公式算出的", write: inlined,
			part: within(sheetML, sub(`t="inlineStr"><is><t[^>]*>([^<]*)</t></is>`, `t="str"><f>"$1"</f><v>$1</v>`))},
		{name: "富文本", formats: xlsx, what: "一个单元格里有几种字体", part: within(texts1, sub(`<si><t[^>]*>([^<])([^<]*)</t></si>`, `<si><r><t>$1</t></r><r><rPr><b/><sz val="11"/></rPr><t>$2</t></r></si>`))},
		{name: "拼音", formats: xlsx, what: "姓名带拼音指南", part: within(texts1, sub(`</t></si>`, `</t><rPh sb="0" eb="1"><t>jia</t></rPh><phoneticPr fontId="1"/></si>`))},
		{name: "1904 日期", formats: []string{"XLSX", "XLS"}, what: "日期从 1904 年算起", book: func(b *tabletest.Book) { b.Date1904 = true }},
		{name: "单元格无地址", formats: xlsx, what: "单元格没有 r 属性", part: within(sheetML, sub(`<c r="[A-Z]+\d+"`, "<c"))},
		{name: "行和单元格无地址", formats: xlsx, what: "行和单元格都没有 r 属性", part: within(sheetML, sub(`<(c|row) r="[A-Z]*\d+"`, "<$1"))},
		{name: "范围写错", formats: xlsx, what: "dimension 只说前三行", part: within(sheetML, sub(`<dimension[^>]*>`, `<dimension ref="A1:C3">`))},
		{name: "范围写到末行", formats: xlsx, what: "dimension 说有一百万行", part: within(sheetML, sub(`<dimension[^>]*>`, `<dimension ref="A1:XFD1048576">`))},
		{name: "末尾有格式的空行", formats: xlsx, what: "表下面一千行只有格式", part: within(sheetML, func(s string) string {
			var rows strings.Builder
			for i := range 1000 {
				fmt.Fprintf(&rows, `<row r="%d"><c r="A%d" s="1"/><c r="C%d" s="1"></c></row>`, 100+i, 100+i, 100+i)
			}
			return strings.Replace(s, "</sheetData>", rows.String()+"</sheetData>", 1)
		})},
		{name: "绝对路径的部件", formats: xlsx, what: "部件之间用绝对路径", part: func(name, s string) string {
			return replace(`Target="worksheets/`, `Target="/xl/worksheets/`, `Target="sharedStrings`, `Target="/xl/sharedStrings`, `Target="styles`, `Target="/xl/styles`)(s)
		}},
		{name: "部件名大小写不一", formats: xlsx, what: "部件名与关系里写的大小写不同", part: within("xl/_rels/workbook.xml.rels", replace("worksheets/sheet1", "Worksheets/Sheet1"))},
		{name: "部件名用反斜杠", formats: xlsx, what: "部件名里的斜线写成反斜杠", bytes: func(b []byte) []byte {
			var parts []tabletest.Part
			tabletest.Repack(b, func(name, content string) string {
				parts = append(parts, tabletest.Part{Name: strings.Replace(name, "xl/worksheets/", `xl\worksheets\`, 1), Content: content})
				return content
			})
			return tabletest.ZIP(parts...)
		}},
		{name: "UTF-16 的部件", formats: xlsx, what: "共享字符串以 UTF-16 写成", part: within(texts1, func(s string) string {
			return string(tabletest.Encode(strings.Replace(s, "UTF-8", "UTF-16", 1), unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)))
		})},
		{name: "部件里的注释", formats: xlsx, what: "XML 里有注释和处理指令", part: within(sheetML, sub(`<row `, `<!-- <row r="1"> --><?x y?><row `))},
		{name: "共享字符串计数错", formats: xlsx, what: "count 写错", part: within(texts1, sub(`count="\d+" uniqueCount="\d+"`, `count="1" uniqueCount="99999999"`))},
		{name: "转义的回车", formats: xlsx, what: "单元格文字里有 _x000D_", part: within(texts1, replace("</t>", "_x000D_\n</t>")), but: []string{"id_raw"}},
		{name: "WPS 的扩展", formats: xlsx, what: "WPS 加的扩展元素", part: within(sheetML, func(s string) string {
			s = strings.Replace(s, "<worksheet ", `<worksheet xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" `, 1)
			return strings.Replace(s, "</sheetData>", `</sheetData><extLst><ext uri="{x}"><etc:row r="2"><etc:c r="A2"><etc:v>9</etc:v></etc:c></etc:row></ext></extLst>`, 1)
		})},
		{name: "自定义日期格式", formats: xlsx, what: "日期显示为 2021年5月", part: within("xl/styles.xml", replace(`numFmtId="14"`, `numFmtId="176"`, "<fonts ", `<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;;@"/></numFmts><fonts `))},
		{name: "中文版内置日期格式", formats: xlsx, what: "日期的格式号为 57", part: within("xl/styles.xml", replace(`numFmtId="14"`, `numFmtId="57"`))},
		{name: "没有样式部件", formats: xlsx, what: "缺少 styles.xml，日期只剩序列值", part: func(name, s string) string {
			if name == "xl/styles.xml" {
				return ""
			}
			return unrelated("styles")(s)
		}},
		{name: "ISO 日期单元格", formats: xlsx, what: `日期以 t="d" 写成`, page: func(p *page) { p.texts("last_review", func(s string) string { return s + "T00:00:00" }) },
			write: inlined, part: within(sheetML, sub(`t="inlineStr"><is><t[^>]*>([0-9T:-]{19})</t></is>`, `t="d"><v>$1</v>`))},
		{name: "浮点尾差", formats: xlsx, what: "金额存成 1417.5000000000002", part: within(sheetML, sub(`<v>(\d{4}\.5)</v>`, "<v>${1}000000000002</v>"))},
		{name: "错误值", formats: xlsx, what: "金额是公式，结果为 #REF!", part: within(sheetML, sub(`(<c r="L\d+")><v>[\d.]+</v>`, `$1 t="e"><f>x</f><v>#REF!</v>`)),
			outcome: "金额为空，并记为看不懂", want: func(_ int, w row) { delete(w, "amount") }},
		{name: "公式没有结果", formats: xlsx, what: "金额是公式，文件里没有存下结果", part: within(sheetML, sub(`(<c r="L\d+")><v>[\d.]+</v>`, `$1><f>K2+1</f>`)),
			outcome: "金额为空，并记为看不懂", want: func(_ int, w row) { delete(w, "amount") }},
		{name: "公式的结果是空的", formats: xlsx, what: "金额是公式，存下的结果是空的", part: within(sheetML, sub(`(<c r="L\d+")><v>[\d.]+</v>`, `$1><f>K2+1</f><v></v>`)),
			outcome: "金额为空，并记为看不懂", want: func(_ int, w row) { delete(w, "amount") }},
		{name: "逻辑值", formats: []string{"XLSX", "XLS", "ODS", "XML"}, what: "是否写成 TRUE、FALSE", page: func(p *page) {
			p.each("single_household", func(s string) table.Cell { return tabletest.Bool(s == "是") })
		}},
	}
}

func damagedXLS() []damage {
	long := strings.Repeat("入户核实，情况属实。", 40)
	return []damage{
		{name: "BIFF 流外面没有 OLE", formats: xls, what: "只有工作簿流", write: tabletest.BIFF8},
		{name: "共享字符串跨记录", formats: xls, what: "文字多，字符串表分在几个记录里", page: func(p *page) {
			n := 0
			p.column(0, func(l line) table.Cell {
				n++
				return tabletest.Text(fmt.Sprint(n, long, "abc"))
			})
		}},
		{name: "代码页写错", formats: []string{"XLS 95"}, what: "中文内容却写着西欧代码页", bytes: func(b []byte) []byte {
			return bytes.Replace(b, []byte("\x42\x00\x02\x00\xA8\x03"), []byte("\x42\x00\x02\x00\xE4\x04"), 1)
		}},
		{name: "没有代码页", formats: []string{"XLS 95"}, what: "没有写代码页", bytes: func(b []byte) []byte {
			return bytes.Replace(b, []byte("\x42\x00\x02\x00\xA8\x03"), []byte("\x43\x00\x02\x00\xA8\x03"), 1)
		}},
	}
}

func damagedHTML() []damage {
	page := func(edit func(string) string) func(string) string { return edit }
	return []damage{
		{name: "网页为 GB2312", formats: html, what: "编码为 GBK", text: replace("utf-8", "gb2312"), bytes: func(b []byte) []byte { return tabletest.Encode(string(b), simplifiedchinese.GBK) }},
		{name: "网页为 UTF-16", formats: html, what: "编码为 UTF-16", bytes: func(b []byte) []byte {
			return tabletest.Encode(string(b), unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
		}},
		{name: "网页没有 html 标签", formats: html, what: "开头就是 table", text: page(func(s string) string {
			return s[strings.Index(s, "<table"):]
		})},
		{name: "标签没有关闭", formats: html, what: "没有 </td> 和 </tr>", text: replace("</td>", "", "</tr>", "", "</table>", "")},
		{name: "标签大写", formats: html, what: "标签大写，属性没有引号", text: replace("<table>", "<TABLE border=1>", "<tr>", "<TR height=20>", "<td>", "<TD class=xl65>", "</td>", "</TD>")},
		{name: "空格实体", formats: html, what: "单元格前后有 &nbsp;", text: replace("<td>", "<td>&nbsp;", "</td>", "&nbsp;\n  </td>")},
		{name: "单元格里有标签", formats: html, what: "文字在 font、span、b 里", text: sub(`<td>([^<])([^<]*)</td>`, `<td><font face="宋体"><b>$1</b><span style="mso-spacerun:yes">$2</span></font></td>`)},
		{name: "脚本和样式", formats: html, what: "网页里有脚本、样式和注释", text: replace("<table>", "<style>td{color:red}</style><script>var a='<table><tr><td>姓名</td></tr></table>';</script><!-- <table><tr><td> --><table>", "<tr><td>", "<tr><!-- <td>x</td> --><td>")},
		{name: "thead 和 th", formats: html, what: "表头在 thead 里", text: page(func(s string) string {
			at := strings.Index(s, "</tr>")
			return replace("<table>", "<table><thead>", "<td>", "<th>", "</td>", "</th>")(s[:at]) + "</tr></thead><tbody>" + s[at+len("</tr>"):]
		})},
		{name: "表格套在表格里", formats: html, what: "排版用的外层表格", text: replace("<table>", "<table><tr><td>社会救助系统</td></tr><tr><td><table>", "</table>", "</table></td></tr></table>"), aside: 1, outcome: "同完好的名册；外层另成一张表"},
		{name: "菜单也是表格", formats: html, what: "前面有排成表格的菜单", text: replace("<table>", "<table><tr><td>首页</td><td>查询</td><td>导出</td></tr></table><table>"), aside: 1, outcome: "同完好的名册；菜单另成一张表"},
		{name: "Excel 网页的数字", formats: html, what: "显示的金额有千分位，另存了数值", text: sub(`<td>(\d)(\d{3})(\.\d+)?</td>`, `<td x:num="$1$2$3">$1,$2$3 </td>`)},
		{name: "网页表格有标题", formats: html, what: "标题在 caption 里，另有 colgroup", text: replace("<table>", "<table><caption>低保花名册</caption><colgroup><col><col></colgroup>")},
		{name: "网页前有空行", formats: html, what: "标签前面有空行和标记", text: func(s string) string { return "\ufeff\r\n\r\n  " + s }},
	}
}
