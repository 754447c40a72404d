package pipeline

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hedui/pipeline/fault"
)

// TestReissue: a day's folder becomes what its last run issued, the same bytes, though
// rosters and ledger have gone on; nothing that somebody wrote there goes unasked.
func TestReissue(t *testing.T) {
	d := newDistrict(t)
	const head = "镇,户编号,姓名,身份证号,与户主关系,状态\n"
	d.send("残疾.csv", "镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴\n东沟镇,甲一,130890197001010016,肢体,一级,否\n")
	d.send("低保.csv", head+"东沟镇,D1,甲一,130890197001010016,户主,在保\n")
	d.mustNight("2021-06-09")
	d.mustNight("2021-06-10")
	d.send("低保.csv", head+"东沟镇,D2,丁四,130890194505050050,户主,在保\n")
	d.mustNight("2021-06-10") // what the day's first run issued is gone
	folder := filepath.Join(d.c.Paths.Out, "2021-06-10")
	stands := func() map[string]string {
		t.Helper()
		files, err := digests(os.DirFS(folder))
		if err != nil {
			t.Fatal(err)
		}
		return files
	}
	issued := stands()
	d.send("低保.csv", head+"东沟镇,D1,甲一,130890197001010016,户主,停保\n")
	d.mustNight("2021-06-11")

	reissue := func(force bool) (*Reissued, error) {
		return Reissue(context.Background(), d.c, time.Date(2021, 6, 10, 0, 0, 0, 0, time.UTC), force)
	}
	refused := func(code fault.Code, err error) {
		t.Helper()
		if f := fault.Of(err); f == nil || f.Code != code {
			t.Errorf("error %v, want %s", err, code)
		}
	}
	if r, err := reissue(false); err != nil || r.Missing+len(r.Changed) != 0 || r.Files != len(issued) {
		t.Errorf("nothing is wrong: %+v, error %v", r, err)
	}

	findings, overview := filepath.Join(folder, "全区", "findings.csv"), filepath.Join(folder, "overview.html")
	remove(t, findings)
	if r, err := reissue(false); err != nil || r.Missing != 1 || !maps.Equal(stands(), issued) {
		t.Errorf("one file gone: %+v, error %v", r, err)
	}
	remove(t, folder)
	if r, err := reissue(false); err != nil || r.Missing != len(issued) || !maps.Equal(stands(), issued) {
		t.Errorf("the folder gone: %+v, error %v", r, err)
	}

	write(t, overview, "属实")
	write(t, filepath.Join(folder, "全区", "笔记.txt"), "属实")
	remove(t, findings)
	before := stands()
	_, err := reissue(false)
	refused(fault.Usage, err)
	if !maps.Equal(stands(), before) {
		t.Error("a refusal changed the folder")
	}
	if r, err := reissue(true); err != nil || r.Missing != 1 || len(r.Changed) != 2 || !maps.Equal(stands(), issued) {
		t.Errorf("forced: %+v, error %v", r, err)
	}

	if _, err := Reissue(context.Background(), d.c, time.Date(2021, 6, 8, 0, 0, 0, 0, time.UTC), false); true {
		refused(fault.Usage, err)
	}
	remove(t, folder)
	file := func(day string) string {
		t.Helper()
		files, err := filepath.Glob(d.c.Paths.issued(day, "*"))
		if err != nil || len(files) != 1 {
			t.Fatal(files, err)
		}
		return files[0]
	}
	path := file("2021-06-10")
	kept, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(file("2021-06-09"))
	if err != nil {
		t.Fatal(err)
	}
	audited := func(good bool) {
		t.Helper()
		if a, err := AuditLedger(context.Background(), d.c); err != nil || a.Good() != good || !good && !strings.Contains(a.Changed[0], "2021-06-10 留存的") {
			t.Errorf("audit %+v, error %v", a, err)
		}
	}
	audited(true)
	flipped := slices.Clone(kept)
	flipped[len(flipped)/3] ^= 1
	for _, damaged := range []string{string(kept[:len(kept)/2]), string(other), string(flipped), ""} {
		write(t, path, damaged)
		audited(false)
		_, err = reissue(true)
		refused(fault.RunReissue, err)
	}
	remove(t, path)
	audited(true)
	_, err = reissue(true)
	refused(fault.RunReissue, err)
	if _, err := os.Stat(folder); err == nil {
		t.Error("a folder was made of what was not kept")
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.RemoveAll(path); err != nil {
		t.Fatal(err)
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
