package matchers

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
)

//go:embed find.sql
var findSQL string

// Status says whether a rule could speak.
type Status string

// The statuses, as reports print them.
const (
	Evaluated    Status = "已执行"
	NotEvaluated Status = "未执行"
	Suspended    Status = "已暂停" // a roster that it leans on is held as a whole
)

// Statuses are all of them, the best first.
var Statuses = []Status{Evaluated, NotEvaluated, Suspended}

// Spoke says whether the rule was evaluated, if not in every town.
func (s Status) Spoke() bool { return s == Evaluated }

// Outcome is what became of one rule: Funnel counts the subjects examined, then
// those left after each condition; its last number is what was found.
type Outcome struct {
	Rule   *Rule
	Status Status
	Reason string // why not evaluated or suspended, also in which towns alone, and what it did without, in Chinese
	Funnel []int
	Took   time.Duration
}

// placesType is the type of a fact that is a list of rows (row_at in people/00_macros.sql).
const placesType = `STRUCT(kind VARCHAR, path VARCHAR, sheet VARCHAR, "row" INTEGER, as_of DATE)[]`

// hit holds what each rule found, before it is told in full; rule_text what
// the rules say of themselves in every finding.
const makeHitSQL = `
CREATE OR REPLACE TEMP TABLE hit (rule_id VARCHAR, scope VARCHAR, subject VARCHAR, suspended BOOLEAN, statement VARCHAR, amount_at_stake DECIMAL(14,2),
    doubt INTEGER, facts STRUCT(fact VARCHAR, "label" VARCHAR, "value" VARCHAR, kinds VARCHAR[], rows ` + placesType + `)[]);
CREATE OR REPLACE TEMP TABLE rule_text (rule_id VARCHAR, conditions VARCHAR[], needs VARCHAR[], doubted_by VARCHAR[]);
CREATE OR REPLACE TEMP TABLE rule_suspended (rule_id VARCHAR, town VARCHAR);
CREATE OR REPLACE TEMP TABLE rule_newcomer (rule_id VARCHAR, kind VARCHAR);
CREATE OR REPLACE TEMP TABLE rule_righted (rule_id VARCHAR, word VARCHAR);
CREATE OR REPLACE TEMP TABLE rule_passing (rule_id VARCHAR);
CREATE OR REPLACE TEMP TABLE rule_successor (rule_id VARCHAR, successor VARCHAR);
CREATE OR REPLACE TEMP TABLE rule_blind (rule_id VARCHAR, kind VARCHAR, column_name VARCHAR);
CREATE OR REPLACE TEMP TABLE moving_fact (fact VARCHAR);
CREATE OR REPLACE TEMP TABLE cell_fact (fact VARCHAR);
CREATE OR REPLACE TEMP TABLE rule (rule_id VARCHAR, category VARCHAR, name VARCHAR, level VARCHAR, severity VARCHAR,
    attachment2 VARCHAR, question VARCHAR, basis VARCHAR, "check" VARCHAR, status VARCHAR, reason VARCHAR, examined BIGINT, funnel VARCHAR, found BIGINT)`

// Find runs the rules after Resolve, heeds the holds in held_scope, tells earlier files'
// digests by file_digest, and fills the temporary tables found, rule, and for the ledger rule_suspended (the towns in
// which a rule does not speak), withheld (what it would have found), moving_fact
// and cell_fact (facts that change by themselves, or may be blank), rule_righted (of rules that look back a while,
// and then cease to see what is as it was, the words of a person that say that it was put right), rule_passing (those whose
// findings are gone with the next list), rule_successor (the rules that go on telling of what a rule no longer does) and
// rule_blind (of the columns by which a rule sees, those that tonight's rosters lack).
// Outcomes are in the order of the rules given. Columns tells a roster's column
// (medical_aid.aid_amount) in Chinese, for what a rule lacks.
func Find(ctx context.Context, db *sql.Conn, rules []*Rule, columns map[string]string) ([]Outcome, error) {
	return find(ctx, db, rules, columns, func([]*lookup) error { return nil })
}

