package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// certificates lists disabled persons of a town; subsidies says of each whether
// the nursing subsidy is paid.
func certificates(town, subsidies string) string {
	var b strings.Builder
	for i, paid := range []rune(subsidies) {
		id := identity(strings.TrimSuffix(town, "镇"), i)
		if paid != '缺' { // the row is not there
			b.WriteString(town + ",甲" + id[10:14] + "," + id + ",肢体,一级," + string(paid) + "\n")
		}
	}
	return b.String()
}

const ofCertificates = "镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴\n"

func (m *Manifest) rule(id string) RuleTold {
	for _, r := range m.Rules {
		if r.ID == id {
			return r
		}
	}
	return RuleTold{}
}

// TestHeldTownIsNoEvent: where the disability roster of one town is held, BT01
// neither opens nor clears there, and goes on elsewhere.
func TestHeldTownIsNoEvent(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	nights := []struct {
		day, east, west    string
		open, new, cleared int64
		examined           int
		suspended          bool
	}{
		{"2021-06-01", "否否是是是", "否是是是是", 3, 3, 0, 11, false},
		{"2021-06-02", "是缺否缺缺", "是否是是是", 3, 1, 1, 5, true}, // the west: one paid, one new; the east as it was
		{"2021-06-03", "是缺否缺缺", "是否是是是", 3, 0, 0, 5, true},
		{"2021-06-03", "是缺否缺缺", "是否是是是", 3, 0, 0, 5, true},
		{"2021-06-04", "缺缺缺缺缺", "是是是是是", 2, 0, 1, 5, true},   // no row of the east at all
		{"2021-06-05", "是否是否是", "是是是是是", 2, 1, 1, 11, false}, // all is well: one paid, one new
	}
	for i, n := range nights {
		d.send("残疾人.csv", ofCertificates+certificates("东沟镇", n.east)+certificates("西岭镇", n.west))
		m := d.mustRecord(n.day)
		if m.Findings != n.open || m.New != n.new || m.Cleared != n.cleared {
			t.Errorf("night %d: %d open, %d new, %d cleared; want %d, %d, %d", i, m.Findings, m.New, m.Cleared, n.open, n.new, n.cleared)
		}
		r := m.rule("BT01")
		if r.Status != "已执行" || r.Examined != n.examined || strings.HasPrefix(r.Reason, "东沟镇暂停：残疾人名册东沟镇") != n.suspended {
			t.Errorf("night %d: %+v", i, r)
		}
	}
}

// TestHeldNightIsNoSighting: who left while the town was held was last listed by the list before; on the
// held night his row was in force, and stood in no file.
func TestHeldNightIsNoSighting(t *testing.T) {
	d := newDistrict(t)
	const others = lone + "东沟镇,己六,130892197404040047,D4,农村\n东沟镇,庚七,130895197001010014,D5,农村\n"
	d.send("建档立卡.csv", "镇,户编号,姓名,身份证号,户类型,风险是否消除\n东沟镇,H1,甲一,130890197001010016,脱贫不稳定户,否\n")
	d.send("特困.csv", tekun)
	d.send("低保.csv", onDibao+others)
	d.mustRecord("2021-05-10")
	d.send("低保.csv", "镇,姓名,身份证号,低保证号,低保类别\n"+lone)
	d.mustRecord("2021-06-10")
	d.send("低保.csv", "镇,姓名,身份证号,低保证号,低保类别\n东沟镇,乙二,130890197502020028,D1,农村\n"+others)
	d.mustNight("2021-07-10")
	told := strings.Join(lines(t, d.client(), "SELECT statement || evidence FROM finding WHERE rule_id = 'CT01'"), "\n")
	if !strings.Contains(told, "最后在册2021-05-10") || !strings.Contains(told, `"as_of":"2021-05-10"`) || strings.Contains(told, "2021-06-10") {
		t.Errorf("told: %s", told)
	}
}

