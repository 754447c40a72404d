package roster

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"hedui/sources/table"
)

// listing is what a sheet's name, its file's, its title or a heading within it says of the people
// below.
type listing struct {
	ended string // the word by which they are no longer in force; empty: it does not say so
	other string // the programme in which they are, where it is not the roster's
	style string // how the heading is numbered: 一、
}

var (
	listTail  = regexp.MustCompile(`(对象|人员|人口|学生|家庭|户|者)*(情况|名单|名册|花名册|台账|明细|明细表|清单|统计表|表)*$`)
	mixedList = regexp.MustCompile(`(^|[^不])在保|在册|在享|正常|(^|[^再止])享受|有效|恢复|增|疑似|核查|申请|含|包括|、|及|和|与`) // what else such a name may tell
	leavesOut = regexp.MustCompile(`(剔除|去除|除去|排除|清理|核减|删除|不含|除|[防控]|劝返)[已的]*$`)
)

// listEnded is the word in which a list's name says that its people are no longer in force,
// empty where it does not; other where it tells of anybody else. The roster's own name may
// stand anywhere in it: 低保停保人员, 退出低保人员名单.
func (k *Kind) listEnded(name string) (word string, other bool) {
	name = strings.TrimRight(dropRemarks(compact(name)), ":")
	if mixedList.MatchString(name) {
		return "", true
	}
	for _, own := range k.Called {
		name = strings.ReplaceAll(name, own, "")
	}
	name = strings.TrimRight(name, "0123456789-_.年月日")
	name = name[:listTail.FindStringIndex(name)[0]]
	for _, ending := range k.Endings {
		before, ends := strings.CutSuffix(name, ending)
		if ends && !deniesNext(before) && !leavesOut.MatchString(before) && !(slices.Contains(deaths, ending) && relative.MatchString(before)) {
			return ending, false
		}
	}
	return "", false
}

// endedBy is the word in which the sheet's name, or else the file's, says that its people are
// no longer in force; empty where neither does.
func (k *Kind) endedBy(path, sheet string) string {
	for _, name := range []string{sheet, fileName(path)} {
		if word, other := k.listEnded(name); word != "" || other {
			return word
		}
	}
	return ""
}

func fileName(path string) string { return strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)) }

var (
	sectionNumber = regexp.MustCompile(`^(\(?[一二三四五六七八九十]+[)、.]|以下[为是]?)`)
	sentence      = regexp.MustCompile(`[:为是色如须请含包,，。;；]|注([^销]|$)|说明|其中`) // explains, and names nothing
	numerals      = regexp.MustCompile(`[一二三四五六七八九十]+`)
	sectionCount  = regexp.MustCompile(`[,，]?共?([0-9]+[户人])+$`)
	namesPeople   = regexp.MustCompile(`(人员|对象|家庭|户|公示)$`)
	namedSection  = regexp.MustCompile(`^(在保|正常|新增|恢复|停保|停发|停供|退保|退出|清退|注销|死亡|(城乡|农村|城市|城镇)?(低保|最低生活保障|低保边缘|特困|特困供养|五保|五保供养|临时救助))(对象|人员|人口|户|家庭|名单)+$`)
)

// heading reads a lone line, a title above the table or a section's within it: below 二、停保对象
// stand people no longer in force, until a line that tells of others or is numbered alike.
func (s *sheetRun) heading(cells []table.Cell, title bool) {
	if cellsFilled(cells) != 1 {
		return
	}
	text := compact(firstText(cells))
	number := sectionNumber.FindString(text)
	style := numerals.ReplaceAllString(number, "一")
	name := strings.TrimRight(sectionCount.ReplaceAllString(strings.TrimPrefix(text, number), ""), ":")
	if sentence.MatchString(name) || title && !isTitle(name) && !namesPeople.MatchString(name) {
		return
	}
	if title {
		s.titled(name)
		return
	}
	word, mixed := s.matcher.kind.listEnded(name)
	other, own := s.matcher.kind.otherIn(name)
	list := s.listing()
	if style != "" && style == list.style || isTitle(name) && other != "" {
		*list = s.sheetList // what the heading before this one said is over
	}
	if word != "" || mixed {
		list.ended = word
	}
	if other != "" || own {
		list.other = other
	}
	if word != "" || other != "" {
		list.style = style
	}
}

// titled reads a title above the table. That it tells of people in force says nothing of a sheet
// that is called otherwise: it may be last month's. Of another programme it has the last word but
// for the sheet's own name.
func (s *sheetRun) titled(name string) {
	k := s.matcher.kind
	if word, _ := k.listEnded(name); word != "" && isTitle(name) {
		s.sheetList.ended = word
	}
	other, own := k.otherIn(name)
	if named, _ := k.otherIn(s.raw.name); other != "" || own && named == "" {
		s.sheetList.other = other
	}
	s.list = s.sheetList
}

