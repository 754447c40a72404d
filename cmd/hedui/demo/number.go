package demo

import (
	"fmt"
	"math/rand/v2"
)

// checkDigit is the eighteenth character for the first seventeen (ISO 7064 MOD 11-2).
func checkDigit(first17 string) byte {
	sum, weight := 0, 2
	for i := len(first17) - 1; i >= 0; i-- {
		sum += int(first17[i]-'0') * weight
		weight = weight * 2 % 11
	}
	return "10X98765432"[sum%11]
}

// numbers gives out ID numbers, none twice.
type numbers struct {
	used map[uint64]uint16
	// crowded: somebody got a number twice, for more were born on one day than ten regions
	// can number.
	crowded bool
}

func newNumbers() *numbers { return &numbers{used: map[uint64]uint16{}} }

// next gives the next number for a region code, birth date and sex. When a
// region's day is used up it goes on in the next region.
func (n *numbers) next(region int, birth day, male bool) string {
	for range 10 {
		cell := uint64(region%10)<<40 | uint64(birth)<<1
		if male {
			cell |= 1
		}
		for n.used[cell] < 500 {
			// A scattered start: real sequence numbers do not all begin at 001.
			place := (int(n.used[cell]) + int(cell%499)*7) % 500
			n.used[cell]++
			seq := place * 2
			if male {
				seq++
			}
			// A tail of 000 could as well be a spreadsheet's loss: never given out.
			if seq%100 < 2 {
				continue
			}
			return number(region, birth, seq)
		}
		region++
	}
	n.crowded = true
	if male {
		return number(region, birth, 3)
	}
	return number(region, birth, 2)
}

func number(region int, birth day, seq int) string {
	first := fmt.Sprintf("%06d%08d%03d", 130890+region%10, int(birth), seq)
	return first + string(checkDigit(first))
}

// birthAt draws a birth date of somebody who has that age in full years on the day.
func birthAt(r *rand.Rand, age int, on day) day {
	month := 1 + r.IntN(12)
	date := day(month*100 + 1 + r.IntN(28))
	year := on.year() - age
	if date > on%10000 {
		year--
	}
	if day(year*10000)+date > mayDay-100 {
		year-- // nobody stands in May's rosters before being born
	}
	return day(year*10000) + date
}
