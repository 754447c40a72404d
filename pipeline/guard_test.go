package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hedui/matchers"
	"hedui/pipeline/fault"
	"hedui/pipeline/warehouse"
	"hedui/sources/idnumber"
)

// inbox is what is sent for one night: file name to text.
type inbox map[string]string

// list is a roster of n persons a town, in the order given; the same person is
// number i of a town every time. Lines are cut to the columns of the header.
func list(header string, towns ...any) string {
	var b strings.Builder
	b.WriteString(header + "\n")
	for i := 0; i < len(towns); i += 2 {
		town := towns[i].(string)
		for j := range towns[i+1].(int) {
			id := identity(strings.TrimSuffix(town, "镇"), j)
			if !strings.HasPrefix(header, "镇,") {
				fmt.Fprintf(&b, "甲%s,%s,某校\n", id[10:14], id)
				continue
			}
			fmt.Fprintf(&b, "%s,甲%s,%s,D%s\n", town, id[10:14], id, id)
		}
	}
	return b.String()
}

// identity is the ID number of a town's person: the short name tells towns apart.
func identity(town string, n int) string {
	sum := 0
	for _, r := range town {
		sum = (sum*31 + int(r)) % 10
	}
	first := fmt.Sprintf("13089%d1970%02d%02d%03d", sum, 1+n/28%12, 1+n%28, n)
	return first + string(idnumber.CheckDigit(first))
}

const (
	ofDibao  = "镇,姓名,身份证号,低保证号"
	ofPupils = "姓名,身份证号,学校"
)

func dibao(towns ...any) inbox { return inbox{"低保.csv": list(ofDibao, towns...)} }

// guarded is a warehouse that takes in rosters night by night, up to the guard.
type guarded struct {
	t      *testing.T
	folder string
	config string
	w      *warehouse.Warehouse
}

func newGuarded(t *testing.T, limits string) *guarded {
	t.Helper()
	g := &guarded{t: t, folder: t.TempDir()}
	g.config = filepath.Join(g.folder, "config.yaml")
	text := strings.Replace(exampleConfig, "limits: {shrink_rate: 1, stale_days: 36500, canaries: false}", limits, 1)
	if err := os.WriteFile(g.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if g.w, err = warehouse.Open(context.Background(), "", warehouse.Options{Memory: "1GB", Threads: 1}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { g.w.Close() })
	return g
}

// take walks the night of day over what is sent, each file as old as its day
// unless dated says otherwise, and records the run.
func (g *guarded) take(day string, sent inbox, dated map[string]string, accept ...string) (*Manifest, error) {
	g.t.Helper()
	folder := filepath.Join(g.folder, day)
	if err := os.RemoveAll(folder); err != nil {
		g.t.Fatal(err)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		g.t.Fatal(err)
	}
	for name, text := range sent {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			g.t.Fatal(err)
		}
		on := day
		if dated[name] != "" {
			on = dated[name]
		}
		at, err := time.Parse(time.DateOnly, on)
		if err != nil {
			g.t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			g.t.Fatal(err)
		}
	}
	// A night has a connection of its own: what the last one's guard laid over these is gone.
	if _, err := g.w.Conn().ExecContext(context.Background(), "DROP TABLE IF EXISTS temp.source_file; DROP TABLE IF EXISTS temp.reject; DROP TABLE IF EXISTS temp.cell_fault"); err != nil {
		g.t.Fatal(err)
	}
	n, err := exampleNight(g.config, day, g.w)
	if err != nil {
		g.t.Fatal(err)
	}
	n.runID = fmt.Sprintf("%s/%d", day, time.Now().UnixNano())
	n.manifest.RunID, n.manifest.AsOf, n.Operator = n.runID, day, "值班员"
	if n.accepts, err = parseAccepts(n.Config, accept); err != nil {
		return nil, err
	}
	if n.rules, err = matchers.Rules(""); err != nil {
		g.t.Fatal(err)
	}
	for _, stage := range stagesBefore("resolve") {
		if err := stage.run(n, context.Background()); err != nil {
			return nil, err
		}
	}
	if err := n.noteRun(context.Background()); err != nil {
		g.t.Fatal(err)
	}
	return &n.manifest, nil
}

