package fault

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain writes a text that somebody else chose (a file's name, a sheet's, a cell)
// so that a terminal, a mail or a log shows it and does nothing else: control
// characters and line breaks, marks that turn the direction of writing or cannot
// be seen, and bytes that are no text become escapes such as \n, \x1b and \u202e.
func Plain(s string) string { return escape(s, "") }

// PlainLines is Plain for a text of the program's own lines: line breaks and tabs stay.
func PlainLines(s string) string { return escape(s, "\n\t") }

func escape(s, kept string) string {
	at := strings.IndexFunc(s, func(r rune) bool { return !shown(r, kept) })
	if at < 0 {
		return s
	}
	var b strings.Builder
	b.WriteString(s[:at])
	for rest := s[at:]; rest != ""; {
		r, size := utf8.DecodeRuneInString(rest)
		switch {
		case r == utf8.RuneError && size == 1:
			b.WriteString(`\x` + strconv.FormatUint(uint64(rest[0])|0x100, 16)[1:])
		case shown(r, kept):
			b.WriteString(rest[:size])
		default:
			quoted := strconv.QuoteRuneToASCII(r)
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		rest = rest[size:]
	}
	return b.String()
}

// shown says that a character has a shape, or is a space, and nothing more. The
// replacement character stands for bytes that are no text as well.
func shown(r rune, kept string) bool {
	return r != utf8.RuneError && !unicode.Is(unicode.Cc, r) && !unicode.Is(unicode.Cf, r) &&
		!unicode.Is(unicode.Zl, r) && !unicode.Is(unicode.Zp, r) || strings.ContainsRune(kept, r)
}
