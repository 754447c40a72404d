package demo

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"

	"github.com/xuri/excelize/v2"
)

// sortedZip writes a workbook's parts in the order of their names. excelize
// hands streamed sheets over in the order of a map, and the same district has to
// be the same bytes. Parts wait compressed, each as an archive of its own.
type sortedZip struct {
	out   io.Writer
	parts map[string]*bytes.Buffer
	last  *zip.Writer
}

func newSortedZip(out io.Writer) excelize.ZipWriter {
	return &sortedZip{out: out, parts: map[string]*bytes.Buffer{}}
}

// Create begins a part; the one before is complete.
func (s *sortedZip) Create(name string) (io.Writer, error) {
	if err := s.finish(); err != nil {
		return nil, err
	}
	part := &bytes.Buffer{}
	s.parts[name] = part
	s.last = zip.NewWriter(part)
	return s.last.Create(name)
}

func (s *sortedZip) finish() error {
	if s.last == nil {
		return nil
	}
	err := s.last.Close()
	s.last = nil
	return err
}

// AddFS is part of the interface; workbooks are not made from folders.
func (s *sortedZip) AddFS(fs.FS) error { return fmt.Errorf("add folder to workbook: not supported") }

// Close puts the parts together.
func (s *sortedZip) Close() error {
	if err := s.finish(); err != nil {
		return err
	}
	whole := zip.NewWriter(s.out)
	for _, name := range slices.Sorted(maps.Keys(s.parts)) {
		data := s.parts[name].Bytes()
		part, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return fmt.Errorf("read part %s again: %w", name, err)
		}
		for _, file := range part.File {
			if err := whole.Copy(file); err != nil {
				return fmt.Errorf("copy part %s: %w", name, err)
			}
		}
	}
	return whole.Close()
}