func (g *guarded) must(day string, sent inbox, accept ...string) *Manifest {
	g.t.Helper()
	return g.mustDated(day, sent, nil, accept...)
}

func (g *guarded) mustDated(day string, sent inbox, dated map[string]string, accept ...string) *Manifest {
	g.t.Helper()
	m, err := g.take(day, sent, dated, accept...)
	if err != nil {
		g.t.Fatal(err)
	}
	return m
}

// scopes writes a night's holds as kind=town reason before→after.
func scopes(m *Manifest) []string {
	var list []string
	for _, h := range m.Holds {
		text := fmt.Sprintf("%s %s %d", scope{h.Kind, h.Town}, h.Reason, h.Before)
		if h.After != nil {
			text += fmt.Sprintf("→%d", *h.After)
		}
		if h.Accepted != "" {
			text += " 接收"
		}
		list = append(list, text)
	}
	return list
}

func (g *guarded) expect(m *Manifest, want ...string) {
	g.t.Helper()
	if got := scopes(m); !slices.Equal(got, want) {
		g.t.Errorf("%s: held %q, want %q", m.AsOf, got, want)
	}
	held := 0
	for _, h := range m.Holds {
		if h.Accepted == "" {
			held++
		}
	}
	if held != len(m.Warnings) {
		g.t.Errorf("%s: %d scopes held, warnings %q", m.AsOf, held, m.Warnings)
	}
}

// inForce counts the rows in force by town.
func (g *guarded) inForce(kind string) string {
	g.t.Helper()
	return g.text("SELECT coalesce(string_agg(t || n, ' ' ORDER BY t), '') FROM (SELECT coalesce(town, '') AS t, count(*) AS n FROM read_" + kind + " GROUP BY ALL)")
}

func (g *guarded) text(query string) string {
	g.t.Helper()
	var text string
	if err := g.w.Conn().QueryRowContext(context.Background(), query).Scan(&text); err != nil {
		g.t.Fatal(err)
	}
	return text
}

const usual = "limits: {shrink_rate: 0.2, stale_days: 45}"

