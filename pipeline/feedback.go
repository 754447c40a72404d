package pipeline

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"
	"golang.org/x/text/unicode/norm"

	"hedui/pipeline/fault"
	"hedui/pipeline/ledger"
	"hedui/pipeline/warehouse"
	"hedui/sources/table"
)

// FeedbackOptions are those of reading returned workbooks.
type FeedbackOptions struct {
	Config   *Config
	Files    []string
	Day      time.Time // on which the verdicts are taken
	Operator string
	Version  string // of the program
	Now      func() time.Time
}

// Feedback is what became of the returned files.
type Feedback struct {
	RunID   string       // of what the ledger holds of it
	Warning *fault.Fault // of the warehouse; nil: all was well with it
	Files   []FeedbackFile
}

// FeedbackFile is one returned file. Refused is set where it, or a sheet of it,
// could not be read; PassedOver names the sheets that are no list of findings.
type FeedbackFile struct {
	Path             string
	Lists            int // sheets that are
	PassedOver       []string
	Refused          []*fault.Fault
	Answers          []ledger.Answer
	Entered, Repeats int // answers that were new; that were known or stand twice

	sha256 string
}

// Faults are all that was not taken, in the order of the rows.
func (f *FeedbackFile) Faults() []*fault.Fault {
	all := slices.Clone(f.Refused)
	for _, a := range f.Answers {
		if told := refusal(a); told != nil {
			all = append(all, told)
		}
	}
	return all
}

// refusal tells why an answer was not taken; nil for one that was.
func refusal(a ledger.Answer) *fault.Fault {
	if a.Code == "" {
		return nil
	}
	text := refusals[a.Code]
	reason := a.Reason
	if reason == "" {
		reason = text.reason
	}
	return fault.New(a.Code, inReturned(a.File, a.Sheet, a.Row), text.remedy, errors.New(reason))
}

// refusals tell an operator why an answer was not taken, and what to do.
var refusals = map[fault.Code]struct{ reason, remedy string }{
	fault.FeedbackNoID:       {"有核查结论，没有疑点编号", "从下发的台账把疑点编号抄回该行；新发现的问题请另行上报。"},
	fault.FeedbackUnknown:    {"", "疑点编号不要改动；从下发的台账抄回后再报。"},
	fault.FeedbackKey:        {"", "该行的镇、户编号、姓名、身份证号、问题须与疑点编号相配：恢复原样，或在最新下发的台账上答复（须存为 xlsx，CSV 会损坏号码）。"},
	fault.FeedbackNoVerdict:  {"填了整改情况，没有核查结论", "从下拉列表选一个核查结论。"},
	fault.FeedbackBadVerdict: {"", "核查结论只能是：" + strings.Join(ledger.Verdicts, "、") + "。"},
	fault.FeedbackBadDay:     {"", "完成日期写成 2021-06-12 的形式，不能晚于登记日；未完成的不填。登记日（--as-of）不能早于发现日。"},
	fault.FeedbackTwice:      {"", "只留一行，另一行的核查结论等各列清空后再报。"},
	fault.FeedbackSpent:      {"", "请在最新下发的台账上重新核查答复。"},
}

// inReturned is a place in a returned workbook, whose folder says nothing.
func inReturned(path, sheet string, row int) string {
	return fault.Place(filepath.Base(path), sheet, row)
}

