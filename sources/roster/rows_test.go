package roster

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"hedui/sources/table"
)

func TestRowsThatAreNoData(t *testing.T) {
	rows, rejects, reports := load(t, "dibao", Options{}, grid("", `
上板城镇低保花名册
密级：内部
序号|镇|村|低保证号|姓名|身份证号|月保障金额|备注
1|2|3|4|5|6|7|8
1|上板城镇|东村|1|甲|`+idA+`|442|
||||小计||442|

上板城镇低保花名册
密级：内部
序 号|镇|村|低保证号|姓名|身份证号（必填）|月保障金额|备注
2|上板城镇|西村|2|乙|`+idB+`|330|合计两次
西村小计|1人||||| 330|
3||||||
合  计|||2户|2人||772|
填表人：王某|||审核人：李某||联系电话：0314-1234567||
第1页 共1页
备注：以上数据截至5月`))
	expect(t, "names", pick(rows, "name", "row_number"), "甲 5; 乙 11")
	expect(t, "rejects", len(rejects), 0)
	expect(t, "account", reports[0].Account, "{17 2 0 13 2}")
}

// A row that may be a person's is loaded, however much it looks like something else.
func TestRowsThatAreData(t *testing.T) {
	rows, rejects, reports := load(t, "tekun", Options{}, grid("", `
镇|姓名|身份证号|备注
a|甲|| 合计发放三次
a|乙|无|联系电话 0314-1234567
a||`+idA+`|
a|丙|见附件|备注
|丁||
a|戊（曾用名：己）||
a|庚|身份证：`+idB+`|
a|辛|无（原因：未落户）|
a|壬|身份证号：无|
a|审核：王某|手机号：13900001111|
a|王某|联系电话号码：13900001111|`))
	expect(t, "rows", pick(rows, "name", "id_state"), "甲 missing; 乙 missing; ∅ suspicious; 丙 invalid; 丁 missing; 戊（曾用名：己） missing; 庚 suspicious; 辛 invalid; 壬 invalid")
	expect(t, "rejects", len(rejects), 0)
	expect(t, "account", reports[0].Account, "{12 9 0 3 0}")
}

// What stands instead of a number, or what a remark begins with, makes a person's row no line of particulars.
func TestRemarksInPlaceOfANumber(t *testing.T) {
	rows, _, reports := load(t, "tekun", Options{Towns: []Town{{Name: "上板城镇"}}}, grid("", `
序号|镇|村|姓名|身份证号|月供养金
1|上板城镇|东村|甲|`+idA+`|615
2|上板城镇|东村|乙|护照：E12345678|615
3|上板城镇|东村|丙|丢失：2021.3补办|615
4|上板城镇|东村|丁|见备注:|
5|上板城镇|东村|戊：五保|待补|615
6|上板城镇|东村|己：五保||615
审核：王某|||填表：李某|电话：0314-1234567|`))
	expect(t, "with a town", pick(rows, "name"), "甲; 乙; 丙; 丁; 戊：五保; 己：五保")
	expect(t, "account", reports[0].Account, "{8 6 0 2 0}")

	rows, _, _ = load(t, "medical_aid", Options{}, grid("", `
村|姓名|身份证号|个人自付
东村|甲|`+idA+`|442
东村|乙|护照：E12345678|90000`))
	expect(t, "with a sum", pick(rows, "name"), "甲; 乙")

	rows, _, reports = load(t, "medical_aid", Options{}, grid("", `
备注|姓名|身份证号|是否参保|个人自付
|甲|`+idA+`|是|100
注：外出务工|乙|1308021965|是|90000
说明：户口待迁|丙||是|90000
注：以上为5月数据||||`))
	expect(t, "behind a remark", pick(rows, "name"), "甲; 乙; 丙")
	expect(t, "account", reports[0].Account, "{5 3 0 2 0}")
}

