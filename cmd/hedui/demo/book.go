package demo

import (
	"fmt"
	"strconv"
	"strings"
)

// book is one file being written: its rows, and all that stands around them.
type book struct {
	layout
	kind    kind
	place   int // of the kind in kindNames
	seed    uint64
	on      day
	path    string
	out     sink
	section string // sheet or, in a text file, nothing
	village string // of the last row
	serialN int    // 序号, within a sheet
	since   int    // rows since the last header
	sums    []fen  // of the village, by column
	total   []fen  // of the sheet
	open    bool   // a sheet is begun
}

func newBook(path string, l layout, place int, seed uint64, on day) (*book, error) {
	out, err := l.open(path)
	if err != nil {
		return nil, err
	}
	b := &book{layout: l, kind: kinds[place], place: place, seed: seed, on: on, path: path, out: out}
	if l.cover {
		err = b.coverSheet()
	}
	return b, err
}

func (b *book) coverSheet() error {
	if err := b.out.sheet("封面", false); err != nil {
		return err
	}
	for _, line := range []string{"", b.kind.title, "", "填报单位：" + b.kind.office, "填报日期：" + b.day()} {
		if err := b.out.row([]cell{{text: ""}, {text: line}}, false); err != nil {
			return err
		}
	}
	return b.out.sheet("说明", false) // left empty, as they often are
}

func (b *book) day() string { return b.on.time().AddDate(0, 0, -2).Format("2006年1月2日") }

// family writes one family's rows of the kind. cert has certificate numbers by ID number.
func (b *book) family(t *town, village string, rows []row, cert map[string]string) error {
	section := map[string]string{"town": t.name, "village": village}[b.sheets]
	if section == "" {
		section = "Sheet1"
	}
	if !b.open || section != b.section {
		if err := b.begin(section, t); err != nil {
			return err
		}
	}
	if b.village != "" && village != b.village {
		if err := b.turn(); err != nil {
			return err
		}
	}
	b.village = village
	for i, r := range rows {
		if err := b.write(rows, i, r, cert); err != nil {
			return err
		}
	}
	return nil
}

// begin starts a sheet with its titles and header.
func (b *book) begin(section string, t *town) error {
	if err := b.end(); err != nil {
		return err
	}
	b.section, b.open, b.village, b.serialN = section, true, "", 0
	b.sums, b.total = make([]fen, len(b.kind.columns)), make([]fen, len(b.kind.columns))
	// One town's sheet is hidden: departments hide what they think is done.
	if err := b.out.sheet(section, b.sheets == "town" && t.place == 1); err != nil {
		return err
	}
	titles := []string{b.title, "单位：" + b.kind.office + "　　填报日期：" + b.day(), "注：本表一式两份，数据截至填报日。"}
	for _, title := range titles[:b.titles] {
		if err := b.line(title); err != nil {
			return err
		}
	}
	return b.header()
}

// line is one text over the whole width.
func (b *book) line(s string) error {
	return b.out.row([]cell{{text: s, across: len(b.kind.columns)}}, false)
}

func (b *book) header() error {
	b.since = 0
	var groups, names []cell
	if b.serial {
		groups, names = append(groups, cell{text: "序号", down: 2}), append(names, cell{text: "序号", covered: b.twoRow})
	}
	for i, c := range b.kind.columns {
		span := 0
		if i == 0 || b.kind.columns[i-1].group != c.group {
			for span = 1; i+span < len(b.kind.columns) && b.kind.columns[i+span].group == c.group; {
				span++
			}
		}
		groups = append(groups, cell{text: c.group, across: span, covered: span == 0})
		names = append(names, cell{text: b.name(c)})
	}
	for _, e := range b.extra {
		names = append(names, cell{text: e[0]})
	}
	if b.twoRow {
		for i := range groups {
			if groups[i].covered {
				groups[i].text = ""
			}
		}
		if b.serial {
			names[0].text = ""
		}
		if err := b.out.row(groups, false); err != nil {
			return err
		}
	}
	return b.out.row(names, false)
}

// name is a column's header in this file's dialect.
func (b *book) name(c column) string {
	name := c.headers[b.dialect%len(c.headers)]
	if !b.dirty || strings.Contains(name, "(") {
		return name
	}
	switch {
	case b.monthly && name == "家庭年人均收入":
		return "家庭月人均收入"
	case c.form == idForm && b.dialect == 1:
		return name + "（必填）"
	case c.form == moneyForm && b.place < 3 && b.dialect == 0 && strings.HasPrefix(name, "月"):
		return name + "(元/月)"
	case c.form == moneyForm && b.dialect == 2:
		return name + "\n（元）"
	case strings.HasPrefix(name, "与") && b.cells():
		return strings.Replace(name, "主", "主\n", 1)
	}
	return name
}

// turn ends a village.
func (b *book) turn() error {
	if b.totals {
		if err := b.sum("小计", b.sums); err != nil {
			return err
		}
		clear(b.sums)
	}
	if b.dirty && b.place < 4 {
		return b.out.row(make([]cell, len(b.kind.columns)), false)
	}
	return nil
}

