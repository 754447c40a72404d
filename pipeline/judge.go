package pipeline

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"hedui/matchers"
	"hedui/pipeline/gather"
	"hedui/sources/roster"
)

//go:embed judge.sql
var judgeSQL string

//go:embed filled.sql
var filledSQL string

//go:embed stand.sql
var standSQL string

//go:embed newcomers.sql
var newcomersSQL string

// script fills the roster's names into one of the guard's SQL texts. A list of
// events is one group: towns do not tell its parts.
func (in *intake) script(text string) string {
	town := "coalesce(town, '')"
	if in.kind.Events {
		town = "''"
	}
	inForce := "true"
	if in.kind.Column("in_force") != nil {
		inForce = "coalesce(in_force, true)"
	}
	return strings.NewReplacer("{kind}", in.kind.Name, "{town}", town, "{in_force}", inForce, "{filled}", in.filled()).Replace(text)
}

// filled is SQL for how many cells say something, of each of the roster's columns that a rule
// asks for. Of a list of events, which tells of other things each time, none.
func (in *intake) filled() string {
	var counts []string
	for _, c := range in.kind.Columns {
		if in.kind.Events || !slices.ContainsFunc(in.rules, func(r *matchers.Rule) bool { return r.Names(in.kind.Name + "." + c.Name) }) {
			continue
		}
		blank := "NULL"
		switch {
		case c.Type == roster.TypeYesNo:
			blank = "'空白'"
		case c.Blank != "":
			blank = "'" + c.Blank + "'"
		}
		counts = append(counts, fmt.Sprintf("{'column_name': '%s', 'rows': count(nullif(%s, %s))}", c.Name, c.Name, blank))
	}
	return "[" + strings.Join(counts, ", ") + "]::STRUCT(column_name VARCHAR, rows BIGINT)[]"
}

// judge compares what arrived with the snapshot in force and says which scopes
// are held, and which would be had they not been accepted. It leaves the
// temporary table judgement.
func (in *intake) judge(ctx context.Context) ([]Hold, error) {
	err := in.exec(ctx, `CREATE OR REPLACE TEMP TABLE guarding AS SELECT ?::DATE AS as_of, ?::DECIMAL(9,6) AS shrink_rate, ?::INTEGER AS stale_days,
		?::BOOLEAN AS events, coalesce((SELECT min(as_of) FROM main.snapshot WHERE kind = ?) >= ?::DATE, true) AS first_day`,
		in.day(), strconv.FormatFloat(in.Config.Limits.ShrinkRate, 'f', -1, 64), in.Config.Limits.StaleDays, in.kind.Events, in.kind.Name, in.day())
	if err != nil {
		return nil, err
	}
	if err := in.exec(ctx, "CREATE OR REPLACE TEMP TABLE accepting (town VARCHAR)"); err != nil {
		return nil, err
	}
	for _, a := range in.accepts {
		if a.kind == in.kind.Name {
			if err := in.exec(ctx, "INSERT INTO accepting VALUES (?)", a.town); err != nil {
				return nil, err
			}
		}
	}
	if err := in.exec(ctx, in.script(judgeSQL)); err != nil {
		return nil, fmt.Errorf("judge what arrived: %w", err)
	}
	if err := in.checkAccepted(ctx); err != nil {
		return nil, err
	}
	return in.judgement(ctx)
}

func (in *intake) judgement(ctx context.Context) ([]Hold, error) {
	holds, err := gather.Rows(ctx, in.w.Conn(), `SELECT town, reason, before, after,
		CASE reason WHEN '缺项' THEN array_to_string(columns, ',') ELSE '' END, CASE reason WHEN '过期' THEN coalesce(day::VARCHAR, '') ELSE '' END,
		CASE WHEN accepted THEN ?::VARCHAR ELSE '' END FROM judgement ORDER BY town`, func(h *Hold) []any {
		return []any{&h.Town, &h.Reason, &h.Before, &h.After, &h.Columns, &h.FileDate, &h.Accepted}
	}, in.Operator)
	if err != nil {
		return nil, fmt.Errorf("read judgement: %w", err)
	}
	for i := range holds {
		h := &holds[i]
		h.Kind, h.Label = in.kind.Name, in.kind.Label
		if h.Reason == emptied {
			var labels []string
			for name := range strings.SplitSeq(h.Columns, ",") {
				labels = append(labels, in.kind.Column(name).Label)
			}
			h.Columns = strings.Join(labels, "、")
		}
	}
	return holds, nil
}

// asLast says of a roster whose files came as they came last what is held of
// it tonight, and whether that leaves its rows in force as they are. Only what
// was withheld and is so no longer has to be read again.
func (in *intake) asLast(ctx context.Context) ([]Hold, bool, error) {
	for _, f := range in.files {
		err := in.exec(ctx, "UPDATE loaded_file SET modified = ?::DATE WHERE kind = ? AND path = ? AND modified IS DISTINCT FROM ?::DATE", f.day(), in.kind.Name, f.path, f.day())
		if err != nil {
			return nil, false, err
		}
	}
	for _, query := range []string{
		"CREATE OR REPLACE TEMP TABLE arrived_file AS FROM loaded_file WHERE kind = '" + in.kind.Name + "'",
		"CREATE OR REPLACE TEMP TABLE incoming AS FROM sent_" + in.kind.Name + " LIMIT 0",
	} {
		if err := in.exec(ctx, query); err != nil {
			return nil, false, err
		}
	}
	holds, err := in.judge(ctx)
	if err != nil {
		return nil, false, err
	}
	withheld, err := in.withheld(ctx)
	if err != nil || !withheld {
		return holds, true, err
	}
	same := false
	err = in.w.Conn().QueryRowContext(ctx, `SELECT NOT EXISTS (SELECT town FROM judgement WHERE accepted)
		AND (SELECT list(town ORDER BY town) FROM judgement) IS NOT DISTINCT FROM (SELECT list(town ORDER BY town) FROM (`+lastHoldsSQL+`))`, in.kind.Name).Scan(&same)
	if err != nil {
		return nil, false, fmt.Errorf("compare with last night's holds: %w", err)
	}
	return holds, same, nil
}

// withheld says whether rows of an earlier arrival stand in for some of the last one's.
func (in *intake) withheld(ctx context.Context) (bool, error) {
	var kept bool
	err := in.w.Conn().QueryRowContext(ctx, `SELECT EXISTS (SELECT kind, path, run_id FROM standing_file WHERE kind = ?
		EXCEPT SELECT kind, path, run_id FROM loaded_file)`, in.kind.Name).Scan(&kept)
	if err != nil {
		return false, fmt.Errorf("look for rows kept: %w", err)
	}
	return kept, nil
}

// wholly says whether the whole roster is held.
func wholly(holds []Hold) bool {
	return slices.ContainsFunc(holds, func(h Hold) bool { return h.Town == "" && h.Accepted == "" })
}
