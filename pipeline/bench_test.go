package pipeline

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"hedui/pipeline/warehouse"
	"hedui/sources/idnumber"
	"hedui/sources/roster"
	"hedui/sources/table"
)

const loadRows = 500_000

// BenchmarkLoad reads a roster of 500,000 rows and 12 columns out of a CSV in
// GB18030 and loads it into DuckDB, and checks that every row is there.
func BenchmarkLoad(b *testing.B) {
	for _, c := range []struct{ kind, header string }{
		{"medical_aid", "镇,村,姓名,身份证号,是否参保,参保资助,医疗总费用,报销金额,个人自付,医疗救助金额,病种,年度"},
		{"dibao", "镇,村,低保证号,户主姓名,户主身份证号,姓名,身份证号,与户主关系,低保类别,保障档次,月保障金额,享受起始年月"},
	} {
		b.Run(c.kind, func(b *testing.B) {
			path := filepath.Join(b.TempDir(), "名册.csv")
			writeLoad(b, path, c.kind, c.header)
			for b.Loop() {
				load(b, path, c.kind)
			}
			b.ReportMetric(float64(loadRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

func load(b *testing.B, path, name string) {
	ctx := context.Background()
	w, err := warehouse.Open(ctx, "", warehouse.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer w.Close()
	file, err := table.Open(ctx, path, table.Limits{})
	if err != nil {
		b.Fatal(err)
	}
	reader, err := roster.Read(ctx, file, roster.KindOf(name), roster.Options{Path: "名册.csv", Towns: []roster.Town{{Name: "上板城镇"}, {Name: "冯营子镇"}, {Name: "双峰寺镇"}}})
	if err != nil {
		b.Fatal(err)
	}
	if err := w.Load(ctx, "read_"+name, reader.Rows()); err != nil {
		b.Fatal(err)
	}
	var rows, valid int
	err = w.Conn().QueryRowContext(ctx, "SELECT count(*), count(*) FILTER (WHERE id_state <> 'missing' AND town IN ('上板城镇', '冯营子镇', '双峰寺镇')) FROM read_"+name).Scan(&rows, &valid)
	if err != nil || rows != loadRows || valid != loadRows {
		b.Fatal(rows, valid, err)
	}
}

func writeLoad(b *testing.B, path, kind, header string) {
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(simplifiedchinese.GB18030.NewEncoder().Writer(out))
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	fmt.Fprintln(w, header)
	var headName, headID string
	for i := range loadRows {
		first := fmt.Sprintf("1308%02d19%02d%02d%02d%03d", 90+r.IntN(10), r.IntN(100), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000))
		id := first + string(idnumber.CheckDigit(first))
		name := pick("张", "王", "李", "赵") + pick("一", "二", "三", "四") + pick("甲", "乙", "丙", "")
		if i%3 == 0 {
			headName, headID = name, id
		}
		place := fmt.Sprintf("%s,%d村", pick("上板城镇", "承德高新区冯营子镇", "双峰寺"), r.IntN(40))
		switch kind {
		case "medical_aid":
			fmt.Fprintf(w, "%s,%s,%s,%s,%s,%d.%02d,%d.00,%d,%d,%s,2020\n", place, name, id, pick("是", "否"), pick("是", "否", "280"),
				r.IntN(50000), r.IntN(100), r.IntN(30000), r.IntN(20000), r.IntN(5000), pick("肺炎", "高血压", "", "尿毒症"))
		case "dibao":
			fmt.Fprintf(w, "%s,D%07d,%s,%s,%s,%s,%s,%s,%s,%d.00,%s\n", place, i/3, headName, headID, name, id,
				pick("户主", "配偶", "之子"), pick("农村低保", "城市低保"), pick("A类", "B类", "C类"), 240+r.IntN(900), pick("2020年5月", "202011", "2019.3"))
		}
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
}
