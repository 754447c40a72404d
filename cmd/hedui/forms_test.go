package main

import (
	"database/sql"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// origins are the queries that a form's comments name, by cell.
func origins(t *testing.T, path string) (*excelize.File, map[string][]string) {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	comments, err := f.GetComments(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]string{}
	for _, c := range comments {
		text := c.Text
		for _, run := range c.Paragraph {
			text += run.Text
		}
		for line := range strings.SplitSeq(text, "\n") {
			if strings.HasPrefix(line, "SELECT ") {
				all[c.Cell] = append(all[c.Cell], line)
			}
		}
	}
	return f, all
}

// TestForms checks both attachments, and what the published file answers of them, on
// one run of the sample.
func TestForms(t *testing.T) {
	day := sampleNights(t)
	t.Run("Attachment1IsTheNotices", func(t *testing.T) { attachment1IsTheNotices(t, day) })
	t.Run("Attachment2IsTheNotices", func(t *testing.T) { attachment2IsTheNotices(t, day) })
	t.Run("Attachment1TellsItsOrigins", func(t *testing.T) { attachment1TellsItsOrigins(t, day) })
	t.Run("Attachment2TellsItsOrigins", func(t *testing.T) { attachment2TellsItsOrigins(t, day, 60) })
}

// TestFormsAfterVerdicts: after May's night the towns answer, of what they answered
// June's rosters clear a part, and after June's night 上板城镇 settles its children out
// of school. The forms tell what came of it, and every figure still tells its origin.
func TestFormsAfterVerdicts(t *testing.T) {
	dir := sampleAfter(t, afterMay)
	may := monthFolder(dir, "2021-05")
	turn := 0
	for _, town := range []string{"上板城镇", "柳树沟乡"} {
		giveBack(t, dir, may, town, "2021-05-20", func(rule string) answerOf {
			if rule == "BT08" {
				return answerOf{}
			}
			turn++
			return [...]answerOf{
				{"属实", "按规定纳入或补发", "已办结", "2021-05-19"}, {"属实", "已受理，正在审批", "", ""}, {"已死亡", "", "", ""},
				{"不属实", "", "", ""}, {"名册错误", "", "", ""}, {"属实", "按规定纳入或补发", "已办结", "2021-05-19"}, {"正在办理", "", "", ""}, {"", "", "", ""},
			}[turn%8]
		})
	}
	june := sampleNight(t, dir, "2021-06")
	settled := 0
	giveBack(t, dir, june, "上板城镇", "2021-06-11", func(rule string) answerOf {
		if rule != "BT08" {
			return answerOf{}
		}
		settled++
		return [...]answerOf{{"属实", "劝返复学", "", ""}, {"异地就读", "", "", ""}}[settled%2]
	})
	day := sampleNight(t, dir, "2021-06")

	const schoolColumn = "J" // 义务教育保障不到位人数
	for path, want := range map[string]string{"上板城镇": "1", "柳树沟乡": "※"} {
		f, _ := origins(t, filepath.Join(day, path, "排查情况统计表.xlsx"))
		if got, err := f.GetCellValue("排查情况统计表", schoolColumn+"7"); err != nil || !strings.HasSuffix(got, want) || want == "1" && strings.Contains(got, "※") {
			t.Errorf("%s: %q, want %q (%v)", path, got, want, err)
		}
	}
	f, _ := origins(t, filepath.Join(day, "全区", "核查问题清单.xlsx"))
	rows, err := f.GetRows("核查问题清单")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []struct {
		column int
		text   string
	}{
		{5, `经核实属实[1-9]\d*户[1-9]\d*人（疑点[1-9]\d*个）、不属实[1-9]\d*户[1-9]\d*人（疑点[1-9]\d*个：已死亡[1-9]\d*、已迁出0、名册错误[1-9]\d*、其他[1-9]\d*）；正在办理[1-9]`},
		{6, `1\.按规定纳入或补发（[1-9]\d*个）；\n2\.已受理，正在审批（`},
		{7, `整改完成[1-9]\d*个，整改率[1-9]\d*\.\d%.*核实后排除[1-9]`},
	} {
		if !slices.ContainsFunc(rows, func(row []string) bool {
			return len(row) > want.column && regexp.MustCompile(want.text).MatchString(row[want.column])
		}) {
			t.Errorf("no cell of column %d reads %s", want.column+1, want.text)
		}
	}
	t.Run("Attachment1TellsItsOrigins", func(t *testing.T) { attachment1TellsItsOrigins(t, day) })
	t.Run("Attachment2TellsItsOrigins", func(t *testing.T) { attachment2TellsItsOrigins(t, day, 70) })
	t.Run("PrecisionBesideTheRule", func(t *testing.T) { precisionBesideTheRule(t, day) })
	t.Run("AnalystsQuestions", func(t *testing.T) { analystsQuestions(t, day) })
}

// precisionBesideTheRule: a town's sheets tell with each finding how often its rule was
// right, and how sure that is.
func precisionBesideTheRule(t *testing.T, day string) {
	rows, err := openBook(t, filepath.Join(day, "上板城镇", "上板城镇_问题台账_2021-06-10.xlsx")).GetRows("漏保")
	if err != nil {
		t.Fatal(err)
	}
	column := slices.Index(rows[2], "准确率")
	told := regexp.MustCompile(`^\d+\.\d%\n\d+\.\d%–\d+\.\d%\n\d+/\d+$`)
	if !slices.ContainsFunc(rows[3:], func(row []string) bool { return told.MatchString(row[column]) }) {
		t.Errorf("no rule's precision in column %d", column+1)
	}
}

// answerOf is what a clerk fills in: 核查结论, 整改措施, 整改成效, 完成日期.
type answerOf [4]string

// giveBack fills a town's workbook in, rule by rule, and feeds it back.
func giveBack(t *testing.T, dir, day, town, on string, answer func(rule string) answerOf) {
	t.Helper()
	f, err := excelize.OpenFile(filepath.Join(day, town, town+"_问题台账_"+filepath.Base(day)+".xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		head := slices.IndexFunc(rows, func(row []string) bool {
			return slices.Contains(row, "疑点编号") && slices.Contains(row, "核查结论")
		})
		if head < 0 {
			continue
		}
		id, verdict := slices.Index(rows[head], "疑点编号"), slices.Index(rows[head], "核查结论")
		for r := head + 1; r < len(rows); r++ {
			if len(rows[r]) <= id || rows[r][id] == "" {
				continue
			}
			rule, _, _ := strings.Cut(rows[r][id], "-")
			for i, text := range answer(rule) {
				cell, err := excelize.CoordinatesToCellName(verdict+1+i, r+1)
				if err == nil && text != "" {
					err = f.SetCellValue(sheet, cell, text)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	path := filepath.Join(dir, town+on+".xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	command(t, "feedback", "--config", filepath.Join(dir, "config.yaml"), "--as-of", on, path)
}

// command runs hedui, which must end well.
func command(t *testing.T, args ...string) {
	t.Helper()
	var out strings.Builder
	if status := run(args, strings.NewReader(""), &out, &out); status != 0 {
		t.Fatalf("hedui %s: status %d\n%s", strings.Join(args, " "), status, out.String())
	}
}

// attachment1TellsItsOrigins: every figure of Attachment 1, the district's and
// each town's, has a comment whose SQL gives it on the published file.
func attachment1TellsItsOrigins(t *testing.T, day string) {
	t.Helper()
	db := openPublished(t, day)
	forms, err := filepath.Glob(filepath.Join(day, "*", "排查情况统计表.xlsx"))
	if err != nil || len(forms) < 4 {
		t.Fatalf("%d forms: %v", len(forms), err)
	}
	checked := 0
	for _, path := range forms {
		f, queries := origins(t, path)
		rows, err := f.GetRows(f.GetSheetName(0))
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows[6:] { // below the heading
			if len(row) < 16 {
				break // the foot
			}
			for c := 2; c < len(row); c++ { // right of the town's name
				cell, err := excelize.CoordinatesToCellName(c+1, r+7)
				if err != nil {
					t.Fatal(err)
				}
				want, err := f.GetCellValue(f.GetSheetName(0), cell, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatal(err)
				}
				if want == "" {
					if queries[cell] != nil {
						t.Errorf("%s %s: a blank cell tells an origin", path, cell)
					}
					continue
				}
				if len(queries[cell]) != 1 {
					t.Errorf("%s %s: %d queries", path, cell, len(queries[cell]))
					continue
				}
				var got int
				if err := db.QueryRow(queries[cell][0]).Scan(&got); err != nil {
					t.Errorf("%s %s: %v", path, cell, err)
				} else if strconv.Itoa(got) != want {
					t.Errorf("%s %s: %s, its origin gives %d\n%s", path, cell, want, got, queries[cell][0])
				}
				checked++
			}
		}
	}
	if checked < 84 {
		t.Errorf("%d figures checked", checked)
	}
}

// attachment2TellsItsOrigins: what the queries of a cell's comment give on the
// published file stands in the cell: of each row its values, one behind the other.
func attachment2TellsItsOrigins(t *testing.T, day string, least int) {
	t.Helper()
	db := openPublished(t, day)
	f, queries := origins(t, filepath.Join(day, "全区", "核查问题清单.xlsx"))
	told := 0
	for cell, list := range queries {
		text, err := f.GetCellValue(f.GetSheetName(0), cell)
		if err != nil {
			t.Fatal(err)
		}
		for _, query := range list {
			for _, row := range rowsOf(t, db, query) {
				if told++; !inARow(row).MatchString(text) {
					t.Errorf("%s: %q does not stand in\n%s", cell, row, text)
				}
			}
		}
	}
	if told < least {
		t.Errorf("%d rows told", told)
	}
}

// inARow matches the values one behind the other, each number whole.
func inARow(values []string) *regexp.Regexp {
	var parts []string
	for _, v := range values {
		part := regexp.QuoteMeta(v)
		if _, err := strconv.Atoi(v); err == nil {
			part = `\b` + part + `\b`
		}
		parts = append(parts, part)
	}
	return regexp.MustCompile(strings.Join(parts, `[^0-9]{0,12}`))
}

func rowsOf(t *testing.T, db *sql.DB, query string) [][]string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatalf("%v\n%s", err, query)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all [][]string
	for rows.Next() {
		values, into := make([]string, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		all = append(all, values)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// notice gives the lines of one attachment as the notice's text has them, blank ones left out.
func notice(t *testing.T, from, to string) []string {
	t.Helper()
	text, err := os.ReadFile("../../testdata/notice/附件.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(text), from+"\n")
	if !ok {
		t.Fatalf("%s is not in the notice", from)
	}
	rest, _, _ = strings.Cut(rest, to+"\n")
	var lines []string
	for line := range strings.SplitSeq(rest, "\n") {
		if strings.TrimSpace(line) != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// cellsOf are the filled cells of a line of the notice or a row of a form.
func cellsOf(cells []string) []string {
	var filled []string
	for _, c := range cells {
		if c = strings.Join(strings.Fields(c), ""); c != "" {
			filled = append(filled, c)
		}
	}
	return filled
}

// without leaves texts out.
func without(list []string, texts ...string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(s string) bool { return slices.Contains(texts, s) })
}

// attachment1IsTheNotices: the four rows of the heading have the notice's texts in
// its order. Where the notice's text lost a cell's borders one text stands over
// several columns; of 是 and 否 it lost which row they belong to.
func attachment1IsTheNotices(t *testing.T, day string) {
	t.Helper()
	f, _ := origins(t, filepath.Join(day, "全区", "排查情况统计表.xlsx"))
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	text := notice(t, "附件1", "附件2")
	if rows[0][0] != text[0] {
		t.Errorf("title %q", rows[0][0])
	}
	asked := [2]int{}
	for i := range 4 {
		want, got := cellsOf(strings.Split(text[i+2], "\t")), cellsOf(rows[i+2])
		if i == 2 { // one text over the columns that lost their borders
			got = slices.Compact(got)
			at := slices.Index(want, "带贫产业项目量")
			want = slices.Replace(want, at, at+2, "带贫产业项目量落实数")
		}
		asked[0] += len(want) - len(without(want, "是"))
		asked[1] += len(got) - len(without(got, "是"))
		if want, got := without(want, "是", "否"), without(got, "是", "否"); !slices.Equal(got, want) {
			t.Errorf("row %d of the heading\n got %q\nwant %q", i+1, got, want)
		}
	}
	if asked[0] != asked[1] {
		t.Errorf("%d pairs of 是 and 否, the notice has %d", asked[1], asked[0])
	}
	foot := strings.Join(strings.Fields(text[len(text)-1]), "")
	if !slices.ContainsFunc(rows, func(row []string) bool { return len(row) > 0 && strings.Join(strings.Fields(row[0]), "") == foot }) {
		t.Errorf("no row reads %q", foot)
	}
}

// attachment2IsTheNotices: what the notice prints stands in the form, cell by cell.
func attachment2IsTheNotices(t *testing.T, day string) {
	t.Helper()
	f, _ := origins(t, filepath.Join(day, "全区", "核查问题清单.xlsx"))
	rows, err := f.GetRows(f.GetSheetName(0))
	if err != nil {
		t.Fatal(err)
	}
	text := notice(t, "附件2", "\x00")
	want := [][]string{{text[0]}, {text[1]}, {text[2]}}
	for _, line := range text[3:6] {
		want = append(want, strings.Split(line, "\t"))
	}
	want = append(want, []string{text[6]})
	const done, found = 4, 5 // the columns that the program fills beside the notice's
	at := 0
	for _, row := range rows {
		if at == len(want) {
			break
		}
		got := slices.Clone(row)
		if at == 4 || at == 5 {
			if len(got) <= found || got[done] == "" || got[found] == "" {
				t.Fatalf("row %q is not filled", got)
			}
			got[done], got[found] = "", ""
		}
		if len(cellsOf(got)) == 0 {
			continue // a long row is several of the sheet's
		}
		if g, w := strings.Join(cellsOf(got), "|"), strings.Join(cellsOf(want[at]), "|"); strings.ReplaceAll(g, "|", "") != strings.ReplaceAll(w, "|", "") || at > 2 && g != w {
			t.Errorf("row %d\n got %s\nwant %s", at+1, g, w)
		}
		at++
	}
	if at < len(want) {
		t.Errorf("%d of the notice's %d rows are there", at, len(want))
	}
}
