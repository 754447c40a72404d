package reports

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/xuri/excelize/v2"
	"go.yaml.in/yaml/v3"
)

//go:embed statistics.yaml
var statisticsYAML []byte

// heading is one cell of Attachment 1's heading, with what stands below it.
type heading struct {
	Name  string
	Width float64
	Fill  string // the query's column; a leaf without one is the town's to fill
	Doubt bool   // the figure rests on findings that nobody verified yet
	Parts []heading
}

type form struct {
	Title, Footer string
	Columns       []heading
}

var statistics = sync.OnceValues(func() (form, error) {
	var f form
	if err := yaml.Unmarshal(statisticsYAML, &f); err != nil {
		return f, fmt.Errorf("read statistics.yaml: %w", err)
	}
	return f, nil
})

func (h heading) leaves() []heading {
	if len(h.Parts) == 0 {
		return []heading{h}
	}
	var all []heading
	for _, part := range h.Parts {
		all = append(all, part.leaves()...)
	}
	return all
}

// width is two Chinese characters' where nothing else is said: 36 columns must
// go on one page and be read.
func (h heading) width() float64 {
	if h.Width == 0 {
		return 4.2
	}
	return h.Width
}

// The rows of the form's sheet.
const (
	titleRow, townRow    = 1, 2
	firstHead, headDepth = 3, 3
	firstTown            = firstHead + headDepth
)

// writeStatistics writes Attachment 1: for the district a row a town and their
// sum, for a town its own row.
func (s Settings) writeStatistics(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
	f, err := statistics()
	if err != nil {
		return err
	}
	b, err := newBook()
	if err != nil {
		return err
	}
	sheet, err := b.sheet("排查情况统计表")
	if err != nil {
		return err
	}
	if err := b.page(sheet, fmt.Sprintf("$%d:$%d", firstHead, firstTown-1)); err != nil {
		return err
	}
	g := &grid{book: b, sheet: sheet}
	leaves := heading{Parts: f.Columns}.leaves()
	where := s.District
	if town != "" {
		where = town
	}
	g.put(titleRow, 1, len(leaves), titleRow, b.style.title, f.Title)
	g.put(townRow, 1, len(leaves), townRow, b.style.formLeft, where)
	column, total := 1, 0.0
	for _, h := range f.Columns {
		column = g.head(h, column, firstHead)
	}
	for _, leaf := range leaves {
		total += leaf.width()
	}
	last, notes, err := g.towns(ctx, db, leaves, town)
	if err != nil {
		return err
	}
	unspoken, err := unevaluated(ctx, db)
	if err != nil {
		return err
	}
	notes = append(notes, unspoken, Disclaimer+"。")
	footer := f.Footer
	if town != "" {
		footer = strings.ReplaceAll(footer, "XXX镇", town)
	}
	said := "说明：" + strings.Join(notes, "\n")
	g.put(last+1, 1, len(leaves), last+1, b.style.formLeft, footer)
	g.put(last+2, 1, len(leaves), last+2, b.style.note, said)
	for i, points := range []float64{34, 20, 32, 52, 104} {
		g.height(titleRow+i, points)
	}
	g.height(last+1, 30)
	g.height(last+2, lines(said, total)*lineHeight+4)
	g.freeze(3, firstTown)
	if g.err != nil {
		return fmt.Errorf("fill form: %w", g.err)
	}
	return b.save(w)
}

// grid fills single cells of a form; an error sticks.
type grid struct {
	book  *book
	sheet string
	err   error
}

// put writes a value into a cell, merged to the column and row given.
func (g *grid) put(row, column, lastColumn, lastRow, style int, value any) {
	if g.err != nil {
		return
	}
	from, err := excelize.CoordinatesToCellName(column, row)
	if err == nil {
		to := ""
		if to, err = excelize.CoordinatesToCellName(lastColumn, lastRow); err == nil {
			if from != to {
				err = g.book.f.MergeCell(g.sheet, from, to)
			}
			if err == nil {
				err = g.book.f.SetCellStyle(g.sheet, from, to, style)
			}
			if err == nil && value != nil {
				err = g.book.f.SetCellValue(g.sheet, from, value)
			}
		}
	}
	g.err = err
}