// TestGuardJudges: what came first and what came then, what is held of it, and
// what is in force after it.
func TestGuardJudges(t *testing.T) {
	noTown := "镇,姓名,身份证号,低保证号\n"
	cases := []struct {
		name        string
		first, then inbox
		held        []string
		inForce     string // of dibao
	}{
		{"as it was", dibao("东沟镇", 10, "西岭镇", 10), dibao("东沟镇", 10, "西岭镇", 10), nil, "东沟镇10 西岭镇10"},
		{"more than before", dibao("东沟镇", 10), dibao("东沟镇", 20, "西岭镇", 3), nil, "东沟镇20 西岭镇3"},
		{"a fifth less is not more than a fifth", dibao("东沟镇", 10, "西岭镇", 10), dibao("东沟镇", 8, "西岭镇", 8), nil, "东沟镇8 西岭镇8"},
		{"a fifth of 35, which binary fractions miss", dibao("东沟镇", 35, "西岭镇", 35), dibao("东沟镇", 28, "西岭镇", 35), nil, "东沟镇28 西岭镇35"},
		{"one row less than that", dibao("东沟镇", 35, "西岭镇", 35), dibao("东沟镇", 27, "西岭镇", 33), []string{"dibao=东沟镇 减少 35→27"}, "东沟镇35 西岭镇33"},
		{"a small town by itself", dibao("东沟镇", 100, "西岭镇", 3), dibao("东沟镇", 99, "西岭镇", 2), []string{"dibao=西岭镇 减少 3→2"}, "东沟镇99 西岭镇3"},
		{"the larger town: in all it is a third, but only that town is in doubt", dibao("东沟镇", 20, "西岭镇", 10), dibao("东沟镇", 10, "西岭镇", 11), []string{"dibao=东沟镇 减少 20→10"}, "东沟镇20 西岭镇11"},
		{"a town is gone", dibao("东沟镇", 10, "西岭镇", 10), dibao("西岭镇", 9), []string{"dibao=东沟镇 缺镇 10→0"}, "东沟镇10 西岭镇9"},
		{"every town falls", dibao("东沟镇", 10, "西岭镇", 10), dibao("东沟镇", 5, "西岭镇", 5), []string{"dibao 减少 20→10"}, "东沟镇10 西岭镇10"},
		{"the only town falls", dibao("东沟镇", 10), dibao("东沟镇", 7), []string{"dibao 减少 10→7"}, "东沟镇10"},
		{"a header and no row", dibao("东沟镇", 10), inbox{"低保.csv": noTown}, []string{"dibao 缺镇 10→0"}, "东沟镇10"},
		{"rows without a town: in all", dibao("", 10, "东沟镇", 10), dibao("", 2, "东沟镇", 10), []string{"dibao 减少 20→12"}, "10 东沟镇10"},
		{"rows without a town, not many", dibao("", 5, "东沟镇", 20), dibao("东沟镇", 20), nil, "东沟镇20"},
		{"a town told by its full name", dibao("东沟", 10, "西岭镇", 10), dibao("东沟镇", 10, "西岭镇", 10), nil, "东沟镇10 西岭镇10"},
		{"a town told by its full name, and half of it gone", dibao("东沟", 10, "西岭镇", 10), dibao("东沟镇", 5, "西岭镇", 10), []string{"dibao=东沟 缺镇 10→0"}, "东沟5 东沟镇5 西岭镇10"},
		{"a file a town, and one did not come",
			inbox{"低保东沟.csv": list(ofDibao, "东沟镇", 10), "低保西岭.csv": list(ofDibao, "西岭镇", 5), "低保南坡.csv": list(ofDibao, "南坡镇", 5)},
			inbox{"低保东沟.csv": list(ofDibao, "东沟镇", 11), "低保西岭.csv": list(ofDibao, "西岭镇", 5)},
			[]string{"dibao=南坡镇 缺镇 5→0"}, "东沟镇11 南坡镇5 西岭镇5"},
		{"no file", dibao("东沟镇", 10), inbox{}, []string{"dibao 未取得 10"}, "东沟镇10"},
		{"the first snapshot", inbox{"学校.csv": list(ofPupils, "", 1)}, dibao("东沟镇", 1), []string{"school 未取得 1"}, "东沟镇1"},
		{"a roster without a town column",
			inbox{"学校.csv": list(ofPupils, "", 10)}, inbox{"学校.csv": list(ofPupils, "", 7)}, []string{"school 减少 10→7"}, ""},
		{"a roster without a town column, a fifth less",
			inbox{"学校.csv": list(ofPupils, "", 10)}, inbox{"学校.csv": list(ofPupils, "", 8)}, nil, ""},
		{"a list of events may shrink and lack towns",
			inbox{"临时救助.csv": list("镇,姓名,身份证号,原因", "东沟镇", 10, "西岭镇", 3)}, inbox{"临时救助.csv": list("镇,姓名,身份证号,原因", "东沟镇", 1)}, nil, ""},
		{"a list of events that did not come",
			inbox{"临时救助.csv": list("镇,姓名,身份证号,原因", "东沟镇", 10)}, inbox{}, []string{"temporary_aid 未取得 10"}, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := newGuarded(t, usual)
			g.expect(g.must("2021-05-10", c.first))
			g.expect(g.must("2021-06-10", c.then), c.held...)
			if got := g.inForce("dibao"); got != c.inForce {
				t.Errorf("in force %q, want %q", got, c.inForce)
			}
		})
	}
}

