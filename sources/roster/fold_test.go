package roster

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hedui/sources/table"
)

func TestText(t *testing.T) {
	tests := []struct {
		fold     func(string) string
		name, in string
		want     string
	}{
		{foldHeader, "header", "家 庭\n人均纯收入（元/月）（必填）", "家庭人均纯收入"},
		{foldHeader, "header", "＊姓　名：", "姓名"},
		{foldHeader, "header", "乡(镇)", "乡"},
		{foldHeader, "header", "易返贫致贫户(监测对象)类型", "易返贫致贫户类型"},
		{foldHeader, "header", "（姓名）", "姓名"},
		{foldHeader, "header", "金额(元", "金额"},
		{foldHeader, "header", "【必填】证件号码", "证件号码"},
		{NameKey, "name key", "张三", "张三"},
		{NameKey, "name key", "张　三 ", "张三"},
		{NameKey, "name key", "王五（已故）", "王五"},
		{NameKey, "name key", "阿依·古丽", "阿依古丽"},
		{NameKey, "name key", "阿依•古丽", "阿依古丽"},
		{NameKey, "name key", "阿依．古丽", "阿依古丽"},
		{NameKey, "name key", "李△", "李?"},
		{NameKey, "name key", "李\ue863", "李?"},
		{NameKey, "name key", "李𬭛", "李𬭛"},
		{NameKey, "name key", "李？", "李?"},
		{squeeze, "squeeze", " 张\n三（已故） ", "张三（已故）"},
		{squeeze, "squeeze", "张\u200b三\ufeff", "张三"},
		{squeeze, "squeeze", "张\xff三", "张\ufffd三"},
		{tidy, "tidy", "  冀H1\r\n 大众 \x00", "冀H1 大众"},
		{compact, "compact", "１２　３ａ", "123a"},
	}
	for _, tt := range tests {
		if got := tt.fold(tt.in); got != tt.want {
			t.Errorf("%s %q: got %q, want %q", tt.name, tt.in, got, tt.want)
		}
	}
}

