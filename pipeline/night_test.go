package pipeline

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/fault"
)

// district is a configuration over a temporary folder and an inbox to fill.
type district struct {
	t     *testing.T
	c     *Config
	clock time.Time
}

func newDistrict(t *testing.T) *district {
	t.Helper()
	dir := t.TempDir()
	config := filepath.Join(dir, "config.yaml")
	text := `district: 试验区
sources:
  registered_poor: {files: ["*建档立卡*"]}
  dibao: {files: ["*低保*"]}
  tekun: {files: ["*特困*"]}
  disability: {files: ["*残疾*"]}
limits: {memory: 1GB, threads: 1, canaries: false}
`
	if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(dir, "data", "inbox"), 0o700); err != nil {
		t.Fatal(err)
	}
	c, err := LoadConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	return &district{t: t, c: c}
}

func (d *district) send(name, text string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.c.Paths.Inbox, name), []byte(text), 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func (d *district) withdraw(name string) {
	d.t.Helper()
	if err := os.Remove(filepath.Join(d.c.Paths.Inbox, name)); err != nil {
		d.t.Fatal(err)
	}
}

func (d *district) night(day string, after func(string) error) (*Manifest, error) {
	d.t.Helper()
	return d.run(day, Options{after: after})
}

func (d *district) accepting(day string, scopes ...string) (*Manifest, error) {
	d.t.Helper()
	return d.run(day, Options{Accept: scopes, Operator: "值班员"})
}

func (d *district) run(day string, opt Options) (*Manifest, error) {
	d.t.Helper()
	asOf, err := time.Parse(time.DateOnly, day)
	if err != nil {
		d.t.Fatal(err)
	}
	// A clock that never stands still: run ids tell runs apart.
	if d.clock.Before(asOf) {
		d.clock = asOf
	}
	clock := func() time.Time {
		d.clock = d.clock.Add(time.Second)
		return d.clock
	}
	opt.Config, opt.AsOf, opt.Version, opt.Log, opt.Now = d.c, asOf, "test", zap.NewNop(), clock
	return Run(context.Background(), opt)
}

func (d *district) mustNight(day string) *Manifest {
	d.t.Helper()
	m, err := d.night(day, nil)
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// mustRecord is a night as far as the ledger: nothing is reported or published.
func (d *district) mustRecord(day string) *Manifest {
	d.t.Helper()
	m, err := d.run(day, Options{unreported: true})
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

// published is every published file with its digest.
func (d *district) published() string {
	d.t.Helper()
	var b strings.Builder
	for _, root := range []string{d.c.Paths.Publish, d.c.Paths.Out} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			if err != nil || entry.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			fmt.Fprintf(&b, "%s %x\n", path, sha256.Sum256(data))
			return err
		})
		if err != nil {
			d.t.Fatal(err)
		}
	}
	return b.String()
}

const (
	disabled = "镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴\n东沟镇,甲一,130890197001010016,肢体,一级,否\n"
	paid     = "镇,姓名,身份证号,残疾类别,残疾等级,重度残疾人护理补贴\n东沟镇,甲一,130890197001010016,肢体,一级,是\n"
	tekun    = "镇,姓名,身份证号\n东沟镇,丁四,130890194505050050\n"
)

// TestFailedNightChangesNothing ends a night after each stage but the last.
func TestFailedNightChangesNothing(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾人.csv", disabled)
	d.send("特困.csv", tekun)
	d.mustNight("2021-06-10")
	before := d.published()
	d.send("残疾人.csv", paid)
	crash := errors.New("crash")
	for _, stage := range stagesBefore("publish") {
		_, err := d.night("2021-06-11", func(done string) error {
			if done == stage.Name {
				return crash
			}
			return nil
		})
		if !errors.Is(err, crash) {
			t.Fatalf("after %s: error %v", stage.Name, err)
		}
		if after := d.published(); after != before {
			t.Errorf("a night that failed after %s changed what was published:\n%s\nbefore:\n%s", stage.Name, after, before)
		}
	}
	if m := d.mustNight("2021-06-11"); m.Cleared != 1 || m.Findings != 0 {
		t.Errorf("the next good night: %d cleared, %d open", m.Cleared, m.Findings)
	}
}

