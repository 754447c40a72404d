package roster

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plain says that NFKC and compact leave s as it is: only visible ASCII and
// common Chinese characters. Nearly every cell is, and it is much cheaper to see
// than to normalise.
func plain(s string) bool {
	for i := 0; i < len(s); {
		b := s[i]
		switch {
		case b > ' ' && b < 0x7f:
			i++
		case b >= 0xe4 && b <= 0xe9 && i+2 < len(s): // U+4000 to U+9FFF
			if s[i+1]&0xc0 != 0x80 || s[i+2]&0xc0 != 0x80 { // not UTF-8
				return false
			}
			if b == 0xe4 && s[i+1] < 0xb8 { // below U+4E00: extension A and hexagrams
				return false
			}
			i += 3
		default:
			return false
		}
	}
	return true
}

// invisible are the characters that no reader sees and no comparison should.
func invisible(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == '\u3164' || r == '\u2800' || r == '\ufe0f' || r == '\ufe0e'
}

// squeeze drops white space and invisible characters, and changes nothing else.
func squeeze(s string) string {
	if plain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		return r
	}, s)
}

// compact is NFKC without white space: 张　三（已故） → 张三(已故).
func compact(s string) string {
	if plain(s) {
		return s
	}
	return squeeze(norm.NFKC.String(s))
}

// tidy is free text for a person to read: outer white space dropped, line breaks
// and runs of white space made one space.
func tidy(s string) string {
	if plain(s) {
		return s
	}
	return strings.Join(strings.FieldsFunc(strings.ToValidUTF8(s, "\uFFFD"), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
}

// blank says that s shows nothing.
func blank(s string) bool {
	if s != "" && (s[0] > ' ' && s[0] < 0x7f || s[0] >= 0xe4 && s[0] <= 0xe9) { // as in plain
		return false
	}
	for _, r := range s {
		if !invisible(r) {
			return false
		}
	}
	return true
}

// brackets pairs the brackets whose content is a remark, after NFKC.
var brackets = map[rune]rune{'(': ')', '[': ']', '{': '}', '<': '>', '【': '】', '〔': '〕', '〖': '〗', '《': '》', '「': '」'}

// dropRemarks removes bracketed remarks from NFKC text; an open bracket that is
// never closed takes the rest with it. Text that is one remark all through
// keeps its content.
func dropRemarks(s string) string {
	bare, _ := cutRemarks(s)
	return bare
}

// cutRemarks is dropRemarks, and gives the remarks, parted by commas.
func cutRemarks(s string) (bare, remarks string) {
	if !strings.ContainsAny(s, "([{<【〔〖《「") {
		return s, ""
	}
	var out, in, all strings.Builder
	var closing []rune
	for _, r := range s {
		switch end, opens := brackets[r]; {
		case opens:
			if len(closing) == 0 && in.Len() > 0 {
				in.WriteByte(',')
			}
			closing = append(closing, end)
		case len(closing) > 0 && r == closing[len(closing)-1]:
			closing = closing[:len(closing)-1]
		case len(closing) == 0:
			out.WriteRune(r)
			all.WriteRune(r)
		default:
			in.WriteRune(r)
			all.WriteRune(r)
		}
	}
	if out.Len() == 0 {
		return all.String(), ""
	}
	return out.String(), in.String()
}

// foldHeader brings a header to the form in which aliases are compared: NFKC, no
// white space, bracketed remark, quote, star, colon or number in front (1.镇, 2、村).
func foldHeader(s string) string {
	s = dropRemarks(compact(s))
	if n := digits(s); n > 0 && n < 3 {
		rest := strings.TrimPrefix(strings.TrimPrefix(s[n:], "."), "、")
		if rest != "" && rest != s[n:] && digits(rest) == 0 {
			s = rest
		}
	}
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch r {
		case '*', ':', '"', '\'', '★', '☆', '※', '“', '”', '‘', '’':
			return -1
		}
		return r
	}, s))
}

// nothing says that compact text stands for an empty cell: a dash, a slash.
func nothing(s string) bool {
	if s == "" {
		return true
	}
	if s[0] >= '0' && s[0] <= '9' || s[0] >= 0xe4 && s[0] <= 0xe9 && s[:min(len(s), 3)] != "空" {
		return false
	}
	for _, r := range s {
		switch r {
		case '-', '—', '―', '–', '‐', '_', '/', '\\', '~', '.':
		default:
			return nullWord(s)
		}
	}
	return true
}

func nullWord(s string) bool {
	if len(s) > len("(空白)") || s[0] >= '0' && s[0] <= '9' {
		return false
	}
	switch strings.ToUpper(s) {
	case "空", "空白", "NULL", "(NULL)", "NONE", "N/A", "#N/A", "NAN", "(空)", "(空白)":
		return true
	}
	return false
}

// none says that compact text says there is nothing, where that is no answer.
func none(s string) bool { return s == "无" || s == "暂无" || s == "没有" }

// pending says that compact text says something is still to be written.
func pending(s string) bool {
	switch s {
	case "待补", "待补录", "待查", "待定", "不详", "未知", "不明":
		return true
	}
	return false
}

// NameKey is the form in which names are compared: NFKC, no bracketed remark,
// white space or dots, and ? for each character that could not be read.
func NameKey(name string) string {
	if plainName(name) {
		return name
	}
	s := dropRemarks(compact(name))
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("·•・．.‧∙⋅●。-'’", r):
			return -1
		case strings.ContainsRune("?△□○*▲■�", r), unicode.Is(unicode.Co, r):
			return '?'
		}
		return r
	}, s))
}

// plainName says that s holds common Chinese characters alone.
func plainName(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0x80 {
			return false
		}
	}
	return plain(s)
}
