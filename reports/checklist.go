package reports

import (
	"context"
	"database/sql"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"
)

//go:embed checklist.yaml
var checklistYAML []byte

type checklistForm struct {
	Title, Sign, Date, Footer string
	Columns                   []struct {
		Name  string
		Width float64
	}
	Rows []struct{ Content, Task, Unit, Due string }
}

var checklist = sync.OnceValues(func() (checklistForm, error) {
	var f checklistForm
	if err := yaml.Unmarshal(checklistYAML, &f); err != nil {
		return f, fmt.Errorf("read checklist.yaml: %w", err)
	}
	return f, nil
})

// writeChecklist writes Attachment 2 as the notice prints it, on one page.
func (s Settings) writeChecklist(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	f, err := checklist()
	if err != nil {
		return err
	}
	b, err := newBook()
	if err != nil {
		return err
	}
	sheet, err := b.sheet("核查问题清单")
	if err != nil {
		return err
	}
	if err := b.page(sheet, ""); err != nil {
		return err
	}
	g := &grid{book: b, sheet: sheet}
	width := len(f.Columns)
	g.put(1, 1, width, 1, b.style.title, f.Title)
	g.put(2, 1, width, 2, b.style.note, f.Sign)
	g.put(3, 1, width, 3, b.style.note, f.Date)
	g.height(1, 32)
	g.height(4, 32)
	for i, c := range f.Columns {
		g.put(4, i+1, i+1, 4, b.style.head, c.Name)
		g.width(i+1, c.Width)
	}
	for i, r := range f.Rows {
		done, err := s.done(ctx, db, r.Content)
		if err != nil {
			return err
		}
		found, err := problems(ctx, db, r.Content)
		if err != nil {
			return err
		}
		height := 0.0
		for j, value := range []any{i + 1, r.Content, r.Task, r.Unit, done, found, nil, nil, s.due(r.Due)} {
			g.put(5+i, j+1, j+1, 5+i, b.style.text, value)
			if t, ok := value.(string); ok {
				height = max(height, lines(t, f.Columns[j].Width))
			}
		}
		g.height(5+i, height*14+8)
	}
	last := 5 + len(f.Rows)
	g.put(last, 1, width, last, b.style.note, f.Footer+"　"+Disclaimer+"。")
	if g.err != nil {
		return fmt.Errorf("fill form: %w", g.err)
	}
	if err := b.f.SetPageLayout(sheet, pageFit(1, 1)); err != nil {
		return err
	}
	return b.save(w)
}

// due is 完成时限: what the configuration says, else what the notice printed.
func (s Settings) due(printed string) string {
	if s.Due.IsZero() {
		return printed
	}
	if s.Due.Year() == s.AsOf.Year() {
		return s.Due.Format("1月2日")
	}
	return s.Due.Format("2006年1月2日")
}

// done says what was compared, and what was not.
func (s Settings) done(ctx context.Context, db *sql.Conn, content string) (string, error) {
	var text string
	err := each(ctx, db, "checklist_done", []any{content, content}, func([]string) error { return nil }, func(v []any) error {
		var b strings.Builder
		fmt.Fprintf(&b, "已于%s比对名册：%s；涉及建档立卡及监测户%d户，各类人员%d人；执行规则%d条。", s.AsOf.Format("2006年1月2日"), text0(v[0]), v[2], v[3], v[4])
		if v[1] != nil {
			fmt.Fprintf(&b, "本期无：%s。", v[1])
		}
		if v[5] != nil {
			fmt.Fprintf(&b, "未执行的规则：%s。", v[5])
		}
		text = b.String()
		return nil
	})
	return text, err
}

func text0(v any) string {
	if v == nil {
		return "无"
	}
	return text(v)
}

// problems writes the numbered statements, one a rule with findings.
func problems(ctx context.Context, db *sql.Conn, content string) (string, error) {
	var b strings.Builder
	n := 0
	err := each(ctx, db, "checklist_found", []any{content}, func([]string) error { return nil }, func(v []any) error {
		n++
		count := fmt.Sprintf("%d户%d人", v[2], v[3])
		if v[4] == "person" {
			count = fmt.Sprintf("%d人", v[3])
		}
		fmt.Fprintf(&b, "%d.疑似%s%s（%s）；\n", n, v[1], count, v[5])
		return nil
	})
	if err != nil {
		return "", err
	}
	if n == 0 {
		return "已执行的规则未发现疑点。", nil
	}
	err = each(ctx, db, "checklist_total", []any{content}, func([]string) error { return nil }, func(v []any) error {
		fmt.Fprintf(&b, "合计疑点%d个，涉及%d户、按人查出%d人。以上为数据比对疑点，由镇入户核实。", v[2], v[0], v[1])
		return nil
	})
	return b.String(), err
}
