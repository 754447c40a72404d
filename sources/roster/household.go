package roster

import (
	"regexp"
	"slices"
	"strings"

	"hedui/sources/idnumber"
	"hedui/sources/table"
)

// admit takes all persons of a data row and appends those that are somebody. It gives the
// reason code where none is.
func (s *sheetRun) admit(row table.Row) (persons int, code string) {
	s.reading = row.Number
	s.trust(row)
	row = s.repeat(row)
	if s.elsewhere(row) {
		return 0, rejectAway
	}
	s.noteStrays(row.Cells)
	if s.layout.household {
		s.layout.open.close() // a row, a household
	}
	if names, ids := s.lists(row.Cells); len(names) > 1 || len(ids) > 1 || s.layout.household && len(s.layout.seats) == 0 {
		return s.admitList(row, names, ids)
	}
	if code = s.take(row); code == "" {
		s.keep(row.Number)
		persons++
	}
	if len(s.layout.seats) > 0 {
		own := s.rec.id
		more := s.admitSeats(row, own, code == "")
		if persons += more; persons > 0 {
			code = ""
		}
	}
	return persons, code
}

// keep appends the record to the batch.
func (s *sheetRun) keep(row int) {
	s.noteOwn()
	if no := s.matcher.kind.at.householdNo; no >= 0 && s.rec.filled[no] && !s.rec.vals[no].set {
		s.unhoused++
	}
	for i, filled := range s.rec.filled {
		if filled {
			s.filled[i]++
		}
	}
	s.out.add(s.path, s.raw.name, row, s.rec.vals)
	s.persons++
}

// admitSeats takes the members in numbered columns. Whoever sits there once more under
// the number of the row's own person is that person.
func (s *sheetRun) admitSeats(row table.Row, own numbered, taken bool) (persons int) {
	l, at := s.layout, s.matcher.kind.at
	kept := make(map[int][]source)
	for _, c := range at.memberColumns() {
		kept[c] = l.sources[c]
	}
	s.member = true
	for _, seat := range l.seats {
		for _, c := range at.memberColumns() {
			l.sources[c] = seat[c]
		}
		if s.vacant(row.Cells) {
			continue
		}
		if code := s.take(row); code != "" {
			s.faultFor(at.name, seat[at.name][0].header, strings.Join(s.seated(row.Cells), " "), "成员没有姓名，也没有身份证号")
			continue
		}
		if taken && s.rec.id.Joins() && own.Joins() && s.rec.id.Clean == own.Clean {
			continue
		}
		s.keep(row.Number)
		persons++
	}
	for c, sources := range kept {
		l.sources[c] = sources
	}
	s.member = false
	return persons
}

// vacant says that nobody sits on the seat whose columns are in force.
func (s *sheetRun) vacant(cells []table.Cell) bool { return nobodyIn(s.seated(cells)) }

