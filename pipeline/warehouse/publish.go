package warehouse

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/marcboeker/go-duckdb"
	"go.yaml.in/yaml/v3"
)

//go:embed publish.yaml
var publishYAML []byte

// Labels are the Chinese names of columns, by table; the table "" serves all.
type Labels map[string]map[string]string

type published struct {
	Tables  []publishedTable
	Columns map[string]string
}

type publishedTable struct {
	Name, Label, View, From, Order string
	Labels                         map[string]string // of columns that elsewhere mean something else

	columns []string
}

// Publish writes the analysts' file at path, which must not exist: the night's
// tables, laid out for look-ups by town and ID number, and Chinese views over
// them, everything with a comment. The night must be committed: DuckDB writes
// one file a transaction.
func (w *Warehouse) Publish(ctx context.Context, path string, labels Labels) error {
	p, err := w.plan(ctx)
	if err != nil {
		return fmt.Errorf("plan publication: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := w.copyOut(ctx, path, p.Tables); err != nil {
		return err
	}
	if err := describe(ctx, path, p, labels); err != nil {
		return err
	}
	return secure(path)
}

func secure(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return fmt.Errorf("open published file: %w", err)
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}

// plan reads publish.yaml and adds the histories.
func (w *Warehouse) plan(ctx context.Context) (*published, error) {
	var p published
	if err := yaml.Unmarshal(publishYAML, &p); err != nil {
		return nil, fmt.Errorf("read publish.yaml: %w", err)
	}
	kinds, err := w.Kinds(ctx)
	if err != nil {
		return nil, err
	}
	for _, kind := range kinds {
		at := -1
		for i, t := range p.Tables {
			if t.Name == kind {
				at = i
			}
		}
		if at < 0 {
			return nil, fmt.Errorf("publish.yaml lacks %s", kind)
		}
		p.Tables = append(p.Tables, publishedTable{
			Name: "history_" + kind, Label: p.Tables[at].Label + "：每行的每个版本及其起止日",
			From: "(SELECT * EXCLUDE (row_key, occurrence) FROM history_" + kind + ")", Order: "town, id_number, name, valid_from, path, sheet, row_number",
		})
	}
	return &p, nil
}

// copyOut fills the tables and checks that every row arrived.
func (w *Warehouse) copyOut(ctx context.Context, path string, tables []publishedTable) (err error) {
	if err := w.exec(ctx, "ATTACH "+quote(path)+" AS analysts"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.exec(context.WithoutCancel(ctx), "DETACH analysts")) }()
	for i, t := range tables {
		target := "analysts.main." + ident(t.Name)
		if err := w.exec(ctx, "CREATE TABLE "+target+" AS SELECT * FROM "+t.From+" ORDER BY "+t.Order); err != nil {
			return err
		}
		var here, there int64
		if err := w.conn.QueryRowContext(ctx, "SELECT (SELECT count(*) FROM "+t.From+"), (SELECT count(*) FROM "+target+")").Scan(&here, &there); err != nil {
			return fmt.Errorf("check %s: %w", t.Name, err)
		}
		if here != there {
			return fmt.Errorf("check %s: %d rows written of %d", t.Name, there, here)
		}
		tables[i].columns, err = column[string](ctx, w.conn, `SELECT column_name FROM duckdb_columns()
			WHERE database_name = 'analysts' AND table_name = ? ORDER BY column_index`, t.Name)
		if err != nil {
			return fmt.Errorf("describe %s: %w", t.Name, err)
		}
	}
	return nil
}

// describe adds views and comments through a connection of the file's own, so
// that the views name their tables without the name it was attached under.
func describe(ctx context.Context, path string, p *published, labels Labels) (err error) {
	connector, err := duckdb.NewConnector(path, nil)
	if err != nil {
		return fmt.Errorf("open published file: %w", err)
	}
	db := sql.OpenDB(connector)
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, t := range p.Tables {
		statements, err := t.statements(p.labels(t, labels))
		if err != nil {
			return err
		}
		for _, statement := range statements {
			if _, err := db.ExecContext(ctx, statement); err != nil {
				return fmt.Errorf("describe %s: %w", t.Name, err)
			}
		}
	}
	_, err = db.ExecContext(ctx, "CHECKPOINT")
	return err
}

// labels looks a column's Chinese name up: the table's own, the common ones
// brought in, those of publish.yaml.
func (p *published) labels(t publishedTable, given Labels) func(string) string {
	table := strings.TrimPrefix(t.Name, "history_")
	return func(column string) string {
		for _, dictionary := range []map[string]string{t.Labels, given[table], p.Columns, given[""]} {
			if label := dictionary[column]; label != "" {
				return label
			}
		}
		return ""
	}
}

// statements fails for a column without a Chinese name: an analyst would not
// know what it is.
func (t publishedTable) statements(label func(string) string) ([]string, error) {
	list := []string{"COMMENT ON TABLE " + ident(t.Name) + " IS " + quote(t.Label)}
	var selected []string
	used := map[string]bool{}
	var named []string
	for _, c := range t.columns {
		chinese := label(c)
		if chinese == "" {
			return nil, fmt.Errorf("describe %s: column %s has no Chinese name", t.Name, c)
		}
		list = append(list, "COMMENT ON COLUMN "+ident(t.Name)+"."+ident(c)+" IS "+quote(chinese))
		if used[chinese] {
			chinese += "（" + c + "）"
		}
		used[chinese] = true
		named = append(named, chinese)
		selected = append(selected, ident(c)+" AS "+ident(chinese))
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
