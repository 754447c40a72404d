package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// walkRosters walks the rosters of a txtar, one folder a day, and gives the night's people.
func walkRosters(t *testing.T, policy map[string]any, rosters string) *exampleNights {
	t.Helper()
	x, err := newExampleNights(context.Background(), policy)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { x.Close() })
	var days []string
	for _, f := range txtar.Parse([]byte(rosters)).Files {
		file := filepath.Join(x.folder, filepath.FromSlash(f.Name))
		day, _, _ := strings.Cut(f.Name, "/")
		if len(days) == 0 || days[len(days)-1] != day {
			days = append(days, day)
		}
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.walk(context.Background(), days); err != nil {
		t.Fatal(err)
	}
	return x
}

// lines gives a query's only column.
func (x *exampleNights) lines(t *testing.T, query string) string {
	t.Helper()
	rows, err := x.w.Conn().QueryContext(context.Background(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		all = append(all, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, "\n")
}

const changes = "SELECT concat_ws(' ', roster, change, household_no, name, coalesce(before, '-'), '→', coalesce(after, '-'), nullif(note, '')) FROM roster_change ORDER BY roster, change, household_no, name, before, after"

// TestRosterChange sends two months of dibao and tekun in which everything that
// may happen to a covered household happens once.
func TestRosterChange(t *testing.T) {
	x := walkRosters(t, nil, `
-- 2021-05-10/低保.csv --
镇,低保证号,姓名,身份证号,与户主关系,保障档次,享受人数,月保障金额,家庭年人均收入,状态
上板城镇,D01,甲一,130890197001010016,户主,A类,1,442,3000,在保
上板城镇,D02,乙一,130890197001010032,户主,B类,2,660,3000,在保
上板城镇,D02,乙二,130890197501010047,配偶,B类,2,660,3000,在保
上板城镇,D03,丙一,130890197001010059,户主,C类,1,240,3000,在保
上板城镇,D04,丁一,130890197001010075,户主,C类,1,240,3000,在保
上板城镇,D05,戊一,130890197001010091,户主,C类,1,240,3000,在保
上板城镇,D06,己一,130890197001010112,户主,C类,2,480,3000,在保
上板城镇,D06,己二,130890199501010134,之子,C类,2,480,3000,在保
上板城镇,D08,庚一,130890197001010139,户主,C类,1,240,3000,在保
-- 2021-05-10/特困.csv --
镇,姓名,身份证号,供养方式,自理能力,月供养金,照料护理费,状态
上板城镇,辛一,130890195001010156,分散,全自理,620,0,正常
上板城镇,壬一,130890195001010172,分散,全自理,620,0,正常
上板城镇,癸一,130890195001010199,分散,全自理,620,0,正常
-- 2021-06-10/低保.csv --
镇,低保证号,姓名,身份证号,与户主关系,保障档次,享受人数,月保障金额,家庭年人均收入,状态,停保原因
上板城镇,D01,甲一,130890197001010016,户主,B类,1,330,4200,在保,
上板城镇,D02,乙一,130890197001010032,户主,B类,2,660,3000,在保,
上板城镇,D02,乙三,130890202101010033,之女,B类,2,660,3000,在保,
上板城镇,D03,丙一,130890197001010059,户主,C类,1,240,3000,停保,收入超标
上板城镇,D14,丁一,130890197001010075,户主,C类,1,240,3000,在保,
上板城镇,D06,己一,130890197001010112,户主,C类,1,240,3000,在保,
上板城镇,D16,己二,130890199501010134,户主,C类,1,240,3000,在保,
上板城镇,D08,庚一,130890197001010139,户主,C类,1,240,3000,在保,
上板城镇,D09,子一,130890197001010155,户主,C类,1,240,3000,在保,
上板城镇,D10,癸一,130890195001010199,户主,C类,1,240,3000,在保,
-- 2021-06-10/特困.csv --
镇,姓名,身份证号,供养方式,自理能力,月供养金,照料护理费,状态
上板城镇,辛一,130890195001010156,分散,半护理,680,100,正常
上板城镇,戊一,130890197001010091,分散,全自理,620,0,正常
上板城镇,丑一,13089019500101021X,分散,全自理,620,0,正常
`)
	const want = `低保 享受人数 D06 己一 2 → 1
低保 分户 D16 己二 原户号D06 → 1人
低保 家庭人均收入 D01 甲一 3000.00 → 4200.00
低保 成员 D02 乙一 减：乙二 → 增：乙三
低保 成员 D06 己一 减：己二 → -
低保 户号变更 D04 丁一 C档，1人，240.00元 → 现户号D14
低保 新增 D09 子一 - → C档，1人，240.00元
低保 月保障金 D01 甲一 442.00 → 330.00
低保 月保障金 D06 己一 480.00 → 240.00
低保 档次 D01 甲一 A → B
低保 退出 D03 丙一 C档，1人，240.00元 → - 收入超标
特困 低保转特困 戊一 - → 620.00元
特困 新增 丑一 - → 620.00元
特困 月供养金 辛一 620.00 → 680.00
特困 照料护理费 辛一 0.00 → 100.00
特困 特困转低保 癸一 620.00元 → -
特困 自理能力 辛一 全自理 → 半护理
特困 退出 壬一 620.00元 → -`
	if got := x.lines(t, changes); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// TestRosterChangeFirstNight: without an earlier snapshot nothing is a change.
func TestRosterChangeFirstNight(t *testing.T) {
	x := walkRosters(t, nil, `
-- 2021-05-10/低保.csv --
镇,低保证号,姓名,身份证号,状态
上板城镇,D01,甲一,130890197001010016,在保
-- 2021-05-10/特困.csv --
镇,姓名,身份证号,供养方式,状态
上板城镇,辛一,130890195001010156,分散,正常
`)
	if got := x.lines(t, changes); got != "" {
		t.Errorf("told changes on the first night:\n%s", got)
	}
}
