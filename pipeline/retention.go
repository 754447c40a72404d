package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
)

// cutoff is the first day that is kept. Age is measured from the day that the night
// speaks about, which the clock tells: no later than a season after the newest file, or a
// single night of a clock that is years ahead would remove all that was ever issued. Zero: all
// are kept.
func (n *night) cutoff(days int) time.Time {
	var newest string
	for _, f := range n.manifest.Inputs {
		newest = max(newest, f.Modified)
	}
	sent, err := time.Parse(time.DateOnly, newest)
	if days == 0 || err != nil { // or no file came
		return time.Time{}
	}
	from := n.AsOf
	if latest := sent.AddDate(0, 0, season); latest.Before(from) {
		from = latest
	}
	return from.AddDate(0, 0, -days)
}

// season is how many days without a new file of any roster are nothing unusual.
const season = 92

// expire removes from the draft what has stood there long enough, and notes what it
// removes and what of the reports will follow once the night is published.
func (n *night) expire(ctx context.Context) error {
	keep := n.Config.Retention
	if keep.HistoryDays > 0 { // rules look back
		var lookback int
		if err := n.scan(ctx, "SELECT max(exit_lookback_days)::INTEGER FROM policy", &lookback); err != nil {
			return err
		}
		keep.HistoryDays = max(keep.HistoryDays, lookback+1)
	}
	done, err := n.w.Expire(ctx, n.cutoff(keep.RejectsDays), n.cutoff(keep.HistoryDays))
	if err != nil {
		return err
	}
	folders, err := oldDays(n.Config.Paths.Out, n.cutoff(keep.OutDays))
	if err != nil {
		return err
	}
	issued, err := oldDays(n.Config.Paths.issuedFolder(), n.cutoff(keep.HistoryDays))
	if err != nil {
		return err
	}
	if n.expired = append(folders, issued...); done == (warehouse.Expired{}) && len(n.expired) == 0 {
		return nil
	}
	n.Log.Info("到期清理", zap.String("stage", "report"), zap.String("run_id", n.runID), zap.Int64("rejects", done.Rejects),
		zap.Int64("cell_faults", done.CellFaults), zap.Int64("history_rows", done.Versions), zap.Strings("out", days(folders)), zap.Strings("issued", days(issued)))
	return n.noteActivity(ctx, "retention", map[string]any{
		"rejects": done.Rejects, "cell_faults": done.CellFaults, "history_rows": done.Versions, "out": days(folders), "issued": days(issued),
	})
}

// oldDays lists what a folder holds, a file or a folder a day, of days before the
// first that is kept. The night's own is none of them: there is always a last one.
func oldDays(folder string, first time.Time) ([]string, error) {
	entries, err := os.ReadDir(folder)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list %s: %w", folder, err)
	}
	var old []string
	for _, entry := range entries {
		day, err := time.Parse(time.DateOnly, dayOf(entry.Name()))
		if err == nil && day.Before(first) && entry.Type()&fs.ModeSymlink == 0 {
			old = append(old, filepath.Join(folder, entry.Name()))
		}
	}
	return old, nil
}

// dayOf is the day that a folder of out/, or the file that keeps it, is named by.
func dayOf(path string) string {
	day, _, _ := strings.Cut(filepath.Base(path), ".")
	return day
}

func days(paths []string) []string {
	named := []string{}
	for _, path := range paths {
		named = append(named, dayOf(path))
	}
	return named
}

// removeOld removes what expire listed. Each goes by one rename first: killed on the
// way, the next run's sweep removes the rest.
func (n *night) removeOld() {
	if err := n.removeIssued(); err != nil {
		n.warn(fault.New(fault.RunAccess, n.Config.Paths.issuedFolder(), "同一天先前留存的报表没有删掉：检查文件夹权限，或手工删除。", err))
	}
	for _, path := range n.expired {
		hidden := filepath.Join(filepath.Dir(path), ".new-gone-"+filepath.Base(path))
		err := os.Rename(path, hidden)
		if err == nil {
			err = os.RemoveAll(hidden)
		}
		if err != nil {
			n.warn(fault.New(fault.RunAccess, path, "到期的报表没有删掉：检查文件夹权限，或手工删除。", err))
		}
	}
}

// noteActivity records who did what, with which program and configuration.
func (n *night) noteActivity(ctx context.Context, command string, detail any) error {
	a := activity{runID: n.runID, day: n.day(), operator: n.Operator, command: command, version: n.Version, config: n.Config.sha256}
	return a.note(ctx, n.w, n.Now(), detail)
}

// activity is a row of the table of that name.
type activity struct{ runID, day, operator, command, version, config string }

func (a activity) note(ctx context.Context, w *warehouse.Warehouse, at time.Time, detail any) error {
	text, err := json.Marshal(detail)
	if err != nil {
		return fmt.Errorf("write activity: %w", err)
	}
	_, err = w.Conn().ExecContext(ctx, "INSERT INTO activity VALUES (?, ?, ?::DATE, ?, ?, ?, ?, ?)",
		at.UTC(), a.runID, a.day, a.operator, a.command, a.version, a.config, string(text))
	if err != nil {
		return fmt.Errorf("note activity: %w", err)
	}
	return nil
}
