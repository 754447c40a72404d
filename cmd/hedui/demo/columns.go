package demo

import "strconv"

// form tells what a column holds, and so how departments vary it.
type form uint8

const (
	plain  form = iota // as it is
	idForm             // an ID number
	nameForm
	townForm
	yesForm
	payForm  // yes or no, where departments write the sum paid
	riskForm // 风险是否消除
	moneyForm
	dayForm
	monthForm
	untilForm // a month whose last day counts: never written as a day
	tierForm
	gradeForm
	disabilityForm
	careForm
	itemForm
	stageForm
	unsafeForm // 住房是否安全, which an alias asks the other way round
)

// column is one column of a kind: its own header first, then others in use.
type column struct {
	headers []string
	form    form
	group   string // the heading over it in a two-row header
	once    bool   // stands only on a household's first row where cells are merged
}

func col(form form, group string, headers ...string) column {
	return column{headers: headers, form: form, group: group}
}

func (c column) merged() column { c.once = true; return c }

// kind is one of the eight rosters as its department keeps it.
type kind struct {
	title   string // over the table
	office  string // the sender
	columns []column
}

// The groups of two-row headers.
const (
	aboutHome = "家庭信息"
	aboutSelf = "人员信息"
	aboutAid  = "享受政策情况"
)

var kinds = []kind{
	{"建档立卡及防返贫监测对象名册", "区扶贫办", []column{
		col(townForm, aboutHome, "镇", "乡(镇)", "乡镇").merged(),
		col(plain, aboutHome, "村", "行政村", "村(居)").merged(),
		col(plain, aboutHome, "户编号", "户号", "家庭编号").merged(),
		col(plain, aboutSelf, "人编号", "人员编号"),
		col(nameForm, aboutSelf, "姓名", "成员姓名"),
		col(idForm, aboutSelf, "身份证号", "证件号码", "公民身份号码"),
		col(plain, aboutSelf, "性别"),
		col(plain, aboutSelf, "与户主关系", "与户主之关系"),
		col(plain, aboutHome, "户类型", "户属性", "脱贫户属性"),
		col(plain, aboutHome, "监测对象类别", "监测对象类型"),
		col(plain, aboutHome, "人员状态", "增减情况"),
		col(riskForm, aboutHome, "风险是否消除", "风险是否已消除"),
		col(plain, aboutSelf, "在校生状况", "在校生情况"),
		col(plain, aboutSelf, "健康状况", "身体状况"),
		col(plain, aboutSelf, "劳动技能", "劳动能力"),
		col(moneyForm, aboutHome, "家庭人均纯收入", "年人均纯收入", "人均纯收入(元)"),
		col(yesForm, aboutAid, "享受低保政策情况", "是否享受农村居民最低生活保障"),
		col(yesForm, aboutAid, "享受特困供养政策情况", "是否特困供养人员"),
		col(yesForm, aboutAid, "是否参加城乡居民基本医疗保险", "是否参加医保"),
		col(yesForm, aboutAid, "是否参加城乡居民基本养老保险", "是否参加养老保险"),
		col(unsafeForm, aboutAid, "住房是否安全", "是否危房户"),
		col(yesForm, aboutAid, "是否解决安全饮用水", "饮水是否安全"),
	}},
	{"城乡最低生活保障对象花名册", "区社会事务管理局", []column{
		col(townForm, aboutHome, "镇", "所在镇").merged(),
		col(plain, aboutHome, "村", "村委会").merged(),
		col(plain, aboutHome, "低保证号", "低保证编号").merged(),
		col(nameForm, aboutHome, "户主姓名", "申请人姓名").merged(),
		col(plain, aboutHome, "户主身份证号", "申请人身份证号").merged(),
		col(nameForm, aboutSelf, "姓名", "保障对象姓名", "家庭成员姓名"),
		col(idForm, aboutSelf, "身份证号", "身份证号码", "身份证件号码"),
		col(plain, aboutSelf, "与户主关系", "与申请人关系"),
		col(plain, aboutAid, "低保类别", "城乡类别"),
		col(tierForm, aboutAid, "档次", "保障档次", "享受类别"),
		col(plain, aboutAid, "享受人数", "保障人口数"),
		col(moneyForm, aboutAid, "月保障金", "月保障金额", "户月保障金"),
		col(moneyForm, aboutAid, "家庭年人均收入"),
		col(monthForm, aboutAid, "享受起始年月", "纳入时间"),
		col(dayForm, aboutAid, "最近复核时间", "复核时间"),
		col(untilForm, aboutAid, "渐退期截止", "渐退期至"),
		col(yesForm, aboutAid, "是否单人户", "单人户施保"),
		col(plain, aboutAid, "状态", "保障状态"),
		col(plain, aboutAid, "停保原因"),
	}},
	{"特困人员供养花名册", "区社会事务管理局", []column{
		col(townForm, aboutSelf, "镇", "乡镇"),
		col(plain, aboutSelf, "村", "行政村"),
		col(nameForm, aboutSelf, "姓名"),
		col(idForm, aboutSelf, "身份证号", "身份证号码"),
		col(plain, aboutAid, "供养方式", "供养类型"),
		col(careForm, aboutAid, "自理能力", "生活自理能力"),
		col(moneyForm, aboutAid, "月供养金", "基本生活标准"),
		col(moneyForm, aboutAid, "照料护理费", "照料护理标准"),
		col(monthForm, aboutAid, "享受起始年月"),
		col(plain, aboutAid, "状态"),
	}},
	{"持证残疾人名册", "区残联", []column{
		col(townForm, aboutSelf, "镇", "乡镇街道"),
		col(plain, aboutSelf, "村", "村(居)"),
		col(nameForm, aboutSelf, "姓名"),
		col(idForm, aboutSelf, "身份证号", "公民身份号码"),
		col(plain, aboutSelf, "残疾证号", "残疾人证号"),
		col(disabilityForm, aboutSelf, "残疾类别", "残疾类型"),
		col(gradeForm, aboutSelf, "残疾等级", "等级"),
		col(payForm, aboutAid, "困难残疾人生活补贴", "生活补贴"),
		col(payForm, aboutAid, "重度残疾人护理补贴", "护理补贴"),
		col(yesForm, aboutAid, "是否有托养需求", "托养需求"),
		col(yesForm, aboutAid, "是否提供托养", "是否落实托养"),
		col(plain, aboutAid, "证件状态"),
	}},
	{"城乡居民参保和救助情况", "区医疗保障局", []column{
		col(townForm, aboutSelf, "镇", "乡镇"),
		col(plain, aboutSelf, "村", "行政村"),
		col(nameForm, aboutSelf, "姓名", "人员姓名"),
		col(idForm, aboutSelf, "身份证号", "证件号码", "公民身份号码"),
		col(yesForm, aboutAid, "是否参保", "参保状态"),
		col(yesForm, aboutAid, "是否资助参保", "参保资助"),
		col(moneyForm, aboutAid, "医疗总费用", "总费用"),
		col(moneyForm, aboutAid, "报销金额", "统筹支付"),
		col(moneyForm, aboutAid, "个人自付", "个人负担", "自付金额"),
		col(moneyForm, aboutAid, "医疗救助金额", "救助金额"),
		col(plain, aboutAid, "病种", "疾病名称"),
		col(yesForm, aboutAid, "是否重特大疾病", "是否大病"),
		col(plain, aboutAid, "年度", "结算年度"),
	}},
	{"在校学生和资助名册", "区教育局", []column{
		col(townForm, aboutSelf, "户籍镇", "家庭所在镇"),
		col(plain, aboutSelf, "村", "行政村"),
		col(nameForm, aboutSelf, "姓名"),
		col(idForm, aboutSelf, "身份证号", "身份证件号码"),
		col(plain, aboutSelf, "学校", "就读学校"),
		col(plain, aboutSelf, "办学性质", "学校性质"),
		col(stageForm, aboutSelf, "学段", "就读学段"),
		col(plain, aboutSelf, "年级", "班级"),
		col(plain, aboutSelf, "就读状态", "学籍状态"),
		col(yesForm, aboutSelf, "是否寄宿"),
		col(moneyForm, aboutAid, "年度费用", "学杂住宿费"),
		col(plain, aboutAid, "资助项目", "资助名称"),
		col(moneyForm, aboutAid, "资助金额", "年度资助金额"),
	}},
	{"临时救助发放名册", "区社会事务管理局", []column{
		col(townForm, aboutSelf, "镇", "乡镇"),
		col(plain, aboutSelf, "村", "行政村"),
		col(nameForm, aboutSelf, "姓名"),
		col(idForm, aboutSelf, "身份证号", "身份证号码"),
		col(dayForm, aboutAid, "救助日期"),
		col(moneyForm, aboutAid, "救助金额"),
		col(plain, aboutAid, "救助原因"),
	}},
	{"居民家庭经济状况核对结果", "区核对中心", []column{
		col(nameForm, aboutSelf, "姓名"),
		col(idForm, aboutSelf, "身份证号", "身份证号码"),
		col(itemForm, aboutAid, "核对项目"),
		col(plain, aboutAid, "核对详情"),
		col(moneyForm, aboutAid, "金额"),
		col(dayForm, aboutAid, "发生日期"),
		col(yesForm, aboutAid, "是否豁免"),
	}},
}