func TestParseDay(t *testing.T) {
	tests := []struct {
		text  string
		kind  string // # for a number cell
		first string // a bare month's first day
		last  string
	}{
		{"2021-05-01", "", "2021-05-01", "2021-05-01"},
		{"2021/5/1", "", "2021-05-01", "2021-05-01"},
		{"2021.5.1", "", "2021-05-01", "2021-05-01"},
		{"2021.5", "", "2021-05-01", "2021-05-31"},
		{"2021.5", "#", "2021-05-01", "2021-05-31"},
		{"2021.10", "", "2021-10-01", "2021-10-31"},
		{"2021.1", "#", "2021-01-01", "2021-01-31"},
		{"202105", "", "2021-05-01", "2021-05-31"},
		{"202105", "#", "2021-05-01", "2021-05-31"},
		{"202102", "", "2021-02-01", "2021-02-28"},
		{"20210501", "#", "2021-05-01", "2021-05-01"},
		{"2021年5月", "", "2021-05-01", "2021-05-31"},
		{"2021年12月", "", "2021-12-01", "2021-12-31"},
		{"2021年5月3日", "", "2021-05-03", "2021-05-03"},
		{"２０２１年０５月", "", "2021-05-01", "2021-05-31"},
		{"2021 年 5 月", "", "2021-05-01", "2021-05-31"},
		{"2021-05", "", "2021-05-01", "2021-05-31"},
		{"2021年5月起", "", "2021-05-01", "2021-05-31"},
		{"2021/05/03 00:00:00", "", "2021-05-03", "2021-05-03"},
		{"2021-05-03T08:30:00", "", "2021-05-03", "2021-05-03"},
		{"'2021-05-03", "", "2021-05-03", "2021-05-03"},
		{"20210503000000", "", "2021-05-03", "2021-05-03"},
		{"44317", "#", "2021-05-01", "2021-05-01"},
		{"44317", "", "2021-05-01", "2021-05-01"},
		{"44317.5", "#", "2021-05-01", "2021-05-01"},
		{"20210501.0", "", "2021-05-01", "2021-05-01"},
		{"9000", "#", "1924-08-21", "1924-08-21"},
		{"2020-02-29", "", "2020-02-29", "2020-02-29"},
		{"2021-02-29", "", "", ""},
		{"2021.13", "", "", ""},
		{"202113", "", "", ""},
		{"210501", "", "", ""},
		{"2021", "", "", ""},
		{"2021年", "", "", ""},
		{"5/1/2021", "", "", ""},
		{"5/5/2021", "", "2021-05-05", "2021-05-05"},
		{"5/31/2021", "", "2021-05-31", "2021-05-31"},
		{"31.5.2021", "", "2021-05-31", "2021-05-31"},
		{"2/30/2021", "", "", ""},
		{"5/2021", "", "", ""},
		{"1/5/21", "", "", ""},
		{"二〇二一年五月", "", "2021-05-01", "2021-05-31"},
		{"二零二一年十二月三十一日", "", "2021-12-31", "2021-12-31"},
		{"二○二一年十月", "", "2021-10-01", "2021-10-31"},
		{"二〇二一年二十月", "", "", ""},
		{"2021年五月", "", "2021-05-01", "2021-05-31"},
		{"2021-5", "", "2021-05-01", "2021-05-31"},
		{"2021年05月01日", "", "2021-05-01", "2021-05-01"},
		{"21.5.1", "", "", ""},
		{"0000-00-00", "", "", ""},
		{"99999", "#", "", ""},
		{"2021年5月至2022年4月", "", "", ""},
		{"见备注", "", "", ""},
		{"", "", "", ""},
	}
	for _, tt := range tests {
		d, doubt, ok := parseDay(tt.text, tt.kind == "#")
		first, last := "", ""
		if ok {
			first, last = dayText(d.date32(false)), dayText(d.date32(true))
		}
		if first != tt.first || last != tt.last {
			t.Errorf("%s%q: got %q %q, want %q %q", tt.kind, tt.text, first, last, tt.first, tt.last)
		}
		if want := tt.kind == "#" && tt.text == "2021.1"; doubt != want {
			t.Errorf("%s%q: doubtful %v", tt.kind, tt.text, doubt)
		}
	}
}

func dayText(date32 int64) string {
	return time.Unix(date32*86400, 0).UTC().Format("2006-01-02")
}

func TestParseCents(t *testing.T) {
	tests := []struct {
		text, per string
		want      string
	}{
		{"1200", "", "120000"}, {"1,200.00", "", "120000"}, {"1200元", "month", "120000"}, {"￥1200", "", "120000"}, {"¥1,200.5", "", "120050"},
		{"１２００．５０", "", "120050"}, {"1200元/月", "month", "120000"}, {"1200元每月", "month", "120000"}, {"1200元/月", "year", "-"},
		{"1200元/年", "year", "120000"}, {"1200元/年", "month", "-"}, {"1200元整", "", "120000"}, {"240元/人/月", "month", "24000"}, {"1.5万元", "", "1500000"}, {"3万", "", "3000000"},
		{"0", "", "0"}, {"0.00", "", "0"}, {"-12.5", "", "-1250"}, {"12.345", "", "1235"}, {"12.344999", "", "1234"}, {".5", "", "50"}, {"-0.005", "", "-1"},
		{"1.2E+3", "", "120000"}, {"441.99999999999994", "", "44200"}, {"999999999999.99", "", "99999999999999"}, {"1000000000000", "", "-"}, {"18446744073709551617", "", "-"}, {"00000000000001200", "", "120000"},
		{"1,234,567.8", "", "123456780"}, {"-1,200", "", "-120000"}, {"1200,00", "", "-"}, {"12,5", "", "-"}, {",500", "", "-"}, {"1,2000", "", "-"},
		{"(120)", "", "-"}, {"三百", "", "-"}, {"1.2万", "", "1200000"}, {"￥1，200.00元", "", "120000"}, {"300多", "", "-"},
		{"约1200", "", "-"}, {"1200-1300", "", "-"}, {"A", "", "-"}, {"", "", "-"}, {"-", "", "-"}, {"1.2.3", "", "-"}, {"0x10", "", "-"}, {"inf", "", "-"}, {"1_000", "", "-"},
	}
	for _, tt := range tests {
		got := "-"
		if cents, ok := parseCents(compact(tt.text), tt.per); ok {
			got = fmt.Sprint(cents)
		}
		if got != tt.want {
			t.Errorf("%q per %q: got %s, want %s", tt.text, tt.per, got, tt.want)
		}
	}
}

