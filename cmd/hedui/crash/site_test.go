package crash

import (
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"hedui/pipeline/warehouse"
)

// The days of the two nights: the first is past in every trial, the second is the
// one that suffers.
const first, second = "2021-05-10", "2021-06-10"

// base is the site that every trial copies: one night, some verdicts taken, and
// the rosters of the second night in the inbox.
var base struct {
	dir           string
	before, after whole
}

// whole is what a site holds when nothing is done to it.
type whole struct {
	published        string // fingerprint of hedui.duckdb
	events, verdicts int
	head             string // of the ledger
	files            []string
}

type site struct {
	t     *testing.T
	dir   string
	taken bool // feedback said that it took the answers
	trail []string
}

func (s *site) note(what string) { s.trail = append(s.trail, what) }

// prepare makes base.
func prepare(folder string) error {
	base.dir = filepath.Join(folder, "base")
	s := &site{dir: base.dir}
	district := filepath.Join("testdata", "district")
	if err := errors.Join(os.MkdirAll(s.dir, 0o700),
		os.CopyFS(filepath.Join(s.dir, "inbox"), os.DirFS(filepath.Join(district, "may"))),
		copyFile(filepath.Join(district, "config.yaml"), filepath.Join(s.dir, "config.yaml"))); err != nil {
		return err
	}
	if err := s.must("run", "--as-of", first); err != nil {
		return err
	}
	if err := s.answers(); err != nil {
		return err
	}
	if err := s.must("feedback", "--as-of", "2021-05-20", filepath.Join(s.dir, "taken.csv")); err != nil {
		return err
	}
	if err := errors.Join(os.RemoveAll(filepath.Join(s.dir, "inbox")), os.CopyFS(filepath.Join(s.dir, "inbox"), os.DirFS(filepath.Join(district, "june")))); err != nil {
		return err
	}
	var err error
	if base.before, err = s.whole(); err != nil {
		return err
	}
	after := &site{dir: filepath.Join(folder, "after")}
	if err := os.CopyFS(after.dir, os.DirFS(s.dir)); err != nil {
		return err
	}
	if err := after.must("run", "--as-of", second); err != nil {
		return err
	}
	base.after, err = after.whole()
	if err == nil && (base.after.events <= base.before.events || base.before.verdicts == 0 || base.after.published == base.before.published) {
		err = fmt.Errorf("the second night changes nothing: %+v, %+v", base.before, base.after)
	}
	return err
}

// answers writes two returned lists: taken.csv and, for the trials, returned.csv.
func (s *site) answers() error {
	f, err := os.Open(filepath.Join(s.dir, "data", "out", first, "全区", "findings.csv"))
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return err
	}
	column := func(name string) int {
		return slices.IndexFunc(rows[0], func(head string) bool { return strings.TrimPrefix(head, "\ufeff") == name })
	}
	lists := map[string]string{"taken.csv": "", "returned.csv": ""}
	for i, row := range rows[1:] {
		name := "taken.csv"
		if i >= 4 {
			name = "returned.csv"
		}
		if i < 10 {
			lists[name] += fmt.Sprintf("%s,%s,%s,%s\n", row[column("name")], strings.TrimSpace(row[column("id_number")]), row[column("finding_id")],
				[]string{"属实", "不属实", "正在办理"}[i%3])
		}
	}
	for name, text := range lists {
		if err := os.WriteFile(filepath.Join(s.dir, name), []byte("姓名,身份证号,疑点编号,核查结论\n"+text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// returned is how many answers returned.csv has.
const returned = 6

func copySite(t *testing.T, from string) *site {
	t.Helper()
	s := &site{t: t, dir: filepath.Join(t.TempDir(), "site")}
	if err := os.CopyFS(s.dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(strings.Join(s.trail, "\n"))
			log, _ := os.ReadFile(filepath.Join(s.dir, "data", "logs", "hedui.log"))
			t.Logf("%s", log)
		}
	})
	return s
}

func (s *site) command(what string) []string {
	args := []string{hedui, what, "--config", filepath.Join(s.dir, "config.yaml")}
	switch what {
	case "run":
		args = append(args, "--as-of", second)
	case "feedback":
		args = append(args, "--as-of", "2021-05-25", filepath.Join(s.dir, "returned.csv"))
	}
	return args
}

// call runs the program to its end.
func (s *site) call(args ...string) (int, string, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 3*time.Minute)
	defer cancel()
	all := append([]string{args[0], "--config", filepath.Join(s.dir, "config.yaml")}, args[1:]...)
	cmd := exec.CommandContext(ctx, hedui, all...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return 0, "", err
	}
	status := cmd.ProcessState.ExitCode()
	s.note(fmt.Sprintf("%s: exit status %d\n%s", strings.Join(args, " "), status, out))
	return status, string(out), nil
}

