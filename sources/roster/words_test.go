package roster

import "testing"

// A form's answer is the word that is ticked; two, or none, are no answer.
func TestTicked(t *testing.T) {
	for text, want := range map[string]string{
		"☑是 □否": yes, "□是 ☑否": no, "是☑否□": yes, "是□ 否☑": no, "√是 否": yes, "是 否√": no, "□有／■无": no, "●是○否": yes,
		"□是□否": "", "☑是☑否": "", "是□否□": "", "是 否": "",
	} {
		if got, ok := parseYesNo(text); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v; want %q", text, got, ok, want)
		}
	}
}

// A remark may narrow a household's type; what it denies or tells of the past does not.
func TestHouseholdTypes(t *testing.T) {
	for text, want := range map[string]string{
		"脱贫户（不稳定）": "unstable", "已脱贫（不稳定）": "unstable", "脱贫户（边缘易致贫户）": "marginal", "一般农户（突发严重困难）": "sudden",
		"非边缘易致贫户": "", "非突发严重困难户": "",
		"脱贫不稳定户": "unstable", "不稳定脱贫户": "unstable", "脱贫不稳定户（已消除）": "unstable", "边缘易致贫户（一般农户）": "marginal", "突发严重困难户（脱贫户）": "sudden",
		"脱贫户（2014年脱贫）": "stable", "脱贫户（含边远村）": "stable", "脱贫户（非不稳定）": "stable", "脱贫户（无不稳定因素）": "stable", "脱贫户（原不稳定）": "stable", "脱贫户（非贫困户）": "stable", "脱贫不稳定户（突发严重困难）": "unstable",
		"脱贫监测户": "unstable", "脱贫户（监测户）": "unstable", "脱贫户/监测户": "unstable", "脱贫户、监测对象": "unstable", "脱贫户监测户": "unstable", "脱贫（监测）户": "unstable", "监测户（脱贫户）": "unstable", "已脱贫监测户": "unstable",
		"边缘易致贫监测户": "marginal", "突发严重困难监测户": "sudden", "监测户": "", "脱贫户（监测已消除）": "", "脱贫户（非监测户）": "stable", "脱贫户（原监测户）": "", "监测对象（脱贫不稳定户）": "unstable", "监测户（边缘）": "marginal", "脱贫不稳定户（监测）": "unstable", "边缘易致贫户（监测对象）": "marginal", "脱贫户（纳入监测）": "", "未脱贫贫困户": "", "稳定脱贫监测户": "", "纳入监测的脱贫户": "",
		"未脱贫户": "", "未脱贫": "", "脱贫返贫户": "", "返贫户": "", "没有脱贫": "", "预脱贫户": "", "拟脱贫": "", "脱贫户（未返贫）": "stable", "取消建档立卡": "", "脱贫户?": "", "脱贫户（误）": "", "脱贫户：否": "",
		"脱贫户（不稳定，已消除）": "", "脱贫户转边缘户": "", "已脱贫(稳定)": "stable", "原贫困户": "stable", "低保贫困户": "stable", "非贫困户": "general", "脱贫不脱政策": "stable",
	} {
		rows, _, reports := load(t, "registered_poor", Options{}, grid("", "镇|户编号|姓名|身份证号|户类型\n甲镇|1|甲一|"+idA+"|"+text))
		expect(t, text, rows[0]["type"], want)
		expect(t, text+" not understood", reports[0].Faults["type"] > 0, want == "")
	}
}

func TestCutRemarks(t *testing.T) {
	for text, want := range map[string][2]string{
		"是": {"是", ""}, "是(已停)": {"是", "已停"}, "是(已停": {"是", "已停"}, "(已停)": {"已停", ""}, "是(甲)乙[丙]": {"是乙", "甲,丙"},
	} {
		if bare, remark := cutRemarks(text); bare != want[0] || remark != want[1] {
			t.Errorf("%s: %q, %q; want %q", text, bare, remark, want)
		}
	}
}
