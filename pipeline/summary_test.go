package pipeline

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"regexp"
	"strings"
	"testing"
	"time"

	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
)

// A ledger of three nights: findings of two towns, each with another life.
const summarizedSQL = `
ATTACH ':memory:' AS published;
CREATE TABLE published.run AS SELECT * FROM (VALUES
    ('r1', DATE '2021-05-10', TIMESTAMP '2021-05-10 01:00:00', 90, 30, '{"rosters":[{"kind":"dibao","label":"低保名册","status":"新读入","rows":50}],"rules":[{"rule_id":"LB01","name":"甲","status":"已执行"}]}'),
    ('r2', DATE '2021-06-10', TIMESTAMP '2021-06-10 01:00:00', 95, 31, '{"rosters":[{"kind":"dibao","label":"低保名册","status":"沿用上期","rows":60}],"rules":[{"rule_id":"LB01","name":"甲","status":"已执行"},{"rule_id":"CT01","name":"乙","status":"未执行","reason":"本期无特困名册"}]}'),
    ('r3', DATE '2021-07-10', TIMESTAMP '2021-07-10 01:00:00', 96, 32, '{"rosters":[],"rules":[]}')
) t(run_id, as_of, started_at, persons, households, manifest);
CREATE TABLE published.finding AS SELECT *, coalesce(household_id, person_id) AS home FROM (VALUES
    ('a', 'LB01', '漏保', 'person', 'p1', 'h1', '1', '东沟镇', 1, 240),
    ('b', 'LB01', '漏保', 'person', 'p2', 'h1', '1', '东沟镇', 1, 240),
    ('c', 'LB01', '漏保', 'person', 'p3', 'h3', '3', '西沟镇', 1, 240),
    ('d', 'CB04', '错保', 'household', NULL, 'h4', '4', '西沟镇', 3, NULL),
    ('e', 'CB04', '错保', 'household', NULL, 'h5', '5', '西沟镇', 2, 500.5),
    ('f', 'LB01', '漏保', 'person', 'p6', 'h6', '6', '', 1, 240),
    ('g', 'DQ01', '数据质量', 'row', 'p7', NULL, NULL, '东沟镇', 1, NULL)
) t(finding_id, rule_id, category, level, person_id, household_id, household_no, town, subject_count, amount_at_stake);
CREATE TABLE published.finding_event AS SELECT finding_id, at::DATE AS at, event, row_number() OVER () AS seq FROM (VALUES
    ('a', '2021-05-10', 'opened'), ('b', '2021-05-10', 'opened'), ('c', '2021-05-10', 'opened'), ('f', '2021-05-10', 'opened'), ('g', '2021-05-10', 'opened'),
    ('a', '2021-05-20', 'confirmed'), ('b', '2021-05-20', 'dismissed'), ('f', '2021-05-25', 'noted'),
    ('a', '2021-06-10', 'cleared'), ('a', '2021-06-10', 'rectified'), ('c', '2021-06-10', 'cleared'), ('d', '2021-06-10', 'opened'), ('e', '2021-06-10', 'opened'),
    ('b', '2021-06-10', 'cleared'), -- what was dismissed goes: nothing to tell
    ('d', '2021-06-12', 'confirmed'), ('b', '2021-07-10', 'reopened')
) t(finding_id, at, event);
CREATE TABLE published.verdict AS SELECT finding_id, verdict, taken_on::DATE AS taken_on, row_number() OVER () AS seq FROM (VALUES
    ('a', '属实', '2021-05-20'), ('b', '已死亡', '2021-05-20'), ('f', '正在办理', '2021-05-25'), ('d', '属实', '2021-06-12')
) t(finding_id, verdict, taken_on);
CREATE TABLE published.rule AS SELECT * FROM (VALUES ('LB01', '漏保', '重度残疾人未纳入', 'person'), ('CB04', '错保', '核对发现财产', 'household')) t(rule_id, category, name, level);
CREATE TABLE published.snapshot AS SELECT 'dibao' AS kind, DATE '2021-05-10' AS as_of;
CREATE TABLE published.hold AS SELECT 'r2' AS run_id, 'dibao' AS kind, '' AS town, '低保名册已过期' AS note, DATE '2021-06-10' AS held_since, NULL::VARCHAR AS accepted_by`

