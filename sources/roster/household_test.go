package roster

import (
	"strings"
	"testing"
)

var (
	toNumbers = strings.NewReplacer("%A", idA, "%B", idB, "%C", idC)
	toLetters = strings.NewReplacer(idA, "A", idB, "B", idC, "C")
)

// persons reads a dibao sheet of households and tells its persons, idA … as A ….
func persons(t *testing.T, sheet string) (string, SheetReport) {
	t.Helper()
	rows, rejects, reports := load(t, "dibao", Options{}, grid("", toNumbers.Replace(sheet)))
	expect(t, "rejects", len(rejects), reports[0].Account.Rejected)
	expect(t, "persons", reports[0].Persons, len(rows))
	return toLetters.Replace(
		pick(rows, "name", "id_raw", "relation", "household_no", "head_name", "head_id", "amount")), reports[0]
}

func TestMembersInColumns(t *testing.T) {
	for name, header := range map[string]string{
		"numbered leaves":  "镇|户主姓名|户主身份证号|其他家庭成员姓名1|身份证号1|与户主关系1|其他家庭成员姓名2|身份证号2|与户主关系2|月保障金额",
		"numbered heads":   "镇|户主姓名|户主身份证号|成员1姓名|成员1身份证号|成员1与户主关系|成员2姓名|成员2身份证号|成员2关系|月保障金额",
		"numerals":         "镇|户主姓名|户主身份证号|成员一姓名|成员一身份证号码|成员一关系|家庭成员二|家庭成员二身份证号|家庭成员二与户主关系|月保障金额",
		"brackets":         "镇|户主姓名|户主身份证号|家庭成员姓名（1）|身份证号（1）|关系（1）|家庭成员姓名（2）|身份证号（2）|关系（2）|月保障金额",
		"groups":           "镇|户主||成员1|||成员2|||月保障金额\n|姓名|身份证号|姓名|身份证号|与户主关系|姓名|身份证号|与户主关系|",
		"one group":        "镇|户主姓名|户主身份证号|其他家庭成员||||||月保障金额\n|||姓名1|身份证号1|关系1|姓名2|身份证号2|关系2|",
		"no numbers":       "镇|户主姓名|户主身份证号|成员姓名|身份证号|与户主关系|成员姓名|身份证号|与户主关系|月保障金额",
		"plain head":       "镇|姓名|身份证号|成员姓名1|身份证号1|关系1|成员姓名2|身份证号2|关系2|月保障金额",
		"relation between": "镇|户主姓名|户主身份证号|其他家庭成员姓名1|与户主关系|身份证号1|其他家庭成员姓名2|与户主关系|身份证号2|月保障金额",
		"relation behind":  "镇|户主姓名|户主身份证号|其他家庭成员姓名1|身份证号1|与户主关系|其他家庭成员姓名2|身份证号2|与户主关系|月保障金额",
		"relation before":  "镇|户主姓名|户主身份证号|与户主关系|其他家庭成员姓名1|身份证号1|与户主关系|其他家庭成员姓名2|身份证号2|月保障金额",
		"number behind":    "镇|户主姓名|户主身份证号|家庭成员1|身份证号|与户主关系1|家庭成员2|身份证号|与户主关系2|月保障金额",
		"numbers behind":   "镇|户主姓名|身份证号|家庭成员1|身份证号|与户主关系|家庭成员2|身份证号|与户主关系|月保障金额",
		"behind the plain": "镇|姓名|身份证号|成员1姓名|身份证号|与户主关系|成员2姓名|身份证号|与户主关系|月保障金额",
		"head by place":    "镇|户主姓名|身份证号|成员姓名|身份证号|与户主关系|成员姓名|身份证号|与户主关系|月保障金额",
	} {
		t.Run(name, func(t *testing.T) {
			rows := "\na|甲|%A|乙|%B|配偶|丙|%C|之子|442\na|丁|待补|||||||三百\na|戊||||||||\n合计||||||||442"
			switch name {
			case "relation between":
				rows = strings.NewReplacer("%B|配偶", "配偶|%B", "%C|之子", "之子|%C").Replace(rows)
			case "relation before":
				rows = strings.NewReplacer("乙|%B|配偶", "配偶|乙|%B", "丙|%C|之子", "之子|丙|%C").Replace(rows)
			}
			got, report := persons(t, header+rows)
			expect(t, "persons", got, strings.Join([]string{
				"甲 A 户主 A 甲 A 442.00", "乙 B 配偶 A 甲 A 442.00", "丙 C 之子 A 甲 A 442.00", "丁 待补 户主 ∅ 丁 ∅ ∅", "戊 ∅ 户主 ∅ 戊 ∅ ∅",
			}, "; "))
			expect(t, "account", []any{report.Account.Loaded, report.Account.Rejected, report.Unmatched, report.Repeated, report.Faults}, "[3 0 [] [] map[amount:1]]")
		})
	}
}