// TestHeldNightIsNoPreviousList: what changed while the town was held is not known to have changed
// since: CB13 would cite a list that says as much as tonight's.
func TestHeldNightIsNoPreviousList(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	roster := func(west, east int, first string) string {
		all := "镇,姓名,身份证号,低保证号,保障档次,月保障金,最近复核时间\n" + first
		for town, n := range map[string]int{"西岭": west, "东沟": east} {
			for i := range n {
				id := identity(town, i)
				all += fmt.Sprintf("%s镇,甲%s,%s,%s%d,C,240,2021-04-01\n", town, id[10:14], id, town, i)
			}
		}
		return all
	}
	const may, june = "西岭镇,甲一,130890197001010016,X0,C,240,2021-04-01\n", "西岭镇,甲一,130890197001010016,X0,B,330,2021-06-05\n"
	found := func(day string) int64 { return int64(d.mustRecord(day).rule("CB13").Found) }
	d.send("低保.csv", roster(5, 5, may))
	found("2021-05-10")
	d.send("低保.csv", roster(1, 6, june))
	found("2021-06-10")
	d.send("低保.csv", roster(5, 6, june))
	if n := found("2021-07-10"); n != 0 {
		t.Errorf("%d found of a household that June's list had as July's", n)
	}
	d.send("低保.csv", roster(5, 6, strings.Replace(june, "B,330", "C,240", 1)))
	if n := found("2021-08-10"); n != 1 {
		t.Errorf("%d found once July's list is the last", n)
	}
}

// TestHeldRosterSuspends: where a whole roster is held, the rules that say that
// something is missing or gone are suspended if they lean on it; all others go on.
func TestHeldRosterSuspends(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "否否是是是"))
	d.send("特困.csv", tekun)
	d.mustRecord("2021-06-01")
	d.withdraw("特困.csv")
	d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "是否否是是"))
	m := d.mustNight("2021-06-02")
	if m.Findings != 2 || m.New != 0 || m.Cleared != 0 {
		t.Errorf("%d open, %d new, %d cleared", m.Findings, m.New, m.Cleared)
	}
	for _, r := range m.Rules {
		held := strings.Contains(r.Reason, "本期没有文件（上期 1 行）")
		leans := r.ID == "BT01" // of those with all that they need
		if held != leans || held != (r.Status == "已暂停") {
			t.Errorf("%+v", r)
		}
	}
	// The third is found, and withheld: the analysts' list of people does not name whom no form names.
	if told := lines(t, d.client(), "SELECT DISTINCT 人员标识 FROM 疑点人员"); !slices.Equal(told, []string{identity("东沟", 1)}) {
		t.Errorf("persons of findings: %q", told)
	}
	form := d.findings("2021-06-02")
	d.mustNight("2021-06-02")
	if again := d.findings("2021-06-02"); again != form {
		t.Errorf("the same day again:\n%s\nfirst:\n%s", again, form)
	}
	d.send("特困.csv", tekun)
	if m := d.mustRecord("2021-06-03"); m.New != 1 || m.Cleared != 1 || m.rule("BT01").Status != "已执行" {
		t.Errorf("the roster is back: %d new, %d cleared", m.New, m.Cleared)
	}
}

