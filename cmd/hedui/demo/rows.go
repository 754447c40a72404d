package demo

// who begins every roster row: whom it is about, as this roster has it.
type who struct {
	town, village, name string
	id                  string // the true number, always
	sent                string // what stands in the ID cell instead, where it is damaged
	lost                bool   // sent cannot be led back to id: the row belongs to nobody known
	numeric             bool   // sent stands in a number cell, where the format has them
}

func (w *who) whom() *who { return w }

// One struct a kind. The columns that a district never varies are left out of
// the structs and written by the kind's layout.
type (
	poorRow struct {
		who
		householdNo, personNo, sex, relation string
		householdType, monitorType, status   string
		eliminated, student, health, labour  string
		income                               fen // yuan a year
		dibao, tekun, medical, pension       string
		houseSafe, waterSafe                 string
	}
	dibaoRow struct {
		who
		householdNo, headName, headID, relation string
		category, tier                          string
		covered                                 int // persons the household declares; 0 is blank
		amount                                  fen // yuan a month for the household
		income                                  fen // yuan a year
		start, review, gradual                  day
		single, status, exitReason              string
	}
	tekunRow struct {
		who
		mode, selfCare string
		amount, care   fen
		start          day
		status         string
	}
	disabilityRow struct {
		who
		cert, kind      string
		grade           int
		living, nursing string
		wanted, given   string
		status          string
	}
	medicalRow struct {
		who
		insured, premium             string
		total, reimbursed, self, aid fen
		disease, serious, period     string
	}
	schoolRow struct {
		who
		school, ownership, stage, grade, enrolment, boarding string
		cost                                                 fen
		aidItem                                              string
		aid                                                  fen
	}
	aidRow struct {
		who
		date   day
		amount fen
		reason string
	}
	verifyRow struct {
		who
		item, detail string
		amount       fen
		date         day
		exempt       string
	}
)

// rosters is what the eight rosters say about one family in one month.
type rosters struct {
	poor       []*poorRow
	dibao      []*dibaoRow
	tekun      []*tekunRow
	disability []*disabilityRow
	medical    []*medicalRow
	school     []*schoolRow
	aid        []*aidRow
	verify     []*verifyRow
}

// row is a roster row of any kind.
type row interface {
	whom() *who
	values() []string // the kind's columns in order, as clean text
}

func copies[T any](in []*T) []*T {
	out := make([]*T, len(in))
	for i, r := range in {
		c := *r
		out[i] = &c
	}
	return out
}

func (r *rosters) clone() rosters {
	return rosters{
		poor: copies(r.poor), dibao: copies(r.dibao), tekun: copies(r.tekun), disability: copies(r.disability),
		medical: copies(r.medical), school: copies(r.school), aid: copies(r.aid), verify: copies(r.verify),
	}
}

// kindNames in the order of the specification; rows of each follow this order.
var kindNames = []string{"registered_poor", "dibao", "tekun", "disability", "medical_aid", "school", "temporary_aid", "verification"}

func anyRows[T any, P interface {
	*T
	row
}](in []*T) []row {
	out := make([]row, len(in))
	for i, r := range in {
		out[i] = P(r)
	}
	return out
}

// of lists the rows of the kind with that place in kindNames.
func (r *rosters) of(kind int) []row {
	switch kind {
	case 0:
		return anyRows(r.poor)
	case 1:
		return anyRows(r.dibao)
	case 2:
		return anyRows(r.tekun)
	case 3:
		return anyRows(r.disability)
	case 4:
		return anyRows(r.medical)
	case 5:
		return anyRows(r.school)
	case 6:
		return anyRows(r.aid)
	}
	return anyRows(r.verify)
}
