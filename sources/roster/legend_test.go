package roster

import "testing"

// TestLegends: what a code stands for is told by the header's remark, or by a line of the sheet.
func TestLegends(t *testing.T) {
	for text, want := range map[string]string{
		"1是2否": "map[1:是 2:否]", "1.是;2.否": "map[1:是 2:否]", "1-是2-否": "map[1:是 2:否]", "1=是,2=否": "map[1:是 2:否]", "1、是2、否": "map[1:是 2:否]", "1:否2:是": "map[1:否 2:是]",
		"1为是2为否": "map[1:是 2:否]", "填1是2否": "map[1:是 2:否]", "是1否2": "map[1:是 2:否]", "是:1,否:2": "map[1:是 2:否]", "是填1,否填2": "map[1:是 2:否]",
		"0否1是": "map[0:否 1:是]", "1有2无3不详": "map[1:有 2:无 3:不详]", "1已参保2未参保": "map[1:已参保 2:未参保]", "1参保2未参保": "map[1:参保 2:未参保]",
		"1-6月": "map[]", "2020年1月": "map[]", "1季度2次": "map[]", "是/否": "map[]", "必填": "map[]", "": "map[]", "1是1否": "map[]", "1是": "map[]",
	} {
		expect(t, text, legend(text), want)
	}
	for text, want := range map[string]string{
		"注：1-是 2-否": "map[1:是 2:否]", "说明：1=是，2=否": "map[1:是 2:否]", "代码：1有 2无 3不详": "map[1:有 2:无 3:不详]", "填表说明：是否项中 1 为是、2 为否。": "map[1:是 2:否]",
		"1.未参加医保的不填 2.有残疾证的填写号码": "map[]", "注：1.是否低保以民政部门为准；2.否则不填": "map[]", "1男2女": "map[]",
	} {
		expect(t, text, lineLegend(text), want)
	}
}

func TestCodedAnswers(t *testing.T) {
	row := "\na|1|甲|" + idA + "|脱贫户|"
	for name, c := range map[string][2]string{
		"the header":          {"是否参加医保（1是 2否）" + row + "2" + row + "1", "否; 是"},
		"the other way round": {"是否参加医保(1否；2是)" + row + "2" + row + "1.0", "是; 否"},
		"an inverted header":  {"是否危房户（1是2否）" + row + "2" + row + "1", "是; 否"},
		"a line below":        {"是否参加医保" + row + "1" + row + "2\n注：1-是 2-否", "是; 否"},
		"turned, below":       {"是否参加医保" + row + "1" + row + "2\n说明：1=否，2=是", "否; 是"},
		"the header's own":    {"是否参加医保(1是2否)" + row + "1" + row + "2\n说明：1=否，2=是", "是; 否"},
		"right under it":      {"是否参加医保\n注：1-是 2-否" + row + "2" + row + "是", "否; 是"},
		"none":                {"是否参加医保" + row + "2" + row + "1" + row + "3.0" + row + "0" + row + "02" + row + "20", "∅; 是; ∅; 否; ∅; 是"},
		"a code of none":      {"是否参加医保(1是2否)" + row + "3" + row + "380", "∅; 是"},
	} {
		rows, _, _ := load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型|"+c[0]))
		column := "medical_insured"
		if name == "an inverted header" {
			column = "house_safe"
		}
		expect(t, name, pick(rows, column), c[1])
	}
	rows, _, _ := load(t, "registered_poor", Options{}, grid("", "代码：1是 2否\n镇|户编号|姓名|身份证号|户类型|性别|是否自然减少|风险是否消除"+row+"2|2|2"+row+"1|1|1"))
	expect(t, "above, and other columns", pick(rows, "sex", "status", "risk_eliminated"), "女 ∅ false; 男 自然减少 true")
	rows, _, _ = load(t, "disability", Options{}, grid("", "镇|姓名|身份证号|残疾类别|残疾等级|护理补贴(1是2否)|参保情况(1是2否)|\n||||||是否有托养需求|是否提供托养\na|甲|"+idA+"|4|1|2|2|1"))
	expect(t, "a group's", pick(rows, "nursing_subsidy", "care_wanted", "care_provided"), "否 否 是")
}

// A code that nothing explains is told for what it is.
func TestCodesAreTold(t *testing.T) {
	faults := faultsOf(t, "registered_poor", "镇|户编号|姓名|身份证号|户类型|是否参加医保\na|1|甲|"+idA+"|脱贫户|2\na|1|乙|"+idB+"|脱贫户|说不清")
	expect(t, "faults", pick(faults, "row_number", "text", "reason"), "2 2 是代码，表中没有写明哪个是“是”、哪个是“否”; 3 说不清 不是“是”或“否”")
}