// TestHeldExcuseSuspends: what excuses is leant on too. With the list of deaths missing
// nobody is said to have left dibao, without that of aid no household to be without any;
// who is left out of dibao is asked after all the same.
func TestHeldExcuseSuspends(t *testing.T) {
	const (
		deaths = "姓名,身份证号,核对项目,发生日期\n丁四,130890194505050050,车辆,2021-04-01\n"
		aid    = "镇,姓名,身份证号,救助日期,救助金额\n东沟镇,丁四,130890194505050050,2021-04-01,500\n"
		risk   = "镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除\n东沟镇,H1,甲一,130890197001010016,户主,脱贫户,\n东沟镇,H1,乙二,130890197502020028,配偶,脱贫户,\n"
	)
	for _, c := range []struct {
		gone       string
		ct05, lb03 RuleTold // of the second night
	}{
		{"", RuleTold{Status: "已执行", Found: 1}, RuleTold{Status: "已执行", Found: 1}},
		{"核对.csv", RuleTold{Status: "已暂停"}, RuleTold{Status: "已执行", Found: 1}},
		{"临时救助.csv", RuleTold{Status: "已执行", Found: 1}, RuleTold{Status: "已暂停"}},
	} {
		d := newDistrict(t)
		d.c.Sources["verification"] = Source{Files: []string{"*核对*"}}
		d.c.Sources["temporary_aid"] = Source{Files: []string{"*临时救助*"}}
		d.send("特困.csv", tekun)
		d.send("核对.csv", deaths)
		d.send("临时救助.csv", aid)
		d.send("建档立卡.csv", risk)
		d.send("低保.csv", onDibao+lone+certified(8))
		d.mustRecord("2021-05-10")
		if c.gone != "" {
			d.withdraw(c.gone)
		}
		d.send("建档立卡.csv", risk+"东沟镇,H2,丙三,130890198003030033,户主,脱贫不稳定户,否\n")
		d.send("低保.csv", strings.Replace(onDibao, "东沟镇,乙二,130890197502020028,D1,农村\n", "", 1)+lone+certified(8))
		m := d.mustRecord("2021-06-10")
		for id, want := range map[string]RuleTold{"CT05": c.ct05, "LB03": c.lb03, "LB04": {Status: "已执行", Found: 1}} {
			if r := m.rule(id); r.Status != want.Status || r.Found != want.Found {
				t.Errorf("without %q: %+v; want %s, %d found", c.gone, r, want.Status, want.Found)
			}
		}
	}
}

// certified lists n persons in dibao alone, so that one row less is no shrunk roster.
func certified(n int) string {
	var b strings.Builder
	for i := range n {
		id := identity("西岭", i)
		b.WriteString("东沟镇,甲" + id[10:14] + "," + id + ",E" + id[10:14] + ",农村\n")
	}
	return b.String()
}

const (
	poorFamily = "镇,村,户编号,姓名,身份证号,与户主关系,户类型,人均纯收入\n东沟镇,柳树村,H1,甲一,130890197001010016,户主,脱贫户,3000\n东沟镇,柳树村,H1,乙二,130890197502020028,配偶,脱贫户,3000\n"
	lone       = "东沟镇,丙三,130890196004040048,D2,农村\n东沟镇,戊五,130890195006060064,D3,农村\n"
	onDibao    = "镇,姓名,身份证号,低保证号,低保类别\n东沟镇,甲一,130890197001010016,D1,农村\n东沟镇,乙二,130890197502020028,D1,农村\n"
)

// TestHeldRosterKeepsItsPrecedence: LB01 names the wife, so LB04 does not; that
// LB01 is suspended must not make a finding of LB04's.
func TestHeldRosterKeepsItsPrecedence(t *testing.T) {
	d := newDistrict(t)
	d.send("建档立卡.csv", poorFamily)
	d.send("特困.csv", tekun)
	d.send("低保.csv", strings.Replace(onDibao, "东沟镇,乙二,130890197502020028,D1,农村\n", "", 1)+lone)
	d.send("残疾人.csv", ofCertificates+"东沟镇,乙二,130890197502020028,肢体,一级,是\n")
	first := d.mustRecord("2021-06-01")
	if first.rule("LB01").Found != 1 || first.rule("LB04").Found != 0 {
		t.Fatalf("LB01 %+v, LB04 %+v", first.rule("LB01"), first.rule("LB04"))
	}
	d.withdraw("残疾人.csv")
	m := d.mustRecord("2021-06-02")
	if m.rule("LB01").Status != "已暂停" || m.rule("LB04").Status != "已执行" || m.rule("LB04").Found != 0 || m.Findings != first.Findings || m.New != 0 {
		t.Errorf("LB01 %+v, LB04 %+v, %d open", m.rule("LB01"), m.rule("LB04"), m.Findings)
	}
}

