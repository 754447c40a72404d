package ledger

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"fmt"
	"time"

	"hedui/pipeline/fault"
	"hedui/pipeline/gather"
)

//go:embed answers.sql
var answersSQL string

//go:embed taken.sql
var takenSQL string

// Verdicts are what a visit can find out: the words of the ledger's drop-down list.
var Verdicts = []string{"属实", "不属实", "已死亡", "已迁出", "已纳入", "名册错误", "证号错误", "异地就读", "送教上门", "自愿放弃", "正在办理", "无法核实"}

// Row is a row of a returned sheet, filled in or not. A key whose column the
// sheet does not have is nil; Issued is the sheet's 数据日期, or the row's, nil where it is gone.
type Row struct {
	N           int     `json:"n"` // among all rows of a call
	File        string  `json:"file"`
	Sheet       string  `json:"sheet"`
	RowNumber   int     `json:"row_number"`
	FileSHA256  string  `json:"file_sha256"`
	Issued      *string `json:"issued"`
	Run         int     `json:"run"` // which of that day's issued it, from 1; 0 where it does not say
	FindingID   string  `json:"finding_id"`
	IDNumber    *string `json:"id_number"`
	Name        *string `json:"name"`
	HouseholdNo *string `json:"household_no"`
	Town        *string `json:"town"`
	Problem     *string `json:"problem"`
	Verdict     string  `json:"verdict"`
	Measures    string  `json:"measures"`
	Effect      string  `json:"effect"`
	DoneOn      string  `json:"done_on"`
	Checker     string  `json:"checker"`
}

// Call is one reading of returned workbooks.
type Call struct {
	Day   time.Time // on which the verdicts are taken
	Actor string    // who reads them in
	RunID string    // stands in the events
}

// Answer is a row that was filled in, and what became of it. Code is empty for
// one that was taken, or Known from before; else Reason may say more, in Chinese.
type Answer struct {
	File, Sheet  string
	Row          int
	FindingID    string
	Known        bool
	Code         fault.Code
	Reason       string
	NewlyEntered bool   // false too for the repeat of a row in the same call
	Former       string // what it takes the place of, if that settled the finding: “属实”（2021-06-11 登记）
}

const makeReturnedSQL = `CREATE OR REPLACE TEMP TABLE returned (n INTEGER, file VARCHAR, sheet VARCHAR, row_number INTEGER, file_sha256 VARCHAR, issued VARCHAR, run INTEGER,
	finding_id VARCHAR, id_number VARCHAR, name VARCHAR, household_no VARCHAR, town VARCHAR, problem VARCHAR,
	verdict VARCHAR, measures VARCHAR, effect VARCHAR, done_on VARCHAR, checker VARCHAR)`

const returnedShape = `[{"n":"INTEGER","file":"VARCHAR","sheet":"VARCHAR","row_number":"INTEGER","file_sha256":"VARCHAR","issued":"VARCHAR","run":"INTEGER",
	"finding_id":"VARCHAR","id_number":"VARCHAR","name":"VARCHAR","household_no":"VARCHAR","town":"VARCHAR","problem":"VARCHAR",
	"verdict":"VARCHAR","measures":"VARCHAR","effect":"VARCHAR","done_on":"VARCHAR","checker":"VARCHAR"}]`

// portion is how many rows go into the database at once.
const portion = 2000

// Take enters the answers among the rows into the ledger and tells what became of
// each, in the order of the rows. It wants a transaction around it.
func Take(ctx context.Context, db *sql.Conn, rows []Row, call Call) ([]Answer, error) {
	if err := Enter(ctx, db, rows); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, "CREATE OR REPLACE TEMP TABLE call AS SELECT ?::DATE AS day, ?::VARCHAR AS actor, ?::VARCHAR AS run_id", call.Day.Format(time.DateOnly), call.Actor, call.RunID); err != nil {
		return nil, fmt.Errorf("set the call: %w", err)
	}
	if err := begin(ctx, db); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, wordsSQL+answersSQL); err != nil {
		return nil, fmt.Errorf("judge answers: %w", err)
	}
	if err := seal(ctx, db); err != nil {
		return nil, err
	}
	if _, err := db.ExecContext(ctx, takenSQL); err != nil {
		return nil, fmt.Errorf("enter verdicts: %w", err)
	}
	return told(ctx, db)
}

// Enter makes the temporary tables returned, of the rows, and verdict_word.
func Enter(ctx context.Context, db *sql.Conn, rows []Row) error {
	if _, err := db.ExecContext(ctx, makeReturnedSQL); err != nil {
		return fmt.Errorf("make tables: %w", err)
	}
	for len(rows) > 0 {
		n := min(len(rows), portion)
		text, err := json.Marshal(rows[:n])
		if err != nil {
			return fmt.Errorf("write answers: %w", err)
		}
		if _, err := db.ExecContext(ctx, "INSERT INTO returned SELECT unnest(from_json(?::VARCHAR, ?::VARCHAR), recursive := true)", string(text), returnedShape); err != nil {
			return fmt.Errorf("enter answers: %w", err)
		}
		rows = rows[n:]
	}
	words, err := json.Marshal(Verdicts)
	if err != nil {
		return fmt.Errorf("write verdicts: %w", err)
	}
	if _, err := db.ExecContext(ctx, `CREATE OR REPLACE TEMP TABLE verdict_word AS SELECT unnest(from_json(?::VARCHAR, '["VARCHAR"]')) AS verdict`, string(words)); err != nil {
		return fmt.Errorf("list verdicts: %w", err)
	}
	return nil
}

func told(ctx context.Context, db *sql.Conn) ([]Answer, error) {
	all, err := gather.Rows(ctx, db, `SELECT file, sheet, row_number, given_id, code IS NULL AND coalesce(known, false), coalesce(code, ''), coalesce(reason, ''), n IN (SELECT n FROM taken),
			coalesce(CASE WHEN n IN (SELECT n FROM taken) AND verdict <> former AND (former = '属实' OR dismisses(former)) THEN '“' || former || '”（' || former_on || ' 登记）' END, '')
		FROM judged ORDER BY n`, func(a *Answer) []any {
		return []any{&a.File, &a.Sheet, &a.Row, &a.FindingID, &a.Known, &a.Code, &a.Reason, &a.NewlyEntered, &a.Former}
	})
	if err != nil {
		return nil, fmt.Errorf("tell what became of answers: %w", err)
	}
	return all, nil
}
