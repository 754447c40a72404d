package roster

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hedui/sources/table"
)

// outcome is what becomes of a row; of what its parts become the last counts.
type outcome uint8

const (
	isHeader outcome = iota // counted already
	isBlank
	isStructural
	isRejected
	isLoaded
)

// treat recognises a row that is no data (blank, a header again, title, total or
// footer) and appends the persons of any other. A row that may be a person's is never
// set aside.
func (s *sheetRun) treat(row table.Row) (what outcome, code string, err error) {
	if s.layout.columns != nil {
		return s.treatColumns(row)
	}
	if row.Number <= s.layout.last+10 || !s.surelyData(row.Cells) { // right below a header an example may stand
		if what, err = s.setAside(row); what != isLoaded {
			return what, "", err
		}
	}
	if persons, code := s.admit(row); persons == 0 {
		return isRejected, code, nil
	}
	return isLoaded, "", nil
}

// setAside tells what a row is that is no data; isLoaded is what it tells of all others.
func (s *sheetRun) setAside(row table.Row) (outcome, error) {
	if what := s.seen(row); what != isLoaded {
		return what, nil
	}
	if header, err := s.newHeader(row); header || err != nil {
		return isHeader, err
	}
	return s.said(row), nil
}

// seen recognises a blank row and the header's own.
func (s *sheetRun) seen(row table.Row) outcome {
	switch {
	case emptyBut(row.Cells, s.layout.serial):
		return isBlank
	case s.layout.repeats(row.Cells):
		return isStructural // a household may go on over the page
	}
	return isLoaded
}

// said recognises a row that is no data by what it says.
func (s *sheetRun) said(row table.Row) outcome {
	switch {
	case s.titles[rowKey(row.Cells)] && !holdsID(row):
		return isStructural // the next page: a household may go on there
	case s.total(row.Cells):
		s.closeHousehold()
	case s.continued(row), s.footer(row.Cells), ordinals(row.Cells): // a page's foot or head, which may look like a section
	case s.title(row.Cells), s.section(row), s.foreign(row.Cells):
		s.closeHousehold()
	case s.labelled(row), s.belowHeader(row):
		if row.Number <= s.layout.last+3 {
			s.layout.readUnits(row.Cells)
		}
	default:
		return isLoaded
	}
	s.heading(row.Cells, false)
	s.readLegend(row.Cells)
	return isStructural
}

// closeHousehold lets the next row begin another: nothing is filled down to it.
func (s *sheetRun) closeHousehold() {
	s.layout.open.close()
	s.layout.above = nil
}

// continued recognises a lone line that goes on with the table: 续表, a title with （续）, and a
// page number however it is written, - 2 -, 2/3, Page 2 of 3.
func (s *sheetRun) continued(row table.Row) bool {
	if cellsFilled(row.Cells) != 1 {
		return false
	}
	text := compact(firstText(row.Cells))
	return pageNumber.MatchString(text) || text == "续表" || strings.HasSuffix(text, "(续)") || strings.HasSuffix(text, "(续表)")
}

var pageNumber = regexp.MustCompile(`^(?i)([-–—―]+[0-9]+[-–—―]+|[0-9]+/[0-9]+页?|page[0-9]+(of[0-9]+)?|共[0-9]+页[,，;]?第[0-9]+页)$`)

// surelyData is the quick way for nearly all rows: something long that begins with
// a digit stands where the ID number belongs, and a name beside it.
func (s *sheetRun) surelyData(cells []table.Cell) bool {
	id, name := s.layout.id, s.layout.person
	if id < 0 || name < 0 {
		return false
	}
	text := cellText(cells, id)
	return len(text) >= 15 && text[0] >= '0' && text[0] <= '9' && cellText(cells, name) != ""
}

func emptyRow(cells []table.Cell) bool {
	for i := range cells {
		if cellText(cells, i) != "" {
			return false
		}
	}
	return true
}

