package ledger_test

import (
	"context"
	"database/sql"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
)

// book is a ledger in memory.
type book struct {
	t     *testing.T
	db    *sql.Conn
	calls int
}

func newBook(t *testing.T) *book {
	t.Helper()
	w, err := warehouse.Open(context.Background(), "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	b := &book{t: t, db: w.Conn()}
	b.do(`CREATE TEMP TABLE found AS SELECT *, '' AS subject FROM finding_detail LIMIT 0`)
	b.do(`CREATE TEMP TABLE rule AS SELECT 'LB01' AS rule_id, '已执行' AS status`)
	b.do(`CREATE TEMP TABLE rule_suspended (rule_id VARCHAR, town VARCHAR)`)
	b.do(`CREATE TEMP TABLE rule_newcomer (rule_id VARCHAR, kind VARCHAR)`)
	b.do(`CREATE TEMP TABLE rule_righted (rule_id VARCHAR, word VARCHAR)`)
	b.do(`CREATE TEMP TABLE rule_passing (rule_id VARCHAR)`)
	b.do(`CREATE TEMP TABLE rule_successor (rule_id VARCHAR, successor VARCHAR)`)
	b.do(`CREATE TEMP TABLE rule_blind (rule_id VARCHAR, kind VARCHAR, column_name VARCHAR)`)
	b.do(`CREATE TEMP TABLE told_column (as_of DATE, kind VARCHAR, column_name VARCHAR)`)
	b.do(`CREATE TEMP TABLE withheld (finding_id VARCHAR)`)
	b.do(`CREATE TEMP TABLE person (person_id VARCHAR, town VARCHAR, dibao_household_id VARCHAR, living BOOLEAN, covered BOOLEAN)`)
	b.do(`CREATE TEMP TABLE household (town VARCHAR, household_no VARCHAR)`)
	b.do(`CREATE TEMP TABLE dibao_household (town VARCHAR, household_no VARCHAR)`)
	b.do(`CREATE TEMP TABLE identity_link (person_id VARCHAR, resolved_number VARCHAR, method VARCHAR)`)
	b.do(`CREATE TEMP TABLE roster_row (kind VARCHAR, person_id VARCHAR)`)
	b.do(`CREATE TEMP TABLE finding_person (finding_id VARCHAR, person_id VARCHAR)`)
	b.do(`CREATE TEMP TABLE moving_fact AS SELECT unnest(['age', 'exit_place']) AS fact`)
	b.do(`CREATE TEMP TABLE cell_fact (fact VARCHAR)`)
	return b
}

func (b *book) do(query string, args ...any) {
	b.t.Helper()
	if _, err := b.db.ExecContext(context.Background(), query, args...); err != nil {
		b.t.Fatalf("%s: %v", query, err)
	}
}

// text gives a query's single value.
func (b *book) text(query string, args ...any) string {
	b.t.Helper()
	var got sql.NullString
	if err := b.db.QueryRowContext(context.Background(), query, args...).Scan(&got); err != nil {
		b.t.Fatalf("%s: %v", query, err)
	}
	return got.String
}

func date(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t
}

// night records what was found: "1 残疾等级=2 年龄=30" is the finding LB01-1 and its facts.
func (b *book) night(day string, found ...string) ledger.Counts {
	b.t.Helper()
	b.do("DELETE FROM found")
	for _, line := range found {
		id, facts, _ := strings.Cut(line, " ")
		var told []string
		for fact := range strings.FieldsSeq(facts) {
			label, value, _ := strings.Cut(fact, "=")
			name := map[string]string{"年龄": "age", "行": "exit_place"}[label]
			if name == "" {
				name = label
			}
			told = append(told, fmt.Sprintf(`{"fact":%q,"label":%q,"value":%q,"sources":[]}`, name, label, value))
		}
		b.do(`INSERT INTO found BY NAME SELECT 'LB01-' || ? AS finding_id, 'LB01' AS rule_id, '漏保' AS category, 'P' || ? AS person_id,
			'1308901970010100' || ? AS id_number, '甲' || ? AS name, 'H1' AS household_no, '东沟镇' AS town, 'x' AS statement, ? AS evidence`,
			id, id, id, id, `{"facts":[`+strings.Join(told, ",")+`]}`)
	}
	c, err := ledger.Record(context.Background(), b.db, date(day), "run "+day)
	if err != nil {
		b.t.Fatal(err)
	}
	b.sound()
	return c
}

// TestWhoseDoor: a household's number is its own in its town alone, and a person is told
// by the poor household, else by the dibao household, else alone.
func TestWhoseDoor(t *testing.T) {
	b := newBook(t)
	b.do(`INSERT INTO person (person_id, dibao_household_id) VALUES ('P1', NULL), ('P3', '东沟镇|7'), ('P4', '东沟镇|9'), ('P5', NULL)`)
	b.do(`INSERT INTO found BY NAME SELECT *, 'LB01' AS rule_id, '漏保' AS category, '{"facts":[]}' AS evidence FROM (VALUES
		('poor', 'P1', 'H1', '东沟镇', '7'), ('number', 'P2', NULL, '东沟镇', '7'), ('dibao', 'P3', NULL, '东沟镇', NULL), ('elsewhere', 'P2', NULL, '西沟镇', '7'),
		('told', 'P4', NULL, '东沟镇', '8'), ('alone', 'P5', NULL, '东沟镇', NULL), ('nobody', NULL, NULL, '东沟镇', NULL)
	) t(finding_id, person_id, household_id, town, household_no)`)
	if _, err := ledger.Record(context.Background(), b.db, date("2021-06-10"), "run"); err != nil {
		t.Fatal(err)
	}
	const want = "alone P5, dibao 低保|东沟镇|7, elsewhere 低保|西沟镇|7, nobody 无, number 低保|东沟镇|7, poor H1, told 低保|东沟镇|8"
	if got := b.text("SELECT string_agg(finding_id || ' ' || coalesce(home, '无'), ', ' ORDER BY finding_id) FROM finding"); got != want {
		t.Errorf("the doors are %s\nnot %s", got, want)
	}
}

// row is a well-kept row of the finding LB01-id.
func row(id, verdict string) ledger.Row {
	p := func(s string) *string { return &s }
	return ledger.Row{File: "交回.xlsx", Sheet: "漏保", RowNumber: 4, FileSHA256: "sha", Issued: p("2021-06-10"), FindingID: "LB01-" + id, Verdict: verdict,
		IDNumber: p("1308901970010100" + id), Name: p("甲" + id), HouseholdNo: p("H1"), Town: p("东沟镇"), Problem: p("LB01 重度残疾人未纳入低保特困")}
}

func (b *book) take(day string, rows ...ledger.Row) []ledger.Answer {
	b.t.Helper()
	for i := range rows {
		rows[i].N = i
	}
	b.calls++
	told, err := ledger.Take(context.Background(), b.db, rows, ledger.Call{Day: date(day), Actor: "值班员", RunID: fmt.Sprintf("F%d", b.calls)})
	if err != nil {
		b.t.Fatal(err)
	}
	b.sound()
	return told
}

// sound audits the ledger after every step of every test.
func (b *book) sound() {
	b.t.Helper()
	a, err := ledger.Audit(context.Background(), b.db)
	if err != nil {
		b.t.Fatal(err)
	}
	if len(a.Faults) > 0 {
		b.t.Errorf("the ledger does not hold together: %v", a.Faults)
	}
}

func (b *book) events(id string) string {
	b.t.Helper()
	return b.text("SELECT string_agg(event, ' ' ORDER BY seq) FROM finding_event WHERE finding_id = 'LB01-' || ?", id)
}

func (b *book) want(what, got, want string) {
	b.t.Helper()
	if got != want {
		b.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func TestLifeOfAFinding(t *testing.T) {
	b := newBook(t)
	b.night("2021-06-10", "1 等级=2 年龄=30 行=5")
	b.night("2021-06-10", "1 等级=2 年龄=30 行=5")
	b.night("2021-06-11", "1 等级=2 年龄=31 行=9")
	b.want("nothing but age and row changed", b.events("1"), "opened")
	b.night("2021-06-12", "1 等级=1 年龄=31 行=9")
	b.want("a fact changed", b.events("1"), "opened seen")
	b.want("its note", b.text("SELECT note FROM finding_event WHERE event = 'seen'"), "等级：2 → 1")
	b.take("2021-06-13", row("1", "正在办理"))
	b.want("still open", b.text("SELECT status FROM finding_state"), "open")
	r := row("1", "属实")
	r.Measures, r.DoneOn, r.Checker = "已上报", "2021年6月12日", "乙"
	b.take("2021-06-13", r)
	b.night("2021-06-14", "1 等级=1 年龄=31 行=9")
	b.want("confirmed", b.text("SELECT concat_ws(' ', status, verdict, measures, done_on, checker, checked_on) FROM finding"), "confirmed 属实 已上报 2021-06-12 乙 2021-06-13")
	c := b.night("2021-06-15")
	b.want("rectified", b.events("1"), "opened seen noted confirmed cleared rectified")
	b.want("counts", fmt.Sprint(c.Open, c.New, c.Cleared), "0 0 1")
	b.want("precision", b.text("SELECT string_agg(concat_ws(' ', town, checked, confirmed, rectified), ';' ORDER BY town) FROM rule_precision"), " 1 1 1;东沟镇 1 1 1")
	b.night("2021-06-16", "1 等级=1 年龄=31 行=9")
	b.want("returned", b.text("SELECT concat_ws(' ', status, verdict) FROM finding"), "reopened")
}

// TestConfirmedStaysUntilRighted: a rule that looks back half a year ceases to see a wrong exit;
// what a visit confirmed stands until the person is covered again, or dies.
func TestConfirmedStaysUntilRighted(t *testing.T) {
	for name, c := range map[string]struct{ person, want string }{
		"as it was":     {"('P1', NULL, true, false)", "confirmed"},
		"in no roster":  {"('P9', NULL, true, true)", "confirmed"},
		"covered again": {"('P1', NULL, true, true)", "cleared"},
		"dead":          {"('P1', NULL, false, false)", "cleared"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.do("INSERT INTO rule_righted VALUES ('LB01', 'covered')")
			b.night("2021-06-10", "1 参保=否", "2 参保=否")
			b.take("2021-06-11", row("1", "属实"))
			b.do("INSERT INTO person (person_id, dibao_household_id, living, covered) VALUES " + c.person)
			b.night("2021-12-20")
			b.want("confirmed", b.text("SELECT status FROM finding_state WHERE finding_id = 'LB01-1'"), c.want)
			b.want("not looked into", b.text("SELECT status FROM finding_state WHERE finding_id = 'LB01-2'"), "cleared")
		})
	}
}

// TestPassingSaysSo: what is seen on the night of one list alone is gone with the next, and the
// ledger says that this is why; where it was put right it does not.
func TestPassingSaysSo(t *testing.T) {
	for name, c := range map[string]struct {
		person string
		want   bool
	}{
		"the list after": {"('P1', NULL, true, false)", true},
		"listed again":   {"('P1', NULL, true, true)", false},
		"dead":           {"('P1', NULL, false, false)", false},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.do("INSERT INTO rule_righted VALUES ('LB01', 'covered')")
			b.do("INSERT INTO rule_passing VALUES ('LB01')")
			b.night("2021-06-10", "1 参保=否")
			b.do("INSERT INTO person (person_id, dibao_household_id, living, covered) VALUES " + c.person)
			b.night("2021-06-11")
			b.want("gone", b.events("1"), "opened cleared")
			if note := b.text("SELECT note FROM finding_event WHERE event = 'cleared'"); strings.Contains(note, "仍请核实") != c.want {
				t.Errorf("it says %q", note)
			}
		})
	}
}

