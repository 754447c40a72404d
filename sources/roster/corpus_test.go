package roster_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow/array"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// damage is one kind of damage to a clean roster, in one or several formats: what
// departments send, one defect at a time. Its file reads back to the clean roster
// cell for cell, or is refused with the named code.
type damage struct {
	name    string   // in Chinese, for docs/reading.md
	what    string   // what is damaged, in Chinese
	formats []string // of formatNames
	kind    string   // of roster; dibao if empty
	file    string   // its name, where that is the damage

	page     func(*page)                       // to the sheet
	pages    func(*page) []*page               // to the workbook
	book     func(*tabletest.Book)             // to what is no sheet's
	write    func(tabletest.Book) []byte       // in place of the format's own
	bytes    func([]byte) []byte               // to the file
	part     func(name, content string) string // to the parts of a ZIP
	text     func(string) string               // to the text of a file
	aside    int                               // rows of other tables
	rejected int                               // rows of other programmes
	opt      func(*roster.Options)             // what config.yaml has to say

	limits table.Limits

	want    func(i int, want row) // what the damage lawfully changes in row i
	but     []string              // columns of which nothing is expected
	outcome string                // of that, in Chinese
	refused fault.Code
}

var cleanRosters = map[string]func() cleanRoster{"dibao": cleanDibao, "registered_poor": cleanPoor, "disability": cleanDisability, "school": cleanSchool}

// format is how a book is written by default, and what is left of it.
type format struct {
	extension string
	write     func(tabletest.Book) []byte
}

var formats = map[string]format{
	"CSV":    {".csv", csvOf(tabletest.Dialect{})},
	"XLSX":   {".xlsx", tabletest.XLSX},
	"XLS":    {".xls", tabletest.XLS},
	"XLS 95": {".xls", tabletest.XLS5},
	"HTML":   {".xls", tabletest.HTML},
	"ODS":    {".ods", tabletest.ODS},
	"XML":    {".xml", tabletest.XML2003},
	"ZIP":    {".zip", nil},
}

func csvOf(d tabletest.Dialect) func(tabletest.Book) []byte {
	return func(b tabletest.Book) []byte { return tabletest.CSV(b.Sheets[0], d) }
}

// made is a damaged file and what it holds.
type made struct {
	data  []byte
	name  string
	pages []*page
	clean cleanRoster
}

func (d damage) make(t testing.TB, formatName string) made {
	t.Helper()
	f := formats[formatName]
	clean := cleanRosters[d.kindName()]()
	m := made{clean: clean, name: "名册" + f.extension}
	p := clean.page()
	if d.page != nil {
		d.page(p)
	}
	if m.pages = []*page{p}; d.pages != nil {
		m.pages = d.pages(p)
	}
	var book tabletest.Book
	for _, p := range m.pages {
		book.Sheets = append(book.Sheets, p.sheet())
	}
	if d.book != nil {
		d.book(&book)
	}
	if d.page != nil && reflect.DeepEqual(book, tabletest.Book{Sheets: []tabletest.Sheet{clean.page().sheet()}}) {
		t.Error("nothing is damaged")
	}
	write := f.write
	if d.write != nil {
		write = d.write
	}
	m.data = write(book)
	m.data = d.edit(t, m.data)
	if d.file != "" {
		m.name = d.file
	}
	return m
}

// edit damages the bytes of a file. One that does nothing would test nothing.
func (d damage) edit(t testing.TB, data []byte) []byte {
	t.Helper()
	whole := data
	changed := d.part == nil
	if d.part != nil {
		data = tabletest.Repack(data, func(name, content string) string {
			edited := d.part(name, content)
			changed = changed || edited != content
			return edited
		})
	}
	if d.text != nil {
		data = []byte(d.text(string(data)))
	}
	if d.bytes != nil {
		data = d.bytes(data)
	}
	if !changed || (d.text != nil || d.bytes != nil) && bytes.Equal(data, whole) {
		t.Error("nothing is damaged")
	}
	return data
}

func (d damage) kindName() string {
	if d.kind == "" {
		return "dibao"
	}
	return d.kind
}

// TestCorpus reads every file of the corpus.
func TestCorpus(t *testing.T) {
	folder := t.TempDir()
	for _, d := range corpus() {
		for _, name := range d.formats {
			t.Run(d.name+"/"+name, func(t *testing.T) {
				m := d.make(t, name)
				path := filepath.Join(folder, m.name)
				if err := os.WriteFile(path, m.data, 0o600); err != nil {
					t.Fatal(err)
				}
				d.check(t, m, path)
			})
		}
	}
}

