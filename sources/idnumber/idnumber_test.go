package idnumber_test

import (
	"strings"
	"testing"

	"hedui/sources/idnumber"
)

func TestClean(t *testing.T) {
	const good = "130890197001010016"
	for _, c := range []struct {
		name, raw string
		number    bool
		want      idnumber.Number
	}{
		{"clean", good, false, idnumber.Number{Clean: good, State: idnumber.Suspicious}},
		{"assigned region", "132622" + "19490101" + "000" + string(idnumber.CheckDigit("13262219490101000")), false,
			idnumber.Number{Clean: "132622" + "19490101" + "000" + string(idnumber.CheckDigit("13262219490101000")), State: idnumber.Valid}},
		{"spaces, apostrophe, zero width", "\u00a0'1308 90197001010016\u200b\t", false, idnumber.Number{Clean: good, State: idnumber.Suspicious}},
		{"full width", "１３０８９０１９７００１０１００１６", false, idnumber.Number{Clean: good, State: idnumber.Suspicious}},
		{"line break", "130890197001\n010016", false, idnumber.Number{Clean: good, State: idnumber.Suspicious}},
		{"lower x", "13089019700101006x", false, idnumber.Number{Clean: "13089019700101006X", State: idnumber.Invalid}},
		{"fifteen digits", "130890700101001", false, idnumber.Number{Clean: good, State: idnumber.Suspicious}},
		{"certificate", good + "42", false, idnumber.Number{Clean: good, State: idnumber.Suspicious}},
		{"re-issued certificate", good + "42B1", false, idnumber.Number{Clean: good, State: idnumber.Suspicious}},
		{"certificate of no type", good + "92", false, idnumber.Number{Clean: good + "92", State: idnumber.Invalid}},
		{"number cell", good, true, idnumber.Number{Clean: good[:15], State: idnumber.Damaged}},
		{"tail cut", "130890197001010000", false, idnumber.Number{Clean: good[:15], State: idnumber.Damaged}},
		{"scientific, three lost", "1.30890197001010E+17", false, idnumber.Number{Clean: "130890197001010", State: idnumber.Damaged}},
		{"scientific, lost for good", "1.30890e+17", false, idnumber.Number{Clean: "130890", State: idnumber.Damaged}},
		{"masked", "130890********0016", false, idnumber.Number{Clean: "130890********0016", State: idnumber.Masked}},
		{"check digit wrong", "130890197001010017", false, idnumber.Number{Clean: "130890197001010017", State: idnumber.Invalid}},
		{"no such day", "13089019700230001" + string(idnumber.CheckDigit("13089019700230001")), false,
			idnumber.Number{Clean: "13089019700230001" + string(idnumber.CheckDigit("13089019700230001")), State: idnumber.Invalid}},
		{"before 1900", "13089018990101001" + string(idnumber.CheckDigit("13089018990101001")), false,
			idnumber.Number{Clean: "13089018990101001" + string(idnumber.CheckDigit("13089018990101001")), State: idnumber.Invalid}},
		{"no such province", "99", false, idnumber.Number{Clean: "99", State: idnumber.Invalid}},
		{"telephone", "13800000000", false, idnumber.Number{Clean: "13800000000", State: idnumber.Invalid}},
		{"short", "13089019700101001", false, idnumber.Number{Clean: "13089019700101001", State: idnumber.Invalid}},
		{"blank", " 　", false, idnumber.Number{State: idnumber.Missing}},
		{"word", "无", false, idnumber.Number{State: idnumber.Missing}},
		{"word", "待补", false, idnumber.Number{State: idnumber.Missing}},
		{"filler", "000000000000000000", false, idnumber.Number{State: idnumber.Missing}},
		{"filler", "999999197001010016", false, idnumber.Number{State: idnumber.Missing}},
	} {
		if got := idnumber.Clean(c.raw, c.number); got != c.want {
			t.Errorf("%s: Clean(%q) = %v, want %v", c.name, c.raw, got, c.want)
		}
	}
}

// TestCheckDigitCatches: every substitution and every swap of neighbours.
func TestCheckDigitCatches(t *testing.T) {
	const good = "130890197001010016"
	for i := range 17 {
		for d := byte('0'); d <= '9'; d++ {
			if bad := good[:i] + string(d) + good[i+1:]; bad != good && idnumber.CheckDigit(bad[:17]) == good[17] {
				t.Errorf("substitution %s passes", bad)
			}
		}
		if i < 16 && good[i] != good[i+1] {
			if bad := good[:i] + string(good[i+1]) + string(good[i]) + good[i+2:]; idnumber.CheckDigit(bad[:17]) == good[17] {
				t.Errorf("swap %s passes", bad)
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, seed := range []string{"130890197001010016", "1.3089E+17", "１３０×", "130890********0016", "", "无", "\x00", "9"} {
		f.Add(seed, false)
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, raw string, number bool) {
		got := idnumber.Clean(raw, number)
		switch got.State {
		case idnumber.Valid, idnumber.Suspicious:
			if !idnumber.IsValid(got.Clean) {
				t.Errorf("Clean(%q) calls %q %s", raw, got.Clean, got.State)
			}
			if again := idnumber.Clean(got.Clean, false); again != got {
				t.Errorf("Clean(%q) = %v, cleaned again %v", raw, got, again)
			}
		case idnumber.Missing:
			if got.Clean != "" {
				t.Errorf("Clean(%q) is missing and yet %q", raw, got.Clean)
			}
		case idnumber.Damaged:
			if strings.Trim(got.Clean, "0123456789") != "" {
				t.Errorf("Clean(%q) kept %q", raw, got.Clean)
			}
		}
	})
}
