package demo

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// The nights of a random district: 181, 180 and 30 days before 30 June, that day,
// and the next, on which the new rules about tekun and minors are in force and the
// first two nights are out of the look-back.
var randomNights = []day{20201231, 20210101, 20210531, 20210630, 20210701}

// small is a random district of a few households. It shares its towns with
// others and nothing else: no number, no name, no household number.
type small struct {
	r       *rand.Rand
	numbers *numbers
	serial  int
	named   int
	towns   [2]string
	people  []*soul
	rosters // of the night that is being made
	whole   rosters
	nights  []night
}

// soul is one person of a random district.
type soul struct {
	who
	birth day
	male  bool

	labour, medical, pension, dibao, tekun string // as registered_poor has it in all rows
}

// newSmall makes a district that likes ties, blanks and values on and beside every
// boundary, and its nights, on each of which most of it stays as it was.
func newSmall(seed uint64, serial int, numbers *numbers) *small {
	s := &small{r: rand.New(rand.NewPCG(seed, uint64(serial))), numbers: numbers, serial: serial}
	at := serial % len(townNames)
	s.towns = [2]string{townNames[at].name, townNames[(at+1)%len(townNames)].name}
	for h := range 2 + s.r.IntN(5) {
		s.home(h)
	}
	for range s.r.IntN(3) {
		s.dibaoHome(s.towns[0], s.strangers(1+s.r.IntN(3)))
	}
	for _, p := range s.people {
		s.benefits(p)
	}
	s.twin()
	s.repeat()
	s.whole = s.rosters.clone()
	for _, on := range randomNights {
		if on != randomNights[0] {
			s.change(on)
		}
		s.nights = append(s.nights, night{on, s.rosters.clone()})
	}
	return s
}

func pick[T any](r *rand.Rand, from ...T) T { return from[r.IntN(len(from))] }

// in is true once in n times.
func (s *small) in(n int) bool { return s.r.IntN(n) == 0 }

// someNight is a day on which a run looks.
func (s *small) someNight() day { return pick(s.r, randomNights...) }

// beside is the day itself, the day before or the day after.
func (s *small) beside(d day) day { return dayOf(d.time().AddDate(0, 0, s.r.IntN(3)-1)) }

// near is the amount itself, one fen less or one fen more.
func (s *small) near(amount fen) fen { return amount + fen(s.r.IntN(3)-1) }

// Characters that names of random districts are made of.
var (
	randomSurnames = []rune("王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗")
	randomGiven    = []rune("伟强磊军洋勇杰涛明超刚平辉鹏华飞鑫波斌宇芳娜敏静丽艳娟霞秀燕")
)

func (s *small) name() string {
	n := s.serial*40 + s.named
	s.named++
	name := []rune{randomSurnames[n%20], randomGiven[n/20%30], randomGiven[n/600%30], randomGiven[n/18000%30]}
	return string(name)
}

func (s *small) stranger() *soul {
	born := s.beside(s.someNight())
	if s.in(3) {
		born = pick(s.r, day(20200831), 20200901)
	}
	born -= day(10000 * pick(s.r, 1, 6, 14, 15, 16, 17, 18, 24, 30, 45, 60, 70))
	if s.in(3) {
		born = birthAt(s.r, s.r.IntN(90), randomNights[0])
	}
	if born%10000 == 229 {
		born--
	}
	return s.bearing(s.name(), born, s.in(2), s.r.IntN(10))
}

func (s *small) bearing(name string, born day, male bool, region int) *soul {
	p := &soul{
		birth: born, male: male, labour: pick(s.r, "普通劳动力", "普通劳动力", "技能劳动力", "无劳动力", "丧失劳动力", ""),
		dibao: pick(s.r, "农村低保", "未享受", "未享受", "否", ""), tekun: pick(s.r, "是", "否", "否", "否", ""),
		medical: pick(s.r, "是", "是", "是", "否", ""), pension: pick(s.r, "是", "是", "否", ""),
	}
	p.town, p.village, p.name, p.id = s.towns[0], "东庄村", name, s.numbers.next(region, born, male)
	s.people = append(s.people, p)
	return p
}