// TestConfirmedStaysWhenTakenOver: that another rule tells of the person now puts nothing right;
// it is the person's finding, and not another's, that does so.
func TestConfirmedStaysWhenTakenOver(t *testing.T) {
	b := newBook(t)
	b.do("INSERT INTO rule_successor VALUES ('LB04', 'LB01')")
	b.do("INSERT INTO rule VALUES ('LB04', '已执行')")
	lb04 := `INSERT INTO found BY NAME SELECT 'LB04-' || n AS finding_id, 'LB04' AS rule_id, '漏保' AS category, 'person' AS level, 'P' || n AS person_id,
		'1308901970010100' || n AS id_number, '甲' || n AS name, 'H1' AS household_no, '东沟镇' AS town, 'x' AS statement, '{"facts":[]}' AS evidence FROM (SELECT unnest([1, 2, 3]) AS n)`
	b.do(lb04)
	if _, err := ledger.Record(context.Background(), b.db, date("2021-06-10"), "run"); err != nil {
		t.Fatal(err)
	}
	for _, n := range []string{"1", "3"} {
		r := row(n, "属实")
		problem := "LB04 建档立卡户疑似漏人"
		r.FindingID, r.Problem = "LB04-"+n, &problem
		b.take("2021-06-11", r)
	}
	b.do("DELETE FROM found")
	b.do(strings.NewReplacer("'LB04", "'LB01", "[1, 2, 3]", "[1, 2]").Replace(lb04))
	if _, err := ledger.Record(context.Background(), b.db, date("2021-06-12"), "run 2"); err != nil {
		t.Fatal(err)
	}
	b.want("after LB01 took two of them over", b.text("SELECT string_agg(finding_id || ' ' || status, ', ' ORDER BY finding_id) FROM finding_state"),
		"LB01-1 open, LB01-2 open, LB04-1 confirmed, LB04-2 cleared, LB04-3 cleared")
}