// check reads the file at path as what m was made to be.
func (d damage) check(t *testing.T, m made, path string) {
	t.Helper()
	got, reports, err := readRoster(path, d)
	if d.refused != "" {
		if f := fault.Of(err); f == nil || f.Code != d.refused || !strings.Contains(f.Place, filepath.Base(path)) {
			t.Errorf("%d rows, error %v, want %s", len(got), err, d.refused)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	want := d.expected(m)
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d: %v", len(got), len(want), accounts(reports))
	}
	for i := range want {
		if diff := differ(got[i], want[i], d.but); diff != "" {
			t.Fatalf("row %d of the clean roster: %s", i, diff)
		}
	}
	checkAccounts(t, d, m, reports)
}

// expected is the clean roster as the damage lawfully changes it, in the order in
// which the file holds it, with row numbers.
func (d damage) expected(m made) []row {
	var want []row
	for _, p := range m.pages {
		for i, l := range p.lines {
			if l.of < 0 {
				continue
			}
			for _, person := range append([]line{l}, l.members...) {
				w := maps.Clone(m.clean.rows[person.of])
				w["row_number"] = fmt.Sprint(i + 1)
				if d.want != nil {
					d.want(person.of, w)
				}
				want = append(want, w)
			}
		}
	}
	return want
}

// checkAccounts: each balances, and the lines that are no data were recognised.
func checkAccounts(t *testing.T, d damage, m made, reports []roster.SheetReport) {
	t.Helper()
	structural, got := d.aside, 0
	for _, p := range m.pages {
		for _, l := range p.lines {
			if l.of < 0 && slices.ContainsFunc(l.Cells, func(c table.Cell) bool { return strings.TrimSpace(c.Text) != "" }) {
				structural++
			}
		}
	}
	for _, r := range reports {
		if !r.Account.Balanced() || r.Account.Rejected > d.rejected {
			t.Errorf("sheet %q: %+v", r.Sheet, r.Account)
		}
		got += r.Account.Structural
	}
	if got != structural {
		t.Errorf("%d structural rows, want %d: %v", got, structural, accounts(reports))
	}
}

func accounts(reports []roster.SheetReport) (all []roster.Account) {
	for _, r := range reports {
		all = append(all, r.Account)
	}
	return all
}

// differ tells the first column in which two rows differ. What is in neither is NULL.
func differ(got, want row, but []string) string {
	for _, column := range slices.Sorted(maps.Keys(union(got, want))) {
		if column == "path" || column == "sheet" || slices.Contains(but, column) {
			continue
		}
		if got[column] != want[column] {
			return fmt.Sprintf("%s is %q, want %q", column, got[column], want[column])
		}
	}
	return ""
}

func union(a, b row) row {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// readRoster reads a file as the pipeline does and gives its rows as text.
func readRoster(path string, d damage) ([]row, []roster.SheetReport, error) {
	ctx := context.Background()
	f, err := table.Open(ctx, path, d.limits)
	if err != nil {
		return nil, nil, err
	}
	k := roster.KindOf(d.kindName())
	o := roster.Options{Path: filepath.Base(path), Towns: []roster.Town{{Name: "上板城镇", Aliases: []string{"上板城"}}, {Name: "冯营子镇"}, {Name: "双峰寺镇"}}}
	if d.opt != nil {
		d.opt(&o)
	}
	r, err := roster.Read(ctx, f, k, o)
	if err != nil {
		return nil, nil, err
	}
	rows, err := texts(r.Rows())
	return rows, r.Sheets(), err
}

// texts drains a reader; NULL is left out.
func texts(rr array.RecordReader) ([]row, error) {
	defer rr.Release()
	var rows []row
	for rr.Next() {
		rec := rr.Record()
		for i := range int(rec.NumRows()) {
			r := row{}
			for c, field := range rec.Schema().Fields() {
				col := rec.Column(c)
				if col.IsNull(i) {
					continue
				}
				switch col := col.(type) {
				case *array.Date32:
					r[field.Name] = col.Value(i).ToTime().Format("2006-01-02")
				case *array.Decimal128:
					r[field.Name] = col.Value(i).ToString(2)
				default:
					r[field.Name] = col.ValueStr(i)
				}
			}
			rows = append(rows, r)
		}
	}
	return rows, rr.Err()
}
