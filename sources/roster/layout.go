package roster

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// layout tells, from one header on, which cells of a row hold which column.
type layout struct {
	sources [][]source // by column of the kind; in order of preference
	levels  [][]string // the header rows, folded, to know them again after a page break
	headers []string   // by cell, as sent; for rejects
	serial  int        // the cell of 序号, -1 without one
	id      int        // the cell of the ID number, else the head's or the certificate's; -1 without one
	person  int        // the cell of the name, else the head's; -1 without one
	width   int        // cells that the header names
	cells   int        // cells that it has
	last    int        // the header's last row

	open   group
	merges merges
	above  []table.Cell // what 同上 repeats, by cell; nil at the start and below a total

	columns  []*layout // where the page has several columns of rows: one layout each, this one's first
	from, to int       // the cells of such a column
	list     *listing  // what its own title says; nil where it has none

	programmes []int  // the cells that may say of a row in which programme its people are
	away       string // the programme of the last row, where that was another
	own        bool   // a column that only this kind has is there
	endedOn    []int  // the cells of days since which a row is no longer in force
	remarks    []remark

	seats     []seat // of the household's other members, where they have columns of their own
	household bool   // each row is a household

	matched   map[string]string
	unmatched []string
	repeated  []string
	unclaimed []int // the cells of those that may hold people
}

// source is one cell that feeds a column.
type source struct {
	claim
	memo *memo // nil where nothing was folded yet
}

// newLayout settles the claims of a header. Two different headers that claim one
// column without a way to combine them, or a missing required column, are faults;
// place names file and sheet.
func (m *matcher) newLayout(levels [][]table.Cell, claims []claim, place string) (*layout, error) {
	claims, _ = partClaims(claims)
	n := len(m.kind.Columns)
	l := &layout{sources: make([][]source, n), serial: -1, matched: make(map[string]string), open: group{vals: make([]value, n), filled: make([]bool, n)}}
	used := make(map[int]bool)
	twice := make(map[int]bool) // columns whose header came again
	for i := range m.kind.Columns {
		c := &m.kind.Columns[i]
		mine := slices.DeleteFunc(slices.Clone(claims), func(cl claim) bool { return cl.column != i || cl.seat > 0 })
		mine, was := current(mine)
		chosen, repeated, err := choose(c, mine)
		if err != nil && !m.anyTable {
			return nil, fault.New(fault.SourceAmbiguous, place,
				fmt.Sprintf("在 config.yaml 的 sources.%s.aliases.%s 中写明采用哪一个表头，或删去多余的列。", m.kind.Name, c.Name), err)
		}
		for _, cl := range chosen {
			l.sources[i] = append(l.sources[i], source{claim: cl})
			used[cl.cell] = true
		}
		twice[i] = len(repeated) > 0
		for _, cl := range append(repeated, was...) {
			l.repeated = append(l.repeated, cl.header)
			used[cl.cell] = true
		}
		if len(chosen) > 0 {
			l.matched[c.Name] = headersOf(chosen)
			l.own = l.own || c.own
		}
	}
	if twice[m.kind.at.name] && twice[m.kind.at.idNumber] && !m.anyTable {
		return nil, m.sideBySide(l, place)
	}
	m.seats(l, claims, used)
	m.name(l, levels, used)
	m.seatHead(l)
	if !m.anyTable {
		if err := m.required(l, place); err != nil {
			return nil, err
		}
		if err := m.misplaced(l, place); err != nil {
			return nil, err
		}
	}
	m.derive(l)
	at := m.kind.at
	l.id = l.firstOf(at.idNumber, at.headID, at.certNo)
	l.person = l.firstOf(at.name, at.headName)
	return l, nil
}

