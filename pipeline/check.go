package pipeline

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/apache/arrow/go/v17/arrow/array"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
)

// Inspection is what Check saw in the inbox.
type Inspection struct {
	Files    []FileSeen
	Absent   []*roster.Kind // kinds without a file
	Warnings []*fault.Fault // why the exit status is not 0
}

// FileSeen is one file as a run would read it.
type FileSeen struct {
	Kind                      *roster.Kind
	Path                      string // relative to the inbox
	Format, Encoding, Grounds string
	Refused                   *fault.Fault // why a run would refuse it; nil if not
	Sheets                    []SheetSeen
}

// SheetSeen is one sheet with what its cells were worth.
type SheetSeen struct {
	roster.SheetReport
	Numbers  map[string]int // rows by the state of their ID number
	Examples []FaultSeen    // cells that were not understood: the first few of each column
}

// FaultSeen is one cell that was not understood.
type FaultSeen struct {
	Row                          int
	Column, Header, Text, Reason string
}

// examplesAColumn is how many cells that were not understood are shown of one column.
const examplesAColumn = 3

// Check reads the inbox as a run would, and writes nothing anywhere. An error is
// a wrong configuration or a read that was stopped; a refused file is told in
// the Inspection.
func Check(ctx context.Context, c *Config) (*Inspection, error) {
	claimed, err := claim(c)
	if err != nil {
		return nil, c.namedIn(err)
	}
	seen := &Inspection{Warnings: claimed.refused}
	for _, path := range claimed.unclaimed {
		seen.Warnings = append(seen.Warnings, c.named(unclaimed(path)))
	}
	for _, kind := range roster.Kinds() {
		paths := claimed.files[kind.Name]
		if len(paths) == 0 {
			seen.Absent = append(seen.Absent, kind)
		}
		var loaded, rejected int
		for _, path := range paths {
			f, err := inspect(ctx, c, kind, path)
			if err != nil {
				return nil, c.namedIn(err)
			}
			seen.Files = append(seen.Files, f)
			if f.Refused != nil {
				seen.Warnings = append(seen.Warnings, f.Refused)
			}
			for _, s := range f.Sheets {
				if s.Headless > 0 {
					seen.Warnings = append(seen.Warnings, headless(path, s.SheetReport))
				}
				seen.Warnings = append(seen.Warnings, warningsOf(path, s.Sheet, s.Note)...)
				loaded += s.Account.Loaded
				rejected += s.Account.Rejected
			}
		}
		if f := tooManyRejects(c, kind, int64(loaded), int64(rejected)); f != nil {
			seen.Warnings = append(seen.Warnings, f)
		}
	}
	if len(seen.Files) == 0 {
		seen.Warnings = append(seen.Warnings, nothingSent(c))
	}
	return seen, nil
}

// inspect reads one file to its end.
func inspect(ctx context.Context, c *Config, kind *roster.Kind, path string) (FileSeen, error) {
	seen := FileSeen{Kind: kind, Path: path}
	refuse := func(err error) (FileSeen, error) {
		if seen.Refused = fault.Of(relocate(err, path)); seen.Refused == nil || seen.Refused.Code.Exit() == fault.ExitUsage {
			return seen, fmt.Errorf("check %s: %w", path, err)
		}
		seen.Refused = c.named(seen.Refused)
		return seen, nil
	}
	opened, err := openInbox(c.Paths.Inbox, path)
	if err != nil {
		return refuse(err)
	}
	if err := opened.Close(); err != nil {
		return refuse(err)
	}
	file, reader, err := c.openRoster(ctx, kind, path, time.Time{})
	if file != nil {
		seen.Format, seen.Encoding, seen.Grounds = file.Format, file.Encoding, file.Grounds
	}
	if err != nil {
		return refuse(err)
	}
	numbers, err := countNumbers(reader.Rows())
	if err != nil {
		return refuse(err)
	}
	examples, err := takeExamples(reader.Faults())
	if err != nil {
		return refuse(err)
	}
	for _, report := range reader.Sheets() {
		if !report.Account.Balanced() {
			return seen, unbalanced(path, report)
		}
		seen.Sheets = append(seen.Sheets, SheetSeen{report, numbers[report.Sheet], examples[report.Sheet]})
	}
	return seen, nil
}

// countNumbers drains a roster's rows and counts them by sheet and state of the ID number.
func countNumbers(rows array.RecordReader) (map[string]map[string]int, error) {
	defer rows.Release()
	sheet, state := rows.Schema().FieldIndices("sheet")[0], rows.Schema().FieldIndices("id_state")[0]
	counts := map[string]map[string]int{}
	for rows.Next() {
		sheets := rows.Record().Column(sheet).(*array.String)
		states := rows.Record().Column(state).(*array.String)
		for i := range states.Len() {
			of := counts[sheets.Value(i)]
			if of == nil {
				of = map[string]int{}
				counts[sheets.Value(i)] = of
			}
			of[states.Value(i)]++
		}
	}
	return counts, rows.Err()
}

// takeExamples keeps, by sheet, the first few faults of each column.
func takeExamples(faults array.RecordReader) (map[string][]FaultSeen, error) {
	defer faults.Release()
	column := func(name string) int { return faults.Schema().FieldIndices(name)[0] }
	sheet, row := column("sheet"), column("row_number")
	texts := []int{column("column_name"), column("header"), column("text"), column("reason")}
	examples := map[string][]FaultSeen{}
	for faults.Next() {
		record := faults.Record()
		value := func(column, i int) string { return record.Column(column).(*array.String).Value(i) }
		for i := range int(record.NumRows()) {
			f := FaultSeen{Row: int(record.Column(row).(*array.Int32).Value(i)),
				Column: value(texts[0], i), Header: value(texts[1], i), Text: value(texts[2], i), Reason: value(texts[3], i)}
			at := value(sheet, i)
			if countColumn(examples[at], f.Column) < examplesAColumn {
				examples[at] = append(examples[at], f)
			}
		}
	}
	return examples, faults.Err()
}

func countColumn(faults []FaultSeen, column string) int {
	n := 0
	for _, f := range faults {
		if f.Column == column {
			n++
		}
	}
	return n
}

// Lacking lists the kind's columns that a sheet with a table does not have, in
// the kind's order; those that are computed are left out.
func (s SheetSeen) Lacking(k *roster.Kind) []roster.Column {
	if s.HeaderRow == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(k.Columns), func(c roster.Column) bool { return c.Derived || s.Matched[c.Name] != "" })
}
