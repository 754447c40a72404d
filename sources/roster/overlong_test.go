package roster

import (
	"context"
	"strings"
	"testing"
)

// loadText reads a sheet as a text file has it, and gives its faults too.
func loadText(t *testing.T, kindName, sheet string) (rows, faults []map[string]string) {
	t.Helper()
	raw := grid("", sheet)
	raw.text = true
	r, err := read(context.Background(), []rawSheet{raw}, kind(t, kindName), Options{Path: "低保.csv"})
	if err != nil {
		t.Fatal(err)
	}
	rows, _ = readAll(t, r)
	if faults, err = texts(r.Faults()); err != nil {
		t.Fatal(err)
	}
	return rows, faults
}

// TestSplitAmounts: 1,200.00 without quotes is two cells of a text file. From there on every cell
// of the row stands under its neighbour's header.
func TestSplitAmounts(t *testing.T) {
	const header = "镇|低保证号|姓名|身份证号|月保障金额|享受人数|享受起始年月\n"
	who := "a|1|甲|" + idA + "|"
	for cells, want := range map[string]string{
		"1|200.00|3|2019-07": "∅ ∅ ∅ persons_covered,amount,start_month", "1|200|3|2019-07": "∅ ∅ ∅ persons_covered,amount,start_month", "12|345.6|3|2019-07": "∅ ∅ ∅ persons_covered,amount,start_month",
		"1|200.00|3|": "∅ ∅ ∅ persons_covered,amount,start_month", "1|234|567.00|3|2019-07": "∅ ∅ ∅ persons_covered,amount,start_month",
		"442|3|2019-07|已核": "442.00 3 2019-07-01 name", "1200.00|3|2019-07|": "1200.00 3 2019-07-01 ", "442|100|2019-07|": "442.00 100 2019-07-01 ", "442|3|2019-07": "442.00 3 2019-07-01 ", "442": "442.00 ∅ ∅ ",
	} {
		rows, faults := loadText(t, "dibao", header+who+cells)
		expect(t, cells, pick(rows, "amount", "persons_covered", "start_month")+" "+strings.ReplaceAll(pick(faults, "column_name"), "; ", ","), want)
		expect(t, cells, pick(rows, "household_no", "name", "id_number"), "1 甲 "+idA)
	}
	rows, faults := loadText(t, "dibao", "镇|姓名|身份证号|月保障金额\na|甲|"+idA+"|1|200.00\na|乙|"+idB+"|442.00|||\na|丙|"+idC+"|442|东村|3组")
	expect(t, "in the last column", pick(rows, "name", "amount"), "甲 ∅; 乙 442.00; 丙 442.00")
	expect(t, "told", pick(faults, "row_number", "header", "text", "reason"),
		"2 月保障金额 1 金额的千位逗号把一格拆成了两格，这一行从此错位; 4 表头以外 东村 3组 这一行比表头多 2 格，各格可能错位")
	// A cell beyond a header that is as long stands under a blank one; a sheet's row moves nowhere.
	rows, faults = loadText(t, "dibao", "镇|姓名|身份证号|月保障金额|\na|甲|"+idA+"|1|200")
	expect(t, "a blank header", pick(rows, "amount")+pick(faults, "reason"), "1.00")
	rows, _, _ = load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|月保障金额\na|甲|"+idA+"|1|200"))
	expect(t, "a sheet", pick(rows, "amount"), "1.00")
}

// A number that stands behind a split amount is nobody's.
func TestNumberBehindASplitAmount(t *testing.T) {
	rows, faults := loadText(t, "dibao", "镇|姓名|月保障金额|身份证号\na|甲|1|200.00|"+idA)
	expect(t, "rows", pick(rows, "name", "amount", "id_number", "id_state"), "甲 ∅ ∅ missing")
	expect(t, "faults", pick(faults, "column_name"), "amount; id_number")
}