// TestBlindRuleClearsNothing: a column that a rule looked at when it found somebody is gone with
// a file's new layout, and the rule goes on by the others: whether it still holds nobody knows.
func TestBlindRuleClearsNothing(t *testing.T) {
	b := newBook(t)
	b.do("INSERT INTO told_column VALUES ('2021-06-10', 'registered_poor', 'house_safe')")
	b.night("2021-06-10", "1 住房=否")
	b.do("INSERT INTO rule_blind VALUES ('LB01', 'registered_poor', 'house_safe'), ('LB01', 'registered_poor', 'water_safe')")
	b.night("2021-06-11")
	b.want("without the column", b.text("SELECT status FROM finding_state"), "open")
	b.do("DELETE FROM rule_blind WHERE column_name = 'house_safe'")
	b.night("2021-06-12")
	b.want("with it, and without another that it never had", b.text("SELECT status FROM finding_state"), "cleared")
}

// TestRowsOfAnEarlierNightSayWhich: what a suspended rule found before is told by the rows of then.
func TestRowsOfAnEarlierNightSayWhich(t *testing.T) {
	b := newBook(t)
	b.night("2021-06-10", "1 等级=2")
	const then = `[{"path":"残疾.csv","sheet":null,"row":2},{"path":"残疾.csv","sheet":null,"row":7,"as_of":"2021-05-10","sha256":"ab"}]`
	const told = `{"facts":[{"fact":"等级","label":"等级","value":"\"row\":3}","sources":` + then + `}]}`
	b.do("UPDATE finding_detail SET evidence = ?", told)
	b.do("INSERT INTO rule_suspended VALUES ('LB01', '东沟镇')")
	b.night("2021-06-11")
	b.want("not looked at", b.text("SELECT evidence FROM finding"), strings.Replace(told, `"row":2`, `"row":2,"as_of":"2021-06-10"`, 1))
	b.want("kept", b.text("SELECT evidence FROM finding_detail"), told)
}

