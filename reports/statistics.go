package reports

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

//go:embed statistics.yaml
var statisticsYAML []byte

// heading is one cell of Attachment 1's heading, with what stands below it.
type heading struct {
	Name  string
	Rows  int // of the heading that a name with parts stands over; 0 is one
	Width float64
	Fill  string // the query's column; a leaf without one is the town's to fill
	Doubt bool   // the figure rests on findings that nobody verified yet
	Parts []heading
}

type form struct {
	Title, Footer string
	Columns       []heading
	Figures       map[string]figureSource // by the query's column
}

// figureSource is where an analyst finds a figure again: the Chinese view, and the
// SQL over the published file.
type figureSource struct{ View, SQL string }

// of fills in the town, "" for all of them, and which households count.
func (f figureSource) of(town string, countEliminated bool) string {
	eliminated := " AND 风险已消除 IS NOT TRUE"
	if countEliminated {
		eliminated = ""
	}
	return inTown.ReplaceAllStringFunc(strings.ReplaceAll(f.SQL, "{eliminated}", eliminated), func(slot string) string {
		column := inTown.FindStringSubmatch(slot)[1]
		switch town {
		case "":
			return ""
		case noTown:
			return " AND coalesce(" + column + ", '') = ''"
		}
		return " AND " + column + " = '" + strings.ReplaceAll(town, "'", "''") + "'"
	})
}

var inTown = regexp.MustCompile(`\{in ([^}]+)\}`)

// noTown is what reports call the town of a row that has none (queries/words.sql).
const noTown = "镇别不明"

var statistics = laidOut[form]("statistics.yaml", statisticsYAML)

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
	firstHead, headDepth = 3, 4
	firstTown            = firstHead + headDepth
)

