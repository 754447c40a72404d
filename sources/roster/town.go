package roster

import (
	"strings"
	"unicode/utf8"
)

// Town is an official town of the district with the other names it goes by.
type Town struct {
	Name, Code string
	Aliases    []string
}

// gazetteer finds the official name of a town as written.
type gazetteer map[string]string

var townSuffixes = []string{"街道", "镇", "乡"}

func newGazetteer(towns []Town) gazetteer {
	g := make(gazetteer)
	exact := make(map[string]bool)
	for _, t := range towns {
		for _, name := range append([]string{t.Name}, t.Aliases...) {
			key := compact(name)
			g[key] = t.Name
			exact[key] = true
		}
	}
	// A base that two towns share (上板城镇, 上板城乡) tells neither.
	for _, t := range towns {
		base := townBase(compact(t.Name))
		if utf8.RuneCountInString(base) < 2 {
			continue
		}
		for _, key := range []string{base, base + "镇", base + "乡", base + "街道"} {
			if exact[key] {
				continue
			}
			if other, taken := g[key]; taken && other != t.Name {
				g[key] = ""
				continue
			}
			g[key] = t.Name
		}
	}
	return g
}

func townBase(name string) string {
	for _, suffix := range townSuffixes {
		if base, cut := strings.CutSuffix(name, suffix); cut {
			return base
		}
	}
	return name
}

// known says that a text names a town of the district.
func (g gazetteer) known(text string) bool { return len(g) > 0 && g[compact(g.official(text))] != "" }

// official gives the official name of a town as written, or the text without white
// space where none is known.
func (g gazetteer) official(text string) string {
	written := squeeze(text)
	if len(g) == 0 {
		return written
	}
	s := dropRemarks(compact(text))
	for _, office := range []string{"人民政府", "政府", "办事处", "民政办", "社会事务办"} {
		s = strings.TrimSuffix(s, office)
	}
	if strings.HasSuffix(s, "街道办") {
		s = strings.TrimSuffix(s, "办")
	}
	if name := g[s]; name != "" {
		return name
	}
	for i, r := range s { // behind a province, city, district or county
		if strings.ContainsRune("省市区县旗州盟", r) {
			if name := g[s[i+utf8.RuneLen(r):]]; name != "" {
				return name
			}
		}
	}
	return written
}
