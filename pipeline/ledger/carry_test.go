package ledger_test

import (
	"fmt"
	"testing"

	"hedui/pipeline/ledger"
)

// someone is a finding of LB01 about a person or, at the level household, about a household of
// that head; with is somebody else of it.
type someone struct{ number, name, household, town, level, with string }

// people records a night on which these are found, and others stand in the rosters too.
func (b *book) people(day string, found []someone, others ...string) ledger.Counts {
	b.t.Helper()
	b.do("DELETE FROM found")
	b.do("DELETE FROM person")
	b.do("DELETE FROM household")
	b.do("DELETE FROM finding_person")
	for _, number := range others {
		b.do("INSERT INTO person (person_id) VALUES (?)", number)
	}
	for _, s := range found {
		subject, level := s.number, "person"
		if s.level != "" {
			subject, level = s.town+"|"+s.household, s.level
		}
		b.do("INSERT INTO person (person_id) VALUES (?)", s.number)
		b.do("INSERT INTO household VALUES (?, ?)", s.town, s.household)
		b.do(`INSERT INTO found BY NAME SELECT coalesce((SELECT a.finding_id FROM finding_alias a WHERE a.name = 'LB01-' || ?), 'LB01-' || ?) AS finding_id,
			'LB01' AS rule_id, '漏保' AS category, ? AS level, ? AS person_id, ? AS id_number, ? AS name, ? AS household_no, ? AS town, '{"facts":[]}' AS evidence`,
			subject, subject, level, s.number, s.number, s.name, s.household, s.town)
		b.do(`INSERT INTO finding_person SELECT DISTINCT finding_id, unnest([person_id, nullif(?, '')]) FROM found WHERE person_id = ?`, s.with, s.number)
	}
	c, err := ledger.Record(b.t.Context(), b.db, date(day), "run "+day)
	if err != nil {
		b.t.Fatal(err)
	}
	b.sound()
	return c
}

func (b *book) standing() string {
	b.t.Helper()
	return b.text("SELECT string_agg(concat_ws(' ', finding_id, status, id_number), ', ' ORDER BY finding_id) FROM finding")
}

// TestNumberPutRight: a finding goes on under the number that was put right, over several
// corrections; when somebody else turns up under the number that was left, that is another's.
func TestNumberPutRight(t *testing.T) {
	b := newBook(t)
	at := func(number string) someone {
		return someone{number: number, name: "甲", household: "H1", town: "东沟镇"}
	}
	b.people("2021-06-10", []someone{at("A")})
	b.take("2021-06-10", keyed("A", "A", "属实"))
	for i, number := range []string{"B", "C", "A", "B"} {
		c := b.people(fmt.Sprintf("2021-06-1%d", i+1), []someone{at(number)})
		b.want("under "+number, b.standing(), "LB01-A confirmed "+number)
		b.want("counts under "+number, fmt.Sprint(c.Open, c.New, c.Cleared), "1 0 0")
	}
	other := at("A")
	other.name = "乙"
	b.people("2021-06-16", []someone{at("B"), other})
	// any id but the one that is taken
	b.want("somebody under the number that was left", b.standing(), "LB01-A confirmed B, LB01-C open A")
	b.people("2021-06-17", []someone{other})
	b.want("gone", b.standing(), "LB01-C open A")
	b.people("2021-06-18", []someone{other, at("B")})
	b.want("back", b.standing(), "LB01-A reopened B, LB01-C open A")
}

// keyed is a row of the finding LB01-id about 甲 in H1 under a number.
func keyed(id, number, verdict string) ledger.Row {
	r := row(id, verdict)
	name := "甲"
	r.IDNumber, r.Name = &number, &name
	return r
}

