package table

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"
)

// plainNumber writes a stored number without exponent where it is whole, so
// that 1.30890197001010E+17 shows the digits that the cell holds. Spreadsheets
// store 123.10000000000001 for a typed 123.1: fractions are given in the
// shortest form of the same number to 15 digits, as the spreadsheet shows them.
func plainNumber(stored string) string {
	s := strings.TrimSpace(stored)
	if strings.Trim(s, "0123456789") == "" || len(s) > 40 {
		return s
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) || math.Abs(f) >= 1e30 {
		return s
	}
	if f == math.Trunc(f) {
		if i, ok := new(big.Float).SetString(s); ok {
			if whole, accuracy := i.Int(nil); accuracy == big.Exact {
				return whole.String()
			}
		}
		return strconv.FormatFloat(f, 'f', 0, 64)
	}
	if shown, err := strconv.ParseFloat(strconv.FormatFloat(f, 'g', 15, 64), 64); err == nil {
		return strconv.FormatFloat(shown, 'f', -1, 64)
	}
	return s
}

// cellOf makes a cell of what a file says is of a kind; blank text is blank.
func cellOf(text string, kind Kind) Cell {
	c := textCell(text)
	if c.Kind == Text {
		c.Kind = kind
	}
	return c
}

// serialDate reads a date serial: days since the last of 1899, or of 1903. A
// number that no date format can show is left a number.
func serialDate(stored string, date1904 bool) (Cell, bool) {
	serial, err := strconv.ParseFloat(strings.TrimSpace(stored), 64)
	if err != nil || serial < 0 || serial >= 2958466 { // 9999-12-31
		return Cell{}, false
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case serial < 60: // Excel thinks that 1900 was a leap year
		epoch = epoch.AddDate(0, 0, 1)
	}
	days, part := math.Modf(serial)
	at := epoch.AddDate(0, 0, int(days)).Add(time.Duration(math.Round(part*86400)) * time.Second)
	return Cell{Text: dateText(at), Kind: Date}, true
}

func dateText(at time.Time) string {
	if at.Hour() == 0 && at.Minute() == 0 && at.Second() == 0 {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}

func isoDate(s string) Cell {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", time.DateOnly} {
		if at, err := time.Parse(layout, s); err == nil {
			return Cell{Text: dateText(at.Round(time.Second)), Kind: Date}
		}
	}
	return textCell(s)
}

// builtinDate: the number formats 14–17 and 22 are dates everywhere, 27–31,
// 36, 50–54 and 57–58 in Chinese editions; 18–21, 32–35, 45–47, 55–56 are times.
func builtinDate(id string) bool {
	n, err := strconv.Atoi(id)
	return err == nil && (n >= 14 && n <= 22 || n >= 27 && n <= 36 || n >= 45 && n <= 47 || n >= 50 && n <= 58)
}

// isDateFormat looks for day, month or year outside quotes, brackets and escapes.
func isDateFormat(code string) bool {
	code, _, _ = strings.Cut(code, ";")
	quoted, bracket := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i]; {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\\' || c == '!' || c == '_' || c == '*':
			i++
		case c == '[':
			bracket = true
		case c == ']':
			bracket = false
		case bracket:
		case strings.IndexByte("ymdhsYMDHS", c) >= 0:
			return true
		case strings.HasPrefix(code[i:], "General"):
			i += len("General") - 1
		}
	}
	return false
}