func (s *site) must(args ...string) error {
	start := time.Now()
	status, out, err := s.call(args...)
	if err == nil && status != 0 {
		err = fmt.Errorf("%s: exit status %d\n%s", strings.Join(args, " "), status, out)
	}
	took(args[0], time.Since(start))
	return err
}

var times = struct {
	sync.Mutex
	last map[string]time.Duration
}{last: map[string]time.Duration{}}

func took(what string, d time.Duration) {
	times.Lock()
	defer times.Unlock()
	times.last[what] = d
}

// usual is how long a command took when it was last left alone.
func usual(what string) time.Duration {
	times.Lock()
	defer times.Unlock()
	return times.last[what]
}

var audited = regexp.MustCompile(`记录 (\d+) 条，核查结论 (\d+) 条\n  链尾：第 \d+ 条 ?(\S*)`)

// whole looks at a site that is whole.
func (s *site) whole() (whole, error) {
	var w whole
	status, out, err := s.call("audit")
	m := audited.FindStringSubmatch(out)
	if err != nil || status != 0 || m == nil {
		return w, fmt.Errorf("audit: %v, exit status %d\n%s", err, status, out)
	}
	w.events, _ = strconv.Atoi(m[1])
	w.verdicts, _ = strconv.Atoi(m[2])
	w.head = m[3]
	if w.published, err = s.published(); err != nil {
		return w, err
	}
	w.files, err = s.names()
	return w, err
}

// names lists what stands in the data folder; reports by their day, logs not at all.
func (s *site) names() ([]string, error) {
	var names []string
	root := filepath.Join(s.dir, "data")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(root, path)
		if err == nil && strings.Count(name, "/") <= 1 && filepath.Dir(name) != "logs" {
			names = append(names, runOfIssued.ReplaceAllString(name, ".zip"))
		}
		return err
	})
	return names, err
}

// runOfIssued is the run in the name of the file that keeps what it issued.
var runOfIssued = regexp.MustCompile(`\.[0-9]{8}T[0-9]{6}\.[0-9]{3}Z\.zip$`)

// published reads hedui.duckdb to the last row and gives what it says, without what
// differs from run to run. Every folder in out must hold just what a run issued.
func (s *site) published() (string, error) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{Threads: 1})
	if err != nil {
		return "", err
	}
	defer w.Close()
	if err := w.AttachPublished(ctx, filepath.Join(s.dir, "data", "hedui.duckdb")); err != nil {
		return "", err
	}
	tables, err := list(ctx, w, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'published' ORDER BY table_name")
	if err != nil {
		return "", err
	}
	perRun := []string{"run", "activity", "issued_file", "source_file", "reject", "cell_fault", "hold", "finding_event", "snapshot", "rule"}
	var b strings.Builder
	for _, table := range tables {
		text, err := list(ctx, w, `SELECT count(*) || ' ' || coalesce(bit_xor(hash(t)), 0) FROM published."`+table+`" t`)
		if err != nil {
			return "", fmt.Errorf("read %s: %w", table, err)
		}
		if !slices.Contains(perRun, table) {
			fmt.Fprintf(&b, "%s %s\n", table, text[0])
		}
	}
	described, err := list(ctx, w, `SELECT string_agg(text, chr(10) ORDER BY text) FROM (
		SELECT table_name || ' ' || comment AS text FROM duckdb_tables() WHERE database_name = 'published'
		UNION ALL SELECT table_name || '.' || column_name || ' ' || comment FROM duckdb_columns() WHERE database_name = 'published'
		UNION ALL SELECT sql || comment FROM duckdb_views() WHERE database_name = 'published'
		UNION ALL SELECT function_name || ' ' || macro_definition FROM duckdb_functions() WHERE database_name = 'published')`)
	if err != nil {
		return "", fmt.Errorf("read what describes them: %w", err)
	}
	b.WriteString(described[0] + "\n")
	days, err := os.ReadDir(filepath.Join(s.dir, "data", "out"))
	if err != nil {
		return "", err
	}
	for _, day := range days {
		if strings.HasPrefix(day.Name(), ".") {
			continue
		}
		issued, err := list(ctx, w, "SELECT string_agg(sha256 || ' ' || path, '\n' ORDER BY path) FROM published.issued_file WHERE as_of = '"+day.Name()+"' GROUP BY run_id")
		if err != nil {
			return "", err
		}
		files, err := digests(filepath.Join(s.dir, "data", "out", day.Name()))
		if err != nil {
			return "", err
		}
		if !slices.Contains(issued, files) {
			return "", fmt.Errorf("out/%s holds\n%s\nno run issued that; there are\n%s", day.Name(), files, strings.Join(issued, "\n\n"))
		}
	}
	return b.String(), nil
}

