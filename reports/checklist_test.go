package reports

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"

	_ "github.com/marcboeker/go-duckdb"
)

// TestMeasuresTellOfNobody: a town's text that holds the person's name or a long number,
// however spaced and in whichever digits, stays out of the form, and out of what its comment gives.
func TestMeasuresTellOfNobody(t *testing.T) {
	ctx := context.Background()
	pool, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer pool.Close()
	db, err := pool.Conn(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := (Settings{}).set(ctx, db); err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(ctx, `CREATE TABLE rule AS SELECT 'BT01' AS rule_id, '社会保障' AS attachment2;
		CREATE TABLE ledger_finding (finding_id INTEGER, rule_id VARCHAR, name VARCHAR, measures VARCHAR);
		INSERT INTO ledger_finding SELECT n, 'BT01', name, measures FROM (VALUES (1, '孙甲', '已于 2021-06-15 补发 1200 元。'), (2, '孙甲', '孙甲已纳入'), (3, '孙甲', '为孙　甲 补发'),
			(4, '孙 甲', '已告知孙甲'), (5, '孙甲', '存入１３０８９０'), (6, '孙甲', '存入 6222 02'), (7, NULL, '已上报'), (8, '孙甲', '13089019')) AS v(n, name, measures);
		CREATE TABLE report_true AS SELECT finding_id FROM ledger_finding;
		CREATE VIEW 规则 AS SELECT rule_id AS 规则编号, attachment2 AS 附件2归属 FROM rule;
		CREATE VIEW 问题台账 AS SELECT finding_id AS 疑点编号, rule_id AS 规则编号, name AS 姓名, measures AS 整改措施, '已属实' AS 状态 FROM ledger_finding;
		CREATE TABLE 台账记录 (疑点编号 INTEGER, 事件 VARCHAR, 台账序号 INTEGER)`)
	if err != nil {
		t.Fatal(err)
	}
	f, err := checklist()
	if err != nil {
		t.Fatal(err)
	}
	form, err := query("checklist_measures")
	if err != nil {
		t.Fatal(err)
	}
	for _, told := range []string{strings.ReplaceAll(form, "$content", "'社会保障'"), strings.ReplaceAll(f.Figures["整改措施"][0].SQL, "{content}", "社会保障")} {
		var got string
		if err := db.QueryRowContext(ctx, "SELECT string_agg(measure, '；' ORDER BY measure DESC) FROM ("+told+") AS v(measure, findings)").Scan(&got); err != nil {
			t.Fatal(err)
		}
		if want := "已于 2021-06-15 补发 1200 元；已上报"; got != want {
			t.Errorf("told are %s, want %s\n%s", got, want, told)
		}
	}
}

// TestChecklistFillsItsPage: fifty statements go on one page at six tenths of their size,
// and no text is so long that the form is never laid out.
func TestChecklistFillsItsPage(t *testing.T) {
	f, err := checklist()
	if err != nil {
		t.Fatal(err)
	}
	scale := func(statements ...int) float64 {
		var items []checklistItem
		for i, n := range statements {
			r := f.Rows[i]
			found := strings.Repeat("疑似重度残疾人未纳入低保特困11人（上板城镇5人、柳树沟乡4人、青石岭镇2人）；", n)
			items = append(items, checklistItem{content: r.Content, values: []any{i + 1, r.Content, r.Task, r.Unit, r.Task, found, nil, nil, r.Due}})
		}
		widths := f.widths(items)
		for i, c := range f.Columns {
			if widths[i] < c.Width {
				t.Errorf("%s is %.1f wide", c.Name, widths[i])
			}
		}
		high := 145.0
		for _, item := range items {
			high += itemHeight(item.values, widths)
		}
		return min(pageWide/(sum(widths)*digitWide), 515/high)
	}
	got := []float64{scale(0, 0), scale(10, 40), scale(20, 80), scale(1, 5000)}
	if got[1] < 0.58 || !slices.IsSortedFunc(got, func(a, b float64) int { return int(1000*b) - int(1000*a) }) {
		t.Errorf("scales %.2f", got)
	}
}
