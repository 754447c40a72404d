package warehouse

import (
	"context"
	"database/sql/driver"
	"fmt"

	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/marcboeker/go-duckdb"
)

// Load appends the rows of reader to table, matching columns by name; table
// may hold more columns than the reader, not fewer. It leaves the reader drained
// and released.
func (w *Warehouse) Load(ctx context.Context, table string, rows array.RecordReader) error {
	defer rows.Release()
	passing := &passed{rows}
	defer func() { passing.RecordReader = nil }()
	err := w.conn.Raw(func(c any) error {
		dc, ok := c.(driver.Conn)
		if !ok {
			return fmt.Errorf("pin connection: driver gave %T", c)
		}
		arrow, err := duckdb.NewArrowFromConn(dc)
		if err != nil {
			return fmt.Errorf("open arrow interface: %w", err)
		}
		release, err := arrow.RegisterView(passing, "arriving")
		if err != nil {
			return fmt.Errorf("register arrow view: %w", err)
		}
		defer release()
		exec, ok := c.(driver.ExecerContext)
		if !ok {
			return fmt.Errorf("pin connection: driver gave %T", c)
		}
		// row_number() has DuckDB do this on one thread, which fills its blocks of rows. Two would
		// each leave one half full, and so would every table made of this one, until DuckDB joins
		// such blocks when it writes a table into a file: it writes the table a second time.
		_, err = exec.ExecContext(ctx, "INSERT INTO "+ident(table)+" BY NAME SELECT * EXCLUDE \"nth row\" FROM (SELECT *, row_number() OVER () AS \"nth row\" FROM arriving)", nil)
		return err
	})
	if broken := rows.Err(); broken != nil {
		err = broken // DuckDB passes on its text alone, and it is a fault of the file's
	}
	if err != nil {
		return fmt.Errorf("load into %s: %w", table, err)
	}
	return nil
}

// passed stands before a reader: go-duckdb v1.8.2 never lets go of what it was given, as
// long as the program runs.
type passed struct{ array.RecordReader }
