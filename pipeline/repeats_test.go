package pipeline

import (
	"encoding/csv"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
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
	first := d.mustRecord("2021-06-10")
	if first.told("verification").Rows != 1 {
		t.Fatalf("two copies: %d rows", first.told("verification").Rows)
	}
	if m := d.mustRecord("2021-06-10"); !strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-10") {
		t.Errorf("the copies are still there, and the second night warns of %q", m.Warnings)
	}
	d.withdraw("核对(1).csv")
	for _, day := range []string{"2021-06-11", "2021-06-12"} {
		if m := d.mustRecord(day); m.told("verification").Rows != 1 || m.New != 0 {
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
	if m := d.mustRecord("2021-06-10"); m.told("tekun").Rows != 1 {
		t.Fatalf("%d rows of the same list", m.told("tekun").Rows)
	}
	d.send("特困 东沟.csv", other)
	if m := d.mustRecord("2021-06-11"); m.told("tekun").Rows != 2 || len(m.Holds) > 0 {
		t.Errorf("one of them mended: %d rows, held %v", m.told("tekun").Rows, m.Holds)
	}
}

// TestWholeListBesideItsParts: a list of all beside those of the towns, in files of their own or as
// sheets of one workbook, is counted once: medical costs are summed by person. When the
// list of all goes, or a town's list is mended, what stays is read.
func TestWholeListBesideItsParts(t *testing.T) {
	const head = "镇,姓名,身份证号,是否参保,个人自付\n"
	east, west := "东沟镇,甲一,130890197001010016,是,4000\n东沟镇,丁四,130890194505050050,是,6000\n", "西岭镇,乙二,130890197502020028,是,300\n"
	d := newDistrict(t)
	d.c.Sources["medical_aid"], d.c.Limits.ShrinkRate = Source{Files: []string{"*医疗*"}}, 1
	d.send("东沟镇医疗.csv", head+east)
	d.send("西岭镇医疗.csv", head+west)
	d.send("全区医疗.csv", "全区医疗救助汇总\n"+head+west+east)
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		m := d.mustRecord(day)
		if warned := strings.Join(m.Warnings, "\n"); m.told("medical_aid").Rows != 3 || strings.Count(warned, "E-SRC-10") != 1 || !strings.Contains(warned, "与《东沟镇医疗.csv》《西岭镇医疗.csv》合起来内容相同") {
			t.Errorf("%s: %d rows, warned of %q", day, m.told("medical_aid").Rows, m.Warnings)
		}
	}
	d.send("西岭镇医疗.csv", head+west+"西岭镇,戊五,130890194606060063,是,20\n")
	if m := d.mustRecord("2021-06-12"); m.told("medical_aid").Rows != 7 {
		t.Errorf("a part that the whole does not have: %d rows", m.told("medical_aid").Rows)
	}
	d.withdraw("全区医疗.csv")
	if m := d.mustRecord("2021-06-13"); m.told("medical_aid").Rows != 4 || len(m.Warnings) > 0 {
		t.Errorf("without the whole list: %d rows, warned of %q", m.told("medical_aid").Rows, m.Warnings)
	}
	d.withdraw("东沟镇医疗.csv")
	d.withdraw("西岭镇医疗.csv")
	d.book("医疗.xlsx", [][2]string{{"东沟", head + east}, {"全区", head + east + west}, {"西岭", head + west}})
	for _, day := range []string{"2021-06-14", "2021-06-15"} {
		m := d.mustRecord(day)
		if warned := strings.Join(m.Warnings, "\n"); m.told("medical_aid").Rows != 3 || !strings.Contains(warned, "E-SRC-10｜《医疗.xlsx》工作表“全区”｜与《东沟》《西岭》表合起来内容相同") {
			t.Errorf("%s: a workbook: %d rows, warned of %q", day, m.told("medical_aid").Rows, m.Warnings)
		}
	}
}

// TestNumbersWrittenOtherwise: the same list in two formats is one, however the numbers are written.
func TestNumbersWrittenOtherwise(t *testing.T) {
	const list = "镇,姓名,身份证号,是否参保,个人自付\n东沟镇,甲一,%s,是,4000\n东沟镇,丁四,见附件,是,100\n"
	d := newDistrict(t)
	d.c.Sources["medical_aid"] = Source{Files: []string{"*医疗*"}}
	d.send("医疗1.csv", fmt.Sprintf(list, "13089019700101001X"))
	for i, written := range []string{"'13089019700101001X", "13089019700101001x", "１３０８９０１９７００１０１００１Ｘ", "130890 19700101 001X"} {
		d.send("医疗2.csv", fmt.Sprintf(list, written))
		if m := d.mustRecord(fmt.Sprintf("2021-06-%d", 10+i)); m.told("medical_aid").Rows != 2 || !strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-10") {
			t.Errorf("%s: %d rows, warned of %q", written, m.told("medical_aid").Rows, m.Warnings)
		}
	}
}

// TestSheetThatStandsTwice: Excel's copy of a sheet is counted once; lists of two months are two
// lists, also where the same was paid in both.
func TestSheetThatStandsTwice(t *testing.T) {
	const list = "镇,姓名,身份证号,是否参保,个人自付\n东沟镇,甲一,130890197001010016,是,4000\n"
	for _, c := range []struct {
		sheets []string
		rows   int64
	}{{[]string{"明细", "明细 (2)"}, 1}, {[]string{"5月", "5月 (2)", "明细"}, 2}, {[]string{"4月", "5月"}, 2}, {[]string{"2021年", "2022年"}, 2}} {
		d := newDistrict(t)
		d.c.Sources["medical_aid"] = Source{Files: []string{"*医疗*"}}
		var sheets [][2]string
		for _, name := range c.sheets {
			sheets = append(sheets, [2]string{name, list})
		}
		d.book("医疗.xlsx", sheets)
		m := d.mustRecord("2021-06-10")
		copied := strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-10｜《医疗.xlsx》工作表“"+c.sheets[1]+"”｜与《"+c.sheets[0]+"》表内容相同")
		if m.told("medical_aid").Rows != c.rows || copied != strings.Contains(c.sheets[1], "(2)") {
			t.Errorf("%q: %d rows, warned of %q", c.sheets, m.told("medical_aid").Rows, m.Warnings)
		}
	}
}

// book sends a workbook of sheets, each a name and a CSV.
func (d *district) book(name string, sheets [][2]string) {
	d.t.Helper()
	f := excelize.NewFile()
	for _, sheet := range sheets {
		rows, err := csv.NewReader(strings.NewReader(sheet[1])).ReadAll()
		if _, made := f.NewSheet(sheet[0]); err != nil || made != nil {
			d.t.Fatal(err, made)
		}
		for i, row := range rows {
			if err := f.SetSheetRow(sheet[0], "A"+strconv.Itoa(i+1), &row); err != nil {
				d.t.Fatal(err)
			}
		}
	}
	if err := errors.Join(f.DeleteSheet("Sheet1"), f.SaveAs(filepath.Join(d.c.Paths.Inbox, name))); err != nil {
		d.t.Fatal(err)
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
		if m := d.mustRecord(day); !strings.Contains(strings.Join(m.Warnings, "\n"), "E-SRC-09") {
			t.Errorf("%s warns of %q", day, m.Warnings)
		}
	}
}
