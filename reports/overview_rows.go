package reports

import (
	"cmp"
	"context"
	"database/sql"
	"math"
	"slices"
	"time"
)

// night is one run day: what came, what was settled, what stood open at its end.
type night struct {
	Day                         time.Time
	Came, Went, Open, Confirmed int64
}

// heatRow is a line of the heat table.
type heatRow struct {
	Town                  string
	Cells                 [6]heat // in the order of Categories
	All, High, Households int64
}

// heat is a count and how dark it stands, from 0 to 5.
type heat struct {
	N     int64
	Level int
}

// towns shades by the square root: a few towns' many findings would leave all
// others white.
func towns(ctx context.Context, db *sql.Conn) ([]heatRow, error) {
	all, err := collect(ctx, db, "page_towns", func(t *heatRow) []any {
		into := []any{&t.Town}
		for i := range t.Cells {
			into = append(into, &t.Cells[i].N)
		}
		return append(into, &t.All, &t.High, &t.Households)
	})
	if err != nil {
		return nil, err
	}
	most := int64(0)
	for _, t := range all {
		for _, c := range t.Cells {
			most = max(most, c.N)
		}
	}
	for i := range all {
		for j := range all[i].Cells {
			c := &all[i].Cells[j]
			c.Level = int(math.Ceil(5 * math.Sqrt(float64(c.N)/float64(max(most, 1)))))
		}
	}
	return all, nil
}

// ruleRow is a rule, its findings and what the visits said of them.
type ruleRow struct {
	Category, ID, Name, Severity, Status, Reason string
	Examined, Open, Fresh                        int64
	Checked, Confirmed, Rectified                int64
	Share, Low, High                             float64 // of Checked, with its 95 % interval
}

// From, To, Span and Percent are the interval, its width and the share in
// hundredths: what is drawn.
func (r ruleRow) From() float64    { return r.Low * 100 }
func (r ruleRow) To() float64      { return r.High * 100 }
func (r ruleRow) Span() float64    { return r.To() - r.From() }
func (r ruleRow) Percent() float64 { return r.Share * 100 }

// rosterRow is a roster in force.
type rosterRow struct {
	Label     string
	Loaded    bool
	Rows      int64
	Before    sql.NullInt64 // rows of the last differing snapshot but one
	BeforeDay sql.NullTime
	Held      string // what stays of an earlier one, and why
}

// Change is what the roster gained since then.
func (r rosterRow) Change() int64 { return r.Rows - r.Before.Int64 }

// rosterTown is a town's rows in every roster.
type rosterTown struct {
	Town  string
	Cells []rosterCell
}

type rosterCell struct {
	Rows int64
	Held sql.NullTime // since when the town's earlier rows stay
}

func rosterTowns(ctx context.Context, db *sql.Conn) ([]rosterTown, error) {
	type cell struct {
		town string
		rosterCell
	}
	cells, err := collect(ctx, db, "page_roster_towns", func(c *cell) []any { return []any{&c.town, &c.Rows, &c.Held} })
	if err != nil {
		return nil, err
	}
	var all []rosterTown
	for _, c := range cells {
		if len(all) == 0 || all[len(all)-1].Town != c.town {
			all = append(all, rosterTown{Town: c.town})
		}
		last := &all[len(all)-1]
		last.Cells = append(last.Cells, c.rosterCell)
	}
	return all, nil
}

// follow is what became of a town's findings. Week, Month and Older wait for an
// answer: for up to 7 days, up to 30, longer.
type follow struct {
	Town                                         string
	Told, Confirmed, Rectified, Dismissed, Noted int64
	Week, Month, Older                           int64
	Median, Longest                              int64 // days of those that wait
}

// Waiting are those that nobody answered.
func (f follow) Waiting() int64 { return f.Week + f.Month + f.Older }

// Answered are those that somebody did.
func (f follow) Answered() int64 { return f.Told - f.Waiting() }