// TestGuardRefused: a file that cannot be read holds its whole roster; its own
// fault is the warning.
func TestGuardRefused(t *testing.T) {
	g := newGuarded(t, usual)
	g.must("2021-05-10", dibao("东沟镇", 10))
	m := g.must("2021-05-11", inbox{"低保.csv": "镇,姓名\n东沟镇,甲\n"})
	g.expect(m, "dibao 拒收 10")
	if !strings.Contains(m.Warnings[0], string(fault.SourceColumn)) {
		t.Errorf("warnings %q", m.Warnings)
	}
}

// TestGuardNightByNight: a hold stays while nothing better comes, adds nothing
// to the history, knows since when, and is lifted by a good file.
func TestGuardNightByNight(t *testing.T) {
	g := newGuarded(t, usual)
	g.must("2021-05-10", dibao("东沟镇", 10, "西岭镇", 10))
	short := dibao("东沟镇", 5, "西岭镇", 9)
	g.expect(g.must("2021-05-11", short), "dibao=东沟镇 减少 10→5")
	before := g.text("SELECT concat_ws(' ', count(*), max(valid_from)) FROM history_dibao")
	for _, day := range []string{"2021-05-12", "2021-05-12", "2021-05-13"} {
		m := g.must(day, short)
		g.expect(m, "dibao=东沟镇 减少 10→5")
		if r := m.Rosters[1]; r.Status != "未变" || r.Added+r.Ended != 0 || m.Holds[0].Since != "2021-05-11" {
			t.Errorf("%s: %+v, held since %s", day, r, m.Holds[0].Since)
		}
	}
	if after := g.text("SELECT concat_ws(' ', count(*), max(valid_from)) FROM history_dibao"); after != before {
		t.Errorf("history %s, then %s", before, after)
	}
	// no file at all for a night: still the same rows
	g.expect(g.must("2021-05-14", inbox{}), "dibao 未取得 19")
	g.expect(g.must("2021-05-15", short), "dibao=东沟镇 减少 10→5")
	// half a remedy, under another name: another file, the same measure
	g.expect(g.must("2021-05-16", inbox{"低保乙.csv": list(ofDibao, "东沟镇", 7, "西岭镇", 9)}), "dibao=东沟镇 减少 10→7")
	g.expect(g.must("2021-05-17", dibao("东沟镇", 8, "西岭镇", 9)))
	if got := g.inForce("dibao"); got != "东沟镇8 西岭镇9" {
		t.Errorf("in force %s", got)
	}
	if got := g.text("SELECT string_agg(path, ' ') FROM standing_file"); got != "低保.csv" {
		t.Errorf("standing files %s", got)
	}
}

// TestGuardTownHeldThroughTheWhole: a town's hold goes on through nights on which the whole
// roster is held, and ends with the first that takes the town.
func TestGuardTownHeldThroughTheWhole(t *testing.T) {
	g := newGuarded(t, usual)
	whole := dibao("东沟镇", 10, "西岭镇", 10, "南坡镇", 10)
	g.must("2021-06-11", whole)
	for _, night := range []struct {
		day   string
		sent  inbox
		since string
	}{
		{"2021-06-12", dibao("东沟镇", 10, "西岭镇", 2, "南坡镇", 2), "2021-06-12 2021-06-12"},
		{"2021-06-13", dibao("东沟镇", 10, "西岭镇", 2, "南坡镇", 10), "2021-06-12"},
		{"2021-06-14", inbox{}, "2021-06-14"},
		{"2021-06-15", dibao("东沟镇", 10, "南坡镇", 2), "2021-06-14 2021-06-12"},
		{"2021-06-16", whole, ""},
		{"2021-06-17", dibao("东沟镇", 10, "南坡镇", 10), "2021-06-17"},
	} {
		var since []string
		for _, h := range g.must(night.day, night.sent).Holds {
			since = append(since, h.Since)
		}
		if got := strings.Join(since, " "); got != night.since {
			t.Errorf("%s: held since %q, want %q", night.day, got, night.since)
		}
	}
}

