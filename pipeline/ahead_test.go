package pipeline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/warehouse"
	"hedui/sources/roster"
)

// begun is a night that has read nothing yet, over an empty warehouse.
func (d *district) begun(t *testing.T) *night {
	t.Helper()
	w, err := warehouse.Open(context.Background(), "", warehouse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	return &night{Options: Options{Config: d.c, Log: zap.NewNop()}, w: w}
}

// ahead opens the inbox's files ahead, as a night would.
func (d *district) ahead(t *testing.T) (*night, *ahead) {
	t.Helper()
	n := d.begun(t)
	claimed, err := claim(d.c)
	if err != nil {
		t.Fatal(err)
	}
	a, err := n.readAhead(context.Background(), claimed)
	if err != nil {
		t.Fatal(err)
	}
	return n, a
}

// TestAheadGivesBack: files that nobody takes, more of them than are open at a time, are
// given back, and so is what reads them.
func TestAheadGivesBack(t *testing.T) {
	d := newDistrict(t)
	for i := range 3 * runtime.GOMAXPROCS(0) {
		d.send(fmt.Sprintf("残疾%d.csv", i), disabled)
	}
	before := runtime.NumGoroutine()
	_, a := d.ahead(t)
	a.close()
	if !a.room.TryAcquire(aheadBytes) {
		t.Error("files are open")
	}
	for range 100 { // DuckDB's own may take a moment
		if runtime.NumGoroutine() <= before+2 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

// TestAheadPassesOver takes the last of more files than are open at a time.
func TestAheadPassesOver(t *testing.T) {
	d := newDistrict(t)
	last := 3 * runtime.GOMAXPROCS(0)
	for i := range last + 1 {
		d.send(fmt.Sprintf("残疾%02d.csv", i), disabled)
	}
	_, a := d.ahead(t)
	defer a.close()
	f, err := fingerprint(d.c.Paths.Inbox, fmt.Sprintf("残疾%02d.csv", last))
	if err != nil {
		t.Fatal(err)
	}
	o, ok := a.take(f)
	if !ok {
		t.Fatal("it was not opened ahead")
	}
	defer o.close()
	rows := o.reader.Rows()
	if !rows.Next() || rows.Record().NumRows() != 1 || rows.Next() || rows.Err() != nil {
		t.Fatal("its rows are not there", rows.Err())
	}
}

// TestAheadFinishes: what is left of a roster that is held is not opened, and makes room for
// the next.
func TestAheadFinishes(t *testing.T) {
	d := newDistrict(t)
	for i := range 3 * mostAhead {
		d.send(fmt.Sprintf("低保%02d.csv", i), "登录超时\n")
	}
	d.send("残疾.csv", disabled)
	_, a := d.ahead(t)
	defer a.close()
	a.finish(roster.KindOf("dibao"))
	f, err := fingerprint(d.c.Paths.Inbox, "残疾.csv")
	if err != nil {
		t.Fatal(err)
	}
	o, ok := a.take(f)
	if !ok || len(a.waiting) > 0 {
		t.Fatal("it was not opened ahead")
	}
	o.close()
}

// TestAheadOfAWriter: of a file that changed after it was opened ahead, what was read then
// is not taken, nor is an error.
func TestAheadOfAWriter(t *testing.T) {
	for name, was := range map[string]string{"another text": paid, "no roster": "登录超时\n"} {
		t.Run(name, func(t *testing.T) {
			d := newDistrict(t)
			d.send("残疾.csv", was)
			n, a := d.ahead(t)
			defer a.close()
			for len(a.waiting[0].opened) == 0 {
				time.Sleep(time.Millisecond)
			}
			d.send("残疾.csv", disabled)
			in := &intake{night: n, kind: roster.KindOf("disability"), ahead: a}
			if err := in.fingerprints([]string{"残疾.csv"}); err != nil {
				t.Fatal(err)
			}
			if err := in.parse(context.Background(), nil); err != nil {
				t.Fatal(err)
			}
			var said string
			if err := n.scan(context.Background(), "SELECT nursing_subsidy FROM incoming", &said); err != nil || said != "否" {
				t.Fatalf("%q, error %v", said, err)
			}
		})
	}
}

// TestAheadOfWhatIsNew: a file of the day on which it was read last is not opened ahead,
// nor is a large one, or a link.
func TestAheadOfWhatIsNew(t *testing.T) {
	d := newDistrict(t)
	d.send("残疾.csv", disabled)
	d.send("特困.csv", tekun)
	d.send("低保.csv", "")
	if err := os.Truncate(filepath.Join(d.c.Paths.Inbox, "低保.csv"), aheadBytes+1); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("残疾.csv", filepath.Join(d.c.Paths.Inbox, "残疾（链接）.csv")); err != nil {
		t.Fatal(err)
	}
	n, a := d.ahead(t)
	a.close()
	f, err := fingerprint(d.c.Paths.Inbox, "特困.csv")
	if err != nil {
		t.Fatal(err)
	}
	if err := n.exec(context.Background(), "INSERT INTO loaded_file (kind, path, modified) VALUES ('tekun', '特困.csv', ?::DATE)", f.day()); err != nil {
		t.Fatal(err)
	}
	claimed, err := claim(d.c)
	if err != nil {
		t.Fatal(err)
	}
	if a, err = n.readAhead(context.Background(), claimed); err != nil {
		t.Fatal(err)
	}
	defer a.close()
	if len(a.waiting) != 1 || a.waiting[0].path != "残疾.csv" {
		t.Fatalf("%d files are opened ahead", len(a.waiting))
	}
}