// TestSheetFromBeforeTheNumberWasPutRight: the town answers with the keys that its sheet has.
func TestSheetFromBeforeTheNumberWasPutRight(t *testing.T) {
	b := newBook(t)
	b.people("2021-06-10", []someone{{"A", "甲", "H1", "东沟镇", "", ""}})
	b.people("2021-06-11", []someone{{"B", "甲", "H1", "东沟镇", "", ""}})
	if told := b.take("2021-06-12", keyed("A", "D", "属实")); told[0].Code != "E-FBK-03" {
		t.Errorf("with a number that it never had: %+v", told[0])
	}
	if told := b.take("2021-06-12", keyed("A", "A", "属实")); told[0].Code != "" {
		t.Errorf("with the number that it had: %+v", told[0])
	}
	b.want("confirmed", b.text("SELECT status FROM finding_state"), "confirmed")
	r := keyed("A", "B", "名册错误")
	r.FileSHA256 = "another"
	if told := b.take("2021-06-13", r); told[0].Code != "" {
		t.Errorf("with the number that it has: %+v", told[0])
	}
}

// TestAnotherIsNobodyPutRight: who is still in the rosters, has another name, lives elsewhere
// or is one of two does not hand a finding on; a household does to one of the same head
// alone, and only when it is no more.
func TestAnotherIsNobodyPutRight(t *testing.T) {
	first := someone{"A", "甲", "H1", "东沟镇", "", ""}
	home := someone{"A", "甲", "H1", "东沟镇", "household", ""}
	for name, c := range map[string]struct {
		before, now []someone
		stay        []string // numbers of people who are in the rosters and not found
		want        string
	}{
		"another name":             {[]someone{first}, []someone{{"B", "乙", "H1", "东沟镇", "", ""}}, nil, "LB01-B open B"},
		"another town":             {[]someone{first}, []someone{{"B", "甲", "H1", "西沟镇", "", ""}}, nil, "LB01-B open B"},
		"another household":        {[]someone{first}, []someone{{"B", "甲", "H2", "东沟镇", "", ""}}, nil, "LB01-B open B"},
		"one of two":               {[]someone{first}, []someone{{"B", "甲", "H1", "东沟镇", "", ""}, {"C", "甲", "H1", "东沟镇", "", ""}}, nil, "LB01-B open B, LB01-C open C"},
		"of two":                   {[]someone{first, {"D", "甲", "H1", "东沟镇", "", ""}}, []someone{{"B", "甲", "H1", "东沟镇", "", ""}}, nil, "LB01-B open B"},
		"still in the rosters":     {[]someone{first}, []someone{{"B", "甲", "H1", "东沟镇", "", ""}}, []string{"A"}, "LB01-B open B"},
		"a household's new number": {[]someone{home}, []someone{{"A", "甲", "H9", "东沟镇", "household", ""}}, nil, "LB01-东沟镇|H1 open A"},
		"a town's new name":        {[]someone{home}, []someone{{"A", "甲", "H1", "东沟街道", "household", ""}}, nil, "LB01-东沟镇|H1 open A"},
		"a head's new number":      {[]someone{home}, []someone{{"B", "甲", "H1", "东沟镇", "household", ""}}, nil, "LB01-东沟镇|H1 open B"},
		"another head":             {[]someone{home}, []someone{{"B", "甲", "H9", "东沟镇", "household", ""}}, []string{"A"}, "LB01-东沟镇|H9 open B"},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBook(t)
			b.people("2021-06-10", c.before)
			b.people("2021-06-11", c.now, c.stay...)
			b.want("stands", b.standing(), c.want)
		})
	}
}

