package reports

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"time"
)

// sampleColumns are those of an audit list; it is read back like a town's workbook.
var sampleColumns = []column{
	{"序号", 4.5, asCount}, {"镇", 8, keyText}, {"村", 8, plain}, {"户编号", 9.5, keyID}, {"姓名", 7.5, keyText}, {"身份证号", 17.5, keyID},
	{"问题", 18, keyText}, {"疑点说明", 32, plain}, {"核查要点", 26, plain},
	{"核查结论", 9, verdict}, {"整改措施", 22, verdict}, {"整改成效", 22, verdict}, {"完成日期", 11, verdict}, {"核查人", 9, verdict}, {"疑点编号", 19, keyID},
}

const sampleVerdict = 10 // 核查结论, from 1

// WriteSample writes the audit list in the temporary table sampled, of one town or,
// where it is empty, of all.
func (s Settings) WriteSample(ctx context.Context, db *sql.Conn, w io.Writer, town, seed string) error {
	write := func(ctx context.Context, db *sql.Conn, w io.Writer, town string) error {
		return s.writeSample(ctx, db, w, town, seed)
	}
	return s.guard(write, ".xlsx")(ctx, db, w, town)
}

func (s Settings) writeSample(ctx context.Context, db *sql.Conn, w io.Writer, town, seed string) error {
	b, err := s.newBook()
	if err != nil {
		return err
	}
	note := fmt.Sprintf("数据日期 %s，随机种子 %s。随机抽取的疑点，含已排除和已消除的；请由没有参加过原核查的人入户，只填黄色各列。%s。", s.AsOf.Format(time.DateOnly), seed, disclaimer)
	l := &list{book: b, name: "抽查", title: town + "疑点抽查表", note: note, columns: sampleColumns,
		spread: spread{printed: len(sampleColumns), both: 5, first: 9}, filtered: true, verdictAt: sampleVerdict, verdicts: s.Verdicts}
	if err := l.write(ctx, db, "sample"); err != nil {
		return err
	}
	return b.save(w)
}
