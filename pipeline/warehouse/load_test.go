package warehouse

import (
	"context"
	"runtime"
	"slices"
	"testing"
	"time"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
	"github.com/apache/arrow/go/v17/arrow/memory"

	"hedui/pipeline/gather"
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
		reader := &watched{numbers(t, 1, 2)}
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

// numbers are batches of as many rows, each of 0 and up.
func numbers(t *testing.T, batches, rows int) array.RecordReader {
	t.Helper()
	schema := arrow.NewSchema([]arrow.Field{{Name: "n", Type: arrow.PrimitiveTypes.Int64}}, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	var records []arrow.Record
	for range batches {
		for n := range rows {
			b.Field(0).(*array.Int64Builder).Append(int64(n))
		}
		records = append(records, b.NewRecord())
	}
	reader, err := array.NewRecordReader(schema, records)
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

// TestLoadFillsBlocks: of what two threads could load, one block of rows alone is not full.
func TestLoadFillsBlocks(t *testing.T) {
	ctx := context.Background()
	w := inMemory(t, Options{Threads: 2})
	if err := w.exec(ctx, "CREATE TEMP TABLE loaded (n BIGINT)"); err != nil {
		t.Fatal(err)
	}
	if err := w.Load(ctx, "loaded", numbers(t, 100, 3000)); err != nil {
		t.Fatal(err)
	}
	counts, err := gather.Column[int64](ctx, w.conn, `SELECT sum(count)::BIGINT AS rows FROM pragma_storage_info('temp.loaded')
		WHERE segment_type = 'BIGINT' GROUP BY row_group_id ORDER BY rows`)
	if want := []int64{300000 - 2*122880, 122880, 122880}; err != nil || !slices.Equal(counts, want) {
		t.Fatalf("blocks of %d rows, want %d, error %v", counts, want, err)
	}
}
