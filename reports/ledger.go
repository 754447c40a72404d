package reports

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"
)

// verdicts are what a visit can find (outputs.md, The ledger).
var verdicts = []string{"属实", "不属实", "已死亡", "已迁出", "已纳入", "名册错误", "证号错误", "异地就读", "送教上门", "自愿放弃", "正在办理", "无法核实"}

// ledgerColumns are those of the towns' workbook. The verdict's come before the
// evidence: a clerk writes there, and reads on only where in doubt.
var ledgerColumns = []column{
	{"序号", 4.5, asCount}, {"镇", 8.5, plain}, {"村", 8.5, plain}, {"户编号", 10, asID}, {"姓名", 7.5, plain}, {"身份证号", 20, asID},
	{"问题", 15, plain}, {"严重程度", 5, asID}, {"可信度", 5, asID}, {"状态", 6.5, asID}, {"疑点说明", 28, plain}, {"核查要点", 22, plain},
	{"涉及人数", 5, asCount}, {"涉及金额(元/月)", 9, asMoney}, {"首次发现", 11, asDate},
	{"核查结论", 8.5, verdict}, {"整改措施", 11, verdict}, {"整改成效", 11, verdict}, {"完成日期", 9, verdict}, {"核查人", 7.5, verdict},
	{"依据（名册、文件、行号）", 60, plain}, {"疑点编号", 19, asID},
}

const (
	verdictColumn = 16 // 核查结论, from 1
	printedColumn = 20 // 核查人, the last that is printed: what follows is read on the screen
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
	if err := s.writePriority(ctx, db, b, where, town); err != nil {
		return fmt.Errorf("write 重点排查对象: %w", err)
	}
	for _, category := range categories {
		if err := s.writeCategorySheet(ctx, db, b, where, category, town); err != nil {
			return fmt.Errorf("write %s: %w", category, err)
		}
	}
	if err := s.writeChanges(ctx, db, b, where, town); err != nil {
		return fmt.Errorf("write 名册变动: %w", err)
	}
	return b.save(w)
}

// writePriority writes how many of the notice's four priority groups there are to visit.
func (s Settings) writePriority(ctx context.Context, db *sql.Conn, b *book, where, town string) error {
	note := fmt.Sprintf("数据日期 %s。通知第三部分要求逐户走访的对象，是走访名单，不是问题；名单见分析库的同名视图。%s。", s.AsOf.Format(time.DateOnly), Disclaimer)
	l, err := b.newList("重点排查对象", where+"重点排查对象", note, []column{
		{"序号", 5, asCount}, {"重点排查对象", 44, plain}, {"镇", 12, plain}, {"户数", 8, asCount}, {"人数", 8, asCount}, {"其中有疑点的户数", 11, asCount}, {"分析库视图", 30, plain},
	}, 7)
	if err != nil {
		return err
	}
	if err := each(ctx, db, "priority", []any{town, town}, func([]string) error { return nil }, l.add); err != nil {
		return err
	}
	return l.done(0, nil)
}

// writeChanges writes what changed for covered households since the roster's last snapshot.
func (s Settings) writeChanges(ctx context.Context, db *sql.Conn, b *book, where, town string) error {
	note := fmt.Sprintf("数据日期 %s。低保、特困名册与上一期相比的变动，供掌握情况，不是问题；户内姓名为户主。%s。", s.AsOf.Format(time.DateOnly), Disclaimer)
	l, err := b.newList("名册变动", where+"名册变动", note, []column{
		{"序号", 5, asCount}, {"镇", 9, plain}, {"村", 9, plain}, {"名册", 6, asID}, {"变动", 11, asID}, {"户编号", 12, asID}, {"姓名", 9, plain}, {"身份证号", 20, asID},
		{"变动前", 22, plain}, {"变动后", 22, plain}, {"说明", 18, plain}, {"上一期", 11, asDate}, {"变动日", 11, asDate}, {"名册、文件、行号", 40, plain},
	}, 13)
	if err != nil {
		return err
	}
	if err := each(ctx, db, "changes", []any{town, town}, func([]string) error { return nil }, l.add); err != nil {
		return err
	}
	return l.done(0, nil)
}

func (s Settings) writeCategorySheet(ctx context.Context, db *sql.Conn, b *book, where, category, town string) error {
	note := fmt.Sprintf("数据日期 %s。以下为名册比对疑点，%s；请入户核实后填写黄色各列，不要改动其他列。依据和疑点编号在表的右端，不打印。", s.AsOf.Format(time.DateOnly), Disclaimer)
	l, err := b.newList(category, where+category+"问题台账", note, ledgerColumns, printedColumn)
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
	return l.done(verdictColumn, verdicts)
}

// writeOverview writes the first sheet: what each rule found here, and which
// rules could not speak.
func (s Settings) writeOverview(ctx context.Context, db *sql.Conn, b *book, where, town string) error {
	note := fmt.Sprintf("数据日期 %s。疑点由名册比对得出，%s。未执行或暂停的规则列在表中，不等于没有问题。", s.AsOf.Format(time.DateOnly), Disclaimer)
	l, err := b.newList("概览", where+"问题台账概览", note, []column{
		{"类别", 10, plain}, {"规则", 6.5, asID}, {"问题", 26, plain}, {"执行情况", 18, plain}, {"疑点", 6, asCount}, {"户数", 6, asCount}, {"人数", 6, asCount}, {"本期新增", 8.5, asCount}, {"依据文件", 56, plain},
	}, 9)
	if err != nil {
		return err
	}
	err = each(ctx, db, "overview", []any{town, town}, func([]string) error { return nil }, l.add)
	if err != nil {
		return err
	}
	return l.done(0, nil)
}
