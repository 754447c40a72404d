package reports

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

func date(t *testing.T, text string) time.Time {
	t.Helper()
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func noticeStages(t *testing.T) []Stage {
	return []Stage{
		{"全面排查", date(t, "2021-05-01"), date(t, "2021-06-10")},
		{"集中整改", date(t, "2021-06-11"), date(t, "2021-06-15")},
		{"总结提升", date(t, "2021-06-18"), date(t, "2021-06-30")},
	}
}

func TestCampaignCountsDays(t *testing.T) {
	for _, c := range []struct{ day, says string }{
		{"2021-04-28", "活动3天后开始。完成时限2021年6月15日，还剩48天。"},
		{"2021-05-01", "现在是全面排查阶段，还剩40天。完成时限2021年6月15日，还剩45天。"},
		{"2021-06-10", "现在是全面排查阶段，今天是最后一天。完成时限2021年6月15日，还剩5天。"},
		{"2021-06-15", "现在是集中整改阶段，今天是最后一天。完成时限2021年6月15日，今天是最后一天。"},
		{"2021-06-16", "现在是两个阶段之间。完成时限2021年6月15日，已过1天。"},
		{"2021-07-01", "活动已于2021年6月30日结束。完成时限2021年6月15日，已过16天。"},
	} {
		s := Settings{AsOf: date(t, c.day), Due: date(t, "2021-06-15"), Stages: noticeStages(t)}
		if got := s.campaign().Says; got != c.says {
			t.Errorf("on %s: %s, not %s", c.day, got, c.says)
		}
		_, left, _ := strings.Cut(c.says, "完成时限2021年6月15日，")
		if got := s.deadline() + "。"; got != "2021-06-15，"+left {
			t.Errorf("on %s the ledger says %s, the page %s", c.day, got, left)
		}
	}
	if says := (Settings{AsOf: date(t, "2021-06-10")}).campaign().Says; says != "" {
		t.Errorf("without a campaign: %s", says)
	}
}

func TestFigures(t *testing.T) {
	for n, want := range map[int64]string{0: "0", 999: "999", 1000: "1,000", 123456: "123,456", -1234567: "-1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
	for rough, want := range map[float64]float64{0: 1, 0.4: 1, 1: 1, 1.2: 2, 3: 5, 6: 10, 240: 500, 20001: 50000} {
		if got := roundStep(rough); got != want {
			t.Errorf("a step of about %g is %g, not %g", rough, got, want)
		}
	}
}

// TestChartsStayOnTheirPaper draws one run day, few and many, small numbers and
// large: everything must lie within the drawing.
func TestChartsStayOnTheirPaper(t *testing.T) {
	for _, days := range []int{1, 2, 16, 17, 60} {
		for _, most := range []int64{0, 3, 100_000} {
			var nights []night
			for i := range days {
				n := int64(i)
				nights = append(nights, night{Day: date(t, "2021-05-10").AddDate(0, 0, i), Came: most * n / 60, Went: most / (n + 1), Open: most - most*n/60, Confirmed: most / 9})
			}
			within(t, turnover(nights))
			c := burndown(nights, noticeStages(t), date(t, "2021-06-15"))
			within(t, c)
			if len(c.Bands) == 0 || len(c.Marks) != 2 || len(c.Lines) < 2 {
				t.Errorf("%d days: %d stages, %d marks, %d lines", days, len(c.Bands), len(c.Marks), len(c.Lines))
			}
		}
	}
}

func within(t *testing.T, c *chart) {
	t.Helper()
	inside := func(x, y float64) {
		t.Helper()
		if !(x >= 0 && x <= c.Width && y >= 0 && y <= c.Height) {
			t.Errorf("%s: %g, %g lies outside", c.Label, x, y)
		}
	}
	for _, r := range append(append([]rect{}, c.Bars...), c.Bands...) {
		inside(r.X, r.Y)
		inside(r.X+r.Width, r.Y+r.Height)
		if r.Width < 0 || r.Height < 0 {
			t.Errorf("%s: an area of %g by %g", c.Label, r.Width, r.Height)
		}
	}
	for _, p := range append(append(append([]tick{}, c.Rows...), c.Columns...), c.Dots...) {
		inside(p.X, p.Y)
	}
	for _, l := range c.Lines {
		for point := range strings.SplitSeq(l.Points, " ") {
			var x, y float64
			if _, err := fmt.Sscanf(point, "%g,%g", &x, &y); err != nil {
				t.Errorf("%s: the line %s goes through %q", c.Label, l.Class, point)
			}
			inside(x, y)
		}
	}
	const character = 14 // no letter of a mark is wider
	for _, m := range c.Marks {
		inside(m.X, m.Y)
		end := m.TextX() + float64(len([]rune(m.Text))*character)
		if m.Anchor == "end" {
			end = m.TextX() - float64(len([]rune(m.Text))*character)
		}
		inside(end, m.Y-character)
	}
	if len(c.Rows) < 2 || len(c.Rows) > 12 || len(c.Columns) == 0 || len(c.Columns) > 14 {
		t.Errorf("%s: %d rows and %d columns", c.Label, len(c.Rows), len(c.Columns))
	}
}

// TestPageEscapes: a town or rule may be called anything, and the page holds the
// name as a text, nothing that a browser would run or fetch.
func TestPageEscapes(t *testing.T) {
	hostile := `"'><script>alert(1)</script><img src=x onerror=alert(1)></style></svg>{{.}}`
	nights := []night{{Day: date(t, "2021-05-10"), Came: 3, Open: 3}, {Day: date(t, "2021-06-10"), Came: 1, Open: 4}}
	s := Settings{Categories: []string{hostile}, District: hostile, Department: hostile, AsOf: date(t, "2021-06-10"), Due: date(t, "2021-06-15"),
		Stages: []Stage{{hostile, date(t, "2021-05-01"), date(t, "2021-06-30")}}}
	o := overview{Settings: s, Disclaimer: disclaimer, Campaign: s.campaign(),
		Towns: []heatRow{{Town: hostile}}, Rules: []ruleRow{{Category: hostile, ID: hostile, Name: hostile, Reason: hostile, Status: hostile, Checked: 1}},
		Rosters: []rosterRow{{Label: hostile, Held: hostile}}, RosterTowns: []rosterTown{{Town: hostile, Cells: []rosterCell{{}}}},
		Follow:  []follow{{Town: hostile, Told: 1, Week: 1}},
		Changed: changes{Before: nights[0].Day, Towns: []eventRow{{Town: hostile}}, Rules: []eventRow{{Rule: hostile, Name: hostile}}, Rosters: []rosterChange{{hostile, hostile, 1}}}}
	o.draw(nights)
	o.deal(nights)
	o.Burndown.Bands[0].Text = hostile
	page, err := overviewTemplate()
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := page.Execute(&b, &o); err != nil {
		t.Fatal(err)
	}
	tree, err := html.Parse(strings.NewReader(b.String()))
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for n := range tree.Descendants() {
		if n.Type == html.TextNode && strings.Contains(n.Data, hostile) {
			said++
		}
		for _, a := range n.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" {
				t.Errorf("<%s> has %s", n.Data, a.Key)
			}
		}
		if n.Type == html.ElementNode && (n.Data == "script" || n.Data == "img") {
			t.Errorf("the page has <%s>", n.Data)
		}
	}
	if said < 15 {
		t.Errorf("the name is told %d times", said)
	}
}
