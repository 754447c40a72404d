package pipeline

import (
	"context"
	"fmt"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
)

// settle makes the rows in incoming the roster's current snapshot, but for what
// the guard holds of it.
func (in *intake) settle(ctx context.Context) error {
	if err := in.dropRepeats(ctx); err != nil {
		return err
	}
	if err := in.householdTown(ctx); err != nil {
		return err
	}
	if err := in.householdState(ctx); err != nil {
		return err
	}
	if err := in.pair(ctx); err != nil {
		return err
	}
	if err := in.enter(ctx); err != nil {
		return err
	}
	holds, err := in.judge(ctx)
	if err != nil {
		return err
	}
	in.told.Status = "新读入"
	if wholly(holds) {
		in.told.Status = "沿用上期"
		err = in.keep(ctx)
	} else {
		err = in.stand(ctx)
	}
	if err != nil {
		return err
	}
	if err := in.exec(ctx, "DROP VIEW IF EXISTS standing_row; DROP TABLE incoming"); err != nil { // it may be large
		return err
	}
	if err := in.note(ctx, holds); err != nil {
		return err
	}
	return in.checkRejects(ctx)
}

// enter notes what arrived, whether it will be taken or not.
func (in *intake) enter(ctx context.Context) error {
	kind := in.kind.Name
	for _, step := range []struct {
		query string
		args  []any
	}{
		{"DELETE FROM arrival WHERE kind = ?", []any{kind}},
		{"INSERT INTO arrival SELECT ?, path, coalesce(town, ''), count(*) FROM incoming GROUP BY ALL", []any{kind}},
		{"DELETE FROM arrival_filled WHERE kind = ?", []any{kind}},
		{in.script(filledSQL), nil},
		{"DELETE FROM loaded_file WHERE kind = ?", []any{kind}},
		{"INSERT INTO loaded_file FROM arrived_file", nil},
		{"INSERT INTO source_file FROM arrived_sheet", nil},
		{"INSERT INTO reject FROM arrived_reject", nil},
		{"INSERT INTO cell_fault FROM arrived_fault", nil},
	} {
		if err := in.exec(ctx, step.query, step.args...); err != nil {
			return err
		}
	}
	return nil
}

// stand makes what arrived and is not held the snapshot of tonight.
func (in *intake) stand(ctx context.Context) error {
	if err := in.exec(ctx, in.script(standSQL+newcomersSQL)); err != nil {
		return err
	}
	merged, err := in.w.Merge(ctx, in.kind.Name, "standing_row", in.AsOf, in.runID)
	if err != nil {
		return err
	}
	in.told.Rows, in.told.Added, in.told.Ended = merged.Rows, merged.Added, merged.Ended
	return nil
}

// keep leaves the snapshot in force as it is.
func (in *intake) keep(ctx context.Context) error {
	if err := in.exec(ctx, in.script("CREATE OR REPLACE TEMP VIEW standing_row AS FROM sent_{kind};\n"+newcomersSQL)); err != nil {
		return err
	}
	return in.countRows(ctx)
}

// surplusMark ends the note on a sheet that only lists once more what the workbook's others list.
const surplusMark = "内容相同，这张表不计"

// dropRepeats leaves out what stands in the roster's files twice: the same list sent in two
// formats or as a copy, and the whole list beside its parts.
func (in *intake) dropRepeats(ctx context.Context) error {
	var parts int
	if err := in.scan(ctx, "SELECT count(*) FROM arrived_sheet WHERE rows_loaded > 0", &parts); err != nil || len(in.files) < 2 && parts < 2 {
		return err
	}
	repeats, err := in.w.Repeats(ctx, "incoming")
	if err != nil {
		return fmt.Errorf("look for repeated files: %w", err)
	}
	for _, r := range repeats {
		note, where, part := countedOnce(r.Of), "path = ?", []any{r.Path}
		if r.Sheet != "" {
			note, where, part = "与"+together(r.Of, "表")+surplusMark, "path = ? AND sheet = ?", []any{r.Path, r.Sheet}
		}
		if err := in.exec(ctx, "DELETE FROM incoming WHERE "+where, part...); err != nil {
			return err
		}
		if err := in.exec(ctx, "UPDATE arrived_sheet SET note = concat_ws('；', nullif(note, ''), ?) WHERE "+where, append([]any{note}, part...)...); err != nil {
			return err
		}
		if r.Sheet != "" {
			continue
		}
		if err := in.exec(ctx, "UPDATE arrived_file SET repeats = ? WHERE path = ?", r.Of, r.Path); err != nil {
			return err
		}
		in.warn(repeated(r.Path, r.Of))
	}
	return nil
}

