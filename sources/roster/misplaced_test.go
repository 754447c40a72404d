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
	} {
		_, err := read(context.Background(), []rawSheet{grid("s", c.header+"\na|甲|"+idA)}, kind(t, c.kind), Options{Path: "test.xlsx"})
		f := fault.Of(err)
		if c.refused != (err != nil) || c.refused && (f == nil || f.Code != fault.SourceColumn) {
			t.Errorf("%s %s: error %v", c.kind, c.header, err)
		}
	}
}
