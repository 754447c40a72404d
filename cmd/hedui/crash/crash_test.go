// Package crash kills and starves the real program, and looks at what it leaves.
// It knows the command line, the folders that README.zh-CN.md names and nothing else
// of how a night works. See docs/reliability.md.
//
// Glossary. site: a folder with config, inbox and data. blow: a fault struck at one
// system call. whole: as the program leaves it when nothing is done to it.
package crash

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// hedui is the program under test.
var hedui string

func TestMain(m *testing.M) {
	switch os.Getenv("CRASH_ROLE") {
	case roleTracer:
		status, err := trace()
		if err != nil {
			fmt.Fprintln(os.Stderr, "trace:", err)
			os.Exit(125)
		}
		os.Exit(status)
	case roleLauncher:
		fmt.Fprintln(os.Stderr, "launch:", launch())
		os.Exit(126)
	}
	os.Exit(test(m))
}

func test(m *testing.M) int {
	folder, err := os.MkdirTemp("", "hedui")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(folder)
	if os.Getenv("HEDUI_FAULTS") == "" { // many programs run beside each other
		if err := errors.Join(os.Setenv("HEDUI_LIMITS_THREADS", "1"), os.Setenv("HEDUI_LIMITS_CANARIES", "false")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
	}
	if err := os.Chmod(folder, 0o755); err != nil { // another user runs the program too
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	hedui = filepath.Join(folder, "hedui")
	if out, err := exec.Command("go", "build", "-o", hedui, "..").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build hedui: %v\n%s", err, out)
		return 1
	}
	if err := prepare(folder); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// round is how many trials of a kind are made: CI's few, or HEDUI_FAULTS in all.
func round(few int) int {
	if n, err := strconv.Atoi(os.Getenv("HEDUI_FAULTS")); err == nil {
		return n
	}
	return few
}

// tally counts the trials of a test by what was done, for docs/reliability.md.
type tally struct {
	sync.Mutex
	counts map[string]int
}

func newTally(t *testing.T) *tally {
	y := &tally{counts: map[string]int{}}
	t.Cleanup(func() {
		for _, what := range slices.Sorted(func(yield func(string) bool) {
			for what := range y.counts {
				if !yield(what) {
					return
				}
			}
		}) {
			t.Logf("%5d %s", y.counts[what], what)
		}
	})
	return y
}

func (y *tally) add(what string) {
	y.Lock()
	defer y.Unlock()
	y.counts[what]++
}

// stages are those of a night, as the log names them.
var stages = []string{"read", "guard", "resolve", "find", "record", "report", "publish"}

// TestKilled kills a night, or the reading of returned workbooks, with SIGKILL: at the
// end of each stage, at random instants, and before single changes of a file.
func TestKilled(t *testing.T) {
	y := newTally(t)
	night, answers := changes(t, "run"), changes(t, "feedback")
	for i := range round(37) {
		rng := rand.New(rand.NewPCG(1, uint64(i)))
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			switch stage := i / 6; i % 6 { // all stages have had their turn after 37
			case 0:
				stage := stages[stage%len(stages)]
				y.add("killed at the end of stage " + stage + ": " + s.killAtStage(stage))
			case 1:
				y.add("killed at a random instant of a night: " + s.killAt(rng, "run"))
			case 2:
				y.add("killed at a random instant of a night, and the next one too: " + s.killAt(rng, "run") + ", " + s.killAt(rng, "run"))
			case 3:
				y.add("killed before a change in a night: " + s.killBefore(night, stage, rng, "run"))
			case 4:
				y.add("killed at a random instant of feedback: " + s.killAt(rng, "feedback"))
			default:
				y.add("killed before a change in feedback: " + s.killBefore(answers, stage, rng, "feedback"))
			}
			s.isWhole()
			if i%6 < 4 {
				s.recovers()
			} else {
				s.takesAnswers()
			}
		})
	}
}

// TestRefusedByTheDisk lets the disk be full, fail or turn read-only at one change of a file.
func TestRefusedByTheDisk(t *testing.T) {
	y := newTally(t)
	night, answers := changes(t, "run"), changes(t, "feedback")
	for i := range round(12) {
		rng := rand.New(rand.NewPCG(2, uint64(i)))
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			what, all := "run", night
			if i%4 == 3 {
				what, all = "feedback", answers
			}
			b := pick(all, i, rng)
			turn := i / 4 % 4
			b.Effect = []string{"ENOSPC", "ENOSPC", "EIO", "EROFS"}[turn]
			b.Lasting = turn == 0 || turn == 3
			y.add(fmt.Sprintf("%s in %s, lasting %t: %s", b.Effect, what, b.Lasting, s.suffer(b, what)))
			s.isWhole()
			s.recovers()
		})
	}
}

