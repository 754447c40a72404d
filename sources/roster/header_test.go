package roster

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"strings"
	"testing"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// dibaoHeads reads one sheet as dibao and tells where the header was and which
// header feeds each column of interest.
func matchedOf(t *testing.T, kind, sheet string, columns ...string) (row int, matched string, rep SheetReport) {
	t.Helper()
	_, _, reports := load(t, kind, Options{}, grid("s", sheet))
	var parts []string
	for _, c := range columns {
		parts = append(parts, c+"="+reports[0].Matched[c])
	}
	return reports[0].HeaderRow, strings.Join(parts, " "), reports[0]
}

func TestHeaderUnderTitles(t *testing.T) {
	titles := []string{"上板城镇农村低保对象花名册", "单位：上板城镇人民政府", "填报日期：2021年5月", "", "单位：元|||||"}
	for n := range 6 {
		sheet := strings.Join(append(slices.Clone(titles[:n]), "序号|镇|姓名|身份证号|月保障金额", "1|上板城镇|甲一|"+idA+"|442"), "\n")
		if n > 0 {
			sheet = "\n" + sheet // grid drops leading empty lines itself
		}
		row, matched, rep := matchedOf(t, "dibao", sheet, "town", "name", "id_number", "amount")
		expect(t, "header row", row, n+1)
		expect(t, "matched", matched, "town=镇 name=姓名 id_number=身份证号 amount=月保障金额")
		expect(t, "unmatched", rep.Unmatched, "[]")
		expect(t, "loaded", rep.Account.Loaded, 1)
	}
}

func TestTwoRowHeader(t *testing.T) {
	row, matched, rep := matchedOf(t, "dibao", `
2021年低保花名册
序号|镇|村|户主信息||保障对象|||保障情况||备注
||||||||档次|金额|
|||姓名|身份证号|姓名|身份证号|与户主关系|档次|月保障金额|
1|上板城镇|东村|甲一|`+idA+`|乙二|`+idB+`|配偶|A类|442|`, "town", "head_name", "head_id", "name", "id_number", "relation", "tier", "amount")
	expect(t, "header row", row, 2)
	expect(t, "matched", matched, "town=镇 head_name=户主信息/姓名 head_id=户主信息/身份证号 name=保障对象/姓名 id_number=保障对象/身份证号 relation=保障对象/与户主关系 tier=保障情况/档次/档次 amount=保障情况/金额/月保障金额")
	expect(t, "loaded", rep.Account, "{5 1 0 4 0}")
}

// The leaf alone is enough where the group says nothing known.
func TestLeafAlone(t *testing.T) {
	_, matched, _ := matchedOf(t, "tekun", `
基本信息||||供养待遇|
镇|村|姓名|身份证号|基本生活标准|照料护理费
上板城镇|东村|甲一|`+idA+`|575|200`, "town", "name", "amount", "care_amount")
	expect(t, "matched", matched, "town=镇 name=姓名 amount=基本生活标准 care_amount=照料护理费")
}

// A group ends where the one above it ends.
func TestGroupsEnd(t *testing.T) {
	_, matched, rep := matchedOf(t, "dibao", `
镇|户主信息||成员||
|户主|||||
|姓名|身份证号|姓名|身份证号|户月保障金
a|甲|`+idA+`|乙|`+idB+`|442`, "head_name", "head_id", "name", "id_number", "amount")
	expect(t, "matched", matched, "head_name=户主信息/户主/姓名 head_id=户主信息/户主/身份证号 name=成员/姓名 id_number=成员/身份证号 amount=成员/户月保障金")
	expect(t, "loaded", rep.Account.Loaded, 1)

	// Two known headers are enough where one of them tells who.
	_, matched, _ = matchedOf(t, "verification", "身份证号|核对项目\n"+idA+"|车辆", "id_number", "item")
	expect(t, "matched", matched, "id_number=身份证号 item=核对项目")
}

