package table_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// protected marks a BIFF8 workbook as encrypted: the record behind the first
// one becomes FILEPASS.
func protected(t *testing.T) []byte {
	data := slices.Clone(sample(t, "特困.xls"))
	begin := bytes.Index(data, []byte{0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00})
	if begin < 0 {
		t.Fatal("no BIFF8 globals in the sample")
	}
	binary.LittleEndian.PutUint16(data[begin+20:], 0x2F)
	return data
}

func TestRefusals(t *testing.T) {
	xls := sample(t, "低保.xls")
	good := sample(t, "低保.xlsx")
	binaryBook := strings.ReplaceAll(skeleton["_rels/.rels"], "workbook.xml", "workbook.bin")
	for _, c := range []struct {
		name string
		data []byte
		want fault.Code
	}{
		{"password xlsx", workbook(t, func(*excelize.File) {}, excelize.Options{Password: "x"}), fault.SourcePassword},
		{"password xls", sample(t, "加密.xls"), fault.SourcePassword},
		{"xls encrypted in another way", protected(t), fault.SourcePassword},
		{"truncated xlsx", good[:len(good)/2], fault.SourceUnreadable},
		{"truncated xls", xls[:len(xls)/2], fault.SourceUnreadable},
		{"nothing but the head of an xls", xls[:512], fault.SourceUnreadable},
		{"no bytes", nil, fault.SourceUnreadable},
		{"binary", bytes.Repeat([]byte{0, 1, 2, 0xff, 0xfe, 0x80}, 100), fault.SourceFormat},
		{"PDF", append([]byte("%PDF-1.4\n"), bytes.Repeat([]byte{0x81, 3, 0xff, 0, 7}, 400)...), fault.SourceFormat},
		{"zip of something", []byte("PK\x05\x06" + strings.Repeat("\x00", 18)), fault.SourceFormat},
		{"binary workbook", zipped("_rels/.rels", binaryBook, "xl/workbook.bin", "\x83\x01"), fault.SourceFormat},
		{"web page", []byte("<html><body>请登录</body></html>"), fault.SourceFormat},
		{"web archive", []byte("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table>"), fault.SourceFormat},
		{"torn XML spreadsheet", []byte(`<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>`), fault.SourceUnreadable},
	} {
		_, lines, err := read(t, c.data)
		f := fault.Of(err)
		if f == nil || f.Code != c.want || f.Remedy == "" || !strings.HasPrefix(f.Place, "《名册.dat》") {
			t.Errorf("%s: error %v after %d rows, want %s", c.name, err, len(lines), c.want)
		}
	}
	if _, err := table.Open(context.Background(), "nowhere.csv", table.Limits{}); !errors.Is(err, fs.ErrNotExist) || fault.Of(err).Code != fault.SourceUnreadable {
		t.Errorf("missing file: %v", err)
	}
	if _, err := table.Open(context.Background(), t.TempDir(), table.Limits{}); fault.Of(err) == nil {
		t.Errorf("folder: %v", err)
	}
}

// TestTruncated cuts real files off at many places, and changes single bytes in
// an XLSX: either that is told, or nothing is missing.
func TestTruncated(t *testing.T) {
	for _, name := range []string{"特困.xls", "低保.xls", "低保.xlsx"} {
		data := sample(t, name)
		_, want, err := read(t, data)
		if err != nil {
			t.Fatal(err)
		}
		for cut := len(data) - 1; cut > 0; cut -= len(data)/97 + 1 {
			_, got, err := read(t, data[:cut])
			if err == nil && !slices.Equal(got, want) {
				t.Errorf("%s cut at %d of %d: %d of %d rows and no error", name, cut, len(data), len(got), len(want))
			}
		}
	}
	data := sample(t, "低保.xlsx")
	_, want, _ := read(t, data)
	told := 0
	for i := 0; i < len(data); i += 13 {
		bad := slices.Clone(data)
		bad[i] ^= 0x15
		_, got, err := read(t, bad)
		if err != nil {
			told++
		} else if !slices.Equal(slices.DeleteFunc(got, isName), slices.DeleteFunc(slices.Clone(want), isName)) {
			t.Errorf("byte %d changed: other rows and no error", i)
		}
	}
	if told < len(data)/13/2 {
		t.Errorf("%d of %d changes told", told, len(data)/13)
	}
}

// TestXLSLengths: a cell's record whose length is damaged is told, for the cells
// behind it would be missing.
func TestXLSLengths(t *testing.T) {
	data := sample(t, "低保.xls")
	changed := 0
	for _, head := range []string{"\xFD\x00\x0A\x00", "\x7E\x02\x0A\x00", "\x05\x02\x08\x00"} {
		for at := bytes.Index(data, []byte(head)); at >= 0 && changed < 300; changed++ {
			bad := slices.Clone(data)
			bad[at+2] = byte(20 + changed%200)
			if _, lines, err := read(t, bad); fault.Of(err) == nil {
				t.Errorf("length at %d made %d: %d rows, no fault", at+2, bad[at+2], len(lines))
			}
			next := bytes.Index(data[at+1:], []byte(head))
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	if changed < 100 {
		t.Errorf("%d lengths changed", changed)
	}
}

func isName(line string) bool { return strings.HasPrefix(line, "# ") }

func TestLimits(t *testing.T) {
	long := strings.Repeat("甲", 30000)
	xlsx := workbook(t, func(f *excelize.File) { f.SetCellStr("Sheet1", "A1", long) })
	spans := "<table><tr>" + strings.Repeat("<td colspan=1000>", 16) + "x</table>"
	for _, c := range []struct {
		name string
		data []byte
		lim  table.Limits
	}{
		{"unpacked size", xlsx, table.Limits{MaxBytes: 20_000}},
		{"cell in a workbook", xlsx, table.Limits{MaxCell: 1000}},
		{"inline cell", sheet(`<row><c t="inlineStr"><is><t>` + long + `</t></is></c></row>`), table.Limits{MaxCell: 1000}},
		{"runs of a cell", sheet(`<row><c t="inlineStr"><is>` + strings.Repeat("<r><t>0123456789</t></r>", 200) + `</is></c></row>`), table.Limits{MaxCell: 1000}},
		{"cell in a text file", []byte("a,b\nc," + long), table.Limits{MaxCell: 1000}},
		{"quoted cell", []byte("a,b\nc,\"" + long + "\""), table.Limits{MaxCell: 1000}},
		{"cell in a page", []byte("<table><td>" + long), table.Limits{MaxCell: 1000}},
		{"spans of a page", []byte(spans), table.Limits{MaxBytes: 100_000}},
		{"size of the file", []byte(long), table.Limits{MaxBytes: 1000}},
	} {
		f, err := table.Open(context.Background(), store(t, c.data), c.lim)
		if err == nil {
			_, err = transcribe(f)
		}
		if told := fault.Of(err); told == nil || told.Code != fault.SourceLimit || !strings.HasPrefix(told.Place, "《名册.dat》") {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	// Reading twice is not unpacking twice.
	f, err := table.Open(context.Background(), store(t, xlsx), table.Limits{MaxBytes: 100_000})
	for range 50 {
		if err == nil {
			_, err = transcribe(f)
		}
	}
	if err != nil {
		t.Errorf("read again: %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var rows strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&rows, "a,%d\n", i)
	}
	path := store(t, []byte(rows.String()))
	f, err := table.Open(ctx, path, table.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if lines, err := transcribe(f); !errors.Is(err, context.Canceled) || len(lines) > 1024 {
		t.Errorf("%d rows, %v", len(lines), err)
	}
	if _, err := table.Open(ctx, path, table.Limits{}); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
}
