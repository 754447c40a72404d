package pipeline

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/zap"
)

// TestMaskAsWritten: a number leaves the program masked however a department or a file's name writes it.
func TestMaskAsWritten(t *testing.T) {
	for text, want := range map[string]string{
		"《甲130890 19880408 9594.txt》":   "《甲130890********9594.txt》",
		"乙１３０８９０１９８８０４０８９５９４":           "乙１３０８９０********９５９４",
		"130890198804089594、2021-06-10": "130890********9594、2021-06-10",
	} {
		if got := Mask(text); got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
}

// TestUnlogged: where the log's file takes nothing the night says so, and goes on.
func TestUnlogged(t *testing.T) {
	d := newDistrict(t)
	folder := t.TempDir()
	if f := Unlogged(folder); f != nil {
		t.Error(f)
	}
	if err := errors.Join(os.Remove(filepath.Join(folder, logName)), os.Mkdir(filepath.Join(folder, logName), 0o700)); err != nil {
		t.Fatal(err)
	}
	m, err := d.run("2021-06-10", Options{unreported: true, Unlogged: Unlogged(folder)})
	if err != nil || !strings.HasPrefix(m.Warnings[0], "E-RUN-15｜日志 "+folder) {
		t.Errorf("%q, %v", m.Warnings, err)
	}
}

// TestLogRotates writes more than one file of the log takes: there are two then, each
// its owner's alone, of whole lines without a number or anything that moves a terminal.
func TestLogRotates(t *testing.T) {
	folder := t.TempDir()
	log, closeLog, err := NewLog(folder)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("长", 100_000) + "130890197001010016\x1b\x7f\u009b\u202e\U000e0041"
	for range 80 { // 24 MB
		log.Info("长", zap.String("text", text))
	}
	closeLog()
	files, err := filepath.Glob(filepath.Join(folder, "hedui*.log"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil || info.Mode().Perm() != 0o600 || info.Size() > 20<<20 {
			t.Errorf("%s: %v, %v", file, info, err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			var told struct{ Text string }
			if err := json.Unmarshal([]byte(line), &told); err != nil || told.Text != strings.Replace(text, "19700101", "********", 1) {
				t.Fatalf("%s: %v", file, err)
			}
			if strings.ContainsAny(line, "\x1b\x7f\u009b\u202e\U000e0041") {
				t.Fatal("a line that moves a terminal")
			}
		}
	}
}
