package matchers

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
)

// Rule is one rule: its head, which a policy officer reads, and its SELECT.
type Rule struct {
	ID          string            `yaml:"id"` // two letters that tell the category, two digits
	Name        string            `yaml:"name"`
	Question    string            `yaml:"question"`    // what it asks of the rosters, in one sentence
	Category    string            `yaml:"category"`    // 漏保, 错保, 错退, 补贴未落实, 防贫监测, 数据质量
	Severity    string            `yaml:"severity"`    // high, medium, low
	Attachment2 string            `yaml:"attachment2"` // the row of Attachment 2: 防贫监测, 社会保障 or none
	Needs       []string          `yaml:"needs"`       // kinds, and kind.column, without which it cannot speak; of a|b one will do
	Wants       []string          `yaml:"wants"`       // kinds and kind.column, without which it sees fewer people
	Heeds       []string          `yaml:"heeds"`       // those without which it sees not all that excuses them
	Basis       []Basis           `yaml:"basis"`
	Innocent    []string          `yaml:"innocent"`  // verdicts that explain the finding lawfully
	YieldsTo    []string          `yaml:"yields_to"` // rules that already name the subject
	Righted     []string          `yaml:"righted"`   // words of the person by which a confirmed finding is put right; see rule_righted
	Passing     bool              `yaml:"passing"`   // what it finds is gone with the next list, whether or not it was put right
	GoesOn      []string          `yaml:"goes_on"`   // rules that go on telling of the subject, besides those that it yields to
	Check       string            `yaml:"check"`     // what to look at on the visit
	Statement   string            `yaml:"statement"` // with {fact} and {parameter}
	Facts       map[string]string `yaml:"facts"`     // Chinese labels of facts that people/facts.yaml does not have

	SQL  string `yaml:"-"` // the SELECT; it ends with a line break
	File string `yaml:"-"` // where it stands
	home fs.FS  // the folder that holds it and its examples
}

// Basis is the document, and where it matters the sentence, that a rule rests on.
type Basis struct {
	Document string `yaml:"document"`
	Text     string `yaml:"text"`
}

// CategoryOf is a category and the letters with which the ids of its rules begin.
type CategoryOf struct{ Letters, Name string }

// Categories are the six categories, in the order of rules.md.
var Categories = []CategoryOf{
	{"LB", "漏保"}, {"CB", "错保"}, {"CT", "错退"}, {"BT", "补贴未落实"}, {"JC", "防贫监测"}, {"DQ", "数据质量"},
}

// Category is the category that a rule's id tells; "" for an id of another form.
func Category(id string) string {
	if !idForm.MatchString(id) {
		return ""
	}
	for _, c := range Categories {
		if c.Letters == id[:2] {
			return c.Name
		}
	}
	return ""
}

var idForm = regexp.MustCompile(`^[A-Z]{2}[0-9]{2}$`)

// Rules parses the embedded rules and, where local is not empty, those of that
// folder, sorted by id. A folder or a local rule that cannot be taken is a fault.
func Rules(local string) ([]*Rule, error) {
	embedded, err := fs.Sub(files, "rules")
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	rules, err := readRules(embedded, "matchers/rules")
	if err != nil || local == "" {
		return rules, err
	}
	if info, err := os.Stat(local); err != nil || !info.IsDir() {
		return nil, fault.New(fault.ConfigRule, "paths.rules "+local, "写上本地规则所在的文件夹；没有本地规则就留空。", err)
	}
	own, err := readRules(os.DirFS(local), local)
	if err != nil {
		return nil, err
	}
	for _, r := range own {
		if slices.ContainsFunc(rules, func(other *Rule) bool { return other.ID == r.ID }) {
			return nil, fault.New(fault.ConfigRule, r.place(), "规则编号 "+r.ID+" 已有，请换一个编号，文件名一起改。", nil)
		}
	}
	rules = append(rules, own...)
	slices.SortFunc(rules, func(a, b *Rule) int { return strings.Compare(a.ID, b.ID) })
	return rules, nil
}

// ReadRule reads the one rule in a file.
func ReadRule(file string) (*Rule, error) {
	folder, name := filepath.Split(file)
	if folder == "" {
		folder = "."
	}
	return readRule(os.DirFS(folder), folder, name)
}

// readRules reads a folder's rules, in the order of their ids.
func readRules(home fs.FS, folder string) ([]*Rule, error) {
	names, err := fs.Glob(home, "*.sql")
	if err != nil {
		return nil, fmt.Errorf("list rules: %w", err)
	}
	slices.Sort(names)
	var rules []*Rule
	for _, name := range names {
		r, err := readRule(home, folder, name)
		if err != nil {
			return nil, err
		}
		rules = append(rules, r)
	}
	return rules, nil
}

func readRule(home fs.FS, folder, name string) (*Rule, error) {
	file := filepath.Join(folder, name)
	bad := func(err error) error {
		return fault.New(fault.ConfigRule, "《"+file+"》", "按 hedui rules new 所给的样子改正规则头。", err)
	}
	text, err := fs.ReadFile(home, name)
	if err != nil {
		return nil, bad(fmt.Errorf("read rule: %w", err))
	}
	r, err := parseRule(string(text))
	if err != nil {
		return nil, bad(err)
	}
	if want := strings.TrimSuffix(name, ".sql"); r.ID != want {
		return nil, bad(fmt.Errorf("read head: id is %q, the file's name %q", r.ID, name))
	}
	r.File, r.home = file, home
	return r, nil
}