// TestExitIsNoDataFault: people who vanish with half of a roster have not left
// dibao; they have when somebody says that the roster is right.
func TestExitIsNoDataFault(t *testing.T) {
	d := newDistrict(t)
	d.send("建档立卡.csv", poorFamily)
	d.send("特困.csv", tekun)
	d.send("低保.csv", onDibao+lone)
	d.mustRecord("2021-05-10")
	d.send("低保.csv", "镇,姓名,身份证号,低保证号,低保类别\n"+lone)
	m := d.mustRecord("2021-06-10")
	if r := m.rule("CT03"); r.Status != "已暂停" || r.Reason != "城乡最低生活保障名册由 4 行减至 2 行" || m.New != 0 {
		t.Errorf("held: %+v, %d new", r, m.New)
	}
	m, err := d.accepting("2021-06-10", "dibao")
	if err != nil {
		t.Fatal(err)
	}
	if r := m.rule("CT03"); r.Status != "已执行" || r.Found != 2 || len(m.Warnings) != 0 {
		t.Errorf("accepted: %+v, warnings %q", r, m.Warnings)
	}
	if len(m.Holds) != 1 || m.Holds[0].Accepted != "值班员" {
		t.Errorf("accepted: %+v", m.Holds)
	}
}

// TestHeldTownTakesInAFinding: a household moves into the town where the
// disability roster is held. What BT01 has found of it stays, under its old
// town, though that town's list is in no doubt.
func TestHeldTownTakesInAFinding(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	registered := func(town string) string {
		return "镇,村,户编号,姓名,身份证号,与户主关系,户类型\n" + town + ",柳树村,H1,甲" + identity("西岭", 0)[10:14] + "," + identity("西岭", 0) + ",户主,脱贫户\n"
	}
	d.send("建档立卡.csv", registered("西岭镇")+"东沟镇,河东村,H2,乙二,130890197502020028,户主,脱贫户\n")
	d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "是是是是是")+certificates("西岭镇", "否是是是是"))
	first := d.mustRecord("2021-06-01")
	d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "是是缺缺缺")+certificates("西岭镇", "否是是是是"))
	d.send("建档立卡.csv", registered("东沟镇")+"东沟镇,河东村,H2,乙二,130890197502020028,户主,脱贫户\n")
	second := d.mustNight("2021-06-02")
	if got := scopes(second); len(got) != 1 || got[0] != "disability=东沟镇 减少 5→2" {
		t.Fatalf("held %q", got)
	}
	if first.rule("BT01").Found != 1 || second.rule("BT01").Found != 0 {
		t.Errorf("found %d, then %d", first.rule("BT01").Found, second.rule("BT01").Found)
	}
	if text := d.findings("2021-06-02"); strings.Count(text, "BT01-") != 1 {
		t.Errorf("findings: %s", text)
	}
}

// TestHeldRosterIsToldWithItsFindings: who went from dibao to tekun while the list of dibao is
// missing stands in both; whoever reads that must know that one of them is last month's.
func TestHeldRosterIsToldWithItsFindings(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	d.send("低保.csv", onDibao+lone)
	d.mustNight("2021-06-01")
	d.withdraw("低保.csv")
	d.send("特困.csv", tekun+"东沟镇,丙三,130890196004040048\n")
	d.mustNight("2021-06-02")
	statements := func() string {
		return strings.Join(lines(t, d.client(), "SELECT rule_id || statement FROM finding WHERE rule_id = 'CB01'"), "\n")
	}
	const told = "；城乡最低生活保障名册沿用上期数据，请先核对现状"
	if got := statements(); !strings.HasSuffix(got, told) {
		t.Errorf("while dibao is held: %q", got)
	}
	d.send("低保.csv", onDibao+lone)
	d.mustNight("2021-06-03")
	if got := statements(); got == "" || strings.Contains(got, "沿用上期") {
		t.Errorf("once it came: %q", got)
	}
}

