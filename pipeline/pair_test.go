package pipeline

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"hedui/pipeline/warehouse"
)

// ask gives the rows of a query on the warehouse, cells joined by spaces.
func (d *district) ask(query string) string {
	d.t.Helper()
	w, err := warehouse.Open(context.Background(), d.c.Paths.Warehouse, warehouse.Options{})
	if err != nil {
		d.t.Fatal(err)
	}
	defer w.Close()
	rows, err := w.Conn().QueryContext(context.Background(), query)
	if err != nil {
		d.t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		d.t.Fatal(err)
	}
	var lines []string
	for rows.Next() {
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			d.t.Fatal(err)
		}
		lines = append(lines, strings.TrimSuffix(fmt.Sprintln(cells...), "\n"))
	}
	return strings.Join(lines, "\n")
}

const pairHouseholds = `镇,户主姓名,户主身份证号,保障人口,户月保障金额,分档类型,最初享受月份
东沟镇,甲一,130890197001010016,2,660,B类,2020-03
东沟镇,戊五,130891197303030038,3,900,A类,2019-01
东沟镇,己六,130892197404040047,1,240,C类,2018-01
东沟镇,己六,130892197404040047,1,300,C类,2018-05
`

const pairPersons = `镇,户主身份证号,姓名,身份证号,与户主关系
东沟镇,130890197001010016,甲一,130890197001010016,户主
东沟镇,130890197001010016,乙二,130890197502020028,配偶
东沟镇,130892197404040047,己六,130892197404040047,户主
`

const pairColumns = "SELECT path, name, household_no, head_name, persons_covered, amount::VARCHAR, tier, start_month::VARCHAR FROM read_dibao ORDER BY path, row_number"

// The persons of a household take its columns, and its own row goes; a household
// whose persons are not listed stays, as in a heads-only roster. A head with two
// households gives nothing to anybody: whose is whose cannot be told.
func TestPairOfFiles(t *testing.T) {
	d := newDistrict(t)
	d.send("低保家庭查询.csv", pairHouseholds)
	d.send("低保人员查询.csv", pairPersons)
	d.mustRecord("2021-06-10")
	want := `低保人员查询.csv 甲一 130890197001010016 甲一 2 660.00 B 2020-03-01
低保人员查询.csv 乙二 130890197001010016 甲一 2 660.00 B 2020-03-01
低保人员查询.csv 己六 130892197404040047 <nil> <nil> <nil> <nil> <nil>
低保家庭查询.csv 戊五 130891197303030038 戊五 3 900.00 A 2019-01-01
低保家庭查询.csv 己六 130892197404040047 己六 1 240.00 C 2018-01-01
低保家庭查询.csv 己六 130892197404040047 己六 1 300.00 C 2018-05-01`
	if got := d.ask(pairColumns); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// The rules' view of the roster: both files have the other's columns.
	if got := d.ask("SELECT count(*) FROM source_file WHERE kind = 'dibao' AND json_exists(matched, '$.amount') AND json_exists(matched, '$.relation') AND note LIKE '%户%'"); got != "2" {
		t.Errorf("%s sheets have all columns", got)
	}

	// One file of the pair changes: the other one's rows are joined anew.
	d.send("低保家庭查询.csv", strings.Replace(pairHouseholds, "2,660", "2,700", 1))
	d.mustRecord("2021-06-11")
	if got := d.ask(pairColumns); got != strings.ReplaceAll(want, "660.00", "700.00") {
		t.Errorf("after a change\n%s", got)
	}
	d.send("低保人员查询.csv", strings.Replace(pairPersons, "乙二", "乙二二", 1))
	d.mustRecord("2021-06-12")
	if got := d.ask(pairColumns); got != strings.ReplaceAll(strings.ReplaceAll(want, "660.00", "700.00"), "乙二", "乙二二") {
		t.Errorf("after another change\n%s", got)
	}
}

// A household whose head the list of persons names under another number, or that is one of two, is
// told every night; one whose persons nobody lists is not.
func TestUnpairedHouseholds(t *testing.T) {
	d := newDistrict(t)
	d.send("低保家庭查询.csv", strings.Replace(pairHouseholds, "甲一,130890197001010016", "甲一,1.30890197001010E+17", 1))
	d.send("低保人员查询.csv", pairPersons)
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		want := "E-SRC-26｜《低保家庭查询.csv》｜3 户（如第 2 行）的户主在人员名单里，证号对不上或名下不止一户，没有并入人员名单"
		if m := d.mustRecord(day); !strings.Contains(strings.Join(m.Warnings, "\n"), want) {
			t.Errorf("%s warns of %q", day, m.Warnings)
		}
	}
	d.send("低保家庭查询.csv", pairHouseholds[:strings.Index(pairHouseholds, "东沟镇,己六")])
	if m := d.mustRecord("2021-06-12"); strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-26") {
		t.Errorf("warns of %q", m.Warnings)
	}
}

