package roster

import (
	"fmt"
	"strings"

	"hedui/sources/table"
)

// Clerks strike people out instead of deleting their row. A line may as well mean something else, so
// nobody is put out of force by it; but who is in force and struck out must be told.

// noteStruck takes down that the row's name or ID number is struck out, and that it counts all the same.
func (s *sheetRun) noteStruck(cells []table.Cell) {
	at, name, id := s.matcher.kind.at, s.layout.person, s.layout.id
	if s.member {
		name, id = s.layout.at(at.name), s.layout.at(at.idNumber)
	}
	for _, cell := range []int{name, id} {
		if cell < 0 || cell >= len(cells) || !cells[cell].Struck || !s.stands() {
			continue
		}
		s.struck.add(s.reading)
		column := at.ending
		if column < 0 {
			column = at.name
		}
		s.faultFor(column, s.layout.headers[cell], cells[cell].Text, "划了删除线，这一行仍照常计入：不应再列的，请删去这一行，或写明状态")
		return
	}
}

// struckNotes tells how many rows are struck out and count all the same.
func (s *sheetRun) struckNotes() []string {
	o := &s.struck
	if o.n == 0 {
		return nil
	}
	more := ""
	if o.n > len(o.first) {
		more = "等"
	}
	return []string{fmt.Sprintf("姓名或身份证号划了删除线的 %d 行（第 %s 行%s）%s", o.n, strings.Join(o.first, "、"), more, StruckMark)}
}

// StruckMark ends the note on rows that are struck out and count all the same.
const StruckMark = "仍照常计入，请核对"