// TestDismissedAfterItWent: the town's answer comes when the data do not show the finding any
// more. Its return is news, as it is to one that was dismissed before it went.
func TestDismissedAfterItWent(t *testing.T) {
	b := newBook(t)
	b.night("2021-05-10", "1 参保=否", "2 参保=否")
	b.take("2021-05-20", row("2", "已纳入"))
	b.night("2021-06-10")
	b.take("2021-06-11", row("1", "已纳入"))
	b.night("2021-07-10", "1 参保=否", "2 参保=否")
	b.want("the return", b.text("SELECT string_agg(finding_id || ' ' || status, ', ' ORDER BY finding_id) FROM finding"), "LB01-1 reopened, LB01-2 reopened")
}

func TestDismissedReturnsWhenAFactChanges(t *testing.T) {
	b := newBook(t)
	b.night("2021-06-10", "1 等级=2 年龄=30 成员=丙（5岁）")
	b.take("2021-06-11", row("1", "名册错误"))
	b.night("2021-06-12", "1 等级=2 年龄=31 成员=丙（6岁）")
	b.want("open", b.text("SELECT count(*) FROM finding"), "0")
	b.night("2021-06-13", "1 等级=1 年龄=31 成员=丙（6岁）")
	b.want("open again", b.text("SELECT concat_ws(' ', status, verdict) FROM finding"), "reopened")
	b.want("the fact", b.text("SELECT note FROM finding_event WHERE event = 'reopened'"), "等级：2 → 1")
	if told := b.take("2021-06-14", row("1", "名册错误")); !told[0].Known || told[0].Code != "" {
		t.Errorf("the same file again: %+v", told[0])
	}
	saved := row("1", "名册错误")
	saved.FileSHA256 = "saved again"
	if told := b.take("2021-06-14", saved); told[0].Code != "E-FBK-08" {
		t.Errorf("an answer to what it was before: %+v", told[0])
	}
	saved.Issued = nil
	if told := b.take("2021-06-14", saved); told[0].Code != "E-FBK-08" {
		t.Errorf("an answer without its day: %+v", told[0])
	}
	day := "2021-06-13"
	saved.Issued = &day
	if told := b.take("2021-06-14", saved); !told[0].NewlyEntered {
		t.Errorf("an answer to what it is now: %+v", told[0])
	}
	b.want("dismissed", b.events("1"), "opened dismissed reopened dismissed")
	unsure := row("1", "无法核实")
	unsure.Issued = &day
	b.take("2021-06-15", unsure)
	b.want("taken back", b.events("1"), "opened dismissed reopened dismissed reopened noted")
	sure := row("1", "属实")
	sure.Issued = &day
	if told := b.take("2021-06-16", sure); !told[0].NewlyEntered {
		t.Errorf("an answer after one was taken back, on the same sheet: %+v", told[0])
	}
}

