package pipeline

import (
	"strings"
	"testing"
)

// A file that repeats another one is counted once. Which of the two goes, or is mended,
// the next day is the operator's choice: what stays is read.

const dead = "姓名,身份证号,核对项目,发生日期\n甲一,130890197001010016,死亡,2021-03-02\n"

// TestSurplusCopyIsTakenAway: the copy that sorts before is the one that was counted.
func TestSurplusCopyIsTakenAway(t *testing.T) {
	d := newDistrict(t)
	d.c.Sources["verification"] = Source{Files: []string{"*核对*"}}
	d.send("残疾人.csv", disabled)
	d.send("特困.csv", tekun)
	d.send("核对(1).csv", dead)
	d.send("核对.csv", dead)
	first := d.mustNight("2021-06-10")
	if first.told("verification").Rows != 1 {
		t.Fatalf("two copies: %d rows", first.told("verification").Rows)
	}
	if m := d.mustNight("2021-06-10"); !strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-10") {
		t.Errorf("the copies are still there, and the second night warns of %q", m.Warnings)
	}
	d.withdraw("核对(1).csv")
	for _, day := range []string{"2021-06-11", "2021-06-12"} {
		if m := d.mustNight(day); m.told("verification").Rows != 1 || m.New != 0 {
			t.Errorf("%s, one copy left: %d rows, %d new findings", day, m.told("verification").Rows, m.New)
		}
	}
}

// TestOneOfTwoEqualPartsIsMended: a town's list was sent under another town's name too.
func TestOneOfTwoEqualPartsIsMended(t *testing.T) {
	const other = "镇,姓名,身份证号\n西沟镇,戊五,130890194606060063\n"
	d := newDistrict(t)
	d.send("特困 东沟.csv", tekun)
	d.send("特困 西沟.csv", tekun)
	if m := d.mustNight("2021-06-10"); m.told("tekun").Rows != 1 {
		t.Fatalf("%d rows of the same list", m.told("tekun").Rows)
	}
	d.send("特困 东沟.csv", other)
	if m := d.mustNight("2021-06-11"); m.told("tekun").Rows != 2 || len(m.Holds) > 0 {
		t.Errorf("one of them mended: %d rows, held %v", m.told("tekun").Rows, m.Holds)
	}
}

func (m *Manifest) told(kind string) Roster {
	for _, r := range m.Rosters {
		if r.Kind == kind {
			return r
		}
	}
	return Roster{}
}

// TestRejectsAreToldEveryNight: as long as the file stands there as it is.
func TestRejectsAreToldEveryNight(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun+"东沟镇,,见备注\n")
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		if m := d.mustNight(day); !strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-09") {
			t.Errorf("%s warns of %q", day, m.Warnings)
		}
	}
}