// TakeFeedback reads returned workbooks into the ledger, in one transaction:
// every good answer is taken, the others are told. It takes the run's lock.
func TakeFeedback(ctx context.Context, opt FeedbackOptions) (result *Feedback, err error) {
	w, release, err := openLedger(ctx, opt.Config)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	result = &Feedback{Warning: w.Warning}
	open := opt.Config.Reports.opener(opt.Config.fileLimits())
	var rows []ledger.Row
	for _, path := range opt.Files {
		if slices.ContainsFunc(result.Files, func(f FeedbackFile) bool { return f.Path == path }) {
			continue
		}
		file, of, err := readReturned(ctx, path, open, len(rows))
		if err != nil {
			return nil, err
		}
		result.Files = append(result.Files, file)
		rows = append(rows, of...)
	}
	if err := opt.checkDay(ctx, w.Warehouse); err != nil {
		return nil, err
	}
	if err := w.Begin(ctx); err != nil {
		return nil, fault.New(fault.RunWarehouse, "数据仓库", "检查磁盘空间。", err)
	}
	call := ledger.Call{Day: opt.Day, Actor: opt.Operator, RunID: "F" + opt.Now().UTC().Format("20060102T150405.000Z")}
	result.RunID = call.RunID
	answers, err := ledger.Take(ctx, w.Conn(), rows, call)
	if err != nil {
		return nil, fault.New(fault.RunWarehouse, "登记核查结论", "检查磁盘空间后重试；台账没有改动。", err)
	}
	if result.count(answers) == 0 {
		return result, nil
	}
	noted := activity{runID: call.RunID, day: opt.Day.Format(time.DateOnly), operator: opt.Operator, command: "feedback", version: opt.Version, config: opt.Config.sha256}
	if err := errors.Join(noted.note(ctx, w.Warehouse, opt.Now(), result.taken()), w.Commit(ctx)); err != nil {
		return nil, fault.New(fault.RunWarehouse, "登记核查结论", "检查磁盘空间后重试；台账没有改动。", err)
	}
	if err := w.Replace(ctx); err != nil {
		return nil, fault.New(fault.RunWarehouse, "登记核查结论", "检查磁盘空间和文件夹权限后重试；重复登记不会重复计入。", err)
	}
	return result, nil
}

// checkDay refuses a day on which nothing can have been answered: the ledger keeps it for ever.
func (o FeedbackOptions) checkDay(ctx context.Context, w *warehouse.Warehouse) error {
	var first, last time.Time
	if err := w.Conn().QueryRowContext(ctx, "SELECT min(as_of), max(as_of) FROM run").Scan(&first, &last); err != nil {
		return fmt.Errorf("read run days: %w", err)
	}
	now := o.Now()
	if today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, time.UTC); last.Before(today) {
		last = today
	}
	if o.Day.Before(first) || o.Day.After(last) {
		return fault.New(fault.Usage, "--as-of "+o.Day.Format(time.DateOnly), "写实际登记的那一天。", errors.New("登记日早于首次运行，或晚于今天"))
	}
	return nil
}

// Note logs what was taken and refused: of a refused row its code alone, for the reason may tell a name.
func (f *Feedback) Note(log *zap.Logger, opt FeedbackOptions) {
	if f.Warning != nil {
		logWarning(log, f.Warning, f.RunID)
	}
	for _, file := range f.Files {
		for _, told := range file.Refused {
			logWarning(log, told, f.RunID)
		}
		codes := map[fault.Code]int{}
		for _, a := range file.Answers {
			if a.Code != "" {
				codes[a.Code]++
			}
		}
		level, refused := zap.InfoLevel, len(file.Answers)-file.Entered-file.Repeats
		fields := []zap.Field{zap.String("run_id", f.RunID), zap.String("as_of", opt.Day.Format(time.DateOnly)), zap.String("operator", opt.Operator),
			zap.Int("answers", len(file.Answers)), zap.Int("entered", file.Entered), zap.Int("repeats", file.Repeats), zap.Int("refused", refused)}
		if changed := len(file.Changed()); changed > 0 {
			fields = append(fields, zap.Int("changed", changed))
		}
		if refused > 0 {
			level, fields = zap.WarnLevel, append(fields, zap.Any("codes", codes))
		}
		log.Log(level, "登记核查结论："+inReturned(file.Path, "", 0), fields...)
	}
}

// Changed lists the answers that took the place of one that had settled the finding.
func (f *FeedbackFile) Changed() []ledger.Answer {
	return slices.DeleteFunc(slices.Clone(f.Answers), func(a ledger.Answer) bool { return a.Former == "" })
}

// taken tells which files were read in, and what of them was taken.
func (f *Feedback) taken() []map[string]any {
	var files []map[string]any
	for _, file := range f.Files {
		files = append(files, map[string]any{"file": filepath.Base(file.Path), "sha256": file.sha256, "answers": len(file.Answers), "entered": file.Entered})
	}
	return files
}

// count gives the answers to their files and says how many are new.
func (f *Feedback) count(answers []ledger.Answer) int {
	entered := 0
	for i := range f.Files {
		file := &f.Files[i]
		for _, a := range answers {
			if a.File != file.Path {
				continue
			}
			file.Answers = append(file.Answers, a)
			switch {
			case a.NewlyEntered:
				file.Entered++
				entered++
			case a.Code == "":
				file.Repeats++
			}
		}
	}
	return entered
}

