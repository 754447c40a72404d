package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// TestOverviewAddsUp compares the figures of overview.html with each other and
// with findings.csv, and looks for what the page must never hold.
func TestOverviewAddsUp(t *testing.T) {
	day := sampleNights(t)
	page, err := os.ReadFile(filepath.Join(day, "overview.html"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(day, "全区", "findings.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	findings, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	open := len(findings) - 1

	tables := tablesOf(t, string(page))
	for _, c := range []struct {
		heading string
		column  int
		sum     bool
	}{{"走势", 3, false}, {"各镇各类未结疑点", 7, true}, {"按规则", 4, true}} {
		got := 0
		for i, row := range tables[c.heading] {
			if c.column < len(row) && (c.sum || i == 1) {
				n, _ := strconv.Atoi(strings.ReplaceAll(row[c.column], ",", ""))
				got += n
			}
		}
		if got != open || open == 0 {
			t.Errorf("%s tells of %d open findings, findings.csv of %d", c.heading, got, open)
		}
	}
	for _, row := range findings[1:] {
		for _, told := range []string{strings.TrimSpace(row[7]), row[8]} { // none of the sample's names is a word of the page
			if told != "" && strings.Contains(string(page), told) {
				t.Errorf("the page holds somebody's number or name: %s", told)
			}
		}
	}
	if number := regexp.MustCompile(`[0-9]{14}`).Find(page); number != nil {
		t.Errorf("the page holds a number of 14 digits: %s", number)
	}
}

// tablesOf gives the first table after each heading, row by row.
func tablesOf(t *testing.T, page string) map[string][][]string {
	t.Helper()
	tree, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	tables, heading := map[string][][]string{}, ""
	for n := range tree.Descendants() {
		switch {
		case n.Type != html.ElementNode:
		case n.Data == "h2":
			heading = textOf(n)
		case n.Data == "table" && tables[heading] == nil:
			for row := range n.Descendants() {
				if row.Type == html.ElementNode && row.Data == "tr" {
					var cells []string
					for cell := range row.ChildNodes() {
						if cell.Type == html.ElementNode {
							cells = append(cells, textOf(cell))
						}
					}
					tables[heading] = append(tables[heading], cells)
				}
			}
		}
	}
	return tables
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.TrimSpace(b.String())
}
