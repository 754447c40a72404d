package roster

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// forever is the day that 长期 stands for.
var forever = day{9999, time.December, 31}

type day struct {
	year  int
	month time.Month
	day   int // 0 where only the month is known
}

// date32 counts days from 1970-01-01; last takes a bare month as its last day.
func (d day) date32(last bool) int64 {
	n := d.day
	month := d.month
	if n == 0 {
		n = 1
		if last {
			month, n = month+1, 0
		}
	}
	return time.Date(d.year, month, n, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

func (d day) real() bool {
	if d.year < 1900 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 0 {
		return false
	}
	return d.day == 0 || time.Date(d.year, d.month, d.day, 0, 0, 0, 0, time.UTC).Day() == d.day
}

// parseDay reads a date or month in any of the forms that departments write:
// 2021-05-01, 2021/5/1, 2021.5, 202105, 20210501, 2021年5月, 二〇二一年五月, an Excel serial. number
// says that the cell was a number; doubtful that a number such as 2021.1 may
// have been written for October.
func parseDay(text string, number bool) (d day, doubtful, ok bool) {
	s := strings.TrimSpace(norm.NFKC.String(text))
	if i := strings.IndexAny(s, " T"); i > 0 && strings.Contains(s[i:], ":") {
		s = s[:i] // a time of day
	}
	s = strings.TrimRight(squeeze(s), "起止底'")
	s = strings.TrimLeft(s, "'")
	if s == "" {
		return day{}, false, false
	}
	if strings.ContainsAny(s, "〇零一二三四五六七八九十○") {
		s = arabic(s)
	}
	if digits(s) == len(s) {
		d, ok = fromDigits(s, number)
		return d, false, ok
	}
	if whole, frac, cut := strings.Cut(s, "."); cut && digits(frac) == len(frac) && digits(whole) == len(whole) && frac != "" {
		return fromDecimal(whole, frac, number)
	}
	d, ok = fromParts(s)
	return d, false, ok
}

// digits counts the leading ASCII digits of s.
func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// atoi reads a short run of digits.
func atoi(s string) int {
	n := 0
	for i := range len(s) {
		n = n*10 + int(s[i]-'0')
	}
	return n
}

func fromDigits(s string, number bool) (day, bool) {
	var d day
	switch len(s) {
	case 8, 14: // 14: with the time of day
		d = day{atoi(s[:4]), time.Month(atoi(s[4:6])), atoi(s[6:8])}
		return d, d.real() && d.day > 0
	case 6:
		d = day{atoi(s[:4]), time.Month(atoi(s[4:6])), 0}
		return d, d.real() && d.year <= 2100
	case 5:
		return fromSerial(atoi(s))
	case 4: // a bare year is no date; a number outside the years may be a serial before 1927
		if n := atoi(s); number && n > 2100 {
			return fromSerial(n)
		}
	}
	return d, false
}

// fromSerial reads Excel's day number, of 1900's date system.
func fromSerial(n int) (day, bool) {
	if n < 61 || n > 73415 { // March 1900, before which Excel is a day off; the end of 2100
		return day{}, false
	}
	t := time.Date(1899, time.December, 30+n, 0, 0, 0, 0, time.UTC)
	return day{t.Year(), t.Month(), t.Day()}, true
}

// fromDecimal reads 2021.5 as a month and 44317.5 as a serial with a time.
func fromDecimal(whole, frac string, number bool) (d day, doubtful, ok bool) {
	switch {
	case len(whole) == 4 && len(frac) <= 2:
		d = day{atoi(whole), time.Month(atoi(frac)), 0}
		return d, number && frac == "1", d.real() && d.year <= 2100
	case len(whole) == 5:
		d, ok = fromSerial(atoi(whole))
		return d, false, ok
	case strings.Trim(frac, "0") == "" && len(whole) > 5:
		d, ok = fromDigits(whole, number)
		return d, false, ok
	}
	return day{}, false, false
}

// spanOfTime is 2021年1-6月, 2021.1-6, 2021年5月-12月: several months, no day.
var spanOfTime = regexp.MustCompile(`^\d+[^\d—–、-]+\d+[^\d]*[—–、-]\d+|^\d+\D+\d+\D+\d+月`)

// fromParts reads year, month and perhaps day with anything usual between them.
func fromParts(s string) (day, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/.年月份日号—–、。\\", r) })
	if len(parts) != 2 && len(parts) != 3 || spanOfTime.MatchString(s) {
		return day{}, false
	}
	for i, p := range parts {
		if digits(p) != len(p) || len(p) > 4 || i == 1 && len(p) > 2 {
			return day{}, false
		}
	}
	if len(parts) == 3 && len(parts[2]) == 4 && len(parts[0]) <= 2 {
		return yearLast(parts)
	}
	if len(parts[0]) != 4 {
		return day{}, false
	}
	d := day{atoi(parts[0]), time.Month(atoi(parts[1])), 0}
	if len(parts[len(parts)-1]) > 2 {
		return day{}, false
	}
	if len(parts) == 3 {
		d.day = atoi(parts[2])
		return d, d.real() && d.day > 0
	}
	return d, d.real()
}

// yearLast reads 5/31/2021 and 31/5/2021. 5/1/2021 may be May or January: it is not read.
func yearLast(parts []string) (day, bool) {
	month, n := atoi(parts[0]), atoi(parts[1])
	if month > 12 {
		month, n = n, month
	} else if n <= 12 && n != month {
		return day{}, false
	}
	d := day{atoi(parts[2]), time.Month(month), n}
	return d, d.real() && d.day > 0
}

// arabic writes the numerals of a Chinese date in digits: 二〇二一年十二月 → 2021年12月.
func arabic(s string) string {
	s = strings.NewReplacer("〇", "零", "○", "零").Replace(s)
	var out, run strings.Builder
	flush := func() {
		n := run.String()
		run.Reset()
		if strings.Contains(n, "十") {
			if v := numeral(n); v > 0 {
				n = strconv.Itoa(v)
			}
		}
		for _, r := range n {
			if d := strings.IndexRune(figures, r); d >= 0 {
				r = rune('0' + d/len("零"))
			}
			out.WriteRune(r)
		}
	}
	for _, r := range s {
		if r == '十' || strings.ContainsRune(figures, r) {
			run.WriteRune(r)
			continue
		}
		flush()
		out.WriteRune(r)
	}
	flush()
	return out.String()
}

// endless says that compact text means: no end.
func endless(s string) bool {
	switch s {
	case "长期", "永久", "长期有效", "永久有效", "无固定期限", "无期限":
		return true
	}
	return false
}
