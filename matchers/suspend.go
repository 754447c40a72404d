package matchers

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"hedui/pipeline/gather"
)

// heldScope is a roster, or one town of it, whose last good snapshot stands in
// for tonight's. note says why, with the figures.
type heldScope struct{ kind, town, note string }

func heldScopes(ctx context.Context, db *sql.Conn) ([]heldScope, error) {
	list, err := gather.Rows(ctx, db, "SELECT kind, town, note FROM held_scope ORDER BY kind, town", func(h *heldScope) []any { return []any{&h.kind, &h.town, &h.note} })
	if err != nil {
		return nil, fmt.Errorf("read holds: %w", err)
	}
	return list, nil
}

// suspension is what keeps one rule from speaking, wholly, in some towns, or of some people.
type suspension struct {
	scopes []heldScope
	// Rosters of which a part is held: whom only that part lists, for they came into it
	// lately, seems to stand nowhere.
	newcomers []string
}

// absence are the categories that say that something is missing or gone: an old
// or short roster makes that of everybody whom it does not list.
var absence = []string{"漏保", "错退", "补贴未落实"}

// leansOn lists the rosters of which the rule takes what is old or short for what is so:
// those it needs, of several that will do those that are there, and where it says that
// something is missing or gone those too that would only excuse it. An exit besides is
// none of whoever died this month, which this month's verification tells; of rules about
// whom something is missing nearly all would be silent for that, so they keep to the
// deaths known so far.
func (e *engine) leansOn(r *Rule) map[string]bool {
	list := slices.Collect(r.alternatives())
	if slices.Contains(absence, r.Category) {
		list = append(list, r.Spared()...)
	}
	if r.Category == "错退" {
		list = append(list, "verification")
	}
	leans := map[string]bool{}
	for _, one := range list {
		if kind, _, _ := strings.Cut(one, "."); e.missing(one) == "" {
			leans[kind] = true
		}
	}
	return leans
}

// suspends lists the holds on rosters that the rule leans on.
func (e *engine) suspends(r *Rule) suspension {
	var s suspension
	leans := e.leansOn(r)
	for _, h := range e.held {
		if leans[h.kind] && slices.Contains(absence, r.Category) {
			s.scopes = append(s.scopes, h)
		}
		if leans[h.kind] && r.Category != "数据质量" {
			s.newcomers = append(s.newcomers, h.kind)
		}
	}
	return s
}

func (s suspension) wholly() bool {
	return slices.ContainsFunc(s.scopes, func(h heldScope) bool { return h.town == "" })
}

func (s suspension) status() Status {
	if s.wholly() {
		return Suspended
	}
	return Evaluated
}

// reason names what is held, and where the rule speaks otherwise, in which towns not.
func (s suspension) reason() string {
	if len(s.scopes) == 0 {
		return ""
	}
	var notes []string
	for _, h := range s.scopes {
		notes = append(notes, h.note)
	}
	if s.wholly() {
		return strings.Join(notes, "；")
	}
	return strings.Join(s.towns(), "、") + "暂停：" + strings.Join(notes, "；")
}

func (s suspension) towns() []string {
	var towns []string
	for _, h := range s.scopes {
		towns = append(towns, h.town)
	}
	slices.Sort(towns)
	return slices.Compact(towns)
}

// townOf is, for each level of subject, the query of subjects in given towns: a
// finding's town is the one that reports put it under (find.sql).
var townOf = map[string]string{
	"person_id":           "SELECT person_id FROM person WHERE town IN (%s)",
	"household_id":        "SELECT household_id FROM household WHERE town IN (%s)",
	"dibao_household_id":  "SELECT dibao_household_id FROM dibao_household WHERE town IN (%s)",
	"listed_household_id": "SELECT listed_household_id FROM listed_household WHERE town IN (%s)",
	"row_id":              "SELECT r.row_id FROM roster_row r JOIN person p USING (person_id) WHERE coalesce(p.town, r.town) IN (%s)",
}

// ofPeople is, for each level of subject, the query of subjects that the people of another
// query are, are members of, or have rows in.
var ofPeople = map[string]string{
	"person_id":           "SELECT person_id FROM (%s) p(person_id)",
	"household_id":        "SELECT subject AS household_id FROM member_of_household WHERE person_id IN (%s)",
	"dibao_household_id":  "SELECT subject AS dibao_household_id FROM member_of_dibao_household WHERE person_id IN (%s)",
	"listed_household_id": "SELECT subject AS listed_household_id FROM member_of_listed_household WHERE person_id IN (%s)",
	"row_id":              "SELECT row_id FROM roster_row WHERE person_id IN (%s)",
}

// subjects is SQL that tells, of a rule's subject, whether the rule is suspended for it.
func (s suspension) subjects(subject string) string {
	var parts []string
	if s.wholly() {
		return "true"
	}
	if len(s.scopes) > 0 {
		parts = append(parts, subject+" IN ("+fmt.Sprintf(townOf[subject], quoted(s.towns()))+")")
	}
	if len(s.newcomers) > 0 {
		people := "SELECT id_number FROM held_newcomer WHERE kind IN (" + quoted(s.newcomers) + ")"
		parts = append(parts, subject+" IN ("+fmt.Sprintf(ofPeople[subject], people)+")")
	}
	if parts == nil {
		return "false"
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// told are the towns in which the rule does not speak; none where it speaks nowhere,
// as its status says.
func (s suspension) told() []string {
	if s.wholly() {
		return nil
	}
	return s.towns()
}