// A household goes on over a page's foot and head, whatever stands there; never over a total, a
// section or another title.
func TestHouseholdGoesOnOverThePage(t *testing.T) {
	for between, same := range map[string]bool{
		"第1页 共2页": true, "|第 1 页，共 2 页": true, "- 1 -": true, "— 1 —": true, "||1/2": true, "Page 1 of 2": true,
		"制表人：王某||审核人：李某": true, "填表日期：2021年5月10日": true, "单位：元": true, "续表": true, "建档立卡户名册（续）": true, "1|2|3|4|5": true,
		"第1页 共2页\n建档立卡户名册\n镇|户编号|姓名|身份证号|户类型": true,
		"小计||2人":   false,
		"二、监测对象":   false,
		"脱贫不稳定户名册": false,
	} {
		rows, _, _ := load(t, "registered_poor", Options{Towns: []Town{{Name: "上板城镇"}}}, grid("", `
建档立卡户名册
镇|户编号|姓名|身份证号|户类型
上板城镇|7|甲|`+idA+`|脱贫户
`+between+`
||乙|`+idB+`|`))
		want := "甲 7; 乙 ∅"
		if same {
			want = "甲 7; 乙 7"
		}
		expect(t, between, pick(rows, "name", "household_no"), want)
	}
}

// An export may write out the apostrophe that made each cell text.
func TestWrittenApostrophes(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{Towns: []Town{{Name: "上板城镇"}}}, grid("", `
镇|低保证号|姓名|身份证号|与户主关系|保障档次|享受人数|月保障金额|状态
'上板城镇|'D1|'甲一|'`+idA+`|'户主|'C|'1|'240.00|'在保`))
	expect(t, "row", pick(rows, "town", "household_no", "name", "id_number", "relation", "tier", "persons_covered", "amount", "status"),
		"上板城镇 D1 甲一 "+idA+" 户主 C 1 240.00 在保")
}

func TestRejects(t *testing.T) {
	_, rejects, reports := load(t, "tekun", Options{}, grid("东村", `
镇|姓名|身份证号|月供养金
a|甲|`+idA+`|575
a|||575|超出
a|—|无|1
a||见备注|`))
	expect(t, "rejects", pick(rejects, "path", "sheet", "row_number", "code"), "test.xlsx 东村 3 R-01; test.xlsx 东村 4 R-01; test.xlsx 东村 5 R-02")
	var cells []rejectedCell
	if err := json.Unmarshal([]byte(rejects[0]["cells"]), &cells); err != nil {
		t.Fatal(err)
	}
	expect(t, "every cell is kept", cells, "[{镇 a} {姓名 } {身份证号 } {月供养金 575} { 超出}]")
	for _, r := range rejects {
		if r["reason"] == "" {
			t.Error("a reject without a reason")
		}
	}
	expect(t, "account", reports[0].Account, "{5 1 3 1 0}")
}

func TestSheets(t *testing.T) {
	rows, _, reports := load(t, "tekun", Options{},
		grid("封面", "承德高新区\n特困人员名册\n\n二〇二一年五月"), grid("空表", ""), grid("上板城", "镇|姓名|身份证号\na|甲|"+idA), grid("冯营子", "特困名册\n姓名|镇|证件号码\n乙|b|"+idB+"\n丙|b|"))
	expect(t, "rows", pick(rows, "sheet", "row_number", "name", "town"), "上板城 2 甲 a; 冯营子 3 乙 b; 冯营子 4 丙 b")
	var accounts []any
	for _, r := range reports {
		accounts = append(accounts, r.Sheet, r.HeaderRow, r.Account)
	}
	expect(t, "accounts", accounts, "[封面 0 {4 0 0 3 1} 空表 0 {1 0 0 0 1} 上板城 1 {2 1 0 1 0} 冯营子 2 {4 2 0 2 0}]")
}

// TestHeadless: rows of people that no header explains are not read, and told.
func TestHeadless(t *testing.T) {
	rows, _, reports := load(t, "tekun", Options{}, grid("东村", "镇|姓名|身份证号\na|甲|"+idA), grid("西村", "a|乙|"+idB+"\na|丙|"+idC+"\n合计|2人|"), grid("说明", "特困名册\n二〇二一年"))
	expect(t, "rows", pick(rows, "name"), "甲")
	for i, want := range []int{0, 2, 0} {
		expect(t, "headless on "+reports[i].Sheet, reports[i].Headless, want)
	}
	expect(t, "note", reports[1].Note, "没有表头，未读入数据；2 行有身份证号，上面没有表头，没有读入")
}

