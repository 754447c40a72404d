package ledger_test

import (
	"context"
	"testing"
	"time"

	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
)

// BenchmarkRecord enters 100,000 findings: on the first night, on which each is opened
// and chained, and on a night on which all of them are seen again.
func BenchmarkRecord(b *testing.B) {
	const findings = 100_000
	ctx := context.Background()
	prepare := func(b *testing.B) *warehouse.Warehouse {
		w, err := warehouse.Open(ctx, "", warehouse.Options{})
		if err != nil {
			b.Fatal(err)
		}
		_, err = w.Conn().ExecContext(ctx, `CREATE TEMP TABLE found AS SELECT *, '' AS subject FROM finding_detail LIMIT 0;
			CREATE TEMP TABLE rule AS SELECT 'LB01' AS rule_id, '已执行' AS status;
			CREATE TEMP TABLE rule_suspended (rule_id VARCHAR, town VARCHAR);
		CREATE TEMP TABLE rule_newcomer (rule_id VARCHAR, kind VARCHAR);
			CREATE TEMP TABLE withheld (finding_id VARCHAR);
			CREATE TEMP TABLE rule_righted (rule_id VARCHAR, word VARCHAR);
			CREATE TEMP TABLE rule_passing (rule_id VARCHAR);
			CREATE TEMP TABLE rule_successor (rule_id VARCHAR, successor VARCHAR);
			CREATE TEMP TABLE rule_blind (rule_id VARCHAR, kind VARCHAR, column_name VARCHAR);
			CREATE TEMP TABLE told_column (as_of DATE, kind VARCHAR, column_name VARCHAR);
			CREATE TEMP TABLE person (person_id VARCHAR, town VARCHAR, dibao_household_id VARCHAR, living BOOLEAN);
			CREATE TEMP TABLE household (town VARCHAR, household_no VARCHAR);
			CREATE TEMP TABLE dibao_household (town VARCHAR, household_no VARCHAR);
			CREATE TEMP TABLE identity_link (person_id VARCHAR, resolved_number VARCHAR, method VARCHAR);
			CREATE TEMP TABLE roster_row (kind VARCHAR, person_id VARCHAR);
			CREATE TEMP TABLE finding_person (finding_id VARCHAR, person_id VARCHAR);
			CREATE TEMP TABLE cell_fact (fact VARCHAR);
			CREATE TEMP TABLE moving_fact AS SELECT 'age' AS fact`)
		if err == nil {
			_, err = w.Conn().ExecContext(ctx, `INSERT INTO found BY NAME SELECT 'LB01-' || i AS finding_id, 'LB01' AS rule_id, '漏保' AS category,
				'P' || i AS person_id, '13089019700101' || lpad(i::VARCHAR, 4, '0') AS id_number, '甲' AS name, 'H' || i AS household_no, '东沟镇' AS town, '疑似漏保' AS statement,
				'{"facts":[{"fact":"age","label":"年龄","value":"50","sources":[]},{"fact":"disability_grade","label":"残疾等级","value":"1","sources":[]}]}' AS evidence
				FROM range(?) r(i)`, findings)
		}
		if err != nil {
			b.Fatal(err)
		}
		return w
	}
	record := func(b *testing.B, w *warehouse.Warehouse, day time.Time, fresh int64) {
		counts, err := ledger.Record(ctx, w.Conn(), day, day.String())
		if err != nil {
			b.Fatal(err)
		}
		if counts.Open != findings || counts.New != fresh {
			b.Fatalf("%+v", counts)
		}
	}
	b.Run("opened", func(b *testing.B) {
		for b.Loop() {
			b.StopTimer()
			w := prepare(b)
			b.StartTimer()
			record(b, w, date("2021-05-10"), findings)
			b.StopTimer()
			if err := w.Close(); err != nil {
				b.Fatal(err)
			}
			b.StartTimer()
		}
	})
	b.Run("seen", func(b *testing.B) {
		w := prepare(b)
		defer w.Close()
		day := date("2021-05-10")
		record(b, w, day, findings)
		for b.Loop() {
			day = day.AddDate(0, 0, 1)
			record(b, w, day, 0)
		}
	})
}
