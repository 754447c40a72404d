package pipeline

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"hedui/matchers"
	"hedui/pipeline/ledger"
	"hedui/reports"
)

// manifestName is its file in the day's folder.
const manifestName = "manifest.json"

// Manifest is what a night did; it holds counts and file names, no person.
type Manifest struct {
	RunID        string       `json:"run_id"`
	AsOf         string       `json:"as_of"`
	StartedAt    time.Time    `json:"started_at"`
	FinishedAt   time.Time    `json:"finished_at"`
	Version      string       `json:"version"`
	ConfigSHA256 string       `json:"config_sha256"`
	Operator     string       `json:"operator,omitempty"`
	Accept       []string     `json:"accept,omitempty"` // what --accept was given
	Rosters      []Roster     `json:"rosters"`
	Holds        []Hold       `json:"holds"`                  // what is held tonight, and what was accepted
	IdleAccepts  []string     `json:"idle_accepts,omitempty"` // --accept of what was not held
	RowsRead     int64        `json:"rows_read"`              // with the next two: of tonight's files; not of a roster that did not come or was refused
	RowsLoaded   int64        `json:"rows_loaded"`
	RowsRejected int64        `json:"rows_rejected"`
	Persons      int64        `json:"persons"`
	Households   int64        `json:"households"`
	Rules        []RuleTold   `json:"rules"`
	Canaries     string       `json:"canaries,omitempty"` // right/all, such as 38/38; none where limits.canaries is false
	Findings     int64        `json:"findings"`
	New          int64        `json:"findings_new"`
	Cleared      int64        `json:"findings_cleared"`
	Ledger       ledger.Head  `json:"ledger"` // the chain's end after this night
	Inputs       []InputFile  `json:"inputs"` // every file of a roster, taken or not
	Sheets       []SheetTold  `json:"sheets,omitempty"`
	Files        []IssuedFile `json:"files"` // as they were issued: also under a password
	FileSeconds  []float64    `json:"-"`     // how long each of Files took to write
	Stages       []StageTime  `json:"stages"`
	Warnings     []string     `json:"warnings"`
	Error        string       `json:"error,omitempty"`
}

// Roster is what became of one kind tonight.
type Roster struct {
	Kind   string `json:"kind"`
	Label  string `json:"label"`
	Status string `json:"status"` // 新读入, 未变, 沿用上期 (the whole roster is held), 无
	Files  int    `json:"files"`
	Rows   int64  `json:"rows"`
	Added  int64  `json:"history_added"`
	Ended  int64  `json:"history_ended"`
}

// InputFile is a file of the inbox as the night found it.
type InputFile struct {
	Kind     string `json:"kind"`
	Path     string `json:"path"` // in the inbox
	SHA256   string `json:"sha256"`
	Modified string `json:"modified"` // the file's day
}

// SheetTold is the row account of a sheet that was read: Read is the sum of the others.
type SheetTold struct {
	Kind       string `json:"kind"`
	Path       string `json:"path"`
	Sheet      string `json:"sheet"`
	Read       int64  `json:"rows_read"`
	Loaded     int64  `json:"rows_loaded"`
	Rejected   int64  `json:"rows_rejected"`
	Structural int64  `json:"rows_structural"`
	Blank      int64  `json:"rows_blank"`
}

// IssuedFile is a report that the night wrote.
type IssuedFile struct {
	Path   string `json:"path"` // in the day's folder
	SHA256 string `json:"sha256"`
	Bytes  int64  `json:"bytes"`
}

// RuleTold is a rule's outcome in brief.
type RuleTold struct {
	ID       string          `json:"rule_id"`
	Name     string          `json:"name"`
	Status   matchers.Status `json:"status"`
	Reason   string          `json:"reason,omitempty"`
	Examined int             `json:"examined"`
	Found    int             `json:"found"`
	Seconds  float64         `json:"seconds"`
}

// StageTime is how long a stage took.
type StageTime struct {
	Stage   string  `json:"stage"`
	Seconds float64 `json:"seconds"`
}

// masked is the manifest without the names of people that departments' files may bear.
func (m Manifest) masked(mask *reports.Mask) Manifest {
	m.Warnings, m.Inputs, m.Sheets = slices.Clone(m.Warnings), slices.Clone(m.Inputs), slices.Clone(m.Sheets)
	for i, warning := range m.Warnings {
		m.Warnings[i] = mask.Text(warning)
	}
	for i := range m.Inputs {
		m.Inputs[i].Path = mask.Text(m.Inputs[i].Path)
	}
	for i := range m.Sheets {
		s := &m.Sheets[i]
		s.Path, s.Sheet = mask.Text(s.Path), mask.Text(s.Sheet)
	}
	return m
}

func (m *Manifest) tell(outcomes []matchers.Outcome) {
	for _, o := range outcomes {
		told := RuleTold{ID: o.Rule.ID, Name: o.Rule.Name, Status: o.Status, Reason: o.Reason, Seconds: o.Took.Seconds()}
		if len(o.Funnel) > 0 {
			told.Examined, told.Found = o.Funnel[0], o.Funnel[len(o.Funnel)-1]
		}
		m.Rules = append(m.Rules, told)
	}
}

// noteRun writes tonight's row of the run table. It says 已发布 because whoever
// reads the row in a published file reads it after publication; a night that
// fails before is rolled back with its row.
func (n *night) noteRun(ctx context.Context) error {
	text, err := json.Marshal(n.manifest)
	if err != nil {
		return fmt.Errorf("write manifest: %w", err)
	}
	m := &n.manifest
	_, err = n.w.Conn().ExecContext(ctx, `INSERT INTO run VALUES (?, ?::DATE, ?, ?, '已发布', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		m.RunID, m.AsOf, m.StartedAt, n.Now().UTC(), m.Version, m.ConfigSHA256, len(m.Files), m.RowsRead, m.RowsLoaded, m.RowsRejected,
		m.Persons, m.Households, m.Findings, m.New, m.Cleared, string(text))
	if err != nil {
		return fmt.Errorf("note run: %w", err)
	}
	return n.noteActivity(ctx, "run", map[string]any{"accept": n.Accept})
}