// TestHouseholdNumberToCome: whose household's number is still to come is not of the household
// in the row above.
func TestHouseholdNumberToCome(t *testing.T) {
	rows, _, reports := load(t, "registered_poor", Options{}, grid("", `
镇|户编号|姓名|身份证号|与户主关系|户类型|家庭人均纯收入
a|1|甲||户主|脱贫户|5000
a||甲妻||配偶||
a|待补|乙||之子||
a|1.30802E+15|丙||户主|一般农户|
a||丁||配偶||`))
	expect(t, "rows", pick(rows, "name", "household_no", "type", "income_per_capita"), "甲 1 stable 5000.00; 甲妻 1 stable 5000.00; 乙 ∅ ∅ ∅; 丙 ∅ general ∅; 丁 ∅ general ∅")
	expect(t, "faults", reports[0].Faults["household_no"], 2)
}

// TestMergedOverItsRows: where rows are no household a merged name and number are one
// person's; what is blank without being merged is nobody's.
func TestMergedOverItsRows(t *testing.T) {
	sheet := "镇|姓名|身份证号|个人自付|医疗救助金额\na|甲|" + idA + "|100|50\n|||200|0\n|||300|\na|乙|" + idB + "|7|\n|||8|"
	rows, rejects, _ := load(t, "medical_aid", Options{}, grid("", sheet, down(0, 2, 4), down(1, 2, 4), down(2, 2, 4)))
	expect(t, "rows", pick(rows, "name", "id_number", "self_pay"), "甲 "+idA+" 100.00; 甲 "+idA+" 200.00; 甲 "+idA+" 300.00; 乙 "+idB+" 7.00")
	expect(t, "rejects", len(rejects), 1)
	poor := "镇|户编号|姓名|身份证号|与户主关系|户类型\na|1|甲|" + idA + "|户主|脱贫户\n||||配偶|"
	rows, _, _ = load(t, "registered_poor", Options{}, grid("", poor, down(2, 2, 3), down(3, 2, 3)))
	expect(t, "members of a household are not their head", pick(rows, "name"), "甲")
}

// TestMergedOverAHousehold: what is merged over a household's rows is said of all its members;
// only nobody's name, number and relation are another's.
func TestMergedOverAHousehold(t *testing.T) {
	poor := "镇|户编号|姓名|身份证号|与户主关系|户类型|是否参加医保|是否参加城镇职工基本医疗保险|是否低保|健康状况|人编号\n" +
		"a|1|甲|" + idA + "|户主|脱贫户||是|否|健康|7\n||甲妻|||\n||甲子|" + idC + "|||否"
	var merged []table.Range
	for _, column := range []int{0, 1, 3, 4, 5, 7, 8, 9, 10} {
		merged = append(merged, down(column, 2, 4))
	}
	rows, _, _ := load(t, "registered_poor", Options{}, grid("", poor, merged...))
	expect(t, "poor", pick(rows, "name", "id_raw", "relation", "type", "medical_insured", "dibao_flag", "health", "person_no"),
		"甲 "+idA+" 户主 stable 是 否 健康 7; 甲妻 ∅ ∅ stable 是 否 健康 ∅; 甲子 "+idC+" ∅ stable 是 否 健康 ∅")

	dibao := "镇|低保证号|姓名|身份证号|与户主关系|停保原因\na|1|甲|" + idA + "|户主|收入超标\n||甲妻|" + idB + "|配偶|\na|2|乙|" + idC + "|户主|"
	rows, _, _ = load(t, "dibao", Options{}, grid("", dibao, down(0, 2, 3), down(1, 2, 3), down(5, 2, 3)))
	expect(t, "dibao", pick(rows, "name", "household_no", "exit_reason", "in_force"), "甲 1 收入超标 false; 甲妻 1 收入超标 false; 乙 2 ∅ true")
}

