package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// person is one synthetic person.
type person struct {
	id, name, relation string
	male               bool
	birth              day
	unlisted           bool // gets no medical_aid row by itself
	unschooled         bool // gets no school row by itself
}

func (p *person) age() int { return p.birth.age(juneDay) }

func (p *person) sex() string {
	if p.male {
		return "男"
	}
	return "女"
}

// want is a finding that hedui must have on 10 June: its rule and its subject,
// an ID number or town|household_no.
type want struct{ rule, subject string }

// family is people under one roof, with their rows of both months.
type family struct {
	district *district
	r        *rand.Rand
	serial   uint64 // in the district, from 1
	town     *town
	village  string
	label    string // of the case; "" for an ordinary family
	people   []*person
	may      rosters
	june     rosters
	before   func(may *rosters) // how May differed
	wants    []want
	intact   bool // no damage may be thrown at its ID numbers
	poorNo   string
}

// add puts a person of that age on 10 June into the family. The relation tells
// the sex where it can; a child takes the head's surname.
func (f *family) add(relation string, age int) *person {
	return f.born(relation, birthAt(f.r, age, juneDay))
}

func (f *family) born(relation string, birth day) *person {
	p := &person{relation: relation, birth: birth}
	switch relation {
	case "之子", "之父", "之孙子":
		p.male = true
	case "之女", "之母", "之孙女", "之儿媳":
	case "配偶":
		p.male = len(f.people) > 0 && !f.people[0].male
	default:
		p.male = f.r.IntN(4) > 0
	}
	surname := ""
	switch relation {
	case "之子", "之女", "之父", "之孙子", "之孙女":
		surname = surnameOf(f.people[0].name)
	}
	for {
		p.name = newName(f.r, p.male, surname)
		if !f.has(p.name) {
			break
		}
	}
	p.id = f.district.numbers.next(f.town.region(f.r), birth, p.male)
	f.people = append(f.people, p)
	return p
}

func (f *family) has(name string) bool {
	for _, p := range f.people {
		if p.name == name {
			return true
		}
	}
	return false
}

// couple is a head of 40 to 54 and a spouse, both able to work.
func (f *family) couple() (head, spouse *person) {
	age := 40 + f.r.IntN(15)
	return f.add("户主", age), f.add("配偶", age-2)
}

func (f *family) who(p *person) who {
	return who{town: f.town.name, village: f.village, name: p.name, id: p.id}
}

// The types of registered_poor as its roster writes them.
const (
	stable   = "稳定脱贫户"
	unstable = "脱贫不稳定户"
	marginal = "边缘易致贫户"
	sudden   = "突发严重困难户"
	general  = "一般农户"
)

// poor registers people as one household of a type with an income a head and a
// year (blank: unknown). A monitored household's risk is open.
func (f *family) poor(kind string, income fen, people ...*person) []*poorRow {
	f.poorNo = f.town.nextPoor()
	for i, p := range people {
		row := &poorRow{
			who: f.who(p), householdNo: f.poorNo, personNo: fmt.Sprintf("%s%02d", f.poorNo, i+1),
			sex: p.sex(), relation: p.relation, income: income, status: "正常",
			health: "健康", labour: labourAt(p.age()),
			medical: "是", pension: pensionAt(p.age()), houseSafe: "是", waterSafe: "是",
		}
		row.householdType, row.monitorType = kind, ""
		switch kind {
		case unstable:
			row.monitorType, row.eliminated = unstable, "否"
		case marginal, sudden:
			row.householdType, row.monitorType, row.eliminated = general, kind, "否"
		}
		f.june.poor = append(f.june.poor, row)
	}
	return f.june.poor
}

func labourAt(age int) string {
	if age < 16 || age >= 60 {
		return "无劳动力"
	}
	return "普通劳动力"
}

func pensionAt(age int) string {
	if age < 16 {
		return ""
	}
	return "是"
}

