package table

import (
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

var (
	cssRule   = regexp.MustCompile(`\.([\w-]+)[^{}]*\{([^}]*)\}`)
	cssFormat = regexp.MustCompile(`(?i)mso-number-format\s*:\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^;}"']+)`)
)

// takeStyle notes the classes of cells that Excel's pages give a date's format.
func (r *htmlReader) takeStyle(css string) error {
	for _, rule := range cssRule.FindAllStringSubmatch(css, -1) {
		if !hasDateFormat(rule[2]) {
			continue
		}
		if r.dates == nil {
			r.dates = map[string]bool{}
		}
		r.dates[rule[1]] = true
		if err := r.meter.hold(100 + len(rule[1])); err != nil {
			return r.held(err)
		}
	}
	return nil
}

// showsDate says whether the cell's class or style has a date's format.
func (r *htmlReader) showsDate(tag html.Token) bool {
	for _, a := range tag.Attr {
		if a.Key == "class" {
			for class := range strings.FieldsSeq(a.Val) {
				if r.dates[class] {
					return true
				}
			}
		}
		if a.Key == "style" && hasDateFormat(a.Val) {
			return true
		}
	}
	return false
}

func hasDateFormat(declarations string) bool {
	found := cssFormat.FindStringSubmatch(declarations)
	if found == nil {
		return false
	}
	format := cssUnescape(strings.Trim(strings.TrimSpace(found[1]), `"'`))
	if strings.Trim(strings.ToLower(format), "abcdefghijklmnopqrstuvwxyz ") == "" && strings.Contains(format, " ") || namedFormats[format] {
		return strings.HasSuffix(format, "Date") || strings.HasSuffix(format, "Time")
	}
	return isDateFormat(format)
}

// namedFormats are those without a blank in their name, no date among them.
var namedFormats = map[string]bool{"General": true, "Fixed": true, "Standard": true, "Percent": true, "Scientific": true, "Currency": true}

// cssUnescape undoes \x and \hhhh; Excel always writes four digits.
func cssUnescape(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			out.WriteByte(s[i])
			continue
		}
		if i+5 <= len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+5], 16, 16); err == nil {
				out.WriteRune(rune(n))
				i += 4
				continue
			}
		}
		i++
		out.WriteByte(s[i])
	}
	return out.String()
}
