// Package warehouse is the pipeline's memory: one DuckDB file with a single
// writer. It takes rows as Arrow record batches, keeps every version of every
// roster row, and writes the file that analysts query.
//
// Glossary. read_<kind>: the rows of a roster's current snapshot as they were
// read, each with the day since which it stands so. ended_<kind>: the versions that
// are gone. history_<kind>: both, with the days on which they stood. snapshot: the
// state of one roster on one day. draft: a private copy of the file, on which a night
// works, and which then takes the file's place. analysts: the database that becomes the
// analysts' file; where nothing is published it lies in memory.
//
// Invariants. The file is never written in, only replaced whole: killed at any
// instant, the warehouse is as it was before or as it is after. A night on which
// nothing changed adds no history row. The package is the only importer of the DuckDB
// driver; everybody else gets a *sql.Conn.
package warehouse

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/marcboeker/go-duckdb"

	"hedui/pipeline/fault"
)

// schemaVersion is the layout that this program writes and reads.
const schemaVersion = 7

//go:embed schema/*.sql
var schema embed.FS

// Options bound what DuckDB may use.
type Options struct {
	Memory  string // such as 4GB; empty leaves DuckDB's default
	Threads int    // 0 leaves DuckDB's default, one a core
	Temp    string // folder for spilled data; empty: beside the warehouse
	// Analysts is the file, which must not exist, in which a night makes what is published:
	// its largest tables as they are computed, the others by Publish. Empty: in memory.
	Analysts string
}

// Warehouse is an open DuckDB file with its one pinned connection.
type Warehouse struct {
	db       *sql.DB
	conn     *sql.Conn // nil once closed
	memory   string    // Options.Memory
	analysts string    // Options.Analysts
}

// Open opens or makes the warehouse at path; an empty path is one in memory.
// A file that cannot be opened, or that a newer program wrote, is a fault.
func Open(ctx context.Context, path string, opt Options) (*Warehouse, error) {
	if path != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return nil, fault.New(fault.RunWarehouse, place(path), "检查文件夹权限。", fmt.Errorf("make folder: %w", err))
		}
	}
	connector, err := duckdb.NewConnector(path, nil)
	if err != nil {
		return nil, fault.New(fault.RunWarehouse, place(path), "数据仓库打不开：确认没有别的程序占用；若已损坏，请从备份恢复。", fmt.Errorf("open warehouse: %w", err))
	}
	db := sql.OpenDB(connector)
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("connect to warehouse: %w", err), db.Close())
	}
	w := &Warehouse{db: db, conn: conn, memory: opt.Memory, analysts: opt.Analysts}
	if err := w.prepare(ctx, path, opt); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

func place(path string) string { return "数据仓库 " + path }

func (w *Warehouse) prepare(ctx context.Context, path string, opt Options) error {
	// Nothing relies on the order in which rows were put in: every query that
	// feeds a file has its ORDER BY. Letting go of it makes tables of others on all cores.
	//
	// DuckDB 1.1 packs short strings into signed numbers to sort them, so that what begins
	// with a Chinese character comes before what is empty or begins with a letter; and it
	// does so only where it knows how long they are, so that the same query sorts
	// the same rows one way or the other.
	//
	// It also lets a join narrow a scan on the other side while threads begin that scan:
	// seldom one of them copies a filter that another is moving (ConjunctionAndFilter::Copy,
	// as in github.com/duckdb/duckdb-iceberg/issues/338), which ends the night with an
	// internal error or the program with a segmentation fault.
	//
	// Memory that DuckDB frees in bulk, as when it spills, goes back to the system at once and not
	// ten seconds later: a limit of 1 GB was overrun by 600 MB.
	//
	// With a short log a commit writes a large table straight into its file: in a long one
	// it would be written once more.
	settings := []string{"SET allocator_bulk_deallocation_flush_threshold = '16MB'",
		"SET wal_autocheckpoint = '1MB'",
		"SET preserve_insertion_order = false",
		"SET disabled_optimizers = 'compressed_materialization,join_filter_pushdown'"}
	settings = append(settings, w.limit())
	if opt.Threads > 0 {
		settings = append(settings, fmt.Sprintf("SET threads = %d", opt.Threads))
	}
	if opt.Temp != "" {
		settings = append(settings, "SET temp_directory = "+quote(opt.Temp))
	}
	for _, s := range settings {
		if _, err := w.conn.ExecContext(ctx, s); err != nil {
			return fault.New(fault.ConfigBadValue, "config.yaml limits", "memory 写成 4GB 的形式，threads 写成整数。", fmt.Errorf("set limits: %w", err))
		}
	}
	if err := w.migrate(ctx); err != nil {
		if fault.Of(err) != nil {
			return err
		}
		return fault.New(fault.RunWarehouse, place(path), "检查磁盘空间和文件权限。", err)
	}
	if err := w.attachAnalysts(ctx); err != nil {
		return fault.New(fault.RunPublish, w.analysts, "检查文件夹权限和磁盘空间。", err)
	}
	return nil
}

func (w *Warehouse) limit() string {
	if w.memory == "" {
		return "RESET memory_limit"
	}
	return "SET memory_limit = " + quote(w.memory)
}

// Trim gives memory that DuckDB has freed back to the system. Only when its limit is
// set does DuckDB ask its allocator to: until then a stage holds the most that the
// stages before it ever had. It does nothing once the warehouse is closed.
func (w *Warehouse) Trim(ctx context.Context) error {
	if w.conn == nil {
		return nil
	}
	return w.exec(ctx, w.limit())
}

// migrate brings the schema up to this program's version.
func (w *Warehouse) migrate(ctx context.Context) error {
	for _, name := range []string{"rosters", "runs", "ledger", "guard"} {
		if err := w.apply(ctx, name); err != nil {
			return err
		}
	}
	if err := w.checkVersion(ctx); err != nil {
		return err
	}
	return w.eachKind(ctx, "history")
}

