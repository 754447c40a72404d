package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
)

// cutoff is the first day that is kept: age is measured from the day that the night
// speaks about, never from the clock. Zero: all are kept.
func (n *night) cutoff(days int) time.Time {
	if days == 0 {
		return time.Time{}
	}
	return n.AsOf.AddDate(0, 0, -days)
}

// expire removes from the draft what has stood there long enough, and notes what it
// removes and which days' folders will follow once the night is published.
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
	if n.expired, err = n.oldFolders(); err != nil {
		return err
	}
	if done == (warehouse.Expired{}) && len(n.expired) == 0 {
		return nil
	}
	n.Log.Info("到期清理", zap.String("stage", "report"), zap.String("run_id", n.runID), zap.Int64("rejects", done.Rejects),
		zap.Int64("cell_faults", done.CellFaults), zap.Int64("history_rows", done.Versions), zap.Strings("out", n.expired))
	return n.noteActivity(ctx, "retention", map[string]any{
		"rejects": done.Rejects, "cell_faults": done.CellFaults, "history_rows": done.Versions, "out": n.expired,
	})
}

// oldFolders lists the days in out/ before the cutoff. The night's own is none of
// them: there is always a last one.
func (n *night) oldFolders() ([]string, error) {
	first := n.cutoff(n.Config.Retention.OutDays)
	entries, err := os.ReadDir(n.Config.Paths.Out)
	if err != nil {
		return nil, fmt.Errorf("list %s: %w", n.Config.Paths.Out, err)
	}
	var old []string
	for _, entry := range entries {
		day, err := time.Parse(time.DateOnly, entry.Name())
		if err == nil && entry.IsDir() && day.Before(first) && entry.Type()&fs.ModeSymlink == 0 {
			old = append(old, entry.Name())
		}
	}
	return old, nil
}

// removeOld removes the folders that expire listed. Each goes by one rename first:
// killed on the way, the next run's sweep removes the rest.
func (n *night) removeOld() {
	for _, day := range n.expired {
		hidden := filepath.Join(n.Config.Paths.Out, ".new-gone-"+day)
		err := os.Rename(filepath.Join(n.Config.Paths.Out, day), hidden)
		if err == nil {
			err = os.RemoveAll(hidden)
		}
		if err != nil {
			n.warn(fault.New(fault.RunAccess, filepath.Join(n.Config.Paths.Out, day), "到期的报表没有删掉：检查文件夹权限，或手工删除。", err))
		}
	}
}

// noteActivity records who did what, with which program and configuration.
func (n *night) noteActivity(ctx context.Context, command string, detail any) error {
	a := activity{n.runID, n.day(), n.Operator, command, n.Version, n.Config.sha256}
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
