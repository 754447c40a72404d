// Package matchers holds what the project exists for: who is who (identity),
// what is said of each person and household (people), and the rules that find
// who goes without help – all of it SQL, one file a thought – with the small
// engine that runs them.
//
// Glossary. person: all rows of all rosters with one resolved ID number. word:
// a boolean column of person or household, named as rules.md names it. rule: one
// SELECT; its boolean columns are its conditions, all others its facts.
// subject: what a rule looks at, a person, a household or a roster's row.
// funnel: how many subjects were left after each condition. finding: a subject
// of which every condition holds.
//
// Invariants. The statement that finds is the statement that explains. A
// condition that cannot be known (NULL) fires nothing. A rule whose rosters or
// columns are missing says so and finds nothing; one that leans on a held roster
// is suspended where it is held. Everything is written to
// temporary tables of the one connection that is passed in, the rosters and person to its
// database analysts, with a temporary view of the same name over each.
package matchers

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"hedui/pipeline/gather"
)

//go:embed policy/*.yaml identity/*.sql people/*.sql people/*.yaml rules/*.sql rules/*.txtar template/* canaries/*.sql
var files embed.FS

// over names the rosters that a *.each.sql runs for; others run for all.
var over = map[string][]string{
	"30_past.each.sql": {"dibao", "tekun"},
	"36_gone.each.sql": {"registered_poor", "disability"},
}

// kinds are the eight rosters.
var kinds = []string{"registered_poor", "dibao", "tekun", "disability", "medical_aid", "school", "temporary_aid", "verification"}

// Resolve gives every roster row its person and computes the words of every
// person and household. It needs the tables of the warehouse's schema and
// roster_state and held_scope; it writes policy, policy_value, one table a kind, past_<kind>,
// roster_row, identity_link, person, household, dibao_household and their kin.
func Resolve(ctx context.Context, db *sql.Conn, p *Policy) error {
	if err := p.set(ctx, db); err != nil {
		return err
	}
	for _, folder := range []string{"identity", "people"} {
		if err := runFolder(ctx, db, folder); err != nil {
			return err
		}
	}
	return nil
}

// runFolder runs a folder's SQL files in the order of their names.
func runFolder(ctx context.Context, db *sql.Conn, folder string) error {
	names, err := fs.Glob(files, folder+"/*.sql")
	if err != nil {
		return fmt.Errorf("list %s: %w", folder, err)
	}
	slices.Sort(names)
	for _, name := range names {
		if err := runFile(ctx, db, name); err != nil {
			return err
		}
	}
	return nil
}

// runFile runs a file once: *.each.sql once a kind, *.slice.sql and *.each.slice.sql for each
// slice that slice_of_<what the file's name or kind says> lists, in order.
func runFile(ctx context.Context, db *sql.Conn, name string) error {
	bytes, err := files.ReadFile(name)
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	for _, kind := range runsOver(name) {
		slices, err := slicesOf(ctx, db, name, kind)
		if err != nil {
			return err
		}
		for _, slice := range slices {
			statement := strings.NewReplacer("{kind}", kind, "{slice}", slice).Replace(string(bytes))
			if _, err := db.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("run %s: %w", name, err)
			}
		}
	}
	return nil
}

// runsOver gives the rosters that a file runs for; of one that is no *.each* just "".
func runsOver(name string) []string {
	switch listed, ok := over[path.Base(name)]; {
	case !strings.Contains(name, ".each."):
		return []string{""}
	case ok:
		return listed
	}
	return kinds
}

// slicesOf gives the slices that a file runs for; of one that is no *.slice.sql just "".
func slicesOf(ctx context.Context, db *sql.Conn, name, kind string) ([]string, error) {
	base, sliced := strings.CutSuffix(path.Base(name), ".slice.sql")
	if !sliced {
		return []string{""}, nil
	}
	of := kind
	if of == "" {
		_, of, _ = strings.Cut(base, "_")
	}
	slices, err := gather.Column[string](ctx, db, "SELECT slice::VARCHAR FROM slice_of_"+of+" ORDER BY slice")
	if err != nil {
		return nil, fmt.Errorf("list slices of %s: %w", of, err)
	}
	return slices, nil
}

// insert adds rows to a table by one statement: DuckDB takes a millisecond to plan one.
func insert(ctx context.Context, db *sql.Conn, table string, rows [][]any) error {
	var lines []string
	var args []any
	for _, row := range rows {
		lines = append(lines, "(?"+strings.Repeat(", ?", len(row)-1)+")")
		args = append(args, row...)
	}
	if len(lines) == 0 {
		return nil
	}
	_, err := db.ExecContext(ctx, "INSERT INTO "+table+" VALUES "+strings.Join(lines, ", "), args...)
	return err
}

// fact is what the dictionary says of a word or fact: its Chinese label, the
// rosters whose rows of the subject's people it comes from, the policy parameters
// that it rests on, and the facts that say why a word holds or does not.
type fact struct {
	Label      string
	Kinds      []string
	Parameters []string
	Because    []string
	Moves      bool
	Cell       bool
	Items      []string // of verification
	All        bool     // also of rows not in force, and of other households
	Rows       []string // facts that are rows and tell it too
}

var dictionary = sync.OnceValues(func() (map[string]fact, error) {
	text, err := files.ReadFile("people/facts.yaml")
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	var facts map[string]fact
	if err := yaml.Unmarshal(text, &facts); err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return facts, nil
})

// Labels gives the Chinese names of the words, facts and policy parameters, by column.
func Labels() (map[string]string, error) {
	facts, err := dictionary()
	if err != nil {
		return nil, err
	}
	parameters, err := knownParameters()
	if err != nil {
		return nil, err
	}
	labels := map[string]string{}
	for _, p := range parameters {
		labels[p.Name] = p.Label
	}
	for name, f := range facts {
		labels[name] = f.Label
	}
	return labels, nil
}
