package table

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"
)

// scanner is a pull reader over the XML of a workbook part. encoding/xml takes
// ten seconds for the tags of a sheet of 300,000 rows by 15, reading it whole with
// this one takes two: of a tag only its local name and an attribute or two matter.
// It knows no DTD and so expands no entity but XML's own five and characters.
type scanner struct {
	src     io.Reader
	buf     []byte // what is read and not passed over yet: buf[at:end]
	at, end int
	err     error // that ended src
	maxText int

	name   []byte // local name of the current tag
	attrs  []byte // the raw attributes behind it
	ending bool   // </name>
	closed bool   // <name/>
	text   []byte // character data since the last tag, with entities
	joined []byte // holds text that a comment or CDATA broke in two
	depth  int
	root   bool // an element was seen
}

func newScanner(src io.Reader, maxText int) *scanner {
	s := &scanner{src: src, buf: make([]byte, 1<<16), maxText: maxText}
	s.fill()
	if mark := s.buf[:min(s.end, 2)]; string(mark) == "\xFE\xFF" || string(mark) == "\xFF\xFE" {
		whole := io.MultiReader(bytes.NewReader(s.buf[:s.end]), src)
		s.src = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(whole)
		s.buf, s.end, s.err = make([]byte, 1<<16), 0, nil
	}
	return s
}

// fill reads more behind buf[at:end], which it may move. At least two bytes
// come at first, so that a mark can be told.
func (s *scanner) fill() {
	if s.at > 0 {
		s.end = copy(s.buf, s.buf[s.at:s.end])
		s.at = 0
	}
	if s.end == len(s.buf) {
		s.buf = append(s.buf, make([]byte, len(s.buf))...)
	}
	for had := s.end; s.err == nil && s.end < max(2, had+1); {
		var n int
		n, s.err = s.src.Read(s.buf[s.end:])
		s.end += n
	}
}

// next moves to the next tag; s.text is what stood before it. io.EOF ends the
// document; it is io.ErrUnexpectedEOF inside a tag or an open element.
func (s *scanner) next() error {
	s.joined = s.joined[:0]
	for {
		text, tag, err := s.segment()
		if err != nil {
			return err
		}
		if tag[0] != '?' && tag[0] != '!' {
			if s.text = text; len(s.joined) > 0 {
				s.joined = append(s.joined, text...)
				s.text = s.joined
			}
			return s.parseTag(tag)
		}
		s.joined = append(s.joined, text...)
		if bytes.HasPrefix(tag, []byte("![CDATA[")) {
			// As text it would be unescaped once more: escape it here.
			s.joined = append(s.joined, bytes.ReplaceAll(tag[8:len(tag)-2], []byte("&"), []byte("&amp;"))...)
		}
		if len(s.joined) > s.maxText {
			return errTextSize
		}
	}
}

// segment gives the text up to the next tag, and what stands in its brackets.
func (s *scanner) segment() (text, tag []byte, err error) {
	open := bytes.IndexByte(s.buf[s.at:s.end], '<')
	for open < 0 {
		had := s.end - s.at
		if had > s.maxText {
			return nil, nil, errTextSize
		}
		if s.err != nil {
			return nil, nil, s.ended()
		}
		s.fill()
		if open = bytes.IndexByte(s.buf[s.at+had:s.end], '<'); open >= 0 {
			open += had
		}
	}
	if open > s.maxText {
		return nil, nil, errTextSize
	}
	var end tagEnd
	for {
		if closing := end.find(s.buf[s.at+open+1 : s.end]); closing >= 0 {
			text, tag = s.buf[s.at:s.at+open], s.buf[s.at+open+1:s.at+open+1+closing]
			s.at += open + closing + 2
			if len(tag) == 0 {
				return nil, nil, errors.New("empty tag")
			}
			return text, tag, nil
		}
		if s.end-s.at-open > s.maxText {
			return nil, nil, errTextSize
		}
		if s.err != nil {
			return nil, nil, unexpected(s.err)
		}
		s.fill()
	}
}

// ended says how the document ended outside any tag.
func (s *scanner) ended() error {
	if errors.Is(s.err, io.EOF) && s.depth == 0 && s.root {
		return io.EOF
	}
	return unexpected(s.err)
}

// tagEnd looks for the > that ends a tag: it may stand in a comment, in CDATA or
// in an attribute's value as well. It goes on where it stopped when more of the
// tag has come, so that no tag is looked through twice.
type tagEnd struct {
	seen  int
	quote byte // the one that is open
}

