package pipeline

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestFileDay: a file saved before eight in the morning in China is today's, not of the
// day that it still is in Greenwich.
func TestFileDay(t *testing.T) {
	greenwich := time.Local
	t.Cleanup(func() { time.Local = greenwich })
	time.Local = time.FixedZone("CST", 8*60*60)
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	saved := time.Date(2021, 6, 10, 7, 30, 0, 0, time.Local)
	if err := os.Chtimes(filepath.Join(d.c.Paths.Inbox, "特困.csv"), saved, saved); err != nil {
		t.Fatal(err)
	}
	m := d.mustRecord("2021-06-10")
	if len(m.Inputs) != 1 || m.Inputs[0].Modified != "2021-06-10" {
		t.Errorf("inputs %+v", m.Inputs)
	}
}
