package reports

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"

	"github.com/xuri/excelize/v2"
)

// verdicts are what a visit can find (outputs.md, The ledger).
var verdicts = []string{"属实", "不属实", "已死亡", "已迁出", "已纳入", "名册错误", "证号错误", "异地就读", "送教上门", "自愿放弃", "正在办理", "无法核实"}

// ledgerColumns are those of the towns' workbook. The verdict's come before the
// evidence: a clerk writes there, and reads on only where in doubt.
var ledgerColumns = []column{
	{"序号", 5, plain}, {"镇", 10, plain}, {"村", 10, plain}, {"户编号", 12, asID}, {"姓名", 9, plain}, {"身份证号", 20, asID},
	{"问题", 20, plain}, {"严重程度", 6, plain}, {"可信度", 6, plain}, {"状态", 8, plain}, {"疑点说明", 34, plain}, {"核查要点", 28, plain},
	{"涉及人数", 6, plain}, {"涉及金额(元/月)", 10, asMoney}, {"首次发现", 11, plain},
	{"核查结论", 10, verdict}, {"整改措施", 14, verdict}, {"整改成效", 14, verdict}, {"完成日期", 11, verdict}, {"核查人", 9, verdict},
	{"依据（名册、文件、行号）", 40, plain}, {"疑点编号", 19, asID},
}

const (
	verdictColumn = 16 // 核查结论, from 1
	placesAt      = 16 // where the query's places and finding_id stand
	findingAt     = 15
)

// writeLedger writes 问题台账: one sheet a category, by village and household.
func (s Settings) writeLedger(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
	b, err := newBook()
	if err != nil {
		return err
	}
	where := s.District
	if town != "" {
		where = town
	}
	if err := s.writeOverview(ctx, db, b, where, town); err != nil {
		return fmt.Errorf("write 概览: %w", err)
	}
	for _, category := range categories {
		if err := s.writeCategorySheet(ctx, db, b, where, category, town); err != nil {
			return fmt.Errorf("write %s: %w", category, err)
		}
	}
	return b.save(w)
}

func (s Settings) writeCategorySheet(ctx context.Context, db *sql.Conn, b *book, where, category, town string) error {
	note := fmt.Sprintf("数据日期 %s。以下为名册比对疑点，%s；请入户核实后填写黄色各列，不要改动其他列。", s.AsOf.Format(time.DateOnly), Disclaimer)
	l, err := b.newList(category, where+category+"问题台账", note, ledgerColumns)
	if err != nil {
		return err
	}
	err = each(ctx, db, "ledger", []any{category, town, town}, func([]string) error { return nil }, func(v []any) error {
		row := append([]any{}, v[:findingAt]...)
		row = append(row, nil, nil, nil, nil, nil, v[placesAt], v[findingAt])
		return l.add(row)
	})
	if err != nil {
		return err
	}
	if err := l.done(); err != nil {
		return err
	}
	return l.choices()
}

// choices gives the verdict column its drop-down list.
func (l *list) choices() error {
	name, err := excelize.ColumnNumberToName(verdictColumn)
	if err != nil {
		return err
	}
	v := excelize.NewDataValidation(true)
	v.SetSqref(fmt.Sprintf("%s%d:%s%d", name, headRow+1, name, max(l.row, headRow+1)))
	if err := v.SetDropList(verdicts); err != nil {
		return err
	}
	return l.book.f.AddDataValidation(l.sheet, v)
}

// writeOverview writes the first sheet: what each rule found here, and which
// rules could not speak.
func (s Settings) writeOverview(ctx context.Context, db *sql.Conn, b *book, where, town string) error {
	note := fmt.Sprintf("数据日期 %s。疑点由名册比对得出，%s。未执行的规则列在表中，不等于没有问题。", s.AsOf.Format(time.DateOnly), Disclaimer)
	l, err := b.newList("概览", where+"问题台账概览", note, []column{
		{"类别", 11, plain}, {"规则", 8, asID}, {"问题", 34, plain}, {"执行情况", 30, plain}, {"疑点", 8, plain}, {"户数", 8, plain}, {"人数", 8, plain}, {"本期新增", 9, plain}, {"依据文件", 50, plain},
	})
	if err != nil {
		return err
	}
	err = each(ctx, db, "overview", []any{town, town}, func([]string) error { return nil }, l.add)
	if err != nil {
		return err
	}
	return l.done()
}