// emptyBut says that a row is blank but for its number in the column 序号: lines
// numbered in advance.
func emptyBut(cells []table.Cell, serial int) bool {
	for i := range cells {
		text := cellText(cells, i)
		if text == "" {
			continue
		}
		if text = compact(text); i != serial || digits(text) != len(text) {
			return false
		}
	}
	return true
}

// repeats says that every filled cell holds the text of one header row at its place.
func (l *layout) repeats(cells []table.Cell) bool {
	for _, level := range l.levels {
		if same(level, cells) {
			return true
		}
	}
	return false
}

func same(level []string, cells []table.Cell) bool {
	n := 0
	for i := range cells {
		text := cellText(cells, i)
		if text == "" {
			continue
		}
		if i >= len(level) || foldHeader(text) != level[i] {
			return false
		}
		n++
	}
	return n > 0
}

// newHeader looks whether row begins another table with other columns, and
// goes on with that one's layout.
func (s *sheetRun) newHeader(row table.Row) (bool, error) {
	if _, id := s.who(row.Cells); numberLike(id) || !s.matcher.mayBeHeader(row.Cells, 1) || s.entry(row.Cells) {
		return false, nil
	}
	s.ahead(lookahead - 1)
	f, ok := s.matcher.best(append([]table.Row{row}, s.queue[:min(lookahead-1, len(s.queue))]...))
	if !ok || f.start > 0 {
		return false, nil
	}
	s.queue = append([]table.Row{row}, s.queue...)
	s.account.Read-- // it is read once more, with its header
	s.changes = append(s.changes, row.Number)
	s.layout.open.close()
	return true, s.tryHeader()
}

// mayBeHeader is a cheap look before match: so many cells are known headers.
func (m *matcher) mayBeHeader(cells []table.Cell, least int) bool {
	n := 0
	for i := range cells {
		if text := cellText(cells, i); text != "" && len(text) < 100 {
			if _, ok := m.headers[foldHeader(text)]; ok {
				n++
			}
		}
	}
	return n >= least
}

// who gives the texts where a name and an ID number are expected.
func (s *sheetRun) who(cells []table.Cell) (name, id string) {
	at := s.matcher.kind.at
	for _, column := range []int{at.name, at.headName} {
		if name == "" {
			name = cellText(cells, s.layout.at(column))
		}
	}
	for _, column := range []int{at.idNumber, at.headID, at.certNo} {
		if id == "" {
			id = cellText(cells, s.layout.at(column))
		}
	}
	return foldHeader(name), compact(id)
}

// numberLike says that a text holds enough digits to be somebody's number.
func numberLike(id string) bool {
	n := 0
	for i := range len(id) {
		if id[i] >= '0' && id[i] <= '9' {
			n++
		}
	}
	return n >= 6
}

// firstFilled is the row's first cell with text, -1 in a blank row.
func firstFilled(cells []table.Cell) int {
	for i := range cells {
		if cellText(cells, i) != "" {
			return i
		}
	}
	return -1
}

func firstText(cells []table.Cell) string { return cellText(cells, firstFilled(cells)) }

func cellsFilled(cells []table.Cell) int {
	n := 0
	for i := range cells {
		if cellText(cells, i) != "" {
			n++
		}
	}
	return n
}

var totalWords = []string{"合计", "小计", "总计", "共计", "累计", "过次页", "转下页", "承上页", "承前页"}

// total recognises 合计, 上板城村小计, 合计35户: as the row's first text or in place of the
// name, and no ID number in the row.
func (s *sheetRun) total(cells []table.Cell) bool {
	name, id := s.who(cells)
	if numberLike(id) {
		return false
	}
	first := foldHeader(firstText(cells))
	switch {
	case slices.Contains(totalWords, first), totalText(name), slices.Contains(totalWords, spaced(cells)):
		return true
	case name != "" && plainName(name):
		return false // a person may stand behind the remark 合计户
	}
	return totalText(first) || name == "" && s.totalAnywhere(cells)
}

