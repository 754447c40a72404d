// Package fault is the error an operator reads in the morning: what happened
// (a stable code), where (file, sheet, row) and what to do about it. Everything
// below the command line may return one; the command line alone turns it into
// an exit status.
//
// Glossary. code: the stable name of a fault, such as E-SRC-03, which never
// changes its meaning. place: the file, sheet and row it is about. remedy: the
// sentence in Chinese that says what the operator does next.
//
// Invariant: place, remedy and error text never hold a full ID number or a
// person's name.
package fault

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"unicode"
)

// Code names one kind of fault; it is printed, logged and documented, and keeps
// its meaning for ever.
type Code string

// The codes. The letters after E- tell the exit status (see Code.Exit).
const (
	ConfigUnreadable Code = "E-CFG-01" // config.yaml missing or not YAML
	ConfigUnknownKey Code = "E-CFG-02" // a key that no part of the program reads
	ConfigBadValue   Code = "E-CFG-03" // a wrong type or an impossible value
	ConfigClaim      Code = "E-CFG-04" // one file claimed by two kinds
	ConfigMissing    Code = "E-CFG-05" // a folder or setting the run cannot do without
	Usage            Code = "E-CFG-06" // the command line is wrong
	ConfigRule       Code = "E-CFG-07" // a local rule, or the folder of them, cannot be taken

	SourceUnreadable Code = "E-SRC-01" // the file cannot be opened or is damaged
	SourcePassword   Code = "E-SRC-02" // the workbook asks for a password
	SourceColumn     Code = "E-SRC-03" // a required column is missing
	SourceUnclaimed  Code = "E-SRC-04" // a file in the inbox that no kind claims
	SourceNoTable    Code = "E-SRC-05" // no header row was found on any sheet
	SourceAmbiguous  Code = "E-SRC-06" // two columns claim one canonical column
	SourceFormat     Code = "E-SRC-07" // a format the reader does not know
	SourceLimit      Code = "E-SRC-08" // larger than the limits allow
	SourceRejects    Code = "E-SRC-09" // more rows rejected than limits.reject_rate
	SourceRepeated   Code = "E-SRC-10" // the same roster came twice
	SourceHeld       Code = "E-SRC-11" // tonight's roster is missing; the last one stays in force, or there is no roster at all and never was
	SourceShrunk     Code = "E-SRC-12" // a roster or a town of it shrank by more than limits.shrink_rate
	SourceTown       Code = "E-SRC-13" // a roster lacks a town that it had
	SourceStale      Code = "E-SRC-14" // a roster's file is older than limits.stale_days
	SourceNoFile     Code = "E-SRC-15" // a link, a pipe, a device or a socket where a file should be
	SourceChanged    Code = "E-SRC-16" // a file changed while it was read
	SourceHeadless   Code = "E-SRC-17" // rows with ID numbers stand under no header and were not read
	SourceEditions   Code = "E-SRC-18" // two editions of a roster lie side by side
	SourceStrays     Code = "E-SRC-19" // a column that no header claims holds people who were not read
	SourceElsewhere  Code = "E-SRC-20" // people of another programme, or not granted, stand in the roster and were left out
	SourceRemark     Code = "E-SRC-21" // a remark speaks of an end, and the row counts as in force
	SourceHouseholds Code = "E-SRC-22" // a sheet's household numbers are for the most part unreadable
	SourceStruck     Code = "E-SRC-23" // a row is struck out, and counts
	SourceSilent     Code = "E-SRC-24" // of a household the first row alone is stopped, and the others, which say nothing, count
	SourceEmptied    Code = "E-SRC-25" // a column that was filled for the most part is blank throughout
	SourceUnpaired   Code = "E-SRC-26" // households of a provincial export that were not joined to their persons

	FeedbackNoID       Code = "E-FBK-01" // an answer without a finding's id
	FeedbackUnknown    Code = "E-FBK-02" // an id that the ledger does not have
	FeedbackKey        Code = "E-FBK-03" // the row's keys are not those of its finding
	FeedbackNoVerdict  Code = "E-FBK-04" // measures, effect or day without a verdict
	FeedbackBadVerdict Code = "E-FBK-05" // not one of the verdicts
	FeedbackBadDay     Code = "E-FBK-06" // no day, or one to come
	FeedbackTwice      Code = "E-FBK-07" // two answers to one finding
	FeedbackSpent      Code = "E-FBK-08" // the finding was reopened, or what would be dismissed has changed, since the sheet was issued
	FeedbackNoList     Code = "E-FBK-09" // no sheet, or one that cannot be told apart

	RunAccount   Code = "E-RUN-01" // the row account does not add up
	RunWarehouse Code = "E-RUN-02" // the warehouse cannot be opened or written
	RunRule      Code = "E-RUN-03" // a rule does not compile or does not run
	RunReport    Code = "E-RUN-04" // a report cannot be written
	RunPublish   Code = "E-RUN-05" // publication failed; the old files stand
	RunBackwards Code = "E-RUN-06" // as_of before the last run's
	RunStopped   Code = "E-RUN-07" // stopped by a signal

	PublishedUnreadable Code = "E-RUN-08" // the published file cannot be opened
	NobodyFound         Code = "E-RUN-09" // nobody in the published file by that number or name
	RunCanary           Code = "E-RUN-10" // a rule missed a canary, or found one that it must not
	AuditBroken         Code = "E-RUN-11" // the ledger, or a file that a run issued, is not as it was written
	RunDamaged          Code = "E-RUN-12" // the warehouse's file is not what was written last
	RunClock            Code = "E-RUN-13" // the clock was set back since the last run
	RunAccess           Code = "E-RUN-15" // a file's permissions cannot be set, or are such that the log takes nothing
	RunStatus           Code = "E-RUN-14" // the status file cannot be written or read
	RunNotify           Code = "E-RUN-16" // the notify command failed; the night is as it was
	RunReissue          Code = "E-RUN-17" // what a run issued was not kept, or is damaged
	RunWritten          Code = "E-RUN-18" // somebody wrote in a day's folder before the day was run again

	Locked Code = "E-LCK-01" // another run holds the lock
)

