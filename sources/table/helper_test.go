package table_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"

	"hedui/sources/table"
)

// store writes the bytes under a name that says nothing of what they are.
func store(t testing.TB, data []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名册.dat")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read opens the bytes as a file and writes its rows down. Read piece by piece it must
// be the same.
func read(t testing.TB, data []byte) (*table.File, []string, error) {
	t.Helper()
	path := store(t, data)
	open := func(lim table.Limits) (*table.File, []string, error) {
		f, err := table.Open(context.Background(), path, lim)
		if err != nil {
			return nil, nil, err
		}
		lines, err := transcribe(f)
		return f, lines, err
	}
	f, lines, err := open(table.Limits{})
	if bytes.HasPrefix(data, []byte("PK")) || bytes.HasPrefix(data, []byte("\xD0\xCF")) {
		return f, lines, err // no text
	}
	long, same, again := open(table.Limits{MaxWhole: 1})
	if fmt.Sprint(err) != fmt.Sprint(again) || !slices.Equal(lines, same) {
		t.Errorf("piece by piece: %v %q\nwhole: %v %q", again, same, err, lines)
	}
	if f != nil && (long == nil || f.Format != long.Format || f.Encoding != long.Encoding || f.Grounds != long.Grounds || f.SHA256 != long.SHA256) {
		t.Errorf("piece by piece: %+v, whole: %+v", long, f)
	}
	return f, lines, err
}

// transcribe writes a file's rows down: # and the sheet's name, then for each row
// its number, h if it is hidden, and its cells with their kind's letter, ~ behind it if
// they are struck.
func transcribe(f *table.File) ([]string, error) {
	var lines []string
	for _, s := range f.Sheets {
		if s.Name != "" {
			lines = append(lines, "# "+s.Name)
		}
		for row, err := range s.Rows() {
			if err != nil {
				return lines, err
			}
			line := fmt.Sprint(row.Number)
			if row.Hidden {
				line += "h"
			}
			for _, c := range row.Cells {
				line += "|" + string("-tndbe"[c.Kind]) + map[bool]string{true: "~"}[c.Struck] + strings.ReplaceAll(c.Text, "\n", "⏎")
			}
			lines = append(lines, line)
		}
	}
	return lines, nil
}

func expect(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot  %q\nwant %q", what, got, want)
	}
}

func encode(e encoding.Encoding, s string) []byte {
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		panic(err)
	}
	return b
}

func workbook(t testing.TB, fill func(f *excelize.File), opt ...excelize.Options) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	var b bytes.Buffer
	if err := f.Write(&b, opt...); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts of a workbook by hand; the sheet's content and more parts are added.
var skeleton = map[string]string{
	"_rels/.rels":                `<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml":            `<?xml version="1.0"?><x:workbook xmlns:x="m" xmlns:q="r"><x:sheets><x:sheet name="村&#38;镇" sheetId="1" q:id="s"/></x:sheets></x:workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="s" Type="t/worksheet" Target="worksheets/a.xml"/><Relationship Id="t" Type="t/sharedStrings" Target="shared.xml"/><Relationship Id="u" Type="t/styles" Target="styles.xml"/></Relationships>`,
	"xl/shared.xml":              `<sst><si><t>甲</t></si></sst>`,
	"xl/styles.xml":              `<styleSheet/>`,
}

// zipped makes a workbook of the skeleton and the parts given as name, content.
func zipped(parts ...string) []byte {
	all := map[string]string{}
	for name, content := range skeleton {
		all[name] = content
	}
	for i := 0; i < len(parts); i += 2 {
		all[parts[i]] = parts[i+1]
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, content := range all {
		part, err := w.Create(name)
		if err == nil {
			_, err = part.Write([]byte(content))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

const sheetPart = "xl/worksheets/a.xml"

func sheet(rows string) []byte {
	return zipped(sheetPart, "<worksheet><sheetData>"+rows+"</sheetData></worksheet>")
}