// find looks for what every rule finds, and counts and tells it after between.
func find(ctx context.Context, db *sql.Conn, rules []*Rule, columns map[string]string, between func([]*lookup) error) ([]Outcome, error) {
	if _, err := db.ExecContext(ctx, makeHitSQL); err != nil {
		return nil, fmt.Errorf("make tables: %w", err)
	}
	ordered, err := inOrder(rules)
	if err != nil {
		return nil, err
	}
	e := &engine{db: db, columns: columns}
	if err := e.prepare(ctx); err != nil {
		return nil, err
	}
	if err := e.noteFacts(ctx); err != nil {
		return nil, err
	}
	var looks []*lookup
	for _, r := range ordered {
		start := time.Now()
		l, err := e.look(ctx, r)
		if err != nil {
			return nil, fmt.Errorf("run rule %s: %w", r.ID, err)
		}
		l.Took = time.Since(start)
		looks = append(looks, l)
	}
	if err := between(looks); err != nil {
		return nil, err
	}
	told := map[string]Outcome{}
	for _, l := range looks {
		start := time.Now()
		if err := e.count(ctx, l); err != nil {
			return nil, fmt.Errorf("count rule %s: %w", l.Rule.ID, err)
		}
		l.Took += time.Since(start)
		told[l.Rule.ID] = l.Outcome
	}
	if err := e.note(ctx, looks); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, findSQL); err != nil {
		return nil, fmt.Errorf("tell findings: %w", err)
	}
	var outcomes []Outcome
	for _, r := range rules {
		outcomes = append(outcomes, told[r.ID])
	}
	return outcomes, nil
}

// engine is what the rules of one night share.
type engine struct {
	db      *sql.Conn
	facts   map[string]fact
	policy  map[string]string          // parameter to value, for condition names and statements
	labels  map[string]string          // kind to its Chinese name
	columns map[string]string          // kind.column to its Chinese name
	has     map[string]map[string]bool // kind to the columns that are there; nil where it is not loaded
	empty   map[string]string          // labels of kinds that came without a row, though there are always some
	held    []heldScope
}

// lookup is one rule under way: hits are noted, nothing is counted yet.
type lookup struct {
	Outcome
	shape *shape
	held  suspension
}

func (e *engine) prepare(ctx context.Context) error {
	var err error
	if e.facts, err = dictionary(); err != nil {
		return err
	}
	if e.policy, err = gather.Map(ctx, e.db, "SELECT parameter, value FROM policy_value"); err != nil {
		return fmt.Errorf("read policy: %w", err)
	}
	if e.labels, err = gather.Map(ctx, e.db, "SELECT kind, label FROM roster_state"); err != nil {
		return fmt.Errorf("read rosters: %w", err)
	}
	columns, err := gather.Map(ctx, e.db, "SELECT kind, coalesce(array_to_string(columns, ','), '') FROM roster_state WHERE loaded")
	if err != nil {
		return fmt.Errorf("read rosters: %w", err)
	}
	e.has = map[string]map[string]bool{}
	for kind, list := range columns {
		e.has[kind] = map[string]bool{}
		for _, c := range strings.Split(list, ",") {
			e.has[kind][c] = true
		}
	}
	// A list of events may tell of none; that nobody at all is in dibao is a fault of the file.
	if e.empty, err = gather.Map(ctx, e.db, "SELECT kind, label FROM roster_state WHERE loaded AND rows = 0 AND kind NOT IN ('verification', 'temporary_aid')"); err != nil {
		return fmt.Errorf("read rosters: %w", err)
	}
	e.held, err = heldScopes(ctx, e.db)
	return err
}

// noteFacts lists the facts whose change is no news, and those whose being blank is none.
func (e *engine) noteFacts(ctx context.Context) error {
	var moving, cells [][]any
	for _, name := range slices.Sorted(maps.Keys(e.facts)) {
		if e.facts[name].Moves {
			moving = append(moving, []any{name})
		}
		if e.facts[name].Cell {
			cells = append(cells, []any{name})
		}
	}
	if err := errors.Join(insert(ctx, e.db, "moving_fact", moving), insert(ctx, e.db, "cell_fact", cells)); err != nil {
		return fmt.Errorf("list facts that move or may be blank: %w", err)
	}
	return nil
}

