// Package table turns the bytes of a file into raw cells. It looks at the bytes,
// never at the file's name, and interprets nothing: what a cell means is for
// package roster.
//
// Glossary. format: csv, tsv, xlsx, xls (of Excel 97 or of Excel 5 and 95), html,
// ods, xml (Excel's XML spreadsheet of 2003) or zip, as the bytes say. grounds:
// the observation that decided format and encoding. row number: as Excel shows
// it; in a text file the line on which the record begins. stray quote: one that
// opens a field and would take whole records in before it closes. packet: a ZIP
// of files; member: one of them. long: of a text file, that it is not taken into memory
// but read piece by piece. grid: the filled cells of a sheet whose format
// cannot be read row by row. struck: of a cell, that a line goes through all of its
// text. meter: what a file has unpacked to and holds so far.
//
// Invariants. No row is lost: every row that holds anything is given, in order,
// and so are blank rows between them. A number cell gives its stored digits,
// never a rounded or formatted form. What is no cell's text – comments, notes,
// phonetics, shapes – is in none. Text is valid UTF-8. A damaged, locked or
// oversized file ends in a fault with file and sheet, never in a panic, and
// never in rows that look whole; a packet is taken whole or not at all, and what
// in it is no table is named. Nothing is written to the disk.
package table

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"

	"hedui/pipeline/fault"
)

// Kind is what a file says a cell holds.
type Kind uint8

// The kinds of cell.
const (
	Blank  Kind = iota
	Text        // in a text or HTML file everything that is not blank
	Number      // Text holds the stored digits; whole numbers without exponent
	Date        // Text is 2006-01-02, with 15:04:05 behind it where there is a time of day
	Bool        // Text is TRUE or FALSE
	Error       // Text is #N/A and the like
)

// Cell is one raw cell.
type Cell struct {
	Text   string
	Kind   Kind
	Struck bool // a line goes through all of it; a blank cell's is not told
}

// Row is one row; trailing blank cells may be missing. Cells are valid until
// the next row is asked for, their Text for ever. A Text may lie in megabytes of a file:
// whoever keeps one beyond its row clones it.
type Row struct {
	Number int
	Hidden bool
	Torn   bool // the last of a text, which seems to end in the midst of it
	Cells  []Cell
}

// Range is a merged range: rows as Excel shows them, columns from 0, both ends in it.
type Range struct{ Row0, Col0, Row1, Col1 int }

// Sheet is one sheet of a file; a CSV has one, without a name. The sheets of a
// ZIP are named by member and sheet.
type Sheet struct {
	Name   string
	Hidden bool
	Note   string // in Chinese, what was peculiar about it; complete once Rows is drained

	text   bool // out of a text file: delimiters say how wide a row is
	file   *File
	rows   func() iter.Seq2[Row, error]
	merges func() []Range
}

// Rows gives the sheet's rows from the top; it may be called again. An error
// ends them; it is a fault, or that of the context that the file was opened in.
func (s *Sheet) Rows() iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		if at, err := s.each(func(row Row) bool { return yield(row, nil) }); err != nil {
			yield(Row{Number: at}, s.file.locate(err, s.Name, at))
		}
	}
}

// each visits the rows and says at which an error stands. A panic of the reader
// is damage of the file; one of the visitor is not the reader's to catch.
func (s *Sheet) each(visit func(Row) bool) (at int, err error) {
	visiting := false
	defer func() {
		if visiting {
			return
		}
		if r := recover(); r != nil {
			err = unreadable(fmt.Errorf("read sheet: panic: %v", r))
		}
	}()
	n := 0
	for row, err := range s.rows() {
		if n++; err == nil && n%1024 == 0 {
			err = s.file.ctx.Err()
		}
		if err != nil {
			return row.Number, err
		}
		at = row.Number
		visiting = true
		more := visit(row)
		visiting = false
		if !more {
			return at, nil
		}
	}
	return at, nil
}

// Merges lists the merged ranges, as far as the format has such. The list is
// shared: it is not to be changed.
func (s *Sheet) Merges() []Range {
	if s.merges == nil {
		return nil
	}
	return s.merges()
}

