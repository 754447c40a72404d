// Package reports writes what people read: workbooks and CSVs for each town,
// the notice's two forms, the district's lists. One output file each; all of
// them from finished tables.
//
// Glossary. report: one output file. scope: the district, or one town. form:
// one of the notice's attachments, in its printed shape.
//
// Invariants. No report computes a finding. Every query has a total order: the
// same tables give the same bytes. Whatever a department wrote stays text: no
// cell becomes a formula. Every workbook says that it is for checking only.
//
// ID numbers in CSVs. A spreadsheet that opens a CSV makes a number of 18
// digits and loses the last three. findings.csv and the towns' CSVs therefore
// put a tab before each ID number, which spreadsheets take as text and show as
// nothing; whoever reads by program trims the field. Tried in LibreOffice: a
// quoted field with a tab in front stays text, quotes alone do not help, and
// ="…" would be a formula. Other texts of digits that a spreadsheet would spoil
// (household numbers with a leading zero or of 12 digits and more) get the tab
// too; a text that would start a formula gets an apostrophe. rejects.csv needs
// no tab: its cells are JSON text already.
package reports

import (
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"sync"
	"time"

	"go.yaml.in/yaml/v3"
)

//go:embed queries/*.sql
var queries embed.FS

// disclaimer stands on every workbook.
const disclaimer = "仅供核查使用，不作为停发依据"

// Scope is what a report is about: one town, or the district where Town is empty.
type Scope struct{ Town string }

// Report is one output file.
type Report struct {
	Name  string // path under the day's folder, with slashes
	Scope Scope
	Write Write
}

// laidOut reads what a report is laid out by, a YAML file that is built into the program, when
// it is first asked for.
func laidOut[T any](name string, text []byte) func() (T, error) {
	return sync.OnceValues(func() (T, error) {
		var layout T
		if err := yaml.Unmarshal(text, &layout); err != nil {
			return layout, fmt.Errorf("read %s: %w", name, err)
		}
		return layout, nil
	})
}

// Write writes a report out of the night's tables.
type Write func(ctx context.Context, db *sql.Conn, w io.Writer, town string) error

// Settings are the reports' share of the configuration.
type Settings struct {
	Categories      []string // the kinds of finding, in the order in which reports show them
	Verdicts        []string // what a visit can find, for a clerk to choose from
	District        string
	Department      string
	AsOf            time.Time
	Run             int       // which of the day's runs it is, from 1
	Due             time.Time // 完成时限; zero: as the notice prints it
	CountEliminated bool      // risk-eliminated households count in Attachment 1
	WatchBelow      float64   // a rule whose precision is surely lower goes to 观察; 0: none
	Retention       Retention
	Password        string  // under which the files leave; empty: they are open
	Temp            string  // folder for what large workbooks put aside; empty: the system's
	Mask            *Mask   // nil: names and numbers are told whole
	Stages          []Stage // of the campaign, in their order
	// Originals sees to it that the rows that 数据质量 tells of stand in original_row as they were
	// sent: the departments' files are read once more, beside the other reports.
	Originals func() error
}

// Retention is how many days things are kept.
type Retention struct{ RejectsDays, HistoryDays, OutDays int }

const districtFolder = "全区"

