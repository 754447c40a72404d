package roster

import (
	"hash/maphash"
	"regexp"
	"slices"
	"strings"

	"hedui/sources/table"
)

// value is one folded cell: text, or a number in the column's unit (cents, days
// since 1970, a count, 0 or 1). Unset is NULL.
type value struct {
	set bool
	s   string
	n   int64
}

// A status value's n.
const (
	statusIn  = 1
	statusOut = 2
)

// monthly marks, in an income value's s, that a figure of a month, or of some, was made a year's;
// doubtful, in a date's, that the number may have been another month.
const (
	monthly  = "monthly"
	doubtful = "doubtful"
)

// folder folds cells to the values of one kind's columns.
type folder struct {
	columns []columnFold
	towns   gazetteer
}

type columnFold struct {
	*Column
	lexicon      *lexicon                     // words and status
	answers      *lexicon                     // yes/no
	ill          *regexp.Regexp               // yes/no; nil without Ills
	byHeader     map[string]map[string]string // by folded header
	blankUnknown bool
}

// memo remembers what texts fold to: one text a slot, the later one stays. A
// district's towns, months and tiers find room in it; a map would bound nothing,
// and costs more to ask than most texts cost to fold.
type memo [256]remembered

var memoSeed = maphash.MakeSeed() // which slot a text takes changes nothing but the time

type remembered struct {
	text string
	kind table.Kind
	value
	ok bool
}

func (m *memo) slot(text string) *remembered {
	return &m[maphash.String(memoSeed, text)%uint64(len(m))]
}

func newFolder(k *Kind, opt Options) (*folder, error) {
	f := &folder{towns: newGazetteer(opt.Towns)}
	for i := range k.Columns {
		c := columnFold{Column: &k.Columns[i]}
		switch c.Type {
		case TypeWords, TypeStatus:
			c.lexicon = newLexicon(c.Words, c.Exclusive)
		case TypeYesNo:
			c.answers, c.ill = newAnswers(c.Column), newIll(c.Ills)
		}
		c.byHeader = make(map[string]map[string]string)
		for header, texts := range c.ByHeader {
			c.byHeader[foldHeader(header)] = texts
		}
		f.columns = append(f.columns, c)
	}
	for _, name := range opt.BlankIsUnknown {
		i := k.column(name)
		if i < 0 {
			return nil, k.unknownColumn("blank_is_unknown", name)
		}
		f.columns[i].blankUnknown = true
	}
	return f, nil
}

// fold reads one filled cell. An unset value with ok is a cell that stands for
// nothing (—); without ok it could not be understood, and its text may say why.
func (f *folder) fold(column int, src *source, cell table.Cell) (value, bool) {
	if !f.columns[column].repeats() {
		return f.columns[column].fold(f, src, cell)
	}
	if src.memo == nil {
		src.memo = new(memo)
	}
	known := src.memo.slot(cell.Text)
	if known.text != cell.Text || known.kind != cell.Kind {
		known.text, known.kind = cell.Text, cell.Kind
		known.value, known.ok = f.columns[column].fold(f, src, cell)
	}
	return known.value, known.ok
}

// repeats says that the column's texts come again and again and are dear to fold, so
// that remembering pays.
func (c *columnFold) repeats() bool {
	switch c.Type {
	case TypeText, TypeCode, TypeName, TypeMoney, TypeIncome, TypeCount:
		return false
	}
	return true
}

func (c *columnFold) fold(f *folder, src *source, cell table.Cell) (value, bool) {
	if cell.Kind == table.Error {
		return value{s: errorCell}, false
	}
	text := written(cell)
	if instead, ok := c.byHeader[src.folded]; ok {
		text = insteadOf(text, instead)
	}
	if c.Type != TypeText && strings.IndexByte(text, '"') >= 0 {
		text = strings.Trim(text, `"`) // a stray quote of a text file is nobody's
	}
	s := compact(text)
	if nothing(s) {
		if c.Blank != "" {
			return c.blankValue(), true
		}
		return value{}, true
	}
	if (c.Type == TypeMoney || c.Type == TypeIncome || c.Type == TypeCount) && !plain(text) && gap.MatchString(text) {
		return value{}, false
	}
	switch c.Type {
	case TypeText:
		if none(s) || pending(s) || slices.Contains(c.No, s) || len(c.No) > 0 && unpaid(s) {
			return value{}, true
		}
		return textValue(tidy(text))
	case TypeWord:
		return textValue(s)
	case TypeCode:
		return c.code(s, cell.Kind)
	case TypeName:
		if digits(s) == len(s) {
			return value{}, false // of a summary, say
		}
		return textValue(squeeze(text))
	case TypePlace:
		return textValue(squeeze(text))
	case TypeTown:
		return textValue(f.towns.official(text))
	case TypeYesNo:
		return c.answer(text, src.inverted)
	case TypeWords, TypeStatus:
		return c.word(text, s)
	case TypeMoney, TypeIncome:
		return c.money(s, src)
	case TypeDate, TypeMonth, TypeUntil:
		return c.date(text, s, cell.Kind)
	case TypeDisability:
		t, ok := parseDisability(text)
		return value{set: ok, s: t}, ok
	case TypeGrade:
		n, ok := parseGrade(text)
		return value{set: ok, n: n}, ok
	case TypeCount:
		n, ok := parseCount(s)
		return value{set: ok, n: n}, ok
	}
	return value{}, false
}

