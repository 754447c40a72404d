package roster_test

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hedui/sources/idnumber"
	"hedui/sources/roster"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// numeric are the formats that tell numbers from text.
var numeric = []string{"XLSX", "XLS", "XLS 95", "ODS", "XML"}

// wideDigits writes digits and what stands between them in full width.
var wideDigits = strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９", ".", "．", "-", "－", "X", "Ｘ")

// cells damages every cell of a column.
func cells(column string, to func(string) string) func(*page) {
	return func(p *page) { p.texts(column, to) }
}

func affix(before, after string) func(string) string {
	return func(s string) string { return before + s + after }
}

func always(text string) func(string) string { return func(string) string { return text } }

// becomes is what a lawfully damaged ID number reads as.
func becomes(state idnumber.State, number func(id string) string) func(int, row) {
	return func(_ int, w row) {
		w["id_state"] = string(state)
		if w["id_number"] = number(w["id_number"]); w["id_number"] == "" {
			delete(w, "id_number")
		}
	}
}

func keep(n int) func(string) string { return func(s string) string { return s[:n] } }

// mended is a damage to ID numbers that cleaning undoes.
func mended(name, what string, formats []string, to func(string) string) damage {
	return damage{name: name, what: what, formats: formats, page: cells("id_number", to), but: []string{"id_raw"}, outcome: "号码同完好的名册"}
}

