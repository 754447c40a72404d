package demo

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline"
)

// TestGeneratedDistrict runs both nights on a large untidy district: what hedui
// finds in the files is what the oracle finds in the clean rows, and the damage.
func TestGeneratedDistrict(t *testing.T) {
	opt := Options{Persons: 20000, Dirty: true, Seed: 20210610}
	dir, _, g := generated(t, opt)
	compareNights(t, dir, g)
}

// TestTidyDistrict does the same without dirt.
func TestTidyDistrict(t *testing.T) {
	dir, _, g := generated(t, Options{Persons: 5000, Seed: 20210611})
	compareNights(t, dir, g)
}

// The options that testdata/district was made with; its README tells the command.
var shipped = Options{Persons: 900, Dirty: true, Seed: 2028}

const sample = "../../../testdata/district"

// TestShippedSample runs on the files as they stand in the repository, one of
// them a real BIFF8 workbook.
func TestShippedSample(t *testing.T) {
	_, _, g := generated(t, shipped)
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, "data")); err != nil {
		t.Fatal(err)
	}
	compareNights(t, dir, g)
}

// TestShippedSampleIsCurrent: the repository's files are those that the
// generator writes now, apart from the one that LibreOffice converted.
func TestShippedSampleIsCurrent(t *testing.T) {
	dir, _, _ := generated(t, shipped)
	there := contents(t, sample)
	for name, data := range contents(t, dir) {
		if converted, ok := strings.CutSuffix(name, ".xlsx"); ok && strings.Contains(name, "花名册（") {
			old := there[converted+".xls"]
			if !bytes.HasPrefix(old, []byte("\xd0\xcf\x11\xe0")) {
				t.Errorf("%s.xls is missing or no BIFF8 workbook", converted)
			}
			continue
		}
		if !bytes.Equal(data, there[name]) {
			t.Errorf("%s is not what the generator writes; make the sample again as its README says", name)
		}
	}
}

func compareNights(t *testing.T, dir string, g *gather) {
	t.Helper()
	compare(t, "May", g, owed(mayDay, g), runNight(t, dir, mayDay))
	compare(t, "June", g, owed(juneDay, g), runNight(t, dir, juneDay))
}

// runNight runs hedui for a day and reads its findings.csv.
func runNight(t *testing.T, dir string, on day) map[want]bool {
	t.Helper()
	c, err := pipeline.LoadConfig(filepath.Join(dir, "config.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	c.Paths.Inbox = filepath.Join(dir, on.monthText(), "inbox")
	m, err := pipeline.Run(context.Background(), pipeline.Options{Config: c, AsOf: on.time(), Version: "test", Log: zap.NewNop(), Now: time.Now})
	if err != nil {
		t.Fatalf("%s: %v", on, err)
	}
	for _, w := range m.Warnings {
		t.Errorf("%s: warned: %s", on, w)
	}
	return readFindings(t, filepath.Join(c.Paths.Out, on.String(), "全区", "findings.csv"))
}

func readFindings(t *testing.T, path string) map[want]bool {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	found := map[want]bool{}
	for _, record := range records[1:] {
		cells := map[string]string{}
		for i, name := range records[0] {
			cells[name] = strings.TrimSpace(record[i])
		}
		w := another(found, want{cells["rule_id"], subjectOf(t, cells)})
		if found[w] {
			t.Errorf("%s is found twice for one subject", w.rule)
		}
		found[w] = true
	}
	return found
}

// subjectOf names a finding's subject as a want does.
func subjectOf(t *testing.T, cells map[string]string) string {
	t.Helper()
	switch cells["level"] {
	case "person":
		return cells["id_number"]
	case "household":
		if cells["household_no"] == "" || strings.Contains(cells["evidence"], `"特困"`) && cells["rule_id"] == "BT11" {
			return cells["id_number"] // of a person in tekun
		}
		return cells["town"] + "|" + cells["household_no"]
	}
	var evidence struct {
		Facts []struct{ Sources []struct{ Kind string } }
	}
	if err := json.Unmarshal([]byte(cells["evidence"]), &evidence); err != nil {
		t.Fatalf("evidence of a %s: %v", cells["rule_id"], err)
	}
	kind := ""
	for _, f := range evidence.Facts {
		for _, s := range f.Sources {
			kind = s.Kind
		}
	}
	if cells["id_number"] != "" {
		return kind + "|" + cells["id_number"]
	}
	return kind + "|" + cells["town"] + "|" + foldName(cells["name"])
}

// compare reports differences by rule and case, a few of each.
func compare(t *testing.T, month string, g *gather, wanted, got map[want]bool) {
	t.Helper()
	label := map[string]string{}
	for _, f := range g.families {
		for s := range subjects(f) {
			label[s] = f.label
		}
	}
	told := map[string]int{}
	tell := func(what string, w want) {
		line := month + ": " + w.rule + " " + what + " in case " + label[w.subject]
		if told[line]++; told[line] <= 2 {
			t.Errorf("%s (synthetic subject %s)", line, w.subject)
		}
	}
	hedui := catalogue(t)
	for w := range wanted {
		if !got[w] && hedui[w.rule] {
			tell("missed", w)
		}
	}
	for w := range got {
		if !wanted[w] {
			tell("found, not expected", w)
		}
	}
	t.Logf("%s: %d findings expected, %d found", month, len(wanted), len(got))
}
