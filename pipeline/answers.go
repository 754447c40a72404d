package pipeline

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"hedui/matchers"
)

// RuleOf is what one rule says of a person: one answer for the person, each
// household or each row that it looks at; none where it looks at nothing of the person's.
type RuleOf struct {
	ID, Name, Category string
	Status             matchers.Status
	Reason             string // why not evaluated or suspended, also in some towns alone
	Answers            []AnswerOf
}

// AnswerOf is a rule's answer for one subject.
type AnswerOf struct {
	About     string // which household or row; empty for the person
	Suspended bool
	Found     bool
	Statement string // of the finding, also of one that is gone
	FindingID string
	// Why it was not found: the first condition that does not hold or, where none
	// fails, that is Unknown; and what that condition looked at.
	Condition string
	Unknown   bool
	Grounds   []Cell
	// What the ledger knows of the finding; empty where it never was one.
	Ledger, FirstSeen, LastSeen string
	Events                      []EventOf
}

// EventOf is what happened to a finding on a day. Who is empty where the night did it; the verdict's
// cells and the row of the returned file are empty where it was no verdict.
type EventOf struct {
	Day, Event, Who, Note string
	Verdict               []Cell
	From                  RosterRow
}

// answers asks every rule about a person, in the order of the catalogue.
func (r *recalled) answers(ctx context.Context, personID string) ([]RuleOf, error) {
	questions, err := matchers.Ask(ctx, r.w.Conn())
	if err != nil {
		return nil, err
	}
	var all []RuleOf
	for _, rule := range r.rules {
		of := RuleOf{ID: rule.ID, Name: rule.Name, Category: rule.Category}
		err := r.w.Conn().QueryRowContext(ctx, "SELECT status, coalesce(reason, '') FROM rule WHERE rule_id = ?", rule.ID).Scan(&of.Status, &of.Reason)
		if err != nil {
			return nil, fmt.Errorf("read status of %s: %w", rule.ID, err)
		}
		if !of.Status.Spoke() {
			all = append(all, of)
			continue
		}
		subjects, err := questions.Subjects(ctx, rule, personID)
		if err != nil {
			return nil, err
		}
		for _, subject := range subjects {
			answer, err := r.answer(ctx, questions, rule, subject)
			if err != nil {
				return nil, err
			}
			if answer != nil {
				of.Answers = append(of.Answers, *answer)
			}
		}
		all = append(all, of)
	}
	slices.SortStableFunc(all, func(a, b RuleOf) int { return rank(a.Category) - rank(b.Category) })
	return all, nil
}

// answer is nil where the rule does not look at the subject.
func (r *recalled) answer(ctx context.Context, questions *matchers.Questions, rule *matchers.Rule, subject matchers.Subject) (*AnswerOf, error) {
	truths, err := questions.Why(ctx, rule, subject.ID)
	if err != nil || truths == nil {
		return nil, err
	}
	a := &AnswerOf{Suspended: subject.Suspended}
	if i := matchers.Decides(truths); i >= 0 {
		a.Condition, a.Unknown = truths[i].Condition, !truths[i].Holds.Valid
		for _, g := range truths[i].Grounds {
			a.Grounds = append(a.Grounds, Cell{g.Label, Word(g.Name, g.Value)})
		}
	} else {
		a.Found = true
	}
	if a.About, err = r.about(ctx, subject); err != nil {
		return nil, fmt.Errorf("tell a subject of %s: %w", rule.ID, err)
	}
	err = r.w.Conn().QueryRowContext(ctx, `
		SELECT finding_id, coalesce(f.statement, p.statement, ''), coalesce(p.status, ''), coalesce(p.first_seen::VARCHAR, ''), coalesce(p.last_seen::VARCHAR, '')
		FROM (SELECT finding_name(?, ?) AS finding_id) LEFT JOIN found f USING (finding_id) LEFT JOIN published.finding p USING (finding_id)`,
		rule.ID, subject.ID).Scan(&a.FindingID, &a.Statement, &a.Ledger, &a.FirstSeen, &a.LastSeen)
	if err != nil {
		return nil, fmt.Errorf("look a finding of %s up: %w", rule.ID, err)
	}
	return a, r.recollect(ctx, a)
}

