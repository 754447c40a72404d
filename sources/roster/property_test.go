package roster

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

// words that make every part of the reader fire at random.
var anything = []string{
	"", "", "", "", "甲一", "乙 二", "丙（已故）", "—", "无", "待补", "序号", "1", "2", "3", "12", "2021.5", "44317", "1,200元", "是", "否", "√", "空白",
	"合计", "东村小计", "总计：35户", "填表人：", "审核人", "联系电话：0314-1234567", "备注", "注：", "第1页", "花名册", "单位：元", "上板城镇", "东村", "户主", "配偶",
	"脱贫户", "边缘易致贫户", "一级", "肢体", "A类", "在保", "停保", "死亡", "小学", "在读", "1.30890E+17", "130890********1234", "13800000000", "\x00", "\xff", "　", "\u200b",
	"甲、乙", "丙，丁；戊", "甲 乙", idA + "、" + idB, idA + "\n" + idC, "男、女", "以下空白", "二、停保对象", "镇", "共3人",
}

// memberHeaders write a household as one row.
var memberHeaders = [][]string{
	{"成员1姓名", "成员1身份证号", "成员2姓名", "成员2身份证号", "成员2性别"},
	{"姓名1", "身份证号1", "姓名2", "身份证号2"},
	{"其他家庭成员姓名", "其他家庭成员身份证号"},
	{"姓名", "身份证号", "姓名", "身份证号"},
}

func randomTable(r *rand.Rand, k *Kind) rawSheet {
	var headers []string
	for _, c := range k.Columns {
		if !c.Derived {
			headers = append(append(headers, c.Label), c.Aliases...)
		}
	}
	width := 1 + r.IntN(10)
	var head []string
	for range width {
		head = append(head, headers[r.IntN(len(headers))])
	}
	if r.IntN(4) > 0 { // nearly always a table that loads
		head = nil
		for _, c := range k.Columns {
			if c.Required || !c.Derived && r.IntN(2) == 0 {
				head = append(head, append([]string{c.Label}, c.Aliases...)[r.IntN(1+len(c.Aliases))])
			}
		}
	}
	if r.IntN(3) == 0 {
		head = append(head, memberHeaders[r.IntN(len(memberHeaders))]...)
	}
	if r.IntN(6) == 0 {
		head = append(head, head...) // a page of two columns
	}
	var rows []table.Row
	number := 0
	for n := r.IntN(40); n >= 0; n-- {
		number += 1 + r.IntN(2)*r.IntN(3)
		row := table.Row{Number: number, Hidden: r.IntN(9) == 0}
		at := r.IntN(8)
		if at == 1 && len(rows) > 5 { // another table, with other columns
			r.Shuffle(len(head), func(i, j int) { head[i], head[j] = head[j], head[i] })
		}
		if at <= 1 || len(rows) == 3 {
			for _, h := range head {
				row.Cells = append(row.Cells, table.Cell{Text: h, Kind: table.Text})
			}
		} else {
			for range r.IntN(len(head) + 2) {
				row.Cells = append(row.Cells, randomCell(r))
			}
		}
		rows = append(rows, row)
	}
	var merged []table.Range
	for range r.IntN(4) {
		from := r.IntN(number + 1)
		merged = append(merged, table.Range{Row0: from, Col0: r.IntN(4), Row1: from + r.IntN(5), Col1: r.IntN(4)})
	}
	return rawSheet{name: fmt.Sprint("表", r.IntN(1000000)), rows: sequence(rows), merges: func() []table.Range { return merged }}
}

func randomCell(r *rand.Rand) table.Cell {
	text := anything[r.IntN(len(anything))]
	switch r.IntN(6) {
	case 0:
		text = withCheck(fmt.Sprintf("1308%02d19%02d%02d%02d%03d", 90+r.IntN(10), r.IntN(100), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000)))
	case 1:
		text = anything[r.IntN(len(anything))] + text
	}
	k := table.Kind(r.IntN(6))
	if text == "" || r.IntN(3) > 0 {
		k = table.Text
	}
	return table.Cell{Text: text, Kind: k}
}

