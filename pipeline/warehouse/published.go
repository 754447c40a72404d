package warehouse

import (
	"context"
	"fmt"

	"hedui/pipeline/fault"
)

// AttachPublished lets the connection read the analysts' file at path, under
// the name published. It blocks nobody: a run goes on and renames a new file
// over it, this connection goes on reading the old one.
func (w *Warehouse) AttachPublished(ctx context.Context, path string) error {
	if err := w.exec(ctx, "ATTACH "+quote(path)+" AS published (READ_ONLY)"); err != nil {
		return fault.New(fault.PublishedUnreadable, "分析库 "+path, "确认它是 hedui 发布的文件、能够打开；需要时先运行 hedui run。", fmt.Errorf("open published file: %w", err))
	}
	return nil
}

// AttachHistories lays history_<kind> of the attached file's rosters over its tables.
func (w *Warehouse) AttachHistories(ctx context.Context) error {
	for _, kind := range Kinds() {
		if err := w.exec(ctx, "CREATE TEMP VIEW history_"+kind+" AS "+history(kind, "published.")); err != nil {
			return err
		}
	}
	return nil
}