func damagedNumbers() []damage {
	raw := []string{"id_raw"}
	scientific := func(digits int) func(string) string {
		return func(s string) string { return s[:1] + "." + s[1:digits] + "E+17" }
	}
	typo := func(s string) string { return s[:16] + string('0'+(s[16]-'0'+1)%10) + s[17:] }
	// A number of a cell is a float of 15 digits. X is no digit.
	float := func(s string) table.Cell {
		if strings.HasSuffix(s, "X") {
			return tabletest.Text(s)
		}
		return tabletest.Number(s[:15] + "000")
	}
	damagedFloat := func(_ int, w row) {
		if id := w["id_number"]; !strings.HasSuffix(id, "X") {
			w["id_number"], w["id_state"] = id[:15], string(idnumber.Damaged)
		}
	}
	return []damage{
		mended("身份证号后有空格", "号码前后有空格", common, affix(" ", "  ")),
		mended("身份证号中有空格", "号码分段书写", common, func(s string) string { return s[:6] + " " + s[6:14] + "　" + s[14:] }),
		mended("身份证号中有不换行空格", "号码里有不换行空格和零宽字符", common, func(s string) string { return "\u00a0" + s[:6] + "\u200b" + s[6:] + "\u202c" }),
		mended("身份证号有换行", "号码分成两行", common, func(s string) string { return s[:10] + "\n" + s[10:] }),
		mended("身份证号有撇号", "号码前有撇号", common, affix("'", "")),
		mended("身份证号有全角撇号", "号码前后有引号", common, affix("‘", "’")),
		mended("身份证号有反引号", "号码前有反引号", common, affix("`", "")),
		mended("全角身份证号", "号码为全角数字", common, wideDigits.Replace),
		mended("小写 x", "末位写成小写 x", common, strings.ToLower),
		mended("乘号代 X", "末位写成 ×", common, replace("X", "×")),
		mended("西里尔字母代 X", "末位写成 Х（西里尔字母）", common, replace("X", "Х")),
		mended("15 位身份证号", "号码为 15 位旧号", common, func(s string) string { return s[:6] + s[8:17] }),
		mended("残疾证号代身份证号", "身份证号列填残疾证号", common, affix("", "43")),
		mended("补发的残疾证号", "身份证号列填补发的残疾证号", common, affix("", "43B1")),
		mended("号码前有制表符", "号码前有制表符，让 Excel 当文字", common, affix("\t", "")),
		mended("号码后有制表符", "号码后有制表符，让 Excel 当文字", common, affix("", "\t")),
		mended("号码有括注", "号码后写“（已核）”", common, affix("", "（已核）")),
		mended("号码前有名目", "写成“身份证：……”", common, affix("身份证：", "")),
		mended("号码分段有横线", "写成 130890-19900101-1015", common, func(s string) string { return s[:6] + "-" + s[6:14] + "-" + s[14:] }),
		mended("号码后有句点", "号码后有句点", common, affix("", ".")),
		{name: "15 位号码成数字", formats: numeric, what: "15 位旧号存成数字", page: func(p *page) {
			p.each("id_number", func(s string) table.Cell { return tabletest.Number(s[:6] + s[8:17]) })
		}, but: raw, outcome: "号码同完好的名册"},
		{name: "科学计数法", formats: common, what: "号码写成 1.30890199001011E+17", page: cells("id_number", scientific(15)), but: raw,
			outcome: "读出前 15 位，状态 damaged", want: becomes(idnumber.Damaged, keep(15))},
		{name: "只剩几位的科学计数法", formats: common, what: "号码写成 1.3089E+17", page: cells("id_number", scientific(5)), but: raw,
			outcome: "读出前 5 位，状态 damaged", want: becomes(idnumber.Damaged, keep(5))},
		{name: "号码存成数字", formats: numeric, what: "号码是数字，末三位成了 000", page: func(p *page) { p.each("id_number", float) }, but: raw,
			outcome: "读出前 15 位，状态 damaged", want: damagedFloat},
		{name: "号码经过浮点数", formats: csv, what: "号码写成 130890199001011000.0", page: cells("id_number", func(s string) string { return float(s).Text + ".0" }), but: raw,
			outcome: "读出前 15 位，状态 damaged", want: func(i int, w row) {
				if damagedFloat(i, w); strings.HasSuffix(w["id_number"], "X") {
					w["id_number"], w["id_state"] = w["id_number"]+".0", string(idnumber.Invalid)
				}
			}},
		{name: "末三位为 000", formats: common, what: "文字号码的末三位已成 000", page: cells("id_number", func(s string) string { return s[:15] + "000" }), but: raw,
			outcome: "读出前 15 位，状态 damaged；校验码恰好相符的看不出来", want: func(_ int, w row) {
				if cut := w["id_number"][:15] + "000"; idnumber.IsValid(cut) {
					w["id_number"] = cut
				} else {
					w["id_number"], w["id_state"] = cut[:15], string(idnumber.Damaged)
				}
			}},
		{name: "打码的身份证号", formats: common, what: "中间八位是星号", page: cells("id_number", func(s string) string { return s[:6] + "********" + s[14:] }), but: raw,
			outcome: "状态 masked", want: becomes(idnumber.Masked, func(s string) string { return s[:6] + "********" + s[14:] })},
		{name: "户主号码复制给成员", formats: common, what: "全户都填户主的号码", page: func(p *page) {
			for _, l := range p.lines {
				if l.of >= 0 {
					l.Cells[p.at("id_number")] = l.Cells[p.at("head_id")]
				}
			}
		}, but: raw, outcome: "照原样读出", want: func(_ int, w row) { w["id_number"] = w["head_id"] }},
		{name: "错一位", formats: common, what: "第 17 位打错", page: cells("id_number", typo), but: raw, outcome: "照原样读出，状态 invalid", want: becomes(idnumber.Invalid, typo)},
		{name: "相邻两位颠倒", formats: common, what: "第 3、4 位颠倒", page: cells("id_number", func(s string) string { return s[:2] + s[3:4] + s[2:3] + s[4:] }), but: raw,
			outcome: "照原样读出，状态 invalid", want: becomes(idnumber.Invalid, func(s string) string { return s[:2] + s[3:4] + s[2:3] + s[4:] })},
		{name: "少一位", formats: common, what: "少了第 10 位", page: cells("id_number", func(s string) string { return s[:9] + s[10:] }), but: raw,
			outcome: "照原样读出，状态 invalid", want: becomes(idnumber.Invalid, func(s string) string { return s[:9] + s[10:] })},
		{name: "身份证号为“无”", formats: common, what: "号码处写“无”", page: cells("id_number", always("无")), but: raw, outcome: "号码为空，状态 missing", want: becomes(idnumber.Missing, always(""))},
		{name: "身份证号待补", formats: common, what: "号码处写“待补”", page: cells("id_number", always("待补")), but: raw, outcome: "号码为空，状态 missing", want: becomes(idnumber.Missing, always(""))},
		{name: "身份证号空白", formats: common, what: "号码处空白", page: cells("id_number", always("")), but: raw, outcome: "号码为空，状态 missing", want: becomes(idnumber.Missing, always(""))},
		{name: "电话代身份证号", formats: common, what: "号码处填电话", page: cells("id_number", always("13900000000")), but: raw,
			outcome: "照原样读出，状态 invalid", want: becomes(idnumber.Invalid, always("13900000000"))},
		{name: "编号成科学计数法", formats: common, what: "低保证号成了 1.30890E+15", page: cells("household_no", always("1.30890E+15")),
			want: func(_ int, w row) { w["household_no"] = w["head_id"] }, outcome: "编号看不懂，以户主身份证号为户编号"},
		{name: "数字形的编号", formats: numeric, what: "低保证号存成数字", page: func(p *page) {
			p.each("household_no", func(s string) table.Cell { return tabletest.Number(s[2:]) })
		}, outcome: "编号为数字本身", want: func(_ int, w row) { w["household_no"] = w["household_no"][2:] }},
	}
}

