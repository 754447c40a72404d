package reports

import (
	"fmt"
	"strings"
	"unicode"
)

// folders gives each town a folder of its own. A name that a department wrote
// may hold anything, be the district folder's, or differ from another town's
// only in what a folder's name cannot hold.
type folders struct{ taken map[string]bool }

// newFolders keeps the names that the day's folder itself uses.
func newFolders() *folders {
	return &folders{taken: map[string]bool{districtFolder: true, "manifest.json": true, "overview.html": true}}
}

// take gives the town's folder; one that is taken already gets a number. Names
// that differ in case alone count as the same, as they do on Windows.
func (f *folders) take(town string) string {
	clean := folderName(town)
	name := clean
	for n := 2; f.taken[strings.ToLower(name)]; n++ {
		name = fmt.Sprintf("%s_%d", clean, n)
	}
	f.taken[strings.ToLower(name)] = true
	return name
}

// A name of Linux has at most 255 bytes, and the workbook's adds its own to the
// folder's; 60 Chinese characters are 180.
const maxFolderBytes = 180

// folderName makes a town's name safe as a folder's: no separator, nothing
// invisible, no dot or space at either end, no device of Windows, never empty.
func folderName(town string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, town)
	for i, r := range name {
		if i+len(string(r)) > maxFolderBytes {
			name = name[:i]
			break
		}
	}
	name = strings.TrimFunc(name, func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
	if name == "" || isDevice(name) {
		name = "_" + name
	}
	return name
}

// isDevice says that Windows takes the name for a device, whatever stands behind
// its first dot: the folder is copied to the towns' computers.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToLower(name), ".")
	switch stem = strings.TrimSpace(stem); stem {
	case "con", "prn", "aux", "nul":
		return true
	}
	digit := strings.TrimPrefix(strings.TrimPrefix(stem, "com"), "lpt")
	return len(digit) == 1 && len(stem) == 4 && digit >= "0" && digit <= "9"
}
