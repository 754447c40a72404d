package roster

import (
	"regexp"
	"strings"

	"hedui/sources/idnumber"
)

// disabilityTypes are the types in the order of their codes, 1 to 7.
var disabilityTypes = [...]string{"视力", "听力", "言语", "肢体", "智力", "精神", "多重"}

// parseDisability reads one type, by name or code; several of them are 多重. A type of which a
// text says that it is sound, or was once ill, is none.
func parseDisability(text string) (string, bool) {
	s := strings.ReplaceAll(compact(text), "语言", "言语")
	s = soundType.ReplaceAllString(s, "")
	if strings.Contains(s, "多重") {
		return "多重", true
	}
	found := ""
	count := 0
	for _, t := range disabilityTypes {
		if strings.Contains(s, t) {
			found = t
			count++
		}
	}
	switch {
	case count == 1:
		return found, true
	case count > 1:
		return "多重", true
	}
	return disabilityCode(s)
}

var soundType = func() *regexp.Regexp {
	types := "(?:" + strings.Join(disabilityTypes[:], "|") + ")(?:残疾)?"
	return regexp.MustCompile("(?:无|非|不是|没有)" + types + "|" + types + "(?:正常|健全|良好|无异常|无障碍|病史)")
}()

func disabilityCode(s string) (string, bool) {
	if i := strings.Index("一二三四五六七", s); len(s) == 3 && i >= 0 {
		return disabilityTypes[i/3], true
	}
	codes := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(",、;/.", r) })
	found := ""
	for _, code := range codes {
		code = strings.TrimLeft(code, "0")
		if len(code) != 1 || code[0] < '1' || code[0] > '7' {
			return "", false
		}
		if t := disabilityTypes[code[0]-'1']; found != "" && t != found {
			return "多重", true
		} else {
			found = t
		}
	}
	return found, found != ""
}

// gradeMarks maps every sign of a grade to it.
var gradeMarks = []struct {
	mark  string
	grade int64
}{
	{"IV", 4}, {"III", 3}, {"II", 2}, {"I", 1}, // the longer Roman ones first
	{"一", 1}, {"二", 2}, {"三", 3}, {"四", 4},
	{"壹", 1}, {"贰", 2}, {"叁", 3}, {"肆", 4},
	{"1", 1}, {"2", 2}, {"3", 3}, {"4", 4},
}

// parseGrade reads 一级, 1, Ⅰ, 壹级 …. Of several grades (听力一级、言语三级) the most
// severe counts, as on the certificate of a multiple disability.
func parseGrade(text string) (int64, bool) {
	s := strings.ToUpper(dropRemarks(compact(text)))
	s = strings.TrimSuffix(s, ".0")
	s = strings.TrimPrefix(s, "0")
	best := int64(0)
	for _, part := range strings.SplitAfter(s, "级") {
		bare := strings.TrimSuffix(part, "级")
		if part == "" || best > 0 && bare == part && !strings.ContainsAny(part, "0123456789IVX一二三四壹贰叁肆") {
			continue // 一级残疾
		}
		grade, ok := gradeAtEnd(bare, bare != part)
		if !ok {
			return 0, false
		}
		if best == 0 || grade < best {
			best = grade
		}
	}
	return best, best > 0
}

// gradeAtEnd reads the mark that ends s. Without 级 after it, s must be the mark alone.
func gradeAtEnd(s string, marked bool) (int64, bool) {
	for _, m := range gradeMarks {
		rest, cut := strings.CutSuffix(s, m.mark)
		if !cut {
			continue
		}
		if rest == "" {
			return m.grade, true
		}
		last := rest[len(rest)-1]
		return m.grade, marked && (last >= 0x80 || last == ',' || last == ';') && !strings.HasSuffix(rest, "十")
	}
	return 0, false
}

// certificate is what a disability certificate's number says: the ID number, one digit of
// type, one of grade, perhaps B1, B2 … for a re-issue.
type certificate struct {
	kind  string // as in disabilityTypes
	grade int64
}

func parseCertificate(text string) (certificate, bool) {
	s := idnumber.Fold(compact(text))
	if len(s) < 20 || digits(s) < 17 || s[18] < '1' || s[18] > '7' || s[19] < '1' || s[19] > '4' {
		return certificate{}, false
	}
	if s[17] != 'X' && (s[17] < '0' || s[17] > '9') {
		return certificate{}, false
	}
	return certificate{disabilityTypes[s[18]-'1'], int64(s[19] - '0')}, true
}
