package warehouse_test

import (
	"context"
	"path/filepath"
	"testing"

	"hedui/pipeline/warehouse"
)

// BenchmarkSnapshot merges a roster of 500,000 rows into its history: one that came as
// it came before, and one of which a row in a thousand changed.
func BenchmarkSnapshot(b *testing.B) {
	const rows = 500_000
	ctx := context.Background()
	for _, c := range []struct {
		name    string
		changed int64
	}{{"unchanged", 0}, {"thousandth", rows / 1000}} {
		b.Run(c.name, func(b *testing.B) {
			w, err := warehouse.Open(ctx, filepath.Join(b.TempDir(), "w.duckdb"), warehouse.Options{})
			if err != nil {
				b.Fatal(err)
			}
			defer w.Close()
			exec := func(query string, args ...any) {
				if _, err := w.Conn().ExecContext(ctx, query, args...); err != nil {
					b.Fatal(err)
				}
			}
			exec("CREATE TEMP TABLE roster AS FROM sent_medical_aid LIMIT 0")
			exec(`INSERT INTO roster BY NAME SELECT '医保.csv' AS path, '' AS sheet, i + 2 AS row_number, '东沟镇' AS town, i % 40 || '村' AS village,
				'甲' || i AS name, '甲' || i AS name_key, '130890' || i AS id_raw, '130890' || i AS id_number, 'valid' AS id_state,
				'是' AS insured, '否' AS premium_subsidy, i % 9000 AS total_cost, i % 4000 AS self_pay, '否' AS serious, '2021' AS period
				FROM range(?) r(i)`, rows)
			next := day("2021-05-10")
			if merged, err := w.Merge(ctx, "medical_aid", "roster", next, "r"); err != nil || merged.Added != rows {
				b.Fatal(merged, err)
			}
			round := 0
			for b.Loop() {
				b.StopTimer()
				round++
				next = next.AddDate(0, 0, 1)
				if c.changed > 0 {
					exec("UPDATE roster SET self_pay = 10000 + ?::INTEGER WHERE row_number % 1000 = ?::INTEGER % 1000", round, round)
				}
				b.StartTimer()
				merged, err := w.Merge(ctx, "medical_aid", "roster", next, "r")
				if err != nil || merged.Rows != rows || merged.Added != c.changed || merged.Ended != c.changed {
					b.Fatal(merged, err)
				}
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
