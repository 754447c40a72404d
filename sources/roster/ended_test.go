package roster

import (
	"strconv"
	"strings"
	"testing"
	"time"
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
		{"registered_poor", "建档立卡.xlsx", "自然减少人员", "自然减少 false; 在保 true"},
		{"registered_poor", "建档立卡.xlsx", "收入减少户", "∅ true; 在保 true"},
		{"dibao", "低保.xlsx", "退出低保人员名单", "退出 false; 在保 true"},
		{"dibao", "低保.xlsx", "取消低保人员名单", "取消 false; 在保 true"},
		{"dibao", "低保.xlsx", "停保低保户名单", "停保 false; 在保 true"},
		{"dibao", "低保.xlsx", "停发低保金人员", "停发 false; 在保 true"},
		{"dibao", "低保.xlsx", "死亡低保对象", "死亡 false; 在保 true"},
		{"dibao", "低保.xlsx", "低保死亡减少人员", "死亡减少 false; 在保 true"},
		{"dibao", "低保.xlsx", "退保情况", "退保 false; 在保 true"},
		{"dibao", "低保.xlsx", "不再享受低保人员名单", "不再享受 false; 在保 true"},
		{"dibao", "低保.xlsx", "户主死亡低保户", "∅ true; 在保 true"},
		{"dibao", "低保.xlsx", "享受低保人员名单", "∅ true; 在保 true"},
		{"dibao", "拟取消低保人员名单.xlsx", "Sheet1", "∅ true; 在保 true"},
		{"tekun", "特困.xlsx", "注销特困人员名单", "注销 false; 在保 true"},
		{"tekun", "特困.xlsx", "死亡特困供养对象", "死亡 false; 在保 true"},
		{"tekun", "特困.xlsx", "停供特困人员", "停供 false; 在保 true"},
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

// TestOtherListsOfTheEnded: of certificates, pupils and the uninsured a list's name says the same.
func TestOtherListsOfTheEnded(t *testing.T) {
	for _, c := range []struct{ kind, sheet, header, column, want string }{
		{"disability", "注销残疾人", "残疾等级", "in_force", "false"},
		{"disability", "死亡注销残疾人名单", "残疾等级", "in_force", "false"},
		{"disability", "残疾证注销人员", "残疾等级", "in_force", "false"},
		{"disability", "取消残疾人两项补贴名单", "残疾等级", "in_force", "true"},
		{"school", "辍学学生", "学校", "enrolment", "辍学"},
		{"school", "防辍学学生", "学校", "enrolment", "∅"},
		{"school", "劝返辍学学生名单", "学校", "enrolment", "∅"},
		{"school", "2021年辍学学生名单", "学校|就读状态", "enrolment", "在校"},
		{"medical_aid", "未参保人员名单", "病种", "insured", "否"},
		{"medical_aid", "已参保", "病种", "insured", "∅"},
		{"medical_aid", "未参保", "病种|是否参保", "insured", "是"},
	} {
		answer := map[string]string{"school": "在校", "medical_aid": "是"}[c.kind]
		rows, _, reports := load(t, c.kind, Options{}, grid(c.sheet, "镇|姓名|身份证号|"+c.header+"\na|甲|"+idA+"|1|"+answer))
		expect(t, c.kind+" "+c.sheet, pick(rows, c.column), c.want)
		if _, told := reports[0].Matched[c.column]; c.kind == "medical_aid" && told != (c.want != "∅") {
			t.Errorf("%s: matched %v", c.sheet, reports[0].Matched)
		}
	}
}

// TestColumnsOfTheEnded: of two lists side by side each has its own title.
func TestColumnsOfTheEnded(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{}, grid("", "在保人员||||停保人员\n镇|低保证号|姓名|身份证号|镇|低保证号|姓名|身份证号\na|1|甲|"+idA+"|a|2|乙|"+idB+"\na|3|丙|"+idC))
	expect(t, "in force", pick(rows, "name", "in_force"), "甲 true; 乙 false; 丙 true")
}

