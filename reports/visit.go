package reports

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// visitWidths are the columns of a household's page, in digits of the workbook's
// font. At visitScale they go on A4 upright with room for a wider font than 宋体:
// they cannot be fitted to the page, for then Excel would heed no page break.
var visitWidths = []float64{10, 8, 5, 20, 27, 11}

var memberHeads = []string{"姓名", "关系", "年龄", "身份证号", "名册情况", "现场核对"}

const (
	visitTop   = 2     // the rows that every page repeats: title and note
	visitScale = 90    // percent
	pageHigh   = 760.0 // points that a page at that scale holds below them
	sheetPages = 900   // Excel knows no more than 1026 page breaks a sheet
)

// The parts of a household's page (queries/visit.sql).
const (
	partHousehold = 1
	partMember    = 2
	partFinding   = 3
)

// writeVisits writes 入户核查表: a page a household, a sheet a village, in visiting order.
func (s Settings) writeVisits(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
	b, err := s.newBook()
	if err != nil {
		return err
	}
	if err := s.writeVillages(ctx, db, b, town); err != nil {
		return fmt.Errorf("write 走访安排: %w", err)
	}
	v := &visits{Settings: s, book: b, town: town}
	if err := each(ctx, db, "visit", v.add, sql.Named("town", town)); err != nil {
		return err
	}
	if err := v.end(); err != nil {
		return err
	}
	return b.save(w)
}

// writeVillages writes how many doors there are in each village.
func (s Settings) writeVillages(ctx context.Context, db *sql.Conn, b *book, town string) error {
	note := fmt.Sprintf("数据日期 %s。每村一张表，每户一页，按走访先后排列；有待核实疑点的在前，未纳入保障的建档立卡及监测户（通知第三部分第一类）在后。%s。", s.AsOf.Format(time.DateOnly), disclaimer)
	l := &list{book: b, name: "走访安排", title: town + "走访安排", note: note, spread: spread{printed: 8}, columns: []column{
		{"序号", 6, asCount}, {"村", 24, plain}, {"户数", 10, asCount}, {"其中有待核实疑点", 14, asCount}, {"其中未纳入保障", 14, asCount}, {"疑点", 10, asCount}, {"走访人", 20, plain}, {"走访日期", 16, plain},
	}}
	return l.write(ctx, db, "visit_villages", sql.Named("town", town))
}

// visits is 入户核查表 under way: the household's rows are gathered, then set on paper.
type visits struct {
	Settings
	book    *book
	town    string
	village string
	sheet   string
	w       *excelize.StreamWriter
	row     int
	pages   int     // on the sheet
	filled  float64 // points of the page under way

	n         any // the household's place in the town; nil: none yet
	band      string
	uncovered bool
	rows      []visitRow
	part      int
	findings  int
}

// visitRow is one row on paper: its cells, which of them are one, its height.
type visitRow struct {
	cells  []any
	merge  [][2]int // columns from 1
	height float64
}

// add takes one line of the query visit.
func (v *visits) add(values []any) error {
	if part := int(values[2].(int32)); part != partHousehold {
		v.line(part, values[3:])
		return nil
	}
	if err := v.endHousehold(); err != nil {
		return err
	}
	if village := text(values[1]); v.w == nil || village != v.village || v.pages >= sheetPages {
		if err := v.begin(village); err != nil {
			return err
		}
	}
	v.n, v.uncovered = values[0], values[6] != nil
	v.rows, v.part, v.findings = nil, partHousehold, 0
	parts := []string{"户编号 " + text0(values[3]), "户主 " + text0(values[4]), text(values[5])}
	if values[7] != nil {
		parts = append(parts, "先后 "+text(values[7]))
	}
	v.band = strings.Join(parts, "　")
	v.whole(v.book.style.band, v.band, 8)
	return nil
}

// line takes a member or a finding of the household.
func (v *visits) line(part int, values []any) {
	style := v.book.style
	if part != v.part && part == partMember {
		v.cells(style.formHead, memberHeads...)
	}
	v.part = part
	if part == partMember {
		v.cells(style.page, text(values[0]), text(values[1]), text(values[2]), text(values[3]), text(values[4]), "")
		return
	}
	v.findings++
	v.halves(fmt.Sprintf("疑点%d　%s", v.findings, text(values[0])), text(values[1])+"\n核查要点："+text(values[2]))
	if text(values[3]) != "" {
		v.whole(style.page, "上次核查（"+text(values[4])+"）："+text(values[3]), 4)
	}
	half := len(v.Verdicts) / 2
	v.whole(style.check, "核查结论：□"+strings.Join(v.Verdicts[:half], "　□")+"\n　　　　　□"+strings.Join(v.Verdicts[half:], "　□"), 6)
	v.whole(style.check, "整改措施：　　　　　　　　　　　　　　　　　　　　整改成效：　　　　　　　　　　完成日期：", 10)
}

// uncoveredQuestions ask what the notice wants known of a household without cover.
var uncoveredQuestions = []string{
	"未纳入低保、特困的建档立卡及监测户，按通知要求逐户调查：",
	"实际人均收入：约　　　　　元/年，主要来自　□务工　□种养　□养老金、补贴等　□子女赡养　□其他",
	"患病：□无　□有（　　　　　　　）　　劳动力：　　人　　在读学生：　　人　　住房：□安全　□不安全　　饮水：□安全　□不安全",
	"调查结论：□不符合条件　□符合低保条件，已告知申请　□符合特困条件，已告知申请　□已纳入　□自愿放弃　□正在办理",
}

