package reports

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// book is a workbook under way.
type book struct {
	f     *excelize.File
	first bool // the first sheet, which excelize made, is not taken yet
	rows  int  // that a sheet holds
	style styles
	open  styles // the same for a sheet that is guarded: whoever may write there can
}

type styles struct {
	title, note, head, text, id, count, date, money, verdict int
	file, faulty                                             int // in a department's own rows
	keyText, keyID                                           int // what names a finding: locked where a sheet is guarded
	band, page, check, sign                                  int // of a household's page
	// A form is printed as the notice prints it: black lines, no colour.
	formHead, formText, formCount, formDoubt, formLeft, formRight int
}

const fontName = "宋体"

func border(color string) []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: color, Style: 1})
	}
	return all
}

func (s Settings) newBook() (*book, error) {
	b := &book{f: excelize.NewFile(excelize.Options{TmpDir: s.Temp}), first: true, rows: excelize.TotalRows}
	// Column widths count digits of the workbook's own font: with a Latin one
	// they would come out differently from computer to computer.
	if err := b.f.SetDefaultFont(fontName); err != nil {
		return nil, fmt.Errorf("set font: %w", err)
	}
	if err := b.addStyles(); err != nil {
		return nil, fmt.Errorf("make styles: %w", err)
	}
	if err := b.openStyles(); err != nil {
		return nil, fmt.Errorf("make open styles: %w", err)
	}
	// Fixed properties: the same tables give the same workbook.
	err := b.f.SetDocProps(&excelize.DocProperties{Creator: "hedui", LastModifiedBy: "hedui", Created: "2021-05-27T00:00:00Z", Modified: "2021-05-27T00:00:00Z", Language: "zh-CN"})
	return b, err
}

