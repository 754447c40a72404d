package roster

import (
	"math"
	"strconv"
	"strings"
)

// maxCents bounds what DECIMAL(14,2) holds.
const maxCents = 99_999_999_999_999

// parseCents reads an amount in compact text: 1,200.00, 1200元, ￥1200, 1.5万元. per is
// the column's own period (month, year or none): 1200元/年 in a monthly column is
// not understood rather than taken twelvefold. Halves of a cent go away from zero.
func parseCents(s, per string) (int64, bool) {
	if decimal(s) { // the usual amount
		cents, ok := decimalCents(s, 1)
		return cents, ok && cents <= maxCents
	}
	for _, sign := range []string{"¥", "￥", "RMB", "人民币"} {
		s = strings.TrimPrefix(s, sign)
	}
	s, scale, ok := dropUnit(s, per)
	if !ok {
		return 0, false
	}
	if !thousands(s) {
		return 0, false
	}
	s = strings.ReplaceAll(s, ",", "")
	cents, ok := decimalCents(s, scale)
	return cents, ok && cents <= maxCents && cents >= -maxCents
}

// decimal says that s is digits with at most one point among or before them.
func decimal(s string) bool {
	whole := digits(s)
	return whole == len(s) || s[whole] == '.' && whole+1+digits(s[whole+1:]) == len(s)
}

// thousands says that the commas in s, if any, part thousands: 1200,00 may be a typing
// error or a decimal comma.
func thousands(s string) bool {
	groups := strings.Split(strings.TrimPrefix(s, "-"), ",")
	for _, g := range groups[1:] {
		if digits(g) != 3 || len(g) > 3 && g[3] != '.' && g[3] != 'E' {
			return false
		}
	}
	return len(groups) == 1 || digits(groups[0]) > 0 && digits(groups[0]) <= 3
}

// dropUnit cuts 元, 万元 and what may follow, and gives the factor.
func dropUnit(s, per string) (number string, scale int64, ok bool) {
	scale = 1
	number = s
	if i := strings.IndexAny(s, "元块圆"); i >= 0 {
		number = s[:i]
		after := strings.TrimLeft(s[i:], "元块圆整/每")
		for _, unit := range []string{"人", "户"} {
			after = strings.Trim(after, unit+"/每.")
		}
		if after != "" && !(after == "月" && per == "month") && !(after == "年" && per == "year") {
			return "", 0, false
		}
	}
	if rest, cut := strings.CutSuffix(number, "万"); cut {
		number, scale = rest, 10_000
	}
	return number, scale, true
}

// decimalCents reads plain digits with at most one point, or scientific notation.
func decimalCents(s string, scale int64) (int64, bool) {
	body, negative := strings.CutPrefix(s, "-")
	body = strings.TrimPrefix(body, "+")
	whole, frac, _ := strings.Cut(body, ".")
	if body == "" || (whole == "" && frac == "") {
		return 0, false
	}
	if digits(whole) != len(whole) || digits(frac) != len(frac) || len(whole) > 13 || scale != 1 {
		return floatCents(s, scale)
	}
	n := int64(atoi(whole)) * 100
	padded := frac + "000"
	n += int64(atoi(padded[:2]))
	if padded[2] >= '5' {
		n++
	}
	if negative {
		n = -n
	}
	return n, true
}

func floatCents(s string, scale int64) (int64, bool) {
	for i := range len(s) {
		if !strings.ContainsRune("0123456789.eE+-", rune(s[i])) {
			return 0, false // ParseFloat would also take 0x1p3, inf, 1_000
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	f *= float64(scale) * 100
	if err != nil || math.Abs(f) > maxCents {
		return 0, false
	}
	return int64(math.Round(f)), true
}

// parseCount reads a whole number in compact text: 3, 3人, 2套, 3.0, 三人.
func parseCount(s string) (int64, bool) {
	s = strings.TrimRight(s, "人口户套个名处")
	if n := numeral(s); n > 0 {
		return int64(n), true
	}
	whole, frac, _ := strings.Cut(s, ".")
	if whole == "" || len(whole) > 9 || digits(whole) != len(whole) || strings.Trim(frac, "0") != "" {
		return 0, false
	}
	return int64(atoi(whole)), true
}
