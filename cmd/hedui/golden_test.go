package main

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "write the golden files anew")

const golden = "../../testdata/golden"

var sampleID = regexp.MustCompile(`13089[0-9]{12}[0-9X]`)

// TestGoldenReports compares every report of the sample's second night, and the
// summary of both, with what stands in testdata/golden: CSVs byte by byte,
// workbooks cell by cell, papers paragraph by paragraph. Look at the difference
// before running it with -update.
func TestGoldenReports(t *testing.T) {
	day := sampleNights(t)
	sumUp(t, day)
	seen := map[string]bool{}
	err := filepath.WalkDir(day, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "manifest.json" {
			return err
		}
		name, err := filepath.Rel(day, path)
		if err != nil {
			return err
		}
		got, err := os.ReadFile(path)
		switch {
		case err != nil:
		case strings.HasSuffix(name, ".xlsx"):
			got, err = cells(path)
			name += ".txt"
		case strings.HasSuffix(name, ".docx"):
			got, err = paragraphs(path)
			name += ".txt"
		}
		if err != nil {
			return err
		}
		seen[name] = true
		compare(t, name, got)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = filepath.WalkDir(golden, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if name, _ := filepath.Rel(golden, path); !seen[name] {
			t.Errorf("%s was not written", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func compare(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join(golden, name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Errorf("%s: %v", name, err)
		return
	}
	if bytes.Equal(got, want) {
		return
	}
	g, w := bytes.Split(got, []byte("\n")), bytes.Split(want, []byte("\n"))
	for i := range min(len(g), len(w)) {
		if !bytes.Equal(g[i], w[i]) {
			t.Errorf("%s, line %d:\n got %s\nwant %s", name, i+1, g[i], w[i])
			return
		}
	}
	t.Errorf("%s: %d lines, want %d", name, len(g), len(w))
}

// cells writes a workbook down: its sheets, their filled cells row by row, and
// what makes them fit for paper.
func cells(path string) ([]byte, error) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b bytes.Buffer
	for _, sheet := range f.GetSheetList() {
		layout, err := f.GetPageLayout(sheet)
		if err != nil {
			return nil, err
		}
		panes, err := f.GetPanes(sheet)
		if err != nil {
			return nil, err
		}
		merged, err := f.GetMergeCells(sheet)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "# %s %s A%d frozen=%d merged=%d\n", sheet, *layout.Orientation, *layout.Size-5, panes.YSplit, len(merged))
		rows, err := f.GetRows(sheet)
		if err != nil {
			return nil, err
		}
		for i, row := range rows {
			fmt.Fprintf(&b, "%d|%s\n", i+1, strings.ReplaceAll(strings.Join(row, "|"), "\n", "⏎"))
		}
	}
	return b.Bytes(), nil
}

// sumUp writes the summary of the sample's two months beside the day's reports.
func sumUp(t *testing.T, day string) {
	t.Helper()
	var out strings.Builder
	args := []string{"summary", "--config", filepath.Join(day, "../../../config.yaml"), "--from", "2021-05-01", "--to", "2021-06-30", "--out", filepath.Join(day, "总结报告.docx")}
	if status := run(args, strings.NewReader(""), &out, &out); status != 0 {
		t.Fatalf("summary ended with status %d\n%s", status, out.String())
	}
}

var (
	tag    = regexp.MustCompile(`<[^>]*>`)
	passed = regexp.MustCompile(`[0-9]{8}T[0-9]{6}\.[0-9]{3}Z|(》\|)[0-9]{4}-[0-9]{2}-[0-9]{2}(\|)`)
)

// paragraphs writes a paper's text down: a paragraph or a table's row a line. The
// night's number and its files' days are not the same twice.
func paragraphs(path string) ([]byte, error) {
	archive, err := zip.OpenReader(path)
	if err != nil {
		return nil, err
	}
	defer archive.Close()
	text, err := fs.ReadFile(archive, "word/document.xml")
	if err != nil {
		return nil, err
	}
	_, body, _ := strings.Cut(string(text), "<w:body>")
	body = strings.NewReplacer("</w:p></w:tc></w:tr>", "\n", "</w:p></w:tc>", "|", "</w:p>", "\n", "<w:br/>", "⏎").Replace(body)
	return []byte(passed.ReplaceAllString(html.UnescapeString(tag.ReplaceAllString(body, "")), "${1}〈时间〉${2}")), nil
}

// TestPapersNameNobody: neither paper tells a name or an ID number of a finding.
func TestPapersNameNobody(t *testing.T) {
	day := sampleNights(t)
	sumUp(t, day)
	f, err := os.Open(filepath.Join(day, "全区/findings.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	findings, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number, name := slices.Index(findings[0], "id_number"), slices.Index(findings[0], "name")
	for _, paper := range []string{"全区/比对说明书.docx", "总结报告.docx"} {
		text, err := paragraphs(filepath.Join(day, paper))
		if err != nil {
			t.Fatal(err)
		}
		named := 0
		for _, f := range findings[1:] {
			for _, told := range []string{strings.TrimSpace(f[number]), f[name]} {
				if told == "" {
					continue
				}
				named++
				if bytes.Contains(text, []byte(told)) {
					t.Errorf("%s tells of somebody: %s", paper, told)
				}
			}
		}
		if named < 100 {
			t.Errorf("%d names and numbers looked for", named)
		}
	}
}

// TestTownsSeeTheirOwn: no ID number of another town's finding stands in a town's folder.
func TestTownsSeeTheirOwn(t *testing.T) {
	day := sampleNights(t)
	towns, err := os.ReadDir(day)
	if err != nil {
		t.Fatal(err)
	}
	owner := map[string]string{}
	checked := 0
	for _, town := range towns {
		if !town.IsDir() || town.Name() == "全区" {
			continue
		}
		files, err := filepath.Glob(filepath.Join(day, town.Name(), "*.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range sampleID.FindAllString(string(text), -1) {
				if owner[id] == "" {
					owner[id] = town.Name()
				}
				if owner[id] != town.Name() {
					t.Errorf("one ID number stands in the folders of %s and %s", owner[id], town.Name())
				}
				checked++
			}
		}
	}
	if checked < 50 {
		t.Errorf("%d ID numbers found", checked)
	}
}
