package pipeline

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"time"

	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
	"hedui/reports"
)

// Period is the days from First to Last, both of them within.
type Period = reports.Period

// Summarize writes the summary of a period (总结报告) out of the analysts' file of
// a configuration. It reads that file alone, and writes nothing but to w. That
// the period has no run is a fault.
func Summarize(ctx context.Context, c *Config, period Period, w io.Writer) (err error) {
	in, closed, err := openPublished(ctx, c.Paths.Publish, c.Limits)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closed()) }()
	if err := hasRun(ctx, in.Conn(), c.Paths.Publish, period); err != nil {
		return err
	}
	var towns []string
	for _, t := range c.Towns {
		towns = append(towns, t.Name)
	}
	settings := reportSettings()
	settings.District, settings.Department = c.District, c.Department
	return settings.WriteSummary(ctx, in.Conn(), w, period, towns)
}

// hasRun looks for a run in the period, and at what older programs did not publish.
func hasRun(ctx context.Context, db *sql.Conn, path string, period Period) error {
	first, last := period.First.Format(time.DateOnly), period.Last.Format(time.DateOnly)
	var runs, ledger int64
	var earliest, latest sql.NullString
	err := db.QueryRowContext(ctx, `SELECT count(*) FILTER (WHERE as_of BETWEEN ?::DATE AND ?::DATE), min(as_of)::VARCHAR, max(as_of)::VARCHAR,
		(SELECT count(seq) FROM published.finding_event) + (SELECT count(seq) FROM published.verdict) + (SELECT count(home) FROM published.finding) FROM published.run`,
		first, last).Scan(&runs, &earliest, &latest, &ledger)
	if err != nil {
		return warehouse.NotPublished(path, err)
	}
	if runs == 0 {
		return fault.New(fault.Usage, fmt.Sprintf("--from %s --to %s", first, last),
			fmt.Sprintf("这段时间没有运行；分析库里的运行从 %s 到 %s。", earliest.String, latest.String), nil)
	}
	return nil
}
