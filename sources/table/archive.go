package table

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"
)

// archive is a ZIP: a workbook in parts, or a packet of files.
type archive struct {
	files []*zip.File
	parts map[string]*part // by folded name
	meter *meter
}

type part struct {
	*zip.File
	most atomic.Int64 // unpacked so far, by the reader that got furthest
}

func openArchive(data []byte, m *meter) (*archive, error) {
	reader, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, unreadable(fmt.Errorf("open ZIP: %w", err))
	}
	a := &archive{files: reader.File, parts: map[string]*part{}, meter: m}
	for _, entry := range reader.File {
		if err := m.hold(500); err != nil {
			return nil, wrap("ZIP directory", err)
		}
		a.parts[foldName(entry.Name)] = &part{File: entry}
	}
	return a, nil
}

// foldName: writers of workbooks spell a part's name in several ways.
func foldName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

// openZIP tells by its parts what a ZIP is: a workbook of Excel or one of
// LibreOffice, or else a packet of files.
func (f *File) openZIP(data []byte, m *meter) error {
	a, err := openArchive(data, m)
	if err != nil {
		return err
	}
	f.Grounds = "文件头为 ZIP"
	switch {
	case a.has("_rels/.rels") || a.has("[Content_Types].xml") || a.has("xl/workbook.xml"):
		f.Format = "xlsx"
		return f.openXLSX(a)
	case a.has("mimetype") || a.has("content.xml"):
		f.Format = "ods"
		return f.openODS(a)
	}
	f.Format = "zip"
	return f.openPacket(a)
}

func (a *archive) has(name string) bool { return a.parts[foldName(name)] != nil }

func (a *archive) open(name string) (io.ReadCloser, error) {
	p, ok := a.parts[foldName(name)]
	if !ok {
		return nil, unreadable(fmt.Errorf("find part %s: missing", name))
	}
	r, err := p.Open()
	if err != nil {
		return nil, unreadable(fmt.Errorf("open part %s: %w", name, err))
	}
	return &unpacker{ReadCloser: r, meter: a.meter, part: p}, nil
}

// unpacker counts what a part unpacks to. A part that is read again counts once.
type unpacker struct {
	io.ReadCloser
	meter *meter
	part  *part
	read  int64
}

func (u *unpacker) Read(p []byte) (int, error) {
	n, err := u.ReadCloser.Read(p)
	u.read += int64(n)
	for most := u.part.most.Load(); u.read > most; most = u.part.most.Load() {
		if u.part.most.CompareAndSwap(most, u.read) {
			u.meter.unpacked.Add(u.read - most)
		}
	}
	if u.meter.unpacked.Load() > u.meter.MaxBytes {
		return n, errUnpacked
	}
	return n, err
}

// scan calls visit at each tag of a part.
func (a *archive) scan(name string, visit func(*scanner) error) error {
	r, err := a.open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	return scan(newScanner(r, a.meter.MaxCell), name, visit)
}

func scan(s *scanner, name string, visit func(*scanner) error) error {
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
