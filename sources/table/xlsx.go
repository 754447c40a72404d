package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"sync/atomic"
)

// workbook is an XLSX file: a ZIP of XML parts.
type workbook struct {
	parts    map[string]*part
	unpacked atomic.Int64 // over all parts, each counted once
	lim      Limits
	shared   []string
	dates    []bool // by cell style: the number is a date
	date1904 bool
}

type part struct {
	*zip.File
	most atomic.Int64 // unpacked so far, by the reader that got furthest
}

var errUnpacked = errors.New("unpacks to more than the limit")

// budget counts what a part unpacks to. A part that is read again, for its
// merged cells, counts once.
type budget struct {
	io.ReadCloser
	book *workbook
	part *part
	read int64
}

func (b *budget) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	b.read += int64(n)
	for most := b.part.most.Load(); b.read > most; most = b.part.most.Load() {
		if b.part.most.CompareAndSwap(most, b.read) {
			b.book.unpacked.Add(b.read - most)
		}
	}
	if b.book.unpacked.Load() > b.book.lim.MaxBytes {
		return n, errUnpacked
	}
	return n, err
}

func (f *File) openXLSX(data []byte, lim Limits) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return unreadable(fmt.Errorf("open ZIP: %w", err))
	}
	book := &workbook{parts: map[string]*part{}, lim: lim}
	for _, entry := range archive.File {
		book.parts[strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(entry.Name, `\`, "/"), "/"))] = &part{File: entry}
	}
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
	for _, r := range relations { // in any order: there is one of each
		switch path.Base(r.kind) {
		case "sharedStrings":
			err = book.readShared(r.target)
		case "styles":
			err = book.readStyles(r.target)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *workbook) open(name string) (io.ReadCloser, error) {
	p, ok := b.parts[strings.ToLower(name)]
	if !ok {
		return nil, unreadable(fmt.Errorf("find part %s: missing", name))
	}
	r, err := p.Open()
	if err != nil {
		return nil, unreadable(fmt.Errorf("open part %s: %w", name, err))
	}
	return &budget{ReadCloser: r, book: b, part: p}, nil
}

// scan calls visit at each tag of a part.
func (b *workbook) scan(name string, visit func(*scanner) error) error {
	r, err := b.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newScanner(r, b.lim.MaxCell)
	for {
		switch err := s.next(); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return wrap(name, err)
		}
		if err := visit(s); err != nil {
			return wrap(name, err)
		}
	}
}

type relation struct{ kind, target string }

// mainPart finds the workbook part; a ZIP without one is some other file.
func (b *workbook) mainPart() (string, error) {
	relations, err := b.relations("")
	if err != nil {
		return "", err
	}
	for _, r := range relations {
		if path.Base(r.kind) == "officeDocument" && b.parts[strings.ToLower(r.target)] != nil {
			if path.Ext(r.target) != ".xml" {
				return "", unknown(errors.New("a binary workbook (XLSB)"))
			}
			return r.target, nil
		}
	}
	return "", unknown(errors.New("a ZIP that holds no workbook"))
}

// relations reads the part's relations by id; targets are relative to the part.
func (b *workbook) relations(of string) (map[string]relation, error) {
	folder, base := path.Split(of)
	name := folder + "_rels/" + base + ".rels"
	if _, ok := b.parts[strings.ToLower(name)]; !ok {
		return map[string]relation{}, nil
	}
	found := map[string]relation{}
	err := b.scan(name, func(s *scanner) error {
		if s.is("Relationship") {
			target := s.attr("Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join(folder, target)
			}
			found[s.attr("Id")] = relation{s.attr("Type"), strings.TrimPrefix(target, "/")}
		}
		return nil
	})
	return found, err
}

func (b *workbook) readWorkbook(main string, relations map[string]relation, f *File) error {
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
			state := s.attr("state")
			f.Sheets = append(f.Sheets, b.sheet(s.attr("name"), state == "hidden" || state == "veryHidden", r.target))
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
	merged := &mergeReader{book: b, part: part}
	return &Sheet{Name: name, Hidden: hidden, merges: merged.get,
		rows: func() iter.Seq2[Row, error] { return b.rows(part) }}
}

// sharedStrings reads a list of strings: rich text joined, phonetic runs left out.
type sharedStrings struct {
	book     *workbook
	item     []byte
	phonetic bool
}

func (b *workbook) readShared(part string) error {
	r := sharedStrings{book: b}
	return b.scan(part, r.visit)
}

func (r *sharedStrings) visit(s *scanner) error {
	switch {
	case s.is("si"):
		r.item = r.item[:0]
	case string(s.name) == "rPh":
		r.phonetic = !s.ending && !s.closed
	case s.ending && string(s.name) == "t" && !r.phonetic:
		if r.item = unescape(r.item, s.text); len(r.item) > r.book.lim.MaxCell {
			return errTextSize
		}
	}
	if s.ends("si") {
		r.book.shared = append(r.book.shared, unescapeUnderscore(string(r.item)))
	}
	return nil
}

// readStyles finds out which cell styles show a number as a date.
func (b *workbook) readStyles(part string) error {
	custom := map[string]bool{}
	inCells := false
	return b.scan(part, func(s *scanner) error {
		switch {
		case s.is("numFmt"):
			custom[s.attr("numFmtId")] = isDateFormat(s.attr("formatCode"))
		case string(s.name) == "cellXfs":
			inCells = !s.ending && !s.closed
		case inCells && s.is("xf"):
			id := s.attr("numFmtId")
			is, ok := custom[id]
			b.dates = append(b.dates, is || !ok && builtinDate(id))
		}
		return nil
	})
}
