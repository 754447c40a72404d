package roster

import (
	"slices"
	"strings"
	"testing"
)

// TestStruckOut: who is struck out counts, and is told, but for rows that are out of force; a line
// through anything but name and number tells nothing.
func TestStruckOut(t *testing.T) {
	const note = "姓名或身份证号划了删除线的 "
	for _, c := range []struct{ name, kind, sheet, want string }{
		{"whole rows", "dibao", "镇|低保证号|姓名|身份证号|状态\na|1|甲|%A|在保\n~a|~2|~乙|~%B|~在保\na|3|~丙|%C|", note + "2 行（第 3、4 行）" + StruckMark},
		{"the number alone", "tekun", "镇|姓名|身份证号\na|甲|~%A", note + "1 行（第 2 行）" + StruckMark},
		{"all of many", "tekun", "镇|姓名|身份证号\na|~甲|%A\na|~乙|%B\na|~丙|%C\na|~丁|", note + "4 行（第 2、3、4 行等）" + StruckMark},
		{"out of force", "dibao", "镇|低保证号|姓名|身份证号|状态\n~a|~1|~甲|~%A|~停保", ""},
		{"another cell", "dibao", "镇|低保证号|姓名|身份证号|月保障金额\na|1|甲|%A|~300", ""},
		{"a heading, a blank, a total", "tekun", "~镇|~姓名|~身份证号\na|甲|%A\n~合计|~1人|", ""},
		{"a pupil who left", "school", "户籍镇|姓名|身份证号|学校|就读状态\na|~甲|%A|x|辍学\na|~乙|%B|x|", note + "1 行（第 3 行）" + StruckMark},
		{"kinds without an end", "verification", "姓名|身份证号|核对项目\n~甲|~%A|~车辆", note + "1 行（第 2 行）" + StruckMark},
		{"heads alone", "dibao", "镇|户主姓名|户主身份证号\na|~甲|%A", note + "1 行（第 2 行）" + StruckMark},
		{"a member's seat", "dibao", "镇|户主姓名|户主身份证号|成员1姓名|成员1身份证号\na|甲|%A|~乙|~%B", note + "1 行（第 2 行）" + StruckMark},
		{"the head, not his members", "dibao", "镇|户主姓名|户主身份证号|成员1姓名|成员1身份证号\na|甲|~%A|乙|", note + "1 行（第 2 行）" + StruckMark},
		{"a list", "dibao", "镇|户主姓名|户主身份证号|其他家庭成员姓名|其他家庭成员身份证号\na|甲|%A|~乙、丙|~%B、%C", note + "1 行（第 2 行）" + StruckMark},
		{"both columns of a page", "tekun", "镇|姓名|身份证号||镇|姓名|身份证号\na|~甲|%A||a|~乙|%B", note + "1 行（第 2 行）" + StruckMark},
	} {
		rows, _, reports := load(t, c.kind, Options{}, grid("", toNumbers.Replace(c.sheet)))
		expect(t, c.name+": notes of struck rows", onStruck(reports[0].Note), c.want)
		if c.name == "whole rows" {
			expect(t, c.name, pick(rows, "name", "in_force"), "甲 true; 乙 true; 丙 true")
			expect(t, c.name, reports[0].Faults["status"], 2)
		}
	}
}

func onStruck(note string) string {
	notes := strings.Split(note, "；")
	return strings.Join(slices.DeleteFunc(notes, func(n string) bool { return !strings.Contains(n, "删除线") }), "；")
}
