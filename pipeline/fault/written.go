package fault

import (
	"regexp"

	"golang.org/x/text/unicode/norm"
)

// written is a number of 15 to 18 digits as people also write it: in groups, in full width.
var written = regexp.MustCompile(`[0-9０-９](?:[ 　\x{00A0}\x{2009}.·_-]?[0-9０-９]){13,16}[ 　\x{00A0}\x{2009}.·_-]?[0-9０-９XxＸｘ×]`)

var birthday = regexp.MustCompile(`^[1-9][0-9]{5}(1[89]|20)?[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx×]?$`)

var between = regexp.MustCompile(`[^0-9Xx×]`)

// Hide gives a text in which everything that can be an ID number, however it is written, is
// what hide makes of it. Two days side by side are none.
func Hide(text string, hide func(number string) string) string {
	return written.ReplaceAllStringFunc(text, func(number string) string {
		if birthday.MatchString(between.ReplaceAllString(norm.NFKC.String(number), "")) {
			return hide(number)
		}
		return number
	})
}