// 户主/姓名 and 成员/姓名: the leaf alone would give the head's number to every member.
func TestGroupsTellPersonsApart(t *testing.T) {
	sheet := `
户主|||家庭成员||家庭|
镇|姓名|身份证号|姓名|身份证号|户编号|户类型
上板城镇|甲一|` + idA + `|乙二|` + idB + `|1|脱贫户`
	rows, _, reports := load(t, "registered_poor", Options{}, grid("", sheet))
	expect(t, "person", pick(rows, "name", "id_number"), "乙二 "+idB)
	expect(t, "unmatched", reports[0].Unmatched, "[户主/姓名 户主/身份证号]")
}

func TestFaultsOfTheHeader(t *testing.T) {
	tests := []struct {
		name, kind, sheet string
		code              fault.Code
		says              []string
	}{
		{"a required column is missing", "dibao", "序号|姓名|身份证号|月保障金额|备注\n1|甲一|" + idA + "|442|", fault.SourceColumn,
			[]string{"《inbox/名册.xlsx》工作表“上板城”第 1 行", "缺少必需的列：镇", "序号、姓名、身份证号、月保障金额、备注", "sources.dibao.aliases"}},
		{"two are missing", "registered_poor", "姓名|身份证号|性别\n甲一|" + idA + "|男", fault.SourceColumn, []string{"镇；户编号；户类型（或 监测对象类别）"}},
		{"only one header is known", "verification", "身份证号|类目|说明一\n" + idA + "|车|有", fault.SourceColumn, []string{"核对项目", "类目"}},
		{"nothing is known", "dibao", "说明\n本表由各镇填报", fault.SourceNoTable, []string{"《inbox/名册.xlsx》", "表头"}},
		{"two headers claim one column", "dibao", "镇|姓名|身份证号|保障金额|享受金额\n上板城镇|甲一|" + idA + "|442|200", fault.SourceAmbiguous,
			[]string{"保障金额、享受金额", "sources.dibao.aliases.amount"}},
		{"groups leave a leaf open", "tekun", "镇|姓名|身份证号|财政供养||其他供养|\n||||基本生活标准||基本生活标准\n上板城镇|甲一|" + idA + "||1||2", fault.SourceAmbiguous, []string{"财政供养/基本生活标准"}},
	}
	for _, tt := range tests {
		_, err := read(context.Background(), []rawSheet{grid("上板城", tt.sheet)}, kind(t, tt.kind), Options{Path: "inbox/名册.xlsx"})
		f := fault.Of(err)
		if f == nil || f.Code != tt.code {
			t.Errorf("%s: got %v, want %s", tt.name, err, tt.code)
			continue
		}
		for _, text := range tt.says {
			if !strings.Contains(err.Error(), text) {
				t.Errorf("%s: %q does not say %q", tt.name, err, text)
			}
		}
		if strings.Contains(err.Error(), idA) || strings.Contains(err.Error(), "甲一") {
			t.Errorf("%s: the error names a person: %v", tt.name, err)
		}
	}
}

func TestConfigAliases(t *testing.T) {
	sheet := grid("", "镇|姓名|人员证件号|保障金额|享受金额\n上板城镇|甲一|"+idA+"|442|200")
	opt := Options{Aliases: map[string][]string{"id_number": {"人员证件号（必填）"}, "amount": {"享受金额"}}}
	rows, _, reports := load(t, "dibao", opt, sheet)
	expect(t, "row", pick(rows, "id_number", "amount"), idA+" 200.00")
	expect(t, "unmatched", reports[0].Unmatched, "[保障金额]")

	for _, opt := range []Options{
		{Aliases: map[string][]string{"nosuch": {"x"}}},
		{Aliases: map[string][]string{"id_state": {"x"}}},
		{BlankIsUnknown: []string{"nosuch"}},
	} {
		_, err := read(context.Background(), []rawSheet{sheet}, kind(t, "dibao"), opt)
		if f := fault.Of(err); f == nil || f.Code != fault.ConfigBadValue {
			t.Errorf("%+v: got %v", opt, err)
		}
	}
	opt = Options{Aliases: map[string][]string{"amount": {"钱"}, "tier": {"钱"}}}
	if _, err := read(context.Background(), []rawSheet{sheet}, kind(t, "dibao"), opt); fault.Of(err) == nil || fault.Of(err).Code != fault.ConfigBadValue {
		t.Errorf("one alias for two columns: got %v", err)
	}
}

