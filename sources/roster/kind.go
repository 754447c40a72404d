package roster

import (
	"cmp"
	"embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/apache/arrow/go/v17/arrow"
	"go.yaml.in/yaml/v3"

	"hedui/pipeline/fault"
)

// Kind is one of the eight rosters: its columns, their labels and the headers
// under which departments send them.
type Kind struct {
	Name       string   `yaml:"kind"`       // such as dibao; names the table read_dibao
	Label      string   `yaml:"label"`      // Chinese, for reports
	Department string   `yaml:"department"` // the sending department, in Chinese
	Events     bool     `yaml:"events"`     // a list of what happened, period by period, not of who is in: it may shrink
	Called     []string `yaml:"called"`     // what it goes by in the names of lists, the longest first
	Endings    []string `yaml:"endings"`    // how such a name ends where its people are no longer in force
	Apart      apart    `yaml:"apart"`      // when a list that names another programme is not this roster's
	Granted    bool     `yaml:"granted"`    // who was refused it, or waits for it, is not in the roster
	EndedOn    []string `yaml:"ended_on"`   // headers of the day since which a row is no longer in force
	Spoken     []string `yaml:"spoken"`     // how a remark tells of an end, besides of a death
	Columns    []Column `yaml:"columns"`    // in the order of schema/rosters.sql, after path, sheet, row_number

	Position int `yaml:"position"` // place among the kinds in reports

	ends   []string // Spoken, and what says that somebody died
	schema *arrow.Schema
	at     places
}

// Column is one canonical column of a kind.
type Column struct {
	Name     string   `yaml:"name"`
	Label    string   `yaml:"label"` // Chinese, for reports; as a header it is an alias too
	Type     Type     `yaml:"type"`
	Required bool     `yaml:"required"` // a file without it (and without any of Instead) is refused
	Instead  []string `yaml:"instead"`  // canonical columns, any of which may stand in for a required one
	Aliases  []string `yaml:"aliases"`  // headers seen in the wild, in order of preference
	Spare    []string `yaml:"spare"`    // headers that name it where no other does, the first of them alone
	Inverted []string `yaml:"inverted"` // headers that ask the opposite question (是否危房户)
	Combine  combine  `yaml:"combine"`  // what to do when several headers of a sheet claim the column
	Group    bool     `yaml:"group"`    // a fact of the household: filled down within it
	Derived  bool     `yaml:"derived"`  // computed from other columns, never read from a header
	Boolean  bool     `yaml:"boolean"`  // a words column whose words are "true" and "false"
	Per      string   `yaml:"per"`      // month or year, for money
	Telling  bool     `yaml:"telling"`  // its headers tell the kind's rosters from those of all others
	Generic  []string `yaml:"generic"`  // those of its headers that other rosters have too, and tell nothing

	own bool // no other kind has it from shared.yaml

	Yes       []string                     `yaml:"yes"`       // further words for yes
	Ills      []string                     `yaml:"ills"`      // what it is good to be without: 无隐患 is yes, 有隐患 is no
	No        []string                     `yaml:"no"`        // further words for no; of a text, what stands for an empty cell
	Words     []Word                       `yaml:"words"`     // what a words or status column folds to
	Exclusive bool                         `yaml:"exclusive"` // a text that has two of the words is not understood
	Otherwise string                       `yaml:"otherwise"` // "keep", "tell": an unknown word stays as written; and is a fault
	Blank     string                       `yaml:"blank"`     // what a blank cell of a words column folds to
	ByHeader  map[string]map[string]string `yaml:"by_header"` // header → cell text → text to fold instead
}

// Word is one value of a words column with the texts that fold to it. Without To they
// speak of the column's words, and nobody can tell of which.
type Word struct {
	To      string   `yaml:"to"`
	Is      []string `yaml:"is"`      // whole texts
	Has     []string `yaml:"has"`     // parts of a text, tried in order after all whole texts
	Like    []string `yaml:"like"`    // patterns of a whole text with its remarks, tried before Has
	Ends    bool     `yaml:"ends"`    // something is over: a text that tells of a new beginning too does not mean it
	Unless  []string `yaml:"unless"`  // parts beside which nobody can tell whether it is meant: 脱贫户（纳入监测）
	Narrows []string `yaml:"narrows"` // the words that it narrows where it is a remark of theirs: 脱贫户（不稳定）
}

// apart tells of a kind that a list which names another programme holds none of its people.
type apart string

// When it does. Without one never: a school's list of 低保 pupils is a school's list.
const (
	always    apart = "always"     // nobody is in both
	unlessOwn apart = "unless own" // but where the table has a column of this kind alone
)

// Type tells how the cells of a column are folded.
type Type string

