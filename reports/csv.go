package reports

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// The database's driver holds a query's rows whole, outside the limit that the night
// gave it: the district's findings with their evidence are asked for so many at a time.
const findingsAtOnce = 20_000

func writeFindings(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	var last int
	if err := db.QueryRowContext(ctx, "SELECT count(*) FROM report_line").Scan(&last); err != nil {
		return fmt.Errorf("count findings: %w", err)
	}
	return writeCSV(ctx, db, w, "findings", []string{"id_number"}, inParts(last, findingsAtOnce)...)
}

// inParts splits lines 1 to last: after which line each part begins and with which it
// ends. Of no lines there is one part all the same, for the heading.
func inParts(last, size int) [][]any {
	part := func(from int) []any { return []any{sql.Named("after", from), sql.Named("last", from+size)} }
	parts := [][]any{part(0)}
	for from := size; from < last; from += size {
		parts = append(parts, part(from))
	}
	return parts
}

func writeRejects(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	return writeCSV(ctx, db, w, "rejects", nil, []any{})
}

func writeCategory(category string) Write {
	return func(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
		return writeCSV(ctx, db, w, "category", []string{"身份证号"}, []any{sql.Named("town", town), sql.Named("category", category)})
	}
}

// writeCSV writes a query's rows, part after part, each of which is the query's arguments:
// UTF-8 with a byte order mark, RFC 4180. The columns in ids get a tab before their
// digits (see the package's story).
func writeCSV(ctx context.Context, db *sql.Conn, w io.Writer, name string, ids []string, parts ...[]any) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	var isID []bool
	head := func(columns []string) error {
		if isID != nil { // the part is not the first
			return nil
		}
		for _, c := range columns {
			isID = append(isID, slices.Contains(ids, c))
		}
		return out.Write(columns)
	}
	for _, args := range parts {
		err := eachUnder(ctx, db, name, head, func(values []any) error { return out.Write(record(values, isID)) }, args...)
		if err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// record is a row as a CSV has it.
func record(values []any, isID []bool) []string {
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = text(v)
		switch {
		case isID[i] && cells[i] != "" && strings.Trim(cells[i], "0123456789Xx*") == "":
			cells[i] = "\t" + cells[i]
		case isText(v):
			cells[i] = Inert(cells[i])
		}
	}
	return cells
}

// each runs a named query and gives its rows one by one, masked where the report is.
func each(ctx context.Context, db *sql.Conn, name string, row func([]any) error, args ...any) error {
	return eachUnder(ctx, db, name, func([]string) error { return nil }, row, args...)
}

// eachUnder is each, and gives the columns once before the rows.
func eachUnder(ctx context.Context, db *sql.Conn, name string, head func([]string) error, row func([]any) error, args ...any) error {
	statement, err := query(name)
	if err != nil {
		return err
	}
	rows, err := db.QueryContext(ctx, statement, args...)
	if err != nil {
		return fmt.Errorf("query %s: %w", name, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("query %s: %w", name, err)
	}
	if err := head(columns); err != nil {
		return err
	}
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	mask, _ := ctx.Value(maskKey{}).(*Mask)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("query %s: %w", name, err)
		}
		mask.row(columns, values)
		if err := row(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// text writes a value as people and machines read it.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case time.Time:
		return v.Format(time.DateOnly)
	case float64: // money
		return strings.TrimSuffix(fmt.Sprintf("%.2f", v), ".00")
	}
	return fmt.Sprint(v)
}

func isText(v any) bool { _, ok := v.(string); return ok }

// Inert makes a spreadsheet that opens a CSV keep a text as it is: no formula
// (the full-width signs start one too where East Asian input is set up), and no
// number that loses its leading zeros or its last digits.
func Inert(s string) string {
	first, _ := utf8.DecodeRuneInString(s)
	switch {
	case s == "":
		return s
	case strings.ContainsRune("=+-@＝＋－＠\t\r\n", first):
		return "'" + s
	case strings.Trim(s, "0123456789") == "" && (len(s) > 11 || len(s) > 1 && first == '0'):
		return "\t" + s
	}
	return s
}
