package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/zap"

	"hedui/pipeline/warehouse"
)

// TestShutAfterSpilling: a night that needed more memory than it may use ends well
// and leaves no spilled file behind.
func TestShutAfterSpilling(t *testing.T) {
	folder := t.TempDir()
	c := &Config{Paths: Paths{Warehouse: filepath.Join(folder, "warehouse.duckdb"), Publish: filepath.Join(folder, "hedui.duckdb"), Out: filepath.Join(folder, "out")}}
	spill := filepath.Join(folder, ".spill")
	ctx := context.Background()
	draft, err := warehouse.NewDraft(ctx, c.Paths.Warehouse, warehouse.Options{Memory: "80MB", Threads: 1, Temp: spill})
	if err != nil {
		t.Fatal(err)
	}
	n := &night{Options: Options{Config: c, Log: zap.NewNop()}, draft: draft, w: draft.Warehouse}
	if err := n.exec(ctx, "CREATE TEMP TABLE much AS SELECT range AS n, repeat('x', 200) || range AS text FROM range(1000000)"); err != nil {
		t.Fatal(err)
	}
	if spilled, err := os.ReadDir(spill); err != nil || len(spilled) == 0 {
		t.Fatalf("nothing was spilled: %v, error %v", spilled, err)
	}
	if err := n.shut(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(spill); !os.IsNotExist(err) {
		t.Errorf("%s is still there: %v", spill, err)
	}
}

// TestSpilledByTheAnalystsFile: what DuckDB spilled beside it before a run was killed goes with the next.
func TestSpilledByTheAnalystsFile(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	left := filepath.Join(filepath.Dir(d.c.Paths.Publish), ".new-"+filepath.Base(d.c.Paths.Publish)+".tmp")
	if err := os.MkdirAll(left, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(left, "duckdb_temp_storage-0.tmp"), []byte("甲一"), 0o600); err != nil {
		t.Fatal(err)
	}
	d.mustNight("2021-06-10")
	if _, err := os.Stat(left); !os.IsNotExist(err) {
		t.Errorf("%s is left: %v", left, err)
	}
}
