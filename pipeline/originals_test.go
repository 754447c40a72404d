package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// returned gives the rows of a department's sheet in 数据质量.xlsx, cells joined by bars.
func (d *district) returned(day, department string) string {
	d.t.Helper()
	return d.sheet(filepath.Join(d.c.Paths.Out, day, "全区", "数据质量.xlsx"), department)
}

// sheet gives the rows of a workbook's sheet below its title and note, cells joined by bars.
func (d *district) sheet(path, name string) string {
	d.t.Helper()
	f, err := excelize.OpenFile(path)
	if err != nil {
		d.t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(name)
	if err != nil {
		d.t.Fatal(err)
	}
	var lines []string
	for _, row := range rows[2:] {
		lines = append(lines, strings.Join(row, "|"))
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

const civil = "民政部门（社会救助）"

// A department gets its faulty rows back as it sent them: its columns, its row
// numbers, the faults beside them.
func TestFaultyRowsGoBack(t *testing.T) {
	d := newDistrict(t)
	d.send("东沟镇低保.csv", "东沟镇低保花名册,,,,\n序号,镇,姓名,身份证号,月保障金额\n1,东沟镇,甲一,130890197001010016,三百\n2,东沟镇,乙二,130890197502020028,300\n3,东沟镇,,,240\n4,东沟镇,丙三,待补,240\n")
	d.mustNight("2021-06-10")
	want := `《东沟镇低保.csv》
行号|问题|序号|镇|姓名|身份证号|月保障金额
3|月保障金额：金额无法识别|1|东沟镇|甲一|130890197001010016|三百
5|拒收：姓名和身份证号都是空的，无法确定是谁|3|东沟镇|||240
6|身份证号“待补”无效，未能识别，需核实|4|东沟镇|丙三|待补|240`
	if got := d.returned("2021-06-10", civil); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}

	// The file is gone: its rows are told by what the warehouse knows of them.
	d.withdraw("东沟镇低保.csv")
	d.mustNight("2021-06-11")
	if got := d.returned("2021-06-11", civil); !strings.Contains(got, "6|身份证号“待补”无效，未能识别，需核实|（原件本期未取得）东沟镇 丙三 待补") {
		t.Errorf("without the file\n%s", got)
	}
}

// A file that could not be taken at all stands at the top of its department's sheet.
func TestRefusedFileGoesBack(t *testing.T) {
	d := newDistrict(t)
	d.send("东沟镇低保.csv", "镇,姓名\n东沟镇,甲一\n")
	d.mustNight("2021-06-10")
	if got := d.returned("2021-06-10", civil); !strings.HasPrefix(got, "拒收：E-SRC-03｜《东沟镇低保.csv》") || strings.Contains(got, "没有发现问题") {
		t.Errorf("got\n%s", got)
	}
	if path := d.ask("SELECT path FROM source_file"); path != "东沟镇低保.csv" {
		t.Errorf("the refused file's path is %q", path)
	}
}

// Of a long text that is another one by the time that its rows are read again none are
// taken, not even those that stand before the change.
func TestChangedFileGivesNoRows(t *testing.T) {
	path := filepath.Join(t.TempDir(), "低保.csv")
	write := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	const text = "镇,姓名\n东沟镇,甲一\n东沟镇,乙二\n"
	write(text)
	file, err := table.Open(t.Context(), path, table.Limits{MaxWhole: 1})
	if err != nil {
		t.Fatal(err)
	}
	first := map[string]map[int]bool{"": {2: true}}
	record, err := copyRows(file, "低保.csv", first)
	if err != nil || record.NumRows() != 1 {
		t.Fatal(record, err)
	}
	record.Release()
	write(text + "东沟镇,丙三\n")
	if record, err := copyRows(file, "低保.csv", first); fault.Of(err) == nil || fault.Of(err).Code != fault.SourceChanged {
		t.Error(record, err)
	}
}
