package reports

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
)

// returned is a sheet that goes back to a department: for each of its sheets the
// faulty rows under the header it sent, the row number as its own program shows
// it, and the fault beside each.
type returned struct {
	book        *book
	w           *excelize.StreamWriter
	widths      []float64 // of the columns, the department's own after ours
	row         int
	filled      float64  // points of the page under way
	top         float64  // points of the rows that every page repeats
	path, sheet string   // of the block under way
	headers     []string // of that sheet, by cell
	rows, of    int64    // rows written, rows that have a fault
}

// The columns that stand before the department's own.
var returnedHeads = []struct {
	head  string
	width float64
}{{"行号", 8}, {"问题", 34}}

const (
	ownNarrowest, ownWidest = 6, 19.5 // of a department's column; the widest has an ID number on one line
	headLines               = 3       // of a header at most, where its column's texts are shorter
	returnScale             = 80      // percent
	returnPage              = 640.0   // points that a page at that scale holds
	returnRoom              = 160.0   // of a file's name and header with some rows
)

func (b *book) writeReturn(ctx context.Context, db *sql.Conn, department, day string) error {
	widths, err := returnWidths(ctx, db, department)
	if err != nil {
		return err
	}
	r, err := b.newReturn(department, day, widths)
	if err != nil {
		return err
	}
	refused := 0
	err = each(ctx, db, "quality_refused", func(v []any) error {
		refused++
		return r.line(b.style.file, text(v[1]))
	}, sql.Named("department", department))
	if err != nil {
		return err
	}
	if err := each(ctx, db, "quality_rows", r.add, sql.Named("department", department)); err != nil {
		return err
	}
	switch {
	case r.rows == 0 && refused == 0:
		err = r.line(b.style.file, "没有发现问题。")
	case r.of > r.rows:
		err = r.line(b.style.file, fmt.Sprintf("问题行共 %d 行，这里列出前 %d 行；全部见分析库的视图 拒收行、存疑单元格、问题台账。", r.of, r.rows))
	}
	if err != nil {
		return err
	}
	return r.w.Flush()
}

// returnWidths gives each column as much as its widest text takes, in all blocks; a
// streamed sheet's columns are set before its rows.
func returnWidths(ctx context.Context, db *sql.Conn, department string) ([]float64, error) {
	var widths []float64
	for _, h := range returnedHeads {
		widths = append(widths, h.width)
	}
	err := each(ctx, db, "quality_widths", func(v []any) error {
		text, head := v[0].(int64), v[1].(int64)
		widths = append(widths, min(max(widthOf(float64(text)), widthOf(math.Ceil(float64(head)/headLines)), ownNarrowest), ownWidest))
		return nil
	}, sql.Named("department", department))
	return widths, err
}

func (b *book) newReturn(department, day string, widths []float64) (*returned, error) {
	sheet, err := b.sheet(department)
	if err != nil {
		return nil, err
	}
	if err := b.across(sheet, returnScale, "$A:$B", "$1:$2"); err != nil {
		return nil, err
	}
	w, err := b.f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, width := range widths {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: len(returnedHeads), YSplit: 2, TopLeftCell: "C3", ActivePane: "bottomRight"}); err != nil {
		return nil, err
	}
	r := &returned{book: b, w: w, widths: widths}
	if err := r.line(b.style.file, department+"名册数据问题"); err != nil {
		return nil, err
	}
	err = r.line(b.style.note, day+"各行照原名册的列和行号列出，请按“问题”一栏改正后重新报送。"+disclaimer+"。")
	r.top = r.filled
	return r, err
}

// add writes one row of the query quality_rows.
func (r *returned) add(v []any) error {
	path, sheet := text(v[0]), text(v[1])
	if path != r.path || sheet != r.sheet || r.rows == 0 {
		r.path, r.sheet, r.headers = path, sheet, nil
		if err := json.Unmarshal([]byte(text(v[2])), &r.headers); err != nil {
			return fmt.Errorf("read headers of %s: %w", path, err)
		}
		if err := r.begin(""); err != nil {
			return err
		}
	}
	var faulty, cells []string
	if err := json.Unmarshal([]byte(text(v[5])), &faulty); err != nil {
		return fmt.Errorf("read faulty headers: %w", err)
	}
	if original := text(v[6]); original == "" {
		cells = []string{"（原件本期未取得）" + text(v[7])}
	} else if err := json.Unmarshal([]byte(original), &cells); err != nil {
		return fmt.Errorf("read original row: %w", err)
	}
	style := r.book.style
	problems := text(v[4])
	row := []any{excelize.Cell{StyleID: style.count, Value: cellValue(v[3])}, excelize.Cell{StyleID: style.text, Value: problems}}
	height := lines(problems, r.widths[1])
	for i := range max(len(cells), len(r.headers)) {
		id, shown := style.text, ""
		if i < len(cells) {
			shown = cells[i]
		}
		if i < len(r.headers) && r.headers[i] != "" && slices.Contains(faulty, r.headers[i]) {
			id = style.faulty
		}
		height = max(height, min(lines(shown, r.width(i)), 4))
		row = append(row, excelize.Cell{StyleID: id, Value: cellValue(shown)})
	}
	r.rows, r.of = r.rows+1, v[8].(int64)
	points := min(height*lineHeight+4, maxHeight)
	if r.filled+points > returnPage {
		if err := r.begin("（续）"); err != nil {
			return err
		}
	}
	return r.put(row, points)
}

// begin writes the file's name and the header that it had: again at the top of a page, or below
// another file's rows where some of its own fit in too.
func (r *returned) begin(again string) error {
	if again == "" && r.filled+returnRoom <= returnPage {
		r.row++
		r.filled += lineHeight
	} else {
		if err := r.w.InsertPageBreak(fmt.Sprintf("A%d", r.row+1)); err != nil {
			return err
		}
		r.filled = r.top
	}
	if err := r.line(r.book.style.file, fault.Place(r.path, r.sheet, 0)+again); err != nil {
		return err
	}
	var heads []any
	for _, h := range returnedHeads {
		heads = append(heads, excelize.Cell{StyleID: r.book.style.head, Value: h.head})
	}
	height := 2.0
	for i, h := range r.headers {
		heads = append(heads, excelize.Cell{StyleID: r.book.style.head, Value: h})
		height = max(height, lines(h, r.width(i)))
	}
	return r.put(heads, min(height*lineHeight+4, maxHeight))
}

// width is that of a department's own column, from 0.
func (r *returned) width(i int) float64 {
	return r.widths[len(returnedHeads)+i]
}

// line writes a text over the columns that every page repeats.
func (r *returned) line(style int, text string) error {
	const bold = 1.1 // a file's name is larger than a list's text
	height := lines(text, (returnedHeads[0].width+returnedHeads[1].width)/bold)*(lineHeight+1) + 5
	if err := r.put([]any{excelize.Cell{StyleID: style, Value: text}}, min(height, maxHeight)); err != nil {
		return err
	}
	return r.w.MergeCell(fmt.Sprintf("A%d", r.row), fmt.Sprintf("B%d", r.row))
}

func (r *returned) put(row []any, height float64) error {
	r.row++
	r.filled += height
	return r.w.SetRow(fmt.Sprintf("A%d", r.row), row, excelize.RowOpts{Height: height})
}
