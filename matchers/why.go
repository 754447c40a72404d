package matchers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hedui/pipeline/gather"
)

// Truth is one condition of a rule for one subject. Holds is NULL where the
// condition cannot be known.
type Truth struct {
	Condition string
	Holds     sql.NullBool
	Grounds   []Ground // what the condition looked at; told of the deciding one alone
}

// Ground is a word, fact or parameter with its value for one subject; Value is a
// code where the column holds codes, and empty where nothing is known of it.
type Ground struct {
	Name         string // the column or parameter
	Label, Value string
	Kinds        []string // the rosters that it comes from
}

// Questions are asked of the rules after Find, about single subjects.
type Questions struct {
	engine engine
	shapes map[*Rule]*shape
}

// Ask makes ready for questions about what Find found.
func Ask(ctx context.Context, db *sql.Conn) (*Questions, error) {
	q := &Questions{engine: engine{db: db}, shapes: map[*Rule]*shape{}}
	return q, q.engine.prepare(ctx)
}

func (q *Questions) shape(ctx context.Context, r *Rule) (s *shape, err error) {
	if q.shapes[r] == nil {
		q.shapes[r], err = r.describe(ctx, q.engine.db)
	}
	return q.shapes[r], err
}

// Why gives a rule's conditions, in order, for a subject that the rule examines;
// Decides tells which of them is why it did not fire. Nothing comes back for
// a subject that the rule does not look at.
func (q *Questions) Why(ctx context.Context, r *Rule, subject string) ([]Truth, error) {
	s, err := q.shape(ctx, r)
	if err != nil {
		return nil, err
	}
	e := &q.engine
	names := e.names(r, s)
	truths := make([]Truth, len(names))
	into := make([]any, len(names))
	for i, name := range names {
		truths[i].Condition = name
		into[i] = &truths[i].Holds
	}
	query := fmt.Sprintf("SELECT %s FROM (%s) WHERE %s = ?", strings.Join(r.holds(s), ", "), r.SQL, s.subject)
	rows, err := e.db.QueryContext(ctx, query, subject)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.ID, err)
	}
	defer rows.Close()
	if !rows.Next() {
		return nil, rows.Err()
	}
	if err := rows.Scan(into...); err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.ID, err)
	}
	if i := Decides(truths); i >= 0 && i < len(s.conditions) {
		truths[i].Grounds, err = e.grounds(ctx, r, s, s.conditions[i], subject)
	}
	return truths, err
}

// Decides gives the condition that kept a rule from firing: the first that does
// not hold, else the first that cannot be known, for one no is a no whatever
// else is unknown. -1 where all hold: the rule fired.
func Decides(truths []Truth) int {
	if i := slices.IndexFunc(truths, func(t Truth) bool { return t.Holds.Valid && !t.Holds.Bool }); i >= 0 {
		return i
	}
	return slices.IndexFunc(truths, func(t Truth) bool { return !t.Holds.Valid })
}

// Subject is what a rule looks at, so far as it concerns one person.
type Subject struct {
	ID        string
	Column    string // the rule's first: person_id, household_id …
	Suspended bool   // a roster that the rule leans on is held for it
}

// Subjects lists those subjects of a rule's level that concern a person: the
// person, the person's households, or the person's rows.
func (q *Questions) Subjects(ctx context.Context, r *Rule, personID string) ([]Subject, error) {
	s, err := q.shape(ctx, r)
	if err != nil {
		return nil, err
	}
	e := &q.engine
	query := fmt.Sprintf("SELECT %s, %s, %s FROM (%s) ORDER BY 1", s.subject, quote(s.subject), e.suspends(r).subjects(s.subject), fmt.Sprintf(ofPeople[s.subject], "SELECT ?::VARCHAR"))
	subjects, err := gather.Rows(ctx, e.db, query, func(one *Subject) []any { return []any{&one.ID, &one.Column, &one.Suspended} }, personID)
	if err != nil {
		return nil, fmt.Errorf("list subjects of %s: %w", r.ID, err)
	}
	return subjects, nil
}

// grounds tells what one condition of a rule looked at: the columns that its
// expression names, as they stand beside it for the subject. A word that rests on
// others, as the dictionary says (because), is told by those of them that hold.
func (e *engine) grounds(ctx context.Context, r *Rule, s *shape, condition, subject string) ([]Ground, error) {
	statement, columns, err := e.beside(ctx, r, condition)
	if err != nil || len(columns) == 0 {
		return nil, err
	}
	values, err := e.row(ctx, "SELECT * FROM ("+statement+") WHERE "+s.subject+" = ?", subject)
	if err != nil {
		return nil, fmt.Errorf("tell the grounds of %s: %w", r.ID, err)
	}
	var words map[string]sql.NullString // all that is said of a person or household
	if table := strings.TrimSuffix(s.subject, "_id"); slices.Contains([]string{"person", "household", "dibao_household"}, table) {
		if words, err = e.row(ctx, "SELECT * FROM "+table+" WHERE "+s.subject+" = ?", subject); err != nil {
			return nil, fmt.Errorf("tell the grounds of %s: %w", r.ID, err)
		}
	}
	parameters, err := gather.Map(ctx, e.db, "SELECT parameter, label FROM policy_value")
	if err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	var told []Ground
	for _, c := range columns {
		name := c[strings.LastIndex(c, ".")+1:]
		if label := parameters[name]; label != "" && (strings.HasPrefix(c, "policy.") || e.facts[name].Label == "") {
			told = append(told, Ground{Name: name, Label: label, Value: e.policy[name]})
			continue
		}
		if own := r.Facts[name]; own != "" {
			told = append(told, fact{Label: own}.ground(name, values[c].String))
			continue
		}
		told = append(told, e.ground(name, values[c], words)...)
	}
	return distinct(told), nil
}