// openLedger takes the lock and opens a draft of the warehouse, which must be there.
// release gives back both; what was not put in place is forgotten.
func openLedger(ctx context.Context, c *Config) (draft *warehouse.Draft, release func() error, err error) {
	if !warehouse.Exists(c.Paths.Warehouse) {
		return nil, nil, noLedger(c)
	}
	unlock, err := lock(c.Paths.Warehouse)
	if err != nil {
		return nil, nil, err
	}
	draft, err = warehouse.NewDraft(ctx, c.Paths.Warehouse, c.Limits.warehouse(""))
	if err != nil {
		unlock()
		return nil, nil, err
	}
	return draft, func() error {
		defer unlock()
		return draft.Discard()
	}, nil
}

// readReturned reads the rows of a file's lists. What is wrong with the file is
// told in it; an error ends the whole call.
func readReturned(ctx context.Context, path string, open opener, n int) (FeedbackFile, []ledger.Row, error) {
	told := FeedbackFile{Path: path}
	file, err := open(ctx, path)
	if err != nil {
		return told, nil, told.refuse(err)
	}
	told.sha256 = file.SHA256
	var all []ledger.Row
	for _, sheet := range file.Sheets {
		r := returnedSheet{file: file, sheet: sheet}
		rows, err := r.read()
		if err := errors.Join(err, r.astray()); err != nil {
			if err := told.refuse(err); err != nil {
				return told, nil, err
			}
		}
		switch {
		case err != nil:
		case r.columns != nil:
			told.Lists++
			all = append(all, rows...)
		case r.stray == 0:
			told.PassedOver = append(told.PassedOver, sheet.Name)
		}
	}
	if told.Lists == 0 && len(told.Refused) == 0 {
		told.Refused = append(told.Refused, fault.New(fault.FeedbackNoList, inReturned(path, "", 0), "交回的应是下发的问题台账，表头须有“疑点编号”和“核查结论”。", errors.New("没有找到问题台账")))
	}
	for i := range all {
		all[i].N = n + i
	}
	return told, all, nil
}

// refuse notes a fault; any other error is given back.
func (f *FeedbackFile) refuse(err error) error {
	told := fault.Of(err)
	if told == nil {
		return fmt.Errorf("read %s: %w", f.Path, err)
	}
	f.Refused = append(f.Refused, told)
	return nil
}

// The headers of the towns' workbook that matter.
const (
	headFinding  = "疑点编号"
	headVerdict  = "核查结论"
	headName     = "姓名"
	headIDNumber = "身份证号"
	headDay      = "数据日期"
)

var answerHeads = []string{headFinding, headVerdict, headName, headIDNumber, "户编号", "镇", "问题", "整改措施", "整改成效", "完成日期", "核查人", headDay}

// returnedSheet is a sheet under way.
type returnedSheet struct {
	file    *table.File
	sheet   *table.Sheet
	columns map[string]int // header to column; nil until a header row was met
	issued  *string
	run     int // of that day, which issued the sheet; 0: it does not say
	merged  map[table.Range]string
	stray   int // the first row of an answer that stands under no header; 0: none does
}

var dataDay = regexp.MustCompile(`数据日期\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[（(]当日第([0-9]+)次运行)?`)

// read gives the rows below the header. A sheet may hold several lists, one
// below the other, each with its header.
func (r *returnedSheet) read() ([]ledger.Row, error) {
	var rows []ledger.Row
	r.merged = map[table.Range]string{}
	for row, err := range r.sheet.Rows() {
		if err != nil {
			return nil, err
		}
		cells := r.spread(row)
		if found := findHeads(cells); found != nil {
			if err := r.begin(found, row.Number); err != nil {
				return nil, err
			}
			continue
		}
		for _, text := range cells {
			if day := dataDay.FindStringSubmatch(text); day != nil {
				r.issued, r.run = &day[1], 1
				if n, err := strconv.Atoi(day[2]); err == nil {
					r.run = n
				}
			}
		}
		switch {
		case r.columns != nil:
			rows = append(rows, r.row(row.Number, cells))
		case r.stray == 0 && answered(cells):
			r.stray = row.Number
		}
	}
	return rows, nil
}

var (
	findingID = regexp.MustCompile(`^[A-Za-z0-9]+-[0-9a-f]{12}$`)
	idNumber  = regexp.MustCompile(`^[0-9]{17}[0-9Xx]$`)
)

