package pipeline

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
)

// TestSampleIsStratified draws from 200 open findings of one kind, 4 of a second, 1
// of a third, 30 dismissed and 10 cleared ones.
func TestSampleIsStratified(t *testing.T) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	db := w.Conn()
	_, err = db.ExecContext(ctx, `CREATE SCHEMA published;
		CREATE TABLE published.finding AS SELECT 'F' || i AS finding_id, CASE i % 2 WHEN 0 THEN '东沟镇' END AS town,
			CASE WHEN i < 230 THEN '漏保' WHEN i < 234 THEN '错保' WHEN i < 235 THEN '错退' WHEN i < 245 THEN '漏保' ELSE '数据质量' END AS category,
			'high' AS severity, CASE WHEN i < 30 THEN 'dismissed' WHEN i BETWEEN 235 AND 244 THEN 'cleared' ELSE 'open' END AS status
		FROM range(300) t(i)`)
	if err == nil {
		err = ledger.Words(ctx, db)
	}
	if err != nil {
		t.Fatal(err)
	}
	draw := func(town string, size int, seed string) (counts, list string) {
		t.Helper()
		_, err := db.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE asked AS SELECT ?::VARCHAR AS town, ?::BIGINT AS size, ?::VARCHAR AS seed", town, size, seed)
		if err == nil {
			_, err = db.ExecContext(ctx, sampleSQL)
		}
		if err != nil {
			t.Fatal(err)
		}
		groups, err := sampleGroups(ctx, db)
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range groups {
			counts += fmt.Sprintf("%s%s%d/%d ", g.Standing, g.Category, g.Drawn, g.Size)
		}
		if err := db.QueryRowContext(ctx, "SELECT coalesce(string_agg(finding_id, ' ' ORDER BY finding_id), '') FROM sampled").Scan(&list); err != nil {
			t.Fatal(err)
		}
		return counts, list
	}
	for _, c := range []struct {
		town string
		size int
		want string
	}{
		{"", 20, "在列漏保12/200 在列错保1/4 在列错退1/1 已排除漏保5/30 已消除漏保1/10 "},
		{"", 3, "在列漏保1/200 在列错保1/4 已排除漏保1/30 "},
	} {
		if counts, _ := draw(c.town, c.size, "7"); counts != c.want {
			t.Errorf("%d of %q: %s, want %s", c.size, c.town, counts, c.want)
		}
	}
	if counts, _ := draw("镇别不明", 1000, "7"); counts != "在列漏保100/100 在列错保2/2 已排除漏保15/15 已消除漏保5/5 " {
		t.Errorf("all of those without a town: %s", counts)
	}
	_, first := draw("", 20, "7")
	if _, again := draw("", 20, "7"); again != first {
		t.Error("the same seed drew another sample")
	}
	if _, other := draw("", 20, "8"); other == first {
		t.Error("another seed drew the same sample")
	}
}

// TestSampleErrors: what counts as wrong, and what as no second opinion.
func TestSampleErrors(t *testing.T) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	_, err = w.Conn().ExecContext(ctx, `CREATE SCHEMA published;
		CREATE TABLE published.finding (finding_id VARCHAR, status VARCHAR);
		INSERT INTO published.finding VALUES ('true', 'open'), ('false', 'open'), ('agreed', 'dismissed'), ('contrary', 'dismissed'), ('gone', 'cleared'), ('still', 'cleared'), ('unknown', 'open'), ('same file', 'confirmed');
		CREATE TABLE published.verdict AS FROM main.verdict;
		INSERT INTO published.verdict BY NAME SELECT unnest(['agreed', 'contrary', 'same file']) AS finding_id, unnest(['已死亡', '不属实', '属实']) AS verdict, unnest(['a', 'a', 'sample']) AS file_sha256, unnest([1, 2, 3]) AS seq;
		CREATE TEMP TABLE answered AS SELECT unnest(['true', 'false', 'agreed', 'contrary', 'gone', 'still', 'unknown', 'same file']) AS finding_id,
			unnest(['属实', '不属实', '已迁出', '属实', '不属实', '属实', '无法核实', '属实']) AS verdict, 'sample' AS file_sha256`)
	if err != nil {
		t.Fatal(err)
	}
	if err := ledger.Words(ctx, w.Conn()); err != nil {
		t.Fatal(err)
	}
	rates, err := errorRates(ctx, w.Conn())
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, r := range rates {
		got += fmt.Sprintf("%s %d/%d ", r.Standing, r.Wrong, r.Checked)
	}
	if want := "已核查的疑点 1/2 已消除的疑点 1/2 未核查的疑点 1/3 合计 3/7 "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestSampleLeavesOut: a verdict counts as hedui feedback would take it: spaces are no
// matter, neither is a line that stands twice; what names no finding or no verdict is told.
func TestSampleLeavesOut(t *testing.T) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	_, err = w.Conn().ExecContext(ctx, `CREATE SCHEMA published; CREATE TABLE published.finding AS SELECT unnest(['spaced', 'twice', 'both', 'empty']) AS finding_id`)
	if err != nil {
		t.Fatal(err)
	}
	var rows []ledger.Row
	for i, r := range [][2]string{{"spaced", "属 实"}, {"twice", "属实"}, {"twice", "属实"}, {"both", "属实"}, {"both", "不属实"},
		{"", "属实"}, {"", "不属实"}, {"other", "属实"}, {"other", "属实"}, {"spaced", "属于"}, {"empty", ""}} {
		rows = append(rows, ledger.Row{N: i, File: "抽查.xlsx", Sheet: "抽查", RowNumber: i + 3, FindingID: r[0], Verdict: r[1]})
	}
	if err := errors.Join(ledger.Words(ctx, w.Conn()), ledger.Enter(ctx, w.Conn(), rows)); err != nil {
		t.Fatal(err)
	}
	faults, err := leftOut(ctx, w.Conn())
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, f := range faults {
		got += fmt.Sprintf("%s %s\n", f.Code, strings.TrimPrefix(f.Place, "《抽查.xlsx》工作表“抽查”"))
	}
	if want := `E-FBK-07 第 6 行
E-FBK-07 第 7 行
E-FBK-01 第 8 行
E-FBK-01 第 9 行
E-FBK-02 第 10 行
E-FBK-02 第 11 行
E-FBK-05 第 12 行
`; got != want {
		t.Errorf("left out\n%s", got)
	}
	if answered := lines(t, w.Conn(), "SELECT finding_id || verdict FROM answered ORDER BY 1"); !slices.Equal(answered, []string{"spaced属实", "twice属实"}) {
		t.Errorf("answered: %q", answered)
	}
}