func (r *Rule) place() string { return "《" + r.File + "》" }

// parseRule reads a rule's text: the head between /* @rule and @rule */, the
// SELECT behind it.
func parseRule(text string) (*Rule, error) {
	head, body, ok := strings.Cut(text, "@rule */")
	head, ok2 := strings.CutPrefix(strings.TrimSpace(head), "/* @rule")
	if !ok || !ok2 {
		return nil, errors.New("find head: no /* @rule … @rule */")
	}
	r := &Rule{SQL: strings.TrimSuffix(strings.TrimSpace(body), ";")}
	decoder := yaml.NewDecoder(bytes.NewReader([]byte(head)))
	decoder.KnownFields(true)
	if err := decoder.Decode(r); err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	for _, missing := range []struct{ key, value string }{{"id", r.ID}, {"name", r.Name}, {"question", r.Question}, {"category", r.Category},
		{"severity", r.Severity}, {"attachment2", r.Attachment2}, {"check", r.Check}, {"statement", r.Statement}, {"SELECT", r.SQL}} {
		if missing.value == "" {
			return nil, fmt.Errorf("read head: no %s", missing.key)
		}
	}
	r.SQL += "\n" // so that a comment on its last line ends there
	if err := r.checkWords(); err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	return r, nil
}

// Spared lists what the rule can do without.
func (r *Rule) Spared() []string { return slices.Concat(r.Wants, r.Heeds) }

// Names says whether the rule needs, wants or heeds a kind, or a kind's column, by its name.
func (r *Rule) Names(what string) bool {
	for need := range r.alternatives() {
		if need == what {
			return true
		}
	}
	return slices.Contains(r.Spared(), what)
}

// checkWords refuses a head whose words no report knows.
func (r *Rule) checkWords() error {
	switch {
	case Category(r.ID) == "":
		return fmt.Errorf("id %q is not two letters of a category and two digits", r.ID)
	case Category(r.ID) != r.Category:
		return fmt.Errorf("category %q is not that of %s, %s", r.Category, r.ID, Category(r.ID))
	case !slices.Contains([]string{"high", "medium", "low"}, r.Severity):
		return fmt.Errorf("severity %q is not high, medium or low", r.Severity)
	case !slices.Contains([]string{"防贫监测", "社会保障", "none"}, r.Attachment2):
		return fmt.Errorf("attachment2 %q is not 防贫监测, 社会保障 or none", r.Attachment2)
	case !strings.Contains(r.Statement, "疑似") && !strings.Contains(r.Statement, "需核实"):
		return errors.New("the statement decides; it must say 疑似 or 需核实")
	}
	return nil
}

// Examples is the text of the rule's examples, in txtar form, without its canaries.
func (r *Rule) Examples() (string, error) {
	archive, err := readExamples(r.home, r.ID)
	if err != nil {
		return "", err
	}
	archive.Files = slices.DeleteFunc(archive.Files, func(f txtar.File) bool { return f.Name == canarySection })
	return string(txtar.Format(archive)), nil
}

// Canaries is the SQL that plants a built-in rule's canaries. A local rule has
// none: its folder gives no SQL but SELECTs.
func (r *Rule) Canaries() (string, error) {
	archive, err := readExamples(files, "rules/"+r.ID)
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	for _, f := range archive.Files {
		if f.Name == canarySection {
			return string(f.Data), nil
		}
	}
	return "", nil
}

func readExamples(home fs.FS, id string) (*txtar.Archive, error) {
	text, err := fs.ReadFile(home, id+".txtar")
	if err != nil {
		return nil, fmt.Errorf("read examples of %s: %w", id, err)
	}
	return txtar.Parse(text), nil
}

// shape is what DESCRIBE says of a rule's SELECT.
type shape struct {
	subject    string // one of levels
	conditions []string
	facts      []column
}

type column struct{ name, kind string }

// canarySection is the part of a rule's examples that plants its canaries.
const canarySection = "哨兵.sql"

// levels are the words of findings.csv for the subjects.
var levels = map[string]string{"person_id": "person", "household_id": "household", "dibao_household_id": "household", "listed_household_id": "household", "row_id": "row"}

// describe finds a rule's subject, conditions and facts out.
func (r *Rule) describe(ctx context.Context, db *sql.Conn) (*shape, error) {
	columns, err := columnsOf(ctx, db, r.SQL)
	if err != nil {
		return nil, fmt.Errorf("describe %s: %w", r.ID, err)
	}
	s := &shape{}
	for _, c := range columns {
		switch {
		case s.subject == "":
			s.subject = c.name
		case c.kind == "BOOLEAN":
			s.conditions = append(s.conditions, c.name)
		default:
			s.facts = append(s.facts, c)
		}
	}
	if levels[s.subject] == "" {
		return nil, fmt.Errorf("describe %s: first column %q is no subject", r.ID, s.subject)
	}
	if len(s.conditions) == 0 {
		return nil, fmt.Errorf("describe %s: no condition", r.ID)
	}
	return s, nil
}

// columnsOf are the columns that a query gives, in order.
func columnsOf(ctx context.Context, db *sql.Conn, query string, args ...any) ([]column, error) {
	return gather.Rows(ctx, db, "SELECT column_name, column_type FROM (DESCRIBE "+query+")", func(c *column) []any { return []any{&c.name, &c.kind} }, args...)
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
			return nil, errors.New("order rules: they yield to each other")
		}
	}
	return done, nil
}
