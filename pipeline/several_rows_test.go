package pipeline

import (
	"fmt"
	"os"
	"slices"
	"testing"
)

// TestOneCertificateIsTold: of several the one that rules rest on, its type with its grade.
func TestOneCertificateIsTold(t *testing.T) {
	x := walkRosters(t, nil, `
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾证号,残疾类别,残疾等级,证件状态
上板城镇,甲两证,130897197003039722,,听力,一级,正常
上板城镇,甲两证,130897197003039722,,肢体,二级,正常
上板城镇,乙新证,130897197103039738,,看不懂,一级,正常
上板城镇,乙新证,130897197103039738,,听力,三级,注销
上板城镇,丙新证,130897197203039743,,肢体,四级,正常
上板城镇,丙新证,130897197203039743,,肢体,一级,注销
`)
	const want = `丙新证 肢体4 正常
乙新证 -1 正常
甲两证 肢体2 正常`
	if got := x.lines(t, "SELECT concat(name, ' ', coalesce(disability_type, '-'), disability_grade, ' ', cert_status) FROM person ORDER BY name"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestOneSchoolIsTold: of several the one where the pupil is taught.
func TestOneSchoolIsTold(t *testing.T) {
	x := walkRosters(t, nil, `
-- 2021-06-10/学校.csv --
户籍镇,姓名,身份证号,学校,办学性质,学段,就读状态
上板城镇,甲升学,130897200603039819,中心小学,公办,小学,毕业
上板城镇,甲升学,130897200603039819,第二中学,公办,初中,在校
`)
	if got, want := x.lines(t, "SELECT concat_ws(' ', name, school, stage, enrolment) FROM person"), "甲升学 第二中学 junior 在校"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestUnreadableTypeNamesThePerson: LB05 tells of whoever is severely disabled, also where
// the disability's type is unreadable.
func TestUnreadableTypeNamesThePerson(t *testing.T) {
	x := walkRosters(t, nil, `
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型
上板城镇,1,甲老,130897194503039776,户主,脱贫户
上板城镇,1,乙残,130897197003039781,之子,脱贫户
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,证件状态
上板城镇,乙残,130897197003039781,看不懂,一级,正常
`)
	rule, err := os.ReadFile("../matchers/rules/LB05.sql")
	if err != nil {
		t.Fatal(err)
	}
	if got, want := x.lines(t, "SELECT incapable FROM ("+string(rule)+")"), "甲老76岁、乙残1级残疾"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestWhoStandsInTwoHouseholdsIsNamedInBoth: what decides of a household's members names them all.
func TestWhoStandsInTwoHouseholdsIsNamedInBoth(t *testing.T) {
	x := walkRosters(t, nil, `
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,1,甲老,130897194503039776,户主,脱贫户,
上板城镇,1,乙老,13089019460117861X,配偶,脱贫户,
上板城镇,2,乙老,13089019460117861X,户主,脱贫不稳定户,否
上板城镇,3,丙姐,130890201001178619,户主,脱贫户,
上板城镇,3,丁妹,130890201201178613,之妹,脱贫户,
上板城镇,4,丁妹,130890201201178613,户主,脱贫不稳定户,否
-- 2021-06-10/低保.csv --
镇,姓名,身份证号
上板城镇,戊五,130897197003039781
-- 2021-06-10/特困.csv --
镇,姓名,身份证号
上板城镇,己六,130897197103039738
`)
	for id, query := range map[string][2]string{
		"LB05": {"SELECT incapable FROM (%s) WHERE household_id = '上板城镇|1'", "甲老76岁、乙老75岁"},
		"LB09": {"SELECT members_told || len(member_places) FROM (%s) WHERE person_id = '130890201001178619'", "丙姐（11岁）、丁妹（9岁）3"},
	} {
		rule, err := os.ReadFile("../matchers/rules/" + id + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		if got := x.lines(t, fmt.Sprintf(query[0], rule)); got != query[1] {
			t.Errorf("%s: got %s, want %s", id, got, query[1])
		}
	}
}

// TestRepairedLinksAreNoSureOnes: what rests on a relative's row, or on last month's, that was linked
// by repair is of medium confidence.
func TestRepairedLinksAreNoSureOnes(t *testing.T) {
	d := newDistrict(t)
	const poor = "镇,户编号,姓名,身份证号,与户主关系,户类型\n东沟镇,H1,甲一,130890197001010016,户主,脱贫户\n东沟镇,H1,乙二,130890197502020028,配偶,脱贫户\n"
	const dibao = "镇,低保证号,姓名,身份证号,档次,享受人数,月保障金,最近复核时间\n"
	d.send("建档立卡.csv", poor)
	d.send("特困.csv", tekun)
	d.send("低保.csv", dibao+"东沟镇,D1,甲一,130890197001011016,C,1,240,2021-04-01\n") // one digit wrong
	d.mustRecord("2021-05-10")
	d.send("低保.csv", dibao+"东沟镇,D1,甲一,130890197001010016,B,1,330,2021-04-01\n")
	d.mustNight("2021-05-20")
	confidence := "SELECT rule_id || ' ' || confidence FROM finding WHERE rule_id IN ('CB13', 'LB04') ORDER BY 1"
	if got, want := lines(t, d.client(), confidence), []string{"CB13 medium", "LB04 high"}; !slices.Equal(got, want) {
		t.Errorf("last month's link: %q, want %q", got, want)
	}
	d.send("低保.csv", dibao+"东沟镇,D1,甲一,130890197001011016,B,1,330,2021-04-01\n")
	d.mustNight("2021-05-21")
	if got := lines(t, d.client(), confidence); !slices.Contains(got, "LB04 medium") {
		t.Errorf("tonight's link: %q", got)
	}
}

// TestHeadsRowTellsAMembersFacts: what stands in the head's row alone is told of a member, with that row.
func TestHeadsRowTellsAMembersFacts(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", "镇,低保证号,姓名,身份证号,与户主关系,月保障金\n东沟镇,D1,甲一,130890197001010016,户主,442\n东沟镇,D1,乙二,130890197502020028,配偶,\n")
	d.send("特困.csv", "镇,姓名,身份证号\n东沟镇,乙二,130890197502020028\n")
	d.mustNight("2021-06-10")
	const rows = `SELECT DISTINCT concat_ws(' ', f.fact, f.value, list_transform(f.sources, s -> s.row))
		FROM (SELECT unnest(from_json(evidence->'$.facts', '[{"fact": "VARCHAR", "value": "VARCHAR", "sources": [{"row": "INTEGER"}]}]')) AS f FROM finding WHERE rule_id = 'CB01')
		WHERE f.fact = 'dibao_amount'`
	if got, want := lines(t, d.client(), rows), []string{"dibao_amount 442 [3, 2]"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}
