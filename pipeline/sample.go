package pipeline

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"time"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
	"hedui/reports"
	"hedui/sources/table"
)

var (
	//go:embed sample.sql
	sampleSQL string
	//go:embed sample_mask.sql
	sampleMaskSQL string
	//go:embed sample_judged.sql
	sampleJudgedSQL string
	//go:embed sample_result.sql
	sampleResultSQL string
)

// Sample is a drawn audit list.
type Sample struct {
	AsOf   string
	Groups []SampleGroup // in the order of the list
}

// SampleGroup counts the drawn of one standing (在列, 已排除, 已消除), category and severity.
type SampleGroup struct {
	Standing, Category, Severity string
	Size, Drawn                  int
}

// Drawn is how many findings are on the list.
func (s *Sample) Drawn() int {
	n := 0
	for _, g := range s.Groups {
		n += g.Drawn
	}
	return n
}

// DrawSample writes an audit list of size findings of a town, or of all where it is
// empty, as a workbook: every kind of finding in proportion, and at least once where
// there is room. The same file, town, size and seed draw the same.
func DrawSample(ctx context.Context, from Published, town string, size int, seed string, out io.Writer) (s *Sample, err error) {
	w, closed, err := openPublished(ctx, from.Path, from.Limits)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closed()) }()
	db := w.Conn()
	if _, err := db.ExecContext(ctx, "CREATE TEMP TABLE asked AS SELECT ?::VARCHAR AS town, ?::BIGINT AS size, ?::VARCHAR AS seed", town, size, seed); err != nil {
		return nil, fmt.Errorf("set the sample: %w", err)
	}
	if err := ledger.Words(ctx, db); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, sampleSQL); err != nil {
		return nil, warehouse.NotPublished(from.Path, err)
	}
	s = &Sample{}
	if err := db.QueryRowContext(ctx, "SELECT coalesce(max(as_of), DATE '1900-01-01')::VARCHAR FROM published.finding").Scan(&s.AsOf); err != nil {
		return nil, fmt.Errorf("read the day: %w", err)
	}
	if s.Groups, err = sampleGroups(ctx, db); err != nil {
		return nil, err
	}
	if len(s.Groups) == 0 {
		return nil, fault.New(fault.NobodyFound, "抽查 "+town, "这个镇没有可抽查的疑点；镇名写官方全称，不写 --town 为全区。", nil)
	}
	day, err := time.Parse(time.DateOnly, s.AsOf)
	if err != nil {
		return nil, fmt.Errorf("read the day: %w", err)
	}
	settings := reportSettings()
	settings.AsOf = day
	if settings.Password, err = from.Reports.Password(); err != nil {
		return nil, err
	}
	if from.Reports.Mask {
		if err := w.AttachHistories(ctx); err != nil {
			return nil, warehouse.NotPublished(from.Path, err)
		}
		if _, err := db.ExecContext(ctx, sampleMaskSQL); err != nil {
			return nil, warehouse.NotPublished(from.Path, err)
		}
		settings.Mask = &reports.Mask{}
	}
	return s, settings.WriteSample(ctx, db, out, town, seed)
}

func sampleGroups(ctx context.Context, db *sql.Conn) ([]SampleGroup, error) {
	groups, err := gather.Rows(ctx, db, `SELECT standing, category, severity, any_value(size), count(*) FROM sampled GROUP BY standing, category, severity
		ORDER BY list_position(['在列', '已排除', '已消除'], standing), category, list_position(['high', 'medium', 'low'], severity)`, func(g *SampleGroup) []any {
		return []any{&g.Standing, &g.Category, &g.Severity, &g.Size, &g.Drawn}
	})
	if err != nil {
		return nil, fmt.Errorf("count the sample: %w", err)
	}
	return groups, nil
}

// SampleResult is what a sample that came back says of the ledger.
type SampleResult struct {
	Faults []*fault.Fault // rows that were left out
	Rates  []ErrorRate    // the last is 合计; none where nothing was decided
}

// ErrorRate is how many of the checked were wrong, with Wilson's interval at 95 %.
type ErrorRate struct {
	Standing       string
	Checked, Wrong int
	Low, High      float64
}

// ReadSample compares a sample's verdicts with the published ledger. Nothing is
// written: hedui feedback enters them.
func ReadSample(ctx context.Context, from Published, path string) (result *SampleResult, err error) {
	w, closed, err := openPublished(ctx, from.Path, from.Limits)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, closed()) }()
	file, rows, err := readReturned(ctx, path, from.Reports.opener(table.Limits{}), 0)
	if err != nil {
		return nil, err
	}
	result = &SampleResult{Faults: file.Refused}
	if err := errors.Join(ledger.Words(ctx, w.Conn()), ledger.Enter(ctx, w.Conn(), rows)); err != nil {
		return nil, err
	}
	leftOut, err := leftOut(ctx, w.Conn())
	if err != nil {
		return nil, warehouse.NotPublished(from.Path, err)
	}
	result.Faults = append(result.Faults, leftOut...)
	result.Rates, err = errorRates(ctx, w.Conn())
	if err != nil {
		return nil, warehouse.NotPublished(from.Path, err)
	}
	return result, nil
}

// leftOut judges the verdicts and tells of those that do not count, in the order of the rows.
func leftOut(ctx context.Context, db *sql.Conn) ([]*fault.Fault, error) {
	if _, err := db.ExecContext(ctx, sampleJudgedSQL); err != nil {
		return nil, fmt.Errorf("judge verdicts: %w", err)
	}
	answers, err := gather.Rows(ctx, db, "SELECT file, sheet, row_number, finding_id, code, coalesce(reason, '') FROM sample_judged WHERE code IS NOT NULL ORDER BY n",
		func(a *ledger.Answer) []any {
			return []any{&a.File, &a.Sheet, &a.Row, &a.FindingID, &a.Code, &a.Reason}
		})
	if err != nil {
		return nil, fmt.Errorf("judge verdicts: %w", err)
	}
	var told []*fault.Fault
	for _, a := range answers {
		told = append(told, refusal(a))
	}
	return told, nil
}

func errorRates(ctx context.Context, db *sql.Conn) ([]ErrorRate, error) {
	rates, err := gather.Rows(ctx, db, sampleResultSQL, func(r *ErrorRate) []any { return []any{&r.Standing, &r.Checked, &r.Wrong, &r.Low, &r.High} })
	if err != nil {
		return nil, fmt.Errorf("compare verdicts: %w", err)
	}
	return rates, nil
}
