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

// takeStyle notes the classes of cells that Excel's pages give a date's format, or a line through.
func (r *htmlReader) takeStyle(css string) error {
	for _, rule := range cssRule.FindAllStringSubmatch(css, -1) {
		date, struck := hasDateFormat(rule[2]), hasLine(rule[2])
		if !date && !struck {
			continue
		}
		if r.classes == nil {
			r.classes = map[string]cellStyle{}
		}
		was := r.classes[rule[1]]
		r.classes[rule[1]] = cellStyle{date: date || was.date, struck: struck || was.struck}
		if err := r.meter.hold(100 + len(rule[1])); err != nil {
			return r.held(err)
		}
	}
	return nil
}

// showsDate says whether the cell's class or style has a date's format.
func (r *htmlReader) showsDate(tag html.Token) bool {
	return r.shows(tag, func(s cellStyle) bool { return s.date }, hasDateFormat)
}

// showsLine says so of a line through the cell's or the row's text.
func (r *htmlReader) showsLine(tag html.Token) bool {
	return r.shows(tag, func(s cellStyle) bool { return s.struck }, hasLine)
}

func (r *htmlReader) shows(tag html.Token, class func(cellStyle) bool, style func(string) bool) bool {
	for _, a := range tag.Attr {
		if a.Key == "class" && len(r.classes) > 0 {
			for name := range strings.FieldsSeq(a.Val) {
				if class(r.classes[name]) {
					return true
				}
			}
		}
		if a.Key == "style" && style(a.Val) {
			return true
		}
	}
	return false
}

func hasLine(declarations string) bool { return strings.Contains(declarations, "line-through") }

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
