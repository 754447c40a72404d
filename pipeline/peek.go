package pipeline

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
	"hedui/sources/table"
)

// Peeked is a file as the reader sees it.
type Peeked struct {
	Format, Encoding, Grounds, SHA256 string

	Kind    *roster.Kind // what roster it is; nil for none
	Refused *fault.Fault // why the roster that its name says would refuse it
	Sheets  []SheetPeeked
}

// SheetPeeked is one sheet: its table by shape, and by headers where it is a roster's.
type SheetPeeked struct {
	Name   string
	Hidden bool
	Note   string
	Rows   int // of all kinds
	Table  table.Extent
	First  [][]string         // the table's first few rows, raw
	Roster roster.SheetReport // as far as the header; its account is not counted yet
}

// firstRows is how many rows Peek shows.
const firstRows = 6

// Peek looks at any table file, whether it is a roster or not, and writes
// nothing. A configuration, where there is one, says by the file's name which
// roster it is; else the kind is taken whose headers fit best.
func Peek(ctx context.Context, path string, c *Config) (*Peeked, error) {
	file, err := table.Open(ctx, path, table.Limits{})
	if err != nil {
		return nil, err
	}
	seen := &Peeked{Format: file.Format, Encoding: file.Encoding, Grounds: file.Grounds, SHA256: file.SHA256}
	for _, sheet := range file.Sheets {
		s, err := peekSheet(sheet)
		if err != nil {
			return nil, err
		}
		seen.Sheets = append(seen.Sheets, s)
	}
	return seen, seen.recognise(ctx, file, c)
}

func peekSheet(sheet *table.Sheet) (SheetPeeked, error) {
	s := SheetPeeked{Name: sheet.Name, Hidden: sheet.Hidden}
	var err error
	if s.Table, err = sheet.Extent(); err != nil {
		return s, err
	}
	for row, err := range sheet.Rows() {
		if err != nil {
			return s, err
		}
		if s.Rows++; len(s.First) < firstRows && inTable(s.Table, row) {
			s.First = append(s.First, texts(row))
		}
	}
	s.Note = sheet.Note
	return s, nil
}

// inTable says that a row is one of the table's; of the blank ones only those are
// that a text file sets apart by delimiters.
func inTable(e table.Extent, row table.Row) bool {
	return len(row.Cells) > 0 && e.Holds(row.Number)
}

func texts(row table.Row) []string {
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = c.Text
	}
	return cells
}

// recognise finds out which roster the file is.
func (p *Peeked) recognise(ctx context.Context, file *table.File, c *Config) error {
	kinds := roster.Kinds()
	reading := func(*roster.Kind) roster.Options { return roster.Options{} }
	if c != nil {
		reading = func(k *roster.Kind) roster.Options { return c.reading(k, filepath.Base(file.Path), time.Time{}) }
		if named := claimants(c, filepath.Base(file.Path)); len(named) == 1 {
			kinds = []*roster.Kind{roster.KindOf(named[0])}
		}
	}
	most := 0
	for _, k := range kinds {
		reader, err := roster.Read(ctx, file, k, reading(k))
		if err != nil {
			if fault.Of(err) == nil {
				return fmt.Errorf("look for headers of %s: %w", k.Name, err)
			}
			if len(kinds) == 1 {
				p.Kind, p.Refused = k, c.named(fault.Of(err))
			}
			continue
		}
		reports := reader.Sheets()
		reader.Rows().Release()
		matched := 0
		for _, s := range reports {
			matched += len(s.Matched)
		}
		if matched <= most {
			continue
		}
		most, p.Kind = matched, k
		for i := range p.Sheets {
			p.Sheets[i].Roster = reports[i]
		}
	}
	return nil
}

// Left is what WriteCSV left out of a sheet: rows that are no part of its table.
type Left struct {
	Sheet string
	Rows  []int
}

// WriteCSV writes the table of each sheet, or of the one named (by name, or by
// number from 1), as RFC 4180 in UTF-8: the raw text of each cell, short rows
// filled up. Between two sheets is a blank line. all writes every row there is.
func WriteCSV(ctx context.Context, path, sheet string, all bool, w io.Writer) ([]Left, error) {
	file, err := table.Open(ctx, path, table.Limits{})
	if err != nil {
		return nil, err
	}
	sheets, err := pick(file, sheet)
	if err != nil {
		return nil, err
	}
	out := newRecords(w)
	var left []Left
	for i, s := range sheets {
		if i > 0 {
			if err := out.write(nil); err != nil {
				return nil, err
			}
		}
		aside, err := writeSheet(out, s, all)
		if err != nil {
			return nil, err
		}
		if len(aside) > 0 {
			left = append(left, Left{s.Name, aside})
		}
	}
	return left, nil
}

// records writes CSV records that end with CR LF, as RFC 4180 has it. csv.Writer can do
// that too, but then turns the line breaks within cells as well.
type records struct {
	w      io.Writer
	record bytes.Buffer
	csv    *csv.Writer
}

func newRecords(w io.Writer) *records {
	r := &records{w: w}
	r.csv = csv.NewWriter(&r.record)
	return r
}

func (r *records) write(cells []string) error {
	r.record.Reset()
	if err := r.csv.Write(cells); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	r.csv.Flush()
	r.record.Truncate(r.record.Len() - 1)
	r.record.WriteString("\r\n")
	if _, err := r.w.Write(r.record.Bytes()); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func pick(file *table.File, sheet string) ([]*table.Sheet, error) {
	if sheet == "" {
		return file.Sheets, nil
	}
	var names []string
	for _, s := range file.Sheets {
		if s.Name == sheet {
			return []*table.Sheet{s}, nil
		}
		names = append(names, s.Name)
	}
	if n, err := strconv.Atoi(sheet); err == nil && n >= 1 && n <= len(file.Sheets) {
		return file.Sheets[n-1 : n], nil
	}
	return nil, fault.New(fault.Usage, "--sheet "+sheet, fmt.Sprintf("写工作表的名称或序号（1 到 %d）；有：%s。", len(file.Sheets), strings.Join(names, "、")), nil)
}

func writeSheet(out *records, s *table.Sheet, all bool) ([]int, error) {
	e, err := s.Extent()
	if err != nil {
		return nil, err
	}
	for row, err := range s.Rows() {
		if err != nil {
			return nil, err
		}
		if !all && !inTable(e, row) {
			continue
		}
		cells := texts(row)
		if !all && len(cells) < e.Width {
			cells = append(cells, make([]string, e.Width-len(cells))...)
		}
		if err := out.write(cells); err != nil {
			return nil, err
		}
	}
	if all {
		return nil, nil
	}
	return e.Aside, nil
}
