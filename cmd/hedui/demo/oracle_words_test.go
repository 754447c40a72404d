package demo

import (
	"slices"
	"time"
)

// The words of rules.md, as plainly as it says them.

var itemWords = map[string][]string{
	"death": {"死亡", "火化", "户籍注销"}, "vehicle": {"车辆", "机动车"}, "business": {"工商", "市场主体", "企业法人"}, "property": {"不动产", "房产"},
	"payroll": {"财政供养"}, "pension": {"养老金", "职工养老保险待遇"}, "housing_fund": {"公积金"}, "deposit": {"存款", "金融资产"},
	"custody": {"服刑", "在押"}, "moved": {"户籍迁出", "迁出"},
}

// out tells whether a status takes a row out of force.
func out(status string) bool {
	return slices.Contains([]string{"自然减少", "停保", "停发", "注销", "冻结", "过期"}, status)
}

// yes reads a cell of yes or no; a sum paid is a yes, and so is what is received.
func yes(cell string) bool { return !slices.Contains([]string{"", "否", "0", "未享受"}, cell) }

// Places in kindNames, beside those that damage knows.
const (
	poorRoster   = 0
	dibaoRoster  = 1
	tekunRoster  = 2
	aidRoster    = 6
	verifyRoster = 7
)

// monthsBefore is the same day of an earlier month, or that month's last day.
func (d day) monthsBefore(months int) day {
	month := d.year()*12 + d.month() - 1 - months
	year, of := month/12, month%12+1
	last := time.Date(year, time.Month(of)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return day(year*10000 + of*100 + min(d.of(), last))
}

func (d day) daysBefore(days int) day { return dayOf(d.time().AddDate(0, 0, -days)) }

func dayOf(t time.Time) day { return day(t.Year()*10000 + int(t.Month())*100 + t.Day()) }

// rowsOf lists a person's verification rows of an item up to as_of, exempt or not.
func (v *view) rowsOf(d *dossier, item string) []*verifyRow {
	var list []*verifyRow
	for _, r := range d.verify {
		if slices.Contains(itemWords[item], r.item) && r.date <= v.on {
			list = append(list, r)
		}
	}
	return list
}

func (v *view) hits(d *dossier, item string) []*verifyRow {
	return slices.DeleteFunc(v.rowsOf(d, item), func(r *verifyRow) bool { return r.exempt == "是" })
}

func (v *view) dead(d *dossier) bool { return len(v.rowsOf(d, "death")) > 0 }

func (v *view) living(d *dossier) bool { return !v.dead(d) && len(v.rowsOf(d, "moved")) == 0 }

// deadBeforeMonth: before the first day of as_of's month, or nobody knows when.
func (v *view) deadBeforeMonth(d *dossier) bool {
	died := day(0)
	for _, r := range v.rowsOf(d, "death") {
		if died == 0 || r.date != 0 && r.date < died {
			died = r.date
		}
	}
	return v.dead(d) && died < v.on/100*100+1
}

func (v *view) inCustody(d *dossier) bool { return len(v.hits(d, "custody")) > 0 }

func typeOf(r *poorRow) string {
	if r.monitorType != "" {
		return r.monitorType
	}
	return r.householdType
}

var monitoredTypes = []string{unstable, marginal, sudden}

// isStable: the words for households that are out of poverty.
func isStable(kind string) bool { return kind == stable || kind == "一般脱贫户" }

// typeOfHome is a monitored type where a row has one, else the first that is stated.
func (v *view) typeOfHome(home string) string {
	stated := ""
	for _, r := range v.typed(home) {
		switch kind := typeOf(r); {
		case slices.Contains(monitoredTypes, kind):
			return kind
		case stated == "" && kind != general:
			stated = kind
		}
	}
	return stated
}

// typed lists the rows in force that state a type, or where none does, those struck off.
func (v *view) typed(home string) []*poorRow {
	for _, rows := range [][]*poorRow{v.poorHomes[home], v.struckOff[home]} {
		rows = slices.DeleteFunc(headFirst(rows), func(r *poorRow) bool { return typeOf(r) == "" })
		if len(rows) > 0 {
			return rows
		}
	}
	return nil
}

// heads lists a poor household's rows, the head's first.
func (v *view) heads(home string) []*poorRow { return headFirst(v.poorHomes[home]) }

// telling lists whose rows may tell a household's facts: after all others those struck off.
func (v *view) telling(home string) []*poorRow {
	return append(v.heads(home), headFirst(v.struckOff[home])...)
}

func headFirst(rows []*poorRow) []*poorRow {
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b *poorRow) int { return place(a) - place(b) })
	return rows
}

func place(r *poorRow) int {
	if r.relation == "户主" {
		return 0
	}
	return 1
}

func (v *view) isPoor(d *dossier) bool { return v.homeOf[d.id] != "" }

// urgency ranks the households of somebody who stands in several.
func (v *view) urgency(home string) int {
	switch {
	case v.riskOpen(home):
		return 2
	case v.monitored(home):
		return 1
	}
	return 0
}

