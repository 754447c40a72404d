package pipeline

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/apache/arrow/go/v17/arrow/array"
	"go.uber.org/zap"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/pipeline/warehouse"
	"hedui/sources/roster"
	"hedui/sources/table"
)

// read takes in the inbox, roster by roster: what is unchanged is not parsed
// again, what was refused leaves the last good snapshot in force.
func (n *night) read(ctx context.Context) error {
	if err := n.checkDay(ctx); err != nil {
		return err
	}
	claimed, err := claim(n.Config)
	if err != nil {
		return err
	}
	for _, f := range claimed.refused {
		n.warn(f)
	}
	for _, path := range claimed.unclaimed {
		n.warn(unclaimed(path))
	}
	if err := n.declareTowns(ctx); err != nil {
		return err
	}
	a, err := n.readAhead(ctx, claimed)
	if err != nil {
		return fmt.Errorf("read ahead: %w", err)
	}
	defer a.close()
	for _, kind := range roster.Kinds() {
		if err := n.readRoster(ctx, kind, claimed.files[kind.Name], a); err != nil {
			return fmt.Errorf("read %s: %w", kind.Name, err)
		}
	}
	if !slices.ContainsFunc(n.manifest.Rosters, func(r Roster) bool { return r.Files > 0 || r.Rows > 0 }) {
		n.warn(nothingSent(n.Config))
	}
	err = n.w.Conn().QueryRowContext(ctx, "SELECT coalesce(sum(rows_read), 0)::BIGINT, coalesce(sum(rows_loaded), 0)::BIGINT, coalesce(sum(rows_rejected), 0)::BIGINT FROM ("+sheetsReadSQL+")",
		n.runID).Scan(&n.manifest.RowsRead, &n.manifest.RowsLoaded, &n.manifest.RowsRejected)
	if err != nil {
		return fmt.Errorf("count rows read: %w", err)
	}
	return nil
}

// sheetsReadSQL are the accounts of tonight's files. A roster that did not come, or was refused,
// stands by those of earlier nights' files, of which a town's hold leaves two; they are not among them.
const sheetsReadSQL = `FROM main.source_file s WHERE run_id = ?
	AND NOT EXISTS (FROM main.hold h WHERE h.run_id = s.run_id AND h.kind = s.kind AND h.reason IN ('` + missing + `', '` + refused + `'))`

func (n *night) declareTowns(ctx context.Context) error {
	if err := n.exec(ctx, "CREATE OR REPLACE TEMP TABLE town (name VARCHAR, code VARCHAR, position INTEGER)"); err != nil {
		return err
	}
	for i, t := range n.Config.Towns {
		if err := n.exec(ctx, "INSERT INTO town VALUES (?, ?, ?)", t.Name, t.Code, i+1); err != nil {
			return err
		}
	}
	return n.renameTowns(ctx)
}

// renameTowns gives what is kept under a town's former name, which its aliases have, the name
// that the town has now: history and findings would go on in a town that is none of the district's.
func (n *night) renameTowns(ctx context.Context) error {
	if err := n.exec(ctx, "CREATE OR REPLACE TEMP TABLE town_before (name VARCHAR, official VARCHAR)"); err != nil {
		return err
	}
	for _, t := range n.Config.Towns {
		for _, alias := range t.Aliases {
			if err := n.exec(ctx, "INSERT INTO town_before SELECT ?, ? WHERE ? NOT IN (SELECT name FROM town)", alias, t.Name, alias); err != nil {
				return err
			}
		}
	}
	kept := []string{"finding_detail", "standing_fault"}
	for _, kind := range warehouse.Kinds() {
		kept = append(kept, "read_"+kind, "ended_"+kind)
	}
	for _, table := range kept {
		if err := n.exec(ctx, "UPDATE "+table+" SET town = b.official FROM town_before b WHERE b.name = "+table+".town"); err != nil {
			return err
		}
	}
	return nil
}

