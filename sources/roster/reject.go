package roster

import (
	"encoding/json"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"hedui/sources/table"
)

// Reason codes of rejects; they keep their meaning for ever.
const (
	rejectNobody   = "R-01" // neither a name nor an ID number
	rejectNoPerson = "R-02" // no name, and the ID number cell holds no number
	rejectAway     = "R-03" // another programme's, or not granted
)

var rejectReasons = map[string]string{
	rejectNobody:   "姓名和身份证号都是空的，无法确定是谁",
	rejectNoPerson: "没有姓名，身份证号一栏也不是号码，无法确定是谁",
	rejectAway:     "工作表名、文件名、标题或类别一列写明是另一个救助项目的人，或还没有批准的人，不属于本名册",
}

// rejectSchema is the schema of Reader.Rejects: the columns of the table reject but for run_id and kind.
var rejectSchema = arrow.NewSchema([]arrow.Field{
	{Name: "path", Type: arrow.BinaryTypes.String},
	{Name: "sheet", Type: arrow.BinaryTypes.String},
	{Name: "row_number", Type: arrow.PrimitiveTypes.Int32},
	{Name: "code", Type: arrow.BinaryTypes.String},
	{Name: "reason", Type: arrow.BinaryTypes.String},
	{Name: "cells", Type: arrow.BinaryTypes.String},
}, nil)

// reject is one row as the department sent it.
type reject struct {
	sheet string
	row   int
	code  string
	cells string // JSON
}

type rejects struct {
	path string
	list []reject
}

// rejectedCell is one element of the JSON array in the column cells.
type rejectedCell struct {
	Column string `json:"column"` // the header as sent; empty where the cell has none
	Text   string `json:"text"`
}

func (rs *rejects) add(sheet string, row table.Row, code string, headers []string) {
	cells := make([]rejectedCell, len(row.Cells))
	for i, c := range row.Cells {
		cells[i].Text = c.Text
		if i < len(headers) {
			cells[i].Column = headers[i]
		}
	}
	text, err := json.Marshal(cells)
	if err != nil {
		panic(err) // a slice of two strings always marshals
	}
	rs.list = append(rs.list, reject{sheet, row.Number, code, string(text)})
}

// reader gives the rejects in batches.
func (rs *rejects) reader() array.RecordReader {
	b := array.NewRecordBuilder(memory.DefaultAllocator, rejectSchema)
	defer b.Release()
	var records []arrow.Record
	for i, r := range rs.list {
		for field, text := range map[int]string{0: rs.path, 1: r.sheet, 3: r.code, 4: rejectReasons[r.code], 5: r.cells} {
			b.Field(field).(*array.StringBuilder).Append(text)
		}
		b.Field(2).(*array.Int32Builder).Append(int32(r.row))
		if (i+1)%batchRows == 0 || i == len(rs.list)-1 {
			records = append(records, b.NewRecord())
		}
	}
	reader, err := array.NewRecordReader(rejectSchema, records)
	if err != nil {
		panic(err) // every record was built by this schema
	}
	for _, rec := range records {
		rec.Release() // the reader holds them now
	}
	return reader
}
