package main

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/xuri/excelize/v2"
	"golang.org/x/net/html"

	"hedui/cmd/hedui/demo"
)

// payloads are what a roster's text may hold that means something elsewhere: to a
// spreadsheet, to SQL, to a path, to a terminal, to a page, to a template, to XML.
var payloads = []string{
	`=HYPERLINK("http://203.0.113.9/","点我")`, "+1+1", "-2+3", "@SUM(A1:A9)", "\t=1+1", "\r=1+1", "＝1+1", "=cmd|' /C calc'!A0",
	`'; DROP TABLE finding; --`, `"; ATTACH '/tmp/hedui-hostile.duckdb'; --`, "' OR 1=1 --", "$1 ? :name",
	"../../../../tmp/hedui-hostile", `..\..\hedui-hostile`, "/etc/passwd", "..", ".", "CON", "con.txt", "a/b", "a_b", "全区", "manifest.json",
	"甲\x00乙", "甲\x1b[2J\x1b]0;标题\a乙", "甲\u009b31m乙", "\u202e甲乙\u2066", "甲\u200b\u200d\ufeff乙", "甲\n乙", "甲\r\n错误：E-RUN-01",
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "]]>&lt;!--", "_x0041_", "{{.}} {name} %s%n", `\u0041\n\\`, "\ufffe\uffff",
	strings.Repeat("长", 10_000), strings.Repeat("𠮷", 80), strings.Repeat("𠮷", 70) + "二",
}

// hostileTowns are those of them that a folder's name has to survive; each town costs the test nine files.
var hostileTowns = slices.Concat(payloads[:1], payloads[8:9], payloads[12:25], payloads[26:29], payloads[30:32], payloads[37:])

// poison gives half of all texts a payload, the same text the same one always.
func poison(text string) string {
	n := hashed(text)
	if text == "" || n%2 == 0 {
		return text
	}
	payload := payloads[n/2%uint64(len(payloads))]
	if n/2%3 == 0 {
		return payload
	}
	return payload + text
}

func hashed(text string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, text) // never fails
	return h.Sum64()
}

// poisoned are the columns that take any text. Each person lives in a town of a
// hostile name.
var poisoned = []string{"镇", "户籍镇", "村", "姓名", "户主姓名", "健康状况", "学校", "救助原因", "核对详情", "病种", "年级", "资助项目", "停保原因"}

// poisonRoster rewrites a roster with payloads in its texts, and in headers and
// columns that no kind knows.
func poisonRoster(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := slices.Index(rows[0], "身份证号")
	for i, row := range rows {
		if i > 0 {
			for c, header := range rows[0] {
				switch {
				case !slices.Contains(poisoned, header):
				case strings.HasSuffix(header, "镇"):
					row[c] = hostileTowns[hashed(row[number])%uint64(len(hostileTowns))]
				default:
					row[c] = poison(row[c])
				}
			}
		}
		extra := payloads[i%len(payloads)]
		if i == 0 {
			extra = "备注" + strings.Join(payloads, "")
		}
		rows[i] = append(row, extra, extra)
	}
	rows[0][len(rows[0])-1] = payloads[0]
	for _, payload := range payloads[:9] { // nobody's row: it is rejected, and shown
		row := make([]string, len(rows[0]))
		row[0], row[len(row)-1] = payload, payload
		rows = append(rows, row)
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := errors.Join(w.WriteAll(rows), os.WriteFile(file, out.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// hedui runs the program, which must end with one of the statuses within the
// time, and gives what it wrote to both streams; neither can move a terminal.
func hedui(t *testing.T, statuses []int, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "hedui", args...)
	cmd.Env = append(os.Environ(), "HEDUI_LIMITS_THREADS=1") // other packages' tests run beside
	timer := time.AfterFunc(3*time.Minute, func() { _ = cmd.Process.Kill() })
	defer timer.Stop()
	out, err := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); !slices.Contains(statuses, code) {
		t.Errorf("hedui %.200q: exit status %d, %v\n%.4000s", args, code, err, out)
	}
	for _, r := range string(out) {
		if r != '\n' && r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Cf, r)) {
			t.Errorf("hedui %.200q writes %U to the terminal", args, r)
			break
		}
	}
	return string(out)
}

