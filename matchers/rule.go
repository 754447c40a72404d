package matchers

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Rule is one rule: its head, which a policy officer reads, and its SELECT.
type Rule struct {
	ID          string   `yaml:"id"`
	Name        string   `yaml:"name"`
	Category    string   `yaml:"category"`    // 漏保, 错保, 错退, 补贴未落实, 防贫监测, 数据质量
	Severity    string   `yaml:"severity"`    // high, medium, low
	Attachment2 string   `yaml:"attachment2"` // the row of Attachment 2: 防贫监测, 社会保障 or none
	Needs       []string `yaml:"needs"`       // kinds, and kind.column, without which it cannot speak; of a|b one will do
	Basis       []Basis  `yaml:"basis"`
	Innocent    []string `yaml:"innocent"`  // verdicts that explain the finding lawfully
	YieldsTo    []string `yaml:"yields_to"` // rules that already name the subject
	Check       string   `yaml:"check"`     // what to look at on the visit
	Statement   string   `yaml:"statement"` // with {fact} and {parameter}

	SQL string `yaml:"-"` // the SELECT
}

// Basis is the document, and where it matters the sentence, that a rule rests on.
type Basis struct {
	Document string `yaml:"document"`
	Text     string `yaml:"text"`
}

// Rules parses the embedded rules, sorted by id.
func Rules() ([]*Rule, error) {
	names, err := fs.Glob(files, "rules/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	sort.Strings(names)
	var rules []*Rule
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		r, err := ParseRule(string(text))
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		if want := strings.TrimSuffix(path.Base(name), ".sql"); r.ID != want {
			return nil, fmt.Errorf("read %s: id is %q", name, r.ID)
		}
		rules = append(rules, r)
	}
	return rules, nil
}

// ParseRule reads a rule's file: the head between /* @rule and @rule */, the
// SELECT behind it.
func ParseRule(text string) (*Rule, error) {
	head, body, ok := strings.Cut(text, "@rule */")
	head, ok2 := strings.CutPrefix(strings.TrimSpace(head), "/* @rule")
	if !ok || !ok2 {
		return nil, fmt.Errorf("find head: no /* @rule … @rule */")
	}
	r := &Rule{SQL: strings.TrimSuffix(strings.TrimSpace(body), ";")}
	decoder := yaml.NewDecoder(bytes.NewReader([]byte(head)))
	decoder.KnownFields(true)
	if err := decoder.Decode(r); err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	for _, missing := range []struct{ key, value string }{{"id", r.ID}, {"name", r.Name}, {"category", r.Category},
		{"severity", r.Severity}, {"attachment2", r.Attachment2}, {"check", r.Check}, {"statement", r.Statement}, {"SELECT", r.SQL}} {
		if missing.value == "" {
			return nil, fmt.Errorf("read head: no %s", missing.key)
		}
	}
	if !strings.Contains(r.Statement, "疑似") && !strings.Contains(r.Statement, "需核实") {
		return nil, fmt.Errorf("read head: the statement decides; it must say 疑似 or 需核实")
	}
	return r, nil
}

// Examples is the text of the rule's examples, in txtar form.
func (r *Rule) Examples() (string, error) {
	text, err := files.ReadFile("rules/" + r.ID + ".txtar")
	if err != nil {
		return "", fmt.Errorf("read examples of %s: %w", r.ID, err)
	}
	return string(text), nil
}

// shape is what DESCRIBE says of a rule's SELECT.
type shape struct {
	subject    string // person_id, household_id, dibao_household_id or row_id
	conditions []string
	facts      []column
}

type column struct{ name, kind string }

// levels are the words of findings.csv for the subjects.
var levels = map[string]string{"person_id": "person", "household_id": "household", "dibao_household_id": "household", "row_id": "row"}

// describe finds a rule's subject, conditions and facts out.
func (r *Rule) describe(ctx context.Context, db *sql.Conn) (*shape, error) {
	rows, err := db.QueryContext(ctx, "SELECT column_name, column_type FROM (DESCRIBE "+r.SQL+")")
	if err != nil {
		return nil, fmt.Errorf("describe %s: %w", r.ID, err)
	}
	defer rows.Close()
	s := &shape{}
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.name, &c.kind); err != nil {
			return nil, fmt.Errorf("describe %s: %w", r.ID, err)
		}
		switch {
		case s.subject == "":
			s.subject = c.name
		case c.kind == "BOOLEAN":
			s.conditions = append(s.conditions, c.name)
		default:
			s.facts = append(s.facts, c)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("describe %s: %w", r.ID, err)
	}
	if levels[s.subject] == "" {
		return nil, fmt.Errorf("describe %s: first column %q is no subject", r.ID, s.subject)
	}
	if len(s.conditions) == 0 {
		return nil, fmt.Errorf("describe %s: no condition", r.ID)
	}
	return s, nil
}

// inOrder puts rules behind those that they yield to.
func inOrder(rules []*Rule) ([]*Rule, error) {
	var done []*Rule
	ids := map[string]bool{}
	for _, r := range rules {
		ids[r.ID] = true
	}
	placed := map[string]bool{}
	for len(done) < len(rules) {
		before := len(done)
		for _, r := range rules {
			ready := !slices.ContainsFunc(r.YieldsTo, func(id string) bool { return ids[id] && !placed[id] })
			if !placed[r.ID] && ready {
				placed[r.ID] = true
				done = append(done, r)
			}
		}
		if len(done) == before {
			return nil, fmt.Errorf("order rules: they yield to each other")
		}
	}
	return done, nil
}