// eachKind runs one of the embedded schema files once for each roster.
func (w *Warehouse) eachKind(ctx context.Context, name string) error {
	text, err := schema.ReadFile("schema/" + name + ".each.sql")
	if err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	for _, kind := range Kinds() {
		if _, err := w.conn.ExecContext(ctx, strings.ReplaceAll(string(text), "{kind}", kind)); err != nil {
			return fmt.Errorf("apply schema %s to %s: %w", name, kind, err)
		}
	}
	return nil
}

// apply runs one of the embedded schema files.
func (w *Warehouse) apply(ctx context.Context, name string) error {
	text, err := schema.ReadFile("schema/" + name + ".sql")
	if err != nil {
		return fmt.Errorf("read schema: %w", err)
	}
	if _, err := w.conn.ExecContext(ctx, string(text)); err != nil {
		return fmt.Errorf("apply schema %s: %w", name, err)
	}
	return nil
}

// checkVersion refuses a newer program's warehouse and brings an older one's up to date.
func (w *Warehouse) checkVersion(ctx context.Context) error {
	var version sql.NullInt64
	if err := w.conn.QueryRowContext(ctx, "SELECT max(schema_version) FROM meta").Scan(&version); err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if version.Int64 > schemaVersion {
		return fault.New(fault.RunWarehouse, "数据仓库", "请使用新版 hedui；旧版程序不能写新版的数据仓库。",
			fmt.Errorf("warehouse has schema %d, this program knows %d", version.Int64, schemaVersion))
	}
	if !version.Valid {
		if _, err := w.conn.ExecContext(ctx, "INSERT INTO meta VALUES (?)", schemaVersion); err != nil {
			return fmt.Errorf("write schema version: %w", err)
		}
	}
	migrations := []func(context.Context) error{ // from schema 1 on
		func(ctx context.Context) error { return w.apply(ctx, "migrate_2") },
		func(ctx context.Context) error { return w.apply(ctx, "migrate_3") },
		w.splitHistories,
		func(ctx context.Context) error {
			return errors.Join(w.eachKind(ctx, "migrate_4"), w.exec(ctx, "UPDATE meta SET schema_version = 5"))
		},
		// finding_alias and finding_member, which an older program would not heed, begin empty
		func(ctx context.Context) error { return w.exec(ctx, "UPDATE meta SET schema_version = 6") },
		// arrival_filled, which an older program would leave as it was, begins empty
		func(ctx context.Context) error { return w.exec(ctx, "UPDATE meta SET schema_version = 7") },
	}
	for from := max(version.Int64, 1); version.Valid && from < schemaVersion; from++ {
		if err := migrations[from-1](ctx); err != nil {
			return err
		}
	}
	return nil
}

// Kinds are the rosters that the schema knows, by name.
var Kinds = sync.OnceValue(func() []string {
	text, err := schema.ReadFile("schema/rosters.sql")
	if err != nil {
		panic(fmt.Sprintf("read schema: %v", err))
	}
	var names []string
	for _, table := range regexp.MustCompile(`(?m)^CREATE TABLE IF NOT EXISTS read_(\w+)`).FindAllStringSubmatch(string(text), -1) {
		names = append(names, table[1])
	}
	slices.Sort(names)
	return names
})

// Conn is the pinned connection: temporary tables, views over Arrow readers
// and transactions live on it and nowhere else.
func (w *Warehouse) Conn() *sql.Conn { return w.conn }

// Begin opens a transaction.
func (w *Warehouse) Begin(ctx context.Context) error { return w.exec(ctx, "BEGIN TRANSACTION") }

// Commit ends the transaction and makes it last.
func (w *Warehouse) Commit(ctx context.Context) error { return w.exec(ctx, "COMMIT") }

// Rollback ends the transaction and forgets it. It works after the context was
// cancelled too, and is harmless when none is open or the warehouse is closed.
func (w *Warehouse) Rollback() {
	if w.conn == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	// An error here means that no transaction was open: nothing to undo.
	_, _ = w.conn.ExecContext(ctx, "ROLLBACK")
}

// Close ends the connection; an open transaction is forgotten. It does nothing the
// second time.
func (w *Warehouse) Close() error {
	if w.conn == nil {
		return nil
	}
	w.Rollback()
	err := errors.Join(w.conn.Close(), w.db.Close())
	w.conn = nil
	return err
}

// here goes before the name of one of the file's own tables: main alone would be the
// temporary tables' schema too, and they come first.
func (w *Warehouse) here(ctx context.Context) (string, error) {
	var database string
	if err := w.conn.QueryRowContext(ctx, "SELECT current_database()").Scan(&database); err != nil {
		return "", fmt.Errorf("name the database: %w", err)
	}
	return ident(database) + ".main.", nil
}

func (w *Warehouse) exec(ctx context.Context, query string, args ...any) error {
	if _, err := w.conn.ExecContext(ctx, query, args...); err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(query), "\n")
		return fmt.Errorf("run %q: %w", line, err)
	}
	return nil
}

// quote makes an SQL string literal for the few statements (SET, ATTACH,
// COMMENT) that take no bound parameter.
func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

// ident makes a quoted SQL identifier.
func ident(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// EngineVersion is the version of DuckDB that is linked in.
func EngineVersion(ctx context.Context) (version string, err error) {
	w, err := Open(ctx, "", Options{})
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if err := w.conn.QueryRowContext(ctx, "SELECT version()").Scan(&version); err != nil {
		return "", fmt.Errorf("ask DuckDB for its version: %w", err)
	}
	return version, nil
}