func (b *book) addStyles() error {
	var err error
	add := func(s excelize.Style) int {
		id, e := b.f.NewStyle(&s)
		if e != nil {
			err = e
		}
		return id
	}
	font := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: fontName, Size: size, Bold: bold}
	}
	align := func(horizontal string) *excelize.Alignment {
		return &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: true}
	}
	fill := func(color string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
	}
	doubt := `0"※"`
	gray, black := border("808080"), border("000000")
	const asText, asMoney = 49, 4 // Excel's number formats @ and #,##0.00
	b.style = styles{
		title:   add(excelize.Style{Font: font(16, true), Alignment: align("center")}),
		note:    add(excelize.Style{Font: font(10, false), Alignment: align("left")}),
		head:    add(excelize.Style{Font: font(10, true), Alignment: align("center"), Border: gray, Fill: fill("DDE6F0")}),
		text:    add(excelize.Style{Font: font(10, false), Alignment: align("left"), Border: gray, NumFmt: asText}),
		id:      add(excelize.Style{Font: font(10, false), Alignment: align("center"), Border: gray, NumFmt: asText}),
		count:   add(excelize.Style{Font: font(10, false), Alignment: align("center"), Border: gray, NumFmt: 1}),
		date:    add(excelize.Style{Font: font(10, false), Alignment: align("center"), Border: gray, NumFmt: asText}),
		money:   add(excelize.Style{Font: font(10, false), Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center"}, Border: gray, NumFmt: asMoney}),
		verdict: add(excelize.Style{Font: font(10, false), Alignment: align("left"), Border: gray, NumFmt: asText, Protection: &excelize.Protection{Locked: false}, Fill: fill("FFF8DC")}),

		keyText: add(excelize.Style{Font: font(10, false), Alignment: align("left"), Border: gray, NumFmt: asText, Fill: fill("F2F2F2")}),
		keyID:   add(excelize.Style{Font: font(10, false), Alignment: align("center"), Border: gray, NumFmt: asText, Fill: fill("F2F2F2")}),

		band:  add(excelize.Style{Font: font(11, true), Alignment: align("left"), Border: black, Fill: fill("E8E8E8")}),
		page:  add(excelize.Style{Font: font(10, false), Alignment: align("left"), Border: black, NumFmt: asText}),
		check: add(excelize.Style{Font: font(11, false), Alignment: align("left"), Border: black}),
		sign:  add(excelize.Style{Font: font(11, false), Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}, Border: black}),

		file:   add(excelize.Style{Font: font(11, true), Alignment: align("left")}),
		faulty: add(excelize.Style{Font: font(10, false), Alignment: align("left"), Border: gray, NumFmt: asText, Fill: fill("FFD9D9")}),

		formHead:  add(excelize.Style{Font: font(9, false), Alignment: align("center"), Border: black}),
		formText:  add(excelize.Style{Font: font(10, false), Alignment: align("left"), Border: black, NumFmt: asText}),
		formCount: add(excelize.Style{Font: font(9, false), Alignment: align("center"), Border: black}),
		formDoubt: add(excelize.Style{Font: font(9, false), Alignment: align("center"), Border: black, CustomNumFmt: &doubt}),
		formLeft:  add(excelize.Style{Font: font(11, false), Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center"}}),
		formRight: add(excelize.Style{Font: font(11, false), Alignment: &excelize.Alignment{Horizontal: "right", Vertical: "center"}}),
	}
	return err
}

// openStyles makes the twins of the list styles that a guarded sheet leaves open.
func (b *book) openStyles() error {
	b.open = b.style
	for _, id := range []*int{&b.open.text, &b.open.id, &b.open.count, &b.open.date, &b.open.money} {
		style, err := b.f.GetStyle(*id)
		if err != nil {
			return err
		}
		style.Protection = &excelize.Protection{Locked: false}
		if *id, err = b.f.NewStyle(style); err != nil {
			return err
		}
	}
	return nil
}

// sheet takes a new sheet, under a name that no other has: excelize would give out the
// other's again. As Excel does, it does not tell small from capital letters.
func (b *book) sheet(name string) (string, error) {
	free := sheetName(name, "")
	if b.first {
		b.first = false
		return free, b.f.SetSheetName("Sheet1", free)
	}
	for n := 2; ; n++ {
		switch index, err := b.f.GetSheetIndex(free); {
		case err != nil:
			return "", err
		case index < 0:
			_, err := b.f.NewSheet(free)
			return free, err
		}
		free = sheetName(name, fmt.Sprintf("_%d", n))
	}
}

// sheetName makes a text a sheet's name: what Excel does not allow in one is replaced,
// and before the end it is cut to the length that Excel allows.
func sheetName(text, end string) string {
	room := excelize.MaxSheetNameLength - len(end) // in UTF-16 units, of which the end's letters are one each
	var name strings.Builder
	for _, r := range text {
		if unicode.IsControl(r) || strings.ContainsRune(`:\/?*[]'`, r) {
			r = '_'
		}
		if room -= utf16.RuneLen(r); room < 0 {
			break
		}
		name.WriteRune(r)
	}
	return name.String() + end
}

// page sets a sheet up for A4 landscape, as wide as the page; titles are the rows that
// every page repeats.
func (b *book) page(sheet string, titles ...string) error {
	fit := true
	if err := b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	return b.paper(sheet, pageFit(1, 0), "", titles)
}

// across sets a sheet up for A4 landscape at a scale in percent, on as many pages side
// by side as its columns take; titles are the columns and the rows that every page
// repeats. What stands beside each other comes out of the printer one after the other.
func (b *book) across(sheet string, scale uint, titles ...string) error {
	landscape, a4, order := "landscape", 9, "overThenDown"
	return b.paper(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, AdjustTo: &scale, PageOrder: &order}, "&A ", titles)
}

// upright sets a sheet up for A4 upright at a scale in percent, its first rows on every page.
func (b *book) upright(sheet string, repeated int, scale uint) error {
	portrait, a4, amid := "portrait", 9, true
	if err := b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Horizontally: &amid}); err != nil {
		return err
	}
	return b.paper(sheet, &excelize.PageLayoutOptions{Orientation: &portrait, Size: &a4, AdjustTo: &scale}, "&A ", []string{fmt.Sprintf("$1:$%d", repeated)})
}

// paper sets margins, footer and what every page repeats. named stands before the page's number.
func (b *book) paper(sheet string, layout *excelize.PageLayoutOptions, named string, titles []string) error {
	if err := b.f.SetPageLayout(sheet, layout); err != nil {
		return err
	}
	// Without a distance of its own the footer would stand on the paper's edge, where
	// printers do not print; scaled with the sheet nobody could read it.
	margin, side, edge, scaled := 0.5, 0.4, 0.25, false
	if err := b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &margin, Bottom: &margin, Header: &edge, Footer: &edge}); err != nil {
		return err
	}
	if err := b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{ScaleWithDoc: &scaled, OddFooter: "&L" + disclaimer + "&R" + named + "第&P页 共&N页"}); err != nil {
		return err
	}
	if len(titles) == 0 {
		return nil
	}
	refer := make([]string, len(titles))
	for i, title := range titles {
		refer[i] = "'" + sheet + "'!" + title
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: strings.Join(refer, ","), Scope: sheet})
}

// pageFit is A4 landscape, so many pages wide and high; 0 is as many as it takes.
func pageFit(width, height int) *excelize.PageLayoutOptions {
	landscape, a4 := "landscape", 9
	return &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &width, FitToHeight: &height}
}

