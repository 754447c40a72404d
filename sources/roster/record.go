package roster

import (
	"hedui/sources/idnumber"
	"hedui/sources/table"
)

// record is the row that is being read.
type record struct {
	vals   []value // by column
	filled []bool  // by column: the row's own cell, or one merged over it, says it

	numberMerged bool // the household's number is that of cells merged over the row

	id, head numbered // the person's ID number and the head's
	cert     numbered // the certificate's number read as an ID number
}

// numbered is an ID number with the text it was read from.
type numbered struct {
	idnumber.Number
	raw string
}

func (n numbered) missing() bool { return n.raw == "" || n.State == idnumber.Missing }

// take folds one data row into s.rec. It gives the reason code when nobody can be
// told from the row, and "" when it is to be loaded.
func (s *sheetRun) take(row table.Row) (code string) {
	rec, at := &s.rec, s.matcher.kind.at
	if !s.member && len(row.Cells) > s.layout.width && !emptyRow(row.Cells[s.layout.width:]) {
		s.extra++
	}
	row.Cells = s.fillMerged(row)
	clear(rec.vals)
	clear(rec.filled)
	for i, sources := range s.layout.sources { // most columns of most sheets have none
		if len(sources) > 0 && s.folder.columns[i].Type != TypeID {
			rec.vals[i], rec.filled[i] = s.read(i, row.Cells)
		}
	}
	rec.id = s.number(at.idNumber, row.Cells)
	rec.head = s.number(at.headID, row.Cells)
	rec.cert = s.number(at.certNo, row.Cells)
	if at.headID >= 0 {
		rec.vals[at.headID] = headValue(rec.head)
		rec.filled[at.headID] = rec.vals[at.headID].set
	}
	s.identify()
	rec.filled[at.name], rec.filled[at.idNumber] = rec.vals[at.name].set, !rec.id.missing()
	nobody := !rec.vals[at.name].set || none(rec.vals[at.name].s)
	if s.layout.household && !s.member {
		s.nameHead()
	}
	s.join()
	if nobody && (rec.id.missing() || !numberLike(compact(rec.id.raw))) {
		if rec.id.missing() {
			return rejectNobody
		}
		return rejectNoPerson
	}
	if at.item >= 0 {
		s.refute(row.Cells)
	}
	s.finish(row.Cells)
	s.noteRemarks(row.Cells)
	s.noteStruck(row.Cells)
	return ""
}

// read folds the cells that feed one column and counts those that cannot be.
func (s *sheetRun) read(column int, cells []table.Cell) (v value, filled bool) {
	sources := s.layout.sources[column]
	c := &s.folder.columns[column]
	for i := range sources {
		src := &sources[i]
		text := cellText(cells, src.cell)
		if src.cell >= s.trusted {
			s.unfolded(column, src.header, text, value{s: whySplit})
			filled = true
			continue
		}
		if text == "" {
			continue
		}
		if isDitto(text) {
			s.ditto(column, src.header, text)
			filled = true
			continue
		}
		got, ok := s.folder.fold(column, src, s.decode(c, src, cells[src.cell]))
		if !ok {
			s.unfolded(column, src.header, text, got)
			filled = true // the cell is no blank, though nothing can be made of it
		}
		if !got.set {
			continue
		}
		if got.s == doubtful {
			if !s.member {
				s.doubts++
			}
			got.s = ""
		}
		filled = true
		if v = prefer(c.Combine, v, got); c.Combine == combineFirst {
			break
		}
	}
	if !filled {
		return c.blankValue(), false
	}
	return v, true
}

// prefer combines what two headers say about one column.
func prefer(how combine, v, got value) value {
	switch {
	case !v.set:
		return got
	case how == combineYes && got.s == yes, how == combineNo && got.s == no, how == combineOut && got.n == statusOut && v.n != statusOut:
		return got
	}
	return v
}

// number cleans the ID number in a column's first filled cell. A number cell has lost
// digits.
func (s *sheetRun) number(column int, cells []table.Cell) numbered {
	if column >= 0 {
		for i := range s.layout.sources[column] {
			cell := s.layout.sources[column][i].cell
			text := cellText(cells, cell)
			switch {
			case cell >= s.trusted:
				s.unfolded(column, s.layout.sources[column][i].header, text, value{s: whySplit})
				continue
			case text == "":
				continue
			case cells[cell].Kind == table.Error:
				s.fault(column, s.layout.sources[column][i].header, text)
				continue
			case isDitto(text):
				s.ditto(column, s.layout.sources[column][i].header, text)
				continue
			}
			return s.cleaned(cells[cell])
		}
	}
	return numbered{Number: idnumber.Number{State: idnumber.Missing}}
}

// cleaned remembers the last few numbers: the head's stands in every row of a household,
// and in its own row twice.
func (s *sheetRun) cleaned(cell table.Cell) numbered {
	for i := range s.recent {
		if s.recent[i].cell == cell {
			return s.recent[i].numbered
		}
	}
	n := numbered{idnumber.Clean(cell.Text, cell.Kind == table.Number), tidy(cell.Text)}
	s.recent[s.oldest] = cleanedCell{cell, n}
	s.oldest = (s.oldest + 1) % len(s.recent)
	return n
}

// cleanedCell is a cell with what was read from it.
type cleanedCell struct {
	cell table.Cell
	numbered
}

// headValue is the number of a person that has no columns for raw text and state.
func headValue(n numbered) value {
	switch {
	case n.missing():
		return value{}
	case n.Joins():
		return value{set: true, s: n.Clean}
	}
	v, _ := textValue(compact(n.raw))
	return v
}

// identify says whom the row is about. In a heads-only roster that is the head; a
// certificate's number holds an ID number.
func (s *sheetRun) identify() {
	at := s.matcher.kind.at
	if at.headName >= 0 {
		s.identifyHead()
	}
	if at.certNo >= 0 {
		s.rec.identifyByCertificate()
	}
}

// identifyHead lets the head's cells stand in for missing ones, but never gives the
// head's number to another member of the household.
func (s *sheetRun) identifyHead() {
	rec, at := &s.rec, s.matcher.kind.at
	name, head := rec.vals[at.name], rec.vals[at.headName]
	isHead := headRelation(rec.vals[at.relation].s)
	switch {
	case !name.set && rec.id.missing(): // this row's own cells name only the head
		rec.vals[at.name] = head
		rec.id = rec.head
	case !s.layout.has(at.idNumber) && rec.id.missing():
		told := head.set || s.layout.has(at.relation)
		if isHead || head.set && NameKey(name.s) == NameKey(head.s) || !told {
			rec.id = rec.head
		}
	case !s.layout.has(at.name) && !name.set:
		if isHead || rec.head.missing() || rec.head.Clean == rec.id.Clean {
			rec.vals[at.name] = head
		}
	}
}

// headRelation says that the relation to the head is: the head.
func headRelation(relation string) bool {
	switch relation {
	case "户主", "本人", "户主本人", "本人或户主", "本人/户主", "户代表", "申请人":
		return true
	}
	return false
}

// identifyByCertificate takes the ID number out of the certificate's where the row has no
// other, or where what is left of a damaged one agrees with it.
func (rec *record) identifyByCertificate() {
	switch {
	case rec.id.missing() && !rec.cert.missing():
		rec.id = rec.cert
	case rec.id.State == idnumber.Damaged && rec.cert.Joins() && len(rec.id.Clean) >= 6 && len(rec.id.Clean) <= len(rec.cert.Clean) &&
		rec.cert.Clean[:len(rec.id.Clean)] == rec.id.Clean:
		rec.id = rec.cert
	}
}