// TestGuardCountsWhatWasRead: a roster that did not come, or was refused, stands by the accounts
// of earlier nights' files; they are not tonight's, and of a town's hold they are two.
func TestGuardCountsWhatWasRead(t *testing.T) {
	g := newGuarded(t, usual)
	pupils := list(ofPupils, "东沟镇", 3)
	night := func(day, dibao string, read, loaded int64) {
		t.Helper()
		sent := inbox{"学校.csv": pupils}
		if dibao != "无" {
			sent["低保.csv"] = dibao
		}
		m := g.must(day, sent)
		if m.RowsRead != read || m.RowsLoaded != loaded {
			t.Errorf("%s: %d rows read, %d loaded, want %d and %d", day, m.RowsRead, m.RowsLoaded, read, loaded)
		}
	}
	short := list(ofDibao, "东沟镇", 5, "西岭镇", 10)
	night("2021-06-10", list(ofDibao, "东沟镇", 10, "西岭镇", 10), 21+4, 20+3)
	night("2021-06-11", short, 16+4, 15+3)
	night("2021-06-12", short, 16+4, 15+3)
	night("2021-06-13", "", 4, 3)
	night("2021-06-14", "无", 4, 3)
	if got := g.inForce("dibao"); got != "东沟镇10 西岭镇10" {
		t.Errorf("in force %s", got)
	}
}

// TestGuardPartsStayWhole: while a town is held, a part that did not change is
// not taken from the rows in force, which are not its own.
func TestGuardPartsStayWhole(t *testing.T) {
	g := newGuarded(t, usual)
	g.must("2021-05-10", inbox{"低保甲.csv": list(ofDibao, "东沟镇", 10, "西岭镇", 10), "低保乙.csv": list(ofDibao, "南坡镇", 10)})
	sent := inbox{"低保甲.csv": list(ofDibao, "东沟镇", 5, "西岭镇", 10), "低保乙.csv": list(ofDibao, "南坡镇", 10)}
	g.expect(g.must("2021-05-11", sent), "dibao=东沟镇 减少 10→5")
	sent["低保乙.csv"] = list(ofDibao, "南坡镇", 11)
	g.expect(g.must("2021-05-12", sent), "dibao=东沟镇 减少 10→5")
	if got := g.inForce("dibao"); got != "东沟镇10 南坡镇11 西岭镇10" {
		t.Errorf("in force %s", got)
	}
}

// TestGuardColumnsInForce: a file of which nothing is taken does not decide
// which columns there are, the one whose rows stand does.
func TestGuardColumnsInForce(t *testing.T) {
	const ofVillages = "镇,姓名,身份证号,村"
	g := newGuarded(t, usual)
	g.must("2021-05-10", inbox{"低保甲.csv": list(ofVillages, "东沟镇", 10), "低保乙.csv": list(ofVillages, "西岭镇", 10)})
	g.expect(g.must("2021-05-11", inbox{"低保甲.csv": list("镇,姓名,身份证号,备注", "东沟镇", 5), "低保乙.csv": list(ofVillages, "西岭镇", 10)}), "dibao=东沟镇 减少 10→5")
	const state = "SELECT concat_ws(' ', list_contains(columns, 'village'), files) FROM roster_state WHERE kind = 'dibao'"
	if got := g.text(state); got != "true [低保乙.csv, 低保甲.csv]" {
		t.Errorf("roster state: %s", got)
	}
	g.must("2021-05-12", inbox{"低保甲.csv": list("镇,姓名,身份证号,备注", "东沟镇", 5), "低保乙.csv": list(ofVillages, "西岭镇", 10)}, "dibao")
	if got := g.text(state); got != "false [低保乙.csv, 低保甲.csv]" {
		t.Errorf("roster state when it is accepted: %s", got)
	}
}