func TestFilledDownWithinTheHousehold(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{}, grid("一", `
镇|村|低保证号|户主姓名|户主身份证号|姓名|身份证号|与户主关系|档次|月保障金额|状态
a|东村|1|甲|`+idA+`|甲|`+idA+`|户主|A|884|在保
|||||乙|`+idB+`|配偶||
|||||丙|`+idC+`|之子|||停保
a|东村|2|丁||丁||户主|B|330
|||||戊||配偶|
||||合计|||||1214
|||||己||之女
||4|庚||庚||户主
||4|||辛||之子`), grid("二", `
镇|低保证号|姓名|身份证号
|| 壬|`+idA))
	expect(t, "rows", pick(rows, "town", "village", "household_no", "head_name", "name", "tier", "amount", "in_force"), strings.Join([]string{
		"a 东村 1 甲 甲 A 884.00 true", "a 东村 1 甲 乙 A 884.00 true", "a 东村 1 甲 丙 A 884.00 false",
		"a 东村 2 丁 丁 B 330.00 true", "a 东村 2 丁 戊 B 330.00 true",
		"∅ ∅ ∅ ∅ 己 ∅ ∅ true", "∅ ∅ 4 庚 庚 ∅ ∅ true", "∅ ∅ 4 ∅ 辛 ∅ ∅ true",
		"∅ ∅ " + idA + " ∅ 壬 ∅ ∅ true",
	}, "; "))
}

// A household goes on over the page's header; a new head or place begins another.
func TestWhereHouseholdsBegin(t *testing.T) {
	rows, _, _ := load(t, "registered_poor", Options{}, grid("", `
镇|村|户编号|姓名|身份证号|与户主关系|户类型|风险是否消除
a|东村|1|甲||户主|脱贫户|是
||| 乙||配偶||
镇|村|户编号|姓名|身份证号|与户主关系|户类型|风险是否消除
||| 丙||之子||

||| 丁||之女||
||| 戊||户主|一般农户|
||| 己||配偶||
|西村|| 庚||其他||
a|西村|3|辛||户主|脱贫户|
||3|壬||配偶||`))
	expect(t, "rows", pick(rows, "name", "town", "village", "household_no", "type", "risk_eliminated"),
		"甲 a 东村 1 stable true; 乙 a 东村 1 stable true; 丙 a 东村 1 stable true; 丁 a 东村 1 stable true; 戊 ∅ ∅ ∅ general false; 己 ∅ ∅ ∅ general false; 庚 ∅ 西村 ∅ ∅ false; 辛 a 西村 3 stable false; 壬 a 西村 3 ∅ false")
}

// Where nothing tells heads from members, a row that states its town is one of its own.
func TestNumberMissingInAFlatRoster(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{}, grid("", "镇|低保证号|姓名|身份证号\na|1|甲|"+idA+"\na||乙|"+idB+"\n||丙|"+idC))
	expect(t, "rows", pick(rows, "name", "household_no"), "甲 1; 乙 "+idB+"; 丙 "+idC)
}

func TestMergedCells(t *testing.T) {
	rows, _, _ := load(t, "tekun", Options{}, grid("", `
镇|村|姓名|身份证号|月供养金
a|东村|甲||575
||乙||
|西村|丙||
||合计||575
||丁||`, down(0, 2, 4), down(1, 2, 3), down(4, 2, 4), table.Range{Row0: 1, Col0: 0, Row1: 1, Col1: 4}))
	expect(t, "rows", pick(rows, "name", "town", "village", "amount"), "甲 a 东村 575.00; 乙 a 东村 ∅; 丙 a 西村 ∅; 丁 ∅ ∅ ∅")

	// A range that begins in a total row says nothing about the rows under it.
	rows, _, _ = load(t, "tekun", Options{}, grid("", "镇|姓名|身份证号\na|甲|\n合计|1人|\n|乙|"), grid("", "镇|姓名|身份证号\na|甲|\n|丙|\n合计|1人|\n|乙|", down(0, 2, 3), down(0, 4, 5)))
	expect(t, "totals", pick(rows, "name", "town"), "甲 a; 乙 ∅; 甲 a; 丙 a; 乙 ∅")
}

