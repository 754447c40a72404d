package pipeline

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hedui/pipeline/fault"
	"hedui/sources/roster"
)

// guard tells the stages after it what tonight's rosters are: roster_state and
// held_scope for the rules, and tonight's own source_file, reject and cell_fault
// for the reports.
func (n *night) guard(ctx context.Context) error {
	n.manifest.IdleAccepts = n.idleAccepts()
	if err := n.exec(ctx, "CREATE OR REPLACE TEMP TABLE kind (position INTEGER, kind VARCHAR, label VARCHAR, department VARCHAR)"); err != nil {
		return err
	}
	for i, k := range roster.Kinds() {
		if err := n.exec(ctx, "INSERT INTO kind VALUES (?, ?, ?, ?)", i+1, k.Name, k.Label, k.Department); err != nil {
			return err
		}
	}
	for _, query := range []string{rosterStateSQL,
		"CREATE OR REPLACE TEMP TABLE reject AS SELECT r.* FROM main.reject r JOIN loaded_file l USING (kind, path, run_id)",
		"CREATE OR REPLACE TEMP TABLE cell_fault AS SELECT c.* FROM main.cell_fault c JOIN loaded_file l USING (kind, path, run_id)",
		"CREATE OR REPLACE TEMP TABLE held_scope AS SELECT kind, town, note, held_since FROM main.hold WHERE run_id = '" + n.runID + "' AND accepted_by IS NULL",
		"CREATE OR REPLACE TEMP TABLE source_file AS FROM main.source_file WHERE run_id = '" + n.runID + "'",
	} {
		if err := n.exec(ctx, query); err != nil {
			return fmt.Errorf("describe tonight's rosters: %w", err)
		}
	}
	return errors.Join(n.warnOfNotes(ctx), n.warnOfEditions(ctx))
}

// telling are the notes on a sheet that somebody has to act on, by how they end.
var telling = []struct {
	mark   string
	code   fault.Code
	remedy string
}{
	{roster.StrayMark, fault.SourceStrays, "是同一户的成员，表头写成“成员1姓名”“成员1身份证号”……；不是名册中的人，删去这一列，或在表头写明是谁的（如“联系人身份证号”）。"},
	{roster.ElsewhereMark, fault.SourceElsewhere, "放到各自的名册里；确是本名册的人，把工作表名、文件名、标题或类别改对后重新报送。没有读入的行见 全区/rejects.csv。"},
	{roster.RemarkMark, fault.SourceRemark, "请报送部门核对这些行（列在 数据质量.xlsx）：确已停止的，在状态一列写明后重新报送；没有停止的，不用处理。"},
}

// warnOfNotes tells them every night.
func (n *night) warnOfNotes(ctx context.Context) error {
	for _, t := range telling {
		rows, err := n.w.Conn().QueryContext(ctx, "SELECT path, sheet, unnest(regexp_extract_all(note, '[^；]*"+t.mark+"')) AS said FROM source_file ORDER BY ALL")
		if err != nil {
			return fmt.Errorf("look for notes that end %q: %w", t.mark, err)
		}
		for rows.Next() {
			var path, sheet, said string
			if err := rows.Scan(&path, &sheet, &said); err != nil {
				return errors.Join(fmt.Errorf("look for notes that end %q: %w", t.mark, err), rows.Close())
			}
			n.warn(fault.New(t.code, sheetPlace(path, sheet), t.remedy, errors.New(said)))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return fmt.Errorf("look for notes that end %q: %w", t.mark, err)
		}
	}
	return nil
}

//go:embed editions.sql
var editionsSQL string

// warnOfEditions tells of last month's roster left beside this month's: both are read, for
// nothing but their people tells them from two parts of one.
func (n *night) warnOfEditions(ctx context.Context) error {
	for _, k := range roster.Kinds() {
		if k.Events || k.Name == "medical_aid" { // settlements come month by month, and are summed
			continue
		}
		household := "NULL::VARCHAR"
		if slices.ContainsFunc(k.Columns, func(c roster.Column) bool { return c.Name == "household_no" }) {
			household = "coalesce(r.town, '') || '|' || r.household_no"
		}
		rows, err := n.w.Conn().QueryContext(ctx, strings.NewReplacer("{kind}", k.Name, "{household}", household).Replace(editionsSQL))
		if err != nil {
			return fmt.Errorf("look for editions of %s: %w", k.Name, err)
		}
		for rows.Next() {
			var path, sheet, other, otherSheet string
			var people int64
			if err := rows.Scan(&path, &sheet, &other, &otherSheet, &people); err != nil {
				return errors.Join(fmt.Errorf("look for editions of %s: %w", k.Name, err), rows.Close())
			}
			n.warn(fault.New(fault.SourceEditions, sheetPlace(path, sheet)+"和"+sheetPlace(other, otherSheet), "是同一名册的两期，从收件夹移走旧的一份；是两个部分，改个说得清的名字，一个人只列在一份里。",
				fmt.Errorf("有 %d 人两份都有，两份都算在内", people)))
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return fmt.Errorf("look for editions of %s: %w", k.Name, err)
		}
	}
	return nil
}

//go:embed roster_state.sql
var rosterStateSQL string

// checkDay refuses to speak about a day before the last one recorded: history
// runs forward, and a finding cannot be cleared before it was seen.
func (n *night) checkDay(ctx context.Context) error {
	var later bool
	day := n.day()
	if err := n.w.Conn().QueryRowContext(ctx, "SELECT coalesce(max(as_of) > ?::DATE, false) FROM run", day).Scan(&later); err != nil {
		return fmt.Errorf("look for later runs: %w", err)
	}
	if later {
		return fault.New(fault.RunBackwards, "--as-of "+day, "数据仓库里已有更晚日期的运行；请用不早于它的日期，或另用一个数据仓库。", nil)
	}
	return nil
}