func damagedNames() []damage {
	name := func(to func(string) string) func(*page) { return cells("name", to) }
	dotted := func(name, dot string) damage {
		return damage{name: name, formats: common, what: "姓名写成“某" + dot + "某”", outcome: "姓名照写，比对时去掉间隔号",
			page: cells("name", func(s string) string { return s + dot + "买" }), want: func(_ int, w row) { w["name"] += dot + "买"; w["name_key"] += "买" }}
	}
	return []damage{
		{name: "姓名中有空格", formats: common, what: "两字姓名中间加空格", page: name(func(s string) string { return strings.Join(strings.Split(s, ""), "　") })},
		{name: "姓名后有空格", formats: common, what: "姓名前后有空格", page: name(affix(" ", "   "))},
		{name: "姓名有换行", formats: common, what: "姓名分成两行", page: name(func(s string) string { return strings.Join(strings.Split(s, ""), "\n") })},
		{name: "姓名有零宽字符", formats: common, what: "姓名里有看不见的字符", page: name(affix("\u200b", "\ufeff"))},
		dotted("姓名间隔号", "·"),
		{name: "姓名间隔号不一", formats: common, what: "姓名的间隔号写成 •", page: name(affix("", "•买")), outcome: "姓名照写，比对时去掉间隔号", want: func(_ int, w row) { w["name"] += "•买"; w["name_key"] += "买" }},
		dotted("姓名间隔号为全角句点", "．"),
		dotted("姓名间隔号为句点", "."),
		{name: "姓名有括注", formats: common, what: "姓名写成“某某（已故）”", page: name(affix("", "（已故）")), outcome: "姓名照写，比对时去掉括注", want: func(_ int, w row) { w["name"] += "（已故）" }},
		{name: "生僻字", formats: common, what: "姓名有基本平面以外的字", page: name(affix("", "𬭎")), outcome: "姓名照写", want: func(_ int, w row) { w["name"] += "𬭎"; w["name_key"] += "𬭎" }},
		{name: "自造字", formats: common, what: "姓名有自造字（私有区）", page: name(affix("", "\ue863")), outcome: "姓名照写，比对时作任意字", want: func(_ int, w row) { w["name"] += "\ue863"; w["name_key"] += "?" }},
		{name: "姓名缺字", formats: common, what: "姓名的生僻字写成问号", page: name(affix("", "？")), outcome: "姓名照写，比对时作任意字", want: func(_ int, w row) { w["name"] += "？"; w["name_key"] += "?" }},
	}
}

