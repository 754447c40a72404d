package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"hedui/sources/table/tabletest"
)

// sampleWith runs the sample's second month under further settings for its reports.
func sampleWith(t *testing.T, dir, reports string) (day string) {
	t.Helper()
	path := filepath.Join(dir, "config.yaml")
	config, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^reports: .*$`)
	if err := os.WriteFile(path, line.ReplaceAll(config, []byte("reports: {due: 2021-06-15, "+reports+"}")), 0o600); err != nil {
		t.Fatal(err)
	}
	return sampleNight(t, dir, "2021-06")
}

// fileTexts are the texts of a folder's files, packages part by part.
func fileTexts(t *testing.T, folder string) map[string]string {
	t.Helper()
	texts, err := tabletest.Unpacked(folder)
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// everybody lists all names, of two characters and more, and all whole ID numbers that the rosters hold.
func everybody(t *testing.T, day string) (names, numbers []string) {
	t.Helper()
	db := openPublished(t, day)
	rows, err := db.Query(`SELECT DISTINCT unnest([name, name_key, id_raw, id_number]) AS told, unnest([true, true, false, false]) FROM (
		FROM (SELECT name, name_key, id_raw, id_number FROM history_registered_poor) UNION FROM (SELECT name, name_key, id_raw, id_number FROM history_dibao)
		UNION FROM (SELECT head_name, head_name, head_id, head_id FROM history_dibao) UNION FROM (SELECT name, name_key, id_raw, id_number FROM history_tekun)
		UNION FROM (SELECT name, name_key, id_raw, id_number FROM history_disability) UNION FROM (SELECT name, name_key, id_raw, id_number FROM history_medical_aid)
		UNION FROM (SELECT name, name_key, id_raw, id_number FROM history_school) UNION FROM (SELECT name, name_key, id_raw, id_number FROM history_temporary_aid)
		UNION FROM (SELECT name, name_key, id_raw, id_number FROM history_verification)) ORDER BY told`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var told *string
		var name bool
		if err := rows.Scan(&told, &name); err != nil {
			t.Fatal(err)
		}
		switch {
		case told == nil:
		case name && utf8.RuneCountInString(*told) > 1:
			names = append(names, *told)
		case !name && len(*told) >= 14 && !strings.Contains(*told, "*"):
			numbers = append(numbers, *told)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	if len(names) < 200 || len(numbers) < 200 {
		t.Fatalf("%d names, %d numbers", len(names), len(numbers))
	}
	return names, numbers
}

// toldOf lists the names and numbers that stand in a text.
func toldOf(text string, names, numbers []string) []string {
	var found []string
	known := map[string]bool{}
	for _, name := range names {
		known[name] = true
	}
	runes := []rune(text)
	for i := range runes {
		for size := 2; size <= 6 && i+size <= len(runes); size++ {
			if word := string(runes[i : i+size]); runes[i] > 127 && known[word] {
				found = append(found, word)
			}
		}
	}
	for _, number := range numbers {
		if strings.Contains(text, number) {
			found = append(found, number)
		}
	}
	return found
}

// TestMaskedReports looks for everybody in every byte of a masked folder, and reads
// masked workbooks back.
func TestMaskedReports(t *testing.T) {
	dir := sampleAfter(t, afterMay)
	day := sampleWith(t, dir, "mask: true")
	names, numbers := everybody(t, day)
	texts := fileTexts(t, day)
	told := 0
	for file, text := range texts {
		for _, somebody := range toldOf(text, names, numbers) {
			t.Errorf("%s tells of %s", file, somebody)
		}
		told += strings.Count(text, "********")
	}
	if told < 500 {
		t.Errorf("%d masked numbers: the files are empty", told)
	}
	feedbackFromMasked(t, dir, day, names)
}

// feedbackFromMasked: the keys of a masked workbook are compared as far as they are
// told, and what it repeats of earlier answers is known.
func feedbackFromMasked(t *testing.T, dir, day string, names []string) {
	t.Helper()
	config := filepath.Join(dir, "config.yaml")
	book := filepath.Join(day, "上板城镇", "上板城镇_问题台账_2021-06-10.xlsx")
	row, somebody := fillFirst(t, book, filepath.Join(dir, "交回.xlsx"), "", func(f *excelize.File, sheet string, row int) {
		setCell(t, f, sheet, 18, row, "属实")
		setCell(t, f, sheet, 19, row, "已帮"+names[0]+"申请")
		setCell(t, f, sheet, 22, row, names[1])
	})
	if !strings.Contains(somebody, "*") {
		t.Fatalf("row %d is not masked: %s", row, somebody)
	}
	takes(t, config, filepath.Join(dir, "交回.xlsx"), "答复 1 行，登记 1，没有登记 0")

	day = sampleWith(t, dir, "mask: true")
	answered := filepath.Join(day, "上板城镇", "上板城镇_问题台账_2021-06-10.xlsx")
	takes(t, config, answered, "答复 1 行，登记 0，以前登记过或重复 1，没有登记 0")

	fillFirst(t, book, filepath.Join(dir, "错行.xlsx"), "", func(f *excelize.File, sheet string, row int) {
		setCell(t, f, sheet, 7, row, "130890********9999")
		setCell(t, f, sheet, 18, row, "不属实")
	})
	if out, status := feedback(config, filepath.Join(dir, "错行.xlsx")); status != 3 || !strings.Contains(out, "E-FBK-03") {
		t.Errorf("a row of somebody else ends with status %d\n%s", status, out)
	}
}

// fillFirst changes the first finding of a workbook's first list and saves it under
// the same password; it gives the row and its ID number as told.
func fillFirst(t *testing.T, book, to, password string, change func(f *excelize.File, sheet string, row int)) (row int, number string) {
	t.Helper()
	f, err := excelize.OpenFile(book, excelize.Options{Password: password})
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const first = 4
	sheet := "漏保"
	if number, err = f.GetCellValue(sheet, fmt.Sprintf("G%d", first)); err != nil {
		t.Fatal(err)
	}
	change(f, sheet, first)
	if err := f.SaveAs(to, excelize.Options{Password: password}); err != nil {
		t.Fatal(err)
	}
	return first, number
}

func setCell(t *testing.T, f *excelize.File, sheet string, column, row int, text string) {
	t.Helper()
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err == nil {
		err = f.SetCellValue(sheet, cell, text)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func feedback(config, file string) (string, int) {
	var out strings.Builder
	status := run([]string{"feedback", "--config", config, "--as-of", "2021-06-12", file}, strings.NewReader(""), &out, &out)
	return out.String(), status
}

func takes(t *testing.T, config, file, want string) {
	t.Helper()
	if out, status := feedback(config, file); status != 0 || !strings.Contains(out, want) {
		t.Errorf("status %d, want %q\n%s", status, want, out)
	}
}

// TestEncryptedReports: nothing that names anybody leaves open, what was issued is
// what the audit compares, and a returned workbook is read with the same password.
func TestEncryptedReports(t *testing.T) {
	const password = "口令 correct horse 2021"
	dir := sampleFolder(t)
	t.Setenv("HEDUI_TEST_PASSWORD", password)
	day := sampleWith(t, dir, "password_env: HEDUI_TEST_PASSWORD")
	names, numbers := everybody(t, day)
	sealed := 0
	for file, text := range fileTexts(t, day) {
		text = strings.TrimPrefix(text, file+"\n")
		switch ext := filepath.Ext(file); {
		case ext == ".csv":
			t.Errorf("%s stands open", file)
		case ext == ".xlsx" || ext == ".docx":
			if sealed++; !strings.HasPrefix(text, "\xD0\xCF\x11\xE0") {
				t.Errorf("%s is not encrypted", file)
			}
		}
		if file == "manifest.json" && strings.Contains(text, password) {
			t.Error("the manifest tells the password")
		}
		for _, somebody := range toldOf(text, names, numbers) {
			t.Errorf("%s tells of %s", file, somebody)
		}
	}
	if sealed < 15 {
		t.Errorf("%d encrypted files", sealed)
	}
	command(t, "audit", "--config", filepath.Join(dir, "config.yaml"))

	config := filepath.Join(dir, "config.yaml")
	fillFirst(t, filepath.Join(day, "上板城镇", "上板城镇_问题台账_2021-06-10.xlsx"), filepath.Join(dir, "交回.xlsx"), password, func(f *excelize.File, sheet string, row int) {
		setCell(t, f, sheet, 18, row, "属实")
	})
	t.Setenv("HEDUI_TEST_PASSWORD", "")
	if out, status := feedback(config, filepath.Join(dir, "交回.xlsx")); status != 3 || !strings.Contains(out, "E-SRC-02") || !strings.Contains(out, "环境变量没有设置") {
		t.Errorf("without the password: status %d\n%s", status, out)
	}
	t.Setenv("HEDUI_TEST_PASSWORD", "another password")
	if out, status := feedback(config, filepath.Join(dir, "交回.xlsx")); status != 3 || !strings.Contains(out, "口令不对") {
		t.Errorf("with another password: status %d\n%s", status, out)
	}
	t.Setenv("HEDUI_TEST_PASSWORD", password)
	takes(t, config, filepath.Join(dir, "交回.xlsx"), "答复 1 行，登记 1，没有登记 0")
}
