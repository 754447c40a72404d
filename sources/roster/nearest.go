package roster

import (
	"fmt"
	"strings"
)

// nearest tells, of the headers that no column claims, which comes close to a header
// of the column: “身份证号吗”最接近“身份证号码”. It is empty where none does: with more than a
// third of an alias's characters wrong, likeness is chance.
func (m *matcher) nearest(column int, unmatched []string) string {
	c := &m.kind.Columns[column]
	best, told := 0, ""
	for _, header := range unmatched {
		folded := []rune(foldHeader(header))
		for _, alias := range append([]string{c.Label}, c.Aliases...) {
			as := []rune(foldHeader(alias))
			d := distance(folded, as)
			if d*3 > len(as) {
				continue
			}
			d *= 2
			if len(folded) != len(as) {
				d++ // a wrong character is likelier than one too many or missing
			}
			if told == "" || d < best {
				best, told = d, fmt.Sprintf("“%s”最接近“%s”", header, alias)
			}
		}
	}
	return told
}

// nearestOf tells it of a missing column and of those that may stand in for it.
func (m *matcher) nearestOf(c *Column, unmatched []string) string {
	var told []string
	for _, name := range append([]string{c.Name}, c.Instead...) {
		if text := m.nearest(m.kind.column(name), unmatched); text != "" {
			told = append(told, text)
		}
	}
	return strings.Join(told, "、")
}

// distance counts the characters to insert, drop or change to make a of b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := diagonal
			if x != y {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