func TestHeadsOnly(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{}, grid("", "镇|户主姓名|户主身份证号|享受人数\na|甲 |"+idA+"|3\na|乙|#130890199001011000|1"))
	expect(t, "rows", pick(rows, "name", "id_number", "id_state", "household_no", "persons_covered"),
		"甲 "+idA+" suspicious "+idA+" 3; 乙 130890199001011 damaged 130890199001011000 1")

	// The head's number is never given to a member.
	rows, _, _ = load(t, "dibao", Options{}, grid("", "镇|姓名|户主姓名|户主身份证号\na|甲|甲|"+idA+"\na|乙|甲|"+idA+"\na||甲|"+idA))
	expect(t, "members", pick(rows, "name", "id_raw", "household_no"), strings.ReplaceAll("甲 A A; 乙 ∅ A; 甲 A A", "A", idA))

	rows, _, _ = load(t, "dibao", Options{}, grid("", "镇|户主姓名|户主身份证号|身份证号\na|甲|"+idA+"|"+idA+"\na|甲|"+idA+"|"+idB))
	expect(t, "nor his name", pick(rows, "name", "id_number", "household_no"), strings.NewReplacer("A", idA, "B", idB).Replace("甲 A A; ∅ B A"))

	rows, _, _ = load(t, "dibao", Options{}, grid("", "镇|户主姓名|身份证号|低保证号\na|甲|"+idA+"|7"))
	expect(t, "the only number is the head's", pick(rows, "name", "id_number", "household_no"), "甲 "+idA+" 7")
}

// Without a number or a head's column the household is told by its head's row.
func TestHouseholdByRelation(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{}, grid("", `
镇|姓名|身份证号|与户主关系
a|甲|`+idA+`|户主
a|乙|`+idB+`|配偶
b|丙|`+idC+`|之子`))
	expect(t, "rows", pick(rows, "name", "household_no"), "甲 "+idA+"; 乙 "+idA+"; 丙 "+idC)
}

func TestIDNumbers(t *testing.T) {
	rows, _, _ := load(t, "tekun", Options{}, grid("", `
镇|姓名|身份证号
a|甲| '`+idA[:6]+" "+idA[6:]+`
a|乙|#`+idA+`
a|丙|1.30890199001011E+17
a|丁|130890********1234
a|戊|待补
a|己|`+idA+`42`))
	expect(t, "rows", pick(rows, "id_raw", "id_number", "id_state"), strings.Join([]string{
		"'" + idA[:6] + " " + idA[6:] + " " + idA + " suspicious", idA + " " + idA[:15] + " damaged", "1.30890199001011E+17 130890199001011 damaged",
		"130890********1234 130890********1234 masked", "待补 ∅ missing", idA + "42 " + idA + " suspicious",
	}, "; "))
}

func TestDisability(t *testing.T) {
	rows, _, reports := load(t, "disability", Options{}, grid("", `
镇|姓名|身份证号|残疾证号|残疾类别|残疾等级|是否享受护理补贴
a|甲|`+idA+`|`+idA+`42|视力|一级|
a|乙||`+idB+`53B1|||60
a|丙|1.30892E+17|`+idC+`61||重度|0
a|丁|#`+idA+`|`+idB+`11|||
a|戊|无|旧证123|四肢||说不清
a|己|`+idA+`|`+idA+`42|四肢||`))
	expect(t, "rows", pick(rows, "id_number", "id_state", "disability_type", "grade", "cert_type", "cert_grade", "nursing_subsidy"), strings.Join([]string{
		idA + " suspicious 视力 1 肢体 2 空白", idB + " suspicious 智力 3 智力 3 是", idC + " suspicious 精神 ∅ 精神 1 否",
		idA[:15] + " damaged 视力 1 视力 1 空白", "旧证123 invalid ∅ ∅ ∅ ∅ ∅", idA + " suspicious ∅ 2 肢体 2 空白",
	}, "; "))
	expect(t, "what could not be folded is counted", reports[0].Faults, "map[disability_type:2 grade:1 nursing_subsidy:1]")
}

