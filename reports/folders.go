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

// newFolders keeps the names that the day's folder itself uses, and those that
// Windows keeps for devices: the folder is copied to the towns' computers.
func newFolders() *folders {
	f := &folders{taken: map[string]bool{}}
	for _, name := range []string{districtFolder, "manifest.json", "overview.html", "con", "prn", "aux", "nul"} {
		f.taken[name] = true
	}
	for n := range 10 {
		f.taken[fmt.Sprintf("com%d", n)], f.taken[fmt.Sprintf("lpt%d", n)] = true, true
	}
	return f
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

// folderName makes a town's name safe as a folder's: no separator, nothing
// invisible, no dot or space at either end, never empty.
func folderName(town string) string {
	name := strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, town)
	if runes := []rune(name); len(runes) > 60 {
		name = string(runes[:60])
	}
	name = strings.TrimFunc(name, func(r rune) bool { return r == '.' || unicode.IsSpace(r) })
	if name == "" {
		return "_"
	}
	return name
}
