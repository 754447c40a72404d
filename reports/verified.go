package reports

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// verified is what the towns' answers say of one row of Attachment 2, in findings
// where nothing else is said.
type verified struct {
	confirmed, confirmedHouseholds, confirmedPersons int64
	dismissed, dismissedHouseholds, dismissedPersons int64
	dead, moved, mistaken, other                     int64 // why they were dismissed
	handled, unclear, waiting                        int64
	rectified                                        int64 // confirmed, and gone from the rosters
	reported                                         int64 // confirmed, done as the town says, and not yet seen in the rosters
}

func verify(ctx context.Context, db *sql.Conn, content string) (verified, error) {
	text, err := query("checklist_verified")
	if err != nil {
		return verified{}, err
	}
	var v verified
	err = db.QueryRowContext(ctx, text, sql.Named("content", content)).Scan(&v.confirmed, &v.confirmedHouseholds, &v.confirmedPersons,
		&v.dismissed, &v.dismissedHouseholds, &v.dismissedPersons, &v.dead, &v.moved, &v.mistaken, &v.other,
		&v.handled, &v.unclear, &v.waiting, &v.rectified, &v.reported)
	if err != nil {
		return v, fmt.Errorf("count verdicts: %w", err)
	}
	return v, nil
}

// any says whether towns answered at all: until then the form stays silent.
func (v verified) any() bool { return v.confirmed+v.dismissed+v.handled+v.unclear > 0 }

// closing ends 发现问题情况.
func (v verified) closing() string {
	if !v.any() {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n经核实属实%d户%d人", v.confirmedHouseholds, v.confirmedPersons)
	if v.confirmed > 0 {
		fmt.Fprintf(&b, "（疑点%d个）", v.confirmed)
	}
	fmt.Fprintf(&b, "、不属实%d户%d人", v.dismissedHouseholds, v.dismissedPersons)
	if v.dismissed > 0 {
		fmt.Fprintf(&b, "（疑点%d个：已死亡%d、已迁出%d、名册错误%d、其他%d）", v.dismissed, v.dead, v.moved, v.mistaken, v.other)
	}
	if v.handled+v.unclear+v.waiting > 0 {
		fmt.Fprintf(&b, "；正在办理%d个、无法核实%d个、尚未核实%d个", v.handled, v.unclear, v.waiting)
	}
	b.WriteString("。")
	return b.String()
}

// measures is 整改措施: what the towns wrote, most often first.
func (v verified) measures(ctx context.Context, db *sql.Conn, content string) (any, error) {
	var b strings.Builder
	n, told := 0, int64(0)
	err := each(ctx, db, "checklist_measures", func(values []any) error {
		n++
		count := values[1].(int64)
		told += count
		fmt.Fprintf(&b, "%d.%s（%d个）；\n", n, text(values[0]), count)
		return nil
	}, sql.Named("content", content))
	if err != nil || !v.any() || n == 0 {
		return nil, err
	}
	if rest := v.confirmed - told; rest > 0 {
		fmt.Fprintf(&b, "其余%d个见问题台账。", rest)
	}
	return strings.TrimSuffix(b.String(), "；\n"), nil
}

// effect is 整改成效: done is what is confirmed and stands in no roster any more.
func (v verified) effect() any {
	if !v.any() {
		return nil
	}
	var b strings.Builder
	fmt.Fprintf(&b, "属实疑点%d个，整改完成%d个", v.confirmed, v.rectified)
	if v.confirmed > 0 {
		b.WriteString("，整改率" + portion(v.rectified, v.confirmed))
	}
	if v.reported > 0 {
		fmt.Fprintf(&b, "；镇报已办结、名册中尚未体现%d个", v.reported)
	}
	fmt.Fprintf(&b, "；核实后排除%d个。", v.dismissed)
	return b.String()
}
