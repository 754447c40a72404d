package warehouse

import (
	"context"
	"runtime"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"
)

// TestLoadLetsGo: what was loaded is not held on to as long as the program runs.
func TestLoadLetsGo(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t, Options{})
	if err := w.exec(ctx, "CREATE TABLE loaded (n BIGINT)"); err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	func() {
		schema := arrow.NewSchema([]arrow.Field{{Name: "n", Type: arrow.PrimitiveTypes.Int64}}, nil)
		b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
		defer b.Release()
		b.Field(0).(*array.Int64Builder).AppendValues([]int64{1, 2}, nil)
		rows, err := array.NewRecordReader(schema, []arrow.Record{b.NewRecord()})
		if err != nil {
			t.Fatal(err)
		}
		reader := &watched{rows}
		runtime.SetFinalizer(reader, func(*watched) { close(gone) })
		if err := w.Load(ctx, "loaded", reader); err != nil {
			t.Fatal(err)
		}
	}()
	for range 100 {
		runtime.GC()
		select {
		case <-gone:
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
	t.Fatal("the reader is still held")
}

type watched struct{ array.RecordReader }
