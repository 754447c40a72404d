package pipeline

import (
	"os"
	"path/filepath"
	"testing"
)

// TestHiddenFoldersArePassedOver: what somebody deleted lies in the inbox's .Trash-1000 and
// is in force no more. An inbox may be hidden itself, and a visible folder is read.
func TestHiddenFoldersArePassedOver(t *testing.T) {
	d := newDistrict(t)
	d.c.Paths.Inbox = filepath.Join(filepath.Dir(d.c.Paths.Inbox), ".inbox")
	for _, folder := range []string{"东沟镇", ".Trash-1000/files", "东沟镇/.sync"} {
		if err := os.MkdirAll(filepath.Join(d.c.Paths.Inbox, folder), 0o700); err != nil {
			t.Fatal(err)
		}
		d.send(filepath.Join(folder, "特困.csv"), tekun)
		d.send(filepath.Join(folder, "别的.csv"), tekun)
	}
	found, err := claim(d.c)
	if err != nil || len(found.refused) > 0 {
		t.Fatal(found, err)
	}
	if got := found.files["tekun"]; len(got) != 1 || got[0] != "东沟镇/特困.csv" || len(found.unclaimed) != 1 {
		t.Errorf("claimed %v, unclaimed %v", got, found.unclaimed)
	}
}