// answered says that a row gives a verdict on somebody, by its cells alone.
func answered(cells []string) bool {
	verdict, subject := false, false
	for _, text := range cells {
		text = norm.NFKC.String(text)
		verdict = verdict || slices.Contains(ledger.Verdicts, text)
		subject = subject || findingID.MatchString(text) || idNumber.MatchString(text)
	}
	return verdict && subject
}

// astray tells of answers above any header: renamed or deleted, nobody knows which
// column is which.
func (r *returnedSheet) astray() error {
	if r.stray == 0 {
		return nil
	}
	return fault.New(fault.FeedbackNoList, inReturned(r.file.Path, r.sheet.Name, r.stray),
		"把表头恢复成下发时的样子（须有“疑点编号”和“核查结论”）后再报；表头以上的各行没有登记。", errors.New("有核查结论，上方没有表头"))
}

// spread gives a row's texts, and to the rows of a merged range what its first
// cell says: who merged a household's cells answered for all of its members.
func (r *returnedSheet) spread(row table.Row) []string {
	cells := make([]string, len(row.Cells))
	for i, c := range row.Cells {
		cells[i] = strings.TrimPrefix(strings.TrimSpace(c.Text), "'")
		if c.Kind == table.Date { // without the time of day
			cells[i], _, _ = strings.Cut(cells[i], " ")
		}
	}
	for _, m := range r.sheet.Merges() {
		switch {
		case m.Row0 == m.Row1 || row.Number < m.Row0 || row.Number > m.Row1 || m.Col0 != m.Col1:
		case row.Number == m.Row0 && m.Col0 < len(cells):
			r.merged[m] = cells[m.Col0]
		case r.merged[m] != "":
			for len(cells) <= m.Col0 {
				cells = append(cells, "")
			}
			cells[m.Col0] = r.merged[m]
		}
	}
	return cells
}

// head folds a header: people break and space them to fit the column.
func head(text string) string {
	return strings.Join(strings.Fields(norm.NFKC.String(text)), "")
}

// findHeads finds the columns of a header row; nil for any other row.
func findHeads(cells []string) map[string][]int {
	found := map[string][]int{}
	for i, text := range cells {
		if name := head(text); slices.Contains(answerHeads, name) {
			found[name] = append(found[name], i)
		}
	}
	if len(found[headFinding]) == 0 || len(found[headVerdict]) == 0 {
		return nil
	}
	return found
}

// begin takes a header row. Two columns of one name could say two things, and
// without a name and a number nobody could tell that an answer slipped to
// another row.
func (r *returnedSheet) begin(found map[string][]int, row int) error {
	place := inReturned(r.file.Path, r.sheet.Name, row)
	for _, name := range answerHeads {
		if len(found[name]) > 1 {
			return fault.New(fault.FeedbackNoList, place, "删去多出的列后再报；此表没有登记。", fmt.Errorf("表头有 %d 个“%s”", len(found[name]), name))
		}
	}
	if found[headName] == nil && found[headIDNumber] == nil {
		return fault.New(fault.FeedbackNoList, place, "保留“姓名”“身份证号”列后再报；此表没有登记。", errors.New("表头没有“姓名”和“身份证号”，无从核对各行"))
	}
	r.columns = map[string]int{}
	for name, at := range found {
		r.columns[name] = at[0]
	}
	return nil
}

func (r *returnedSheet) row(number int, cells []string) ledger.Row {
	cell := func(name string) string {
		if at, ok := r.columns[name]; ok && at < len(cells) {
			return cells[at]
		}
		return ""
	}
	key := func(name string) *string {
		if _, ok := r.columns[name]; !ok {
			return nil
		}
		text := cell(name)
		return &text
	}
	// A town's CSV has no line above its table that tells its day: each row does. Without it
	// May's CSV dismissed what had come back in June, and June's was taken for May's.
	issued, run := r.issued, r.run
	if day := norm.NFKC.String(cell(headDay)); day != "" {
		issued, run = &day, 0
	}
	return ledger.Row{
		File: r.file.Path, Sheet: r.sheet.Name, RowNumber: number, FileSHA256: r.file.SHA256, Issued: issued, Run: run,
		FindingID: cell(headFinding), IDNumber: key(headIDNumber), Name: key(headName), HouseholdNo: key("户编号"), Town: key("镇"), Problem: key("问题"),
		Verdict: norm.NFKC.String(cell(headVerdict)), Measures: cell("整改措施"), Effect: cell("整改成效"), DoneOn: norm.NFKC.String(cell("完成日期")), Checker: cell("核查人"),
	}
}
