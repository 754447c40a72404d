package roster

import (
	"strings"
	"testing"
)

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

// TestRefuted: a result may say of what was found that it is not so, is over, or is not sure.
func TestRefuted(t *testing.T) {
	for row, want := range map[string]string{
		"户籍注销|未注销": "未发现：户籍注销", "户籍注销|本人健在": "未发现：户籍注销", "死亡|经入户核实，本人健在": "未发现：死亡", "死亡|户口已恢复": "未发现：死亡",
		"死亡|户口未注销": "death", "死亡|2021年3月死亡": "death", "死亡|配偶健在": "death", "不动产|0套": "未发现：不动产", "不动产|10套": "property", "服刑|已刑满释放": "未发现：服刑", "服刑|刑期三年": "custody", "户籍迁出|未迁出": "未发现：户籍迁出",
		"车辆|已报废": "未发现：车辆", "车辆|未报废": "vehicle", "工商登记|未注销": "business", "工商登记|已注销": "未发现：工商登记", "死亡|误报": "结果存疑：死亡", "死亡|待核实": "结果存疑：死亡", "车辆|非本人车辆": "结果存疑：车辆",
	} {
		rows, _, reports := load(t, "verification", Options{}, grid("s", "姓名|身份证号|核对项目|核对结果\n甲|"+idA+"|"+row))
		expect(t, row, pick(rows, "item"), want)
		expect(t, row+" is told", reports[0].Faults["detail"] > 0, strings.HasPrefix(want, "结果存疑"))
	}
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
