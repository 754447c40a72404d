package warehouse

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"hedui/pipeline/fault"
)

// Recall opens a private warehouse in memory that stands as it stood when the
// analysts' file at path was written: its rosters, their history and the night's
// state are views over that file, which is read and nothing else. The file's own
// tables are under the name published. Close forgets it all.
func Recall(ctx context.Context, path string, opt Options) (*Warehouse, error) {
	w, err := Open(ctx, "", opt)
	if err != nil {
		return nil, err
	}
	if err := w.recall(ctx, path); err != nil {
		return nil, errors.Join(err, w.Close())
	}
	return w, nil
}

// NotPublished is the fault of a file that lacks what this program publishes.
func NotPublished(path string, err error) error {
	return fault.New(fault.PublishedUnreadable, "分析库 "+path, "它不是本版 hedui 发布的分析库；指明正确的文件，或用本版 hedui run 重新发布。", fmt.Errorf("look into published file: %w", err))
}

func (w *Warehouse) recall(ctx context.Context, path string) error {
	if err := w.AttachPublished(ctx, path); err != nil {
		return err
	}
	views := map[string]string{
		"run":            "FROM published.run",
		"hold":           "FROM published.hold",
		"snapshot":       "FROM published.snapshot",
		"roster_state":   "FROM published.roster_state",
		"held_newcomer":  "FROM published.held_newcomer",
		"file_digest":    "SELECT run_id, kind, path, any_value(sha256) AS sha256 FROM published.source_file GROUP BY ALL",
		"finding_alias":  "FROM published.finding_alias",
		"standing_fault": "FROM published.standing_fault",
		"held_scope": `SELECT kind, town, note, held_since FROM published.hold
			WHERE accepted_by IS NULL AND run_id = (SELECT arg_max(run_id, (as_of, started_at)) FROM published.run)`,
	}
	for _, kind := range Kinds() {
		views["read_"+kind] = "SELECT * EXCLUDE (person_id, id_quality, row_id), rowid::HUGEINT AS row_key, 1 AS occurrence FROM published." + ident(kind)
	}
	for _, name := range slices.Sorted(maps.Keys(views)) {
		if err := w.exec(ctx, "CREATE TEMP VIEW "+ident(name)+" AS "+views[name]); err != nil {
			return NotPublished(path, err)
		}
	}
	if err := w.AttachHistories(ctx); err != nil {
		return NotPublished(path, err)
	}
	return nil
}