// save writes the workbook out, its parts in the order of their names: excelize writes
// streamed sheets in any order, and the same tables give the same bytes.
func (b *book) save(w io.Writer) error {
	defer b.f.Close()
	var written bytes.Buffer
	if err := b.f.Write(&written); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	parts, err := zip.NewReader(bytes.NewReader(written.Bytes()), int64(written.Len()))
	if err != nil {
		return fmt.Errorf("order workbook: %w", err)
	}
	slices.SortFunc(parts.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	ordered := zip.NewWriter(w)
	for _, part := range parts.File {
		if err := ordered.Copy(part); err != nil {
			return fmt.Errorf("write workbook: %w", err)
		}
	}
	if err := ordered.Close(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// column is one column of a list sheet.
type column struct {
	head  string
	width float64 // in digits of the workbook's font
	style func(styles) int
}

func plain(s styles) int   { return s.text }
func asID(s styles) int    { return s.id }
func asCount(s styles) int { return s.count }
func asDate(s styles) int  { return s.date }
func asMoney(s styles) int { return s.money }
func verdict(s styles) int { return s.verdict }
func keyText(s styles) int { return s.keyText }
func keyID(s styles) int   { return s.keyID }

// spread is how a list's columns go on paper.
type spread struct {
	printed int // so many of them; with more of them nobody could read it
	// A list that is too wide for one page has two side by side: so many columns stand on
	// both, and after so many the second begins. 0: one page holds all.
	both, first int
}

// list is rows under a title, a note and a header: a sheet of them, or as many as they
// take, each with the same head.
type list struct {
	book              *book
	name, title, note string // of the sheet, and over its rows
	columns           []column
	spread
	filtered  bool
	verdictAt int      // the column for verdicts, from 1: the list is guarded. 0: it is not to be filled in
	verdicts  []string // to choose from

	sheet string
	w     *excelize.StreamWriter
	row   int
}

const headRow = 3

// In points. Excel knows no higher row than 409.
const (
	lineHeight = 14.0
	maxHeight  = 409.0
	pageWide   = 784.0 // of A4 landscape less its margins
	digitWide  = 7.0   // of the workbook's font at most: where 宋体 is not installed others are wider
)

// write writes a query's rows, and nothing else.
func (l *list) write(ctx context.Context, db *sql.Conn, query string, args ...any) error {
	if err := l.begin(); err != nil {
		return err
	}
	if err := each(ctx, db, query, l.add, args...); err != nil {
		return err
	}
	return l.end()
}

// begin takes a sheet: title, note, header frozen and repeated on each page.
func (l *list) begin() error {
	var err error
	if l.sheet, err = l.book.sheet(l.name); err != nil {
		return err
	}
	l.row = headRow
	if l.verdictAt > 0 {
		if err := l.guard(); err != nil {
			return err
		}
	}
	if err := l.paper(); err != nil {
		return err
	}
	if l.w, err = l.book.f.NewStreamWriter(l.sheet); err != nil {
		return err
	}
	for i, c := range l.columns {
		if err := l.w.SetColWidth(i+1, i+1, c.width); err != nil {
			return err
		}
	}
	if err := l.w.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: fmt.Sprintf("A%d", headRow+1), ActivePane: "bottomLeft"}); err != nil {
		return err
	}
	return l.heading()
}

// paper sets the sheet up to be printed. Two pages side by side cannot be fitted to
// their columns: then Excel would heed no page break.
func (l *list) paper() error {
	rows := fmt.Sprintf("$1:$%d", headRow)
	if l.both == 0 {
		return l.book.page(l.sheet, rows)
	}
	both, err := excelize.ColumnNumberToName(l.both)
	if err != nil {
		return err
	}
	second, err := excelize.ColumnNumberToName(l.first + 1)
	if err != nil {
		return err
	}
	widest := max(l.wide(1, l.first), l.wide(1, l.both)+l.wide(l.first+1, l.printed))
	if err := l.book.across(l.sheet, uint(min(100, 100*pageWide/(widest*digitWide))), "$A:$"+both, rows); err != nil {
		return err
	}
	return l.book.f.InsertPageBreak(l.sheet, second+"1")
}

// wide is the width of some columns together, from 1.
func (l *list) wide(from, to int) float64 {
	total := 0.0
	for _, c := range l.columns[from-1 : to] {
		total += c.width
	}
	return total
}

// heading writes title, note and header. Of two pages side by side both have the title,
// the first the note.
func (l *list) heading() error {
	titled, from, to := l.printed, 1, l.printed
	if l.both > 0 {
		titled, from, to = l.both, l.both+1, l.first
	}
	style := l.book.style
	const titleSize, titleHeight = 1.6, 22.0 // of a list's text, points
	if err := l.over(1, 1, titled, style.title, l.title, lines(l.title, l.wide(1, titled)/titleSize)*titleHeight+6); err != nil {
		return err
	}
	if err := l.over(2, from, to, style.note, l.note, lines(l.note, l.wide(from, to))*lineHeight+4); err != nil {
		return err
	}
	var heads []any
	for _, c := range l.columns {
		heads = append(heads, excelize.Cell{StyleID: style.head, Value: c.head})
	}
	return l.w.SetRow(fmt.Sprintf("A%d", headRow), heads, excelize.RowOpts{Height: 30})
}

// over writes a text over some columns of a row.
func (l *list) over(row, from, to, style int, text string, height float64) error {
	first, err := excelize.CoordinatesToCellName(from, row)
	if err != nil {
		return err
	}
	last, err := excelize.CoordinatesToCellName(to, row)
	if err != nil {
		return err
	}
	if err := l.w.SetRow(first, []any{excelize.Cell{StyleID: style, Value: text}}, excelize.RowOpts{Height: min(height, maxHeight)}); err != nil {
		return err
	}
	return l.w.MergeCell(first, last)
}

// guard locks the header and the key columns, without a password: a clerk may
// still filter, change widths and heights, and put columns of their own in. Excel
// sorts locked cells only once the guard is taken off (审阅, 撤消工作表保护).
func (l *list) guard() error {
	return l.book.f.ProtectSheet(l.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, Sort: true, AutoFilter: true, FormatCells: true, FormatColumns: true,
		FormatRows: true, InsertColumns: true, DeleteColumns: true, EditObjects: true, EditScenarios: true, PivotTables: true, InsertHyperlinks: true,
	})
}

