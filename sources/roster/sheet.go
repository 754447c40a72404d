package roster

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// rawSheet is a sheet as sources/table gives it; tests make their own.
type rawSheet struct {
	name   string
	hidden bool
	note   func() string // what the format has to tell of it, once the rows are drained; may be nil
	rows   iter.Seq2[table.Row, error]
	merges func() []table.Range // may be nil
	text   bool                 // of a text file, whose commas part cells
}

var errTorn = errors.New("最后一行没有写完")

// lookahead is how many rows a header is sought in from its first row on: two title
// rows and a header of three.
const lookahead = 5

// sheetRun reads one sheet from top to bottom.
type sheetRun struct {
	raw     rawSheet
	path    string
	today   int64 // the day that is spoken about, as a date's value; 0: it is not known
	matcher *matcher
	folder  *folder

	feed  *feed
	queue []table.Row // rows that arrived and were not taken yet
	over  bool        // no more will arrive
	ended error       // because of this; nil at the true end

	unit      int64             // yuan in the unit that a line above the table tells; 0: none does
	codes     map[string]string // what a line beside the table says that codes stand for
	sought    bool              // such a line below the table was looked for
	layout    *layout
	first     *layout // the layout of the sheet's first header
	headerRow int
	titles    map[string]bool // the rows above the header, to know them again on later pages
	headless  int             // rows with an ID number above which no header stands
	list      listing         // what is said of the rows below
	sheetList listing         // what the sheet's name, its file's or its title says of all
	endedRows int             // that are out of force because of that alone
	near      []table.Cell    // a row that may have been meant as the header
	upright   map[int]bool    // columns whose header begins a row: the table may stand on its side

	rec    record
	recent [4]cleanedCell // ID numbers; see cleaned
	oldest int            // of recent
	out    *batch

	account    Account
	heads      map[headKey]string // the heads that were read, where nothing but a name tells them
	unhoused   int                // persons whose household's number is there, but unreadable
	persons    int                // rows given: a row of the sheet may hold several persons
	member     bool               // what is taken is not the row's first person
	reading    int                // the row that is being taken
	trusted    int                // of its cells, so many stand under their own headers
	faults     []int              // by column
	cellFaults []cellFault        // as far as they are kept
	filled     []int              // loaded rows with a filled cell, by column
	extra      int                // rows with cells beyond the header
	away       leftOut
	remarked   remarked
	struck     rowsTold // whose name or ID number is struck out, and who count
	strays     []stray
	own        map[string]bool // the numbers of those whom the sheet names where it should; see strays
	hidden     int
	doubts     int // numbers such as 2021.1
	changes    []int
}

func newSheetRun(raw rawSheet, m *matcher, f *folder, opt Options) *sheetRun {
	n, path := len(m.kind.Columns), opt.Path
	s := &sheetRun{
		raw: raw, path: path, matcher: m, folder: f, titles: make(map[string]bool), away: leftOut{told: make(map[string]string)}, upright: make(map[int]bool), faults: make([]int, n), filled: make([]int, n),
		rec: record{vals: make([]value, n), filled: make([]bool, n)},
	}
	s.sheetList = listing{ended: m.kind.endedBy(path, raw.name), other: m.kind.otherList(path, raw.name)}
	s.list = s.sheetList
	if !opt.AsOf.IsZero() {
		s.today = day{opt.AsOf.Year(), opt.AsOf.Month(), opt.AsOf.Day()}.date32(false)
	}
	s.feed = newFeed(raw.rows)
	return s
}

// place names the file, the sheet and, where row is not 0, the row.
func (s *sheetRun) place(row int) string {
	return fault.Place(s.path, s.raw.name, row)
}

// ahead waits until the queue holds n rows or the sheet has ended. An error of the
// sheet is told when the rows before it are taken.
func (s *sheetRun) ahead(n int) {
	for len(s.queue) < n && !s.over {
		c, more := <-s.feed.chunks
		if !more {
			s.over = true
			return
		}
		if len(s.queue) == 0 {
			s.queue = c.rows
		} else {
			s.queue = slices.Concat(s.queue, c.rows)
		}
		s.ended = c.err
	}
}