// inboxFile is one file of a roster, as it stands in the inbox tonight.
type inboxFile struct {
	path     string // relative to the inbox
	sha256   string
	modified time.Time
	info     os.FileInfo // from before it was read
}

func (f inboxFile) day() string { return fileDay(f.modified) }

// fileDay is the day of a moment where the bureau is, as it stands beside a file's name.
func fileDay(t time.Time) string { return t.Local().Format(time.DateOnly) }

// intake is one roster on its way into the warehouse.
type intake struct {
	*night
	kind        *roster.Kind
	ahead       *ahead
	fingerprint string // of everything besides the bytes that decides how a file is read
	files       []inboxFile
	at          string // the file that is being looked at
	told        Roster
}

func (n *night) readRoster(ctx context.Context, kind *roster.Kind, paths []string, a *ahead) error {
	defer a.finish(kind)
	in := &intake{night: n, kind: kind, ahead: a, told: Roster{Kind: kind.Name, Label: kind.Label, Files: len(paths)}}
	err := in.take(ctx, paths)
	n.manifest.Rosters = append(n.manifest.Rosters, in.told)
	n.Log.Info("名册", zap.String("stage", "read"), zap.String("kind", kind.Name), zap.String("status", in.told.Status),
		zap.Int("files", in.told.Files), zap.Int64("rows", in.told.Rows), zap.Int64("added", in.told.Added), zap.Int64("ended", in.told.Ended))
	return err
}

func (in *intake) take(ctx context.Context, paths []string) error {
	if err := in.fingerprints(paths); err != nil {
		return in.hold(ctx, err)
	}
	if len(paths) == 0 {
		return in.hold(ctx, nil)
	}
	unchanged, err := in.unchanged(ctx)
	if err != nil {
		return err
	}
	done, err := in.same(ctx, unchanged)
	if err != nil || done {
		return err
	}
	withheld, err := in.withheld(ctx)
	if err != nil {
		return err
	}
	if withheld { // then read_<kind> does not hold the files' own rows
		unchanged = nil
	}
	if err := in.parse(ctx, unchanged); err != nil {
		if f := fault.Of(err); f != nil && f.Code.Exit() == fault.ExitInput {
			return in.hold(ctx, err)
		}
		return err
	}
	return in.settle(ctx)
}

// same deals with a roster all of whose files came as they came last, and none
// besides; it says whether no file has to be read again.
func (in *intake) same(ctx context.Context, unchanged map[string]bool) (bool, error) {
	var loaded int
	if err := in.scan(ctx, "SELECT count(*) FROM loaded_file WHERE kind = '"+in.kind.Name+"'", &loaded); err != nil {
		return false, err
	}
	if len(unchanged) != len(in.files) || loaded != len(in.files) {
		return false, nil
	}
	holds, same, err := in.asLast(ctx)
	if err != nil || !same {
		return false, err
	}
	in.told.Status = "未变"
	if wholly(holds) {
		in.told.Status = "沿用上期"
	}
	if err := in.carry(ctx, "loaded_file", ""); err != nil {
		return false, err
	}
	if err := in.remind(ctx); err != nil {
		return false, err
	}
	return true, in.note(ctx, holds)
}

// remind warns again of what is wrong with files that came as they came last: it is as
// wrong as it was, and the night ends with exit status 3 until somebody mends it.
func (in *intake) remind(ctx context.Context) error {
	of, err := in.byPath(ctx, "SELECT path, repeats FROM loaded_file WHERE kind = '"+in.kind.Name+"' AND repeats IS NOT NULL")
	if err != nil {
		return err
	}
	for _, path := range slices.Sorted(maps.Keys(of)) {
		in.warn(repeated(path, of[path]))
	}
	return in.checkRejects(ctx)
}

// repeated says that a file holds, row for row, what another one does, or several together.
func repeated(path, of string) *fault.Fault {
	return fault.New(fault.SourceRepeated, fault.Place(path, "", 0), countedOnce(of)+"；请从收件夹移走多余的一份。", nil)
}

func countedOnce(of string) string { return "与" + together(of, "") + "内容相同，只计一次" }