func damagedPlaces() []damage {
	town := func(to func(string) string) func(*page) { return cells("town", to) }
	return []damage{
		{name: "镇名没有“镇”", formats: common, what: "镇写成“上板城”", page: town(replace("镇", ""))},
		{name: "镇名写成乡", formats: common, what: "镇写成“上板城乡”", page: town(replace("镇", "乡"))},
		{name: "镇名带区名", formats: common, what: "镇写成“承德高新区上板城镇”", page: town(affix("承德高新区", ""))},
		{name: "镇名带省市", formats: common, what: "镇写成“河北省承德市高新区上板城镇”", page: town(affix("河北省承德市高新区", ""))},
		{name: "镇政府", formats: common, what: "镇写成“上板城镇人民政府”", page: town(affix("", "人民政府"))},
		{name: "镇名有空格", formats: common, what: "镇名字间有空格", page: town(func(s string) string { return " " + strings.Join(strings.Split(s, ""), " ") })},
		{name: "镇名有括注", formats: common, what: "镇名后有括注", page: town(affix("", "（代管）"))},
		{name: "不认识的镇", formats: common, what: "镇不在 towns 里", page: town(always("某某镇")), outcome: "照写", want: func(_ int, w row) { w["town"] = "某某镇" }},
		{name: "没有配置镇", formats: common, what: "config.yaml 没有 towns", opt: func(o *roster.Options) { o.Towns = nil }},
		{name: "村名有空格", formats: common, what: "村名字间有空格", page: cells("village", func(s string) string { return strings.Join(strings.Split(s, ""), " ") + " " })},
	}
}

// dated is a form of dates that reads as the same day.
func dated(name, what string, formats []string, column string, to func(year, month, day int) table.Cell) damage {
	return damage{name: name, what: what, formats: formats, page: func(p *page) {
		p.each(column, func(s string) table.Cell {
			var y, m, d int
			fmt.Sscanf(s, "%d-%d-%d", &y, &m, &d)
			return to(y, m, d)
		})
	}}
}

func printed(format string, parts int) func(int, int, int) table.Cell {
	return func(y, m, d int) table.Cell { return tabletest.Text(fmt.Sprintf(format, []any{y, m, d}[:parts]...)) }
}