// folded gives what a cell of a column becomes: text, number, ∅ for nothing, ! for not understood.
// # begins a number cell.
func folded(t *testing.T, kindName, header, text string) string {
	t.Helper()
	k := kind(t, kindName)
	m, err := newMatcher(k, nil)
	if err != nil {
		t.Fatal(err)
	}
	f, err := newFolder(k, Options{})
	if err != nil {
		t.Fatal(err)
	}
	claims := m.match([][]table.Cell{{{Text: header, Kind: table.Text}}})
	if len(claims) != 1 {
		t.Fatalf("%s: header %s is not known", kindName, header)
	}
	src := &source{claim: claims[0], memo: new(memo)}
	var first string
	for range 2 { // the second comes from memory
		cell := table.Cell{Text: text, Kind: table.Text}
		if number, ok := strings.CutPrefix(text, "#"); ok {
			cell = table.Cell{Text: number, Kind: table.Number}
		}
		v, ok := f.fold(claims[0].column, src, cell)
		got := v.s
		switch {
		case !ok && !v.set:
			got = "!"
		case !ok:
			got += "!"
		case !v.set:
			got = "∅"
		case v.s == "":
			got = fmt.Sprint(v.n)
		case k.Columns[claims[0].column].Type == TypeStatus && v.n == statusOut:
			got += "→out"
		}
		if first != "" && got != first {
			t.Errorf("%s %s %q: %s, then %s", kindName, header, text, first, got)
		}
		first = got
	}
	return first
}