// TestMovedOutOfAHeldTown: who stands under another town tonight stands no more among the
// rows that a held town keeps: listed twice he would be accused of it.
func TestMovedOutOfAHeldTown(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	const mover = "130890197001010016"
	d.send("低保.csv", list(ofDibao, "东沟镇", 9, "西岭镇", 8)+"东沟镇,甲一,"+mover+",东沟镇90\n")
	d.mustRecord("2021-06-01")
	d.send("低保.csv", list(ofDibao, "东沟镇", 3, "西岭镇", 8)+"西岭镇,甲一,"+mover+",西岭镇90\n")
	if got := scopes(d.mustNight("2021-06-02")); len(got) != 1 {
		t.Fatalf("held %q", got)
	}
	if got := lines(t, d.client(), "SELECT town FROM dibao WHERE id_number = '"+mover+"'"); !slices.Equal(got, []string{"西岭镇"}) {
		t.Errorf("stands in %q", got)
	}
	if got := lines(t, d.client(), "SELECT rule_id FROM finding WHERE person_id = '"+mover+"'"); len(got) > 0 {
		t.Errorf("accused by %q", got)
	}
}

// TestPartOfAFamilyMovedOutOfAHeldTown: who is listed elsewhere takes nothing with him: what his
// household is paid is right for those that it had. He has not moved who is listed there as ended.
func TestPartOfAFamilyMovedOutOfAHeldTown(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	const mover, wife, ended = "甲一,130890199005050014", "甲二,13089019900606002X", "甲三,130890199007070035"
	dibao := func(east int, rows string) string {
		all := "镇,姓名,身份证号,低保证号,档次,月保障金,状态\n" + rows
		for town, n := range map[string]int{"东沟镇": east, "西岭镇": 8} {
			for i := range n {
				id := identity(strings.TrimSuffix(town, "镇"), i)
				all += fmt.Sprintf("%s,甲%s,%s,D%[3]s,A,442,在保\n", town, id[10:14], id)
			}
		}
		return all
	}
	d.send("低保.csv", dibao(9, "东沟镇,"+mover+",D90,A,884,在保\n东沟镇,"+wife+",D90,A,884,在保\n东沟镇,"+ended+",D91,A,442,在保\n"))
	d.mustRecord("2021-06-01")
	d.send("低保.csv", dibao(3, "西岭镇,"+mover+",D92,A,442,在保\n西岭镇,"+ended+",D93,A,442,停保\n"))
	for _, day := range []string{"2021-06-02", "2021-06-03"} {
		if got := scopes(d.mustNight(day)); len(got) != 1 {
			t.Fatalf("held %q", got)
		}
		if got := lines(t, d.client(), "SELECT concat_ws(' ', rule_id, confidence, name, statement) FROM finding WHERE category <> '数据质量'"); len(got) > 0 {
			t.Errorf("%s: accused of %q", day, got)
		}
		if got := lines(t, d.client(), "SELECT name || town FROM dibao WHERE in_force AND name IN ('甲一', '甲二', '甲三') ORDER BY name"); !slices.Equal(got, []string{"甲一西岭镇", "甲三东沟镇", "甲二东沟镇"}) {
			t.Errorf("%s: in dibao %q", day, got)
		}
		if r := d.recall(); r.Differing != 0 {
			t.Errorf("%s: the published file tells %d findings otherwise", day, r.Differing)
		}
	}
}

