package reports

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"slices"
	"time"
)

// ledgerColumns are those of the query ledger. The verdict's come before the
// evidence: a clerk writes there, and reads on only where in doubt. The key
// columns name the finding to whoever reads the workbook back.
var ledgerColumns = []column{
	{"序号", 4.5, asCount}, {"先后", 4.5, asCount}, {"镇", 8, keyText}, {"村", 8, plain}, {"户编号", 9.5, keyID}, {"姓名", 7.5, keyText}, {"身份证号", 17.5, keyID},
	{"问题", 14, keyText}, {"严重程度", 5, asID}, {"可信度", 5, asID}, {"准确率", 12, asID}, {"状态", 6, asID}, {"疑点说明", 26, plain}, {"核查要点", 23, plain},
	{"涉及人数", 5, asCount}, {"涉及金额(元/月)", 9, asMoney}, {"首次发现", 10, asDate},
	{"核查结论", 9, verdict}, {"整改措施", 22, verdict}, {"整改成效", 22, verdict}, {"完成日期", 11, verdict}, {"核查人", 9, verdict},
	{"依据（名册、文件、行号）", 60, plain}, {"疑点编号", 19, keyID},
}

const verdictColumn = 18 // 核查结论, from 1

// ledgerSpread: the first page says what to look into, the second whom it is about again
// and what came of it, with room to write by hand. What follows 核查人 is read on the screen.
var ledgerSpread = spread{printed: 22, both: 6, first: 14}

// watchedSheet holds the findings of the rules that are watched (queries/work.sql).
const watchedSheet = "观察"

