package pipeline

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hedui/pipeline/fault"
)

// TestPasswordIsKeptClose: out of a file that its owner alone can read, or the
// environment; whatever else is asked for ends the run before it writes anything.
func TestPasswordIsKeptClose(t *testing.T) {
	const good = "一个很长的口令 2021"
	file := func(mode os.FileMode, text string) string {
		path := filepath.Join(t.TempDir(), "口令")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	t.Setenv("HEDUI_TEST_PASSWORD", good)
	t.Setenv("HEDUI_TEST_SHORT", "123456789")
	for name, c := range map[string]struct {
		reports Reports
		code    fault.Code // empty: good
	}{
		"variable":        {Reports{PasswordEnv: "HEDUI_TEST_PASSWORD"}, ""},
		"file":            {Reports{PasswordFile: file(0o600, good+"\r\nsecond line\n")}, ""},
		"read-only file":  {Reports{PasswordFile: file(0o400, good)}, ""},
		"no variable":     {Reports{PasswordEnv: "HEDUI_TEST_NO_SUCH"}, fault.ConfigMissing},
		"group's file":    {Reports{PasswordFile: file(0o640, good)}, fault.ConfigMissing},
		"everybody's":     {Reports{PasswordFile: file(0o604, good)}, fault.ConfigMissing},
		"no file":         {Reports{PasswordFile: file(0o600, good) + "x"}, fault.ConfigMissing},
		"a folder":        {Reports{PasswordFile: t.TempDir()}, fault.ConfigMissing},
		"empty file":      {Reports{PasswordFile: file(0o600, "\n"+good)}, fault.ConfigBadValue},
		"short":           {Reports{PasswordEnv: "HEDUI_TEST_SHORT"}, fault.ConfigBadValue},
		"longer than 255": {Reports{PasswordFile: file(0o600, strings.Repeat("密", 256))}, fault.ConfigBadValue},
	} {
		password, err := c.reports.Password()
		told := fault.Of(err)
		switch {
		case c.code == "" && (err != nil || password != good):
			t.Errorf("%s: %q, error %v", name, password, err)
		case c.code != "" && (told == nil || told.Code != c.code || told.Code.Exit() != fault.ExitUsage):
			t.Errorf("%s: %v, want %s", name, err, c.code)
		case err != nil && strings.Contains(err.Error(), good):
			t.Errorf("%s: the fault tells the password", name)
		}
	}
	if password, err := (Reports{}).Password(); password != "" || err != nil {
		t.Errorf("none asked for: %q, error %v", password, err)
	}
}