func TestPoorTypes(t *testing.T) {
	for pair, want := range map[string]string{
		"脱贫户 ": "stable", "一般脱贫户 ": "stable", "稳定脱贫户 ": "stable", "已脱贫享受政策 ": "stable", "建档立卡一般户 ": "stable", "已脱贫(稳定) ": "stable", "低保贫困户 ": "stable",
		"脱贫不稳定户 ": "unstable", "脱贫户 脱贫不稳定": "unstable", "一般农户 边缘易致贫户": "marginal", "边缘户 ": "marginal", "一般农户 突发严重困难户": "sudden", "突发困难户 ": "sudden",
		"一般农户 ": "general", "一般农户 无": "general", "非脱贫户 ": "general", "非贫困村脱贫户 ": "stable", "非建档立卡贫困户 ": "general", "非贫困户 ": "general", "脱贫户 非监测对象": "stable", " 边缘易致贫": "marginal", " ": "∅", "怪类 ": "∅",
	} {
		household, monitor, _ := strings.Cut(pair, " ")
		rows, _, reports := load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型|监测对象类别\na|1|甲||"+household+"|"+monitor))
		expect(t, pair, pick(rows, "type"), want)
		expect(t, pair+" faults", reports[0].Faults["type"] == 1, household == "怪类")
	}
}

func TestBlankAndMissingColumns(t *testing.T) {
	sheet := "镇|姓名|身份证号|残疾类别|残疾等级|生活补贴\na|甲||肢体|一级|"
	rows, _, _ := load(t, "disability", Options{}, grid("", sheet))
	expect(t, "a blank is 空白, a missing column NULL", pick(rows, "living_subsidy", "nursing_subsidy", "in_force"), "空白 ∅ true")
	rows, _, _ = load(t, "disability", Options{BlankIsUnknown: []string{"living_subsidy"}}, grid("", sheet))
	expect(t, "unknown", pick(rows, "living_subsidy"), "∅")

	poor := "镇|户编号|姓名|身份证号|监测对象类别|风险是否消除\na|1|甲||边缘户|"
	rows, _, _ = load(t, "registered_poor", Options{}, grid("", poor))
	expect(t, "risk", pick(rows, "risk_eliminated"), "false")
	rows, _, _ = load(t, "registered_poor", Options{BlankIsUnknown: []string{"risk_eliminated"}}, grid("", poor))
	expect(t, "unknown risk", pick(rows, "risk_eliminated"), "∅")
}

func TestNotes(t *testing.T) {
	sheet := grid("", "镇|姓名|身份证号|享受起始年月\na|甲||#2021.1\na|乙||2021.1|多|出\na|丙||#2021.2")
	rows, _, reports := load(t, "tekun", Options{}, sheet)
	expect(t, "months", pick(rows, "start_month"), "2021-01-01; 2021-01-01; 2021-02-01")
	expect(t, "note", reports[0].Note, "1 行的单元格多于表头；1 个数字单元格形如 2021.1，可能是 1 月或 10 月，按 1 月读入")
}

func TestErrorCells(t *testing.T) {
	sheet := rawSheet{rows: sequence([]table.Row{
		{Number: 1, Cells: []table.Cell{{Text: "镇", Kind: 1}, {Text: "姓名", Kind: 1}, {Text: "身份证号", Kind: 1}, {Text: "月供养金", Kind: 1}}},
		{Number: 2, Cells: []table.Cell{{Text: "a", Kind: 1}, {Text: "甲", Kind: 1}, {Text: "#N/A", Kind: table.Error}, {Text: "#REF!", Kind: table.Error}}},
		{Number: 3, Hidden: true, Cells: []table.Cell{{Text: "a", Kind: 1}, {Text: "乙", Kind: 1}, {}, {Text: "2021-05-01", Kind: table.Date}}},
	})}
	rows, _, reports := load(t, "tekun", Options{}, sheet)
	expect(t, "rows", pick(rows, "name", "id_state", "amount"), "甲 missing ∅; 乙 missing ∅")
	expect(t, "faults", reports[0].Faults, "map[amount:2 id_number:1]")
	expect(t, "note", reports[0].Note, "隐藏行 1 行（已照常计入）")
}

// What clerks write between the rows, and a summary under them, is nobody.
func TestLinesBetweenRows(t *testing.T) {
	rows, rejects, reports := load(t, "dibao", Options{}, grid("", `
序号|镇|村|姓名|身份证号|月保障金额
1|a|东村|甲|`+idA+`|442
以下为新增人员|||||
西村（12户）|||||
||西村|||
二、停保对象|||||
|||以下空白||
2|a|西村|乙|`+idB+`|1
|a||共1人||442
|a||1户2人||442
|||小计|2|443
|镇|村|户数|人数|金额
|a|东村|1|1|442
三、其他|||||
3|a|西村|丙|`+idC+`|5`))
	expect(t, "names", pick(rows, "name", "village", "row_number"), "甲 东村 2; 乙 西村 8; 丙 西村 15")
	expect(t, "the summary's row", pick(rejects, "row_number", "code"), "13 R-02")
	expect(t, "account", reports[0].Account, "{15 3 1 11 0}")
}

