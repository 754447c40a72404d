package reports

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// book is a workbook under way.
type book struct {
	f     *excelize.File
	first bool // the first sheet, which excelize made, is not taken yet
	style styles
}

type styles struct {
	title, note, head, text, id, money, verdict, caption int
}

const fontName = "宋体"

func border() []excelize.Border {
	var all []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		all = append(all, excelize.Border{Type: side, Color: "808080", Style: 1})
	}
	return all
}

func newBook() (*book, error) {
	b := &book{f: excelize.NewFile(), first: true}
	var err error
	add := func(s excelize.Style) int {
		id, e := b.f.NewStyle(&s)
		if e != nil {
			err = e
		}
		return id
	}
	cell := func(size float64, bold bool) *excelize.Font {
		return &excelize.Font{Family: fontName, Size: size, Bold: bold}
	}
	wrapped := &excelize.Alignment{Vertical: "center", WrapText: true}
	centred := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	unlocked := &excelize.Protection{Locked: false}
	b.style = styles{
		title:   add(excelize.Style{Font: cell(16, true), Alignment: centred}),
		note:    add(excelize.Style{Font: cell(10, false), Alignment: wrapped}),
		caption: add(excelize.Style{Font: cell(10, false), Alignment: centred, Border: border()}),
		head:    add(excelize.Style{Font: cell(10, true), Alignment: centred, Border: border(), Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6F0"}}}),
		text:    add(excelize.Style{Font: cell(10, false), Alignment: wrapped, Border: border(), NumFmt: 49}),
		id:      add(excelize.Style{Font: cell(10, false), Alignment: &excelize.Alignment{Vertical: "center"}, Border: border(), NumFmt: 49}),
		money:   add(excelize.Style{Font: cell(10, false), Alignment: &excelize.Alignment{Vertical: "center"}, Border: border(), NumFmt: 4}),
		verdict: add(excelize.Style{Font: cell(10, false), Alignment: wrapped, Border: border(), NumFmt: 49, Protection: unlocked, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFF8DC"}}}),
	}
	if err != nil {
		return nil, fmt.Errorf("make styles: %w", err)
	}
	// Fixed properties: the same tables give the same workbook.
	err = b.f.SetDocProps(&excelize.DocProperties{Creator: "hedui", LastModifiedBy: "hedui", Created: "2021-05-27T00:00:00Z", Modified: "2021-05-27T00:00:00Z", Language: "zh-CN"})
	return b, err
}

// sheet takes a new sheet; names are cut to what Excel allows.
func (b *book) sheet(name string) (string, error) {
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) {
			return '_'
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 31 {
		name = string(runes[:31])
	}
	if b.first {
		b.first = false
		return name, b.f.SetSheetName("Sheet1", name)
	}
	_, err := b.f.NewSheet(name)
	return name, err
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
	if err := b.f.SetHeaderFooter(sheet, &excelize.HeaderFooterOptions{OddFooter: "&L" + Disclaimer + "&R第&P页 共&N页"}); err != nil {
		return err
	}
	if titleRows == "" {
		return nil
	}
	return b.f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: "'" + sheet + "'!" + titleRows, Scope: sheet})
}

// pageFit is A4 landscape, so many pages wide and high; 0 is as many as it takes.
func pageFit(width, height int) *excelize.PageLayoutOptions {
	landscape, a4 := "landscape", 9
	return &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &width, FitToHeight: &height}
}

// save writes the workbook out.
func (b *book) save(w io.Writer) error {
	defer b.f.Close()
	b.f.SetActiveSheet(0)
	if err := b.f.Write(w); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// column is one column of a list sheet.
type column struct {
	head  string
	width float64 // in characters of a Latin letter
	style func(styles) int
}

func plain(s styles) int   { return s.text }
func asID(s styles) int    { return s.id }
func asMoney(s styles) int { return s.money }
func verdict(s styles) int { return s.verdict }

// list is a sheet of rows under a title, a note and a header.
type list struct {
	book    *book
	sheet   string
	w       *excelize.StreamWriter
	columns []column
	row     int
}

const headRow = 3

// newList begins a sheet: title, note, header frozen and repeated on each page.
func (b *book) newList(name, title, note string, columns []column) (*list, error) {
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
	l := &list{book: b, sheet: sheet, w: w, columns: columns, row: headRow}
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
	last, err := excelize.ColumnNumberToName(len(l.columns))
	if err != nil {
		return err
	}
	if err := l.w.SetRow("A1", []any{excelize.Cell{StyleID: l.book.style.title, Value: title}}, excelize.RowOpts{Height: 28}); err != nil {
		return err
	}
	total := 0.0
	for _, c := range l.columns {
		total += c.width
	}
	if err := l.w.SetRow("A2", []any{excelize.Cell{StyleID: l.book.style.note, Value: note}}, excelize.RowOpts{Height: lines(note, total) * 14}); err != nil {
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

// add writes one row; texts stay texts.
func (l *list) add(values []any) error {
	l.row++
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
		cells[i] = excelize.Cell{StyleID: c.style(l.book.style), Value: shown}
	}
	return l.w.SetRow(fmt.Sprintf("A%d", l.row), cells, excelize.RowOpts{Height: min(height*14+4, 400)})
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

// done ends the sheet: filter over the header, choices for a verdict column.
func (l *list) done() error {
	if err := l.w.Flush(); err != nil {
		return err
	}
	last, err := excelize.ColumnNumberToName(len(l.columns))
	if err != nil {
		return err
	}
	return l.book.f.AutoFilter(l.sheet, fmt.Sprintf("A%d:%s%d", headRow, last, max(l.row, headRow+1)), nil)
}

// lines is how many lines a text takes in a column of that width: a Chinese
// character is as wide as two Latin letters.
func lines(s string, width float64) float64 {
	n := 0.0
	for part := range strings.SplitSeq(s, "\n") {
		wide := 0.0
		for _, r := range part {
			if wide++; r > 0x2E7F {
				wide++
			}
		}
		n += max(1, float64(int((wide+width-2)/max(width-1, 1))))
	}
	return n
}
