package table

import (
	"errors"
	"fmt"
	"iter"
	"strings"
	"unicode/utf8"
)

// openText takes what is neither ZIP nor OLE: CSV in some encoding, or HTML. Of a long
// text data is the beginning.
func (f *File) openText(data []byte, m *meter) error {
	c := f.findCharset(data)
	more := heldPieces(data, c)
	if f.long != nil {
		var err error
		if more, err = f.long.begin(c); err != nil {
			return err
		}
	}
	defer more.close()
	text, err := more.atLeast(sampleSize)
	if err != nil {
		return err
	}
	if tooManyUnreadable(text) {
		return noTable(fmt.Errorf("binary data, no text in %s", f.Encoding))
	}
	start := strings.ToLower(strings.TrimSpace(text[:min(len(text), 1<<16)]))
	switch {
	case strings.HasPrefix(start, "mime-version:"):
		return unknown(errors.New("web archive (MHTML)"))
	case strings.HasPrefix(start, "<") && strings.Contains(start, "urn:schemas-microsoft-com:office:spreadsheet"):
		f.Format, f.Grounds = "xml", f.Grounds+"；内容为 XML 表格 2003"
		if text, err = f.whole(text, more, m); err != nil {
			return err
		}
		return f.openXML2003(text, m)
	case isHTML(start):
		f.Format, f.Grounds = "html", f.Grounds+"；内容为 HTML"
		if text, err = f.whole(text, more, m); err != nil {
			return err
		}
		return f.openHTML(text, m)
	}
	d := findDialect(text)
	f.Format = "csv"
	if d.comma == '\t' {
		f.Format = "tsv"
	}
	f.Grounds += "；" + d.grounds()
	rows := func() iter.Seq2[Row, error] {
		rest := *more
		return (&splitter{text: text, more: &rest, dialect: d, max: m.MaxCell}).rows
	}
	if f.long != nil {
		rows = func() iter.Seq2[Row, error] { return f.long.rows(c, &splitter{dialect: d, max: m.MaxCell}) }
	}
	f.Sheets = []*Sheet{{text: true, rows: rows}}
	return nil
}

// trimEnding drops what DOS ends a file with.
func trimEnding(text string) string { return strings.TrimRight(text, "\x00\x1a") }

// whole gives the text with all that is not decoded yet: it will be held.
func (f *File) whole(text string, more *pieces, m *meter) (string, error) {
	if f.long != nil && f.long.size > m.MaxHeld {
		return "", tooLarge(errHeld)
	}
	if more.done() {
		return text, nil
	}
	var all strings.Builder
	all.WriteString(text)
	for !more.done() {
		piece, err := more.next()
		if err != nil {
			return "", err
		}
		all.WriteString(piece)
	}
	return trimEnding(all.String()), nil
}

// tooManyUnreadable tells other binary data from text with a few characters
// broken: those stay as � and lose no row.
func tooManyUnreadable(text string) bool {
	bad, all := 0, 0
	for _, r := range text[:min(len(text), 1<<16)] {
		all++
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			bad++
		}
	}
	return bad*20 > all
}

// textCell makes a cell of text as a file holds it. NUL, which no spreadsheet
// shows and few programs bear, is dropped.
func textCell(s string) Cell {
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\ufffd")
	}
	if strings.TrimSpace(s) == "" {
		return Cell{Text: s}
	}
	return Cell{Text: s, Kind: Text}
}
