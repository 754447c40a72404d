package demo

import (
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// cellType is how a value stands in a workbook; text formats know text alone.
type cellType uint8

const (
	text cellType = iota
	numeric
	dated // a number that is shown as a date
)

// cell is one cell of a file.
type cell struct {
	text         string
	as           cellType
	across, down int  // spans more than one column or row
	covered      bool // under a cell that spans
}

// dirt writes one row's values as hands and systems do. A row's dirt depends on
// the seed and the person alone: the next month writes it the same way.
type dirt struct {
	layout
	r *rand.Rand
}

func newDirt(l layout, seed uint64, kind int, id string) *dirt {
	h := fnv.New64a()
	h.Write([]byte(id))
	return &dirt{layout: l, r: rand.New(rand.NewPCG(seed+uint64(kind), h.Sum64()))}
}

func (d *dirt) one(of ...string) string { return of[d.r.IntN(len(of))] }

// in tells whether something befalls one cell in n.
func (d *dirt) in(n int) bool { return d.r.IntN(n) == 0 }

// cell writes a column's clean text.
func (d *dirt) cell(c column, value string) cell {
	switch c.form {
	case nameForm:
		return cell{text: d.name(value)}
	case townForm:
		return cell{text: d.town(value)}
	case yesForm:
		return cell{text: d.yes(value)}
	case payForm:
		return cell{text: d.pay(value)}
	case riskForm:
		return cell{text: d.risk(value)}
	case moneyForm:
		return d.money(value)
	case dayForm:
		return d.day(value)
	case monthForm, untilForm:
		return d.month(value, c.form == untilForm)
	case tierForm, gradeForm, disabilityForm, careForm:
		return cell{text: d.word(c.form, value)}
	case unsafeForm:
		return cell{text: d.safe(c, value)}
	}
	return cell{text: value}
}

func (d *dirt) name(s string) string {
	if s == "" {
		return s
	}
	if strings.Contains(s, "·") {
		s = strings.ReplaceAll(s, "·", d.one("·", "•", "・", "．", "."))
	}
	runes := []rune(s)
	switch d.r.IntN(30) {
	case 0:
		return s + " "
	case 1:
		if len(runes) == 2 {
			return string(runes[0]) + "　" + string(runes[1])
		}
		return string(runes[0]) + " " + string(runes[1:])
	case 2:
		return s + d.one("（外出）", "(户主)", "（在外务工）")
	case 3:
		if d.in(4) {
			return string(runes[:1]) + "\n" + string(runes[1:])
		}
	}
	return s
}

func (d *dirt) town(s string) string {
	if s == "" || s == strangeTown {
		return s
	}
	short := s
	for _, end := range []string{"镇", "乡", "街道"} {
		short = strings.TrimSuffix(short, end)
	}
	switch n := d.r.IntN(20); {
	case n == 0:
		return short
	case n == 1 || n < 8 && d.dialect == 1:
		return districtName + s
	case n == 2:
		return s + " "
	}
	return s
}

var yesWords = [][2]string{{"是", "否"}, {"有", "无"}, {"√", "×"}, {"Y", "N"}, {"1", "0"}, {"已", "未"}}

func (d *dirt) yes(s string) string {
	style := 0
	if d.dialect > 0 && !d.in(3) {
		style = d.r.IntN(len(yesWords))
	}
	switch s {
	case "是":
		return yesWords[style][0]
	case "否":
		return yesWords[style][1]
	}
	return s
}

func (d *dirt) pay(s string) string {
	switch s {
	case "是":
		return d.one("是", "是", "60", "66元", "有", "√")
	case "否":
		return d.one("否", "否", "0", "无", "", "—")
	}
	return s
}

func (d *dirt) risk(s string) string {
	switch s {
	case "是":
		return d.one("是", "已消除", "风险已消除", "1", "Y")
	case "否":
		return d.one("否", "未消除", "0", "N", "")
	}
	return s
}

// safe turns the answer round under the header that asks for danger.
func (d *dirt) safe(c column, s string) string {
	if d.dialect%len(c.headers) == 1 {
		return map[string]string{"是": "否", "否": "是"}[s]
	}
	return s
}

func (d *dirt) money(s string) cell {
	if s == "" {
		return cell{text: d.one("", "", "", "—")}
	}
	if d.cells() && !d.in(6) {
		return cell{text: s, as: numeric}
	}
	switch d.r.IntN(8) {
	case 0:
		return cell{text: thousands(s)}
	case 1:
		return cell{text: s + "元"}
	case 2:
		return cell{text: "￥" + s}
	case 3:
		return cell{text: wide(s)}
	}
	return cell{text: s}
}

// thousands writes 1200 as 1,200.00.
func thousands(s string) string {
	whole, cents, ok := strings.Cut(s, ".")
	if !ok {
		cents = "00"
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	return whole + "." + cents
}

// wide writes digits full-width.
func wide(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r - '0' + '０'
		}
		return r
	}, s)
}

