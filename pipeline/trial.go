package pipeline

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"hedui/matchers"
	"hedui/pipeline/gather"
	"hedui/sources/roster"
)

// Trial is what a rule said of its examples: they go through the night's own
// stages. Where no row says 查出 the rule must be silent, and for each of its
// conditions there must be a subject that this condition alone keeps out.
type Trial struct {
	Results    []Result
	Conditions []ConditionTried
	Faults     []string // all that is not as it should be, in Chinese; empty: the rule does what its examples say
}

// Result is one example row that expects something.
type Result struct {
	File   string
	Line   int
	Expect bool // that the rule finds its subject
	Found  bool
	Reason string // of the expectation
	Why    string // which conditions did not hold
}

func (r Result) String() string { return fmt.Sprintf("%s:%d（%s）", r.File, r.Line, r.Reason) }

// ConditionTried is a condition with a row that it alone keeps out.
type ConditionTried struct {
	Name string
	Row  string // empty: there is none
}

// tryExamples walks the examples of r through the night's stages, in memory;
// rules hold those that r yields to. An error means that they could not be tried.
func tryExamples(ctx context.Context, rules []*matchers.Rule, r *matchers.Rule) (tried *Trial, err error) {
	text, err := r.Examples()
	if err != nil {
		return nil, err
	}
	ex, err := ParseExamples(text)
	if err != nil {
		return nil, err
	}
	x, err := newExampleNights(ctx, ex.Policy)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, x.Close()) }()
	if err := ex.send(x.folder); err != nil {
		return nil, err
	}
	if err := x.walk(ctx, ex.days()); err != nil {
		return nil, err
	}
	db := x.w.Conn()
	outcomes, err := matchers.Find(ctx, db, withYielding(rules, r), columnLabels())
	if err != nil {
		return nil, fmt.Errorf("find: %w", err)
	}
	tried = &Trial{}
	for _, o := range outcomes {
		if !o.Status.Spoke() {
			tried.fault("%s %s：%s", o.Rule.ID, o.Status, o.Reason)
		}
	}
	said, err := ask(ctx, db, r)
	if err != nil {
		return nil, err
	}
	return tried, tried.compare(ctx, db, ex, said)
}

func (tr *Trial) fault(format string, args ...any) {
	tr.Faults = append(tr.Faults, fmt.Sprintf(format, args...))
}

// withYielding is the rule and those that it yields to, directly or not.
func withYielding(rules []*matchers.Rule, r *matchers.Rule) []*matchers.Rule {
	list := []*matchers.Rule{r}
	for i := 0; i < len(list); i++ {
		for _, other := range rules {
			if slices.Contains(list[i].YieldsTo, other.ID) && !slices.Contains(list, other) {
				list = append(list, other)
			}
		}
	}
	return list
}

// said is what a rule said of every subject that it examined.
type said struct {
	level      string                    // the subject's column
	conditions []string                  // in order
	truths     map[string][]sql.NullBool // subject to the truth of each condition
	fired      map[string]bool           // what the engine found
}

// ask asks a rule's SELECT as it stands, and the engine's result.
func ask(ctx context.Context, db *sql.Conn, r *matchers.Rule) (*said, error) {
	s := &said{truths: map[string][]sql.NullBool{}}
	var err error
	if s.fired, err = hits(ctx, db, []string{r.ID}); err != nil {
		return nil, err
	}
	named, err := hits(ctx, db, r.YieldsTo)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, r.SQL)
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.ID, err)
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return nil, fmt.Errorf("ask %s: %w", r.ID, err)
	}
	s.level = columns[0].Name()
	var at []int
	for i, c := range columns[1:] {
		if c.DatabaseTypeName() == "BOOLEAN" {
			at, s.conditions = append(at, i+1), append(s.conditions, c.Name())
		}
	}
	if len(r.YieldsTo) > 0 {
		s.conditions = append(s.conditions, "未列入"+strings.Join(r.YieldsTo, "、"))
	}
	for rows.Next() {
		cells := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, fmt.Errorf("ask %s: %w", r.ID, err)
		}
		subject, _ := cells[0].(string)
		if _, twice := s.truths[subject]; twice {
			return nil, fmt.Errorf("ask %s: a subject stands twice", r.ID)
		}
		var truths []sql.NullBool
		for _, i := range at {
			value, known := cells[i].(bool)
			truths = append(truths, sql.NullBool{Bool: value, Valid: known})
		}
		if len(r.YieldsTo) > 0 {
			truths = append(truths, sql.NullBool{Bool: !named[subject], Valid: true})
		}
		s.truths[subject] = truths
	}
	return s, rows.Err()
}

// hits lists the subjects that the engine found under the rules.
func hits(ctx context.Context, db *sql.Conn, ids []string) (map[string]bool, error) {
	subjects := map[string]bool{}
	for _, id := range ids {
		found, err := gather.Column[string](ctx, db, "SELECT subject FROM hit WHERE rule_id = ?", id)
		if err != nil {
			return nil, fmt.Errorf("list what %s found: %w", id, err)
		}
		for _, s := range found {
			subjects[s] = true
		}
	}
	return subjects, nil
}

