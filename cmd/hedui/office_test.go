//go:build office

package main

import (
	"encoding/csv"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestOfficeOpensEverything has LibreOffice (.ci/run installs it) open every
// workbook and CSV of a night and write it as CSV: each must come back, and the
// ID numbers of findings.csv whole, as a clerk would see them.
func TestOfficeOpensEverything(t *testing.T) {
	dir := t.TempDir()
	if status := run([]string{"demo", dir, "--persons", "3000", "--dirty"}, strings.NewReader(""), os.Stderr, os.Stderr); status != 0 {
		t.Fatalf("demo ended with status %d", status)
	}
	var out strings.Builder
	if status := run([]string{"run", "--config", filepath.Join(dir, "config.yaml"), "--as-of", "2021-06-10"}, strings.NewReader(""), &out, &out); status != 0 {
		t.Fatalf("run ended with status %d\n%s", status, out.String())
	}
	day := filepath.Join(dir, "data", "out", "2021-06-10")
	var files []string
	err := filepath.WalkDir(day, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && (strings.HasSuffix(path, ".xlsx") || strings.HasSuffix(path, ".csv")) {
			// One folder for all: the town stands in the name.
			flat := filepath.Join(dir, filepath.Base(filepath.Dir(path))+"_"+entry.Name())
			files = append(files, flat)
			return os.Link(path, flat)
		}
		return err
	})
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files: %v", len(files), err)
	}
	opened := filepath.Join(dir, "opened")
	args := append([]string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"),
		"--convert-to", "xlsx", "--infilter=CSV:44,34,76,1", "--outdir", opened}, only(files, ".csv")...)
	convert(t, args)
	convert(t, append([]string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76", "--outdir", opened}, only(files, ".xlsx")...))
	convert(t, []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76",
		"--outdir", opened, filepath.Join(opened, "全区_findings.xlsx")})
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), filepath.Ext(f))
		if matches, err := filepath.Glob(filepath.Join(opened, name+".*")); err != nil || len(matches) == 0 {
			t.Errorf("LibreOffice did not open %s", name)
		}
	}
	checkIDs(t, filepath.Join(opened, "全区_findings.csv"))
}

// TestOfficeOpensPapers has LibreOffice's word processor open the day's papers and
// the summary: their text must come back, each table's cells in it.
func TestOfficeOpensPapers(t *testing.T) {
	day := sampleNights(t)
	sumUp(t, day)
	opened := t.TempDir()
	for paper, want := range map[string][]string{
		"全区/比对说明书.docx": {"民政领域名册比对说明书", "承高社管字〔2021〕29号", "重度残疾人未纳入低保特困", "农村低保标准", "仅供核查使用，不作为停发依据"},
		"总结报告.docx":     {"活动总结", "二、发现问题情况", "上板城镇", "附表1　各镇排查整改情况"},
	} {
		convert(t, []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(opened, "profile"), "--convert-to", "txt:Text (encoded):UTF8", "--outdir", opened, filepath.Join(day, paper)})
		text, err := os.ReadFile(filepath.Join(opened, strings.TrimSuffix(filepath.Base(paper), ".docx")+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		for _, phrase := range want {
			if !strings.Contains(string(text), phrase) {
				t.Errorf("%s came back without %q", paper, phrase)
			}
		}
	}
}

func only(files []string, ending string) []string {
	var some []string
	for _, f := range files {
		if strings.HasSuffix(f, ending) {
			some = append(some, f)
		}
	}
	return some
}

func convert(t *testing.T, args []string) {
	t.Helper()
	if out, err := exec.Command("soffice", args...).CombinedOutput(); err != nil {
		t.Fatalf("soffice: %v\n%s", err, out)
	}
}

var wholeID = regexp.MustCompile(`^[0-9]{17}[0-9X]$`)

func checkIDs(t *testing.T, path string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	whole := 0
	for _, row := range rows[1:] {
		id := strings.TrimSpace(row[7])
		if id == "" {
			continue
		}
		if !wholeID.MatchString(id) {
			t.Fatalf("an ID number came back as %q", id)
		}
		whole++
	}
	if whole < 100 {
		t.Errorf("%d ID numbers", whole)
	}
}