func countRows(s rawSheet) int {
	n := 0
	for range s.rows {
		n++
	}
	return n
}

// Whatever the tables hold: no row is lost or counted twice, what is loaded names somebody, and
// reading again gives the same.
func TestAccountBalancesForAnyTable(t *testing.T) {
	loaded, refused := 0, 0
	for seed := range uint64(3000) {
		r := rand.New(rand.NewPCG(seed, 7))
		k := Kinds()[r.IntN(len(Kinds()))]
		var sheets []rawSheet
		many := 3
		if r.IntN(20) == 0 {
			many = 40 // as of a ZIP
		}
		for range 1 + r.IntN(many) {
			sheets = append(sheets, randomTable(r, k))
		}
		opt := Options{Path: "t.xlsx", Towns: []Town{{Name: "上板城镇"}}}
		reader, err := read(context.Background(), sheets, k, opt)
		if err != nil {
			if f := fault.Of(err); f == nil || f.Code.Exit() != fault.ExitInput {
				t.Fatalf("seed %d: %v", seed, err)
			}
			refused++
			continue
		}
		rows, err := texts(reader.Rows())
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			refused++ // a second header that lacks a column
			continue
		}
		rejects, _ := texts(reader.Rejects())
		loaded += len(rows)
		check(t, seed, reader, sheets, rows, rejects)

		again, err := read(context.Background(), sheets, k, opt)
		if err != nil {
			t.Fatal(err)
		}
		if same, _ := readAll(t, again); !reflect.DeepEqual(same, rows) || !reflect.DeepEqual(again.Sheets(), reader.Sheets()) {
			t.Fatalf("seed %d: reading again gives something else", seed)
		}
	}
	if loaded < 10_000 || refused > 2500 {
		t.Errorf("the tables test little: %d rows loaded, %d files refused", loaded, refused)
	}
}

func check(t *testing.T, seed uint64, r *Reader, sheets []rawSheet, rows, rejects []map[string]string) {
	t.Helper()
	var total Account
	persons := 0
	for i, rep := range r.Sheets() {
		a := rep.Account
		if !a.Balanced() || a.Read != countRows(sheets[i]) {
			t.Fatalf("seed %d, sheet %d of %d rows: %+v", seed, i, countRows(sheets[i]), a)
		}
		total.Loaded += a.Loaded
		total.Rejected += a.Rejected
		persons += rep.Persons
	}
	loaded, last := 0, ""
	for _, row := range rows { // a household's persons follow one another
		if place := row["sheet"] + " " + row["row_number"]; place != last {
			loaded, last = loaded+1, place
		}
	}
	if total.Loaded != loaded || persons != len(rows) || total.Rejected != len(rejects) {
		t.Fatalf("seed %d: %+v and %d persons, but %d rows of %d and %d rejects", seed, total, persons, len(rows), loaded, len(rejects))
	}
	for _, row := range rows {
		if row["name"] == "" && row["id_number"] == "" {
			t.Fatalf("seed %d: a row names nobody: %v", seed, row)
		}
		for column, text := range row {
			if strings.ToValidUTF8(text, "") != text {
				t.Fatalf("seed %d: %s is not UTF-8", seed, column)
			}
		}
	}
}

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2021-05-01", "2021.10", "202105", "44317", "2021年5月", "2021/05/03 00:00:00", "长期", "２０２１．５"} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, s string, number bool) {
		d, _, ok := parseDay(s, number)
		if !ok {
			return
		}
		text := dayText(d.date32(false))
		again, _, ok := parseDay(text, false)
		if !ok || again.date32(false) != d.date32(false) {
			t.Errorf("%q is %s, which does not read back", s, text)
		}
		if d.day == 0 && d.date32(true)-d.date32(false) < 27 {
			t.Errorf("%q: the month ends before it is over", s)
		}
	})
}

func FuzzParseCents(f *testing.F) {
	for _, s := range []string{"1,200.00", "1200元/月", "￥1200", "1.5万元", "1.2E+3", "-0.005", "999999999999.99"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cents, ok := parseCents(compact(s), "month")
		if !ok {
			return
		}
		sign, n := "", cents
		if n < 0 {
			sign, n = "-", -n
		}
		text := fmt.Sprintf("%s%d.%02d", sign, n/100, n%100)
		if again, ok := parseCents(text, ""); !ok || again != cents {
			t.Errorf("%q is %s, which does not read back", s, text)
		}
	})
}