// All lists the files of one day's folder: the district's, then each town's.
func All(ctx context.Context, db *sql.Conn, s Settings) ([]Report, error) {
	if err := prepare(ctx, db, s); err != nil {
		return nil, err
	}
	towns, err := collect(ctx, db, "towns", func(t *string) []any { return []any{t} })
	if err != nil {
		return nil, err
	}
	made := []Report{
		{Name: "overview.html", Write: s.writePage},
		{Name: districtFolder + "/findings.csv", Write: writeFindings},
		{Name: districtFolder + "/rejects.csv", Write: writeRejects},
		{Name: districtFolder + "/问题台账.xlsx", Write: s.writeLedger},
		{Name: districtFolder + "/数据质量.xlsx", Write: s.writeQuality},
		{Name: districtFolder + "/排查情况统计表.xlsx", Write: s.writeStatistics},
		{Name: districtFolder + "/核查问题清单.xlsx", Write: s.writeChecklist},
	}
	folders := newFolders()
	for _, town := range towns {
		folder, scope := folders.take(town), Scope{Town: town}
		for _, category := range s.Categories {
			made = append(made, Report{Name: folder + "/" + category + ".csv", Scope: scope, Write: writeCategory(category)})
		}
		made = append(made,
			Report{Name: fmt.Sprintf("%s/%s_问题台账_%s.xlsx", folder, folder, s.AsOf.Format(time.DateOnly)), Scope: scope, Write: s.writeLedger},
			Report{Name: folder + "/入户核查表.xlsx", Scope: scope, Write: s.writeVisits},
			Report{Name: folder + "/排查情况统计表.xlsx", Scope: scope, Write: s.writeStatistics})
	}
	// Last, for it tells of all the others.
	made = append(made, Report{Name: districtFolder + "/比对说明书.docx"})
	made = s.pack(made)
	made[len(made)-1].Write = s.writeProtocol(made)
	return s.guarded(made), nil
}

// pack puts each folder's plain files into one, where they leave under a password.
func (s Settings) pack(made []Report) []Report {
	if s.Password == "" {
		return made
	}
	var packed []Report
	plain := map[string][]Report{}
	for _, r := range made {
		folder := path.Dir(r.Name)
		switch {
		case path.Ext(r.Name) != ".csv":
			packed = append(packed, r)
			continue
		case plain[folder] == nil:
			packed = append(packed, Report{Name: folder + "/" + folder + packedName, Scope: r.Scope})
		}
		plain[folder] = append(plain[folder], r)
	}
	for i, r := range packed {
		if members := plain[path.Dir(r.Name)]; path.Ext(r.Name) == ".zip" {
			packed[i].Write = lockedZIP(members, s.Password, s.AsOf)
		}
	}
	return packed
}

// packedName ends the name of the ZIP that holds a folder's CSVs.
const packedName = "_CSV.zip"

// guarded masks and locks what the settings want so. overview.html stays open: it
// tells of no person.
func (s Settings) guarded(made []Report) []Report {
	for i, r := range made {
		made[i].Write = s.guard(r.Write, path.Ext(r.Name))
	}
	return made
}

func (s Settings) guard(write Write, extension string) Write {
	if s.Mask != nil {
		write = s.Mask.over(write)
	}
	if s.Password != "" && (extension == ".xlsx" || extension == ".docx") {
		write = sealed(write, s.Password)
	}
	return write
}

// prepare makes the tables that the reports share.
func prepare(ctx context.Context, db *sql.Conn, s Settings) error {
	if err := s.set(ctx, db); err != nil {
		return err
	}
	for _, name := range []string{"prepare", "work", "quality", "statistics"} {
		if err := execute(ctx, db, name); err != nil {
			return err
		}
	}
	return nil
}

// set tells the queries the settings and the words that they share.
func (s Settings) set(ctx context.Context, db *sql.Conn) error {
	categories, err := json.Marshal(s.Categories)
	if err != nil {
		return fmt.Errorf("list categories: %w", err)
	}
	err = execute(ctx, db, "setting", sql.Named("watch_below", s.WatchBelow), sql.Named("count_eliminated", s.CountEliminated), sql.Named("categories", string(categories)))
	if err != nil {
		return err
	}
	return execute(ctx, db, "words")
}

// execute runs a file of statements. Its last one alone is given the arguments: so the
// driver has it.
func execute(ctx context.Context, db *sql.Conn, name string, args ...any) error {
	statements, err := query(name)
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, statements, args...); err != nil {
		return fmt.Errorf("execute %s: %w", name, err)
	}
	return nil
}

func query(name string) (string, error) {
	text, err := queries.ReadFile("queries/" + name + ".sql")
	if err != nil {
		return "", fmt.Errorf("read query: %w", err)
	}
	return string(text), nil
}