// File is an open file.
type File struct {
	Path     string
	Format   string // csv, tsv, xlsx, xls, html, ods, xml, zip
	Encoding string // UTF-8, UTF-8 BOM, UTF-16LE, UTF-16BE, GB18030, Windows-1252; empty for workbooks
	Grounds  string // why, in Chinese
	SHA256   string // of the bytes, in hex
	Sheets   []*Sheet

	ctx      context.Context // of Open; Rows ends with it
	long     *long           // nil for what lies in memory
	depth    int             // of ZIPs around it
	password string          // that opens it, if it is locked
}

// Limits bound what a file may unpack to.
type Limits struct {
	MaxBytes int64 // unpacked, in all; 0: 4 GiB
	MaxHeld  int64 // of the file, and held in memory beside it; 0: 1 GiB
	MaxWhole int64 // of a text that is taken in, and not read piece by piece; 0: 32 MiB
	MaxCell  int   // bytes of one cell; 0: 1 MiB
}

// Open finds out what the file at path is and prepares to give its sheets. The
// bytes are taken in whole: what happens to the file afterwards does not matter. Only a
// long text is read again for its rows, which end in the fault SourceChanged if it is not
// what it was. Faults: SourceUnreadable, SourceNoFile, SourcePassword, SourceFormat, SourceLimit,
// SourceChanged.
func Open(ctx context.Context, path string, lim Limits) (*File, error) {
	return OpenLocked(ctx, path, lim, "")
}

// OpenLocked is Open for a file that may be a workbook encrypted with the password. A
// wrong one is the fault SourcePassword.
func OpenLocked(ctx context.Context, path string, lim Limits, password string) (*File, error) {
	if lim.MaxBytes <= 0 {
		lim.MaxBytes = 4 << 30
	}
	if lim.MaxHeld <= 0 {
		lim.MaxHeld = 1 << 30
	}
	if lim.MaxWhole <= 0 {
		lim.MaxWhole = 32 << 20
	}
	if lim.MaxCell <= 0 {
		lim.MaxCell = 1 << 20
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f := &File{Path: path, ctx: ctx, password: password}
	data, err := f.load(lim)
	if err == nil {
		var hashing sync.WaitGroup
		if f.long == nil {
			hashing.Go(func() {
				digest := sha256.Sum256(data)
				f.SHA256 = hex.EncodeToString(digest[:])
			})
		}
		err = f.openContained(data, &meter{Limits: lim})
		hashing.Wait()
	}
	if err != nil {
		return nil, f.locate(err, "", 0)
	}
	for _, s := range f.Sheets {
		s.file = f
	}
	return f, nil
}

// maxSheets is more than any office sends: a member a village, a sheet a group.
const maxSheets = 10_000

func (f *File) addSheets(sheets ...*Sheet) error {
	for _, s := range sheets {
		s.Name = textCell(s.Name).Text
	}
	if f.Sheets = append(f.Sheets, sheets...); len(f.Sheets) > maxSheets {
		return errSheets
	}
	return nil
}

// load takes the file's bytes in, or of a long text the beginning.
func (f *File) load(lim Limits) ([]byte, error) {
	file, err := OpenPlain(f.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, unreadable(fmt.Errorf("find file: %w", err))
	}
	most := min(lim.MaxBytes, lim.MaxHeld)
	switch {
	case info.Size() == 0:
		return nil, fault.New(fault.SourceUnreadable, "", "文件是空的（0 字节），多半没有传完：请重新报送。", errors.New("read file: no bytes"))
	case info.Size() > lim.MaxWhole && info.Size() <= lim.MaxBytes && isText(file):
		f.long = &long{path: f.Path, piece: int(max(min(pieceSize, lim.MaxWhole), 16)), most: lim.MaxHeld}
		data, err := f.long.survey(f.ctx, io.LimitReader(file, lim.MaxBytes))
		f.SHA256 = f.long.sha256
		return data, err
	case info.Size() > most:
		return nil, tooLarge(fmt.Errorf("file has %d bytes", info.Size()))
	}
	data := bytes.NewBuffer(make([]byte, 0, int(info.Size())+bytes.MinRead))
	if _, err := data.ReadFrom(io.LimitReader(file, most+1)); err != nil {
		return nil, unreadable(fmt.Errorf("read file: %w", err))
	}
	if int64(data.Len()) > most { // it grows
		return nil, tooLarge(fmt.Errorf("file has %d bytes and more", most))
	}
	return data.Bytes(), nil
}

// OpenPlain opens a file, and nothing else that has a name: a pipe would be waited
// for without end, a device read without end. Faults: SourceUnreadable, SourceFormat
// for a folder, SourceNoFile.
func OpenPlain(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(fmt.Errorf("find file: %w", err))
	}
	if err := plainFile(info); err != nil {
		return nil, err
	}
	// Should another have taken its place by now: a pipe is not waited for either.
	file, err := os.OpenFile(path, os.O_RDONLY|unix.O_NONBLOCK|unix.O_NOCTTY, 0)
	if err != nil {
		return nil, unreadable(fmt.Errorf("open file: %w", err))
	}
	if info, err = file.Stat(); err != nil {
		err = unreadable(fmt.Errorf("find file: %w", err))
	} else {
		err = plainFile(info)
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func plainFile(info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return unknown(errors.New("a folder"))
	case !info.Mode().IsRegular():
		return fault.New(fault.SourceNoFile, "", "这不是文件，是管道、设备或套接字：请移走，换成文件本身。", fmt.Errorf("open file: mode %s", info.Mode()))
	}
	return nil
}

// openContained is open, for which a panic of a library is damage like any other.
func (f *File) openContained(data []byte, m *meter) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = unreadable(fmt.Errorf("open file: panic: %v", r))
		}
	}()
	return f.open(data, m)
}