// lacking says, in Chinese, which roster or column a rule needs and does not
// have; "" when it can speak. Of needs joined by | any one will do.
func (e *engine) lacking(r *Rule) string {
	var reasons []string
	for _, need := range r.Needs {
		var missing []string
		for alternative := range strings.SplitSeq(need, "|") {
			if reason := e.missing(alternative); reason != "" {
				missing = append(missing, reason)
			}
		}
		if len(missing) == strings.Count(need, "|")+1 {
			reasons = append(reasons, strings.Join(slices.Compact(missing), "且"))
		}
	}
	slices.Sort(reasons)
	return strings.Join(slices.Compact(reasons), "；")
}

// partly says, in Chinese, which roster or column a rule that can speak has to do
// without; "" when it has all.
func (e *engine) partly(r *Rule) string {
	var missing []string
	for _, spared := range r.Spared() {
		if reason := e.missing(spared); reason != "" && !slices.Contains(missing, reason) {
			missing = append(missing, reason)
		}
	}
	if len(missing) == 0 {
		return ""
	}
	return strings.Join(missing, "、") + "，其余照查"
}

// kindsOf are the rosters that needs or wishes name, each a roster or one's column.
func kindsOf(needs []string) []string {
	kinds := []string{}
	for _, need := range needs {
		kind, _, _ := strings.Cut(need, ".")
		kinds = append(kinds, kind)
	}
	return kinds
}

// alternatives are all that a rule needs, what any one will do for included.
func (r *Rule) alternatives() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, need := range r.Needs {
			for alternative := range strings.SplitSeq(need, "|") {
				if !yield(alternative) {
					return
				}
			}
		}
	}
}

func (e *engine) missing(need string) string {
	kind, column, _ := strings.Cut(need, ".")
	switch columns := e.has[kind]; {
	case columns == nil:
		return "本期无" + e.labels[kind]
	case e.empty[kind] != "":
		return e.labels[kind] + "只有表头，没有一行"
	case column == "previous" && !columns[column]:
		return e.labels[kind] + "还没有上一期"
	case column != "" && !columns[column]:
		return e.labels[kind] + "缺“" + cmp.Or(e.columns[need], e.label(column)) + "”列" // of what is no column, but a word about the roster, the word
	}
	return ""
}

func (e *engine) label(name string) string {
	if f, ok := e.facts[name]; ok {
		return f.Label
	}
	return name
}

// look notes what a rule finds, where it can speak.
func (e *engine) look(ctx context.Context, r *Rule) (*lookup, error) {
	s, err := r.describe(ctx, e.db)
	if err != nil {
		return nil, err
	}
	l := &lookup{Outcome: Outcome{Rule: r, Status: NotEvaluated, Reason: e.lacking(r)}, shape: s}
	if l.Reason != "" {
		return l, nil
	}
	l.held = e.suspends(r)
	l.Status, l.Reason = l.held.status(), l.held.reason()
	if partly := e.partly(r); partly != "" && l.Status.Spoke() {
		l.Reason = strings.TrimPrefix(l.Reason+"；"+partly, "；")
	}
	return l, e.insert(ctx, r, s, l.held.subjects(s.subject))
}

// count fills in the funnel of a rule that could speak.
func (e *engine) count(ctx context.Context, l *lookup) (err error) {
	if l.Status.Spoke() {
		l.Funnel, err = e.funnel(ctx, l.Rule, l.shape, l.held.subjects(l.shape.subject))
	}
	return err
}

// holds lists a rule's conditions as SQL: its own, and where it yields to other
// rules that none of them names the subject.
func (r *Rule) holds(s *shape) []string {
	var list []string
	for _, c := range s.conditions {
		list = append(list, ident(c))
	}
	if len(r.YieldsTo) > 0 {
		list = append(list, fmt.Sprintf("(%s NOT IN (SELECT subject FROM hit WHERE rule_id IN (%s)))", s.subject, quoted(r.YieldsTo)))
	}
	return list
}

