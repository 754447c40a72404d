package pipeline

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.uber.org/zap"

	"hedui/pipeline/fault"
)

// Hold is a scope of a roster in which its last good snapshot stays in force
// (docs/decisions/0004).
type Hold struct {
	Kind     string `json:"kind"`
	Label    string `json:"label"`
	Town     string `json:"town"`                  // empty: the whole roster
	Reason   string `json:"reason"`                // 减少, 缺镇, 缺项, 过期, 未取得, 拒收
	Before   int64  `json:"rows_before"`           // in force
	After    *int64 `json:"rows_after,omitempty"`  // that came; none where nothing came or could be read
	Columns  string `json:"columns,omitempty"`     // labels of those that are blank throughout, by 、
	FileDate string `json:"file_date,omitempty"`   // where it is too old
	Since    string `json:"since"`                 // as_of of the first night of the hold
	Accepted string `json:"accepted_by,omitempty"` // who took it all the same; then it is not held
	Note     string `json:"note"`                  // the same in a Chinese sentence
}

// The reasons for which a scope is held.
const (
	shrunk  = "减少"
	lacking = "缺镇"
	emptied = "缺项"
	stale   = "过期"
	missing = "未取得"
	refused = "拒收"
)

var holdCodes = map[string]fault.Code{shrunk: fault.SourceShrunk, lacking: fault.SourceTown, emptied: fault.SourceEmptied, stale: fault.SourceStale, missing: fault.SourceHeld}

// describe puts the hold into a sentence.
func (h *Hold) describe(staleDays int) {
	what := h.Label + h.Town
	switch h.Reason {
	case shrunk:
		h.Note = fmt.Sprintf("%s由 %d 行减至 %d 行", what, h.Before, *h.After)
	case lacking:
		h.Note = fmt.Sprintf("%s上期 %d 行，本期一行也没有", what, h.Before)
		if h.Town == "" {
			h.Note = fmt.Sprintf("%s原有各镇本期都没有了（由 %d 行变为 %d 行）", what, h.Before, *h.After)
		}
	case emptied:
		h.Note = fmt.Sprintf("%s“%s”上期多有填写，本期 %d 行都是空的", what, strings.ReplaceAll(h.Columns, "、", "”“"), *h.After)
	case stale:
		h.Note = fmt.Sprintf("%s的文件日期是 %s，已超过 %d 天", what, h.FileDate, staleDays)
	case missing:
		h.Note = fmt.Sprintf("%s本期没有文件（上期 %d 行）", what, h.Before)
	case refused:
		h.Note = fmt.Sprintf("%s本期文件被拒收（上期 %d 行）", what, h.Before)
	}
}

// warning is the hold as a fault; nil where a refused file has its own.
func (h *Hold) warning() *fault.Fault {
	scope := h.Kind
	if h.Town != "" {
		scope += "=" + h.Town
	}
	remedy := "沿用上期数据，相关规则暂停；核实后用 --accept " + scope + " 接收，报送有误的请报送部门重报。"
	switch h.Reason {
	case refused:
		return nil
	case missing:
		remedy = "收件夹里没有这类名册，沿用上期数据，相关规则暂停；请向报送部门催要。"
	case stale:
		remedy = "沿用上期数据，相关规则暂停；请向报送部门催要新名册，确认仍然有效的用 --accept " + scope + " 接收。"
	}
	return fault.New(holdCodes[h.Reason], h.Label+h.Town, remedy, errors.New(strings.TrimPrefix(h.Note, h.Label+h.Town)))
}

// note writes what is held or was accepted into the warehouse and the manifest,
// and warns of what is held.
func (in *intake) note(ctx context.Context, holds []Hold) error {
	for _, h := range holds {
		h.describe(in.Config.Limits.StaleDays)
		if err := in.w.Conn().QueryRowContext(ctx, heldSinceSQL, in.kind.Name, h.Town, in.day()).Scan(&h.Since); err != nil {
			return fmt.Errorf("look for earlier holds: %w", err)
		}
		err := in.exec(ctx, "INSERT INTO hold VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, '')::DATE, ?, nullif(?, ''), ?)",
			in.runID, in.day(), h.Kind, h.Town, h.Reason, h.Before, h.After, h.FileDate, h.Since, h.Accepted, h.Note)
		if err != nil {
			return err
		}
		in.manifest.Holds = append(in.manifest.Holds, h)
		if h.Accepted != "" {
			in.Log.Info("已接收："+h.Note, zap.String("kind", h.Kind), zap.String("accepted_by", h.Accepted), zap.String("run_id", in.runID))
		} else if f := h.warning(); f != nil {
			in.warn(f)
		}
	}
	return nil
}

// lastHoldsSQL is what the last recorded night held of a roster.
const lastHoldsSQL = `SELECT town, reason, held_since FROM main.hold
	WHERE kind = ? AND accepted_by IS NULL AND run_id = (SELECT arg_max(run_id, (as_of, started_at)) FROM run)`

// heldSinceSQL is the day from which a scope was held in every recorded night up to now, on its
// own or with the whole roster: a night without any file does not forget a town's earlier day.
const heldSinceSQL = `WITH covering AS (
	FROM main.hold WHERE kind = ? AND town IN ('', ?) AND accepted_by IS NULL
), taken AS (
	SELECT max((as_of, started_at)) AS last FROM run WHERE run_id NOT IN (SELECT run_id FROM covering)
)
SELECT coalesce(min(held_since), ?::DATE)::VARCHAR FROM covering JOIN run USING (run_id), taken WHERE last IS NULL OR (run.as_of, started_at) > last`