// TestDismissedReturnsAfterItWasGone: who was not insured, was insured, and is not again is
// found again, though the facts are word for word those that were dismissed. Its going is no
// success of anybody's.
func TestDismissedReturnsAfterItWasGone(t *testing.T) {
	b := newBook(t)
	b.night("2021-05-10", "1 参保=否")
	b.take("2021-05-11", row("1", "已纳入"))
	b.do("UPDATE rule SET status = '未执行'")
	b.night("2021-06-09")
	b.want("nobody looked", b.events("1"), "opened dismissed")
	b.do("UPDATE rule SET status = '已执行'")
	for _, day := range []string{"2021-06-10", "2021-06-11"} {
		if c := b.night(day); c.Open != 0 || c.Cleared != 0 {
			t.Errorf("%s: %+v", day, c)
		}
	}
	b.want("gone", b.events("1"), "opened dismissed cleared")
	b.want("precision", b.text("SELECT concat_ws(' ', checked, confirmed, rectified) FROM rule_precision WHERE town = ''"), "1 0 0")
	if c := b.night("2022-01-10", "1 参保=否"); c.Open != 1 || c.New != 0 {
		t.Errorf("back: %+v", c)
	}
	b.want("back", b.text("SELECT concat_ws(' ', status, verdict) FROM finding"), "reopened")
}

// TestAnswersToWhatIsDismissedAndGone: a correction to 属实 is put right by the next night;
// who is not sure any more takes the dismissal back.
func TestAnswersToWhatIsDismissedAndGone(t *testing.T) {
	for verdict, want := range map[string]string{"属实": "confirmed cleared rectified", "无法核实": "reopened noted cleared", "已死亡": "dismissed"} {
		b := newBook(t)
		b.night("2021-06-10", "1 参保=否")
		b.take("2021-06-11", row("1", "已纳入"))
		b.night("2021-06-12")
		b.take("2021-06-13", row("1", verdict))
		b.night("2021-06-14")
		b.want(verdict, b.events("1"), "opened dismissed cleared "+want)
	}
}

func TestWhichAnswersAreTaken(t *testing.T) {
	other := func(s string) *string { return &s }
	cases := map[string]struct {
		change func(*ledger.Row)
		code   string // empty: taken
	}{
		"as issued":           {func(*ledger.Row) {}, ""},
		"spaces and quotes":   {func(r *ledger.Row) { r.Verdict, r.Name = " 属 实\u200b", other("\u00a0甲1 ") }, ""},
		"columns taken out":   {func(r *ledger.Row) { r.IDNumber, r.HouseholdNo, r.Town, r.Problem = nil, nil, nil, nil }, ""},
		"a spreadsheet's day": {func(r *ledger.Row) { r.DoneOn = "44350" }, ""},
		"a day with slashes":  {func(r *ledger.Row) { r.DoneOn = "2021/6/3" }, ""},
		"a day with dots":     {func(r *ledger.Row) { r.DoneOn = "2021.06.03" }, ""},
		"a day of digits":     {func(r *ledger.Row) { r.DoneOn = "20210603" }, ""},
		"no id":               {func(r *ledger.Row) { r.FindingID = "" }, "E-FBK-01"},
		"unknown id":          {func(r *ledger.Row) { r.FindingID = "LB01-9" }, "E-FBK-02"},
		"another number":      {func(r *ledger.Row) { r.IDNumber = other("13089019700101002") }, "E-FBK-03"},
		"no number":           {func(r *ledger.Row) { r.IDNumber = other("") }, "E-FBK-03"},
		"another name":        {func(r *ledger.Row) { r.Name = other("甲2") }, "E-FBK-03"},
		"another household":   {func(r *ledger.Row) { r.HouseholdNo = other("H2") }, "E-FBK-03"},
		"another town":        {func(r *ledger.Row) { r.Town = other("西沟镇") }, "E-FBK-03"},
		"another problem":     {func(r *ledger.Row) { r.Problem = other("LB02 重病") }, "E-FBK-03"},
		"no verdict":          {func(r *ledger.Row) { r.Verdict, r.Measures = "", "已上报" }, "E-FBK-04"},
		"no such verdict":     {func(r *ledger.Row) { r.Verdict = "基本属实" }, "E-FBK-05"},
		"no day":              {func(r *ledger.Row) { r.DoneOn = "六月" }, "E-FBK-06"},
		"31 June":             {func(r *ledger.Row) { r.DoneOn = "2021-06-31" }, "E-FBK-06"},
		"a day to come":       {func(r *ledger.Row) { r.DoneOn = "2021-06-12" }, "E-FBK-06"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.night("2021-06-10", "1 等级=2", "2 等级=2")
			r := row("1", "属实")
			c.change(&r)
			told := b.take("2021-06-11", r)
			if len(told) != 1 || string(told[0].Code) != c.code || told[0].NewlyEntered != (c.code == "") {
				t.Errorf("%+v, want code %q", told, c.code)
			}
			b.want("verdicts", b.text("SELECT count(*) FROM verdict"), map[bool]string{true: "1", false: "0"}[c.code == ""])
			b.want("the other finding", b.events("2"), "opened")
		})
	}
}

