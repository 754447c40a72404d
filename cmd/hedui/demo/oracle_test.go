package demo

import (
	"maps"
	"slices"
	"strings"
)

// oracle is a second implementation of the rules, from their words alone and on
// clean rows: plain loops over structs, one small function a rule, no speed. It
// knows the rules that hedui has so far. Of DQ01 and DQ04 it knows what valid
// numbers owe (Identity 5): clean rows have no broken one.
type oracle struct {
	asOf  day
	now   rosters
	past  []rosters // earlier snapshots, all within the look-back
	found map[want]bool

	poorHomes  map[string][]*poorRow  // town|household_no → members in force, not 一般农户
	dibaoHomes map[string][]*dibaoRow // town|household_no → protected people in force
	homeOf     map[string]string      // person → poor household
	alike      map[string][]entry     // name|town|first fourteen digits → who says so
	people     map[string]*dossier
	gone       map[string]*dossier // people as the past had them
}

// entry is a valid number in a roster.
type entry struct {
	kind   int
	number string
}

// dossier is every row about one person.
type dossier struct {
	id string
	rosters
}

func consult(asOf day, now rosters, past ...rosters) map[want]bool {
	o := &oracle{asOf: asOf, now: now, past: past, found: map[want]bool{}, poorHomes: map[string][]*poorRow{},
		dibaoHomes: map[string][]*dibaoRow{}, homeOf: map[string]string{}, people: map[string]*dossier{}, gone: map[string]*dossier{}, alike: map[string][]entry{}}
	for k := range kindNames {
		for _, r := range o.now.of(k) {
			if w := r.whom(); w.sent == "" {
				o.alike[likeness(w)] = append(o.alike[likeness(w)], entry{k, w.id})
			}
		}
	}
	file(o.people, now)
	for _, p := range past {
		file(o.gone, p)
	}
	for _, r := range o.now.poor {
		if r.status == "正常" && o.typeOf(r) != general && !r.lost {
			key := r.town + "|" + r.householdNo
			if !slices.ContainsFunc(o.poorHomes[key], func(m *poorRow) bool { return m.id == r.id }) {
				o.poorHomes[key] = append(o.poorHomes[key], r)
			}
			o.homeOf[r.id] = key
		}
	}
	for _, r := range o.now.dibao {
		if r.status == "在保" && !r.lost {
			key := r.town + "|" + r.householdNo
			if !slices.ContainsFunc(o.dibaoHomes[key], func(m *dibaoRow) bool { return m.id == r.id }) {
				o.dibaoHomes[key] = append(o.dibaoHomes[key], r)
			}
		}
	}
	o.run()
	return o.found
}

func file(people map[string]*dossier, all rosters) {
	of := func(w who) *dossier {
		if w.lost {
			return &dossier{}
		}
		if people[w.id] == nil {
			people[w.id] = &dossier{id: w.id}
		}
		return people[w.id]
	}
	for _, r := range all.poor {
		d := of(r.who)
		d.poor = append(d.poor, r)
	}
	for _, r := range all.dibao {
		d := of(r.who)
		d.dibao = append(d.dibao, r)
	}
	for _, r := range all.tekun {
		d := of(r.who)
		d.tekun = append(d.tekun, r)
	}
	for _, r := range all.disability {
		d := of(r.who)
		d.disability = append(d.disability, r)
	}
	for _, r := range all.medical {
		d := of(r.who)
		d.medical = append(d.medical, r)
	}
	for _, r := range all.school {
		d := of(r.who)
		d.school = append(d.school, r)
	}
	for _, r := range all.aid {
		d := of(r.who)
		d.aid = append(d.aid, r)
	}
	for _, r := range all.verify {
		d := of(r.who)
		d.verify = append(d.verify, r)
	}
}

