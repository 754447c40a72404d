package reports

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func TestFolders(t *testing.T) {
	f := newFolders()
	for _, c := range [][2]string{
		{"上板城镇", "上板城镇"}, {"上板城镇", "上板城镇_2"}, {"../../etc", "_.._etc"}, {"..", "_"}, {"", "__2"}, {"全区", "全区_2"},
		{"CON", "_CON"}, {"con.txt", "_con.txt"}, {"lpt7 .a", "_lpt7 .a"}, {"comet", "comet"}, {"Manifest.json", "Manifest.json_2"},
		{"a\x00b\x1bc\u202ed", "a_b_c_d"}, {strings.Repeat("长", 99), strings.Repeat("长", 60)}, {strings.Repeat("𠮷", 99), strings.Repeat("𠮷", 45)},
		{strings.Repeat("𠮷", 98), strings.Repeat("𠮷", 45) + "_2"},
	} {
		if got := f.take(c[0]); got != c[1] {
			t.Errorf("%q: %q, want %q", c[0], got, c[1])
		}
	}
}

func FuzzFolders(f *testing.F) {
	f.Add("上板城镇", "上板城镇 ")
	f.Add("CON", "con.")
	f.Add("..", "/")
	f.Add("\xff", "�")
	f.Fuzz(func(t *testing.T, one, other string) {
		towns := newFolders()
		seen := map[string]bool{strings.ToLower(districtFolder): true}
		for _, town := range []string{one, other, one + other, other + " "} {
			name := towns.take(town)
			unsafe := func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune(`/\:*?"<>|`, r) }
			if strings.ContainsFunc(name, unsafe) || strings.Trim(name, ". ") != name || name == "" || isDevice(name) || !utf8.ValidString(name) {
				t.Errorf("%q has the folder %q", town, name)
			}
			if len(name+"_问题台账_2021-06-10.xlsx") > 255 {
				t.Errorf("%q has a folder of %d bytes", town, len(name))
			}
			if seen[strings.ToLower(name)] {
				t.Errorf("%q shares the folder %q", town, name)
			}
			seen[strings.ToLower(name)] = true
		}
	})
}