// Share is a part of those told, in hundredths: what is drawn.
func (f follow) Share(part int64) float64 { return 100 * float64(part) / float64(max(f.Told, 1)) }

// Age is a part of those that wait, in hundredths; OlderFrom is where the oldest begin.
func (f follow) Age(part int64) float64 { return 100 * float64(part) / float64(max(f.Waiting(), 1)) }
func (f follow) OlderFrom() float64     { return f.Age(f.Week + f.Month) }

// add sums; a median of medians would be none, and is left out.
func (f *follow) add(g follow) {
	f.Told, f.Confirmed, f.Rectified = f.Told+g.Told, f.Confirmed+g.Confirmed, f.Rectified+g.Rectified
	f.Dismissed, f.Noted = f.Dismissed+g.Dismissed, f.Noted+g.Noted
	f.Week, f.Month, f.Older, f.Longest = f.Week+g.Week, f.Month+g.Month, f.Older+g.Older, max(f.Longest, g.Longest)
}

// changes are what happened since the run day before.
type changes struct {
	Before  time.Time // zero: this is the first
	Towns   []eventRow
	Rules   []eventRow // those with the most
	All     eventRow
	Rosters []rosterChange
}

// eventRow counts events of a town or a rule.
type eventRow struct {
	Town, Rule, Name                                           string
	Opened, Reopened, Cleared, Confirmed, Dismissed, Rectified int64
	Net                                                        int64 // what it did to the number that stands open
}

// Sum is all that happened.
func (e eventRow) Sum() int64 {
	return e.Opened + e.Reopened + e.Cleared + e.Confirmed + e.Dismissed + e.Rectified
}

func (e *eventRow) add(f eventRow) {
	e.Opened, e.Reopened, e.Cleared = e.Opened+f.Opened, e.Reopened+f.Reopened, e.Cleared+f.Cleared
	e.Confirmed, e.Dismissed, e.Rectified = e.Confirmed+f.Confirmed, e.Dismissed+f.Dismissed, e.Rectified+f.Rectified
	e.Net += f.Net
}

// rosterChange counts one kind of change of a roster.
type rosterChange struct {
	Roster, Change string
	N              int64
}

// busiest is how many rules are told by name.
const busiest = 10

func changed(ctx context.Context, db *sql.Conn, nights []night) (changes, error) {
	var c changes
	if len(nights) < 2 {
		return c, nil
	}
	c.Before = nights[len(nights)-2].Day
	day := c.Before.Format(time.DateOnly)
	events, err := collect(ctx, db, "page_events", func(e *eventRow) []any {
		return []any{&e.Town, &e.Rule, &e.Name, &e.Opened, &e.Reopened, &e.Cleared, &e.Confirmed, &e.Dismissed, &e.Rectified, &e.Net}
	}, sql.Named("day", day))
	if err != nil {
		return c, err
	}
	for _, e := range events {
		c.All.add(e)
		c.Towns = tally(c.Towns, e, func(a eventRow) string { return a.Town })
		c.Rules = tally(c.Rules, e, func(a eventRow) string { return a.Rule })
	}
	slices.SortFunc(c.Rules, func(a, b eventRow) int { return cmp.Or(cmp.Compare(b.Sum(), a.Sum()), cmp.Compare(a.Rule, b.Rule)) })
	c.Rules = c.Rules[:min(len(c.Rules), busiest)]
	c.Rosters, err = collect(ctx, db, "page_roster_changes", func(r *rosterChange) []any { return []any{&r.Roster, &r.Change, &r.N} }, sql.Named("day", day))
	return c, err
}

// tally adds e to the row that has its key, or as a new one.
func tally(rows []eventRow, e eventRow, key func(eventRow) string) []eventRow {
	i := slices.IndexFunc(rows, func(r eventRow) bool { return key(r) == key(e) })
	if i < 0 {
		return append(rows, e)
	}
	rows[i].add(e)
	return rows
}
