package matchers

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Entry is a rule as the catalogue tells it: what is derived from its SELECT is
// not stated a second time in its head.
type Entry struct {
	*Rule
	Level      string   // person, household or row
	Conditions []string // in order, with the values in force filled in
	Sentence   string   // the statement, its facts by their Chinese names in 〔〕
	Parameters []ParameterTold
	RightedBy  []string // the Chinese names of its Righted
}

// ParameterTold is a parameter of the policy with the value in force, and all
// the built-in values in the order of their days.
type ParameterTold struct {
	Name, Label, Unit string
	InForce           ValueTold
	Values            []ValueTold
}

// ValueTold is a parameter's value; Since is its first day, empty for one that
// always held, CheckedOn the day on which somebody last compared it with the document
// it rests on, empty where there is none. Overridden is one out of config.yaml.
type ValueTold struct {
	Value, Since, Basis, CheckedOn string
	Overridden                     bool
}

// Catalogue describes the rules under the policy in force. It needs what Resolve
// leaves, be it of empty rosters. A rule that does not compile, or whose
// statement or facts nobody could read, is an error.
func Catalogue(ctx context.Context, db *sql.Conn, rules []*Rule) ([]Entry, error) {
	e := &engine{db: db}
	if err := e.prepare(ctx); err != nil {
		return nil, err
	}
	policy, err := parametersTold(ctx, db)
	if err != nil {
		return nil, err
	}
	var entries []Entry
	for _, r := range rules {
		s, err := r.describe(ctx, db)
		if err != nil {
			return nil, err
		}
		if err := e.readable(r, s); err != nil {
			return nil, fmt.Errorf("describe %s: %w", r.ID, err)
		}
		entry := Entry{Rule: r, Level: levels[s.subject], Conditions: e.names(r, s), Sentence: e.sentence(r)}
		for _, name := range e.parameters(r) {
			entry.Parameters = append(entry.Parameters, policy[name])
		}
		for _, word := range r.Righted {
			entry.RightedBy = append(entry.RightedBy, e.facts[word].Label)
		}
		entries = append(entries, entry)
	}
	return entries, nil
}

// readable refuses a fact without a Chinese name, and a statement that names what there is not.
func (e *engine) readable(r *Rule, s *shape) error {
	if _, err := e.factList(r, s); err != nil {
		return err
	}
	for _, c := range s.conditions {
		if left := slot.FindString(e.fill(c)); left != "" {
			return fmt.Errorf("condition names %s, which is no parameter", left)
		}
	}
	for _, found := range slot.FindAllStringSubmatch(e.fill(r.Statement), -1) {
		if !s.has(found[1]) {
			return fmt.Errorf("statement names %s, which is neither a fact nor a parameter", found[0])
		}
	}
	return nil
}

// sentence is a rule's statement for somebody who has no finding before him.
func (e *engine) sentence(r *Rule) string {
	return slot.ReplaceAllStringFunc(e.fill(r.Statement), func(s string) string {
		name := s[1 : len(s)-1]
		if own := r.Facts[name]; own != "" {
			return "〔" + own + "〕"
		}
		return "〔" + e.label(name) + "〕"
	})
}

var (
	comment = regexp.MustCompile(`--[^\n]*`)
	token   = regexp.MustCompile(`([a-z_0-9]+\.)?[a-z_][a-z_0-9]*`)
	policed = regexp.MustCompile(`\bpolicy\b`)
)

// parameters lists the policy's numbers on which a rule rests: those that its
// text names, and those behind the words that it uses.
func (e *engine) parameters(r *Rule) []string {
	text := comment.ReplaceAllString(r.SQL, "")
	used := map[string]bool{}
	reads := policed.MatchString(text) // a person's nursing_subsidy is no parameter
	for _, found := range token.FindAllString(text, -1) {
		table, name, qualified := strings.Cut(found, ".")
		if !qualified {
			name = table
		}
		for _, parameter := range e.facts[name].Parameters {
			used[parameter] = true
		}
		if _, ok := e.policy[name]; ok && reads && (!qualified || table == "policy") {
			used[name] = true
		}
	}
	for _, found := range slot.FindAllStringSubmatch(text+r.Statement, -1) {
		if _, ok := e.policy[found[1]]; ok {
			used[found[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// parametersTold gives the policy's parameters by name.
func parametersTold(ctx context.Context, db *sql.Conn) (map[string]ParameterTold, error) {
	known, err := knownParameters()
	if err != nil {
		return nil, err
	}
	all := map[string]ParameterTold{}
	for _, k := range known {
		told := ParameterTold{Name: k.Name, Label: k.Label, Unit: k.Unit}
		for _, v := range k.Values {
			text, err := render(k.Type, v.Value)
			if err != nil {
				return nil, fmt.Errorf("read policy %s: %w", k.Name, err)
			}
			told.Values = append(told.Values, ValueTold{Value: text, Basis: v.Basis, Since: dayTold(v.From), CheckedOn: dayTold(v.CheckedOn)})
		}
		v := &told.InForce
		err := db.QueryRowContext(ctx, "SELECT value, coalesce(since::VARCHAR, ''), coalesce(basis, ''), overridden FROM policy_value WHERE parameter = ?", k.Name).
			Scan(&v.Value, &v.Since, &v.Basis, &v.Overridden)
		if err != nil {
			return nil, fmt.Errorf("read policy %s: %w", k.Name, err)
		}
		for _, builtIn := range told.Values {
			if !v.Overridden && builtIn.Since == v.Since {
				v.CheckedOn = builtIn.CheckedOn
			}
		}
		all[k.Name] = told
	}
	return all, nil
}

// dayTold is empty for no day.
func dayTold(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}