// gap is a blank within a figure: 442 0.
var gap = regexp.MustCompile(`\p{Nd}[\s\p{Z}]+\p{Nd}`)

// insteadOf is what a yes or no means under a header. What has been done, 已死亡, is neither,
// nor is 未停保, which goes on.
func insteadOf(text string, instead map[string]string) string {
	bare, remark := cutRemarks(compact(text))
	if done, cut := strings.CutPrefix(bare, "已"); cut && done != "" || doubted(remark) {
		return text
	}
	if answer, ok := parseYesNo(bare); ok && (answer == no || outright(bare)) {
		if to, named := instead[answer]; named {
			return to
		}
	}
	return text
}

// code reads a number that names something. One that lost digits on its way through a float
// names many: a household of everybody who has it would be a town. A household whose number
// is 待补 is not the one in the row above, as a blank cell would say.
func (c *columnFold) code(s string, kind table.Kind) (value, bool) {
	if none(s) || pending(s) {
		return value{s: "没有编号"}, !c.Group
	}
	s = strings.ToUpper(foldCode(s))
	if bare := strings.ReplaceAll(s, ",", ""); bare != s && digits(bare) == len(bare) && thousands(s) {
		s = bare // a number that a spreadsheet has shown as an amount
	}
	switch {
	case scientific.MatchString(s):
		return value{s: "编号成了科学计数法，末几位已丢失"}, false
	case kind == table.Number && digits(s) > floatDigits:
		return value{s: "编号存成了数值，15 位以后已丢失"}, false
	}
	return textValue(s)
}

// scientific is 1.30802E+11.
var scientific = regexp.MustCompile(`^\d(\.\d+)?[Ee]\+\d+$`)

// floatDigits are as many as a float keeps.
const floatDigits = 15

// foldCode drops quotes, and the .0 that a number's way through a float left behind.
func foldCode(s string) string {
	if s != "" && (!wordly(s[0]) || !wordly(s[len(s)-1])) {
		s = strings.Trim(s, "'\"`‘’“”")
	}
	if whole, cut := strings.CutSuffix(s, ".0"); cut && digits(whole) == len(whole) {
		return whole
	}
	return s
}

func wordly(b byte) bool { return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' }

func textValue(s string) (value, bool) { return value{set: s != "", s: s}, true }

func (c *columnFold) word(text, s string) (value, bool) {
	to, how := c.lexicon.read(text)
	ok := how == naming
	if c.Type == TypeStatus { // the text stays; an unknown status is in force, and counted
		n := int64(statusIn)
		if to == "out" {
			n = statusOut
		}
		return value{set: s != "", s: s, n: n}, ok || s == ""
	}
	if !ok && c.Otherwise != "" {
		return value{set: true, s: s}, how == silent && c.Otherwise == "keep"
	}
	v := value{set: ok, s: to}
	if c.Boolean && to == "true" {
		v.n = 1
	}
	return v, ok
}

func (c *columnFold) money(s string, src *source) (value, bool) {
	if none(s) {
		return value{}, true
	}
	per, months := c.Per, src.unit.months
	if c.Type == TypeIncome { // the cell's own period goes first
		switch {
		case strings.ContainsRune(s, '年'):
			months = 0
		case months == 1:
			per = "month"
		}
	}
	cents, ok := parseCents(s, per)
	if !ok || c.shared(s) || c.Type == TypeIncome && strings.ContainsRune(s, '户') {
		return value{}, false
	}
	v := value{set: true, n: cents}
	if src.unit.yuan > 1 && !strings.ContainsAny(s, "万元") { // the cell's own unit goes first
		v.n *= src.unit.yuan
	}
	if months > 0 && c.Per == "month" && !strings.ContainsRune(s, '月') {
		v.n = (v.n + months/2) / months
	}
	if months > 0 && months != 12 && c.Type == TypeIncome {
		v.n = (v.n*12 + months/2) / months
		v.s = monthly
	}
	if v.n > maxCents || v.n < -maxCents {
		return value{}, false
	}
	return v, true
}

func (c *columnFold) date(text, s string, kind table.Kind) (value, bool) {
	if endless(s) {
		return value{set: c.Type == TypeUntil, n: forever.date32(false)}, true
	}
	if none(s) {
		return value{}, true
	}
	d, doubt, ok := parseDay(text, kind == table.Number)
	if !ok || d.year > 2100 && c.Type != TypeUntil {
		return value{}, false
	}
	if d.year < 1990 && mistaken(s, c.Type) {
		return value{}, false
	}
	if c.Type == TypeMonth {
		d.day = 1
	}
	v := value{set: true, n: d.date32(c.Type == TypeUntil)}
	if doubt {
		v.s = doubtful
	}
	return v, true
}

// mistaken says that a serial was a month to its writer: 20215 is May 2021 and a day of 1955,
// 2105 the same and a day of 1905. Somebody may have been born on such days.
func mistaken(s string, t Type) bool {
	if t == TypeDate {
		return len(s) == 4 && s[2:] >= "01" && s[2:] <= "12"
	}
	return len(s) == 4 || len(s) == 5
}

// blankValue is what an empty cell of a column means.
func (c *columnFold) blankValue() value {
	switch {
	case c.blankUnknown:
	case c.Type == TypeYesNo:
		return value{set: true, s: unanswered}
	case c.Blank != "":
		return value{set: true, s: c.Blank}
	}
	return value{}
}