// dibao protects people as one household, the first its head: tier C, everybody
// declared and listed, income not stated, long since begun, lately reviewed.
func (f *family) dibao(people ...*person) []*dibaoRow {
	no := f.town.nextDibao()
	var rows []*dibaoRow
	for i, p := range people {
		relation := p.relation
		if i == 0 {
			relation = "本人"
		}
		rows = append(rows, &dibaoRow{
			who: f.who(p), householdNo: no, headName: people[0].name, headID: people[0].id, relation: relation,
			category: "农村", tier: "C", covered: len(people), amount: yuan(240 * len(people)), income: blank,
			start: 20190701, review: 20210415, single: "否", status: "在保",
		})
	}
	f.june.dibao = append(f.june.dibao, rows...)
	return rows
}

// alone protects one person as a household of one (单人户施保).
func (f *family) alone(p *person) *dibaoRow {
	row := f.dibao(p)[0]
	row.single = "是"
	return row
}

// tekun supports one person: scattered, able to look after himself.
func (f *family) tekun(p *person) *tekunRow {
	row := &tekunRow{who: f.who(p), mode: "分散", selfCare: "全自理", amount: yuan(620), care: blank, start: 20180901, status: "正常"}
	f.june.tekun = append(f.june.tekun, row)
	return row
}

var disabilityKinds = []string{"视力", "听力", "言语", "肢体", "智力", "精神", "多重"}

func disabilityCode(kind string) int {
	for i, k := range disabilityKinds {
		if k == kind {
			return i + 1
		}
	}
	panic("demo: no disability type " + kind)
}

// disabled gives a certificate in force; its nursing subsidy is paid where due
// (types as in nursing_types, grades 1 and 2), its living subsidy is not.
func (f *family) disabled(p *person, kind string, grade int) *disabilityRow {
	row := &disabilityRow{
		who: f.who(p), cert: fmt.Sprintf("%s%d%d", p.id, disabilityCode(kind), grade), kind: kind, grade: grade,
		living: "否", nursing: "否", wanted: "否", given: "否", status: "正常",
	}
	if grade <= 2 && kind != "听力" && kind != "言语" {
		row.nursing = "是"
	}
	f.june.disability = append(f.june.disability, row)
	return row
}

// medical lists a person as insured, with a small bill now and then.
func (f *family) medical(p *person) *medicalRow {
	row := &medicalRow{
		who: f.who(p), insured: "是", total: blank, reimbursed: blank, self: blank, aid: blank,
		serious: "否", period: "2021",
	}
	if f.r.IntN(5) == 0 {
		total := yuan(200 + 10*f.r.IntN(150))
		row.total, row.reimbursed, row.self = total, total*6/10, total*4/10
		row.disease = []string{"感冒", "高血压", "骨折", "肺炎", "胃炎"}[f.r.IntN(5)]
	}
	f.june.medical = append(f.june.medical, row)
	return row
}

// bill gives a person a settlement: paid by himself, and the aid for it.
func (f *family) bill(p *person, self, aid fen) *medicalRow {
	row := f.medical(p)
	row.total, row.reimbursed, row.self, row.aid = self*3, self*2, self, aid
	row.disease = "脑梗死"
	return row
}

// school lists a pupil at the stage of his age, without aid.
func (f *family) school(p *person) *schoolRow {
	row := &schoolRow{who: f.who(p), ownership: "公办", enrolment: "在校", boarding: "否", cost: blank, aid: blank}
	age := p.birth.age(20200831)
	switch {
	case age < 6:
		row.stage, row.grade, row.school = "学前", "大班", f.town.short+"中心幼儿园"
	case age < 12:
		row.stage, row.grade, row.school = "小学", string([]rune("一二三四五六")[age-6])+"年级", f.town.short+"中心小学"
	case age < 15:
		row.stage, row.grade, row.school = "初中", string([]rune("七八九")[age-12])+"年级", f.town.short+"初级中学"
	case age < 18:
		row.stage, row.grade, row.school = "普高", "高"+string([]rune("一二三")[age-15]), "区第一中学"
	case age < 22:
		row.stage, row.grade, row.school = "本科", "大"+string([]rune("一二三四")[age-18]), "省理工学院"
	default:
		row.stage, row.grade, row.school = "研究生", "研一", "省理工学院"
	}
	if age >= 15 {
		row.boarding, row.cost = "是", yuan(4000)
	}
	f.june.school = append(f.june.school, row)
	return row
}