// pop takes the next row and counts it; false at the end.
func (s *sheetRun) pop() (table.Row, bool, error) {
	if len(s.queue) == 0 {
		s.ahead(1)
	}
	if len(s.queue) == 0 {
		if s.ended != nil {
			return table.Row{}, false, s.broken(s.ended)
		}
		return table.Row{}, false, nil
	}
	row := s.queue[0]
	s.queue = s.queue[1:]
	s.account.Read++
	return row, true, nil
}

// broken tells where a sheet could not be read on.
func (s *sheetRun) broken(err error) error {
	if f := fault.Of(err); f != nil && f.Place == "" {
		return fault.New(f.Code, s.place(0), f.Remedy, f.Err)
	}
	return fmt.Errorf("read %s: %w", s.place(0), err)
}

// findTable reads up to the end of the header; a sheet without one is read to its
// end, and all its rows are structural or blank.
func (s *sheetRun) findTable(ctx context.Context) error {
	for s.layout == nil {
		if err := ctx.Err(); err != nil {
			return err
		}
		s.ahead(lookahead)
		if len(s.queue) == 0 && s.ended == nil {
			return nil
		}
		if err := s.tryHeader(); err != nil {
			return err
		}
		if s.layout != nil {
			return nil
		}
		row, _, err := s.pop()
		if err != nil {
			return err
		}
		if emptyRow(row.Cells) {
			s.account.Blank++
			continue
		}
		s.account.Structural++
		s.remember(row)
		if holdsID(row) {
			s.headless++
		}
	}
	return nil
}

// tryHeader takes a header that begins with the first row of the queue.
func (s *sheetRun) tryHeader() error {
	rows := s.queue[:min(lookahead, len(s.queue))]
	if len(rows) == 0 || emptyRow(rows[0].Cells) {
		return nil
	}
	f, ok := s.matcher.best(rows)
	if !ok {
		return nil
	}
	levels := make([][]table.Cell, f.depth)
	for i := range levels {
		levels[i] = rows[f.start+i].Cells
	}
	for _, row := range rows[:f.start] {
		if !emptyRow(row.Cells) {
			s.remember(row)
		}
	}
	place := s.place(rows[f.start].Number)
	m := s.matcher
	if s.list.other != "" {
		m = m.lenient()
	}
	l, err := m.pageColumns(levels, place)
	if l == nil && err == nil {
		l, err = m.newLayout(levels, f.claims, place)
	}
	if err != nil {
		return err
	}
	s.layout = l
	for _, c := range l.each() {
		c.last = rows[f.start+f.depth-1].Number
	}
	if s.first == nil {
		s.first = l
		s.headerRow = rows[f.start].Number
	} else {
		s.first.join(l)
	}
	for range f.start + f.depth {
		row, _, _ := s.pop() // queued already: cannot fail
		if emptyRow(row.Cells) {
			s.account.Blank++
			continue
		}
		s.account.Structural++
	}
	s.overColumns(l, rows[:f.start])
	s.toldByList(l)
	for _, c := range l.each() {
		s.layout = c
		c.merges = s.newMerges()
		c.household = c.household || s.householdRows()
		c.inUnits(s.unit)
	}
	s.layout = l
	return nil
}

// remember keeps a row above the header: as a title that may return on every page, and
// as what may have been meant as the header.
func (s *sheetRun) remember(row table.Row) {
	if len(s.titles) < 50 {
		for i := range row.Cells {
			if yuan := titleUnit(cellText(row.Cells, i)); yuan > 0 {
				s.unit = yuan
			}
		}
		s.titles[rowKey(row.Cells)] = true
		s.readLegend(row.Cells)
	}
	s.heading(row.Cells, true)
	if s.near != nil {
		return
	}
	claims := s.matcher.match([][]table.Cell{row.Cells})
	f, _ := s.matcher.weigh(found{claims: claims})
	if f.score == 1 && cellsFilled(row.Cells) > 1 && claims[0].cell == firstFilled(row.Cells) {
		s.upright[claims[0].column] = true
	}
	// A name's or a town's header alone may be a form's (姓名：张三): a fault must not tell it.
	at := s.matcher.kind.at
	if (f.score > 1 || f.score == 1 && slices.Contains([]int{at.idNumber, at.headID, at.certNo}, claims[0].column)) && looksLikeHeader(row.Cells) {
		s.near = slices.Clone(row.Cells)
	}
}

