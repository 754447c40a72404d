package demo

import (
	"fmt"
	"strconv"
	"time"
)

// day is a date as the number yyyymmdd; 0 is no date. It compares as dates do.
type day int

func (d day) year() int  { return int(d) / 10000 }
func (d day) month() int { return int(d) / 100 % 100 }
func (d day) of() int    { return int(d) % 100 }

// String is 2006-01-02, or nothing for no date.
func (d day) String() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year(), d.month(), d.of())
}

// monthText is 2006-01, or nothing.
func (d day) monthText() string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d", d.year(), d.month())
}

func (d day) time() time.Time {
	return time.Date(d.year(), time.Month(d.month()), d.of(), 0, 0, 0, 0, time.UTC)
}

// age is full years on the given day.
func (d day) age(on day) int {
	years := on.year() - d.year()
	if on%10000 < d%10000 {
		years--
	}
	return years
}

// fen is an amount of money in hundredths of a yuan; blank is no amount.
type fen int64

const blank fen = -1

func yuan(n int) fen { return fen(n) * 100 }

func (f fen) String() string {
	if f < 0 {
		return ""
	}
	if f%100 == 0 {
		return strconv.FormatInt(int64(f/100), 10)
	}
	return fmt.Sprintf("%d.%02d", f/100, f%100)
}

func count(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}
