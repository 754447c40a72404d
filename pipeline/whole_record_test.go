package pipeline

import "testing"

// TestPublishedFileTellsEveryNight: what was read, rejected and not understood is
// published for all nights, not for the last alone, though tonight's own stands in
// temporary tables of the same names.
func TestPublishedFileTellsEveryNight(t *testing.T) {
	d := newDistrict(t)
	d.send("特困.csv", tekun)
	d.mustRecord("2021-06-01")
	d.mustNight("2021-06-02")
	db := d.client()
	var nights, told int
	if err := db.QueryRow("SELECT (SELECT count(*) FROM run), (SELECT count(DISTINCT run_id) FROM source_file)").Scan(&nights, &told); err != nil {
		t.Fatal(err)
	}
	if nights != 2 || told != nights {
		t.Errorf("%d nights, files of %d", nights, told)
	}
}