// TestDaysOfTheEnd: a day on which it ended says that it ended, if the row says nothing else and
// the day has come.
func TestDaysOfTheEnd(t *testing.T) {
	asOf := time.Date(2021, 6, 10, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct{ kind, header, cell, want string }{
		{"dibao", "停保时间", "2021-03", "停保时间：2021-03 false 0"},
		{"dibao", "停保时间", "#44256", "停保时间：44256 false 0"},
		{"dibao", "停保时间", "2021年6月10日", "停保时间：2021年6月10日 false 0"},
		{"dibao", "停保时间", "2021-07", "∅ true 1"},
		{"dibao", "停保时间", "长期", "∅ true 0"},
		{"dibao", "停保时间", "—", "∅ true 0"},
		{"dibao", "停保时间", "否", "∅ true 0"},
		{"dibao", "停保时间", "已停保", "停保时间：已停保 false 0"},
		{"dibao", "停保时间", "见附件", "∅ true 1"},
		{"dibao", "停保时间|状态", "2021-03|在保", "在保 true 0"},
		{"dibao", "停保时间|停保原因", "2021-07|收入增加", "∅ true 1"},
		{"tekun", "终止供养时间|死亡日期", "2021.4|2021.3.8", "死亡日期：2021.3.8 false 0"},
		{"disability", "注销日期|是否注销", "2021-02-01|是", "注销 false 0"},
		{"disability", "注销日期", "2021-02-01", "注销日期：2021-02-01 false 0"},
		{"registered_poor", "自然减少时间", "2021.3", "自然减少时间：2021.3 false 0"},
	} {
		own := map[string]string{"disability": "残疾等级", "registered_poor": "户编号|户类型"}[c.kind]
		rows, _, reports := load(t, c.kind, Options{AsOf: asOf}, grid("", "镇|姓名|身份证号|"+c.header+"|"+own+"\na|甲|"+idA+"|"+c.cell+"|1|脱贫户"))
		status := "status"
		if c.kind == "disability" {
			status = "cert_status"
		}
		expect(t, c.kind+" "+c.header+" "+c.cell, strings.TrimSpace(pick(rows, status, "in_force"))+" "+strconv.Itoa(reports[0].Faults[status]), c.want)
		expect(t, c.header+": matched", reports[0].Matched[status] != "", true)
	}
	rows, _, _ := load(t, "dibao", Options{AsOf: asOf}, grid("", "镇|低保证号|姓名|身份证号|停保时间\na|1|甲|"+idA+"|2021-03\na|1|乙|"+idB+"\na|2|丙|"+idC, down(4, 2, 3)))
	expect(t, "merged over a household", pick(rows, "name", "in_force"), "甲 false; 乙 false; 丙 true")
}

// TestHeadersOfTheEnd: what a row says of its standing under other headers than 状态.
func TestHeadersOfTheEnd(t *testing.T) {
	for _, c := range []struct{ kind, header, cell, column, want string }{
		{"dibao", "是否享受低保", "否", "in_force", "false"},
		{"dibao", "是否享受低保", "是", "in_force", "true"},
		{"dibao", "是否享受低保", "", "in_force", "true"},
		{"dibao", "是否停发", "是", "in_force", "false"},
		{"dibao", "发放状态", "暂停发放", "in_force", "false"},
		{"dibao", "发放状态", "发放失败", "in_force", "true"},
		{"tekun", "发放状态", "停发", "in_force", "false"},
		{"tekun", "发放状态", "已发放", "in_force", "true"},
		{"tekun", "是否保障对象", "否", "in_force", "false"},
		{"tekun", "是否停发", "是", "in_force", "false"},
		{"tekun", "是否停发", "否", "in_force", "true"},
		{"disability", "是否注销", "是", "in_force", "false"},
		{"disability", "是否注销", "否", "in_force", "true"},
		{"registered_poor", "自然减少原因", "死亡", "in_force", "false"},
		{"registered_poor", "自然减少原因", "无", "in_force", "true"},
		{"school", "是否辍学", "是", "enrolment", "辍学"},
		{"school", "是否辍学", "否", "enrolment", "在校"},
		{"school", "是否在校", "否", "enrolment", "辍学"},
		{"school", "是否辍学", "", "enrolment", "∅"},
	} {
		own := map[string]string{"disability": "残疾等级", "registered_poor": "户编号|户类型", "school": "学校"}[c.kind]
		rows, _, _ := load(t, c.kind, Options{}, grid("", "镇|姓名|身份证号|"+c.header+"|"+own+"\na|甲|"+idA+"|"+c.cell+"|1|脱贫户"))
		expect(t, c.kind+" "+c.header+" "+c.cell, pick(rows, c.column), c.want)
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
		{"", "低保注销人员名单||||" + header + row("甲", idA) + "\n二、在保对象||||" + row("乙", idB) + "\n三、注销对象||||" + row("丙", idC), "甲 false; 乙 true; 丙 false"},
		{"停保", "上板城镇低保在保对象花名册||||" + header + row("甲", idA) + "\n二、在保对象||||" + row("乙", idB), "甲 false; 乙 true"},
	} {
		rows, rejects, _ := load(t, "dibao", Options{Path: "低保.xlsx"}, grid(c.sheet, strings.TrimPrefix(c.text, "\n")))
		expect(t, c.text, pick(rows, "name", "in_force"), c.want)
		expect(t, c.text+": rejects", len(rejects), "0")
	}
}
