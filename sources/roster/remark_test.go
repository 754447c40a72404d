package roster

import (
	"fmt"
	"strings"
	"testing"
)

// TestRemarks: an end that only a remark tells leaves the row in force, and is told; of relatives,
// of other benefits, of what is not so or has begun again nothing is.
func TestRemarks(t *testing.T) {
	for _, c := range []struct {
		kind, header, cell string
		told               bool
	}{
		{"dibao", "备注", "2021年3月停保", true},
		{"dibao", "备注", "已死亡", true},
		{"dibao", "备注", "5月1日去世，6月停发", true},
		{"dibao", "备注", "6月起停发", true},
		{"dibao", "说明", "户口注销", true},
		{"dibao", "备注", "丈夫2019年去世", false},
		{"dibao", "备注", "拟停保", false},
		{"dibao", "备注", "未停保", false},
		{"dibao", "备注", "2019年停保，2020年重新纳入", false},
		{"dibao", "备注", "停发高龄津贴", false},
		{"dibao", "备注", "车辆已注销", false},
		{"dibao", "备注", "已停药", false},
		{"dibao", "困难原因", "主要劳动力死亡", false},
		{"dibao", "银行账户状态", "已注销", false},
		{"dibao", "停发原因", "收入超标", true},
		{"dibao", "停发原因", "无", false},
		{"dibao", "是否死亡", "是", true},
		{"dibao", "是否死亡", "否", false},
		{"dibao", "停保情况", "正常", false},
		{"dibao", "状态|是否停保", "在保|是", true},
		{"dibao", "状态|是否停保", "在保|否", false},
		{"dibao", "状态|是否享受低保", "在保|否", true},
		{"dibao", "状态|备注", "停保|2021年3月停保", false},
		{"tekun", "备注", "终止供养", true},
		{"disability", "备注", "残疾证已注销", true},
		{"disability", "备注", "低保停保", false},
		{"registered_poor", "备注", "2020年退出", false},
		{"registered_poor", "备注", "已故", true},
		{"school", "备注", "已辍学", true},
		{"school", "备注", "防止辍学", false},
		{"medical_aid", "备注", "已死亡", false},
	} {
		own := map[string]string{"disability": "残疾等级", "registered_poor": "户编号|户类型", "school": "学校"}[c.kind]
		rows, _, reports := load(t, c.kind, Options{}, grid("", "镇|姓名|身份证号|"+c.header+"|"+own+"\na|甲|"+idA+"|"+c.cell+"|1|脱贫户"))
		what := c.kind + " " + c.header + " " + c.cell
		note := strings.Contains(reports[0].Note, RemarkMark)
		expect(t, what, note, c.told)
		if note && (rows[0]["in_force"] == "false" || !strings.Contains(reports[0].Note, "如第 2 行") || strings.Contains(reports[0].Note, "甲")) {
			t.Errorf("%s: %v, note %s", what, rows[0], reports[0].Note)
		}
	}
}

// TestRemarksOfNames: so does one in brackets behind a name; each row is told once, each cell to
// its department.
func TestRemarksOfNames(t *testing.T) {
	_, _, reports := load(t, "dibao", Options{}, grid("", "镇|低保证号|姓名|身份证号|备注\na|1|王大(已停)|"+idA+"|2021年停保\na|2|李二（死亡）|"+idB+"|\na|3|丙（户主）|"+idC+"|丈夫去世"))
	expect(t, "faults", fmt.Sprint(reports[0].Faults), "map[status:3]")
	if want := "“姓名”“备注”写有停保、死亡等字样的 2 行（如第 2 行）" + RemarkMark; reports[0].Note != want {
		t.Errorf("got %s\nwant %s", reports[0].Note, want)
	}
}
