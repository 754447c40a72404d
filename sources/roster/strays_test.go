package roster

import (
	"strings"
	"testing"
)

// TestStrays: people in columns that nobody claims are told; those who stand in the sheet
// besides, and those who do not belong in it, are not.
func TestStrays(t *testing.T) {
	for _, c := range []struct {
		kind, sheet string
		told        int
	}{
		{"dibao", "镇|低保证号|户主姓名|户主身份证号|享受人数|配偶姓名|配偶身份证号|子女姓名|子女身份证号\na|1|甲|%A|3|乙|%B|丙|%C", 2},
		{"dibao", "镇|低保证号|户主||某某||享受人数\n||姓名|身份证号|姓名|身份证号|\na|1|甲|%A|乙|%B|2", 1},
		{"dibao", "镇|低保证号|姓名|身份证号|与户主关系|配偶身份证号\na|1|甲|%A|户主|%B\na|1|乙|%B|配偶|%A", 0},
		{"dibao", "镇|低保证号|户主姓名|户主身份证号|代领人姓名|代领人身份证号|开户人|开户人身份证号\na|1|甲|%A|乙|%B|丙|%C", 0},
		{"registered_poor", "镇|户编号|姓名|身份证号|户类型|户主身份证号\na|1|甲|%A|脱贫户|%B", 0},
		{"tekun", "镇|姓名|身份证号|配偶身份证号|原身份证号|银行卡号\na|甲|%A|%B|%C|6217000012345678901", 0},
		{"school", "学校|姓名|身份证号|父亲身份证号|身份证号2\n一小|甲|%A|%B|%C", 1},
		{"disability", "镇|姓名|身份证号|监护人|身份证号|残疾类别\na|甲|%A|乙|%B|肢体", 0},
		{"disability", "镇|姓名|身份证号|残疾类别|备注\na|甲|%A|肢体|身份证号%B\na|乙|%B|肢体|已核\na|丙|%C|肢体|已核", 0},
		{"dibao", "镇|低保证号|户主姓名|户主身份证号|姓名||与户主关系\na|1|甲|%A|甲|%A|户主\na|1|甲|%A|乙|%B|配偶\na|1|甲|%A|丙|%C|之子", 1},
		{"dibao", "镇|低保证号|姓名|身份证号||与户主关系\na|1|甲|%A|%A|户主\na|1|乙|%B||配偶", 0},
		{"verification", "姓名|身份证号|核对项目|车主身份证号\n甲|%A|车辆|%B", 0},
	} {
		_, _, reports := load(t, c.kind, Options{}, grid("", strings.NewReplacer("%A", idA, "%B", idB, "%C", idC).Replace(c.sheet)))
		expect(t, c.sheet, strings.Count(reports[0].Note, StrayMark), c.told)
		if strings.Contains(reports[0].Note, idB) {
			t.Errorf("the note names a person: %s", reports[0].Note)
		}
	}
}
