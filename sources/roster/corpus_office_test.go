//go:build office

package roster_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

// resaved are the ways in which LibreOffice saves the corpus again. What cells say
// it leaves alone: that is seen once.
var resaved = []struct {
	from, to, filter string
	damages          []damage
}{
	{"XLSX", "XLSX", "xlsx:Calc MS Excel 2007 XML", corpus()},
	{"XLSX", "XLS", "xls:MS Excel 97", damagedTables()},
	{"XLS", "XLSX", "xlsx:Calc MS Excel 2007 XML", damagedTables()},
	{"XLSX", "ODS", "ods:calc8", damagedTables()},
	{"XLSX", "HTML", "html:HTML (StarCalc)", damagedTables()},
	{"XLSX", "CSV", "csv:Text - txt - csv (StarCalc):44,34,76", damagedTables()},
}

// lost is what LibreOffice itself cannot open, or leaves out of what it writes.
var lost = map[string][]string{
	"部件名大小写不一":  {"XLSX", "XLS", "ODS", "HTML", "CSV"}, // it finds no such part
	"公式没有结果":    {"XLSX", "XLS", "ODS", "HTML", "CSV"}, // it reckons it
	"公式的结果是空的":  {"XLSX", "XLS", "ODS", "HTML", "CSV"},
	"部件名用反斜杠":   {"XLSX", "XLS", "ODS", "HTML", "CSV"},
	"隐藏的行":      {"HTML"}, // which shows what is seen
	"隐藏的表头":     {"HTML"},
	"自定义日期格式":   {"CSV"}, // so does this: the month alone
	"中文版内置日期格式": {"CSV"},
}

// chinese makes LibreOffice write dates and numbers as it does in China.
const chinese = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>zh-CN</value></prop></item></oor:items>`

// TestCorpusOffice has LibreOffice (.ci/run installs it) open every workbook of the
// corpus that can be read and save it again: what it wrote reads as the corpus
// does.
func TestCorpusOffice(t *testing.T) {
	folder := t.TempDir()
	profile := filepath.Join(folder, "profile")
	settings := filepath.Join(profile, "user", "registrymodifications.xcu")
	if err := os.MkdirAll(filepath.Dir(settings), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(settings, []byte(chinese), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, way := range resaved {
		t.Run(way.from+" to "+way.to, func(t *testing.T) {
			out := filepath.Join(folder, fmt.Sprint("out", i))
			in := filepath.Join(folder, fmt.Sprint("in", i))
			if err := os.Mkdir(in, 0o700); err != nil {
				t.Fatal(err)
			}
			args := []string{"--headless", "-env:UserInstallation=file://" + profile, "--convert-to", way.filter, "--outdir", out}
			var paths []string
			files := map[string]damage{}
			for n, d := range way.damages {
				if !d.survives(way.from, way.to) {
					continue
				}
				m := d.make(t, way.from)
				name := fmt.Sprintf("%03d", n)
				path := filepath.Join(in, name+formats[way.from].extension)
				if err := os.WriteFile(path, m.data, 0o600); err != nil {
					t.Fatal(err)
				}
				files[name], paths = d, append(paths, path)
			}
			for some := range slices.Chunk(paths, 100) { // it leaves out what is too much at once
				if said, err := exec.Command("soffice", slices.Concat(args, some)...).CombinedOutput(); err != nil {
					t.Fatalf("%v: %s", err, said)
				}
			}
			for name, d := range files {
				t.Run(d.name, func(t *testing.T) {
					m := d.make(t, way.from)
					extension := formats[way.to].extension
					if way.to == "HTML" {
						extension = ".html"
					}
					d.check(t, m, filepath.Join(out, name+extension))
				})
			}
		})
	}
}

// survives says that a damage can be written in one format and said in another.
func (d damage) survives(from, to string) bool {
	return d.refused == "" && !slices.Contains(lost[d.name], to) && slices.Contains(d.formats, from) && (slices.Contains(d.formats, to) || len(d.formats) == 1)
}