func TestFolds(t *testing.T) {
	tests := []struct{ kind, header, cases string }{
		{"registered_poor", "是否参加医保", "是=是 有=是 √=是 Y=是 1=是 已=是 已参保=是 否=否 无=否 ×=否 N=否 0=否 未=否 未参保=否 x=否 不是=否 已停保=否 已断保=否 已退保=否 已申请=! 已缴费=是 已退休=是 已被取消=否 已参加职工医保、居民医保已停=是 380=是 0.00=否 380元=是 —=∅ /=∅ 待核实=! 不详=! 是（职工）=是 停保=否 乱写=!"},
		{"registered_poor", "享受低保政策情况", "未享受=否 已取消=否 已退出=否 已享受=是 农村低保=是 城市低保=是 是=是 否=否 不享受=否"},
		{"registered_poor", "享受特困供养政策情况", "不享受=否 农村特困=是 分散供养=是"},
		{"registered_poor", "是否危房户", "是=否 否=是 无=是 有=否 危房=否 C级=否 D级=否 A级=是 安全=是 不是=是 已改造=是"},
		{"registered_poor", "住房是否安全", "是=是 否=否 安全=是 不安全=否 危房=否 C级=否 B级=是"},
		{"registered_poor", "饮水是否安全", "是=是 安全=是 不安全=否 未解决=否"},
		{"registered_poor", "风险是否消除", "是=true 已消除=true 风险已消除=true 1=true Y=true y=true 否=false 未消除=false 0=false N=false 说不清=!"},
		{"registered_poor", "人员状态", "正常=正常 自然减少=自然减少→out 死亡=死亡→out 迁出=迁出→out 自然增加=自然增加 怪事=怪事!"},
		{"registered_poor", "是否自然减少", "是=自然减少→out 否=∅ 1=自然减少→out"},
		{"registered_poor", "风险消除方式", "自然减少=自然减少→out 自然消除=自然消除→out 帮扶消除=帮扶消除"},
		{"registered_poor", "性别", "男=男 女=女 1=男 2=女 男性=男 3=!"},
		{"registered_poor", "是否参加医保", "✔️=是 ☑=是 是√=是 ☐=!"},
		{"disability", "残疾等级", "一级=1 1=1 Ⅰ=1 II=2 贰级=2 一级残疾=1 肢体二级=2 残疾三级=3 4级残疾人=4 听力二级、言语一级=1 肢体二级残疾=2 重度=! 十一级=! 5级=!"},
		{"dibao", "享受起始年月", "2021.10=18901 20215=! 44317=18748 '2021-05=18748 2021年五月=18748 长期=∅ 5/1/2021=!"},
		{"dibao", "户主姓名", "张三=张三 12=! 王五（已故）=王五（已故） 阿依·古丽=阿依·古丽 李\ue863=李\ue863 𠮷三=𠮷三"},
		{"dibao", "低保证号", "D001=D001 '007=007 1308900001.0=1308900001 1.5=1.5 —=∅ 无=! 待补=! 1.30802E+11=! 3E12=3E12 #130802100001=130802100001 #1308021000012000=! 1308021000012000=1308021000012000"},
		{"dibao", "状态", "在保=在保 正常=正常 停保=停保→out 停发=停发→out 注销=注销→out 已停保（死亡）=已停保(死亡)→out 未停保=未停保"},
		{"dibao", "档次", "A类=A 一档=A 一类=A B类=B 二档=B 二类=B C类=C 三档=C 三类=C a=A 1=A Ⅱ档=B 低保A类=A 重点保障=重点保障"},
		{"dibao", "低保类别", "农村=农村 城市=城市 农村低保=农村 城市低保=城市 城镇=城市 农业=农村 非农业户口=城市 其他=!"},
		{"dibao", "享受人数", "3=3 3人=3 3.0=3 ３=3 三=! 3.5=! —=∅"},
		{"dibao", "月保障金额", "1,200.00=120000 1200元=120000 ￥1200=120000 —=∅ 无=∅ 暂无=∅ 待定=! 0=0 未定=!"},
		{"dibao", "家庭年人均收入", "4800=480000"},
		{"dibao", "渐退期至", "2021年12月=18992 2021-12-15=18976 2999-12-31=376199 长期=2932896 见文件=!"},
		{"dibao", "享受起始年月", "2020-07-15=18444 202007=18444 长期=∅ 2999-01=!"},
		{"tekun", "生活自理能力", "全自理=full 具备=full 具备生活自理能力=full 能自理=full 完全自理=full 半护理=partial 半自理=partial 部分丧失=partial 部分丧失生活自理能力=partial 全护理=none 完全丧失=none 不能自理=none 完全丧失生活自理能力=none 无法自理=none 不具备=none 无生活自理能力=none 没有自理能力=none 丧失生活自理能力=none 不能完全自理=partial 完全不能自理=none 完全无生活自理能力=none 一般=!"},
		{"tekun", "供养方式", "集中=集中 集中供养=集中 分散供养=分散 家庭=!"},
		{"disability", "残疾类别", "视力=视力 听力残疾=听力 4=肢体 7=多重 04=肢体 五=智力 语言=言语 肢体、智力=多重 多重(肢体,智力)=多重 4,5=多重 8=! 未知=!"},
		{"disability", "残疾等级", "一级=1 1=1 Ⅰ=1 壹级=1 二级=2 II=2 Ⅱ级=2 III级=3 Ⅲ=3 IV=4 ④=4 四级=4 1级=1 1.0=1 一级（极重度）=1 肢体二级=2 听力二级、言语三级=2 重度=! 5=! 11=! 十一级=! 0=!"},
		{"disability", "生活补贴", "66=是 66元=是 0=否 是=是 否=否 √=是 享受=是 停发=否 已停发=否 已停止发放=否 已注销=否 已上报=! 已发放=是 已享受=是"},
		{"disability", "托养需求", "需要=是 不需要=否 居家托养=是 无=否 暂不需要=否"},
		{"disability", "托养服务情况", "已落实=是 未落实=否 日间照料=是 正在落实=!"},
		{"disability", "证件状态", "正常=正常 有效=有效 注销=注销→out 冻结=冻结→out 过期=过期→out"},
		{"medical_aid", "参保状态", "正常参保=是 暂停参保=否 终止参保=否 未参保=否 参保=是"},
		{"medical_aid", "资助参保金额", "320=是 0=否 —=∅ 全额=是"},
		{"school", "学段", "学前=preschool 小学=primary 初中=junior 普高=senior 中职=vocational 高职=college 本科=university 研究生=graduate 幼儿园=preschool 高中=senior 职业高中=vocational 高等职业学校=college 大专=college 特殊=!"},
		{"school", "就读状态", "在校=在校 在读=在校 休学=休学 辍学=辍学 失学=辍学 送教上门=送教上门 毕业=毕业 退学=退学 已毕业=毕业 借读=借读"},
		{"tekun", "基本生活标准（元/年）", "6900=57500 575元/月=57500 0=0 无=∅"},
		{"dibao", "保障金额（元/季）", "3600=120000"},
		{"dibao", "月保障金额（2021年）", "1200=120000"},
		{"dibao", "月保障金额（标准5300元/年）", "442=44200"},
		{"tekun", "基本生活标准（元/月，每年7月调整）", "620=62000"},
		{"disability", "残疾证号", "无=∅ 待补=∅"},
		{"registered_poor", "家庭人均纯收入（万元）", "0.5=500000 3.5万=3500000 3.5万元=3500000 12000元=1200000"},
		{"school", "资助项目", "国家助学金=国家助学金 无=∅ —=∅ /=∅ 未资助=∅ 否=∅ 0=∅ 待定=∅"},
		{"school", "办学性质", "公办=公办 民办=民办 公立=公办 教育部门办=!"},
		{"verification", "核对项目", "死亡=death 火化信息=death 户籍注销=death 车辆=vehicle 机动车登记=vehicle 工商=business 市场主体=business 企业法人=business 不动产=property 房产=property 财政供养=payroll 养老金=pension 职工养老保险待遇=pension 公积金=housing_fund 存款=deposit 金融资产=deposit 服刑=custody 在押=custody 户籍迁出=moved 迁出=moved 婚姻=婚姻"},
		{"verification", "是否豁免", "是=是 否=否 豁免=是"},
		{"registered_poor", "风险是否消除", "是（未消除）=! 是（2021年6月）=true 已消除（稳定消除）=true"},
		{"registered_poor", "人员状态", "人口自然减少=人口自然减少→out 减少（其他）=减少(其他)→out 未减少=未减少"},
		{"school", "就读状态", "不在校=辍学 未在校=辍学 非在校=辍学 在籍不在校=辍学 不在读=辍学 未入学=辍学 未就读=辍学 离校=辍学 未辍学=在校 无辍学=在校 未退学=在校 未毕业=在校 辍学返校=辍学返校! 辍学未返校=辍学 已返校=在校 休学后复学=休学后复学! 未送教上门=未送教上门! 死亡=死亡! 在校送教上门=送教上门 在校（送教上门）=送教上门 送教上门（在校）=送教上门 休学（在籍）=休学 毕业（正常）=毕业 正常就读=在校 异地就读=在校 毕业班在读=在校 疑似辍学=疑似辍学! 曾辍学=曾辍学! 辍学（已返校）=辍学(已返校)! 辍学（未返校）=辍学 在校（2021年复学）=在校 休学转在校=休学转在校! 不在校（异地就读）=不在校(异地就读)! 在校（已辍学）=在校(已辍学)! 休学（2021年9月）=休学 离校实习=在校 转学=转学 未入学（缓学）=未入学(缓学)! 未到校=未到校! 不到校=不到校! 已到校=已到校"},
		{"tekun", "自理能力", "不自理=none 完全不自理=none 生活不自理=none 无法完全自理=partial 缺乏自理能力=none 失去自理能力=none 难以自理=partial 不全自理=partial 不能全自理=partial 没有丧失自理能力=! 自理能力差=! 自理困难=! 不会自理=! 生活自理=full 全自理（无需护理）=full 基本自理=full 全自理（半护理）=! 全护理（完全丧失）=none 半护理转全护理=!"},
		{"dibao", "状态", "停保后恢复=停保后恢复! 暂停后恢复=暂停后恢复! 恢复享受=恢复享受 停发未恢复=停发未恢复→out 拟停保=拟停保! 待停保=待停保! 金额减少=金额减少! 减少保障金=减少保障金! 不享受=不享受→out 核减1人=核减1人! 已死亡1人=已死亡1人! 成员死亡=成员死亡! 正常（已死亡）=正常(已死亡)! 停保（成员死亡）=停保(成员死亡)→out 待遇停发=待遇停发→out 在保（原停保）=在保(原停保) 停保（未恢复）=停保(未恢复)→out 已取消待遇=已取消待遇→out 停保(2021-05)=停保(2021-05)→out 停保（新增）=停保(新增)→out 死亡待注销=死亡待注销→out 不予停保=不予停保! 未停发=未停发 未享受=未享受→out"},
		{"disability", "证件状态", "未冻结=未冻结 未过期=未过期 已解除冻结=已解除冻结 有效（已死亡）=有效(已死亡)! 无效=无效→out 有效（未注销）=有效(未注销) 注销（死亡）=注销(死亡)→out 已冻结=已冻结→out"},
		{"school", "学段", "大一班=preschool 大二班=preschool 大（1）班=preschool 中一班=preschool 大一=university 大一（2）班=university 学前教育专业本科=university 小一=primary 小六=primary 小三（2）班=primary 七（3）班=junior 九3班=junior 初2018级=junior 高2019级=senior 高职2019级=college 小一班=! 大学（专科）=college 中专（高中）=vocational 一（2）班=! 幼儿园大班=preschool"},
		{"dibao", "档次", "原A类现B类=原A类现B类! A类1人B类2人=A类1人B类2人! A级=A B级=B A档=A 第一类=A 第二类=B 一类=A Ⅰ=A Ⅱ=B II=B Ⅲ=C 低保A=A 低保B类=B A类（原B类）=A B类（2021年由A类调整）=B A类（B类）=A类(B类)! A类转B类=A类转B类! C类（1）=C A类（3人）=A A/B类=A/B类! 非A类=非A类!"},
		{"dibao", "低保类别", "城市低保转农村=! 农村低保（原城市）=农村 城市（转农村）=! 城乡低保=! 非农业=城市 非农=城市 非城市=!"},
		{"tekun", "供养方式", "分散转集中=! 集中（原分散）=集中 集中供养（敬老院）=集中"},
		{"disability", "残疾类别", "精神残疾（智力正常）=精神 肢体（精神病史）=肢体 肢体（智力）=多重 视力残疾（无光感）=视力 非肢体=! 肢体残疾，智力正常=肢体 精神病=精神 视力残疾无光感=视力"},
		{"school", "办学性质", "非公办=民办 公办（原民办）=公办 民办公助=民办 公办民办=! 公办民助=公办"},
		{"verification", "核对项目", "无车辆=无车辆! 未死亡=未死亡! 非机动车=非机动车! 户籍注销（迁出）=户籍注销(迁出)! 未发现不动产=未发现不动产! 机动车（小型）=vehicle 服刑（已释放）=服刑(已释放)! 车辆（已报废）=车辆(已报废)! 工商登记（已注销）=工商登记(已注销)! 死亡（户口已注销）=death 未领取养老金=未领取养老金!"},
		{"dibao", "享受起始年月", "#2105=! 2105=! #9012=!"},
		{"registered_poor", "出生日期", "#9000=-16569 #2105=!"},
	}
	for _, tt := range tests {
		for _, c := range strings.Fields(tt.cases) {
			text, want, _ := strings.Cut(c, "=")
			if got := folded(t, tt.kind, tt.header, text); got != want {
				t.Errorf("%s %s %q: got %q, want %q", tt.kind, tt.header, text, got, want)
			}
		}
	}
}

