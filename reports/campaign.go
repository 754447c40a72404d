package reports

import (
	"fmt"
	"time"
)

// Stage is a part of the campaign (notice, four), both days included.
type Stage struct {
	Name     string
	From, To time.Time
}

// campaign is how far the campaign has come on the reports' day.
type campaign struct {
	Says   string
	Stages []stageShown
}

// stageShown is a stage as the page shows it: past, now or ahead.
type stageShown struct {
	Stage
	State, Says string
}

// campaign tells which stage it is and how many days are left. The last day
// still counts: on it none is left.
func (s Settings) campaign() campaign {
	var c campaign
	for _, stage := range s.Stages {
		shown := stageShown{Stage: stage, State: "now"}
		switch {
		case s.AsOf.Before(stage.From):
			shown.State, shown.Says = "ahead", fmt.Sprintf("%d天后开始", daysBetween(s.AsOf, stage.From))
		case s.AsOf.After(stage.To):
			shown.State, shown.Says = "past", "已结束"
		default:
			shown.Says = fmt.Sprintf("第%d天，%s", daysBetween(stage.From, s.AsOf)+1, left(s.AsOf, stage.To))
			c.Says = "现在是" + stage.Name + "阶段，" + left(s.AsOf, stage.To) + "。"
		}
		c.Stages = append(c.Stages, shown)
	}
	if n := len(s.Stages); n > 0 && c.Says == "" {
		switch {
		case s.AsOf.Before(s.Stages[0].From):
			c.Says = fmt.Sprintf("活动%d天后开始。", daysBetween(s.AsOf, s.Stages[0].From))
		case s.AsOf.After(s.Stages[n-1].To):
			c.Says = fmt.Sprintf("活动已于%s结束。", chineseDay(s.Stages[n-1].To))
		default:
			c.Says = "现在是两个阶段之间。"
		}
	}
	if !s.Due.IsZero() {
		c.Says += fmt.Sprintf("完成时限%s，%s。", chineseDay(s.Due), left(s.AsOf, s.Due))
	}
	return c
}

// left is how many days there are up to a last one.
func left(day, last time.Time) string {
	switch n := daysBetween(day, last); {
	case n > 0:
		return fmt.Sprintf("还剩%d天", n)
	case n == 0:
		return "今天是最后一天"
	default:
		return fmt.Sprintf("已过%d天", -n)
	}
}
