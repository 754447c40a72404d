package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"hedui/pipeline/fault"
)

// TestManyEventsOfOneDay: a finding that is answered, comes back and goes on one day
// is told by what happened last.
func TestManyEventsOfOneDay(t *testing.T) {
	const day = "2021-06-10"
	d := newDistrict(t)
	d.c.Towns = []Town{{Name: "东沟镇"}}
	answer := func(verdict string) string {
		t.Helper()
		return fillVerdicts(t, d.townLedger(day), verdict)
	}
	take := func(path string) {
		t.Helper()
		got, err := TakeFeedback(context.Background(), FeedbackOptions{Config: d.c, Files: []string{path}, Day: time.Date(2021, 6, 10, 0, 0, 0, 0, time.UTC), Operator: "值班员", Now: time.Now})
		if err != nil || len(got.Files) != 1 || got.Files[0].Entered != 1 {
			t.Fatalf("%+v, error %v", got, err)
		}
	}
	night := func(roster string) {
		t.Helper()
		d.send("残疾人.csv", roster)
		d.mustNight(day)
	}
	told := func(sheet string, want, not []string) {
		t.Helper()
		text := d.sheet(d.townLedger(day), sheet)
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not tell %s:\n%s", sheet, w, text)
			}
		}
		for _, n := range not {
			if strings.Contains(text, n) {
				t.Errorf("%s still tells %s:\n%s", sheet, n, text)
			}
		}
	}
	d.send("特困.csv", tekun)
	night(disabled)
	take(answer("不属实"))
	night(strings.Replace(disabled, "一级", "二级", 1))
	take(answer("已死亡"))
	night(strings.Replace(disabled, "肢体", "视力", 1))
	told("补贴未落实", []string{"肢体 → 视力"}, []string{"一级 → 二级"})

	dismissal := answer("已迁出")
	take(answer("属实"))
	night(paid)
	told("已了结", []string{"整改完成"}, []string{"核查排除"})
	take(dismissal)
	night(paid)
	told("已了结", []string{"核查排除", "核查结论：已迁出"}, []string{"整改完成"})

	night(disabled)
	night(paid)
	told("已了结", []string{"名册中已消除"}, []string{"整改完成", "核查排除", "核查结论"})
	night(disabled)
	told("补贴未落实", []string{"再次出现"}, []string{"再次出现："})
}

// townLedger is the path of 东沟镇's workbook of the day.
func (d *district) townLedger(day string) string {
	d.t.Helper()
	issued, err := filepath.Glob(filepath.Join(d.c.Paths.Out, day, "东沟镇", "*问题台账*.xlsx"))
	if err != nil || len(issued) != 1 {
		d.t.Fatal(issued, err)
	}
	return issued[0]
}

// unpaid is a district of one town after its first night, on 10 June: it found that a subsidy
// is not paid.
func unpaid(t *testing.T) *district {
	t.Helper()
	d := newDistrict(t)
	d.c.Towns = []Town{{Name: "东沟镇"}}
	d.send("特困.csv", tekun)
	d.send("残疾人.csv", disabled)
	d.mustNight("2021-06-10")
	return d
}

