//go:build client

package main

import (
	"encoding/json"
	"io"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestClientReadsWhileARunGoesOn opens the published file with the newest
// DuckDB client that npm has (.ci/run installs it), again and again while a
// night is under way: it must answer every time, with the old night or the new
// one, never with an error.
func TestClientReadsWhileARunGoesOn(t *testing.T) {
	dir := t.TempDir()
	command(t, "demo", dir, "--persons", "20000")
	night := []string{"run", "--config", filepath.Join(dir, "config.yaml")}
	command(t, append(night, "--inbox", filepath.Join(dir, "2021-05/inbox"), "--as-of", "2021-05-10")...)

	first := ask(t, dir)
	done := make(chan int)
	go func() {
		done <- run(append(night, "--inbox", filepath.Join(dir, "2021-06/inbox"), "--as-of", "2021-06-10"), strings.NewReader(""), io.Discard, io.Discard)
	}()
	asked := 0
	for status := -1; status < 0; {
		select {
		case status = <-done:
			if status != 0 {
				t.Fatalf("the second night ended with status %d", status)
			}
		default:
			ask(t, dir)
			asked++
		}
	}
	last := ask(t, dir)
	t.Logf("DuckDB %s answered %d times during the run; findings %s, then %s", first.Version, asked, first.Findings, last.Findings)
	if asked == 0 || first.Findings == last.Findings || first.Findings == "0" {
		t.Errorf("asked %d times; findings %s, then %s", asked, first.Findings, last.Findings)
	}
}

type clientAnswer struct {
	Version, Findings, Uncommented string
	Broken                         []string // rules that do not run
}

func ask(t *testing.T, dir string) clientAnswer {
	t.Helper()
	out, err := exec.Command("node", "../../.ci/client/check.mjs", filepath.Join(dir, "data/hedui.duckdb"), "../../matchers/rules").CombinedOutput()
	if err != nil {
		t.Fatalf("client: %v\n%s", err, out)
	}
	var a clientAnswer
	if err := json.Unmarshal(out, &a); err != nil {
		t.Fatalf("client said %s: %v", out, err)
	}
	if len(a.Broken) > 0 {
		t.Errorf("rules do not paste into the newest client: %s", strings.Join(a.Broken, "\n"))
	}
	if a.Uncommented != "0" {
		t.Errorf("%s tables, views or columns have no comment", a.Uncommented)
	}
	return a
}