// endHousehold puts the household gathered on its page.
func (v *visits) endHousehold() error {
	if v.n == nil {
		return nil
	}
	style := v.book.style
	if v.uncovered {
		for _, q := range uncoveredQuestions {
			v.whole(style.check, q, 6)
		}
	}
	v.whole(style.sign, "走访情况（包括名册以外的困难）：", 46)
	v.whole(style.check, "被走访人签字：　　　　　　　　核查人签字：　　　　　　　　　　　　走访日期：　　　年　　月　　日", 14)
	if err := v.turn(); err != nil {
		return err
	}
	for i, r := range v.rows {
		// what does not fit goes on under the household's own head
		if v.filled > 0 && v.filled+r.height > pageHigh {
			if err := v.turn(); err != nil {
				return err
			}
			if i > 0 {
				if err := v.put(v.wholeRow(style.band, v.band+"（续）", 8)); err != nil {
					return err
				}
			}
		}
		if err := v.put(r); err != nil {
			return err
		}
	}
	v.n = nil
	return nil
}

// turn begins a page, unless one has just begun.
func (v *visits) turn() error {
	if v.filled == 0 {
		return nil
	}
	v.filled = 0
	v.pages++
	return v.w.InsertPageBreak(fmt.Sprintf("A%d", v.row+1))
}

func (v *visits) put(r visitRow) error {
	v.row++
	v.filled += r.height
	for _, m := range r.merge {
		if err := v.mergeCells(m[0], m[1]); err != nil {
			return err
		}
	}
	return v.w.SetRow(fmt.Sprintf("A%d", v.row), r.cells, excelize.RowOpts{Height: r.height})
}

func (v *visits) mergeCells(from, to int) error {
	left, err := excelize.CoordinatesToCellName(from, v.row)
	if err != nil {
		return err
	}
	right, err := excelize.CoordinatesToCellName(to, v.row)
	if err != nil {
		return err
	}
	return v.w.MergeCell(left, right)
}

// whole adds a row that is one cell across the page, with so many points to spare.
func (v *visits) whole(style int, s string, spare float64) {
	v.rows = append(v.rows, v.wholeRow(style, s, spare))
}

func (v *visits) wholeRow(style int, s string, spare float64) visitRow {
	return visitRow{v.styled(style, s, "", "", "", "", ""), [][2]int{{1, 6}}, min(lines(s, wide(1, 6))*lineHeight+spare, maxHeight)}
}

// halves adds a finding: what it is, and what it says.
func (v *visits) halves(what, says string) {
	high := max(lines(what, wide(1, 3)), lines(says, wide(4, 6)))
	v.rows = append(v.rows, visitRow{v.styled(v.book.style.page, what, "", "", says, "", ""), [][2]int{{1, 3}, {4, 6}}, min(high*lineHeight+4, maxHeight)})
}

// cells adds a row of single cells.
func (v *visits) cells(style int, values ...string) {
	high := 1.0
	for i, s := range values {
		high = max(high, lines(s, visitWidths[i]))
	}
	v.rows = append(v.rows, visitRow{v.styled(style, values...), nil, min(high*lineHeight+4, maxHeight)})
}

func (v *visits) styled(style int, values ...string) []any {
	cells := make([]any, len(values))
	for i, s := range values {
		cells[i] = excelize.Cell{StyleID: style, Value: cellValue(s)}
	}
	return cells
}

// wide is the width of some columns together.
func wide(from, to int) float64 {
	total := 0.0
	for _, w := range visitWidths[from-1 : to] {
		total += w
	}
	return total
}

// begin takes a new sheet for a village, or for the rest of a large one.
func (v *visits) begin(village string) error {
	if err := v.flush(); err != nil {
		return err
	}
	v.village, v.row, v.pages, v.filled = village, 0, 0, 0
	var err error
	if v.sheet, err = v.book.sheet(village); err != nil {
		return err
	}
	if err := v.book.upright(v.sheet, visitTop, visitScale); err != nil {
		return err
	}
	if v.w, err = v.book.f.NewStreamWriter(v.sheet); err != nil {
		return err
	}
	for i, width := range visitWidths {
		if err := v.w.SetColWidth(i+1, i+1, width); err != nil {
			return err
		}
	}
	style := v.book.style
	title := visitRow{v.styled(style.title, v.town+village+"入户核查表", "", "", "", "", ""), [][2]int{{1, 6}}, 26}
	note := visitRow{v.styled(style.note, fmt.Sprintf("数据日期 %s。疑点由名册比对得出，%s。方框内打√，结论请抄入本镇问题台账的黄色各列。", v.AsOf.Format(time.DateOnly), disclaimer), "", "", "", "", ""), [][2]int{{1, 6}}, 30}
	for _, r := range []visitRow{title, note} {
		if err := v.put(r); err != nil {
			return err
		}
	}
	v.filled = 0
	return nil
}

// flush ends the sheet under way.
func (v *visits) flush() error {
	if v.w == nil {
		return nil
	}
	if err := v.w.Flush(); err != nil {
		return err
	}
	return v.book.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: v.sheet,
		RefersTo: fmt.Sprintf("'%s'!$A$1:$F$%d", v.sheet, v.row)})
}

func (v *visits) end() error {
	if err := v.endHousehold(); err != nil {
		return err
	}
	return v.flush()
}
