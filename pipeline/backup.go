package pipeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
)

// Backup copies the warehouse to a new file, at any time, and its digest beside it.
// The warning is set where the warehouse itself is damaged and its twin was copied.
func Backup(c *Config, to string) (warning *fault.Fault, err error) {
	if !warehouse.Exists(c.Paths.Warehouse) {
		return nil, noLedger(c)
	}
	if _, err := os.Lstat(to); err == nil {
		return nil, fault.New(fault.Usage, "备份 "+to, "已有这个文件，不会覆盖；另写一个文件名，如带上日期。", nil)
	}
	return warehouse.Backup(c.Paths.Warehouse, to)
}

// Restored is what a restored backup holds. Checked says that its digest was beside
// it.
type Restored struct {
	Day      string // as_of of its last night
	Audited  ledger.Audited
	Checked  bool
	Replaced bool     // a warehouse stood there
	Kept     string   // where that is kept
	Lost     int64    // how many events the warehouse had more than the backup has
	Strays   bool     // the backup goes on another way: it has as many events or more, and not all of the warehouse's
	Unsure   bool     // the warehouse could not be read: Lost is not known
	Foreign  []string // folders of reports that the warehouse as it is now knows nothing of, where they are now
}

// RestoreOptions say what is restored, and by whom.
type RestoreOptions struct {
	Config            *Config
	From              string // the backup
	Force             bool   // also one that lacks what the warehouse has
	Operator, Version string
	Now               func() time.Time
}

// Restore puts a backup in the place of the warehouse, and refuses one whose ledger
// does not hold together or, without force, one that lacks what the warehouse has.
// What runs issued that the backup knows nothing of goes aside. It takes the run's lock.
func Restore(ctx context.Context, o RestoreOptions) (r *Restored, err error) {
	c, from := o.Config, o.From
	release, err := lock(c.Paths.Warehouse)
	if err != nil {
		return nil, err
	}
	defer release()
	_, gone := os.Stat(c.Paths.Warehouse)
	r = &Restored{Replaced: gone == nil, Kept: c.Paths.Warehouse + ".replaced"}
	opt := c.Limits.warehouse("")
	var now ledger.Head
	if warehouse.Exists(c.Paths.Warehouse) {
		if now, err = headOf(ctx, c.Paths.Warehouse, opt); err != nil {
			r.Unsure = true // it is what is being restored from
		}
	}
	draft, checked, err := warehouse.DraftOf(ctx, from, c.Paths.Warehouse, opt)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, draft.Discard()) }()
	r.Checked = checked
	audited, err := ledger.Audit(ctx, draft.Conn())
	if err != nil || len(audited.Faults) > 0 {
		return nil, fault.New(fault.RunDamaged, "备份 "+from, "备份里的台账不完整，没有恢复；请换另一份备份。", err)
	}
	r.Audited = *audited
	if err := draft.Conn().QueryRowContext(ctx, "SELECT coalesce(strftime(max(as_of), '%Y-%m-%d'), '') FROM run").Scan(&r.Day); err != nil {
		return nil, fmt.Errorf("read the backup's last night: %w", err)
	}
	// By the chain, not by the count alone: of two that went on from one backup the longer, with
	// 488 events, took the place of the other with 337, and a township's answers were gone.
	holds, err := ledger.Holds(ctx, draft.Conn(), now)
	if err != nil {
		return nil, err
	}
	r.Lost = max(0, now.Events-audited.Head.Events)
	r.Strays = !holds && r.Lost == 0
	if !holds && !o.Force {
		return nil, fault.New(fault.Usage, "备份 "+from, "确要退回，加 --force；现在的数据仓库会留作 "+r.Kept+"。", r.lacks())
	}
	at := o.Now().UTC()
	noted := activity{runID: "R" + at.Format("20060102T150405.000Z"), day: at.Format(time.DateOnly), operator: o.Operator, command: "restore", version: o.Version, config: c.sha256}
	detail := map[string]any{"backup": filepath.Base(from), "ledger": audited.Head, "replaced": now, "unread": r.Unsure}
	foreign, err := foreignDays(ctx, draft.Warehouse, c)
	if err != nil {
		return nil, err
	}
	if err := noted.note(ctx, draft.Warehouse, at, detail); err != nil {
		return nil, err
	}
	if err := draft.Replace(ctx); err != nil {
		return nil, fault.New(fault.RunWarehouse, "数据仓库 "+c.Paths.Warehouse, "检查磁盘空间和文件夹权限后重试。", err)
	}
	for _, folder := range foreign {
		aside := folder + foreignMark + noted.runID
		if err := rename(folder, aside); err != nil {
			return nil, fault.New(fault.RunPublish, folder, "数据仓库已经恢复；检查文件夹权限，把这个文件夹移走。", err)
		}
		r.Foreign = append(r.Foreign, aside)
	}
	return r, nil
}

