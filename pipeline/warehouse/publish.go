package warehouse

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"hedui/pipeline/gather"
)

//go:embed publish.yaml
var publishYAML []byte

// Labels are the Chinese names of columns, by table; the table "" serves all.
type Labels map[string]map[string]string

// Definitions are the SQL texts behind what rules read beside the tables, by
// name: of a view its SELECT, of a macro its parameters and body.
type Definitions struct{ Selects, Macros map[string]string }

type published struct {
	Macros  []publishedMacro
	Tables  []publishedTable
	Derived []publishedTable // views under English names, made by their definition
	Columns map[string]string
	Words   map[string]map[string]string // of a column: code to the word that the Chinese view shows
}

type publishedMacro struct{ Name, Label string }

type publishedTable struct {
	Name, Label, View, From, Order string
	Of                             string            // the roster whose columns it has
	Labels                         map[string]string // of columns that elsewhere mean something else

	selects string // what a derived view selects; empty: its definition does
	columns []publishedColumn
}

type publishedColumn struct{ name, kind string }

// attachAnalysts makes the database called analysts.
func (w *Warehouse) attachAnalysts(ctx context.Context) error {
	path := w.analysts
	if path == "" {
		path = ":memory:"
	} else if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	return w.exec(ctx, "ATTACH "+quote(path)+" AS analysts")
}

// Publish ends the analysts' file, Options.Analysts: the night's tables, laid out for look-ups
// by town and ID number, the views and macros that a rule's text names beside them, and
// Chinese views over all, everything with a comment. The night must be committed: DuckDB
// writes one file a transaction.
func (w *Warehouse) Publish(ctx context.Context, labels Labels, definitions Definitions) error {
	p, err := w.plan(ctx)
	if err != nil {
		return fmt.Errorf("plan publication: %w", err)
	}
	if err := w.copyOut(ctx, p.Tables); err != nil {
		return err
	}
	if err := w.Trim(ctx); err != nil {
		return err
	}
	if err := w.describe(ctx, p, labels, definitions); err != nil {
		return err
	}
	// That the file cannot be written CHECKPOINT tells; DETACH would keep it to itself.
	if err := w.exec(ctx, "CHECKPOINT analysts; DETACH analysts"); err != nil {
		return err
	}
	return secure(w.analysts)
}

// secure makes a file that DuckDB wrote last, and its owner's alone.
func secure(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("secure %s: %w", path, err)
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}

// layout reads publish.yaml, which is built into the program.
func layout() published {
	var p published
	if err := yaml.Unmarshal(publishYAML, &p); err != nil {
		panic(fmt.Sprintf("read publish.yaml: %v", err))
	}
	return p
}

// Words are what the codes of a column are called in Chinese, by column and code:
// the words of the analysts' file, for whoever shows one to people.
var Words = sync.OnceValue(func() map[string]map[string]string { return layout().Words })

// plan adds the histories to what is published.
func (w *Warehouse) plan(ctx context.Context) (*published, error) {
	p := layout()
	here, err := w.here(ctx)
	if err != nil {
		return nil, err
	}
	for i, t := range p.Tables {
		if table, ok := strings.CutPrefix(t.From, "main."); ok {
			p.Tables[i].From = here + table
		}
	}
	for _, kind := range Kinds() {
		at := slices.IndexFunc(p.Tables, func(t publishedTable) bool { return t.Name == kind })
		if at < 0 {
			return nil, fmt.Errorf("publish.yaml lacks %s", kind)
		}
		label := p.Tables[at].Label
		p.Tables = append(p.Tables, publishedTable{
			Name: "ended_" + kind, Label: label + "：不再有的行，及其起止日", Of: kind,
			From: "(SELECT * EXCLUDE (row_key, occurrence) FROM ended_" + kind + ")", Order: "town, id_number, name, valid_from, path, sheet, row_number",
		})
		p.Derived = append(p.Derived, publishedTable{
			Name: "history_" + kind, Label: label + "：每行的每个版本及其起止日", Of: kind, View: p.Tables[at].View + "历史",
			selects: history(kind, ""),
		})
	}
	return &p, nil
}

// history is the SELECT behind a roster's history in the analysts' file; where that is
// attached under another name, in stands before the tables, for such a file's own views
// find them under none.
func history(kind, in string) string {
	return fmt.Sprintf("SELECT * EXCLUDE (person_id, id_quality, row_id), NULL::DATE AS valid_to FROM %s%s UNION ALL BY NAME FROM %[1]sended_%[2]s", in, kind)
}

