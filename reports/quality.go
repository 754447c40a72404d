package reports

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"
)

// writeQuality writes 数据质量: how each file was read, what was not understood,
// and a sheet for each sending department with its faulty rows, ready to be sent back.
func (s Settings) writeQuality(ctx context.Context, db *sql.Conn, w io.Writer, _ string) error {
	b, err := s.newBook()
	if err != nil {
		return err
	}
	day := "数据日期 " + s.AsOf.Format(time.DateOnly) + "。"
	sheets := []struct {
		name, title, note, query string
		columns                  []column
	}{
		{"文件", "各部门名册读取情况", day + "读取行数 = 载入 + 拒收 + 标题合计等 + 空行。" + disclaimer + "。", "quality_files", []column{
			{"名册", 18, plain}, {"报送部门", 16, plain}, {"文件", 24, plain}, {"工作表", 9, plain}, {"格式", 6, asID}, {"编码", 9, asID}, {"表头行", 5, asCount},
			{"读取", 6.5, asCount}, {"载入", 6.5, asCount}, {"拒收", 6.5, asCount}, {"标题合计等", 6.5, asCount}, {"空行", 6.5, asCount}, {"未识别的列", 14, plain}, {"说明", 26, plain}}},
		{"镇名", "不在官方名单内的镇名", day + "这些镇名照原样保留；可在 config.yaml 的 towns 里加别名。" + disclaimer + "。", "quality_towns", []column{
			{"镇名", 24, plain}, {"名册", 30, plain}, {"行数", 9, asCount}}},
	}
	for _, sheet := range sheets {
		l := &list{book: b, name: sheet.name, title: sheet.title, note: sheet.note, columns: sheet.columns, spread: spread{printed: len(sheet.columns)}, filtered: true}
		if err := l.write(ctx, db, sheet.query); err != nil {
			return fmt.Errorf("write %s: %w", sheet.name, err)
		}
	}
	if err := s.Originals(); err != nil {
		return fmt.Errorf("read departments' rows again: %w", err)
	}
	departments, err := collect(ctx, db, "quality_departments", func(d *string) []any { return []any{d} })
	if err != nil {
		return err
	}
	for _, department := range departments {
		if err := b.writeReturn(ctx, db, department, day); err != nil {
			return fmt.Errorf("write %s: %w", department, err)
		}
	}
	return b.save(w)
}