func (g *grid) height(row int, points float64) {
	if g.err == nil {
		g.err = g.book.f.SetRowHeight(g.sheet, row, min(points, maxHeight))
	}
}

func (g *grid) width(column int, size float64) {
	name, err := excelize.ColumnNumberToName(column)
	if err == nil {
		err = g.book.f.SetColWidth(g.sheet, name, name, size)
	}
	if g.err == nil {
		g.err = err
	}
}

// freeze keeps what stands above the row and left of the column in sight.
func (g *grid) freeze(column, row int) {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err == nil {
		err = g.book.f.SetPanes(g.sheet, &excelize.Panes{Freeze: true, XSplit: column - 1, YSplit: row - 1, TopLeftCell: cell, ActivePane: "bottomRight"})
	}
	if g.err == nil {
		g.err = err
	}
}

// head writes a heading and its parts from a row down and gives the next
// free column. A heading without parts reaches to the last heading row.
func (g *grid) head(h heading, column, row int) int {
	width := len(h.leaves())
	lastRow := row
	if len(h.Parts) == 0 {
		lastRow = firstHead + headDepth - 1
		g.width(column, h.width())
	}
	g.put(row, column, column+width-1, lastRow, g.book.style.formHead, h.Name)
	next := column
	for _, part := range h.Parts {
		next = g.head(part, next, row+1)
	}
	return column + width
}

// towns writes the rows and, for the district, their sum; it gives the last
// row and what must be said below.
func (g *grid) towns(ctx context.Context, db *sql.Conn, leaves []heading, town string) (int, []string, error) {
	var at map[string]int
	sums := make([]sql.NullInt64, len(leaves))
	row, doubt := firstTown-1, false
	var sudden [2]int64
	err := each(ctx, db, "statistics_rows", []any{town, town}, func(columns []string) error {
		at = map[string]int{}
		for i, c := range columns {
			at[c] = i
		}
		return nil
	}, func(values []any) error {
		row++
		for i, leaf := range leaves {
			var v any
			if leaf.Fill != "" {
				v = values[at[leaf.Fill]]
			}
			if n, ok := v.(int64); ok && leaf.Fill != "n" {
				sums[i].Int64, sums[i].Valid = sums[i].Int64+n, true
				doubt = doubt || leaf.Doubt && n > 0
			}
			g.put(row, i+1, i+1, row, g.figure(leaf, v), cellValue(v))
		}
		sudden[0] += values[at["sudden_households"]].(int64)
		sudden[1] += values[at["sudden_persons"]].(int64)
		g.height(row, 22)
		return g.err
	})
	if err != nil {
		return 0, nil, err
	}
	if town == "" {
		row++
		for i := range leaves {
			var v any
			if sums[i].Valid {
				v = sums[i].Int64
			}
			if leaves[i].Fill == "town" {
				v = "合计"
			}
			g.put(row, i+1, i+1, row, g.figure(leaves[i], v), v)
		}
		g.height(row, 22)
	}
	var notes []string
	if doubt {
		notes = append(notes, "带※的数为比对疑点，待核实。")
	}
	notes = append(notes, fmt.Sprintf("另有突发严重困难户%d户%d人，本表无此栏。", sudden[0], sudden[1]))
	return row, notes, nil
}

// figure is the style of a figure; one that rests on findings is marked as not
// verified, in its format: the cell stays a number that can be summed.
func (g *grid) figure(leaf heading, v any) int {
	if n, ok := v.(int64); ok && leaf.Doubt && n > 0 {
		return g.book.style.formDoubt
	}
	return g.book.style.formCount
}

// unevaluated says which rules could not speak: what was not checked must not
// look like nothing found.
func unevaluated(ctx context.Context, db *sql.Conn) (string, error) {
	var text sql.NullString
	err := db.QueryRowContext(ctx, `SELECT string_agg(names || '（' || reason || '）', '、' ORDER BY first) FROM (
		SELECT reason, min(rule_id) AS first, string_agg(rule_id || name, '、' ORDER BY rule_id) AS names FROM rule WHERE coalesce(reason, '') <> '' GROUP BY reason)`).Scan(&text)
	if err != nil {
		return "", fmt.Errorf("list rules not evaluated: %w", err)
	}
	if !text.Valid {
		return "全部规则均已执行。", nil
	}
	return "未执行或暂停的规则：" + text.String + "。", nil
}