// TestAnswerBeforeTheFinding: what was answered before it was found would change the summaries of those days.
func TestAnswerBeforeTheFinding(t *testing.T) {
	b := newBook(t)
	b.night("2021-05-10")
	b.night("2021-06-10", "1 等级=2")
	if told := b.take("2021-06-09", row("1", "属实")); told[0].Code != "E-FBK-06" || !strings.Contains(told[0].Reason, "早于疑点的发现日 2021-06-10") {
		t.Errorf("%+v", told[0])
	}
	if told := b.take("2021-06-10", row("1", "属实")); told[0].Code != "" {
		t.Errorf("%+v", told[0])
	}
}

// TestAnswerOfWhoMoved: a roster renumbers a household, or its people move; the sheet that is
// out tells the number of before. Who a person's finding is about, name and number tell.
func TestAnswerOfWhoMoved(t *testing.T) {
	other := func(s string) *string { return &s }
	for name, c := range map[string]struct {
		level  string
		change func(*ledger.Row)
		code   string // empty: taken
	}{
		"as issued":         {"person", func(*ledger.Row) {}, ""},
		"without a name":    {"person", func(r *ledger.Row) { r.Name = nil }, "E-FBK-03"},
		"without a number":  {"person", func(r *ledger.Row) { r.IDNumber = nil }, "E-FBK-03"},
		"another's name":    {"person", func(r *ledger.Row) { r.Name = other("甲2") }, "E-FBK-03"},
		"a household's":     {"household", func(*ledger.Row) {}, "E-FBK-03"},
		"of another matter": {"person", func(r *ledger.Row) { r.Problem = other("LB02 重病") }, "E-FBK-03"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.night("2021-06-10", "1 等级=2")
			b.do("UPDATE finding_detail SET household_no = 'H9', town = '西沟镇', level = ?", c.level)
			r := row("1", "属实")
			c.change(&r)
			if told := b.take("2021-06-11", r); string(told[0].Code) != c.code {
				t.Errorf("%+v, want code %q", told[0], c.code)
			}
		})
	}
}

func TestRowsOfOneFinding(t *testing.T) {
	b := newBook(t)
	b.night("2021-06-10", "1 等级=2", "2 等级=2")
	blank, named := row("1", ""), row("1", "")
	named.Checker = "乙"
	bad := row("1", "属实")
	bad.DoneOn = "x"
	told := b.take("2021-06-11", blank, named, bad, row("1", "属实"), row("1", "属实"), row("2", "属实"), row("2", "不属实"))
	var got []string
	for _, a := range told {
		got = append(got, fmt.Sprint(a.NewlyEntered, a.Code))
	}
	b.want("answers", strings.Join(got, ","), "falseE-FBK-06,true,false,falseE-FBK-07,falseE-FBK-07")
	b.want("first", b.events("1"), "opened confirmed")
	b.want("second", b.events("2"), "opened")
	again := b.take("2021-06-12", row("1", "属实"))
	if !again[0].Known {
		t.Errorf("taken twice: %+v", again)
	}
}

// TestAnswerOfAnOlderSheet: what a sheet was issued with and nobody touched is not said anew
// once something else has been said; new words on it are.
func TestAnswerOfAnOlderSheet(t *testing.T) {
	on := func(day, verdict string) ledger.Row {
		r := row("1", verdict)
		r.Issued, r.FileSHA256 = &day, "sha of "+day+verdict
		return r
	}
	b := newBook(t)
	b.night("2021-06-10", "1 等级=2")
	b.take("2021-06-11", on("2021-06-10", "属实"))
	b.take("2021-06-14", on("2021-06-13", "不属实"))
	if told := b.take("2021-06-16", on("2021-06-12", "属实")); !told[0].Known || told[0].Code != "" {
		t.Errorf("the older sheet's 属实: %+v", told[0])
	}
	b.want("events", b.events("1"), "opened confirmed dismissed")
	if told := b.take("2021-06-17", on("2021-06-12", "已死亡")); !told[0].NewlyEntered || told[0].Former != "“不属实”（2021-06-14 登记）" {
		t.Errorf("new words on an older sheet: %+v", told[0])
	}
	if told := b.take("2021-06-18", on("2021-06-17", "无法核实")); !told[0].NewlyEntered || told[0].Former == "" {
		t.Errorf("what takes an answer back: %+v", told[0])
	}
	if told := b.take("2021-06-20", on("2021-06-19", "属实")); !told[0].NewlyEntered || told[0].Former != "" {
		t.Errorf("the same words on a newer sheet, where nothing was settled: %+v", told[0])
	}
}

