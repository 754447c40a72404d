package roster

import (
	"regexp"
	"slices"
	"strings"
)

// A sheet may hold a column twice: as it was before a change and as it is after, or of one year
// and of the next. What is after, and the latest, is taken.

var (
	afterChange  = regexp.MustCompile(`^(?:调整后|变更后|变动后|提标后|现)`)
	beforeChange = regexp.MustCompile(`^(?:调整前|变更前|变动前|提标前|[原旧]|上[年月期季]|上一[年期]|去年|往年)`)
	namedMonth   = regexp.MustCompile(`(20[0-9]{2})(?:年度?)?(?:[./-]?([0-9]{1,2})月)?|([0-9]{1,2})月`)
)

// turnOf reads what a header, its groups and its remarks say of a change.
func turnOf(texts []string) int {
	for _, text := range texts {
		bare, remarks := cutRemarks(compact(text))
		for _, part := range append(strings.Split(remarks, ","), bare) {
			switch {
			case afterChange.MatchString(part):
				return 1
			case beforeChange.MatchString(part):
				return -1
			}
		}
	}
	return 0
}

// monthOf is the month or the year that a header names, 0 where it names none.
func monthOf(raw string) int {
	n := namedMonth.FindStringSubmatch(raw)
	if n == nil {
		return 0
	}
	return atoi(n[1])*100 + atoi(n[2]) + atoi(n[3])
}

// current parts the claims of one column that speak of what is from those that speak of what
// was. The configuration knows better.
func current(claims []claim) (now, was []claim) {
	if len(claims) < 2 || slices.ContainsFunc(claims, func(c claim) bool { return c.strength == byConfig }) {
		return claims, nil
	}
	turn := slices.MaxFunc(claims, func(a, b claim) int { return a.turn - b.turn }).turn
	month := 0
	for _, c := range claims {
		if c.turn == turn {
			month = max(month, c.month)
		}
	}
	for _, c := range claims {
		if c.turn < turn || c.month > 0 && c.month < month {
			was = append(was, c)
		} else {
			now = append(now, c)
		}
	}
	return now, was
}
