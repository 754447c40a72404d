package roster

import (
	"strings"
	"testing"
)

// TestListsOfTheEnded: who stands in a list of those whose benefit has ended is not in force,
// unless his own row says so; a list of several kinds tells nothing.
func TestListsOfTheEnded(t *testing.T) {
	for _, c := range []struct{ kind, path, sheet, want string }{
		{"dibao", "低保.xlsx", "停保", "停保 false; 在保 true"},
		{"dibao", "低保6月停保名单.csv", "", "停保 false; 在保 true"},
		{"dibao", "低保.xlsx", "停保对象2021年6月", "停保 false; 在保 true"},
		{"tekun", "特困退出人员花名册.xlsx", "Sheet1", "退出 false; 在保 true"},
		{"dibao", "低保.xlsx", "死亡", "死亡 false; 在保 true"},
		{"dibao", "低保名册含停发人员.csv", "", "∅ true; 在保 true"},
		{"dibao", "6月低保含死亡.csv", "", "∅ true; 在保 true"},
		{"dibao", "低保.xlsx", "包括停发", "∅ true; 在保 true"},
		{"dibao", "低保.xlsx", "申请退出", "∅ true; 在保 true"},
		{"dibao", "低保.xlsx", "不在保", "不在保 false; 在保 true"},
		{"dibao", "低保.xlsx", "已取消对象", "取消 false; 在保 true"},
		{"dibao", "低保停保名单.xlsx", "在保", "∅ true; 在保 true"},
		{"dibao", "低保新增及停保名单.xlsx", "Sheet1", "∅ true; 在保 true"},
		{"dibao", "低保.xlsx", "收入减少户", "∅ true; 在保 true"},
		{"dibao", "低保停保核查.xlsx", "Sheet1", "∅ true; 在保 true"},
		{"dibao", "低保未停保.xlsx", "", "∅ true; 在保 true"},
		{"dibao", "低保名册剔除死亡.xlsx", "", "∅ true; 在保 true"},
		{"dibao", "低保名册已清理死亡人员.xlsx", "", "∅ true; 在保 true"},
		{"dibao", "低保拟清退名单.xlsx", "", "∅ true; 在保 true"},
		{"dibao", "低保疑似死亡人员名单.xlsx", "", "∅ true; 在保 true"},
		{"dibao", "低保停保.xlsx", "正常", "∅ true; 在保 true"},
		{"registered_poor", "建档立卡退出户名册.xlsx", "Sheet1", "∅ true; 在保 true"},
	} {
		own := "备注|说明"
		if c.kind == "registered_poor" {
			own = "户类型|人员状态"
		}
		rows, _, reports := load(t, c.kind, Options{Path: c.path}, grid(c.sheet, "镇|户编号|姓名|身份证号|"+own+"|状态\na|1|甲|"+idA+"|脱贫户||\na|2|乙|"+idB+"|脱贫户|在保|在保"))
		expect(t, c.path+" "+c.sheet, pick(rows, "status", "in_force"), c.want)
		expect(t, c.path+" "+c.sheet+": told", strings.Contains(reports[0].Note, "1 人没有写状态"), strings.Contains(c.want, "false"))
	}
}

// TestSectionsOfTheEnded: a heading within the sheet, or its title, says the same of the rows
// below it, up to the next of its kind; a village's heading changes nothing.
func TestSectionsOfTheEnded(t *testing.T) {
	row := func(name, id string) string { return "\na|1|" + name + "|" + id + "|" }
	const header = "\n镇|户编号|姓名|身份证号|状态"
	for _, c := range []struct{ sheet, text, want string }{
		{"", "\n" + header + "\n一、在保对象||||" + row("甲", idA) + "\n二、停保对象（1户）||||" + row("乙", idB) + "\n三、其他||||" + row("丙", idC), "甲 true; 乙 false; 丙 true"},
		{"", header + row("甲", idA) + "\n以下为停保人员：||||" + row("乙", idB) + "\n以下为恢复人员||||" + row("丙", idC), "甲 true; 乙 false; 丙 true"},
		{"", header + row("甲", idA) + "\n||停保对象||" + row("乙", idB) + "\n||在保对象||" + row("丙", idC), "甲 true; 乙 false; 丙 true"},
		{"", header + row("甲", idA) + "\n二、停保对象2户3人||||\n(一)东村||||" + row("乙", idB) + "\n西村（1户）||||" + row("丙", idC), "甲 true; 乙 false; 丙 false"},
		{"", header + row("甲", idA) + "\n二、停保对象||||" + row("乙", idB) + "在保" + "\n三、拟停保对象||||" + row("丙", idC), "甲 true; 乙 true; 丙 true"},
		{"", "上板城镇2021年6月农村低保停保人员花名册||||" + header + row("甲", idA) + "\n一、东村||||" + row("乙", idB), "甲 false; 乙 false"},
		{"", "上板城镇2021年6月农村低保对象花名册||||" + header + row("甲", idA), "甲 true"},
		{"", "注：标红的为停保人员||||\n含停保人员名单||||" + header + row("甲", idA) + "\n备注：黄色是停保对象||||" + row("乙", idB), "甲 true; 乙 true"},
		{"", "上板城镇低保新增停保人员花名册||||" + header + row("甲", idA), "甲 true"},
		{"停保", "上板城镇低保在保对象花名册||||" + header + row("甲", idA) + "\n二、在保对象||||" + row("乙", idB), "甲 false; 乙 true"},
	} {
		rows, rejects, _ := load(t, "dibao", Options{Path: "低保.xlsx"}, grid(c.sheet, strings.TrimPrefix(c.text, "\n")))
		expect(t, c.text, pick(rows, "name", "in_force"), c.want)
		expect(t, c.text+": rejects", len(rejects), "0")
	}
}
