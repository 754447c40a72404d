package reports

import (
	"archive/zip"
	"bytes"
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
	b := &book{f: excelize.NewFile(excelize.Options{TmpDir: s.Temp}), first: true}
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

		file:   add(excelize.Style{Font: font(11, true), Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center"}}),
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

// page sets a sheet up for A4 landscape, as wide as the page, with footer.
func (b *book) page(sheet string, titleRows string) error {
	if err := b.f.SetPageLayout(sheet, pageFit(1, 0)); err != nil {
		return err
	}
	fit := true
	if err := b.f.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}); err != nil {
		return err
	}
	margin, side := 0.5, 0.4
	if err := b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &margin, Bottom: &margin}); err != nil {
		return err
	}
	if err := b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + disclaimer + "&R第&P页 共&N页"}); err != nil {
		return err
	}
	if titleRows == "" {
		return nil
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!" + titleRows, Scope: sheet})
}

// upright sets a sheet up for A4 upright at a scale in percent, its first rows on every page.
func (b *book) upright(sheet string, repeated int, scale uint) error {
	portrait, a4 := "portrait", 9
	if err := b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &portrait, Size: &a4, AdjustTo: &scale}); err != nil {
		return err
	}
	margin, side, amid := 0.5, 0.4, true
	if err := b.f.SetPageMargins(sheet, &excelize.PageLayoutMarginsOptions{Left: &side, Right: &side, Top: &margin, Bottom: &margin, Horizontally: &amid}); err != nil {
		return err
	}
	if err := b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + disclaimer + "&R&A 第&P页 共&N页"}); err != nil {
		return err
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("'%s'!$1:$%d", sheet, repeated), Scope: sheet})
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

// list is a sheet of rows under a title, a note and a header.
type list struct {
	book    *book
	sheet   string
	w       *excelize.StreamWriter
	columns []column
	printed int // so many columns go on paper; with more of them nobody could read it
	row     int
	guarded bool // all but the header and the key columns is open, see guard
}

const headRow = 3

// In points. Excel knows no higher row than 409.
const (
	lineHeight = 14.0
	maxHeight  = 409.0
)

// newList begins a sheet: title, note, header frozen and repeated on each page.
func (b *book) newList(name, title, note string, columns []column, printed int) (*list, error) {
	sheet, err := b.sheet(name)
	if err != nil {
		return nil, err
	}
	if err := b.page(sheet, fmt.Sprintf("$1:$%d", headRow)); err != nil {
		return nil, err
	}
	w, err := b.f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	l := &list{book: b, sheet: sheet, w: w, columns: columns, printed: printed, row: headRow}
	for i, c := range columns {
		if err := w.SetColWidth(i+1, i+1, c.width); err != nil {
			return nil, err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: headRow, TopLeftCell: fmt.Sprintf("A%d", headRow+1), ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	return l, l.heading(title, note)
}

func (l *list) heading(title, note string) error {
	last, err := excelize.ColumnNumberToName(l.printed)
	if err != nil {
		return err
	}
	if err := l.w.SetRow("A1", []any{excelize.Cell{StyleID: l.book.style.title, Value: title}}, excelize.RowOpts{Height: 28}); err != nil {
		return err
	}
	total := 0.0
	for _, c := range l.columns[:l.printed] {
		total += c.width
	}
	if err := l.w.SetRow("A2", []any{excelize.Cell{StyleID: l.book.style.note, Value: note}}, excelize.RowOpts{Height: lines(note, total)*lineHeight + 4}); err != nil {
		return err
	}
	for _, row := range []int{1, 2} {
		if err := l.w.MergeCell(fmt.Sprintf("A%d", row), fmt.Sprintf("%s%d", last, row)); err != nil {
			return err
		}
	}
	var heads []any
	for _, c := range l.columns {
		heads = append(heads, excelize.Cell{StyleID: l.book.style.head, Value: c.head})
	}
	return l.w.SetRow(fmt.Sprintf("A%d", headRow), heads, excelize.RowOpts{Height: 30})
}

// guard locks the header and the key columns, without a password: a clerk may
// still filter, change widths and heights, and put columns of their own in. Excel
// sorts locked cells only once the guard is taken off (审阅, 撤消工作表保护).
func (l *list) guard() error {
	l.guarded = true
	return l.book.f.ProtectSheet(l.sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, Sort: true, AutoFilter: true, FormatCells: true, FormatColumns: true,
		FormatRows: true, InsertColumns: true, DeleteColumns: true, EditObjects: true, EditScenarios: true, PivotTables: true, InsertHyperlinks: true,
	})
}

// add writes one row; texts stay texts.
func (l *list) add(values []any) error {
	l.row++
	style := l.book.style
	if l.guarded {
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

// done ends the sheet: filter over the header, choices for the column given (0: none).
func (l *list) done(choice int, choices []string) error {
	last, err := excelize.ColumnNumberToName(len(l.columns))
	if err != nil {
		return err
	}
	f, bottom := l.book.f, max(l.row, headRow+1)
	if err := f.AutoFilter(l.sheet, fmt.Sprintf("A%d:%s%d", headRow, last, bottom), nil); err != nil {
		return err
	}
	if choice > 0 {
		name, err := excelize.ColumnNumberToName(choice)
		if err != nil {
			return err
		}
		v := excelize.NewDataValidation(true)
		v.SetSqref(fmt.Sprintf("%s%d:%s%d", name, headRow+1, name, bottom))
		if err := v.SetDropList(choices); err != nil {
			return err
		}
		if err := f.AddDataValidation(l.sheet, v); err != nil {
			return err
		}
	}
	return l.flush()
}

// flush writes the sheet out and sets its print area. What else is set on a
// streamed sheet must be set before: afterwards it never reaches the file.
func (l *list) flush() error {
	if err := l.w.Flush(); err != nil {
		return err
	}
	printed, err := excelize.ColumnNumberToName(l.printed)
	if err != nil {
		return err
	}
	return l.book.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", Scope: l.sheet,
		RefersTo: fmt.Sprintf("'%s'!$A$1:$%s$%d", l.sheet, printed, max(l.row, headRow+1))})
}

// lines is how many lines a text takes in a column of that width: a Chinese
// character is as wide as two Latin letters, and a Latin word is not broken
// unless it is longer than the line. The workbook's font has 11 points, its
// texts have 10: a little more goes in than the width says.
func lines(s string, width float64) float64 {
	room := max(width*1.1-1, 2)
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
