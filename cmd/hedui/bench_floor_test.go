package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"go.uber.org/zap"

	"hedui/cmd/hedui/demo"
	"hedui/pipeline"
	"hedui/pipeline/peaktest"
)

// cleanDistrict makes the district that the benchmarks of a first night share, and
// gives the folder of its first month.
func cleanDistrict(tb testing.TB, persons int) string {
	dir := tb.TempDir()
	if _, err := demo.Generate(dir, demo.Options{Persons: persons, Seed: 1}); err != nil {
		tb.Fatal(err)
	}
	return filepath.Join(dir, "2021-05")
}

// benchPersons is how many persons HEDUI_PERSONS asks for; few where it asks nothing.
func benchPersons(b *testing.B) int { return setting(b, "HEDUI_PERSONS", 20_000) }

// setting is the number that an environment variable says.
func setting(tb testing.TB, name string, otherwise int) int {
	tb.Helper()
	text := os.Getenv(name)
	if text == "" {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		tb.Fatalf("read %s: %v", name, err)
	}
	return n
}

// floor runs testdata/floor in a month's folder, by nothing but DuckDB as it comes, and
// gives the seconds of each script.
func floor(tb testing.TB, month string) map[string]float64 {
	scripts, err := filepath.Glob("testdata/floor/*.sql")
	if err != nil {
		tb.Fatal(err)
	}
	text := map[string]string{}
	for _, path := range scripts {
		script, err := os.ReadFile(path)
		if err != nil {
			tb.Fatal(err)
		}
		text[path] = strings.ReplaceAll(strings.ReplaceAll(string(script), "'inbox/", "'"+month+"/inbox/"), "'floor.csv'", "'"+month+"/floor.csv'")
	}
	db, err := sql.Open("duckdb", "")
	if err != nil {
		tb.Fatal(err)
	}
	defer db.Close()
	ctx := context.Background()
	conn, err := db.Conn(ctx)
	if err != nil {
		tb.Fatal(err)
	}
	defer conn.Close()
	seconds := map[string]float64{}
	for _, path := range scripts {
		start := time.Now()
		if _, err := conn.ExecContext(ctx, text[path]); err != nil {
			first, _, _ := strings.Cut(err.Error(), "\n") // the script follows, whole
			tb.Fatalf("%s: %s", path, first)
		}
		seconds[strings.TrimSuffix(filepath.Base(path), ".sql")] = time.Since(start).Seconds()
	}
	return seconds
}

// told lists the findings of a CSV by rule, each as whom and where it is about.
func told(tb testing.TB, path string) map[string][]string {
	data, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	records, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(data), "\ufeff"))).ReadAll()
	if err != nil {
		tb.Fatal(err)
	}
	column := func(name string) int { return slices.Index(records[0], name) }
	rule, id, name, household, town := column("rule_id"), column("id_number"), column("name"), column("household_no"), column("town")
	found := map[string][]string{}
	for _, r := range records[1:] {
		found[r[rule]] = append(found[r[rule]], fmt.Sprint(strings.TrimSpace(r[id]), " ", r[name], " ", r[household], " ", r[town]))
	}
	for _, list := range found {
		slices.Sort(list)
	}
	return found
}

// BenchmarkFloor makes the findings of a first night out of the same clean CSVs by
// DuckDB alone, and tells the seconds of each script and the most memory held.
func BenchmarkFloor(b *testing.B) {
	month := cleanDistrict(b, benchPersons(b))
	debug.FreeOSMemory()
	peaktest.Forget(b)
	seconds := means{}
	for b.Loop() {
		seconds.add(floor(b, month))
	}
	if found := told(b, filepath.Join(month, "floor.csv")); len(found) < 45 {
		b.Fatalf("%d rules find anything", len(found))
	}
	seconds.report(b)
	b.ReportMetric(peaktest.Megabytes(b), "MB-peak")
}

// BenchmarkRun runs the whole first night over the same CSVs, and tells the seconds of
// each stage, what of them went into workbooks, and what is left without those: that is
// what BenchmarkFloor is the floor of. The forms are no workbooks here, nor are CSVs.
func BenchmarkRun(b *testing.B) {
	month := cleanDistrict(b, benchPersons(b))
	debug.FreeOSMemory()
	peaktest.Forget(b)
	seconds := means{}
	for b.Loop() {
		m, _ := firstNight(b, month)
		took := map[string]float64{}
		whole := m.FinishedAt.Sub(m.StartedAt).Seconds()
		for _, s := range m.Stages {
			took[s.Stage] = s.Seconds
		}
		// Several are written at a time: of the stage the share that workbooks have in
		// what all files took.
		all := 0.0
		for i, file := range m.Files {
			all += m.FileSeconds[i]
			if isWorkbook(file.Path) {
				took["workbooks"] += m.FileSeconds[i]
			}
		}
		took["workbooks"] *= min(took["report"]/all, 1)
		took["without-workbooks"] = whole - took["workbooks"]
		seconds.add(took)
	}
	seconds.report(b)
	b.ReportMetric(peaktest.Megabytes(b), "MB-peak")
}