// seated is what the seat's cells hold.
func (s *sheetRun) seated(cells []table.Cell) []string {
	var texts []string
	for _, c := range s.matcher.kind.at.memberColumns() {
		if text := cellText(cells, s.layout.at(c)); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// nobodyIn says that texts where names and numbers belong name nobody: 无, —.
func nobodyIn(texts []string) bool {
	return !slices.ContainsFunc(texts, func(text string) bool { return !nothing(compact(text)) && !none(compact(text)) })
}

// lists gives the names and ID numbers in the row's cells where they may be several.
func (s *sheetRun) lists(cells []table.Cell) (names, ids []string) {
	at := s.matcher.kind.at
	if at.headName < 0 || len(s.layout.seats) > 0 || !s.layout.has(at.name) {
		return nil, nil
	}
	name, id := cellText(cells, s.layout.at(at.name)), cellText(cells, s.layout.at(at.idNumber))
	if !s.layout.household && plainName(name) && len(id) < 30 {
		return nil, nil // nearly every row
	}
	return splitPersons(name, id)
}

// listNumber is the number of an element: 1、张三 2、李四.
var listNumber = regexp.MustCompile(`(?:^|[\s,，;；、/]+)[0-9]{1,2}[、.．)）]\s*`)

// splitPersons splits the lists of names and ID numbers in two cells. A space or a
// line break may also stand inside a name: it parts names only where that makes as
// many as there are numbers.
func splitPersons(name, id string) (names, ids []string) {
	name, id = listNumber.ReplaceAllString(name, ";"), listNumber.ReplaceAllString(id, ";")
	name, id = strings.TrimPrefix(name, ";"), strings.TrimPrefix(id, ";")
	ids = splitList(id, "、,;/| \t\n\r")
	for _, part := range ids {
		if n := idnumber.Clean(part, false); len(part) < 15 && n.State != idnumber.Missing {
			ids = []string{id} // one number, written with gaps
			break
		}
	}
	names = splitList(name, "、,;")
	if spaced := splitList(name, "、,;/| \t\n\r"); len(ids) > 1 && len(spaced) == len(ids) {
		names = spaced
	}
	return names, ids
}

// splitList cuts a cell at any of the delimiters that does not stand in brackets.
// Full-width delimiters count like their ASCII twins. An empty element between two
// marks keeps its place.
func splitList(text, delimiters string) []string {
	spaces := strings.Contains(delimiters, " ")
	depth := 0
	fields := []string{""}
	marked := true // the last cut was at a mark, not a space
	for _, r := range strings.TrimFunc(text, invisible) {
		plain := r
		switch r {
		case '，':
			plain = ','
		case '；':
			plain = ';'
		case '／':
			plain = '/'
		case '　', '\u00a0':
			plain = ' '
		case '（', '(':
			depth++
		case '）', ')':
			depth--
		}
		last := len(fields) - 1
		switch {
		case depth > 0 || !strings.ContainsRune(delimiters, plain):
			fields[last] += string(r)
		case spaces && strings.ContainsRune(" \t\n\r", plain):
			if fields[last] != "" {
				fields, marked = append(fields, ""), false
			}
		case fields[last] == "" && !marked:
			marked = true // a mark after a space
		default:
			fields, marked = append(fields, ""), true
		}
	}
	for len(fields) > 0 && strings.TrimFunc(fields[len(fields)-1], invisible) == "" {
		fields = fields[:len(fields)-1]
	}
	for i := range fields {
		fields[i] = strings.TrimFunc(fields[i], invisible)
	}
	return fields
}

// admitList takes the persons that the row lists, and the head where the row is a
// household and the list leaves the head out. Names and numbers are paired by place
// where there are as many of both, and not at all otherwise.
func (s *sheetRun) admitList(row table.Row, names, ids []string) (persons int, code string) {
	at := s.matcher.kind.at
	if !s.layout.has(at.headName) && !s.layout.has(at.headID) && !s.layout.has(at.householdNo) {
		s.layout.open.close() // nothing but the row tells the household
	}
	if nobodyIn(names) && nobodyIn(ids) {
		names, ids = nil, nil
	}
	names, ids, own := s.withoutHead(row.Cells, names, ids)
	if s.layout.household && own {
		if code = s.take(s.only(row, nil, -1)); code == "" {
			s.keep(row.Number)
			persons++
		}
	}
	s.member = persons > 0
	defer func() { s.member = false }()
	if len(names) != len(ids) && len(ids) > 0 {
		s.faultFor(at.idNumber, s.layout.headerOf(at.idNumber), cellText(row.Cells, s.layout.at(at.idNumber)), "姓名和身份证号的个数不同，没有配对")
	}
	lists := s.listed(row.Cells, len(names))
	for _, c := range []int{at.relation, at.sex, at.birthDate} {
		if text := cellText(row.Cells, s.layout.at(c)); text != "" && lists[c] == nil && len(names) > 0 {
			s.faultFor(c, s.layout.headerOf(c), text, "与姓名的个数不同，没有分给各人")
		}
	}
	lists[at.name] = names
	if len(names) == len(ids) {
		lists[at.idNumber] = ids
	}
	for i := range names {
		if refused := s.take(s.only(row, lists, i)); refused != "" {
			code = refused
			continue
		}
		s.keep(row.Number)
		persons++
		if !s.member && s.layout.open.headID == "" && !s.rec.id.missing() {
			s.layout.open.headID = headValue(s.rec.id).s // where no column tells the head
		}
		s.member = true
	}
	if persons == 0 && code == "" { // neither list nor head
		if code = s.take(row); code == "" {
			s.keep(row.Number)
			persons++
		}
	}
	return persons, code
}

// withoutHead takes the head out of lists of which only one counts the head in. own
// says that neither does: the head stands in columns of his own alone.
func (s *sheetRun) withoutHead(cells []table.Cell, names, ids []string) ([]string, []string, bool) {
	at := s.matcher.kind.at
	head := NameKey(squeeze(cellText(cells, s.layout.at(at.headName))))
	number := idnumber.Clean(cellText(cells, s.layout.at(at.headID)), false)
	if head == "" && number.State == idnumber.Missing {
		return names, ids, false
	}
	named, numbered := -1, -1
	for i, name := range names {
		if named < 0 && NameKey(squeeze(name)) == head {
			named = i
		}
	}
	for i, id := range ids {
		if numbered < 0 && number.Joins() && idnumber.Clean(id, false).Clean == number.Clean {
			numbered = i
		}
	}
	switch {
	case named < 0 && numbered >= 0 && len(ids) == len(names)+1:
		ids = without(ids, numbered)
	case named >= 0 && numbered < 0 && number.Joins() && len(names) == len(ids)+1:
		return without(names, named), ids, true
	}
	return names, ids, named < 0
}

func without(list []string, at int) []string {
	return append(append([]string(nil), list[:at]...), list[at+1:]...)
}

// listed splits the members' other columns, those that hold one text a person.
func (s *sheetRun) listed(cells []table.Cell, persons int) map[int][]string {
	lists := make(map[int][]string)
	for _, c := range s.matcher.kind.at.memberColumns() {
		text := cellText(cells, s.layout.at(c))
		if parts := splitList(text, "、,;/| \t\n\r"); len(parts) == persons {
			lists[c] = parts
		}
	}
	return lists
}

// only gives the row as one person's: of the members' columns the i-th of each list
// alone, and blank where there is no list.
func (s *sheetRun) only(row table.Row, lists map[int][]string, i int) table.Row {
	cells := append([]table.Cell(nil), row.Cells...)
	for _, c := range s.matcher.kind.at.memberColumns() {
		at := s.layout.at(c)
		if at < 0 || at >= len(cells) {
			continue
		}
		cell := table.Cell{}
		if i >= 0 && i < len(lists[c]) && lists[c][i] != "" {
			cell = table.Cell{Text: lists[c][i], Kind: table.Text, Struck: cells[at].Struck}
			if lists[c][i] == cells[at].Text {
				cell.Kind = cells[at].Kind // not split: it may be a number cell
			}
		}
		cells[at] = cell
	}
	row.Cells = cells
	return row
}

// householdRows says, from the first rows under a header, that every row is a household:
// some list several persons, and no head has a second row.
func (s *sheetRun) householdRows() bool {
	at := s.matcher.kind.at
	if at.headName < 0 || !s.layout.has(at.headName) || !s.layout.has(at.name) || len(s.layout.seats) > 0 {
		return false
	}
	if others(foldHeader(s.layout.headerOf(at.name))) {
		return true
	}
	s.ahead(laterChunk)
	heads := make(map[string]bool)
	listed := false
	for _, row := range s.queue {
		name := cellText(row.Cells, s.layout.at(at.name))
		head := cellText(row.Cells, s.layout.at(at.headName)) + "\x1f" + cellText(row.Cells, s.layout.at(at.headID))
		if name == "" || s.total(row.Cells) {
			continue
		}
		if heads[head] || strings.HasPrefix(head, "\x1f") {
			return false
		}
		heads[head] = true
		names, ids := splitPersons(name, cellText(row.Cells, s.layout.at(at.idNumber)))
		listed = listed || len(names) > 1 && len(ids) > 1
	}
	return listed
}

// nameHead says of the row's own person that he is the head of the members in it, where
// no cell tells.
func (s *sheetRun) nameHead() {
	rec, at := &s.rec, s.matcher.kind.at
	if at.headName >= 0 && !rec.vals[at.relation].set && rec.vals[at.name].set && rec.vals[at.name] == rec.vals[at.headName] {
		rec.vals[at.relation] = value{set: true, s: "户主"}
	}
}
