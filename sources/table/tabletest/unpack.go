package tabletest

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Unpacked are a folder's files by their path in it: a plain file's name and bytes,
// and of workbooks and papers every part by itself, as path!part. A ZIP that is no such
// package is a plain file.
func Unpacked(folder string) (map[string]string, error) {
	texts := map[string]string{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		if err != nil {
			return err
		}
		if !bytes.HasPrefix(data, []byte("PK")) || filepath.Ext(name) == ".zip" {
			texts[name] = name + "\n" + string(data)
			return nil
		}
		return unpack(texts, name, data)
	})
	return texts, err
}

func unpack(texts map[string]string, name string, data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, part := range archive.File {
		r, err := part.Open()
		if err != nil {
			return err
		}
		text, err := io.ReadAll(r)
		if err != nil {
			return err
		}
		texts[name+"!"+part.Name] = string(text)
	}
	return nil
}
