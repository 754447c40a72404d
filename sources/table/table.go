// Package table turns the bytes of a file into raw cells. It looks at the bytes,
// never at the file's name, and interprets nothing: what a cell means is for
// package roster.
//
// Glossary. format: csv, tsv, xlsx, xls or html, as the bytes say. grounds: the
// observation that decided format and encoding. row number: as Excel shows it;
// in a CSV the line on which the record begins.
//
// Invariants. No row is lost: every row that holds anything is given, in order,
// and so are blank rows between them. A number cell gives its stored digits,
// never a rounded or formatted form. A damaged, locked or oversized file ends
// in a fault, never in a panic, and never in rows that look whole.
package table

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"iter"
	"os"

	"hedui/pipeline/fault"
)

// Kind is what a file says a cell holds.
type Kind uint8

// The kinds of cell.
const (
	Blank  Kind = iota
	Text        // in a CSV or HTML file everything that is not blank
	Number      // Text holds the stored digits; whole numbers without exponent
	Date        // Text is 2006-01-02, with 15:04:05 behind it where there is a time of day
	Bool        // Text is TRUE or FALSE
	Error       // Text is #N/A and the like
)

// Cell is one raw cell.
type Cell struct {
	Text string
	Kind Kind
}

// Row is one row; trailing blank cells may be missing. Cells are valid until
// the next row is asked for.
type Row struct {
	Number int
	Hidden bool
	Cells  []Cell
}

// Range is a merged range: rows as Excel shows them, columns from 0, both ends in it.
type Range struct{ Row0, Col0, Row1, Col1 int }

// Sheet is one sheet of a file; a CSV has one, without a name.
type Sheet struct {
	Name   string
	Hidden bool
	rows   func() iter.Seq2[Row, error]
	merges func() []Range
}

// Rows gives the sheet's rows from the top; it may be called again.
func (s *Sheet) Rows() iter.Seq2[Row, error] { return s.rows() }

// Merges lists the merged ranges, as far as the format has such.
func (s *Sheet) Merges() []Range {
	if s.merges == nil {
		return nil
	}
	return s.merges()
}

// File is an open file.
type File struct {
	Path     string
	Format   string // csv, tsv, xlsx, xls, html
	Encoding string // UTF-8, UTF-8 BOM, UTF-16LE, UTF-16BE, GB18030; empty for workbooks
	Grounds  string // why, in Chinese
	SHA256   string // of the bytes, in hex
	Sheets   []*Sheet

	closers []io.Closer
}

// Limits bound what a file may unpack to.
type Limits struct {
	MaxBytes int64 // unpacked, in all; 0: 4 GiB
	MaxCell  int   // bytes of one cell; 0: 1 MiB
}

// Open finds out what the file at path is and prepares to give its sheets.
// Faults: SourceUnreadable, SourcePassword, SourceFormat, SourceLimit.
func Open(ctx context.Context, path string, lim Limits) (*File, error) {
	if lim.MaxBytes == 0 {
		lim.MaxBytes = 4 << 30
	}
	if lim.MaxCell == 0 {
		lim.MaxCell = 1 << 20
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, unreadable(fmt.Errorf("find file: %w", err))
	}
	if info.Size() > lim.MaxBytes {
		return nil, tooLarge(fmt.Errorf("file has %d bytes", info.Size()))
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, unreadable(fmt.Errorf("read file: %w", err))
	}
	sum := sha256.Sum256(data)
	f := &File{Path: path, SHA256: hex.EncodeToString(sum[:])}
	if err := f.open(data, lim); err != nil {
		return nil, err
	}
	return f, nil
}

// Close gives back what the file holds open.
func (f *File) Close() error {
	for _, c := range f.closers {
		if err := c.Close(); err != nil {
			return fmt.Errorf("close %s: %w", f.Format, err)
		}
	}
	return nil
}

func (f *File) open(data []byte, lim Limits) error {
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")) || bytes.HasPrefix(data, []byte("PK\x05\x06")):
		f.Format, f.Grounds = "xlsx", "文件头为 ZIP"
		return f.openXLSX(data, lim)
	case bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		f.Format, f.Grounds = "xls", "文件头为 OLE 复合文档"
		return f.openXLS(data, lim)
	}
	return f.openText(data, lim)
}

func unreadable(err error) error {
	return fault.New(fault.SourceUnreadable, "", "文件打不开或已损坏：请用 Excel 打开确认，另存后重新报送。", err)
}

func tooLarge(err error) error {
	return fault.New(fault.SourceLimit, "", "文件超出限制：请报送部门拆分，或只留名册所需的列。", err)
}

func unknown(err error) error {
	return fault.New(fault.SourceFormat, "", "不是认识的表格文件：请用 Excel 另存为 xlsx 或 CSV 后重新报送。", err)
}

func locked(err error) error {
	return fault.New(fault.SourcePassword, "", "工作簿有打开密码：请报送部门去掉密码后重新报送。", err)
}