func damagedDates() []damage {
	serial := func(y, m, d int) string {
		days := 0
		for i := 1900; i < y; i++ {
			days += daysOf(i)
		}
		for i := 1; i < m; i++ {
			days += daysIn(y, i)
		}
		return strconv.Itoa(days + d + 1) // 1900-01-01 is 1, and 1900 has a day too many
	}
	until := func(name, what string, to func(string) string, want func(row)) damage {
		return damage{name: name, what: what, formats: common, page: cells("gradual_exit_until", to), want: func(_ int, w row) { want(w) }, outcome: "见损坏"}
	}
	ends := until("截止写年月", "渐退期截止写成 2022-02", func(s string) string { return s[:7] }, func(w row) {
		var y, m int
		fmt.Sscanf(w["gradual_exit_until"], "%d-%d", &y, &m)
		w["gradual_exit_until"] = fmt.Sprintf("%d-%02d-%02d", y, m, daysIn(y, m))
	})
	ends.outcome = "读作那个月的最后一天"
	long := until("长期", "渐退期截止写成“长期”", always("长期"), func(w row) { w["gradual_exit_until"] = "9999-12-31" })
	long.outcome = "读作 9999-12-31"
	return []damage{
		dated("日期用斜线", "日期写成 2021/5/3", common, "last_review", printed("%d/%d/%d", 3)),
		dated("日期用句点", "日期写成 2021.5.3", common, "last_review", printed("%d.%d.%d", 3)),
		dated("日期用汉字", "日期写成 2021年5月3日", common, "last_review", printed("%d年%d月%d日", 3)),
		dated("日期有空格", "日期写成 2021 年 5 月 3 日", common, "last_review", printed("%d 年 %d 月 %d 日", 3)),
		dated("日期用“号”", "日期写成 2021年5月3号", common, "last_review", printed("%d年%d月%d号", 3)),
		dated("日期用顿号", "日期写成 2021、5、3", common, "last_review", printed("%d、%d、%d", 3)),
		dated("日期用句号", "日期写成 2021。5。3", common, "last_review", printed("%d。%d。%d", 3)),
		dated("日期用反斜线", "日期写成 2021\\5\\3", common, "last_review", printed("%d\\%d\\%d", 3)),
		dated("日期末尾有点", "日期写成 2021.5.3.", common, "last_review", printed("%d.%d.%d.", 3)),
		dated("日期为 ISO 格式", "日期写成 2021-05-03T00:00:00", common, "last_review", printed("%d-%02d-%02dT00:00:00", 3)),
		dated("日期连写", "日期写成 20210503", common, "last_review", printed("%d%02d%02d", 3)),
		dated("日期为全角", "日期为全角数字", common, "last_review", func(y, m, d int) table.Cell {
			return tabletest.Text(wideDigits.Replace(fmt.Sprintf("%d-%02d-%02d", y, m, d)))
		}),
		dated("日期带时刻", "日期写成 2021-05-03 00:00:00", common, "last_review", printed("%d-%02d-%02d 00:00:00", 3)),
		dated("日期带时刻的单元格", "日期单元格有时刻", numeric, "last_review", func(y, m, d int) table.Cell {
			return tabletest.Date(fmt.Sprintf("%d-%02d-%02d 12:00:00", y, m, d))
		}),
		dated("日期成序列值", "日期只剩 Excel 序列值", common, "last_review", func(y, m, d int) table.Cell { return tabletest.Text(serial(y, m, d)) }),
		dated("日期成序列值的数字", "日期是数字单元格里的序列值", numeric, "last_review", func(y, m, d int) table.Cell { return tabletest.Number(serial(y, m, d)) }),
		dated("连写的日期成数字", "20210503 存成数字", numeric, "last_review", func(y, m, d int) table.Cell {
			return tabletest.Number(fmt.Sprintf("%d%02d%02d", y, m, d))
		}),
		dated("年月用短横", "年月写成 2021-5", common, "start_month", printed("%d-%d", 2)),
		dated("年月用斜线", "年月写成 2021/05", common, "start_month", printed("%d/%02d", 2)),
		dated("年月用句点", "年月写成 2021.5", common, "start_month", printed("%d.%d", 2)),
		dated("年月连写", "年月写成 202105", common, "start_month", printed("%d%02d", 2)),
		dated("年月连写成数字", "202105 存成数字", numeric, "start_month", func(y, m, _ int) table.Cell { return tabletest.Number(fmt.Sprintf("%d%02d", y, m)) }),
		dated("年月用汉字", "年月写成 2021年5月", common, "start_month", printed("%d年%d月", 2)),
		dated("年月用“月份”", "年月写成 2021年5月份", common, "start_month", printed("%d年%d月份", 2)),
		dated("年月混写", "年月写成 2021-5月", common, "start_month", printed("%d-%d月", 2)),
		dated("年月带“起”", "年月写成 2021年5月起", common, "start_month", printed("%d年%d月起", 2)),
		dated("年月有撇号", "年月写成 '2021-05", common, "start_month", printed("'%d-%02d", 2)),
		dated("年月写成日期", "年月写成某月 20 日", numeric, "start_month", func(y, m, _ int) table.Cell { return tabletest.Date(fmt.Sprintf("%d-%02d-20", y, m)) }),
		{name: "2021.10 成数字", formats: numeric, what: "年月是数字 2021.1，可能是 10 月", page: func(p *page) {
			p.each("start_month", func(string) table.Cell { return tabletest.Number("2021.1") })
		}, outcome: "照数字读作 1 月，并在报告里注明", want: func(_ int, w row) { w["start_month"] = "2021-01-01" }},
		ends, long,
		{name: "日期看不懂", formats: common, what: "复核时间写“已复核”", page: cells("last_review", always("已复核")), outcome: "日期为空，并记为看不懂", want: func(_ int, w row) { delete(w, "last_review") }},
	}
}

func daysOf(year int) int {
	if year%4 == 0 && year%100 != 0 || year%400 == 0 {
		return 366
	}
	return 365
}

func daysIn(year, month int) int {
	if month == 2 {
		return daysOf(year) - 337
	}
	return 30 + (month+month/8)%2
}

