package matchers

import "testing"

// TestLackingSaysItOnce: two columns of a roster that is not there at all are one
// reason, not the same sentence twice.
func TestLackingSaysItOnce(t *testing.T) {
	e := &engine{
		labels:  map[string]string{"medical_aid": "医疗救助和参保名册"},
		columns: map[string]string{"medical_aid.serious": "是否重特大疾病", "medical_aid.self_pay": "个人自付"},
		has:     map[string]map[string]bool{},
	}
	r := &Rule{Needs: []string{"medical_aid.serious|medical_aid.self_pay"}}
	if got, want := e.lacking(r), "本期无医疗救助和参保名册"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	e.has["medical_aid"] = map[string]bool{}
	if got, want := e.lacking(r), "医疗救助和参保名册缺“是否重特大疾病”列且医疗救助和参保名册缺“个人自付”列"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// TestLackingNamesTheColumn: a roster's column is told as the roster's, not as another's
// or a fact's of the same name; what is no column as the word that it is.
func TestLackingNamesTheColumn(t *testing.T) {
	e := &engine{
		facts:   map[string]fact{"aid_amount": {Label: "资助金额"}, "monitored": {Label: "监测对象"}},
		labels:  map[string]string{"medical_aid": "医疗名册", "school": "学生名册", "registered_poor": "户名册"},
		columns: map[string]string{"medical_aid.aid_amount": "医疗救助金额", "school.aid_amount": "资助金额", "school.ownership": "办学性质"},
		has:     map[string]map[string]bool{"medical_aid": {}, "school": {}, "registered_poor": {}},
	}
	for need, want := range map[string]string{
		"medical_aid.aid_amount":    "医疗名册缺“医疗救助金额”列",
		"school.aid_amount":         "学生名册缺“资助金额”列",
		"school.ownership":          "学生名册缺“办学性质”列",
		"registered_poor.monitored": "户名册缺“监测对象”列",
	} {
		if got := e.missing(need); got != want {
			t.Errorf("without %s: %s, want %s", need, got, want)
		}
	}
}

// TestPartly: a rule that can speak without a roster or a column says which it did
// without, a roster that is not there once.
func TestPartly(t *testing.T) {
	e := &engine{
		labels:  map[string]string{"registered_poor": "建档立卡及监测名册", "tekun": "特困名册"},
		columns: map[string]string{"registered_poor.house_safe": "住房安全"},
		has:     map[string]map[string]bool{"registered_poor": {"house_safe": true}},
	}
	r := &Rule{Wants: []string{"registered_poor.house_safe", "tekun", "tekun.amount"}}
	if got, want := e.partly(r), "本期无特困名册，其余照查"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	e.has["registered_poor"] = map[string]bool{}
	if got, want := e.partly(r), "建档立卡及监测名册缺“住房安全”列、本期无特困名册，其余照查"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	e.has["registered_poor"], e.has["tekun"] = map[string]bool{"house_safe": true}, map[string]bool{"amount": true}
	if got := e.partly(r); got != "" {
		t.Errorf("got %s, want nothing", got)
	}
}
