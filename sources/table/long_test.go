package table_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hedui/pipeline/fault"
	"hedui/sources/table"
)

const longLine = "东沟镇,甲一,130890197001010016\n"

// TestTextIsHeldOnce: a text that is taken in is not copied to be read.
func TestTextIsHeldOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "长.csv")
	text := strings.Repeat(longLine, 1<<20)
	for _, mark := range []string{"", "\ufeff"} {
		if err := os.WriteFile(path, []byte(mark+text), 0o600); err != nil {
			t.Fatal(err)
		}
		held := peakHeap(func() {
			if _, err := table.Open(t.Context(), path, table.Limits{MaxBytes: 1 << 30, MaxCell: 1 << 20, MaxHeld: 1 << 30, MaxWhole: 1 << 30}); err != nil {
				t.Fatal(err)
			}
		})
		if size := uint64(len(text)); held > size+size/2 || held < size {
			t.Errorf("mark %q: %d bytes held for %d of text", mark, held, size)
		}
	}
}

// TestLongText: a long text is never held whole, however large it is, and no row of it
// is lost.
func TestLongText(t *testing.T) {
	path := filepath.Join(t.TempDir(), "长.csv")
	defer debug.SetGCPercent(debug.SetGCPercent(10)) // garbage is not held
	for name, line := range map[string][]byte{
		"UTF-8":   []byte(longLine),
		"GB18030": encode(simplifiedchinese.GB18030, longLine),
	} {
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 << 9 {
			if _, err := file.Write(bytes.Repeat(line, 1<<11)); err != nil {
				t.Fatal(err)
			}
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		held := peakHeap(func() {
			// The bound of what may be held is below the file's size.
			f, err := table.Open(t.Context(), path, table.Limits{MaxHeld: 24 << 20})
			if err != nil {
				t.Fatal(err)
			}
			rows := 0
			for row, err := range f.Sheets[0].Rows() {
				if rows++; err != nil || row.Number != rows || len(row.Cells) != 3 || row.Cells[0].Text != "东沟镇" || row.Cells[2].Text != "130890197001010016" {
					t.Fatalf("row %d: %+v %v", rows, row, err)
				}
			}
			if rows != 3<<20 || f.Encoding != name {
				t.Errorf("%d rows in %s", rows, f.Encoding)
			}
		})
		if size := len(line) * 3 << 20; held > 64<<20 || size < 90<<20 {
			t.Errorf("%s: %d bytes held for %d of text", name, held, size)
		}
	}
}

// TestLongTextChanges: rows of a long text that is another one by now do not look whole.
func TestLongTextChanges(t *testing.T) {
	text := "\ufeff" + strings.Repeat(longLine, 1000)
	for name, c := range map[string]struct {
		change func(path string) error
		want   fault.Code
	}{
		"nothing": {func(string) error { return nil }, ""},
		"one digit": {func(path string) error {
			return os.WriteFile(path, []byte(strings.Replace(text, "16\n", "24\n", 1)), 0o600)
		}, fault.SourceChanged},
		"a line more":  {func(path string) error { return os.WriteFile(path, []byte(text+longLine), 0o600) }, fault.SourceChanged},
		"a line less":  {func(path string) error { return os.Truncate(path, int64(len(text)-len(longLine))) }, fault.SourceChanged},
		"nothing left": {func(path string) error { return os.Truncate(path, 0) }, fault.SourceChanged},
		"other bytes": {func(path string) error {
			return os.WriteFile(path, bytes.Repeat([]byte("\xff\xfe\n"), len(text)/3), 0o600)
		}, fault.SourceChanged},
		"gone": {os.Remove, fault.SourceChanged},
	} {
		path := store(t, []byte(text))
		f, err := table.Open(t.Context(), path, table.Limits{MaxWhole: 1})
		if err != nil {
			t.Fatal(err)
		}
		if lines, err := transcribe(f); err != nil || len(lines) != 1000 {
			t.Fatalf("%s: %d rows, %v", name, len(lines), err)
		}
		if err := c.change(path); err != nil {
			t.Fatal(err)
		}
		lines, err := transcribe(f)
		if !utf8.ValidString(strings.Join(lines, "\n")) {
			t.Errorf("%s: rows that are no UTF-8", name)
		}
		switch told := fault.Of(err); {
		case c.want == "" && err != nil, c.want != "" && (told == nil || told.Code != c.want || !strings.Contains(told.Place, "名册.dat")):
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLongLine: without a line end there is no place to cut; so much is not held. Lone carriage
// returns are line ends.
func TestLongLine(t *testing.T) {
	lim := table.Limits{MaxHeld: 8 << 20, MaxWhole: 1 << 20}
	for name, text := range map[string]string{
		"a line":  "镇,姓名\n" + strings.Repeat("甲,", 4<<20),
		"a page":  "<table><tr><td>" + strings.Repeat("甲,\n", 4<<20),
		"a spare": "镇,姓名\n" + strings.Repeat("甲,", 2<<20), // just above
	} {
		if _, err := count(t, store(t, []byte(text)), lim); fault.Of(err) == nil || fault.Of(err).Code != fault.SourceLimit {
			t.Errorf("%s: %v", name, err)
		}
	}
	text := strings.Repeat("东沟镇,甲一\r", 1<<20)
	if rows, err := count(t, store(t, []byte(text)), lim); err != nil || rows != 1<<20 {
		t.Errorf("carriage returns: %d rows, %v", rows, err)
	}
}