func TestGuardAccept(t *testing.T) {
	three := dibao("东沟镇", 10, "西岭镇", 10, "南坡镇", 10)
	cases := []struct {
		name    string
		then    inbox
		accept  []string
		held    []string
		inForce string
	}{
		{"the town", dibao("东沟镇", 5, "西岭镇", 10, "南坡镇", 10), []string{"dibao=东沟镇"}, []string{"dibao=东沟镇 减少 10→5 接收"}, "东沟镇5 南坡镇10 西岭镇10"},
		{"the roster, of which a town is held", dibao("东沟镇", 5, "西岭镇", 10, "南坡镇", 10), []string{"dibao"}, []string{"dibao 减少 30→25 接收"}, "东沟镇5 南坡镇10 西岭镇10"},
		{"one of two towns", dibao("东沟镇", 5, "南坡镇", 10), []string{"dibao=西岭镇"}, []string{"dibao=东沟镇 减少 10→5", "dibao=西岭镇 缺镇 10→0 接收"}, "东沟镇10 南坡镇10"},
		{"both towns", dibao("东沟镇", 5, "南坡镇", 10), []string{"dibao=西岭镇", "dibao=东沟镇"}, []string{"dibao=东沟镇 减少 10→5 接收", "dibao=西岭镇 缺镇 10→0 接收"}, "东沟镇5 南坡镇10"},
		{"the roster, all of which is held", dibao("东沟镇", 1, "西岭镇", 1), []string{"dibao"}, []string{"dibao 减少 30→2 接收"}, "东沟镇1 西岭镇1"},
		{"a town of a roster all of which is held", dibao("东沟镇", 1, "西岭镇", 1, "南坡镇", 1), []string{"dibao=西岭镇"},
			[]string{"dibao=东沟镇 减少 10→1", "dibao=南坡镇 减少 10→1", "dibao=西岭镇 减少 10→1 接收"}, "东沟镇10 南坡镇10 西岭镇1"},
		{"what is not held", dibao("东沟镇", 5, "西岭镇", 10, "南坡镇", 10), []string{"dibao=西岭镇", "tekun"}, []string{"dibao=东沟镇 减少 10→5"}, "东沟镇10 南坡镇10 西岭镇10"},
		{"what did not come", inbox{}, []string{"dibao"}, []string{"dibao 未取得 30"}, "东沟镇10 南坡镇10 西岭镇10"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			for _, late := range []bool{false, true} { // at once, or when it was held for a night
				g := newGuarded(t, usual)
				g.must("2021-05-10", three)
				if late {
					g.must("2021-05-11", c.then)
				}
				m := g.must("2021-05-12", c.then, c.accept...)
				g.expect(m, c.held...)
				if got := g.inForce("dibao"); got != c.inForce {
					t.Errorf("in force %q, want %q", got, c.inForce)
				}
				for _, h := range m.Holds {
					if h.Accepted != "" && h.Accepted != "值班员" {
						t.Errorf("%s was accepted by %q", h.Note, h.Accepted)
					}
				}
				// what was taken is the measure now, and what was not is still held
				var still []string
				for _, h := range c.held {
					if !strings.HasSuffix(h, "接收") {
						still = append(still, h)
					}
				}
				if len(c.then) > 0 {
					g.expect(g.must("2021-05-12", c.then), still...)
				}
			}
		})
	}
}

