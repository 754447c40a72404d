// Package pipeline is the night: it walks the rosters from the departments'
// files to the townships' workbooks, in seven stages, one after the other.
//
// Glossary. night: one run, speaking about one day, as_of. stage: one step of
// the night. held: a roster, or one town of it, whose last good snapshot stays
// in force because tonight's is missing, was refused, shrank, lacks a town or a column that
// it had, or is too old.
// warning: a fault that lets the night go on and ends it with exit status 3.
// manifest: what a night did, for the log, the run table and manifest.json.
//
// Invariants. One night at a time. Until the last stage nothing but a draft of the
// warehouse and hidden files has changed; a night that fails leaves the warehouse,
// hedui.duckdb and out/ as they were. Every row read is loaded, rejected, or
// recognised as structure or blank: the night fails otherwise.
package pipeline

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.uber.org/zap"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
	"hedui/reports"
)

// stage is one step of the night.
type stage struct {
	Name, Label string
	run         func(*night, context.Context) error
}

// stages is the table of contents of a night. Their names are the log's stage,
// the manifest's keys and the points at which tests stop a run.
var stages = []stage{
	{"read", "读取名册", (*night).read},
	{"guard", "核对名册", (*night).guard},
	{"resolve", "识别人员", (*night).resolve},
	{"find", "比对规则", (*night).find},
	{"record", "登记台账", (*night).record},
	{"report", "编制报表", (*night).report},
	{"publish", "发布结果", (*night).publish},
}

// stagesBefore gives those that go before the one of that name.
func stagesBefore(name string) []stage {
	return stages[:slices.IndexFunc(stages, func(s stage) bool { return s.Name == name })]
}

// Options of one run.
type Options struct {
	Config   *Config
	AsOf     time.Time    // the day that the run speaks about
	DryRun   bool         // ends before the reports: the ledger is entered in the draft alone, and nobody is notified
	Accept   []string     // KIND or KIND=TOWN that is taken though the volume guard would hold it
	Operator string       // who says so
	Version  string       // of the program
	Log      *zap.Logger  // never nil
	Unlogged *fault.Fault // why the log's file takes nothing, which the night survives
	Now      func() time.Time
	// Progress, where set, is told each stage's Chinese name before it begins.
	Progress func(label string)
	// after, in tests, is called when a stage is done; its error ends the night.
	after func(stage string) error
	// unreported, in tests, ends the night with its ledger, which is kept: most of them ask for no
	// more, and it takes half the time.
	unreported bool
}

// night is the state that the stages hand on.
type night struct {
	Options
	runID    string
	draft    *warehouse.Draft
	w        *warehouse.Warehouse // the draft's, or one in memory
	policy   *matchers.Policy
	rules    []*matchers.Rule // built in and local
	accepts  []scope
	manifest Manifest
	outTemp  string        // the hidden folder that the reports stand in until published
	expired  []string      // folders of out/ and kept files that go once the night is published
	access   access        // who may read what is published
	password string        // that they are encrypted with; empty: none
	mask     *reports.Mask // over their names and numbers; nil: none
	lastGood time.Time     // when a night before this one published
	behind   time.Duration // what the night's clock is ahead of the machine's by; see follow
}

// day is the day that the night speaks about, as SQL and people write it.
func (n *night) day() string { return n.AsOf.Format(time.DateOnly) }

// Run runs one night. The manifest tells what was done, also when an error
// ended the night. An error means that nothing was published.
func Run(ctx context.Context, opt Options) (*Manifest, error) {
	n := &night{Options: opt}
	n.manifest = Manifest{AsOf: opt.AsOf.Format(time.DateOnly), StartedAt: opt.Now().UTC(), Version: opt.Version, ConfigSHA256: opt.Config.sha256,
		Operator: opt.Operator, Accept: opt.Accept}
	n.name()
	err := opt.Config.namedIn(n.alone(ctx))
	n.manifest.FinishedAt = n.Now().UTC()
	n.close(err)
	n.notify(n.outcome(err))
	return &n.manifest, err
}

// name gives the night its id, by the time at which it began.
func (n *night) name() {
	n.runID = n.manifest.StartedAt.Format("20060102T150405.000Z")
	n.manifest.RunID = n.runID
}

