package pipeline

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"hedui/pipeline/warehouse"
	"hedui/sources/roster"
)

// RosterOf is what one roster says of a person, and said.
type RosterOf struct {
	Label    string
	Rows     []RosterRow // current
	Versions []Version   // of all its rows of the person, by day
}

// RosterRow is a row of a roster with its filled cells.
type RosterRow struct {
	Path, Sheet, Row string
	Cells            []Cell
}

// Version is a row as it stood in a roster between two days, each written
// 2021-06-10; To, the first day on which it did not, is empty while it stands.
type Version struct {
	RosterRow
	From, To string
	New      bool     // no version before it ended when it began
	Replaced bool     // another version began when it ended
	Changes  []Change // of the version before
}

// Change is a cell that was another in the version before.
type Change struct{ Label, Before, After string }

// rosters tells what the eight rosters say of a person; those that never said
// anything are left out.
func (r *recalled) rosters(ctx context.Context, personID string) ([]RosterOf, error) {
	var all []RosterOf
	for _, k := range roster.Kinds() {
		columns := toldColumns(k)
		selected := "path, sheet, row_number::VARCHAR, "
		for _, c := range columns {
			selected += c.Name + "::VARCHAR, "
		}
		of := RosterOf{Label: k.Label}
		rows, err := r.texts(ctx, "SELECT "+selected+"row_id FROM "+k.Name+" WHERE person_id = ? ORDER BY path, sheet, row_number, row_id", personID)
		if err != nil {
			return nil, err
		}
		for _, cells := range rows {
			of.Rows = append(of.Rows, rosterRow(columns, cells))
		}
		rows, err = r.texts(ctx, "SELECT "+selected+"valid_from::VARCHAR, valid_to::VARCHAR FROM version_"+k.Name+
			" WHERE person_id = ? ORDER BY valid_from, path, sheet, row_number, valid_to", personID)
		if err != nil {
			return nil, err
		}
		for _, cells := range rows {
			of.Versions = append(of.Versions, Version{RosterRow: rosterRow(columns, cells), From: cells[len(cells)-2], To: cells[len(cells)-1], New: true})
		}
		follow(of.Versions)
		if len(of.Rows)+len(of.Versions) > 0 {
			all = append(all, of)
		}
	}
	return all, nil
}

// toldColumns are those that a department wrote, and the number as it did.
func toldColumns(k *roster.Kind) []roster.Column {
	return slices.DeleteFunc(slices.Clone(k.Columns), func(c roster.Column) bool { return c.Derived && c.Name != "id_raw" })
}

// rosterRow takes the place and the filled columns of a row. The number as written is
// told where it is not the number that was read in it.
func rosterRow(columns []roster.Column, cells []string) RosterRow {
	row := RosterRow{Path: cells[0], Sheet: cells[1], Row: cells[2]}
	cells = cells[3:]
	number := cells[slices.IndexFunc(columns, func(c roster.Column) bool { return c.Name == "id_number" })]
	for i, c := range columns {
		if value := told(c, cells[i]); value != "" && (c.Name != "id_raw" || cells[i] != number) {
			row.Cells = append(row.Cells, Cell{c.Label, value})
		}
	}
	return row
}

// told is a folded value as people read it: 5300.00 is 5300, unstable 脱贫不稳定户;
// a blank answer is nothing.
func told(c roster.Column, value string) string {
	switch {
	case value == "空白":
		return ""
	case c.Type == roster.TypeMonth:
		return strings.TrimSuffix(value, "-01")
	case value == "9999-12-31":
		return "长期"
	case value == "true":
		return "是"
	case value == "false":
		return "否"
	}
	if whole, cents, ok := strings.Cut(value, "."); ok && len(cents) == 2 && strings.Trim(whole+cents, "0123456789") == "" {
		return strings.TrimSuffix(strings.TrimRight(value, "0"), ".")
	}
	return Word(c.Name, value)
}

// Word is the word that the analysts' file shows for a column's code, such as
// 脱贫不稳定户 for the type unstable; any other text is left as it is.
func Word(column, code string) string {
	return cmp.Or(warehouse.Words()[column][code], code)
}

// follow ties each version to the one before: it ended on the day on which this
// one began, and of several it differs least.
func follow(versions []Version) {
	for i := range versions {
		v := &versions[i]
		best := -1
		for j := range versions {
			if u := &versions[j]; j != i && u.To == v.From && !u.Replaced {
				if changes := differences(u.Cells, v.Cells); best < 0 || len(changes) < len(v.Changes) {
					best, v.Changes = j, changes
				}
			}
		}
		if best >= 0 {
			versions[best].Replaced, v.New = true, false
		}
	}
}

// differences lists the cells that differ: those of after in its order, then those
// that are blank since.
func differences(before, after []Cell) []Change {
	var changes []Change
	for _, a := range after {
		if b := value(before, a.Label); b != a.Value {
			changes = append(changes, Change{a.Label, b, a.Value})
		}
	}
	for _, b := range before {
		if value(after, b.Label) == "" {
			changes = append(changes, Change{b.Label, b.Value, ""})
		}
	}
	return changes
}

func value(cells []Cell, label string) string {
	i := slices.IndexFunc(cells, func(c Cell) bool { return c.Label == label })
	if i < 0 {
		return ""
	}
	return cells[i].Value
}