// writeStatistics writes Attachment 1: for the district a row a town and their
// sum, for a town its own row.
func (s Settings) writeStatistics(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
	f, err := statistics()
	if err != nil {
		return err
	}
	b, err := s.newBook()
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
	last, notes, err := g.towns(ctx, db, filling{leaves, func(leaf heading, town string) string {
		return f.Figures[leaf.Fill].comment(town, s.CountEliminated)
	}}, town)
	if err != nil {
		return err
	}
	unspoken, err := unevaluated(ctx, db)
	if err != nil {
		return err
	}
	open, err := collect(ctx, db, "statistics_notes", func(note *string) []any { return []any{note} }, sql.Named("town", town))
	if err != nil {
		return err
	}
	notes = append(append(notes, open...), unspoken, disclaimer+"。")
	footer := f.Footer
	if town != "" {
		footer = strings.ReplaceAll(footer, "XXX镇", town)
	}
	said := "说明：" + strings.Join(notes, "\n")
	g.put(last+1, 1, len(leaves), last+1, b.style.formLeft, footer)
	g.put(last+2, 1, len(leaves), last+2, b.style.note, said)
	for i, points := range []float64{34, 20, 26, 52, 64, 58} {
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
	lastRow := row + max(h.Rows, 1) - 1
	if len(h.Parts) == 0 {
		lastRow = firstHead + headDepth - 1
		g.width(column, h.width())
	}
	g.put(row, column, column+width-1, lastRow, g.book.style.formHead, h.Name)
	next := column
	for _, part := range h.Parts {
		next = g.head(part, next, lastRow+1)
	}
	return column + width
}

// comment is what the figure's cell says about where it comes from; nothing where
// the program does not fill it.
func (f figureSource) comment(town string, countEliminated bool) string {
	if f.SQL == "" {
		return ""
	}
	return source(f.View, f.of(town, countEliminated))
}

// filling is what a row of the form is filled with: the leaves of the heading, and
// what the comment on a leaf's figure says of a town.
type filling struct {
	leaves []heading
	origin func(leaf heading, town string) string
}

// towns writes the rows and, for the district, their sum; it gives the last
// row and what must be said below.
func (g *grid) towns(ctx context.Context, db *sql.Conn, form filling, town string) (int, []string, error) {
	var at map[string]int
	sum := make([]figure, len(form.leaves))
	row, sudden := firstTown-1, [2]int64{}
	var unlisted []string // official towns of which the poor roster has nobody
	err := eachUnder(ctx, db, "statistics_rows", func(columns []string) error {
		at = map[string]int{}
		for i, c := range columns {
			at[c] = i
		}
		return nil
	}, func(values []any) error {
		row++
		name := values[at["town"]].(string)
		for i, leaf := range form.leaves {
			var v figure
			if leaf.Fill != "" {
				v.value = values[at[leaf.Fill]]
			}
			if leaf.Doubt {
				v.doubted = values[at[leaf.Fill+"_doubted"]].(bool)
			}
			sum[i].add(leaf, v)
			g.figure(row, i+1, v, form.origin(leaf, name))
		}
		if values[at["poor_households"]] == nil && values[at["official"]].(bool) {
			unlisted = append(unlisted, name)
		}
		sudden[0] += values[at["sudden_households"]].(int64)
		sudden[1] += values[at["sudden_persons"]].(int64)
		g.height(row, 22)
		return g.err
	}, sql.Named("town", town))
	if err != nil {
		return 0, nil, err
	}
	if town == "" {
		row++
		for i, leaf := range form.leaves {
			if leaf.Fill == "town" {
				sum[i].value = "合计"
			}
			g.figure(row, i+1, sum[i], form.origin(leaf, ""))
		}
		g.height(row, 22)
	}
	var notes []string
	if len(unlisted) > 0 {
		notes = []string{"建档立卡名册里没有" + strings.Join(unlisted, "、") + "的人，有关各栏空着：是没有报来，还是确实没有，请核实。"}
	}
	notes = append(append(notes, doubtNotes(form.leaves, sum)...), fmt.Sprintf("另有突发严重困难户%d户%d人，本表无此栏。", sudden[0], sudden[1]))
	return row, notes, nil
}

// figure is what stands in one cell: a number, a text or nothing, and whether it
// counts findings that nobody verified yet.
type figure struct {
	value   any
	doubted bool
}

func (f *figure) add(leaf heading, other figure) {
	n, ok := other.value.(int64)
	if !ok || leaf.Fill == "n" {
		return
	}
	before, _ := f.value.(int64)
	f.value, f.doubted = before+n, f.doubted || other.doubted
}

func (f figure) counts() bool {
	n, ok := f.value.(int64)
	return ok && n > 0
}

// doubtNotes says what the mark means where it stands, and what its absence means
// where findings were verified.
func doubtNotes(leaves []heading, sum []figure) []string {
	var notes, verified []string
	for i, leaf := range leaves {
		switch {
		case leaf.Doubt && sum[i].counts() && sum[i].doubted:
			notes = []string{"带※的数为比对疑点，待核实。"}
		case leaf.Doubt && sum[i].counts():
			verified = append(verified, leaf.Name)
		}
	}
	if len(verified) > 0 {
		slices.Sort(verified)
		notes = append(notes, "已逐个核实，只计属实的："+strings.Join(slices.Compact(verified), "、")+"。")
	}
	return notes
}

// figure writes a figure; one that rests on findings not verified is marked so in
// its format: the cell stays a number that can be summed. A figure that is there
// has the comment.
func (g *grid) figure(row, column int, f figure, origin string) {
	style := g.book.style.formCount
	if f.counts() && f.doubted {
		style = g.book.style.formDoubt
	}
	g.put(row, column, column, row, style, cellValue(f.value))
	if f.value != nil && origin != "" {
		g.comment(row, column, origin)
	}
}

// source is a comment's text: where in the published file the figures of a cell are.
func source(view, query string) string {
	return "出自分析库视图：" + view + "\n" + query
}

// comment hangs a note on a cell; it is shown on the screen and not printed.
func (g *grid) comment(row, column int, text string) {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err == nil {
		err = g.book.f.AddComment(g.sheet, excelize.Comment{Author: "hedui", Cell: cell, Text: text, Width: 360, Height: uint(min(lines(text, 48), 24)*lineHeight) + 16})
	}
	if g.err == nil {
		g.err = err
	}
}

// unevaluated says which rules could not speak: what was not checked must not
// look like nothing found.
func unevaluated(ctx context.Context, db *sql.Conn) (string, error) {
	var text sql.NullString
	err := db.QueryRowContext(ctx, `SELECT string_agg(unspoken(rules, reason), '、' ORDER BY rules[1]) FROM (
		SELECT reason, list(rule_id || name ORDER BY rule_id) AS rules FROM rule WHERE coalesce(reason, '') <> '' GROUP BY reason)`).Scan(&text)
	if err != nil {
		return "", fmt.Errorf("list rules not evaluated: %w", err)
	}
	if !text.Valid {
		return "全部规则均已执行。", nil
	}
	return "未执行、暂停或缺名册、缺列的规则：" + text.String + "。", nil
}
