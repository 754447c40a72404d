package idnumber

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// Numbers under assigned regions have the sequence 000, which nobody was given.
func TestClean(t *testing.T) {
	const good = "130890197001010016"
	for _, c := range []struct {
		name, raw string
		number    bool
		want      Number
	}{
		{"clean", good, false, Number{Clean: good, State: Suspicious}},
		{"assigned region", "132622" + "19490101" + "000" + string(CheckDigit("13262219490101000")), false,
			Number{Clean: "132622" + "19490101" + "000" + string(CheckDigit("13262219490101000")), State: Valid}},
		{"spaces, apostrophe, zero width", "\u00a0'1308 90197001010016\u200b\t", false, Number{Clean: good, State: Suspicious}},
		{"full width", "１３０８９０１９７００１０１００１６", false, Number{Clean: good, State: Suspicious}},
		{"line break", "130890197001\n010016", false, Number{Clean: good, State: Suspicious}},
		{"remark", good + "（已核）", false, Number{Clean: good, State: Suspicious}},
		{"label", "身份证：" + good + "。", false, Number{Clean: good, State: Suspicious}},
		{"dashes", "130890-19700101-0016", false, Number{Clean: good, State: Suspicious}},
		{"point behind", good + ".", false, Number{Clean: good, State: Suspicious}},
		{"point within", good[:15] + "." + good[15:], false, Number{Clean: good[:15] + "." + good[15:], State: Invalid}},
		{"letter before", "P" + good, false, Number{Clean: "P" + good, State: Invalid}},
		{"remark on a wrong one", "130890197001010017(已核)", false, Number{Clean: "130890197001010017(已核)", State: Invalid}},
		{"two numbers", good + "、" + good, false, Number{Clean: good + "、" + good, State: Invalid}},
		{"lower x", "13089019700101006x", false, Number{Clean: "13089019700101006X", State: Invalid}},
		{"fifteen digits", "130890700101001", false, Number{Clean: good, State: Suspicious}},
		{"certificate", good + "42", false, Number{Clean: good, State: Suspicious}},
		{"re-issued certificate", good + "42B1", false, Number{Clean: good, State: Suspicious}},
		{"certificate of no type", good + "92", false, Number{Clean: good + "92", State: Invalid}},
		{"number cell", good, true, Number{Clean: good[:15], State: Damaged}},
		{"tail cut", "130890197001010000", false, Number{Clean: good[:15], State: Damaged}},
		{"scientific, three lost", "1.30890197001010E+17", false, Number{Clean: "130890197001010", State: Damaged}},
		{"scientific, lost for good", "1.30890e+17", false, Number{Clean: "130890", State: Damaged}},
		{"scientific out of a float", "1.30890197001010016e+17", false, Number{Clean: good[:15], State: Damaged}},
		{"scientific without a sign", "1.30890197001010E17", false, Number{Clean: "130890197001010", State: Damaged}},
		{"scientific certificate", "1.30890197001010E+19", false, Number{Clean: "130890197001010", State: Damaged}},
		{"scientific, all 15 digits", "1.30890700101001E+14", false, Number{Clean: good, State: Suspicious}},
		{"scientific, no ID number", "1.5E+3", false, Number{Clean: "1.5E+3", State: Invalid}},
		{"data frame's float", good + ".0", false, Number{Clean: good[:15], State: Damaged}},
		{"number cell of 15 digits", "130890700101001", true, Number{Clean: good, State: Suspicious}},
		{"certificate in a number cell", good + "42", true, Number{Clean: good[:15], State: Damaged}},
		{"text in a number cell's column", "'" + good, false, Number{Clean: good, State: Suspicious}},
		{"kept as text in a CSV", `="` + good + `"`, false, Number{Clean: good, State: Suspicious}},
		{"masked by x", "130890xxxxxxxx0016", false, Number{Clean: "130890XXXXXXXX0016", State: Masked}},
		{"abolished prefecture", "132421" + "19490101000" + string(CheckDigit("13242119490101000")), false,
			Number{Clean: "132421" + "19490101000" + string(CheckDigit("13242119490101000")), State: Valid}},
		{"abolished fifteen digits", "132624491231000", false,
			Number{Clean: "13262419491231000" + string(CheckDigit("13262419491231000")), State: Valid}},
		{"Hong Kong resident", "81000019700101000" + string(CheckDigit("81000019700101000")), false,
			Number{Clean: "81000019700101000" + string(CheckDigit("81000019700101000")), State: Valid}},
		{"no such permit", "85000019700101000" + string(CheckDigit("85000019700101000")), false,
			Number{Clean: "85000019700101000" + string(CheckDigit("85000019700101000")), State: Invalid}},
		{"too narrow a column, printed", "########", false, Number{State: Missing}},
		{"masked", "130890********0016", false, Number{Clean: "130890********0016", State: Masked}},
		{"check digit wrong", "130890197001010017", false, Number{Clean: "130890197001010017", State: Invalid}},
		{"no such day", "13089019700230001" + string(CheckDigit("13089019700230001")), false,
			Number{Clean: "13089019700230001" + string(CheckDigit("13089019700230001")), State: Invalid}},
		{"before 1900", "13089018990101001" + string(CheckDigit("13089018990101001")), false,
			Number{Clean: "13089018990101001" + string(CheckDigit("13089018990101001")), State: Invalid}},
		{"no such province", "99", false, Number{Clean: "99", State: Invalid}},
		{"telephone", "13800000000", false, Number{Clean: "13800000000", State: Invalid}},
		{"short", "13089019700101001", false, Number{Clean: "13089019700101001", State: Invalid}},
		{"blank", " 　", false, Number{State: Missing}},
		{"word", "无", false, Number{State: Missing}},
		{"word", "待补", false, Number{State: Missing}},
		{"filler", "000000000000000000", false, Number{State: Missing}},
		{"filler", "999999197001010016", false, Number{State: Missing}},
	} {
		if got := Clean(c.raw, c.number); got != c.want {
			t.Errorf("%s: Clean(%q) = %v, want %v", c.name, c.raw, got, c.want)
		}
	}
}