// follow puts the night, and its clock, behind the last one where the machine's was
// set back between them: which run of a day is the last is told by when they began.
func (n *night) follow(ctx context.Context) error {
	var last sql.NullTime
	if err := n.scan(ctx, "SELECT max(started_at) FROM run", &last); err != nil {
		return err
	}
	began := n.manifest.StartedAt
	if !last.Valid || began.After(last.Time) {
		return nil
	}
	now := n.Now
	n.behind = last.Time.Sub(began) + time.Millisecond
	n.Now = func() time.Time { return now().Add(n.behind) }
	n.manifest.StartedAt = began.Add(n.behind)
	n.name()
	if began.Before(last.Time) {
		n.warn(fault.New(fault.RunClock, "系统时钟 "+began.Format(time.DateTime)+"（世界时）", "请校准时钟；本次结果不受影响，按上次运行之后记。",
			fmt.Errorf("上次运行开始于 %s", last.Time.UTC().Format(time.DateTime))))
	}
	return nil
}

// alone runs the night while it holds the lock, and notes how it ended. That the note
// cannot be written is a warning: what was published is published.
func (n *night) alone(ctx context.Context) error {
	release, err := lock(n.Config.Paths.Warehouse)
	if err != nil {
		return err
	}
	defer release()
	note := func(err error) {
		if f := fault.Of(err); f != nil {
			n.warn(f)
		}
	}
	if n.Unlogged != nil {
		n.warn(n.Unlogged)
	}
	note(n.begin())
	err = n.whole(ctx)
	n.manifest.FinishedAt = n.Now().UTC()
	note(n.noteStatus(n.outcome(err)))
	return err
}

func (n *night) whole(ctx context.Context) (err error) {
	if n.access, err = n.Config.Paths.access(); err != nil {
		return err
	}
	if n.password, err = n.Config.Reports.Password(); err != nil {
		return err
	}
	if n.accepts, err = parseAccepts(n.Config, n.Accept); err != nil {
		return err
	}
	if n.policy, err = matchers.LoadPolicy(n.Config.Policy, n.AsOf); err != nil {
		return err
	}
	if n.rules, err = matchers.Rules(n.Config.Paths.Rules); err != nil {
		return err
	}
	if err := lostWarehouse(n.Config); err != nil {
		return err
	}
	n.sweep()
	spill := filepath.Join(filepath.Dir(n.Config.Paths.Warehouse), ".spill")
	bounds := n.Config.Limits.warehouse(spill)
	bounds.Analysts = n.publishTemp()
	if n.draft, err = warehouse.NewDraft(ctx, n.Config.Paths.Warehouse, bounds); err != nil {
		return err
	}
	n.w = n.draft.Warehouse
	defer func() { err = errors.Join(err, n.shut()) }()
	if n.draft.Warning != nil {
		n.warn(n.draft.Warning)
	}
	if err := n.follow(ctx); err != nil {
		return err
	}
	if err := matchers.Screen(ctx, n.w.Conn(), n.rules); err != nil {
		return err
	}
	return n.walk(ctx)
}

// shut closes the draft and then removes the night's temporary files: DuckDB
// aborts the program when it finds its spilled data gone.
func (n *night) shut() error {
	err := n.draft.Close()
	n.sweep()
	if left := n.draft.Clean(); left != nil { // what is published is published
		n.Log.Warn("清理残留文件失败：" + left.Error())
	}
	return err
}

func (n *night) walk(ctx context.Context) error {
	walked := stages
	if n.DryRun || n.unreported {
		walked = stagesBefore("report")
	}
	for _, stage := range walked {
		if n.Progress != nil {
			n.Progress(stage.Label)
		}
		start := n.Now()
		if err := stage.run(n, ctx); err != nil {
			return n.explain(ctx, stage.Name, err)
		}
		if err := n.w.Trim(ctx); err != nil {
			return n.explain(ctx, stage.Name, err)
		}
		took := n.Now().Sub(start)
		n.manifest.Stages = append(n.manifest.Stages, StageTime{Stage: stage.Name, Seconds: took.Seconds()})
		n.Log.Info(stage.Label, zap.String("stage", stage.Name), zap.String("run_id", n.runID), zap.Duration("took", took))
		if n.after != nil {
			if err := n.after(stage.Name); err != nil {
				return err
			}
		}
	}
	if n.unreported {
		return n.draft.Replace(ctx)
	}
	return nil
}