// copyOut fills the tables that are not made yet and checks that every row arrived, also in the
// rosters that are. It forgets the night's temporary tables: they are no longer needed, and
// describing the file needs memory too.
func (w *Warehouse) copyOut(ctx context.Context, tables []publishedTable) error {
	here, err := w.here(ctx)
	if err != nil {
		return err
	}
	for _, kind := range Kinds() {
		if err := w.checkRows(ctx, here+"read_"+kind, "analysts.main."+kind); err != nil {
			return err
		}
	}
	tables = slices.DeleteFunc(slices.Clone(tables), func(t publishedTable) bool { return strings.HasPrefix(t.From, "analysts.") })
	if err := w.forgetAllBut(ctx, tables); err != nil {
		return err
	}
	if err := w.copyTables(ctx, tables); err != nil {
		return err
	}
	return w.forgetAllBut(ctx, nil)
}

// forgetAllBut drops the temporary tables that nothing is published from any more. It does so
// between transactions: one that is open holds what it has dropped.
func (w *Warehouse) forgetAllBut(ctx context.Context, needed []publishedTable) error {
	temporary, err := gather.Column[string](ctx, w.conn, "SELECT table_name FROM duckdb_tables() WHERE temporary")
	if err != nil {
		return fmt.Errorf("list temporary tables: %w", err)
	}
	for _, name := range temporary {
		named := regexp.MustCompile(`\b` + regexp.QuoteMeta(name) + `\b`)
		if slices.ContainsFunc(needed, func(t publishedTable) bool { return named.MatchString(t.From) }) {
			continue
		}
		if err := w.exec(ctx, "DROP TABLE temp."+ident(name)); err != nil {
			return err
		}
	}
	return nil
}

// copyTables copies in one transaction.
func (w *Warehouse) copyTables(ctx context.Context, tables []publishedTable) error {
	if err := w.Begin(ctx); err != nil {
		return err
	}
	for _, t := range tables {
		if err := w.copyTable(ctx, t); err != nil {
			w.Rollback()
			return err
		}
	}
	return w.Commit(ctx)
}

func (w *Warehouse) copyTable(ctx context.Context, t publishedTable) error {
	target := "analysts.main." + ident(t.Name)
	if err := w.exec(ctx, "CREATE TABLE "+target+" AS SELECT * FROM "+t.From+" ORDER BY "+t.Order); err != nil {
		return err
	}
	return w.checkRows(ctx, t.From, target)
}

// checkRows fails where target does not hold as many rows as from.
func (w *Warehouse) checkRows(ctx context.Context, from, target string) error {
	var here, there int64
	if err := w.conn.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM "+from+"), (SELECT count(*) FROM "+target+")").Scan(&here, &there); err != nil {
		return fmt.Errorf("check %s: %w", target, err)
	}
	if here != there {
		return fmt.Errorf("check %s: %d rows written of %d", target, there, here)
	}
	return nil
}

// describe adds macros, views and comments through a connection on which the file is the
// database in use, so that the views name their tables without the name it is attached under.
func (w *Warehouse) describe(ctx context.Context, p *published, labels Labels, definitions Definitions) (err error) {
	conn, err := w.db.Conn(ctx)
	if err != nil {
		return fmt.Errorf("describe: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "USE analysts"); err != nil {
		return fmt.Errorf("describe: %w", err)
	}
	// In one transaction: each of the two thousand statements would otherwise wait for the disk.
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("describe: %w", err)
	}
	if err := describeIn(ctx, tx, p, labels, definitions); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("describe: %w", err)
	}
	return nil
}

func describeIn(ctx context.Context, db *sql.Tx, p *published, labels Labels, definitions Definitions) error {
	derive, err := p.derive(definitions)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, strings.Join(derive, ";\n")); err != nil {
		return fmt.Errorf("derive: %w", err)
	}
	columns, err := columnsOf(ctx, db)
	if err != nil {
		return fmt.Errorf("list columns: %w", err)
	}
	for _, t := range append(p.Tables, p.Derived...) {
		t.columns = columns[t.Name]
		statements, err := t.statements(p.labels(t, labels), p.Words)
		if err != nil {
			return err
		}
		if _, err := db.ExecContext(ctx, strings.Join(statements, ";\n")); err != nil {
			return fmt.Errorf("describe %s: %w", t.Name, err)
		}
	}
	return nil
}

