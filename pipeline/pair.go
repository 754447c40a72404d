package pipeline

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed pair.sql
var pairSQL string

// unpairedMark ends the note on households that could not be joined to their persons.
const unpairedMark = "没有并入人员名单"

// pair joins the two files of a provincial dibao export: the persons' rows take
// the household's columns, and the household's own rows go.
func (in *intake) pair(ctx context.Context) error {
	if !in.paired() {
		return nil
	}
	if err := in.exec(ctx, strings.ReplaceAll(pairSQL, "{mark}", unpairedMark)); err != nil {
		return fmt.Errorf("join households and persons: %w", err)
	}
	return nil
}

// paired says that the kind may come as a file of households and one of persons.
// The rows of such a roster are not those of its files alone: when one file
// changes, all are read again.
func (in *intake) paired() bool { return in.kind.Name == "dibao" }
