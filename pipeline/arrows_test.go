package pipeline_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// mayImport is the README's drawing: package to the packages of this module
// that it may reach, directly or not.
var mayImport = map[string][]string{
	"hedui/pipeline/fault":     {},
	"hedui/sources/idnumber":   {},
	"hedui/sources/table":      {"hedui/pipeline/fault"},
	tables:                     {"hedui/pipeline/fault", "hedui/sources/table"},
	peaks:                      {},
	"hedui/sources/roster":     {"hedui/pipeline/fault", "hedui/sources/idnumber", "hedui/sources/table"},
	"hedui/pipeline/warehouse": {"hedui/pipeline/fault"},
	"hedui/pipeline/ledger":    {"hedui/pipeline/fault"},
	"hedui/matchers":           {"hedui/pipeline/fault"},
	"hedui/reports":            {"hedui/pipeline/fault"},
	"hedui/cmd/hedui/demo":     {},
	"hedui/cmd/hedui/crash":    {},
}

const driver = "github.com/marcboeker/go-duckdb"

// What tests alone may import.
const (
	tables = "hedui/sources/table/tabletest"
	peaks  = "hedui/pipeline/peaktest"
)

func TestArrowsPointDown(t *testing.T) {
	for pkg, allowed := range mayImport {
		out, err := exec.Command("go", "list", "-deps", pkg).Output()
		if err != nil {
			t.Fatalf("list %s: %v", pkg, err)
		}
		for _, dep := range strings.Fields(string(out)) {
			if strings.HasPrefix(dep, "hedui/") && dep != pkg && !slices.Contains(allowed, dep) {
				t.Errorf("%s imports %s", pkg, dep)
			}
			if dep == driver && pkg != "hedui/pipeline/warehouse" {
				t.Errorf("%s links the DuckDB driver", pkg)
			}
		}
	}
}

// TestEveryPackageHasItsPlace keeps the drawing complete.
func TestEveryPackageHasItsPlace(t *testing.T) {
	cmd := exec.Command("go", "list", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, pkg := range strings.Fields(string(out)) {
		if _, ok := mayImport[pkg]; !ok && pkg != "hedui/pipeline" && pkg != "hedui/cmd/hedui" {
			t.Errorf("%s stands in no room of the house", pkg)
		}
	}
}