func TestRepeatedHeaders(t *testing.T) {
	rows, _, reports := load(t, "registered_poor", Options{}, grid("", `
镇|户编号|姓名|身份证号|户类型|监测对象类别|风险是否已消除|识别监测时间|风险是否已消除|整户 | 整户
上板城镇|1|甲一|`+idA+`|脱贫户|脱贫不稳定户|否|2021.3|是|1|2`))
	expect(t, "the first is taken", pick(rows, "risk_eliminated"), "false")
	expect(t, "repeated", reports[0].Repeated, "[风险是否已消除]")
	expect(t, "unmatched", reports[0].Unmatched, "[整户 整户 识别监测时间]")
}

func TestCombinedColumns(t *testing.T) {
	rows, _, _ := load(t, "registered_poor", Options{}, grid("", `
镇|户编号|姓名|身份证号|户类型|人员状态|是否自然减少|风险消除方式|是否参加医保|是否参加大病保险医疗|是否危房户|是否有安全住房
a|1|甲|`+idA+`|脱贫户|正常|否||否|是|否|是
a|1|乙|`+idB+`|脱贫户|正常|是||否|否|是|是
a|1|丙|`+idC+`|脱贫户|正常|否|自然减少||||
a|1|丁||脱贫户|||帮扶消除|||否|`))
	expect(t, "rows", pick(rows, "name", "status", "in_force", "medical_insured", "house_safe"),
		"甲 正常 true 是 是; 乙 自然减少 false 否 否; 丙 自然减少 false 空白 空白; 丁 帮扶消除 true 空白 是")

	rows, _, reports := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|家庭编号|低保证号|家庭月人均收入|家庭人均收入\na|甲|"+idA+"|J1|D1|300|3600"))
	expect(t, "preferred", pick(rows, "household_no", "income_per_capita", "income_monthly"), "D1 3600.00 false")
	expect(t, "the others are reported", reports[0].Unmatched, "[家庭月人均收入 家庭编号]")

	rows, _, _ = load(t, "school", Options{}, grid("", "姓名|身份证号|学校|班级|年级\n甲|"+idA+"|一小|2班|三年级\n乙|"+idB+"|一小|四年级1班|"))
	expect(t, "first filled", pick(rows, "school_grade", "stage"), "三年级 primary; 四年级1班 primary")
}

// A spare header is read where no other names its column, and refuses no sheet.
func TestSpareHeaders(t *testing.T) {
	_, matched, rep := matchedOf(t, "dibao", "镇|姓名|身份证号|保障等级|在保人数|享受人口|低保金|是否停保\na|甲|"+idA+"|A|2|3|442|是", "tier", "persons_covered", "amount", "status")
	expect(t, "alone", matched, "tier=保障等级 persons_covered=享受人口 amount=低保金 status=是否停保")
	expect(t, "the first", rep.Unmatched, "[在保人数]")
	_, matched, rep = matchedOf(t, "dibao", "镇|姓名|身份证号|低保金|月保障金|是否在保|状态\na|甲|"+idA+"|1|442|是|停保", "amount", "status")
	expect(t, "beside another", matched, "amount=月保障金 status=状态")
	expect(t, "beside another", rep.Unmatched, "[低保金 是否在保]")
}