// derive makes the macros and views that rules read beside the tables.
func (p *published) derive(d Definitions) ([]string, error) {
	var list []string
	for _, m := range p.Macros {
		if d.Macros[m.Name] == "" {
			return nil, fmt.Errorf("publish macro %s: it is defined nowhere", m.Name)
		}
		list = append(list, "CREATE MACRO "+ident(m.Name)+d.Macros[m.Name], "COMMENT ON MACRO "+ident(m.Name)+" IS "+quote(m.Label))
	}
	for _, t := range p.Derived {
		selects := t.selects
		if selects == "" {
			selects = d.Selects[t.Name]
		}
		if selects == "" {
			return nil, fmt.Errorf("publish view %s: it is defined nowhere", t.Name)
		}
		list = append(list, "CREATE VIEW "+ident(t.Name)+" AS "+selects)
	}
	return list, nil
}

// columnsOf lists the columns of every table and view, in their order.
func columnsOf(ctx context.Context, db *sql.Tx) (map[string][]publishedColumn, error) {
	rows, err := db.QueryContext(ctx, "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE database_name = current_database() AND NOT internal AND schema_name = 'main' ORDER BY table_name, column_index")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns := map[string][]publishedColumn{}
	for rows.Next() {
		var table string
		var c publishedColumn
		if err := rows.Scan(&table, &c.name, &c.kind); err != nil {
			return nil, err
		}
		columns[table] = append(columns[table], c)
	}
	return columns, rows.Err()
}

// labels looks a column's Chinese name up: the table's own, the common ones
// brought in, those of publish.yaml.
func (p *published) labels(t publishedTable, given Labels) func(string) string {
	roster := t.Of
	if roster == "" {
		roster = t.Name
	}
	return func(column string) string {
		for _, dictionary := range []map[string]string{t.Labels, given[roster], p.Columns, given[""]} {
			if label := dictionary[column]; label != "" {
				return label
			}
		}
		return ""
	}
}

// statements fails for a column without a Chinese name: an analyst would not
// know what it is.
func (t publishedTable) statements(label func(string) string, words map[string]map[string]string) ([]string, error) {
	kind := "TABLE "
	if t.From == "" {
		kind = "VIEW "
	}
	list := []string{"COMMENT ON " + kind + ident(t.Name) + " IS " + quote(t.Label)}
	var selected []string
	used := map[string]bool{}
	var named []string
	for _, c := range t.columns {
		chinese := label(c.name)
		if chinese == "" {
			return nil, fmt.Errorf("describe %s: column %s has no Chinese name", t.Name, c.name)
		}
		list = append(list, "COMMENT ON COLUMN "+ident(t.Name)+"."+ident(c.name)+" IS "+quote(chinese))
		if used[chinese] {
			chinese += "（" + c.name + "）"
		}
		used[chinese] = true
		named = append(named, chinese)
		selected = append(selected, c.shown(words[c.name])+" AS "+ident(chinese))
	}
	if t.View == "" {
		return list, nil
	}
	list = append(list,
		"CREATE VIEW "+ident(t.View)+" AS SELECT "+strings.Join(selected, ", ")+" FROM "+ident(t.Name),
		"COMMENT ON VIEW "+ident(t.View)+" IS "+quote(t.Label))
	for _, c := range named {
		list = append(list, "COMMENT ON COLUMN "+ident(t.View)+"."+ident(c)+" IS "+quote(c))
	}
	return list, nil
}

// shown is SQL for a column in its Chinese view: codes as words, rows as their places, all
// else as it is.
func (c publishedColumn) shown(words map[string]string) string {
	if strings.HasPrefix(c.kind, "STRUCT(kind ") { // rows
		return "rows_told(" + ident(c.name) + ")"
	}
	if len(words) == 0 || c.kind != "VARCHAR" {
		return ident(c.name)
	}
	var b strings.Builder
	b.WriteString("CASE " + ident(c.name))
	for _, code := range slices.Sorted(maps.Keys(words)) {
		b.WriteString(" WHEN " + quote(code) + " THEN " + quote(words[code]))
	}
	return b.String() + " ELSE " + ident(c.name) + " END"
}