// names are the conditions' names as people read them.
func (e *engine) names(r *Rule, s *shape) []string {
	var list []string
	for _, c := range s.conditions {
		list = append(list, e.fill(c))
	}
	if len(r.YieldsTo) > 0 {
		list = append(list, "未列入"+strings.Join(r.YieldsTo, "、"))
	}
	return list
}

var slot = regexp.MustCompile(`\{([a-z_0-9]+)\}`)

// fill puts policy values into a condition's name.
func (e *engine) fill(text string) string {
	return slot.ReplaceAllStringFunc(text, func(s string) string {
		if v, ok := e.policy[s[1:len(s)-1]]; ok {
			return v
		}
		return s
	})
}

// funnel counts the subjects that the rule may speak about; suspended is SQL for
// those that it may not.
func (e *engine) funnel(ctx context.Context, r *Rule, s *shape, suspended string) ([]int, error) {
	holds := r.holds(s)
	selected := []string{"count(*)"}
	for i := range holds {
		selected = append(selected, "count(*) FILTER (WHERE "+strings.Join(holds[:i+1], " AND ")+")")
	}
	counts := make([]int, len(selected))
	into := make([]any, len(selected))
	for i := range counts {
		into[i] = &counts[i]
	}
	if err := e.db.QueryRowContext(ctx, "SELECT "+strings.Join(selected, ", ")+" FROM ("+r.SQL+") WHERE NOT "+suspended).Scan(into...); err != nil {
		return nil, fmt.Errorf("count: %w", err)
	}
	return counts, nil
}

// insert notes what the rule finds. What is suspended is noted too: a rule that
// yields to this one goes on doing so, or a data fault would make a finding of it.
func (e *engine) insert(ctx context.Context, r *Rule, s *shape, suspended string) error {
	facts, err := e.factList(r, s)
	if err != nil {
		return err
	}
	amount := "NULL"
	if s.has("amount_at_stake") {
		amount = "amount_at_stake"
	}
	doubts := []string{"0"}
	for _, c := range s.facts {
		if slices.Contains(monthly, c.name) {
			doubts = append(doubts, "CASE WHEN "+c.name+" = '是' THEN 1 ELSE 0 END")
		}
	}
	// A number besides the subject's own of today: a relative's, or the one under which
	// somebody stood in a roster before.
	if s.has("link_quality") {
		doubts = append(doubts, "CASE link_quality WHEN 'repaired' THEN 1 WHEN 'suspect' THEN 2 WHEN 'unresolved' THEN 2 ELSE 0 END")
	}
	query := fmt.Sprintf("INSERT INTO hit SELECT %s, %s, %s, %s, %s, %s, %s, %s FROM (%s) WHERE %s",
		quote(r.ID), quote(strings.TrimSuffix(s.subject, "_id")), s.subject, suspended, e.statement(r, s), amount, "greatest("+strings.Join(doubts, ", ")+")", facts, r.SQL, strings.Join(r.holds(s), " AND "))
	if _, err := e.db.ExecContext(ctx, query); err != nil {
		return fmt.Errorf("find: %w", err)
	}
	return nil
}

// monthly are the facts that say that an income was reckoned from a month's, which is a
// doubt; the rosters that tell them differ.
var monthly = []string{"income_monthly", "poor_income_monthly"}

// doubtedBy are the rosters for want of a row in which the rule may speak of somebody: those
// that it asks for, and the one that tells who is dead; none for a fault of the data itself.
func (r *Rule) doubtedBy() []string {
	if r.Category == "数据质量" {
		return []string{}
	}
	kinds := kindsOf(slices.Concat(slices.Collect(r.alternatives()), r.Spared(), []string{"verification"}))
	slices.Sort(kinds)
	return slices.Compact(kinds)
}

func (s *shape) has(name string) bool {
	return slices.ContainsFunc(s.facts, func(c column) bool { return c.name == name })
}