// number is the text in a row's ID cell.
func (w *who) number() string {
	if w.sent != "" {
		return w.sent
	}
	return w.id
}

func (r *poorRow) values() []string {
	return []string{r.town, r.village, r.householdNo, r.personNo, r.name, r.number(), r.sex, r.relation, r.householdType, r.monitorType,
		r.status, r.eliminated, r.student, r.health, r.labour, r.income.String(), r.dibao, r.tekun, r.medical, r.pension, r.houseSafe, r.waterSafe}
}

func (r *dibaoRow) values() []string {
	return []string{r.town, r.village, r.householdNo, r.headName, r.headID, r.name, r.number(), r.relation, r.category, r.tier, count(r.covered),
		r.amount.String(), r.income.String(), r.start.monthText(), r.review.String(), r.gradual.monthText(), r.single, r.status, r.exitReason}
}

func (r *tekunRow) values() []string {
	return []string{r.town, r.village, r.name, r.number(), r.mode, r.selfCare, r.amount.String(), r.care.String(), r.start.monthText(), r.status}
}

func (r *disabilityRow) values() []string {
	return []string{r.town, r.village, r.name, r.number(), r.cert, r.kind, strconv.Itoa(r.grade), r.living, r.nursing, r.wanted, r.given, r.status}
}

func (r *medicalRow) values() []string {
	return []string{r.town, r.village, r.name, r.number(), r.insured, r.premium, r.total.String(), r.reimbursed.String(), r.self.String(),
		r.aid.String(), r.disease, r.serious, r.period}
}

func (r *schoolRow) values() []string {
	return []string{r.town, r.village, r.name, r.number(), r.school, r.ownership, r.stage, r.grade, r.enrolment, r.boarding,
		r.cost.String(), r.aidItem, r.aid.String()}
}

func (r *aidRow) values() []string {
	return []string{r.town, r.village, r.name, r.number(), r.date.String(), r.amount.String(), r.reason}
}

func (r *verifyRow) values() []string {
	return []string{r.name, r.number(), r.item, r.detail, r.amount.String(), r.date.String(), r.exempt}
}
