package reports

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

//go:embed checklist.yaml
var checklistYAML []byte

type checklistForm struct {
	Title, Stamp, Sign, Date, Footer string
	Columns                          []struct {
		Name  string
		Width float64
	}
	Rows    []struct{ Content, Task, Unit, Due string }
	Figures map[string][]checklistFigure // by the column's name, as far as it is one word
}

// checklistFigure is where the published file has a cell's figures.
type checklistFigure struct {
	View, SQL string
	Verified  bool // said once verdicts are in
}

// checklistItem is one row of the form: a value a column, and whether towns answered.
type checklistItem struct {
	content  string
	values   []any
	verified bool
}

// origin is the comment on a column's cell; empty where the program has no figures there.
func (f checklistForm) origin(column int, item checklistItem) string {
	name, _, _ := strings.Cut(f.Columns[column].Name, " ")
	var parts []string
	for _, figure := range f.Figures[name] {
		if item.verified || !figure.Verified {
			parts = append(parts, source(figure.View, strings.ReplaceAll(figure.SQL, "{content}", item.content)))
		}
	}
	return strings.Join(parts, "\n")
}

var checklist = laidOut[checklistForm]("checklist.yaml", checklistYAML)

// The rows of the form's sheet.
const signRow, dateRow, columnsRow, firstItem = 2, 3, 4, 5

// writeChecklist writes Attachment 2 as the notice prints it, on one page.
func (s Settings) writeChecklist(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	f, err := checklist()
	if err != nil {
		return err
	}
	b, err := s.newBook()
	if err != nil {
		return err
	}
	sheet, err := b.sheet("核查问题清单")
	if err != nil {
		return err
	}
	if err := b.page(sheet); err != nil {
		return err
	}
	items, err := s.items(ctx, db, f)
	if err != nil {
		return err
	}
	widths := f.widths(items)
	g := &grid{book: b, sheet: sheet}
	columns := len(f.Columns)
	g.put(titleRow, 1, columns, titleRow, b.style.title, f.Title)
	g.put(signRow, 1, 4, signRow, b.style.formLeft, f.Stamp)
	g.put(signRow, 5, columns, signRow, b.style.formLeft, f.Sign)
	g.put(dateRow, 1, columns, dateRow, b.style.formRight, f.Date)
	for i, points := range []float64{30, 22, 20, 30} {
		g.height(titleRow+i, points)
	}
	for i, c := range f.Columns {
		g.put(columnsRow, i+1, i+1, columnsRow, b.style.formHead, c.Name)
		g.width(i+1, widths[i])
	}
	row := firstItem
	for _, item := range items {
		for i := range f.Columns {
			if origin := f.origin(i, item); origin != "" {
				g.comment(row, i+1, origin)
			}
		}
		row = g.item(row, item.values, widths)
	}
	g.put(row, 1, columns, row, b.style.note, f.Footer)
	g.put(row+1, 1, columns, row+1, b.style.note, disclaimer+"。")
	g.height(row, 22)
	if g.err != nil {
		return fmt.Errorf("fill form: %w", g.err)
	}
	if err := b.f.SetPageLayout(sheet, pageFit(1, 1)); err != nil {
		return err
	}
	return b.save(w)
}

// items are the form's rows, a value a column.
func (s Settings) items(ctx context.Context, db *sql.Conn, f checklistForm) ([]checklistItem, error) {
	var items []checklistItem
	for i, r := range f.Rows {
		done, err := s.done(ctx, db, r.Content)
		if err != nil {
			return nil, err
		}
		found, err := problems(ctx, db, r.Content)
		if err != nil {
			return nil, err
		}
		v, err := verify(ctx, db, r.Content)
		if err != nil {
			return nil, err
		}
		measures, err := v.measures(ctx, db, r.Content)
		if err != nil {
			return nil, err
		}
		items = append(items, checklistItem{r.Content, []any{i + 1, r.Content, r.Task, r.Unit, done, found + v.closing(), measures, v.effect(), s.due(r.Due)}, v.any()})
	}
	return items, nil
}

// item writes one row of the form. Excel knows no row higher than 409 points:
// a longer one is several rows of the sheet, merged.
func (g *grid) item(row int, values []any, widths []float64) int {
	height := itemHeight(values, widths)
	n := int(height/maxHeight) + 1
	for i, value := range values {
		style := g.book.style.formText
		if i < 2 || i == 3 || i == len(values)-1 {
			style = g.book.style.formCount
		}
		g.put(row, i+1, i+1, row+n-1, style, value)
	}
	for i := range n {
		g.height(row+i, height/float64(n))
	}
	return row + n
}