func (s *small) strangers(n int) []*soul {
	var list []*soul
	for range n {
		list = append(list, s.stranger())
	}
	return list
}

// about is whom a row is about: now and then with another town or another name.
func (s *small) about(p *soul) who {
	w := p.who
	if s.in(30) {
		w.town = s.towns[1]
	}
	if s.in(40) {
		at := []rune(w.name)
		w.name = pick(s.r, w.name+"（外出）", string(at[:1])+"　"+string(at[1:]), string(at[:1])+"?"+string(at[2:]), string(at[:3])+"凯", string(at[:3]))
	}
	return w
}

// home registers a household of up to four, and often its dibao.
func (s *small) home(h int) {
	members := s.strangers(s.r.IntN(5))
	if len(s.people) > len(members) && s.in(15) {
		members = append(members, s.people[s.r.IntN(len(s.people)-len(members))])
	}
	no, town := fmt.Sprintf("%d%02d", 700000+s.serial, h), s.towns[0]
	if h > 0 && s.in(8) {
		no, town = fmt.Sprintf("%d00", 700000+s.serial), s.towns[1] // the first one's number, in another town
	}
	facts := s.homeFacts()
	for i, p := range members {
		p.town = town
		row := facts
		row.who, row.householdNo, row.personNo = s.about(p), no, fmt.Sprint(i+1)
		row.town = town
		if i > 0 && s.in(8) { // filled in for the head alone
			row.eliminated, row.income, row.houseSafe, row.waterSafe = "", blank, "", ""
			if s.in(3) {
				row.householdType, row.monitorType = "", ""
			}
		}
		s.person(&row, p, i)
		s.poor = append(s.poor, &row)
	}
	if len(members) > 0 && !s.in(3) {
		s.someDibao(town, members)
	}
}

func (s *small) homeFacts() poorRow {
	row := poorRow{
		householdType: pick(s.r, stable, stable, stable, unstable, "一般脱贫户", ""),
		eliminated:    pick(s.r, "是", "否", ""), houseSafe: pick(s.r, "是", "是", "是", "是", "否", ""), waterSafe: pick(s.r, "是", "是", "是", "是", "否", ""),
		income: pick(s.r, blank, 0, yuan(3000), s.near(yuan(5300)), s.near(yuan(6000)), yuan(7000), s.near(yuan(7950)), s.near(yuan(9000)),
			yuan(10000), s.near(yuan(12240)), yuan(20000)),
	}
	if kind := pick(s.r, "", "", unstable, marginal, sudden, stable); kind != "" {
		row.monitorType = kind
	} else if s.in(6) {
		row.householdType = general
	}
	return row
}

func (s *small) person(row *poorRow, p *soul, i int) {
	row.sex = map[bool]string{true: "男", false: "女"}[p.male != s.in(40)]
	row.relation = pick(s.r, "配偶", "之子", "之女", "之父", "之母", "之孙子", "之儿媳")
	if i == 0 && !s.in(20) || s.in(30) {
		row.relation = "户主"
	}
	row.status = pick(s.r, "正常", "正常", "正常", "正常", "正常", "正常", "", "自然减少")
	row.student, row.health = "", pick(s.r, "健康", "")
	row.labour, row.dibao, row.tekun, row.medical, row.pension = p.labour, p.dibao, p.tekun, p.medical, p.pension
}

// someDibao protects a household, or some of it, now and then with others.
func (s *small) someDibao(town string, members []*soul) {
	protected := slices.Clone(members)
	if s.in(2) {
		protected = protected[:1+s.r.IntN(len(protected))]
	}
	if s.in(8) {
		protected = append(protected, s.people[s.r.IntN(len(s.people))])
	}
	if s.in(10) {
		protected = append(protected, s.stranger())
	}
	s.dibaoHome(town, protected)
	if s.in(12) {
		s.dibaoHome(town, protected[:1])
	}
}

