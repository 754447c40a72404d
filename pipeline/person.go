package pipeline

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/sources/idnumber"
	"hedui/sources/roster"
)

//go:embed person.sql
var whoSQL string

//go:embed person_versions.sql
var versionsSQL string

// Who is a person as the rosters call one; what they do not tell is empty.
type Who struct {
	PersonID                             string // the ID number, or ? and a hash where nobody could read it
	IDNumber, Name, OtherNames           string
	Sex, BirthDate, Age                  string
	Town, Village, HouseholdNo, Relation string
	Quality                              string // of the ID number: exact, repaired, suspect, unresolved
	Listed                               bool   // stands in a roster, or left dibao or tekun lately
}

// Dossier is everything that a published file knows of one person.
type Dossier struct {
	PublishedNight
	Who
	Words      []string // those that hold, in Chinese
	Households []HouseholdOf
	Rosters    []RosterOf
	Rules      []RuleOf
	Others     []AnswerOf // findings in the ledger that no rule's answer tells of
}

// HouseholdOf is a household of the person, with its words and members.
type HouseholdOf struct {
	Kind    string // 建档立卡户 or 低保户
	Facts   []Cell
	Words   []string // those that hold
	Members []Who
}

// Cell is a value with its label, as people read it; a blank one is empty.
type Cell struct{ Label, Value string }

// FindPerson looks for who is meant by an ID number of 15 or 18 digits, a
// certificate's number, a number as a roster has it, or a name; a town that is
// not empty narrows it down. It gives the one person with everything known, or
// else the candidates. That there is nobody is a fault.
func FindPerson(ctx context.Context, from Published, asked, town string) (d *Dossier, candidates []Who, err error) {
	r, err := recall(ctx, from)
	if err != nil {
		return nil, nil, err
	}
	defer func() { err = errors.Join(err, r.close()) }()
	if err := r.again(ctx); err != nil {
		return nil, nil, err
	}
	candidates, err = r.meant(ctx, asked, town)
	switch {
	case err != nil:
		return nil, nil, err
	case len(candidates) == 0:
		return nil, nil, fault.New(fault.NobodyFound, "分析库 "+from.Path,
			"查过 "+r.AsOf+" 的各名册及其历次版本，没有用这个号码或姓名的人；核对写法，写了 --town 的可去掉再查。", nil)
	case len(candidates) > 1:
		return nil, candidates, nil
	}
	d, err = r.dossier(ctx, candidates[0])
	return d, nil, err
}

// meant lists who may be meant, by town and village.
func (r *recalled) meant(ctx context.Context, asked, town string) ([]Who, error) {
	var versions []string
	for _, k := range roster.Kinds() {
		if _, err := r.w.Conn().ExecContext(ctx, strings.ReplaceAll(versionsSQL, "{kind}", k.Name)); err != nil {
			return nil, fmt.Errorf("list versions of %s: %w", k.Name, err)
		}
		versions = append(versions, "SELECT person_id, town, village, name, name_key, id_raw, id_number, valid_from FROM version_"+k.Name)
	}
	query := strings.ReplaceAll(whoSQL, "{versions}", strings.Join(versions, " UNION ALL "))
	all, err := gather.Rows(ctx, r.w.Conn(), query, func(w *Who) []any {
		return []any{&w.PersonID, &w.IDNumber, &w.Name, &w.OtherNames, &w.Sex, &w.BirthDate, &w.Age,
			&w.Town, &w.Village, &w.HouseholdNo, &w.Relation, &w.Quality, &w.Listed}
	}, asked, idnumber.Clean(asked, false).Clean, roster.NameKey(asked), town)
	if err != nil {
		return nil, fmt.Errorf("look for the person: %w", err)
	}
	return all, nil
}

// texts gives the query's rows, every value as text.
func (r *recalled) texts(ctx context.Context, query string, args ...any) ([][]string, error) {
	rows, err := r.w.Conn().QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	cells, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range cells {
		into[i] = &cells[i]
	}
	var all [][]string
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		texts := make([]string, len(columns))
		for i, c := range cells {
			texts[i] = c.String
		}
		all = append(all, texts)
	}
	return all, rows.Err()
}

