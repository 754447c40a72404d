package roster

import (
	"regexp"
	"slices"
	"strings"
)

// Old rosters write a household as one row: its members in repeated columns (成员1姓名,
// 成员1身份证号, …), or as lists in one cell (张三、李四). Such a row gives one canonical row
// a person, all with its row number; every other row gives one.

// seat is the place of one member in such a row: which cells feed the member's own
// columns. All other columns are the household's.
type seat [][]source // by column of the kind

// memberColumns are those that each member has for himself.
func (at places) memberColumns() []int {
	return slices.DeleteFunc([]int{at.name, at.idNumber, at.relation, at.sex, at.birthDate}, func(c int) bool { return c < 0 })
}

var (
	seatNumber  = regexp.MustCompile(`^(.*?)[_.#第-]?([0-9]{1,2})[_.#号-]?([^0-9]*)$`)
	seatNumeral = regexp.MustCompile(`^(.*(?:成员|人员|人口))([一二三四五六七八九十]{1,2})(.*)$`)
	inBrackets  = regexp.MustCompile(`\(([0-9]{1,2})\)`)
)

// findMember looks up a header of a member's column, most often a numbered one:
// 其他家庭成员姓名3, 成员3身份证号, 成员三/姓名, 与户主关系(3).
func (m *matcher) findMember(texts []string) (t target, key string, number int, ok bool) {
	if m.kind.at.householdNo < 0 {
		return target{}, "", 0, false
	}
	joined := compact(strings.Join(texts, ""))
	if strings.Contains(joined, "成员") && !strings.ContainsAny(joined, "0123456789一二三四五六七八九十") {
		key = foldHeader(joined) // 其他家庭成员姓名: a list of them
		t, ok = m.memberHeader(key)
		return t, key, 0, ok && m.kind.at.headName >= 0
	}
	key = foldHeader(inBrackets.ReplaceAllString(joined, "$1"))
	var base string
	if parts := seatNumber.FindStringSubmatch(key); parts != nil {
		base, number = parts[1]+parts[3], atoi(parts[2])
	} else if parts := seatNumeral.FindStringSubmatch(key); parts != nil {
		base, number = parts[1]+parts[3], numeral(parts[2])
	}
	if number == 0 {
		return target{}, "", 0, false
	}
	t, ok = m.memberHeader(base)
	return t, key, number, ok
}

// memberHeader looks up a member's header without its number.
func (m *matcher) memberHeader(base string) (target, bool) {
	for {
		if t, ok := m.headers[base]; ok {
			return t, slices.Contains(m.kind.at.memberColumns(), t.column)
		}
		if base == "成员" || base == "人口" {
			return target{column: m.kind.at.name}, true
		}
		bare := base
		for _, word := range []string{"其他", "其它", "共同生活", "的", "家庭", "成员"} {
			if rest, cut := strings.CutPrefix(base, word); cut {
				bare = rest
				break
			}
		}
		if bare == base {
			return target{}, false
		}
		base = bare
	}
}

// others says that a header speaks of the household without its head.
func others(folded string) bool {
	return strings.Contains(folded, "其他") || strings.Contains(folded, "其它")
}

// assign tells whose an ambiguous claim is, in a kind whose households have a head: a
// number that follows the head's name is the head's, names and numbers that alternate
// are the members', and a plain name beside the other members' is the head's.
func (m *matcher) assign(claims []claim) []claim {
	at := m.kind.at
	claims = slices.Clone(claims)
	m.seatUnnumbered(claims)
	if at.headName < 0 {
		return claims
	}
	m.headBesideOthers(claims)
	of := func(column int) []int {
		var found []int
		for i, c := range claims {
			if c.column == column && c.seat == 0 {
				found = append(found, i)
			}
		}
		return found
	}
	heads, names, numbers := of(at.headName), of(at.name), of(at.idNumber)
	if len(heads) == 0 || len(names) == 0 {
		return claims
	}
	if head := claims[heads[0]].cell; len(of(at.headID)) == 0 && len(numbers) == len(names)+1 &&
		claims[numbers[0]].cell > head && (claims[names[0]].cell < head || claims[numbers[0]].cell < claims[names[0]].cell) {
		claims[numbers[0]].column = at.headID
		numbers = numbers[1:]
	}
	if len(names) > 1 && alternate(claims, names, numbers) {
		m.seatInTurn(claims, names)
	}
	return claims
}