func damagedAmounts() []damage {
	yuan := func(name, what string, to func(string) string) damage {
		return damage{name: name, what: what, formats: common, page: cells("amount", to)}
	}
	nothing := func(name, text string) damage {
		return damage{name: name, formats: common, what: "金额写成“" + text + "”", page: cells("amount", always(text)), outcome: "金额为空", want: func(_ int, w row) { delete(w, "amount") }}
	}
	return []damage{
		yuan("金额带“元”", "金额写成 1417.5元", affix("", "元")),
		yuan("金额带“元/月”", "金额写成 1417.5元/月", affix("", "元/月")),
		yuan("金额带“元/户.月”", "金额写成 1417.5元/户.月", affix("", "元/户.月")),
		yuan("金额带“元整”", "金额写成 人民币1417.5元整", affix("人民币", "元整")),
		yuan("金额带货币号", "金额写成 ￥1417.5", affix("￥", "")),
		yuan("金额带半角货币号", "金额写成 ¥ 1417.5", affix("¥ ", "")),
		yuan("金额有千分位", "金额写成 1,417.5", func(s string) string { return s[:1] + "," + s[1:] }),
		yuan("金额有全角千分位", "金额写成 1，417.5", func(s string) string { return s[:1] + "，" + s[1:] }),
		yuan("金额为全角", "金额为全角数字", wideDigits.Replace),
		{name: "金额中间有空格", formats: common, what: "金额写成 14 17.5", page: cells("amount", func(s string) string { return s[:2] + " " + s[2:] }),
			want: func(_ int, w row) { delete(w, "amount") }, outcome: "金额看不懂"},
		yuan("金额有空格", "金额前后有空格", affix("  ", "  ")),
		yuan("金额补零", "金额写成 1417.50000", func(s string) string {
			return strings.TrimSuffix(s, ".5") + map[bool]string{true: ".50000", false: ".0000"}[strings.HasSuffix(s, ".5")]
		}),
		yuan("金额为科学计数法", "金额写成 1.4175E+3", func(s string) string { return s[:1] + "." + strings.ReplaceAll(s[1:], ".", "") + "E+3" }),
		yuan("金额写成万元", "金额写成 0.14175万元", func(s string) string { return "0." + strings.ReplaceAll(s, ".", "") + "万元" }),
		nothing("金额为横线", "—"), nothing("金额为斜线", "/"), nothing("金额为“无”", "无"),
		{name: "金额看不懂", formats: common, what: "金额写“见附表”", page: cells("amount", always("见附表")), outcome: "金额为空，并记为看不懂", want: func(_ int, w row) { delete(w, "amount") }},
		{name: "人数带“人”", formats: common, what: "人数写成 3人", page: cells("persons_covered", affix("", "人"))},
		{name: "人数有小数", formats: common, what: "人数写成 3.0", page: cells("persons_covered", affix("", ".0"))},
	}
}

