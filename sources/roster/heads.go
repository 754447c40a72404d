package roster

import "strings"

// A roster may write 户主姓名 on its rows, but no number of the household, nor the head's. Then
// those under one name are a household, and the person of that very name is its head.

// headKey is a head as the rows of his household name him.
type headKey struct{ town, village, name string }

// severalHeads stands for the number of heads who share their place and name.
const severalHeads = "several"

// ownHead says that the row's person is the head whom it names.
func (s *sheetRun) ownHead() bool {
	rec, at := &s.rec, s.matcher.kind.at
	if at.headName < 0 || s.member || rec.id.missing() {
		return false
	}
	head, relation := rec.vals[at.headName], rec.vals[at.relation]
	return head.set && (!relation.set || headRelation(relation.s)) && NameKey(rec.vals[at.name].s) == NameKey(head.s)
}

// hasNumber says that the open household has a number of its own, or its head's.
func (s *sheetRun) hasNumber() bool {
	g, at := &s.layout.open, s.matcher.kind.at
	return g.filled[at.householdNo] || g.filled[at.headID]
}

// findHead finds the head's number for the row's household where no column tells it. Where
// the head stands nowhere in the sheet, the first row of the household lends its own.
func (s *sheetRun) findHead() {
	rec, g, at := &s.rec, &s.layout.open, s.matcher.kind.at
	if at.headName < 0 || s.member || s.layout.household || s.hasNumber() || !rec.vals[at.headName].set {
		return
	}
	key := headKey{rec.vals[at.town].s, rec.vals[at.village].s, NameKey(rec.vals[at.headName].s)}
	switch {
	case s.ownHead():
		g.headID = headValue(rec.id).s
		s.noteHead(key, g.headID)
	case g.headID == "":
		if g.headID = s.headOf(key); g.headID == "" {
			g.headID = headValue(rec.id).s
		}
	}
}

func (s *sheetRun) noteHead(key headKey, id string) {
	if s.heads == nil {
		s.heads = make(map[headKey]string)
	}
	switch known := s.heads[key]; known {
	case id, severalHeads:
	case "":
		s.heads[headKey{strings.Clone(key.town), strings.Clone(key.village), strings.Clone(key.name)}] = strings.Clone(id)
	default:
		s.heads[key] = severalHeads
	}
}

// headOf looks for the head of a household whose first row is another's: in its next rows, then
// everywhere above and some hundred rows below, if there is but one of that name.
func (s *sheetRun) headOf(key headKey) string {
	at, l := s.matcher.kind.at, s.layout
	s.ahead(laterChunk)
	found, here, next := s.heads[key], key, true
	for _, row := range s.queue {
		if town := cellText(row.Cells, l.at(at.town)); town != "" {
			here.town = s.folder.towns.official(town)
		}
		if village := cellText(row.Cells, l.at(at.village)); village != "" {
			here.village = squeeze(village)
		}
		if head := cellText(row.Cells, l.at(at.headName)); head != "" {
			here.name = NameKey(squeeze(head))
		}
		if here != key {
			next = false
			continue
		}
		if NameKey(squeeze(cellText(row.Cells, l.at(at.name)))) != key.name || cellText(row.Cells, l.at(at.idNumber)) == "" {
			continue
		}
		switch id := headValue(s.cleaned(row.Cells[l.at(at.idNumber)])).s; {
		case id == "" || id == found:
		case next:
			return id
		case found != "":
			return ""
		default:
			found = id
		}
	}
	if found == severalHeads {
		return ""
	}
	return found
}
