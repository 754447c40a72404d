package fault

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// Plain writes a text that somebody else chose (a file's name, a sheet's, a cell)
// so that a terminal, a mail or a log shows it and does nothing else: control
// characters and line breaks, marks that turn the direction of writing or cannot
// be seen become escapes as JSON knows them (\n, \u001b, \u202e), and so do bytes
// that are no text (\ufffd).
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
	for _, r := range s[at:] {
		switch {
		case shown(r, kept):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		default:
			for _, unit := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, `\u%04x`, unit)
			}
		}
	}
	return b.String()
}

// shown says that a character has a shape, or is a space, and nothing more. The
// replacement character stands for bytes that are no text as well.
func shown(r rune, kept string) bool {
	return r != utf8.RuneError && !unicode.Is(unicode.Cc, r) && !unicode.Is(unicode.Cf, r) &&
		!unicode.Is(unicode.Zl, r) && !unicode.Is(unicode.Zp, r) || strings.ContainsRune(kept, r)
}