func list(ctx context.Context, w *warehouse.Warehouse, query string) ([]string, error) {
	rows, err := w.Conn().QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var text string
		if err := rows.Scan(&text); err != nil {
			return nil, err
		}
		all = append(all, text)
	}
	return all, rows.Err()
}

// digests lists the reports in a folder as the issued_file table does.
func digests(folder string) (string, error) {
	var lines []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		sum := sha256.Sum256(data)
		lines = append(lines, hex.EncodeToString(sum[:])+" "+filepath.ToSlash(name))
		return err
	})
	slices.SortFunc(lines, func(a, b string) int { return strings.Compare(a[65:], b[65:]) })
	return strings.Join(lines, "\n"), err
}

func copyFile(from, to string) error {
	data, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, data, 0o600)
}

// ended checks what a command says that came to its end.
func (s *site) ended(what string, status int, out string) {
	s.t.Helper()
	if status != 0 && status != 3 {
		s.t.Fatalf("%s: exit status %d\n%s", what, status, out)
	}
	switch what {
	case "feedback":
		s.taken = true
	case "run":
		if published, err := s.published(); err != nil || !s.taken && published != base.after.published {
			s.t.Fatalf("the night said that it is done; published: %v\n%s", err, published)
		}
	}
}

// isWhole checks, right after a fault, all that must hold at any instant: the
// published file is the old or the new one, each folder of reports is one that a run
// issued, the warehouse opens, its ledger holds together and has lost nothing.
func (s *site) isWhole() {
	s.t.Helper()
	published, err := s.published()
	if err != nil {
		s.t.Fatal(err)
	}
	if published != base.before.published && published != base.after.published {
		s.t.Fatalf("published is neither what it was nor what it was to be:\n%s", published)
	}
	if _, err := os.Stat(filepath.Join(s.dir, "data", "out", first)); err != nil {
		s.t.Fatal(err)
	}
	now, err := s.whole()
	if err != nil {
		s.t.Fatal(err)
	}
	s.lostNothing(now)
}

func (s *site) lostNothing(now whole) {
	s.t.Helper()
	least := base.before.verdicts
	if s.taken {
		least += returned
	}
	if now.events < base.before.events || now.verdicts < least || now.verdicts > base.before.verdicts+returned {
		s.t.Fatalf("the ledger was %+v and is %+v", base.before, now)
	}
}

// recovers runs the second night, without a hand, and checks that it is as if
// nothing had been; then that the answers are taken, once.
func (s *site) recovers() {
	s.t.Helper()
	if err := s.must("run", "--as-of", second); err != nil {
		s.t.Fatal(err)
	}
	s.recovered()
}

// recovered checks that a night came to its end and left nothing behind.
func (s *site) recovered() {
	s.t.Helper()
	now, err := s.whole()
	if err != nil {
		s.t.Fatal(err)
	}
	s.lostNothing(now)
	if now.verdicts == base.before.verdicts && (now.published != base.after.published || now.events != base.after.events) {
		s.t.Fatalf("after the next night there is\n%+v\ninstead of\n%+v", now, base.after)
	}
	if !slices.Equal(now.files, base.after.files) {
		s.t.Fatalf("left are %q instead of %q", now.files, base.after.files)
	}
	s.takesAnswers()
}

// takesAnswers reads the answers in, which may be there already.
func (s *site) takesAnswers() {
	s.t.Helper()
	if err := s.must("feedback", "--as-of", second, filepath.Join(s.dir, "returned.csv")); err != nil {
		s.t.Fatal(err)
	}
	now, err := s.whole()
	if err != nil || now.verdicts != base.before.verdicts+returned {
		s.t.Fatal(now, err)
	}
	if i := slices.IndexFunc(now.files, func(name string) bool { return strings.HasPrefix(filepath.Base(name), ".") && name != "." }); i >= 0 {
		s.t.Fatal("left is " + now.files[i])
	}
}

func (s *site) data(name string) string { return filepath.Join(s.dir, "data", name) }

// ends runs the program and checks its exit status and what it says.
func (s *site) ends(status int, says string, args ...string) {
	s.t.Helper()
	got, out, err := s.call(args...)
	if err != nil || got != status || !strings.Contains(out, says) {
		s.t.Fatalf("%s: %v, exit status %d instead of %d, %q is to be said:\n%s", strings.Join(args, " "), err, got, status, says, out)
	}
}

// does fails the test for an error of the test's own.
func (s *site) does(errs ...error) {
	s.t.Helper()
	if err := errors.Join(errs...); err != nil {
		s.t.Fatal(err)
	}
}

func cut(path string, share float64) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Truncate(path, int64(share*float64(info.Size())))
}

// flip changes a bit.
func flip(path string, at int64) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	b := make([]byte, 1)
	_, err = f.ReadAt(b, at)
	b[0] ^= 1 << (at % 8)
	_, wrote := f.WriteAt(b, at)
	return errors.Join(err, wrote, f.Close())
}
