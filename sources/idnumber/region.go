package idnumber

import (
	_ "embed"
	"strings"
	"sync"
)

// regions.txt lists the county-level codes of GB/T 2260, abolished ones with
// them as far as they are known (1326xx, the old Chengde prefecture, lived on in
// numbers issued until 1992). It is not complete for every abolished county: an
// unlisted code makes a number suspicious, never invalid, and it joins all the same.
//
//go:embed regions.txt
var regionsText string

var regions = sync.OnceValue(func() map[string]bool {
	known := map[string]bool{}
	for code := range strings.FieldsSeq(regionsText) {
		known[code] = true
	}
	return known
})

// KnownRegion says that the six digits are, or were, a region's code. Permits
// of residents of Hong Kong, Macao and Taiwan (81, 82, 83) and of foreigners
// (9xx) carry no county and count as known.
func KnownRegion(code6 string) bool {
	return regions()[code6] || code6[0] == '9' || strings.HasPrefix(code6, "8")
}

// provinces are the first two digits that a number may have.
const provinces = " 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 "

func knownProvince(two string) bool {
	return two[0] == '9' || strings.Contains(provinces, " "+two+" ")
}
