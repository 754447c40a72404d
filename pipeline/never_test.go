package pipeline

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"hedui/matchers"
)

// What the catalogue must never do (rules.md), point by point. The fifth, that a
// data fault looks like an event, is guard_night_test.go's; that every workbook
// and form says what it must is cmd/hedui's.

// findAll runs the whole catalogue over rosters.
func findAll(t *testing.T, rosters string) *exampleNights {
	t.Helper()
	x := walkRosters(t, nil, rosters)
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := matchers.Find(context.Background(), x.w.Conn(), rules, columnLabels()); err != nil {
		t.Fatal(err)
	}
	return x
}

// TestNeverDecides: every finding of the sample's second night, as it was written out
// (TestGoldenReports compares it with a run), is a doubt, and none is a verdict. Heads
// that decide are refused; matchers tests that.
func TestNeverDecides(t *testing.T) {
	file, err := os.Open("../testdata/golden/全区/findings.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	findings, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	statement := slices.Index(findings[0], "statement")
	doubt, verdict := regexp.MustCompile("疑似|需核实|存疑"), regexp.MustCompile("停发|清退|取消|追回|违规|骗")
	for _, f := range findings[1:] {
		if text := f[statement]; !doubt.MatchString(text) || verdict.MatchString(text) {
			t.Errorf("%s decides: %s", f[1], text)
		}
	}
	if len(findings) < 200 {
		t.Errorf("the sample has %d findings", len(findings)-1)
	}
}

// Everybody's income is a month's; there is an income too high, too low, lower
// than the other roster's, and low after an exit.
const monthly = `
-- 2021-05-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除,月人均纯收入
上板城镇,1001,甲一,130890197001010016,户主,脱贫户,,400
上板城镇,1002,乙一,130890197001010032,户主,脱贫不稳定户,是,450
上板城镇,1003,丙一,130890197001010059,户主,脱贫不稳定户,否,900
上板城镇,1004,丁一,130890197001010075,户主,脱贫户,,400
上板城镇,1005,戊一,130890197001010091,户主,脱贫户,,300
-- 2021-05-10/低保.csv --
镇,低保证号,姓名,身份证号,保障档次,月保障金额,家庭月人均收入,最近复核时间,状态
上板城镇,D01,丁一,130890197001010075,A类,442,900,2021-04-01,在保
上板城镇,D05,戊一,130890197001010091,A类,442,300,2021-04-01,在保
-- 2021-05-10/特困.csv --
镇,姓名,身份证号,供养方式,月供养金,状态
上板城镇,壬一,130890195001010172,分散,620,正常
-- 2021-05-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴,困难残疾人生活补贴
上板城镇,甲一,130890197001010016,肢体,一级,是,是
-- 2021-05-10/医保.csv --
镇,姓名,身份证号,是否参保,个人自付,是否重特大疾病
上板城镇,丁一,130890197001010075,是,10,否
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除,月人均纯收入
上板城镇,1001,甲一,130890197001010016,户主,脱贫户,,400
上板城镇,1002,乙一,130890197001010032,户主,脱贫不稳定户,是,450
上板城镇,1003,丙一,130890197001010059,户主,脱贫不稳定户,否,900
上板城镇,1004,丁一,130890197001010075,户主,脱贫户,,400
上板城镇,1005,戊一,130890197001010091,户主,脱贫户,,300
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,保障档次,月保障金额,家庭月人均收入,最近复核时间,状态,渐退期截止
上板城镇,D01,丁一,130890197001010075,B类,330,900,2021-04-01,在保,
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,月供养金,状态
上板城镇,壬一,130890195001010172,分散,620,正常
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴,困难残疾人生活补贴
上板城镇,甲一,130890197001010016,肢体,一级,是,是
-- 2021-06-10/医保.csv --
镇,姓名,身份证号,是否参保,个人自付,是否重特大疾病
上板城镇,丁一,130890197001010075,是,10,否
`

// TestNeverSpreadsAMonthSilently: a finding that rests on an income says that it
// was a month's, and is no surer than medium.
func TestNeverSpreadsAMonthSilently(t *testing.T) {
	x := findAll(t, monthly)
	const rests = "evidence LIKE '%\"fact\":\"income_per_capita\",\"label\":\"%\",\"value\":\"%' OR evidence LIKE '%\"fact\":\"dibao_income\"%'"
	got := x.lines(t, "SELECT DISTINCT rule_id FROM found WHERE "+rests+" ORDER BY rule_id")
	for _, rule := range []string{"CB05", "CT03", "JC03", "JC09", "LB01", "LB06"} {
		if !strings.Contains(got, rule) {
			t.Errorf("%s is not among the findings that rest on an income: %s", rule, got)
		}
	}
	if bad := x.lines(t, "SELECT rule_id || ' ' || confidence FROM found WHERE ("+rests+") AND (confidence = 'high' OR evidence NOT LIKE '%由月收入折算%') ORDER BY 1"); bad != "" {
		t.Errorf("these spread a month's income silently:\n%s", bad)
	}
	const cites = `SELECT count(*) FROM found WHERE rule_id = 'JC03' AND evidence LIKE '%"poor_income_monthly",%,"sources":[{"kind":"registered_poor",%'`
	if got := x.lines(t, cites); got == "0" {
		t.Errorf("JC03 does not say in which roster the poor household's month stands: %s", x.lines(t, "SELECT evidence FROM found WHERE rule_id = 'JC03'"))
	}
}

// A name whose number cannot be read stands where, with a number, it would be
// accused; another's number is one digit off and resolved by name.
const unreadable = `
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,1001,甲一,130890197001010016,户主,脱贫户,
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,保障档次,月保障金额,家庭年人均收入,状态
上板城镇,D01,乙一,待补,A类,442,3000,在保
上板城镇,D02,乙一,待补,A类,442,3000,在保
上板城镇,D03,丙一,130890197001010059,A类,442,3000,在保
上板城镇,D04,丁一,1308901970010100@5,A类,442,3000,在保
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,自理能力,月供养金,状态
上板城镇,乙一,待补,分散,全自理,620,正常
上板城镇,丙一,1308901970010100@9,分散,全自理,620,正常
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴,困难残疾人生活补贴
上板城镇,乙一,待补,听力,四级,是,是
-- 2021-06-10/学校.csv --
户籍镇,姓名,身份证号,学校,学段,就读状态
上板城镇,寅一,130890200501010017,第一中学,普高,在校
-- 2021-06-10/核对.csv --
镇,姓名,身份证号,核对项目,发生日期,是否豁免
上板城镇,乙一,待补,死亡,2021-03-01,否
上板城镇,乙一,待补,服刑,2021-03-01,否
上板城镇,乙一,待补,车辆,2021-03-01,否
上板城镇,丁一,130890197001010075,服刑,2021-03-01,否
`

// TestNeverAccusesOnANameAlone: 错保 needs the number, and a repaired link makes it
// no surer than medium.
func TestNeverAccusesOnANameAlone(t *testing.T) {
	x := findAll(t, strings.ReplaceAll(unreadable, "@", "9"))
	const accused = "FROM found WHERE category = '错保'"
	if bad := x.lines(t, "SELECT rule_id || ' ' || name "+accused+" AND id_number IS NULL ORDER BY 1"); bad != "" {
		t.Errorf("accused on a name alone:\n%s", bad)
	}
	if got := x.lines(t, "SELECT rule_id || ' ' || name || ' ' || confidence "+accused+" ORDER BY 1"); !strings.Contains(got, "CB01 丙一 medium") || strings.Contains(got, "high") {
		t.Errorf("accused by a repaired link:\n%s", got)
	}
}

// TestNeverSureOfALinkBySomebodyElse: a relative whose number was repaired, and a number that
// was broken when its bearer left dibao, make nobody surer than medium.
func TestNeverSureOfALinkBySomebodyElse(t *testing.T) {
	x := findAll(t, `
-- 2021-05-10/低保.csv --
镇,低保证号,姓名,身份证号,状态
上板城镇,D01,甲一,130890197001010016,在保
上板城镇,D01,乙二,130890197502020029,在保
上板城镇,D02,甲二,130890197001010032,在保
上板城镇,D02,乙四,130890197502020044,在保
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,状态
上板城镇,D01,甲一,130890197001010016,在保
上板城镇,D02,甲二,130890197001010032,在保
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,丁四,130890194505050050,分散,正常
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,劳动技能
上板城镇,1001,乙二,130890197502020028,户主,脱贫户,普通劳动力
上板城镇,1002,乙四,130890197502020044,户主,脱贫户,普通劳动力
上板城镇,1003,丁四,130890194505050050,户主,脱贫户,丧失劳动力
上板城镇,1003,丁子,130890198003030038,之子,脱贫户,普通劳动力
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,证件状态
上板城镇,壬一,130890195001010172,肢体,四级,正常
-- 2021-06-10/学校.csv --
户籍镇,姓名,身份证号,学校,学段,就读状态
上板城镇,丁子,130890198003030031,第一中学,普高,毕业
`)
	got := x.lines(t, "SELECT rule_id || ' ' || name || ' ' || confidence FROM found WHERE rule_id IN ('CB14', 'CT05') ORDER BY ALL")
	if want := "CB14 丁四 medium\nCT05 乙二 medium\nCT05 乙四 high"; strings.TrimSpace(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestNeverSureOfALinkOfThen: nor do those who are still in dibao, or those who stood in a former
// list, where it was under a broken number that they are known.
func TestNeverSureOfALinkOfThen(t *testing.T) {
	x := findAll(t, `
-- 2021-05-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,1001,甲一,130890197001011001,户主,脱贫不稳定户,否
上板城镇,1002,甲二,130890197102021005,户主,脱贫不稳定户,否
上板城镇,1009,癸一,130890195001010172,户主,脱贫户,
-- 2021-05-10/低保.csv --
镇,低保证号,姓名,身份证号,与户主关系,状态
上板城镇,D01,丙一,13089019720303100X,户主,在保
上板城镇,D01,丙二,130890197304041004,配偶,在保
上板城镇,D02,丁一,130890197405051009,户主,在保
上板城镇,D02,丁二,130890197506061000,配偶,在保
上板城镇,D09,癸二,130890195001010210,户主,在保
-- 2021-05-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴,证件状态
上板城镇,戊一,130890197607071010,肢体,一级,是,正常
上板城镇,戊二,130890197708081029,肢体,一级,是,正常
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,1009,癸一,130890195001010172,户主,脱贫户,
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,与户主关系,状态
上板城镇,D01,丙一,130890197203031000,户主,在保
上板城镇,D09,癸二,130890195001010210,户主,在保
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,130890194505050050,分散,正常
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴,证件状态
上板城镇,戊一,130890197607071016,肢体,一级,否,正常
上板城镇,戊二,130890197708081029,肢体,一级,否,正常
-- 2021-06-10/医保.csv --
镇,姓名,身份证号,是否参保
上板城镇,甲一,130890197001011000,是
上板城镇,丙一,13089019720303100X,是
上板城镇,丁二,130890197506061003,是
上板城镇,戊一,130890197607071016,是
-- 2021-06-10/核对.csv --
姓名,身份证号,核对项目,发生日期
丁一,130890197405051009,死亡,2021-05-20
`)
	got := x.lines(t, "SELECT rule_id || ' ' || name || ' ' || confidence FROM found WHERE rule_id IN ('CT05', 'CT06', 'CT07', 'CT08') ORDER BY ALL")
	if want := "CT05 丙二 medium\nCT06 甲一 medium\nCT06 甲二 high\nCT07 戊一 medium\nCT07 戊二 high\nCT08 丁一 medium"; strings.TrimSpace(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestNeverLookedIntoWhatIsNotThere: of a roster that did not come nothing was seen, nor looked for;
// and of a subsidy that is told in a roster without the person it is known that he has none.
func TestNeverLookedIntoWhatIsNotThere(t *testing.T) {
	x := findAll(t, `
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,户类型
上板城镇,1001,甲一,130890194505050050,脱贫户
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,130890195001010172,分散,正常
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,困难残疾人生活补贴,重度残疾人护理补贴
上板城镇,壬一,130890195001010172,肢体,四级,否,否
`)
	if got := x.lines(t, "SELECT statement FROM found WHERE rule_id = 'LB05'"); !strings.Contains(got, "低保名册所列：本期没有名册") {
		t.Errorf("LB05 says %s", got)
	}
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	questions, err := matchers.Ask(t.Context(), x.w.Conn())
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range rules {
		if rule.ID != "CB08" && rule.ID != "CB09" {
			continue
		}
		truths, err := questions.Why(t.Context(), rule, "130890194505050050")
		if err != nil {
			t.Fatal(err)
		}
		if at := matchers.Decides(truths); at != 1 || !truths[at].Holds.Valid {
			t.Errorf("%s: %+v", rule.ID, truths)
		}
	}
}

// TestNeverCallsANumberAGhost: who was in dibao and registered last month under a
// number that this month's lists write unreadably has neither left nor vanished;
// the number is asked for, and that is all.
func TestNeverCallsANumberAGhost(t *testing.T) {
	x := findAll(t, `
-- 2021-05-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,1001,甲一,130890197001010016,户主,脱贫不稳定户,否
-- 2021-05-10/低保.csv --
镇,低保证号,姓名,身份证号,渐退期截止,状态
上板城镇,D01,甲一,130890197001010016,2021-12-31,在保
-- 2021-05-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,130890195001010172,分散,正常
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,2001,甲一,1.30890E+17,户主,脱贫不稳定户,否
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,渐退期截止,状态
上板城镇,D01,甲一,1.30890E+17,2021-12-31,在保
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,1.30890E+17,分散,正常
`)
	if got := x.lines(t, "SELECT rule_id FROM found WHERE category = '错退' ORDER BY 1"); got != "" {
		t.Errorf("called a broken number an exit: %s", got)
	}
	got := x.lines(t, "SELECT statement FROM found WHERE rule_id = 'DQ01' ORDER BY 1")
	if strings.Count(got, "\n") != 2 || strings.ContainsAny(got, "虚假") || !strings.Contains(got, "身份证号") {
		t.Errorf("DQ01 says\n%s", got)
	}
}

// TestNeverSureBesideABlurredRow: who seems to be missing from a roster in which somebody of
// that name stands under a number that nobody can read may be there; a rule that leans on
// that roster says so, and is not sure.
func TestNeverSureBesideABlurredRow(t *testing.T) {
	x := findAll(t, `
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,人均纯收入
上板城镇,1001,甲一,130890197001010016,户主,脱贫户,5000
上板城镇,1002,乙二,130890197502020028,户主,脱贫户,5000
上板城镇,1003,丁四,130890194505050050,户主,脱贫户,5000
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,状态
上板城镇,D01,甲一,130890********0016,在保
冯营子镇,D02,乙二,130890********0028,在保
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,130890195001010172,分散,正常
-- 2021-06-10/核对信息.csv --
镇,姓名,身份证号,核对项目
上板城镇,丁四,130890********0050,死亡
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,证件状态,困难残疾人生活补贴,重度残疾人护理补贴
上板城镇,甲一,130890197001010016,肢体,一级,正常,否,否
上板城镇,乙二,130890197502020028,肢体,一级,正常,否,否
上板城镇,丁四,130890194505050050,肢体,一级,正常,否,否
`)
	got := x.lines(t, `SELECT rule_id || ' ' || name || ' ' || confidence || ' ' || coalesce(evidence->>'$.facts[#-1].value', '') FROM found
		WHERE rule_id IN ('LB01', 'BT02') ORDER BY ALL`)
	for _, want := range []string{"LB01 甲一 low 城乡最低生活保障名册 低保.csv 第2行", "LB01 丁四 low 家庭经济状况核对信息 核对信息.csv 第2行", "LB01 乙二 high"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if sources := x.lines(t, "SELECT evidence->>'$.facts[#-1].sources[0].path' FROM found WHERE rule_id = 'LB01' AND name = '甲一'"); strings.TrimSpace(sources) != "低保.csv" {
		t.Errorf("sources %q", sources)
	}
}

// TestNeverSureBesideABorrowedNumber: the head's number copied down to every member hides the
// members; who seems to be missing beside a row of their name and another's number may be that
// row's, and a finding about a number that goes under several names says so.
func TestNeverSureBesideABorrowedNumber(t *testing.T) {
	x := findAll(t, `
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,人均纯收入
上板城镇,1001,孙甲甲,130890197001010016,户主,脱贫户,5000
上板城镇,1001,孙乙乙,130890197502020028,配偶,脱贫户,5000
上板城镇,1001,孙丙丙,130890194505050050,之父,脱贫户,5000
上板城镇,1002,钱甲甲,130890197007070079,户主,脱贫户,9000
上板城镇,1002,钱乙乙,130890197508080080,配偶,脱贫户,9000
上板城镇,1003,李甲甲,130890198009090094,户主,脱贫户,9000
上板城镇,1003,李小小,130890201103030033,之子,脱贫户,9000
-- 2021-06-10/低保.csv --
镇,低保证号,户主姓名,户主身份证号,姓名,身份证号,状态
上板城镇,D01,孙甲甲,130890197001010016,孙甲甲,130890197001010016,在保
上板城镇,D01,孙甲甲,130890197001010016,孙乙乙,130890197001010016,在保
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,130890195001010172,分散,正常
-- 2021-06-10/医疗.csv --
镇,姓名,身份证号,个人自付,医疗救助金额
上板城镇,钱甲甲,130890197007070079,20000,0
-- 2021-06-10/临时救助.csv --
镇,姓名,身份证号,救助日期,金额
上板城镇,钱乙乙,130890********0089,2021-05-01,3000
-- 2021-06-10/学校.csv --
镇,姓名,身份证号,学校,办学性质,学段,就读状态,资助金额,资助项目
上板城镇,李小小,130890198009090094,中心小学,公办,小学,在校,,
`)
	got := x.lines(t, `SELECT rule_id || ' ' || name || ' ' || confidence || CASE WHEN contains(statement, '姓名不一致（李小小、李甲甲）') THEN ' 姓名不一致' ELSE '' END || ' ' ||
		coalesce(evidence->>'$.facts[#-1].value', '') FROM found WHERE rule_id IN ('LB04', 'LB07', 'BT07', 'BT08') ORDER BY ALL`)
	want := `BT07 李甲甲 high 姓名不一致 
BT08 李小小 low 在校学生和资助名册 学校.csv 第2行
LB04 孙丙丙 high 低保.csv 第2行、低保.csv 第3行
LB04 孙乙乙 low 城乡最低生活保障名册 低保.csv 第3行
LB07 钱甲甲 low 临时救助名册 临时救助.csv 第2行`
	if got != want {
		t.Errorf("found\n%swant\n%s", got, want)
	}
}

// TestNeverSureOfAnExitUnderAnotherNumber: dibao writes somebody's number anew, as no slip of the
// pen would, and the name goes on in the household; another department has the old number still.
func TestNeverSureOfAnExitUnderAnotherNumber(t *testing.T) {
	const rosters = `
-- 2021-0%[1]d-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除
上板城镇,1001,甲一,130890197001010016,户主,脱贫不稳定户,否
上板城镇,1002,乙二,130890197502020028,户主,脱贫不稳定户,否
-- 2021-0%[1]d-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,130890195001010172,分散,正常
-- 2021-0%[1]d-10/低保.csv --
镇,低保证号,姓名,身份证号,状态
上板城镇,D01,甲一,%[2]s,在保
上板城镇,D02,%[3]s,在保
`
	x := findAll(t, fmt.Sprintf(rosters, 5, "130890197001010016", "乙二,130890197502020028")+fmt.Sprintf(rosters, 6, "130890197007070079", "丙三,130890194505050050"))
	got := x.lines(t, "SELECT rule_id || ' ' || name || ' ' || confidence || ' ' || contains(statement, '证号看不清或对不上') FROM found WHERE rule_id IN ('CT01', 'LB03') ORDER BY ALL")
	want := "CT01 乙二 high false\nCT01 甲一 low true\nLB03 乙二 high false\nLB03 甲一 low true"
	if got != want {
		t.Errorf("found\n%s\nwant\n%s", got, want)
	}
}

// TestRowIsOfItsOwnHousehold: two rows of one name without a number are one person to all
// rules; whoever asks for the number looks each row up in its own household.
func TestRowIsOfItsOwnHousehold(t *testing.T) {
	x := findAll(t, `
-- 2021-06-10/建档立卡.csv --
镇,户编号,姓名,身份证号,与户主关系,户类型
上板城镇,1001,王芳,待补,户主,脱贫户
上板城镇,1002,王芳,待补,配偶,脱贫户
上板城镇,待补,王芳,待补,之女,脱贫户
上板城镇,1003,甲一,130890197001010016,户主,脱贫户
`)
	got := x.lines(t, "SELECT coalesce(household_no, '空白') FROM found WHERE rule_id = 'DQ01' ORDER BY 1")
	if got := strings.Fields(got); !slices.Equal(got, []string{"1001", "1002", "空白"}) {
		t.Errorf("households %q", got)
	}
}

// TestRosterOfAHeaderAlone: a month without a hit is no fault, and nothing hides
// that a rule had no column to look at.
func TestRosterOfAHeaderAlone(t *testing.T) {
	x := findAll(t, `
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,状态
上板城镇,D01,甲一,130890197001010016,在保
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,壬一,130890195001010172,分散,正常
-- 2021-06-10/残疾人.csv --
镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴
-- 2021-06-10/核对.csv --
姓名,身份证号,核对项目,发生日期
`)
	const want = "BT01 未执行\nCB03 已执行"
	if got := x.lines(t, "SELECT rule_id || ' ' || status FROM rule WHERE rule_id IN ('BT01', 'CB03') ORDER BY rule_id"); got != want {
		t.Errorf("rules:\n%s\nwant:\n%s", got, want)
	}
}
