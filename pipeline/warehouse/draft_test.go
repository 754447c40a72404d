package warehouse

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
)

// write puts a note into the warehouse at path by way of a draft.
func write(t *testing.T, path, note string) *Draft {
	t.Helper()
	ctx := context.Background()
	d, err := NewDraft(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.exec(ctx, "INSERT INTO snapshot VALUES (?, NULL, NULL, 1)", note); err != nil {
		t.Fatal(err)
	}
	if err := d.Replace(ctx); err != nil {
		t.Fatal(err)
	}
	return d
}

// notes reads the warehouse by way of a draft that is thrown away.
func notes(t *testing.T, path string) ([]string, *fault.Fault) {
	t.Helper()
	ctx := context.Background()
	d, err := NewDraft(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	all, err := gather.Column[string](ctx, d.conn, "SELECT kind FROM snapshot ORDER BY kind")
	if err := errors.Join(err, d.Discard()); err != nil {
		t.Fatal(err)
	}
	return all, d.Warning
}

func TestDraftReplacesWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data", "warehouse.duckdb")
	write(t, path, "a")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	d, err := NewDraft(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.exec(ctx, "INSERT INTO snapshot VALUES ('b', NULL, NULL, 1)"); err != nil {
		t.Fatal(err)
	}
	if during, err := os.ReadFile(path); err != nil || !bytes.Equal(before, during) {
		t.Fatal("the warehouse changed under a draft", err)
	}
	if err := d.Replace(ctx); err != nil {
		t.Fatal(err)
	}
	if got, warning := notes(t, path); !slices.Equal(got, []string{"a", "b"}) || warning != nil {
		t.Fatal(got, warning)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	if want := []string{"warehouse.duckdb", "warehouse.duckdb.last", "warehouse.duckdb.sha256"}; !slices.Equal(names, want) {
		t.Fatal(names)
	}
}

// TestDraftFromTwin damages the warehouse in every way that a disk has.
func TestDraftFromTwin(t *testing.T) {
	for name, damage := range map[string]func(path string, data []byte) error{
		"cut short": func(path string, data []byte) error { return os.Truncate(path, int64(len(data)/2)) },
		"empty":     func(path string, _ []byte) error { return os.Truncate(path, 0) },
		"a bit": func(path string, data []byte) error {
			data[len(data)/2] ^= 1
			return os.WriteFile(path, data, 0o600)
		},
		"gone": func(path string, _ []byte) error { return os.Remove(path) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "warehouse.duckdb")
			write(t, path, "a")
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := damage(path, data); err != nil {
				t.Fatal(err)
			}
			if d := write(t, path, "b"); d.Warning == nil || d.Warning.Code != fault.RunDamaged {
				t.Fatal(d.Warning)
			}
			if got, warning := notes(t, path); !slices.Equal(got, []string{"a", "b"}) || warning != nil {
				t.Fatal(got, warning)
			}
			if _, err := os.Stat(path + ".damaged"); (err == nil) == (name == "gone") {
				t.Fatal("what was damaged is not kept", err)
			}
		})
	}
}

func TestDraftRefusesWhatNobodyWrote(t *testing.T) {
	path := filepath.Join(t.TempDir(), "warehouse.duckdb")
	write(t, path, "a")
	for _, of := range []string{path, path + ".last"} {
		if err := os.Truncate(of, 100); err != nil {
			t.Fatal(err)
		}
	}
	_, err := NewDraft(context.Background(), path, Options{})
	if f := fault.Of(err); f == nil || f.Code != fault.RunDamaged {
		t.Fatal(err)
	}
}

// TestDraftKilledInReplace stops between any two of its steps: what is there
// then is the old state or the new one, and nobody is alarmed.
func TestDraftKilledInReplace(t *testing.T) {
	ctx := context.Background()
	for at := range 12 {
		path := filepath.Join(t.TempDir(), "warehouse.duckdb")
		before := []string(nil)
		if first := at%2 == 0; !first {
			before = []string{"a"}
			write(t, path, "a")
		}
		at /= 2
		d, err := NewDraft(ctx, path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := d.exec(ctx, "INSERT INTO snapshot VALUES ('b', NULL, NULL, 1)"); err != nil {
			t.Fatal(err)
		}
		steps, err := d.replacing(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range steps[:at] {
			if err := step(); err != nil {
				t.Fatal(err)
			}
		}
		got, warning := notes(t, path)
		old, now := slices.Equal(got, before), slices.Equal(got, append(before, "b"))
		if warning != nil || !old && !now || at == len(steps) && !now {
			t.Errorf("after %d steps: %q, %v", at, got, warning)
		}
		write(t, path, "c")
		if again, warning := notes(t, path); !slices.Contains(again, "c") || len(again) != len(got)+1 || warning != nil {
			t.Errorf("after %d steps and another draft: %q, %v", at, again, warning)
		}
	}
}

// TestDraftRemovesWhatSpilled: a command that was killed leaves nobody's data behind for good.
func TestDraftRemovesWhatSpilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "warehouse.duckdb")
	write(t, path, "dibao")
	spilled := Hidden(path) + ".tmp"
	if err := os.MkdirAll(filepath.Join(spilled, "duckdb_temp"), 0o700); err != nil {
		t.Fatal(err)
	}
	notes(t, path)
	if _, err := os.Stat(spilled); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what a killed command spilled is still there: %v", err)
	}
}

// TestDraftFoldsTheLog opens a warehouse that was killed while a program wrote in it.
func TestDraftFoldsTheLog(t *testing.T) {
	folder := t.TempDir()
	ctx := context.Background()
	w, err := Open(ctx, filepath.Join(folder, "old.duckdb"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.exec(ctx, "INSERT INTO snapshot VALUES ('a', NULL, NULL, 1)"); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "warehouse.duckdb")
	for from, to := range map[string]string{"old.duckdb": path, "old.duckdb.wal": path + ".wal"} {
		if _, err := copyFile(filepath.Join(folder, from), to); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, warning := notes(t, path); !slices.Equal(got, []string{"a"}) || warning != nil {
		t.Fatal(got, warning)
	}
}
