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