// tree lists all under root but what is under data, with sizes.
func tree(t *testing.T, root string) (outside, out []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(root, name)
		switch {
		case err != nil:
			return err
		case strings.HasPrefix(relative, "district/data/out/"):
			out = append(out, filepath.ToSlash(strings.TrimPrefix(relative, "district/data/out/")))
		case relative != "district/data" && !strings.HasPrefix(relative, "district/data/"):
			if entry.IsDir() {
				outside = append(outside, relative)
			} else {
				outside = append(outside, fmt.Sprintf("%s %d", relative, info.Size()))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return outside, out
}

// TestHostileDistrict runs a district whose departments write whatever they can
// think of into every text, and looks at everything that comes out.
func TestHostileDistrict(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "district")
	if _, err := demo.Generate(dir, demo.Options{Persons: 300, Seed: 7}); err != nil {
		t.Fatal(err)
	}
	config, inbox := filepath.Join(dir, "config.yaml"), filepath.Join(dir, "2021-06", "inbox")
	clean := hostileTables(t, root, config, inbox)
	rosters, err := filepath.Glob(filepath.Join(inbox, "*.csv"))
	if err != nil || len(rosters) != 8 {
		t.Fatal(rosters, err)
	}
	for _, file := range rosters {
		poisonRoster(t, file)
	}
	poisonConfig(t, config)
	before, _ := tree(t, root)

	run := []string{"run", "--config", config, "--inbox", inbox, "--as-of", "2021-06-10"}
	hedui(t, []int{0, 3}, run...)
	db := filepath.Join(dir, "data", "hedui.duckdb")
	if got := publishedTables(t, db); !slices.Equal(got, clean) {
		t.Errorf("published tables: %q, of a clean district %q", got, clean)
	}
	hostileNames(t, db)
	lookRound(t, config, inbox, rosters, db)
	day := filepath.Join(dir, "data", "out", "2021-06-10")
	hostileFeedback(t, dir, config, day)
	hedui(t, []int{0, 3}, run...)
	hedui(t, []int{0}, "audit", "--config", config)

	after, out := tree(t, root)
	if !slices.Equal(before, after) {
		t.Errorf("outside of data: %q, before %q", after, before)
	}
	if _, err := os.Stat("/tmp/hedui-hostile.duckdb"); err == nil {
		t.Error("a roster's text attached a database")
	}
	safeFolders(t, db, out)
	for _, name := range out {
		safeFile(t, filepath.Join(dir, "data", "out", filepath.FromSlash(name)))
	}
	safeLog(t, filepath.Join(dir, "data", "logs", "hedui.log"))
}

// hostileTables lists what is published of the clean district, which is then forgotten.
func hostileTables(t *testing.T, root, config, inbox string) []string {
	hedui(t, []int{0}, "run", "--config", config, "--inbox", inbox, "--as-of", "2021-06-10")
	tables := publishedTables(t, filepath.Join(filepath.Dir(config), "data", "hedui.duckdb"))
	if err := os.RemoveAll(filepath.Join(filepath.Dir(config), "data")); err != nil {
		t.Fatal(err)
	}
	return tables
}

// poisonConfig has the operator write hostile names too.
func poisonConfig(t *testing.T, config string) {
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	hostile := "district: \"=1+1<script>alert(1)</script>\\e[2J'; DROP TABLE run; --\"\n"
	text = regexp.MustCompile(`(?m)^district: .*\n`).ReplaceAll(text, []byte(hostile))
	text = bytes.Replace(text, []byte("towns:\n"), []byte("towns:\n  - {name: \"../../甲\\0镇'; DROP TABLE town; --\", code: \"130890199\", aliases: [\"=1+1\"]}\n"), 1)
	if !bytes.Contains(text, []byte("DROP TABLE run")) || !bytes.Contains(text, []byte("DROP TABLE town")) {
		t.Fatalf("the configuration is not what this test knows:\n%s", text)
	}
	if err := os.WriteFile(config, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

// askPublished queries a published file and closes it: another will stand in its place.
func askPublished(t *testing.T, file, query string) [][]string {
	t.Helper()
	db, err := sql.Open("duckdb", file+"?access_mode=read_only")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	return rowsOf(t, db, query)
}

func publishedTables(t *testing.T, file string) []string {
	t.Helper()
	var all []string
	for _, row := range askPublished(t, file, "SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY ALL") {
		all = append(all, strings.Join(row, "|"))
	}
	return all
}

// hostileNames makes sure that the district was hostile at all: most payloads are in
// the findings, whole.
func hostileNames(t *testing.T, db string) {
	var told strings.Builder
	for _, row := range askPublished(t, db, "SELECT DISTINCT coalesce(unnest([name, town, village]), '') FROM finding") {
		told.WriteString(row[0] + "\n")
	}
	found := 0
	for _, payload := range payloads {
		if strings.Contains(told.String(), payload) {
			found++
		}
	}
	if found < len(payloads)/2 || !strings.Contains(told.String(), strings.Repeat("长", 10_000)) {
		t.Errorf("findings name %d of %d payloads", found, len(payloads))
	}
}

// lookRound asks every command that shows what was read.
func lookRound(t *testing.T, config, inbox string, rosters []string, db string) {
	fine := []int{0, 3}
	hedui(t, fine, "check", "--config", config, "--inbox", inbox)
	for _, file := range rosters {
		hedui(t, fine, "peek", file)
	}
	for _, row := range askPublished(t, db, "SELECT id_number FROM finding WHERE level = 'person' AND id_number <> '' AND name LIKE '%\x1b%' UNION ALL SELECT min(name) FROM finding WHERE name LIKE '%DROP%' ORDER BY 1 LIMIT 3") {
		hedui(t, []int{0}, "person", "--db", db, row[0])
	}
	for _, name := range []string{payloads[8], payloads[9], "\x1b[2J"} {
		hedui(t, []int{0, 1}, "person", "--db", db, name)
	}
	hedui(t, []int{0}, "plan", "--db", db, "--set", "dibao_standard=5800", "--examples", "20")
	hedui(t, []int{2}, "plan", "--db", db, "--set", "dibao_standard=1); DROP TABLE finding; --")
	hedui(t, []int{2}, "plan", "--db", db, "--set", "x'; DROP TABLE finding; --=1")
	hedui(t, []int{0}, "rules", "--config", config)
	hedui(t, []int{0}, "summary", "--config", config, "--from", "2021-06-01", "--to", "2021-06-30", "--out", filepath.Join(filepath.Dir(db), "out", "总结.docx"))
	hedui(t, []int{0}, "sample", "--config", config, "--n", "20", "--out", filepath.Join(filepath.Dir(db), "out", "抽查.xlsx"))
}

// hostileFeedback gives a town's workbook back with payloads where the town
// writes, formulas, a link to another workbook and a sheet of a hostile name.
func hostileFeedback(t *testing.T, dir, config, day string) {
	books, err := filepath.Glob(filepath.Join(day, "*", "*_问题台账_*.xlsx"))
	if err != nil || len(books) == 0 {
		t.Fatal(books, err)
	}
	f, err := excelize.OpenFile(books[0])
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	filled, list := 0, ""
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		if len(rows) < 4 {
			continue
		}
		at := slices.Index(rows[2], "核查结论")
		if at < 0 {
			continue
		}
		for i := 3; i < len(rows); i++ {
			set := func(column int, value string) {
				cell, err := excelize.CoordinatesToCellName(column+1, i+1)
				if err := errors.Join(err, f.SetCellStr(sheet, cell, value)); err != nil {
					t.Fatal(err)
				}
			}
			set(at, "属实")
			for c := at + 1; c < len(rows[2]); c++ {
				if slices.Contains([]string{"整改措施", "整改成效", "核查人"}, rows[2][c]) {
					set(c, poison(fmt.Sprint(i, c)))
				}
			}
			filled++
			list = sheet
		}
		cell, err := excelize.CoordinatesToCellName(at+1, len(rows))
		if err := errors.Join(err, f.SetCellFormula(sheet, cell, `=IF(1,"不属实",HYPERLINK("file:///etc/passwd"))`)); err != nil {
			t.Fatal(err)
		}
	}
	if filled == 0 {
		t.Fatal("no row to answer")
	}
	if err := f.SetSheetName(list, "=1+1';DROP--"); err != nil {
		t.Fatal(err)
	}
	returned := filepath.Join(dir, "data", "-交回\n\x1b[2J'.xlsx")
	if err := f.SaveAs(returned); err != nil {
		t.Fatal(err)
	}
	receipts := filepath.Join(dir, "data", "out", "回执")
	out := hedui(t, []int{0, 3}, "feedback", "--config", config, "--as-of", "2021-06-10", "--receipt", receipts, returned)
	if !strings.Contains(out, "登记") {
		t.Errorf("feedback said %s", out)
	}
	if entries, err := os.ReadDir(receipts); err != nil || len(entries) != 1 {
		t.Errorf("receipts: %v, %v", entries, err)
	}
}

// safeFolders compares the day's folders with the towns: one each, and each a
// name that any system takes.
func safeFolders(t *testing.T, db string, out []string) {
	seen := map[string]bool{}
	for _, name := range out {
		day, rest, _ := strings.Cut(name, "/")
		if day != "2021-06-10" || !strings.Contains(rest, "/") {
			continue
		}
		folder := path.Dir(rest)
		if strings.Contains(folder, "/") {
			t.Errorf("%q stands deeper than a town's folder", name)
		}
		if seen[folder] {
			continue
		}
		for other := range seen {
			if strings.EqualFold(folder, other) {
				t.Errorf("folders %q and %q are one on Windows", folder, other)
			}
		}
		seen[folder] = true
		stem, _, _ := strings.Cut(folder, ".")
		unsafe := func(r rune) bool {
			return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || strings.ContainsRune(`/\:*?"<>|`, r)
		}
		if strings.ContainsFunc(rest, func(r rune) bool { return r != '/' && unsafe(r) }) || strings.Trim(folder, ". ") != folder || strings.EqualFold(stem, "con") {
			t.Errorf("folder %q", folder)
		}
	}
	towns := askPublished(t, db, "SELECT DISTINCT town FROM finding WHERE town <> ''")
	if len(towns) < 15 || len(seen) <= len(towns) { // 全区 is one of them
		t.Errorf("%d folders for %d towns with findings", len(seen), len(towns))
	}
}

// safeFile looks into one file that a run issued.
func safeFile(t *testing.T, file string) {
	t.Helper()
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	switch filepath.Ext(file) {
	case ".csv":
		err = safeCSV(data)
	case ".xlsx", ".docx":
		err = safeOffice(data)
	case ".html":
		err = safePage(data)
	case ".json":
	default:
		err = errors.New("a file that no run issues")
	}
	if err != nil {
		t.Errorf("%s: %v", file, err)
	}
}

var plainNumber = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// safeCSV: no field that a spreadsheet would take for a formula.
func safeCSV(data []byte) error {
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		return err
	}
	for i, row := range rows {
		for _, cell := range row {
			if cell == "" || plainNumber.MatchString(cell) {
				continue
			}
			shielded, tab := strings.CutPrefix(cell, "\t")
			if tab && strings.Trim(shielded, "0123456789Xx") == "" {
				continue
			}
			if strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(cell)[0]) {
				return fmt.Errorf("row %d: %.60q starts a formula", i+1, cell)
			}
		}
	}
	return nil
}

