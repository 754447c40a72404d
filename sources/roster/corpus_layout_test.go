package roster_test

import (
	"fmt"
	"slices"
	"strings"

	"hedui/sources/roster"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

var (
	merging = []string{"XLSX", "XLS", "HTML", "ODS", "XML"} // formats that know merged cells and hidden rows
	books   = []string{"XLSX", "XLS", "XLS 95", "ODS", "XML"}
)

func titles(n int) []tabletest.Row {
	return []tabletest.Row{
		tabletest.Texts("承德高新区2021年农村低保对象花名册"), tabletest.Texts("单位（盖章）：上板城镇人民政府", "", "", "填报日期：2021年6月1日"),
		tabletest.Texts("说明：本表一式三份，镇、区、市各存一份"), tabletest.Texts("填报要求：按户填报，不得漏户漏人"), tabletest.Texts("", "", "", "", "", "", "", "", "单位：元、人"),
	}[:n]
}

// sum is a total row: a word, and figures where it has some.
func sum(p *page, word string) tabletest.Row {
	r := tabletest.Row{Cells: make([]table.Cell, len(p.columns))}
	r.Cells[0] = tabletest.Text(word)
	r.Cells[p.at("persons_covered")] = tabletest.Number("36")
	r.Cells[p.at("amount")] = tabletest.Number("52817.5")
	return r
}

// above the header and under the table.
func damagedEnds() []damage {
	return []damage{
		{name: "一行标题", formats: every, what: "表头上方有标题", page: func(p *page) { p.above(titles(1)...) }},
		{name: "五行标题和说明", formats: every, what: "表头上方有五行", page: func(p *page) { p.above(titles(5)...) }},
		{name: "合并的标题", formats: merging, what: "标题合并了整行", page: func(p *page) {
			p.above(titles(2)...)
			p.merges = append(p.merges, table.Range{Row0: 1, Col0: 0, Row1: 1, Col1: len(p.columns) - 1})
		}},
		{name: "表头前有空行", formats: every, what: "标题与表头之间有空行", page: func(p *page) { p.above(titles(1)[0], tabletest.Row{}, tabletest.Row{}) }},
		{name: "左边有空列", formats: every, what: "表从第三列开始", page: func(p *page) {
			for range 2 {
				p.column(0, func(line) table.Cell { return table.Cell{} })
			}
		}},
		{name: "中间有空列", formats: every, what: "姓名前面隔一空列", page: func(p *page) {
			p.column(p.at("name"), func(line) table.Cell { return table.Cell{} })
		}},
		{name: "末尾合计", formats: every, what: "末尾有合计行", page: func(p *page) { p.under(sum(p, "合计")) }},
		{name: "开头合计", formats: every, what: "表头下面先是合计行", page: func(p *page) { p.insert(1, sum(p, "合  计")) }},
		{name: "合计带户数", formats: every, what: "合计写成“合计：14户38人”", page: func(p *page) { p.under(tabletest.Texts("合计：14户38人")) }},
		{name: "各村小计", formats: every, what: "每村之后有小计行", page: func(p *page) {
			p.breaks("village", func(at int, text string) { p.insert(at, sum(p, "小计")) })
		}},
		{name: "小计写村名", formats: every, what: "小计行写“东村小计”，写在姓名列", page: func(p *page) {
			p.breaks("village", func(at int, text string) {
				r := tabletest.Row{Cells: make([]table.Cell, len(p.columns))}
				r.Cells[p.at("name")] = tabletest.Text(text + "小计")
				p.insert(at, r)
			})
		}},
		{name: "表尾签字", formats: every, what: "末尾有填表人、审核人和联系电话", page: func(p *page) {
			p.under(tabletest.Row{}, tabletest.Texts("填表人：", "", "", "审核人：", "", "", "联系电话：0314-2000000"), tabletest.Texts("填报日期：2021年6月1日"))
		}},
		{name: "表尾说明", formats: every, what: "末尾有“注：”", page: func(p *page) { p.under(tabletest.Texts("注：1.本表由镇民政办填写；2.金额按月。")) }},
		{name: "页码行", formats: every, what: "每页末尾有“第1页 共2页”", page: func(p *page) {
			p.insert(20, tabletest.Texts("", "", "", "", "第1页 共2页"))
			p.under(tabletest.Texts("", "", "", "", "第2页 共2页"))
		}},
		{name: "合计写在姓名列", formats: every, what: "姓名列写“合计”，号码列写着人数", page: func(p *page) {
			r := sum(p, "")
			r.Cells[p.at("name")], r.Cells[p.at("id_number")] = tabletest.Text("合计"), tabletest.Text("38")
			p.under(r)
		}},
		{name: "表尾其他字样", formats: every, what: "以下空白、公示时间、监督电话、页码、打印时间", page: func(p *page) {
			p.under(tabletest.Texts("以下空白"), tabletest.Texts("经办人（签字）：　　　　负责人（签字）："), tabletest.Texts("镇长签字："), tabletest.Texts("监督举报电话：0314-2000000"),
				tabletest.Texts("公示时间：2021年6月1日至6月7日"), tabletest.Texts("第 1 页，共 2 页"), tabletest.Texts("- 1 -"), tabletest.Texts("打印时间：2021-06-01 08:30:00"))
		}},
		{name: "村间空行", formats: every, what: "各村之间有空行", page: func(p *page) {
			p.breaks("village", func(at int, _ string) { p.insert(at, tabletest.Row{}, tabletest.Row{}) })
		}},
		{name: "只有空格的行", formats: every, what: "各村之间的行里只有空格", page: func(p *page) {
			p.breaks("village", func(at int, _ string) { p.insert(at, tabletest.Texts(" ", "　", " ")) })
		}},
		{name: "村名分隔行", formats: every, what: "每村之前单独一行写村名", page: func(p *page) {
			p.breaks("village", func(at int, text string) { p.insert(at, tabletest.Texts(text)) })
		}},
		{name: "预留的序号行", formats: every, what: "表下面预先编好序号的空行", page: func(p *page) {
			numbered(p)
			for i := range 12 {
				p.under(tabletest.Row{Cells: []table.Cell{tabletest.Number(fmt.Sprint(39 + i))}})
			}
		}, aside: -12, outcome: "同完好的名册；空行计为空白"},
	}
}

func numbered(p *page) {
	p.column(0, func(l line) table.Cell {
		switch {
		case l.of == header:
			return tabletest.Text("序号")
		case l.of >= 0:
			return tabletest.Number(fmt.Sprint(l.of + 1))
		}
		return table.Cell{}
	})
}

// damagedHeads: where the header is and how many rows it has.
func damagedHeads() []damage {
	grouped := func(p *page) { // 户主信息 over two, 保障对象 over three
		group := tabletest.Row{Cells: make([]table.Cell, len(p.columns))}
		copy(group.Cells, p.lines[0].Cells)
		for from, text := range map[string]string{"head_name": "户主信息", "name": "保障对象"} {
			group.Cells[p.at(from)] = tabletest.Text(text)
			group.Cells[p.at(from)+1] = table.Cell{}
			p.merges = append(p.merges, table.Range{Row0: 1, Col0: p.at(from), Row1: 1, Col1: p.at(from) + 1})
		}
		p.rename("head_name", "姓名")
		p.rename("head_id", "身份证号")
		for i, c := range p.columns {
			if !slices.Contains([]string{"head_name", "head_id", "name", "id_number"}, c) {
				p.lines[0].Cells[i] = table.Cell{}
				p.merges = append(p.merges, table.Range{Row0: 1, Col0: i, Row1: 2, Col1: i})
			}
		}
		p.above(group)
	}
	return []damage{
		{name: "两行表头", formats: merging, what: "户主、成员的姓名和身份证号在合并的上一级表头下", page: grouped},
		{name: "三行表头", formats: merging, what: "表头三级", page: func(p *page) {
			grouped(p)
			top := tabletest.Row{Cells: make([]table.Cell, len(p.columns))}
			top.Cells[0] = tabletest.Text("家庭基本情况")
			top.Cells[p.at("category")] = tabletest.Text("保障情况")
			for i := range p.merges {
				p.merges[i].Row0++
				p.merges[i].Row1++
			}
			p.merges = append(p.merges, table.Range{Row0: 1, Col0: 0, Row1: 1, Col1: p.at("relation")}, table.Range{Row0: 1, Col0: p.at("category"), Row1: 1, Col1: len(p.columns) - 1})
			p.above(top)
		}},
		{name: "两行表头没有合并", formats: []string{"CSV", "XLS 95"}, what: "导出成文本，上级表头只在第一格", page: func(p *page) {
			grouped(p)
			p.merges = nil
		}},
		{name: "表头重复", formats: every, what: "每页重复表头", page: func(p *page) {
			for _, at := range []int{30, 20, 10} {
				p.insert(at, tabletest.Row{Cells: p.lines[0].Cells})
			}
		}},
		{name: "标题和表头重复", formats: every, what: "每页重复标题和表头", page: func(p *page) {
			p.above(titles(2)...)
			for _, at := range []int{30, 20} {
				p.insert(at, append(titles(2), tabletest.Row{Cells: p.lines[2].Cells})...)
			}
		}},
		{name: "表头下有列号", formats: every, what: "表头下面一行 1、2、3……", page: func(p *page) {
			var r tabletest.Row
			for i := range p.columns {
				r.Cells = append(r.Cells, tabletest.Number(fmt.Sprint(i+1)))
			}
			p.insert(1, r)
		}},
		{name: "表头有换行且下有字段名", formats: every, what: "表头分两行写，下面一行字段名 F1、F2……", page: func(p *page) {
			p.headers(func(text string) string { return text[:3] + "\n" + text[3:] })
			var r tabletest.Row
			for i := range p.columns {
				r.Cells = append(r.Cells, tabletest.Text(fmt.Sprintf("F%d", i+1)))
			}
			p.insert(1, r)
		}},
		{name: "表头下有空行", formats: every, what: "表头下面空一行", page: func(p *page) { p.insert(1, tabletest.Row{}) }},
		{name: "上下几张表", formats: every, what: "一张表里每镇一段，各有标题和表头", page: func(p *page) {
			head := tabletest.Row{Cells: p.lines[0].Cells}
			p.breaks("town", func(at int, text string) {
				p.insert(at, tabletest.Row{}, tabletest.Texts(text+"低保花名册"), head)
			})
		}},
		{name: "上下两张表列序不同", formats: every, what: "下一段的列次序颠倒", page: func(p *page) {
			head := tabletest.Row{Cells: slices.Clone(p.lines[0].Cells)}
			p.insert(20, tabletest.Row{}, tabletest.Texts("续表"), head)
			for _, l := range p.lines[22:] {
				slices.Reverse(l.Cells)
			}
		}},
		{name: "表头很靠下", formats: every, what: "表头在三十行文字之下", page: func(p *page) {
			for i := range 30 {
				p.above(tabletest.Texts(fmt.Sprintf("填表说明第%d条：姓名与身份证号须与户口簿一致", 30-i)))
			}
		}},
		{name: "序号列", formats: every, what: "第一列是序号", page: numbered},
		{name: "列次序颠倒", formats: every, what: "列的次序相反", page: func(p *page) {
			slices.Reverse(p.columns)
			for _, l := range p.lines {
				slices.Reverse(l.Cells)
			}
		}},
		{name: "多余的列", formats: every, what: "有名册不用的列", page: func(p *page) {
			p.column(2, func(l line) table.Cell {
				if l.of == header {
					return tabletest.Text("家庭住址")
				}
				return tabletest.Text("三组")
			})
		}, outcome: "同完好的名册；未用的列列入报告"},
		{name: "表头以外的单元格", formats: every, what: "表右侧有零星批注", page: func(p *page) {
			for i, l := range p.lines {
				if l.of%9 == 4 {
					p.lines[i].Cells = append(l.Cells, table.Cell{}, tabletest.Text("已电话核实"))
				}
			}
		}},
	}
}

// damagedBooks: what a workbook hides, spreads and merges.
func damagedBooks() []damage {
	return []damage{
		{name: "隐藏的行", formats: merging, what: "每五行隐藏一行", page: func(p *page) {
			for i := range p.lines {
				p.lines[i].Hidden = p.lines[i].of%5 == 2
			}
		}},
		{name: "划了删除线的行", formats: append([]string{"XLS 95"}, merging...), what: "每五行有一行整行划了删除线", page: func(p *page) {
			for i := 1; i < len(p.lines); i += 5 {
				for c := range p.lines[i].Cells {
					p.lines[i].Cells[c] = tabletest.Struck(p.lines[i].Cells[c])
				}
			}
		}, outcome: "同完好的名册，提示部门核对（E-SRC-23）"},
		{name: "隐藏的工作表", formats: books, what: "数据分在两张表，一张隐藏", pages: func(p *page) []*page {
			pages := p.split("town")
			pages[1].hidden = true
			return pages
		}},
		{name: "一村一表", formats: books, what: "每村一张工作表", pages: func(p *page) []*page { return bySheet(p) }},
		{name: "各表列序不同", formats: books, what: "每镇一张工作表，列序不同", pages: func(p *page) []*page {
			pages := p.split("town")
			for _, l := range pages[1].lines {
				slices.Reverse(l.Cells)
			}
			return pages
		}},
		{name: "别的救助项目另成一表", formats: books, what: "同一工作簿里有“低保边缘家庭”一张表", pages: func(p *page) []*page {
			other := &page{name: "低保边缘家庭", lines: []line{{of: none, Row: tabletest.Texts("镇", "姓名", "身份证号")}, {of: none, Row: tabletest.Texts("上板城镇", "某某", "130890199001011015")}}}
			return []*page{p, other}
		}, aside: -1, rejected: 1, outcome: "同完好的名册；边缘家庭的人拒收，并记入报告"},
		{name: "停保名单另成一表", formats: books, what: "工作表名为“退出低保人员名单”，状态没有填", pages: func(p *page) []*page {
			p.name = "退出低保人员名单"
			p.texts("status", func(string) string { return "" })
			return []*page{p}
		}, want: func(_ int, w row) { w["status"], w["in_force"] = "退出", "false" }, outcome: "不在保"},
		{name: "封面和空表", formats: books, what: "前有封面，中间有空工作表", pages: func(p *page) []*page {
			pages := p.split("town")
			cover := &page{name: "封面", lines: []line{{of: none, Row: tabletest.Texts("2021年城乡低保名册汇编")}, {of: none}, {of: none, Row: tabletest.Texts("编制单位：民政办", "2021年6月")}}}
			return slices.Insert(append(pages, &page{name: "Sheet3"}), 0, cover, &page{name: "空"})
		}},
		{name: "汇总表在前", formats: books, what: "第一张工作表是汇总数", pages: func(p *page) []*page {
			s := &page{name: "汇总", lines: []line{{of: none, Row: tabletest.Texts("各镇低保情况汇总表")}}}
			s.under(tabletest.Texts("单位", "户数", "人数", "月保障金合计"), tabletest.Texts("上板城镇", "5", "13", "7168"), tabletest.Texts("冯营子镇", "5", "16", "7528"))
			return []*page{s, p}
		}},
		{name: "合并的户", formats: merging, what: "每户的镇、村、低保证号、户主、金额各行合并", page: func(p *page) {
			for _, c := range householdColumns {
				p.runs(c, true)
			}
			p.runs("household_no", true)
		}},
		{name: "只填每户首行", formats: every, what: "每户的镇、村、低保证号、户主、金额只写在第一行", page: func(p *page) {
			for _, c := range householdColumns {
				p.runs(c, false)
			}
			p.runs("household_no", false)
		}},
		{name: "一户跨两页", formats: every, what: "只填每户首行，表头在户的中间重复", page: func(p *page) {
			head := tabletest.Row{Cells: p.lines[0].Cells}
			for _, c := range householdColumns {
				p.runs(c, false)
			}
			p.runs("household_no", false)
			for _, at := range []int{30, 24, 13, 8} {
				p.insert(at, head)
			}
		}},
		{name: "隐藏的表头", formats: merging, what: "表头行隐藏", page: func(p *page) { p.lines[0].Hidden = true }},
		{name: "合并的镇村", formats: merging, what: "镇和村跨户合并", page: func(p *page) {
			for _, column := range []string{"village", "town"} {
				mergeEqual(p, column)
			}
		}},
		{name: "合并的户有小计隔开", formats: merging, what: "户内合并，村间有小计行", page: func(p *page) {
			p.breaks("village", func(at int, _ string) { p.insert(at, sum(p, "小计")) })
			for _, c := range householdColumns {
				p.runs(c, true)
			}
			p.runs("household_no", true)
		}},
	}
}

var householdColumns = []string{"town", "village", "head_name", "head_id", "category", "tier", "persons_covered", "amount", "income_per_capita", "start_month", "last_review", "gradual_exit_until", "single_household"}

// bySheet splits a page by village; where a village comes again its sheet is of another town.
func bySheet(p *page) []*page {
	pages := p.split("village")
	for i := range pages {
		pages[i].name = fmt.Sprintf("%d.%s", i+1, pages[i].name)
	}
	return pages
}

// mergeEqual merges a column's cells where the same text stands below each other.
func mergeEqual(p *page, column string) {
	at := p.at(column)
	for from := 1; from < len(p.lines); {
		to := from
		for to+1 < len(p.lines) && p.lines[to+1].Cells[at] == p.lines[from].Cells[at] {
			to++
			p.lines[to].Cells[at] = table.Cell{}
		}
		if to > from {
			p.merges = append(p.merges, table.Range{Row0: from + 1, Col0: at, Row1: to + 1, Col1: at})
		}
		from = to + 1
	}
}

// damagedHeaders: what a column is called.
func damagedHeaders() []damage {
	all := func(to func(string) string) func(*page) { return func(p *page) { p.headers(to) } }
	between := func(with string) func(string) string {
		return func(s string) string { return strings.Join(strings.Split(s, ""), with) }
	}
	return []damage{
		{name: "别名", formats: every, what: "各列用别的叫法", page: func(p *page) {
			for column, alias := range map[string]string{"town": "所在乡镇", "village": "行政村", "household_no": "低保证编号", "head_name": "申请人姓名", "head_id": "申请人身份证号码", "name": "保障对象姓名",
				"id_number": "公民身份号码", "relation": "与户主之关系", "category": "城乡类别", "tier": "低保类型", "persons_covered": "保障人口数", "amount": "户月保障金", "income_per_capita": "年人均收入",
				"start_month": "批准年月", "last_review": "上次复核日期", "gradual_exit_until": "渐退截止年月", "single_household": "单人户施保", "status": "保障状态"} {
				p.rename(column, alias)
			}
			p.rename("town", "乡(镇)")
		}},
		{name: "表头有括注", formats: every, what: "表头写“姓名（必填）”", page: all(func(s string) string { return s + "（必填）" })},
		{name: "表头有单位", formats: every, what: "表头写“月保障金额(元/月)”", page: func(p *page) {
			p.rename("amount", "月保障金额(元/月)")
			p.rename("income_per_capita", "家庭年人均收入（元/年）")
			p.rename("persons_covered", "享受人数[人]")
		}},
		{name: "表头有换行", formats: every, what: "表头逐字换行", page: all(between("\n"))},
		{name: "表头有空格", formats: every, what: "表头字间有空格", page: all(between("  "))},
		{name: "表头有全角空格", formats: wide, what: "表头字间有全角空格和不换行空格", page: all(between("\u3000\u00a0"))},
		{name: "表头有看不见的字符", formats: wide, what: "表头前后有零宽字符", page: all(func(s string) string { return "\u200b" + s + "\ufeff" })},
		{name: "表头有星号", formats: every, what: "表头写“*姓名”", page: all(func(s string) string { return "*" + s })},
		{name: "表头有全角星号", formats: every, what: "表头写“姓名＊”", page: all(func(s string) string { return s + "＊" })},
		{name: "表头有冒号", formats: every, what: "表头写“姓名：”", page: all(func(s string) string { return s + "：" })},
		{name: "括注套括注", formats: every, what: "表头写“月保障金额(元(月))”", page: func(p *page) {
			p.rename("amount", "月保障金额(元(月))")
			p.rename("id_number", "身份证号码(18位)")
			p.rename("name", "成员姓名【必填】")
		}},
		{name: "表头有引号", formats: every, what: "表头写“‘姓名’”", page: all(func(s string) string { return "“" + s + "”" })},
		{name: "月收入", formats: every, what: "收入列为“家庭月人均收入”", page: func(p *page) { p.rename("income_per_capita", "家庭月人均收入") },
			outcome: "收入乘以 12，并注明由月收入折算", want: func(_ int, w row) {
				var yuan int
				fmt.Sscanf(w["income_per_capita"], "%d", &yuan)
				w["income_per_capita"], w["income_monthly"] = fmt.Sprintf("%d.00", yuan*12), "true"
			}},
		{name: "配置里的别名", formats: every, what: "姓名列叫“领款人”，写在 config.yaml 里", page: func(p *page) { p.rename("name", "领款人") },
			opt: func(o *roster.Options) { o.Aliases = map[string][]string{"name": {"领款人"}} }},
		{name: "表头重名", formats: every, what: "“姓名”出现两次", page: func(p *page) {
			p.column(len(p.columns), func(l line) table.Cell {
				if l.of == header {
					return tabletest.Text("姓名")
				}
				return tabletest.Text("丙丙丙")
			})
		}, outcome: "取第一列，第二列列入报告"},
		{name: "只有户主姓名", formats: every, what: "没有低保证号、户主身份证号和与户主关系，每行写着户主姓名", page: func(p *page) {
			for _, column := range []string{"household_no", "head_id", "relation"} {
				p.drop(column)
			}
		}, want: func(_ int, w row) {
			w["household_no"] = w["head_id"]
			delete(w, "head_id")
			delete(w, "relation")
		}, outcome: "同一户主名下的为一户，以户主本人的身份证号作户编号，其余同完好的名册"},
		{name: "没有低保证号", formats: every, what: "没有户的编号", page: func(p *page) { p.drop("household_no") },
			outcome: "以户主身份证号为户编号", want: func(_ int, w row) { w["household_no"] = w["head_id"] }},
		{name: "只有户主", formats: every, what: "没有成员的姓名和身份证号，一户一行", page: func(p *page) {
			p.lines = slices.DeleteFunc(p.lines, func(l line) bool { return l.of >= 0 && l.Cells[p.at("relation")].Text != "户主" })
			p.drop("name")
			p.drop("id_number")
		}, outcome: "每户读出户主一人"},
	}
}