// TestHeldRosterHasNewcomers: whom a roster that is held as a whole lists anew is known of.
func TestHeldRosterHasNewcomers(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	d.send("低保.csv", list(ofDibao, "东沟镇", 9))
	d.mustRecord("2021-06-01")
	d.send("低保.csv", list(ofDibao, "东沟镇", 3)+"东沟镇,甲一,130890197001010016,东沟镇90\n")
	if m := d.mustNight("2021-06-02"); m.Holds[0].Town != "" {
		t.Fatalf("holds %+v", m.Holds)
	}
	if got := lines(t, d.client(), "SELECT kind || id_number FROM held_newcomer"); !slices.Equal(got, []string{"dibao130890197001010016"}) {
		t.Errorf("newcomers %q", got)
	}
	d.send("低保.csv", list(ofDibao, "东沟镇", 9))
	d.mustNight("2021-06-03")
	if got := lines(t, d.client(), "SELECT id_number FROM held_newcomer"); len(got) > 0 {
		t.Errorf("still %q", got)
	}
}

// TestMovedIntoAHeldTown: who moved into a town whose dibao list is held stands in its file,
// and in no list in force: nobody says that he has left dibao.
func TestMovedIntoAHeldTown(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	list := func(town string, from, to int) string {
		var b strings.Builder
		for i := from; i < to; i++ {
			id := identity(strings.TrimSuffix(town, "镇"), i)
			b.WriteString(town + ",甲" + id[10:14] + "," + id + "," + town + id[10:14] + ",在保\n")
		}
		return b.String()
	}
	const head = "镇,姓名,身份证号,低保证号,状态\n"
	const mover = "130890197001010016"
	moved := func(town string) string { return town + ",甲一," + mover + ",东沟镇0," + "在保\n" }
	d.send("残疾人.csv", "镇,姓名,身份证号,残疾类别,残疾等级,困难残疾人生活补贴,重度残疾人护理补贴\n东沟镇,甲一,"+mover+",肢体,一级,是,是\n")
	d.send("低保.csv", head+list("东沟镇", 0, 9)+moved("东沟镇")+list("西岭镇", 0, 8))
	d.mustNight("2021-06-01")
	accused := func(m *Manifest) string {
		return strings.Join(lines(t, d.client(), "SELECT rule_id FROM finding WHERE status = 'open' AND person_id = '"+mover+"' ORDER BY 1"), " ")
	}
	for _, day := range []string{"2021-06-02", "2021-06-03"} { // the same files once more
		d.send("低保.csv", head+list("东沟镇", 0, 9)+moved("西岭镇")+list("西岭镇", 0, 3))
		m := d.mustNight(day)
		if got := scopes(m); len(got) != 1 || m.rule("CT02").Status != "已执行" {
			t.Fatalf("held %q, CT02 %+v", got, m.rule("CT02"))
		}
		if got := accused(m); got != "" {
			t.Errorf("%s: accused by %s", day, got)
		}
	}
	d.send("低保.csv", head+list("东沟镇", 0, 9)+list("西岭镇", 0, 8)) // he stands nowhere
	if got := accused(d.mustNight("2021-06-04")); got != "CT02" {
		t.Errorf("gone: accused by %q", got)
	}
}

