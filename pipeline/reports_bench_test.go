package pipeline

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/peaktest"
	"hedui/sources/idnumber"
)

// BenchmarkReports writes every report of a night that finds 100,000 problems and
// more in 20 towns, and tells the stage's seconds by the clock and of processors, the
// process's peak memory during it, and the size of what it wrote.
func BenchmarkReports(b *testing.B) {
	dir := b.TempDir()
	config := filepath.Join(dir, "config.yaml")
	text := `district: 试验区
sources:
  registered_poor: {files: ["*建档立卡*"]}
  dibao: {files: ["*低保*"]}
  tekun: {files: ["*特困*"]}
  school: {files: ["*在校*"]}
limits: {memory: 512MB, canaries: false}
reports: {due: 2021-06-15}
`
	inbox := filepath.Join(dir, "data", "inbox")
	if err := os.MkdirAll(inbox, 0o700); err != nil {
		b.Fatal(err)
	}
	for path, content := range map[string]string{
		config:                           text,
		filepath.Join(inbox, "农村低保.csv"): "镇,村,低保证号,姓名,身份证号,与户主关系,低保类别,保障档次,月保障金额\n1镇,1村,D1,张三,130890196001010016,户主,农村低保,A,442\n",
		filepath.Join(inbox, "特困供养.csv"): "镇,村,姓名,身份证号,月供养金,自理能力\n1镇,1村,李四,130890195001010012,700,全自理\n",
		filepath.Join(inbox, "在校学生.csv"): "姓名,身份证号,学校,学段,就读状态\n王五,130890200501010010,试验中学,高中,在校\n",
		filepath.Join(inbox, "建档立卡.csv"): manyTroubles(20, 17_000),
	} {
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			b.Fatal(err)
		}
	}
	c, err := LoadConfig(config)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := os.RemoveAll(c.Paths.Out); err != nil {
			b.Fatal(err)
		}
		var worked time.Duration
		day := time.Date(2021, 6, 10, 0, 0, 0, 0, time.UTC)
		m, err := Run(context.Background(), Options{Config: c, AsOf: day, Version: "bench", Log: zap.NewNop(), Now: time.Now, after: func(stage string) error {
			if stage == "record" { // forget the peak of the stages before
				worked = processorTime(b)
				peaktest.Forget(b)
			}
			if stage == "report" {
				b.ReportMetric(peaktest.Megabytes(b), "MB-peak")
				b.ReportMetric((processorTime(b) - worked).Seconds(), "cpu-s/report")
			}
			return nil
		}})
		if err != nil {
			b.Fatal(err)
		}
		if m.Findings < 100_000 || len(m.Files) < 160 {
			b.Fatalf("%d findings, %d files", m.Findings, len(m.Files))
		}
		if lines := linesOf(b, filepath.Join(c.Paths.Out, "2021-06-10", "全区", "findings.csv")); lines != m.Findings+1 {
			b.Fatalf("%d findings, findings.csv has %d lines", m.Findings, lines)
		}
		for _, s := range m.Stages {
			if s.Stage == "report" {
				b.ReportMetric(s.Seconds, "s/report")
			}
		}
		b.ReportMetric(megabytes(b, c.Paths.Out), "MB-written")
	}
}

// manyTroubles is a roster of poor households without insurance, income or a safe house.
func manyTroubles(towns, households int) string {
	var w strings.Builder
	r := rand.New(rand.NewPCG(1, 2))
	w.WriteString("镇,村,户编号,姓名,身份证号,与户主关系,户类型,风险是否消除,家庭人均纯收入,是否参加城乡居民基本养老保险,住房是否安全\n")
	for h := range households {
		town := h % towns
		village := r.IntN(40)
		for i, relation := range []string{"户主", "配偶", "之子", "之女"} {
			born := []int{1965, 1967, 1990, 1993}[i]
			first := fmt.Sprintf("1308%02d%04d%02d%02d%03d", 90+r.IntN(10), born+r.IntN(3), 1+r.IntN(12), 1+r.IntN(28), r.IntN(1000))
			fmt.Fprintf(&w, "%d镇,%d村,%d,王%c%c,%s%c,%s,脱贫户,否,%d,否,否\n", town+1, village+1, h,
				rune('一'+r.IntN(4000)), rune('一'+r.IntN(4000)), first, idnumber.CheckDigit(first), relation, 4000+r.IntN(1900))
		}
	}
	return w.String()
}

// linesOf counts a CSV's records.
func linesOf(b *testing.B, path string) int64 {
	f, err := os.Open(path)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	reader, lines := csv.NewReader(f), int64(0)
	for reader.ReuseRecord = true; ; lines++ {
		if _, err := reader.Read(); err == io.EOF {
			return lines
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// processorTime is what the process has used, on all cores together: of a machine that
// others use too, a better measure than the clock.
func processorTime(b *testing.B) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

func megabytes(b *testing.B, dir string) float64 {
	var size int64
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		size += info.Size()
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	return float64(size) / 1e6
}
