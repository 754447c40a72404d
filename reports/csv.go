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

func writeFindings(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	return writeCSV(ctx, db, w, "findings", []string{"id_number"})
}

func writeRejects(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	return writeCSV(ctx, db, w, "rejects", nil)
}

func writeCategory(category string) func(context.Context, *sql.Conn, io.Writer, string) error {
	return func(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
		return writeCSV(ctx, db, w, "category", []string{"身份证号"}, town, category)
	}
}

// writeCSV writes a query's rows: UTF-8 with a byte order mark, RFC 4180. The
// columns in ids get a tab before their digits (see the package's story).
func writeCSV(ctx context.Context, db *sql.Conn, w io.Writer, name string, ids []string, args ...any) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	var isID []bool
	err := each(ctx, db, name, args, func(columns []string) error {
		for _, c := range columns {
			isID = append(isID, slices.Contains(ids, c))
		}
		return out.Write(columns)
	}, func(values []any) error {
		record := make([]string, len(values))
		for i, v := range values {
			record[i] = text(v)
			switch {
			case isID[i] && record[i] != "":
				record[i] = "\t" + record[i]
			case isText(v):
				record[i] = kept(record[i])
			}
		}
		return out.Write(record)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

// each runs a named query and gives its columns once and its rows one by one, masked
// where the report is.
func each(ctx context.Context, db *sql.Conn, name string, args []any, head func([]string) error, row func([]any) error) error {
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

// kept makes a spreadsheet that opens the file keep a text as it is: no formula
// (the full-width signs start one too where East Asian input is set up), and no
// number that loses its leading zeros or its last digits.
func kept(s string) string {
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