// factList is SQL for the evidence's facts: label, value, the rosters whose rows of the
// subject tell it, and rows that tell it besides.
func (e *engine) factList(r *Rule, s *shape) (string, error) {
	var list []string
	for _, c := range s.facts {
		if c.name == "amount_at_stake" || c.name == "link_quality" {
			continue
		}
		f, ok := e.facts[c.name]
		if own := r.Facts[c.name]; !ok && own != "" {
			f, ok = fact{Label: own}, true
		}
		if !ok {
			return "", fmt.Errorf("fact %s is neither in people/facts.yaml nor under facts in the rule's head", c.name)
		}
		value := c.shown()
		if slices.Contains(monthly, c.name) {
			value = "CASE WHEN " + c.name + " = '是' THEN '是（由月收入折算）' END"
		}
		list = append(list, fmt.Sprintf("{'fact': %s, 'label': %s, 'value': %s, 'kinds': [%s]::VARCHAR[], 'rows': %s::%s}",
			quote(c.name), quote(f.Label), value, quoted(f.tellers()), s.rowsOf(c, f), placesType))
	}
	facts := "[" + strings.Join(list, ", ") + "]"
	if slices.ContainsFunc(monthly, s.has) { // told only where it is so
		facts = "list_filter(" + facts + ", f -> f.fact NOT IN (" + quoted(monthly) + ") OR f.value IS NOT NULL)"
	}
	return facts, nil
}

// tellers are the lists of find.sql's told_by whose rows tell the fact.
func (f fact) tellers() []string {
	var list []string
	for _, kind := range f.Kinds {
		switch {
		case f.All:
			list = append(list, kind, kind+":besides")
		case kind == "verification" && f.Items != nil:
			for _, item := range f.Items {
				list = append(list, kind+":"+item)
			}
		default:
			list = append(list, kind)
		}
	}
	return list
}

// rowsOf is SQL for the rows that a fact of the rule is, or is told by.
func (s *shape) rowsOf(c column, f fact) string {
	rows := "NULL"
	for _, other := range s.facts {
		if other.places() && (other.name == c.name || slices.Contains(f.Rows, other.name)) {
			rows = "list_concat(" + rows + ", " + ident(other.name) + ")"
		}
	}
	return rows
}

// places says whether a fact is a list of rows.
func (c column) places() bool { return c.kind == placesType }

// shown is SQL for a fact as people read it: money without idle zeros, rows as their places.
func (c column) shown() string {
	if c.places() {
		return "rows_told(" + ident(c.name) + ")"
	}
	if strings.HasPrefix(c.kind, "DECIMAL") {
		return "yuan(" + ident(c.name) + ")"
	}
	return ident(c.name) + "::VARCHAR"
}

// statement is SQL for the rule's sentence with its facts filled in.
func (e *engine) statement(r *Rule, s *shape) string {
	var parts []string
	rest := e.fill(r.Statement)
	for {
		at := slot.FindStringSubmatchIndex(rest)
		if at == nil {
			return strings.Join(append(parts, quote(rest)), " || ")
		}
		name := rest[at[2]:at[3]]
		i := slices.IndexFunc(s.facts, func(c column) bool { return c.name == name })
		parts = append(parts, quote(rest[:at[0]]))
		if i >= 0 {
			parts = append(parts, "coalesce("+s.facts[i].shown()+", '未知')")
		} else {
			parts = append(parts, quote(rest[at[0]:at[1]]))
		}
		rest = rest[at[1]:]
	}
}