// answered hands a town's workbook in on a day.
func (d *district) answered(day, workbook string) {
	d.t.Helper()
	on, err := time.Parse(time.DateOnly, day)
	if err == nil {
		_, err = TakeFeedback(context.Background(), FeedbackOptions{Config: d.c, Files: []string{workbook}, Day: on, Operator: "值班员", Now: time.Now})
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// TestAnswersAfterARunAreNews: what the towns answer later on a run's day is told by the next run.
func TestAnswersAfterARunAreNews(t *testing.T) {
	d := unpaid(t)
	d.answered("2021-06-10", fillVerdicts(t, d.townLedger("2021-06-10"), "不属实"))
	d.mustNight("2021-06-11")
	if text := d.sheet(d.townLedger("2021-06-11"), "概览"); !strings.Contains(text, "属实0个，排除1个") {
		t.Errorf("the next run's overview:\n%s", text)
	}
	if again := d.mustNight("2021-06-12"); again.New != 0 {
		t.Errorf("%d new findings", again.New)
	}
	if text := d.sheet(d.townLedger("2021-06-12"), "概览"); strings.Contains(text, "排除1个") {
		t.Errorf("the run after tells it again:\n%s", text)
	}
}

// TestConfirmedStaysConfirmed: 正在办理 after 属实 says how far the town is; Attachment 2 goes
// on counting the finding as true, and as put right once the roster says so.
func TestConfirmedStaysConfirmed(t *testing.T) {
	d := unpaid(t)
	d.answered("2021-06-11", fillVerdicts(t, d.townLedger("2021-06-10"), "属实"))
	d.answered("2021-06-12", fillVerdicts(t, d.townLedger("2021-06-10"), "正在办理"))
	checklist := func(day string) string {
		return d.sheet(filepath.Join(d.c.Paths.Out, day, "全区", "核查问题清单.xlsx"), "核查问题清单")
	}
	d.mustNight("2021-06-13")
	if text := checklist("2021-06-13"); !strings.Contains(text, "经核实属实1户1人（疑点1个）") || strings.Contains(text, "正在办理1个") {
		t.Errorf("in the rosters still:\n%s", text)
	}
	d.send("残疾人.csv", paid)
	d.mustNight("2021-06-14")
	if text := checklist("2021-06-14"); !strings.Contains(text, "经核实属实1户1人（疑点1个）") || !strings.Contains(text, "整改完成1个") {
		t.Errorf("put right:\n%s", text)
	}
}

// TestAnswerAfterTheDataCleared: it is told as put right, and takes nothing from what was
// cleared; nights on which nothing happens tell of none of it again.
func TestAnswerAfterTheDataCleared(t *testing.T) {
	d := unpaid(t)
	page := func(day string) string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(d.c.Paths.Out, day, "overview.html"))
		if err != nil {
			t.Fatal(err)
		}
		return regexp.MustCompile(`\s*\n\s*`).ReplaceAllString(string(text), "")
	}
	tells := func(day string, rows ...string) {
		t.Helper()
		text := page(day)
		for _, row := range rows {
			cells := strings.ReplaceAll(row, "|", "</td><td>") + "</td>"
			if !strings.Contains(text, cells) {
				t.Errorf("the page of %s does not tell %s", day, row)
			}
		}
	}
	answer := fillVerdicts(t, d.townLedger("2021-06-10"), "属实")
	d.send("残疾人.csv", paid)
	d.mustNight("2021-06-11")
	d.mustNight("2021-06-12")
	tells("2021-06-12", "2021-06-12|0|0|0", "2021-06-11|0|1|0", "2021-06-10|1|0|1")
	d.answered("2021-06-12", answer)
	d.mustNight("2021-06-14")
	tells("2021-06-14", "2021-06-14|0|0|0", "2021-06-12|0|0|0", "2021-06-11|0|1|0", "2021-06-10|1|0|1")
	if text := page("2021-06-14"); strings.Contains(text, ">-1<") || strings.Contains(text, ">−1<") {
		t.Errorf("the page tells that less than nothing was cleared")
	}
	if text := d.sheet(d.townLedger("2021-06-14"), "概览"); !strings.Contains(text, "已经消除0个") && !strings.Contains(text, "已经消除|0") {
		t.Errorf("what was cleared on 11 June is told again:\n%s", text)
	}
}

// TestSheetOfAnEarlierRun: a sheet of the day's first run is no answer to what the second one saw
// otherwise; where that was the same it is, and so is a sheet of the second.
func TestSheetOfAnEarlierRun(t *testing.T) {
	const day = "2021-06-10"
	d := unpaid(t)
	take := func(path string, code fault.Code) {
		t.Helper()
		got, err := TakeFeedback(context.Background(), FeedbackOptions{Config: d.c, Files: []string{path}, Day: time.Date(2021, 6, 11, 0, 0, 0, 0, time.UTC), Operator: "值班员", Now: time.Now})
		if err != nil || len(got.Files[0].Answers) != 1 {
			t.Fatalf("%+v, error %v", got, err)
		}
		if a := got.Files[0].Answers[0]; a.Code != code {
			t.Errorf("%q (%s), not %q", a.Code, a.Reason, code)
		}
	}
	first := fillVerdicts(t, d.townLedger(day), "不属实")
	d.mustNight(day)
	second := fillVerdicts(t, d.townLedger(day), "名册错误")
	d.send("残疾人.csv", strings.Replace(disabled, "一级", "二级", 1))
	d.mustNight(day)
	take(first, fault.FeedbackSpent)
	take(second, fault.FeedbackSpent)
	third, late := fillVerdicts(t, d.townLedger(day), "已死亡"), fillVerdicts(t, d.townLedger(day), "属实")
	d.mustNight(day)
	take(third, "")
	d.send("残疾人.csv", strings.Replace(disabled, "肢体", "视力", 1))
	d.mustNight(day)
	take(late, fault.FeedbackSpent) // it was reopened
}

// TestWrongFilePutRightTheSameDay: a wrong file that was replaced by the right one before the day was
// over is no snapshot, unless the right one is new too.
func TestWrongFilePutRightTheSameDay(t *testing.T) {
	const person = "东沟镇,丙三,130890196004040048\n"
	d := newDistrict(t)
	night := func(day, roster, want string) {
		t.Helper()
		d.send("特困.csv", roster)
		d.mustRecord(day)
		if got := d.ask("SELECT string_agg(as_of, ' ' ORDER BY as_of) FROM snapshot WHERE kind = 'tekun'"); got != want {
			t.Errorf("%s: snapshots of %s, want %s", day, got, want)
		}
	}
	d.c.Limits.ShrinkRate = 1
	night("2021-05-10", tekun+person, "2021-05-10")
	night("2021-06-10", tekun, "2021-05-10 2021-06-10")
	night("2021-06-10", tekun+person, "2021-05-10")
	night("2021-06-11", tekun, "2021-05-10 2021-06-11")
	night("2021-06-11", tekun+"东沟镇,戊五,130890195006060064\n", "2021-05-10 2021-06-11")
}
