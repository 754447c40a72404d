package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWrittenInIsKept: a day is run again; what a clerk wrote into its folder meanwhile is
// kept beside it, and the operator is told. A folder as it was issued leaves nothing behind.
func TestWrittenInIsKept(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	told := func(m *Manifest) string {
		for _, w := range m.Warnings {
			if strings.Contains(w, "E-RUN-18") {
				return w
			}
		}
		return ""
	}
	d.mustNight("2021-06-10")
	if m := d.mustNight("2021-06-10"); told(m) != "" {
		t.Errorf("nobody wrote: %s", told(m))
	}
	folder := filepath.Join(d.c.Paths.Out, "2021-06-10")
	for name, text := range map[string]string{"overview.html": "改过", "便条.txt": "张三：已核", "~$台账.xlsx": "x"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m := d.mustNight("2021-06-10")
	if w := told(m); !strings.Contains(w, "2 个文件") || !strings.Contains(w, "overview.html、便条.txt") {
		t.Errorf("told %q", w)
	}
	aside := folder + ".改过." + m.RunID
	if text, err := os.ReadFile(filepath.Join(aside, "便条.txt")); err != nil || string(text) != "张三：已核" {
		t.Errorf("set aside: %q, error %v", text, err)
	}
	if _, err := os.Stat(filepath.Join(folder, "便条.txt")); err == nil {
		t.Error("the new folder has what the old one had")
	}
	d.c.Retention.OutDays = 30
	d.mustNight("2021-09-10")
	if left, err := filepath.Glob(folder + "*"); err != nil || len(left) > 0 {
		t.Errorf("kept beyond its time: %q, error %v", left, err)
	}
}
