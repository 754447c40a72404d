package pipeline

import (
	"context"
	"slices"
	"strings"
	"testing"

	"hedui/sources/table/tabletest"
)

// TestCheckWarnsAsARun: what a run would warn of in a file, check warns of before the file is sent.
func TestCheckWarnsAsARun(t *testing.T) {
	d := newDistrict(t)
	d.send("低保.csv", "镇,低保证号,姓名,身份证号,救助类型,备注,某人证件\n"+
		"东沟镇,1.30890E+15,甲一,130890197001010016,低保,2021年3月停保,130890197003164019\n东沟镇,1.30890E+15,乙二,130890197502020028,低保,,130890197003174014\n东沟镇,D3,丙三,130890194606060063,特困,,\n")
	d.send("特困.html", "<table><tr><td>镇<td>姓名<td>身份证号<tr><td>东沟镇<td>丁四<td>130890194505050050</table><table><tr><td>西沟镇<td>戊五<td>130891197303030035</table>")
	d.send("残疾人.xlsx", string(tabletest.XLSX(tabletest.Book{Sheets: []tabletest.Sheet{{Name: "一", Rows: []tabletest.Row{tabletest.Texts("镇", "姓名", "身份证号", "残疾等级"),
		{Cells: append(tabletest.Texts("东沟镇").Cells, tabletest.Struck(tabletest.Text("己六")), tabletest.Text("130892197404040044"), tabletest.Text("一级"))}}}}})))
	seen, err := Check(context.Background(), d.c)
	if err != nil {
		t.Fatal(err)
	}
	var checked []string
	for _, w := range seen.Warnings {
		checked = append(checked, w.Error())
	}
	run := d.mustNight("2021-06-10").Warnings
	slices.Sort(checked)
	slices.Sort(run)
	if !slices.Equal(checked, run) {
		t.Errorf("check warns\n%s\na run\n%s", strings.Join(checked, "\n"), strings.Join(run, "\n"))
	}
	for _, code := range []string{"E-SRC-17", "E-SRC-19", "E-SRC-20", "E-SRC-21", "E-SRC-22", "E-SRC-23"} {
		if !strings.Contains(strings.Join(checked, "\n"), code) {
			t.Errorf("check does not warn of %s", code)
		}
	}
}