// TestAnswerToFactsOfBefore: who was sent out with an income of 5400 has not said that one
// of 30000 is no matter. That the matter itself is true stays true.
func TestAnswerToFactsOfBefore(t *testing.T) {
	b := newBook(t)
	b.night("2021-05-10", "1 收入=5400 年龄=30")
	b.night("2021-05-20", "1 收入=5400 年龄=31")
	b.night("2021-06-10", "1 收入=30000 年龄=31")
	on := func(day, verdict string) ledger.Row {
		r := row("1", verdict)
		r.Issued = &day
		return r
	}
	told := b.take("2021-06-15", on("2021-05-10", "不属实"))
	if told[0].Code != "E-FBK-08" {
		t.Errorf("an answer to May's facts: %+v", told[0])
	}
	b.want("reason", told[0].Reason, "此表数据日期 2021-05-10，疑点的情况已于 2021-06-10 变化")
	for _, verdict := range []string{"正在办理", "属实"} {
		if told := b.take("2021-06-16", on("2021-05-10", verdict)); !told[0].NewlyEntered {
			t.Errorf("%s on May's sheet: %+v", verdict, told[0])
		}
	}
	if told := b.take("2021-06-17", on("2021-06-10", "不属实")); !told[0].NewlyEntered {
		t.Errorf("an answer to June's facts: %+v", told[0])
	}
	b.want("events", b.events("1"), "opened seen noted confirmed dismissed")
}

// TestWordsOfBeforeTheReopening: what was said before a fact changed is not what a sheet of
// after that was issued with; said again on it, it is an answer.
func TestWordsOfBeforeTheReopening(t *testing.T) {
	b := newBook(t)
	b.night("2021-05-10", "1 等级=2")
	on := func(day, verdict, sha256 string) ledger.Row {
		r := row("1", verdict)
		r.Issued, r.Checker, r.FileSHA256 = &day, "张三", sha256
		return r
	}
	b.take("2021-05-20", on("2021-05-10", "不属实", "May"))
	b.night("2021-06-10", "1 等级=1")
	b.take("2021-06-12", on("2021-06-10", "正在办理", "June"))
	if told := b.take("2021-06-20", on("2021-06-10", "不属实", "June, saved again")); !told[0].NewlyEntered {
		t.Errorf("a fresh answer in May's words: %+v", told[0])
	}
	b.want("events", b.events("1"), "opened dismissed reopened noted dismissed")
}

// TestOldAndNewSheetsTogether: what is known already stands in no new answer's way.
func TestOldAndNewSheetsTogether(t *testing.T) {
	b := newBook(t)
	b.night("2021-06-10", "1 等级=2")
	first := row("1", "正在办理")
	b.take("2021-06-11", first)
	second := row("1", "属实")
	second.File, second.FileSHA256 = "06-15.xlsx", "another"
	if told := b.take("2021-06-16", first, second); !told[0].Known || !told[1].NewlyEntered {
		t.Errorf("both sheets in one call: %+v", told)
	}
	b.want("events", b.events("1"), "opened noted confirmed")
}

