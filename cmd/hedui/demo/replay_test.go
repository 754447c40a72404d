package demo

import (
	"encoding/csv"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// TestKeptDisagreements: what hedui and the oracle once disagreed about they agree
// about now, and each file still has a finding of the rule that it names.
func TestKeptDisagreements(t *testing.T) {
	paths, err := filepath.Glob("testdata/disagreements/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no disagreement is kept: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			c, nights := newTally(), nightsIn(t, a)
			for _, d := range differ(t, nights, newAnchor(newNumbers()), c) {
				t.Error(d)
			}
			if rule := ruleName.FindString(string(a.Comment)); c.fired[rule] == 0 {
				t.Errorf("no finding of %q", rule)
			}
		})
	}
}

var ruleName = regexp.MustCompile(`\b[A-Z]{2}[0-9]{2}\b`)

// nightsIn reads the tables that archive wrote.
func nightsIn(t *testing.T, a *txtar.Archive) []night {
	t.Helper()
	var nights []night
	for _, f := range a.Files {
		date, name, _ := strings.Cut(f.Name, "/")
		on := dayIn(date)
		if len(nights) == 0 || nights[len(nights)-1].on != on {
			nights = append(nights, night{on: on})
		}
		k := slices.Index(rosterFiles, name)
		records, err := csv.NewReader(strings.NewReader(string(f.Data))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		for _, record := range records[1:] {
			nights[len(nights)-1].put(k, record)
		}
	}
	return nights
}

func dayIn(text string) day {
	if text == "" {
		return 0
	}
	return day(digits(strings.ReplaceAll(text, "-", "")))
}

// monthIn reads 2021-06 as that month's first day.
func monthIn(text string) day {
	if text == "" {
		return 0
	}
	return dayIn(text)*100 + 1
}

func fenIn(text string) fen {
	if text == "" {
		return blank
	}
	return parseFen(text)
}

func countIn(text string) int {
	n, _ := strconv.Atoi(text) // a blank is 0
	return n
}

// put adds the row that has these values, in the order in which values gives them.
func (all *rosters) put(kind int, v []string) {
	about := func(town, village, name, number string) who {
		w := who{town: town, village: village, name: name, id: number}
		if !wellFormed(number) {
			w.id, w.sent, w.lost = "", number, true
		}
		return w
	}
	switch kind {
	case poorRoster:
		all.poor = append(all.poor, &poorRow{about(v[0], v[1], v[4], v[5]), v[2], v[3], v[6], v[7], v[8], v[9], v[10], v[11], v[12], v[13], v[14],
			fenIn(v[15]), v[16], v[17], v[18], v[19], v[20], v[21]})
	case dibaoRoster:
		until := monthIn(v[15])
		if until != 0 {
			until = dayOf(until.time().AddDate(0, 1, -1))
		}
		all.dibao = append(all.dibao, &dibaoRow{about(v[0], v[1], v[5], v[6]), v[2], v[3], v[4], v[7], v[8], v[9], countIn(v[10]),
			fenIn(v[11]), fenIn(v[12]), monthIn(v[13]), dayIn(v[14]), until, v[16], v[17], v[18]})
	case tekunRoster:
		all.tekun = append(all.tekun, &tekunRow{about(v[0], v[1], v[2], v[3]), v[4], v[5], fenIn(v[6]), fenIn(v[7]), monthIn(v[8]), v[9]})
	case disability:
		all.disability = append(all.disability, &disabilityRow{about(v[0], v[1], v[2], v[3]), v[4], v[5], countIn(v[6]), v[7], v[8], v[9], v[10], v[11]})
	case medical:
		all.medical = append(all.medical, &medicalRow{about(v[0], v[1], v[2], v[3]), v[4], v[5], fenIn(v[6]), fenIn(v[7]), fenIn(v[8]), fenIn(v[9]), v[10], v[11], v[12]})
	case school:
		all.school = append(all.school, &schoolRow{about(v[0], v[1], v[2], v[3]), v[4], v[5], v[6], v[7], v[8], v[9], fenIn(v[10]), v[11], fenIn(v[12])})
	case aidRoster:
		all.aid = append(all.aid, &aidRow{about(v[0], v[1], v[2], v[3]), dayIn(v[4]), fenIn(v[5]), v[6]})
	case verifyRoster:
		all.verify = append(all.verify, &verifyRow{about("", "", v[0], v[1]), v[2], v[3], fenIn(v[4]), dayIn(v[5]), v[6]})
	}
}