// listing is what is said of the people in the rows that come next.
func (s *sheetRun) listing() *listing {
	if s.layout != nil && s.layout.list != nil {
		return s.layout.list
	}
	return &s.list
}

// overColumns reads the titles above the page's columns: 在保人员 over one, 停保人员 over the other.
func (s *sheetRun) overColumns(l *layout, titles []table.Row) {
	for _, row := range titles {
		if l.columns == nil || cellsFilled(row.Cells) < 2 {
			continue
		}
		for _, c := range l.columns {
			own := window(row.Cells, c.from, c.to)
			if cellsFilled(own) != 1 {
				continue
			}
			word, _ := s.matcher.kind.listEnded(firstText(own))
			if other, _ := s.matcher.kind.otherIn(firstText(own)); word != "" || other != "" {
				c.list = &listing{ended: word, other: other}
			}
		}
	}
}

// endedOn says that a header asks for the day since which somebody is no longer in the roster.
func (m *matcher) endedOn(header string) bool {
	return slices.Contains(m.kind.EndedOn, foldHeader(header[strings.LastIndexByte(header, '/')+1:]))
}

var endDay = &columnFold{Column: &Column{Type: TypeDate}}

// since tells what the row's days of an end say, empty where none has come; ahead says that one
// is still to come, and is planned at most.
func (s *sheetRun) since(cells []table.Cell) (said string, ahead bool) {
	at := s.matcher.kind.at
	for _, cell := range s.layout.endedOn {
		header, text := s.layout.headers[cell], compact(cellText(cells, cell))
		if answer, ok := yesNoWords.fold(text); nothing(text) || ok && answer == no || s.member && strings.ContainsAny(header, "亡世") {
			continue
		}
		v, ok := endDay.date(text, text, cells[cell].Kind)
		to, _ := s.folder.columns[at.ending].lexicon.fold(text)
		switch {
		case ok && !v.set: // 长期
		case ok && s.today != 0 && v.n > s.today:
			ahead = true
			s.faultFor(at.ending, header, text, "日期还没有到，仍计为在册；到时请重新报送")
		case ok, to == "out": // 已死亡
			said = header + "：" + text
			if v.s == doubtful {
				s.doubts++
			}
		default:
			s.faultFor(at.ending, header, text, reasons[TypeDate])
		}
	}
	return said, ahead
}

// finishInForce says whether the row is in force: by its own status, else by the day or the
// reason of its end, else by the list in which it stands.
func (s *sheetRun) finishInForce(cells []table.Cell) {
	rec, at := &s.rec, s.matcher.kind.at
	in := value{set: true, n: 1}
	said := false
	for _, i := range []int{at.status, at.certStatus} {
		if i < 0 || !rec.vals[i].set {
			continue
		}
		_, known := s.folder.columns[i].lexicon.fold(rec.vals[i].s)
		said = said || known || at.exitReason < 0 || !rec.vals[at.exitReason].set
		if rec.vals[i].n == statusOut {
			in.n = 0
		}
	}
	since, ahead := "", false
	if !said {
		since, ahead = s.since(cells)
	}
	switch {
	case said, ahead:
	case since != "":
		rec.vals[at.ending] = value{set: true, s: since, n: statusOut}
		in.n = 0
	case at.exitReason >= 0 && s.hasReason(rec.vals[at.exitReason]):
		in.n = 0
	case s.listing().ended != "":
		rec.vals[at.ending] = value{set: true, s: s.listing().ended, n: statusOut}
		s.endedRows++
		in.n = 0
	}
	rec.vals[at.inForce] = in
}

// toldByList says for the rules that the sheet has the column in which its name answers for all.
func (s *sheetRun) toldByList(l *layout) {
	k := s.matcher.kind
	if k.at.inForce < 0 && s.sheetList.ended != "" && l.matched[k.Columns[k.at.ending].Name] == "" {
		l.matched[k.Columns[k.at.ending].Name] = s.sheetList.ended
	}
}

// finishListed gives a row that does not say so itself what its list says: 辍学, 未参保.
func (s *sheetRun) finishListed() {
	ending := s.matcher.kind.at.ending
	if ending < 0 || s.listing().ended == "" || s.rec.filled[ending] {
		return
	}
	if v, ok := s.folder.columns[ending].fold(s.folder, &source{}, table.Cell{Kind: table.Text, Text: s.listing().ended}); ok {
		s.rec.vals[ending] = v
		s.endedRows++
	}
}

// hasReason says that a cell tells why a benefit ended: nobody gives a reason for what has not
// happened, but some write there that it has not.
func (s *sheetRun) hasReason(v value) bool {
	if answer, ok := parseYesNo(v.s); !v.set || ok && answer == no {
		return false
	}
	to, known := s.folder.columns[s.matcher.kind.at.status].lexicon.fold(v.s)
	return !known || to == "out"
}