// A summary of towns is no roster, on a sheet of its own or above it.
func TestSummariesAreNoRoster(t *testing.T) {
	rows, _, reports := load(t, "dibao", Options{},
		grid("汇总", "镇|村|享受人数|月保障金额\na|东村|3|884\n合计||3|884"), grid("名册", "镇|姓名|身份证号\na|甲|"+idA))
	expect(t, "rows", pick(rows, "sheet", "name"), "名册 甲")
	expect(t, "account", reports[0].Account, "{3 0 0 3 0}")

	rows, _, _ = load(t, "dibao", Options{}, grid("", "镇|户数|享受人数|月保障金额\na|1|1|884\n\n镇|姓名|身份证号\na|甲|"+idA))
	expect(t, "above", pick(rows, "name"), "甲")
}

// What the file's format had to tell of a sheet stands in its note, though it is known late.
func TestNoteOfTheFormat(t *testing.T) {
	note := ""
	sheet := grid("", "镇|姓名|身份证号\na|甲|"+idA)
	sheet.note = func() string { return note }
	r, err := read(context.Background(), []rawSheet{sheet}, kind(t, "tekun"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	note = "行数与声明的不同"
	readAll(t, r)
	expect(t, "note", r.Sheets()[0].Note, note)
}

// Signatures, dates, carried sums and what explains a header are nobody either.
func TestFurniture(t *testing.T) {
	rows, rejects, reports := load(t, "dibao", Options{}, grid("", `
低保名册
镇|低保证号|姓名|身份证号|月保障金额|备注
DZ|DBZH|XM|SFZH|JE|BZ
必填|选填|必填|必填,18位|选填|
||||（元）|
示例|1|张三|130890XXXXXXXXXXXX|442|
例：上板城镇|1|张三|`+idC+`|442|
a|1|甲|`+idA+`|442|
低保名册
镇|低保证号|姓名|身份证号|月保障金额|备注
||乙|`+idB+`||
过次页||||442|
承上页||||442|
b|2|丙|||合计户
合计户|2|丁|||合计户
合||计||442|
主任签字：||王某|年  月  日||
||审核：王某|填表：李某||
审核：||张某|13800000000||
||2021年5月31日|||
|||2021年5月31日||
（盖章）|||||`))
	expect(t, "persons", pick(rows, "row_number", "town", "household_no", "name"), "8 a 1 甲; 11 a 1 乙; 14 b 2 丙; 15 合计户 2 丁")
	expect(t, "rejects", len(rejects), 0)
	expect(t, "account", reports[0].Account, "{22 4 0 18 0}")
}

// TestWordsOfHeadersInRows: a village called 社区, a head, a remark that begins as a footer
// does: the row is a person's all the same.
func TestWordsOfHeadersInRows(t *testing.T) {
	towns := Options{Towns: []Town{{Name: "上板城镇"}}}
	for _, c := range []struct {
		kind, sheet string
		opt         Options
		want        string
	}{
		{"tekun", "镇|村|姓名|身份证号|月供养金\n上板城镇|社区|甲||600\n上板城镇|社区|乙|无|600\n上板城镇|社区|丙|待补|", towns, "甲; 乙; 丙"},
		{"tekun", "镇|村|姓名|身份证号|月供养金\n上板城镇|社区|甲||600\n上板城镇|社区|乙|无|600", Options{}, "甲; 乙"},
		{"dibao", "镇|村|低保证号|姓名|身份证号|与户主关系|月保障金额|状态\n上板城镇|社区|D1|甲|" + idA + "|户主|442|在保\n上板城镇|社区|D2|乙||户主|442|在保", Options{}, "甲; 乙"},
		{"dibao", "备注|镇|村|低保证号|姓名|身份证号\n注：已外出|上板城镇|东村|D1|甲|" + idA + "\n联系电话：无|上板城镇|东村|D2|乙|" + idB + "\n说明|上板城镇|东村|D3|丙|待补", towns, "甲; 乙; 丙"},
		{"dibao", "备注|镇|村|低保证号|姓名|身份证号\n审核人未签|上板城镇|东村|D1|甲|" + idA, Options{}, "甲"},
	} {
		rows, _, _ := load(t, c.kind, c.opt, grid("s", c.sheet))
		expect(t, c.sheet, pick(rows, "name"), c.want)
	}
	rows, _, _ := load(t, "tekun", towns, grid("s", "镇|姓名|身份证号\n上板城镇|甲|"+idA+"\n镇|村|姓名|身份证号|2020|2021\n上板城镇|东村|乙|"+idB+"|1|2"))
	expect(t, "a header of years", pick(rows, "name"), "甲; 乙")
	// Still no persons: the header of a summary, and who signed.
	_, _, reports := load(t, "dibao", towns, grid("s", "镇|村|低保证号|姓名|身份证号\n上板城镇|东村|D1|甲|"+idA+"\n镇|村|户数|人数|\n填表人：乙||||13800000000"))
	expect(t, "account", reports[0].Account, "{4 1 0 3 0}")
}

// TestSectionsAmongNames: a line of a place in the column of names is nobody; a lone name is somebody.
func TestSectionsAmongNames(t *testing.T) {
	towns := Options{Towns: []Town{{Name: "上板城镇"}, {Name: "安宁镇"}}}
	for text, want := range map[string]string{
		"上板城镇": "甲; 乙", "三道沟社区": "甲; 乙", "西沟村委会": "甲; 乙", "东村（2人）": "甲; 乙",
		"陈新村": "甲; 陈新村; 乙", "李镇": "甲; 李镇; 乙", "安宁": "甲; 安宁; 乙",
	} {
		rows, rejects, _ := load(t, "tekun", towns, grid("s", "姓名|身份证号|供养方式|镇\n甲|"+idA+"|分散|上板城镇\n"+text+"|||\n乙|"+idB+"|分散|上板城镇"))
		expect(t, text, pick(rows, "name"), want)
		expect(t, text, len(rejects), 0)
	}
	rows, _, _ := load(t, "tekun", towns, grid("s", "姓名|身份证号|供养方式|镇\n西村|||\n甲|"+idA+"|分散|上板城镇", table.Range{Row0: 2, Col0: 0, Row1: 2, Col1: 3}))
	expect(t, "merged", pick(rows, "name"), "甲")
}

// TestExampleRows: what shows how to fill in is nobody, however it says so.
func TestExampleRows(t *testing.T) {
	for _, row := range []string{"（示例）|某某|", "例|某某|", "例1|某某|", "填写示例|某某|", "示范|某某|", "1|张三（示例）|", "1|示例：李四|"} {
		rows, rejects, _ := load(t, "tekun", Options{}, grid("s", "序号|姓名|身份证号|镇\n"+row+idC+"|a\n1|甲|"+idA+"|a"))
		expect(t, row, pick(rows, "name"), "甲")
		expect(t, row, len(rejects), 0)
	}
	rows, _, _ := load(t, "tekun", Options{}, grid("s", "序号|姓名|身份证号|镇\n1|例小明|"+idA+"|a"))
	expect(t, "a name", pick(rows, "name"), "例小明")
}

// TestHeaderOfASummary: the heads of a small table below the list are nobody; what stands under them
// is rejected, and so told.
func TestHeaderOfASummary(t *testing.T) {
	for _, row := range []string{"|村|||户数|人数|||金额", "类别|户数|人数|月金额|||||", "序号|镇||户数||人数|金额||", "|||项目||数量|单位||"} {
		rows, _, reports := load(t, "dibao", Options{}, grid("s", "镇|村|低保证号|户主姓名|户主身份证号|姓名|身份证号|与户主关系|月保障金额\n上板城镇|西村|D1|甲|"+idA+"|甲|"+idA+"|户主|500\n"+row))
		expect(t, row, pick(rows, "name"), "甲")
		expect(t, row, reports[0].Account, "{3 1 0 2 0}")
	}
}