// add writes one row; texts stay texts. What a sheet does not hold goes on in the next.
func (l *list) add(values []any) error {
	if l.row == l.book.rows {
		if err := l.end(); err != nil {
			return err
		}
		if err := l.begin(); err != nil {
			return err
		}
	}
	l.row++
	style := l.book.style
	if l.verdictAt > 0 {
		style = l.book.open
	}
	cells := make([]any, len(l.columns))
	height := 1.0
	for i, c := range l.columns {
		var v any
		if i < len(values) {
			v = values[i]
		}
		shown := cellValue(v)
		if s, ok := shown.(string); ok {
			height = max(height, lines(s, c.width))
		}
		cells[i] = excelize.Cell{StyleID: c.style(style), Value: shown}
	}
	return l.w.SetRow(fmt.Sprintf("A%d", l.row), cells, excelize.RowOpts{Height: min(height*lineHeight+4, maxHeight)})
}

// cellValue keeps numbers numbers and writes everything else as text.
func cellValue(v any) any {
	switch v := v.(type) {
	case nil:
		return nil
	case int32, int64, int, float64:
		return v
	}
	s := text(v)
	if utf8.RuneCountInString(s) > excelize.TotalCellChars {
		s = string([]rune(s)[:excelize.TotalCellChars-1]) + "…"
	}
	return s
}

// end ends the sheet under way. What is set on a streamed sheet after it was flushed
// never reaches the file, but for what stands in the workbook: its print area.
func (l *list) end() error {
	f, bottom := l.book.f, max(l.row, headRow+1)
	if l.filtered {
		last, err := excelize.ColumnNumberToName(len(l.columns))
		if err != nil {
			return err
		}
		if err := f.AutoFilter(l.sheet, fmt.Sprintf("A%d:%s%d", headRow, last, bottom), nil); err != nil {
			return err
		}
	}
	if l.verdictAt > 0 {
		name, err := excelize.ColumnNumberToName(l.verdictAt)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s%d:%s%d", name, headRow+1, name, bottom))
		if err := v.SetDropList(l.verdicts); err != nil {
			return err
		}
		if err := f.AddDataValidation(l.sheet, v); err != nil {
			return err
		}
	}
	if err := l.w.Flush(); err != nil {
		return err
	}
	printed, err := excelize.ColumnNumberToName(l.printed)
	if err != nil {
		return err
	}
	return f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: l.sheet,
		RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", l.sheet, printed, bottom)})
}

const widthRoom = 1.1 // Latin letters of a list's text in a digit of the workbook's font

// widthOf is the width at which so many Latin letters stand on one line.
func widthOf(letters float64) float64 {
	return (letters + 1) / widthRoom
}

// lines is how many lines a text takes in a column of that width: a Chinese
// character is as wide as two Latin letters, and a Latin word is not broken
// unless it is longer than the line. The workbook's font has 11 points, its
// texts have 10: a little more goes in than the width says.
func lines(s string, width float64) float64 {
	room := max(width*widthRoom-1, 2)
	n := 0.0
	for part := range strings.SplitSeq(s, "\n") {
		n++
		at, word := 0.0, 0.0 // how far the line is full, and its last Latin word's share
		for _, r := range part {
			wide := 1.0
			if r >= 0x2000 {
				wide = 2
			}
			if wide == 2 || r == ' ' {
				word = 0
			} else {
				word++
			}
			if at += wide; at > room {
				n++
				if at = max(wide, word); at > room {
					at, word = wide, wide
				}
			}
		}
	}
	return n
}
