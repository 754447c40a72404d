package roster_test

import (
	"fmt"
	"strings"

	"hedui/sources/idnumber"
	"hedui/sources/table"
	"hedui/sources/table/tabletest"
)

// The clean rosters: what every file of the corpus is made from, and what reading
// it must give. A row is its canonical texts by column; what a clean cell holds is
// said by column, so that no reader is needed to know the answer.

type row map[string]string

// cleanColumn is a column of a clean roster: its header, and its cell for a
// canonical text.
type cleanColumn struct {
	name, header string
	say          func(string) table.Cell
}

type cleanRoster struct {
	columns []cleanColumn
	rows    []row
}

func amount(s string) table.Cell { // 884.00 is stored as 884
	return tabletest.Number(strings.TrimSuffix(strings.TrimRight(s, "0"), "."))
}

func words(pairs ...string) func(string) table.Cell {
	return func(s string) table.Cell {
		for i := 0; i < len(pairs); i += 2 {
			if pairs[i] == s {
				return tabletest.Text(pairs[i+1])
			}
		}
		return tabletest.Text(s)
	}
}

var placeColumns = []cleanColumn{{"town", "镇", tabletest.Text}, {"village", "村", tabletest.Text}}

var personColumns = []cleanColumn{{"name", "姓名", tabletest.Text}, {"id_number", "身份证号", tabletest.Text}}

func columns(groups ...[]cleanColumn) (all []cleanColumn) {
	for _, g := range groups {
		all = append(all, g...)
	}
	return all
}

// person is somebody who does not exist: no region of 130890 to 130899 was ever
// assigned.
func person(i int) (name, id string) {
	family, given := []rune("赵钱孙李周吴郑王冯陈褚卫蒋"), []rune("一二三四五六七八九十")
	name = string(family[i%len(family)]) + string(given[i%len(given)])
	if i%3 == 0 {
		name += string(given[i/3%len(given)])
	}
	first := fmt.Sprintf("13089%d19%02d%02d%02d%03d", i%10, 35+i*7%60, 1+i%12, 1+i*5%28, 100+i)
	return name, first + string(idnumber.CheckDigit(first))
}

// household tells of a place in the list of all persons which household it is,
// whether it is the head's, and how many persons it has.
func households(visit func(household, member, size, i int)) {
	i := 0
	for h, size := range []int{1, 3, 2, 4, 3, 1, 2, 4, 5, 2, 3, 1, 4, 3} {
		for m := range size {
			visit(h, m, size, i)
			i++
		}
	}
}

func place(household int) row {
	return row{
		"town":    []string{"上板城镇", "冯营子镇", "双峰寺镇"}[household/5],
		"village": []string{"东村", "西村", "南营子村", "北沟村", "前山村"}[household/2%5],
	}
}

func cleanDibao() cleanRoster {
	r := cleanRoster{columns: columns(placeColumns, []cleanColumn{
		{"household_no", "低保证号", tabletest.Text}, {"head_name", "户主姓名", tabletest.Text}, {"head_id", "户主身份证号", tabletest.Text},
	}, personColumns, []cleanColumn{
		{"relation", "与户主关系", tabletest.Text}, {"category", "低保类别", tabletest.Text}, {"tier", "保障档次", tabletest.Text},
		{"persons_covered", "享受人数", tabletest.Number}, {"amount", "月保障金额", amount}, {"income_per_capita", "家庭年人均收入", amount},
		{"start_month", "享受起始年月", tabletest.Date}, {"last_review", "最近复核时间", tabletest.Date}, {"gradual_exit_until", "渐退期截止", tabletest.Date},
		{"single_household", "是否单人户", tabletest.Text}, {"status", "状态", tabletest.Text},
	})}
	var headName, headID string
	households(func(h, m, size, i int) {
		p := place(h)
		p["name"], p["id_number"] = person(i)
		if m == 0 {
			headName, headID = p["name"], p["id_number"]
		}
		p["household_no"] = fmt.Sprintf("DB%05d", 10001+h)
		p["head_name"], p["head_id"] = headName, headID
		p["relation"] = []string{"户主", "配偶", "长子", "长女", "母亲"}[m]
		p["category"] = []string{"农村", "城市"}[h%4/3]
		p["tier"] = string("ABC"[h%3])
		p["persons_covered"] = fmt.Sprint(size)
		p["amount"] = fmt.Sprintf("%d.%02d", 1400+h*17, h%2*50)
		p["income_per_capita"] = fmt.Sprintf("%d.00", 3200+h*111)
		p["start_month"] = fmt.Sprintf("%d-%02d-01", 2012+h%8, 1+h*5%12)
		p["last_review"] = fmt.Sprintf("2021-%02d-%02d", 1+h%9, 2+h)
		p["gradual_exit_until"] = fmt.Sprintf("2022-%02d-28", 1+h%12)
		p["single_household"] = map[bool]string{true: "是", false: "否"}[size == 1]
		p["status"] = "在保"
		p["in_force"], p["income_monthly"] = "true", "false"
		r.rows = append(r.rows, p.identified())
	})
	return r
}