// sideBySide refuses a table whose rows hold several persons side by side, and nothing
// tells what they are to one another: the first alone would lose the others.
func (m *matcher) sideBySide(l *layout, place string) error {
	return fault.New(fault.SourceAmbiguous, place,
		"一行并排写了几个人，看不出是同一户还是左右两栏：左右两栏请接成一栏；同一户的请把表头写成“户主姓名”和“成员1姓名、成员1身份证号……”，再重新报送。",
		fmt.Errorf("choose columns: 表头 %s 又并排出现", strings.Join(l.repeated, "、")))
}

// choose takes the claims of one column that feed it. Of the same header the first is
// taken, the others are repeated; a config alias, then a group with its leaf, goes before a
// leaf alone.
func choose(c *Column, claims []claim) (chosen, repeated []claim, err error) {
	if len(claims) == 0 {
		return nil, nil, nil
	}
	strongest := slices.MaxFunc(claims, func(a, b claim) int { return a.strength - b.strength }).strength
	for _, cl := range claims {
		same := func(other claim) bool {
			return other.folded == cl.folded && (strongest != byLeaf || squeeze(other.header) == squeeze(cl.header))
		}
		switch {
		case cl.strength < strongest && c.Combine == "":
		case slices.ContainsFunc(chosen, same):
			repeated = append(repeated, cl)
		default:
			chosen = append(chosen, cl)
		}
	}
	slices.SortStableFunc(chosen, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.strength, a.strength), cmp.Compare(a.order, b.order))
	})
	switch {
	case len(chosen) <= 1:
	case c.Combine == combinePrefer:
		chosen = chosen[:1]
	case c.Combine == "":
		return nil, nil, fmt.Errorf("choose column %s: 表头 %s 都像是“%s”", c.Name, headersOf(chosen), c.Label)
	}
	return chosen, repeated, nil
}

func headersOf(claims []claim) string {
	var names []string
	for _, c := range claims {
		names = append(names, c.header)
	}
	return strings.Join(names, "、")
}

// join adds what the header of a later table of the sheet tells to the report.
func (l *layout) join(later *layout) {
	for column, header := range later.matched {
		if l.matched[column] == "" {
			l.matched[column] = header
		}
	}
	for _, header := range later.unmatched {
		if !slices.Contains(l.unmatched, header) {
			l.unmatched = append(l.unmatched, header)
		}
	}
	for _, header := range later.repeated {
		if !slices.Contains(l.repeated, header) {
			l.repeated = append(l.repeated, header)
		}
	}
}

// name keeps the header's own texts: for rejects, for repeats, and the list of unmatched ones.
func (m *matcher) name(l *layout, levels [][]table.Cell, used map[int]bool) {
	for _, cells := range levels {
		folded := make([]string, len(cells))
		for i := range cells {
			folded[i] = foldHeader(cellText(cells, i))
		}
		l.levels = append(l.levels, folded)
		l.cells = max(l.cells, len(cells))
	}
	for _, p := range headerPaths(levels) {
		for len(l.headers) <= p.cell {
			l.headers = append(l.headers, "")
		}
		l.headers[p.cell] = p.label()
		switch foldHeader(p.label()) {
		case "序号", "编号", "NO", "NO.", "行号", "序":
			if l.serial < 0 {
				l.serial = p.cell
			}
			continue
		}
		if programmeHeader.MatchString(foldHeader(p.label())) {
			l.programmes = append(l.programmes, p.cell)
		}
		if !used[p.cell] && m.endedOn(p.label()) {
			l.endedOn = append(l.endedOn, p.cell)
			continue
		}
		if !used[p.cell] {
			l.unmatched = append(l.unmatched, p.label())
			if r, ok := m.remarkOf(p.cell, p.label()); ok {
				l.remarks = append(l.remarks, r)
			}
			if m.mayStray(p) && (p.cell == 0 || !namesOther.MatchString(foldHeader(l.headers[p.cell-1]))) { // 监护人, 身份证号
				l.unclaimed = append(l.unclaimed, p.cell)
			}
		}
	}
	l.width = len(l.headers)
	for i, header := range l.headers {
		if header == "" && !m.kind.Events {
			l.unclaimed = append(l.unclaimed, i)
		}
	}
}

