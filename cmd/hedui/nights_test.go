package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The shipped sample's nights are run once; whoever needs what they left gets a copy to change.
var (
	nightsFolder string // there while tests run
	afterMay     = sync.OnceValues(func() (string, error) {
		dir := filepath.Join(nightsFolder, "may")
		if err := copyFolder("../../testdata/district/config.yaml", filepath.Join(dir, "config.yaml")); err != nil {
			return "", err
		}
		return dir, runMonth(dir, "2021-05")
	})
	afterJune = sync.OnceValues(func() (string, error) {
		may, err := afterMay()
		if err != nil {
			return "", err
		}
		dir := filepath.Join(nightsFolder, "june")
		if err := copyFolder(may, dir); err != nil {
			return "", err
		}
		return dir, runMonth(dir, "2021-06")
	})
)

type withNights struct{ *testing.M }

func (m withNights) Run() int {
	var err error
	if nightsFolder, err = os.MkdirTemp("", "hedui-nights-"); err != nil {
		panic(err)
	}
	defer os.RemoveAll(nightsFolder)
	return m.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(withNights{m}, map[string]func(){"hedui": main})
}

// copyFolder copies a folder or file with its permissions.
func copyFolder(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if out, err := exec.Command("cp", "-a", from, to).CombinedOutput(); err != nil {
		return fmt.Errorf("copy %s: %w\n%s", from, err, out)
	}
	return nil
}

// runMonth runs one of the sample's nights in dir.
func runMonth(dir, month string) error {
	inbox, err := filepath.Abs(filepath.Join("../../testdata/district", month, "inbox"))
	if err != nil {
		return err
	}
	var out strings.Builder
	args := []string{"run", "--config", filepath.Join(dir, "config.yaml"), "--inbox", inbox, "--as-of", month + "-10"}
	if status := run(args, strings.NewReader(""), &out, &out); status != 0 {
		return fmt.Errorf("%s ended with status %d\n%s", month, status, out.String())
	}
	return nil
}

// sampleAfter is a folder of the test's own with the sample's configuration and what
// its nights have left: afterMay or afterJune.
func sampleAfter(t *testing.T, nights func() (string, error)) string {
	t.Helper()
	left, err := nights()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "district")
	if err := copyFolder(left, dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// sampleFolder is one in which no night has been yet.
func sampleFolder(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := copyFolder("../../testdata/district/config.yaml", filepath.Join(dir, "config.yaml")); err != nil {
		t.Fatal(err)
	}
	return dir
}

// sampleNights gives the folder of the sample's second night.
func sampleNights(t *testing.T) string {
	t.Helper()
	return monthFolder(sampleAfter(t, afterJune), "2021-06")
}

// sampleNight runs a month's night and gives its folder.
func sampleNight(t *testing.T, dir, month string) string {
	t.Helper()
	if err := runMonth(dir, month); err != nil {
		t.Fatal(err)
	}
	return monthFolder(dir, month)
}

func monthFolder(dir, month string) string { return filepath.Join(dir, "data", "out", month+"-10") }
