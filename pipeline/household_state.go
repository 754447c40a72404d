package pipeline

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed household_state.sql
var householdStateSQL string

// silentMark ends the note on members whose state nobody wrote, of a household that was stopped.
const silentMark = "仍计入在保，请核对"

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
