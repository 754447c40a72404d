package roster

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"hedui/sources/table"
)

const benchRows = 300_000

// BenchmarkRead reads a roster of 300,000 rows and 15 columns from its file to the
// last batch, and checks that every row arrived.
func BenchmarkRead(b *testing.B) {
	path := filepath.Join(b.TempDir(), "低保.csv")
	writeBench(b, path)
	k := kind(b, "dibao")
	opt := Options{Path: "低保.csv", Towns: []Town{{Name: "上板城镇"}, {Name: "冯营子镇"}, {Name: "双峰寺镇"}}}
	for b.Loop() {
		f, err := table.Open(context.Background(), path, table.Limits{})
		if err != nil {
			b.Fatal(err)
		}
		r, err := Read(context.Background(), f, k, opt)
		if err != nil {
			b.Fatal(err)
		}
		rows := r.Rows()
		n := 0
		for rows.Next() {
			n += int(rows.Record().NumRows())
		}
		rows.Release()
		if err := rows.Err(); err != nil || n != benchRows {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(benchRows)*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

func writeBench(b *testing.B, path string) {
	out, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriter(out)
	r := rand.New(rand.NewPCG(1, 2))
	pick := func(words ...string) string { return words[r.IntN(len(words))] }
	fmt.Fprintln(w, "序号,镇,村,低保证号,户主姓名,户主身份证号,姓名,身份证号,与户主关系,低保类别,保障档次,享受人数,月保障金额,享受起始年月,状态")
	var headName, headID string
	for i := range benchRows {
		id := withCheck(fmt.Sprintf("1308%02d19%02d%02d%02d%03d", 90+r.IntN(10), r.IntN(100), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000)))
		name := pick("张", "王", "李", "赵") + pick("一", "二", "三", "四") + pick("甲", "乙", "丙", "")
		if i%3 == 0 {
			headName, headID = name, id
		}
		fmt.Fprintf(w, "%d,%s,%d村,D%07d,%s,%s,%s,%s,%s,%s,%s,%d,%d.00,%s,%s\n", i+1, pick("上板城镇", "承德高新区冯营子镇", "双峰寺"), r.IntN(40), i/3, headName, headID, name, id,
			pick("户主", "配偶", "之子"), pick("农村低保", "城市低保"), pick("A类", "B类", "C类"), 1+r.IntN(4), 240+r.IntN(900), pick("2020年5月", "202011", "2019.3"), pick("在保", "正常", "停保"))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if err := out.Close(); err != nil {
		b.Fatal(err)
	}
}
