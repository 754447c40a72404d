package pipeline

import "testing"

// TestDismissedReturnsForAnotherMember: a household whose car a visit explained is named
// again when another member has one, and not while things are as they were.
func TestDismissedReturnsForAnotherMember(t *testing.T) {
	const head = "姓名,身份证号,核对项目,发生日期,是否豁免\n"
	d := newDistrict(t)
	d.c.Sources["verification"] = Source{Files: []string{"*核对*"}}
	d.c.Towns = []Town{{Name: "东沟镇"}}
	d.send("低保.csv", "镇,户编号,姓名,身份证号,与户主关系,状态\n东沟镇,D1,甲一,130890197001010016,户主,在保\n东沟镇,D1,乙二,130890197501010047,配偶,在保\n")
	d.send("特困.csv", tekun)
	d.send("核对.csv", head+"甲一,130890197001010016,车辆,2020-05-06,否\n")
	d.mustNight("2021-06-10")
	d.answered("2021-06-11", fillVerdicts(t, d.townLedger("2021-06-10"), "不属实"))
	status := func() string {
		t.Helper()
		var text string
		if err := d.client().QueryRow("SELECT status FROM finding WHERE rule_id = 'CB04'").Scan(&text); err != nil {
			t.Fatal(err)
		}
		return text
	}
	d.mustNight("2021-06-12")
	if got := status(); got != "dismissed" {
		t.Errorf("the same car: %s", got)
	}
	d.send("核对.csv", head+"甲一,130890197001010016,车辆,2020-05-06,否\n乙二,130890197501010047,车辆,2021-06-12,否\n")
	d.mustNight("2021-06-13")
	if got := status(); got != "reopened" {
		t.Errorf("another member's car: %s", got)
	}
}