// TestHouseholdNumbersIssuedAgain: a verdict is about a family, not about a number.
func TestHouseholdNumbersIssuedAgain(t *testing.T) {
	home := func(number, household, with string) someone {
		return someone{number: number, name: "甲" + number, household: household, town: "东沟镇", level: "household", with: with}
	}
	const dismissed = "名册错误"
	answer := func(b *book, number, household, verdict string) {
		r := row("东沟镇|"+household, verdict)
		name, no := "甲"+number, household
		r.IDNumber, r.Name, r.HouseholdNo, r.FileSHA256 = &number, &name, &no, household
		if told := b.take("2021-06-11", r); told[0].Code != "" {
			b.t.Fatalf("%+v", told[0])
		}
	}
	t.Run("swapped", func(t *testing.T) {
		b := newBook(t)
		b.people("2021-06-10", []someone{home("A", "H1", "a"), home("B", "H2", "b")})
		answer(b, "A", "H1", dismissed)
		answer(b, "B", "H2", "属实")
		for _, day := range []string{"2021-06-12", "2021-06-13"} {
			c := b.people(day, []someone{home("A", "H2", "a"), home("B", "H1", "b")})
			b.want(day, b.standing(), "LB01-东沟镇|H2 confirmed B")
			b.want("counts of "+day, fmt.Sprint(c.Open, c.New, c.Cleared), "1 0 0")
		}
		b.people("2021-06-14", []someone{home("A", "H1", "a"), home("B", "H2", "b")})
		b.want("and back", b.standing(), "LB01-东沟镇|H2 confirmed B")
	})
	t.Run("another family's", func(t *testing.T) {
		b := newBook(t)
		b.people("2021-06-10", []someone{home("A", "H1", "a")})
		answer(b, "A", "H1", dismissed)
		c := b.people("2021-06-12", []someone{home("B", "H1", "b")})
		b.want("counts", fmt.Sprint(c.Open, c.New), "1 1")
		b.want("whose", b.text("SELECT concat_ws(' ', status, id_number, finding_id <> 'LB01-东沟镇|H1') FROM finding"), "open B true")
		id := b.text("SELECT finding_id FROM finding")
		b.people("2021-06-13", []someone{home("B", "H1", "b")})
		b.want("the night after", b.text("SELECT finding_id FROM finding"), id)
		b.people("2021-06-14", nil)
		b.people("2021-06-15", []someone{home("C", "H1", "c")})
		b.want("a third family's", b.text("SELECT concat_ws(' ', status, id_number, finding_id <> ?) FROM finding", id), "open C true")
	})
	t.Run("the family's own", func(t *testing.T) {
		b := newBook(t)
		b.people("2021-06-10", []someone{home("A", "H1", "a")})
		answer(b, "A", "H1", "属实")
		b.people("2021-06-12", []someone{home("a", "H1", "")}) // the head died
		b.want("another head", b.standing(), "LB01-东沟镇|H1 confirmed a")
		alone := home("C", "H1", "")
		alone.name = "甲a"
		b.people("2021-06-13", []someone{alone}) // whose number is put right
		b.want("another number", b.standing(), "LB01-东沟镇|H1 confirmed C")
	})
}

// TestNumberPutRightRosterByRoster: while one department has the number put right and another has
// it as it was, nothing is put right of what both together told; what one of them tells goes on
// under the new number at once. A doubt that was there before is no reason to wait.
func TestNumberPutRightRosterByRoster(t *testing.T) {
	a := someone{"A", "甲", "H1", "东沟镇", "", ""}
	b := someone{"B", "甲", "H1", "东沟镇", "", ""}
	for name, c := range map[string]struct {
		confidence, teller string
		between, then      []someone
		while, want        string
	}{
		"told by both":           {"high", "registered_poor", nil, []someone{b}, "LB01-A confirmed A", "LB01-A confirmed B"},
		"told by the first":      {"high", "registered_poor", []someone{b}, []someone{b}, "LB01-A confirmed B", "LB01-A confirmed B"},
		"put right meanwhile":    {"high", "registered_poor", nil, nil, "LB01-A confirmed A", ""},
		"told by another roster": {"high", "dibao", nil, nil, "", ""},
		"in doubt when told too": {"low", "registered_poor", nil, nil, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			k := newBook(t)
			k.people("2021-06-10", []someone{a})
			k.do("UPDATE finding_detail SET confidence = ?, evidence = ?", c.confidence, `{"facts":[{"fact":"a","label":"a","value":"1","sources":[{"kind":"`+c.teller+`","row":2}]}]}`)
			k.take("2021-06-10", keyed("A", "A", "属实"))
			k.do("INSERT INTO identity_link VALUES ('B', 'A', '疑似录入错误')")
			k.do("INSERT INTO roster_row VALUES ('registered_poor', 'B'), ('disability', 'A')")
			k.people("2021-06-11", c.between, "A")
			k.want("while they differ", k.standing(), c.while)
			k.do("DELETE FROM identity_link")
			k.people("2021-06-12", c.then)
			k.want("once they agree", k.standing(), c.want)
		})
	}
}