func damagedWords() []damage {
	answer := func(name, is, no string) damage {
		return damage{name: name, formats: common, what: fmt.Sprintf("是、否写成 %s、%s", is, no), page: cells("single_household", replace("是", is, "否", no))}
	}
	blank := func(name, column, text, what string, want func(row)) damage {
		return damage{name: name, formats: common, what: what, page: cells(column, always(text)), want: func(_ int, w row) { want(w) }}
	}
	tier := func(name string, a, b, c string) damage {
		return damage{name: name, formats: common, what: fmt.Sprintf("档次写成 %s、%s、%s", a, b, c), page: cells("tier", replace("A", a, "B", b, "C", c))}
	}
	out := func(name, text string) damage {
		d := blank(name, "status", text, "状态写成“"+text+"”", func(w row) { w["status"], w["in_force"] = text, "false" })
		d.outcome = "不在保"
		return d
	}
	in := func(name, text string) damage {
		d := blank(name, "status", text, "状态写成“"+text+"”", func(w row) { w["status"] = text })
		d.outcome = "在保"
		return d
	}
	unanswered := blank("是否空白", "single_household", "", "是否没有填", func(w row) { w["single_household"] = "空白" })
	unanswered.outcome = "读作“空白”，不当作否"
	noStatus := blank("状态空白", "status", "", "状态没有填", func(w row) { delete(w, "status") })
	noStatus.outcome = "在保"
	return []damage{
		answer("打勾打叉", "√", "×"), answer("Y 和 N", "Y", "N"), answer("小写 y 和 n", "y", "n"), answer("1 和 0", "1", "0"), answer("有和无", "有", "无"), answer("已和未", "已", "未"),
		answer("是否带空格", " 是 ", "　否"), answer("金额代是否", "200", "0"), answer("英文真假", "TRUE", "FALSE"), answer("勾选框在前", "☑是 □否", "□是 ☑否"), answer("勾选框在后", "是☑ 否□", "是□ 否☑"), answer("选项后打勾", "是√ 否", "是 否√"), unanswered,
		tier("档次带“类”", "A类", "B类", "C类"), tier("档次为汉字", "一档", "二档", "三档"), tier("档次为“类”", "一类", "二类", "三类"), tier("档次为罗马数字", "Ⅰ类", "Ⅱ类", "Ⅲ类"), tier("档次为小写", "a", "b", "c"), tier("档次为全角", "Ａ", "Ｂ", "Ｃ"),
		{name: "类别的写法", formats: common, what: "类别写成农村低保、城镇低保", page: cells("category", replace("农村", "农村低保", "城市", "城镇低保"))},
		in("状态正常", "正常"), in("状态在册", "在册"), noStatus,
		out("停保带日期", "停保(2021-05)"), out("停保", "停保"), out("停发", "停发"), out("注销", "注销"), out("死亡", "死亡"),
		{name: "停保时间", formats: common, what: "没有状态列，有停保时间", page: func(p *page) {
			p.rename("status", "停保时间")
			p.texts("status", func(string) string { return "2021-03" })
		},
			want: func(_ int, w row) { w["status"], w["in_force"] = "停保时间：2021-03", "false" }, outcome: "不在保"},
	}
}