func TestGuardAcceptsWhatThereIs(t *testing.T) {
	g := newGuarded(t, usual)
	g.must("2021-05-10", dibao("上板城镇", 10, "西岭镇", 10))
	for accept, names := range map[string]string{"低保": "dibao（", "dibao=东沟镇": "上板城镇、西岭镇", "verification=东沟镇": "不分镇", "": "dibao（"} {
		sent := dibao("上板城镇", 5, "西岭镇", 10)
		sent["核对.csv"] = "姓名,身份证号,核对项目\n甲一," + identity("东沟", 1) + ",死亡\n"
		_, err := g.take("2021-05-11", sent, nil, accept)
		if f := fault.Of(err); f == nil || f.Code != fault.Usage || f.Code.Exit() != fault.ExitUsage || !strings.Contains(f.Error(), names) {
			t.Errorf("--accept %q: %v", accept, err)
		}
	}
	// a town under an alias
	g.expect(g.must("2021-05-11", dibao("上板城镇", 5, "西岭镇", 10), "dibao=上板城"), "dibao=上板城镇 减少 10→5 接收")
}

// TestGuardStale: 45 days are not more than 45; a new date is enough; what was
// accepted is as new as the day on which it was; a first snapshot is never held.
func TestGuardStale(t *testing.T) {
	g := newGuarded(t, usual)
	sent, old := dibao("东沟镇", 10), map[string]string{"低保.csv": "2021-05-10"}
	nights := []struct {
		day, accept string
		dated       map[string]string
		held        []string
	}{
		{"2021-06-25", "", old, nil}, // the first, 46 days old
		{"2021-06-25", "", old, nil}, // the same day again
		{"2021-06-26", "", old, []string{"dibao 过期 10→10"}},
		{"2021-06-26", "", map[string]string{"低保.csv": "2021-05-12"}, nil},                        // 45 days
		{"2021-06-27", "", map[string]string{"低保.csv": "2021-05-12"}, []string{"dibao 过期 10→10"}}, // 46 days
		{"2021-06-28", "dibao", old, []string{"dibao 过期 10→10 接收"}},
		{"2021-08-12", "", old, nil},
		{"2021-08-13", "", old, []string{"dibao 过期 10→10"}},
		{"2021-08-14", "dibao=东沟镇", old, []string{"dibao=东沟镇 过期 10→10 接收"}},
		{"2021-08-15", "", old, nil},
	}
	for _, n := range nights {
		var accept []string
		if n.accept != "" {
			accept = []string{n.accept}
		}
		g.expect(g.mustDated(n.day, sent, n.dated, accept...), n.held...)
	}
	g = newGuarded(t, "limits: {shrink_rate: 0.2, stale_days: 0}")
	g.mustDated("2021-06-25", sent, old)
	g.expect(g.mustDated("2024-06-26", sent, old))
}

// TestGuardStaleParts: a roster in parts is held for the old file's towns; a new
// file with an old date is not taken; a list of events is as new as its newest.
func TestGuardStaleParts(t *testing.T) {
	g := newGuarded(t, usual)
	sent := inbox{"低保甲.csv": list(ofDibao, "东沟镇", 10), "低保乙.csv": list(ofDibao, "西岭镇", 10),
		"临时救助5月.csv": list("镇,姓名,身份证号,原因", "东沟镇", 2), "临时救助6月.csv": list("镇,姓名,身份证号,原因", "东沟镇", 3)}
	old := map[string]string{"低保甲.csv": "2021-04-01", "临时救助5月.csv": "2021-04-01"}
	g.must("2021-05-10", sent)
	g.expect(g.mustDated("2021-05-20", sent, old), "dibao=东沟镇 过期 10→10")
	sent["低保甲.csv"] = list(ofDibao, "东沟镇", 12)
	g.expect(g.mustDated("2021-05-21", sent, old), "dibao=东沟镇 过期 10→12")
	if got := g.inForce("dibao"); got != "东沟镇10 西岭镇10" {
		t.Errorf("in force %s", got)
	}
	old["临时救助6月.csv"] = "2021-04-02"
	g.expect(g.mustDated("2021-05-22", sent, old), "dibao=东沟镇 过期 10→12", "temporary_aid 过期 5→5")
}
