package pipeline

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"

	"go.uber.org/zap"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
	"hedui/sources/roster"
)

// guard tells the stages after it what tonight's rosters are: roster_state, held_scope and
// file_digest, of every night's files, for the rules, told_column, the columns of earlier nights' rosters
// that tonight's lack, for the ledger, and tonight's own source_file, reject and cell_fault for the reports.
func (n *night) guard(ctx context.Context) error {
	n.manifest.IdleAccepts = n.idleAccepts()
	for _, a := range n.manifest.IdleAccepts {
		n.Log.Info(IdleNote(a), zap.String("stage", "guard"), zap.String("run_id", n.runID))
	}
	if err := n.exec(ctx, "CREATE OR REPLACE TEMP TABLE kind (position INTEGER, kind VARCHAR, label VARCHAR, department VARCHAR)"); err != nil {
		return err
	}
	for i, k := range roster.Kinds() {
		if err := n.exec(ctx, "INSERT INTO kind VALUES (?, ?, ?, ?)", i+1, k.Name, k.Label, k.Department); err != nil {
			return err
		}
	}
	for _, query := range []string{
		"CREATE OR REPLACE TEMP TABLE held_scope AS SELECT kind, town, note, held_since FROM main.hold WHERE run_id = '" + n.runID + "' AND accepted_by IS NULL",
		rosterStateSQL,
		"CREATE OR REPLACE TEMP TABLE reject AS SELECT r.* FROM main.reject r JOIN loaded_file l USING (kind, path, run_id)",
		"CREATE OR REPLACE TEMP TABLE cell_fault AS SELECT c.* FROM main.cell_fault c JOIN loaded_file l USING (kind, path, run_id)",
		"CREATE OR REPLACE TEMP TABLE file_digest AS SELECT run_id, kind, path, any_value(sha256) AS sha256 FROM main.source_file GROUP BY ALL",
		// What some sheet of tonight has is not gone, though a short file beside it does without.
		`CREATE OR REPLACE TEMP TABLE told_column AS
		WITH told AS (SELECT run_id, kind, unnest(json_keys(matched)) AS column_name FROM main.source_file)
		SELECT DISTINCT as_of, kind, column_name FROM told JOIN main.run USING (run_id)
		WHERE (kind, column_name) NOT IN (SELECT (kind, column_name) FROM told WHERE run_id = '` + n.runID + "')",
		// From here on main.source_file is this one too: DuckDB looks for a schema among the temporary first.
		"CREATE OR REPLACE TEMP TABLE source_file AS FROM main.source_file WHERE run_id = '" + n.runID + "'",
	} {
		if err := n.exec(ctx, query); err != nil {
			return fmt.Errorf("describe tonight's rosters: %w", err)
		}
	}
	return errors.Join(n.warnOfSheets(ctx), n.warnOfEditions(ctx))
}

// sheetWarnings are what a sheet's note is a warning for, every night, by the words it ends in.
var sheetWarnings = []struct {
	mark, remedy string
	code         fault.Code
}{
	{roster.StrayMark, "是同一户的成员，表头写成“成员1姓名”“成员1身份证号”……；不是名册中的人，删去这一列，或在表头写明是谁的（如“联系人身份证号”）。", fault.SourceStrays},
	{roster.ElsewhereMark, "放到各自的名册里；确是本名册的人，把工作表名、文件名、标题或类别改对后重新报送。没有读入的行见 全区/rejects.csv。", fault.SourceElsewhere},
	{roster.RemarkMark, "请报送部门核对这些行（列在 数据质量.xlsx）：确已停止的，在状态一列写明后重新报送；没有停止的，不用处理。", fault.SourceRemark},
	{roster.StruckMark, "请报送部门核对这些行（列在 数据质量.xlsx）：确已停止、退出的，删去这一行，或在状态一列写明后重新报送；没有停止的，去掉删除线。", fault.SourceStruck},
	{roster.UnhousedMark, "请部门把这一列的单元格设成“文本”，填上完整的编号，再重新导出。", fault.SourceHouseholds},
	{unpairedMark, "请部门核对这些户的户主身份证号（单元格设成“文本”），重新导出；没有并入的，成员没有档次、金额和人数，户主多算一行。", fault.SourceUnpaired},
	{surplusMark, "请部门从工作簿里删去重复的一张，再重新报送；以后只改了其中一边的，两边都会计入。", fault.SourceRepeated},
	{silentMark, "请报送部门核对这些行（列在 数据质量.xlsx）：整户停保的，每一行都写明状态；没有停保的，在这些行写“在保”，再重新报送。", fault.SourceSilent},
}

// warningsOf gives those of one sheet's note.
func warningsOf(path, sheet, note string) (told []*fault.Fault) {
	said := strings.Split(note, "；")
	for _, w := range sheetWarnings {
		for _, s := range said {
			if strings.HasSuffix(s, w.mark) {
				told = append(told, fault.New(w.code, fault.Place(path, sheet, 0), w.remedy, errors.New(s)))
			}
		}
	}
	return told
}

// warnOfSheets tells of them.
func (n *night) warnOfSheets(ctx context.Context) error {
	type sheet struct{ path, name, note string }
	sheets, err := gather.Rows(ctx, n.w.Conn(), "SELECT path, sheet, note FROM source_file WHERE note <> '' ORDER BY ALL",
		func(s *sheet) []any { return []any{&s.path, &s.name, &s.note} })
	if err != nil {
		return fmt.Errorf("look for warnings of sheets: %w", err)
	}
	for _, s := range sheets {
		for _, w := range warningsOf(s.path, s.name, s.note) {
			n.warn(w)
		}
	}
	return nil
}

//go:embed editions.sql
var editionsSQL string

// warnOfEditions tells of last month's roster left beside this month's: both are read, for
// nothing but their people tells them from two parts of one.
func (n *night) warnOfEditions(ctx context.Context) error {
	type pair struct {
		path, sheet, other, otherSheet string
		people                         int64
	}
	for _, k := range roster.Kinds() {
		if k.Events || k.Name == "medical_aid" { // settlements come month by month, and are summed
			continue
		}
		household := "NULL::VARCHAR"
		if k.Column("household_no") != nil {
			household = "coalesce(r.town, '') || '|' || r.household_no"
		}
		pairs, err := gather.Rows(ctx, n.w.Conn(), strings.NewReplacer("{kind}", k.Name, "{household}", household).Replace(editionsSQL),
			func(p *pair) []any { return []any{&p.path, &p.sheet, &p.other, &p.otherSheet, &p.people} })
		if err != nil {
			return fmt.Errorf("look for editions of %s: %w", k.Name, err)
		}
		for _, p := range pairs {
			n.warn(fault.New(fault.SourceEditions, fault.Place(p.path, p.sheet, 0)+"和"+fault.Place(p.other, p.otherSheet, 0), "是同一名册的两期，从收件夹移走旧的一份；是两个部分，改个说得清的名字，一个人只列在一份里。",
				fmt.Errorf("有 %d 人两份都有，两份都算在内", p.people)))
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