func TestIncomeOfAMonth(t *testing.T) {
	for header, want := range map[string]string{
		"家庭月人均收入": "6000.00 true", "家庭人均收入（元/月）": "6000.00 true", "家庭人均收入": "500.00 false", "家庭年人均收入（元）": "500.00 false",
		"家庭人均收入（2021年5月）": "500.00 false", "家庭月人均收入（2021年）": "6000.00 true",
	} {
		rows, _, _ := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|"+header+"\na|甲|"+idA+"|500"))
		expect(t, header, pick(rows, "income_per_capita", "income_monthly"), want)
	}
	rows, _, _ := load(t, "dibao", Options{}, grid("", "镇|姓名|身份证号|金融资产总额（万元）\na|甲|"+idA+"|1.5"))
	expect(t, "万元", pick(rows, "financial_assets", "income_monthly"), "15000.00 ∅")
}

func TestDerivedColumnsAreMatched(t *testing.T) {
	_, matched, _ := matchedOf(t, "disability", "镇|姓名|残疾人证号\na|甲|"+idA+"42", "id_number", "grade", "disability_type", "cert_grade")
	expect(t, "disability", matched, "id_number=残疾人证号 grade=残疾人证号 disability_type=残疾人证号 cert_grade=残疾人证号")
	_, matched, _ = matchedOf(t, "dibao", "镇|户主姓名|户主身份证号\na|甲|"+idA, "name", "id_number", "household_no", "amount")
	expect(t, "dibao", matched, "name=户主姓名 id_number=户主身份证号 household_no=户主身份证号 amount=")
	_, matched, _ = matchedOf(t, "registered_poor", "镇|户编号|姓名|身份证号|户类型\na|1|甲|"+idA+"|脱贫户", "type", "status", "income_monthly")
	expect(t, "poor", matched, "type=户类型 status= income_monthly=")
}