// note fills the tables rule, rule_text, and those that the ledger asks for.
func (e *engine) note(ctx context.Context, looks []*lookup) error {
	var rules, suspended, newcomers, righted, passing, successors, blind [][]any
	var texts []text
	for _, l := range looks {
		row, err := e.entry(l)
		if err != nil {
			return err
		}
		rules = append(rules, row)
		texts = append(texts, text{l.Rule.ID, e.names(l.Rule, l.shape), kindsOf(slices.Collect(l.Rule.alternatives())), l.Rule.doubtedBy()})
		for _, town := range l.held.told() {
			suspended = append(suspended, []any{l.Rule.ID, town})
		}
		for _, kind := range l.held.newcomers {
			newcomers = append(newcomers, []any{l.Rule.ID, kind})
		}
		for _, word := range l.Rule.Righted {
			righted = append(righted, []any{l.Rule.ID, word})
		}
		if l.Rule.Passing {
			passing = append(passing, []any{l.Rule.ID})
		}
		for _, id := range slices.Concat(l.Rule.YieldsTo, l.Rule.GoesOn) {
			successors = append(successors, []any{l.Rule.ID, id})
		}
		for _, need := range slices.Concat(slices.Collect(l.Rule.alternatives()), l.Rule.Wants) {
			if kind, column, _ := strings.Cut(need, "."); column != "" && l.Status.Spoke() && e.missing(need) != "" {
				blind = append(blind, []any{l.Rule.ID, kind, column})
			}
		}
	}
	list, err := json.Marshal(texts)
	if err != nil {
		return fmt.Errorf("note what the rules say of themselves: %w", err)
	}
	_, err = e.db.ExecContext(ctx, `INSERT INTO rule_text SELECT unnest(from_json(?::VARCHAR,
		'[{"id": "VARCHAR", "conditions": ["VARCHAR"], "needs": ["VARCHAR"], "doubted_by": ["VARCHAR"]}]'), max_depth := 2)`, string(list))
	if err = errors.Join(err, insert(ctx, e.db, "rule", rules), insert(ctx, e.db, "rule_suspended", suspended), insert(ctx, e.db, "rule_newcomer", newcomers), insert(ctx, e.db, "rule_righted", righted),
		insert(ctx, e.db, "rule_passing", passing), insert(ctx, e.db, "rule_successor", successors), insert(ctx, e.db, "rule_blind", blind)); err != nil {
		return fmt.Errorf("note the rules: %w", err)
	}
	unknown, err := gather.Column[string](ctx, e.db, `SELECT rule_id || '：righted 里的 ' || word FROM rule_righted
		WHERE word NOT IN (SELECT column_name FROM duckdb_columns() WHERE table_name = 'person' AND data_type = 'BOOLEAN')`)
	if err != nil {
		return fmt.Errorf("note the rules: %w", err)
	}
	if len(unknown) > 0 {
		return fault.New(fault.ConfigRule, strings.Join(unknown, "；"), "写表 person 里是或否的列。", errors.New("no such word of a person"))
	}
	return nil
}

// text is what a rule says of itself in every finding.
type text struct {
	ID         string   `json:"id"`
	Conditions []string `json:"conditions"`
	Needs      []string `json:"needs"`
	DoubtedBy  []string `json:"doubted_by"`
}

// entry is a rule's row of the table rule.
func (e *engine) entry(l *lookup) ([]any, error) {
	type step struct {
		Condition string `json:"condition"`
		Left      int    `json:"left"`
	}
	steps := []step{}
	var examined, found any
	if l.Status.Spoke() {
		for i, name := range e.names(l.Rule, l.shape) {
			steps = append(steps, step{name, l.Funnel[i+1]})
		}
		examined, found = l.Funnel[0], l.Funnel[len(l.Funnel)-1]
	}
	funnel, err := json.Marshal(steps)
	if err != nil {
		return nil, fmt.Errorf("note funnel: %w", err)
	}
	r := l.Rule
	var basis []string
	for _, b := range r.Basis {
		if b.Text != "" {
			basis = append(basis, b.Document+"：“"+b.Text+"”")
		} else {
			basis = append(basis, b.Document)
		}
	}
	return []any{r.ID, r.Category, r.Name, levels[l.shape.subject], r.Severity, r.Attachment2, r.Question, strings.Join(basis, "；"), r.Check,
		string(l.Status), l.Reason, examined, string(funnel), found}, nil
}

func quote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func ident(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

func quoted(list []string) string {
	var all []string
	for _, s := range list {
		all = append(all, quote(s))
	}
	return strings.Join(all, ", ")
}