// damagedOthers damages what the dibao roster does not have.
func damagedOthers() []damage {
	grade := func(name, what string, words ...string) damage {
		return damage{name: name, kind: "disability", formats: common, what: what, page: cells("grade", replace("一级", words[0], "二级", words[1], "三级", words[2], "四级", words[3]))}
	}
	kinds := []string{"视力", "听力", "言语", "肢体", "智力", "精神", "多重"}
	return []damage{
		grade("等级为数字", "残疾等级写成 1", "1", "2", "3", "4"), grade("等级为罗马数字", "残疾等级写成 Ⅰ", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"), grade("等级为汉字", "残疾等级写成 一", "一", "二", "三", "四"),
		grade("等级为大写", "残疾等级写成 壹级", "壹级", "贰级", "叁级", "肆级"), grade("等级带“级”", "残疾等级写成 1级", "1级", "2级", "3级", "4级"),
		{name: "残疾类别为代码", kind: "disability", formats: common, what: "残疾类别写成 1–7", page: cells("disability_type", func(s string) string { return strconv.Itoa(slices.Index(kinds, s) + 1) })},
		{name: "残疾类别带“残疾”", kind: "disability", formats: common, what: "残疾类别写成“肢体残疾”", page: cells("disability_type", affix("", "残疾"))},
		{name: "没有类别和等级", kind: "disability", formats: common, what: "没有残疾类别和等级列", page: func(p *page) { p.drop("disability_type"); p.drop("grade") }, outcome: "取自残疾证号"},
		{name: "类别和等级空白", kind: "disability", formats: common, what: "残疾类别和等级没有填", page: func(p *page) { cells("disability_type", always(""))(p); cells("grade", always(""))(p) }, outcome: "取自残疾证号"},
		{name: "没有身份证号列", kind: "disability", formats: common, what: "只有残疾证号", page: func(p *page) { p.drop("id_number") }, but: []string{"id_raw"}, outcome: "身份证号取自残疾证号"},
		{name: "补发的残疾证", kind: "disability", formats: common, what: "残疾证号后有 B1", page: cells("cert_no", affix("", "B1")), want: func(_ int, w row) { w["cert_no"] += "B1" }, outcome: "证号照写，其余同完好的名册"},
		{name: "补贴写金额", kind: "disability", formats: common, what: "是否享受写成金额", page: cells("nursing_subsidy", replace("是", "60", "否", "0"))},
		{name: "学段空白", kind: "school", formats: common, what: "学段没有填", page: cells("stage", always("")), outcome: "取自年级"},
		{name: "没有学段列", kind: "school", formats: common, what: "没有学段列", page: func(p *page) { p.drop("stage") }, outcome: "取自年级"},
		{name: "学段的写法", kind: "school", formats: common, what: "学段写成普通高中、职业高中", page: cells("stage", replace("普高", "普通高中", "中职", "职业高中"))},
		{name: "风险消除的写法", kind: "registered_poor", formats: common, what: "写成“已消除”“未消除”", page: cells("risk_eliminated", replace("是", "已消除", "否", "未消除"))},
		{name: "收入表头有年份", kind: "registered_poor", formats: common, what: "表头为“2020年度家庭人均纯收入（元）”", page: func(p *page) { p.rename("income_per_capita", "2020年度家庭人均纯收入（元）") }},
		{name: "收入列有两年", kind: "registered_poor", formats: common, what: "“2019年人均纯收入”“2020年人均纯收入”并列，年份大的为准", page: func(p *page) {
			p.rename("income_per_capita", "2020年人均纯收入")
			p.column(p.at("income_per_capita"), func(l line) table.Cell {
				if l.of == header {
					return tabletest.Text("2019年人均纯收入")
				}
				return tabletest.Number("1")
			})
		}},
		coded("代码在表头说明", "是否写成 1、2，表头括注（1是 2否）", func(p *page) { p.rename("dibao_flag", "是否低保（1是 2否）") }, "同完好的名册"),
		coded("代码在表下说明", "是否写成 1、2，表下有“注：1-是 2-否”", func(p *page) { p.under(tabletest.Texts("注：1-是 2-否")) }, "同完好的名册"),
		coded("代码没有说明", "是否写成 1、2，没有说明", func(*page) {}, "1 为是，2 看不懂"),
		{name: "是否危房", kind: "registered_poor", formats: common, what: "列为“是否危房户”，意思相反", page: func(p *page) { p.rename("house_safe", "是否危房户"); p.texts("house_safe", replace("是", "否")) }},
		{name: "户类型的写法", kind: "registered_poor", formats: common, what: "脱贫户写成“一般脱贫户”", page: cells("household_type", func(s string) string { return strings.Replace(s, "脱贫户", "一般脱贫户", 1) }),
			want: func(_ int, w row) {
				w["household_type"] = strings.Replace(w["household_type"], "脱贫户", "一般脱贫户", 1)
			}, outcome: "户类型照写，归类同完好的名册"},
		{name: "只有监测对象类别", kind: "registered_poor", formats: common, what: "没有户类型列，脱贫户写在监测对象类别里", page: func(p *page) {
			for _, l := range p.lines {
				if l.of >= 0 && l.Cells[p.at("monitor_type")].Kind == table.Blank {
					l.Cells[p.at("monitor_type")] = l.Cells[p.at("household_type")]
				}
			}
			p.drop("household_type")
		}, but: []string{"household_type", "monitor_type"}, outcome: "归类同完好的名册"},
	}
}

// coded is a damage that answers by codes and explains them, or does not.
func coded(name, what string, explain func(*page), outcome string) damage {
	d := damage{name: name, kind: "registered_poor", formats: common, what: what, outcome: outcome, page: func(p *page) {
		p.texts("dibao_flag", replace("是", "1", "否", "2"))
		explain(p)
	}}
	if outcome != "同完好的名册" {
		d.want = func(_ int, w row) {
			if w["dibao_flag"] == "否" {
				delete(w, "dibao_flag")
			}
		}
	}
	return d
}
