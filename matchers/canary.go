package matchers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hedui/pipeline/gather"
)

// Canaries are synthetic people who go through a night beside the real ones:
// for every rule one whom it must find and one whom it must not. They are
// computed from the day and the policy in force, so that any policy keeps them
// what they are. A built-in rule's stand with its examples, in the section 哨兵.sql.
type Canaries struct {
	All   int      // that speak of rules evaluated tonight
	Wrong []string // missed or falsely found, in Chinese
}

// Plant puts the canaries of the rules among tonight's rosters; only this
// connection sees them. It goes before Resolve.
func Plant(ctx context.Context, db *sql.Conn, p *Policy, rules []*Rule) error {
	if err := p.set(ctx, db); err != nil {
		return err
	}
	for _, name := range []string{"identity/05_changed.sql", "canaries/00_numbers.sql", "canaries/10_tables.each.sql"} {
		if err := runFile(ctx, db, name); err != nil {
			return err
		}
	}
	for _, r := range rules {
		text, err := r.Canaries()
		if err != nil {
			return err
		}
		if text == "" {
			continue
		}
		if _, err := db.ExecContext(ctx, text); err != nil {
			return fmt.Errorf("plant canaries of %s: %w", r.ID, err)
		}
	}
	if err := runFile(ctx, db, "canaries/90_plant.each.sql"); err != nil {
		return err
	}
	return showCanaries(ctx, db)
}

// showCanaries lays a view over each roster's table and its history. Temporary
// names come first where none is qualified; main alone would be the view's own
// schema, so that the tables have to be named with their database. The history is a view
// over the rows in force, and finds the canaries among those too: theirs began on no day.
func showCanaries(ctx context.Context, db *sql.Conn) error {
	var database string
	if err := db.QueryRowContext(ctx, "SELECT current_database()").Scan(&database); err != nil {
		return fmt.Errorf("name the database: %w", err)
	}
	for _, kind := range kinds {
		for _, view := range []string{
			"CREATE TEMP VIEW read_%[1]s AS FROM %[2]s.main.read_%[1]s UNION ALL SELECT * EXCLUDE (born) FROM canary_%[1]s",
			"CREATE TEMP VIEW history_%[1]s AS FROM %[2]s.main.history_%[1]s WHERE valid_from IS NOT NULL UNION ALL SELECT * EXCLUDE (born) FROM canary_history_%[1]s",
		} {
			if _, err := db.ExecContext(ctx, fmt.Sprintf(view, kind, ident(database))); err != nil {
				return fmt.Errorf("show canaries in %s: %w", kind, err)
			}
		}
	}
	return nil
}

// FindBesideCanaries is Find among canaries, which Plant must have planted. It says
// what the rules made of them, and removes every trace of them from the night's
// tables before anything is counted or told.
func FindBesideCanaries(ctx context.Context, db *sql.Conn, rules []*Rule, columns map[string]string) (outcomes []Outcome, told Canaries, err error) {
	outcomes, err = find(ctx, db, rules, columns, func(looks []*lookup) error {
		var err error
		if told, err = judgeCanaries(ctx, db, looks); err != nil {
			return fmt.Errorf("judge canaries: %w", err)
		}
		if err := takeOut(ctx, db); err != nil {
			return fmt.Errorf("take canaries out: %w", err)
		}
		return nil
	})
	return outcomes, told, err
}

// judgeCanaries compares what was found with what the canaries' names say.
func judgeCanaries(ctx context.Context, db *sql.Conn, looks []*lookup) (Canaries, error) {
	var told Canaries
	if err := runFile(ctx, db, "canaries/95_subjects.sql"); err != nil {
		return told, err
	}
	var planted []string
	for _, kind := range kinds {
		planted = append(planted, "SELECT name FROM canary_"+kind, "SELECT name FROM canary_history_"+kind)
	}
	type canary struct {
		rule            string
		violates, found bool
	}
	canaries, err := gather.Rows(ctx, db, `SELECT left(name, 4), right(name, 1) = '违',
			EXISTS (FROM hit JOIN canary_subject s USING (subject) WHERE rule_id = left(c.name, 4) AND s.name = c.name)
		FROM (`+strings.Join(planted, " UNION ")+`) c WHERE right(name, 1) IN ('违', '例') ORDER BY 1, 2 DESC`,
		func(c *canary) []any { return []any{&c.rule, &c.violates, &c.found} })
	for _, c := range canaries {
		if !slices.ContainsFunc(looks, func(l *lookup) bool { return l.Rule.ID == c.rule && l.Status.Spoke() }) {
			continue
		}
		told.All++
		switch {
		case c.violates && !c.found:
			told.Wrong = append(told.Wrong, c.rule+" 应查出的没有查出")
		case !c.violates && c.found:
			told.Wrong = append(told.Wrong, c.rule+" 不应查出的查出了")
		}
	}
	return told, err
}

// traces are the columns by which a row of the night's tables is known as a
// canary's, each with how; the first that a table has decides. By a comparison DuckDB
// passes over whole blocks of rows.
var traces = []struct{ column, trace string }{
	{"path", "path = '〔哨兵〕'"},
	{"person_id", canarySubject("person_id")}, // who stands in a list without towns has none
	{"subject", canarySubject("subject")},
	{"town", canaryTown("town")},
	{"household_id", canaryTown("household_id")}, // a household's name begins with its town
	{"dibao_household_id", canaryTown("dibao_household_id")},
	{"from_household_id", canaryTown("from_household_id")},
	{"former_household_id", canaryTown("former_household_id")},
	{"listed_household_id", canarySubject("listed_household_id")},
	{"resolved", canarySubject("resolved")},
	{"id_number", canarySubject("id_number")},
}

func canaryTown(column string) string { return column + " BETWEEN '〔哨兵' AND '〔哨兵五'" }

func canarySubject(column string) string { return column + " IN (SELECT subject FROM canary_subject)" }

// takeOut drops the views, and deletes the canaries' rows from every table of the night's.
func takeOut(ctx context.Context, db *sql.Conn) error {
	for _, kind := range kinds {
		for _, query := range []string{"DROP VIEW temp.read_" + kind, "DROP VIEW temp.history_" + kind, "DROP TABLE temp.canary_" + kind, "DROP TABLE temp.canary_history_" + kind} {
			if _, err := db.ExecContext(ctx, query); err != nil {
				return err
			}
		}
	}
	tables, err := gather.Map(ctx, db, `SELECT database_name || '.' || table_name, string_agg(column_name, ' ' ORDER BY column_index)
		FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, table_name)
		WHERE database_name IN ('temp', 'analysts') AND table_name <> 'canary_subject'
		GROUP BY ALL`)
	if err != nil {
		return fmt.Errorf("list tables: %w", err)
	}
	for table, columns := range tables {
		has := strings.Fields(columns)
		i := slices.IndexFunc(traces, func(known struct{ column, trace string }) bool { return slices.Contains(has, known.column) })
		if i < 0 {
			continue
		}
		if _, e := db.ExecContext(ctx, "DELETE FROM "+table+" WHERE "+traces[i].trace); e != nil {
			err = errors.Join(err, fmt.Errorf("delete from %s: %w", table, e))
		}
	}
	return err
}
