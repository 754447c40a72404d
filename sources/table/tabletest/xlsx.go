package tabletest

import (
	"archive/zip"
	"bytes"
	"io"
	"regexp"
	"strconv"

	"github.com/xuri/excelize/v2"

	"hedui/sources/table"
)

// XLSX writes a workbook of Excel 2007 and later.
func XLSX(book Book) []byte {
	f := excelize.NewFile()
	defer f.Close()
	must(f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &book.Date1904}))
	look := looks(f)
	shown := 0
	for i, s := range book.Sheets {
		if i == 0 {
			must(f.SetSheetName("Sheet1", s.Name))
		} else {
			_, err := f.NewSheet(s.Name)
			must(err)
		}
		if s.Hidden && shown == i {
			shown++
		}
		book.fill(f, s, look)
	}
	f.SetActiveSheet(shown)
	for _, s := range book.Sheets {
		must(f.SetSheetVisible(s.Name, !s.Hidden))
	}
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

// look is what a cell looks like, as far as it is told.
type look struct{ date, struck bool }

// looks makes the styles of cells; the plain one is the workbook's own.
func looks(f *excelize.File) map[look]int {
	styles := map[look]int{}
	for _, of := range []look{{date: true}, {struck: true}, {date: true, struck: true}} {
		style := &excelize.Style{Font: &excelize.Font{Strike: of.struck}}
		if of.date {
			style.NumFmt = 14
		}
		made, err := f.NewStyle(style)
		must(err)
		styles[of] = made
	}
	return styles
}

func (b Book) fill(f *excelize.File, s Sheet, styles map[look]int) {
	for i, row := range s.Rows {
		for column, cell := range row.Cells {
			at := cellName(i+1, column)
			switch cell.Kind {
			case table.Number:
				n, err := strconv.ParseFloat(cell.Text, 64)
				must(err)
				must(f.SetCellFloat(s.Name, at, n, -1, 64))
			case table.Date:
				must(f.SetCellFloat(s.Name, at, b.serial(cell), -1, 64))
			case table.Bool:
				must(f.SetCellBool(s.Name, at, cell.Text == "TRUE"))
			case table.Text:
				must(f.SetCellStr(s.Name, at, looksEscaped.ReplaceAllString(cell.Text, "_x005F_$1")))
			}
			if style := styles[look{cell.Kind == table.Date, cell.Struck}]; style != 0 {
				must(f.SetCellStyle(s.Name, at, at, style))
			}
		}
		if row.Hidden {
			must(f.SetRowVisible(s.Name, i+1, false))
		}
	}
	for _, m := range s.Merges {
		must(f.MergeCell(s.Name, cellName(m.Row0, m.Col0), cellName(m.Row1, m.Col1)))
	}
}

// looksEscaped is what Excel would take for a character that XML cannot hold.
var looksEscaped = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

func cellName(row, column int) string {
	name, err := excelize.CoordinatesToCellName(column+1, row)
	must(err)
	return name
}

// Part is a file in a ZIP.
type Part struct{ Name, Content string }

// ZIP packs parts in their order. A part called mimetype stands uncompressed, as
// OpenDocument asks.
func ZIP(parts ...Part) []byte {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		head := &zip.FileHeader{Name: p.Name, Method: zip.Deflate}
		if p.Name == "mimetype" {
			head.Method = zip.Store
		}
		part, err := w.CreateHeader(head)
		must(err)
		_, err = io.WriteString(part, p.Content)
		must(err)
	}
	must(w.Close())
	return b.Bytes()
}

// Repack gives a ZIP with each part as edit makes it; a part that becomes empty is
// left out.
func Repack(data []byte, edit func(name, content string) string) []byte {
	r, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	must(err)
	var parts []Part
	for _, file := range r.File {
		opened, err := file.Open()
		must(err)
		content, err := io.ReadAll(opened)
		must(err)
		if edited := edit(file.Name, string(content)); edited != "" {
			parts = append(parts, Part{file.Name, edited})
		}
	}
	return ZIP(parts...)
}