// together names one file or sheet, or several: A, or A》《B.
func together(of, what string) string {
	if strings.Contains(of, "》《") {
		return "《" + of + "》" + what + "合起来"
	}
	return "《" + of + "》" + what
}

// fingerprints hashes the files' bytes and what decides how they are read.
func (in *intake) fingerprints(paths []string) error {
	source := in.Config.Sources[in.kind.Name]
	text, err := json.Marshal([]any{in.Version, in.kind, source.Aliases, source.BlankIsUnknown, in.Config.Towns})
	if err != nil {
		return fmt.Errorf("fingerprint configuration: %w", err)
	}
	sum := sha256.Sum256(text)
	in.fingerprint = hex.EncodeToString(sum[:8])
	for _, path := range paths {
		in.at = path
		f, err := fingerprint(in.Config.Paths.Inbox, path)
		if fault.Of(err) != nil {
			return err
		}
		if err != nil {
			return fault.New(fault.SourceUnreadable, fault.Place(path, "", 0), "检查文件是否还在、能否打开。", err)
		}
		in.files = append(in.files, f)
		in.manifest.Inputs = append(in.manifest.Inputs, InputFile{in.kind.Name, f.path, f.sha256, f.day()})
	}
	return nil
}

func fingerprint(inbox, path string) (inboxFile, error) {
	f, err := openInbox(inbox, path)
	if err != nil {
		return inboxFile{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return inboxFile{}, err
	}
	sum, err := warehouse.Digest(f)
	if err != nil {
		return inboxFile{}, err
	}
	return inboxFile{path: path, sha256: sum, modified: info.ModTime(), info: info}, nil
}

// unchanged lists the files that came as they came last, each with whether the warehouse
// holds its rows: of a file that only repeated another one it holds none.
func (in *intake) unchanged(ctx context.Context) (map[string]bool, error) {
	same := map[string]bool{}
	for _, f := range in.files {
		var own bool
		err := in.w.Conn().QueryRowContext(ctx, "SELECT repeats IS NULL FROM loaded_file WHERE kind = ? AND path = ? AND sha256 = ? AND reader = ?",
			in.kind.Name, f.path, f.sha256, in.fingerprint).Scan(&own)
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return nil, fmt.Errorf("look for known files: %w", err)
		default:
			same[f.path] = own
		}
	}
	return same, nil
}

// parse fills the temporary table incoming with the roster's rows and the
// tables arrived_file, arrived_sheet, arrived_reject and arrived_fault with their account.
func (in *intake) parse(ctx context.Context, unchanged map[string]bool) error {
	for _, query := range []string{
		"CREATE OR REPLACE TEMP TABLE incoming AS FROM sent_" + in.kind.Name + " LIMIT 0",
		"CREATE OR REPLACE TEMP TABLE arrived_file AS FROM loaded_file LIMIT 0",
		"CREATE OR REPLACE TEMP TABLE arrived_sheet AS FROM source_file LIMIT 0",
		"CREATE OR REPLACE TEMP TABLE arrived_reject AS FROM reject LIMIT 0",
		"CREATE OR REPLACE TEMP TABLE arrived_fault AS FROM cell_fault LIMIT 0",
		"CREATE OR REPLACE TEMP TABLE paired_fault AS SELECT kind, path, sheet, row_number, column_name FROM cell_fault LIMIT 0",
	} {
		if err := in.exec(ctx, query); err != nil {
			return err
		}
	}
	for _, f := range in.files {
		in.at = f.path
		if unchanged[f.path] && !in.paired() {
			if err := in.reuse(ctx, f); err != nil {
				return err
			}
			continue
		}
		if err := in.parseFile(ctx, f); err != nil {
			return err
		}
		if f.info.Size() > aheadBytes { // what is left of it Go would hold beside DuckDB, till later
			debug.FreeOSMemory()
		}
	}
	return in.stoodStill()
}

