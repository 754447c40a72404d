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