// aidedPupil is a pupil who receives what is due to poor pupils.
func (f *family) aidedPupil(p *person) *schoolRow {
	row := f.school(p)
	row.aidItem, row.aid = "家庭经济困难学生生活补助", yuan(625)
	return row
}

func (f *family) aid(p *person, date day) *aidRow {
	row := &aidRow{who: f.who(p), date: date, amount: yuan(2000), reason: "因病"}
	f.june.aid = append(f.june.aid, row)
	return row
}

// hit is a verification row; its item is written as registers write it.
func (f *family) hit(p *person, item string, date day) *verifyRow {
	row := &verifyRow{who: f.who(p), item: item, amount: blank, date: date, exempt: "否"}
	row.town, row.village = "", ""
	f.june.verify = append(f.june.verify, row)
	return row
}

// must says that hedui has to name these people for the rule on 10 June.
func (f *family) must(rule string, people ...*person) {
	for _, p := range people {
		f.wants = append(f.wants, want{rule, p.id})
	}
}

// mustPoor says the same of the family's poor household.
func (f *family) mustPoor(rule string) {
	f.wants = append(f.wants, want{rule, f.town.name + "|" + f.poorNo})
}

// mustRow says it of one of June's rows.
func (f *family) mustRow(rule string, r row) {
	for k, kind := range kindNames {
		if slices.Contains(f.june.of(k), r) {
			f.wants = append(f.wants, want{rule, kind + "|" + r.whom().id})
		}
	}
}

func (f *family) mustDibao(rule string, row *dibaoRow) {
	f.wants = append(f.wants, want{rule, row.town + "|" + row.householdNo})
}

// finish gives everybody the rows that nobody thought of, and makes May.
func (f *family) finish() {
	insured, schooled := map[string]bool{}, map[string]bool{}
	for _, r := range f.june.medical {
		insured[r.id] = true
	}
	for _, r := range f.june.school {
		schooled[r.id] = true
	}
	low := len(f.june.poor)+len(f.june.dibao)+len(f.june.tekun)+len(f.june.disability) > 0
	for _, p := range f.people {
		if !insured[p.id] && !p.unlisted && (f.label != "" || f.r.IntN(20) > 0) {
			f.medical(p)
		}
		if age := p.birth.age(20200831); !schooled[p.id] && !p.unschooled && age >= 6 && age < 15 {
			if low {
				f.aidedPupil(p)
			} else {
				f.school(p)
			}
		}
	}
	f.may = f.june.clone()
	if f.before != nil {
		f.before(&f.may)
	}
	f.may.flag()
	f.june.flag()
}

// flag writes into registered_poor and medical_aid what the other rosters say,
// where a case has not written something else.
func (r *rosters) flag() {
	dibao, tekun := map[string]bool{}, map[string]bool{}
	for _, d := range r.dibao {
		if d.status == "在保" {
			dibao[d.id] = true
		}
	}
	for _, t := range r.tekun {
		tekun[t.id] = t.status == "正常"
	}
	for _, p := range r.poor {
		if p.dibao == "" {
			p.dibao = map[bool]string{true: "农村低保", false: "未享受"}[dibao[p.id]]
		}
		if p.tekun == "" {
			p.tekun = map[bool]string{true: "是", false: "否"}[tekun[p.id]]
		}
	}
	for _, m := range r.medical {
		if m.premium == "" {
			m.premium = map[bool]string{true: "是", false: "否"}[(dibao[m.id] || tekun[m.id]) && m.insured == "是"]
		}
	}
}
