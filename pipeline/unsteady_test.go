package pipeline

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
)

// TestFileChangesWhileItIsRead changes a roster after its digest was taken, and
// after its rows were. Either way the roster is refused, so that the last one stays in force.
func TestFileChangesWhileItIsRead(t *testing.T) {
	ctx := context.Background()
	append1 := func(path string) error {
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
		if err != nil {
			return err
		}
		defer f.Close()
		_, err = f.WriteString("东沟镇,戊五,130890197001010024,肢体,一级,否\n")
		return err
	}
	replace := func(path string) error {
		if err := os.WriteFile(path+".new", []byte(disabled), 0o600); err != nil {
			return err
		}
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if err := os.Chtimes(path+".new", info.ModTime(), info.ModTime()); err != nil {
			return err
		}
		return os.Rename(path+".new", path)
	}
	for name, of := range map[string]struct {
		change func(path string) error
		read   bool // before it changes
		want   fault.Code
	}{
		"nothing":            {func(string) error { return nil }, false, ""},
		"grows before":       {append1, false, fault.SourceChanged},
		"grows after":        {append1, true, fault.SourceChanged},
		"replaced after":     {replace, true, fault.SourceChanged},
		"gone after":         {os.Remove, true, fault.SourceChanged},
		"gone before":        {os.Remove, false, fault.SourceUnreadable},
		"cut short in place": {func(path string) error { return os.Truncate(path, 100) }, false, fault.SourceChanged},
		"cut in its header":  {func(path string) error { return os.Truncate(path, 10) }, false, fault.SourceChanged},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDistrict(t)
			d.send("残疾.csv", disabled)
			in := &intake{night: d.begun(t), kind: roster.KindOf("disability"), ahead: &ahead{}}
			if err := in.fingerprints([]string{"残疾.csv"}); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join(d.c.Paths.Inbox, "残疾.csv")
			if of.read {
				if err := in.parse(ctx, nil); err != nil {
					t.Fatal(err)
				}
			}
			if err := of.change(path); err != nil {
				t.Fatal(err)
			}
			var err error
			if of.read {
				err = in.stoodStill()
			} else {
				err = in.parse(ctx, nil)
			}
			code := fault.Code("")
			if f := fault.Of(err); f != nil {
				code = f.Code
			}
			if code != of.want || code != "" && code.Exit() != fault.ExitInput {
				t.Fatalf("%q: %v", code, err)
			}
		})
	}
}

// TestClockSetBack runs a day again under a clock that is a year behind: the later
// run is the last one all the same.
func TestClockSetBack(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾.csv", disabled)
	d.send("特困.csv", tekun)
	at := time.Date(2021, 6, 10, 1, 0, 0, 0, time.UTC)
	night := func(started time.Time) *Manifest {
		t.Helper()
		began := time.Now()
		opt := Options{Config: d.c, AsOf: at.Truncate(24 * time.Hour), Version: "test", Log: zap.NewNop(),
			Now: func() time.Time { return started.Add(time.Since(began)) }}
		m, err := Run(context.Background(), opt)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	before := night(at)
	d.send("残疾.csv", paid)
	after := night(at.AddDate(-1, 0, 0))
	if after.RunID <= before.RunID || after.FinishedAt.Before(after.StartedAt) || after.Cleared != 1 {
		t.Fatalf("run %s after %s: %v to %v, %d cleared", after.RunID, before.RunID, after.StartedAt, after.FinishedAt, after.Cleared)
	}
	if len(after.Warnings) != 1 || !strings.HasPrefix(after.Warnings[0], string(fault.RunClock)) {
		t.Fatal(after.Warnings)
	}
	// The status tells how old the last good night is by the machine's clock, or it would never be stale.
	if s, err := ReadStatus(d.c, at.AddDate(-1, 0, 1), time.Hour); err != nil || !s.Stale {
		t.Fatalf("a day later: %+v, error %v", s, err)
	}
	if again := night(at.AddDate(-1, 0, 0)); again.RunID <= after.RunID || again.Findings != after.Findings {
		t.Fatal(again.RunID, again.Findings)
	}
	audit, err := AuditLedger(context.Background(), d.c)
	if err != nil || !audit.Good() {
		t.Fatal(audit, err)
	}
	if _, err := d.night("2021-06-09", nil); fault.Of(err) == nil || fault.Of(err).Code != fault.RunBackwards {
		t.Fatal("the day before was not refused:", err)
	}
}