// stoodStill makes sure that nobody wrote in a file while it was read: what was
// taken of it may be half of the old and half of the new one.
func (in *intake) stoodStill() error {
	for _, f := range in.files {
		in.at = f.path
		now, err := os.Stat(filepath.Join(in.Config.Paths.Inbox, f.path))
		if err != nil || !os.SameFile(now, f.info) || now.Size() != f.info.Size() || !now.ModTime().Equal(f.modified) {
			return changed(f.path)
		}
	}
	return nil
}

func changed(path string) *fault.Fault {
	return fault.New(fault.SourceChanged, fault.Place(path, "", 0), "文件在读取时被改动，多半还在上传，本期沿用上期；等传完后重新运行。", nil)
}

// reuse takes over the rows of a file that has not changed while another part
// of its roster has.
func (in *intake) reuse(ctx context.Context, f inboxFile) error {
	if err := in.exec(ctx, "INSERT INTO incoming FROM sent_"+in.kind.Name+" WHERE path = ?", f.path); err != nil {
		return err
	}
	if err := in.exec(ctx, "INSERT INTO arrived_sheet SELECT s.* REPLACE (? AS run_id) FROM source_file s JOIN loaded_file l ON s.kind = l.kind AND s.path = l.path AND s.run_id = l.run_id WHERE l.kind = ? AND l.path = ?",
		in.runID, in.kind.Name, f.path); err != nil {
		return err
	}
	return in.exec(ctx, "INSERT INTO arrived_file FROM loaded_file WHERE kind = ? AND path = ?", in.kind.Name, f.path)
}

func (in *intake) parseFile(ctx context.Context, f inboxFile) error {
	o, ok := in.ahead.take(f)
	if !ok {
		o = in.open(ctx, in.kind, f.path)
	}
	defer o.close()
	if o.file != nil && o.file.SHA256 != f.sha256 {
		return changed(f.path)
	}
	if o.err != nil {
		return relocate(o.err, f.path)
	}
	file, reader := o.file, o.reader
	rows := reader.Rows()
	rows.Retain() // Load gives them back once
	if err := in.w.Load(ctx, "incoming", rows); err != nil {
		return relocate(err, f.path)
	}
	if err := in.aside(ctx, "arrived_reject", reader.Rejects()); err != nil {
		return relocate(err, f.path)
	}
	if err := in.aside(ctx, "arrived_fault", reader.Faults()); err != nil {
		return relocate(err, f.path)
	}
	for _, sheet := range reader.Sheets() {
		if err := in.account(ctx, f, file, sheet); err != nil {
			return err
		}
	}
	return in.exec(ctx, "INSERT INTO arrived_file VALUES (?, ?, ?, ?, ?, ?, NULL)",
		in.kind.Name, f.path, f.sha256, in.fingerprint, in.runID, f.day())
}

// aside loads what a file's reader laid aside into a table that says also which
// run and which roster it is of.
func (in *intake) aside(ctx context.Context, target string, rows array.RecordReader) error {
	var columns []string
	for _, f := range rows.Schema().Fields() {
		columns = append(columns, f.Name)
	}
	if err := in.exec(ctx, "CREATE OR REPLACE TEMP TABLE laid_aside AS SELECT "+strings.Join(columns, ", ")+" FROM "+target+" LIMIT 0"); err != nil {
		rows.Release()
		return err
	}
	if err := in.w.Load(ctx, "laid_aside", rows); err != nil {
		return err
	}
	return in.exec(ctx, "INSERT INTO "+target+" BY NAME SELECT *, ? AS run_id, ? AS kind FROM laid_aside", in.runID, in.kind.Name)
}

// fileLimits bound what one file may hold in memory by limits.memory.
func (c *Config) fileLimits() (limits table.Limits) {
	if c.Limits.bytes > 0 {
		limits.MaxHeld = max(c.Limits.bytes/4, 64<<20)
	}
	return limits
}