func (s *small) dibaoHome(town string, people []*soul) {
	n := len(people)
	facts := dibaoRow{
		householdNo: fmt.Sprintf("D%d%03d", 700000+s.serial, len(s.dibao)), headName: people[0].name, headID: people[0].id,
		category: pick(s.r, "农村", "农村", "农村", "城市", ""), tier: pick(s.r, "A", "B", "C", ""), covered: max(0, pick(s.r, 0, n, n, n, n+1, n-1)),
		income: pick(s.r, blank, blank, yuan(3000), yuan(5000), s.near(yuan(5300)), yuan(7000)-1, yuan(7000), yuan(7000)+1, s.near(yuan(8160)), yuan(10000)),
		start:  pick(s.r, day(0), 20190701, 20190701, 20201101, 20201201, 20210101, 20210401, 20210501, 20210601, 20210701),
		review: s.reviewed(), gradual: pick(s.r, day(0), 0, 0, 20201231, 20210531, 20210630, 20210731), single: pick(s.r, "是", "否", "否", ""),
	}
	facts.amount = s.paid(facts.tier, max(facts.covered, 1))
	for i, p := range people {
		row := facts
		row.who, row.town = s.about(p), town
		row.relation = pick(s.r, "配偶", "之子", "之女", "之父", "之母")
		if i == 0 {
			row.relation = pick(s.r, "本人", "户主")
		}
		if s.in(40) {
			row.relation = pick(s.r, "本人", "之子")
		}
		row.status = pick(s.r, "在保", "在保", "在保", "在保", "正常", "正常", "", "停保", "注销")
		s.dibao = append(s.dibao, &row)
	}
}

func (s *small) reviewed() day {
	if s.in(4) {
		return 0
	}
	return s.beside(s.someNight().monthsBefore(pick(s.r, 0, 1, 3, 6, 12)))
}

// paid is an amount on or beside a tenth off what the tier pays n persons.
func (s *small) paid(tier string, n int) fen {
	due := tierAmount[tier] * fen(n)
	return max(0, pick(s.r, due, due, due, s.near(due*11/10), s.near(due*9/10), blank, 0))
}

// benefits puts a person into the six other rosters, or not.
func (s *small) benefits(p *soul) {
	if s.in(9) {
		s.tekun = append(s.tekun, &tekunRow{
			who: s.about(p), mode: pick(s.r, "集中", "分散"), selfCare: pick(s.r, "全自理", "半护理", "全护理", ""),
			amount: pick(s.r, blank, fen(0), 57416, 57417, yuan(620)), care: pick(s.r, blank, 0, yuan(300)),
			start: pick(s.r, day(0), 20180901, 20201201, 20210501, 20210601), status: pick(s.r, "正常", "正常", "正常", "", "停发"),
		})
	}
	if s.in(4) {
		s.disabled(p)
	}
	for range pick(s.r, 0, 1, 1, 1, 2) {
		s.settlement(p)
	}
	if age := p.birth.age(20210630); age < 26 && !s.in(3) || s.in(40) {
		s.pupil(p)
	}
	if s.in(8) {
		row := &aidRow{who: s.about(p), date: s.beside(s.someNight() - day(10000*s.r.IntN(2))), amount: yuan(1000), reason: "因病"}
		if s.in(8) {
			row.date = 0
		}
		s.aid = append(s.aid, row)
	}
	if s.in(6) {
		s.checked(p)
	}
}

func (s *small) disabled(p *soul) {
	kind, grade := pick(s.r, disabilityKinds...), 1+s.r.IntN(4)
	row := &disabilityRow{
		who: s.about(p), kind: kind, grade: grade, cert: fmt.Sprintf("%s%d%d", p.id, disabilityCode(kind), grade),
		living: pick(s.r, "是", "否", "否", "", "66", "0"), nursing: pick(s.r, "是", "否", "否", "", "66", "0"),
		wanted: pick(s.r, "是", "否", ""), given: pick(s.r, "是", "否", "否", ""), status: pick(s.r, "正常", "正常", "正常", "正常", "", "注销", "过期"),
	}
	if s.in(30) {
		row.grade = 1 + row.grade%4
	}
	if s.in(20) {
		row.cert = ""
	}
	if s.in(25) {
		row.town = ""
	}
	s.disability = append(s.disability, row)
	if s.in(8) { // a re-issue
		again := *row
		if again.status = "正常"; again.cert != "" && !s.in(3) {
			again.cert += "B1"
		}
		s.disability = append(s.disability, &again)
	}
}

