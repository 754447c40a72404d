package pipeline_test

import (
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const driver = "github.com/marcboeker/go-duckdb"

// TestArrowsPointDown compares what each package imports, its tests apart, with the
// README's table of packages, which must have a row for each.
func TestArrowsPointDown(t *testing.T) {
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	rooms := readRooms(t)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		room := strings.TrimPrefix(fields[0], "hedui/")
		allowed, ok := rooms[room]
		if !ok {
			t.Errorf("%s stands in no room of the house", room)
		}
		for _, path := range fields[1:] {
			inner, ours := strings.CutPrefix(path, "hedui/")
			if ours && !slices.Contains(allowed, inner[strings.LastIndex(inner, "/")+1:]) {
				t.Errorf("%s imports %s", room, inner)
			}
			if strings.HasPrefix(path, driver) && room != "pipeline/warehouse" {
				t.Errorf("%s imports the DuckDB driver", room)
			}
		}
	}
}

// readRooms gives the table's packages and the last parts of those that each may import.
func readRooms(t *testing.T) map[string][]string {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	rooms := map[string][]string{}
	name := regexp.MustCompile("`([a-z]+)`")
	for _, row := range regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\| .* \\| (.*) \\|$").FindAllStringSubmatch(string(readme), -1) {
		rooms[row[1]] = []string{}
		for _, inner := range name.FindAllStringSubmatch(row[2], -1) {
			rooms[row[1]] = append(rooms[row[1]], inner[1])
		}
	}
	return rooms
}