func (o *oracle) run() {
	personRules := map[string]func(*dossier) bool{
		"LB01": o.lb01, "LB02": o.lb02, "LB04": o.lb04, "CB01": o.cb01, "CB02": o.cb02, "CB03": o.cb03, "CB08": o.cb08, "CB09": o.cb09,
		"CT01": o.ct01, "CT02": o.ct02, "CT03": o.ct03, "BT01": o.bt01, "BT02": o.bt02, "BT04": o.bt04, "BT07": o.bt07, "BT08": o.bt08,
		"DQ02": o.dq02, "DQ03": o.dq03, "DQ04": o.dq04, "DQ05": o.dq05,
	}
	everybody := maps.Clone(o.people)
	for id := range o.gone {
		if everybody[id] == nil {
			everybody[id] = &dossier{id: id}
		}
	}
	for rule, holds := range personRules {
		for id, d := range everybody {
			if holds(d) {
				o.found[want{rule, id}] = true
			}
		}
	}
	for rule, holds := range map[string]func(string) bool{"LB03": o.lb03, "LB06": o.lb06, "JC03": o.jc03, "JC09": o.jc09} {
		for key := range o.poorHomes {
			if holds(key) {
				o.found[want{rule, key}] = true
			}
		}
	}
	for rule, holds := range map[string]func(string) bool{"CB04": o.cb04, "CB05": o.cb05} {
		for key := range o.dibaoHomes {
			if holds(key) {
				o.found[want{rule, key}] = true
			}
		}
	}
}

// The words of the rules.

var itemWords = map[string][]string{
	"death": {"死亡", "火化", "户籍注销"}, "vehicle": {"车辆", "机动车"}, "business": {"工商", "市场主体", "企业法人"}, "property": {"不动产", "房产"},
	"payroll": {"财政供养"}, "pension": {"养老金", "职工养老保险待遇"}, "housing_fund": {"公积金"}, "deposit": {"存款", "金融资产"},
	"custody": {"服刑", "在押"}, "moved": {"户籍迁出", "迁出"},
}

// rowsOf lists a person's verification rows of an item up to as_of, exempt or not.
func (o *oracle) rowsOf(d *dossier, item string) []*verifyRow {
	var out []*verifyRow
	for _, r := range d.verify {
		if slices.Contains(itemWords[item], r.item) && r.date <= o.asOf {
			out = append(out, r)
		}
	}
	return out
}

func (o *oracle) hits(d *dossier, item string) []*verifyRow {
	return slices.DeleteFunc(o.rowsOf(d, item), func(r *verifyRow) bool { return r.exempt == "是" })
}

func (o *oracle) living(d *dossier) bool {
	return len(o.rowsOf(d, "death")) == 0 && len(o.rowsOf(d, "moved")) == 0
}

func (o *oracle) typeOf(r *poorRow) string {
	if r.monitorType != "" {
		return r.monitorType
	}
	return r.householdType
}

func (o *oracle) isPoor(d *dossier) bool { return o.homeOf[d.id] != "" }

func inDibao(d *dossier) bool {
	return slices.ContainsFunc(d.dibao, func(r *dibaoRow) bool { return r.status == "在保" })
}

func inTekun(d *dossier) bool {
	return slices.ContainsFunc(d.tekun, func(r *tekunRow) bool { return r.status == "正常" })
}

func covered(d *dossier) bool { return inDibao(d) || inTekun(d) }

// members are the people of a poor household, the living ones only if asked.
func (o *oracle) members(home string, livingOnly bool) []*dossier {
	var out []*dossier
	for _, r := range o.poorHomes[home] {
		if d := o.people[r.id]; !livingOnly || o.living(d) {
			out = append(out, d)
		}
	}
	return out
}

func (o *oracle) possiblyCovered(d *dossier) bool {
	if covered(d) || !o.isPoor(d) {
		return false
	}
	for _, m := range o.members(o.homeOf[d.id], false) {
		for _, r := range m.dibao {
			if r.status == "在保" && r.covered > len(o.dibaoHomes[r.town+"|"+r.householdNo]) {
				return true
			}
		}
	}
	return false
}

func (o *oracle) monitored(home string) bool {
	return slices.Contains([]string{unstable, marginal, sudden}, o.typeOf(o.poorHomes[home][0]))
}