// recollect tells the story of a finding that the ledger has. A verdict's event says in its note
// what its columns do.
func (r *recalled) recollect(ctx context.Context, a *AnswerOf) error {
	if a.Ledger == "" {
		return nil
	}
	rows, err := r.texts(ctx, `SELECT e.at::VARCHAR, e.event, nullif(e.actor, 'hedui'), CASE WHEN v.seq IS NULL THEN e.note END,
			v.file, v.sheet, v.row_number::VARCHAR, v.verdict, v.measures, v.effect, v.done_on::VARCHAR, v.checker
		FROM published.finding_event e LEFT JOIN published.verdict v ON v.seq = e.seq WHERE e.finding_id = ? ORDER BY e.seq`, a.FindingID)
	if err != nil {
		return fmt.Errorf("read events of %s: %w", a.FindingID, err)
	}
	for _, c := range rows {
		e := EventOf{Day: c[0], Event: Word("event", c[1]), Who: c[2], Note: c[3], From: RosterRow{Path: filepath.Base(c[4]), Sheet: c[5], Row: c[6]}}
		for i, label := range []string{"核查结论", "整改措施", "整改成效", "完成日期", "核查人"} {
			if value := c[7+i]; value != "" {
				e.Verdict = append(e.Verdict, Cell{label, value})
			}
		}
		a.Events = append(a.Events, e)
	}
	return nil
}

// others lists the person's findings that the answers do not tell of: those of rules
// that were not evaluated, or of a household that is no more.
func (r *recalled) others(ctx context.Context, personID string, told []RuleOf) ([]AnswerOf, error) {
	rows, err := r.texts(ctx, `SELECT finding_id, statement, status, first_seen::VARCHAR, last_seen::VARCHAR
		FROM published.finding WHERE ? IN (person_id, id_number) ORDER BY rule_id, finding_id`, personID)
	if err != nil {
		return nil, err
	}
	var all []AnswerOf
	for _, c := range rows {
		known := slices.ContainsFunc(told, func(of RuleOf) bool {
			return slices.ContainsFunc(of.Answers, func(a AnswerOf) bool { return a.FindingID == c[0] })
		})
		if known {
			continue
		}
		a := AnswerOf{FindingID: c[0], Statement: c[1], Ledger: c[2], FirstSeen: c[3], LastSeen: c[4]}
		if err := r.recollect(ctx, &a); err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	return all, nil
}

// householdNames are what lists of households are called.
var householdNames = map[string]string{
	"household_id": "建档立卡户", "dibao_household_id": "低保户",
	"registered_poor": "建档立卡户", "dibao": "低保户", "tekun": "特困人员",
	"former registered_poor": "上期的建档立卡户", "former dibao": "曾在保的低保户",
}

// about tells which household or row a subject is; nothing of the person.
func (r *recalled) about(ctx context.Context, subject matchers.Subject) (string, error) {
	switch subject.Column {
	case "person_id":
		return "", nil
	case "row_id":
		var place string
		err := r.w.Conn().QueryRowContext(ctx, `SELECT k.label || ' 《' || path || '》' || CASE WHEN sheet = '' THEN '' ELSE '工作表“' || sheet || '”' END || '第 ' || row_number || ' 行'
			FROM roster_row JOIN roster_state k USING (kind) WHERE row_id = ?`, subject.ID).Scan(&place)
		return place, err
	}
	list, household := subject.Column, subject.ID
	if list == "listed_household_id" {
		list, household, _ = strings.Cut(household, "|")
	}
	return householdNames[list] + " " + strings.Join(strings.Split(household, "|"), " "), nil
}