// writeLedger writes 问题台账: what changed, what each rule found, then one sheet a
// category, by village and household.
func (s Settings) writeLedger(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
	b, err := s.newBook()
	if err != nil {
		return err
	}
	where := s.District
	if town != "" {
		where = town
	}
	l := ledgerBook{Settings: s, book: b, db: db, where: where, town: town}
	sheets := slices.Clone(s.Categories)
	if s.WatchBelow > 0 {
		sheets = append(sheets, watchedSheet)
	}
	if err := l.writeOverview(ctx); err != nil {
		return fmt.Errorf("write 概览: %w", err)
	}
	for _, name := range sheets {
		if err := l.writeFindings(ctx, name); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	for _, t := range ledgerTables {
		if err := l.writeTable(ctx, t); err != nil {
			return fmt.Errorf("write %s: %w", t.name, err)
		}
	}
	return b.save(w)
}

// ledgerBook is 问题台账 of one town, or of the district, under way.
type ledgerBook struct {
	Settings
	book        *book
	db          *sql.Conn
	where, town string
}

// table is a sheet of the ledger that is a query's rows, to be read only.
type table struct {
	name, title, note, query string
	printed                  int
	columns                  []column
}

var ledgerTables = []table{
	{"规则", "各规则的疑点和准确率", "准确率是核查过的疑点中属实的比例，括号里是95%的可信区间；未执行、暂停或缺名册、缺列的规则列在表中，不等于没有问题", "overview", 9, []column{
		{"类别", 10, plain}, {"规则", 6.5, asID}, {"问题", 26, plain}, {"执行情况", 18, plain}, {"疑点", 6, asCount}, {"户数", 6, asCount}, {"人数", 6, asCount}, {"本期新增", 8.5, asCount},
		{"准确率", 36, plain}, {"依据文件", 56, plain},
	}},
	{"重点排查对象", "重点排查对象", "通知第三部分要求逐户走访的对象，是走访名单，不是问题；名单见分析库的同名视图", "priority", 7, []column{
		{"序号", 5, asCount}, {"重点排查对象", 44, plain}, {"镇", 12, plain}, {"户数", 8, asCount}, {"人数", 8, asCount}, {"其中有疑点的户数", 11, asCount}, {"分析库视图", 30, plain},
	}},
	{"名册变动", "名册变动", "低保、特困名册与上一期相比的变动，供掌握情况，不是问题；户内姓名为户主", "changes", 13, []column{
		{"序号", 5, asCount}, {"镇", 9, plain}, {"村", 9, plain}, {"名册", 6, asID}, {"变动", 11, asID}, {"户编号", 10, asID}, {"姓名", 8, plain}, {"身份证号", 17.5, asID},
		{"变动前", 22, plain}, {"变动后", 22, plain}, {"说明", 18, plain}, {"上一期", 10, asDate}, {"变动日", 10, asDate}, {"名册、文件、行号", 40, plain},
	}},
	{"已了结", "已了结的疑点", "核查排除的、名册中已经消除的和整改完成的疑点，只供查阅，不用填写", "settled", 12, []column{
		{"序号", 5, asCount}, {"镇", 9, plain}, {"村", 9, plain}, {"户编号", 10, asID}, {"姓名", 8, plain}, {"身份证号", 17.5, asID}, {"问题", 18, plain}, {"疑点说明", 34, plain},
		{"结果", 10, asID}, {"日期", 10, asDate}, {"说明", 18, plain}, {"首次发现", 10, asDate}, {"疑点编号", 19, asID},
	}},
}

func (b ledgerBook) writeTable(ctx context.Context, t table) error {
	note := fmt.Sprintf("数据日期 %s。%s。%s。", b.AsOf.Format(time.DateOnly), t.note, disclaimer)
	l := &list{book: b.book, name: t.name, title: b.where + t.title, note: note, columns: t.columns, spread: spread{printed: t.printed}, filtered: true}
	return l.write(ctx, b.db, t.query, sql.Named("town", b.town))
}

// writeFindings writes the findings of one category, to be filled in.
func (b ledgerBook) writeFindings(ctx context.Context, name string) error {
	day := b.AsOf.Format(time.DateOnly)
	if b.Run > 1 { // feedback tells by it which facts the sheet shows
		day += fmt.Sprintf("（当日第%d次运行）", b.Run)
	}
	note := fmt.Sprintf("数据日期 %s。以下为名册比对疑点，%s；请入户核实后填写黄色各列。灰色各列锁定，不能改；要重新排序，先点“审阅”里的“撤消工作表保护”（没有密码）。准确率一格依次为属实的比例、95%%可信区间、属实数/核查数。依据和疑点编号在表的右端，不打印。", day, disclaimer)
	if name == watchedSheet {
		note = fmt.Sprintf("本表各规则在全区核查后属实的比例低于%s（按95%%区间上限），先少量抽查，不必逐户走访。", Percent(b.WatchBelow)) + note
	}
	l := &list{book: b.book, name: name, title: b.where + name + "问题台账", note: note, columns: ledgerColumns, spread: ledgerSpread,
		filtered: true, verdictAt: verdictColumn, verdicts: b.Verdicts}
	return l.write(ctx, b.db, "ledger", sql.Named("sheet", name), sql.Named("town", b.town))
}

// writeOverview writes the first sheet: in ten lines what changed since the last
// ledger, what is left to do, and until when.
func (b ledgerBook) writeOverview(ctx context.Context) error {
	note := fmt.Sprintf("数据日期 %s。疑点由名册比对得出，%s。", b.AsOf.Format(time.DateOnly), disclaimer)
	l := &list{book: b.book, name: "概览", title: b.where + "问题台账：本期变化", note: note,
		columns: []column{{"事项", 16, asID}, {"数量", 9, asCount}, {"说明", 100, plain}}, spread: spread{printed: 3}}
	if err := l.begin(); err != nil {
		return err
	}
	changed, err := collect(ctx, b.db, "since", func(c *since) []any {
		return []any{&c.last, &c.opened, &c.openedTold, &c.cleared, &c.clearedTold, &c.rectified, &c.reopened, &c.confirmed, &c.dismissed,
			&c.waiting, &c.waitingTold, &c.unmended, &c.oldest, &c.oldestDays, &c.overMonth, &c.visits, &c.uncovered, &c.watched}
	}, sql.Named("town", b.town))
	if err != nil {
		return err
	}
	for _, c := range changed {
		for _, line := range b.changes(c) {
			if err := l.add(line[:]); err != nil {
				return err
			}
		}
	}
	return l.end()
}

// since is the one row of the query since. What is told is by category, and empty where
// there is nothing to tell.
type since struct {
	last, oldest                         sql.NullTime // null: this is the first ledger; nothing stands open
	opened, cleared, waiting             int64
	openedTold, clearedTold, waitingTold string
	rectified, reopened                  int64
	confirmed, dismissed, unmended       int64
	oldestDays, overMonth                int64
	visits, uncovered, watched           int64
}

// changes are the ten lines that say it.
func (b ledgerBook) changes(c since) [][3]any {
	compared := "第一次编制，没有上期可比"
	if c.last.Valid {
		compared = "与 " + c.last.Time.Format(time.DateOnly) + " 相比；以下“新增”“消除”都从那天算起"
	}
	age := "没有未了结的疑点"
	if c.oldest.Valid {
		age = fmt.Sprintf("最久的自 %s 起，已%d天", c.oldest.Time.Format(time.DateOnly), c.oldestDays)
	}
	made := [][3]any{
		{"与上期相比", nil, compared},
		{"新增疑点", c.opened, c.openedTold},
		{"已经消除", c.cleared, told(fmt.Sprintf("其中整改完成%d个", c.rectified), c.clearedTold)},
		{"再次出现", c.reopened, "消除或排除过、又出现的，状态写“再次出现”"},
		{"已收到核查结论", c.confirmed + c.dismissed, fmt.Sprintf("上期以来：属实%d个，排除%d个；属实而尚未整改完成的现有%d个", c.confirmed, c.dismissed, c.unmended)},
		{"仍待核实", c.waiting, c.waitingTold},
		{"未了结超过30天", c.overMonth, age},
		{"完成时限", nil, b.deadline()},
		{"需走访户数", c.visits, fmt.Sprintf("同户的疑点一次走访核完，户内见《入户核查表》；另有未纳入保障的建档立卡及监测户%d户没有待走访核实的疑点，通知要求逐户走访", c.uncovered)},
		{"走访先后", nil, "各表“先后”一列，同户同号，1最先：严重程度×可信度×规则准确率×涉及金额×未了结时长，同户相加，大的在前；数据质量由报送部门改正，不用走访"},
	}
	if b.WatchBelow > 0 {
		made = append(made, [3]any{"观察", c.watched, "列在“观察”表：所属规则准确率低于" + Percent(b.WatchBelow) + "，先抽查，不计入走访户数"})
	}
	return made
}

// told joins a remark and the counts by category, if there are any.
func told(remark, counts string) string {
	if counts == "" {
		return remark
	}
	return remark + "；" + counts
}

// deadline says how long there is still time.
func (s Settings) deadline() string {
	if s.Due.IsZero() {
		return "按通知执行（在配置 reports.due 写明日期后，这里显示剩余天数）"
	}
	return s.Due.Format(time.DateOnly) + "，" + left(s.AsOf, s.Due)
}
