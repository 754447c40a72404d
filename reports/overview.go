package reports

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"hedui/pipeline/gather"
)

//go:embed overview.html
var overviewHTML string

var overviewTemplate = sync.OnceValues(func() (*template.Template, error) {
	t, err := template.New("overview").Funcs(template.FuncMap{
		"n": thousands, "percent": portion, "signed": signed,
		"day": func(t time.Time) string { return t.Format(time.DateOnly) },
		"at":  func(f float64) string { return strconv.FormatFloat(f, 'f', 1, 64) },
	}).Parse(overviewHTML)
	if err != nil {
		return nil, fmt.Errorf("read overview.html: %w", err)
	}
	return t, nil
})

// overview is what the page tells: counts, and no person.
type overview struct {
	Settings
	Disclaimer string
	Campaign   campaign
	Cards      []card

	Nights             []night // the last ones, which are drawn
	Recent             []night // the last few in figures, newest first
	Earlier            int     // so many run days went before Nights
	Turnover, Burndown *chart

	Towns       []heatRow
	Rules       []ruleRow
	Silent      int // rules that did not speak, or not everywhere
	Rosters     []rosterRow
	RosterTowns []rosterTown
	Follow      []follow
	Followed    follow // all towns together
	Changed     changes
}

// card is one figure at the head of the page.
type card struct{ Name, Figure, Note string }

// writePage writes overview.html, the page that whoever opens the day's
// folder looks at first.
func (s Settings) writePage(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	t, err := overviewTemplate()
	if err != nil {
		return err
	}
	o := overview{Settings: s, Disclaimer: disclaimer, Campaign: s.campaign()}
	if err := o.gather(ctx, db); err != nil {
		return err
	}
	if err := t.Execute(w, &o); err != nil {
		return fmt.Errorf("write page: %w", err)
	}
	return nil
}

func (o *overview) gather(ctx context.Context, db *sql.Conn) error {
	nights, err := collect(ctx, db, "page_nights", func(n *night) []any { return []any{&n.Day, &n.Came, &n.Went, &n.Open, &n.Confirmed} })
	if err != nil {
		return err
	}
	o.draw(nights)
	if o.Towns, err = towns(ctx, db); err != nil {
		return err
	}
	if o.Rules, err = collect(ctx, db, "page_rules", func(r *ruleRow) []any {
		return []any{&r.Category, &r.ID, &r.Name, &r.Severity, &r.Status, &r.Reason, &r.Examined, &r.Open, &r.Fresh,
			&r.Checked, &r.Confirmed, &r.Rectified, &r.Share, &r.Low, &r.High}
	}); err != nil {
		return err
	}
	for _, r := range o.Rules {
		if r.Reason != "" {
			o.Silent++
		}
	}
	if o.Rosters, err = collect(ctx, db, "page_rosters", func(r *rosterRow) []any {
		return []any{&r.Label, &r.Loaded, &r.Rows, &r.Before, &r.BeforeDay, &r.Held}
	}); err != nil {
		return err
	}
	if o.RosterTowns, err = rosterTowns(ctx, db); err != nil {
		return err
	}
	if o.Follow, err = collect(ctx, db, "page_follow", func(f *follow) []any {
		return []any{&f.Town, &f.Told, &f.Confirmed, &f.Rectified, &f.Dismissed, &f.Noted, &f.Week, &f.Month, &f.Older, &f.Median, &f.Longest}
	}); err != nil {
		return err
	}
	for _, f := range o.Follow {
		o.Followed.add(f)
	}
	if o.Changed, err = changed(ctx, db, nights); err != nil {
		return err
	}
	o.deal(nights)
	return nil
}

// drawn is how many run days are drawn, recent how many are told in figures.
const drawn, recent = 60, 10

// draw makes the charts. The first run finds everything at once: beside it the
// bars of all later ones would be flat, so it has none.
func (o *overview) draw(nights []night) {
	if len(nights) == 0 {
		return
	}
	o.Earlier = max(len(nights)-drawn, 0)
	o.Nights = nights[o.Earlier:]
	o.Burndown = burndown(o.Nights, o.Stages, o.Due)
	bars := o.Nights
	if o.Earlier == 0 {
		bars = bars[1:]
	}
	if len(bars) > 0 {
		o.Turnover = turnover(bars)
	}
	for i := len(nights) - 1; i >= max(len(nights)-recent, 0); i-- {
		o.Recent = append(o.Recent, nights[i])
	}
}

// deal makes the cards at the head.
func (o *overview) deal(nights []night) {
	var open, high, households, checked, confirmed int64
	for _, t := range o.Towns {
		open, high, households = open+t.All, high+t.High, households+t.Households
	}
	for _, r := range o.Rules {
		checked, confirmed = checked+r.Checked, confirmed+r.Confirmed
	}
	since := "首次运行"
	var last night
	if len(nights) > 0 {
		last = nights[len(nights)-1]
	}
	if len(nights) > 1 {
		since = "比上次（" + o.Changed.Before.Format("1-2") + "）" + signed(last.Open-nights[len(nights)-2].Open)
	}
	verdicts := "尚无核查结论"
	if checked > 0 {
		verdicts = "已核查" + thousands(checked) + "个，属实" + thousands(confirmed) + "个"
	}
	o.Cards = []card{
		{"未结疑点", thousands(open), since},
		{"涉及户", thousands(households), "高严重程度疑点" + thousands(high) + "个"},
		{"本次新增", thousands(last.Came), "含再次出现" + thousands(o.Changed.All.Reopened) + "个"},
		{"本次了结", thousands(last.Went), "消除、不成立或整改完成"},
		{"反馈率", portion(o.Followed.Answered(), o.Followed.Told), "应核查" + thousands(o.Followed.Told) + "个，已反馈" + thousands(o.Followed.Answered()) + "个"},
		{"属实率", portion(confirmed, checked), verdicts},
	}
}

// collect runs a query of this package and scans its rows, which tell of no person: they
// are not masked.
func collect[T any](ctx context.Context, db *sql.Conn, name string, into func(*T) []any, args ...any) ([]T, error) {
	statement, err := query(name)
	if err != nil {
		return nil, err
	}
	all, err := gather.Rows(ctx, db, statement, into, args...)
	if err != nil {
		return nil, fmt.Errorf("query %s: %w", name, err)
	}
	return all, nil
}

// thousands writes a count with a comma after every third digit.
func thousands(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "-", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}

func signed(n int64) string {
	switch {
	case n > 0:
		return "+" + thousands(n)
	case n < 0:
		return "−" + thousands(-n)
	}
	return "±0"
}

// portion is a share of a whole; of nothing there is none.
func portion(part, whole int64) string {
	if whole == 0 {
		return "—"
	}
	return Percent(float64(part) / float64(whole))
}

// Percent is a share as people read it. All and none are said only where they are so.
// As told_share in queries/words.sql has it.
func Percent(share float64) string {
	tenths := math.Round(1000 * share)
	if share > 0 && share < 1 {
		tenths = min(max(tenths, 1), 999)
	}
	return strconv.FormatFloat(tenths/10, 'f', 1, 64) + "%"
}
