package reports

import (
	"fmt"
	"math"
	"strings"
	"time"
)

// chart is a drawing's geometry in the units of its viewBox. The template prints
// it as SVG, and escapes whatever text it holds.
type chart struct {
	Label                    string // what it shows, for whoever cannot see it
	Width, Height            float64
	Left, Right, Top, Bottom float64 // the plotting area's edges
	Bands                    []rect
	Rows, Columns            []tick
	Bars                     []rect
	Lines                    []line
	Dots                     []tick
	Marks                    []mark
	Zero                     float64 // where bars begin
}

// rect is an area with a text over it.
type rect struct {
	X, Y, Width, Height float64
	Class, Text         string
	TextY               float64
}

// Center is the middle of the area, where its text stands.
func (r rect) Center() float64 { return r.X + r.Width/2 }

// tick is a text at a place.
type tick struct {
	X, Y float64
	Text string
}

type line struct{ Class, Points string }

// mark is an upright line with a text at its head, on the side where there is room.
type mark struct {
	X, Y                float64
	Class, Text, Anchor string
}

// TextX is where the text begins or ends, beside the line.
func (m mark) TextX() float64 {
	if m.Anchor == "end" {
		return m.X - 4
	}
	return m.X + 4
}

func newChart(label string, height float64) *chart {
	const width, left, right, top, bottom = 1080, 64, 20, 46, 28
	return &chart{Label: label, Width: width, Height: height, Left: left, Right: width - right, Top: top, Bottom: height - bottom}
}

// rows draws the grid from low to high, at round numbers, and gives the place
// of a value. Below zero the axis counts up again: those are numbers, too.
func (c *chart) rows(low, high float64) func(float64) float64 {
	step := roundStep((high - low) / 5)
	low, high = math.Floor(low/step)*step, max(math.Ceil(high/step), 1)*step
	at := func(v float64) float64 { return c.Bottom - (v-low)/(high-low)*(c.Bottom-c.Top) }
	for v := low; v <= high+step/2; v += step {
		c.Rows = append(c.Rows, tick{X: c.Left - 8, Y: at(v), Text: thousands(int64(math.Abs(v)))})
	}
	return at
}

// roundStep is the next 1, 2 or 5 times a power of ten, at least 1.
func roundStep(rough float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(max(rough, 1))))
	for _, m := range []float64{1, 2, 5} {
		if m*power >= rough {
			return m * power
		}
	}
	return 10 * power
}

// days lays days out from first to last and gives the place of one.
func (c *chart) days(first, last time.Time) func(time.Time) float64 {
	span := max(daysBetween(first, last), 1)
	at := func(day time.Time) float64 {
		return c.Left + float64(daysBetween(first, day))/float64(span)*(c.Right-c.Left)
	}
	const most = 12
	step := span
	for _, s := range []int{1, 2, 5, 7, 14, 30, 61, 91, 182, 365} {
		if span/s <= most {
			step = s
			break
		}
	}
	for n := 0; n <= span; n += step {
		day := first.AddDate(0, 0, n)
		c.Columns = append(c.Columns, tick{X: at(day), Y: c.Bottom, Text: shortDay(day, first)})
	}
	return at
}

func daysBetween(from, to time.Time) int { return int(math.Round(to.Sub(from).Hours() / 24)) }

// shortDay leaves the year out where it goes without saying.
func shortDay(day, first time.Time) string {
	if day.Year() == first.Year() {
		return day.Format("1-2")
	}
	return day.Format("2006-1-2")
}

// draw adds a line through the points.
func (c *chart) draw(class string, points []tick) {
	var b strings.Builder
	for i, p := range points {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%.1f,%.1f", p.X, p.Y)
	}
	c.Lines = append(c.Lines, line{Class: class, Points: b.String()})
}

