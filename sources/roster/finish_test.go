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
甲|`+idA+`|存款|有`))
	expect(t, "items", pick(rows, "item"), "未发现：死亡; 未发现：车辆; 未发现：工商登记; 未发现：不动产; 未发现：死亡; vehicle; housing_fund; deposit")
}

// TestReasonWithoutStatus: a reason why somebody's benefit ended says that it ended; a
// status of the row's own goes first.
func TestReasonWithoutStatus(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{}, grid("s", `
镇|低保证号|姓名|身份证号|状态|停保原因
a|1|甲|`+idA+`||死亡
a|2|乙|`+idB+`||
a|3|丙|`+idC+`|在保|收入增加`))
	expect(t, "in force", pick(rows, "name", "in_force"), "甲 false; 乙 true; 丙 true")
	rows, _, _ = load(t, "dibao", Options{}, grid("s", "镇|低保证号|姓名|身份证号|停保原因\na|1|甲|"+idA+"|死亡\na|2|乙|"+idB+"|无"))
	expect(t, "without a column of status", pick(rows, "name", "in_force"), "甲 false; 乙 true")
}
