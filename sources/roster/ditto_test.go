package roster

import "testing"

// TestDitto: 同上 is what stands above, of the place and the household; elsewhere it is told.
func TestDitto(t *testing.T) {
	rows, _, reports := load(t, "dibao", Options{}, grid("", `
镇|村|低保证号|户主姓名|姓名|身份证号|档次|月保障金|状态
同上|东村|D0|甲|甲|`+idA+`|A|442|在保
a|东村|D1|乙|乙|`+idB+`|B|300|在保
同上|〃|同上|同上|丙|`+idC+`|″|同 前|同上
|||||||
同上|||丁|丁||||
〃|同上|D2|丁|丁||同上||停保
合计|||||||742|
a|同上|D3|戊|戊||A||`))
	expect(t, "rows", pick(rows, "name", "town", "village", "household_no", "head_name", "tier", "amount", "in_force"),
		"甲 ∅ 东村 D0 甲 A 442.00 true; 乙 a 东村 D1 乙 B 300.00 true; 丙 a 东村 D1 乙 B 300.00 true; 丁 a ∅ ∅ 丁 ∅ ∅ true; 丁 a 东村 D2 丁 ∅ ∅ false; 戊 a ∅ D3 戊 A ∅ true")
	expect(t, "told", reports[0].Faults, "map[status:1 tier:1 town:1 village:1]")

	rows, _, reports = load(t, "dibao", Options{}, grid("", "镇|村|低保证号|姓名|身份证号\na|东村|同上|甲|"+idA+"\na|东村|同上|乙|"+idB))
	expect(t, "a number above which none stands", pick(rows, "name", "household_no"), "甲 ∅; 乙 ∅")
	expect(t, "told", reports[0].Faults, "map[household_no:2]")

	rows, _, reports = load(t, "school", Options{}, grid("", "镇|姓名|身份证号|学校|学段\na|甲|"+idA+"|一小|小学\n同上|乙|同上|同上|同上\n同上|同上|"+idB+"|二小|小学"))
	expect(t, "elsewhere", pick(rows, "town", "name", "id_number", "school", "stage"), "a 甲 "+idA+" 一小 primary; a 乙 ∅ ∅ ∅; a ∅ "+idB+" 二小 primary")
	expect(t, "told", reports[0].Faults, "map[id_number:1 name:1 school:1 stage:1]")
}
