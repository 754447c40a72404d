package demo

import (
	"fmt"
	"math/rand/v2"
)

// town is one of the district's towns and what it has numbered so far. Every
// town numbers its households from the same start, as departments do: only town
// and number together name a household.
type town struct {
	name, short, code string
	urban             bool // a street office: its dibao is urban
	place             int  // in the district's list
	villages          []string
	poorNo, dibaoNo   int
}

func (t *town) nextPoor() string {
	t.poorNo++
	return fmt.Sprint(20140000 + t.poorNo)
}

func (t *town) nextDibao() string {
	t.dibaoNo++
	return fmt.Sprintf("DB%06d", 100000+t.dibaoNo)
}

// region is the region code's last digit: mostly the town's own, people move.
func (t *town) region(r *rand.Rand) int {
	if r.IntN(8) == 0 {
		return r.IntN(10)
	}
	return t.place
}

// The towns of the synthetic district, of which small ones have the first three.
var townNames = []struct {
	name, short string
	urban       bool
}{
	{"上板城镇", "上板城", false}, {"柳树沟乡", "柳树沟", false}, {"青石岭镇", "青石岭", false}, {"新城街道", "新城", true},
	{"白马川镇", "白马川", false}, {"松树台乡", "松树台", false}, {"大榆树镇", "大榆树", false}, {"河湾镇", "河湾", false},
	{"北山街道", "北山", true}, {"双庙镇", "双庙", false},
}

var villageNames = []string{
	"东庄", "西庄", "南营", "北营", "上河", "下河", "石门", "梨树沟", "小东沟", "二道河", "三家", "四合", "五道岭", "六里坪",
	"前窝铺", "后窝铺", "大地", "杨树底", "头道沟", "老虎沟",
}

type district struct {
	Options
	towns   []*town
	numbers *numbers
}

func newDistrict(opt Options) *district {
	d := &district{Options: opt, numbers: newNumbers()}
	for i := range min(len(townNames), max(3, opt.Persons/5000)) {
		n := townNames[i]
		t := &town{name: n.name, short: n.short, urban: n.urban, place: i, code: fmt.Sprintf("1308901%02d", i+1)}
		for _, v := range villageNames[:min(len(villageNames), max(4, opt.Persons/2000))] {
			t.villages = append(t.villages, v+"村")
		}
		d.towns = append(d.towns, t)
	}
	return d
}

// families yields every family of the district, town by town, village by
// village; in each town the planted cases come first.
func (d *district) families(yield func(*family) error) error {
	serial, made := uint64(0), 0
	for i, t := range d.towns {
		planted := d.planted(t)
		quota := (d.Persons - made) / (len(d.towns) - i)
		// A planted family has three people, about; villages share what there will be.
		expected := max(quota, 3*len(planted), 1)
		for here := 0; here < quota || len(planted) > 0; {
			serial++
			f := &family{
				district: d, town: t, serial: serial, r: rand.New(rand.NewPCG(d.Seed, serial)),
				village: t.villages[min(here*len(t.villages)/expected, len(t.villages)-1)],
			}
			done := false
			if len(planted) > 0 {
				done = d.plant(planted[0], f)
				planted = planted[1:]
			}
			if !done {
				d.random(f)
			}
			f.finish()
			here, made = here+len(f.people), made+len(f.people)
			if err := yield(f); err != nil {
				return err
			}
		}
	}
	return nil
}

// planted deals the cases to the towns, all but the last: its dibao roster
// states incomes by the month, which the cases on a threshold would not survive.
func (d *district) planted(t *town) []plant {
	var out []plant
	for i, c := range cases {
		if i%(len(d.towns)-1) == t.place {
			out = append(out, c)
		}
	}
	return out
}

// casesIn is how many of a hundred families are made to have a case.
const casesIn = 11

// random makes an ordinary family or, for some in a hundred, a case.
func (d *district) random(f *family) {
	fresh := *f
	if f.r.IntN(100) < casesIn && d.plant(cases[f.r.IntN(len(cases))], f) {
		if !d.monthly(f.town) || wholeMonths(f) {
			return
		}
		*f = fresh
	}
	for ordinary(f); d.crowded(); ordinary(f) {
		*f = fresh
	}
}

// plant makes a case, unless there is no number left for one of its birthdays: from some
// fifteen million persons on there are no more cases that a fixed birthday decides.
func (d *district) plant(c plant, f *family) bool {
	fresh := *f
	f.label = c.label
	c.make(f)
	if d.crowded() {
		*f = fresh
		return false
	}
	return true
}

// crowded tells whether a number was given out twice, and forgets it.
func (d *district) crowded() bool {
	crowded := d.numbers.crowded
	d.numbers.crowded = false
	return crowded
}

// monthly tells whether a town's dibao office writes 家庭月人均收入, once dirty.
func (d *district) monthly(t *town) bool { return t == d.towns[len(d.towns)-1] }

// wholeMonths tells whether every dibao income is exactly twelve months' sums.
func wholeMonths(f *family) bool {
	for _, row := range f.june.dibao {
		if row.income > 0 && row.income%12 != 0 {
			return false
		}
	}
	return true
}
