package roster

import (
	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/decimal128"
)

// writer appends rows to a record builder, with the builders' types looked up once.
type writer struct {
	path, sheet string
	pathTo      *array.StringBuilder
	sheetTo     *array.StringBuilder
	rowTo       *array.Int32Builder
	columns     []func(value)
}

func newWriter(b *array.RecordBuilder, path, sheet string) *writer {
	w := &writer{
		path: path, sheet: sheet,
		pathTo: b.Field(0).(*array.StringBuilder), sheetTo: b.Field(1).(*array.StringBuilder), rowTo: b.Field(2).(*array.Int32Builder),
	}
	for _, f := range b.Fields()[3:] {
		w.columns = append(w.columns, appendTo(f))
	}
	return w
}

func appendTo(b array.Builder) func(value) {
	var set func(value)
	switch b := b.(type) {
	case *array.StringBuilder:
		set = func(v value) { b.Append(v.s) }
	case *array.Int32Builder:
		set = func(v value) { b.Append(int32(v.n)) }
	case *array.Date32Builder:
		set = func(v value) { b.Append(arrow.Date32(v.n)) }
	case *array.Decimal128Builder:
		set = func(v value) { b.Append(decimal128.FromI64(v.n)) }
	case *array.BooleanBuilder:
		set = func(v value) { b.Append(v.n != 0) }
	}
	return func(v value) {
		if !v.set {
			b.AppendNull()
			return
		}
		set(v)
	}
}

func (w *writer) append(row int, vals []value) {
	w.pathTo.Append(w.path)
	w.sheetTo.Append(w.sheet)
	w.rowTo.Append(int32(row))
	for i, v := range vals {
		w.columns[i](v)
	}
}
