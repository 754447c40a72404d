package roster

import (
	"regexp"
	"strings"

	"hedui/sources/table"
)

// finish computes the derived columns of the row and what one column takes from
// another.
func (s *sheetRun) finish(cells []table.Cell) {
	rec, at := &s.rec, s.matcher.kind.at
	if name := rec.vals[at.name]; name.set {
		key := NameKey(name.s)
		rec.vals[at.nameKey] = value{set: key != "", s: key}
	}
	rec.vals[at.idRaw] = value{set: rec.id.raw != "", s: rec.id.raw}
	rec.vals[at.idNumber] = value{set: rec.id.Clean != "", s: rec.id.Clean}
	rec.vals[at.idState] = value{set: true, s: string(rec.id.State)}
	if at.inForce >= 0 {
		s.finishInForce(cells)
	} else {
		s.finishListed()
	}
	if at.incomeMonthly >= 0 && s.layout.has(at.income) {
		v := value{set: true}
		if rec.vals[at.income].s == monthly {
			v.n = 1
		}
		rec.vals[at.incomeMonthly] = v
	}
	switch {
	case at.poorType >= 0:
		s.finishPoor()
	case at.headName >= 0:
		s.finishDibao()
	case at.certNo >= 0:
		s.finishDisability()
	case at.stage >= 0:
		s.finishSchool()
	}
}

// finishPoor tells the household's type: by monitor_type where it names one, else by
// household_type.
func (s *sheetRun) finishPoor() {
	rec, at := &s.rec, s.matcher.kind.at
	lex := s.folder.columns[at.poorType].lexicon
	for _, i := range []int{at.monitorType, at.householdType} {
		v := rec.vals[i]
		if !v.set || i == at.monitorType && unmonitored(v.s) {
			continue
		}
		if to, ok := lex.fold(v.s); ok {
			rec.vals[at.poorType] = value{set: true, s: to}
			return
		}
		if rec.filled[i] {
			s.fault(at.poorType, s.layout.sources[i][0].header, v.s)
		}
	}
}

// unmonitored says that a monitor_type names none.
func unmonitored(text string) bool {
	switch dropRemarks(text) {
	case "无", "否", "0", "非监测对象", "非监测户", "不是", "未监测", "不属于", "未纳入":
		return true
	}
	return false
}

// finishDibao gives the household a number where the roster has none: the head's ID
// number, else the row's own. One that nobody can read (1.30802E+15) may be another row's too.
func (s *sheetRun) finishDibao() {
	rec, at := &s.rec, s.matcher.kind.at
	if rec.vals[at.householdNo].set {
		return
	}
	switch {
	case rec.vals[at.headID].set:
		rec.vals[at.householdNo] = rec.vals[at.headID]
	case s.layout.open.headID != "":
		rec.vals[at.householdNo] = value{set: true, s: s.layout.open.headID}
	case !rec.id.missing() && !rec.filled[at.householdNo]:
		rec.vals[at.householdNo] = headValue(rec.id)
	}
}

// finishDisability completes type and grade from the certificate's number; where a
// column says otherwise the column stands.
func (s *sheetRun) finishDisability() {
	rec, at := &s.rec, s.matcher.kind.at
	cert, ok := parseCertificate(rec.vals[at.certNo].s)
	if !ok {
		return
	}
	kind, grade := value{set: true, s: cert.kind}, value{set: true, n: cert.grade}
	rec.vals[at.certType], rec.vals[at.certGrade] = kind, grade
	if !rec.filled[at.disabilityType] {
		rec.vals[at.disabilityType] = kind
	}
	if !rec.filled[at.grade] {
		rec.vals[at.grade] = grade
	}
}

// refute keeps a row that was looked up and came to nothing (车辆 | 未发现) from being a hit:
// its item is no known one, and says why.
func (s *sheetRun) refute(cells []table.Cell) {
	item, detail := s.matcher.kind.at.item, s.matcher.kind.at.detail
	said := compact(cellText(cells, s.layout.at(detail)))
	result := strings.Contains(s.layout.headerOf(detail), "结果") // elsewhere 无 says that there is no more to tell
	if v := &s.rec.vals[item]; v.set {
		text := compact(cellText(cells, s.layout.at(item)))
		switch no := refuted[v.s]; {
		case notFound.MatchString(said), result && notSo.MatchString(said), no != nil && no.MatchString(said),
			v.s == "death" && strings.Contains(text, "注销") && notCancelled.MatchString(said): // the dead may still be registered
			v.s = "未发现：" + text
		case result && (doubted(said) || notTheirs.MatchString(said)):
			v.s = "结果存疑：" + text
			s.faultFor(detail, s.layout.headerOf(detail), said, "核对结果存疑，没有采用")
		}
	}
}

// refuted are the results by which an item is not so, or is so no more.
var refuted = func() map[string]*regexp.Regexp {
	gone := regexp.MustCompile(`^(?:车辆?|机动车|房[屋产]|企业|公司|(?:营业)?执照|登记)?已被?(?:报废|过户|出售|卖|转让|注销|拆除)`)
	return map[string]*regexp.Regexp{
		"death":   regexp.MustCompile(`^(?:经[^,]*,)?(?:本人|该人)?(?:未死亡|(?:确|仍|现|尚|目前)*(?:健在|在世|存活))|本人(?:确|仍|现|尚|目前)*(?:健在|在世|存活)|^已?恢复|户[籍口]已?恢复|恢复户[籍口]`),
		"custody": regexp.MustCompile(`刑满|释放|出狱|假释|缓刑|(?:未|不|没有?)(?:在押|服刑)`),
		"moved":   regexp.MustCompile(`^(?:未|没有?)迁|迁回`),
		"vehicle": gone, "property": gone, "business": gone,
	}
}()

// A search without a result, and the answer no to whether there was one.
var (
	notFound     = regexp.MustCompile(`^(经核[查对],?)?((未|没有?)(发现|查到|查询到|查出|查见|检索到|核查到|核对到|核对出)|(查无|无)(此人|此项|信息|记录|数据|相关(信息|记录|数据)?|登记(信息|记录))$)`)
	notCancelled = regexp.MustCompile(`^(?:户[籍口])?(?:未|没有?)注销`)
	notTheirs    = regexp.MustCompile(`不属实|不符|非本人|不是本人|同名`)
	notSo        = regexp.MustCompile(`^(无|否|没有|0[套辆处户元个]?|×|X|不存在|无异常|未发现异常|健在|在世)$`)
)

// finishSchool takes the stage from the grade where the stage is blank or unknown.
func (s *sheetRun) finishSchool() {
	rec, at := &s.rec, s.matcher.kind.at
	if rec.vals[at.stage].set || !rec.vals[at.schoolGrade].set {
		return
	}
	grade := rec.vals[at.schoolGrade].s
	if to, ok := s.folder.columns[at.stage].lexicon.fold(grade); ok {
		rec.vals[at.stage] = value{set: true, s: to}
	} else if !rec.filled[at.stage] {
		s.fault(at.stage, s.layout.sources[at.schoolGrade][0].header, grade)
	}
}