func FuzzHeader(f *testing.F) {
	f.Add("镇|姓名|身份证号", "a|甲|1", "b|乙|2")
	f.Add("低保名册||", "户主||档次", "姓名|身份证号|")
	f.Add("序号|（镇）|户主信息||", "|||姓名|身份证号", "1|a||乙|2")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		sheet := grid("", strings.ReplaceAll(a+"\n"+b+"\n"+c, "\r", ""))
		for _, k := range Kinds() {
			r, err := read(context.Background(), []rawSheet{sheet}, k, Options{})
			if err != nil {
				if fault.Of(err) == nil {
					t.Fatal(err)
				}
				continue
			}
			if _, err := texts(r.Rows()); err != nil && fault.Of(err) == nil {
				t.Fatal(err)
			} else if err == nil {
				for _, rep := range r.Sheets() {
					if !rep.Account.Balanced() || rep.Account.Read != countRows(sheet) {
						t.Errorf("%s: %+v", k.Name, rep.Account)
					}
				}
			}
		}
	})
}

// Any grid through the whole reader: the account balances, and a row gives as many
// persons as it can hold.
func FuzzRoster(f *testing.F) {
	f.Add(byte(1), "镇|户主姓名|户主身份证号|成员1姓名|成员1身份证号\na|甲|"+idA+"|乙|"+idB+"\n合计")
	f.Add(byte(1), "镇|户主姓名|户主身份证号|其他家庭成员姓名|身份证号\na|甲|"+idA+"|乙、丙|"+idB+"、"+idC)
	f.Add(byte(1), "镇|姓名|身份证号|姓名|身份证号\na|甲|#"+idA+"\n\n镇|户主||\n|姓名|身份证号\nb|丁|无")
	f.Add(byte(4), "姓名|身份证号|病种|姓名|身份证号|病种\n甲|"+idA+"||乙|x|\n|||合计")
	f.Add(byte(3), "名册\n镇|姓名|残疾证号|残疾等级\na|甲|"+idA+"42|一级残疾\n以下空白")
	f.Add(byte(0), "镇|姓名|身份证号|户编号|户类型|姓名(2)|身份证号(2)\na|甲||1|脱贫户|乙|")
	f.Fuzz(func(t *testing.T, which byte, text string) {
		k := Kinds()[int(which)%len(Kinds())]
		sheet := grid("s", strings.ReplaceAll(text, "\r", ""))
		r, err := read(context.Background(), []rawSheet{sheet}, k, Options{})
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatal(err)
			}
			return
		}
		rows, err := texts(r.Rows())
		if err != nil {
			if fault.Of(err) == nil {
				t.Fatal(err)
			}
			return
		}
		rejects, _ := texts(r.Rejects())
		check(t, 0, r, []rawSheet{sheet}, rows, rejects)
		if most := len(text) + 1; len(rows) > most {
			t.Errorf("%d persons out of %d bytes", len(rows), len(text))
		}
	})
}

// An answer folds to one of the words, and its opposite under an inverted header.
func FuzzYesNo(f *testing.F) {
	for _, s := range []string{"是", "无", "√", "380元", "未参保", "✔️", "—", "待核实"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		to, ok := parseYesNo(s)
		if ok != (to == yes || to == no) {
			t.Errorf("%q: %q, %v", s, to, ok)
		}
		if again, sure := parseYesNo(to); ok && (!sure || again != to) {
			t.Errorf("%q is %s, which is %s", s, to, again)
		}
	})
}

func FuzzGrade(f *testing.F) {
	for _, s := range []string{"一级", "Ⅱ", "听力一级、言语三级", "一级残疾", "重度", "十一级"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if n, ok := parseGrade(s); ok != (n >= 1 && n <= 4) {
			t.Errorf("%q: %d, %v", s, n, ok)
		}
	})
}
