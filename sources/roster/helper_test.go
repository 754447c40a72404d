package roster

import (
	"context"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"

	"hedui/sources/table"
)

// kind gives a kind by name.
func kind(t testing.TB, name string) *Kind {
	t.Helper()
	k := KindOf(name)
	if k == nil {
		t.Fatalf("no kind %s", name)
	}
	return k
}

// grid makes a sheet of lines whose cells stand between bars. A cell that begins with
// # is a number cell, one that begins with ~ is struck.
func grid(name, text string, merged ...table.Range) rawSheet {
	var rows []table.Row
	for i, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		var cells []table.Cell
		if strings.TrimSpace(line) != "" {
			for _, text := range strings.Split(line, "|") {
				text = strings.ReplaceAll(strings.Trim(text, " \t"), `\n`, "\n")
				text, struck := strings.CutPrefix(text, "~")
				c := table.Cell{Text: text, Kind: table.Text, Struck: struck}
				if number, cut := strings.CutPrefix(text, "#"); cut {
					c.Text, c.Kind = number, table.Number
				}
				if text == "" {
					c.Kind = table.Blank
				}
				cells = append(cells, c)
			}
		}
		rows = append(rows, table.Row{Number: i + 1, Cells: cells})
	}
	return rawSheet{name: name, rows: sequence(rows), merges: func() []table.Range { return merged }}
}

// down is a column's cells merged over rows.
func down(col, from, to int) table.Range {
	return table.Range{Row0: from, Col0: col, Row1: to, Col1: col}
}

// sequence gives the rows with one slice for all cells, as a real reader may.
func sequence(rows []table.Row) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		var cells []table.Cell
		for _, row := range rows {
			cells = append(cells[:0], row.Cells...)
			row.Cells = cells
			if !yield(row, nil) {
				return
			}
			for i := range cells {
				cells[i] = table.Cell{Text: "used again", Kind: table.Text}
			}
		}
	}
}

// readAll drains a reader and gives its rows as text by column; NULL is absent.
func readAll(t testing.TB, r *Reader) (rows, rejects []map[string]string) {
	t.Helper()
	rows, err := texts(r.Rows())
	if err != nil {
		t.Fatal(err)
	}
	rejects, err = texts(r.Rejects())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Sheets() {
		if !s.Account.Balanced() {
			t.Errorf("sheet %q: account does not balance: %+v", s.Sheet, s.Account)
		}
	}
	return rows, rejects
}

func texts(rr array.RecordReader) ([]map[string]string, error) {
	defer rr.Release()
	var rows []map[string]string
	for rr.Next() {
		rec := rr.Record()
		for i := range int(rec.NumRows()) {
			row := make(map[string]string)
			for c, f := range rec.Schema().Fields() {
				col := rec.Column(c)
				if col.IsNull(i) {
					continue
				}
				row[f.Name] = col.ValueStr(i)
				switch col := col.(type) {
				case *array.Date32:
					row[f.Name] = col.Value(i).ToTime().Format("2006-01-02")
				case *array.Decimal128:
					row[f.Name] = col.Value(i).ToString(2)
				}
			}
			rows = append(rows, row)
		}
	}
	return rows, rr.Err()
}

// load reads sheets of one kind, and fails the test on any error.
func load(t testing.TB, name string, opt Options, sheets ...rawSheet) (rows, rejects []map[string]string, reports []SheetReport) {
	t.Helper()
	if opt.Path == "" {
		opt.Path = "test.xlsx"
	}
	r, err := read(context.Background(), sheets, kind(t, name), opt)
	if err != nil {
		t.Fatal(err)
	}
	rows, rejects = readAll(t, r)
	return rows, rejects, r.Sheets()
}

// pick joins some columns of each row, for short expectations.
func pick(rows []map[string]string, columns ...string) string {
	var lines []string
	for _, row := range rows {
		var parts []string
		for _, c := range columns {
			v, ok := row[c]
			if !ok {
				v = "∅"
			}
			parts = append(parts, v)
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	return strings.Join(lines, "; ")
}

func expect(t testing.TB, what string, got, want any) {
	t.Helper()
	if g, w := fmt.Sprint(got), fmt.Sprint(want); g != w {
		t.Errorf("%s\n got %s\nwant %s", what, g, w)
	}
}

// Valid numbers of nobody: regions 130890 to 130899 were never assigned.
var (
	idA = withCheck("13089019900101101")
	idB = withCheck("13089119850607002")
	idC = withCheck("13089220101112003")
)

// faultsOf gives the cells of a sheet that could not be folded.
func faultsOf(t testing.TB, kindName, sheet string) []map[string]string {
	t.Helper()
	r, err := read(context.Background(), []rawSheet{grid("", sheet)}, kind(t, kindName), Options{})
	if err != nil {
		t.Fatal(err)
	}
	readAll(t, r)
	faults, err := texts(r.Faults())
	if err != nil {
		t.Fatal(err)
	}
	return faults
}
