package roster

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"hedui/sources/table"
)

// unit is what a header says of its column's amounts.
type unit struct {
	months int64 // that an amount is for: 1, 3, 6, 12; 0 where the header names no period
	yuan   int64 // in one of the unit: 万元 is 10,000; 0 where the header names none
}

// unitOf reads a header, folded and as it is: 家庭月人均收入, 基本生活标准(元/人·年),
// 保障金额(季度), 人均收入(近12个月).
func unitOf(folded, raw string) unit {
	return unit{months: period(folded, raw), yuan: yuanIn(raw)}
}

// or fills in what u does not tell.
func (u unit) or(other unit) unit {
	return unit{months: cmp.Or(u.months, other.months), yuan: cmp.Or(u.yuan, other.yuan)}
}

// unitOfGroups is what the brackets of the groups above a header say, the nearest first:
// 家庭收入情况(万元). Without an amount's unit they speak of something else.
func unitOfGroups(groups []string) (u unit) {
	for _, group := range slices.Backward(groups) {
		for _, remark := range remarksOf(group) {
			if yuanIn(remark) > 0 {
				u = u.or(unitOf(remark, remark))
			}
		}
	}
	return u
}

// readUnits takes what a row below the header says of the columns above it, （万元） or 元/月, where the
// header itself tells no unit.
func (l *layout) readUnits(cells []table.Cell) {
	for src := range l.feeding() {
		text := compact(cellText(cells, src.cell))
		if yuanIn(text) == 0 || utf8.RuneCountInString(text) > 12 {
			continue
		}
		if yuanIn(compact(src.header)) == 0 {
			src.unit.yuan = 0 // nearer than the line above the table
		}
		src.unit = src.unit.or(unitOf(text, text))
	}
}

var (
	span    = regexp.MustCompile(`([0-9]{1,2}|[一二三四五六七八九十]{1,3})个月`)
	months  = regexp.MustCompile(`(?:^|[^0-9])([0-9]{1,2}|[一二三四五六七八九十]{1,3})月?份?[-~—–至到]([0-9]{1,2}|[一二三四五六七八九十]{1,3})月`) // 1-6月
	dated   = regexp.MustCompile(`([0-9]{2,4}年)?([0-9]{1,2}月(份|底|末|止)?|[一二三四五六七八九十]{1,3}月(份|底|末|止))|20[0-9]{2}年度?`)       // a day, no period
	ofYear  = regexp.MustCompile(`[/每·・•]年|[^0-9]\.年|\(年\)|全年`)
	quarter = regexp.MustCompile(`前([一二三1-3])个?季`)
	season  = regexp.MustCompile(`截至|季度?末|按季`) // how far a sum goes, or when it is paid
	titled  = regexp.MustCompile(`单位:?\(?(?:人民币|(?:[户人次个]、)*)([万千百]?元)`)
	perHead = regexp.MustCompile(`[/每]人|人均`)
)

// period is how many months a header speaks of. One that speaks of a month tells by a year
// beside it what else is stated: 月保障金额(标准5300元/年).
func period(folded, raw string) int64 {
	if n := span.FindStringSubmatch(raw); n != nil {
		return figure(n[1])
	}
	if n := months.FindStringSubmatch(raw); n != nil && figure(n[2]) >= figure(n[1]) {
		return figure(n[2]) - figure(n[1]) + 1
	}
	if n := quarter.FindStringSubmatch(raw); n != nil {
		return 3 * figure(n[1])
	}
	folded, raw = dated.ReplaceAllString(folded, ""), dated.ReplaceAllString(raw, "")
	switch {
	case strings.Contains(folded, "月"), strings.Contains(raw, "月") && !strings.Contains(raw, "年"):
		return 1
	case strings.Contains(raw, "月"):
		return 0
	case strings.Contains(raw, "半年"):
		return 6
	case strings.Contains(raw, "季") && !season.MatchString(raw):
		return 3
	case ofYear.MatchString(raw):
		return 12
	}
	return 0
}

// figure reads a number in digits or as a numeral.
func figure(s string) int64 {
	if digits(s) == len(s) {
		return int64(atoi(s))
	}
	return int64(numeral(s))
}

func yuanIn(raw string) int64 {
	for _, u := range []struct {
		name string
		yuan int64
	}{{"万元", 10_000}, {"千元", 1_000}, {"百元", 100}, {"元", 1}} {
		if strings.Contains(raw, u.name) {
			return u.yuan
		}
	}
	return 0
}

// titleUnit is the unit that a line above the table tells for all of it: 单位：万元.
func titleUnit(text string) int64 {
	if found := titled.FindStringSubmatch(compact(text)); found != nil {
		return yuanIn(found[1])
	}
	return 0
}

// shared says that a header tells each one's share of an amount that the column holds for the
// household: 保障金额(元/人).
func (c *Column) shared(raw string) bool {
	return c.Type == TypeMoney && c.Group && perHead.MatchString(raw)
}

// besides says that a header, or a short group above it, tells of something beside the amount
// of a month: what is paid for several, paid later, taken off or only planned.
func (c *Column) besides(raw string, groups []string) bool {
	if c.Type != TypeMoney || c.Per != "month" {
		return false
	}
	return notMonthly.MatchString(raw) || slices.ContainsFunc(groups, func(g string) bool {
		return utf8.RuneCountInString(g) <= 8 && notMonthly.MatchString(compact(g))
	})
}

var notMonthly = regexp.MustCompile(`补发|补差额|[扣停]发|扣[减回除]|追[缴回补]|拟|预[发算]|差额|累计|调整额|月?份?[-~—–至到](?:[0-9]{2,4}年)?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})月`)
