package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/sources/table"
)

// wanted are row numbers by file and sheet.
type wanted map[string]map[string]map[int]bool

// originals takes the rows that 数据质量.xlsx tells of out of the departments'
// files once more, as they stand there: the warehouse keeps folded values only. A
// file that is no longer the one that was read gives none; the report says so.
func (n *night) originals(ctx context.Context) error {
	rows, err := n.wantedRows(ctx)
	if err != nil {
		return err
	}
	read, err := n.digests(ctx)
	if err != nil {
		return err
	}
	var records []arrow.Record
	defer func() {
		for _, record := range records {
			record.Release()
		}
	}()
	for path, sheets := range rows { // into a table: the order does not show
		file, err := table.Open(ctx, filepath.Join(n.Config.Paths.Inbox, path), n.Config.fileLimits())
		if err != nil || file.SHA256 != read[path] {
			continue
		}
		switch record, err := copyRows(file, path, sheets); {
		case fault.Of(err) != nil: // it has changed since it was opened
		case err != nil:
			return fmt.Errorf("read faulty rows of %s again: %w", path, err)
		default:
			records = append(records, record)
		}
	}
	reader, err := array.NewRecordReader(originalSchema, records)
	if err != nil {
		return fmt.Errorf("gather faulty rows: %w", err)
	}
	return n.w.Load(ctx, "original_row", reader)
}

var originalSchema = arrow.NewSchema([]arrow.Field{
	{Name: "path", Type: arrow.BinaryTypes.String}, {Name: "sheet", Type: arrow.BinaryTypes.String},
	{Name: "row_number", Type: arrow.PrimitiveTypes.Int32}, {Name: "cells", Type: arrow.BinaryTypes.String},
}, nil)

// copyRows reads to the end, beyond the last row wanted: there a long text shows that it is
// still the same.
func copyRows(file *table.File, path string, sheets map[string]map[int]bool) (arrow.Record, error) {
	b := array.NewRecordBuilder(memory.DefaultAllocator, originalSchema)
	defer b.Release()
	for _, sheet := range file.Sheets {
		if len(sheets[sheet.Name]) == 0 {
			continue
		}
		for row, err := range sheet.Rows() {
			if err != nil {
				return nil, err
			}
			if !sheets[sheet.Name][row.Number] {
				continue
			}
			text, err := json.Marshal(texts(row))
			if err != nil {
				return nil, err
			}
			b.Field(0).(*array.StringBuilder).Append(path)
			b.Field(1).(*array.StringBuilder).Append(sheet.Name)
			b.Field(2).(*array.Int32Builder).Append(int32(row.Number))
			b.Field(3).(*array.StringBuilder).Append(string(text))
		}
	}
	return b.NewRecord(), nil
}

func (n *night) wantedRows(ctx context.Context) (wanted, error) {
	type faulty struct {
		path, sheet string
		number      int
	}
	rows, err := gather.Rows(ctx, n.w.Conn(), "SELECT DISTINCT path, sheet, row_number FROM quality_row", func(r *faulty) []any { return []any{&r.path, &r.sheet, &r.number} })
	if err != nil {
		return nil, fmt.Errorf("list faulty rows: %w", err)
	}
	found := wanted{}
	for _, r := range rows {
		if found[r.path] == nil {
			found[r.path] = map[string]map[int]bool{}
		}
		if found[r.path][r.sheet] == nil {
			found[r.path][r.sheet] = map[int]bool{}
		}
		found[r.path][r.sheet][r.number] = true
	}
	return found, nil
}

// digests gives the SHA-256 of each file as it was read. A file of which rows of
// an earlier version stand too, for the towns that are held, is left out: its
// row numbers mean two things.
func (n *night) digests(ctx context.Context) (map[string]string, error) {
	return n.byPath(ctx, `SELECT path, sha256 FROM loaded_file l
		WHERE NOT EXISTS (FROM standing_file s WHERE s.kind = l.kind AND s.path = l.path AND s.run_id <> l.run_id)`)
}
