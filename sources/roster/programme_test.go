package roster

import (
	"strings"
	"testing"
)

// TestOtherProgrammes: a sheet's, a file's or a title's name that tells of another programme, or of
// people to whom this one was not granted, and not of this one, is no list of this roster.
func TestOtherProgrammes(t *testing.T) {
	for _, c := range []struct {
		kind, path, sheet, title string
		left                     bool
	}{
		{"dibao", "民政低保台账.xlsx", "低保", "", false},
		{"dibao", "民政低保台账.xlsx", "低保边缘家庭", "", true},
		{"dibao", "民政低保台账.xlsx", "特困", "", true},
		{"dibao", "民政低保台账.xlsx", "特困人员（分散供养）", "", true},
		{"dibao", "民政低保台账.xlsx", "临时救助", "", true},
		{"dibao", "民政低保台账.xlsx", "支出型困难家庭", "", true},
		{"dibao", "民政低保台账.xlsx", "孤儿", "", true},
		{"dibao", "民政低保台账.xlsx", "残疾人", "", false}, // a class of its own people
		{"dibao", "民政低保台账.xlsx", "建档立卡户", "", false},
		{"dibao", "民政低保台账.xlsx", "特困户", "", false},
		{"dibao", "民政低保台账.xlsx", "边缘易致贫户", "", false},
		{"dibao", "低保边缘家庭名册.xlsx", "Sheet1", "", true},
		{"dibao", "低保边缘家庭名册.xlsx", "低保", "", false},
		{"dibao", "低保边缘家庭名册.xlsx", "Sheet1", "上板城镇农村低保花名册", false},
		{"dibao", "低保申请不予批准名单.xlsx", "Sheet1", "", true},
		{"dibao", "6月拟新增低保公示.xlsx", "Sheet1", "", true},
		{"dibao", "低保家庭新增申请公示.xlsx", "Sheet1", "", true},
		{"dibao", "6月低保公示.xlsx", "Sheet1", "", false},
		{"dibao", "低保申请人信息.xlsx", "Sheet1", "", false},
		{"dibao", "拟取消低保名单.xlsx", "Sheet1", "", false},
		{"dibao", "低保申请退出.xlsx", "Sheet1", "", false},
		{"dibao", "低保在保及拟新增.xlsx", "Sheet1", "", false},
		{"dibao", "低保特困花名册.xlsx", "Sheet1", "", false},
		{"dibao", "城乡低保边缘及低保.xlsx", "Sheet1", "", false},
		{"dibao", "社会救助台账.xlsx", "Sheet1", "上板城镇特困人员花名册", true},
		{"dibao", "社会救助台账.xlsx", "Sheet1", "上板城镇特困人员", true},
		{"dibao", "社会救助台账.xlsx", "特困", "上板城镇低保花名册", true}, // last month's title
		{"dibao", "社会救助台账.xlsx", "Sheet1", "注：本表不含特困人员", false},
		{"tekun", "民政台账.xlsx", "低保", "", true},
		{"tekun", "民政台账.xlsx", "五保", "", false},
		{"tekun", "民政台账.xlsx", "集中供养", "", false},
		{"tekun", "特困供养申请名单.xlsx", "Sheet1", "", false},
		{"tekun", "拟纳入特困公示.xlsx", "Sheet1", "", true},
		{"registered_poor", "建档立卡.xlsx", "低保边缘家庭", "", false},
		{"registered_poor", "建档立卡.xlsx", "边缘户", "", false},
		{"registered_poor", "拟纳入监测对象公示.xlsx", "", "", true},
		{"registered_poor", "拟消除风险监测对象.xlsx", "", "", false},
		{"medical_aid", "医保.xlsx", "低保对象参保名单", "", false},
		{"medical_aid", "医保.xlsx", "特困", "", false},
		{"school", "资助.xlsx", "低保", "", false},
		{"disability", "残疾人两项补贴名单.xlsx", "", "", false},
		{"disability", "台账.xlsx", "低保残疾人", "", false},
		{"disability", "残疾人.xlsx", "低保", "", true},
		{"temporary_aid", "社会救助台账.xlsx", "低保", "", true},
		{"temporary_aid", "临时救助不予批准名单.xlsx", "", "", true},
	} {
		own := map[string]string{"registered_poor": "户编号|户类型", "school": "学校|年级"}[c.kind]
		if own == "" {
			own = "村|备注"
		}
		what := c.kind + " " + c.path + " " + c.sheet + " " + c.title
		rows, rejects, reports := load(t, c.kind, Options{Path: c.path}, grid(c.sheet, c.title+"\n镇|姓名|身份证号|"+own+"\na|甲|"+idA+"|1|脱贫户\n合计"))
		expect(t, what, len(rows) == 0, c.left)
		expect(t, what+": told", strings.Contains(reports[0].Note, ElsewhereMark), c.left)
		if c.left {
			expect(t, what+": rejects", pick(rejects, "code"), "R-03")
		}
	}
}

