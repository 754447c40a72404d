package pipeline

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"hedui/sources/table/tabletest"
)

// TestTownOfAFinding: a household's town where the household is poor; of anybody else what
// registered_poor says is the last that is asked, for general farmers and who was struck
// off may have moved. A village goes with its own town alone.
func TestTownOfAFinding(t *testing.T) {
	const farmer, poor = "130890197003164019", "130890197003174014"
	d := newDistrict(t)
	d.send("建档立卡.csv", "镇,村,户编号,姓名,身份证号,与户主关系,户类型\n东沟镇,东村,1,甲一,"+farmer+",户主,一般农户\n东沟镇,,2,乙二,"+poor+",户主,脱贫户\n")
	d.send("低保.csv", "镇,村,低保证号,姓名,身份证号,状态\n西沟镇,,D1,甲一,"+farmer+",在保\n西沟镇,西村,D2,乙二,"+poor+",在保\n")
	d.send("特困.csv", tekun)
	d.send("残疾人.csv", "镇,姓名,身份证号,残疾类别,残疾等级,困难残疾人生活补贴,重度残疾人护理补贴\n西沟镇,甲一,"+farmer+",肢体,二级,否,是\n西沟镇,乙二,"+poor+",肢体,二级,否,是\n")
	d.mustNight("2021-06-10")
	found := d.findings("2021-06-10")
	for _, want := range []string{"\"\t" + farmer + "\",甲一,,西沟镇,,", "\"\t" + poor + "\",乙二,2,东沟镇,,"} {
		if n := strings.Count(found, want); n != 2 { // BT02 and DQ05
			t.Errorf("%d findings are told as %q in\n%s", n, want, found)
		}
	}
}

// TestStraysAreTold: members in columns that no header claims are a warning, every night.
func TestStraysAreTold(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", "镇,低保证号,户主姓名,户主身份证号,享受人数,配偶姓名,配偶身份证号\n东沟镇,D1,甲一,130890197001010016,2,乙二,130890197502020028\n")
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		if told := strings.Join(d.mustRecord(day).Warnings, "\n"); !strings.Contains(told, "E-SRC-19") || !strings.Contains(told, "配偶身份证号") || strings.Contains(told, "130890") {
			t.Errorf("%s: told %s", day, told)
		}
	}
}

// TestOtherProgrammesAreTold: people of another programme in a roster are nobody of it, and a
// warning every night.
func TestOtherProgrammesAreTold(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", "镇,低保证号,姓名,身份证号,救助类型\n东沟镇,D1,甲一,130890197001010016,低保\n东沟镇,D2,乙二,130890197502020028,低保边缘\n")
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		m := d.mustRecord(day)
		if told := strings.Join(m.Warnings, "\n"); m.told("dibao").Rows != 1 || !strings.Contains(told, "E-SRC-20") || strings.Contains(told, "130890") {
			t.Errorf("%s: %d rows, told %s", day, m.told("dibao").Rows, told)
		}
	}
}

// TestRemarksAreTold: an end that only a remark tells is a warning every night, and a row of the
// department's sheet in 数据质量.xlsx; nobody is put out of force by it.
func TestRemarksAreTold(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", "镇,低保证号,姓名,身份证号,备注\n东沟镇,D1,甲一,130890197001010016,\n东沟镇,D2,乙二,130890197502020028,2021年3月停保\n")
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		m := d.mustRecord(day)
		if told := strings.Join(m.Warnings, "\n"); m.told("dibao").Rows != 2 || !strings.Contains(told, "E-SRC-21") || strings.Contains(told, "130890") {
			t.Errorf("%s: %d rows, told %s", day, m.told("dibao").Rows, told)
		}
	}
}

