package roster

import (
	"context"
	"strings"
	"testing"

	"hedui/pipeline/fault"
)

// A group of headers is of the roster's people where it says so, or where no other one can be;
// whoever else has a group there is nobody's member.
func TestGroupsOfOthers(t *testing.T) {
	const head = "镇|低保证号|户主||家庭成员|||档次|享受人数|"
	const leaves = "||姓名|身份证号|姓名|身份证号|与户主关系|||"
	row := "\na|1|甲|" + idA + "|乙|" + idB + "|配偶|A|2|"
	for _, group := range []string{"委托代领人", "开户人", "开户人信息", "联系人", "包联干部", "村会计", "监护人", "法定赡养人", "经办人", "领款人", "某某"} {
		rows, _, reports := load(t, "dibao", Options{}, grid("", head+group+"||\n"+leaves+"姓名|身份证号|关系"+row+"丙|"+idC+"|侄"))
		expect(t, group, pick(rows, "name", "id_number", "relation", "head_name"), "乙 "+idB+" 配偶 甲")
		expect(t, group+": unmatched", len(reports[0].Unmatched), 3)
	}
	// The group's relation is not the heads'.
	rows, _, _ := load(t, "dibao", Options{}, grid("", "基本信息||||代领人||\n镇|姓名|身份证号|档次|姓名|身份证号|关系\na|甲|"+idA+"|A|丙|"+idC+"|侄"))
	expect(t, "relation", pick(rows, "name", "id_number", "relation"), "甲 "+idA+" ∅")

	rows, _, _ = load(t, "medical_aid", Options{}, grid("", "镇|户主||参保人||是否参保\n|姓名|身份证号|姓名|身份证号|\na|甲|"+idA+"|乙|"+idB+"|是"))
	expect(t, "another's head", pick(rows, "name", "id_number"), "乙 "+idB)

	for _, c := range []struct{ kind, sheet, want string }{
		{"dibao", "镇|户主||其他成员||配偶||成员3|\n|姓名|身份证号|姓名|身份证号|姓名|身份证号|姓名|身份证号\na|甲|" + idA + "|乙|" + idB + "|丙|" + idC + "|丁|", "甲 " + idA + "; 乙 " + idB + "; 丙 " + idC + "; 丁 ∅"},
		{"tekun", "镇|某某信息||供养\n|姓名|身份证号|供养方式\na|甲|" + idA + "|集中", "甲 " + idA},
		{"dibao", "注：本表由填报人审核|||||||\n镇|低保证号|户主姓名|户主身份证号|姓名|身份证号|姓名\na|1|甲|" + idA + "|乙|" + idB + "|", "乙 " + idB},
		{"tekun", "镇|姓名|某证|\n||类型|证件号码\na|甲|身份证|" + idA, "甲 " + idA},
		{"registered_poor", "镇|户编号|户主||户类型\n||姓名|身份证号|\na|1|甲|" + idA + "|脱贫户", "甲 " + idA},
		{"disability", "残疾人基本情况|||监护人\n镇|姓名|身份证号|姓名|残疾类别\na|甲|" + idA + "|乙|肢体", "甲 " + idA},
	} {
		rows, _, _ := load(t, c.kind, Options{}, grid("", c.sheet))
		expect(t, c.sheet, pick(rows, "name", "id_number"), c.want)
	}
}

// TestRemarksOfOthers: a name or a number that a remark gives to another is not the person's own:
// it is the head's where the kind has such a column, and nobody's elsewhere.
func TestRemarksOfOthers(t *testing.T) {
	for _, who := range strings.Fields("户主 配偶 家长 父亲 代领人 申请人 护理人 照料人 联系人 开户人 旧 原 法定代理人 子女 抚养人 赡养人 持卡人 亲属 村干部 儿子 母亲 儿媳 经办 账户") {
		rows, _, reports := load(t, "medical_aid", Options{}, grid("", "镇|姓名（"+who+"）|身份证号（"+who+"）|姓名|身份证号|是否参保\na|甲|"+idA+"|乙|"+idB+"|是"))
		expect(t, who, pick(rows, "name", "id_number"), "乙 "+idB)
		expect(t, who+": unmatched", len(reports[0].Unmatched), 2)
		_, err := read(context.Background(), []rawSheet{grid("", "镇|身份证号（"+who+"）|姓名|是否参保\na|"+idA+"|乙|是")}, kind(t, "medical_aid"), Options{Path: "test.xlsx"})
		if f := fault.Of(err); f == nil || f.Code != fault.SourceColumn {
			t.Errorf("%s: the number is taken for the person's: %v", who, err)
		}
	}
	for _, c := range []struct{ kind, sheet, want string }{
		{"dibao", "镇|姓名（户主）|身份证号（户主）|姓名（成员）|身份证号（成员）|关系\na|甲|" + idA + "|乙|" + idB + "|配偶", "乙 " + idB + " 甲 " + idA},
		{"dibao", "镇|姓名（申请人）|身份证号（申请人）|姓名|身份证号\na|甲|" + idA + "|乙|" + idB, "乙 " + idB + " 甲 " + idA},
		{"registered_poor", "镇|户编号|姓名（户主）|身份证号（户主）|户类型\na|1|甲|" + idA + "|脱贫户", "甲 " + idA + " ∅ ∅"},
		{"temporary_aid", "姓名（申请人）|身份证号（申请人）|救助金额\n甲|" + idA + "|9", "甲 " + idA + " ∅ ∅"},
		{"school", "姓名（学生）|身份证号（学生）|学校（全称）\n甲|" + idA + "|一小", "甲 " + idA + " ∅ ∅"},
		{"tekun", "镇|姓名（本人）|身份证号（18位）（必填）\na|甲|" + idA, "甲 " + idA + " ∅ ∅"},
	} {
		rows, _, _ := load(t, c.kind, Options{}, grid("", c.sheet))
		expect(t, c.sheet, pick(rows, "name", "id_number", "head_name", "head_id"), c.want)
	}
}

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
