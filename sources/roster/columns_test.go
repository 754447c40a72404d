package roster

import "testing"

// A page of two columns: each is a table of its own, and a row of the sheet counts once.
func TestPageColumns(t *testing.T) {
	rows, rejects, reports := load(t, "dibao", Options{}, grid("", `
上板城镇低保名册
序号|镇|低保证号|姓名|身份证号|与户主关系||序号|镇|低保证号|姓名|身份证号|与户主关系
1|a|1|甲|`+idA+`|户主||4|b|3|丁|`+idA+`|户主
2|||乙|`+idB+`|配偶||5|||戊||配偶
3|a|2|丙|`+idC+`|户主||6|||||
小计|||3人|||||||||
序号|镇|低保证号|姓名|身份证号|与户主关系||序号|镇|低保证号|姓名|身份证号|与户主关系
7|a|4|己||户主||8|b|||无|
9||||||||b|5|庚|`+idB+`|户主
10|a||||户主||11|b||||户主
12|
合计||||||||||||`))
	expect(t, "rows", pick(rows, "row_number", "town", "household_no", "name", "relation"),
		"3 a 1 甲 户主; 3 b 3 丁 户主; 4 a 1 乙 配偶; 4 b 3 戊 配偶; 5 a 2 丙 户主; 8 a 4 己 户主; 9 b 5 庚 户主")
	expect(t, "account", reports[0].Account, "{12 5 1 5 1}")
	expect(t, "a part with nobody", reports[0].Faults, "map[name:1]")
	expect(t, "rejects", pick(rejects, "row_number", "code"), "10 R-01")
	expect(t, "note", reports[0].Note, "一行并排 2 栏，已分栏读入")

	// Another table under it, and three columns.
	rows, _, _ = load(t, "tekun", Options{}, grid("", "镇|姓名|身份证号|镇|姓名|身份证号\na|甲||b|乙|\n镇|姓名|身份证号|月供养金\nc|丙||5"))
	expect(t, "another table", pick(rows, "town", "name", "amount"), "a 甲 ∅; b 乙 ∅; c 丙 5.00")
	rows, _, _ = load(t, "medical_aid", Options{}, grid("", "姓名|身份证号|姓名|身份证号|姓名|身份证号\n甲||乙||丙|\n丁|||||"))
	expect(t, "three columns", pick(rows, "row_number", "name"), "2 甲; 2 乙; 2 丙; 3 丁")
}

// TestHouseholdsOverColumns: a household goes on from the foot of one column at the head of the
// next, and from the last column's foot at the head of the next page.
func TestHouseholdsOverColumns(t *testing.T) {
	const header = "\n镇|低保证号|姓名|身份证号|与户主关系|月保障金额||镇|低保证号|姓名|身份证号|与户主关系|月保障金额"
	for name, c := range map[string][2]string{
		"columns":      {"\na|1|甲||户主|800||||丁||配偶|\n||乙||配偶|||||戊||之子|\na|2|丙||户主|900||b|3|己||户主|400", "2 甲 a 1; 2 丁 a 2; 3 乙 a 1; 3 戊 a 2; 4 丙 a 2; 4 己 b 3"},
		"pages":        {"\na|1|甲||户主|800||b|3|己||户主|400" + header + "\n||庚||配偶|||b|5|癸||户主|100\na|4|辛||户主|200" + header + "\n||壬||配偶|||||子||配偶|", "2 甲 a 1; 2 己 b 3; 4 庚 b 3; 4 癸 b 5; 5 辛 a 4; 7 壬 b 5; 7 子 ∅ ∅"},
		"a total":      {"\na|1|甲||户主|800||||丁||配偶|\n合计", "2 甲 a 1; 2 丁 ∅ ∅"},
		"a page total": {"\na|1|甲||户主|800||b|3|己||户主|400\n合计" + header + "\n||庚||配偶|||||辛||配偶|", "2 甲 a 1; 2 己 b 3; 5 庚 ∅ ∅; 5 辛 ∅ ∅"},
		"a head":       {"\na|1|甲||户主|800||||丁||户主|300", "2 甲 a 1; 2 丁 ∅ ∅"},
		"a place":      {"\na|1|甲||户主|800||b||丁||配偶|300", "2 甲 a 1; 2 丁 b ∅"},
	} {
		rows, _, _ := load(t, "dibao", Options{}, grid("", header[1:]+c[0]))
		expect(t, name, pick(rows, "row_number", "name", "town", "household_no"), c[1])
	}
}
