package table_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// read opens the bytes as a file and writes its rows down: number, then cells
// with their kind's letter.
func read(t testing.TB, name string, data []byte) (*table.File, []string, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := table.Open(context.Background(), path, table.Limits{})
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var lines []string
	for _, s := range f.Sheets {
		if s.Name != "" {
			lines = append(lines, "# "+s.Name)
		}
		for row, err := range s.Rows() {
			if err != nil {
				return f, lines, err
			}
			line := fmt.Sprint(row.Number)
			for _, c := range row.Cells {
				line += "|" + string("-tndbe"[c.Kind]) + c.Text
			}
			lines = append(lines, line)
		}
	}
	return f, lines, nil
}

func encode(e encoding.Encoding, s string) []byte {
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func TestTextFormats(t *testing.T) {
	const text = "镇,姓名\n上板城镇,\"甲\n一\"\n\n冯营子镇,乙,多\n"
	want := "1|t镇|t姓名/2|t上板城镇|t甲\n一/4/5|t冯营子镇|t乙|t多"
	for _, c := range []struct {
		name, format, encoding string
		data                   []byte
	}{
		{"utf-8", "csv", "UTF-8", []byte(text)},
		{"bom", "csv", "UTF-8 BOM", []byte("\ufeff" + text)},
		{"gb18030", "csv", "GB18030", encode(simplifiedchinese.GB18030, text)},
		{"gbk", "csv", "GB18030", encode(simplifiedchinese.GBK, text)},
		{"utf-16 le bom", "csv", "UTF-16LE", encode(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text)},
		{"utf-16 be bom", "csv", "UTF-16BE", encode(unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text)},
		{"utf-16 le", "csv", "UTF-16LE", encode(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), strings.Repeat(" ,1234567\n", 0)+text+strings.Repeat("x,130890197001010016\n", 3))},
		{"tab", "tsv", "UTF-8", []byte(strings.ReplaceAll(text, ",", "\t"))},
		{"semicolon", "csv", "UTF-8", []byte(strings.ReplaceAll(text, ",", ";"))},
		{"crlf", "csv", "UTF-8", []byte(strings.ReplaceAll(text, "\n", "\r\n"))},
		{"cr", "csv", "UTF-8", []byte(strings.ReplaceAll(text, "\n", "\r"))},
	} {
		f, lines, err := read(t, "任意.xls", c.data)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := strings.Join(lines[:4], "/"); got != want || f.Format != c.format || f.Encoding != c.encoding {
			t.Errorf("%s: %s %s %q, want %s %s %q", c.name, f.Format, f.Encoding, got, c.format, c.encoding, want)
		}
	}
}

func TestHTML(t *testing.T) {
	page := `<html><head><meta charset=gb2312><style>td{x:y}</style></head><body>
<table><tr><td colspan=3>低保 名册</td></tr><tr><th rowspan=2>镇</th><th>姓名<th>号</tr><tr><td>甲<br>一<td>&#49;30</tr></table><table><tr><td>x</table>`
	f, lines, err := read(t, "a.xls", encode(simplifiedchinese.GBK, page))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"# 表1", "1|t低保 名册|-|-", "2|t镇|t姓名|t号", "3|-|t甲\n一|t130", "# 表2", "1|tx"}
	if fmt.Sprint(lines) != fmt.Sprint(want) {
		t.Errorf("got %q, want %q", lines, want)
	}
	if got := fmt.Sprint(f.Sheets[0].Merges()); got != "[{1 0 1 2} {2 0 3 0}]" {
		t.Errorf("merges %s", got)
	}
}

func workbook(t testing.TB, fill func(f *excelize.File), opt ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b, opt...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestXLSX(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		dates, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		months := `yyyy"年"m"月"`
		custom, _ := f.NewStyle(&excelize.Style{CustomNumFmt: &months})
		money, _ := f.NewStyle(&excelize.Style{NumFmt: 4})
		f.SetSheetRow("Sheet1", "A1", &[]any{"名册"})
		f.MergeCell("Sheet1", "A1", "E1")
		f.SetSheetRow("Sheet1", "A3", &[]any{"a\nb", nil, 1200.1, 44317, 44317.5, true, 130890197001010016})
		f.SetCellStyle("Sheet1", "C3", "C3", money)
		f.SetCellStyle("Sheet1", "D3", "D3", dates)
		f.SetCellStyle("Sheet1", "E3", "E3", custom)
		f.SetCellRichText("Sheet1", "H3", []excelize.RichTextRun{{Text: "甲"}, {Text: "<&一"}})
		f.NewSheet("藏")
		f.SetSheetRow("藏", "B2", &[]any{"x"})
		f.SetSheetVisible("藏", false)
		f.SetRowVisible("藏", 2, false)
	})
	f, lines, err := read(t, "a.csv", data)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"# Sheet1", "1|t名册", "2", "3|ta\nb|-|n1200.1|d2021-05-01|d2021-05-01 12:00:00|bTRUE|n130890197001010016|t甲<&一", "# 藏", "1", "2|-|tx"}
	if fmt.Sprintf("%q", lines) != fmt.Sprintf("%q", want) {
		t.Errorf("got  %q\nwant %q", lines, want)
	}
	if !f.Sheets[1].Hidden || f.Sheets[0].Hidden || fmt.Sprint(f.Sheets[0].Merges()) != "[{1 0 1 4}]" {
		t.Errorf("hidden %v, merges %v", f.Sheets[1].Hidden, f.Sheets[0].Merges())
	}
}