// A second table with other columns under the first is read by its own header.
func TestHeaderChanges(t *testing.T) {
	rows, _, reports := load(t, "tekun", Options{}, grid("", `
镇|姓名|身份证号|月供养金
a|甲|`+idA+`|575
东村名册
姓名|身份证号|镇|自理能力
乙|`+idB+`|b|半护理`))
	expect(t, "rows", pick(rows, "town", "name", "amount", "self_care"), "a 甲 575.00 ∅; b 乙 ∅ partial")
	expect(t, "account", reports[0].Account, "{5 2 0 3 0}")
	expect(t, "note", reports[0].Note, "第 4 行起表头改变")

	rows, _, _ = load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型\na|1|甲||脱贫户\n姓名|镇|身份证号|户编号|监测对象类别\n乙||||"))
	expect(t, "a household ends with its table", pick(rows, "name", "town", "household_no", "type"), "甲 a 1 stable; 乙 ∅ ∅ ∅")

	r, err := read(context.Background(), []rawSheet{grid("", "镇|姓名|身份证号\na|甲|"+idA+"\n村|姓名|身份证号\nb|乙|"+idB)}, kind(t, "tekun"), Options{Path: "x.csv"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err = texts(r.Rows()); fault.Of(err) == nil || fault.Of(err).Code != fault.SourceColumn {
		t.Errorf("a second header without a required column: got %v", err)
	}
}

func TestReadErrors(t *testing.T) {
	broken := errors.New("read cell: damaged")
	rows := func(yield func(table.Row, error) bool) {
		for row, err := range grid("", "镇|姓名|身份证号\na|甲|"+idA+"\n\n\n\n\n\n").rows {
			if !yield(row, err) {
				return
			}
		}
		for i := range 10 {
			if !yield(table.Row{Number: 3 + i, Cells: []table.Cell{{Text: "a", Kind: table.Text}, {Text: "乙", Kind: table.Text}}}, nil) {
				return
			}
		}
		yield(table.Row{}, fault.New(fault.SourceUnreadable, "", "重报", broken))
	}
	r, err := read(context.Background(), []rawSheet{{name: "表1", rows: rows}}, kind(t, "tekun"), Options{Path: "x.xls"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = texts(r.Rows())
	if f := fault.Of(err); f == nil || f.Place != "《x.xls》工作表“表1”" || !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := read(ctx, []rawSheet{grid("", "镇|姓名|身份证号")}, kind(t, "tekun"), Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
}

// DuckDB asks for batches from inside a C call, on a locked thread.
func TestReadsOnALockedThread(t *testing.T) {
	r, err := read(context.Background(), []rawSheet{long(2000)}, kind(t, "tekun"), Options{Path: "x"})
	if err != nil {
		t.Fatal(err)
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	rows, _ := readAll(t, r)
	expect(t, "rows", len(rows), 2000)
}

// Releasing a reader that was not drained ends its goroutines, so that the file may be closed.
func TestReleaseEndsTheFeeds(t *testing.T) {
	r, err := read(context.Background(), []rawSheet{long(100_000), long(100_000)}, kind(t, "tekun"), Options{Path: "x"})
	if err != nil {
		t.Fatal(err)
	}
	rows := r.Rows()
	rows.Retain()
	if !rows.Next() || rows.Record().NumRows() != batchRows {
		t.Fatalf("first batch: %v", rows.Err())
	}
	rows.Release()
	rows.Release()
	for _, s := range r.sheets {
		if _, more := <-s.feed.chunks; more {
			t.Error("a feed goes on after Release")
		}
		s.feed.stop() // once more is harmless
	}
}

// long is a sheet of n persons.
func long(n int) rawSheet {
	rows := []table.Row{{Number: 1, Cells: []table.Cell{{Text: "镇", Kind: 1}, {Text: "姓名", Kind: 1}, {Text: "身份证号", Kind: 1}}}}
	for i := range n {
		rows = append(rows, table.Row{Number: i + 2, Cells: []table.Cell{{Text: "a", Kind: 1}, {Text: "甲", Kind: 1}, {Text: idA, Kind: 1}}})
	}
	return rawSheet{rows: sequence(rows)}
}

// A later table of the sheet may have a header of two rows, whose first names little.
func TestTwoRowHeaderOfALaterTable(t *testing.T) {
	rows, _, reports := load(t, "dibao", Options{}, grid("", `
镇|姓名|身份证号|月保障金额
a|甲|`+idA+`|442

镇|户主||保障合计|
|姓名|身份证号|保障金额|享受人数
b|乙|`+idB+`|4|2
c|丙|身份证|x|`))
	expect(t, "rows", pick(rows, "row_number", "town", "name", "amount", "persons_covered"), "2 a 甲 442.00 ∅; 6 b 乙 4.00 2; 7 c 丙 ∅ ∅")
	expect(t, "both tables' columns", []string{reports[0].Matched["amount"], reports[0].Matched["persons_covered"], reports[0].Matched["head_name"]}, "[月保障金额 保障合计/享受人数 户主/姓名]")
}

// A person's row right above a repeated header is not taken for its first row.
func TestRowAboveARepeatedHeader(t *testing.T) {
	rows, _, _ := load(t, "tekun", Options{}, grid("", "镇|姓名|证件类型|身份证号\na|甲|身份证|\n镇|姓名|证件种类|身份证号码\nb|乙|身份证|"))
	expect(t, "rows", pick(rows, "town", "name"), "a 甲; b 乙")
}

func TestRefusedLayouts(t *testing.T) {
	for name, c := range map[string]struct {
		sheet string
		code  fault.Code
		says  string
	}{
		"the town stands once": {"镇|姓名|身份证号|姓名|身份证号\na|甲一|" + idA + "|乙二|" + idB, fault.SourceAmbiguous, "并排"},
		"on its side":          {"镇|a|b\n姓名|甲一|乙二\n身份证号|" + idA + "|" + idB + "\n月保障金额|1|2", fault.SourceNoTable, "转置"},
		"a form":               {"姓名|甲一|职务|镇长\n说明|乙二|丙三", fault.SourceNoTable, "表头"},
		"a header mistyped":    {"镇|姓明|身份证号吗|月保障金额\na|甲一|" + idA + "|1", fault.SourceColumn, "“身份证号吗”最接近“身份证号码”"},
		"another":              {"真|姓名|身份证号\na|甲一|" + idA, fault.SourceColumn, "缺少必需的列：镇。"},
		"the town mistyped":    {"所在真|姓名|身份证号\na|甲一|" + idA, fault.SourceColumn, "镇（“所在真”最接近“所在镇”）"},
	} {
		_, err := read(context.Background(), []rawSheet{grid("", c.sheet)}, kind(t, "dibao"), Options{Path: "低保.xlsx"})
		f := fault.Of(err)
		if f == nil || f.Code != c.code || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v", name, err)
			continue
		}
		for _, secret := range []string{"甲一", "乙二", idA} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: the error names a person: %v", name, err)
			}
		}
	}
}

// Both files of a provincial export read alone: one row a household, one row a person.
func TestProvincialExport(t *testing.T) {
	rows, _, reports := load(t, "dibao", Options{}, grid("", `
家庭查询结果
序号|镇|村|户主|户主身份证号|人口|户月保障金额|||分档类型|最初享受月份
||||||基本|分类施保|合计||
1|a|东村|甲|`+idA+`|3|800|84|884|A类|2020年5月
合计|||||3|||884||`))
	expect(t, "household", pick(rows, "name", "id_number", "head_id", "household_no", "persons_covered", "amount", "tier", "start_month"),
		"甲 "+idA+" "+idA+" "+idA+" 3 884.00 A 2020-05-01")
	m := reports[0].Matched
	expect(t, "heads only", []bool{m["name"] == m["head_name"], m["id_number"] == m["head_id"]}, "[true true]")

	rows, _, reports = load(t, "dibao", Options{}, grid("", "镇|户主身份证号|姓名|身份证号|与户主关系\na|"+idA+"|甲|"+idA+"|户主\na|"+idA+"|乙|"+idB+"|配偶"))
	expect(t, "persons", pick(rows, "name", "id_number", "household_no"), "甲 "+idA+" "+idA+"; 乙 "+idB+" "+idA)
	expect(t, "no heads only", reports[0].Matched["name"] == reports[0].Matched["head_name"], false)

	// With members a row is no heads-only sheet.
	_, _, reports = load(t, "dibao", Options{}, grid("", "镇|户主姓名|户主身份证号|成员1姓名|成员1身份证号\na|甲|"+idA+"|乙|"+idB))
	m = reports[0].Matched
	expect(t, "members", []bool{m["name"] == m["head_name"], m["id_number"] == m["head_id"]}, "[false false]")
}

// Headers are numbered on some forms.
func TestNumberedHeaders(t *testing.T) {
	rows, _, reports := load(t, "dibao", Options{}, grid("", `
1.镇|2、姓名|3. 身份证号|10、月保障金额|2021年保障金额
上板城镇|甲一|`+idA+`|300|9
`))
	expect(t, "row", pick(rows, "town", "name", "id_number", "amount"), "上板城镇 甲一 "+idA+" 300.00")
	expect(t, "unmatched", reports[0].Unmatched, "[2021年保障金额]")
}

// A total may say what it counts.
func TestTotalsThatCount(t *testing.T) {
	rows, rejects, reports := load(t, "dibao", Options{}, grid("", `
镇|姓名|身份证号|月保障金额
上板城镇|甲一|`+idA+`|300
本村合计 12户 35人|||3600
小计：3人|||900
|合计2户||
上板城镇|乙二|`+idB+`|300
`))
	expect(t, "rows", len(rows), 2)
	expect(t, "rejects", len(rejects), 0)
	expect(t, "structural", reports[0].Account.Structural, 4)
}

// Units stand under a header with brackets and without.
func TestUnitRows(t *testing.T) {
	for _, units := range []string{"|||元/月|人", "|||（元）|（人）", "|||万元|户"} {
		rows, rejects, reports := load(t, "dibao", Options{}, grid("", `
镇|姓名|身份证号|月保障金额|享受人数
`+units+`
上板城镇|甲一|`+idA+`|300|2
`))
		if len(rows) != 1 || len(rejects) != 0 || reports[0].Account.Structural != 2 {
			t.Errorf("%s: %d rows, %d rejects, %+v", units, len(rows), len(rejects), reports[0].Account)
		}
	}
}
