package roster

import (
	"strings"
	"testing"
)

// TestBeforeAndAfter: of what was before a change and after, and of several years, the latest
// is read; what was passed over stands in the sheet's note.
func TestBeforeAndAfter(t *testing.T) {
	for headers, want := range map[string]string{
		"档次（调整前）|档次（调整后）": "C", "档次（调整后）|档次（调整前）": "A", "档次（原）|档次": "C", "原档次|档次": "C", "档次（上年）|档次（现）": "C", "档次（旧）|档次（新）": "C", "档次（上月）|保障档次": "C",
		"档次|调整后档次": "C", "调整前档次|调整后档次": "C", "档次（2019年）|档次（2020年）": "C", "档次（2020年）|档次（2019年）": "A", "档次（2021年5月）|档次（2021年4月）": "A", "档次（5月）|档次（6月）": "C",
		"档次（调整前）|备注": "A", "档次|档次": "A",
	} {
		rows, _, reports := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|"+headers+"\na|甲|"+idA+"|A|C"))
		expect(t, headers, pick(rows, "tier"), want)
		if passed := reports[0].Repeated; len(passed) > 0 {
			expect(t, headers, reports[0].Note, "表头重复，没有采用："+passed[0])
		}
	}
	rows, _, reports := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|调整前||调整后|\n|||档次|月保障金|档次|月保障金\na|甲|"+idA+"|A|442|C|300"))
	expect(t, "groups", pick(rows, "tier", "amount"), "C 300.00")
	expect(t, "groups", reports[0].Note, "表头重复，没有采用：调整前/档次、调整前/月保障金")
	rows, _, reports = load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型|人均纯收入(2018年)|人均纯收入(2019年)|人均纯收入(2020年)\na|1|甲|"+idA+"|脱贫户|3000|4000|5000"))
	expect(t, "years", pick(rows, "income_per_capita"), "5000.00")
	expect(t, "years", reports[0].Note, "表头重复，没有采用：人均纯收入(2018年)、人均纯收入(2019年)")
	rows, _, _ = load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|补发|享受金额\n|||享受金额|\na|甲|"+idA+"|1326|442"))
	expect(t, "a group of its own", pick(rows, "amount"), "442.00")
	rows, _, _ = load(t, "dibao", Options{Aliases: map[string][]string{"tier": {"档次"}}}, grid("", "镇|姓名|身份证号|档次（调整前）|档次（调整后）\na|甲|"+idA+"|A|C"))
	expect(t, "the configuration knows better", pick(rows, "tier"), "A")
}

// TestDatedHeaders: an amount may be named together with its year or month. Of several the latest
// is read, and none where a header names the amount plainly.
func TestDatedHeaders(t *testing.T) {
	for headers, want := range map[string]string{
		"2020年家庭人均纯收入": "4000.00", "2020年人均纯收入": "4000.00", "2020年度家庭人均纯收入（元）": "4000.00", "家庭人均纯收入2020年": "4000.00", "2020人均纯收入": "4000.00", "2020年人均纯收入（元/月）": "48000.00",
		"2019年人均纯收入|2020年人均纯收入": "9000.00", "2020年人均纯收入|2019年家庭人均纯收入": "4000.00", "2019年家庭人均纯收入|家庭人均纯收入2020年": "9000.00", "2019年人均纯收入|人均纯收入（2020年）": "9000.00",
		"2021年人均纯收入|人均纯收入": "9000.00", "2020年1-6月人均纯收入": "∅", "2020年家庭收入": "∅",
		"家庭人均纯收入|\n|||||2019年|2020年": "9000.00", "家庭人均纯收入|\n|||||2020|2019": "4000.00", "家庭人均纯收入||备注\n|||||2019年|2020年|\n|||||金额（元）|金额（元）": "9000.00",
	} {
		rows, _, _ := load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型|"+strings.ReplaceAll(headers, `\n`, "\n")+"\na|1|甲|"+idA+"|脱贫户|4000|9000"))
		expect(t, headers, pick(rows, "income_per_capita"), want)
	}
	for headers, want := range map[string]string{
		"保障金额||\n|||4月|5月|6月": "500.00", "保障金额||备注\n|||2021年4月|2021年3月|": "300.00", "5月保障金额|2021年6月保障金额": "400.00", "月保障金|\n|||2020年|2021年": "400.00", "2021年月保障金": "300.00",
		"2021年保障金额": "∅", "保障金额|2021年保障金额": "300.00", "保障金额|6月保障金额": "300.00",
	} {
		rows, _, _ := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|"+strings.ReplaceAll(headers, `\n`, "\n")+"\na|甲|"+idA+"|300|400|500"))
		expect(t, headers, pick(rows, "amount"), want)
	}
	rows, _, reports := load(t, "medical_aid", Options{}, grid("", "姓名|身份证号|个人自付||医疗救助金额|\n||2020年|2021年|2020年|2021年\n甲|"+idA+"|20000|300|0|100"))
	expect(t, "groups", pick(rows, "self_pay", "aid_amount"), "300.00 100.00")
	expect(t, "groups", reports[0].Note, "表头重复，没有采用：个人自付/2020年、医疗救助金额/2020年")
}
