package roster

import (
	"fmt"
	"slices"
	"strings"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// How surely a header names a column. A config alias settles what the built-in
// ones leave open; a group and its leaf together say more than the leaf alone, and
// 学生身份证号 more than 身份证号, which may be the guardian's.
const (
	byLeaf = iota
	byPath
	bySubject
	byConfig
)

// claim is one header cell that names a canonical column.
type claim struct {
	column   int // among Kind.Columns
	cell     int // among the row's cells
	order    int // among the column's aliases, the label first
	strength int
	seat     int // the number of the member whose column it is; 0 for the row's own
	inverted bool
	spare    bool
	groups   []string // the texts above it that took no part in finding it
	leaf     bool     // its last text alone found it
	left     bool     // it speaks of another person: nobody's
	of       string   // the group or remark that may be another person's; empty where none is
	family   bool     // that one is the head's or a relative's
	unit     unit
	turn     int               // 1 says what is after a change, -1 what was before it
	month    int               // that the header names, 202105; 202100 for a year
	dated    bool              // it was found without the year or month in its name
	codes    map[string]string // what its legend says that codes stand for
	header   string            // as sent, group/leaf
	folded   string
}

// target is what a folded header means.
type target struct {
	column, order    int
	config, inverted bool
	spare            bool
	subject          bool // it names whom the roster is about
}

// matcher knows every folded header of a kind.
type matcher struct {
	kind     *Kind
	headers  map[string]target
	anyTable bool // nothing is asked of a table: its rows are left out
}

// newMatcher adds the configuration's aliases to the kind's own. A column that the
// kind does not have, or that is derived, is a fault.
func newMatcher(k *Kind, aliases map[string][]string) (*matcher, error) {
	m := &matcher{kind: k, headers: make(map[string]target)}
	for i := range k.Columns {
		c := &k.Columns[i]
		if c.Derived {
			continue
		}
		for order, a := range append([]string{c.Label}, c.Aliases...) {
			m.add(a, target{column: i, order: order})
		}
		for order, a := range c.Spare {
			m.add(a, target{column: i, order: 500 + order, spare: true})
		}
		for order, a := range c.Inverted {
			m.add(a, target{column: i, order: 1000 + order, inverted: true})
		}
	}
	m.addSubjects()
	for name, list := range aliases { // distinct headers: the order of the map does not show
		i := k.column(name)
		if i < 0 || k.Columns[i].Derived {
			return nil, k.unknownColumn("aliases", name)
		}
		for order, a := range list {
			key := foldHeader(a)
			if t, taken := m.headers[key]; taken && t.config && t.column != i {
				return nil, fault.New(fault.ConfigBadValue, "config.yaml sources."+k.Name+".aliases",
					"一个表头只能对应一列。", fmt.Errorf("add alias %q: named for %s and %s", a, k.Columns[t.column].Name, name))
			}
			m.headers[key] = target{column: i, order: order, config: true, inverted: m.headers[key].inverted && m.headers[key].column == i}
		}
	}
	return m, nil
}

func (m *matcher) add(alias string, t target) {
	key := foldHeader(alias)
	if _, taken := m.headers[key]; !taken {
		m.headers[key] = t
	}
}

// match finds what the header rows levels (top to bottom) claim. A leaf is tried
// together with the groups above it first, then alone.
func (m *matcher) match(levels [][]table.Cell) []claim {
	var claims []claim
	paths := headerPaths(levels)
	for _, p := range paths {
		for k := range p.texts { // the whole path, then ever shorter ends of it
			t, key, ok := m.find(p.texts[k:])
			seat := 0
			if remarked, itsKey, found := m.findRemarked(p.texts[len(p.texts)-1]); found && !t.config {
				t, key, ok = remarked, itsKey, true
			}
			if !t.config {
				// 姓名(2) is the second member's name, though a remark in brackets says nothing elsewhere
				if member, itsKey, number, found := m.findMember(p.texts[k:]); found {
					t, key, seat, ok = member, itsKey, number, true
				}
			}
			dated := false
			if !ok {
				t, key, dated = m.findDated(p.texts[k:])
				ok = dated
			}
			raw := compact(strings.Join(p.texts[k:], ""))
			if !ok || !t.config && (m.kind.Columns[t.column].shared(raw) || m.kind.Columns[t.column].besides(raw, p.texts[:k])) {
				continue
			}
			c := claim{
				column: t.column, cell: p.cell, order: t.order, seat: seat, inverted: t.inverted, spare: t.spare, header: p.label(), folded: key, unit: unitOf(key, raw).or(unitOfGroups(p.texts[:k])),
				turn: turnOf(p.texts), month: monthOf(raw), dated: dated, codes: p.legend(),
			}
			switch {
			case t.config:
				c.strength = byConfig
			case t.subject:
				c.strength = bySubject
			case k == 0:
				c.strength = byPath
			}
			if !t.config {
				m.whoseRemark(&c, p.texts[len(p.texts)-1])
			}
			for _, group := range p.texts[:k] {
				c.groups = append(c.groups, foldHeader(group))
			}
			c.leaf = k == len(p.texts)-1
			claims = append(claims, c)
			break
		}
	}
	m.leaveOthers(claims)
	claims, left := partClaims(claims)
	return append(m.assign(m.withoutOthers(withoutDated(withoutSpare(claims)), paths)), left...)
}

// partClaims parts the claims of other people from those that count.
func partClaims(all []claim) (claims, left []claim) {
	for _, c := range all {
		if c.left {
			left = append(left, c)
		} else {
			claims = append(claims, c)
		}
	}
	return claims, left
}

// withoutSpare drops the spare headers of a column that another header names.
func withoutSpare(claims []claim) []claim {
	return slices.DeleteFunc(slices.Clone(claims), func(c claim) bool {
		return c.spare && slices.ContainsFunc(claims, func(other claim) bool {
			return other.column == c.column && (!other.spare || other.order < c.order)
		})
	})
}

// find looks up the joined texts, and once more without the 信息 of a group (户主信息/姓名).
func (m *matcher) find(texts []string) (t target, key string, ok bool) {
	key = foldHeader(strings.Join(texts, ""))
	if t, ok = m.headers[key]; ok {
		return t, key, ok
	}
	if now := afterChange.FindString(key); now != "" {
		if t, ok = m.headers[key[len(now):]]; ok {
			return t, key[len(now):], ok
		}
	}
	if len(texts) < 2 {
		return t, key, false
	}
	group := foldHeader(strings.Join(texts[:len(texts)-1], ""))
	for _, tail := range []string{"基本信息", "基本情况", "信息", "情况"} {
		if bare, cut := strings.CutSuffix(group, tail); cut {
			key = bare + foldHeader(texts[len(texts)-1])
			t, ok = m.headers[key]
			return t, key, ok
		}
	}
	return t, key, false
}

// headerPath is what stands above one column of cells.
type headerPath struct {
	cell  int
	texts []string // groups first, the leaf last
}

// label is the header as an operator sees it.
func (p headerPath) label() string {
	parts := make([]string, len(p.texts))
	for i, t := range p.texts {
		parts[i] = squeeze(t)
	}
	return strings.Join(parts, "/")
}

// headerPaths gives each column its header texts. A group cell stands above the
// blank cells to its right too, as merged cells are written.
func headerPaths(levels [][]table.Cell) []headerPath {
	width := 0
	for _, l := range levels {
		width = max(width, len(l))
	}
	groups := make([]string, len(levels)) // the group that is open at each level
	var paths []headerPath
	for c := range width {
		var own, whole []string
		for l, cells := range levels {
			text := cellText(cells, c)
			if text != "" {
				groups[l] = text
				for below := l + 1; below < len(groups); below++ {
					groups[below] = "" // a new group ends those under it
				}
				own = append(own, text)
			}
			if l < len(levels)-1 && groups[l] != "" {
				whole = append(whole, groups[l])
			}
		}
		switch leaf := cellText(levels[len(levels)-1], c); {
		case len(own) == 0:
		case leaf == "" || len(levels) == 1:
			paths = append(paths, headerPath{c, own})
		default:
			paths = append(paths, headerPath{c, append(whole, leaf)})
		}
	}
	return paths
}

func cellText(cells []table.Cell, at int) string {
	if at < 0 || at >= len(cells) || cells[at].Kind == table.Blank || blank(cells[at].Text) {
		return ""
	}
	return written(cells[at])
}

// written is a cell's text without the apostrophe by which a spreadsheet is told that it is
// text: some exports write it out.
func written(c table.Cell) string { return strings.TrimPrefix(c.Text, "'") }

// found is a header among rows: its first row, how many rows it has and what it claims.
type found struct {
	start, depth int
	score        int // distinct columns
	clashes      int // claims that another one of the same strength contests
	claims       []claim
}

// better says that f reads the rows better than g. The same leaf under two groups
// (户主/姓名, 成员/姓名) is why clashes count: with the groups there are fewer.
func (f found) better(g found) bool {
	if f.score != g.score {
		return f.score > g.score
	}
	if f.clashes != g.clashes {
		return f.clashes < g.clashes
	}
	return f.depth < g.depth
}

// weigh counts what the claims are worth, and says whether they make a header: at least two
// columns, one of which tells who a row is about. Towns with sums are a summary.
func (m *matcher) weigh(f found) (found, bool) {
	strongest := make([]int, len(m.kind.Columns)) // strength + 1 of the best claim so far
	theirs := make([]bool, len(m.kind.Columns))
	who := false
	at := m.kind.at
	for _, c := range f.claims {
		switch {
		case c.left: // read without its group it would count, and be taken for the person's own
			theirs[c.column] = true
			continue
		case strongest[c.column] == 0:
			f.score++
			strongest[c.column] = c.strength + 1
		case c.seat > 0:
		case strongest[c.column] == c.strength+1:
			f.clashes++
		case strongest[c.column] < c.strength+1:
			strongest[c.column] = c.strength + 1
		}
		who = who || slices.Contains([]int{at.name, at.idNumber, at.headName, at.headID, at.certNo}, c.column)
	}
	for column, left := range theirs {
		if left && strongest[column] == 0 {
			f.score++
		}
	}
	return f, f.score >= 2 && who
}

// best finds the header that begins with the first of rows, or up to two rows later
// if that one matches more: a title row may pass for a group. Ties go to fewer
// rows, then to the earlier start. No person's row is part of a header, or passed over.
func (m *matcher) best(rows []table.Row) (found, bool) {
	var top found
	accepted := false
	if person := slices.IndexFunc(rows, holdsID); person >= 0 {
		rows = rows[:person]
	}
	if !slices.ContainsFunc(rows[:min(3, len(rows))], m.known) {
		return found{}, false // the usual row of a sheet without a table
	}
	for start := range min(3, len(rows)) {
		for depth := 1; depth <= 3 && start+depth <= len(rows); depth++ {
			if depth > 1 && !m.continues(rows[start+depth-2].Cells, rows[start+depth-1].Cells) {
				break
			}
			levels := make([][]table.Cell, depth)
			for i := range levels {
				levels[i] = rows[start+i].Cells
			}
			f, header := m.weigh(found{start: start, depth: depth, claims: m.match(levels)})
			if !header {
				continue
			}
			accepted = accepted || start == 0
			if f.better(top) {
				top = f
			}
		}
		if !accepted {
			return found{}, false
		}
		if top.start == 0 && top.depth == 1 && top.score >= 3 {
			break // no title: what follows may be persons without numbers
		}
	}
	return m.deepen(top, rows), accepted
}

// continues says that the lower row may be another row of the header: no text in it stands
// under a header that is whole without it.
func (m *matcher) continues(upper, lower []table.Cell) bool {
	for i := range lower {
		above, text := cellText(upper, i), cellText(lower, i)
		if above == "" || text == "" || cellText(upper, i+1) == "" {
			continue
		}
		_, leaf := m.headers[foldHeader(text)]
		_, path := m.headers[foldHeader(above+text)]
		if _, whole := m.headers[foldHeader(above)]; whole && !leaf && !path && foldHeader(above) != foldHeader(text) {
			return false
		}
	}
	return true
}

// deepen adds the rows of leaves that change nothing in what is claimed, but part a
// group: under 户月保障金额 the cell 合计 is meant, not the first.
func (m *matcher) deepen(f found, rows []table.Row) found {
	for f.depth < 3 && f.start+f.depth < len(rows) && leaves(rows[f.start+f.depth-1].Cells, rows[f.start+f.depth].Cells) {
		levels := make([][]table.Cell, f.depth+1)
		for i := range levels {
			levels[i] = rows[f.start+i].Cells
		}
		deeper, header := m.weigh(found{start: f.start, depth: f.depth + 1, claims: m.match(levels)})
		if !header {
			break
		}
		f = deeper
	}
	return f
}

// leaves says that the lower row holds the leaves of groups in the upper one: texts, two
// or more, all of them under a group's cell or the blank ones to its right.
func leaves(upper, lower []table.Cell) bool {
	n := 0
	for i := range lower {
		text := cellText(lower, i)
		if text == "" {
			continue
		}
		if cellText(upper, i) != "" && cellText(upper, i+1) != "" || i == 0 || numberLike(text) || digits(text) == len(text) && !aYear.MatchString(text) {
			return false
		}
		n++
	}
	return n >= 2
}

// holdsID says that a cell of the row looks like an ID number, whole or damaged.
func holdsID(row table.Row) bool {
	for i := range row.Cells {
		if text := compact(cellText(row.Cells, i)); len(text) >= 11 && digits(text[:1]) == 1 && (digits(text) >= 15 ||
			len(text) >= 15 && digits(text) >= 6 || strings.Contains(text, "E+1")) {
			return true
		}
	}
	return false
}

// known says that a cell of the row is a header of the kind.
func (m *matcher) known(row table.Row) bool { return m.mayBeHeader(row.Cells, 1) }
