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
}