// TestOtherTables: what another programme's table lacks, or has, is no fault of the roster's file.
func TestOtherTables(t *testing.T) {
	own := grid("低保", "镇|姓名|身份证号|档次\na|甲|"+idA+"|A")
	for _, sheet := range []string{
		"镇|姓名|身份证号|供养方式|自理能力\na|乙|" + idB + "|分散|全自理",
		"姓名|身份证号|金额\n乙|" + idB + "|1",
		"镇|姓名|身份证号|保障金额|享受金额\na|乙|" + idB + "|1|2",
		"镇|姓名|身份证号|姓名|身份证号\na|乙|" + idB + "|丙|" + idC,
	} {
		rows, rejects, _ := load(t, "dibao", Options{Path: "台账.xlsx"}, own, grid("特困", sheet))
		expect(t, sheet, pick(rows, "name")+"; "+pick(rejects, "sheet", "code"), "甲; 特困 R-03")
	}
}

// TestOtherSections: a heading within the sheet or a second table's title says it of the rows below,
// a column of programmes of its own row and of what goes on there.
func TestOtherSections(t *testing.T) {
	const header = "镇|低保证号|姓名|身份证号|月保障金额|救助类型\n"
	row := func(name, id, programme string) string { return "a||" + name + "|" + id + "|1|" + programme + "\n" }
	for _, c := range []struct{ text, want string }{
		{header + "一、农村低保对象\n" + row("甲", idA, "") + "二、特困供养人员\n" + row("乙", idB, "") + "三、低保边缘家庭（1户）\n" + row("丙", idC, ""), "甲"},
		{header + "二、特困供养人员\n(一)东村\n" + row("甲", idA, "") + "三、其他\n" + row("乙", idB, ""), "乙"},
		{header + row("甲", idA, "") + "||特困人员\n" + row("乙", idB, "") + "||低保对象\n" + row("丙", idC, ""), "甲; 丙"},
		{header + row("甲", idA, "") + "特困人员名册\n镇|姓名|身份证号|供养方式|自理能力\na|乙|" + idB + "|分散|全自理", "甲"},
		{header + row("甲", idA, "农村低保") + row("乙", idB, "特困") + row("丙", idC, "低保边缘户"), "甲"},
		{header + row("甲", idA, "临时救助") + row("乙", idB, "低保转特困") + row("丙", idC, "重病"), "乙; 丙"},
		{header + "a|1|甲|" + idA + "|1|低保边缘\n||乙|" + idB + "\na|2|丙|" + idC + "|1|", "丙"},
		{"低保户|||特困人员||\n镇|姓名|身份证号|镇|姓名|身份证号\na|甲|" + idA + "|a|乙|" + idB, "甲"},
	} {
		rows, _, _ := load(t, "dibao", Options{Path: "台账.xlsx"}, grid("", c.text))
		expect(t, c.text, pick(rows, "name"), c.want)
	}
}