// distinct leaves out what another word has told already.
func distinct(told []Ground) []Ground {
	var kept []Ground
	for _, g := range told {
		if !slices.ContainsFunc(kept, func(k Ground) bool { return k.Label == g.Label && k.Value == g.Value }) {
			kept = append(kept, g)
		}
	}
	return kept
}

// ground is a column told by what it rests on, or where that says nothing by itself.
func (e *engine) ground(name string, value sql.NullString, words map[string]sql.NullString) []Ground {
	var told []Ground
	for _, because := range e.facts[name].Because {
		if v := words[because]; v.Valid && v.String != "false" {
			told = append(told, e.facts[because].ground(because, v.String))
		}
	}
	if told == nil && e.facts[name].Label != "" {
		told = append(told, e.facts[name].ground(name, value.String))
	}
	return told
}

func (f fact) ground(name, value string) Ground {
	switch value {
	case "true":
		value = "是"
	case "false":
		value = "否"
	}
	return Ground{Name: name, Label: f.Label, Value: value, Kinds: f.Kinds}
}

// row gives the one row of a query by column, every value as text and money
// without idle zeros; nothing where there is no row.
func (e *engine) row(ctx context.Context, query string, args ...any) (map[string]sql.NullString, error) {
	columns, err := columnsOf(ctx, e.db, query, args...)
	if err != nil {
		return nil, err
	}
	var shown []string
	values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i, c := range columns {
		shown = append(shown, c.shown())
		into[i] = &values[i]
	}
	err = e.db.QueryRowContext(ctx, "SELECT "+strings.Join(shown, ", ")+" FROM ("+query+")", args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	found := map[string]sql.NullString{}
	for i, c := range columns {
		found[c.name] = values[i]
	}
	return found, nil
}

// beside rewrites a rule's statement, with DuckDB's own parser, to select its
// subject and the columns that a condition names, each under that name. It gives no
// column where the condition names none of the statement's own tables.
func (e *engine) beside(ctx context.Context, r *Rule, condition string) (statement string, columns []string, err error) {
	var text string
	if err := e.db.QueryRowContext(ctx, "SELECT json_serialize_sql(?::VARCHAR)", r.SQL).Scan(&text); err != nil {
		return "", nil, fmt.Errorf("parse %s: %w", r.ID, err)
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber() // places in the text may be beyond a float's reach
	var parsed struct {
		Error      bool `json:"error"`
		Statements []struct {
			Node map[string]any `json:"node"`
		} `json:"statements"`
	}
	if err := decoder.Decode(&parsed); err != nil || len(parsed.Statements) != 1 {
		return "", nil, fmt.Errorf("parse %s: %d statements: %w", r.ID, len(parsed.Statements), err)
	}
	node := parsed.Statements[0].Node
	selected, _ := node["select_list"].([]any)
	i := slices.IndexFunc(selected, func(item any) bool { return alias(item) == condition })
	if groups, _ := node["group_expressions"].([]any); i < 0 || len(groups) > 0 {
		return "", nil, nil
	}
	named := map[string]any{}
	namedIn(selected[i], named)
	columns = slices.Sorted(maps.Keys(named))
	list := []any{selected[0]}
	for _, c := range columns {
		list = append(list, named[c])
	}
	node["select_list"] = list
	rewritten, err := json.Marshal(parsed)
	if err != nil {
		return "", nil, fmt.Errorf("rewrite %s: %w", r.ID, err)
	}
	if err := e.db.QueryRowContext(ctx, "SELECT json_deserialize_sql(?::JSON)", string(rewritten)).Scan(&statement); err != nil {
		return "", nil, fmt.Errorf("rewrite %s: %w", r.ID, err)
	}
	return statement, columns, nil
}

// alias is the name of a selected column.
func alias(item any) string {
	m, _ := item.(map[string]any)
	if name, _ := m["alias"].(string); name != "" {
		return name
	}
	return columnName(m)
}

// columnName is a column as an expression names it, with its table if so; "" for
// any other expression.
func columnName(node map[string]any) string {
	if node["class"] != "COLUMN_REF" {
		return ""
	}
	var names []string
	parts, _ := node["column_names"].([]any)
	for _, part := range parts {
		name, _ := part.(string)
		names = append(names, name)
	}
	return strings.Join(names, ".")
}

// namedIn gathers the columns that an expression names. Those in a query or
// lambda of its own may not be there outside of it.
func namedIn(node any, into map[string]any) {
	switch n := node.(type) {
	case []any:
		for _, child := range n {
			namedIn(child, into)
		}
	case map[string]any:
		if name := columnName(n); name != "" {
			n["alias"] = name
			into[name] = n
			return
		}
		if class := n["class"]; class == "SUBQUERY" || class == "LAMBDA" {
			return
		}
		for _, child := range n {
			namedIn(child, into)
		}
	}
}