// summarized gives the text of a period's summary, a paragraph or a table's row a line.
func summarized(t *testing.T, first, last string) string {
	t.Helper()
	w, err := warehouse.Open(t.Context(), "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Conn().ExecContext(t.Context(), summarizedSQL); err != nil {
		t.Fatal(err)
	}
	var period Period
	if period.First, err = time.Parse(time.DateOnly, first); err != nil {
		t.Fatal(err)
	}
	if period.Last, err = time.Parse(time.DateOnly, last); err != nil {
		t.Fatal(err)
	}
	var paper, again bytes.Buffer
	settings := reportSettings()
	settings.District, settings.Department = "试验区", "试验局"
	for _, into := range []*bytes.Buffer{&paper, &again} {
		if err := settings.WriteSummary(t.Context(), w.Conn(), into, period, []string{"西沟镇", "东沟镇"}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(paper.Bytes(), again.Bytes()) {
		t.Error("the same tables gave two papers")
	}
	archive, err := zip.NewReader(bytes.NewReader(paper.Bytes()), int64(paper.Len()))
	if err != nil {
		t.Fatal(err)
	}
	body, err := fs.ReadFile(archive, "word/document.xml")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("</w:p></w:tc></w:tr>", "\n", "</w:p></w:tc>", "|", "</w:p>", "\n").Replace(string(body))
	return regexp.MustCompile(`<[^>]*>`).ReplaceAllString(text, "")
}

// TestSummaryCountsAPeriod follows each finding's life to the period's last day.
func TestSummaryCountsAPeriod(t *testing.T) {
	for _, period := range []struct {
		first, last string
		want        []string
	}{
		{"2021-05-01", "2021-06-30", []string{
			"期内比对名册2次，首次数据日期2021年5月10日，末次数据日期2021年6月10日。末次比对识别95人，建档立卡及监测户31户",
			"共有规则2条，全部条件得到检查的1条；未执行、暂停或只在部分镇执行的1条",
			"沿用上期数据的有：低保名册已过期，自2021-06-10起。",
			"低保名册|50|60|1|沿用上期数据\n",
			"共有疑点6个，涉及5户，其中个人疑点涉及4人：期初结转0个，新发现6个，再次出现0个。其中2个为比对疑点，待核实。",
			"（一）漏保\n", "疑点4个：1.疑似重度残疾人未纳入4人（西沟镇1人、东沟镇2人、镇别不明1人）。其中1个为比对疑点，待核实。",
			"（二）错保\n", "疑点2个：1.疑似核对发现财产2户5人（西沟镇2户5人）。其中1个为比对疑点，待核实。",
			"名册数据质量问题1个",
			"已核查疑点3个，核查率50.0%：属实2个，涉及2户，其中个人疑点涉及1人；不属实1个（已死亡1个）；属实占已核查的66.7%。",
			"属实的2个中，整改完成1个，整改率50.0%，尚未整改完成1个。",
			"另有1个疑点未经核查，名册数据已不再显示。",
			"漏保|960.00※|240.00※|240.00|240.00|480.00\n", "错保|500.50※|500.50※|||\n",
			"尚有3个未了结：待核实2个（其中镇已答复正在办理1个），属实待整改1个",
			"西沟镇|2|1|1|0|2|0|0\n", "镇别不明|1|1|0|0|0|1|0\n", "合计|3|2|1|0|2|1|0\n",
			"西沟镇|3※|3|1|1|0|0|1|33.3%|0.0%\n", "东沟镇|2|1|0|1|1|1|0|100.0%|100.0%\n", "合计|6※|5|2|2|1|1|1|50.0%|50.0%\n",
			"DQ01|DQ01|1※|1|1|1|0|0|0|0\n",
			"CT01乙|未执行|本期无特困名册\n",
		}},
		// A month that is over stays as it was: what was cleared in June stood open at its end.
		{"2021-05-01", "2021-05-31", []string{
			"共有疑点4个，涉及3户，其中个人疑点涉及4人：期初结转0个，新发现4个，再次出现0个。其中2个为比对疑点，待核实。",
			"属实的1个中，整改完成0个，整改率0.0%，尚未整改完成1个。",
			"尚有3个未了结：待核实2个（其中镇已答复正在办理1个），属实待整改1个",
		}},
		{"2021-06-01", "2021-06-30", []string{
			"共有疑点5个，涉及5户，其中个人疑点涉及3人：期初结转3个，新发现2个，再次出现0个。",
			"已核查疑点2个，核查率40.0%：属实2个",
		}},
		{"2021-06-11", "2021-07-31", []string{"期初结转3个，新发现0个，再次出现1个"}},
	} {
		text := summarized(t, period.first, period.last)
		for _, want := range period.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s to %s lacks %q in\n%s", period.first, period.last, want, text)
			}
		}
	}
}

// TestSummaryOfAnOlderFile: a file that does not say whose door a finding is about was
// published by an older program, and the operator is told so.
func TestSummaryOfAnOlderFile(t *testing.T) {
	w, err := warehouse.Open(t.Context(), "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if _, err := w.Conn().ExecContext(t.Context(), summarizedSQL+"; ALTER TABLE published.finding DROP COLUMN home"); err != nil {
		t.Fatal(err)
	}
	err = hasRun(t.Context(), w.Conn(), "hedui.duckdb", Period{First: time.Date(2021, 5, 1, 0, 0, 0, 0, time.UTC), Last: time.Date(2021, 6, 30, 0, 0, 0, 0, time.UTC)})
	if f := (*fault.Fault)(nil); !errors.As(err, &f) || f.Code != fault.PublishedUnreadable {
		t.Errorf("the summary says %v", err)
	}
}
