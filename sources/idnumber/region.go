package idnumber

import (
	_ "embed"
	"strings"
	"sync"
)

// regions.txt lists the county-level codes of GB/T 2260, with the abolished
// ones: most people over forty in Hebei carry the code of a prefecture that was
// dissolved in 1993. A code that it lacks makes a number suspicious, never
// invalid, and it joins all the same.
//
//go:embed regions.txt
var regionsText string

// regions are the known codes, each at its own number.
var regions = sync.OnceValue(func() []bool {
	known := make([]bool, 1_000_000)
	for line := range strings.Lines(regionsText) {
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0] == "#" {
			continue
		}
		for _, run := range fields[1:] {
			first, last := number(run[:2]), number(run[len(run)-2:])
			for n := first; n <= last; n++ {
				known[number(fields[0])*100+n] = true
			}
		}
	}
	return known
})

// number reads digits.
func number(digits string) int {
	n := 0
	for i := range len(digits) {
		n = n*10 + int(digits[i]-'0')
	}
	return n
}

// knownRegion says that the six digits are, or were, a county's code. Permits
// of residents of Hong Kong, Macao and Taiwan (81, 82, 83) and of foreigners
// (9xx) carry no county and count as known.
func knownRegion(code6 string) bool {
	if len(code6) != 6 || !allDigits(code6) {
		return false
	}
	return code6[0] == '9' || code6[0] == '8' && knownProvince(code6[:2]) || regions()[number(code6)]
}

// provinces are the first two digits that a number may have, besides 9x.
var provinces = func() (known [100]bool) {
	for _, n := range []int{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
		50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83} {
		known[n] = true
	}
	return known
}()

func knownProvince(two string) bool {
	return two[0] == '9' || allDigits(two) && provinces[number(two)]
}
