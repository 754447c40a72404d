package roster

import (
	"slices"
	"strings"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// faultSchema is the schema of Reader.Faults: the columns of the table cell_fault
// but for run_id and kind.
var faultSchema = arrow.NewSchema([]arrow.Field{
	{Name: "path", Type: arrow.BinaryTypes.String},
	{Name: "sheet", Type: arrow.BinaryTypes.String},
	{Name: "row_number", Type: arrow.PrimitiveTypes.Int32},
	{Name: "column_name", Type: arrow.BinaryTypes.String},
	{Name: "header", Type: arrow.BinaryTypes.String}, // as sent
	{Name: "text", Type: arrow.BinaryTypes.String},
	{Name: "reason", Type: arrow.BinaryTypes.String}, // Chinese
}, nil)

// keptFaults is how many cells of a sheet's column are kept; those beyond are
// counted only. A column that nobody can read does not fill the memory.
const keptFaults = 10_000

// cellFault is a filled cell that could not be folded.
type cellFault struct {
	row                  int
	column               int // among Kind.Columns
	header, text, reason string
}

// reasons say, by a column's type, why a cell could not be folded.
var reasons = map[Type]string{
	TypeYesNo: "不是“是”或“否”", TypeWords: "不是认识的说法", TypeStatus: "不是认识的状态",
	TypeMoney: "金额无法识别", TypeIncome: "金额无法识别", TypeCount: "不是整数",
	TypeDate: "日期无法识别", TypeMonth: "年月无法识别", TypeUntil: "日期无法识别",
	TypeName:  "姓名是数字",
	TypeGrade: "等级无法识别", TypeDisability: "残疾类别无法识别",
}

// errorCell is the reason of a cell that a spreadsheet could not reckon.
const errorCell = "单元格有错误值"

// fault counts a cell that could not be folded and keeps it for the report. A cell of
// the household's is told once, not for each of its members.
func (s *sheetRun) fault(column int, header, text string) { s.unfolded(column, header, text, value{}) }

// unfolded is fault with what folding gave, which may say why.
func (s *sheetRun) unfolded(column int, header, text string, got value) {
	if s.member && !slices.Contains(s.matcher.kind.at.memberColumns(), column) {
		return
	}
	reason := reasons[s.matcher.kind.Columns[column].Type]
	switch {
	case !got.set && got.s != "":
		reason = got.s
	case reason == "":
		reason = errorCell
	}
	s.faultFor(column, header, text, reason)
}

// faultFor is fault with a reason of its own.
func (s *sheetRun) faultFor(column int, header, text, reason string) {
	if s.faults[column]++; s.faults[column] > keptFaults {
		return
	}
	s.cellFaults = append(s.cellFaults, cellFault{s.reading, column, header, strings.Clone(text), reason})
}

// ditto tells of a 同上 that repeats nothing.
func (s *sheetRun) ditto(column int, header, text string) {
	if !s.member || slices.Contains(s.matcher.kind.at.memberColumns(), column) {
		s.faultFor(column, header, text, "“同上”看不出是什么")
	}
}

// Faults gives the filled cells that could not be folded, by the columns of the
// table cell_fault, in the
// order of sheets and rows; of a sheet's column ten thousand at most. It is
// complete once Rows is drained.
func (r *Reader) Faults() array.RecordReader {
	b := array.NewRecordBuilder(memory.DefaultAllocator, faultSchema)
	defer b.Release()
	text := func(field int, s string) { b.Field(field).(*array.StringBuilder).Append(s) }
	for _, s := range r.sheets {
		for _, f := range s.cellFaults {
			text(0, r.path)
			text(1, s.raw.name)
			b.Field(2).(*array.Int32Builder).Append(int32(f.row))
			text(3, r.kind.Columns[f.column].Name)
			text(4, f.header)
			text(5, f.text)
			text(6, f.reason)
		}
	}
	record := b.NewRecord()
	defer record.Release()
	reader, err := array.NewRecordReader(faultSchema, []arrow.Record{record})
	if err != nil {
		panic(err) // the record was built by this schema
	}
	return reader
}
