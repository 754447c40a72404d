package pipeline

import (
	"strings"
	"testing"
)

// TestTwoEditions: last month's roster beside this month's is told every night; the parts of
// one roster are not.
func TestTwoEditions(t *testing.T) {
	const head = "镇,户编号,姓名,身份证号,与户主关系,状态\n"
	const one, two = "东沟镇,D1,甲一,130890197001010016,户主,在保\n", "东沟镇,D2,丁四,130890194505050050,户主,在保\n"
	d := newDistrict(t)
	d.send("低保2021年5月.csv", head+one)
	d.send("低保2021年6月.csv", head+one+two)
	told := func(day string) bool {
		t.Helper()
		return strings.Contains(strings.Join(d.mustNight(day).Warnings, "\n"), "E-SRC-18")
	}
	if !told("2021-06-10") || !told("2021-06-11") {
		t.Error("two editions are not told")
	}
	d.c.Limits.ShrinkRate = 1
	d.send("低保2021年5月.csv", head+"东沟镇,D3,戊五,130890194505050130,户主,在保\n")
	if told("2021-06-12") {
		t.Error("two parts are taken for editions")
	}
}