func (o *oracle) eliminated(home string) bool { return o.poorHomes[home][0].eliminated == "是" }

func (o *oracle) riskOpen(home string) bool { return o.monitored(home) && !o.eliminated(home) }

func (o *oracle) lowIncome(d *dossier) bool { return o.isPoor(d) || covered(d) }

func certificates(d *dossier) []*disabilityRow {
	var out []*disabilityRow
	for _, r := range d.disability {
		if r.status == "正常" {
			out = append(out, r)
		}
	}
	return out
}

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

func serious(d *dossier) bool {
	paid := fen(0)
	for _, r := range d.medical {
		if r.serious == "是" {
			return true
		}
		paid += max(0, r.self)
	}
	return paid >= yuan(10000)
}

func ageOf(id string, on day) int { return day(digits(id[6:14])).age(on) }

func digits(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

func (o *oracle) noLabour(d *dossier) bool {
	age := ageOf(d.id, o.asOf)
	return age >= 60 || age < 16 || severe(d) ||
		slices.ContainsFunc(d.poor, func(r *poorRow) bool { return r.labour == "丧失劳动力" || r.labour == "无劳动力" })
}

func enrolled(d *dossier) bool {
	return slices.ContainsFunc(d.school, func(r *schoolRow) bool { return !slices.Contains([]string{"辍学", "毕业", "退学"}, r.enrolment) })
}

func (o *oracle) schoolAge(d *dossier) bool {
	began := o.asOf.year()
	if o.asOf.month() < 9 {
		began--
	}
	age := ageOf(d.id, day(began*10000+831))
	return age >= 6 && age < 15
}

func (o *oracle) income(home string) fen { return o.poorHomes[home][0].income }

func (o *oracle) needy(d *dossier) bool {
	income := o.income(o.homeOf[d.id])
	return income == blank || income*2 < yuan(5300)*3
}

func (o *oracle) aided(people []*dossier) bool {
	for _, d := range people {
		for _, r := range d.aid {
			if r.date > o.asOf-10000 && r.date <= o.asOf {
				return true
			}
		}
	}
	return false
}

func (o *oracle) recent(d *dossier) bool {
	lately := func(start day) bool {
		return start != 0 && (o.asOf.year()-start.year())*12+o.asOf.month()-start.month() < 2
	}
	return slices.ContainsFunc(d.dibao, func(r *dibaoRow) bool { return r.status == "在保" && lately(r.start) }) ||
		slices.ContainsFunc(d.tekun, func(r *tekunRow) bool { return r.status == "正常" && lately(r.start) })
}

// anyCovered tells whether a living member is covered or possibly covered.
func (o *oracle) anyCovered(home string) bool {
	return slices.ContainsFunc(o.members(home, true), func(d *dossier) bool { return covered(d) || o.possiblyCovered(d) })
}

// 漏保

func (o *oracle) missed(d *dossier) bool {
	return o.living(d) && o.isPoor(d) && o.needy(d) && !covered(d) && !o.possiblyCovered(d)
}

func (o *oracle) lb01(d *dossier) bool { return o.missed(d) && severe(d) }
func (o *oracle) lb02(d *dossier) bool { return o.missed(d) && serious(d) && !severe(d) }

func (o *oracle) lb03(home string) bool {
	return len(o.members(home, true)) > 0 && o.riskOpen(home) && !o.anyCovered(home) && !o.aided(o.members(home, false))
}

func (o *oracle) lb04(d *dossier) bool {
	if !o.living(d) || !o.isPoor(d) || covered(d) || o.possiblyCovered(d) || o.lb01(d) || o.lb02(d) || len(o.hits(d, "custody")) > 0 {
		return false
	}
	if slices.ContainsFunc(d.school, func(r *schoolRow) bool { return r.stage == "研究生" && enrolled(d) }) {
		return false
	}
	for _, m := range o.members(o.homeOf[d.id], false) {
		if slices.ContainsFunc(m.dibao, func(r *dibaoRow) bool { return r.status == "在保" && r.single != "是" }) {
			return true
		}
	}
	return false
}

func (o *oracle) lb06(home string) bool {
	income := o.income(home)
	return len(o.members(home, true)) > 0 && income != blank && income < yuan(5300) && !o.anyCovered(home) && !o.lb03(home)
}

// 错保

func (o *oracle) cb01(d *dossier) bool { return inDibao(d) && inTekun(d) }

func (o *oracle) cb02(d *dossier) bool {
	homes := map[string]bool{}
	for _, r := range d.dibao {
		if r.status == "在保" {
			homes[r.town+"|"+r.householdNo] = true
		}
	}
	return len(homes) >= 2
}

func (o *oracle) cb03(d *dossier) bool {
	return covered(d) && slices.ContainsFunc(o.rowsOf(d, "death"), func(r *verifyRow) bool { return r.date < o.asOf/100*100+1 })
}

func (o *oracle) cb04(home string) bool {
	for _, r := range o.dibaoHomes[home] {
		d := o.people[r.id]
		for _, item := range []string{"vehicle", "business", "payroll", "pension", "housing_fund"} {
			if len(o.hits(d, item)) > 0 {
				return true
			}
		}
		if len(o.hits(d, "property")) >= 2 || slices.ContainsFunc(o.hits(d, "deposit"), func(r *verifyRow) bool { return r.amount >= yuan(30000) }) {
			return true
		}
	}
	return false
}

func (o *oracle) cb05(home string) bool {
	r := o.dibaoHomes[home][0]
	line := yuan(5300)
	if r.category == "城市" {
		line = yuan(8160)
	}
	return r.income > line && r.gradual < o.asOf
}

func paid(d *dossier, of func(*disabilityRow) string) bool {
	return slices.ContainsFunc(d.disability, func(r *disabilityRow) bool { return of(r) == "是" })
}

func living(r *disabilityRow) string  { return r.living }
func nursing(r *disabilityRow) string { return r.nursing }

func (o *oracle) cb08(d *dossier) bool {
	inMarginal := o.isPoor(d) && o.typeOf(o.poorHomes[o.homeOf[d.id]][0]) == marginal
	return paid(d, living) && (inTekun(d) || len(certificates(d)) == 0 || !inDibao(d) && !inMarginal)
}

func (o *oracle) cb09(d *dossier) bool {
	return paid(d, nursing) && (inTekun(d) || !nursingEligible(d))
}

// 错退

func (o *oracle) exit(d *dossier) bool {
	before := o.gone[d.id]
	return before != nil && covered(before) && !covered(d) && o.living(d) && len(o.hits(d, "custody")) == 0
}

func (o *oracle) ct01(d *dossier) bool { return o.exit(d) && o.isPoor(d) && o.riskOpen(o.homeOf[d.id]) }
func (o *oracle) ct02(d *dossier) bool { return o.exit(d) && (severe(d) || serious(d)) && !o.ct01(d) }

func (o *oracle) ct03(d *dossier) bool {
	return o.exit(d) && o.isPoor(d) && !o.ct01(d) && !o.ct02(d) && o.income(o.homeOf[d.id]) != blank && o.income(o.homeOf[d.id]) < yuan(5300)
}

// 补贴未落实

func (o *oracle) bt01(d *dossier) bool {
	return o.living(d) && nursingEligible(d) && !inTekun(d) && !paid(d, nursing)
}

func (o *oracle) bt02(d *dossier) bool {
	return o.living(d) && len(certificates(d)) > 0 && inDibao(d) && !inTekun(d) && !o.recent(d) && !paid(d, living)
}

func (o *oracle) bt04(d *dossier) bool {
	if !o.living(d) || !o.lowIncome(d) {
		return false
	}
	insured := slices.ContainsFunc(d.medical, func(r *medicalRow) bool { return r.insured == "是" })
	if insured {
		return false
	}
	return len(d.medical) > 0 || slices.ContainsFunc(d.poor, func(r *poorRow) bool { return r.medical == "否" })
}

func (o *oracle) bt07(d *dossier) bool {
	if !o.living(d) || !o.lowIncome(d) && len(certificates(d)) == 0 {
		return false
	}
	here := false
	for _, r := range d.school {
		if (r.enrolment == "在校" || r.enrolment == "送教上门") && r.stage != "研究生" {
			if here = true; r.aid > 0 || r.aidItem != "" {
				return false
			}
		}
	}
	return here
}

func (o *oracle) bt08(d *dossier) bool {
	return o.living(d) && o.schoolAge(d) && o.lowIncome(d) && !enrolled(d)
}

// 防贫监测

func (o *oracle) jc03(home string) bool {
	incomes := map[string]fen{}
	for _, d := range o.members(home, false) {
		for _, r := range d.dibao {
			if r.status == "在保" {
				incomes[r.town+"|"+r.householdNo] = r.income
			}
		}
	}
	mine := o.income(home)
	if len(incomes) != 1 || mine == blank {
		return false
	}
	for _, theirs := range incomes {
		return theirs != blank && (max(mine, theirs)-min(mine, theirs))*10 > max(mine, theirs)*3
	}
	return false
}

func (o *oracle) jc09(home string) bool {
	people := o.members(home, true)
	if len(people) == 0 || !o.monitored(home) || !o.eliminated(home) {
		return false
	}
	row, income := o.poorHomes[home][0], o.income(home)
	idle := !slices.ContainsFunc(people, func(d *dossier) bool { return !o.noLabour(d) })
	return idle || income != blank && income < yuan(6000) || row.houseSafe == "否" || row.waterSafe == "否"
}

// 数据质量

func (o *oracle) dq02(d *dossier) bool {
	certs := map[string]int{}
	for _, r := range d.disability {
		if certs[r.cert]++; certs[r.cert] > 1 {
			return true
		}
	}
	return len(d.poor) > 1 || len(d.tekun) > 1 || len(d.school) > 1
}

func (o *oracle) dq03(d *dossier) bool {
	names := map[string]bool{}
	for k := range kindNames {
		for _, r := range d.of(k) {
			names[foldName(r.whom().name)] = true
		}
	}
	for a := range names {
		for b := range names {
			if !sameName([]rune(a), []rune(b)) {
				return true
			}
		}
	}
	return false
}

func foldName(s string) string {
	if i := strings.IndexAny(s, "（("); i >= 0 {
		s = s[:i]
	}
	return strings.NewReplacer(" ", "", "　", "", "·", "", "•", "", "・", "", "．", "", ".", "").Replace(s)
}

func sameName(a, b []rune) bool {
	unreadable := func(r rune) bool { return r == '?' || r == '△' || r >= 0xe000 && r <= 0xf8ff }
	return slices.EqualFunc(a, b, func(x, y rune) bool { return x == y || unreadable(x) || unreadable(y) })
}

func likeness(w *who) string { return foldName(w.name) + "|" + w.town + "|" + w.id[:14] }

// dq04 is Identity 5: the number stands in one roster alone, and exactly one
// other, in another roster under the same name and town, agrees in the first
// fourteen digits. (Two valid numbers are never one edit apart.)
func (o *oracle) dq04(d *dossier) bool {
	kinds, likenesses := map[int]bool{}, map[string]bool{}
	for k := range kindNames {
		for _, r := range d.of(k) {
			if w := r.whom(); w.sent == "" && w.town != "" {
				kinds[k], likenesses[likeness(w)] = true, true
			}
		}
	}
	if len(kinds) != 1 || len(likenesses) != 1 {
		return false
	}
	others := map[string]bool{}
	for l := range likenesses {
		for _, e := range o.alike[l] {
			if e.number != d.id && !kinds[e.kind] {
				others[e.number] = true
			}
		}
	}
	return len(others) == 1
}

func (o *oracle) dq05(d *dossier) bool {
	const verification = 7
	towns := map[string]bool{}
	for k := range kindNames {
		if k == school || k == medical || k == verification {
			continue
		}
		for _, r := range d.of(k) {
			towns[r.whom().town] = true
		}
	}
	return len(towns) > 1
}
