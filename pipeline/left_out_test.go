package pipeline

import (
	"slices"
	"strings"
	"testing"
)

// TestColumnLeftOut: a column that is not in tonight's file told of persons whom its rule cannot see
// without it. Nothing of theirs is cleared, and every such rule says what it lacks.
func TestColumnLeftOut(t *testing.T) {
	d := newDistrict(t)
	d.c.Sources["medical_aid"] = Source{Files: []string{"*医疗*"}}
	d.c.Sources["verification"] = Source{Files: []string{"*核对*"}}
	d.c.Sources["school"] = Source{Files: []string{"*在校*"}}
	rosters := map[string]string{
		"建档立卡.csv": `镇,户编号,姓名,身份证号,与户主关系,户类型,监测对象类别,风险是否消除,家庭人均纯收入,劳动技能
东沟镇,H1,甲一,130890198001010141,户主,脱贫户,,,6000,普通劳动力
东沟镇,H2,乙二,130890198502020153,户主,脱贫户,,,6000,普通劳动力
东沟镇,H3,丙三,13089019900304012X,户主,一般农户,边缘易致贫户,未消除,9500,普通劳动力
东沟镇,H4,丁四,130890197005050170,户主,脱贫户,,,9000,普通劳动力
东沟镇,H4,丁妹,130890197505050185,其他,脱贫户,,,9000,普通劳动力
东沟镇,H5,戊五,130890197001010411,户主,脱贫户,,,6000,普通劳动力
东沟镇,H5,戊女,130890201002020426,之女,脱贫户,,,6000,
东沟镇,H8,己六,130890195001010316,户主,脱贫户,,,8000,无劳动力
东沟镇,H8,己女,13089019800201032X,之女,脱贫户,,,8000,丧失劳动力
`,
		"低保.csv": `镇,低保证号,户主姓名,姓名,身份证号,低保类别,享受人数,月保障金额,是否单人户
东沟镇,D1,丁妹,丁妹,130890197505050185,城市,1,300,是
东沟镇,D2,戊五,戊五,130890197001010411,农村,2,480,否
东沟镇,D2,戊五,戊女,130890201002020426,农村,2,480,否
`,
		"特困.csv": "镇,姓名,身份证号,月供养金\n东沟镇,庚七,130890197503030439,800\n",
		"残疾.csv": `镇,姓名,身份证号,残疾类别,残疾等级,是否有托养需求,是否提供托养
东沟镇,甲一,130890198001010141,智力,3,是,否
东沟镇,丁四,130890197005050170,肢体,1,否,否
`,
		"医疗.csv": `镇,姓名,身份证号,是否参保,个人自付,医疗救助金额,是否重特大疾病
东沟镇,乙二,130890198502020153,是,20000,,否
东沟镇,丙三,13089019900304012X,是,20000,,否
`,
		"核对.csv": "姓名,身份证号,核对项目,金额,核对日期\n戊五,130890197001010411,存款,50000,2021-05-01\n",
		"在校.csv": "镇,姓名,身份证号,学校,学段,学籍状态\n东沟镇,戊女,130890201002020426,中心小学,小学,辍学\n",
	}
	for name, text := range rosters {
		d.send(name, text)
	}
	first := d.mustRecord("2021-06-10")
	for name, column := range map[string]string{"建档立卡.csv": "监测对象类别", "残疾.csv": "残疾类别", "低保.csv": "低保类别", "医疗.csv": "个人自付", "核对.csv": "金额", "在校.csv": "学籍状态"} {
		d.send(name, withoutColumn(rosters[name], column))
	}
	second := d.mustRecord("2021-06-11")
	d.send("建档立卡.csv", withoutColumn(rosters["建档立卡.csv"], "劳动技能"))
	third := d.mustRecord("2021-06-12")
	if second.Cleared > 0 || third.Cleared > 0 {
		t.Errorf("%d and %d findings cleared", second.Cleared, third.Cleared)
	}
	for rule, column := range map[string]string{"LB01": "残疾类别", "LB02": "个人自付", "LB03": "监测对象", "BT03": "残疾类别", "BT08": "学籍状态"} {
		of := func(m *Manifest) RuleTold {
			return m.Rules[slices.IndexFunc(m.Rules, func(r RuleTold) bool { return r.ID == rule })]
		}
		if of(first).Found == 0 || column != "学籍状态" && !strings.Contains(of(second).Reason, "缺“"+column) {
			t.Errorf("%s found %d, then lacks %q", rule, of(first).Found, of(second).Reason)
		}
	}
}

// withoutColumn is a CSV less one of its columns.
func withoutColumn(text, column string) string {
	var b strings.Builder
	at := -1
	for line := range strings.Lines(text) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), ",")
		if at < 0 {
			at = slices.Index(cells, column)
		}
		b.WriteString(strings.Join(slices.Delete(cells, at, at+1), ",") + "\n")
	}
	return b.String()
}
