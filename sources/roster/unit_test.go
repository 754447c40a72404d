package roster

import "testing"

// TestUnits: a household's sum is not a member's share, and a line above the table tells the
// unit of every amount whose header tells none.
func TestUnits(t *testing.T) {
	for _, header := range []string{"保障金额（人均）", "享受金额（元/人）", "享受金额（1-6月）", "保障金额（补发）", "保障金额（扣发）", "保障金额（拟调整）", "保障金额（累计）", "享受金额（2021年1月至6月）", "保障金额（元/人·月）"} {
		rows, _, reports := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|"+header+"\na|甲|"+idA+"|442"))
		expect(t, header, pick(rows, "amount"), "∅")
		expect(t, header, reports[0].Unmatched, "["+header+"]")
	}
	for header, income := range map[string]string{"家庭人均收入（近6个月）": "2400", "家庭人均收入（元/季度）": "1200", "家庭人均收入（元/月）": "400", "家庭人均收入（前三季度）": "3600", "家庭人均收入（1-6月）": "2400", "家庭人均收入（2021年1月至3月）": "1200"} {
		rows, _, _ := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|"+header+"\na|甲|"+idA+"|"+income))
		expect(t, header, pick(rows, "income_per_capita", "income_monthly"), "4800.00 true")
	}
	for _, header := range []string{"家庭人均收入（近十二个月）", "家庭人均收入（截至三季度）", "家庭人均收入（九月底）", "家庭人均收入（2020年1-12月）"} {
		rows, _, _ := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|"+header+"\na|甲|"+idA+"|4800"))
		expect(t, header, pick(rows, "income_per_capita", "income_monthly"), "4800.00 false")
	}
	rows, _, _ := load(t, "registered_poor", Options{}, grid("", "防返贫监测名册\n单位：承德高新区\n单位：万元|||||\n镇|户编号|姓名|身份证号|户类型|人均纯收入\na|1|甲|"+idA+"|脱贫户|1.35"))
	expect(t, "万元 above", pick(rows, "income_per_capita"), "13500.00")
	rows, _, _ = load(t, "registered_poor", Options{}, grid("", "单位：万元|||||\n镇|户编号|姓名|身份证号|户类型|人均纯收入（元）\na|1|甲|"+idA+"|脱贫户|13500"))
	expect(t, "the header's own goes first", pick(rows, "income_per_capita"), "13500.00")
	for _, line := range []string{"单位：人民币万元", "单位：户、人、万元", "（单位：人、万元）"} {
		rows, _, _ := load(t, "registered_poor", Options{}, grid("", line+"|||||\n镇|户编号|姓名|身份证号|户类型|人均纯收入\na|1|甲|"+idA+"|脱贫户|1.35"))
		expect(t, line, pick(rows, "income_per_capita"), "13500.00")
	}
}

// A unit in the row under the header, or in the brackets of a group above it, is the column's; of the
// header's own nothing is taken away.
func TestUnitsBesideTheHeader(t *testing.T) {
	for unit, want := range map[string]string{
		"（万元）": "1200.00 false", "万元": "1200.00 false", "(单位：万元)": "1200.00 false", "元/月": "1.44 true", "（元/月）": "1.44 true", "元/季": "0.48 true", "（元）": "0.12 false", "元/人·年": "0.12 false",
	} {
		rows, rejects, _ := load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型|人均纯收入\n|||||"+unit+"\na|1|甲|"+idA+"|脱贫户|0.12"))
		expect(t, unit, pick(rows, "income_per_capita", "income_monthly"), want)
		expect(t, unit, len(rejects), 0)
	}
	for group, want := range map[string]string{"收入情况（万元）": "1200.00 false", "收入（元/月）": "1.44 true", "收入（2021年5月）": "0.12 false", "收入月报（内部）": "0.12 false"} {
		rows, _, _ := load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型|"+group+"|\n|||||家庭人均纯收入|工资性收入\na|1|甲|"+idA+"|脱贫户|0.12|3"))
		expect(t, group, pick(rows, "income_per_capita", "income_monthly"), want)
	}
	rows, _, _ := load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型|人均纯收入（元）\n|||||（万元）\na|1|甲|"+idA+"|脱贫户|1200"))
	expect(t, "the header's own goes first", pick(rows, "income_per_capita"), "1200.00")
	rows, _, _ = load(t, "registered_poor", Options{}, grid("", "单位：万元|||||\n镇|户编号|姓名|身份证号|户类型|人均纯收入\n|||||（元）\na|1|甲|"+idA+"|脱贫户|1200"))
	expect(t, "nearer than the line above", pick(rows, "income_per_capita"), "1200.00")
}