// compare fills the trial: expectations against findings, the engine's findings
// against the rule's own conditions, and each condition against the rows.
func (tr *Trial) compare(ctx context.Context, db *sql.Conn, ex *Examples, s *said) error {
	subject, err := subjectsOf(ctx, db, s.level)
	if err != nil {
		return err
	}
	expected := map[string]Result{}
	for _, f := range ex.Files {
		for _, row := range f.Rows {
			if row.Expectation == "" {
				continue
			}
			who, ok := subject[place{f.Name, row.Line}]
			result := Result{File: f.Name, Line: row.Line, Expect: row.Expectation == expectFound, Found: s.fired[who], Reason: row.Reason, Why: s.why(who)}
			if !ok {
				tr.fault("%s：这一行没有可作比对对象的人或户（%s）", result, s.level)
			}
			if other, twice := expected[who]; twice {
				tr.fault("%s 和 %s 说的是同一对象，只能有一行写期望", other, result)
			}
			expected[who] = result
			tr.Results = append(tr.Results, result)
			if result.Expect != result.Found {
				tr.fault("%s：期望%s，结果不是；%s", result, row.Expectation, result.Why)
			}
		}
	}
	for _, who := range slices.Sorted(maps.Keys(s.fired)) {
		if _, ok := expected[who]; !ok {
			tr.fault("%s %s：没有哪一行期望查出而查出", s.level, who)
		}
	}
	for _, who := range slices.Sorted(maps.Keys(s.truths)) {
		if verdict := without(s.truths[who], -1); (verdict.Valid && verdict.Bool) != s.fired[who] {
			tr.fault("%s %s：引擎的结果与条件不一致", s.level, who)
		}
	}
	tr.checkNeeded(s, expected)
	return nil
}

// without gives a subject's verdict if the condition did not exist; -1 leaves
// none out. As in SQL one no is a no, and what is not known is no yes.
func without(truths []sql.NullBool, condition int) sql.NullBool {
	verdict := sql.NullBool{Bool: true, Valid: true}
	for i, holds := range truths {
		switch {
		case i == condition:
		case !holds.Valid:
			verdict.Valid = false
		case !holds.Bool:
			return sql.NullBool{Valid: true}
		}
	}
	return verdict
}

// why says which conditions keep a subject out.
func (s *said) why(subject string) string {
	truths, examined := s.truths[subject]
	if !examined {
		return "不在比对范围内"
	}
	var not []string
	for i, holds := range truths {
		switch {
		case !holds.Valid:
			not = append(not, s.conditions[i]+"（无从得知）")
		case !holds.Bool:
			not = append(not, s.conditions[i])
		}
	}
	if not == nil {
		return "各项条件都成立"
	}
	return "不成立的条件：" + strings.Join(not, "；")
}

// checkNeeded takes each condition away in turn. Of some row that says 不查出
// the verdict must then be another: found, or, where nothing else asks whether
// an income is known, unknown instead of no. Otherwise the examples do not show
// what the condition is for.
func (tr *Trial) checkNeeded(s *said, expected map[string]Result) {
	for i, condition := range s.conditions {
		tried := ConditionTried{Name: condition}
		for _, who := range slices.Sorted(maps.Keys(s.truths)) {
			if e, ok := expected[who]; ok && !e.Expect && tried.Row == "" && without(s.truths[who], -1) != without(s.truths[who], i) {
				tried.Row = e.String()
			}
		}
		if tried.Row == "" {
			tr.fault("条件“%s”：没有哪一行只由它排除", condition)
		}
		tr.Conditions = append(tr.Conditions, tried)
	}
}

// place is a row of a file.
type place struct {
	file string
	line int
}

// subjectOf is, for each level of rule, the queries that tell of the rosters' rows
// whom each makes a subject of. Households that are gone have a row in an earlier
// snapshot alone.
var subjectOf = map[string][]string{
	"person_id":          ofEvery("SELECT path, row_number, person_id FROM %s"),
	"row_id":             ofEvery("SELECT path, row_number, row_id FROM %s"),
	"household_id":       {"SELECT path, row_number, town || '|' || household_no FROM registered_poor"},
	"dibao_household_id": {"SELECT path, row_number, town || '|' || household_no FROM dibao"},
	"listed_household_id": {
		"SELECT path, row_number, 'registered_poor|' || town || '|' || household_no FROM registered_poor",
		"SELECT path, row_number, 'dibao|' || town || '|' || household_no FROM dibao",
		"SELECT path, row_number, 'tekun|' || person_id FROM tekun",
		"SELECT path, row_number, listed FROM stood_at",
	},
}

func ofEvery(query string) []string {
	var queries []string
	for _, kind := range roster.Kinds() {
		queries = append(queries, fmt.Sprintf(query, kind.Name))
	}
	return queries
}

// subjectsOf gives the subject of every row of the rosters.
func subjectsOf(ctx context.Context, db *sql.Conn, level string) (map[place]string, error) {
	type row struct {
		place
		subject sql.NullString
	}
	rows, err := gather.Rows(ctx, db, strings.Join(subjectOf[level], " UNION ALL "), func(r *row) []any { return []any{&r.file, &r.line, &r.subject} })
	if err != nil {
		return nil, fmt.Errorf("list subjects: %w", err)
	}
	subject := map[place]string{}
	for _, r := range rows {
		subject[r.place] = r.subject.String
	}
	return subject, nil
}
