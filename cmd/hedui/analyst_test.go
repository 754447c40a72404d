package main

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const analystPage = "../../docs/analyst.md"

// answered is a query of the page and the table that stands under it.
var answered = regexp.MustCompile("(?s)```sql\n(.*?)```\n\n((?:\\|[^\n]*\n)*)")

// analystsQuestions runs every query of docs/analyst.md on the sample's published
// file, as an analyst would, and compares what it gives with the table under it.
// -update writes the tables anew.
func analystsQuestions(t *testing.T, day string) {
	t.Helper()
	page, err := os.ReadFile(analystPage)
	if err != nil {
		t.Fatal(err)
	}
	db := openPublished(t, day)
	asked := 0
	made := answered.ReplaceAllStringFunc(string(page), func(block string) string {
		asked++
		query, told := answered.FindStringSubmatch(block)[1], answered.FindStringSubmatch(block)[2]
		table, err := tabulate(db, query)
		if err != nil {
			t.Errorf("%v\n%s", err, query)
			return block
		}
		if table != told && !*update {
			t.Errorf("%s\ngives\n%swhere the page has\n%s", query, table, told)
		}
		if told == "" { // a new question: its table stands apart from what follows
			table += "\n"
		}
		return "```sql\n" + query + "```\n\n" + table
	})
	if asked < 20 {
		t.Errorf("%d questions", asked)
	}
	if *update {
		if err := os.WriteFile(analystPage, []byte(made), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// openPublished opens, read-only, the published file beside a day's folder.
func openPublished(t *testing.T, day string) *sql.DB {
	t.Helper()
	db, err := sql.Open("duckdb", filepath.Join(day, "..", "..", "hedui.duckdb")+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// tabulate writes a query's rows as a Markdown table.
func tabulate(db *sql.DB, query string) (string, error) {
	// A client shows dates as dates: so does the page.
	rows, err := db.Query("SELECT COLUMNS(*)::VARCHAR FROM (" + strings.TrimSuffix(strings.TrimSpace(query), ";") + "\n)")
	if err != nil {
		return "", err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)))
	values := make([]sql.NullString, len(columns))
	into := make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return "", err
		}
		var cells []string
		for _, v := range values {
			cells = append(cells, strings.ReplaceAll(v.String, "|", "\\|"))
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	return b.String(), rows.Err()
}
