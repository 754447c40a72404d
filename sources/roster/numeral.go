package roster

import "strings"

// numeral reads a Chinese numeral up to 99 in characters: 三, 十, 十二, 二十一, 二〇. It gives 0
// for anything else.
func numeral(s string) int {
	tens, ones, ten := strings.Cut(strings.ReplaceAll(s, "〇", "零"), "十")
	if !ten {
		n := 0
		for _, r := range tens {
			d := strings.IndexRune(figures, r)
			if d < 0 || n > 9 {
				return 0
			}
			n = n*10 + d/len("零")
		}
		return n
	}
	n := 10
	if tens != "" {
		d := numeral(tens)
		if d == 0 || d > 9 {
			return 0
		}
		n = d * 10
	}
	if ones != "" {
		d := numeral(ones)
		if d == 0 || d > 9 {
			return 0
		}
		n += d
	}
	return n
}

// figures stand at their value.
const figures = "零一二三四五六七八九"
