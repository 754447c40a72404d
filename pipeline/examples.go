package pipeline

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"

	"go.yaml.in/yaml/v3"
	"golang.org/x/tools/txtar"
)

// Examples are a rule's: rosters as departments send them, with two columns
// more. 期望 says of the row's subject whether the rule finds it (查出) or not
// (不查出), 说明 why.
type Examples struct {
	AsOf   string // the day that they speak about
	Policy map[string]any
	Files  []ExampleFile
}

// ExampleFile is one roster: today's by its name alone, an earlier snapshot's
// under a folder named for its day.
type ExampleFile struct {
	Name   string
	Header []string
	Rows   []ExampleRow

	text []byte
}

// ExampleRow is a row of it, with its line in the file.
type ExampleRow struct {
	Line        int
	Cells       []string // as far as the header goes, 期望 and 说明 left out
	Expectation string   // 查出, 不查出 or none
	Reason      string
}

// The expectations.
const (
	expectFound    = "查出"
	expectNotFound = "不查出"
)

// ParseExamples reads the text of a rule's examples.
func ParseExamples(text string) (*Examples, error) {
	archive := txtar.Parse([]byte(text))
	var head struct {
		AsOf   string         `yaml:"as_of"`
		Policy map[string]any `yaml:"policy"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(archive.Comment))
	decoder.KnownFields(true)
	if err := decoder.Decode(&head); err != nil {
		return nil, fmt.Errorf("read head: %w", err)
	}
	ex := &Examples{AsOf: head.AsOf, Policy: head.Policy}
	found := false
	for _, f := range archive.Files {
		file, err := parseExampleFile(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", f.Name, err)
		}
		ex.Files = append(ex.Files, file)
		found = found || slices.ContainsFunc(file.Rows, func(r ExampleRow) bool { return r.Expectation == expectFound })
	}
	if !found {
		return nil, errors.New("read examples: no row says 查出")
	}
	return ex, nil
}

func parseExampleFile(f txtar.File) (ExampleFile, error) {
	file := ExampleFile{Name: f.Name, text: f.Data}
	reader := csv.NewReader(bytes.NewReader(f.Data))
	header, err := reader.Read()
	if err != nil {
		return file, err
	}
	width := slices.Index(header, "期望")
	expects := width >= 0
	if expects && (width != len(header)-2 || header[width+1] != "说明") {
		return file, errors.New("期望 and 说明 are the last two columns of a roster")
	}
	if !expects {
		width = len(header)
	}
	file.Header = header[:width]
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return file, nil
		}
		if err != nil {
			return file, err
		}
		row := ExampleRow{Cells: cells[:width]}
		row.Line, _ = reader.FieldPos(0)
		if expects {
			row.Expectation, row.Reason = cells[width], cells[width+1]
		}
		if !slices.Contains([]string{expectFound, expectNotFound, ""}, row.Expectation) {
			return file, fmt.Errorf("row %d: 期望 is %q", row.Line, row.Expectation)
		}
		file.Rows = append(file.Rows, row)
	}
}

// days are those of the snapshots, earliest first; the last is AsOf.
func (ex *Examples) days() []string {
	days := map[string]bool{ex.AsOf: true}
	for _, f := range ex.Files {
		if day := path.Dir(f.Name); day != "." {
			days[day] = true
		}
	}
	return slices.Sorted(maps.Keys(days))
}

// send writes the rosters into one inbox a day.
func (ex *Examples) send(folder string) error {
	for _, f := range ex.Files {
		name := f.Name
		if path.Dir(name) == "." {
			name = path.Join(ex.AsOf, name)
		}
		file := filepath.Join(folder, filepath.FromSlash(name))
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return fmt.Errorf("write %s: it stands outside the examples", f.Name)
		}
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, f.text, 0o600)); err != nil {
			return fmt.Errorf("write examples: %w", err)
		}
	}
	return nil
}
