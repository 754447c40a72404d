package table

import (
	"io"
	"iter"
	"strings"
	"testing"
	"testing/iotest"

	"hedui/pipeline/fault"
)

// TestSurveyCut: however reads cut the part, the same is seen in it.
func TestSurveyCut(t *testing.T) {
	for _, prefix := range []string{"", "x:"} {
		tag := func(s string) string { return strings.ReplaceAll(s, "§", prefix) }
		for name, c := range map[string]struct {
			rows                string
			backwards, repeated bool
		}{
			"in order":  {`<§row r="1"><§c/></§row><§row spans="1:2" r="2"/><§row><§c/></§row><§row r="4">row r="1"</§row>`, false, false},
			"backwards": {`<§row r="2"/><§rowBreaks r="1"/><§row r="1"/>`, true, false},
			"repeated":  {`<§row r="2"/><§row r="2"></§row>`, false, true},
			"none":      {``, false, false},
		} {
			part := tag(`<§worksheet><§sheetData>` + c.rows + `</§sheetData>`)
			for how, cut := range map[string]func(io.Reader) io.Reader{"whole": func(r io.Reader) io.Reader { return r }, "one byte": iotest.OneByteReader, "half": iotest.HalfReader} {
				var s survey
				rest, err := s.passRows(cut(strings.NewReader(part + "behind")))
				if err != nil {
					t.Fatal(err)
				}
				behind, err := io.ReadAll(rest)
				if err != nil || string(behind) != "behind" || s.backwards != c.backwards || s.repeated != c.repeated {
					t.Errorf("%s%s, %s: backwards %v, repeated %v, then %q, %v", prefix, name, how, s.backwards, s.repeated, behind, err)
				}
			}
		}
	}
}

// TestPanics: a panic of a reader is damage of the file; one of whoever visits
// its rows goes its way.
func TestPanics(t *testing.T) {
	f := &File{Path: "甲.xls", ctx: t.Context()}
	broken := &Sheet{Name: "低保", file: f, rows: func() iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			yield(Row{Number: 7}, nil)
			panic("index out of range")
		}
	}}
	rows := 0
	for _, err := range broken.Rows() {
		if rows++; rows == 2 && (fault.Of(err) == nil || fault.Of(err).Code != fault.SourceUnreadable || !strings.HasSuffix(fault.Of(err).Place, "第 7 行")) {
			t.Error(err)
		}
	}
	if rows != 2 {
		t.Errorf("%d rows and faults", rows)
	}
	defer func() {
		if r := recover(); r != "mine" {
			t.Errorf("recovered %v", r)
		}
	}()
	for range broken.Rows() {
		panic("mine")
	}
}

// TestOpenPanics: so is one while the file is opened.
func TestOpenPanics(t *testing.T) {
	f := &File{Path: "甲.xls", ctx: t.Context()}
	if err := f.openContained([]byte("\x09\x08\x08\x00\x00\x05"), nil); fault.Of(err) == nil || fault.Of(err).Code != fault.SourceUnreadable {
		t.Error(err)
	}
}