// identified adds what the reader tells of a name and a number.
func (p row) identified() row {
	p["name_key"], p["id_raw"], p["id_state"] = p["name"], p["id_number"], string(idnumber.Suspicious)
	return p
}

func cleanPoor() cleanRoster {
	r := cleanRoster{columns: columns(placeColumns, []cleanColumn{{"household_no", "户编号", tabletest.Text}, {"person_no", "人编号", tabletest.Text}}, personColumns, []cleanColumn{
		{"relation", "与户主关系", tabletest.Text}, {"household_type", "户类型", tabletest.Text}, {"monitor_type", "监测对象类别", tabletest.Text},
		{"status", "人员状态", tabletest.Text}, {"risk_eliminated", "风险是否消除", words("true", "是", "false", "否")},
		{"income_per_capita", "家庭人均纯收入", amount}, {"dibao_flag", "是否低保", tabletest.Text}, {"medical_insured", "是否参加医保", tabletest.Text}, {"house_safe", "住房是否安全", tabletest.Text},
	})}
	households(func(h, m, size, i int) {
		p := place(h)
		p["name"], p["id_number"] = person(i)
		p["household_no"], p["person_no"] = fmt.Sprintf("1308%06d", h+1), fmt.Sprintf("1308%06d%02d", h+1, m+1)
		p["relation"] = []string{"户主", "配偶", "长子", "长女", "母亲"}[m]
		p["household_type"] = []string{"脱贫户", "脱贫不稳定户", "一般农户"}[h%3]
		p["type"] = []string{"stable", "unstable", "marginal"}[h%3]
		if h%3 == 2 {
			p["monitor_type"] = "边缘易致贫户"
		}
		p["status"], p["in_force"], p["income_monthly"] = "正常", "true", "false"
		p["risk_eliminated"] = fmt.Sprint(h%2 == 0)
		p["income_per_capita"] = fmt.Sprintf("%d.00", 6800+h*37)
		p["dibao_flag"], p["medical_insured"], p["house_safe"] = []string{"是", "否"}[h%2], "是", "是"
		r.rows = append(r.rows, p.identified())
	})
	return r
}

func cleanDisability() cleanRoster {
	r := cleanRoster{columns: columns(placeColumns, personColumns, []cleanColumn{
		{"cert_no", "残疾证号", tabletest.Text}, {"disability_type", "残疾类别", tabletest.Text},
		{"grade", "残疾等级", words("1", "一级", "2", "二级", "3", "三级", "4", "四级")},
		{"living_subsidy", "生活补贴", tabletest.Text}, {"nursing_subsidy", "护理补贴", tabletest.Text}, {"cert_status", "证件状态", tabletest.Text},
	})}
	kinds := []string{"视力", "听力", "言语", "肢体", "智力", "精神", "多重"}
	for i := range 28 {
		p := place(i / 2)
		p["name"], p["id_number"] = person(i)
		kind, grade := i%7, 1+i%4
		p["cert_no"] = fmt.Sprintf("%s%d%d", p["id_number"], kind+1, grade)
		p["disability_type"], p["grade"] = kinds[kind], fmt.Sprint(grade)
		p["cert_type"], p["cert_grade"] = p["disability_type"], p["grade"]
		p["living_subsidy"], p["nursing_subsidy"] = []string{"是", "否"}[i%2], []string{"否", "是"}[i%3%2]
		p["cert_status"], p["in_force"] = "正常", "true"
		r.rows = append(r.rows, p.identified())
	}
	return r
}

func cleanSchool() cleanRoster {
	r := cleanRoster{columns: columns([]cleanColumn{{"town", "户籍镇", tabletest.Text}, {"village", "村", tabletest.Text}}, personColumns, []cleanColumn{
		{"school", "学校名称", tabletest.Text}, {"ownership", "办学性质", tabletest.Text},
		{"stage", "学段", words("primary", "小学", "junior", "初中", "senior", "普高", "vocational", "中职")},
		{"school_grade", "年级", tabletest.Text}, {"enrolment", "就读状态", tabletest.Text}, {"boarding", "是否寄宿", tabletest.Text},
		{"yearly_cost", "年度费用", amount}, {"aid_item", "资助项目", tabletest.Text}, {"aid_amount", "资助金额", amount},
	})}
	for i := range 24 {
		p := place(i / 2)
		p["name"], p["id_number"] = person(i)
		p["school"] = []string{"第一小学", "第二中学", "第三高级中学", "职教中心"}[i%4]
		p["stage"] = []string{"primary", "junior", "senior", "vocational"}[i%4]
		p["school_grade"] = []string{"三年级", "八年级", "高一", "中职一年级"}[i%4]
		p["ownership"], p["enrolment"], p["boarding"] = "公办", "在校", []string{"是", "否"}[i%2]
		p["yearly_cost"], p["aid_item"], p["aid_amount"] = fmt.Sprintf("%d.00", 2100+i*10), "国家助学金", "1500.00"
		r.rows = append(r.rows, p.identified())
	}
	return r
}
