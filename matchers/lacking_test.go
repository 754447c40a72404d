package matchers

import "testing"

// TestLackingSaysItOnce: two columns of a roster that is not there at all are one
// reason, not the same sentence twice.
func TestLackingSaysItOnce(t *testing.T) {
	e := &engine{
		facts:  map[string]fact{"serious": {Label: "是否重特大疾病"}, "self_pay": {Label: "个人自付"}},
		labels: map[string]string{"medical_aid": "医疗救助和参保名册"},
		has:    map[string]map[string]bool{},
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

// TestPartly: a rule that can speak without a roster or a column says which it did
// without, a roster that is not there once.
func TestPartly(t *testing.T) {
	e := &engine{
		facts:  map[string]fact{"house_safe": {Label: "住房安全"}},
		labels: map[string]string{"registered_poor": "建档立卡及监测名册", "tekun": "特困名册"},
		has:    map[string]map[string]bool{"registered_poor": {"house_safe": true}},
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
