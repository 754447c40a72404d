package roster

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"
	"github.com/apache/arrow/go/v17/arrow/array"
)

// What was put into a batch stands in its record, cell by cell, whatever is missing;
// the batch after it begins anew.
func TestBatch(t *testing.T) {
	k := kind(t, "dibao")
	b := newBatch(k.schema)
	r := rand.New(rand.NewPCG(1, 9))
	for _, n := range []int{0, 1, 7, 8, 9, 1000, 3} {
		var want [][]value
		for range n {
			vals := make([]value, len(k.Columns))
			for i := range vals {
				if r.IntN(3) > 0 && i%5 != 4 { // some columns are not there at all
					vals[i] = value{set: true, s: fmt.Sprint("甲", r.IntN(100)), n: r.Int64N(2000) - 1000}
				}
				if i == 2 && r.IntN(2) == 0 {
					vals[i] = value{set: true}
				}
			}
			b.add("低保.csv", "东村", len(want)+1, vals)
			want = append(want, vals)
		}
		record := b.record()
		if int(record.NumRows()) != n {
			t.Fatalf("%d rows of %d", record.NumRows(), n)
		}
		for i, vals := range want {
			if record.Column(0).ValueStr(i) != "低保.csv" || record.Column(2).ValueStr(i) != fmt.Sprint(i+1) {
				t.Fatalf("row %d stands at %s", i, record.Column(2).ValueStr(i))
			}
			for c, v := range vals {
				if got := cellOf(record.Column(3+c), i); got != shown(record.Column(3+c), v) {
					t.Fatalf("row %d, %s: got %q, want %v", i, k.Columns[c].Name, got, v)
				}
			}
		}
		for i, c := range record.Columns() {
			missing := 0
			for _, vals := range want {
				if i >= 3 && !vals[i-3].set {
					missing++
				}
			}
			if c.NullN() != missing {
				t.Fatalf("column %d: %d missing, want %d", i, c.NullN(), missing)
			}
		}
		record.Release()
	}
}

func cellOf(c arrow.Array, i int) string {
	if c.IsNull(i) {
		return "NULL"
	}
	switch c := c.(type) {
	case *array.Decimal128:
		return fmt.Sprint(c.Value(i).BigInt())
	case *array.Date32:
		return fmt.Sprint(int32(c.Value(i)))
	}
	return c.ValueStr(i)
}

func shown(c arrow.Array, v value) string {
	switch c.(type) {
	case *array.String:
		if v.set {
			return v.s
		}
	case *array.Boolean:
		if v.set {
			return fmt.Sprint(v.n != 0)
		}
	default:
		if v.set {
			return fmt.Sprint(v.n)
		}
	}
	return "NULL"
}