// turnover draws what each run day found, upwards, and settled, downwards.
func turnover(nights []night) *chart {
	c := newChart("每次运行新增和了结的疑点", 220)
	c.Top = 16
	up, down := 0.0, 0.0
	for _, n := range nights {
		up, down = max(up, float64(n.Came)), max(down, float64(n.Went))
	}
	at := c.rows(-down, up)
	c.Zero = at(0)
	slot := (c.Right - c.Left) / float64(len(nights))
	width := min(slot*0.6, 32)
	every := (len(nights) + 11) / 12
	const numbered = 16 // with more bars their numbers would run into each other
	bar := func(middle, from, to float64, class string, n int64, textY float64) {
		r := rect{X: middle - width/2, Y: from, Width: width, Height: to - from, Class: class, TextY: textY}
		if len(nights) <= numbered && n > 0 {
			r.Text = thousands(n)
		}
		c.Bars = append(c.Bars, r)
	}
	for i, n := range nights {
		middle := c.Left + (float64(i)+0.5)*slot
		bar(middle, at(float64(n.Came)), c.Zero, "came", n.Came, at(float64(n.Came))-4)
		bar(middle, c.Zero, at(-float64(n.Went)), "went", n.Went, at(-float64(n.Went))+13)
		if i%every == 0 {
			c.Columns = append(c.Columns, tick{X: middle, Y: c.Bottom, Text: shortDay(n.Day, nights[0].Day)})
		}
	}
	return c
}

// farAhead is how many days after the run a date may lie to be drawn: further
// ones would leave what happened no room.
const farAhead = 92

// burndown draws what stood open at the end of each run day against the stages
// of the campaign, and the straight way from the highest point to none when due.
func burndown(nights []night, stages []Stage, due time.Time) *chart {
	first, today := nights[0].Day, nights[len(nights)-1].Day
	last := today
	for _, day := range append(stageEnds(stages), due) {
		if day.After(last) && daysBetween(today, day) <= farAhead {
			last = day
		}
	}
	c := newChart("未结疑点的变化", 280)
	x := c.days(first, last)
	peak := nights[0]
	for _, n := range nights {
		if n.Open > peak.Open {
			peak = n
		}
	}
	y := c.rows(0, float64(peak.Open))
	for _, s := range stages {
		c.band(s, first, last, x)
	}
	if due.After(peak.Day) && !due.After(last) {
		c.draw("aim", []tick{{X: x(peak.Day), Y: y(float64(peak.Open))}, {X: x(due), Y: y(0)}})
	}
	var open, confirmed []tick
	for _, n := range nights {
		open = append(open, tick{X: x(n.Day), Y: y(float64(n.Open))})
		confirmed = append(confirmed, tick{X: x(n.Day), Y: y(float64(n.Confirmed))})
	}
	c.draw("confirmed", confirmed)
	c.draw("open", open)
	const dotted = 40
	if len(open) <= dotted {
		c.Dots = open
	}
	c.mark("today", "数据日期", today, first, last, x)
	c.mark("due", "完成时限", due, first, last, x)
	return c
}

func stageEnds(stages []Stage) []time.Time {
	var ends []time.Time
	for _, s := range stages {
		ends = append(ends, s.To)
	}
	return ends
}

// band shades a stage as far as it lies between the days; its name stands
// above where there is room for it.
func (c *chart) band(s Stage, first, last time.Time, x func(time.Time) float64) {
	from, to := s.From, s.To.AddDate(0, 0, 1)
	if from.Before(first) {
		from = first
	}
	if to.After(last) {
		to = last
	}
	if !from.Before(to) {
		return
	}
	r := rect{X: x(from), Y: c.Top, Width: x(to) - x(from), Height: c.Bottom - c.Top, Class: fmt.Sprintf("stage%d", len(c.Bands)%2), TextY: 14}
	const character = 13
	if float64(len([]rune(s.Name))*character) <= r.Width {
		r.Text = s.Name
	}
	c.Bands = append(c.Bands, r)
}

// mark names a day at the head of an upright line, each in a row of its own.
func (c *chart) mark(class, text string, day, first, last time.Time, x func(time.Time) float64) {
	if day.Before(first) || day.After(last) {
		return
	}
	m := mark{X: x(day), Y: 27 + 14*float64(len(c.Marks)), Class: class, Text: text + " " + day.Format("1-2"), Anchor: "start"}
	if m.X > (c.Left+c.Right)/2 {
		m.Anchor = "end"
	}
	c.Marks = append(c.Marks, m)
}
