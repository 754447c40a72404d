package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
)

// exampleConfig is the district of the rules' examples. A roster of five rows
// may shrink from one snapshot to the next by more than any honest limit.
const exampleConfig = `
district: 示例区
towns:
  - {name: 上板城镇, code: "130890101", aliases: [上板城]}
  - {name: 冯营子镇, code: "130890102", aliases: [冯营子]}
sources:
  registered_poor: {files: ["*建档立卡*"]}
  dibao: {files: ["*低保*"]}
  tekun: {files: ["*特困*"]}
  disability: {files: ["*残疾*"]}
  medical_aid: {files: ["*医疗*", "*医保*"]}
  school: {files: ["*学校*"]}
  temporary_aid: {files: ["*临时救助*"]}
  verification: {files: ["*核对*"]}
limits: {shrink_rate: 1, stale_days: 36500, canaries: false}
`

// WalkExamples walks the stages read to resolve over folder, which holds one
// inbox a day, named for it; days are in order, and the people of the last are
// resolved. policy is YAML below the key of config.yaml of that name.
func WalkExamples(t *testing.T, folder string, days []string, policy string) *warehouse.Warehouse {
	t.Helper()
	config := filepath.Join(folder, "config.yaml")
	if err := os.WriteFile(config, []byte(exampleConfig+policy), 0o600); err != nil {
		t.Fatal(err)
	}
	w, err := warehouse.Open(context.Background(), "", warehouse.Options{Memory: "1GB", Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for i, day := range days {
		n := newExampleNight(t, config, day, w)
		for _, stage := range stages[:3] {
			if stage.Name == "resolve" && i < len(days)-1 {
				break
			}
			if err := stage.run(n, context.Background()); err != nil {
				t.Fatalf("%s, %s: %v", day, stage.Name, err)
			}
		}
		n.checkTaken(t)
	}
	return w
}

func newExampleNight(t *testing.T, config, day string, w *warehouse.Warehouse) *night {
	t.Helper()
	c, err := LoadConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	c.Paths.Inbox = filepath.Join(filepath.Dir(config), day)
	asOf, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	policy, err := matchers.LoadPolicy(c.Policy, asOf)
	if err != nil {
		t.Fatal(err)
	}
	return &night{Options: Options{Config: c, AsOf: asOf, Version: "examples", Log: zap.NewNop(), Now: time.Now}, runID: day, w: w, policy: policy}
}

// checkTaken fails where the night did not take every row that was sent: the
// example would not say what it seems to say. Only a roster that is an earlier
// day's and was not sent again is well.
func (n *night) checkTaken(t *testing.T) {
	t.Helper()
	for _, warning := range n.manifest.Warnings {
		if !strings.HasPrefix(warning, string(fault.SourceHeld)) {
			t.Errorf("%s: %s", n.runID, warning)
		}
	}
	if n.manifest.RowsRejected > 0 || n.manifest.RowsLoaded == 0 {
		t.Errorf("%s: %d rows loaded, %d rejected", n.runID, n.manifest.RowsLoaded, n.manifest.RowsRejected)
	}
}