// seatUnnumbered gives an ID number, relation, sex or date of birth without a number to the member
// among whose numbered columns it stands: 姓名1, 与户主关系, 身份证号1. Where one stands before or behind
// each member's, it is that member's, and one before all of them the head's; what else stands behind a
// member is nobody's for sure, and least of all the head's.
func (m *matcher) seatUnnumbered(claims []claim) {
	at := m.kind.at
	members := at.memberColumns()
	seats := make(map[int]bool)
	for _, c := range claims {
		if c.seat > 0 && c.column == at.name {
			seats[c.seat] = true
		}
	}
	if len(seats) == 0 {
		return
	}
	for _, column := range []int{at.idNumber, at.relation, at.sex, at.birthDate} {
		var loose, before, behind []int // claims, and the seats beside them
		for i, c := range claims {
			if c.column != column || c.seat > 0 {
				continue
			}
			last, next := 0, 0
			for _, other := range claims[:i] {
				if slices.Contains(members, other.column) && other.column != column {
					last = other.seat
				}
			}
			if i+1 < len(claims) && claims[i+1].column == at.name {
				next = claims[i+1].seat
			}
			loose, before, behind = append(loose, i), append(before, next), append(behind, last)
		}
		switch {
		case len(seats) > 1 && seatsAll(before, seats):
			behind = before
		case seatsAll(behind, seats):
		case len(behind) > 0 && behind[0] == 0 && seatsAll(behind[1:], seats):
		default:
			for n, i := range loose {
				claims[i].left = behind[n] > 0
			}
			continue
		}
		for n, i := range loose {
			claims[i].seat = behind[n]
		}
	}
}

// seatsAll says that each of the seats is named once.
func seatsAll(named []int, seats map[int]bool) bool {
	once := make(map[int]bool)
	for _, seat := range named {
		once[seat] = true
	}
	return len(named) == len(seats) && len(once) == len(seats) && !once[0]
}

// headBesideOthers: beside 其他家庭成员姓名 a plain 姓名 is the head's.
func (m *matcher) headBesideOthers(claims []claim) {
	at := m.kind.at
	claimed := func(column int) bool {
		return slices.ContainsFunc(claims, func(c claim) bool { return c.column == column })
	}
	if !slices.ContainsFunc(claims, func(c claim) bool { return c.column == at.name && (others(c.folded) || c.seat > 0) }) {
		return
	}
	for own, heads := range map[int]int{at.name: at.headName, at.idNumber: at.headID} {
		if claimed(heads) {
			continue
		}
		for i := range claims {
			if c := &claims[i]; c.column == own && c.seat == 0 && !others(c.folded) {
				c.column = heads
			}
		}
	}
}

// alternate says that the claims stand as name, number, name, number ….
func alternate(claims []claim, names, numbers []int) bool {
	if len(names) != len(numbers) {
		return false
	}
	for i := range names {
		number := claims[numbers[i]].cell
		if number < claims[names[i]].cell || i+1 < len(names) && number > claims[names[i+1]].cell {
			return false
		}
	}
	return true
}

// seatInTurn numbers repeated columns: from each name to the next they are one member's.
func (m *matcher) seatInTurn(claims []claim, names []int) {
	member := m.kind.at.memberColumns()
	for i := range claims {
		c := &claims[i]
		if c.seat > 0 || !slices.Contains(member, c.column) {
			continue
		}
		for n, name := range names {
			if c.cell >= claims[name].cell {
				c.seat = n + 1
			}
		}
	}
}

// seats settles the claims of numbered columns, by number. A number without a name
// seats nobody.
func (m *matcher) seats(l *layout, claims []claim, used map[int]bool) {
	numbers := make(map[int][]claim)
	for _, c := range claims {
		if c.seat > 0 {
			numbers[c.seat] = append(numbers[c.seat], c)
		}
	}
	order := make([]int, 0, len(numbers))
	for n, mine := range numbers {
		if slices.ContainsFunc(mine, func(c claim) bool { return c.column == m.kind.at.name }) {
			order = append(order, n)
		}
	}
	slices.Sort(order)
	for _, n := range order {
		s := make(seat, len(m.kind.Columns))
		for _, c := range numbers[n] {
			used[c.cell] = true
			if len(s[c.column]) > 0 {
				l.repeated = append(l.repeated, c.header)
				continue
			}
			s[c.column] = []source{{claim: c}}
			name := m.kind.Columns[c.column].Name
			if l.matched[name] != "" {
				l.matched[name] += "、"
			}
			l.matched[name] += c.header
		}
		l.seats = append(l.seats, s)
	}
}

// seatHead finds the row's own person beside the seats: the head. Without columns of
// its own that is whoever sits first.
func (m *matcher) seatHead(l *layout) {
	at := m.kind.at
	if len(l.seats) == 0 {
		return
	}
	l.household = true
	if !l.has(at.name) && !l.has(at.headName) {
		for _, c := range at.memberColumns() {
			if len(l.sources[c]) == 0 {
				l.sources[c] = l.seats[0][c]
			}
		}
		l.seats = l.seats[1:]
	}
	if at.headName < 0 || l.has(at.headName) {
		return
	}
	for own, heads := range map[int]int{at.name: at.headName, at.idNumber: at.headID} {
		if l.has(own) && !l.has(heads) {
			c := l.sources[own][0].claim
			l.sources[heads] = []source{{claim: c}}
			l.matched[m.kind.Columns[heads].Name] = c.header
		}
	}
}
