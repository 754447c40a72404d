package table

import (
	"errors"
	"iter"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
)

// workbook is an XLSX file: a ZIP of XML parts.
type workbook struct {
	*archive
	shared   []string
	lined    map[int]bool // of shared: every run of it is struck
	styles   []cellStyle
	date1904 bool
}

// cellStyle is what a cell's format tells of it.
type cellStyle struct{ date, struck bool }

// styleOf gives a style by its number; one that is not there tells nothing.
func styleOf(styles []cellStyle, number int) cellStyle {
	if number < 0 || number >= len(styles) {
		return cellStyle{}
	}
	return styles[number]
}

func (f *File) openXLSX(a *archive) error {
	book := &workbook{archive: a}
	main, err := book.mainPart()
	if err != nil {
		return err
	}
	relations, err := book.relations(main)
	if err != nil {
		return err
	}
	if err := book.readWorkbook(main, relations, f); err != nil {
		return err
	}
	strings, styles := one(relations, "sharedStrings"), one(relations, "styles")
	if strings != "" {
		err = book.readShared(strings)
	}
	if err == nil && styles != "" {
		err = book.readStyles(styles)
	}
	return err
}

type relation struct{ kind, target string }

// one finds the relation of a kind that comes once; of several, the first by id.
func one(relations map[string]relation, kind string) string {
	for _, id := range slices.Sorted(maps.Keys(relations)) {
		if path.Base(relations[id].kind) == kind {
			return relations[id].target
		}
	}
	return ""
}

// mainPart finds the workbook part; a package without one is some other document.
func (b *workbook) mainPart() (string, error) {
	relations, err := b.relations("")
	if err != nil {
		return "", err
	}
	main := one(relations, "officeDocument")
	if !b.has(main) {
		main = "xl/workbook.xml" // where nearly all programs put it
	}
	switch {
	case b.has(main) && path.Ext(main) == ".xml" && !strings.HasPrefix(main, "word/") && !strings.HasPrefix(main, "ppt/"):
		return main, nil
	case b.has(main) && path.Ext(main) == ".bin":
		return "", unknown(errors.New("a binary workbook (XLSB)"))
	}
	return "", noTable(errors.New("a document package that holds no workbook"))
}

// relations reads the part's relations by id; targets are relative to the part.
func (b *workbook) relations(of string) (map[string]relation, error) {
	folder, base := path.Split(of)
	name := folder + "_rels/" + base + ".rels"
	found := map[string]relation{}
	if !b.has(name) {
		return found, nil
	}
	err := b.scan(name, func(s *scanner) error {
		if !s.is("Relationship") {
			return nil
		}
		target := s.attr("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		found[s.attr("Id")] = relation{s.attr("Type"), strings.TrimPrefix(target, "/")}
		return b.meter.hold(200 + len(target))
	})
	return found, err
}

func (b *workbook) readWorkbook(main string, relations map[string]relation, f *File) error {
	seen := map[string]bool{}
	err := b.scan(main, func(s *scanner) error {
		switch {
		case s.is("workbookPr"):
			b.date1904 = truth(s.attr("date1904"))
		case s.is("sheet"):
			r, ok := relations[s.attr("id")]
			if !ok {
				return errors.New("find sheet: no relation")
			}
			if path.Base(r.kind) != "worksheet" {
				return nil // a chart or macro sheet holds no rows
			}
			if seen[foldName(r.target)] {
				return errors.New("two sheets are one")
			}
			seen[foldName(r.target)] = true
			state := s.attr("state")
			err := f.addSheets(b.sheet(s.attr("name"), state == "hidden" || state == "veryHidden", r.target))
			return errors.Join(err, b.meter.hold(500))
		}
		return nil
	})
	if err == nil && len(f.Sheets) == 0 {
		err = unreadable(errors.New("find sheets: none"))
	}
	return err
}

func truth(s string) bool { return s == "1" || s == "true" || s == "on" }

func (b *workbook) sheet(name string, hidden bool, part string) *Sheet {
	ahead := &survey{book: b, part: part}
	s := &Sheet{Name: name, Hidden: hidden, merges: func() []Range { return ahead.take().merges }}
	s.rows = func() iter.Seq2[Row, error] { return b.rows(s, ahead) }
	return s
}

// sharedStrings reads a list of strings: rich text joined, phonetic runs left out.
type sharedStrings struct {
	book     *workbook
	item     []byte
	phonetic bool
	struck   bool // the run; without one nothing is
	lined    bool // all text of the item so far
}

func (b *workbook) readShared(part string) error {
	r := sharedStrings{book: b}
	return b.scan(part, r.visit)
}

func (r *sharedStrings) visit(s *scanner) error {
	switch {
	case s.is("si"):
		r.item, r.struck, r.lined = r.item[:0], false, true
	case s.is("r"):
		r.struck = false
	case s.is("strike"):
		r.struck = struck(s)
	case string(s.name) == "rPh":
		r.phonetic = !s.ending && !s.closed
	case s.ending && string(s.name) == "t" && !r.phonetic:
		r.lined = r.lined && r.struck
		if r.item = unescape(r.item, s.text); len(r.item) > r.book.meter.MaxCell {
			return errTextSize
		}
	}
	if s.ends("si") {
		size := 24 + len(r.item)
		if r.lined && len(r.item) > 0 {
			r.book.line(len(r.book.shared))
			size += 50
		}
		r.book.shared = append(r.book.shared, unescapeUnderscore(string(r.item)))
		return r.book.meter.hold(size)
	}
	return nil
}

func (b *workbook) line(item int) {
	if b.lined == nil {
		b.lined = map[int]bool{}
	}
	b.lined[item] = true
}

// struck reads the element of a font that says so.
func struck(s *scanner) bool {
	said := s.attr("val")
	return said == "" || truth(said)
}

// readStyles finds out which cell styles show a number as a date, and which strike a cell out.
func (b *workbook) readStyles(part string) error {
	custom := map[string]bool{}
	var fonts []bool // struck
	inFonts, inCells := false, false
	return b.scan(part, func(s *scanner) error {
		switch {
		case s.is("numFmt"):
			custom[s.attr("numFmtId")] = isDateFormat(s.attr("formatCode"))
			return b.meter.hold(100)
		case string(s.name) == "fonts": // those of conditions stand elsewhere
			inFonts = !s.ending && !s.closed
		case inFonts && s.is("font"):
			fonts = append(fonts, false)
			return b.meter.hold(1)
		case inFonts && s.is("strike") && len(fonts) > 0:
			fonts[len(fonts)-1] = struck(s)
		case string(s.name) == "cellXfs":
			inCells = !s.ending && !s.closed
		case inCells && s.is("xf"):
			id := s.attr("numFmtId")
			is, ok := custom[id]
			font, err := strconv.Atoi(s.attr("fontId"))
			b.styles = append(b.styles, cellStyle{date: is || !ok && builtinDate(id), struck: err == nil && font >= 0 && font < len(fonts) && fonts[font]})
			return b.meter.hold(2)
		}
		return nil
	})
}