// checkRejects warns when more of the roster's rows were rejected than limits.reject_rate allows.
func (in *intake) checkRejects(ctx context.Context) error {
	var loaded, rejected int64
	err := in.w.Conn().QueryRowContext(ctx, `SELECT coalesce(sum(rows_loaded), 0)::BIGINT, coalesce(sum(rows_rejected), 0)::BIGINT
		FROM source_file WHERE run_id = ? AND kind = ?`, in.runID, in.kind.Name).Scan(&loaded, &rejected)
	if err != nil {
		return fmt.Errorf("count rejected rows: %w", err)
	}
	if f := tooManyRejects(in.Config, in.kind, loaded, rejected); f != nil {
		in.warn(f)
	}
	return nil
}

func tooManyRejects(c *Config, kind *roster.Kind, loaded, rejected int64) *fault.Fault {
	if rejected == 0 || float64(rejected) <= c.Limits.RejectRate*float64(loaded+rejected) {
		return nil
	}
	return fault.New(fault.SourceRejects, kind.Label, "打开 全区/rejects.csv 查看拒收的行，请报送部门改正。",
		fmt.Errorf("%d 行中有 %d 行被拒收，超过 limits.reject_rate", loaded+rejected, rejected))
}

// carry notes, for files that were not parsed tonight, the account that the run
// which parsed them made. files is loaded_file or standing_file.
func (in *intake) carry(ctx context.Context, files, note string) error {
	err := in.exec(ctx, `INSERT INTO source_file SELECT s.* REPLACE (? AS run_id, concat_ws('；', nullif(s.note, ''), nullif(?, '')) AS note)
		FROM source_file s JOIN `+files+` l ON s.kind = l.kind AND s.path = l.path AND s.run_id = l.run_id
		WHERE l.kind = ? ORDER BY s.path, s.sheet`, in.runID, note, in.kind.Name)
	if err != nil {
		return err
	}
	return in.countRows(ctx)
}

func (in *intake) countRows(ctx context.Context) error {
	return in.scan(ctx, "SELECT count(*) FROM read_"+in.kind.Name, &in.told.Rows)
}

// hold leaves the roster's last good snapshot in force: tonight no file came
// (cause nil), or one was refused. Half a roster would make everybody in its
// other half look uncovered, so a refused file holds the whole.
func (in *intake) hold(ctx context.Context, cause error) error {
	reason := missing
	if cause != nil {
		reason = refused
		f := fault.Of(cause)
		if f == nil {
			return cause
		}
		in.warn(f)
		if err := in.exec(ctx, `INSERT INTO source_file (run_id, kind, path, sheet, header_row, rows_read, rows_loaded, rows_rejected, rows_structural, rows_blank, matched, unmatched, note, read_run_id)
			VALUES (?, ?, ?, '', 0, 0, 0, 0, 0, 0, '{}', '[]', ?, ?)`, in.runID, in.kind.Name, in.at, "拒收："+f.Error(), in.runID); err != nil {
			return err
		}
	}
	if err := in.exec(ctx, "DELETE FROM held_newcomer WHERE kind = ?", in.kind.Name); err != nil {
		return err
	}
	var files int
	if err := in.scan(ctx, "SELECT count(*) FROM standing_file WHERE kind = '"+in.kind.Name+"'", &files); err != nil {
		return err
	}
	if files == 0 {
		in.told.Status = "无"
		return nil
	}
	in.told.Status = "沿用上期"
	if err := in.carry(ctx, "standing_file", "本期未取得，沿用上期"); err != nil {
		return err
	}
	return in.note(ctx, []Hold{{Kind: in.kind.Name, Label: in.kind.Label, Reason: reason, Before: in.told.Rows}})
}
