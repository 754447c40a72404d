package pipeline

import (
	"os"
	"path/filepath"
	"slices"
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
		return strings.Contains(strings.Join(d.mustRecord(day).Warnings, "\n"), "E-SRC-18")
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

// TestPlacesTellTheFolder: departments' folders hold files of one name; what is told of one says which.
func TestPlacesTellTheFolder(t *testing.T) {
	const head = "镇,户编号,姓名,身份证号,与户主关系,状态\n"
	const one, two = "东沟镇,D1,甲一,130890197001010016,户主,在保\n", "东沟镇,D2,丁四,130890194505050050,户主,在保\n"
	d := newDistrict(t)
	for _, folder := range []string{"5月", "6月"} {
		if err := os.Mkdir(filepath.Join(d.c.Paths.Inbox, folder), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	d.send("5月/低保.csv", head+one)
	d.send("6月/低保.csv", head+one+two)
	d.send("6月/特困.csv", "姓名,身份证号\n甲一,130890197001010016\n")
	d.send("6月/残疾.xlsx", "not a workbook")
	told := strings.Join(d.mustNight("2021-06-10").Warnings, "\n")
	for _, want := range []string{"E-SRC-18｜《5月/低保.csv》和《6月/低保.csv》", "E-SRC-03｜《6月/特困.csv》第 1 行", "E-SRC-05｜《6月/残疾.xlsx》"} {
		if !strings.Contains(told, want) {
			t.Errorf("%q is not told:\n%s", want, told)
		}
	}
	refused := lines(t, d.client(), "SELECT path FROM source_file WHERE note LIKE '拒收%' ORDER BY 1")
	if want := []string{"6月/残疾.xlsx", "6月/特困.csv"}; !slices.Equal(refused, want) {
		t.Errorf("refused %q, want %q", refused, want)
	}
}

// TestEditionsBySubstance: a copy that was sent again, and a sheet that stands twice, are told
// whatever they are called; parts that tell different things of the same people are not.
func TestEditionsBySubstance(t *testing.T) {
	const one, two, three = "东沟镇,D1,甲一,130890197001010016", "东沟镇,D2,丁四,130890194505050050", "东沟镇,D3,戊五,130890194505050130"
	const head = "镇,低保证号,姓名,身份证号,与户主关系,档次,状态\n"
	const dibao = head + one + ",户主,A,在保\n" + two + ",户主,A,在保\n"
	const tekun = "镇,村,姓名,身份证号,供养方式\n"
	for _, c := range []struct {
		what  string
		files map[string]string
		told  bool
	}{
		{"a copy with two changes", map[string]string{"上板城镇低保.csv": dibao, "上板城镇低保(1).csv": head + one + ",户主,A,停保\n" + three + ",户主,A,在保\n" + two + ",户主,B,注销\n"}, true},
		{"another name, a column more", map[string]string{"低保名册.csv": dibao, "全区低保人员.csv": strings.ReplaceAll(dibao, "\n东", ",备注,村\n东")}, true},
		{"a copy of a roster of persons", map[string]string{"特困.csv": tekun + "东沟镇,东,甲一,130890197001010016,集中\n", "特困 - 副本.csv": tekun + "东沟镇,东,甲一,130890197001010016,分散\n"}, true},
		{"heads and members", map[string]string{
			"低保户主.csv": "镇,低保证号,姓名,身份证号,档次,享受人数,月保障金\n" + one + ",A,2,800\n" + two + ",A,1,400\n",
			"低保成员.csv": "镇,低保证号,姓名,身份证号,与户主关系\n" + one + ",户主\n" + two + ",户主\n" + three + ",配偶\n"}, false},
		{"towns", map[string]string{"甲镇低保.csv": head + one + ",户主,A,在保\n", "乙镇低保.csv": head + two + ",户主,A,在保\n"}, false},
		{"another household", map[string]string{"甲镇低保.csv": head + one + ",户主,A,在保\n", "乙镇低保.csv": head + strings.Replace(one, "D1", "D7", 1) + ",户主,A,在保\n"}, false},
		{"the monitored once more", map[string]string{
			"建档立卡.csv": "镇,户编号,姓名,身份证号,户类型\n" + one + ",脱贫户\n" + two + ",脱贫户\n" + three + ",脱贫户\n",
			"监测对象.csv": "镇,户编号,姓名,身份证号,户类型\n" + one + ",脱贫户\n"}, false},
	} {
		d := newDistrict(t)
		for name, text := range c.files {
			d.send(name, text)
		}
		if got := strings.Contains(strings.Join(d.mustRecord("2021-06-10").Warnings, "\n"), "E-SRC-18"); got != c.told {
			t.Errorf("%s: told %v", c.what, got)
		}
	}
}
