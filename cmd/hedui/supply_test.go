package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// licences are phrases that stand in the text of each.
var licences = map[string]string{
	"Apache-2.0": "Apache License", "MIT": "Permission is hereby granted, free of charge", "MPL-2.0": "Mozilla Public License",
	"BSD-3-Clause": "may be used to endorse or promote products", "BSD-2-Clause": "Redistribution and use in source and binary forms",
}

// TestSupplyChain compares the table of docs/supply-chain.md with go.mod, with what is
// linked and with the modules' licence files.
func TestSupplyChain(t *testing.T) {
	text, err := os.ReadFile("../../docs/supply-chain.md")
	if err != nil {
		t.Fatal(err)
	}
	told := map[string][]string{} // version, linked, licence
	for _, row := range regexp.MustCompile(`(?m)^\| ([^ |]+/[^ |]+) \| (v[^ |]+) \| (yes|no) \| ([^|]+) \| [^|]{3,} \|$`).FindAllStringSubmatch(string(text), -1) {
		told[row[1]] = row[2:]
	}
	linked := strings.Fields(goTool(t, "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", "hedui/cmd/hedui"))
	var mod struct {
		Require []struct{ Path, Version string }
	}
	if err := json.Unmarshal([]byte(goTool(t, "mod", "edit", "-json")), &mod); err != nil {
		t.Fatal(err)
	}
	for _, m := range mod.Require {
		row := told[m.Path]
		want := "no"
		if slices.Contains(linked, m.Path) {
			want = "yes"
		}
		if row == nil || row[0] != m.Version || row[1] != want {
			t.Errorf("%s %s, linked %s, is told as %q", m.Path, m.Version, want, row)
			continue
		}
		delete(told, m.Path)
		checkLicence(t, m.Path, row[2])
	}
	for path := range told {
		t.Errorf("%s is told and not required", path)
	}
	deps := strings.Fields(goTool(t, "list", "-deps", "hedui/cmd/hedui"))
	for _, unsafe := range []string{"github.com/klauspost/compress/s2", "golang.org/x/crypto/openpgp"} {
		if slices.Contains(deps, unsafe) {
			t.Errorf("%s is linked, which docs/supply-chain.md denies", unsafe)
		}
	}
}

func goTool(t *testing.T, args ...string) string {
	t.Helper()
	var failed bytes.Buffer
	cmd := exec.Command("go", args...)
	cmd.Dir, cmd.Stderr = filepath.Join("..", ".."), &failed
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %q: %v\n%s", args, err, &failed)
	}
	return string(out)
}

// checkLicence looks for each named licence in the module's own files.
func checkLicence(t *testing.T, path, names string) {
	t.Helper()
	dir := strings.TrimSpace(goTool(t, "list", "-m", "-f", "{{.Dir}}", path))
	if dir == "" { // a tool's, not needed to build or test
		return
	}
	var all strings.Builder
	for _, pattern := range []string{"LICEN[SC]E*", "COPYING*", "NOTICE*"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintln(&all, strings.Join(strings.Fields(string(text)), " "))
		}
	}
	for _, name := range regexp.MustCompile(`, | and `).Split(names, -1) {
		if phrase := licences[name]; phrase == "" || !strings.Contains(all.String(), phrase) {
			t.Errorf("%s: no %s in its licence files", path, name)
		}
	}
}