func TestPrecisionIsWilsons(t *testing.T) {
	b := newBook(t)
	var found []string
	var rows []ledger.Row
	for i := range 10 {
		id, verdict := fmt.Sprint(i), "属实"
		if i >= 7 {
			verdict = "已死亡"
		}
		found = append(found, id+" 等级=2")
		rows = append(rows, row(id, verdict))
	}
	b.night("2021-06-10", append(found, "10 等级=2", "11 等级=2")...)
	b.take("2021-06-11", append(rows, row("10", "正在办理"), row("11", "无法核实"))...)
	b.night("2021-06-12", append(found, "10 等级=2", "11 等级=2")...)
	var share, low, high float64
	err := b.db.QueryRowContext(context.Background(), "SELECT share, low, high FROM rule_precision WHERE town = '' AND checked = 10 AND confirmed = 7").Scan(&share, &low, &high)
	if err != nil {
		t.Fatal(err)
	}
	// Wilson (1927) for 7 of 10, as any statistics program tells it.
	for i, pair := range [][2]float64{{share, 0.7}, {low, 0.3968}, {high, 0.8922}} {
		if math.Abs(pair[0]-pair[1]) > 5e-5 {
			t.Errorf("figure %d is %v, want %v", i, pair[0], pair[1])
		}
	}
	// Of all or none the interval ends there, not a rounding error before.
	const ends = "SELECT count(*) FROM range(1, 3000) t(n) WHERE wilson(0, n).low <> 0 OR wilson(n, n).high <> 1 OR wilson(1, n + 1).low <= 0 OR wilson(n, n + 1).high >= 1"
	if got := b.text(ends); got != "0" {
		t.Errorf("%s intervals end wrongly", got)
	}
}

func TestAuditTellsWhatWasChanged(t *testing.T) {
	for name, c := range map[string]struct{ damage, told string }{
		"an event's note":  {"UPDATE finding_event SET note = 'x' WHERE seq = 3", "第 3 条的内容被改动"},
		"a whole new hash": {"UPDATE finding_event SET note = 'x', hash = sha256(previous || chr(10) || event_text(seq, finding_id, at, event, run_id, actor, 'x')) WHERE seq = 2", "第 3 条与上一条不相连"},
		"an event gone":    {"DELETE FROM finding_event WHERE seq = 2", "第 3 条之前缺 1 条"},
		"an event put in":  {"INSERT INTO finding_event (finding_id, at, event) VALUES ('LB01-1', '2021-06-11', 'cleared')", "不在链上"},
		"a state":          {"UPDATE finding_state SET status = 'cleared' WHERE finding_id = 'LB01-1'", "疑点 LB01-1 的状态为 cleared"},
		"a first day":      {"UPDATE finding_state SET first_seen = '2021-01-01' WHERE finding_id = 'LB01-1'", "首次发现日"},
		"a verdict":        {"UPDATE verdict SET verdict = '属实'", "核查结论与台账记录不符"},
		"a verdict gone":   {"DELETE FROM verdict", "台账记录没有核查结论"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.night("2021-06-10", "1 等级=2", "2 等级=2")
			b.take("2021-06-11", row("2", "不属实"))
			b.do(c.damage)
			a, err := ledger.Audit(context.Background(), b.db)
			if err != nil || !strings.Contains(strings.Join(a.Faults, "\n"), c.told) {
				t.Errorf("faults %q, error %v, want %q", a.Faults, err, c.told)
			}
		})
	}
}

// TestChainCutShort: the end of a chain can be taken off without a trace in it;
// who wrote the end down knows.
func TestChainCutShort(t *testing.T) {
	b := newBook(t)
	end := b.night("2021-06-10", "1 等级=2", "2 等级=2").Head
	for _, want := range []bool{true, false} {
		if same, err := ledger.Holds(context.Background(), b.db, end); err != nil || same != want {
			t.Errorf("holds %v, error %v, want %v", same, err, want)
		}
		b.do("DELETE FROM finding_event WHERE finding_id = 'LB01-2'")
		b.do("DELETE FROM finding_state WHERE finding_id = 'LB01-2'")
		b.sound()
	}
}

// TestEventsOfAnOlderProgramAreChained on the first night of this one.
func TestEventsOfAnOlderProgramAreChained(t *testing.T) {
	b := newBook(t)
	b.do("INSERT INTO finding_event (finding_id, at, event, actor, run_id) VALUES ('LB01-2', '2021-05-11', 'opened', 'hedui', 'b'), ('LB01-1', '2021-05-10', 'opened', 'hedui', 'a')")
	b.do("INSERT INTO finding_state VALUES ('LB01-1', 'LB01', 'open', '2021-05-10', '2021-05-11'), ('LB01-2', 'LB01', 'open', '2021-05-11', '2021-05-11')")
	b.do("INSERT INTO finding_detail (finding_id, rule_id, evidence) VALUES ('LB01-1', 'LB01', '{}'), ('LB01-2', 'LB01', '{}')")
	a, err := ledger.Audit(context.Background(), b.db)
	if err != nil || a.Unchained != 2 || len(a.Faults) > 0 {
		t.Errorf("%+v, error %v", a, err)
	}
	b.night("2021-06-10", "1 等级=2")
	b.want("chain", b.text("SELECT string_agg(seq || finding_id || event, ' ' ORDER BY seq) FROM finding_event"), "1LB01-1opened 2LB01-2opened 3LB01-2cleared")
}