// totalAnywhere finds a lone total word in a row that names nobody.
func (s *sheetRun) totalAnywhere(cells []table.Cell) bool {
	for i := range cells {
		if totalText(foldHeader(cellText(cells, i))) {
			return true
		}
	}
	return false
}

// spaced joins a word that a clerk has spread over cells: 合 | 计.
func spaced(cells []table.Cell) string {
	word := ""
	for i := range cells {
		if text := compact(cellText(cells, i)); utf8.RuneCountInString(text) == 1 && digits(text) == 0 {
			word += text
		}
	}
	return word
}

func totalText(text string) bool {
	if text == "" || utf8.RuneCountInString(text) > 14 {
		return false
	}
	if counted(text) {
		return true
	}
	text = strings.TrimRight(text, "0123456789.,户人元个") // 本村合计12户35人
	for _, w := range totalWords {
		if strings.HasSuffix(text, w) || strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// counted recognises 12户, 共35人, 12户35人.
func counted(text string) bool {
	text = strings.TrimPrefix(text, "共")
	n := 0
	for text != "" {
		d := digits(text)
		rest, cut := strings.CutPrefix(text[d:], "户")
		if !cut {
			rest, cut = strings.CutPrefix(text[d:], "人")
		}
		if d == 0 || !cut {
			return false
		}
		text = strings.TrimLeft(rest, ",、")
		n++
	}
	return n > 0
}

// footerStarts begin the lines under a table, and the lines of particulars above it
// that return on later pages.
var footerStarts = []string{
	"填表人", "填报人", "填表单位", "填报单位", "填表日期", "填报日期", "填表时间", "填报时间", "填表说明",
	"制表", "审核人", "审批人", "复核人", "经办人", "经手人", "负责人", "单位负责人", "主管领导", "分管领导", "镇主要领导", "镇分管领导",
	"联系人", "联系电话", "联系方式", "手机", "时间:", "职务:", "咨询电话", "监督电话", "打印日期", "打印时间", "打印人", "导出时间", "导出日期",
	"单位(", "单位:", "日期:", "电话:", "备注:", "说明:", "注:", "注1", "盖章", "公章", "签字", "签章", "领款人签", "村委会(盖章", "(盖章",
	"以下空白", "以下无正文", "以下为空",
}

// labelled recognises a line of particulars: 主任签字：| 王某, 审核：王某 | 填表：李某. A remark
// in brackets, the label of an ID number, and what stands instead of one beside a name (护照：E12345678)
// are a person's.
func (s *sheetRun) labelled(row table.Row) bool {
	name, id := s.who(row.Cells)
	label, number, _ := strings.Cut(id, ":")
	if holdsID(row) || digits(number) >= 14 || strings.Contains(label, "身份") || strings.Contains(label, "证件") {
		return false
	}
	colon := func(text string) bool { return strings.Contains(dropRemarks(compact(text)), ":") }
	switch {
	case strings.HasSuffix(compact(s.opening(row.Cells)), ":"):
		return true
	case name != "" && colon(cellText(row.Cells, s.layout.person)):
		return colon(id) || !s.figure(row.Cells) && (id == "" || !s.inTown(row.Cells))
	case name != "" && colon(id):
		return footerText(id) && !s.inTown(row.Cells) && !s.figure(row.Cells)
	}
	return colon(id)
}

// figure says that a sum or a count stands in the row, which no line of particulars has; a
// telephone has seven digits or more.
func (s *sheetRun) figure(cells []table.Cell) bool {
	for i := range cells {
		text := compact(cellText(cells, i))
		if n := digits(text); n > 0 && n < 7 && decimal(text) && i != s.layout.serial && i != s.layout.id && !aYear.MatchString(text) {
			return true
		}
	}
	return false
}

// opening is the row's first text, but in a column of remarks only where nothing else stands.
func (s *sheetRun) opening(cells []table.Cell) string {
	for i := range cells {
		text := cellText(cells, i)
		if text != "" && (i >= len(s.layout.headers) || !remarksHeader.MatchString(foldHeader(s.layout.headers[i]))) {
			return text
		}
	}
	return firstText(cells)
}

var remarksHeader = regexp.MustCompile(`(备注|说明)$`)

// belowHeader recognises what stands under a header to explain it: field names (XM, SFZH),
// 必填, units, an example.
func (s *sheetRun) belowHeader(row table.Row) bool {
	if example.MatchString(compact(s.opening(row.Cells))) || exampleName.MatchString(compact(cellText(row.Cells, s.layout.person))) {
		return true
	}
	name, id := s.who(row.Cells)
	if holdsID(row) {
		return false
	}
	if strings.HasPrefix(name, "必填") || strings.HasPrefix(name, "选填") {
		return true
	}
	fields, remarks := 0, 0
	for i := range row.Cells {
		switch text := compact(cellText(row.Cells, i)); {
		case text == "":
		case fieldName.MatchString(text):
			fields++
		case strings.HasPrefix(text, "(") && strings.HasSuffix(text, ")"), name == "" && id == "" && unitText.MatchString(text):
			remarks++
		default:
			return false
		}
	}
	return remarks > 0 && fields == 0 || fields > 2 && row.Number <= s.layout.last+1
}

var (
	fieldName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_]+$`)
	unitText  = regexp.MustCompile(`^([万千百]?元([/每·.]?[人户月年季])*|人|户|岁|个|平方米)$`)
	example   = regexp.MustCompile(`^(\(?(填写|填报)?(示例|样例|范例|示范|举例|例)[0-9]*\)?:?$|(示例|样例|范例|例|例如):)`)

	exampleName = regexp.MustCompile(`^(示例|样例|范例)|\((填写)?(示例|样例|范例)\)$`)
)

// footer recognises 填表人：… and its kind as the row's first text, or in place of the
// name, in a row without an ID number.
func (s *sheetRun) footer(cells []table.Cell) bool {
	name, id := s.who(cells)
	first := footerText(compact(s.opening(cells)))
	switch {
	case s.inTown(cells) && name != "", digits(id) >= 14: // whatever its remark begins with
		return false
	case numberLike(id): // the telephone of who signed
		return first
	}
	return first || footerText(name)
}

func footerText(text string) bool {
	if text == "备注" || text == "说明" {
		return true
	}
	for _, start := range footerStarts {
		if strings.HasPrefix(text, start) {
			return true
		}
	}
	if rest, cut := strings.CutPrefix(text, "第"); cut { // 第1页 共3页
		n := digits(rest)
		return n > 0 && strings.HasPrefix(rest[n:], "页")
	}
	return false
}

var titleEnds = []string{"花名册", "名册", "名单", "统计表", "明细表", "登记表", "一览表", "汇总表", "情况表", "信息表", "台账"}

// title recognises a lone title.
func (s *sheetRun) title(cells []table.Cell) bool {
	if _, id := s.who(cells); numberLike(id) {
		return false
	}
	text := ""
	for i := range cells {
		if t := cellText(cells, i); t != "" {
			if text != "" {
				return false
			}
			text = foldHeader(t)
		}
	}
	return isTitle(text)
}

func isTitle(text string) bool {
	return slices.ContainsFunc(titleEnds, func(end string) bool { return strings.HasSuffix(text, end) })
}

// section recognises a lone line between rows: 二、停保对象, 以下为新增人员, 西村（12户）, a day,
// a place alone, or any text under 序号. In the column of names it must be no name: spread over
// several columns, or a place for sure.
func (s *sheetRun) section(row table.Row) bool {
	at, text, cells := -1, "", row.Cells
	for i := range cells {
		if t := cellText(cells, i); t != "" {
			if at >= 0 {
				return false
			}
			at, text = i, compact(t)
		}
	}
	if day, _, dated := parseDay(text, false); at >= 0 && dated && day.day > 0 && strings.Contains(text, "年") {
		return true // the day of issue, wherever it stands
	}
	if namedSection.MatchString(dropRemarks(strings.TrimSuffix(text, ":"))) {
		return true
	}
	if at < 0 || at == s.layout.id {
		return false
	}
	if sectionNumber.MatchString(text) || strings.HasSuffix(text, "户)") || strings.HasSuffix(text, "人)") {
		return true
	}
	if at == s.layout.person {
		return surelyPlace.MatchString(text) || s.spread(row.Number, at) || s.folder.towns.known(text) && townBase(text) != text
	}
	place := at == s.layout.at(s.matcher.kind.at.town) || at == s.layout.at(s.matcher.kind.at.village)
	return place || at == s.layout.serial && digits(text) < len(text) || strings.HasSuffix(text, ":")
}

// surelyPlace ends in what no name does.
var surelyPlace = regexp.MustCompile(`..(社区|村委会|居委会|村民委员会|居民委员会)$`)

// spread says that the cell is merged over three columns or more.
func (s *sheetRun) spread(row, column int) bool {
	return s.raw.merges != nil && slices.ContainsFunc(s.raw.merges(), func(r table.Range) bool {
		return r.Row0 == row && r.Col0 == column && r.Col1 >= column+2
	})
}

// foreign recognises the header of a table that is no roster, such as a summary under
// it: the header of a place or a person stands in that very column again, or what only a summary
// counts.
func (s *sheetRun) foreign(cells []table.Cell) bool {
	if _, id := s.who(cells); numberLike(id) || s.entry(cells) {
		return false
	}
	sums := 0
	for i := range cells {
		if summed.MatchString(foldHeader(cellText(cells, i))) {
			sums++
		}
	}
	if sums > 1 {
		return true
	}
	at := s.matcher.kind.at
	for _, column := range []int{at.town, at.village, at.headName, at.name, at.headID, at.idNumber} {
		text := cellText(cells, s.layout.at(column))
		if text == "" || len(text) > 100 {
			continue
		}
		if t, known := s.matcher.headers[foldHeader(text)]; known && t.column == column {
			return true
		}
	}
	return false
}

var summed = regexp.MustCompile(`^(序号|类别|项目|数量|单位|户数|人数|[年月]?金额|合计)$`)

// entry says that a row is no header though words of one stand in it (社区, 户主): it begins
// with a town of the district, or holds a number.
func (s *sheetRun) entry(cells []table.Cell) bool {
	if s.inTown(cells) {
		return true
	}
	for i := range cells {
		text := compact(cellText(cells, i))
		if digits(text) > 0 && decimal(text) && i != s.layout.serial && !aYear.MatchString(text) {
			return true
		}
	}
	return false
}

var aYear = regexp.MustCompile(`^(19|20)[0-9]{2}$`) // a header too, of a year's column

// inTown says that a town of the district stands where towns do.
func (s *sheetRun) inTown(cells []table.Cell) bool {
	text := cellText(cells, s.layout.at(s.matcher.kind.at.town))
	return text != "" && s.folder.towns.known(text)
}

// rowKey is a row's text without its places, so that a title is known again
// wherever the next page puts it.
func rowKey(cells []table.Cell) string {
	var parts []string
	for i := range cells {
		if text := cellText(cells, i); text != "" {
			parts = append(parts, compact(text))
		}
	}
	return strings.Join(parts, "\x1f")
}

// ordinals recognises the line of column numbers under a header: 1 2 3 4 …
func ordinals(cells []table.Cell) bool {
	n, last := 0, 0
	for i := range cells {
		text := compact(cellText(cells, i))
		if text == "" || len(text) > 2 && n == 0 {
			if text == "" {
				continue
			}
			return false
		}
		if digits(text) != len(text) || len(text) > 3 || n > 0 && atoi(text) != last+1 {
			return false
		}
		last = atoi(text)
		n++
	}
	return n >= 3
}

// looksLikeHeader says that a row may have been meant as a header: three texts or more,
// none with a number in it.
func looksLikeHeader(cells []table.Cell) bool {
	n := 0
	for i := range cells {
		text := cellText(cells, i)
		if text == "" {
			continue
		}
		if numberLike(text) {
			return false
		}
		n++
	}
	return n >= 3
}