// TestStruckOutAreTold: who is struck out in a workbook counts, and is a warning every night and a
// row of the department's sheet in 数据质量.xlsx.
func TestStruckOutAreTold(t *testing.T) {
	d := newDistrict(t)
	struck := tabletest.Texts("东沟镇", "D2", "乙二", "130890197502020028")
	for i := range struck.Cells {
		struck.Cells[i] = tabletest.Struck(struck.Cells[i])
	}
	d.send("低保.xlsx", string(tabletest.XLSX(tabletest.Book{Sheets: []tabletest.Sheet{{Name: "东沟村", Rows: []tabletest.Row{
		tabletest.Texts("镇", "低保证号", "姓名", "身份证号"), tabletest.Texts("东沟镇", "D1", "甲一", "130890197001010016"), struck}}}})))
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		m := d.mustNight(day)
		if told := strings.Join(m.Warnings, "\n"); m.told("dibao").Rows != 2 || !strings.Contains(told, "E-SRC-23｜《低保.xlsx》工作表“东沟村”｜姓名或身份证号划了删除线的 1 行（第 3 行）") || strings.Contains(told, "130890") {
			t.Errorf("%s: %d rows, told %s", day, m.told("dibao").Rows, told)
		}
	}
	if got := d.returned("2021-06-11", civil); !strings.Contains(got, "|D2|乙二|") || !strings.Contains(got, "姓名：划了删除线，这一行仍照常计入") || strings.Contains(got, "甲一") {
		t.Errorf("returned %s", got)
	}
}

// TestUnreadableHouseholdsAreTold: household numbers that Excel has destroyed are a warning,
// every night.
func TestUnreadableHouseholdsAreTold(t *testing.T) {
	d := newDistrict(t)
	d.send("建档立卡.csv", "镇,户编号,姓名,身份证号,户类型\n东沟镇,1.30890E+15,甲一,130890197003164019,脱贫户\n东沟镇,1.30890E+15,乙二,130890197003174014,脱贫户\n")
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		if told := strings.Join(d.mustRecord(day).Warnings, "\n"); !strings.Contains(told, "E-SRC-22") || !strings.Contains(told, "“户编号”一列 2 格有 2 格看不懂") {
			t.Errorf("%s: told %s", day, told)
		}
	}
}

// TestHeadlessRowsAreTold: a sheet whose people no header explains is a warning.
func TestHeadlessRowsAreTold(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.html", `<table><tr><td>镇<td>姓名<td>身份证号<tr><td>东沟镇<td>丁四<td>130890194505050050</table>`+
		`<table><tr><td>西沟镇<td>甲一<td>130890197003164019</table>`)
	m := d.mustRecord("2021-06-10")
	if m.told("tekun").Rows != 1 || len(m.Warnings) == 0 || !strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-17") {
		t.Errorf("%d rows, warnings %q", m.told("tekun").Rows, m.Warnings)
	}
}

// TestEvidenceOfAHouseholdsFact: an income that only the head's row states is shown where
// it stands, beside the person's own row.
func TestEvidenceOfAHouseholdsFact(t *testing.T) {
	d := newDistrict(t)
	d.send("建档立卡.csv", "镇,户编号,姓名,身份证号,与户主关系,户类型,家庭人均纯收入\n东沟镇,1,甲一,130890197003164019,户主,脱贫户,5000\n东沟镇,1,乙二,130890197003174014,配偶,,\n")
	d.send("低保.csv", "镇,低保证号,姓名,身份证号,状态\n东沟镇,D1,丙三,130890194606060063,在保\n")
	d.send("特困.csv", tekun)
	d.send("残疾人.csv", "镇,姓名,身份证号,残疾类别,残疾等级\n东沟镇,乙二,130890197003174014,肢体,一级\n")
	d.mustRecord("2021-06-10")
	type source struct {
		Kind string
		Row  int
	}
	var evidence struct {
		Facts []struct {
			Fact    string
			Sources []source
		}
	}
	text := d.ask("SELECT evidence FROM finding_detail WHERE rule_id = 'LB01'")
	if err := json.Unmarshal([]byte(text), &evidence); err != nil {
		t.Fatalf("%v in %q", err, text)
	}
	for _, f := range evidence.Facts {
		if f.Fact == "income_per_capita" {
			if want := []source{{"registered_poor", 3}, {"registered_poor", 2}}; !slices.Equal(f.Sources, want) {
				t.Errorf("the income stands in %v, want %v", f.Sources, want)
			}
			return
		}
	}
	t.Errorf("no income in %s", text)
}

