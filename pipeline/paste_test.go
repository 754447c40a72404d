package pipeline

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"hedui/matchers"
)

// client opens the analysts' file as an analyst would: the file alone, read-only.
func (d *district) client() *sql.DB {
	d.t.Helper()
	db, err := sql.Open("duckdb", d.c.Paths.Publish+"?access_mode=read_only")
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		if err := db.Close(); err != nil {
			d.t.Error(err)
		}
	})
	return db
}

// everyRulePastes: each rule's text, as it stands in its file, runs on the published
// file and gives what the night found. What a rule yields to other rules is the
// engine's doing, and done here.
func (d *district) everyRulePastes() {
	t, db := d.t, d.client()
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	slices.SortStableFunc(rules, func(a, b *matchers.Rule) int { return len(a.YieldsTo) - len(b.YieldsTo) })
	named := map[string][]string{}
	for _, r := range rules {
		text, conditions, err := paste(db, r)
		if err != nil {
			t.Errorf("%s: %v", r.ID, err)
			continue
		}
		for _, subject := range lines(t, conn(t, db), text+" WHERE "+strings.Join(conditions, " AND ")) {
			yields := slices.ContainsFunc(r.YieldsTo, func(other string) bool { return slices.Contains(named[other], subject) })
			if !yields {
				named[r.ID] = append(named[r.ID], subject)
			}
		}
		var found int
		if err := db.QueryRow("SELECT found FROM rule WHERE rule_id = ?", r.ID).Scan(&found); err != nil {
			t.Fatal(err)
		}
		if len(named[r.ID]) != found || found == 0 {
			t.Errorf("%s: pasted %d, found %d", r.ID, len(named[r.ID]), found)
		}
	}
}

func conn(t *testing.T, db *sql.DB) *sql.Conn {
	t.Helper()
	c, err := db.Conn(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// paste gives a query of a rule's subjects and its conditions.
func paste(db *sql.DB, r *matchers.Rule) (string, []string, error) {
	rows, err := db.Query("DESCRIBE " + r.SQL)
	if err != nil {
		return "", nil, err
	}
	defer rows.Close()
	subject, conditions := "", []string(nil)
	for rows.Next() {
		var name, kind string
		var rest [4]any
		if err := rows.Scan(&name, &kind, &rest[0], &rest[1], &rest[2], &rest[3]); err != nil {
			return "", nil, err
		}
		if subject == "" {
			subject = name
		}
		if kind == "BOOLEAN" {
			conditions = append(conditions, `"`+name+`"`)
		}
	}
	return fmt.Sprintf("SELECT %s FROM (%s)", subject, r.SQL), conditions, rows.Err()
}
