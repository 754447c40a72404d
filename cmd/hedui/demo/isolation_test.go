package demo

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hedui/sources/table/tabletest"
)

// isolatedDistricts go through the nights of TestTownsHoldTheirOwnAlone. Others are
// made with HEDUI_SEED, more with HEDUI_DISTRICTS.
const isolatedDistricts = 24

// TestTownsHoldTheirOwnAlone: whoever is named, or told by number, anywhere in a
// town's folder stands in a row of that town's, tonight or before: in cells, comments,
// hidden columns, statements, evidence, file names. The town's own rosters tell of
// those. Names of random districts are nobody else's.
func TestTownsHoldTheirOwnAlone(t *testing.T) {
	count, seed := setting(t, "HEDUI_DISTRICTS", isolatedDistricts), setting(t, "HEDUI_SEED", 1)
	numbers := newNumbers()
	anchor := newAnchor(numbers)
	var districts []*small
	for i := range count {
		districts = append(districts, newSmall(uint64(seed), i, numbers))
	}
	dir := t.TempDir()
	writeConfig(t, dir)
	known := residents{ofID: map[string]map[string]bool{}, bearers: map[string]map[string]bool{}}
	seen := 0
	across := newAcross(numbers)
	for _, n := range nightsOf(districts)[2:] {
		n.add(anchor)
		n.add(across)
		known.learn(n.rosters)
		writeNight(t, filepath.Join(dir, n.on.String()), n.rosters)
		runSmall(t, dir, n.on)
		seen += known.check(t, filepath.Join(dir, "data", "out", n.on.String()))
	}
	if seen < count*20 {
		t.Errorf("%d persons told of: the folders are empty", seen)
	}
}

// newAcross is a dibao household of one town with a member from another, each in a
// poor household at home: the other town is not told who else is in it.
func newAcross(numbers *numbers) rosters {
	s := &small{r: rand.New(rand.NewPCG(0, 1)), numbers: numbers, serial: 19500}
	for i, town := range townNames[:2] {
		s.towns[0] = town.name
		p := s.bearing(s.name(), 19700303, true, 9)
		s.poor = append(s.poor, &poorRow{who: p.who, householdNo: fmt.Sprintf("88%d", i), householdType: stable, relation: "户主", income: blank})
		p.town = townNames[0].name
		s.dibao = append(s.dibao, &dibaoRow{who: p.who, householdNo: "880", relation: "本人", status: "在保", income: blank, amount: yuan(300)})
	}
	return s.rosters
}

// residents knows in which towns' rows somebody ever stood, and who bears a name.
type residents struct{ ofID, bearers map[string]map[string]bool }

func note(in map[string]map[string]bool, key, value string) {
	if in[key] == nil {
		in[key] = map[string]bool{}
	}
	in[key][value] = true
}

func (k residents) learn(all rosters) {
	for kind := range kinds {
		for _, r := range all.of(kind) {
			w := r.whom()
			note(k.ofID, w.subject(), w.town)
			note(k.bearers, w.name, w.subject())
			note(k.bearers, strings.ReplaceAll(w.name, "　", ""), w.subject())
		}
	}
}

// lives says whether any of them has a row in the town.
func (k residents) lives(town string, people map[string]bool) bool {
	for id := range people {
		if k.ofID[id][town] {
			return true
		}
	}
	return false
}

var (
	anID   = regexp.MustCompile(`[0-9]{17}[0-9X]`)
	aWord  = regexp.MustCompile(`\p{Han}+`)
	markup = regexp.MustCompile(`<[^>]*>`)
)

// check looks through the folders of a day's towns and counts the persons told of.
func (k residents) check(t *testing.T, day string) int {
	t.Helper()
	entries, err := os.ReadDir(day)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, entry := range entries {
		town := entry.Name()
		if !entry.IsDir() || town == "全区" || town == "镇别不明" {
			continue
		}
		for file, text := range textsOf(t, filepath.Join(day, town)) {
			told := map[string]bool{}
			for _, id := range anID.FindAllString(text, -1) {
				if people := map[string]bool{id: true}; k.ofID[id] != nil && !told[id] {
					told[id] = true
					if seen++; !k.lives(town, people) {
						t.Errorf("%s/%s/%s tells of the number of somebody in %v", filepath.Base(day), town, file, k.ofID[id])
					}
				}
			}
			for name, people := range k.namesIn(text) {
				if seen++; !k.lives(town, people) {
					at := strings.Index(text, name)
					t.Errorf("%s/%s/%s names somebody of another town: …%s…", filepath.Base(day), town, file, strings.ToValidUTF8(text[max(0, at-120):min(len(text), at+60)], ""))
				}
			}
		}
	}
	return seen
}

// namesIn finds the names of four characters, which nobody shares.
func (k residents) namesIn(text string) map[string]map[string]bool {
	const size = 4
	found := map[string]map[string]bool{}
	for _, word := range aWord.FindAllString(text, -1) {
		runes := []rune(word)
		for i := range len(runes) - size + 1 {
			name := string(runes[i : i+size])
			if people := k.bearers[name]; people != nil {
				found[name] = people
			}
		}
	}
	return found
}

// textsOf are a folder's files as plain text, workbooks part by part.
func textsOf(t *testing.T, folder string) map[string]string {
	t.Helper()
	texts, err := tabletest.Unpacked(folder)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range texts {
		if strings.Contains(name, "!") {
			texts[name] = markup.ReplaceAllString(text, "|")
		}
	}
	return texts
}
