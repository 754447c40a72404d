package pipeline

import (
	"os"
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