func (s *small) settlement(p *soul) {
	row := &medicalRow{
		who: s.about(p), insured: pick(s.r, "是", "是", "是", "是", "否", ""), premium: pick(s.r, "是", "280", "否", "", "0"), total: blank, reimbursed: blank,
		self: pick(s.r, blank, blank, 0, yuan(1000), s.near(yuan(1500)), yuan(4000), yuan(6000), s.near(yuan(10000))), aid: pick(s.r, blank, blank, 0, yuan(100)),
		serious: pick(s.r, "是", "否", "否", "否", "否", ""), period: "2021",
	}
	if s.in(10) {
		row.town = ""
	}
	if s.in(60) {
		row.sent, row.lost = pick(s.r, "待补", "无", " "), true
	}
	s.medical = append(s.medical, row)
}

func (s *small) pupil(p *soul) {
	row := &schoolRow{
		who: s.about(p), school: "区第一中学", ownership: pick(s.r, "公办", "公办", "公办", "民办", ""), stage: pick(s.r, "学前", "小学", "初中", "普高", "中职", "高职", "本科", "研究生", ""),
		enrolment: pick(s.r, "在校", "在校", "在校", "休学", "送教上门", "辍学", "毕业", "退学", ""), boarding: "否",
		cost: pick(s.r, blank, yuan(500), s.near(yuan(8000)), yuan(12000)), aidItem: pick(s.r, "", "", "国家助学金"), aid: pick(s.r, blank, blank, 0, yuan(500)),
	}
	if s.in(30) {
		row.school = ""
	}
	s.school = append(s.school, row)
	if s.in(15) {
		other := *row
		other.cost, other.aid, other.aidItem, other.ownership = yuan(9000), pick(s.r, blank, yuan(300)), "", pick(s.r, "公办", "民办")
		other.enrolment, other.stage = pick(s.r, "在校", "毕业"), pick(s.r, row.stage, "研究生", "本科")
		s.school = append(s.school, &other)
	}
}

// checked gives a person verification rows, dated on and beside the nights and
// the first of their months.
func (s *small) checked(p *soul) {
	items := []string{"死亡", "火化", "户籍注销", "车辆", "工商", "房产", "财政供养", "职工养老保险待遇", "公积金", "存款", "服刑", "在押", "户籍迁出", "婚姻", ""}
	for range 1 + s.r.IntN(2) {
		on := s.someNight()
		row := &verifyRow{who: p.who, item: pick(s.r, items...), amount: pick(s.r, blank, s.near(yuan(30000))), exempt: pick(s.r, "否", "否", "", "是")}
		row.date = pick(s.r, day(0), s.beside(on), s.beside(on/100*100+1), 20190505)
		row.town, row.village = "", ""
		s.verify = append(s.verify, row)
		if row.item == "房产" && s.in(2) {
			again := *row
			s.verify = append(s.verify, &again)
		}
	}
}

// twin puts somebody into the disability roster whose name, town and first
// fourteen digits are another's (Identity 5).
func (s *small) twin() {
	if !s.in(4) || len(s.people) == 0 {
		return
	}
	p := s.people[s.r.IntN(len(s.people))]
	twin := s.bearing(p.name, p.birth, p.male, digits(p.id[5:6]))
	twin.town = p.town
	s.disabled(twin)
}

// repeat writes a row twice.
func (s *small) repeat() {
	for _, k := range []int{poorRoster, dibaoRoster, tekunRoster, disability, medical, school} {
		if rows := s.of(k); len(rows) > 0 && s.in(12) {
			r := rows[s.r.IntN(len(rows))]
			s.put(k, r.values())
			s.sortHomes()
		}
	}
}

// sortHomes keeps a household's rows together, as rosters do.
func (s *small) sortHomes() {
	slices.SortStableFunc(s.poor, func(a, b *poorRow) int { return strings.Compare(a.home(), b.home()) })
	slices.SortStableFunc(s.dibao, func(a, b *dibaoRow) int { return strings.Compare(a.home(), b.home()) })
}
