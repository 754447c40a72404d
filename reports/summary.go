package reports

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"
)

//go:embed summary.yaml
var summaryYAML []byte

// summaryForm is summary.yaml.
type summaryForm struct {
	Title, Subtitle string
	Sections        []summarySection
	Signature       []string
	Annexes         []summarySection
}

type summarySection struct {
	Heading, List, Caption, Table, Note string
	Text                                []string
}

var summary = laidOut[summaryForm]("summary.yaml", summaryYAML)

// Period is the days from First to Last, both of them within.
type Period struct{ First, Last time.Time }

// summaryFigures are what the texts of summary.yaml name. Findings about the
// quality of the data are Faults, and in none of the other counts.
type summaryFigures struct {
	Settings
	From, To, FirstRun, LastRun string
	Runs, Persons, Households   int64
	Rules, Evaluated, Unspoken  int64
	Held                        string // empty: none
	Carried, New, Again, Faults int64
	Reasons, Pending            string // of the findings dismissed; answers that leave one open
	states                      map[string]*summaryState
}

// summaryState is how many findings stand in a state on the last day.
type summaryState struct{ Findings, Households, Persons int64 }

// Of gives the findings in a state; nil where there are none.
func (f summaryFigures) Of(state string) *summaryState { return f.states[state] }

// Count is how many findings are in a state.
func (f summaryFigures) Count(state string) int64 {
	if s := f.states[state]; s != nil {
		return s.Findings
	}
	return 0
}

// Found is how many findings stood open in the period.
func (f summaryFigures) Found() int64 { return f.Count("全部") }

// Left is how many of them are neither explained nor put right.
func (f summaryFigures) Left() int64 { return f.Count("待核实") + f.Count("属实待整改") }

// summaryColumns are the tables that the sections name, each out of its query.
var summaryColumns = map[string][]cells{
	"rosters": {{"名册", 40, styleCell}, {"首次行数", 15, styleFigure}, {"末次行数", 15, styleFigure}, {"内容更新次数", 15, styleFigure}, {"末次情况", 20, styleFigure}},
	"money":   {{"类别", 18, styleFigure}, {"疑点涉及", 18, styleFigure}, {"待核实", 18, styleFigure}, {"属实", 16, styleFigure}, {"其中整改完成", 16, styleFigure}, {"不属实和已消除", 18, styleFigure}},
	"ages": {{"镇", 18, styleFigure}, {"未了结", 11, styleFigure}, {"待核实※", 11, styleFigure}, {"属实待整改", 12, styleFigure},
		{"7天以内", 11, styleFigure}, {"8至30天", 11, styleFigure}, {"31至90天", 12, styleFigure}, {"超过90天", 12, styleFigure}},
	"towns": {{"镇", 17, styleFigure}, {"疑点", 10, styleFigure}, {"涉及户", 9, styleFigure}, {"待核实※", 10, styleFigure}, {"属实", 8, styleFigure}, {"其中整改完成", 10, styleFigure},
		{"不属实", 9, styleFigure}, {"已消除", 9, styleFigure}, {"核查率", 10, styleFigure}, {"整改率", 10, styleFigure}},
	"rules": {{"规则", 9, styleFigure}, {"问题", 32, styleCell}, {"疑点", 10, styleFigure}, {"户数", 8, styleFigure}, {"人数", 8, styleFigure}, {"待核实※", 10, styleFigure},
		{"属实", 8, styleFigure}, {"其中整改完成", 10, styleFigure}, {"不属实", 9, styleFigure}, {"已消除", 9, styleFigure}},
	"unspoken": {{"规则", 54, styleCell}, {"情况", 12, styleFigure}, {"原因", 34, styleCell}},
}

// WriteSummary writes 总结报告 of a period out of an analysts' file that the
// connection has under the name published: counts alone, no person. towns are
// the official ones in their order. A period without a run is an error.
func (s Settings) WriteSummary(ctx context.Context, db *sql.Conn, w io.Writer, period Period, towns []string) error {
	form, err := summary()
	if err != nil {
		return err
	}
	if err := s.prepareSummary(ctx, db, period, towns); err != nil {
		return err
	}
	figures, err := s.summaryFigures(ctx, db, period)
	if err != nil {
		return err
	}
	p := &paper{figures: figures}
	p.add(styleTitle, form.Title)
	p.add(styleSubtitle, form.Subtitle)
	for _, section := range form.Sections {
		if err := p.section(ctx, db, section); err != nil {
			return err
		}
	}
	for _, line := range form.Signature {
		p.add(styleSignature, line)
	}
	for i, annex := range form.Annexes {
		p.breakPage = i == 0
		if err := p.section(ctx, db, annex); err != nil {
			return err
		}
	}
	if p.err != nil {
		return p.err
	}
	return p.save(w)
}

