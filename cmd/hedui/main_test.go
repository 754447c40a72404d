package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
)

// addingARule is the page that a script follows; scripts run in folders of their own.
var addingARule, _ = filepath.Abs("../../docs/adding-a-rule.md")

// TestScript runs the command line as an operator would.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv("HEDUI_LIMITS_THREADS", "1") // scripts run beside each other
			env.Setenv("HEDUI_LIMITS_CANARIES", "false")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"workbook": workbook,
			"exits":    exits,
			"damage":   damage,
			"crlf":     crlf,
			"page":     page,
		},
	})
}

// workbook OUT.xlsx IN.csv [PASSWORD] makes a workbook of text cells.
func workbook(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: workbook OUT.xlsx IN.csv [PASSWORD]")
	}
	rows, err := csv.NewReader(strings.NewReader(ts.ReadFile(args[1]))).ReadAll()
	ts.Check(err)
	f := excelize.NewFile()
	for i, row := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		ts.Check(err)
		ts.Check(f.SetSheetRow("Sheet1", cell, &row))
	}
	var opt excelize.Options
	if len(args) > 2 {
		opt.Password = args[2]
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0]), opt))
}

// page PHRASE FILE writes the block of docs/adding-a-rule.md that stands below the phrase.
func page(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: page PHRASE FILE")
	}
	text, err := os.ReadFile(addingARule)
	ts.Check(err)
	_, rest, found := strings.Cut(string(text), args[0])
	_, rest, opened := strings.Cut(rest, "\n```")
	_, rest, _ = strings.Cut(rest, "\n")
	block, _, closed := strings.Cut(rest, "\n```\n")
	if !found || !opened || !closed {
		ts.Fatalf("no block below %q", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(block+"\n"), 0o600))
}

// exits STATUS COMMAND ARG… runs a command that must end with that status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND ARG...")
	}
	status := "0"
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		status = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if status != args[0] {
		ts.Fatalf("exit status %s, want %s", status, args[0])
	}
}

// damage FILE cuts the file in half.
func damage(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: damage FILE")
	}
	path := ts.MkAbs(args[0])
	info, err := os.Stat(path)
	ts.Check(err)
	ts.Check(os.Truncate(path, info.Size()/2))
}

// crlf FILE ends the file's records with CR LF; a line break within quotes stays as it is.
func crlf(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: crlf FILE")
	}
	var b strings.Builder
	quoted := false
	for _, r := range ts.ReadFile(args[0]) {
		if r == '"' {
			quoted = !quoted
		}
		if r == '\n' && !quoted {
			b.WriteByte('\r')
		}
		b.WriteRune(r)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(b.String()), 0o600))
}