// openRoster opens a file of the inbox and finds its tables. Where those cannot be found
// the file is given all the same.
func (c *Config) openRoster(ctx context.Context, kind *roster.Kind, path string, asOf time.Time) (*table.File, *roster.Reader, error) {
	file, err := table.Open(ctx, filepath.Join(c.Paths.Inbox, path), c.fileLimits())
	if err != nil {
		return nil, nil, err
	}
	reader, err := roster.Read(ctx, file, kind, c.reading(kind, path, asOf))
	return file, reader, err
}

// reading is how the file at path, relative to the inbox, is to be read for a day; a zero one is
// unknown.
func (c *Config) reading(kind *roster.Kind, path string, asOf time.Time) roster.Options {
	source := c.Sources[kind.Name]
	opt := roster.Options{Aliases: source.Aliases, BlankIsUnknown: source.BlankIsUnknown, Path: path, AsOf: asOf}
	for _, t := range c.Towns {
		opt.Towns = append(opt.Towns, roster.Town{Name: t.Name, Code: t.Code, Aliases: t.Aliases})
	}
	return opt
}

// relocate gives a fault the file's name, with its folder in the inbox, where it does not tell it;
// of the configuration's it is not.
func relocate(err error, path string) error {
	f, file := fault.Of(err), fault.Place(path, "", 0)
	if f == nil || f.Code.Exit() == fault.ExitUsage || strings.HasPrefix(f.Place, file) {
		return err
	}
	return fault.New(f.Code, file+strings.TrimPrefix(f.Place, fault.Place(filepath.Base(path), "", 0)), f.Remedy, f.Err)
}

// account notes a sheet's five numbers; they must add up.
func (in *intake) account(ctx context.Context, f inboxFile, file *table.File, s roster.SheetReport) error {
	a := s.Account
	if !a.Balanced() {
		return unbalanced(f.path, s)
	}
	if s.Headless > 0 {
		in.warn(headless(f.path, s))
	}
	matched, err := json.Marshal(s.Matched)
	if err != nil {
		return fmt.Errorf("write matched columns: %w", err)
	}
	unmatched, err := json.Marshal(slices.Concat([]string{}, s.Unmatched))
	if err != nil {
		return fmt.Errorf("write unmatched columns: %w", err)
	}
	headers, err := json.Marshal(slices.Concat([]string{}, s.Headers))
	if err != nil {
		return fmt.Errorf("write headers: %w", err)
	}
	return in.exec(ctx, "INSERT INTO arrived_sheet VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		in.runID, in.kind.Name, f.path, s.Sheet, f.sha256, file.Format, file.Encoding, file.Grounds, s.HeaderRow,
		a.Read, a.Loaded, a.Rejected, a.Structural, a.Blank, string(matched), string(unmatched), s.Note, in.runID, string(headers))
}

func headless(path string, s roster.SheetReport) *fault.Fault {
	return fault.New(fault.SourceHeadless, fault.Place(path, s.Sheet, 0), "上面没有表头的行没有读入：请补上表头后重新报送；不是名册的，请删去这张工作表。",
		fmt.Errorf("%d 行有身份证号，上面没有表头", s.Headless))
}

func unbalanced(path string, s roster.SheetReport) *fault.Fault {
	a := s.Account
	return fault.New(fault.RunAccount, fault.Place(path, s.Sheet, 0), "程序漏计了行，结果不可信；请保留此文件并联系维护人员。",
		fmt.Errorf("read %d, loaded %d, rejected %d, structural %d, blank %d", a.Read, a.Loaded, a.Rejected, a.Structural, a.Blank))
}

func (n *night) exec(ctx context.Context, query string, args ...any) error {
	if _, err := n.w.Conn().ExecContext(ctx, query, args...); err != nil {
		line, _, _ := strings.Cut(strings.TrimSpace(query), "\n")
		return fmt.Errorf("run %q: %w", line, err)
	}
	return nil
}

// byPath gives what a query says of each file: its columns are the path and a text.
func (n *night) byPath(ctx context.Context, query string) (map[string]string, error) {
	said, err := gather.Map(ctx, n.w.Conn(), query)
	if err != nil {
		return nil, fmt.Errorf("list files: %w", err)
	}
	return said, nil
}