// itemHeight is what the longest text of a row needs, in points.
func itemHeight(values []any, widths []float64) float64 {
	return itemLines(values, widths)*(lineHeight+1) + 8 // a form is printed: nothing of a long text may be cut
}

func itemLines(values []any, widths []float64) float64 {
	n := 1.0
	for i, value := range values {
		if t, ok := value.(string); ok {
			n = max(n, lines(t, widths[i]))
		}
	}
	return n
}

// widths gives the columns the widths at which the whole form, fitted to its page, comes
// out largest: from the narrowest it goes line by line to lower rows and wider columns.
func (f checklistForm) widths(items []checklistItem) []float64 {
	const pageHigh, rest = 515.0, 145.0 // points; rest: title, heading, foot
	widths := make([]float64, len(f.Columns))
	for i, c := range f.Columns {
		widths[i] = c.Width
	}
	var best []float64
	scale := 0.0
	for {
		high := rest
		for _, item := range items {
			high += itemHeight(item.values, widths)
		}
		fits := min(1, pageWide/(sum(widths)*digitWide), pageHigh/high)
		if fits <= scale {
			return best
		}
		best, scale = widths, fits
		widths = lower(items, widths)
	}
}

// lower widens the columns until one of the items has a line less, of very many some
// lines: the one for which they have to be widened least.
func lower(items []checklistItem, widths []float64) []float64 {
	var least []float64
	for _, item := range items {
		wider := slices.Clone(widths)
		n := math.Floor(itemLines(item.values, widths) * 0.97)
		for i, value := range item.values {
			t, _ := value.(string)
			for wider[i] < excelize.MaxColumnWidth && lines(t, wider[i]) > n {
				wider[i]++
			}
			wider[i] = min(wider[i], excelize.MaxColumnWidth)
		}
		if least == nil || sum(wider) < sum(least) {
			least = wider
		}
	}
	return least
}

func sum(widths []float64) float64 {
	total := 0.0
	for _, w := range widths {
		total += w
	}
	return total
}

// due is 完成时限: what the configuration says, else what the notice printed.
func (s Settings) due(printed string) string {
	if s.Due.IsZero() {
		return printed
	}
	if s.Due.Year() == s.AsOf.Year() {
		return s.Due.Format("1月2日")
	}
	return chineseDay(s.Due)
}

// done says what was compared, and what was not.
func (s Settings) done(ctx context.Context, db *sql.Conn, content string) (string, error) {
	var text string
	err := each(ctx, db, "checklist_done", func(v []any) error {
		var b strings.Builder
		fmt.Fprintf(&b, "已于%s比对名册：%s；涉及建档立卡及监测户%d户，各类人员%d人；执行规则%d条。", chineseDay(s.AsOf), text0(v[0]), v[2], v[3], v[4])
		if v[1] != nil {
			fmt.Fprintf(&b, "本期无：%s。", v[1])
		}
		if v[5] != nil {
			fmt.Fprintf(&b, "未执行、暂停或缺名册、缺列的规则：%s。", v[5])
		}
		if v[6] != nil {
			fmt.Fprintf(&b, "沿用上期数据：%s。", v[6])
		}
		text = b.String()
		return nil
	}, sql.Named("content", content))
	return text, err
}

func text0(v any) string {
	if v == nil {
		return "无"
	}
	return text(v)
}

// problems writes the numbered statements, one a rule with findings, one after the
// other: a line for each would set the height of the form, and with it its scale.
func problems(ctx context.Context, db *sql.Conn, content string) (string, error) {
	var b strings.Builder
	n := 0
	err := each(ctx, db, "checklist_found", func(v []any) error {
		n++
		count := fmt.Sprintf("%d户%d人", v[2], v[3])
		if v[4] == "person" {
			count = fmt.Sprintf("%d人", v[3])
		}
		fmt.Fprintf(&b, "%d.%s%s（%s）；", n, suspected(text(v[1])), count, v[5])
		return nil
	}, sql.Named("content", content))
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "已执行的规则未发现疑点。", nil
	}
	type total struct{ findings, households, persons int64 }
	totals, err := collect(ctx, db, "checklist_total", func(t *total) []any { return []any{&t.findings, &t.households, &t.persons} }, sql.Named("content", content))
	for _, t := range totals {
		fmt.Fprintf(&b, "\n合计疑点%d个，涉及%d户", t.findings, t.households)
		if t.persons > 0 {
			fmt.Fprintf(&b, "，其中个人疑点涉及%d人", t.persons)
		}
		b.WriteString("。以上为数据比对疑点，由镇入户核实。")
	}
	return b.String(), err
}

// suspected says that a finding is no fact yet; some rules' names say so already.
func suspected(name string) string {
	if strings.Contains(name, "疑似") {
		return name
	}
	return "疑似" + name
}
