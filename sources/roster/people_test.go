package roster

import (
	"context"
	"testing"

	"hedui/pipeline/fault"
)

// The number of another person whom a roster names is nobody's own: not where the
// person's own has a header of its own, and not where it is the only one.
func TestNumbersOfOthers(t *testing.T) {
	for _, c := range []struct{ kind, sheet, want string }{
		{"school", "学校|年级|学生姓名|学生身份证号|监护人姓名|身份证号码\n一小|三年级|甲|" + idA + "|乙|" + idB, "甲 " + idA},
		{"school", "学校|学生姓名|家长姓名|身份证号码|学生身份证件号码\n一小|甲|乙|" + idB + "|" + idA, "甲 " + idA},
		{"school", "学校|姓名|身份证号|身份证号（监护人）\n一小|甲|" + idA + "|" + idB, "甲 " + idA},
		{"school", "学校|姓名|身份证号|监护人|与学生关系|身份证号\n一小|甲|" + idA + "|乙|父亲|" + idB, "甲 " + idA},
		{"dibao", "镇|户主姓名|身份证号|低保对象姓名|低保对象身份证号\n上板城镇|乙|" + idB + "|甲|" + idA, "甲 " + idA},
		{"dibao", "镇|户主姓名|户主身份证号|享受人姓名|享受人身份证号\n上板城镇|乙|" + idB + "|甲|" + idA, "甲 " + idA},
		{"tekun", "镇|特困人员姓名|特困人员身份证号|照料护理人|身份证号\n上板城镇|甲|" + idA + "|乙|" + idB, "甲 " + idA},
		{"tekun", "镇|姓名|公民身份号|照料护理人|身份证号码\n上板城镇|甲|" + idA + "|乙|" + idB, "甲 " + idA},
		{"disability", "镇|残疾人姓名|残疾人身份证号|残疾类别|残疾等级|监护人姓名|身份证号\n上板城镇|甲|" + idA + "|肢体|一级|乙|" + idB, "甲 " + idA},
		{"school", "|||监护人|\n学校|姓名|身份证号|姓名|身份证号\n一小|甲|" + idA + "|乙|" + idB, "甲 " + idA},
	} {
		rows, _, _ := load(t, c.kind, Options{}, grid("s", c.sheet))
		expect(t, c.sheet, pick(rows, "name", "id_number"), c.want)
	}
	// Headers that speak of others and of nobody's number.
	for _, header := range []string{"帮扶措施|身份证号", "照料护理等级|身份证号", "家长手机|身份证号", "代领人银行账号|身份证号", "联系人|身份证号", "帮扶责任人|身份证号（与帮扶系统一致）"} {
		rows, _, _ := load(t, "school", Options{}, grid("s", "学校|姓名|"+header+"\n一小|甲|x|"+idA))
		expect(t, header, pick(rows, "name", "id_number"), "甲 "+idA)
	}
	for _, sheet := range []string{
		"学校|学生姓名|年级|监护人姓名|身份证号码\n一小|甲|三年级|乙|" + idB,
		"学校|学生姓名|身份证号(监护人)\n一小|甲|" + idB,
	} {
		_, err := read(context.Background(), []rawSheet{grid("s", sheet)}, kind(t, "school"), Options{Path: "test.xlsx"})
		if f := fault.Of(err); f == nil || f.Code != fault.SourceColumn {
			t.Errorf("%s: the guardian's number is taken for the pupil's: %v", sheet, err)
		}
	}
}
