package roster

import (
	"context"
	"testing"

	"hedui/pipeline/fault"
)

// TestMisplaced: a roster of another kind under this one's name is refused; one that has little
// of its own is not.
func TestMisplaced(t *testing.T) {
	for _, c := range []struct {
		kind, header string
		refused      bool
	}{
		{"dibao", "镇|姓名|身份证号|供养方式|自理能力", true},
		{"dibao", "镇|姓名|身份证号|残疾类别|残疾等级|残疾证号", true},
		{"tekun", "镇|姓名|身份证号|档次|享受人数", true},
		{"dibao", "镇|姓名|身份证号|健康状况|劳动能力", false},
		{"dibao", "镇|户主姓名|身份证号|残疾类别|残疾等级", false},
		{"dibao", "镇|姓名|身份证号|残疾类别", false},
		{"tekun", "镇|姓名|身份证号|供养方式|残疾类别|残疾等级", false},
		{"medical_aid", "姓名|身份证号|救助金额|低保类别|享受人数", false},
		{"dibao", "镇|姓名|身份证号|救助时间|救助金额|救助原因", true},
		{"medical_aid", "镇|姓名|身份证号|救助时间|救助金额|救助原因", true},
		{"tekun", "镇|姓名|身份证号|残疾证号|残疾类别|残疾等级|护理补贴|状态", true},
		{"tekun", "镇|村|低保证号|姓名|身份证号|与户主关系|档次|月保障金|状态", true},
		{"dibao", "镇|户编号|姓名|身份证号|户类型|人员状态|人均纯收入|是否低保", true},
		{"disability", "镇|户编号|姓名|身份证号|户类型|人员状态|人均纯收入|是否低保", true},
		{"temporary_aid", "镇|户编号|姓名|身份证号|户类型|人员状态|人均纯收入", true},
		{"temporary_aid", "镇|姓名|身份证号|是否参保|总费用|自付金额|救助金额", true},
		{"temporary_aid", "姓名|身份证号|核对项目|详情|金额", true},
		{"medical_aid", "姓名|身份证号|核对项目|核对结果|金额", true},
		{"tekun", "残疾人||||证件||\n镇|姓名|身份证号|护理补贴|残疾类别|残疾等级", true},
		{"dibao", "镇|姓名|身份证号", false},
		{"tekun", "镇|姓名|身份证号|状态", false},
		{"dibao", "镇|姓名|身份证号|困难原因|发放时间", false},
		{"tekun", "镇|姓名|身份证号|供养方式|残疾证号|残疾类别|残疾等级", false},
		{"medical_aid", "姓名|身份证号|低保证号|档次|月保障金|救助金额", false},
		{"temporary_aid", "镇|姓名|身份证号|金额|批准日期|住院总费用|报销金额|个人自付", false},
	} {
		_, err := read(context.Background(), []rawSheet{grid("s", c.header+"\na|甲|"+idA)}, kind(t, c.kind), Options{Path: "test.xlsx"})
		f := fault.Of(err)
		if c.refused != (err != nil) || c.refused && (f == nil || f.Code != fault.SourceColumn) {
			t.Errorf("%s %s: error %v", c.kind, c.header, err)
		}
	}
}
