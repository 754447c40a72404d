package pipeline

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed household_town.sql
var householdTownSQL string

//go:embed household_state.sql
var householdStateSQL string

// silentMark ends the note on members whose state nobody wrote, of a household that was stopped.
const silentMark = "仍计入在保，请核对"

// householdTown gives rows without a town that of their household. Another file says so only where
// all are read anew when one has changed: it may say something else tomorrow.
func (in *intake) householdTown(ctx context.Context) error {
	if in.kind.Column("household_no") == nil {
		return nil
	}
	var blank bool
	if err := in.scan(ctx, "SELECT count(*) > 0 FROM incoming WHERE town IS NULL AND household_no IS NOT NULL", &blank); err != nil || !blank {
		return err
	}
	file := "path"
	if in.paired() {
		file = "''"
	}
	if err := in.exec(ctx, strings.ReplaceAll(householdTownSQL, "{file}", file)); err != nil {
		return fmt.Errorf("name households' towns: %w", err)
	}
	return nil
}

// householdState gives the members of a dibao household the state that stands in its first row,
// where the sheet writes it nowhere else.
func (in *intake) householdState(ctx context.Context) error {
	if in.kind.Name != "dibao" {
		return nil
	}
	if err := in.exec(ctx, strings.ReplaceAll(householdStateSQL, "{mark}", silentMark)); err != nil {
		return fmt.Errorf("spread households' states: %w", err)
	}
	return nil
}
