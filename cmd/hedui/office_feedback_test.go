//go:build office

package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
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

// TestOfficeWholeCycle goes round once: a night, a town's workbook filled in and saved
// by a real office program, feedback, and the next night, on which those who were
// found uncovered and confirmed stand in dibao. Attachment 2 tells what was put right,
// the overview who answered, and the workbook how often each rule was right.
func TestOfficeWholeCycle(t *testing.T) {
	day := sampleNights(t)
	dir := t.TempDir()
	filled := filepath.Join(dir, "交回.xlsx")
	fillIn(t, filepath.Join(day, "上板城镇", "上板城镇_问题台账_2021-06-10.xlsx"), filled)
	convert(t, []string{"--headless", "-env:UserInstallation=file://" + filepath.Join(dir, "profile"), "--convert-to", "xlsx", "--outdir", filepath.Join(dir, "saved"), filled})
	config := filepath.Join(day, "..", "..", "..", "config.yaml")
	command(t, "feedback", "--config", config, "--as-of", "2021-06-12", filepath.Join(dir, "saved", "交回.xlsx"))

	inbox := filepath.Join(dir, "inbox")
	if err := os.CopyFS(inbox, os.DirFS("../../testdata/district/2021-06/inbox")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(inbox, "上板城镇新纳入低保.csv"), []byte(takenIn(t, filepath.Join(day, "上板城镇", "漏保.csv"))), 0o600); err != nil {
		t.Fatal(err)
	}
	command(t, "run", "--config", config, "--inbox", inbox, "--as-of", "2021-06-20")
	command(t, "audit", "--config", config)

	next := filepath.Join(day, "..", "2021-06-20")
	text := func(name string) string {
		path := filepath.Join(next, filepath.FromSlash(name))
		data, err := os.ReadFile(path)
		if strings.HasSuffix(name, ".xlsx") && err == nil {
			data, err = cells(path)
		}
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	for name, told := range map[string]string{
		"全区/核查问题清单.xlsx": `整改完成[1-9]`,
		"overview.html":  `(?s)<td class="t">上板城镇</td><td>[0-9]+</td>.*?</svg> [1-9][0-9.]*%`,
		"上板城镇/上板城镇_问题台账_2021-06-20.xlsx": `[0-9]%⏎[0-9]+/[0-9]+`,
	} {
		if content := text(name); !regexp.MustCompile(told).MatchString(content) {
			t.Errorf("%s does not tell %s:\n%s", name, told, content)
		}
	}
}

// takenIn is a dibao roster of the persons of a town's 漏保.csv whom LB01 and LB02 found.
func takenIn(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	name, number := slices.Index(rows[0], "姓名"), slices.Index(rows[0], "身份证号")
	roster := "镇,低保证号,姓名,身份证号,状态\n"
	for i, row := range rows[1:] {
		if row[1] == "LB01" || row[1] == "LB02" {
			roster += fmt.Sprintf("上板城镇,DN%03d,%s,%s,在保\n", i, row[name], strings.TrimSpace(row[number]))
		}
	}
	return roster
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
