package demo

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hedui/sources/roster"
	"hedui/sources/table"
)

// TestReadBack reads every dirty file with the real reader: each clean row comes
// back, none is lost or rejected, and the values that rules read are what they
// were before dirt was put on.
func TestReadBack(t *testing.T) {
	for _, dirty := range []bool{false, true} {
		dir, sum, g := generated(t, Options{Persons: 12000, Dirty: dirty, Seed: 23})
		towns := officialTowns(sum)
		for month, m := range map[string]*rosters{"2021-05": &g.may, "2021-06": &g.june} {
			read := readInbox(t, filepath.Join(dir, month, "inbox"), towns)
			for k, name := range kindNames {
				var clean []string
				for _, r := range m.of(k) {
					clean = append(clean, canonical(r))
				}
				compareRows(t, month+" "+name, clean, read[name])
			}
		}
	}
}

func officialTowns(sum *Summary) []roster.Town {
	var out []roster.Town
	for i, name := range sum.Towns {
		out = append(out, roster.Town{Name: name, Code: strconv.Itoa(i), Aliases: []string{townNames[i].short}})
	}
	return out
}

func compareRows(t *testing.T, what string, clean, read []string) {
	t.Helper()
	left := map[string]int{}
	for _, row := range clean {
		left[row]++
	}
	told := 0
	for _, row := range read {
		if left[row]--; left[row] < 0 {
			if told++; told <= 3 {
				t.Errorf("%s: read, but never written: %s", what, row)
			}
		}
	}
	told = 0
	for row, n := range left {
		if n > 0 {
			if told++; told <= 3 {
				t.Errorf("%s: written, but not read: %s", what, row)
			}
		}
	}
	if len(clean) != len(read) {
		t.Errorf("%s: %d rows written, %d read", what, len(clean), len(read))
	}
}

var keywords = []string{"建档立卡", "低保", "特困", "残疾", "医", "在校", "临时救助", "核对"}

func readInbox(t *testing.T, inbox string, towns []roster.Town) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	entries, err := os.ReadDir(inbox)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "~$") || strings.HasSuffix(e.Name(), ".tmp") {
			continue
		}
		k := slices.IndexFunc(keywords, func(word string) bool { return strings.Contains(e.Name(), word) })
		out[kindNames[k]] = append(out[kindNames[k]], readRoster(t, filepath.Join(inbox, e.Name()), roster.Kinds()[k], towns)...)
	}
	return out
}

func readRoster(t *testing.T, path string, k *roster.Kind, towns []roster.Town) []string {
	t.Helper()
	ctx := context.Background()
	f, err := table.Open(ctx, path, table.Limits{})
	if err != nil {
		t.Errorf("open %s: %v", filepath.Base(path), err)
		return nil
	}
	r, err := roster.Read(ctx, f, k, roster.Options{Towns: towns})
	if err != nil {
		t.Errorf("read %s: %v", filepath.Base(path), err)
		return nil
	}
	var out []string
	batches := r.Rows()
	defer batches.Release()
	for batches.Next() {
		b := batches.Record()
		for i := range int(b.NumRows()) {
			values := map[string]string{}
			for c, field := range b.Schema().Fields() {
				if values[field.Name] = b.Column(c).ValueStr(i); b.Column(c).IsNull(i) {
					values[field.Name] = ""
				}
			}
			out = append(out, told(k.Name, values))
		}
	}
	if err := batches.Err(); err != nil {
		t.Errorf("read %s: %v", filepath.Base(path), err)
	}
	for _, s := range r.Sheets() {
		if !s.Account.Balanced() || s.Account.Rejected > 0 {
			t.Errorf("%s, sheet %q: account %+v", filepath.Base(path), s.Sheet, s.Account)
		}
	}
	return out
}

