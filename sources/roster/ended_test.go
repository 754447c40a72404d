package roster

import "testing"

// TestListsOfTheEnded: who stands in a list of those whose benefit has ended is not in force,
// unless his own row says so; a list of several kinds tells nothing.
func TestListsOfTheEnded(t *testing.T) {
	for _, c := range []struct{ kind, path, sheet, want string }{
		{"dibao", "低保.xlsx", "停保", "停保 false; 在保 true"},
		{"dibao", "低保6月停保名单.csv", "", "停保 false; 在保 true"},
		{"dibao", "低保.xlsx", "停保对象2021年6月", "停保 false; 在保 true"},
		{"tekun", "特困退出人员花名册.xlsx", "Sheet1", "退出 false; 在保 true"},
		{"dibao", "低保.xlsx", "死亡", "死亡 false; 在保 true"},
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
		rows, _, _ := load(t, c.kind, Options{Path: c.path}, grid(c.sheet, "镇|户编号|姓名|身份证号|户类型|人员状态|状态\na|1|甲|"+idA+"|脱贫户||\na|2|乙|"+idB+"|脱贫户|在保|在保"))
		expect(t, c.path+" "+c.sheet, pick(rows, "status", "in_force"), c.want)
	}
}