// safeOffice: every part is sound XML; no formula, no link out of the file, no macro.
func safeOffice(data []byte) error {
	parts, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return err
	}
	for _, part := range parts.File {
		if strings.Contains(part.Name, "vba") || strings.Contains(part.Name, "externalLink") || strings.Contains(part.Name, "..") {
			return fmt.Errorf("part %s", part.Name)
		}
		r, err := part.Open()
		if err != nil {
			return err
		}
		decoder := xml.NewDecoder(r)
		for {
			token, err := decoder.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return fmt.Errorf("part %s: %w", part.Name, err)
			}
			start, ok := token.(xml.StartElement) // a field of the page number is the papers' own
			if !ok {
				continue
			}
			external := slices.ContainsFunc(start.Attr, func(a xml.Attr) bool { return a.Name.Local == "TargetMode" && a.Value == "External" })
			if start.Name.Local == "f" || start.Name.Local == "hyperlink" || external {
				return fmt.Errorf("part %s has <%s>", part.Name, start.Name.Local)
			}
		}
	}
	return nil
}

// safePage: the only scripts and styles are the page's own, and nothing is asked for.
func safePage(data []byte) error {
	page, err := html.Parse(bytes.NewReader(data))
	if err != nil {
		return err
	}
	for node := range page.Descendants() {
		if node.Type != html.ElementNode {
			continue
		}
		switch node.Data {
		case "img", "iframe", "object", "embed", "form", "base":
			return fmt.Errorf("<%s>", node.Data)
		case "script":
			if node.FirstChild != nil && strings.Contains(node.FirstChild.Data, "alert(") {
				return errors.New("a roster's script")
			}
		}
		for _, a := range node.Attr {
			if strings.HasPrefix(a.Key, "on") || a.Key == "src" || a.Key == "href" && !strings.HasPrefix(a.Val, "#") && a.Val != "data:," {
				return fmt.Errorf("<%s %s=%q>", node.Data, a.Key, a.Val)
			}
		}
	}
	return nil
}

// safeLog: every line is one JSON object of printable characters.
func safeLog(t *testing.T, file string) {
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if strings.ContainsFunc(line, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
			t.Errorf("log line %s", strconv.QuoteToASCII(line))
		}
		if !strings.HasPrefix(line, "{") || !strings.HasSuffix(line, "}") {
			t.Errorf("log line is no JSON: %.200s", line)
		}
	}
}