func (f *File) open(data []byte, m *meter) error {
	switch {
	case isZIP(data):
		return f.openZIP(data, m)
	case isOLE(data):
		f.Format, f.Grounds = "xls", "文件头为 OLE 复合文档"
		return f.openXLS(data, m)
	case isBIFF(data):
		f.Format, f.Grounds = "xls", "文件头为 BIFF 记录，外面没有 OLE 复合文档"
		return f.openBIFF(bytes.Clone(data), m) // its digest is being made
	}
	return f.openText(data, m)
}

func isZIP(data []byte) bool {
	return bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06"))
}

func isOLE(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}

func isBIFF(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\x09\x08\x08\x00\x00\x05")) || bytes.HasPrefix(data, []byte("\x09\x08\x10\x00\x00\x06"))
}

// isText says that a file is none of these. What cannot be read now cannot be read later.
func isText(file io.ReaderAt) bool {
	head := make([]byte, 8)
	n, err := file.ReadAt(head, 0)
	return (err == nil || errors.Is(err, io.EOF)) && !isZIP(head[:n]) && !isOLE(head[:n]) && !isBIFF(head[:n])
}

// locate adds file, sheet and row to a fault that has no place yet.
func (f *File) locate(err error, sheet string, row int) error {
	told := fault.Of(err)
	if told == nil || told.Place != "" {
		return err
	}
	place := fault.Place(filepath.Base(f.Path), "", 0)
	var member *memberError
	for err = told.Err; errors.As(err, &member); err = member.err {
		place += "中的“" + member.name + "”"
	}
	if sheet != "" {
		place += "工作表“" + sheet + "”"
	}
	if row > 0 {
		place += fmt.Sprintf("第 %d 行", row)
	}
	return fault.New(told.Code, place, told.Remedy, told.Err)
}

func unreadable(err error) error {
	remedy := "文件打不开或已损坏：请用 Excel 打开确认，另存后重新报送。"
	if errors.Is(err, fs.ErrPermission) {
		remedy = "检查文件的属主和权限（chown、chmod），让运行 hedui 的用户能读。"
	}
	return fault.New(fault.SourceUnreadable, "", remedy, err)
}

func tooLarge(err error) error {
	return fault.New(fault.SourceLimit, "", "文件超出限制：请报送部门拆分，或只留名册所需的列。", err)
}

func unknown(err error) error {
	return fault.New(fault.SourceFormat, "", "不是认识的表格文件：请用 Excel 另存为 xlsx 或 CSV 后重新报送。", err)
}

// errNoTable is in the fault of a file that is none: in a ZIP it may stand
// beside the tables.
var errNoTable = errors.New("no table")

func noTable(err error) error { return unknown(fmt.Errorf("%w: %w", errNoTable, err)) }

func locked(err error) error {
	return fault.New(fault.SourcePassword, "", "工作簿有打开密码：请报送部门去掉密码后重新报送。", err)
}