// wordsOf lists the columns of a kind that rules read, as the warehouse names them.
var wordsOf = map[string][]string{
	"registered_poor": {"town", "village", "household_no", "sex", "relation", "type", "in_force", "risk_eliminated", "labour", "income_per_capita",
		"dibao_flag", "tekun_flag", "medical_insured", "pension_insured", "house_safe", "water_safe"},
	"dibao": {"town", "village", "household_no", "head_id", "category", "tier", "persons_covered", "amount", "income_per_capita",
		"start_month", "last_review", "gradual_exit_until", "single_household", "in_force"},
	"tekun":         {"town", "support_mode", "self_care", "amount", "care_amount", "start_month", "in_force"},
	"disability":    {"town", "disability_type", "grade", "living_subsidy", "nursing_subsidy", "care_wanted", "care_provided", "in_force"},
	"medical_aid":   {"town", "insured", "premium_subsidy", "total_cost", "self_pay", "aid_amount", "serious"},
	"school":        {"town", "school", "ownership", "stage", "enrolment", "yearly_cost", "aid_item", "aid_amount"},
	"temporary_aid": {"town", "aid_date", "amount"},
	"verification":  {"item", "amount", "item_date", "exempt"},
}

// told is a read row as one line.
func told(kind string, values map[string]string) string {
	line := []string{foldName(values["name"])}
	if state := values["id_state"]; state == "valid" || state == "suspicious" {
		line = append(line, values["id_number"])
	} else {
		line = append(line, "?")
	}
	for _, c := range wordsOf[kind] {
		value := strings.TrimSuffix(values[c], ".00")
		if value == "空白" && strings.HasSuffix(c, "_subsidy") {
			value = "否" // a department that ticks leaves its "no" blank
		}
		line = append(line, value)
	}
	return strings.Join(line, " / ")
}

var (
	typeWords = map[string]string{stable: "stable", unstable: "unstable", marginal: "marginal", sudden: "sudden", general: "general"}
	careWords = map[string]string{"全自理": "full", "半护理": "partial", "全护理": "none"}
	stages    = map[string]string{"学前": "preschool", "小学": "primary", "初中": "junior", "普高": "senior", "中职": "vocational", "本科": "university", "研究生": "graduate"}
)

// canonical is the line that a clean row has to come back as.
func canonical(r row) string {
	w := r.whom()
	id := w.id
	if w.sent != "" && !wellFormed(w.sent) {
		id = "?"
	} else if w.sent != "" {
		id = w.sent
	}
	line := []string{foldName(w.name), id}
	switch r := r.(type) {
	case *poorRow:
		kind := r.monitorType
		if kind == "" {
			kind = r.householdType
		}
		line = append(line, r.town, r.village, r.householdNo, r.sex, r.relation, typeWords[kind], truth(r.status == "正常"), truth(r.eliminated == "是"),
			r.labour, r.income.String(), received(r.dibao), received(r.tekun), r.medical, orBlank(r.pension), r.houseSafe, r.waterSafe)
	case *dibaoRow:
		line = append(line, r.town, r.village, r.householdNo, r.headID, r.category, r.tier, count(r.covered), r.amount.String(),
			r.income.String(), r.start.String(), r.review.String(), r.gradual.String(), r.single, truth(r.status == "在保"))
	case *tekunRow:
		line = append(line, r.town, r.mode, careWords[r.selfCare], r.amount.String(), r.care.String(), r.start.String(), truth(r.status == "正常"))
	case *disabilityRow:
		line = append(line, r.town, r.kind, strconv.Itoa(r.grade), orNo(r.living), orNo(r.nursing), r.wanted, orBlank(r.given), truth(r.status == "正常"))
	case *medicalRow:
		line = append(line, r.town, r.insured, r.premium, r.total.String(), r.self.String(), r.aid.String(), r.serious)
	case *schoolRow:
		line = append(line, r.town, r.school, r.ownership, stages[r.stage], r.enrolment, r.cost.String(), r.aidItem, r.aid.String())
	case *aidRow:
		line = append(line, r.town, r.date.String(), r.amount.String())
	case *verifyRow:
		item := ""
		for name, words := range itemWords {
			if slices.Contains(words, r.item) {
				item = name
			}
		}
		line = append(line, item, r.amount.String(), r.date.String(), r.exempt)
	}
	return strings.Join(line, " / ")
}

func truth(b bool) string { return strconv.FormatBool(b) }

// received folds 农村低保 and 未享受.
func received(s string) string {
	return map[string]string{"农村低保": "是", "未享受": "否", "是": "是", "否": "否"}[s]
}

// orBlank: an empty cell of a yes/no column is blank.
func orBlank(s string) string {
	if s == "" {
		return "空白"
	}
	return s
}

// orNo is the same where a subsidy's blank counts as its no.
func orNo(s string) string {
	if s == "" {
		return "否"
	}
	return s
}
