package pipeline

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestNumberPutRightInSomeRostersFirst: until the last department has followed, the number that
// the others gave up stands alone, as it does where they never had it.
func TestNumberPutRightInSomeRostersFirst(t *testing.T) {
	d := newDistrict(t)
	const former, now = "130890197502020028", "130890197502020044"
	send := func(number string) {
		d.send("建档立卡.csv", strings.ReplaceAll(poorFamily, former, number))
		d.send("低保.csv", strings.ReplaceAll(onDibao, former, number))
	}
	send(former)
	d.send("特困.csv", tekun)
	d.send("残疾人.csv", "镇,姓名,身份证号,残疾类别,残疾等级,困难残疾人生活补贴\n东沟镇,乙二,"+former+",肢体,一级,是\n")
	d.mustNight("2021-05-10")
	send(now)
	d.mustNight("2021-05-20")
	got := lines(t, d.client(), "SELECT rule_id || ' ' || confidence FROM finding WHERE id_number = '"+former+"'")
	if !slices.Contains(got, "DQ04 low") || !slices.Contains(got, "CB08 low") || slices.ContainsFunc(got, func(line string) bool { return !strings.HasSuffix(line, " low") }) {
		t.Errorf("found of the number that was given up: %q", got)
	}
}

// TestFindingsGoOnUnderAnotherNumber: a department puts an ID number right, a household gets
// another number, a town another name. The problem is the same, and so are its id and verdict;
// nobody has put it right.
func TestFindingsGoOnUnderAnotherNumber(t *testing.T) {
	d := newDistrict(t)
	d.c.Towns = []Town{{Name: "东沟镇"}}
	const wrong, right, certificate = "130890197502020028", "130890197502030023", "镇,姓名,身份证号,残疾类别,残疾等级\n"
	send := func(town, household, number string) {
		d.send("建档立卡.csv", strings.NewReplacer("东沟镇", town, "H1", household, wrong, number).Replace(poorFamily))
		d.send("残疾人.csv", certificate+town+",乙二,"+number+",肢体,一级\n")
	}
	d.send("低保.csv", "镇,姓名,身份证号,低保证号\n东沟镇,丙三,130890196004040048,D2\n")
	d.send("特困.csv", tekun)
	send("东沟镇", "H1", wrong)
	first := d.mustNight("2021-06-10")
	if first.rule("LB01").Found != 1 || first.rule("LB06").Found != 1 {
		t.Fatalf("LB01 %+v, LB06 %+v", first.rule("LB01"), first.rule("LB06"))
	}
	ledger := func() string {
		t.Helper()
		return strings.Join(lines(t, d.client(), "SELECT concat_ws(' ', finding_id, rule_id, status, id_number, household_no, town) FROM finding WHERE rule_id IN ('LB01', 'LB06')"), "\n")
	}
	before := ledger()
	sheet := d.townLedger("2021-06-10")
	d.answered("2021-06-10", fillVerdicts(t, sheet, "属实"))
	confirmed := strings.ReplaceAll(before, " open ", " confirmed ")

	night := func(day, town, household, number string) {
		t.Helper()
		send(town, household, number)
		m, err := d.accepting(day, "registered_poor", "disability", "dibao", "tekun")
		if err != nil {
			t.Fatal(err)
		}
		if m.New != 0 || m.Cleared != 0 {
			t.Errorf("%s: %d new, %d cleared", day, m.New, m.Cleared)
		}
		want := strings.NewReplacer(wrong, number, " H1 ", " "+household+" ", "东沟镇", town).Replace(confirmed)
		if got := ledger(); got != want {
			t.Errorf("%s: the ledger has\n%s\nnot\n%s", day, got, want)
		}
		if r := d.recall(); r.Differing != 0 {
			t.Errorf("%s: the published file tells %d findings otherwise", day, r.Differing)
		}
	}
	night("2021-06-11", "东沟镇", "H1", right)
	night("2021-06-11", "东沟镇", "H1", right)
	night("2021-06-12", "东沟镇", "H9", right)
	d.c.Towns = []Town{{Name: "东沟街道", Aliases: []string{"东沟镇"}}}
	night("2021-06-13", "东沟街道", "H9", right)
	if text := d.sheet(filepath.Join(d.c.Paths.Out, "2021-06-13", "全区", "核查问题清单.xlsx"), "核查问题清单"); strings.Contains(text, "整改完成") && !strings.Contains(text, "整改完成0个") {
		t.Errorf("nothing was put right:\n%s", text)
	}
}
