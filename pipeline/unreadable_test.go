package pipeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hedui/sources/idnumber"
)

// exits is a dibao roster whose households have far too high an income, each with the day
// on which its gradual exit ends, as it is written.
func exits(of map[string][]string) string {
	var b strings.Builder
	b.WriteString("镇,姓名,身份证号,低保证号,家庭年人均收入,渐退期截止日期,保障金额\n")
	for _, town := range []string{"东沟镇", "西岭镇"} {
		for i, until := range of[town] {
			fmt.Fprintf(&b, "%s,甲%d,%s,D%s%d,90000,%s,400\n", town, i, identity(town, i), town, i, until)
		}
	}
	return b.String()
}

const overIncome = "SELECT town || ' ' || household_no FROM finding WHERE rule_id = 'CB05' AND status = 'open' ORDER BY 1"

// TestHeldRowsStayUnread: what nobody could read in a row is not known as long as the row
// stands, also where it is held and the file has other rows by now.
func TestHeldRowsStayUnread(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", exits(map[string][]string{"东沟镇": {"待定", "", "待定", "待定", "待定"}, "西岭镇": {"", "", "待定"}}))
	d.mustNight("2021-05-10")
	want := strings.Join([]string{"东沟镇 D东沟镇1", "西岭镇 D西岭镇0", "西岭镇 D西岭镇1"}, "\n")
	if got := strings.Join(lines(t, d.client(), overIncome), "\n"); got != want {
		t.Fatalf("first night: %s", got)
	}
	// 东沟镇 is held; on its lines stand others, of whom two cannot be read.
	d.send("低保.csv", exits(map[string][]string{"东沟镇": {""}, "西岭镇": {"待定", "", "待定"}}))
	if m := d.mustNight("2021-06-10"); len(m.Holds) != 1 {
		t.Fatalf("holds %+v", m.Holds)
	}
	want = strings.Join([]string{"东沟镇 D东沟镇1", "西岭镇 D西岭镇1"}, "\n")
	if got := strings.Join(lines(t, d.client(), overIncome), "\n"); got != want {
		t.Errorf("held: %s", got)
	}
	if again := d.recall(); again.Differing != 0 {
		t.Errorf("%d findings differ when they are found again", again.Differing)
	}
	d.withdraw("低保.csv")
	d.mustNight("2021-06-11")
	if got := strings.Join(lines(t, d.client(), overIncome), "\n"); got != want {
		t.Errorf("missing: %s", got)
	}
}

// TestPairStaysUnread: of a household's cell that nobody can read its persons, who stand in the
// other file, know no more.
func TestPairStaysUnread(t *testing.T) {
	d := newDistrict(t)
	d.send("低保家庭查询.csv", `镇,户主姓名,户主身份证号,保障人口,户月保障金额,家庭年人均收入,渐退期截止日期
东沟镇,甲一,130890197001010016,2,3600元/季,90000,待定
东沟镇,丙三,130891197303030038,1,400,90000,
`)
	d.send("低保人员查询.csv", `镇,户主身份证号,姓名,身份证号,与户主关系
东沟镇,130890197001010016,甲一,130890197001010016,户主
东沟镇,130890197001010016,乙二,130890197502020028,配偶
东沟镇,130891197303030038,丙三,130891197303030038,户主
`)
	d.mustNight("2021-06-10")
	if got := strings.Join(lines(t, d.client(), "SELECT rule_id || ' ' || household_no FROM finding WHERE rule_id IN ('BT11', 'CB05') AND status = 'open' ORDER BY 1"), "\n"); got != "CB05 130891197303030038" {
		t.Errorf("%s", got)
	}
}

// TestHouseholdNobodyReads: of two rows under a number that nobody can read one may be paid for both.
func TestHouseholdNobodyReads(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", "镇,姓名,身份证号,月供养金\n东沟镇,丁四,130890194505050050,900\n")
	d.send("低保.csv", `镇,低保证号,姓名,身份证号,与户主关系,保障金额
东沟镇,1.30802E+15,甲一,130890197001010016,户主,900
东沟镇,1.30802E+15,乙二,130890197502020028,配偶,
东沟镇,D9,丙三,130891197303030038,户主,
`)
	d.mustNight("2021-06-10")
	if got := lines(t, d.client(), "SELECT rule_id || ' ' || household_no FROM finding WHERE rule_id = 'BT11'"); !slices.Equal(got, []string{"BT11 D9"}) {
		t.Errorf("%q", got)
	}
}

// TestColumnNobodyReads: of a column that is unreadable throughout not every cell is kept; none of
// its rows is known.
func TestColumnNobodyReads(t *testing.T) {
	d := newDistrict(t)
	var b strings.Builder
	b.WriteString("镇,姓名,身份证号,月供养金\n")
	for i := range 10_020 {
		first := fmt.Sprintf("13089%d19%02d0101%03d", i%10, 30+i/10_000, i/10%1000)
		fmt.Fprintf(&b, "东沟镇,甲%d,%s%c,待核\n", i, first, idnumber.CheckDigit(first))
	}
	d.send("特困.csv", b.String())
	d.send("低保.csv", "镇,姓名,身份证号,低保证号,保障金额\n东沟镇,乙二,130890197502020028,D1,400\n")
	m := d.mustRecord("2021-06-10")
	if r := m.rule("BT11"); r.Examined < 10_000 || r.Found != 0 {
		t.Errorf("%+v", r)
	}
}
