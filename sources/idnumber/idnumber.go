// Package idnumber knows the citizen identity number of GB 11643-1999: six
// digits of region, eight of birth date, three of sequence (odd for men), one
// check character of ISO 7064 MOD 11-2.
//
// Glossary. clean: spaces, quotes and invisible marks dropped, full-width
// digits and every kind of x folded. upgrade: a 15-digit number of before 1999
// made 18. damaged: digits were lost on the way, those in front survive. state:
// what cleaning found out.
//
// Invariants. A valid number is never changed. Nothing is guessed: what does
// not check is left to be resolved against other rosters. Whether a birth date
// lies in the future is for the caller, who knows the day.
package idnumber

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// State is what cleaning found out about a number.
type State string

// The states; Clean says what the number then holds.
const (
	Valid      State = "valid"      // 18 characters, region, date and check character right
	Suspicious State = "suspicious" // the same, but no such region was ever assigned
	Damaged    State = "damaged"    // digits were lost: the leading ones that survived
	Masked     State = "masked"     // some digits are asterisks
	Invalid    State = "invalid"    // anything else that holds characters
	Missing    State = "missing"    // blank, or a word in place of a number
)

// Number is a cleaned number: the text to match by, and its state.
type Number struct {
	Clean string
	State State
}

// Joins says that the number may be matched exactly.
func (n Number) Joins() bool { return n.State == Valid || n.State == Suspicious }

// Clean folds a cell's text into a number. numericCell says that the cell held
// a number, not text: a spreadsheet keeps 15 digits of it, so an 18-digit one is
// damaged even where its check digit happens to be right (one in eleven is).
func Clean(raw string, numericCell bool) Number {
	text := Fold(raw)
	switch {
	case text == "" || placeholder(text):
		return Number{State: Missing}
	case strings.Contains(text, "*") || strings.Contains(text, "XXX"):
		return Number{text, Masked}
	}
	if digits, exact, ok := scientific(text); ok && !exact {
		return Number{digits, Damaged}
	} else if exact {
		return classify(digits)
	}
	if whole, ok := throughFloat(text); ok {
		text, numericCell = whole, true
	}
	if numericCell && len(text) > kept && allDigits(text) {
		return Number{text[:kept], Damaged}
	}
	return classify(text)
}

// kept is how many digits a number cell, a float64, keeps for sure.
const kept = 15

func classify(text string) Number {
	switch len(text) {
	case 15:
		if id := upgrade(text); id != "" {
			return checked(id)
		}
	case 18:
		if wellFormed(text) {
			return checked(text)
		}
		if allDigits(text) && strings.HasSuffix(text, "000") {
			return Number{text[:kept], Damaged}
		}
	case 20, 22:
		if id := text[:18]; certificateTail(text[18:]) && wellFormed(id) {
			return checked(id)
		}
	}
	if id := alone(text); id != "" {
		return checked(id)
	}
	return Number{text, Invalid}
}

// alone gives the number that stands in a text with marks and Chinese words around
// it or dashes in it, 身份证:130890-19900101-1015(已核), but no other digit or letter; "" where
// there is none, or it does not check.
func alone(text string) string {
	var id strings.Builder
	for _, r := range strings.TrimRight(text, ".") {
		switch {
		case r >= '0' && r <= '9', r == 'X':
			id.WriteRune(r)
		case r < 0x80 && unicode.IsLetter(r), r == '.':
			return "" // a point may be a decimal one
		}
	}
	if id.Len() != 18 || !wellFormed(id.String()) {
		return ""
	}
	return id.String()
}

func checked(id string) Number {
	if knownRegion(id[:6]) {
		return Number{id, Valid}
	}
	return Number{id, Suspicious}
}

// Fold drops what does not belong to a number and folds look-alikes.
func Fold(raw string) string {
	if ready(raw) {
		return raw
	}
	return strings.TrimPrefix(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("×хХxX✕", r):
			return 'X'
		case strings.ContainsRune("＊∗•●﹡", r):
			return '*'
		case strings.ContainsRune("'\"`‘’“”′＇", r), unicode.IsSpace(r), unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			return -1
		}
		return unicode.ToUpper(r)
	}, norm.NFKC.String(raw)), "=") // ="1308…" is how a CSV makes Excel keep text
}