// BenchmarkWorkbooksFloor writes the cells of that night's workbooks again, as bare
// text, by excelize's stream writer alone: one file a workbook, as many sheets.
func BenchmarkWorkbooksFloor(b *testing.B) {
	month := cleanDistrict(b, benchPersons(b))
	m, out := firstNight(b, month)
	var books [][][][]any
	cells := 0
	for _, file := range m.Files {
		if isWorkbook(file.Path) {
			book, n := bookCells(b, filepath.Join(out, file.Path))
			books, cells = append(books, book), cells+n
		}
	}
	if cells == 0 {
		b.Fatal("no cell")
	}
	target := filepath.Join(b.TempDir(), "bare.xlsx")
	for b.Loop() {
		for _, sheets := range books {
			writeBare(b, target, sheets)
		}
	}
	b.ReportMetric(float64(cells), "cells")
}

// firstNight runs the night of a month's folder from nothing, and gives the folder of
// its reports too.
func firstNight(tb testing.TB, month string) (*pipeline.Manifest, string) {
	config, err := pipeline.LoadConfig(filepath.Join(month, "..", "config.yaml"))
	if err != nil {
		tb.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Dir(config.Paths.Warehouse)); err != nil {
		tb.Fatal(err)
	}
	config.Paths.Inbox = filepath.Join(month, "inbox")
	asOf := time.Date(2021, 5, 10, 0, 0, 0, 0, time.UTC)
	m, err := pipeline.Run(context.Background(), pipeline.Options{Config: config, AsOf: asOf, Version: "bench", Log: zap.NewNop(), Now: time.Now})
	if err != nil {
		tb.Fatal(err)
	}
	return m, filepath.Join(config.Paths.Out, m.AsOf)
}

// isWorkbook tells workbooks from the notice's forms, which are short and always there.
func isWorkbook(name string) bool {
	return filepath.Ext(name) == ".xlsx" && !strings.Contains(name, "排查情况统计表") && !strings.Contains(name, "核查问题清单")
}

// bookCells reads a workbook whole, sheet by sheet.
func bookCells(b *testing.B, path string) (sheets [][][]any, cells int) {
	f, err := excelize.OpenFile(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name, excelize.Options{RawCellValue: true})
		if err != nil {
			b.Fatal(err)
		}
		var sheet [][]any
		for _, row := range rows {
			values := make([]any, len(row))
			for i, text := range row {
				values[i] = text
			}
			sheet, cells = append(sheet, values), cells+len(row)
		}
		sheets = append(sheets, sheet)
	}
	return sheets, cells
}

func writeBare(b *testing.B, path string, sheets [][][]any) {
	f := excelize.NewFile()
	for i, rows := range sheets {
		name := fmt.Sprintf("Sheet%d", i+1)
		if _, err := f.NewSheet(name); err != nil {
			b.Fatal(err)
		}
		w, err := f.NewStreamWriter(name)
		if err != nil {
			b.Fatal(err)
		}
		for r, values := range rows {
			if err := w.SetRow(fmt.Sprintf("A%d", r+1), values); err != nil {
				b.Fatal(err)
			}
		}
		if err := w.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	if err := errors.Join(f.SaveAs(path), f.Close()); err != nil {
		b.Fatal(err)
	}
}

// means gathers seconds by name over the rounds of a benchmark.
type means map[string][]float64

func (m means) add(seconds map[string]float64) {
	for name, s := range seconds {
		m[name] = append(m[name], s)
	}
}

func (m means) report(b *testing.B) {
	for name, list := range m {
		sum := 0.0
		for _, s := range list {
			sum += s
		}
		b.ReportMetric(sum/float64(len(list)), "s/"+name)
	}
}

// TestFloor: the bare script finds what a first night finds, rule by rule, or what is
// measured against it means nothing.
func TestFloor(t *testing.T) {
	month := cleanDistrict(t, 3_000)
	m, out := firstNight(t, month)
	floor(t, month)
	want, got := told(t, filepath.Join(out, "全区", "findings.csv")), told(t, filepath.Join(month, "floor.csv"))
	for _, r := range m.Rules {
		if !slices.Equal(want[r.ID], got[r.ID]) {
			t.Errorf("%s: the night finds\n%s\nthe floor\n%s", r.ID, strings.Join(want[r.ID], "\n"), strings.Join(got[r.ID], "\n"))
		}
	}
	if len(want) < 45 {
		t.Errorf("%d rules find anything", len(want))
	}
}