// explain makes sure that an error reaches the operator with a code.
func (n *night) explain(ctx context.Context, stage string, err error) error {
	if ctx.Err() != nil {
		return fault.New(fault.RunStopped, "阶段 "+stage, "运行被中止，什么都没有发布；重新运行即可。", err)
	}
	if fault.Of(err) != nil {
		return err
	}
	code := map[string]fault.Code{"find": fault.RunRule, "report": fault.RunReport, "publish": fault.RunPublish}[stage]
	if code == "" {
		code = fault.RunWarehouse
	}
	return fault.New(code, "阶段 "+stage, "检查磁盘空间、内存和文件权限后重新运行；上次发布的结果没有改动。", err)
}

// warn records a fault that the night survives.
func (n *night) warn(f *fault.Fault) {
	f = n.Config.named(f)
	n.manifest.Warnings = append(n.manifest.Warnings, Mask(f.Error()))
	logWarning(n.Log, f, n.runID)
}

func (n *night) close(err error) {
	if err != nil {
		n.manifest.Error = Mask(fault.Told(err))
		LogFailure(n.Log, err, zap.String("run_id", n.runID))
	}
	m := &n.manifest
	n.Log.Info("运行结束", zap.String("run_id", n.runID), zap.String("as_of", m.AsOf), zap.Bool("good", err == nil),
		zap.Int64("rows_read", m.RowsRead), zap.Int64("rows_loaded", m.RowsLoaded), zap.Int64("rows_rejected", m.RowsRejected),
		zap.Int64("persons", m.Persons), zap.Int64("findings", m.Findings), zap.Int("warnings", len(m.Warnings)),
		zap.Duration("took", m.FinishedAt.Sub(m.StartedAt)))
}

func (n *night) resolve(ctx context.Context) error {
	if n.Config.Limits.Canaries {
		if err := matchers.Plant(ctx, n.w.Conn(), n.policy, n.rules); err != nil {
			return fmt.Errorf("plant canaries: %w", err)
		}
	}
	if err := matchers.Resolve(ctx, n.w.Conn(), n.policy); err != nil {
		return fmt.Errorf("resolve people: %w", err)
	}
	return nil
}

func (n *night) find(ctx context.Context) error {
	outcomes, err := n.findAmong(ctx)
	if err != nil {
		return fmt.Errorf("find: %w", err)
	}
	n.manifest.tell(outcomes)
	return n.scan(ctx, "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM household)", &n.manifest.Persons, &n.manifest.Households)
}

// findAmong runs the rules, and fails the night in which one missed its canary or
// found the one that it must not: what it says of real people cannot be trusted either.
func (n *night) findAmong(ctx context.Context) ([]matchers.Outcome, error) {
	if !n.Config.Limits.Canaries {
		return matchers.Find(ctx, n.w.Conn(), n.rules, columnLabels())
	}
	outcomes, told, err := matchers.FindBesideCanaries(ctx, n.w.Conn(), n.rules, columnLabels())
	if err != nil {
		return nil, err
	}
	n.manifest.Canaries = fmt.Sprintf("%d/%d", told.All-len(told.Wrong), told.All)
	n.Log.Info("哨兵", zap.String("stage", "find"), zap.String("canaries", n.manifest.Canaries), zap.String("run_id", n.runID))
	if len(told.Wrong) > 0 {
		return nil, fault.New(fault.RunCanary, "哨兵 "+n.manifest.Canaries+"："+strings.Join(told.Wrong, "；"),
			"规则对虚构的哨兵人员判断有误，本次结果不可信，什么都没有发布；请联系维护人员。", nil)
	}
	return outcomes, nil
}

func (n *night) record(ctx context.Context) error {
	orphans, err := ledger.Orphans(ctx, n.w.Conn())
	if err != nil {
		return err
	}
	for _, id := range orphans {
		n.warn(fault.New(fault.ConfigRule, "规则 "+id, "把它的文件放回 paths.rules；不再用的，请各镇对它的疑点反馈核查结论。",
			errors.New("规则文件已不在，台账里还有它未了结的疑点，查不出也消除不了")))
	}
	counts, err := ledger.Record(ctx, n.w.Conn(), n.AsOf, n.runID)
	if err != nil {
		return fmt.Errorf("record findings: %w", err)
	}
	n.manifest.Findings, n.manifest.New, n.manifest.Cleared = counts.Open, counts.New, counts.Cleared
	n.manifest.Ledger = counts.Head
	return n.noteRun(ctx)
}

func (n *night) scan(ctx context.Context, query string, into ...any) error {
	if err := n.w.Conn().QueryRowContext(ctx, query).Scan(into...); err != nil {
		return fmt.Errorf("query %q: %w", query, err)
	}
	return nil
}