// foreignMark is in the name of a folder of reports whose run a restored warehouse does not know.
const foreignMark = ".恢复前."

// foreignDays lists the folders in out/ whose manifest is of a run that is not in w.
func foreignDays(ctx context.Context, w *warehouse.Warehouse, c *Config) ([]string, error) {
	runs, err := gather.Column[string](ctx, w.Conn(), "SELECT run_id FROM run")
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	manifests, err := besideReports(c)
	if err != nil {
		return nil, err
	}
	var foreign []string
	for _, path := range manifests {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read manifest: %w", err)
		}
		var m struct {
			RunID string `json:"run_id"`
		}
		if json.Unmarshal(text, &m) == nil && !slices.Contains(runs, m.RunID) {
			foreign = append(foreign, filepath.Dir(path))
		}
	}
	return foreign, nil
}

// besideReports lists the manifests in out/ of the ledger that the warehouse holds.
func besideReports(c *Config) ([]string, error) {
	// A killed night's folder is hidden: it was never issued.
	all, err := filepath.Glob(filepath.Join(c.Paths.Out, "[^.]*", manifestName))
	if err != nil {
		return nil, fmt.Errorf("look for manifests: %w", err)
	}
	return slices.DeleteFunc(all, func(path string) bool { return strings.Contains(filepath.Base(filepath.Dir(path)), foreignMark) }), nil
}

// lacks tells what the backup has not.
func (r *Restored) lacks() error {
	if r.Strays {
		return errors.New("现在的台账完好，其中有备份所没有的记录：备份来自另一份台账，或两者从同一份备份分头登记")
	}
	return fmt.Errorf("现在的台账完好，比备份多 %d 条记录", r.Lost)
}

// headOf is the end of the ledger's chain in the warehouse as it stands.
func headOf(ctx context.Context, path string, opt warehouse.Options) (ledger.Head, error) {
	draft, err := warehouse.NewDraft(ctx, path, opt)
	if err != nil {
		return ledger.Head{}, err
	}
	audited, err := ledger.Audit(ctx, draft.Conn())
	if err := errors.Join(err, draft.Discard()); err != nil {
		return ledger.Head{}, err
	}
	return audited.Head, nil
}

// lostWarehouse tells a first night from one that would begin a new ledger because
// the disk with the old one is not there.
func lostWarehouse(c *Config) error {
	if warehouse.Exists(c.Paths.Warehouse) {
		return nil
	}
	if _, err := os.Stat(c.Paths.Publish); err != nil {
		return nil
	}
	return fault.New(fault.RunDamaged, "数据仓库 "+c.Paths.Warehouse, "用备份恢复（hedui restore），或检查磁盘是否挂上；确要从头开始，先把 "+c.Paths.Publish+" 和 "+c.Paths.Out+" 移走。",
		errors.New("数据仓库不见了，而分析库还在"))
}

func noLedger(c *Config) *fault.Fault {
	return fault.New(fault.ConfigMissing, "数据仓库 "+c.Paths.Warehouse, "还没有台账：先运行 hedui run，或用 --config 指明配置文件。", nil)
}
