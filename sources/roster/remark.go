package roster

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"hedui/sources/table"
)

// 备注 2021年3月停保, 王大(已停): some departments write the end of a benefit where no column asks for
// it. A remark may as well speak of a relative, of another benefit or of years ago, so nobody is
// put out of force by it; but who should be, and is not, must be told.

var (
	otherEnd     = regexp.MustCompile(`(医保|养老|社保|保险|车辆?|机动车|执照|工商|企业|公司|银行卡|社保卡|账户|高龄|补贴)[已被的]*$`)                                               // 车辆已注销
	besideEnd    = regexp.MustCompile(`^(高龄|残疾|困难|重度|护理|养老|生活补贴|补贴|津贴|抚恤|赔偿|补偿|补助|证明|保险)`)                                                       // 停发高龄津贴
	silentHeader = regexp.MustCompile(`([致困返]贫?[贫困残难]?|救助|享受|保障|申请|纳入|识别|供养)原因|银行|开户|账[号户]|卡|成员|家属|监护|[赡抚]养|车|企业|保险|医保|养老|社保|参保|电话|地址|住址|金额|人数`) // of what it tells nothing ends
)

// tellsEnd says that a text speaks of an end of what the kind's roster grants.
func (k *Kind) tellsEnd(text string) bool {
	s := compact(text)
	if s == "已停" {
		return true
	}
	if again(s) {
		return false
	}
	return slices.ContainsFunc(k.ends, func(word string) bool {
		before, after, found := strings.Cut(s, word)
		return found && !deniesNext(before) && !undoing.MatchString(before) && !otherEnd.MatchString(before) && !besideEnd.MatchString(after) &&
			!(slices.Contains(deaths, word) && relative.MatchString(before))
	})
}

// remark is a cell under a header that no column claims, where an end may be told.
type remark struct {
	cell   int
	header string // as sent, group/leaf
	leaf   string // folded
	asks   bool   // the header itself speaks of an end: 是否死亡
}

// remarkOf gives the cell of an unmatched header under which an end told may be the person's own.
func (m *matcher) remarkOf(cell int, header string) (r remark, ok bool) {
	folded := foldHeader(header)
	if len(m.kind.Spoken) == 0 || silentHeader.MatchString(folded) || namesOther.MatchString(folded) {
		return r, false
	}
	leaf := foldHeader(header[strings.LastIndexByte(header, '/')+1:])
	return remark{cell: cell, header: header, leaf: leaf, asks: m.kind.tellsEnd(strings.TrimPrefix(leaf, "是否"))}, true
}

// noteRemarks takes down what is said of an end beside a row that counts as in force.
func (s *sheetRun) noteRemarks(cells []table.Cell) {
	k := s.matcher.kind
	if len(k.Spoken) == 0 || !s.stands() {
		return
	}
	if name := s.rec.vals[k.at.name].s; !plainName(name) {
		if _, remark := cutRemarks(compact(name)); remark != "" && k.tellsEnd(remark) {
			s.noteRemark(s.layout.headerOf(k.at.name), name)
		}
	}
	if s.member {
		return
	}
	for _, r := range s.layout.remarks {
		if text := cellText(cells, r.cell); text != "" && s.endTold(r, cells[r.cell]) {
			s.noteRemark(r.header, text)
		}
	}
}

// stands says that the row counts as in force.
func (s *sheetRun) stands() bool {
	at := s.matcher.kind.at
	if at.inForce >= 0 {
		return s.rec.vals[at.inForce].n != 0
	}
	return at.ending < 0 || !slices.Contains([]string{"辍学", "退学", "毕业"}, s.rec.vals[at.ending].s)
}

// endTold says that a cell tells of an end: as the answer to its header's question, else by itself.
func (s *sheetRun) endTold(r remark, cell table.Cell) bool {
	k, ending := s.matcher.kind, &s.folder.columns[s.matcher.kind.at.ending]
	if t, known := s.matcher.headers[r.leaf]; known && t.column == k.at.ending { // another header went before it
		v, ok := ending.fold(s.folder, &source{claim: claim{folded: r.leaf}}, cell)
		return ok && (v.n == statusOut || v.s == "辍学" || v.s == "退学")
	}
	text := compact(cell.Text)
	if !r.asks {
		return len(text) >= len("停保") && !asciiOnly(text) && k.tellsEnd(text)
	}
	to, known := ending.lexicon.fold(text)
	answer, plain := parseYesNo(text)
	switch {
	case nothing(text), none(text), endless(text), plain && answer == no && to != "out":
		return false
	case plain:
		return answer == yes
	}
	return !known || to == "out" || to == "辍学"
}

func asciiOnly(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// remarked are a sheet's rows in force beside which an end is spoken of.
type remarked struct {
	rows    rowsTold
	headers []string // as a note tells them
}

// rowsTold counts rows, each once, and keeps the numbers of the first three.
type rowsTold struct {
	n, last int
	first   []string
}

func (r *rowsTold) add(row int) {
	if r.last == row {
		return
	}
	r.last = row
	if r.n++; r.n <= 3 {
		r.first = append(r.first, fmt.Sprint(row))
	}
}

func (s *sheetRun) noteRemark(header, text string) {
	s.remarked.rows.add(s.reading)
	if told := inNote(header); !slices.Contains(s.remarked.headers, told) {
		s.remarked.headers = append(s.remarked.headers, told)
	}
	s.faultFor(s.matcher.kind.at.ending, header, text, "写有停保、死亡等字样，这一行仍计为在册：已停止的，请在状态一列写明")
}

// remarkNotes tells in how many rows that count as in force an end is spoken of.
func (s *sheetRun) remarkNotes() []string {
	if s.remarked.rows.n == 0 {
		return nil
	}
	return []string{fmt.Sprintf("“%s”写有停保、死亡等字样的 %d 行（如第 %s 行）%s", strings.Join(s.remarked.headers, "”“"), s.remarked.rows.n, s.remarked.rows.first[0], RemarkMark)}
}

// RemarkMark ends the note on rows in force beside which an end is spoken of.
const RemarkMark = "仍计为在册，请核对"
