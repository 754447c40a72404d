//go:build office

package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestOfficeSavesFeedback has LibreOffice save a town's filled-in workbook in each of its
// formats: every answer must be read back out of all of them, the later ones as known.
func TestOfficeSavesFeedback(t *testing.T) {
	day := sampleNights(t)
	dir := t.TempDir()
	filled := filepath.Join(dir, "交回.xlsx")
	answers := fillIn(t, filepath.Join(day, "上板城镇", "上板城镇_问题台账_2021-06-10.xlsx"), filled)
	office := []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to"}
	for _, format := range []string{"xlsx", "ods", "xls"} {
		convert(t, append(slices.Clone(office), format, "--outdir", filepath.Join(dir, format), filled))
	}
	convert(t, append(slices.Clone(office), "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", filepath.Join(dir, "csv"), filled))
	config := filepath.Join(day, "..", "..", "..", "config.yaml")
	entered := fmt.Sprintf("登记 %d，没有登记 0", answers)
	for _, pattern := range []string{"xlsx/*", "ods/*", "xls/*", "csv/*漏保.csv"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil || len(files) != 1 {
			t.Fatalf("%s: %v, error %v", pattern, files, err)
		}
		var out strings.Builder
		status := run([]string{"feedback", "--config", config, "--as-of", "2021-06-12", files[0]}, strings.NewReader(""), &out, &out)
		if status != 0 || !strings.Contains(out.String(), entered) {
			t.Errorf("%s: status %d, want %q\n%s", pattern, status, entered, out.String())
		}
		entered = fmt.Sprintf("登记 0，以前登记过或重复 %d，没有登记 0", answers)
	}
}

// fillIn answers every finding of the sheet 漏保 and says how many there are.
func fillIn(t *testing.T, path, saved string) int {
	t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("漏保")
	if err != nil {
		t.Fatal(err)
	}
	answers, at := 0, -1
	for i, row := range rows {
		if at < 0 {
			at = slices.Index(row, "核查结论")
			continue
		}
		if len(row) <= at {
			continue
		}
		answers++
		cell, err := excelize.CoordinatesToCellName(at+1, i+1)
		if err == nil {
			err = f.SetSheetRow("漏保", cell, &[]any{[]string{"属实", "不属实", "正在办理"}[i%3], "已上报", "", "2021年6月11日", "乙二"})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(saved); err != nil {
		t.Fatal(err)
	}
	return answers
}
