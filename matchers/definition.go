package matchers

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
)

// Definitions are the SQL texts by which Resolve makes what rules read, by the
// name of what they make. Whoever has the tables that they name can make it again.
type Definitions struct {
	Selects map[string]string // of a table or view: its SELECT
	Macros  map[string]string // of a macro: its parameters and body, as CREATE MACRO takes them after the name
}

var making = regexp.MustCompile(`(?s)^CREATE OR REPLACE TEMP (TABLE|VIEW|MACRO) (\w+)(.*)$`)

// Define gives the definitions of what stands once, not once a roster.
func Define() (Definitions, error) {
	d := Definitions{Selects: map[string]string{}, Macros: map[string]string{}}
	for _, folder := range []string{"identity", "people"} {
		names, err := fs.Glob(files, folder+"/*.sql")
		if err != nil {
			return d, fmt.Errorf("list %s: %w", folder, err)
		}
		slices.Sort(names)
		for _, name := range names {
			text, err := files.ReadFile(name)
			if err != nil {
				return d, fmt.Errorf("read %s: %w", name, err)
			}
			if !strings.HasSuffix(name, ".each.sql") {
				d.add(comment.ReplaceAllString(string(text), ""))
			}
		}
	}
	return d, nil
}

// add takes the statements of a file without comments.
func (d Definitions) add(text string) {
	for statement := range strings.SplitSeq(text, ";\n") {
		made := making.FindStringSubmatch(strings.TrimSpace(statement))
		switch {
		case made == nil:
		case made[1] == "MACRO":
			d.Macros[made[2]] = strings.TrimSuffix(made[3], ";")
		default:
			d.Selects[made[2]] = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(made[3]), "AS"), ";")
		}
	}
}