// find gives the place of the > in what stands behind the tag's <, or -1.
func (e *tagEnd) find(tag []byte) int {
	switch {
	case len(tag) < 9 && bytes.IndexByte(tag, '>') < 0:
		return -1 // too little to know
	case tag[0] == '!' && bytes.HasPrefix(tag, []byte("!--")):
		return e.behind(tag, 3, "-->")
	case tag[0] == '!' && bytes.HasPrefix(tag, []byte("![CDATA[")):
		return e.behind(tag, 8, "]]>")
	case tag[0] == '?':
		return e.behind(tag, 1, "?>")
	}
	if e.seen == 0 { // nearly always the first > is the one
		if end := bytes.IndexByte(tag, '>'); end >= 0 && bytes.Count(tag[:end], []byte{'"'})%2 == 0 && bytes.IndexByte(tag[:end], '\'') < 0 {
			return end
		}
	}
	for {
		if e.quote != 0 {
			closing := bytes.IndexByte(tag[e.seen:], e.quote)
			if closing < 0 {
				e.seen = len(tag)
				return -1
			}
			e.seen, e.quote = e.seen+closing+1, 0
		}
		end := bytes.IndexByte(tag[e.seen:], '>')
		if end < 0 {
			end = len(tag) - e.seen
		}
		rest := tag[e.seen : e.seen+end]
		quote := bytes.IndexByte(rest, '"')
		if quote >= 0 {
			rest = rest[:quote]
		}
		if single := bytes.IndexByte(rest, '\''); single >= 0 {
			quote = single
		}
		if quote < 0 {
			if e.seen += end; e.seen == len(tag) {
				return -1
			}
			return e.seen
		}
		e.quote = tag[e.seen+quote]
		e.seen += quote + 1
	}
}

// behind gives the place of the last letter of mark, which ends the tag.
func (e *tagEnd) behind(tag []byte, from int, mark string) int {
	from = max(from, e.seen-len(mark))
	if at := bytes.Index(tag[from:], []byte(mark)); at >= 0 {
		return from + at + len(mark) - 1
	}
	e.seen = len(tag)
	return -1
}

func (s *scanner) parseTag(tag []byte) error {
	s.ending = tag[0] == '/'
	if s.ending {
		tag = tag[1:]
		if s.depth--; s.depth < 0 {
			return errors.New("an element ends that did not begin")
		}
	}
	s.closed = len(tag) > 0 && tag[len(tag)-1] == '/'
	if s.closed {
		tag = tag[:len(tag)-1]
	} else if !s.ending {
		s.depth++
	}
	s.root = true
	start, i := 0, 0
	for ; i < len(tag) && tag[i] > ' '; i++ {
		if tag[i] == ':' {
			start = i + 1
		}
	}
	s.name, s.attrs = tag[start:i], tag[i:]
	return nil
}

// is says that the current tag opens (or is) an element of that name.
func (s *scanner) is(name string) bool { return !s.ending && string(s.name) == name }

// ends says that an element of that name is complete: </name> or <name/>.
func (s *scanner) ends(name string) bool {
	return (s.ending || s.closed) && string(s.name) == name
}

// attribute gives the next attribute of the current tag: local name and raw value.
func (s *scanner) attribute() (key, value []byte, ok bool) {
	rest := s.attrs
	i, start := 0, 0
	for ; i < len(rest) && rest[i] != '='; i++ {
		if rest[i] <= ' ' && start == i || rest[i] == ':' {
			start = i + 1
		}
	}
	if i == len(rest) {
		return nil, nil, false
	}
	key, rest = trimEnd(rest[start:i]), trimStart(rest[i+1:])
	if len(rest) == 0 {
		return nil, nil, false
	}
	length := bytes.IndexByte(rest[1:], rest[0])
	if length < 0 {
		return nil, nil, false
	}
	s.attrs = rest[length+2:]
	return key, rest[1 : 1+length], true
}

// bytes.TrimSpace knows all of Unicode and is slower than the rest of attribute.
func trimStart(b []byte) []byte {
	for len(b) > 0 && b[0] <= ' ' {
		b = b[1:]
	}
	return b
}

func trimEnd(b []byte) []byte {
	for len(b) > 0 && b[len(b)-1] <= ' ' {
		b = b[:len(b)-1]
	}
	return b
}

// attr gives an attribute's value by local name, unescaped; empty without one.
func (s *scanner) attr(name string) string {
	all := s.attrs
	defer func() { s.attrs = all }()
	for {
		key, value, ok := s.attribute()
		if !ok {
			return ""
		}
		if string(key) == name {
			return string(unescape(nil, value))
		}
	}
}

// unescape appends b to out with its entities and line ends resolved.
func unescape(out, b []byte) []byte {
	for {
		i := bytes.IndexByte(b, '&')
		plain := b
		if i >= 0 {
			plain = b[:i]
		}
		if bytes.IndexByte(plain, '\r') >= 0 {
			plain = bytes.ReplaceAll(plain, []byte("\r\n"), []byte("\n"))
		}
		if out = append(out, plain...); i < 0 {
			return out
		}
		b = b[i:]
		semicolon := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if semicolon < 0 {
			out, b = append(out, '&'), b[1:]
			continue
		}
		if r, ok := entity(string(b[1:semicolon])); ok {
			out, b = utf8.AppendRune(out, r), b[semicolon+1:]
		} else {
			out, b = append(out, '&'), b[1:]
		}
	}
}

var entities = map[string]rune{"amp": '&', "lt": '<', "gt": '>', "quot": '"', "apos": '\''}

func entity(name string) (rune, bool) {
	if r, ok := entities[name]; ok {
		return r, true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if rest, ok := strings.CutPrefix(strings.ToLower(digits), "x"); ok {
		digits, base = rest, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	return rune(n), err == nil && n <= utf8.MaxRune && utf8.ValidRune(rune(n))
}