func (s Settings) prepareSummary(ctx context.Context, db *sql.Conn, period Period, towns []string) error {
	names, err := json.Marshal(towns)
	if err != nil {
		return fmt.Errorf("list towns: %w", err)
	}
	day := func(t time.Time) string { return t.Format(time.DateOnly) }
	if err := execute(ctx, db, "summary_period", sql.Named("first_day", day(period.First)), sql.Named("last_day", day(period.Last))); err != nil {
		return err
	}
	if err := execute(ctx, db, "summary_town", sql.Named("towns", string(names))); err != nil {
		return err
	}
	if err := s.set(ctx, db); err != nil {
		return err
	}
	return execute(ctx, db, "summary_prepare")
}

func (s Settings) summaryFigures(ctx context.Context, db *sql.Conn, period Period) (summaryFigures, error) {
	f := summaryFigures{Settings: s, From: chineseDay(period.First), To: chineseDay(period.Last), states: map[string]*summaryState{}}
	if f.Department == "" {
		f.Department = "________"
	}
	statement, err := query("summary_figures")
	if err != nil {
		return f, err
	}
	var first, last time.Time
	var held, reasons, pending sql.NullString
	err = db.QueryRowContext(ctx, statement).Scan(&f.Runs, &first, &last, &f.Persons, &f.Households, &f.Rules, &f.Evaluated, &f.Unspoken, &held,
		&f.Carried, &f.New, &f.Again, &f.Faults, &reasons, &pending)
	if err != nil {
		return f, fmt.Errorf("count for the summary: %w", err)
	}
	f.FirstRun, f.LastRun = chineseDay(first), chineseDay(last)
	f.Held, f.Reasons, f.Pending = held.String, reasons.String, pending.String
	type labelled struct {
		label string
		summaryState
	}
	states, err := collect(ctx, db, "summary_states", func(s *labelled) []any { return []any{&s.label, &s.Findings, &s.Households, &s.Persons} })
	for _, s := range states {
		f.states[s.label] = &s.summaryState
	}
	return f, err
}

// section writes one; a text that comes out empty is left out.
func (p *paper) section(ctx context.Context, db *sql.Conn, section summarySection) error {
	if section.Heading != "" {
		p.add(styleHeading1, section.Heading)
	}
	for _, text := range section.Text {
		p.add(styleText, text)
	}
	if section.List != "" {
		if err := p.categories(ctx, db, "summary_"+section.List); err != nil {
			return err
		}
	}
	if section.Table == "" {
		return nil
	}
	rows, err := tableRows(ctx, db, "summary_"+section.Table, len(summaryColumns[section.Table]))
	if err != nil || len(rows) == 0 {
		return err
	}
	p.add(styleCaption, section.Caption)
	p.table(summaryColumns[section.Table], rows)
	if section.Note != "" {
		p.add(styleNote, section.Note)
	}
	return nil
}

// numerals number the categories.
var numerals = []string{"一", "二", "三", "四", "五", "六"}

// categories writes a paragraph a category: what each of its rules found, and where.
func (p *paper) categories(ctx context.Context, db *sql.Conn, name string) error {
	type rule struct {
		category, name, level, towns              string
		households, persons, findings, unverified int64
	}
	rules, err := collect(ctx, db, name, func(r *rule) []any {
		return []any{&r.category, &r.name, &r.level, &r.households, &r.persons, &r.towns, &r.findings, &r.unverified}
	})
	if err != nil {
		return err
	}
	type told struct {
		category             string
		statements           []string
		findings, unverified int64
	}
	var all []told
	for _, r := range rules {
		if len(all) == 0 || all[len(all)-1].category != r.category {
			all = append(all, told{category: r.category})
		}
		t := &all[len(all)-1]
		count := fmt.Sprintf("%d户%d人", r.households, r.persons)
		if r.level == "person" {
			count = fmt.Sprintf("%d人", r.persons)
		}
		t.statements = append(t.statements, fmt.Sprintf("%d.%s%s（%s）", len(t.statements)+1, suspected(r.name), count, r.towns))
		t.findings, t.unverified = t.findings+r.findings, t.unverified+r.unverified
	}
	for i, t := range all {
		p.document.add(styleHeading2, fmt.Sprintf("（%s）%s", numerals[i], t.category))
		doubt := ""
		if t.unverified > 0 {
			doubt = fmt.Sprintf("其中%d个为比对疑点，待核实。", t.unverified)
		}
		p.document.addf("疑点%d个：%s。%s", t.findings, strings.Join(t.statements, "；"), doubt)
	}
	return nil
}