// homes are the poor households that somebody stands in.
func (v *view) homes(d *dossier) []string {
	var list []string
	for _, r := range poorRows(d) {
		if v.poorHomes[r.home()] != nil && !slices.Contains(list, r.home()) {
			list = append(list, r.home())
		}
	}
	return list
}

func dibaoRows(d *dossier) []*dibaoRow {
	return slices.DeleteFunc(slices.Clone(d.dibao), func(r *dibaoRow) bool { return out(r.status) })
}

func tekunRows(d *dossier) []*tekunRow {
	return slices.DeleteFunc(slices.Clone(d.tekun), func(r *tekunRow) bool { return out(r.status) })
}

func poorRows(d *dossier) []*poorRow {
	return slices.DeleteFunc(slices.Clone(d.poor), func(r *poorRow) bool { return out(r.status) })
}

func certificates(d *dossier) []*disabilityRow {
	return slices.DeleteFunc(slices.Clone(d.disability), func(r *disabilityRow) bool { return out(r.status) })
}

func inDibao(d *dossier) bool { return len(dibaoRows(d)) > 0 }
func inTekun(d *dossier) bool { return len(tekunRows(d)) > 0 }
func covered(d *dossier) bool { return inDibao(d) || inTekun(d) }

// members are the people of a poor household, each once.
func (v *view) members(home string) []*dossier {
	var list []*dossier
	for _, r := range v.poorHomes[home] {
		if d := v.people[r.id]; !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

func (v *view) livingMembers(home string) []*dossier {
	return slices.DeleteFunc(v.members(home), func(d *dossier) bool { return !v.living(d) })
}

// listed are the people of a dibao household, each once.
func (v *view) listed(home string) []*dossier {
	var list []*dossier
	for _, r := range v.dibaoHomes[home] {
		if d := v.people[r.id]; !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return list
}

func some(people []*dossier, holds func(*dossier) bool) bool {
	return slices.ContainsFunc(people, holds)
}

func every(people []*dossier, holds func(*dossier) bool) bool {
	return !slices.ContainsFunc(people, func(d *dossier) bool { return !holds(d) })
}

// homesOf are all poor households that list somebody: some stand in two.
func (v *view) homesOf(d *dossier) []string {
	var homes []string
	for home, rows := range v.poorHomes {
		if slices.ContainsFunc(rows, func(r *poorRow) bool { return r.id == d.id && !r.lost }) {
			homes = append(homes, home)
		}
	}
	return homes
}

func (v *view) possiblyCovered(d *dossier) bool {
	return !covered(d) && slices.ContainsFunc(v.homesOf(d), func(home string) bool { return v.underAHead(d, home) })
}

func (v *view) underAHead(d *dossier, home string) bool {
	headsOnly := func(r *dibaoRow) bool {
		listed := 0 // also as struck off, but for the dead and who moved away
		for _, d := range v.people {
			if slices.ContainsFunc(d.dibao, func(other *dibaoRow) bool { return other.home() == r.home() && (!out(other.status) || v.living(d)) }) {
				listed++
			}
		}
		return r.covered > listed
	}
	homes := map[string]bool{}
	for _, m := range v.members(home) {
		for _, r := range dibaoRows(m) {
			if headsOnly(r) {
				homes[r.home()] = true
			}
		}
	}
	for _, r := range d.dibao { // of whichever lists the person as struck off the person is no unlisted member
		if out(r.status) {
			delete(homes, r.home())
		}
	}
	return len(homes) > 0
}

func (v *view) monitored(home string) bool {
	return slices.Contains(monitoredTypes, v.typeOfHome(home))
}

// eliminated: as the row says that tells the household's type.
func (v *view) eliminated(home string) bool {
	rows := v.typed(home)
	if i := slices.IndexFunc(rows, func(r *poorRow) bool { return slices.Contains(monitoredTypes, typeOf(r)) }); i > 0 {
		rows = rows[i:]
	}
	return len(rows) > 0 && rows[0].eliminated == "是"
}

func (v *view) riskOpen(home string) bool { return v.monitored(home) && !v.eliminated(home) }

func (v *view) lowIncome(d *dossier) bool { return v.isPoor(d) || covered(d) }

func severe(d *dossier) bool {
	return slices.ContainsFunc(certificates(d), func(r *disabilityRow) bool {
		return r.grade <= 2 || r.grade == 3 && (r.kind == "智力" || r.kind == "精神")
	})
}

func nursingEligible(d *dossier) bool {
	return slices.ContainsFunc(certificates(d), func(r *disabilityRow) bool {
		return r.grade <= 2 && slices.Contains([]string{"视力", "肢体", "智力", "精神", "多重"}, r.kind)
	})
}

// The day from which 民发〔2021〕43号 is in force.
const newTekunRules = day(20210701)

func (v *view) tekunDisability(d *dossier) bool {
	return slices.ContainsFunc(certificates(d), func(r *disabilityRow) bool {
		mind := r.kind == "智力" || r.kind == "精神"
		if v.on < newTekunRules {
			return mind && r.grade <= 2 || r.kind == "肢体" && r.grade == 1
		}
		return mind && r.grade <= 3 || r.kind == "肢体" && r.grade <= 2 || r.kind == "视力" && r.grade == 1
	})
}

func (v *view) minorAge() int {
	if v.on < newTekunRules {
		return 16
	}
	return 18
}

// selfPay is summed over settlements, and so is the aid for them.
func selfPay(d *dossier) fen {
	sum := fen(0)
	for _, r := range d.medical {
		sum += max(0, r.self)
	}
	return sum
}

func medicalAid(d *dossier) fen {
	sum := fen(0)
	for _, r := range d.medical {
		sum += max(0, r.aid)
	}
	return sum
}

func serious(d *dossier) bool {
	return slices.ContainsFunc(d.medical, func(r *medicalRow) bool { return r.serious == "是" }) || selfPay(d) >= yuan(10000)
}

func ageOf(id string, on day) int { return born(id).age(on) }

func born(id string) day { return day(digits(id[6:14])) }

func digits(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

func (v *view) age(d *dossier) int { return ageOf(d.id, v.on) }

func (v *view) noLabour(d *dossier) bool {
	return v.age(d) >= 60 || v.age(d) < 16 || severe(d) ||
		slices.ContainsFunc(poorRows(d), func(r *poorRow) bool { return r.labour == "丧失劳动力" || r.labour == "无劳动力" })
}

func attends(r *schoolRow) bool {
	return !slices.Contains([]string{"辍学", "毕业", "退学"}, r.enrolment)
}

func enrolled(d *dossier) bool { return slices.ContainsFunc(d.school, attends) }

// enrolledIn tells whether a person is enrolled in one of the stages.
func enrolledIn(d *dossier, stages ...string) bool {
	return slices.ContainsFunc(d.school, func(r *schoolRow) bool { return attends(r) && slices.Contains(stages, r.stage) })
}

func (v *view) schoolAge(d *dossier) bool {
	began := v.on.year()
	if v.on.month() < 9 {
		began--
	}
	age := ageOf(d.id, day(began*10000+831))
	return age >= 6 && age < 15
}

// income of a poor household: the head's row has it, or the first that does.
func (v *view) income(home string) fen {
	for _, r := range v.telling(home) {
		if r.income != blank {
			return r.income
		}
	}
	return blank
}

// unsafe tells whether the household's house or its water is not safe.
func (v *view) unsafe(home string) bool {
	said := func(cell func(*poorRow) string) string {
		for _, r := range v.telling(home) {
			if cell(r) != "" {
				return cell(r)
			}
		}
		return ""
	}
	return said(func(r *poorRow) string { return r.houseSafe }) == "否" || said(func(r *poorRow) string { return r.waterSafe }) == "否"
}

func (v *view) needy(d *dossier) bool {
	home, standard := v.homeOf[d.id], yuan(5300)
	if some(v.members(home), func(m *dossier) bool {
		return slices.ContainsFunc(dibaoRows(m), func(r *dibaoRow) bool { return r.category == "城市" })
	}) {
		standard = yuan(8160)
	}
	income := v.income(home)
	return income == blank || income*2 < standard*3
}

// aided tells whether the person or anybody of its poor households was.
func (v *view) aided(d *dossier) bool {
	return v.gotAid(d) || slices.ContainsFunc(v.homesOf(d), func(home string) bool { return some(v.members(home), v.gotAid) })
}

// gotAid: aid of a day that nobody wrote down may have been given within the year.
func (v *view) gotAid(d *dossier) bool {
	return slices.ContainsFunc(d.aid, func(r *aidRow) bool { return r.date == 0 || r.date >= v.on.monthsBefore(12) && r.date <= v.on })
}

// lately tells whether a benefit that began in that month may not be paid yet.
func (v *view) lately(start day) bool {
	return start != 0 && (v.on.year()-start.year())*12+v.on.month()-start.month() < 2
}

func (v *view) recent(d *dossier) bool {
	return slices.ContainsFunc(dibaoRows(d), func(r *dibaoRow) bool { return v.lately(r.start) }) ||
		slices.ContainsFunc(tekunRows(d), func(r *tekunRow) bool { return v.lately(r.start) })
}

// anyCovered tells whether a living member is covered or possibly covered.
func (v *view) anyCovered(home string) bool {
	return some(v.livingMembers(home), func(d *dossier) bool { return covered(d) || v.possiblyCovered(d) })
}

// tierAmount is yuan a month and a person.
var tierAmount = map[string]fen{"A": yuan(442), "B": yuan(330), "C": yuan(240)}

// lookBack picks the earlier nights that rules look at.
func (o *oracle) lookBack() {
	for _, p := range slices.Backward(o.past) {
		if p.on >= o.on.daysBefore(180) && p.on < o.on {
			o.lookback = append(o.lookback, p)
		}
		for k := range kindNames {
			if o.before[k] == nil && !sameRows(p.of(k), o.of(k)) {
				o.before[k] = p
			}
		}
	}
}

func sameRows(a, b []row) bool {
	texts := func(rows []row) [][]string {
		list := make([][]string, len(rows))
		for i, r := range rows {
			list[i] = r.values()
		}
		slices.SortFunc(list, slices.Compare)
		return list
	}
	return slices.EqualFunc(texts(a), texts(b), slices.Equal)
}
