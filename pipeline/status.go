package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"github.com/gofrs/flock"

	"hedui/pipeline/fault"
)

// The states of a night, as Status tells them.
const (
	StateNone    = "none"    // there was no night yet
	StateRunning = "running" // in the file alone: begun; nobody holds the lock: broken off
	StateGood    = "good"
	StateWarned  = "warnings" // published, with warnings
	StateFailed  = "failed"   // nothing was published
	StateBroken  = "broken"   // killed: it never told how it ended
	StateLocked  = "locked"   // to notify alone: another night was under way
)

// Outcome is how a night ended: what monitoring and the notify command are told. It
// has counts and codes alone; names of files and what is in them stand in the log.
type Outcome struct {
	State        string    `json:"state"`
	Exit         int       `json:"run_exit"` // of hedui run
	RunID        string    `json:"run_id,omitempty"`
	AsOf         string    `json:"as_of,omitempty"`
	StartedAt    time.Time `json:"started_at,omitzero"`
	FinishedAt   time.Time `json:"finished_at,omitzero"`
	Version      string    `json:"version,omitempty"`
	Code         string    `json:"code,omitempty"`  // of the fault that ended it
	Stage        string    `json:"stage,omitempty"` // the last that was done
	RowsRead     int64     `json:"rows_read"`
	RowsLoaded   int64     `json:"rows_loaded"`
	RowsRejected int64     `json:"rows_rejected"`
	Persons      int64     `json:"persons"`
	Households   int64     `json:"households"`
	Findings     int64     `json:"findings"`
	New          int64     `json:"findings_new"`
	Cleared      int64     `json:"findings_cleared"`
	Warnings     int       `json:"warnings"`
	Held         []Held    `json:"held,omitempty"`
	// LastGood is when a night last published; the zero time: never yet.
	LastGood time.Time `json:"last_good,omitzero"`
}

// Held is a roster, or a town of it, whose last snapshot stayed in force.
type Held struct {
	Kind  string `json:"kind"`
	Town  string `json:"town,omitempty"`
	Since string `json:"since"`
}

// Status is the last night's outcome, and how old what is published is now.
type Status struct {
	Outcome
	Running bool  `json:"running"`
	Age     int64 `json:"age_seconds"` // since LastGood; -1 where that is never
	Stale   bool  `json:"stale"`
}

func statusFile(c *Config) string { return c.Paths.Warehouse + ".status.json" }

// ReadStatus tells of the last night. It needs no lock: it answers while a night is
// under way. What is published is stale when it is older than maxAge; 0: never.
func ReadStatus(c *Config, now time.Time, maxAge time.Duration) (*Status, error) {
	s := &Status{Outcome: Outcome{State: StateNone}, Age: -1}
	text, err := os.ReadFile(statusFile(c))
	if err == nil {
		err = json.Unmarshal(text, &s.Outcome)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.RunStatus, statusFile(c), "检查文件权限；下一次 hedui run 会重写它。", fmt.Errorf("read status: %w", err))
	}
	if s.Running, err = lockHeld(c.Paths.Warehouse); err != nil {
		return nil, fault.New(fault.RunStatus, c.Paths.Warehouse+".lock", "检查文件权限。", fmt.Errorf("look at lock: %w", err))
	}
	if s.State == StateRunning && !s.Running {
		s.State, s.Exit = StateBroken, fault.ExitFailed
	}
	if !s.LastGood.IsZero() {
		age := max(now.Sub(s.LastGood), 0) // a clock that was put back
		s.Age, s.Stale = int64(age/time.Second), maxAge > 0 && age > maxAge
	}
	return s, nil
}

// lockHeld says whether somebody holds the lock; it does not make the lock's file.
func lockHeld(warehouse string) (bool, error) {
	if _, err := os.Stat(warehouse + ".lock"); errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	l := flock.New(warehouse+".lock", flock.SetFlag(os.O_RDONLY))
	free, err := l.TryRLock()
	if err != nil {
		return false, err
	}
	return !free, l.Close()
}

// outcome is what is told of the night, which ended with err.
func (n *night) outcome(err error) Outcome {
	m := &n.manifest
	o := Outcome{State: StateGood, RunID: m.RunID, AsOf: m.AsOf, StartedAt: m.StartedAt, FinishedAt: m.FinishedAt, Version: m.Version,
		RowsRead: m.RowsRead, RowsLoaded: m.RowsLoaded, RowsRejected: m.RowsRejected, Persons: m.Persons, Households: m.Households,
		Findings: m.Findings, New: m.New, Cleared: m.Cleared, Warnings: len(m.Warnings), LastGood: n.lastGood}
	for _, h := range m.Holds {
		if h.Accepted == "" {
			o.Held = append(o.Held, Held{Kind: h.Kind, Town: h.Town, Since: h.Since})
		}
	}
	if len(m.Stages) > 0 {
		o.Stage = m.Stages[len(m.Stages)-1].Stage
	}
	f := fault.Of(err)
	switch {
	case err != nil:
		o.State, o.Exit = StateFailed, fault.Exit(err)
		if f != nil {
			o.Code = string(f.Code)
		}
		if o.Exit == fault.ExitLocked {
			o.State = StateLocked
		}
	case len(m.Warnings) > 0:
		o.State, o.Exit, o.LastGood = StateWarned, fault.ExitInput, m.FinishedAt.Add(-n.behind)
	default:
		o.LastGood = m.FinishedAt.Add(-n.behind)
	}
	return o
}

// begin notes, with the lock held, that a night is under way: killed, it leaves that
// note for ReadStatus.
func (n *night) begin() error {
	if last, err := ReadStatus(n.Config, n.Now(), 0); err == nil { // one that cannot be read is written anew
		n.lastGood = last.LastGood
	}
	o := n.outcome(nil)
	o.State, o.LastGood = StateRunning, n.lastGood
	return n.noteStatus(o)
}

// noteStatus writes the status file, whole. A dry run leaves it alone.
func (n *night) noteStatus(o Outcome) error {
	if n.DryRun || o.State == StateLocked {
		return nil
	}
	path := statusFile(n.Config)
	temp := path + ".new"
	err := writeWhole(temp, func(w io.Writer) error { return json.NewEncoder(w).Encode(o) })
	if err == nil {
		err = rename(temp, path)
	}
	if err != nil {
		return fault.New(fault.RunStatus, path, "检查磁盘空间和文件夹权限。", err)
	}
	return nil
}