// TestSamePropertyInTwoLists: what last month's list tells this month's tells again.
func TestSamePropertyInTwoLists(t *testing.T) {
	const header, home, other = "姓名,身份证号,核对项目,核对详情,发生日期\n", "甲一,130890197003164019,不动产,东街1号,2019-05-06\n", "甲一,130890197003164019,不动产,西街2号,2020-05-06\n"
	for name, tt := range map[string]struct {
		may, june string
		rows      string
	}{
		"the same":           {header + home, header + home, "1"},
		"another":            {header + home, header + other, "2"},
		"two in one":         {header + home + other, header + home, "2"},
		"two, not described": {header + "甲一,130890197003164019,不动产,,\n甲一,130890197003164019,房产,,\n", header, "2"},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDistrict(t)
			d.c.Sources["verification"] = Source{Files: []string{"*核对*"}}
			d.send("低保.csv", "镇,低保证号,姓名,身份证号,状态\n东沟镇,D1,甲一,130890197003164019,在保\n")
			d.send("核对5月.csv", tt.may)
			d.send("核对6月.csv", tt.june+"丁四,130890194505050050,婚姻,,\n")
			d.mustNight("2021-06-10")
			found := strings.Contains(d.findings("2021-06-10"), ",CB04,")
			if want := tt.rows == "2"; found != want {
				t.Errorf("found: %v", found)
			}
		})
	}
}

// TestTownWithoutAFolder: a town that is on no list and has no open finding has no folder;
// what the district's forms sum up they list of it all the same.
func TestTownWithoutAFolder(t *testing.T) {
	d := newDistrict(t)
	d.c.Towns = []Town{{Name: "东沟镇"}}
	const elsewhere = "\n西沟镇,乙二,130890197501010047,肢体,一级,"
	const dibao = "镇,户编号,姓名,身份证号,状态\n西沟镇,D1,丙三,130890194606060063,在保\n"
	d.send("特困.csv", tekun)
	d.send("低保.csv", dibao)
	d.send("残疾人.csv", strings.TrimSpace(paid)+elsewhere+"否\n")
	d.mustNight("2021-06-10")
	issued, err := filepath.Glob(filepath.Join(d.c.Paths.Out, "2021-06-10", "西沟镇", "*问题台账*.xlsx"))
	if err != nil || len(issued) != 1 {
		t.Fatal(issued, err)
	}
	d.answered("2021-06-11", fillVerdicts(t, issued[0], "属实"))
	d.send("低保.csv", dibao+"西沟镇,D2,丁五,130890197003164019,在保\n")
	d.send("残疾人.csv", strings.TrimSpace(paid)+elsewhere+"是\n")
	d.mustNight("2021-06-12")
	if entries, err := os.ReadDir(filepath.Join(d.c.Paths.Out, "2021-06-12", "西沟镇")); err == nil {
		t.Fatalf("西沟镇 has a folder: %v\n%s", entries, d.findings("2021-06-12"))
	}
	all := filepath.Join(d.c.Paths.Out, "2021-06-12", "全区", "问题台账.xlsx")
	for sheet, want := range map[string]string{"已了结": "|西沟镇|||乙二|", "名册变动": "|西沟镇||低保|新增|", "重点排查对象": "|西沟镇|"} {
		if text := d.sheet(all, sheet); !strings.Contains(text, want) {
			t.Errorf("%s does not tell %s:\n%s", sheet, want, text)
		}
	}
	page, err := os.ReadFile(filepath.Join(d.c.Paths.Out, "2021-06-12", "overview.html"))
	if err != nil {
		t.Fatal(err)
	}
	_, follow, _ := strings.Cut(string(page), "各镇核查进度")
	if follow, _, _ = strings.Cut(follow, "<h2>"); !strings.Contains(follow, ">西沟镇<") {
		t.Errorf("核查进度 does not tell of 西沟镇:\n%s", follow)
	}
}
