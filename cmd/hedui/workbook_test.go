package main

import (
	"archive/zip"
	"encoding/csv"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var sampleTowns = []string{"上板城镇", "柳树沟乡", "青石岭镇"}

// findingsOf reads findings.csv: its rows by column.
func findingsOf(t *testing.T, day string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join(day, "全区", "findings.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows[0][0] = strings.TrimPrefix(rows[0][0], "\ufeff")
	var findings []map[string]string
	for _, row := range rows[1:] {
		finding := map[string]string{}
		for i, name := range rows[0] {
			finding[name] = strings.TrimSpace(row[i])
		}
		findings = append(findings, finding)
	}
	return findings
}

func openBook(t *testing.T, path string) *excelize.File {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestTownWorkbooks looks at what a night gives each town to work with.
func TestTownWorkbooks(t *testing.T) {
	day := sampleNights(t)
	t.Run("visit sheets", func(t *testing.T) { checkVisitSheets(t, day) })
	t.Run("guard", func(t *testing.T) { checkGuard(t, day) })
	t.Run("first sheet", func(t *testing.T) { checkFirstSheet(t, day) })
	t.Run("paper", func(t *testing.T) { checkPaper(t, day) })
}

// checkPaper: what is printed can be read. The pages that stand side by side hold their
// columns, also in a font wider than 宋体, and each tells whom or which row it is about.
func checkPaper(t *testing.T, day string) {
	t.Helper()
	const pageWide, digit, smallest = 784.0, 7.0, 70 // points: A4 landscape, a digit; percent of 10 points
	categories := []string{"漏保", "错保", "错退", "补贴未落实", "防贫监测", "数据质量"}
	for _, name := range []string{"上板城镇/上板城镇_问题台账_2021-06-10.xlsx", "全区/问题台账.xlsx"} {
		path := filepath.Join(day, name)
		book := openBook(t, path)
		for i, sheet := range book.GetSheetList() {
			if !slices.Contains(categories, sheet) {
				continue
			}
			breaks := pageBreaks(t, path, i+1)
			if len(breaks) != 1 || printTitles(book, sheet) != "'"+sheet+"'!$A:$F,'"+sheet+"'!$1:$3" {
				t.Fatalf("%s: breaks after %v, %s on every page", sheet, breaks, printTitles(book, sheet))
			}
			scale := scaleOf(t, book, sheet)
			widest := max(wideOf(t, book, sheet, 1, breaks[0]), wideOf(t, book, sheet, 1, 6)+wideOf(t, book, sheet, breaks[0]+1, 22))
			if scale < smallest || widest*digit*float64(scale)/100 > pageWide {
				t.Errorf("%s: %.1f digits at %d %%", sheet, widest, scale)
			}
		}
	}
	book := openBook(t, filepath.Join(day, "全区", "数据质量.xlsx"))
	for _, sheet := range book.GetSheetList()[2:] {
		if scale := scaleOf(t, book, sheet); scale < smallest || printTitles(book, sheet) != "'"+sheet+"'!$A:$B,'"+sheet+"'!$1:$2" {
			t.Errorf("%s: %d %%, %s on every page", sheet, scale, printTitles(book, sheet))
		}
		rows, err := book.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		head := slices.IndexFunc(rows, func(row []string) bool { return slices.Contains(row, "身份证号") })
		for i, text := range rows[max(head, 0)] {
			switch wide := wideOf(t, book, sheet, i+1, i+1); {
			case text == "身份证号" && wide < 17, text == "性别" && wide > 7:
				t.Errorf("%s: %s is %.1f wide", sheet, text, wide)
			}
		}
	}
}

func scaleOf(t *testing.T, book *excelize.File, sheet string) uint {
	t.Helper()
	layout, err := book.GetPageLayout(sheet)
	if err != nil {
		t.Fatal(err)
	}
	props, err := book.GetSheetProps(sheet)
	if err != nil || props.FitToPage != nil && *props.FitToPage {
		t.Fatalf("%s is fitted to its page, %v", sheet, err)
	}
	return *layout.AdjustTo
}

func wideOf(t *testing.T, book *excelize.File, sheet string, from, to int) float64 {
	t.Helper()
	total := 0.0
	for i := from; i <= to; i++ {
		name, err := excelize.ColumnNumberToName(i)
		if err != nil {
			t.Fatal(err)
		}
		width, err := book.GetColWidth(sheet, name)
		if err != nil {
			t.Fatal(err)
		}
		total += width
	}
	return total
}

// printTitles are the columns and rows that every page of a sheet repeats.
func printTitles(book *excelize.File, sheet string) string {
	for _, name := range book.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" && name.Scope == sheet {
			return name.RefersTo
		}
	}
	return ""
}

// checkVisitSheets: what the towns are to visit is on paper, once, each household
// begins a page, and no page holds more than A4 does.
func checkVisitSheets(t *testing.T, day string) {
	t.Helper()
	findings := findingsOf(t, day)
	asked := 0
	for _, town := range sampleTowns {
		path := filepath.Join(day, town, "入户核查表.xlsx")
		book := openBook(t, path)
		var all strings.Builder
		for i, sheet := range book.GetSheetList()[1:] {
			checkPages(t, book, sheet, pageBreaks(t, path, i+2), &all)
		}
		for _, f := range findings {
			if f["town"] != town || f["category"] == "数据质量" {
				continue
			}
			asked++
			if n := strings.Count(all.String(), f["finding_id"]); n != 1 {
				t.Errorf("%s: finding %s stands %d times on the visit sheets", town, f["finding_id"], n)
			}
		}
		for _, id := range sampleID.FindAllString(all.String(), -1) {
			i := slices.IndexFunc(findings, func(f map[string]string) bool { return f["id_number"] == id })
			if i >= 0 && findings[i]["town"] != town {
				t.Errorf("%s's visit sheets hold an ID number of %s", town, findings[i]["town"])
			}
		}
	}
	if asked < 100 {
		t.Errorf("%d findings", asked)
	}
}

// checkPages adds a sheet's text to all and looks at how it falls on paper. breaks
// are the rows (from 1) after which a page ends.
func checkPages(t *testing.T, book *excelize.File, sheet string, breaks []int, all *strings.Builder) {
	t.Helper()
	const page = (842-2*36)/0.9 - 56 // A4 at 90 %, less its margins and the two rows that each page repeats
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	doors, high := 0, 0.0
	for i, row := range rows[2:] {
		above := i + 2
		line := strings.Join(row, " ")
		all.WriteString(line + "\n")
		if slices.Contains(breaks, above) {
			high = 0
		}
		if strings.HasPrefix(line, "户编号 ") && !strings.HasSuffix(line, "（续）") {
			if doors++; doors > 1 && high > 0 {
				t.Errorf("%s: the household in row %d begins amid a page", sheet, above+1)
			}
		}
		height, err := book.GetRowHeight(sheet, above+1)
		if err != nil {
			t.Fatal(err)
		}
		if high += height; high > page {
			t.Errorf("%s: row %d is beyond its page", sheet, above+1)
		}
	}
	if doors == 0 {
		t.Errorf("%s has no household", sheet)
	}
}

var manualBreak = regexp.MustCompile(`<brk id="([0-9]+)"[^>]* man="(?:1|true)"`)

// pageBreaks reads a sheet's page breaks out of the file itself.
func pageBreaks(t *testing.T, path string, sheet int) []int {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	part, err := z.Open(fmt.Sprintf("xl/worksheets/sheet%d.xml", sheet))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	var breaks []int
	for _, m := range manualBreak.FindAllStringSubmatch(string(text), -1) {
		row, err := strconv.Atoi(m[1])
		if err != nil {
			t.Fatal(err)
		}
		breaks = append(breaks, row)
	}
	return breaks
}

// checkGuard: in a town's workbook a clerk can write everywhere but in what
// names the finding, and can take the guard off without a password.
func checkGuard(t *testing.T, day string) {
	t.Helper()
	book := openBook(t, filepath.Join(day, "上板城镇", "上板城镇_问题台账_2021-06-10.xlsx"))
	keys := []string{"疑点编号", "镇", "户编号", "姓名", "身份证号", "问题"}
	for _, sheet := range []string{"漏保", "错保", "错退", "补贴未落实", "防贫监测", "数据质量"} {
		guard, err := book.GetSheetProtection(sheet)
		if err != nil || !guard.Sort || !guard.AutoFilter || !guard.FormatColumns || !guard.FormatRows || !guard.InsertColumns || guard.Password != "" {
			t.Errorf("%s: %+v, %v", sheet, guard, err)
		}
		rows, err := book.GetRows(sheet)
		if err != nil || len(rows) < 4 {
			t.Fatalf("%s: %d rows, %v", sheet, len(rows), err)
		}
		for i, head := range rows[2] {
			cell, err := excelize.CoordinatesToCellName(i+1, 4)
			if err != nil {
				t.Fatal(err)
			}
			id, err := book.GetCellStyle(sheet, cell)
			if err != nil {
				t.Fatal(err)
			}
			style, err := book.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			locked := style.Protection == nil || style.Protection.Locked
			if locked != slices.Contains(keys, head) {
				t.Errorf("%s: column %s, locked %v", sheet, head, locked)
			}
		}
	}
}

// checkFirstSheet: the first sheet's numbers are those of the night.
func checkFirstSheet(t *testing.T, day string) {
	t.Helper()
	findings := findingsOf(t, day)
	for _, town := range sampleTowns {
		isNew, waiting := 0, 0
		doors := map[string]bool{}
		for _, f := range findings {
			if f["town"] != town {
				continue
			}
			waiting++
			if f["is_new"] == "true" {
				isNew++
			}
			if f["category"] != "数据质量" {
				doors[f["household_no"]+f["name"]] = true
			}
		}
		rows, err := openBook(t, filepath.Join(day, town, town+"_问题台账_2021-06-10.xlsx")).GetRows("概览")
		if err != nil {
			t.Fatal(err)
		}
		said := map[string][]string{}
		for _, row := range rows[3:] {
			said[row[0]] = row
		}
		for item, want := range map[string]int{"新增疑点": isNew, "仍待核实": waiting} {
			if got := said[item]; len(got) < 2 || got[1] != strconv.Itoa(want) {
				t.Errorf("%s %s: %q, want %d", town, item, got, want)
			}
		}
		visits, err := strconv.Atoi(said["需走访户数"][1])
		if err != nil || visits < 1 || visits > len(doors) {
			t.Errorf("%s: %q visits to at most %d doors", town, said["需走访户数"], len(doors))
		}
		for item, want := range map[string]string{"与上期相比": "2021-05-10", "完成时限": "还剩5天"} {
			if got := said[item]; len(got) < 3 || !strings.Contains(got[2], want) {
				t.Errorf("%s %s: %q", town, item, got)
			}
		}
	}
}
