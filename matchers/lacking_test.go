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
