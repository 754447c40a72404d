package pipeline

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
	"hedui/sources/table"
)

// TestFeedbackOfAWorkbook sends the town's own workbook back, as a night wrote it.
func TestFeedbackOfAWorkbook(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾人.csv", disabled)
	d.send("特困.csv", tekun)
	d.mustNight("2021-06-10")
	path := fillVerdicts(t, d.townLedger("2021-06-10"), "属实")
	take := func() *Feedback {
		t.Helper()
		got, err := TakeFeedback(context.Background(), FeedbackOptions{Config: d.c, Files: []string{path, path}, Day: time.Date(2021, 6, 12, 0, 0, 0, 0, time.UTC), Operator: "值班员", Now: time.Now})
		if err != nil || len(got.Files) != 1 || len(got.Files[0].Faults()) > 0 {
			t.Fatalf("%+v, error %v", got, err)
		}
		return got
	}
	if got := take().Files[0]; got.Entered != 1 || got.Repeats != 0 || len(got.PassedOver) == 0 {
		t.Errorf("first: %+v", got)
	}
	before, err := os.ReadFile(d.c.Paths.Warehouse)
	if err != nil {
		t.Fatal(err)
	}
	if got := take().Files[0]; got.Entered != 0 || got.Repeats != 1 {
		t.Errorf("the same file again: %+v", got)
	}
	if after, err := os.ReadFile(d.c.Paths.Warehouse); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the same file changed the warehouse, error %v", err)
	}
	d.send("残疾人.csv", paid)
	m := d.mustNight("2021-06-13")
	if m.Findings != 0 || m.Cleared != 1 || m.Ledger.Events != 4 {
		t.Errorf("%d findings, %d cleared, %d events; want 0, 1, 4", m.Findings, m.Cleared, m.Ledger.Events)
	}
	a, err := AuditLedger(context.Background(), d.c)
	if err != nil || !a.Good() || a.Files == 0 || a.Ends != 4 {
		t.Errorf("audit %+v, error %v", a, err)
	}
	if err := os.WriteFile(filepath.Join(d.c.Paths.Out, "2021-06-13", "全区", "findings.csv"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	if a, err := AuditLedger(context.Background(), d.c); err != nil || len(a.Changed) != 1 || !strings.Contains(a.Changed[0], "findings.csv") {
		t.Errorf("audit of a changed file %+v, error %v", a, err)
	}
}

// TestFeedbackDay: an answer has a day on which somebody can have given it.
func TestFeedbackDay(t *testing.T) {
	d := unpaid(t)
	path := fillVerdicts(t, d.townLedger("2021-06-10"), "属实")
	for day, good := range map[string]bool{"2021-06-09": false, "2021-06-10": true, "2099-01-01": false} {
		on, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		_, err = TakeFeedback(context.Background(), FeedbackOptions{Config: d.c, Files: []string{path}, Day: on, Now: time.Now})
		if f := fault.Of(err); good != (err == nil) || !good && (f == nil || f.Code != fault.Usage) {
			t.Errorf("%s: error %v", day, err)
		}
	}
}

// TestManifestIsAudited: what a run tells of itself cannot be rewritten either, and it tells
// the account of every sheet.
func TestManifestIsAudited(t *testing.T) {
	d := unpaid(t)
	path := filepath.Join(d.c.Paths.Out, "2021-06-10", "manifest.json")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var told Manifest
	if err := json.Unmarshal(data, &told); err != nil {
		t.Fatal(err)
	}
	var sum int64
	for _, s := range told.Sheets {
		if sum += s.Read; s.Read != s.Loaded+s.Rejected+s.Structural+s.Blank {
			t.Errorf("account of %s: %+v", s.Path, s)
		}
	}
	if sum != told.RowsRead || sum == 0 || told.FinishedAt.Before(told.StartedAt) {
		t.Errorf("%d rows of sheets, %d in all; from %s to %s", sum, told.RowsRead, told.StartedAt, told.FinishedAt)
	}
	if n := d.count("SELECT files FROM run"); n != len(told.Files) || n == 0 {
		t.Errorf("run tells %d files, the manifest %d", n, len(told.Files))
	}
	// What analysts read of the run is what the manifest tells, up to the last report.
	if n := d.count("SELECT count(*) FROM run WHERE manifest->>'finished_at' = '" + told.FinishedAt.Format(time.RFC3339Nano) + "' AND json_array_length(manifest, '$.files') > 0"); n != 1 {
		t.Errorf("the run's manifest is not the one of %s", told.FinishedAt)
	}
	write(t, path, strings.Replace(string(data), `"findings": 1`, `"findings": 0`, 1))
	if a, err := AuditLedger(context.Background(), d.c); err != nil || len(a.Changed) != 1 || !strings.Contains(a.Changed[0], "manifest.json") {
		t.Errorf("audit of a changed manifest: %+v, error %v", a, err)
	}
}

// fillVerdicts writes a verdict beside every finding of a workbook and saves it elsewhere.
func fillVerdicts(t *testing.T, path, verdict string) string {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		column := -1
		for i, row := range rows {
			if at := slices.Index(row, headVerdict); at >= 0 && slices.Contains(row, headFinding) {
				column = at + 1
			} else if column > 0 && len(row) > column {
				cell, err := excelize.CoordinatesToCellName(column, i+1)
				if err == nil {
					err = f.SetCellStr(sheet, cell, verdict)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	saved := filepath.Join(t.TempDir(), "交回.xlsx")
	if err := f.SaveAs(saved); err != nil {
		t.Fatal(err)
	}
	return saved
}

// editing is a returned workbook under way.
type editing struct {
	*rand.Rand
	heads  []string
	sheets [][]editedRow
}

type editedRow struct {
	cells map[string]string
	was   map[string]string // its keys as issued
}

// good says that a row can be taken: the keys that are still there are those it was issued with.
func (r editedRow) good(heads []string) bool {
	for key, was := range r.was {
		if slices.Contains(heads, key) && strings.TrimSpace(r.cells[key]) != was {
			return false
		}
	}
	return r.was != nil && slices.Contains(ledger.Verdicts, r.cells[headVerdict]) && r.cells["完成日期"] == ""
}

func (r editedRow) clone() editedRow {
	r.cells = maps.Clone(r.cells)
	return r
}

// edits are what clerks do.
var edits = []func(*editing){
	func(e *editing) { // sorted
		s := e.any()
		e.Shuffle(len(*s), func(i, j int) { (*s)[i], (*s)[j] = (*s)[j], (*s)[i] })
	},
	func(e *editing) { e.row(func(s *[]editedRow, i int) { *s = slices.Delete(*s, i, i+1) }) },
	func(e *editing) { e.row(func(s *[]editedRow, i int) { *s = append(*s, (*s)[i].clone()) }) },
	func(e *editing) { // doubled, with a change of mind
		e.row(func(s *[]editedRow, i int) {
			r := (*s)[i].clone()
			r.cells[headVerdict] = ledger.Verdicts[e.IntN(len(ledger.Verdicts))]
			*s = append(*s, r)
		})
	},
	func(e *editing) { // a key slipped
		e.row(func(s *[]editedRow, i int) {
			key := []string{headIDNumber, headName, "户编号", "镇"}[e.IntN(4)]
			(*s)[i].cells[key] += "9"
		})
	},
	func(e *editing) { // one column sorted, the others not
		s := *e.any()
		if len(s) > 1 {
			last := s[len(s)-1].cells[headIDNumber]
			for i := range s {
				s[i].cells[headIDNumber], last = last, s[i].cells[headIDNumber]
			}
		}
	},
	func(e *editing) {
		e.row(func(s *[]editedRow, i int) { (*s)[i].cells[headVerdict] = "大概属实" })
	},
	func(e *editing) {
		e.row(func(s *[]editedRow, i int) { (*s)[i].cells["完成日期"] = "月底" })
	},
	func(e *editing) {
		e.row(func(s *[]editedRow, i int) { (*s)[i].cells[headFinding] = "LB01-没有" })
	},
	func(e *editing) {
		e.row(func(s *[]editedRow, i int) {
			(*s)[i].cells["整改措施"] = []string{"已上报", "协助办理"}[e.IntN(2)]
		})
	},
	func(e *editing) { e.row(func(s *[]editedRow, i int) { (*s)[i].cells[headName] += " " }) },
	func(e *editing) { // a column of one's own
		e.heads = slices.Insert(e.heads, e.IntN(len(e.heads)+1), fmt.Sprint("备注", e.IntN(100)))
	},
	func(e *editing) {
		e.Shuffle(len(e.heads), func(i, j int) { e.heads[i], e.heads[j] = e.heads[j], e.heads[i] })
	},
	func(e *editing) { // a key column taken out
		if e.IntN(3) == 0 {
			e.heads = slices.DeleteFunc(e.heads, func(h string) bool { return h == "户编号" || h == "镇" })
		}
	},
	func(e *editing) { // blank rows
		s := e.any()
		*s = slices.Insert(*s, e.IntN(len(*s)+1), editedRow{cells: map[string]string{}}, editedRow{cells: map[string]string{"核查人": "镇民政所"}})
	},
	func(e *editing) { // a sheet copied
		var copied []editedRow
		for _, r := range *e.any() {
			copied = append(copied, r.clone())
		}
		e.sheets = append(e.sheets, copied)
	},
	func(e *editing) { // rows of another sheet, another town's, pasted below
		s, other := e.any(), *e.any()
		for _, r := range other {
			*s = append(*s, r.clone())
		}
	},
}

func (e *editing) any() *[]editedRow { return &e.sheets[e.IntN(len(e.sheets))] }

func (e *editing) row(edit func(*[]editedRow, int)) {
	if s := e.any(); len(*s) > 0 {
		edit(s, e.IntN(len(*s)))
	}
}

// expected tells which answers are to be taken: finding to answer.
func (e *editing) expected() map[string]string {
	answers := map[string][]string{}
	for _, s := range e.sheets {
		for _, r := range s {
			id, answer := r.was[headFinding], r.cells[headVerdict]+"|"+r.cells["整改措施"]
			if r.good(e.heads) && !slices.Contains(answers[id], answer) {
				answers[id] = append(answers[id], answer)
			}
		}
	}
	taken := map[string]string{}
	for id, list := range answers {
		if len(list) == 1 {
			taken[id] = list[0]
		}
	}
	return taken
}

// save writes the sheets as the clerk's program would: a workbook, or a CSV a sheet.
func (e *editing) save(t *testing.T, dir string) []string {
	t.Helper()
	var paths []string
	workbook := e.IntN(4) > 0
	f := excelize.NewFile()
	defer f.Close()
	for i, s := range e.sheets {
		lines := [][]string{{"东沟镇漏保问题台账"}, {"数据日期 2021-06-10。以下为名册比对疑点。"}, e.heads}
		for _, r := range s {
			var line []string
			for _, h := range e.heads {
				line = append(line, r.cells[h])
			}
			lines = append(lines, line)
		}
		if !workbook {
			var b bytes.Buffer
			if err := csv.NewWriter(&b).WriteAll(lines); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(dir, fmt.Sprintf("%d.csv", i))
			if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
				t.Fatal(err)
			}
			paths = append(paths, path)
			continue
		}
		name := fmt.Sprintf("表%d", i)
		if _, err := f.NewSheet(name); err != nil {
			t.Fatal(err)
		}
		for n, line := range lines {
			if err := f.SetSheetRow(name, fmt.Sprintf("A%d", n+1), &line); err != nil {
				t.Fatal(err)
			}
		}
	}
	if workbook {
		paths = []string{filepath.Join(dir, "交回.xlsx")}
		if err := f.SaveAs(paths[0]); err != nil {
			t.Fatal(err)
		}
	}
	return paths
}

// TestEditedWorkbooks: however a workbook was edited, every good answer is taken,
// no other one is, and findings without one stay as they were.
func TestEditedWorkbooks(t *testing.T) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	original := issue(t, w)
	for seed := range uint64(60) {
		e := &editing{Rand: rand.New(rand.NewPCG(seed, 1)), heads: slices.Clone(answerHeads)}
		for _, s := range original {
			var rows []editedRow
			for _, r := range s {
				r = r.clone()
				if e.IntN(4) > 0 {
					r.cells[headVerdict] = ledger.Verdicts[e.IntN(len(ledger.Verdicts))]
				}
				rows = append(rows, r)
			}
			e.sheets = append(e.sheets, rows)
		}
		for range e.IntN(9) {
			edits[e.IntN(len(edits))](e)
		}
		if err := w.Begin(ctx); err != nil {
			t.Fatal(err)
		}
		var rows []ledger.Row
		for _, path := range e.save(t, t.TempDir()) {
			file, of, err := readReturned(ctx, path, Reports{}.opener(table.Limits{}), len(rows))
			if err != nil || len(file.Refused) > 0 {
				t.Fatalf("seed %d: %+v, error %v", seed, file, err)
			}
			rows = append(rows, of...)
		}
		if _, err := ledger.Take(ctx, w.Conn(), rows, ledger.Call{Day: time.Date(2021, 6, 12, 0, 0, 0, 0, time.UTC), RunID: "F"}); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		compareTaken(t, w, seed, e.expected())
		w.Rollback()
	}
}

// compareTaken sets what the ledger took beside what it was to take.
func compareTaken(t *testing.T, w *warehouse.Warehouse, seed uint64, want map[string]string) {
	t.Helper()
	rows, err := w.Conn().QueryContext(context.Background(), `SELECT d.finding_id, coalesce(v.verdict || '|' || coalesce(v.measures, ''), ''), s.status
		FROM finding_detail d JOIN finding_state s USING (finding_id) LEFT JOIN main.verdict v USING (finding_id) ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, got, status string
		if err := rows.Scan(&id, &got, &status); err != nil {
			t.Fatal(err)
		}
		if got != want[id] {
			t.Errorf("seed %d: %s answered %q, want %q", seed, id, got, want[id])
		}
		if got == "" && status != "open" {
			t.Errorf("seed %d: %s is %s without an answer", seed, id, status)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

// issue makes a ledger of two towns and gives the rows of their sheets.
func issue(t *testing.T, w *warehouse.Warehouse) [][]editedRow {
	t.Helper()
	_, err := w.Conn().ExecContext(context.Background(), `
		CREATE TEMP TABLE found AS SELECT *, '' AS subject FROM finding_detail LIMIT 0;
		INSERT INTO found BY NAME SELECT 'LB01-' || i AS finding_id, 'LB01' AS rule_id, '漏保' AS category, '13089019700101' || lpad(i::VARCHAR, 4, '0') AS id_number,
			'甲' || i AS name, 'H' || i // 2 AS household_no, CASE WHEN i < 8 THEN '东沟镇' ELSE '西沟镇' END AS town, '{"facts":[]}' AS evidence FROM range(14) t(i);
		CREATE TEMP TABLE rule AS SELECT 'LB01' AS rule_id, '已执行' AS status;
		CREATE TEMP TABLE rule_suspended (rule_id VARCHAR, town VARCHAR);
		CREATE TEMP TABLE rule_newcomer (rule_id VARCHAR, kind VARCHAR);
		CREATE TEMP TABLE withheld (finding_id VARCHAR);
		CREATE TEMP TABLE rule_righted (rule_id VARCHAR, word VARCHAR);
		CREATE TEMP TABLE rule_passing (rule_id VARCHAR);
		CREATE TEMP TABLE rule_successor (rule_id VARCHAR, successor VARCHAR);
		CREATE TEMP TABLE rule_blind (rule_id VARCHAR, kind VARCHAR, column_name VARCHAR);
		CREATE TEMP TABLE told_column (as_of DATE, kind VARCHAR, column_name VARCHAR);
		CREATE TEMP TABLE person (person_id VARCHAR, town VARCHAR, dibao_household_id VARCHAR, living BOOLEAN);
		CREATE TEMP TABLE household (town VARCHAR, household_no VARCHAR);
		CREATE TEMP TABLE dibao_household (town VARCHAR, household_no VARCHAR);
		CREATE TEMP TABLE identity_link (person_id VARCHAR, resolved_number VARCHAR, method VARCHAR);
		CREATE TEMP TABLE roster_row (kind VARCHAR, person_id VARCHAR);
		CREATE TEMP TABLE finding_person (finding_id VARCHAR, person_id VARCHAR);
		CREATE TEMP TABLE cell_fact (fact VARCHAR);
		CREATE TEMP TABLE moving_fact (fact VARCHAR)`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ledger.Record(context.Background(), w.Conn(), time.Date(2021, 6, 10, 0, 0, 0, 0, time.UTC), "run"); err != nil {
		t.Fatal(err)
	}
	var sheets [][]editedRow
	for i := range 14 {
		if i == 0 || i == 8 {
			sheets = append(sheets, nil)
		}
		cells := map[string]string{headFinding: fmt.Sprintf("LB01-%d", i), headIDNumber: fmt.Sprintf("13089019700101%04d", i), headName: fmt.Sprintf("甲%d", i),
			"户编号": fmt.Sprintf("H%d", i/2), "镇": map[bool]string{true: "东沟镇", false: "西沟镇"}[i < 8], "问题": "LB01 重度残疾人未纳入低保特困"}
		s := &sheets[len(sheets)-1]
		*s = append(*s, editedRow{cells: cells, was: maps.Clone(cells)})
	}
	return sheets
}

// TestFeedbackUnderNoHeader: a sheet whose header was renamed is told, not passed over
// for one that holds no answers; the other sheets are taken.
func TestFeedbackUnderNoHeader(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾人.csv", disabled)
	d.send("特困.csv", tekun)
	d.mustNight("2021-06-10")
	path := fillVerdicts(t, d.townLedger("2021-06-10"), "属实")
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, sheet := range f.GetSheetList() {
		found, err := f.SearchSheet(sheet, headVerdict)
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range found {
			if err := f.SetCellStr(sheet, cell, "结论"); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := f.Save(); err != nil {
		t.Fatal(err)
	}
	got, err := TakeFeedback(context.Background(), FeedbackOptions{Config: d.c, Files: []string{path}, Day: time.Date(2021, 6, 12, 0, 0, 0, 0, time.UTC), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	file := got.Files[0]
	if len(file.Refused) != 1 || file.Refused[0].Code != fault.FeedbackNoList || !strings.Contains(file.Refused[0].Error(), "上方没有表头") {
		t.Errorf("refused: %v", file.Refused)
	}
	if file.Entered != 0 || len(file.PassedOver) == 0 {
		t.Errorf("%+v", file)
	}
}

// TestFeedbackOfACSV: each row of a town's CSV tells its own day, whoever saved it again in
// whatever form; so an answer to facts of before is told from one to those of now.
func TestFeedbackOfACSV(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾人.csv", disabled)
	d.send("特困.csv", tekun)
	d.mustNight("2021-05-10")
	d.send("残疾人.csv", strings.Replace(disabled, "一级", "二级", 1))
	d.mustNight("2021-06-10")
	for _, c := range []struct{ day, as string }{{"2021-05-10", "2021-05-10"}, {"2021-05-10", "2021/5/10"}, {"2021-06-10", "2021年6月10日"}} {
		issued, err := os.ReadFile(filepath.Join(d.c.Paths.Out, c.day, "东沟镇", "补贴未落实.csv"))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(strings.Replace(string(issued), c.day+"\r\n", c.as+"\r\n", 1)), "\r\n")
		for i := range lines {
			lines[i] += map[bool]string{true: "," + headVerdict, false: ",不属实"}[i == 0]
		}
		path := filepath.Join(t.TempDir(), "补贴未落实.csv")
		write(t, path, strings.Join(lines, "\r\n")+"\r\n")
		got, err := TakeFeedback(context.Background(), FeedbackOptions{Config: d.c, Files: []string{path}, Day: time.Date(2021, 6, 15, 0, 0, 0, 0, time.UTC), Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		want := map[bool]fault.Code{true: fault.FeedbackSpent}[c.day == "2021-05-10"]
		if answers := got.Files[0].Answers; len(answers) != 1 || answers[0].Code != want {
			t.Errorf("the CSV of %s: %+v, want code %q", c.as, answers, want)
		}
	}
}
