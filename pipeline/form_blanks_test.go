package pipeline

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// attachment1 gives the figures of the towns' rows, columns 2 to 16.
func (d *district) attachment1(day string) []string {
	d.t.Helper()
	var rows []string
	for line := range strings.SplitSeq(d.sheet(filepath.Join(d.c.Paths.Out, day, "全区", "排查情况统计表.xlsx"), "排查情况统计表"), "\n") {
		if cells := strings.Split(line, "|"); strings.HasSuffix(cells[min(1, len(cells)-1)], "镇") {
			rows = append(rows, strings.Join(cells[1:min(16, len(cells))], "|"))
		}
	}
	return rows
}

// TestAttachment1LeavesBlankWhatNobodyCounted: a figure of 0 is one that somebody looked for;
// where a roster never came, or the rules are suspended in the town, the cell is empty.
func TestAttachment1LeavesBlankWhatNobodyCounted(t *testing.T) {
	const poor = "镇,户编号,姓名,身份证号,与户主关系,户类型\n"
	d := newDistrict(t)
	d.send("残疾.csv", "镇,姓名,身份证号,残疾类别,残疾等级,证件状态,困难残疾人生活补贴,重度残疾人护理补贴\n"+
		"东沟镇,甲一,130890197001010016,肢体,一级,正常,否,是\n东沟镇,乙二,130890197502020028,肢体,一级,正常,否,是\n西岭镇,丙三,130890198009090094,肢体,一级,正常,否,否\n")
	d.send("特困.csv", tekun)
	d.mustNight("2021-06-10")
	if got, want := d.attachment1("2021-06-10"), []string{"西岭镇"}; !slices.Equal(got, want) {
		t.Errorf("without the registered poor: %q, want %q", got, want)
	}
	d.send("建档立卡.csv", poor+"东沟镇,1001,甲一,130890197001010016,户主,脱贫户\n东沟镇,1002,乙二,130890197502020028,户主,脱贫户\n西岭镇,1003,丙三,130890198009090094,户主,脱贫户\n")
	d.send("低保.csv", "镇,低保证号,姓名,身份证号,享受起始年月\n"+"东沟镇,D1,甲一,130890197001010016,2021-06\n东沟镇,D2,乙二,130890197502020028,2019-01\n西岭镇,D3,丙三,130890198009090094,2021-06\n")
	d.mustNight("2021-06-11")
	got := d.attachment1("2021-06-11")
	if want := []string{"东沟镇|2|2|0|0|0|0|0|||||0|1", "西岭镇|1|1|0|0|0|0|0|||||0|0"}; !slices.Equal(got, want) {
		t.Errorf("of who is taken in since this month no living subsidy is due yet: %q, want %q", got, want)
	}
	d.send("低保.csv", "镇,低保证号,姓名,身份证号,享受起始年月\n"+"东沟镇,D1,甲一,130890197001010016,2021-06\n东沟镇,D2,乙二,130890197502020028,2019-01\n")
	d.mustNight("2021-06-12")
	got = d.attachment1("2021-06-12")
	if want := []string{"东沟镇|2|2|0|0|0|0|0|||||0|1", "西岭镇|1|1|0|0|0|0|0||||||0"}; !slices.Equal(got, want) {
		t.Errorf("with the west's dibao held: %q, want %q", got, want)
	}
	for folder, want := range map[string]bool{"全区": true, "西岭镇": true, "东沟镇": false} {
		form := d.sheet(filepath.Join(d.c.Paths.Out, "2021-06-12", folder, "排查情况统计表.xlsx"), "排查情况统计表")
		if got := strings.Contains(form, "沿用上期数据：城乡最低生活保障名册西岭镇上期 1 行，本期一行也没有，自2021-06-12起。"); got != want {
			t.Errorf("%s: the form tells of the held list: %v, want %v\n%s", folder, got, want, form)
		}
	}
	d = newDistrict(t)
	d.c.Towns = []Town{{Name: "东沟镇"}, {Name: "西岭镇"}}
	d.send("残疾.csv", disabled+"西岭镇,丙三,130890198009090094,肢体,一级,否\n")
	d.send("特困.csv", tekun)
	d.send("东沟镇建档立卡.csv", poor+"东沟镇,1001,甲一,130890197001010016,户主,脱贫户\n")
	d.mustNight("2021-06-10")
	if got, want := d.attachment1("2021-06-10"), []string{"东沟镇|1|1|0|0|0|0|0|||||1※", "西岭镇"}; !slices.Equal(got, want) {
		t.Errorf("with no list of the west's poor: %q, want %q", got, want)
	}
	if form := d.sheet(filepath.Join(d.c.Paths.Out, "2021-06-10", "全区", "排查情况统计表.xlsx"), "排查情况统计表"); !strings.Contains(form, "建档立卡名册里没有西岭镇的人，有关各栏空着") {
		t.Errorf("the form does not say why the west's row is empty:\n%s", form)
	}
}

// TestAttachment1ShowsWhatStands: of a rule that cannot speak tonight what was found before
// still stands, and Attachment 2 has it; where nothing does, nobody looked.
func TestAttachment1ShowsWhatStands(t *testing.T) {
	d := newDistrict(t)
	d.c.Sources["medical_aid"] = Source{Files: []string{"*医疗救助*"}}
	d.send("建档立卡.csv", "镇,户编号,姓名,身份证号,与户主关系,户类型\n东沟镇,1001,甲一,130890197001010016,户主,脱贫户\n西岭镇,1003,丙三,130890198009090094,户主,脱贫户\n")
	d.send("医疗救助.csv", "镇,姓名,身份证号,是否参保\n东沟镇,甲一,130890197001010016,否\n西岭镇,丙三,130890198009090094,是\n")
	for _, night := range []struct {
		day  string
		want []string
	}{
		{"2021-06-10", []string{"东沟镇|1|1|0|0|0|0|0||1※", "西岭镇|1|1|0|0|0|0|0||0"}},
		{"2021-06-11", []string{"东沟镇|1|1|0|0|0|0|0||1※", "西岭镇|1|1|0|0|0|0|0"}},
	} {
		d.mustNight(night.day)
		if got := d.attachment1(night.day); !slices.Equal(got, night.want) {
			t.Errorf("%s: %q, want %q", night.day, got, night.want)
		}
		d.send("西岭镇医疗救助.csv", "镇,姓名,身份证号,病种\n西岭镇,丙三,130890198009090094,肺炎\n") // which cannot say who is insured
	}
}
