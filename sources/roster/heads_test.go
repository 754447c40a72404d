package roster

import "testing"

// TestHouseholdsByHeadsName: without a household's or a head's number, those who stand under one
// head's name are a household, and its number is that of the person of the very name.
func TestHouseholdsByHeadsName(t *testing.T) {
	const header = "镇|户主姓名|姓名|身份证号|月保障金额\n"
	for name, c := range map[string][2]string{
		"on every row":               {"a|甲|甲|%A|8\na|甲|乙|%B|8\na|丙|丙|%C|7", "甲 A; 乙 A; 丙 C"},
		"on the first row":           {"a|甲|甲|%A|8\n||乙|%B|\na|丙|丙|%C|7", "甲 A; 乙 A; 丙 C"},
		"the head comes second":      {"a|甲|乙|%B|8\na|甲|甲|%A|8\na|丙|丙|%C|7", "乙 A; 甲 A; 丙 C"},
		"the name is written apart":  {"a|甲 一|甲一（户主）|%A|8\na|甲一|乙|%B|8", "甲一（户主） A; 乙 A"},
		"scattered":                  {"a|甲|甲|%A|8\na|丙|丙|%C|7\na|甲|乙|%B|8", "甲 A; 丙 C; 乙 A"},
		"scattered, the head last":   {"a|甲|乙|%B|8\na|丙|丙|%C|7\na|甲|甲|%A|8", "乙 A; 丙 C; 甲 A"},
		"two heads of one name":      {"a|甲|甲|%A|8\na|甲|甲|%C|7\na|甲|乙|%B|7", "甲 A; 甲 C; 乙 C"},
		"of which nobody can tell":   {"a|甲|甲|%A|8\na|甲|甲|%C|7\na|戊|戊||9\na|甲|乙|%B|7", "甲 A; 甲 C; 戊 ∅; 乙 B"},
		"in another town":            {"a|甲|甲|%A|8\nb|甲|乙|%B|8", "甲 A; 乙 B"},
		"the head is not among them": {"a|甲|乙|%B|8\na|甲|丙|%C|8", "乙 B; 丙 B"},
		"the head has no number":     {"a|甲|甲||8\na|甲|丙|%C|8", "甲 ∅; 丙 C"},
		"a total between":            {"a|甲|甲|%A|8\n小计||||8\na|丙|丙|%C|7", "甲 A; 丙 C"},
	} {
		_, report := persons(t, header+c[0])
		rows, _, _ := load(t, "dibao", Options{}, grid("", toNumbers.Replace(header+c[0])))
		expect(t, name, toLetters.Replace(pick(rows, "name", "household_no")), c[1])
		expect(t, name+": faults", report.Faults, "map[]")
	}
	// A number of the household's or of the head's goes first.
	got, _ := persons(t, "镇|低保证号|户主姓名|姓名|身份证号\na|1|甲|乙|%B\n||甲|甲|%A")
	expect(t, "a number", got, "乙 B ∅ 1 甲 ∅ ∅; 甲 A ∅ 1 甲 ∅ ∅")
	got, _ = persons(t, "镇|户主姓名|姓名|身份证号|与户主关系\na|甲|甲|%A|户主\na|丙|丙|%C|户主\na|甲|乙|%B|配偶")
	expect(t, "a relation, scattered", got, "甲 A 户主 A 甲 ∅ ∅; 丙 C 户主 C 丙 ∅ ∅; 乙 B 配偶 A 甲 ∅ ∅")
}
