package pipeline

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A dibao roster that holds a household in a row: the rules see its persons, its
// head and one place, and the night gives the same again.
func TestHouseholdRows(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", `镇,户主姓名,户主身份证号,其他家庭成员姓名1,身份证号1,其他家庭成员姓名2,身份证号2,享受人数,月保障金额
东沟镇,甲一,130895197001010014,乙二,130890197502020028,丙三,,3,900
东沟镇,戊五,130891197303030038,己六,130892197404040047,,,2,600
`)
	d.send("特困.csv", "镇,姓名,身份证号\n东沟镇,己六,130892197404040047\n")
	d.mustNight("2021-06-10")
	for query, want := range map[string]string{
		"SELECT row_number, name, household_no, amount::VARCHAR FROM read_dibao ORDER BY row_number, relation NULLS LAST, name DESC": `2 甲一 130895197001010014 900.00
2 乙二 130895197001010014 900.00
2 丙三 130895197001010014 900.00
3 戊五 130891197303030038 600.00
3 己六 130891197303030038 600.00`,
		"SELECT rows_loaded FROM source_file WHERE kind = 'dibao'": "2",
		"SELECT count(*) FROM history_dibao":                       "5",
	} {
		if got := d.ask(query); got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", query, got, want)
		}
	}
	// Who heads a household and where its rows stand does not depend on the night.
	first := d.findings("2021-06-10")
	if !strings.Contains(first, "己六") {
		t.Errorf("found\n%s", first)
	}
	other := newDistrict(t)
	for _, name := range []string{"低保.csv", "特困.csv"} {
		text, err := os.ReadFile(filepath.Join(d.c.Paths.Inbox, name))
		if err != nil {
			t.Fatal(err)
		}
		other.send(name, string(text))
	}
	other.mustNight("2021-06-10")
	if again := other.findings("2021-06-10"); again != first {
		t.Errorf("the same night elsewhere finds\n%s\nnot\n%s", again, first)
	}
}

// TestBlankTownWithinAHousehold: a blank cell is no other town, unless the row stands apart from the
// household's others. A second row of a person under the same number is of the same household.
func TestBlankTownWithinAHousehold(t *testing.T) {
	d := newDistrict(t)
	d.send("建档立卡.csv", `镇,户编号,姓名,身份证号,户类型
,7,甲一,130890197001010016,脱贫户
东沟镇,7,乙二,130890197502020028,脱贫户
,7,丙三,130890196004040048,脱贫户
东沟镇,8,丁四,130890194505050050,脱贫户
,8,戊五,130890195006060064,脱贫户
西岭镇,8,己六,130892197404040047,脱贫户
,7,庚七,130895197001010014,脱贫户
,,辛八,130891197303030038,脱贫户
`)
	d.send("低保.csv", "镇,低保证号,姓名,身份证号\n东沟镇,D1,甲一,130890197001010016\n")
	d.send("低保补充.csv", "镇,低保证号,姓名,身份证号\n,D1,甲一,130890197001010016\n,D1,丁四,130890194505050050\n")
	d.mustRecord("2021-06-10")
	for query, want := range map[string]string{
		"SELECT name, coalesce(town, '—') FROM read_registered_poor ORDER BY row_number": "甲一 东沟镇\n乙二 东沟镇\n丙三 东沟镇\n丁四 东沟镇\n戊五 东沟镇\n己六 西岭镇\n庚七 —\n辛八 —",
		"SELECT path, name, coalesce(town, '—') FROM read_dibao ORDER BY ALL":            "低保.csv 甲一 东沟镇\n低保补充.csv 丁四 东沟镇\n低保补充.csv 甲一 东沟镇",
	} {
		if got := d.ask(query); got != want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", query, got, want)
		}
	}
}

// Who applied for dibao is the household's head, wherever the row stands.
func TestApplicantIsHead(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", `镇,低保证号,姓名,身份证号,与申请人关系,月保障金额
东沟镇,D1,乙二,130890197502020028,配偶,900
东沟镇,D1,甲一,130890197001010016,申请人,900
`)
	d.mustNight("2021-06-10")
	if heads := lines(t, d.client(), "SELECT head_person_id FROM dibao_household"); !slices.Equal(heads, []string{"130890197001010016"}) {
		t.Errorf("heads %q", heads)
	}
}

// TestMonthlyIncomeIsCited: that an income was reckoned from a month's is told by the row of the
// roster that says so.
func TestMonthlyIncomeIsCited(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	d.send("低保.csv", "镇,姓名,身份证号,低保证号\n东沟镇,丁四,130890194505050050,D1\n")
	d.send("建档立卡.csv", "镇,户编号,姓名,身份证号,与户主关系,户类型,人均纯收入（元/月）\n东沟镇,1,甲一,130890197001010016,户主,脱贫户,100\n")
	d.mustNight("2021-06-10")
	const cited = `SELECT confidence || ' ' || (f.fact->>'$.sources[0].path') || (f.fact->>'$.sources[0].row')
		FROM (SELECT rule_id, confidence, unnest(json_extract(evidence, '$.facts[*]')) AS fact FROM finding) f
		WHERE rule_id = 'LB06' AND (f.fact->>'$.fact') = 'poor_income_monthly'`
	if got := lines(t, d.client(), cited); !slices.Equal(got, []string{"medium 建档立卡.csv2"}) {
		t.Errorf("cited %q", got)
	}
}

// findings is a night's list of findings.
func (d *district) findings(day string) string {
	d.t.Helper()
	text, err := os.ReadFile(filepath.Join(d.c.Paths.Out, day, "全区", "findings.csv"))
	if err != nil {
		d.t.Fatal(err)
	}
	return string(text)
}

// TestListsOfAWorkbook: the sheets of one workbook are lists of their own, a month each, as
// files are. What May's sheet and June's both tell, alike and without describing it, is one.
func TestListsOfAWorkbook(t *testing.T) {
	row := func(cells ...string) string {
		return `<Row><Cell><Data ss:Type="String">` + strings.Join(cells, `</Data></Cell><Cell><Data ss:Type="String">`) + "</Data></Cell></Row>"
	}
	table := "<Table>" + row("姓名", "身份证号", "核对项目", "发生日期", "是否豁免") + row("喻同房", "130897197003039220", "不动产", "2019-05-06", "否") + "</Table>"
	x := walkRosters(t, nil, `
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,状态
上板城镇,D97,喻同房,130897197003039220,在保
-- 2021-06-10/核对.xml --
<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="5月">`+table+`</Worksheet><Worksheet ss:Name="6月">`+table+`</Worksheet></Workbook>
`)
	if got := x.lines(t, "SELECT concat_ws(' ', item, rows) FROM verification_hit"); got != "property 1" {
		t.Errorf("both sheets tell %s", got)
	}
}

// TestDepartedHousehold: all members of a household at risk that is gone are asked after,
// also where the head's row alone told what it is.
func TestDepartedHousehold(t *testing.T) {
	x := walkRosters(t, nil, `
-- 2021-05-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,1,甲去,130897197003039853,户主,脱贫不稳定户,否
上板城镇,1,乙去,130897197103039869,配偶,,
上板城镇,1,丙去,130897197203039874,之子,,
上板城镇,2,丁留,130890197001010016,户主,脱贫户,
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,2,丁留,130890197001010016,户主,脱贫户,
`)
	if got := x.lines(t, "SELECT concat(members, ' ', any_living) FROM former_household"); got != "3 true" {
		t.Errorf("the household is %s", got)
	}
	if got := x.lines(t, "SELECT string_agg(name ORDER BY name) FROM person JOIN member_of_listed_household USING (person_id) WHERE subject = 'former registered_poor|上板城镇|1'"); got != "丙去,乙去,甲去" {
		t.Errorf("asked after are %s", got)
	}
}
