package roster

import "testing"

// TestNothingFound: what was looked up without a result is no hit, and says so.
func TestNothingFound(t *testing.T) {
	rows, _, _ := load(t, "verification", Options{}, grid("s", `
姓名|身份证号|核对项目|核对结果
甲|`+idA+`|死亡|无
甲|`+idA+`|车辆|未查询到信息
甲|`+idA+`|工商登记|否
甲|`+idA+`|不动产|未发现
甲|`+idA+`|死亡|健在
甲|`+idA+`|车辆|冀HA0000
甲|`+idA+`|公积金|
甲|`+idA+`|存款|有
甲|`+idA+`|不动产|未查封未抵押
甲|`+idA+`|车辆|无登记抵押信息`))
	expect(t, "items", pick(rows, "item"), "未发现：死亡; 未发现：车辆; 未发现：工商登记; 未发现：不动产; 未发现：死亡; vehicle; housing_fund; deposit; property; vehicle")
}

// TestNoMoreToTell: 无 under a header that asks for particulars takes no hit away.
func TestNoMoreToTell(t *testing.T) {
	rows, _, _ := load(t, "verification", Options{}, grid("s", "姓名|身份证号|核对项目|明细\n甲|"+idA+"|死亡|无\n甲|"+idA+"|车辆|未查询到信息"))
	expect(t, "items", pick(rows, "item"), "death; 未发现：车辆")
}

// TestReasonWithoutStatus: a reason why somebody's benefit ended says that it ended; a
// status of the row's own goes first.
func TestReasonWithoutStatus(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{}, grid("s", `
镇|低保证号|姓名|身份证号|状态|停保原因
a|1|甲|`+idA+`||死亡
a|2|乙|`+idB+`||
a|3|丙|`+idC+`|在保|收入增加
a|4|丁|`+idA+`||未停保
a|5|戊|`+idB+`||否
a|6|己|`+idC+`|本月|死亡`))
	expect(t, "in force", pick(rows, "name", "in_force"), "甲 false; 乙 true; 丙 true; 丁 true; 戊 true; 己 false")
	rows, _, _ = load(t, "dibao", Options{}, grid("s", "镇|低保证号|姓名|身份证号|停保原因\na|1|甲|"+idA+"|死亡\na|2|乙|"+idB+"|无"))
	expect(t, "without a column of status", pick(rows, "name", "in_force"), "甲 false; 乙 true")
}
