package roster_test

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// household gathers the lines of each household into its head's: seat writes the
// other members behind the head's cells, their columns named by heads.
func household(p *page, heads []string, seat func(members []line) []table.Cell) {
	at := p.at("relation")
	var lines []line
	for _, l := range p.lines {
		if l.of >= 0 && l.Cells[at].Text != "户主" {
			head := &lines[len(lines)-1]
			head.members = append(head.members, l)
			continue
		}
		lines = append(lines, l)
	}
	for i := range lines {
		if lines[i].of == header {
			lines[i].Cells = append(lines[i].Cells, tabletest.Texts(heads...).Cells...)
		} else {
			lines[i].Cells = append(lines[i].Cells, seat(lines[i].members)...)
		}
	}
	p.lines = lines
	for range heads {
		p.columns = append(p.columns, "")
	}
	for _, column := range []string{"name", "id_number", "relation"} {
		p.drop(column)
	}
}

// seats writes each member into columns of their own.
func seats(heads ...string) func(*page) {
	return func(p *page) {
		name, id, relation := p.at("name"), p.at("id_number"), p.at("relation")
		household(p, heads, func(members []line) []table.Cell {
			cells := make([]table.Cell, 0, len(heads))
			for _, m := range members {
				cells = append(cells, m.Cells[name], m.Cells[id], m.Cells[relation])
			}
			return append(cells, make([]table.Cell, len(heads)-len(cells))...)
		})
	}
}

func seatHeads(name, id, relation string) (heads []string) {
	for i := range 4 {
		heads = append(heads, fmt.Sprintf(name, i+1), fmt.Sprintf(id, i+1), fmt.Sprintf(relation, i+1))
	}
	return heads
}

// lists writes all members into one cell each of names, numbers and relations.
func lists(mark string) func(*page) {
	return func(p *page) {
		columns := []int{p.at("name"), p.at("id_number"), p.at("relation")}
		household(p, []string{"其他家庭成员姓名", "其他家庭成员身份证号", "其他家庭成员与户主关系"}, func(members []line) []table.Cell {
			var cells []table.Cell
			for _, at := range columns {
				var texts []string
				for _, m := range members {
					texts = append(texts, m.Cells[at].Text)
				}
				cells = append(cells, tabletest.Text(strings.Join(texts, mark)))
			}
			return cells
		})
	}
}

func damagedHouseholds() []damage {
	seated := "一户一行读成一人一行，行号相同"
	return []damage{
		{name: "成员在重复的列里", formats: every, what: "一户一行，其他家庭成员姓名1、身份证号1……", page: seats(seatHeads("其他家庭成员姓名%d", "身份证号%d", "与户主关系%d")...), outcome: seated},
		{name: "成员一、成员二", formats: common, what: "一户一行，成员1姓名、成员1身份证号……", page: seats(seatHeads("成员%d姓名", "成员%d身份证号", "成员%d与户主关系")...), outcome: seated},
		{name: "成员的列没有编号", formats: common, what: "一户一行，成员姓名、身份证号重复四次", page: seats(seatHeads("成员姓名%.0d", "身份证号%.0d", "与户主关系%.0d")...), outcome: seated},
		{name: "成员用顿号", formats: every, what: "成员写在一格里：张三、李四", page: lists("、"), outcome: seated},
		{name: "成员用逗号", formats: common, what: "成员写在一格里，用全角逗号", page: lists("，"), outcome: seated},
		{name: "成员用斜线", formats: common, what: "成员写在一格里，用斜线", page: lists("/"), outcome: seated},
		{name: "成员分行", formats: every, what: "成员写在一格里，一人一行", page: lists("\n"), outcome: seated},
	}
}

// packed puts each page into a file of its own in a ZIP.
func packed(name string, write func(tabletest.Book) []byte, more ...tabletest.Part) func(tabletest.Book) []byte {
	return func(b tabletest.Book) []byte {
		parts := slices.Clone(more)
		for _, s := range b.Sheets {
			parts = append(parts, tabletest.Part{Name: fmt.Sprintf(name, s.Name), Content: string(write(tabletest.Book{Sheets: []tabletest.Sheet{s}}))})
		}
		return tabletest.ZIP(parts...)
	}
}

func byTown(p *page) []*page { return p.split("town") }

func damagedPackets() []damage {
	zips := []string{"ZIP"}
	office := packed("%s.csv", formats["CSV"].write)
	return []damage{
		{name: "压缩的 CSV", formats: zips, what: "CSV 放在 ZIP 里", write: packed("%s.csv", formats["CSV"].write)},
		{name: "压缩的工作簿", formats: zips, what: "XLSX 放在 ZIP 里", write: packed("%s.xlsx", tabletest.XLSX)},
		{name: "一镇一个文件", formats: zips, what: "每镇一个 XLS，放在一个 ZIP 里", pages: byTown, write: packed("城乡低保/%s.xls", tabletest.XLS)},
		{name: "夹着文档的压缩包", formats: zips, what: "ZIP 里还有说明和锁文件", pages: byTown, outcome: "同完好的名册；不是表格的列入报告",
			write: packed("%s.ods", tabletest.ODS, tabletest.Part{Name: "说明.pdf", Content: "%PDF-1.4\n" + strings.Repeat("\x81\x03\xff\x00\x07", 400)}, tabletest.Part{Name: "~$低保.xlsx", Content: "x"}, tabletest.Part{Name: "__MACOSX/._低保.xlsx", Content: "\x00\x05\x16\x07"})},
		{name: "GBK 文件名的压缩包", formats: zips, what: "ZIP 里的文件名为 GBK 编码", write: packed(string(tabletest.Encode("低保", simplifiedchinese.GBK))+"%.0s.csv", formats["CSV"].write)},
		{name: "压缩包里的压缩包", formats: zips, what: "ZIP 里还有 ZIP", pages: byTown, write: packed("%s.zip", office)},
		{name: "压缩包名为 xlsx", formats: zips, what: "ZIP 名为 名册.xlsx", file: "名册.xlsx", write: office},
	}
}
