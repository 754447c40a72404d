package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/warehouse"
)

// count asks the warehouse for a number.
func (d *district) count(query string) int {
	d.t.Helper()
	w, err := warehouse.Open(context.Background(), d.c.Paths.Warehouse, warehouse.Options{})
	if err != nil {
		d.t.Fatal(err)
	}
	defer w.Close()
	var n int
	if err := w.Conn().QueryRowContext(context.Background(), query).Scan(&n); err != nil {
		d.t.Fatalf("%s: %v", query, err)
	}
	return n
}

// TestClockAheadRemovesNothing: a night by a clock that is years ahead, which nothing in the
// inbox bears out, takes nothing away; one on which a new file came does what is due.
func TestClockAheadRemovesNothing(t *testing.T) {
	d := newDistrict(t)
	sent := func(day string) {
		for _, name := range []string{"残疾.csv", "特困.csv"} {
			at, err := time.Parse(time.DateOnly, day)
			if err := errors.Join(err, os.Chtimes(filepath.Join(d.c.Paths.Inbox, name), at, at)); err != nil {
				t.Fatal(err)
			}
		}
	}
	d.send("残疾.csv", disabled)
	d.send("特困.csv", tekun)
	sent("2021-06-09")
	d.mustNight("2021-06-10")
	kept := func() bool {
		_, folder := os.Stat(filepath.Join(d.c.Paths.Out, "2021-06-10"))
		copies, _ := filepath.Glob(filepath.Join(d.c.Paths.issuedFolder(), "2021-06-10.*"))
		return folder == nil && len(copies) > 0
	}
	if d.mustNight("2031-06-10"); !kept() {
		t.Error("a night of 2031 over files of 2021 removed what was issued")
	}
	sent("2031-06-10")
	if d.mustNight("2031-06-11"); kept() {
		t.Error("what was issued ten years ago stays")
	}
}

// TestRetention: each thing stays on its last day and is gone on the next, measured
// from the day that the night speaks about. What is in force stays however old it is,
// and of the ledger nothing goes.
func TestRetention(t *testing.T) {
	d := newDistrict(t)
	const head = "镇,户编号,姓名,身份证号,与户主关系,状态\n"
	const one = "东沟镇,D1,甲一,130890197001010016,户主,在保\n"
	const two = "东沟镇,D2,丁四,130890194505050050,户主,在保\n"
	const nobody = "东沟镇,D3,,,户主,在保\n"
	d.send("残疾.csv", "镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴\n东沟镇,甲一,130890197001010016,肢体,一级,否\n")
	d.send("特困.csv", "镇,姓名,身份证号\n东沟镇,戊五,130890194505050130\n")
	d.c.Limits.ShrinkRate, d.c.Limits.RejectRate = 1, 1
	d.send("低保.csv", head+one+two+nobody)
	d.mustNight("2021-01-01")
	d.send("低保.csv", head+one+nobody)
	d.mustNight("2021-01-02") // 丁四 ends
	d.send("低保.csv", head+one+nobody+"东沟镇,D4,甲一,130890197001010016,户主,停保\n")
	d.mustNight("2021-01-03")
	events := d.count("SELECT count(*) FROM finding_event")
	if events == 0 {
		t.Fatal("no finding")
	}

	const first, ended = "SELECT count(*) FROM reject JOIN run USING (run_id) WHERE as_of = '2021-01-01'", "SELECT count(*) FROM history_dibao WHERE name = '丁四'"
	folder := func(day string) bool {
		_, err := os.Stat(filepath.Join(d.c.Paths.Out, day))
		return err == nil
	}
	d.mustNight("2022-01-01")
	if d.count(first) != 1 || d.count(ended) != 1 || !folder("2021-01-01") {
		t.Error("something is gone after 365 days")
	}
	// A clock that is wrong by years decides nothing.
	for _, year := range []int{2019, 2040} {
		now := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
		_, err := Run(context.Background(), Options{Config: d.c, AsOf: time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC), Version: "test", Log: zap.NewNop(), Now: func() time.Time { return now }})
		if err != nil {
			t.Fatal(err)
		}
		if d.count(first) != 1 || d.count(ended) != 1 || !folder("2021-01-01") {
			t.Errorf("something is gone by a clock of %d", year)
		}
	}
	m := d.mustNight("2022-01-02")
	if n := d.count(first); n != 0 {
		t.Errorf("%d rejected rows of 2021-01-01 after 366 days", n)
	}
	if n := d.count("SELECT count(*) FROM activity WHERE command = 'retention' AND run_id = '" + m.RunID + "' AND detail LIKE '%\"rejects\":1%'"); n != 1 {
		t.Errorf("%d notes of what was removed", n)
	}
	d.mustNight("2023-01-01")
	if !folder("2021-01-01") {
		t.Error("the reports are gone after 730 days")
	}
	d.mustNight("2023-01-02")
	if folder("2021-01-01") || !folder("2021-01-02") || !folder("2023-01-02") {
		t.Error("the reports of 2021-01-01, and no others, are to be gone after 731 days")
	}
	kept := func(day string) bool {
		files, err := filepath.Glob(d.c.Paths.issued(day, "*"))
		return err == nil && len(files) == 1
	}
	if !kept("2021-01-01") {
		t.Error("what was issued is gone with the folder")
	}
	d.mustNight("2024-01-02")
	if d.count(ended) != 1 || !kept("2021-01-02") {
		t.Error("an ended version, or what was issued, is gone after 1,095 days")
	}
	if kept("2021-01-01") {
		t.Error("what was issued on 2021-01-01 is there after 1,096 days")
	}
	d.mustNight("2024-01-03")
	if n := d.count(ended); n != 0 {
		t.Errorf("%d ended versions after 1,096 days", n)
	}
	for query, want := range map[string]int{
		"SELECT count(*) FROM history_dibao WHERE valid_to IS NULL":                                        2,
		"SELECT count(*) FROM reject JOIN run USING (run_id) WHERE as_of = '2021-01-03'":                   1,
		"SELECT count(*) FROM source_file JOIN run USING (run_id) WHERE as_of = '2021-01-01'":              3,
		"SELECT count(*) FROM activity WHERE command = 'run' AND config_sha256 <> ''":                      11,
		"SELECT count(*) FROM (SELECT 1 FROM finding_event HAVING count(*) >= " + fmt.Sprint(events) + ")": 1,
	} {
		if got := d.count(query); got != want {
			t.Errorf("%s: %d, want %d", query, got, want)
		}
	}
	if a, err := AuditLedger(context.Background(), d.c); err != nil || !a.Good() {
		t.Errorf("audit: %+v, error %v", a, err)
	}
}

// TestLastSnapshotStays: a roster that changed last long ago, by losing rows, still
// tells what it said before.
func TestLastSnapshotStays(t *testing.T) {
	d := newDistrict(t)
	d.c.Limits.ShrinkRate = 1
	const head = "镇,姓名,身份证号\n东沟镇,甲一,130890197001010016\n"
	d.send("特困.csv", head+"东沟镇,丁四,130890194505050050\n")
	d.mustRecord("2021-01-01")
	d.send("特困.csv", head)
	d.mustRecord("2021-01-02")
	d.mustNight("2030-01-01")
	if n := d.count("SELECT count(*) FROM history_tekun WHERE valid_to = '2021-01-02'"); n != 1 {
		t.Errorf("%d rows of the snapshot before", n)
	}
}
