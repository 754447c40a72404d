package table

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// scanner is a pull reader over the XML of a workbook part. encoding/xml takes
// six seconds for a sheet of 200,000 rows, this one half a second: a sheet is
// mostly tags, and of a tag only its local name and an attribute or two matter.
// It knows no DTD and so expands no entity but XML's own five and characters.
type scanner struct {
	r       *bufio.Reader
	maxText int

	name   []byte // local name of the current tag
	attrs  []byte // the raw attributes behind it
	end    bool   // </name>
	closed bool   // <name/>
	text   []byte // character data since the last tag
	depth  int
}

var errTextSize = errors.New("text larger than the limit")

func newScanner(r io.Reader, maxText int) *scanner {
	return &scanner{r: bufio.NewReaderSize(r, 1<<16), maxText: maxText}
}

// next moves to the next tag; s.text is what stood before it. io.EOF ends the
// document; it is io.ErrUnexpectedEOF inside a tag or an open element.
func (s *scanner) next() error {
	s.text = s.text[:0]
	for {
		if err := s.readText(); err != nil {
			if errors.Is(err, io.EOF) && s.depth > 0 {
				return io.ErrUnexpectedEOF
			}
			return err
		}
		tag, err := s.readTag()
		if err != nil {
			return err
		}
		switch {
		case len(tag) == 0:
			return errors.New("empty tag")
		case tag[0] == '?':
			continue
		case tag[0] == '!':
			if err := s.special(tag); err != nil {
				return err
			}
			continue
		}
		s.parseTag(tag)
		return nil
	}
}

func (s *scanner) readText() error {
	for {
		part, err := s.r.ReadSlice('<')
		if err == nil {
			part = part[:len(part)-1]
		}
		if s.text = append(s.text, part...); len(s.text) > s.maxText {
			return errTextSize
		}
		if err == nil || !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
}

// readTag reads to the > that ends the tag, which may stand in an attribute's value.
func (s *scanner) readTag() ([]byte, error) {
	tag, err := s.r.ReadSlice('>')
	if err == nil && balanced(tag) {
		return tag[:len(tag)-1], nil
	}
	whole := bytes.Clone(tag)
	for errors.Is(err, bufio.ErrBufferFull) || err == nil && !balanced(whole) {
		if len(whole) > s.maxText {
			return nil, errTextSize
		}
		tag, err = s.r.ReadSlice('>')
		whole = append(whole, tag...)
	}
	if err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return whole[:len(whole)-1], nil
}

func balanced(tag []byte) bool {
	return tag[0] == '!' || bytes.Count(tag, []byte{'"'})%2 == 0
}

// special passes over comments and takes CDATA in as text.
func (s *scanner) special(tag []byte) error {
	whole := bytes.Clone(tag)
	terminator := []byte("")
	switch {
	case bytes.HasPrefix(tag, []byte("!--")):
		terminator = []byte("--")
	case bytes.HasPrefix(tag, []byte("![CDATA[")):
		terminator = []byte("]]")
	}
	for !bytes.HasSuffix(whole, terminator) {
		part, err := s.r.ReadSlice('>')
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF
		}
		whole = append(append(whole, '>'), bytes.TrimSuffix(part, []byte(">"))...)
		if len(whole) > s.maxText {
			return errTextSize
		}
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
	}
	if bytes.HasPrefix(whole, []byte("![CDATA[")) {
		// As text it would be unescaped once more: escape it here.
		content := bytes.ReplaceAll(whole[8:len(whole)-2], []byte("&"), []byte("&amp;"))
		s.text = append(s.text, content...)
	}
	return nil
}

func (s *scanner) parseTag(tag []byte) {
	s.end = tag[0] == '/'
	if s.end {
		tag = tag[1:]
		s.depth--
	}
	s.closed = len(tag) > 0 && tag[len(tag)-1] == '/'
	if s.closed {
		tag = tag[:len(tag)-1]
	} else if !s.end {
		s.depth++
	}
	name, attrs := tag, []byte(nil)
	if i := bytes.IndexAny(tag, " \t\r\n"); i >= 0 {
		name, attrs = tag[:i], tag[i:]
	}
	if i := bytes.IndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	s.name, s.attrs = name, attrs
}

// is says that the current tag opens (or is) an element of that name.
func (s *scanner) is(name string) bool { return !s.end && string(s.name) == name }

// ends says that an element of that name is complete: </name> or <name/>.
func (s *scanner) ends(name string) bool {
	return (s.end || s.closed) && string(s.name) == name
}

// attr gives an attribute's value by local name, unescaped.
func (s *scanner) attr(name string) string {
	rest := s.attrs
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 {
			return ""
		}
		quote := rest[0]
		end := bytes.IndexByte(rest[1:], quote)
		if end < 0 {
			return ""
		}
		value := rest[1 : 1+end]
		rest = rest[end+2:]
		if i := bytes.LastIndexByte(key, ':'); i >= 0 {
			key = key[i+1:]
		}
		if string(key) == name {
			return unescape(value)
		}
	}
}

// chars is the character data before the current tag, unescaped.
func (s *scanner) chars() string { return unescape(s.text) }

var entities = map[string]string{"amp": "&", "lt": "<", "gt": ">", "quot": `"`, "apos": "'"}

func unescape(b []byte) string {
	amp := bytes.IndexByte(b, '&')
	if amp < 0 && bytes.IndexByte(b, '\r') < 0 {
		return string(b)
	}
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	var out []byte
	for {
		amp := bytes.IndexByte(b, '&')
		if amp < 0 {
			return string(append(out, b...))
		}
		out, b = append(out, b[:amp]...), b[amp:]
		semicolon := bytes.IndexByte(b[:min(len(b), 12)], ';')
		if semicolon < 0 {
			out, b = append(out, '&'), b[1:]
			continue
		}
		if r, ok := entity(string(b[1:semicolon])); ok {
			out, b = append(out, r...), b[semicolon+1:]
		} else {
			out, b = append(out, '&'), b[1:]
		}
	}
}

func entity(name string) (string, bool) {
	if s, ok := entities[name]; ok {
		return s, true
	}
	if len(name) < 2 || name[0] != '#' {
		return "", false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || !utf8.ValidRune(rune(n)) {
		return "", false
	}
	return string(rune(n)), true
}

// wrap names the part that could not be read.
func wrap(part string, err error) error {
	if errors.Is(err, errTextSize) || errors.Is(err, errUnpacked) {
		return tooLarge(fmt.Errorf("read %s: %w", part, err))
	}
	return unreadable(fmt.Errorf("read %s: %w", part, err))
}