// TestAnalystsFileRefused lets one of the last writes of the analysts' file fail, once: a night that
// does not know of it would publish a file without its views and comments.
func TestAnalystsFileRefused(t *testing.T) {
	y := newTally(t)
	const write = "pwrite data/.new-hedui.duckdb"
	n := 0
	for _, call := range changes(t, "run") {
		if call == write {
			n++
		}
	}
	op, class, _ := strings.Cut(write, " ")
	for i := range round(5) {
		t.Run(strconv.Itoa(i), func(t *testing.T) {
			t.Parallel()
			s := copySite(t, base.dir)
			y.add("EIO at one of the last writes of the analysts' file: " + s.suffer(blow{Op: op, Class: class, N: n - i, Effect: "EIO"}, "run"))
			s.isWhole()
			s.recovers()
		})
	}
}

// pick chooses a change: the ith kind of change, so that all have their turn, and one of those.
func pick(all []string, i int, rng *rand.Rand) blow {
	counts := map[string]int{}
	var kinds []string
	for _, call := range all {
		if counts[call]++; counts[call] == 1 {
			kinds = append(kinds, call)
		}
	}
	slices.Sort(kinds)
	shuffled := rand.New(rand.NewPCG(3, 3)).Perm(len(kinds))
	kind := kinds[shuffled[i%len(kinds)]]
	op, name, _ := strings.Cut(kind, " ")
	return blow{Op: op, Class: name, N: 1 + rng.IntN(counts[kind])}
}

// changes lists what a command changes, in order, when nothing is done to it.
func changes(t *testing.T, what string) []string {
	t.Helper()
	s := copySite(t, base.dir)
	told, status, out, err := strike(blow{Folder: s.dir}, s.command(what)...)
	if err != nil || status != 0 || len(told.Calls) < 10 {
		t.Fatalf("trace %s: %v, status %d, %d calls\n%s", what, err, status, len(told.Calls), out)
	}
	return told.Calls
}

func (s *site) killBefore(all []string, i int, rng *rand.Rand, what string) string {
	b := pick(all, i, rng)
	b.Effect = "kill"
	return s.suffer(b, what)
}

// suffer runs a command under a blow. A command that says that all went well must
// have done it all.
func (s *site) suffer(b blow, what string) string {
	s.t.Helper()
	b.Folder = s.dir
	s.note(fmt.Sprintf("%s under %+v", what, b))
	told, status, out, err := strike(b, s.command(what)...)
	if err != nil {
		s.t.Fatal(err)
	}
	s.note(fmt.Sprintf("struck %t, exit status %d\n%s", told.Struck, status, out))
	switch {
	case !told.Struck:
		s.ended(what, status, out)
		return "not struck"
	case status == 137 && b.Effect == "kill":
		return "killed"
	case status == 0 || status == 3:
		s.ended(what, status, out)
		return "went on"
	case status == 1 && strings.Contains(out, "E-"):
		return "gave up"
	case status == 2 && strings.Contains(out, "E-CFG-05"): // the log's folder
		return "gave up"
	case b.Effect == "EROFS" && status == 2 && strings.Contains(out, "Could not truncate file"): // docs/reliability.md, Limits
		return "aborted in DuckDB"
	}
	s.t.Fatalf("exit status %d\n%s", status, out)
	return ""
}

// killAt kills a command at a random instant.
func (s *site) killAt(rng *rand.Rand, what string) string {
	s.t.Helper()
	after := time.Duration(rng.Float64() * 1.1 * float64(usual(what)))
	s.note(fmt.Sprintf("%s killed after %v", what, after))
	return s.kill(what, func(ended <-chan struct{}) {
		select {
		case <-time.After(after):
		case <-ended:
		}
	})
}

// killAtStage kills a night when its log says that a stage is done.
func (s *site) killAtStage(stage string) string {
	s.t.Helper()
	s.note("night killed at the end of stage " + stage)
	log := filepath.Join(s.dir, "data", "logs", "hedui.log")
	before, err := os.ReadFile(log)
	if err != nil {
		s.t.Fatal(err)
	}
	return s.kill("run", func(ended <-chan struct{}) {
		for {
			text, err := os.ReadFile(log)
			if err == nil && len(text) > len(before) {
				for line := range strings.Lines(string(text[len(before):])) {
					if strings.Contains(line, `"stage":"`+stage+`"`) && strings.Contains(line, `"took"`) {
						return
					}
				}
			}
			select {
			case <-ended:
				return
			case <-time.After(500 * time.Microsecond):
			}
		}
	})
}

// kill starts a command and kills it when wait comes back.
func (s *site) kill(what string, wait func(ended <-chan struct{})) string {
	s.t.Helper()
	args := s.command(what)
	cmd := exec.Command(args[0], args[1:]...)
	var out strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // its state tells more
		close(ended)
	}()
	wait(ended)
	_ = cmd.Process.Kill() // it may have ended
	<-ended
	if cmd.ProcessState.Exited() {
		s.ended(what, cmd.ProcessState.ExitCode(), out.String())
		return "ended before"
	}
	return "killed"
}