// One relation behind the last of several members is nobody's for sure.
func TestRelationOfNobody(t *testing.T) {
	got, report := persons(t, "镇|户主姓名|户主身份证号|姓名1|身份证号1|姓名2|身份证号2|与户主关系\na|甲|%A|乙|%B|丙|%C|之子")
	expect(t, "persons", got, "甲 A 户主 A 甲 A ∅; 乙 B ∅ A 甲 A ∅; 丙 C ∅ A 甲 A ∅")
	expect(t, "unmatched", report.Unmatched, "[与户主关系]")
}

// A member's column that says 无 has nobody in it.
func TestNobodyOnASeat(t *testing.T) {
	for _, word := range []string{"无", "暂无", "没有", "—"} {
		for _, header := range []string{"成员1姓名|成员1身份证号", "其他家庭成员姓名|其他家庭成员身份证号"} {
			got, _ := persons(t, "镇|户主姓名|户主身份证号|"+header+"\na|甲|%A|"+word+"|"+word+"\na|乙|%B|"+word+"|")
			expect(t, header+" "+word, got, "甲 A 户主 A 甲 A ∅; 乙 B 户主 B 乙 B ∅")
		}
	}
	got, _ := persons(t, "镇|户主姓名|户主身份证号|成员1姓名|成员1身份证号\na|甲|%A|无名氏|无")
	expect(t, "a name", got, "甲 A 户主 A 甲 A ∅; 无名氏 无 ∅ A 甲 A ∅")
	_, rejects, _ := load(t, "tekun", Options{}, grid("", "镇|姓名|身份证号\na|无|无\na|甲|"+idA))
	expect(t, "a row of nobody", len(rejects), 1)
}

func TestMembersOnSeats(t *testing.T) {
	const header = "镇|低保证号|户主姓名|户主身份证号|成员1姓名|成员1身份证号|成员2姓名|成员2身份证号|成员2性别\n"
	for name, c := range map[string][2]string{
		"the head sits with the members": {"a|1|甲|%A|甲|%A|乙|%B|女", "甲 A 户主 1 甲 A ∅; 乙 B ∅ 1 甲 A ∅"},
		"an empty seat between":          {"a|1|甲|%A|||乙|%B|", "甲 A 户主 1 甲 A ∅; 乙 B ∅ 1 甲 A ∅"},
		"no number":                      {"a|1|甲|%A|乙||丙|无|", "甲 A 户主 1 甲 A ∅; 乙 ∅ ∅ 1 甲 A ∅; 丙 无 ∅ 1 甲 A ∅"},
		"a number without a name":        {"a|1|甲|%A||%B|—|/|", "甲 A 户主 1 甲 A ∅; ∅ B ∅ 1 甲 A ∅"},
		"the members alone":              {"a|1|||乙|%B|||", "乙 B ∅ 1 ∅ ∅ ∅"},
	} {
		got, report := persons(t, header+c[0])
		expect(t, name, got, c[1])
		expect(t, name+": account", report.Account, "{2 1 0 1 0}")
	}
	// A seat that holds something but nobody is told; a row with nobody is rejected.
	got, report := persons(t, header+"a|1|甲|%A||见备注|||\na|2|||||||女\na|3||||||||超出")
	expect(t, "persons", got, "甲 A 户主 1 甲 A ∅")
	expect(t, "account", report.Account, "{4 1 2 1 0}")
	expect(t, "faults", report.Faults, "map[name:2]")
}

// A roster of persons in which a number has strayed into a header stays one.
func TestNumbersThatSeatNobody(t *testing.T) {
	got, report := persons(t, "镇|姓名|身份证号|身份证号1|2021年5月保障金额|关系2\na|甲|%A|%B|5|子")
	expect(t, "persons", got, "甲 A ∅ A ∅ ∅ 5.00")
	expect(t, "unmatched", report.Unmatched, "[关系2 身份证号1]")
}