// TestXLS reads a workbook that LibreOffice wrote (testdata/README.md).
func TestXLS(t *testing.T) {
	data, err := os.ReadFile("testdata/特困.xls")
	if err != nil {
		t.Fatal(err)
	}
	f, lines, err := read(t, "特困.csv", data)
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/特困.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(lines, "\n") + "\n"; got != string(want) || f.Format != "xls" {
		t.Errorf("%s:\n%s", f.Format, got)
	}
}

func TestRefusals(t *testing.T) {
	good := workbook(t, func(f *excelize.File) {
		for i := range 200 {
			f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &[]any{"甲", i})
		}
	})
	xls, err := os.ReadFile("testdata/特困.xls")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"password", workbook(t, func(*excelize.File) {}, excelize.Options{Password: "x"}), fault.SourcePassword},
		{"truncated xlsx", good[:len(good)/2], fault.SourceUnreadable},
		{"truncated xls", xls[:len(xls)/2], fault.SourceUnreadable},
		{"binary", bytes.Repeat([]byte{0, 1, 2, 0xff, 0xfe, 0x80}, 100), fault.SourceFormat},
		{"zip of something", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), fault.SourceFormat},
		{"web page", []byte("<html><body>请登录</body></html>"), fault.SourceFormat},
	} {
		_, lines, err := read(t, "a.xlsx", c.data)
		if f := fault.Of(err); f == nil || f.Code != c.want || f.Remedy == "" {
			t.Errorf("%s: error %v, lines %d, want %s", c.name, err, len(lines), c.want)
		}
	}
	if _, err := table.Open(context.Background(), "nowhere.csv", table.Limits{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("missing file: %v", err)
	}
}

func TestLimits(t *testing.T) {
	data := workbook(t, func(f *excelize.File) {
		f.SetCellStr("Sheet1", "A1", strings.Repeat("甲", 30000))
	})
	path := filepath.Join(t.TempDir(), "a.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, lim := range []table.Limits{{MaxBytes: 20_000}, {MaxCell: 1000}} {
		_, err := table.Open(context.Background(), path, lim)
		if f := fault.Of(err); f == nil || f.Code != fault.SourceLimit {
			t.Errorf("%+v: %v", lim, err)
		}
	}
}

// FuzzOpen: whatever the bytes, an error or rows in order, never a panic.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("镇,姓名\n\"a\"\"b\",c"))
	f.Add([]byte("<table><tr><td rowspan=3 colspan=2>x<td>y</table>"))
	f.Add(workbook(f, func(x *excelize.File) { x.SetSheetRow("Sheet1", "A1", &[]any{"a", 1, true}) }))
	if data, err := os.ReadFile("testdata/特困.xls"); err == nil {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		file, err := table.Open(context.Background(), path, table.Limits{MaxBytes: 1 << 24, MaxCell: 1 << 16})
		if err != nil {
			return
		}
		defer file.Close()
		for _, s := range file.Sheets {
			last, n := 0, 0
			for row, err := range s.Rows() {
				if err != nil {
					break
				}
				if row.Number <= last {
					t.Fatalf("row %d after row %d", row.Number, last)
				}
				if last = row.Number; n > 100_000 {
					break
				}
				n++
			}
			s.Merges()
		}
	})
}

// BenchmarkRead reads 100,000 rows of 15 cells.
func BenchmarkRead(b *testing.B) {
	const rows = 100_000
	data := workbook(b, func(f *excelize.File) {
		w, _ := f.NewStreamWriter("Sheet1")
		for i := range rows {
			cells := make([]any, 15)
			for j := range cells {
				cells[j] = fmt.Sprintf("甲%d-%d", i, j)
			}
			cells[3] = i
			w.SetRow(fmt.Sprintf("A%d", i+1), cells)
		}
		w.Flush()
	})
	path := filepath.Join(b.TempDir(), "x.xlsx")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for b.Loop() {
		f, err := table.Open(context.Background(), path, table.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		n := 0
		for _, err := range f.Sheets[0].Rows() {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != rows {
			b.Fatalf("%d rows", n)
		}
	}
}