func (r *recalled) dossier(ctx context.Context, who Who) (*Dossier, error) {
	d := &Dossier{PublishedNight: r.PublishedNight, Who: who}
	var err error
	if d.Words, err = r.words(ctx, "person", who.PersonID); err != nil {
		return nil, fmt.Errorf("read the person's words: %w", err)
	}
	if d.Households, err = r.households(ctx, who.PersonID); err != nil {
		return nil, fmt.Errorf("read the person's households: %w", err)
	}
	if d.Rosters, err = r.rosters(ctx, who.PersonID); err != nil {
		return nil, fmt.Errorf("read the person's rows: %w", err)
	}
	if d.Rules, err = r.answers(ctx, who.PersonID); err != nil {
		return nil, fmt.Errorf("ask the rules: %w", err)
	}
	if d.Others, err = r.others(ctx, who.PersonID, d.Rules); err != nil {
		return nil, fmt.Errorf("read the person's findings: %w", err)
	}
	return d, nil
}

// words lists the words that hold of one row of person, household or dibao_household.
func (r *recalled) words(ctx context.Context, table, subject string) ([]string, error) {
	labels, err := matchers.Labels()
	if err != nil {
		return nil, err
	}
	named, err := r.texts(ctx, `SELECT column_name FROM duckdb_columns()
		WHERE database_name = 'temp' AND table_name = ? AND data_type = 'BOOLEAN' ORDER BY column_index`, table)
	if err != nil {
		return nil, err
	}
	var columns []string
	for _, c := range named {
		columns = append(columns, c[0]+"::VARCHAR")
	}
	rows, err := r.texts(ctx, "SELECT "+strings.Join(columns, ", ")+" FROM "+table+" WHERE "+table+"_id = ?", subject)
	if err != nil {
		return nil, err
	}
	var hold []string
	for _, row := range rows {
		for i, value := range row {
			if value == "true" {
				hold = append(hold, labels[named[i][0]])
			}
		}
	}
	return hold, nil
}

// householdKinds are the two kinds of households, with what is told of each.
var householdKinds = []struct {
	label, table, members string
	facts                 []string
}{
	{"建档立卡户", "household", "member_of_household", []string{"town", "village", "household_no", "type", "income_per_capita", "members", "living_members", "house_safe", "water_safe"}},
	{"低保户", "dibao_household", "member_of_dibao_household", []string{"town", "village", "household_no", "category", "tier", "amount", "persons_covered", "listed",
		"income_per_capita", "start_month", "last_review", "gradual_exit_until"}},
}

func (r *recalled) households(ctx context.Context, personID string) ([]HouseholdOf, error) {
	labels, err := matchers.Labels()
	if err != nil {
		return nil, err
	}
	var all []HouseholdOf
	for _, kind := range householdKinds {
		ids, err := r.texts(ctx, "SELECT subject FROM "+kind.members+" WHERE person_id = ? ORDER BY subject", personID)
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			h := HouseholdOf{Kind: kind.label}
			values, err := r.texts(ctx, "SELECT "+strings.Join(kind.facts, "::VARCHAR, ")+"::VARCHAR FROM "+kind.table+" WHERE "+kind.table+"_id = ?", id[0])
			if err != nil {
				return nil, err
			}
			for i, value := range values[0] {
				if value != "" {
					h.Facts = append(h.Facts, Cell{labels[kind.facts[i]], told(roster.Column{Name: kind.facts[i]}, value)})
				}
			}
			if h.Words, err = r.words(ctx, kind.table, id[0]); err != nil {
				return nil, err
			}
			if h.Members, err = r.members(ctx, kind.members, id[0]); err != nil {
				return nil, err
			}
			all = append(all, h)
		}
	}
	return all, nil
}

func (r *recalled) members(ctx context.Context, table, subject string) ([]Who, error) {
	rows, err := r.texts(ctx, `SELECT p.person_id, p.id_number, p.name, p.sex, p.age::VARCHAR, p.relation
		FROM `+table+` JOIN person p USING (person_id) WHERE subject = ? ORDER BY p.relation IS DISTINCT FROM '户主', p.birth_date, p.person_id`, subject)
	var all []Who
	for _, c := range rows {
		all = append(all, Who{PersonID: c[0], IDNumber: c[1], Name: c[2], Sex: c[3], Age: c[4], Relation: c[5], Listed: true})
	}
	return all, err
}