func TestMembersInLists(t *testing.T) {
	const header = "镇|户主姓名|户主身份证号|其他家庭成员姓名|其他家庭成员身份证号|与户主关系|月保障金额\n"
	for name, c := range map[string][2]string{
		"marks":                   {"a|甲|%A|乙、丙|%B、%C|配偶、之子|9", "甲 A 户主 A 甲 A 9.00; 乙 B 配偶 A 甲 A 9.00; 丙 C 之子 A 甲 A 9.00"},
		"spaces":                  {"a|甲|%A|乙 丙|%B %C||9", "甲 A 户主 A 甲 A 9.00; 乙 B ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"line breaks":             {"a|甲|%A|乙\\n丙|%B\\n%C||9", "甲 A 户主 A 甲 A 9.00; 乙 B ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"slashes, full-width":     {"a|甲|%A|乙／丙|%B/%C||9", "甲 A 户主 A 甲 A 9.00; 乙 B ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"mixed marks at the end":  {"a|甲|%A|乙，丙；|%B; %C；||9", "甲 A 户主 A 甲 A 9.00; 乙 B ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"numbered elements":       {"a|甲|%A|1、乙 2、丙|1.%B\\n2.%C||9", "甲 A 户主 A 甲 A 9.00; 乙 B ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"marks in brackets":       {"a|甲|%A|乙（妻、已故）、丙|%B、%C||9", "甲 A 户主 A 甲 A 9.00; 乙（妻、已故） B ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"one member":              {"a|甲|%A|乙|%B|配偶|9", "甲 A 户主 A 甲 A 9.00; 乙 B 配偶 A 甲 A 9.00"},
		"a name with a gap":       {"a|甲|%A|乙　一|%B|配偶|9", "甲 A 户主 A 甲 A 9.00; 乙一 B 配偶 A 甲 A 9.00"},
		"no members":              {"a|甲|%A||||9", "甲 A 户主 A 甲 A 9.00"},
		"the head listed too":     {"a|甲|%A|甲、乙|%A、%B|本人、配偶|9", "甲 A 本人 A 甲 A 9.00; 乙 B 配偶 A 甲 A 9.00"},
		"the head named alone":    {"a|甲|%A|甲、乙|%B||9", "甲 A 户主 A 甲 A 9.00; 乙 B ∅ A 甲 A 9.00"},
		"the head numbered alone": {"a|甲|%A|乙|%A、%B||9", "甲 A 户主 A 甲 A 9.00; 乙 B ∅ A 甲 A 9.00"},
		"a missing number marked": {"a|甲|%A|乙、丙|无、%C||9", "甲 A 户主 A 甲 A 9.00; 乙 无 ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"a place left empty":      {"a|甲|%A|乙、丙|、%C||9", "甲 A 户主 A 甲 A 9.00; 乙 ∅ ∅ A 甲 A 9.00; 丙 C ∅ A 甲 A 9.00"},
		"no numbers":              {"a|甲|%A|乙、丙|||9", "甲 A 户主 A 甲 A 9.00; 乙 ∅ ∅ A 甲 A 9.00; 丙 ∅ ∅ A 甲 A 9.00"},
	} {
		got, report := persons(t, header+c[0])
		expect(t, name, got, c[1])
		expect(t, name+": account", report.Account, "{2 1 0 1 0}")
		expect(t, name+": faults", report.Faults, map[bool]string{true: "map[status:1]", false: "map[]"}[strings.Contains(c[0], "已故")])
	}
}

// Lists of unequal length are never paired by guess: the names stay, without numbers.
func TestUnequalLists(t *testing.T) {
	const header = "镇|户主姓名|户主身份证号|其他家庭成员姓名|其他家庭成员身份证号|与户主关系|月保障金额\n"
	for _, c := range []string{"乙、丙|%B", "乙、丙、丁|%B、%C", "乙|%B、%C"} {
		got, report := persons(t, header+"a|甲|%A|"+c+"|之子|三百")
		var want []string
		names, _, _ := strings.Cut(c, "|")
		for _, name := range strings.Split(names, "、") {
			want = append(want, name+" ∅ ∅ A 甲 A ∅")
		}
		if len(want) == 1 {
			want[0] = "乙 ∅ 之子 A 甲 A ∅"
		}
		expect(t, c, got, "甲 A 户主 A 甲 A ∅; "+strings.Join(want, "; "))
		faults := "map[amount:1 id_number:1 relation:1]"
		if len(want) == 1 {
			faults = "map[amount:1 id_number:1]"
		}
		expect(t, c+": faults", report.Faults, faults)
	}
}

// Where no header says so, the first rows tell whether a row is a household.
func TestListsWithoutOthers(t *testing.T) {
	got, _ := persons(t, "镇|户主姓名|户主身份证号|家庭成员姓名|家庭成员身份证号\na|甲|%A|乙|%B\na|丙|%C|丁、戊|%A、%B")
	expect(t, "households", got, "甲 A 户主 A 甲 A ∅; 乙 B ∅ A 甲 A ∅; 丙 C 户主 C 丙 C ∅; 丁 A ∅ C 丙 C ∅; 戊 B ∅ C 丙 C ∅")

	got, _ = persons(t, "镇|户主姓名|户主身份证号|姓名|身份证号\na|甲|%A|甲|%A\na|甲|%A|乙、丙|%B、%C")
	expect(t, "two children in a row of persons", got, "甲 A ∅ A 甲 A ∅; 乙 B ∅ A 甲 A ∅; 丙 C ∅ A 甲 A ∅")

	got, _ = persons(t, "镇|姓名|身份证号\na|甲、乙|%A、%B\na|丙|%C")
	expect(t, "no head's column", got, "甲 A ∅ A ∅ ∅ ∅; 乙 B ∅ A ∅ ∅ ∅; 丙 C ∅ C ∅ ∅ ∅")

	got, report := persons(t, "镇|姓名|身份证号\na|甲 一\\n|"+idA[:6]+" "+idA[6:]+"\na|乙/二|%B")
	expect(t, "one person's cells", got, "甲一 "+idA[:6]+" "+idA[6:]+" ∅ A ∅ ∅ ∅; 乙/二 B ∅ B ∅ ∅ ∅")
	expect(t, "faults", report.Faults, "map[]")
}
