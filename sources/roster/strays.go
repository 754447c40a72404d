package roster

import (
	"fmt"
	"regexp"
	"slices"

	"hedui/sources/idnumber"
	"hedui/sources/table"
)

// A column that no header of the kind claims may hold whole people: 配偶身份证号, 子女身份证号 of
// a household in one row, or a group by a name of its own. What a column's numbers are is told by
// those who stand in the sheet besides; people who stand nowhere else in it were not read, and an
// operator has to know.

// stray is such a column.
type stray struct {
	header  string
	filled  int
	numbers []string
}

// strayRows is how many rows the judgement rests on.
const strayRows = 20_000

var (
	kin       = regexp.MustCompile(`配偶|爱人|妻子?|丈夫|子女|儿子?|女儿?|儿媳|女婿|父母|父亲|母亲`)
	nobodyNew = regexp.MustCompile(`户主|户代表|申请人|^原|^旧|曾|变更前|更正前`)
)

// mayStray says that numbers under the header are not surely of those who do not belong in the
// roster: guardians and officials; the head, where each person has a row; the family, where
// the roster is not of households.
func (m *matcher) mayStray(p headerPath) bool {
	if m.kind.Events {
		return false
	}
	for _, text := range p.texts {
		header := compact(text)
		bare := kin.ReplaceAllString(header, "")
		if bare != header && m.kind.at.householdNo < 0 || nobodyNew.MatchString(header) || groupOther.MatchString(bare) {
			return false
		}
	}
	return true
}

// noteStrays takes down the numbers in the row's cells that no column claims.
func (s *sheetRun) noteStrays(cells []table.Cell) {
	if s.account.Read > strayRows {
		return
	}
	for _, at := range s.layout.unclaimed {
		text := cellText(cells, at)
		if text == "" || nothing(compact(text)) {
			continue
		}
		header := s.layout.headers[at]
		if header == "" {
			header = fmt.Sprintf("第 %d 列，没有表头", at+1)
		}
		i := slices.IndexFunc(s.strays, func(c stray) bool { return c.header == header })
		if i < 0 {
			i = len(s.strays)
			s.strays = append(s.strays, stray{header: header})
		}
		s.strays[i].filled++
		if len(text) >= 18 && len(text) < 30 { // a name, an amount
			if n := idnumber.Clean(text, cells[at].Kind == table.Number); n.Joins() {
				s.strays[i].numbers = append(s.strays[i].numbers, n.Clean)
			}
		}
	}
}

// noteOwn takes down whom the sheet names where it should.
func (s *sheetRun) noteOwn() {
	if len(s.layout.unclaimed) == 0 || s.account.Read > strayRows {
		return
	}
	if s.own == nil {
		s.own = make(map[string]bool)
	}
	for _, n := range []numbered{s.rec.id, s.rec.head, s.rec.cert} {
		if n.Joins() {
			s.own[n.Clean] = true
		}
	}
}

// strayNotes tells of the columns that hold for the most part numbers, and for the most part of
// people who stand nowhere else in the sheet.
func (s *sheetRun) strayNotes() (notes []string) {
	for _, c := range s.strays {
		others := make(map[string]bool)
		n := 0
		for _, number := range c.numbers {
			if !s.own[number] {
				others[number] = true
				n++
			}
		}
		if len(c.numbers)*2 > c.filled && n*2 > len(c.numbers) {
			notes = append(notes, fmt.Sprintf("“%s”一列有 %d 个身份证号不是%s", inNote(c.header), len(others), StrayMark))
		}
	}
	return notes
}

// StrayMark ends the note on a column of people who were not read.
const StrayMark = "本表已读入的人，没有读入"