// The types of columns.
const (
	TypeText       Type = "text"       // free text, outer white space and line breaks removed
	TypeWord       Type = "word"       // NFKC, no white space
	TypeCode       Type = "code"       // a number that is text, such as a certificate's
	TypeTown       Type = "town"       // official name where known
	TypePlace      Type = "place"      // as written, without white space
	TypeName       Type = "name"       // a person's name as written, without white space
	TypeID         Type = "id"         // an ID number
	TypeYesNo      Type = "yesno"      // 是, 否, 空白
	TypeWords      Type = "words"      // one of Column.Words
	TypeStatus     Type = "status"     // text; Column.Words tells in force from out
	TypeMoney      Type = "money"      // yuan
	TypeIncome     Type = "income"     // yuan a year; a monthly header is multiplied by 12
	TypeCount      Type = "count"      // a whole number
	TypeDate       Type = "date"       // a month is its first day
	TypeMonth      Type = "month"      // always the first day of the month
	TypeUntil      Type = "until"      // a month is its last day; 长期 is 9999-12-31
	TypeGrade      Type = "grade"      // 1 to 4
	TypeDisability Type = "disability" // 视力 … 多重
	TypeBool       Type = "bool"       // derived only
)

// combine tells what becomes of several headers that claim one column.
type combine string

// The ways to combine. Without one, two different headers are a fault.
const (
	combinePrefer combine = "prefer" // the sheet's best header in alias order is taken, the others are reported
	combineFirst  combine = "first"  // each row takes its first filled cell in alias order
	combineYes    combine = "yes"    // 是 if any says so
	combineNo     combine = "no"     // 否 if any says so
	combineOut    combine = "out"    // out of force if any says so
)

//go:embed kinds/*.yaml
var kindFiles embed.FS

// Kinds lists the eight rosters in the order of reports. The result is shared:
// callers leave it as it is.
func Kinds() []*Kind { return embeddedKinds() }

// KindOf is the roster of that name; nil where there is none.
func KindOf(name string) *Kind {
	for _, k := range Kinds() {
		if k.Name == name {
			return k
		}
	}
	return nil
}

var embeddedKinds = sync.OnceValue(func() []*Kind {
	kinds, err := loadKinds()
	if err != nil {
		panic(err) // the files are embedded and tested
	}
	return kinds
})

func loadKinds() ([]*Kind, error) {
	var shared struct{ Columns []Column }
	if err := decodeFile("shared.yaml", &shared); err != nil {
		return nil, err
	}
	base := make(map[string]Column, len(shared.Columns))
	for _, c := range shared.Columns {
		base[c.Name] = c
	}
	entries, err := kindFiles.ReadDir("kinds")
	if err != nil {
		return nil, fmt.Errorf("list kinds: %w", err)
	}
	var kinds []*Kind
	for _, e := range entries {
		if e.Name() == "shared.yaml" {
			continue
		}
		k := new(Kind)
		if err := decodeFile(e.Name(), k); err != nil {
			return nil, err
		}
		for i, c := range k.Columns {
			c.own = base[c.Name].Name == ""
			k.Columns[i] = c.inherit(base[c.Name])
		}
		if err := k.prepare(); err != nil {
			return nil, fmt.Errorf("prepare kind %s: %w", k.Name, err)
		}
		kinds = append(kinds, k)
	}
	slices.SortFunc(kinds, func(a, b *Kind) int { return cmp.Compare(a.Position, b.Position) })
	return kinds, nil
}

func decodeFile(name string, into any) error {
	f, err := kindFiles.Open("kinds/" + name)
	if err != nil {
		return fmt.Errorf("open kind file: %w", err)
	}
	defer f.Close()
	dec := yaml.NewDecoder(f)
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("decode %s: %w", name, err)
	}
	return nil
}

// inherit completes c with what shared.yaml says about the column.
func (c Column) inherit(base Column) Column {
	if base.Name == "" {
		return c
	}
	if c.Label == "" {
		c.Label = base.Label
	} else if c.Label != base.Label {
		c.Aliases = append(c.Aliases, base.Label)
	}
	if c.Type == "" {
		c.Type = base.Type
	}
	if c.Combine == "" {
		c.Combine = base.Combine
	}
	for _, a := range base.Aliases {
		if !slices.Contains(c.Aliases, a) {
			c.Aliases = append(c.Aliases, a)
		}
	}
	c.Words = slices.Concat(c.Words, base.Words)
	c.Group = c.Group || base.Group
	c.Exclusive = c.Exclusive || base.Exclusive
	c.Derived = c.Derived || base.Derived
	return c
}

