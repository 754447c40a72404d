package roster

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/apache/arrow/go/v17/arrow"

	"hedui/sources/idnumber"
)

func withCheck(first17 string) string { return first17 + string(idnumber.CheckDigit(first17)) }

// The warehouse's tables are the contract for order and types.
func TestSchemaIsTheWarehouses(t *testing.T) {
	text, err := os.ReadFile("../../pipeline/warehouse/schema/rosters.sql")
	if err != nil {
		t.Fatal(err)
	}
	sql := regexp.MustCompile(`--.*`).ReplaceAllString(string(text), "")
	tables := regexp.MustCompile(`(?s)CREATE TABLE IF NOT EXISTS read_(\w+) \((.*?)\n\);`).FindAllStringSubmatch(sql, -1)
	var names []string
	for _, m := range tables {
		names = append(names, m[1])
		var want []string
		for _, def := range regexp.MustCompile(`,\s*\n|,\s+`).Split(m[2], -1) {
			want = append(want, strings.Join(strings.Fields(def), " "))
		}
		var got []string
		for _, f := range kind(t, m[1]).Schema().Fields() {
			got = append(got, f.Name+" "+sqlType(f.Type))
		}
		got = append(got, "row_key HUGEINT", "occurrence INTEGER", "valid_from DATE") // the warehouse's own
		expect(t, m[1], strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	var kinds []string
	for _, k := range Kinds() {
		kinds = append(kinds, k.Name)
	}
	expect(t, "kinds", kinds, names)
}

func sqlType(t arrow.DataType) string {
	switch t.ID() {
	case arrow.STRING:
		return "VARCHAR"
	case arrow.INT32:
		return "INTEGER"
	case arrow.DATE32:
		return "DATE"
	case arrow.BOOL:
		return "BOOLEAN"
	case arrow.DECIMAL128:
		d := t.(*arrow.Decimal128Type)
		if d.Precision == 14 && d.Scale == 2 {
			return "DECIMAL(14,2)"
		}
	}
	return t.String()
}

// One header means one column of a kind, and what code and yaml name exists.
func TestKindsAreSound(t *testing.T) {
	for _, k := range Kinds() {
		if k.Label == "" || k.Department == "" {
			t.Errorf("%s: no label or department", k.Name)
		}
		seen := make(map[string]string)
		labels := make(map[string]string)
		for i := range k.Columns {
			c := &k.Columns[i]
			if other := labels[c.Label]; other != "" {
				t.Errorf("%s: %s and %s are both labelled %s", k.Name, other, c.Name, c.Label)
			}
			labels[c.Label] = c.Name
			for _, name := range c.Instead {
				if k.column(name) < 0 {
					t.Errorf("%s.%s: no column %s", k.Name, c.Name, name)
				}
			}
			if c.Derived {
				continue
			}
			for _, a := range slices.Concat([]string{c.Label}, c.Aliases, c.Spare, c.Inverted) {
				key := foldHeader(a)
				if other := seen[key]; other != "" && other != c.Name {
					t.Errorf("%s: header %s means %s and %s", k.Name, a, other, c.Name)
				}
				seen[key] = c.Name
			}
		}
	}
}

var sharedHeaders = map[string]string{
	"village":   "村 行政村 村(居) 村名 所在村 村委会",
	"id_number": "身份证号 身份证号码 公民身份号码 公民身份证号 证件号码 证件号 身份证件号码 身份证",
	"name":      "姓名 成员姓名 家庭成员姓名 人员姓名",
}

const townHeaders = "镇 乡镇 乡(镇) 镇名 所在镇 乡镇街道 托管镇"

// listedHeaders are all that must be known, by kind and column.
var listedHeaders = map[string]map[string]string{
	"registered_poor": {
		"town": townHeaders, "household_no": "户编号 户号 家庭编号 户编码", "person_no": "人编号 人员编号", "sex": "性别",
		"relation":       "与户主关系 与户主之关系 关系 家庭关系",
		"household_type": "户类型 户属性 脱贫户属性 贫困户属性 贫困户类型",
		"monitor_type":   "监测对象类别 监测对象类型 监测类别 易返贫致贫户(监测对象)类型",
		"status":         "人员状态 变动状态 增减情况 是否自然减少 风险消除方式", "risk_eliminated": "风险是否消除 风险是否已消除 是否消除风险 风险消除情况 返贫风险是否消除",
		"student_status": "在校生状况 在校生情况 是否在校", "health": "健康状况 身体状况", "labour": "劳动技能 劳动能力 劳动力情况",
		"income_per_capita": "家庭人均纯收入 人均纯收入 人均纯收入(元) 年人均纯收入 家庭年人均纯收入",
		"dibao_flag":        "享受低保政策情况 是否享受农村居民最低生活保障 是否低保", "tekun_flag": "享受特困供养政策情况 是否特困供养人员 是否五保",
		"medical_insured": "是否参加城乡居民基本医疗保险 是否参加医保 是否参加大病保险医疗 是否参合", "pension_insured": "是否参加城乡居民基本养老保险 是否参加养老保险",
		"house_safe": "住房是否安全 是否危房户 是否有安全住房", "water_safe": "是否解决安全饮用水 饮水是否安全",
	},
	"dibao": {
		"town": townHeaders, "household_no": "低保证号 低保证编号 家庭编号 户编号", "head_name": "户主姓名 申请人姓名", "head_id": "户主身份证号 申请人身份证号",
		"name": "姓名 保障对象姓名 成员姓名 家庭成员姓名", "relation": "与户主关系 与申请人关系", "category": "低保类别 城乡类别 保障类别 户籍类型",
		"tier": "档次 保障档次 享受类别 低保类型", "persons_covered": "享受人数 保障人口数 保障人口 享受低保人数",
		"amount": "月保障金 保障金额 月保障金额 户月保障金 享受金额", "income_per_capita": "家庭月人均收入 家庭人均收入",
		"start_month": "享受起始年月 保障起始年月 批准年月 纳入时间", "last_review": "最近复核时间 复核时间 上次复核日期",
		"gradual_exit_until": "渐退期截止 渐退期至 渐退截止年月", "single_household": "是否单人户 单人户施保 单人保", "status": "状态 保障状态",
		"exit_reason": "停保原因", "houses": "拥有产权住房套数", "financial_assets": "金融资产总额",
	},
	"tekun": {
		"town": townHeaders, "support_mode": "供养方式 供养类型", "self_care": "自理能力 生活自理能力", "amount": "月供养金 基本生活标准",
		"care_amount": "照料护理费 护理补贴 照料护理标准", "start_month": "享受起始年月", "status": "状态 保障状态",
	},
	"disability": {
		"town": townHeaders, "cert_no": "残疾证号 残疾人证号", "disability_type": "残疾类别 残疾类型", "grade": "残疾等级 等级",
		"living_subsidy": "困难残疾人生活补贴 生活补贴 是否享受生活补贴", "nursing_subsidy": "重度残疾人护理补贴 护理补贴 重残护理补贴 是否享受护理补贴",
		"care_wanted": "是否有托养需求 托养需求", "care_provided": "是否提供托养 托养服务情况 是否落实托养", "cert_status": "证件状态",
	},
	"medical_aid": {
		"town": townHeaders, "insured": "是否参保 参保状态", "premium_subsidy": "资助参保金额 参保资助 是否资助参保", "total_cost": "医疗总费用 总费用 住院总费用",
		"reimbursed": "报销金额 统筹支付 基本医保报销", "self_pay": "个人自付 自付金额 个人负担 个人自付费用 合规自付", "aid_amount": "医疗救助金额 救助金额",
		"disease": "病种 疾病名称", "serious": "是否重特大疾病 重大疾病 是否大病", "period": "年度 结算年度",
	},
	"school": {
		"town": "户籍镇 家庭所在镇 镇", "school": "学校 学校名称 就读学校", "ownership": "办学性质 学校性质", "stage": "学段 就读学段", "school_grade": "年级 班级",
		"enrolment": "就读状态 学籍状态", "boarding": "是否寄宿", "yearly_cost": "年度费用 学杂住宿费 年就学支出", "aid_item": "资助项目 资助名称",
		"aid_amount": "资助金额 年度资助金额",
	},
	"temporary_aid": {"town": townHeaders, "aid_date": "救助日期", "amount": "救助金额 金额", "reason": "救助原因"},
	"verification":  {"item": "核对项目", "exempt": "是否豁免"},
}

func TestAliases(t *testing.T) {
	for name, columns := range listedHeaders {
		m, err := newMatcher(kind(t, name), nil)
		if err != nil {
			t.Fatal(err)
		}
		check := func(column, headers string) {
			for _, h := range strings.Fields(headers) {
				target, ok := m.headers[foldHeader(h)]
				if !ok || m.kind.Columns[target.column].Name != column {
					t.Errorf("%s: header %s does not mean %s", name, h, column)
				}
				if inverted := h == "是否危房户"; target.inverted != inverted {
					t.Errorf("%s: header %s inverted %v", name, h, target.inverted)
				}
			}
		}
		for column, headers := range columns {
			check(column, headers)
		}
		for column, headers := range sharedHeaders {
			check(column, headers)
		}
	}
}

func TestRequired(t *testing.T) {
	want := map[string]string{
		"registered_poor": "town household_no name id_number household_type/monitor_type",
		"dibao":           "town name/head_name id_number/head_id",
		"tekun":           "town name id_number",
		"disability":      "town name id_number/cert_no",
		"medical_aid":     "name id_number",
		"school":          "name id_number school",
		"temporary_aid":   "name id_number",
		"verification":    "id_number item",
	}
	for _, k := range Kinds() {
		var got []string
		for _, c := range k.Columns {
			if c.Required {
				got = append(got, strings.Join(append([]string{c.Name}, c.Instead...), "/"))
			}
		}
		expect(t, k.Name, strings.Join(got, " "), want[k.Name])
	}
}