func (b *book) sum(label string, sums []fen) error {
	cells := b.leading(label)
	for i, c := range b.kind.columns {
		value := cell{}
		if c.form == moneyForm && sums[i] > 0 {
			value = cell{text: sums[i].String(), as: numeric}
		}
		cells = append(cells, value)
	}
	if !b.serial {
		cells[0].text = label
	}
	return b.out.row(cells, false)
}

func (b *book) leading(s string) []cell {
	if !b.serial {
		return nil
	}
	return []cell{{text: s}}
}

// write writes rows[i], repeating the header where a page breaks.
func (b *book) write(rows []row, i int, r row, cert map[string]string) error {
	if b.repeat > 0 && b.since == b.repeat {
		if err := b.header(); err != nil {
			return err
		}
	}
	b.since++
	b.serialN++
	values := r.values()
	if !b.dirty {
		cells := make([]cell, len(values))
		for j, v := range values {
			cells[j].text = v
		}
		return b.out.row(cells, false)
	}
	w := r.whom()
	d := newDirt(b.layout, b.seed, b.place, w.id)
	cells := b.leading(strconv.Itoa(b.serialN))
	for j, c := range b.kind.columns {
		cells = append(cells, b.value(d, c, j, values[j], w, cert))
	}
	b.group(rows, i, cells[len(cells)-len(values):])
	if b.place == disability || b.place == school {
		blankDerived(d, b.place, values, cells[len(cells)-len(values):])
	}
	for _, e := range b.extra {
		cells = append(cells, cell{text: e[1]})
	}
	return b.out.row(cells, d.cells() && d.in(60))
}

// value dirties one cell and adds up money.
func (b *book) value(d *dirt, c column, j int, value string, w *who, cert map[string]string) cell {
	switch {
	case c.form == idForm && w.sent != "":
		out := cell{text: w.sent}
		if w.numeric && b.cells() {
			out.as = numeric
		}
		return out
	case c.form == idForm && b.place == disability:
		if cert[w.id] != "" && d.in(30) {
			return cell{} // the certificate's number has it
		}
		return cell{text: d.number(value, "")}
	case c.form == idForm:
		return cell{text: d.number(value, cert[w.id])}
	case c.form == moneyForm && value != "":
		amount := parseFen(value)
		if b.monthly && strings.HasPrefix(c.headers[0], "家庭年人均") {
			amount /= 12
			value = amount.String()
		}
		b.sums[j] += amount
		b.total[j] += amount
	}
	return d.cell(c, value)
}

func parseFen(s string) fen {
	whole, cents, _ := strings.Cut(s, ".")
	n, _ := strconv.Atoi(whole)
	m, _ := strconv.Atoi((cents + "00")[:2])
	return fen(n*100 + m)
}

// group merges a household's group cells downwards: they stand on its first row.
func (b *book) group(rows []row, i int, cells []cell) {
	if !b.merged {
		return
	}
	same := func(r row) bool {
		a, c := rows[i].values(), r.values()
		for j, col := range b.kind.columns {
			if col.once && a[j] != c[j] {
				return false
			}
		}
		return true
	}
	if i > 0 && same(rows[i-1]) && !heads(rows[i]) {
		for j, col := range b.kind.columns {
			if col.once {
				cells[j] = cell{covered: true}
			}
		}
		return
	}
	n := 1
	for i+n < len(rows) && same(rows[i+n]) && !heads(rows[i+n]) {
		n++
	}
	for j, col := range b.kind.columns {
		if col.once {
			cells[j].down = n
		}
	}
}

// heads tells whether a row begins a household.
func heads(r row) bool {
	switch r := r.(type) {
	case *poorRow:
		return r.relation == "户主"
	case *dibaoRow:
		return r.relation == "本人"
	}
	return false
}

// blankDerived leaves out what another column of the row tells too: type and
// grade beside the certificate number, the stage beside the school grade.
func blankDerived(d *dirt, place int, values []string, cells []cell) {
	switch {
	case place == disability && certified(values) && d.in(25):
		cells[5].text, cells[6].text = "", ""
	case place == school && strings.HasSuffix(values[7], "年级") && d.in(25):
		cells[6].text = ""
	}
}

// certified tells whether a certificate's number says the type and grade of its row.
func certified(values []string) bool {
	return len(values[4]) >= 20 && values[4][18:20] == strconv.Itoa(disabilityCode(values[5]))+values[6]
}

// end closes a sheet with its last village, total and footer.
func (b *book) end() error {
	if !b.open || !b.totals {
		return nil
	}
	if err := b.sum("小计", b.sums); err != nil {
		return err
	}
	if err := b.sum("合计", b.total); err != nil {
		return err
	}
	return b.line("填表人：　　　　审核人：　　　　联系电话：0314-2000000")
}

func (b *book) close() error {
	if err := b.end(); err != nil {
		return err
	}
	if err := b.out.close(); err != nil {
		return fmt.Errorf("close roster: %w", err)
	}
	return nil
}
