package table

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hedui/pipeline/fault"
)

// openPacket opens each file in a ZIP as if it lay there alone, in memory. What
// is no table is named as a sheet without rows; a table that cannot be read
// refuses the whole, for half a roster looks like a whole one.
func (f *File) openPacket(a *archive) error {
	if f.depth > 1 {
		return noPacket(errors.New("a ZIP in a ZIP in a ZIP"))
	}
	tables := 0
	for _, entry := range a.files {
		name := memberName(entry)
		if passedOver(name, entry) {
			continue
		}
		member := &File{Path: path.Base(name), ctx: f.ctx, depth: f.depth + 1}
		err := member.openMember(a, entry)
		switch {
		case errors.Is(err, errNoTable):
			err = f.addSheets(&Sheet{Name: name, Note: "压缩包里的这个文件不是表格，没有读入", rows: noRows})
			if err != nil {
				return wrap("ZIP", err)
			}
			continue
		case err != nil:
			return inMember(err, name)
		}
		for _, s := range member.Sheets {
			s.Name = strings.TrimSuffix(name+"/"+s.Name, "/")
			s.Note = strings.Trim(member.told()+"；"+s.Note, "；")
		}
		if err := f.addSheets(member.Sheets...); err != nil {
			return wrap("ZIP", err)
		}
		tables++
	}
	if tables == 0 {
		return noTable(errors.New("a ZIP that holds no table"))
	}
	f.Grounds += fmt.Sprintf("，内有 %d 个表格文件", tables)
	return nil
}

func noRows() iter.Seq2[Row, error] { return func(func(Row, error) bool) {} }

func noPacket(err error) error {
	return fault.New(fault.SourceFormat, "", "压缩包套了不止两层：请解压后重新报送。", err)
}

// told says how a member was read.
func (f *File) told() string {
	said := f.Format
	if f.Encoding != "" {
		said += "，" + f.Encoding
	}
	return said + "：" + f.Grounds
}

// openMember takes a member's bytes in; no path in the ZIP ever reaches the disk.
func (f *File) openMember(a *archive, entry *zip.File) error {
	if entry.Flags&1 != 0 {
		return locked(errors.New("encrypted ZIP member"))
	}
	r, err := entry.Open()
	if err != nil {
		return unreadable(fmt.Errorf("open ZIP member: %w", err))
	}
	defer r.Close()
	data, err := io.ReadAll(&heldReader{unpacker{ReadCloser: r, meter: a.meter, part: &part{File: entry}}})
	if err != nil {
		return wrap("ZIP member", err)
	}
	if len(data) == 0 {
		return unreadable(errors.New("read ZIP member: no bytes"))
	}
	return f.open(data, a.meter)
}

// heldReader counts what it reads as held.
type heldReader struct{ unpacker }

func (h *heldReader) Read(p []byte) (int, error) {
	n, err := h.unpacker.Read(p)
	if held := h.meter.hold(n); held != nil {
		err = held
	}
	return n, err
}

// inMember gives a member's fault the member's name. Its place is finished by
// the file that the ZIP is.
func inMember(err error, name string) error {
	told := fault.Of(err)
	if told == nil {
		return err
	}
	remedy := strings.TrimPrefix(told.Remedy, "压缩包里的文件有问题：")
	return fault.New(told.Code, "", "压缩包里的文件有问题："+remedy, &memberError{name, told.Err})
}

// memberError carries the member's name to the place of the fault.
type memberError struct {
	name string
	err  error
}

func (e *memberError) Error() string { return e.err.Error() }
func (e *memberError) Unwrap() error { return e.err }

// memberName: programs of Windows write a name in the code page of their
// machine and say nothing of it.
func memberName(entry *zip.File) string {
	name := entry.Name
	if !utf8.ValidString(name) {
		if decoded, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
			name = decoded
		}
	}
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\ufffd"), `\`, "/")
	return strings.TrimLeft(path.Clean("/"+name), "/")
}

// passedOver: folders, lock files and what systems put in unasked are no members.
func passedOver(name string, entry *zip.File) bool {
	base := strings.ToLower(path.Base(name))
	return entry.FileInfo().IsDir() || strings.HasSuffix(entry.Name, `\`) ||
		strings.HasPrefix(name, "__MACOSX/") || strings.HasPrefix(base, "~$") || strings.HasSuffix(base, ".tmp") ||
		base == ".ds_store" || base == "thumbs.db" || base == "desktop.ini"
}