// TestCheckDigitCatches: every substitution and every swap of neighbours.
func TestCheckDigitCatches(t *testing.T) {
	const good = "130890197001010016"
	for i := range 17 {
		for d := byte('0'); d <= '9'; d++ {
			if bad := good[:i] + string(d) + good[i+1:]; bad != good && CheckDigit(bad[:17]) == good[17] {
				t.Errorf("substitution %s passes", bad)
			}
		}
		if i < 16 && good[i] != good[i+1] {
			if bad := good[:i] + string(good[i+1]) + string(good[i]) + good[i+2:]; CheckDigit(bad[:17]) == good[17] {
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
		got := Clean(raw, number)
		switch got.State {
		case Valid, Suspicious:
			if !IsValid(got.Clean) {
				t.Errorf("Clean(%q) calls %q %s", raw, got.Clean, got.State)
			}
			if again := Clean(got.Clean, false); again != got {
				t.Errorf("Clean(%q) = %v, cleaned again %v", raw, got, again)
			}
		case Missing:
			if got.Clean != "" {
				t.Errorf("Clean(%q) is missing and yet %q", raw, got.Clean)
			}
		case Damaged:
			if strings.Trim(got.Clean, "0123456789") != "" {
				t.Errorf("Clean(%q) kept %q", raw, got.Clean)
			}
		}
	})
}

// TestRegions: the unassigned codes of invented people stay unassigned; those
// in force, those abolished and those made since are known.
func TestRegions(t *testing.T) {
	for n := range 10 {
		if code := "13089" + string(rune('0'+n)); knownRegion(code) {
			t.Errorf("%s is known", code)
		}
	}
	for _, code := range []string{"130802", "130881", "130821", "132624", "132201", "110102", "140702", "150502", "659001", "830000", "911000"} {
		if !knownRegion(code) {
			t.Errorf("%s is not known", code)
		}
	}
	for _, code := range []string{"", "13", "130800", "130899", "000000", "850000"} {
		if knownRegion(code) {
			t.Errorf("%q is known", code)
		}
	}
}

// TestParts: what is no number of 18 characters has no parts, and no panic.
func TestParts(t *testing.T) {
	const good = "130890197001010016"
	day, ok := birth(good)
	if !ok || day.Format("2006-01-02") != "1970-01-01" {
		t.Errorf("%v %v", day, ok)
	}
	for _, bad := range []string{"", "1", "13089019700101001", "13089019700101００", "1308901970010100160"} {
		if _, ok := birth(bad); ok || IsValid(bad) {
			t.Errorf("%q has parts", bad)
		}
	}
	if CheckDigit("1308901970010100x") != 0 || CheckDigit("1") != 0 {
		t.Error("check digit of what is no number")
	}
}

func BenchmarkClean(b *testing.B) {
	for b.Loop() {
		if Clean("130890197001010016", false).State != Suspicious {
			b.Fatal("wrong state")
		}
	}
}

// Every day that there is, and none that there is not.
func TestBirthIsTheCalendar(t *testing.T) {
	for year := 1890; year < 2110; year++ {
		for month := range 14 {
			for day := range 33 {
				text := fmt.Sprintf("%04d%02d%02d", year, month, day)
				want, err := time.Parse("20060102", text)
				got, ok := birth("130890" + text + "0010")
				if ok != (err == nil && year >= 1900) || ok && !got.Equal(want) {
					t.Fatalf("%s: %v %v", text, got, ok)
				}
			}
		}
	}
}