func TestStageFromGrade(t *testing.T) {
	for grade, want := range map[string]string{
		"一年级": "primary", "六年级": "primary", "七年级": "junior", "九年级": "junior", "8年级": "junior", "3年级": "primary", "初三": "junior", "高一": "senior",
		"高中二年级": "senior", "中职一年级": "vocational", "高职高专一年级": "college", "大二": "university", "本科三年级": "university", "大班": "preschool", "硕士一年级": "graduate", "小学三年级": "primary",
		"初中一年级": "junior", "三年级(2)班": "primary", "七（3）班": "junior", "大一班": "preschool", "小五": "primary",
	} {
		rows, _, _ := load(t, "school", Options{}, grid("", "姓名|身份证号|学校|学段|年级\n甲一|"+idA+"|实验学校||"+grade))
		expect(t, grade, rows[0]["stage"], want)
	}
}

func TestTowns(t *testing.T) {
	g := newGazetteer([]Town{
		{Name: "上板城镇", Aliases: []string{"上板城"}}, {Name: "冯营子镇"}, {Name: "新华路街道"}, {Name: "大石庙镇"}, {Name: "大石庙乡"},
	})
	for text, want := range map[string]string{
		"上板城镇": "上板城镇", "上板城": "上板城镇", "承德高新区上板城镇": "上板城镇", "河北省承德市双桥区冯营子镇": "冯营子镇", "冯营子": "冯营子镇", "冯营子乡": "冯营子镇",
		"冯营子镇人民政府": "冯营子镇", " 上板城 镇 ": "上板城镇", "新华路": "新华路街道", "新华路街道办事处": "新华路街道", "新华路街道办": "新华路街道", "上板城镇（托管）": "上板城镇",
		"大石庙": "大石庙", "大石庙乡": "大石庙乡", "大石庙镇": "大石庙镇", "外地 镇": "外地镇",
	} {
		if got := g.official(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := newGazetteer(nil).official("承德高新区 上板城"); got != "承德高新区上板城" {
		t.Errorf("without official towns: got %q", got)
	}
}

func TestCertificate(t *testing.T) {
	const idX = "13089019900101004" // then X
	for text, want := range map[string]string{
		idA + "42": "肢体 2", idA + "11B1": "视力 1", strings.ToLower(idA) + "74": "多重 4", idA + "82": "", idA + "45": "", idA: "", "42": "", " " + idA[:6] + " " + idA[6:] + "53": "智力 3",
		idX + "×42": "肢体 2", idX + "Х42": "肢体 2", idX + "х42": "肢体 2", idX + "✕42B1": "肢体 2",
	} {
		got := ""
		if c, ok := parseCertificate(text); ok {
			got = fmt.Sprint(c.kind, " ", c.grade)
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

// A quote that somebody forgot to close stays with its cell in a text file: it is
// no part of a name, a town or an amount.
func TestStrayQuotes(t *testing.T) {
	rows, _, _ := load(t, "dibao", Options{Towns: []Town{{Name: "上板城镇"}}}, grid("", `
镇|姓名|身份证号|月保障金额|状态
"上板城镇|"甲一|"`+idA+`|300"|"在保
`))
	expect(t, "row", pick(rows, "town", "name", "id_number", "amount", "status", "in_force"), "上板城镇 甲一 "+idA+" 300.00 在保 true")
}