// Exit statuses of the program, for cron.
const (
	ExitGood   = 0 // all well
	ExitFailed = 1 // the run failed, nothing was published
	ExitUsage  = 2 // usage or configuration
	ExitInput  = 3 // published, but some input was refused or unclaimed
	ExitLocked = 4 // another run holds the lock
)

// Exit is the status that a program ended by this fault returns.
func (c Code) Exit() int {
	switch {
	case strings.HasPrefix(string(c), "E-CFG"):
		return ExitUsage
	case strings.HasPrefix(string(c), "E-SRC"), strings.HasPrefix(string(c), "E-FBK"):
		return ExitInput
	case strings.HasPrefix(string(c), "E-LCK"):
		return ExitLocked
	}
	return ExitFailed
}

// Fault is an error with its code, its place and its remedy.
type Fault struct {
	Code   Code
	Place  string // 《file》工作表“sheet”第 n 行, as far as it is known
	Remedy string // what the operator does about it, in Chinese
	Err    error  // the cause; may be nil
}

// Place names a file, its sheet unless that is empty, and its row unless that is 0.
func Place(file, sheet string, row int) string {
	place := "《" + file + "》"
	if sheet != "" {
		place += "工作表“" + sheet + "”"
	}
	if row > 0 {
		place += fmt.Sprintf("第 %d 行", row)
	}
	return place
}

// New wraps err, which may be nil, as a fault.
func New(code Code, place, remedy string, err error) *Fault {
	return &Fault{Code: code, Place: place, Remedy: remedy, Err: err}
}

// Error is one line: code, place, cause, remedy. What departments wrote in it is plain.
func (f *Fault) Error() string {
	parts := []string{string(f.Code)}
	if f.Place != "" {
		parts = append(parts, Plain(f.Place))
	}
	if cause := f.cause(); cause != "" {
		parts = append(parts, Plain(cause))
	}
	if f.Remedy != "" {
		parts = append(parts, "处理办法："+Plain(f.Remedy))
	}
	return strings.Join(parts, "｜")
}

// systemWords tell what the system says of a file or folder.
var systemWords = []struct {
	err  error
	told string
}{{fs.ErrNotExist, "没有这个文件或文件夹"}, {fs.ErrPermission, "没有权限"}, {syscall.ENOSPC, "磁盘已满"}}

// cause is what an operator reads of Err. Of what a department sent the remedy says what is wrong,
// and a reader's English words say no more to anybody but whoever debugs it: they are in the log.
// A failed run is told whole.
func (f *Fault) cause() string {
	if f.Err == nil {
		return ""
	}
	text := f.Err.Error()
	if f.Code.Exit() != ExitInput && f.Code.Exit() != ExitUsage {
		return text
	}
	for _, w := range systemWords {
		if errors.Is(f.Err, w.err) {
			return w.told
		}
	}
	if f.Code.Exit() == ExitUsage {
		return text
	}
	at := strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
	if at < 0 {
		return ""
	}
	if wrap := strings.LastIndex(text[:at], ": "); wrap >= 0 {
		return text[wrap+len(": "):]
	}
	return text
}

// Told is what an operator reads of an error: of a fault its line, without what was wrapped around it.
func Told(err error) string {
	if f := Of(err); f != nil {
		return f.Error()
	}
	return err.Error()
}

// Unwrap gives the cause.
func (f *Fault) Unwrap() error { return f.Err }

// Of gives the outermost fault in err's chain, or nil.
func Of(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}

// Exit is the exit status for err: 0 for nil, the code's for a fault, 1 else.
func Exit(err error) int {
	if err == nil {
		return ExitGood
	}
	if f := Of(err); f != nil {
		return f.Code.Exit()
	}
	return ExitFailed
}