// required refuses a layout that lacks a column which the kind cannot do without.
func (m *matcher) required(l *layout, place string) error {
	var missing []string
	for i := range m.kind.Columns {
		c := &m.kind.Columns[i]
		if !c.Required || len(l.sources[i]) > 0 || l.matched[c.Name] != "" { // of members, it may be matched without a source
			continue
		}
		if slices.ContainsFunc(c.Instead, func(name string) bool { return len(l.sources[m.kind.column(name)]) > 0 }) {
			continue
		}
		text := m.kind.labels(c)
		if like := m.nearestOf(c, l.unmatched); like != "" {
			text += "（" + like + "）"
		}
		missing = append(missing, text)
	}
	if len(missing) == 0 {
		return nil
	}
	var headers []string
	for _, h := range l.headers {
		if h != "" {
			headers = append(headers, h)
		}
	}
	return fault.New(fault.SourceColumn, place,
		fmt.Sprintf("%s缺少必需的列：%s。找到的表头：%s。请补上该列，或在 config.yaml 的 sources.%s.aliases 中写明它的表头。",
			m.kind.Label, strings.Join(missing, "；"), strings.Join(headers, "、"), m.kind.Name),
		errors.New("match columns: a required column is missing"))
}

// derive names the header of columns that are computed from another's cells, since
// a rule that needs such a column can be evaluated.
func (m *matcher) derive(l *layout) {
	from := func(name string, others ...string) {
		if m.kind.column(name) < 0 || l.matched[name] != "" {
			return
		}
		for _, other := range others {
			if h := l.matched[other]; h != "" {
				l.matched[name] = h
				return
			}
		}
	}
	from("id_number", "cert_no", "head_id")
	from("name", "head_name")
	from("household_no", "head_id", "id_number")
	from("disability_type", "cert_no")
	from("grade", "cert_no")
	from("cert_type", "cert_no")
	from("cert_grade", "cert_no")
	from("type", "monitor_type", "household_type")
	from("stage", "school_grade")
	if ending := m.kind.at.ending; len(l.endedOn) > 0 && l.matched[m.kind.Columns[ending].Name] == "" {
		l.matched[m.kind.Columns[ending].Name] = l.headers[l.endedOn[0]]
	}
}

// inUnits gives the unit that a line above the table tells to the headers that tell none.
func (l *layout) inUnits(yuan int64) {
	for src := range l.feeding() {
		if src.unit.yuan == 0 {
			src.unit.yuan = yuan
		}
	}
}

// forget gives up what the sources remember: a workbook may have a thousand sheets.
func (l *layout) forget() {
	for src := range l.feeding() {
		src.memo = nil
	}
}

// feeding gives the cells that feed a column, the members' too.
func (l *layout) feeding() iter.Seq[*source] {
	return func(yield func(*source) bool) {
		for _, sources := range append([]seat{l.sources}, l.seats...) {
			for i := range sources {
				for j := range sources[i] {
					if !yield(&sources[i][j]) {
						return
					}
				}
			}
		}
	}
}

// has says that the sheet itself has the column.
func (l *layout) has(column int) bool { return column >= 0 && len(l.sources[column]) > 0 }

// headerOf is the header of a column's first cell, empty where the sheet has none.
func (l *layout) headerOf(column int) string {
	if !l.has(column) {
		return ""
	}
	return l.sources[column][0].header
}

// at is the cell of a column, -1 where the sheet has none.
func (l *layout) at(column int) int {
	if !l.has(column) {
		return -1
	}
	return l.sources[column][0].cell
}

// firstOf is the cell of the first of columns that the sheet has, -1 where it has none.
func (l *layout) firstOf(columns ...int) int {
	for _, c := range columns {
		if l.has(c) {
			return l.at(c)
		}
	}
	return -1
}
