package roster

import (
	"context"
	"strconv"
	"strings"
	"testing"
)

// Every filled cell that could not be folded is told with its place, header, text and reason.
func TestCellFaults(t *testing.T) {
	sheet := grid("东村", `
镇|姓名|身份证号|月保障金额|享受起始年月|是否单人户
上板城镇|甲一|`+idA+`|三百|2020年5月|是
上板城镇|乙二|`+idB+`|300|去年|待定
`)
	r, err := read(context.Background(), []rawSheet{sheet}, kind(t, "dibao"), Options{Path: "低保.xls"})
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, r)
	faults, err := texts(r.Faults())
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "faults", pick(faults, "path", "sheet", "row_number", "column_name", "header", "text", "reason"),
		"低保.xls 东村 2 amount 月保障金额 三百 金额无法识别; 低保.xls 东村 3 start_month 享受起始年月 去年 年月无法识别; 低保.xls 东村 3 single_household 是否单人户 待定 不是“是”或“否”")
	report := r.Sheets()[0]
	expect(t, "filled", report.Filled["amount"], 1+1) // what was not understood is no blank
	expect(t, "filled", report.Filled["single_household"], 2)
	expect(t, "filled", report.Filled["id_number"], 2)
	expect(t, "headers", strings.Join(report.Headers, "|"), "镇|姓名|身份证号|月保障金额|享受起始年月|是否单人户")
}

// A column that nobody can read does not fill the memory: all are counted, so many kept.
func TestCellFaultsAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("镇|姓名|身份证号|月保障金额\n")
	for i := range keptFaults + 5 {
		b.WriteString("上板城镇|甲" + strconv.Itoa(i) + "|" + idA + "|不明\n")
	}
	r, err := read(context.Background(), []rawSheet{grid("", b.String())}, kind(t, "dibao"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, r)
	faults, err := texts(r.Faults())
	if err != nil {
		t.Fatal(err)
	}
	expect(t, "kept", len(faults), keptFaults)
	expect(t, "counted", r.Sheets()[0].Faults["amount"], keptFaults+5)
}

// A number that Excel has destroyed is told as lost, and a sheet whose households are not known by
// them says so.
func TestLostHouseholdNumbers(t *testing.T) {
	const header = "镇|户编号|姓名|身份证号|户类型\n"
	faults := faultsOf(t, "registered_poor", header+"a|1.30890E+15|甲|"+idA+"|脱贫户\na|#130890101001000130|乙|"+idB+"|脱贫户\na|待补|丙|"+idC+"|脱贫户")
	expect(t, "faults", pick(faults, "row_number", "reason"), "2 编号成了科学计数法，末几位已丢失; 3 编号存成了数值，15 位以后已丢失; 4 没有编号")
	for sheet, want := range map[string]string{
		"a|1.30890E+15|甲||脱贫户\na|1.30890E+15|乙||脱贫户\na|3|丙||脱贫户": "“户编号”一列 3 格有 2 格看不懂，2 人不知是哪一户的",
		"a|1.30890E+15|甲||脱贫户\na|2|乙||脱贫户\na|3|丙||脱贫户":           "",
		"a|1|甲||脱贫户\na|2|乙||脱贫户":                                 "",
	} {
		_, _, reports := load(t, "registered_poor", Options{}, grid("", header+sheet))
		expect(t, sheet, reports[0].Note, want)
	}
	_, _, reports := load(t, "dibao", Options{}, grid("", "镇|低保证号|户主身份证号|姓名|身份证号\na|1.30890E+15|"+idA+"|甲|"+idA+"\na|1.30890E+15|"+idA+"|乙|"+idB))
	expect(t, "the head's number tells", reports[0].Note, "")
}
