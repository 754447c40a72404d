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

// aPeriod is a year, a month or both, as headers name them.
const aPeriod = `(?:20[0-9]{2}(?:年度?)?(?:[./-]?[0-9]{1,2}月份?)?|[0-9]{1,2}月份?)`

var (
	periodAlone  = regexp.MustCompile(`^` + aPeriod + `$`)
	periodBefore = regexp.MustCompile(`^` + aPeriod)
	periodBehind = regexp.MustCompile(aPeriod + `$`)
)

// undated is a folded header without the year or the month that it names: 2020年人均纯收入, or
// 家庭人均纯收入, 2020年, 金额 one under the other.
func undated(texts []string) (key string, dated bool) {
	for i, text := range texts {
		text = foldHeader(text)
		switch {
		case i > 0 && periodAlone.MatchString(text):
			dated = true
		case i > 0 && dated && text == "金额":
		default:
			key += text
		}
	}
	if !dated {
		bare := periodBefore.ReplaceAllString(key, "")
		if bare == key {
			bare = periodBehind.ReplaceAllString(key, "")
		}
		key, dated = bare, bare != key
	}
	return key, dated
}

// findDated looks up an amount's header without the year or month that it names. A year that stands
// in the same cell as a monthly amount may be that of a year's sum.
func (m *matcher) findDated(texts []string) (t target, key string, ok bool) {
	key, dated := undated(texts)
	if t, ok = m.headers[key]; !dated || !ok {
		return target{}, key, false
	}
	switch c := &m.kind.Columns[t.column]; {
	case c.Type == TypeIncome, c.Type == TypeMoney && (c.Per != "month" || len(texts) > 1):
		return t, key, true
	case c.Type == TypeMoney:
		return t, key, strings.Contains(foldHeader(texts[0]), "月")
	}
	return target{}, key, false
}

// withoutDated drops the headers with a year or month in their name where another names
// the column without.
func withoutDated(claims []claim) []claim {
	return slices.DeleteFunc(slices.Clone(claims), func(c claim) bool {
		return c.dated && slices.ContainsFunc(claims, func(other claim) bool { return other.column == c.column && !other.dated })
	})
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