// ready says that folding would change nothing: digits, perhaps an X behind
// them. Nearly every number is such.
func ready(s string) bool {
	n := len(s)
	if n > 0 && s[n-1] == 'X' {
		n--
	}
	for i := range n {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// placeholder recognises words and fillers that stand for no number.
func placeholder(text string) bool {
	switch text {
	case "无", "待补", "待补录", "待查", "暂无", "不详", "未知", "没有", "空", "/", "-", "--", "—", "——", "NULL", "NONE", "NA", "N/A", "#N/A":
		return true
	}
	if len(text) == 18 && strings.HasPrefix(text, "999999") {
		return true
	}
	filler := text[0] < '1' || text[0] > '9' // 0000, ####, ----; eleven equal digits may be a telephone
	return (filler || len(text) >= 15) && strings.Count(text, text[:1]) == len(text)
}

// scientific reads 1.30802199001011E+17 and gives the digits that it kept: at
// most 15, since those behind come out of a float's rounding. A certificate's 20
// digits end in E+19. All 15 of an old number survive E+14: then it is exact.
func scientific(text string) (digits string, exact, ok bool) {
	mantissa, exponent, ok := strings.Cut(text, "E")
	exponent = strings.TrimLeft(exponent, "+0")
	if !ok || exponent != "14" && exponent != "17" && exponent != "19" {
		return "", false, false
	}
	whole, fraction, _ := strings.Cut(mantissa, ".")
	digits = whole + fraction
	if len(whole) != 1 || !allDigits(digits) {
		return "", false, false
	}
	digits = digits[:min(len(digits), kept)]
	return digits, exponent == "14" && len(digits) == kept, true
}

// throughFloat sees by its decimals that a number went through a float on its
// way into a text file: 130890197001010016.0 out of a data frame.
func throughFloat(text string) (string, bool) {
	whole, fraction, ok := strings.Cut(text, ".")
	return whole, ok && fraction != "" && strings.Trim(fraction, "0") == "" && allDigits(whole)
}

func certificateTail(tail string) bool {
	ok := tail[0] >= '1' && tail[0] <= '7' && tail[1] >= '1' && tail[1] <= '4'
	if len(tail) == 4 {
		ok = ok && tail[2] == 'B' && tail[3] >= '1' && tail[3] <= '9'
	}
	return ok
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

// upgrade makes a 15-digit number 18: all of them were issued to people born
// in the 1900s. It gives "" where the text is no such number.
func upgrade(id15 string) string {
	if !allDigits(id15) {
		return ""
	}
	first := id15[:6] + "19" + id15[6:]
	id := first + string(CheckDigit(first))
	if !wellFormed(id) {
		return ""
	}
	return id
}

// IsValid says that the 18 characters check: digits, a province, a real birth
// date from 1900 on, the check character. It does not ask whether the region is assigned.
func IsValid(id18 string) bool { return len(id18) == 18 && wellFormed(id18) }

func wellFormed(id string) bool {
	if c := CheckDigit(id[:17]); c == 0 || c != id[17] || !knownProvince(id[:2]) {
		return false
	}
	_, ok := birth(id)
	return ok
}

var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// CheckDigit computes the 18th character from 17 digits; anything else gives 0.
func CheckDigit(first17 string) byte {
	if len(first17) != len(weights) || !allDigits(first17) {
		return 0
	}
	sum := 0
	for i, w := range weights {
		sum += int(first17[i]-'0') * w
	}
	return "10X98765432"[sum%11]
}

// birth is the birth date in a number of 18 characters; false where there is
// no such day or it lies before 1900.
func birth(id18 string) (time.Time, bool) {
	if len(id18) != 18 {
		return time.Time{}, false
	}
	digits := id18[6:14]
	if !allDigits(digits) {
		return time.Time{}, false
	}
	n := number(digits)
	year, month, of := n/10_000, n/100%100, n%100
	if year < 1900 || month < 1 || month > 12 || of < 1 || of > daysIn(month, year) {
		return time.Time{}, false
	}
	return time.Date(year, time.Month(month), of, 0, 0, 0, 0, time.UTC), true
}

// daysIn is the length of a month.
func daysIn(month, year int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}