// A head's household that was stopped is none of those that his persons may be in: the one that
// is in force gives them its columns, and nobody is told to be in two.
func TestPairWithAStoppedHousehold(t *testing.T) {
	d := newDistrict(t)
	d.send("低保家庭查询.csv", `镇,低保证号,户主姓名,户主身份证号,保障人口,户月保障金额,保障状态
东沟镇,D1,甲一,130890197001010016,2,500,停保
东沟镇,D2,甲一,130890197001010016,2,660,在保
东沟镇,D3,甲一,130890197001010016,1,400,停保
`)
	d.send("低保人员查询.csv", "镇,户主姓名,户主身份证号,姓名,身份证号\n东沟镇,甲一,130890197001010016,甲一,130890197001010016\n东沟镇,甲一,130890197001010016,乙二,130890197502020028\n")
	m := d.mustRecord("2021-06-10")
	want := `甲一 D1 500.00 false
甲一 D3 400.00 false
甲一 D2 660.00 true
乙二 D2 660.00 true`
	if got := d.ask("SELECT name, household_no, amount::VARCHAR, in_force FROM read_dibao ORDER BY in_force, row_number"); got != want || m.rule("CB02").Found > 0 {
		t.Errorf("got\n%s\nCB02 %+v", got, m.rule("CB02"))
	}
}

// Persons whose list has the household's number are of that one: what is paid to the head's other
// household says nothing of those of the stopped one.
func TestPairOfNumberedPersons(t *testing.T) {
	d := newDistrict(t)
	d.send("低保家庭查询.csv", "镇,低保证号,户主姓名,户主身份证号,月保障金,保障状态\n东沟镇,D1,甲一,130890197001010016,500,停保\n东沟镇,D2,甲一,130890197001010016,660,在保\n")
	d.send("低保人员查询.csv", "镇,低保证号,户主身份证号,姓名,身份证号\n东沟镇,D1,130890197001010016,乙二,130890197502020028\n")
	d.mustRecord("2021-06-10")
	if got := d.ask("SELECT name, household_no, amount::VARCHAR FROM read_dibao WHERE name = '乙二'"); got != "乙二 D1 <nil>" {
		t.Errorf("got %s", got)
	}
}

// A household number of its own goes before the head's ID number, whichever file has it.
func TestPairHouseholdNumber(t *testing.T) {
	d := newDistrict(t)
	d.send("低保家庭查询.csv", "镇,户主姓名,户主身份证号,低保证号,月保障金额\n东沟镇,甲一,130890197001010016,D7,660\n")
	d.send("低保人员查询.csv", "镇,户主身份证号,姓名,身份证号,状态\n东沟镇,130890197001010016,乙二,130890197502020028,停保\n")
	d.mustRecord("2021-06-10")
	if got := d.ask("SELECT name, household_no, amount::VARCHAR, status, in_force FROM read_dibao"); got != "乙二 D7 660.00 停保 false" {
		t.Errorf("got %s", got)
	}
	d.send("低保家庭查询.csv", "镇,户主姓名,户主身份证号,月保障金额,状态\n东沟镇,甲一,130890197001010016,660,停保\n")
	d.send("低保人员查询.csv", "镇,户主身份证号,姓名,身份证号,低保证号\n东沟镇,130890197001010016,乙二,130890197502020028,D8\n")
	d.mustRecord("2021-06-10")
	if got := d.ask("SELECT name, household_no, amount::VARCHAR, status, in_force FROM read_dibao"); got != "乙二 D8 660.00 停保 false" {
		t.Errorf("got %s", got)
	}
}

// Two rosters that are no pair stay as they are: one town lists heads, another persons.
func TestNoPair(t *testing.T) {
	d := newDistrict(t)
	d.send("东沟镇低保.csv", "镇,户主姓名,户主身份证号,月保障金额\n东沟镇,甲一,130890197001010016,660\n")
	d.send("西沟镇低保.csv", "镇,户主身份证号,姓名,身份证号\n西沟镇,130891197303030038,乙二,130890197502020028\n")
	d.mustRecord("2021-06-10")
	if got := d.ask("SELECT name, amount::VARCHAR FROM read_dibao ORDER BY name"); got != "乙二 <nil>\n甲一 660.00" {
		t.Errorf("got %s", got)
	}
}
