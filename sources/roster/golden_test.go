package roster

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hedui/sources/table"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Small files as departments send them, in GB18030, UTF-8 and UTF-16, whole.
func TestGolden(t *testing.T) {
	for file, name := range map[string]string{"建档立卡.csv": "registered_poor", "低保.txt": "dibao", "残疾人.csv": "disability"} {
		t.Run(name, func(t *testing.T) {
			got := describe(t, filepath.Join("testdata", file), kind(t, name))
			golden := filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if got != string(want) {
				t.Errorf("%s reads as\n%s\nwant\n%s", file, got, want)
			}
		})
	}
}

// describe prints a file's rows (NULLs left out), rejects and report.
func describe(t *testing.T, path string, k *Kind) string {
	t.Helper()
	f, err := table.Open(context.Background(), path, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(context.Background(), f, k, Options{Path: filepath.Base(path), Towns: []Town{{Name: "上板城镇", Aliases: []string{"上板城"}}, {Name: "冯营子镇"}}})
	if err != nil {
		t.Fatal(err)
	}
	rows, rejects := readAll(t, r)
	var b strings.Builder
	for _, row := range rows {
		for _, field := range k.Schema().Fields() {
			if v, ok := row[field.Name]; ok && field.Name != "path" {
				fmt.Fprintf(&b, "%s=%s ", field.Name, v)
			}
		}
		b.WriteString("\n")
	}
	for _, rej := range rejects {
		fmt.Fprintln(&b, "reject", rej["row_number"], rej["code"], rej["cells"])
	}
	report, err := json.MarshalIndent(r.Sheets(), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return b.String() + string(report) + "\n"
}

// A workbook through the real reader: number cells, merged cells, several sheets.
func TestWorkbook(t *testing.T) {
	book := excelize.NewFile()
	set := func(sheet string, row int, cells ...any) {
		t.Helper()
		if err := book.SetSheetRow(sheet, fmt.Sprintf("A%d", row), &cells); err != nil {
			t.Fatal(err)
		}
	}
	set("Sheet1", 1, "低保名册汇编")
	if _, err := book.NewSheet("上板城"); err != nil {
		t.Fatal(err)
	}
	set("上板城", 1, "上板城镇农村低保花名册")
	set("上板城", 2, "镇", "低保证号", "姓名", "身份证号", "月保障金额", "享受起始年月", "与户主关系")
	set("上板城", 3, "上板城镇", 1001, "甲", idA, 884, 202005, "户主")
	set("上板城", 4, nil, nil, "乙", 130891198506070020, nil, nil, "配偶")
	set("上板城", 6, nil, 1002, "丙", idC, 442.5, 43952, "户主")
	for from, to := range map[string]string{"A1": "G1", "A3": "A6", "B3": "B4", "E3": "E4"} {
		if err := book.MergeCell("上板城", from, to); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "低保.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	f, err := table.Open(context.Background(), path, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Read(context.Background(), f, kind(t, "dibao"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := readAll(t, r)
	expect(t, "rows", pick(rows, "path", "sheet", "row_number", "town", "household_no", "name", "id_number", "id_state", "amount", "start_month"), strings.Join([]string{
		"低保.xlsx 上板城 3 上板城镇 1001 甲 " + idA + " suspicious 884.00 2020-05-01",
		"低保.xlsx 上板城 4 上板城镇 1001 乙 130891198506070 damaged 884.00 2020-05-01",
		"低保.xlsx 上板城 6 上板城镇 1002 丙 " + idC + " suspicious 442.50 2020-05-01",
	}, "; "))
	expect(t, "accounts", []any{r.Sheets()[0].Account, r.Sheets()[1].Account}, "[{1 0 0 1 0} {6 3 0 2 1}]")
}
