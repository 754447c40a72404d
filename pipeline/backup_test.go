package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hedui/pipeline/fault"
)

// TestRestoreOfAnotherBranch: a backup with more events than the ledger may lack some of the
// ledger's all the same; one that goes on from the ledger lacks none.
func TestRestoreOfAnotherBranch(t *testing.T) {
	d := unpaid(t)
	dir := t.TempDir()
	keep := func(name string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if warning, err := Backup(d.c, path); err != nil || warning != nil {
			t.Fatal(warning, err)
		}
		return path
	}
	restore := func(path string, force bool) (*Restored, error) {
		return Restore(context.Background(), RestoreOptions{Config: d.c, From: path, Force: force, Operator: "值班员", Version: "test", Now: time.Now})
	}
	first := keep("first.duckdb")
	workbook := d.townLedger("2021-06-10")
	d.answered("2021-06-11", fillVerdicts(t, workbook, "属实"))
	d.send("残疾人.csv", paid)
	d.mustNight("2021-06-12")
	branch := keep("branch.duckdb")
	if r, err := restore(first, true); err != nil || r.Lost != 3 {
		t.Fatal(r, err)
	}
	if r, err := restore(branch, false); err != nil || r.Lost != 0 || r.Strays {
		t.Fatalf("what goes on from the ledger: %+v, %v", r, err)
	}
	if _, err := restore(first, true); err != nil {
		t.Fatal(err)
	}
	d.answered("2021-06-11", fillVerdicts(t, workbook, "不属实"))
	_, err := restore(branch, false)
	if told := fault.Of(err); told == nil || told.Code != fault.Usage {
		t.Errorf("another branch: %v", err)
	}
	if n := d.count("SELECT count(*) FROM verdict WHERE verdict = '不属实'"); n != 1 {
		t.Errorf("%d verdicts of the ledger's own are left", n)
	}
	if r, err := restore(branch, true); err != nil || !r.Strays {
		t.Errorf("another branch by force: %+v, %v", r, err)
	}
}

// TestRestoreLeavesATrace: who restored what stands among the activities, reports of nights that are
// gone with it stand aside, and the audit has nothing against the rest.
func TestRestoreLeavesATrace(t *testing.T) {
	d := unpaid(t)
	backup := filepath.Join(t.TempDir(), "backup.duckdb")
	if warning, err := Backup(d.c, backup); err != nil || warning != nil {
		t.Fatal(warning, err)
	}
	d.send("残疾人.csv", paid)
	later := d.mustNight("2021-07-12")
	r, err := Restore(context.Background(), RestoreOptions{Config: d.c, From: backup, Force: true, Operator: "值班员", Version: "test", Now: time.Now})
	if err != nil || len(r.Foreign) != 1 || !strings.HasPrefix(filepath.Base(r.Foreign[0]), "2021-07-12.恢复前.") {
		t.Fatal(r, err)
	}
	if n := d.count("SELECT count(*) FROM activity WHERE command = 'restore' AND operator = '值班员' AND detail LIKE '%backup.duckdb%' AND detail LIKE '%" + later.Ledger.Hash + "%'"); n != 1 {
		t.Errorf("%d notes of who restored, and of the end of what is gone", n)
	}
	audited, err := AuditLedger(context.Background(), d.c)
	if err != nil || !audited.Good() || !slices.Contains(audited.Strange, filepath.Base(r.Foreign[0])) {
		t.Errorf("audit: %+v, %v", audited, err)
	}
	d.mustNight("2021-07-12")
	if audited, err := AuditLedger(context.Background(), d.c); err != nil || !audited.Good() {
		t.Errorf("audit after the night was run again: %+v, %v", audited, err)
	}
}

// TestRestoreOfNoBackup: of a file that is none the fault names it, not the copy that was
// to become the warehouse, and nothing is left of that.
func TestRestoreOfNoBackup(t *testing.T) {
	d := newDistrict(t)
	from := filepath.Join(t.TempDir(), "附件.docx")
	if err := os.WriteFile(from, []byte("no warehouse"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Restore(context.Background(), RestoreOptions{Config: d.c, From: from, Operator: "值班员", Version: "test", Now: time.Now})
	if f := fault.Of(err); f == nil || f.Place != "备份 "+from || !strings.Contains(f.Remedy, "不是 hedui backup 写出的备份") {
		t.Error(err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(d.c.Paths.Warehouse), "*.duckdb*")); err != nil || len(left) > 1 { // the lock
		t.Errorf("left are %q, %v", left, err)
	}
}
