package roster

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hedui/sources/table"
)

// One office keeps the lists of several programmes, often as sheets of one workbook or sections of
// one sheet. Who is in another one, or was not granted this one, is nobody of this roster: taken
// in, he would count as covered, and what he lacks would never be found.

// programmes are those that lie beside each other, by the kind of their rosters, if they have one.
// What is found first hides the rest: 低保边缘 is no 低保.
var programmes = []struct {
	kind, name string
	called     *regexp.Regexp
}{
	{"", "低保边缘家庭", regexp.MustCompile(`低保边缘(家庭|户|人口|人员|对象)?|边缘家庭|低边(家庭|户)`)},
	{"", "支出型困难家庭", regexp.MustCompile(`支出型(困难|贫困)?(家庭|户|人口|人员|对象)?`)},
	{"", "低收入家庭", regexp.MustCompile(`低收入(家庭|户)`)},
	{"", "特困户", regexp.MustCompile(`特困户`)}, // of old any very poor household
	{"tekun", "特困供养", regexp.MustCompile(`特困(供养)?|五保(供养)?`)},
	{"temporary_aid", "临时救助", regexp.MustCompile(`临时救助|临救`)},
	{"dibao", "低保", regexp.MustCompile(`最低生活保障金?|低保金?`)},
	{"", "孤儿", regexp.MustCompile(`孤儿|事实无人抚养(儿童)?`)},
	{"", "高龄津贴", regexp.MustCompile(`高龄(老人)?(津贴|补贴)`)},
	{"disability", "残疾人两项补贴", regexp.MustCompile(`(残疾人?)?两(项补贴|补)`)},
	{"disability", "", regexp.MustCompile(`残疾`)}, // a class of other programmes' people
}

// Names of lists of those to whom nothing was granted, or nothing yet.
var (
	refusedList = regexp.MustCompile(`不予(批准|审批|通过|纳入|保障|救助|享受|认定)|未(批准|获批)`)
	pendingList = regexp.MustCompile(`拟(新增|新纳入|纳入|批准|享受|保障|救助|确定|认定|列入|增加)|待(审批|批准)|(新增|低保|特困|最低生活保障)申请(对象|人员|家庭|户)*(公示|名单|名册|花名册)*$`)
	bothLists   = regexp.MustCompile(`含|包括|、|及|和|与|或|已批准|在保|在册|在享`)
)

// otherIn is the programme that a name tells of, empty where it tells of none or of this one
// besides; own says that it tells of this one.
func (k *Kind) otherIn(name string) (other string, own bool) {
	name = compact(name)
	for i, list := range []*regexp.Regexp{refusedList, pendingList} {
		if i == 1 && k.Events || !k.Granted || bothLists.MatchString(name) {
			break
		}
		if at := list.FindStringIndex(name); at != nil && !deniesNext(name[:at[0]]) {
			return name[at[0]:at[1]], false
		}
	}
	for _, p := range programmes {
		at := p.called.FindStringIndex(name)
		switch {
		case at == nil:
			continue
		case p.kind == k.Name:
			own = true
		case other == "" && !deniesNext(name[:at[0]]) && p.name != "特困户":
			other = p.name
		}
		name = p.called.ReplaceAllString(name, "\x00")
	}
	if own || k.Apart == "" {
		other = ""
	}
	return other, own
}

// otherList is the programme that the sheet's name, or else the file's, tells of.
func (k *Kind) otherList(path, sheet string) string {
	for _, name := range []string{sheet, fileName(path)} {
		if other, own := k.otherIn(name); other != "" || own {
			return other
		}
	}
	return ""
}

// programmeHeader is that of a column which says of each row what its people are in.
var programmeHeader = regexp.MustCompile(`^(社会)?(救助|保障|待遇|享受|低保|人员|对象|身份|家庭|困难|救助对象|保障对象)(类型|类别|项目|种类)$`)

// besideProgramme is what else may stand in such a cell.
var besideProgramme = regexp.MustCompile(`城乡|农村|城市|城镇|集中|分散|供养|救助|保障|人员|对象|家庭|户|类`)

// otherCell is the programme of which alone a cell tells. A sheet's texts are few, and come again.
func (s *sheetRun) otherCell(text string) string {
	if s.matcher.kind.Apart != always || text == "" {
		return ""
	}
	other, known := s.away.told[text]
	if !known {
		if other = s.matcher.kind.otherAlone(text); len(s.away.told) < 1000 {
			s.away.told[text] = other
		}
	}
	return other
}

func (k *Kind) otherAlone(text string) string {
	other, _ := k.otherIn(text)
	if other == "" {
		return ""
	}
	rest := compact(text)
	for _, p := range programmes {
		rest = p.called.ReplaceAllString(rest, "")
	}
	if rest = besideProgramme.ReplaceAllString(rest, ""); strings.Trim(rest, "()") != "" {
		return ""
	}
	return other
}

// elsewhere says that a row's people are in another programme: by the list or the section in
// which they stand, or by a column of their own.
func (s *sheetRun) elsewhere(row table.Row) bool {
	k := s.matcher.kind
	if other := s.listing().other; other != "" && (k.Apart != unlessOwn || !s.layout.own || refusedList.MatchString(other)) {
		s.leave(other)
		return true
	}
	if len(s.layout.programmes) == 0 {
		return false
	}
	cells := s.fillMerged(row)
	said := false
	for _, at := range s.layout.programmes {
		text := cellText(cells, at)
		said = said || text != ""
		if other := s.otherCell(text); other != "" {
			s.layout.open.close()
			s.layout.away = other
			s.leave(other)
			return true
		}
	}
	if !said && s.layout.away != "" && s.goesOn(cells) {
		s.leave(s.layout.away)
		return true
	}
	s.layout.away = ""
	return false
}

// goesOn says that a row has no household or place of its own, and goes on with the one above.
func (s *sheetRun) goesOn(cells []table.Cell) bool {
	at := s.matcher.kind.at
	for _, column := range []int{at.householdNo, at.headName, at.headID, at.town, at.village} {
		if column >= 0 && column != at.name && cellText(cells, s.layout.at(column)) != "" {
			return false
		}
	}
	return at.householdNo >= 0
}

// lenient gives the matcher for a table of people who are not this roster's.
func (m *matcher) lenient() *matcher {
	return &matcher{kind: m.kind, headers: m.headers, anyTable: true}
}

// leftOut are a sheet's rows of people in other programmes.
type leftOut struct {
	rows int
	in   []string          // those programmes
	told map[string]string // which one each text of a cell tells of, if any
}

// leave counts a row of another programme's.
func (s *sheetRun) leave(other string) {
	s.away.rows++
	if !slices.Contains(s.away.in, other) {
		s.away.in = append(s.away.in, other)
	}
}

// awayNotes tells how many rows were left out as another programme's.
func (s *sheetRun) awayNotes() []string {
	if s.away.rows == 0 {
		return nil
	}
	return []string{fmt.Sprintf("工作表名、文件名、标题或类别一列写明是“%s”的 %d 行%s", strings.Join(s.away.in, "”“"), s.away.rows, ElsewhereMark)}
}

// ElsewhereMark ends the note on rows of another programme.
const ElsewhereMark = "不是本名册的人，没有读入"
