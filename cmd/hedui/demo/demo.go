// Package demo makes a synthetic district to try hedui on: eight rosters of
// two months, as departments would send them, about people who do not exist.
//
// A district is a stream of families. First come the planted ones: short,
// hand-made cases that hit every rule and stand beside every exception, each
// with what hedui must find written next to it. Then come ordinary families,
// made so that no rule names them, with now and then a case among them, so that
// one person in twenty to thirty has a finding. Every family is written to both
// months' files at once and forgotten; what is kept are the numbers given out,
// the damage done, and the sheets of workbooks not yet closed.
//
// Glossary. family: people under one roof with their roster rows of both months.
// case: a family made to show one rule or one exception. want: what the June run
// must find in a case. dirt: what a department's hands and spreadsheets do to a
// row when it is written; the row itself stays clean, so the tests can compute
// from clean rows what hedui must find in the dirty files. damage: dirt on an ID
// number that costs digits. layout: the shape of one kind's files.
//
// Invariants. Only region codes 130890–130899, which GB/T 2260 never assigned.
// Every ID number is given out once. The same options write the same bytes.
// Damage that can be repaired by rules.md, Identity, stands on a person whose
// number is intact in another roster; damage that cannot stands only where no
// rule but DQ01 can see it.
package demo

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Options of a district.
type Options struct {
	Persons int    // how many people, about; 0 is 20,000; never fewer than the planted cases have
	Dirty   bool   // files as departments send them, instead of clean tables
	Seed    uint64 // the same seed makes the same district
}

// Summary tells what was written.
type Summary struct {
	Persons  int // people, in all rosters together
	Families int
	Cases    int // families made to show a rule or an exception
	Towns    []string
	Months   []Month  // in order
	Damage   []Damage // of the last month: what no reader could know from clean rows
}

// Month is one snapshot of the eight rosters.
type Month struct {
	AsOf  string         // the day to run for, 2006-01-02
	Inbox string         // relative to the district's folder
	Files int            // that claim to be rosters
	Rows  map[string]int // by kind
}

// Damage is a data-quality finding that a district owes to its dirt, planted or thrown.
type Damage struct {
	Rule string // DQ01: one row; DQ03, DQ04: the person with ID
	Kind string // the roster that it stands in
	ID   string // the person's true number
	Town string
	Name string // as the clean row has it
}

const defaultPersons = 20000

// The two days that a district's snapshots speak about.
const (
	mayDay  = day(20210510)
	juneDay = day(20210610)
)

// ErrNotEmpty says that a folder already has a district, or something else, in
// its inboxes. Nothing was written: old rosters among new ones would be read.
var ErrNotEmpty = errors.New("收件夹里已有文件，请换一个文件夹或先移走原有文件")

// Generate writes a district into dir: config.yaml, 2021-05/inbox and
// 2021-06/inbox. Both inboxes must be empty or not there yet. The error names
// the file that could not be written.
func Generate(dir string, opt Options) (*Summary, error) {
	return generate(dir, opt, nil)
}

// generate is Generate with a witness, which is shown every family before dirt.
func generate(dir string, opt Options, witness func(*family)) (*Summary, error) {
	if opt.Persons <= 0 {
		opt.Persons = defaultPersons
	}
	district := newDistrict(opt)
	months := []*month{newMonth(dir, mayDay, district), newMonth(dir, juneDay, district)}
	for _, m := range months {
		if err := m.prepare(); err != nil {
			return nil, err
		}
	}
	sum := &Summary{}
	err := district.families(func(f *family) error {
		if witness != nil {
			witness(f)
		}
		sum.Families++
		sum.Persons += len(f.people)
		if f.label != "" {
			sum.Cases++
		}
		damage := spoil(f, opt)
		sum.Damage = append(sum.Damage, damage...)
		for _, m := range months {
			if err := m.write(f); err != nil {
				return err
			}
		}
		return nil
	})
	for _, m := range months {
		closed := m.close()
		if err == nil {
			err = closed
		}
		sum.Months = append(sum.Months, m.summary())
	}
	if err != nil {
		return nil, err
	}
	for _, t := range district.towns {
		sum.Towns = append(sum.Towns, t.name)
	}
	if err := os.WriteFile(filepath.Join(dir, "config.yaml"), []byte(config(district.towns)), 0o644); err != nil {
		return nil, fmt.Errorf("write config.yaml: %w", err)
	}
	return sum, nil
}
