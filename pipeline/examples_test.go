package pipeline_test

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"hedui/matchers"
	"hedui/pipeline"
)

// The examples of a rule are rosters, as departments send them, with two
// columns more: 期望 says of the row's subject whether the rule finds it (查出)
// or not (不查出), 说明 why. They go through the night's own stages. Where no
// row says 查出 the rule must be silent, and for each of its conditions there
// must be a subject that this condition alone keeps out.

const (
	found    = "查出"
	notFound = "不查出"
)

func TestExamples(t *testing.T) {
	rules, err := matchers.Rules("")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			t.Parallel()
			checkExamples(t, rules, r)
		})
	}
}

// TestEveryExampleHasItsRule keeps examples from outliving their rule.
func TestEveryExampleHasItsRule(t *testing.T) {
	files, err := filepath.Glob("../matchers/rules/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d examples, error %v", len(files), err)
	}
	for _, file := range files {
		if _, err := os.Stat(strings.TrimSuffix(file, ".txtar") + ".sql"); err != nil {
			t.Error(err)
		}
	}
}

func checkExamples(t *testing.T, rules []*matchers.Rule, r *matchers.Rule) {
	text, err := r.Examples()
	if err != nil {
		t.Fatal(err)
	}
	ex, err := parseExamples(text)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := ex.send(folder); err != nil {
		t.Fatal(err)
	}
	w := pipeline.WalkExamples(t, folder, ex.days(), ex.policy)
	ctx, db := context.Background(), w.Conn()
	outcomes, err := matchers.Find(ctx, db, withYielding(rules, r))
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range outcomes {
		if o.Status != matchers.Evaluated {
			t.Fatalf("%s: %s: %s", o.Rule.ID, o.Status, o.Reason)
		}
	}
	tried, err := try(ctx, db, r)
	if err != nil {
		t.Fatal(err)
	}
	expected := ex.bySubject(t, ctx, db, tried.level)
	tried.checkFound(t, expected)
	tried.checkNeeded(t, expected)
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

// examples are a rule's, parsed.
type examples struct {
	asOf   string
	policy string // YAML for config.yaml
	files  []txtar.File
	rows   []expectation
}

// expectation is a row that says 查出 or 不查出.
type expectation struct {
	file   string
	row    int // the line in the file
	found  bool
	reason string
}

func (e expectation) String() string { return fmt.Sprintf("%s:%d（%s）", e.file, e.row, e.reason) }

func parseExamples(text string) (*examples, error) {
	archive := txtar.Parse([]byte(text))
	var head struct {
		AsOf   string         `yaml:"as_of"`
		Policy map[string]any `yaml:"policy"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(archive.Comment))
	decoder.KnownFields(true)
	if err := decoder.Decode(&head); err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	policy, err := yaml.Marshal(map[string]any{"policy": head.Policy})
	if err != nil {
		return nil, fmt.Errorf("write policy: %w", err)
	}
	ex := &examples{asOf: head.AsOf, policy: string(policy), files: archive.Files}
	for _, f := range archive.Files {
		rows, err := expectations(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
		ex.rows = append(ex.rows, rows...)
	}
	if !slices.ContainsFunc(ex.rows, func(e expectation) bool { return e.found }) {
		return nil, errors.New("read examples: no row says 查出")
	}
	return ex, nil
}

// expectations reads the columns 期望 and 说明; only today's files have them.
func expectations(f txtar.File) ([]expectation, error) {
	reader := csv.NewReader(bytes.NewReader(f.Data))
	header, err := reader.Read()
	if err != nil {
		return nil, err
	}
	at := slices.Index(header, "期望")
	if at < 0 {
		return nil, nil
	}
	if at != len(header)-2 || header[at+1] != "说明" || path.Dir(f.Name) != "." {
		return nil, errors.New("期望 and 说明 are the last two columns of today's rosters")
	}
	var list []expectation
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		row, _ := reader.FieldPos(0)
		switch cells[at] {
		case found, notFound:
			list = append(list, expectation{f.Name, row, cells[at] == found, cells[at+1]})
		case "":
		default:
			return nil, fmt.Errorf("row %d: 期望 is %q", row, cells[at])
		}
	}
}

// days are those of the snapshots, earliest first; the last is as_of.
func (ex *examples) days() []string {
	days := map[string]bool{ex.asOf: true}
	for _, f := range ex.files {
		if day := path.Dir(f.Name); day != "." {
			days[day] = true
		}
	}
	return slices.Sorted(maps.Keys(days))
}

// send writes the rosters into one inbox a day.
func (ex *examples) send(folder string) error {
	for _, f := range ex.files {
		name := f.Name
		if path.Dir(name) == "." {
			name = path.Join(ex.asOf, name)
		}
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, f.Data, 0o600)); err != nil {
			return err
		}
	}
	return nil
}

// subjects tells of every row of today's rosters whom it makes a subject of,
// by the level of the rule.
var subjects = map[string]string{
	"person_id":          "SELECT path, row_number, person_id FROM %s",
	"row_id":             "SELECT path, row_number, row_id FROM %s",
	"household_id":       "SELECT path, row_number, town || '|' || household_no FROM %s WHERE '%[1]s' = 'registered_poor'",
	"dibao_household_id": "SELECT path, row_number, town || '|' || household_no FROM %s WHERE '%[1]s' = 'dibao'",
}

// holders are the rosters whose rows may be subjects of a level.
var holders = map[string][]string{
	"person_id":          {"registered_poor", "dibao", "tekun", "disability", "medical_aid", "school", "temporary_aid", "verification"},
	"row_id":             {"registered_poor", "dibao", "tekun", "disability", "medical_aid", "school", "temporary_aid", "verification"},
	"household_id":       {"registered_poor"},
	"dibao_household_id": {"dibao"},
}

// bySubject gives the expectations by subject; each has one row that speaks of it.
func (ex *examples) bySubject(t *testing.T, ctx context.Context, db *sql.Conn, level string) map[string]expectation {
	t.Helper()
	var queries []string
	for _, kind := range holders[level] {
		queries = append(queries, fmt.Sprintf(subjects[level], kind))
	}
	rows, err := db.QueryContext(ctx, strings.Join(queries, " UNION ALL "))
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	type place struct {
		file string
		row  int
	}
	subject := map[place]string{}
	for rows.Next() {
		var p place
		var s string
		if err := rows.Scan(&p.file, &p.row, &s); err != nil {
			t.Fatal(err)
		}
		subject[p] = s
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	expected := map[string]expectation{}
	for _, e := range ex.rows {
		s, ok := subject[place{e.file, e.row}]
		if !ok {
			t.Errorf("%s: the row has no %s", e, level)
		}
		if other, twice := expected[s]; twice {
			t.Errorf("%s and %s speak of the same subject", other, e)
		}
		expected[s] = e
	}
	return expected
}

// trial is what a rule said of every subject that it examined.
type trial struct {
	level      string                    // the subject's column
	conditions []string                  // in order
	truths     map[string][]sql.NullBool // subject to the truth of each condition
	fired      map[string]bool           // what the engine found
}

// try asks a rule's SELECT as it stands, and the engine's result.
func try(ctx context.Context, db *sql.Conn, r *matchers.Rule) (*trial, error) {
	tr := &trial{truths: map[string][]sql.NullBool{}}
	var err error
	if tr.fired, err = tr.hits(ctx, db, []string{r.ID}); err != nil {
		return nil, err
	}
	named, err := tr.hits(ctx, db, r.YieldsTo)
	if err != nil {
		return nil, err
	}
	rows, err := db.QueryContext(ctx, r.SQL)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.ColumnTypes()
	if err != nil {
		return nil, err
	}
	tr.level = columns[0].Name()
	var at []int
	for i, c := range columns[1:] {
		if c.DatabaseTypeName() == "BOOLEAN" {
			at, tr.conditions = append(at, i+1), append(tr.conditions, c.Name())
		}
	}
	if len(r.YieldsTo) > 0 {
		tr.conditions = append(tr.conditions, "未列入"+strings.Join(r.YieldsTo, "、"))
	}
	for rows.Next() {
		cells := make([]any, len(columns))
		into := make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		subject, _ := cells[0].(string)
		if _, twice := tr.truths[subject]; twice {
			return nil, fmt.Errorf("examine %s: a subject stands twice", r.ID)
		}
		var truths []sql.NullBool
		for _, i := range at {
			value, known := cells[i].(bool)
			truths = append(truths, sql.NullBool{Bool: value, Valid: known})
		}
		if len(r.YieldsTo) > 0 {
			truths = append(truths, sql.NullBool{Bool: !named[subject], Valid: true})
		}
		tr.truths[subject] = truths
	}
	return tr, rows.Err()
}

// hits lists the subjects that the engine found under the rules.
func (tr *trial) hits(ctx context.Context, db *sql.Conn, ids []string) (map[string]bool, error) {
	subjects := map[string]bool{}
	for _, id := range ids {
		rows, err := db.QueryContext(ctx, "SELECT subject FROM hit WHERE rule_id = ?", id)
		if err != nil {
			return nil, err
		}
		defer rows.Close()
		for rows.Next() {
			var s string
			if err := rows.Scan(&s); err != nil {
				return nil, err
			}
			subjects[s] = true
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return subjects, nil
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

// checkFound compares the findings with the expectations, and the engine's
// with what the rule's own conditions say.
func (tr *trial) checkFound(t *testing.T, expected map[string]expectation) {
	t.Helper()
	for subject, e := range expected {
		if e.found && !tr.fired[subject] {
			t.Errorf("%s: 应查出而未查出；%s", e, tr.why(subject))
		}
		if !e.found && tr.fired[subject] {
			t.Errorf("%s: 不应查出而查出；%s", e, tr.why(subject))
		}
	}
	for subject := range tr.fired {
		if _, ok := expected[subject]; !ok {
			t.Errorf("%s %s: 没有哪一行期望查出而查出", tr.level, subject)
		}
	}
	for subject, truths := range tr.truths {
		if verdict := without(truths, -1); (verdict.Valid && verdict.Bool) != tr.fired[subject] {
			t.Errorf("%s %s: 引擎的结果与条件不一致", tr.level, subject)
		}
	}
}

// why says which conditions keep a subject out.
func (tr *trial) why(subject string) string {
	truths, examined := tr.truths[subject]
	if !examined {
		return "不在比对范围内"
	}
	var not []string
	for i, holds := range truths {
		switch {
		case !holds.Valid:
			not = append(not, tr.conditions[i]+"（无从得知）")
		case !holds.Bool:
			not = append(not, tr.conditions[i])
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
func (tr *trial) checkNeeded(t *testing.T, expected map[string]expectation) {
	t.Helper()
	for i, condition := range tr.conditions {
		needed := false
		for subject, truths := range tr.truths {
			if e, ok := expected[subject]; ok && !e.found {
				needed = needed || without(truths, -1) != without(truths, i)
			}
		}
		if !needed {
			t.Errorf("条件“%s”：没有哪一行只由它排除", condition)
		}
	}
}
