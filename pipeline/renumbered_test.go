package pipeline

import (
	"os"
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
	d.mustRecord("2021-05-10")
	send(now)
	d.mustNight("2021-05-20")
	got := lines(t, d.client(), "SELECT rule_id || ' ' || confidence FROM finding WHERE id_number = '"+former+"'")
	if !slices.Contains(got, "DQ04 low") || !slices.Contains(got, "CB08 low") || slices.ContainsFunc(got, func(line string) bool { return !strings.HasSuffix(line, " low") }) {
		t.Errorf("found of the number that was given up: %q", got)
	}
}

// TestNumberPutRightInTekunFirst: who is taken for gone may be the newcomer of his name.
func TestNumberPutRightInTekunFirst(t *testing.T) {
	d := newDistrict(t)
	const former, now = "130890197502020028", "130890197502020044"
	d.send("建档立卡.csv", "镇,户编号,姓名,身份证号,户类型,风险是否消除\n东沟镇,H1,乙二,"+former+",脱贫不稳定户,否\n")
	d.send("低保.csv", "镇,姓名,身份证号,低保证号\n东沟镇,丙三,130890196004040048,D2\n")
	d.send("特困.csv", tekun+"东沟镇,乙二,"+former+"\n")
	d.mustRecord("2021-05-10")
	d.send("特困.csv", tekun+"东沟镇,乙二,"+now+"\n")
	d.mustNight("2021-06-10")
	got := lines(t, d.client(), "SELECT rule_id || ' ' || confidence FROM finding WHERE rule_id IN ('CT01', 'CT05', 'LB03') ORDER BY 1")
	if want := []string{"CT01 low", "LB03 low"}; !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
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
	}
	night("2021-06-11", "东沟镇", "H1", right)
	night("2021-06-11", "东沟镇", "H1", right)
	night("2021-06-12", "东沟镇", "H9", right)
	d.c.Towns = []Town{{Name: "东沟街道", Aliases: []string{"东沟镇"}}}
	night("2021-06-13", "东沟街道", "H9", right)
	if r := d.recall(); r.Differing != 0 {
		t.Errorf("the published file tells %d findings otherwise", r.Differing)
	}
	if text := d.sheet(filepath.Join(d.c.Paths.Out, "2021-06-13", "全区", "核查问题清单.xlsx"), "核查问题清单"); strings.Contains(text, "整改完成") && !strings.Contains(text, "整改完成0个") {
		t.Errorf("nothing was put right:\n%s", text)
	}
}

// TestTownRenamed: what is told out of history alone, of who is in no roster any more, follows
// his town to its new name, and so does the household that he left.
func TestTownRenamed(t *testing.T) {
	d := newDistrict(t)
	d.c.Towns = []Town{{Name: "东沟镇"}, {Name: "西岭镇"}}
	d.send("特困.csv", tekun)
	d.send("低保.csv", onDibao+lone)
	d.mustNight("2021-05-10")
	d.send("低保.csv", strings.Replace(onDibao, "东沟镇,乙二,130890197502020028,D1,农村\n", "", 1)+lone)
	if _, err := d.accepting("2021-05-20", "dibao"); err != nil {
		t.Fatal(err)
	}
	exits := func() string {
		return strings.Join(lines(t, d.client(), "SELECT concat_ws(' ', finding_id, status, town, is_new) FROM finding WHERE category = '错退'"), "\n")
	}
	before := exits()
	if !strings.HasSuffix(before, " open 东沟镇 true") {
		t.Fatalf("before: %q", before)
	}
	d.c.Towns = []Town{{Name: "东沟街道", Aliases: []string{"东沟镇"}}, {Name: "西岭镇"}}
	for _, day := range []string{"2021-05-21", "2021-05-22"} {
		m := d.mustNight(day)
		if len(m.Holds) > 0 || m.New != 0 || m.Cleared != 0 {
			t.Errorf("%s: holds %+v, %d new, %d cleared", day, m.Holds, m.New, m.Cleared)
		}
		if got, want := exits(), strings.Replace(before, "东沟镇 true", "东沟街道 false", 1); got != want {
			t.Errorf("%s: %q, not %q", day, got, want)
		}
		if _, err := os.Stat(filepath.Join(d.c.Paths.Out, day, "东沟镇")); err == nil {
			t.Errorf("%s: a folder for a town that is no more", day)
		}
		if text := d.sheet(filepath.Join(d.c.Paths.Out, day, "全区", "排查情况统计表.xlsx"), "排查情况统计表"); strings.Contains(text, "东沟镇") {
			t.Errorf("%s: Attachment 1 tells\n%s", day, text)
		}
	}
}
