package reports

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/xuri/excelize/v2"
)

// returned is a sheet that goes back to a department: for each of its sheets the
// faulty rows under the header it sent, the row number as its own program shows
// it, and the fault beside each.
type returned struct {
	book        *book
	w           *excelize.StreamWriter
	row         int
	path, sheet string   // of the block under way
	headers     []string // of that sheet, by cell
	rows, of    int64    // rows written, rows that have a fault
}

// The columns that stand before the department's own.
var returnedHeads = []struct {
	head  string
	width float64
}{{"行号", 8}, {"问题", 46}}

const ownWidth = 19.5 // of a department's column: an ID number on one line

func (b *book) writeReturn(ctx context.Context, db *sql.Conn, department, day string) error {
	r, err := b.newReturn(department, day)
	if err != nil {
		return err
	}
	refused := 0
	err = each(ctx, db, "quality_refused", func(v []any) error {
		refused++
		return r.line(text(v[1]))
	}, sql.Named("department", department))
	if err != nil {
		return err
	}
	if err := each(ctx, db, "quality_rows", r.add, sql.Named("department", department)); err != nil {
		return err
	}
	switch {
	case r.rows == 0 && refused == 0:
		err = r.line("没有发现问题。")
	case r.of > r.rows:
		err = r.line(fmt.Sprintf("问题行共 %d 行，这里列出前 %d 行；全部见分析库的视图 拒收行、存疑单元格、问题台账。", r.of, r.rows))
	}
	if err != nil {
		return err
	}
	return r.w.Flush()
}

func (b *book) newReturn(department, day string) (*returned, error) {
	sheet, err := b.sheet(department)
	if err != nil {
		return nil, err
	}
	if err := b.page(sheet, "$1:$2"); err != nil {
		return nil, err
	}
	w, err := b.f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, h := range returnedHeads {
		if err := w.SetColWidth(i+1, i+1, h.width); err != nil {
			return nil, err
		}
	}
	if err := w.SetColWidth(len(returnedHeads)+1, len(returnedHeads)+40, ownWidth); err != nil {
		return nil, err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, XSplit: len(returnedHeads), YSplit: 2, TopLeftCell: "C3", ActivePane: "bottomRight"}); err != nil {
		return nil, err
	}
	r := &returned{book: b, w: w, row: 2}
	if err := w.SetRow("A1", []any{excelize.Cell{StyleID: b.style.file, Value: department + "名册数据问题"}}, excelize.RowOpts{Height: 28}); err != nil {
		return nil, err
	}
	return r, w.SetRow("A2", []any{excelize.Cell{StyleID: b.style.formLeft, Value: day + "各行照原名册的列和行号列出，请按“问题”一栏改正后重新报送。" + disclaimer + "。"}}, excelize.RowOpts{Height: 20})
}

// add writes one row of the query quality_rows.
func (r *returned) add(v []any) error {
	path, sheet := text(v[0]), text(v[1])
	if path != r.path || sheet != r.sheet || r.rows == 0 {
		if err := r.begin(path, sheet, text(v[2])); err != nil {
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
	height := lines(problems, returnedHeads[1].width)
	for i := range max(len(cells), len(r.headers)) {
		id, shown := style.text, ""
		if i < len(cells) {
			shown = cells[i]
		}
		if i < len(r.headers) && r.headers[i] != "" && slices.Contains(faulty, r.headers[i]) {
			id = style.faulty
		}
		height = max(height, min(lines(shown, ownWidth), 4))
		row = append(row, excelize.Cell{StyleID: id, Value: cellValue(shown)})
	}
	r.rows, r.of = r.rows+1, v[8].(int64)
	return r.put(row, min(height*lineHeight+4, maxHeight))
}

// begin writes the file's name and the header that it had.
func (r *returned) begin(path, sheet, headers string) error {
	r.path, r.sheet, r.headers = path, sheet, nil
	if err := json.Unmarshal([]byte(headers), &r.headers); err != nil {
		return fmt.Errorf("read headers of %s: %w", path, err)
	}
	name := "《" + path + "》"
	if sheet != "" {
		name += "工作表“" + sheet + "”"
	}
	r.row++
	if err := r.line(name); err != nil {
		return err
	}
	var heads []any
	for _, h := range returnedHeads {
		heads = append(heads, excelize.Cell{StyleID: r.book.style.head, Value: h.head})
	}
	for _, h := range r.headers {
		heads = append(heads, excelize.Cell{StyleID: r.book.style.head, Value: h})
	}
	return r.put(heads, 30)
}

func (r *returned) line(text string) error {
	return r.put([]any{excelize.Cell{StyleID: r.book.style.file, Value: text}}, 20)
}

func (r *returned) put(row []any, height float64) error {
	r.row++
	return r.w.SetRow(fmt.Sprintf("A%d", r.row), row, excelize.RowOpts{Height: height})
}