// TestLedgerLife opens, clears and reopens a finding; a night on which its rule
// cannot speak leaves it as it is.
func TestLedgerLife(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	nights := []struct {
		day, roster        string
		open, new, cleared int64
	}{
		{"2021-06-01", disabled, 1, 1, 0},
		{"2021-06-02", disabled, 1, 0, 0},
		{"2021-06-03", "镇,姓名,身份证号,残疾类别,残疾等级\n东沟镇,甲一,130890197001010016,肢体,一级\n", 1, 0, 0}, // no subsidy column: not evaluated
		{"2021-06-04", paid, 0, 0, 1},
		{"2021-06-05", disabled, 1, 0, 0}, // reopened: not new
		{"2021-06-05", disabled, 1, 0, 0}, // the same day again
	}
	for i, n := range nights {
		d.send("残疾人.csv", n.roster)
		m := d.mustRecord(n.day)
		if m.Findings != n.open || m.New != n.new || m.Cleared != n.cleared {
			t.Errorf("night %d: %d open, %d new, %d cleared; want %d, %d, %d", i, m.Findings, m.New, m.Cleared, n.open, n.new, n.cleared)
		}
	}
}

// TestMissingRosterIsNoEvent: the roster that did not come is the last one still.
func TestMissingRosterIsNoEvent(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾人.csv", disabled)
	d.send("特困.csv", tekun)
	first := d.mustRecord("2021-06-10")
	d.withdraw("残疾人.csv")
	second := d.mustRecord("2021-06-11")
	if second.Findings != first.Findings || second.Cleared != 0 || len(second.Warnings) <= len(first.Warnings) {
		t.Errorf("findings %d then %d, %d cleared, warnings %q", first.Findings, second.Findings, second.Cleared, second.Warnings)
	}
}

// TestFaultBelowRows: a file of which rows were loaded before it turned out to be broken
// is refused like any other, and its roster is the last one still.
func TestFaultBelowRows(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾人.csv", disabled)
	d.send("特困.csv", tekun)
	first := d.mustRecord("2021-06-10")
	d.send("残疾人.csv", disabled+strings.Repeat("东沟镇,甲二,,肢体,一级,否\n", 40_000)+"镇,姓名,身份证号,身份证号码\n")
	second := d.mustRecord("2021-06-11")
	if second.Findings != first.Findings || second.Cleared != 0 || !slices.ContainsFunc(second.Warnings, func(w string) bool {
		return strings.HasPrefix(w, string(fault.SourceAmbiguous)) && strings.Contains(w, "《残疾人.csv》第 40003 行")
	}) {
		t.Errorf("findings %d then %d, %d cleared, warnings %q", first.Findings, second.Findings, second.Cleared, second.Warnings)
	}
}

// TestOneWriter: a second run is turned away while one is under way.
func TestOneWriter(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	tried := false
	_, err := d.night("2021-06-10", func(stage string) error {
		if stage != "read" {
			return nil
		}
		tried = true
		_, err := d.night("2021-06-10", nil)
		if f := fault.Of(err); f == nil || f.Code != fault.Locked || f.Code.Exit() != fault.ExitLocked {
			t.Errorf("second run: %v", err)
		}
		return nil
	})
	if err != nil || !tried {
		t.Fatalf("first run: %v", err)
	}
}

func TestMask(t *testing.T) {
	for in, want := range map[string]string{
		"证号 130890197001010016 不对": "证号 130890********0016 不对",
		"13089019700101006X":       "130890********006X",
		"130890700101001":          "130890********1001",
		"run 20210610T010203":      "run 20210610T010203",
	} {
		if got := Mask(in); got != want {
			t.Errorf("Mask(%q) = %q, want %q", in, got, want)
		}
	}
}

// A file may hold a quarter of limits.memory while it is read, however that is written.
func TestMemoryOfAFile(t *testing.T) {
	for text, want := range map[string]int64{"4GB": 1 << 30, "2048MB": 512 << 20, "1GB": 256 << 20, "16MB": 64 << 20} {
		t.Setenv("HEDUI_LIMITS_MEMORY", text)
		c, err := configOf(t, "limits: {memory: 1GB, canaries: false}")
		if err != nil {
			t.Fatal(err)
		}
		if got := c.fileLimits().MaxHeld; got != want {
			t.Errorf("%s: a file may hold %d bytes, want %d", text, got, want)
		}
	}
}