func (k *Kind) prepare() error {
	fields := []arrow.Field{
		{Name: "path", Type: arrow.BinaryTypes.String},
		{Name: "sheet", Type: arrow.BinaryTypes.String},
		{Name: "row_number", Type: arrow.PrimitiveTypes.Int32},
	}
	for i := range k.Columns {
		c := &k.Columns[i]
		t, ok := c.arrowType()
		if !ok || c.Label == "" {
			return fmt.Errorf("column %s: type %q, label %q", c.Name, c.Type, c.Label)
		}
		fields = append(fields, arrow.Field{Name: c.Name, Type: t, Nullable: true})
	}
	k.schema = arrow.NewSchema(fields, nil)
	k.at = placesOf(k)
	k.ends = slices.Concat(k.Spoken, deaths)
	return nil
}

func (c *Column) arrowType() (arrow.DataType, bool) {
	switch c.Type {
	case TypeWords:
		if c.Boolean {
			return arrow.FixedWidthTypes.Boolean, true
		}
		return arrow.BinaryTypes.String, true
	case TypeText, TypeWord, TypeCode, TypeTown, TypePlace, TypeName, TypeID, TypeYesNo, TypeStatus, TypeDisability:
		return arrow.BinaryTypes.String, true
	case TypeMoney, TypeIncome:
		return &arrow.Decimal128Type{Precision: 14, Scale: 2}, true
	case TypeCount, TypeGrade:
		return arrow.PrimitiveTypes.Int32, true
	case TypeDate, TypeMonth, TypeUntil:
		return arrow.FixedWidthTypes.Date32, true
	case TypeBool:
		return arrow.FixedWidthTypes.Boolean, true
	}
	return nil, false
}

// Schema is that of the table read_<kind>: path, sheet, row_number, then the
// kind's columns.
func (k *Kind) Schema() *arrow.Schema { return k.schema }

// Column is the kind's column of that name; nil where it has none.
func (k *Kind) Column(name string) *Column {
	if at := k.column(name); at >= 0 {
		return &k.Columns[at]
	}
	return nil
}

// Check refuses, once and before any file is read, what Read would refuse of opt for each
// file: a column that is not the roster's, or one header for two columns.
func (k *Kind) Check(opt Options) error {
	if _, err := newMatcher(k, opt.Aliases); err != nil {
		return err
	}
	_, err := newFolder(k, opt)
	return err
}

// unknownColumn tells of a key of the configuration that names a column that files do not fill.
func (k *Kind) unknownColumn(key, name string) error {
	var known []string
	for _, c := range k.Columns {
		if !c.Derived {
			known = append(known, c.Name)
		}
	}
	return fault.New(fault.ConfigBadValue, "config.yaml sources."+k.Name+"."+key,
		"改成这类名册的列名："+strings.Join(known, "、")+"。", fmt.Errorf("没有名为 %q 的列", name))
}

// column is the place of a column by name, -1 where the kind has none.
func (k *Kind) column(name string) int {
	return slices.IndexFunc(k.Columns, func(c Column) bool { return c.Name == name })
}

// labels names columns in Chinese for an operator: 姓名（或 户主姓名）.
func (k *Kind) labels(c *Column) string {
	if len(c.Instead) == 0 {
		return c.Label
	}
	var others []string
	for _, name := range c.Instead {
		others = append(others, k.Columns[k.column(name)].Label)
	}
	return c.Label + "（或 " + strings.Join(others, "、") + "）"
}

// places are the positions, among a kind's columns, of those that code speaks
// about by name; -1 where the kind has none.
type places struct {
	town, village, householdNo, headName, headID  int
	name, nameKey, idRaw, idNumber, idState       int
	relation, status, inForce, certNo, certStatus int
	disabilityType, grade, certType, certGrade    int
	householdType, monitorType, poorType          int
	income, incomeMonthly, stage, schoolGrade     int
	sex, birthDate                                int
	exitReason, item, detail                      int
	ending                                        int // the column in which a row says that it is over
}

func placesOf(k *Kind) places {
	return places{
		town: k.column("town"), village: k.column("village"), householdNo: k.column("household_no"),
		headName: k.column("head_name"), headID: k.column("head_id"),
		name: k.column("name"), nameKey: k.column("name_key"),
		idRaw: k.column("id_raw"), idNumber: k.column("id_number"), idState: k.column("id_state"),
		relation: k.column("relation"), status: k.column("status"), inForce: k.column("in_force"),
		certNo: k.column("cert_no"), certStatus: k.column("cert_status"),
		disabilityType: k.column("disability_type"), grade: k.column("grade"),
		certType: k.column("cert_type"), certGrade: k.column("cert_grade"),
		householdType: k.column("household_type"), monitorType: k.column("monitor_type"), poorType: k.column("type"),
		income: k.column("income_per_capita"), incomeMonthly: k.column("income_monthly"),
		stage: k.column("stage"), schoolGrade: k.column("school_grade"),
		sex: k.column("sex"), birthDate: k.column("birth_date"),
		exitReason: k.column("exit_reason"), item: k.column("item"), detail: k.column("detail"),
		ending: max(k.column("status"), k.column("cert_status"), k.column("enrolment"), k.column("insured")),
	}
}
