package pipeline

import (
	"fmt"
	"strings"
	"testing"

	"hedui/pipeline/fault"
)

// TestGuardEmptied: a column that most rows had, and that is blank throughout tonight, is a
// fault of the file and no event: without the hold everybody in it would be unpaid.
func TestGuardEmptied(t *testing.T) {
	const paid = "镇,姓名,身份证号,低保证号,月保障金,档次,渐退期截止"
	// rows gives n people of a town, of whom so many have an amount, a tier and a last month
	rows := func(town string, n, amounts, tiers, ends int) string {
		var b strings.Builder
		for i, line := range strings.Split(strings.TrimSpace(list(ofDibao, town, n)), "\n")[1:] {
			cell := func(k int, text string) string {
				if i < k {
					return text
				}
				return ""
			}
			fmt.Fprintf(&b, "%s,%s,%s,%s\n", line, cell(amounts, "330"), cell(tiers, "B"), cell(ends, "2022年1月"))
		}
		return b.String()
	}
	sent := func(parts ...string) inbox {
		return inbox{"低保.csv": paid + "\n" + strings.Join(parts, "")}
	}
	cases := []struct {
		name        string
		first, then inbox
		held        []string
	}{
		{"as it was", sent(rows("东沟镇", 40, 40, 40, 0)), sent(rows("东沟镇", 40, 40, 40, 0)), nil},
		{"a town's column", sent(rows("东沟镇", 40, 40, 40, 0), rows("西岭镇", 40, 40, 40, 0)), sent(rows("东沟镇", 40, 0, 40, 0), rows("西岭镇", 40, 40, 40, 0)), []string{"dibao=东沟镇 缺项 40→40"}},
		{"one amount is left", sent(rows("东沟镇", 40, 40, 40, 0), rows("西岭镇", 40, 40, 40, 0)), sent(rows("东沟镇", 40, 1, 40, 0), rows("西岭镇", 40, 40, 40, 0)), nil},
		{"half of the rows had it", sent(rows("东沟镇", 40, 20, 40, 0), rows("西岭镇", 40, 40, 40, 0)), sent(rows("东沟镇", 40, 0, 40, 0), rows("西岭镇", 40, 40, 40, 0)), []string{"dibao=东沟镇 缺项 40→40"}},
		{"fewer than half had it", sent(rows("东沟镇", 41, 20, 40, 0), rows("西岭镇", 40, 40, 40, 0)), sent(rows("东沟镇", 41, 0, 40, 0), rows("西岭镇", 40, 40, 40, 0)), nil},
		{"19 rows had it", sent(rows("东沟镇", 19, 19, 19, 0), rows("西岭镇", 40, 40, 40, 0)), sent(rows("东沟镇", 19, 0, 19, 0), rows("西岭镇", 40, 40, 40, 0)), nil},
		{"what few ever have", sent(rows("东沟镇", 60, 60, 60, 25)), sent(rows("东沟镇", 60, 60, 60, 0)), nil},
		{"everywhere, small towns too", sent(rows("东沟镇", 40, 40, 40, 0), rows("西岭镇", 3, 3, 3, 0)), sent(rows("东沟镇", 40, 0, 0, 0), rows("西岭镇", 3, 0, 3, 0)), []string{"dibao 缺项 43→43"}},
		{"and half the rows", sent(rows("东沟镇", 60, 60, 60, 0), rows("西岭镇", 40, 40, 40, 0)), sent(rows("东沟镇", 30, 0, 30, 0), rows("西岭镇", 40, 40, 40, 0)), []string{"dibao=东沟镇 减少 60→30"}},
		{"without the column at all", sent(rows("东沟镇", 40, 40, 40, 0)), inbox{"低保.csv": list(ofDibao, "东沟镇", 40)}, nil},
		{"the first snapshot", inbox{"学校.csv": list(ofPupils, "", 1)}, sent(rows("东沟镇", 40, 0, 0, 0)), []string{"school 未取得 1"}},
		{"where blank means no", inbox{"残疾.csv": ofSubsidy(30, "是")}, inbox{"残疾.csv": ofSubsidy(30, "")}, []string{"disability 缺项 30→30"}},
		{"no is an answer", inbox{"残疾.csv": ofSubsidy(30, "是")}, inbox{"残疾.csv": ofSubsidy(30, "否")}, nil},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			g := newGuarded(t, usual)
			g.expect(g.must("2021-05-10", c.first))
			g.expect(g.must("2021-06-10", c.then), c.held...)
		})
	}

	// It stays so, says what is blank, is lifted by a good file, and may be accepted.
	g := newGuarded(t, usual)
	good := sent(rows("东沟镇", 40, 40, 40, 0), rows("西岭镇", 40, 40, 40, 0))
	bad := sent(rows("东沟镇", 40, 0, 0, 0), rows("西岭镇", 40, 40, 40, 0))
	g.must("2021-05-10", good)
	for _, day := range []string{"2021-05-11", "2021-05-12"} {
		m := g.must(day, bad)
		g.expect(m, "dibao=东沟镇 缺项 40→40")
		if want := "｜“月保障金额”“保障档次”上期多有填写，本期 40 行都是空的"; !strings.Contains(m.Warnings[0], want) || !strings.HasPrefix(m.Warnings[0], string(fault.SourceEmptied)) {
			t.Errorf("%s: %s, want %s", day, m.Warnings[0], want)
		}
		if got := g.text("SELECT count(amount) || ' ' || count(*) FROM read_dibao WHERE town = '东沟镇'"); got != "40 40" {
			t.Errorf("%s: amounts and rows in force: %s", day, got)
		}
	}
	g.expect(g.must("2021-05-13", good))
	g.expect(g.must("2021-05-14", bad), "dibao=东沟镇 缺项 40→40")
	g.expect(g.must("2021-05-15", bad, "dibao=东沟镇"), "dibao=东沟镇 缺项 40→40 接收")
	g.expect(g.must("2021-05-16", bad))
	if got := g.text("SELECT count(amount) || ' ' || count(*) FROM read_dibao WHERE town = '东沟镇'"); got != "0 40" {
		t.Errorf("after it was accepted, amounts and rows in force: %s", got)
	}
}

// ofSubsidy is a roster of n people of one town whose nursing subsidy is as told.
func ofSubsidy(n int, subsidy string) string {
	lines := strings.Split(strings.TrimSpace(list("镇,姓名,身份证号,残疾证号", "东沟镇", n)), "\n")
	for i := range lines[1:] {
		cells := strings.Split(lines[i+1], ",")
		cells[3] = cells[2] + "41"
		lines[i+1] = strings.Join(cells, ",") + "," + subsidy
	}
	lines[0] += ",护理补贴"
	return strings.Join(lines, "\n") + "\n"
}