// TestGoneWhileTheRuleWasSuspended: who vanished on a night on which no rule could say so is
// told of on the first that lets it speak, though the roster has changed again by then, and
// until it changes once more.
func TestGoneWhileTheRuleWasSuspended(t *testing.T) {
	const (
		deaths = "姓名,身份证号,核对项目,发生日期\n丁四,130890194505050050,车辆,2021-04-01\n"
		risk   = "东沟镇,H%d,甲%s,%s,户主,脱贫不稳定户,%s\n"
	)
	d := newDistrict(t)
	d.c.Sources["verification"] = Source{Files: []string{"*核对*"}}
	d.send("特困.csv", tekun)
	d.send("低保.csv", onDibao+lone)
	night := func(day, verification, eliminated, subsidies, want string) {
		t.Helper()
		d.send("核对.csv", deaths)
		if verification == "" {
			d.withdraw("核对.csv")
		}
		roster := "镇,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除\n"
		for i, answer := range []rune(eliminated) {
			if id := identity("西岭", i); answer != '缺' {
				roster += fmt.Sprintf(risk, i, id[10:14], id, string(answer))
			}
		}
		d.send("建档立卡.csv", roster)
		d.send("残疾人.csv", ofCertificates+certificates("东沟镇", subsidies))
		d.mustNight(day)
		got := strings.Join(lines(t, d.client(), "SELECT concat(rule_id, ' ', coalesce(household_no, right(id_number, 4))) FROM finding WHERE status = 'open' AND rule_id IN ('CT06', 'CT07') ORDER BY ALL"), ", ")
		if got != want {
			t.Errorf("%s: found %q, not %q", day, got, want)
		}
		if r := d.recall(); r.Differing != 0 {
			t.Errorf("%s: the published file tells %d findings otherwise", day, r.Differing)
		}
	}
	stopped := "CT07 " + identity("东沟", 0)[14:]
	night("2021-06-01", deaths, "否否否否否否否否否否否否", "是是是是是是", "")
	night("2021-06-02", "", "缺否是否否否否否否否否否", "否是是是是是", "") // the deaths are missing
	night("2021-06-03", "", "缺否缺否否否否否否否否是", "否是是是是否", "") // the risk of H2 was no more when it went
	night("2021-06-04", deaths, "缺否缺否否否否否否否是是", "否是是是是是", "CT06 H0, "+stopped)
	night("2021-06-05", deaths, "缺否缺否否否否否否否是是", "否是是是是是", "CT06 H0, "+stopped) // nothing changed
	night("2021-06-06", deaths, "缺否缺否否否否否否是是是", "否是是是否是", "CT07 "+identity("东沟", 4)[14:])
}

// TestHeldTownPutsNothingRight: who moves into a town while its list is held, alone or with the
// household, is no case of 整改完成; once the list came the finding goes on under its id.
func TestHeldTownPutsNothingRight(t *testing.T) {
	d := newDistrict(t)
	d.c.Towns = []Town{{Name: "东沟镇"}, {Name: "西岭镇"}}
	const mover = "甲一,130890197001010016"
	poor := func(town string) {
		d.send("建档立卡.csv", "镇,户编号,姓名,身份证号,与户主关系,户类型,家庭人均纯收入\n"+town+",H1,"+mover+",户主,脱贫户,3000\n")
	}
	disabled := func(own, others string) {
		d.send("残疾人.csv", ofCertificates+certificates("东沟镇", "是是是是是")+certificates("西岭镇", others)+own)
	}
	states := "SELECT concat_ws(' ', finding_id, rule_id, status) FROM finding WHERE rule_id IN ('LB01', 'LB06') ORDER BY rule_id"
	d.send("特困.csv", tekun)
	const west = "镇,姓名,身份证号,低保证号\n西岭镇,戊五,130890195006060064,D3\n"
	d.send("低保东沟.csv", "镇,姓名,身份证号,低保证号\n东沟镇,丙三,130890196004040048,D2\n")
	d.send("低保西岭.csv", west)
	poor("东沟镇")
	disabled("东沟镇,"+mover+",肢体,一级,否,\n", "是是是是是")
	night := func(day, what string, want []string) {
		t.Helper()
		d.mustNight(day)
		if got := lines(t, d.client(), states); len(got) != 2 || want != nil && !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", what, got, want)
		}
	}
	night("2021-05-10", "at first", nil)
	open := lines(t, d.client(), states)
	disabled("西岭镇,"+mover+",肢体,一级,否,\n", "是是缺缺缺")
	night("2021-06-10", "while the town that lists him is held", open)
	disabled("西岭镇,"+mover+",肢体,一级,否,\n", "是是是是是")
	night("2021-06-20", "once its list came", open)
	poor("西岭镇")
	d.withdraw("低保西岭.csv")
	night("2021-07-10", "while the town that took in the household is held", open)
	d.send("低保西岭.csv", west)
	night("2021-07-20", "once its list came", open)
}