// day writes 2021-05-01; no form of it loses the day.
func (d *dirt) day(s string) cell {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return cell{text: s}
	}
	if d.cells() {
		switch d.r.IntN(4) {
		case 0:
			return cell{text: serialOf(t), as: dated}
		case 1:
			return cell{text: serialOf(t), as: numeric}
		}
	}
	return cell{text: t.Format(d.one("2006-01-02", "2006/1/2", "20060102", "2006年1月2日"))}
}

// month writes 2021-05. A month whose last day counts is never written as a day.
func (d *dirt) month(s string, until bool) cell {
	t, err := time.Parse("2006-01", s)
	if err != nil {
		return cell{text: s}
	}
	if until {
		return cell{text: t.Format(d.one("2006-01", "2006.1", "200601", "2006年1月"))}
	}
	if d.cells() && d.in(3) {
		return cell{text: serialOf(t), as: dated}
	}
	return cell{text: t.Format(d.one("2006-01", "2006-01-02", "2006/1/2", "2006.1", "200601", "20060102", "2006年1月"))}
}

// serialOf is the day's number in a spreadsheet.
func serialOf(t time.Time) string {
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	return strconv.Itoa(int(t.Sub(epoch).Hours() / 24))
}

var otherWords = map[string][]string{
	"A": {"A", "A类", "一档", "一类"}, "B": {"B", "B类", "二档", "二类"}, "C": {"C", "C类", "三档", "三类"},
	"全自理": {"全自理", "具备"}, "半护理": {"半护理", "半自理", "部分丧失"}, "全护理": {"全护理", "完全丧失", "不能自理"},
}

var gradeWords = [][]string{{}, {"一级", "1", "Ⅰ", "壹级"}, {"二级", "2", "Ⅱ", "贰级"}, {"三级", "3", "Ⅲ", "叁级"}, {"四级", "4", "Ⅳ", "肆级"}}

func (d *dirt) word(f form, s string) string {
	switch {
	case s == "":
		return ""
	case f == gradeForm:
		return d.one(gradeWords[s[0]-'0']...)
	case f == disabilityForm:
		return d.one(s, s, strconv.Itoa(disabilityCode(s)))
	}
	if words := otherWords[s]; words != nil {
		return d.one(words...)
	}
	return s
}

// number writes an intact ID number: whatever befalls it loses nothing.
func (d *dirt) number(id string, cert string) string {
	switch d.r.IntN(40) {
	case 0:
		return id + " "
	case 1:
		return id[:6] + " " + id[6:14] + " " + id[14:]
	case 2:
		return "'" + id
	case 3:
		return wide(id)
	case 4, 5, 6, 7:
		return strings.Replace(id, "X", d.one("x", "×", "Х", "ｘ"), 1)
	case 8, 9:
		if id[6:8] == "19" {
			return id[:6] + id[8:17]
		}
	case 10:
		if cert != "" {
			return cert
		}
	case 11:
		return "\u200b" + id
	}
	return id
}
