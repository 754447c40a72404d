// Package gather reads what a query answers, whole. It leaves to the caller to say, in
// its errors, what was being asked.
package gather

import (
	"context"
	"database/sql"
)

// Rows gives a query's rows in their order, each scanned into what into names of it.
func Rows[T any](ctx context.Context, db *sql.Conn, query string, into func(*T) []any, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var one T
		if err := rows.Scan(into(&one)...); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// Column gives the values of a query that has one column.
func Column[T any](ctx context.Context, db *sql.Conn, query string, args ...any) ([]T, error) {
	return Rows(ctx, db, query, func(value *T) []any { return []any{value} }, args...)
}

// Map gives the rows of a query that has two columns of text, a key and a value.
func Map(ctx context.Context, db *sql.Conn, query string, args ...any) (map[string]string, error) {
	type pair struct{ key, value string }
	pairs, err := Rows(ctx, db, query, func(p *pair) []any { return []any{&p.key, &p.value} }, args...)
	if err != nil {
		return nil, err
	}
	all := map[string]string{}
	for _, p := range pairs {
		all[p.key] = p.value
	}
	return all, nil
}