// fill appends persons to the batch until it is full; the last row may make it more
// than full. more is false once the sheet has ended.
func (s *sheetRun) fill(ctx context.Context, rows *batch, rejected *rejects) (more bool, err error) {
	if s.layout == nil {
		return false, nil
	}
	s.out = rows
	for n := 0; rows.rows < batchRows; n++ {
		if n%1024 == 0 && ctx.Err() != nil {
			return false, ctx.Err()
		}
		row, ok, err := s.pop()
		if err != nil || !ok {
			return false, err
		}
		if row.Hidden {
			s.hidden++
		}
		what, code, err := s.treat(row)
		if err != nil {
			return false, err
		}
		if row.Torn && (what == isLoaded || what == isRejected) {
			return false, fault.New(fault.SourceUnreadable, s.place(row.Number),
				"文件在这一行写到一半就断了，多半没有传完：请部门重新导出、完整传来。确实完整的，在文件末尾加一个换行。", errTorn)
		}
		switch what {
		case isBlank:
			s.account.Blank++
		case isStructural:
			s.account.Structural++
		case isRejected:
			s.account.Rejected++
			rejected.add(s.raw.name, row, code, s.layout.headers)
		case isLoaded:
			s.account.Loaded++
		}
	}
	return true, nil
}

// forget gives up what only the reading of rows needs.
func (s *sheetRun) forget() {
	for _, l := range []*layout{s.first, s.layout} {
		if l == nil {
			continue
		}
		for _, c := range l.each() {
			c.forget()
		}
	}
}

// notes tells an operator, in Chinese, what was peculiar about the sheet.
func (s *sheetRun) notes() string {
	var notes []string
	add := func(n int, format string) {
		if n > 0 {
			notes = append(notes, fmt.Sprintf(format, n))
		}
	}
	if s.raw.note != nil && s.raw.note() != "" {
		notes = append(notes, s.raw.note())
	}
	if s.raw.hidden {
		notes = append(notes, "隐藏的工作表（已照常读入）")
	}
	if s.layout == nil {
		notes = append(notes, "没有表头，未读入数据")
		add(s.headless, "%d 行有身份证号，上面没有表头，没有读入")
	}
	if s.first != nil {
		add(len(s.first.columns), "一行并排 %d 栏，已分栏读入")
		if len(s.first.repeated) > 0 {
			notes = append(notes, "表头重复，没有采用："+strings.Join(s.first.repeated, "、"))
		}
	}
	add(s.hidden, "隐藏行 %d 行（已照常计入）")
	add(s.endedRows, "%d 人没有写状态，按工作表名、文件名或标题所写的停保、退出、辍学、未参保等计")
	add(s.extra, "%d 行的单元格多于表头")
	add(s.doubts, "%d 个数字单元格形如 2021.1，可能是 1 月或 10 月，按 1 月读入")
	for _, row := range s.changes {
		notes = append(notes, fmt.Sprintf("第 %d 行起表头改变", row))
	}
	return strings.Join(slices.Concat(notes, s.awayNotes(), s.remarkNotes(), s.struckNotes(), s.strayNotes(), s.unhousedNotes()), "；")
}

// unhousedNotes tells of household numbers that are for the most part unreadable.
func (s *sheetRun) unhousedNotes() []string {
	no := s.matcher.kind.at.householdNo
	if s.unhoused == 0 || s.faults[no]*2 <= s.filled[no] {
		return nil
	}
	return []string{fmt.Sprintf("“%s”一列 %d 格有 %d 格看不懂，%d %s", inNote(s.first.headerOf(no)), s.filled[no], s.faults[no], s.unhoused, UnhousedMark)}
}

// UnhousedMark ends the note on household numbers that nobody can read.
const UnhousedMark = "人不知是哪一户的"

// inNote writes a header so that it ends neither its quotes nor the note.
func inNote(header string) string {
	return strings.NewReplacer("；", "", "“", "", "”", "").Replace(header)
}
