package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline"
	"hedui/pipeline/peaktest"
)

// BenchmarkChange runs nights after the first, in whose inbox nothing changed, or one
// roster in one row of a thousand: the smallest roster and the largest. It tells the
// seconds of each stage, and how much each night added to the warehouse.
func BenchmarkChange(b *testing.B) {
	for _, c := range []struct{ name, file string }{{"nothing", ""}, {"dibao", "低保.csv"}, {"medical_aid", "医疗救助和参保.csv"}} {
		b.Run(c.name, func(b *testing.B) {
			month := cleanDistrict(b, benchPersons(b))
			firstNight(b, month)
			config, err := pipeline.LoadConfig(filepath.Join(month, "..", "config.yaml"))
			if err != nil {
				b.Fatal(err)
			}
			config.Paths.Inbox = filepath.Join(month, "inbox")
			config.Limits.StaleDays = 0 // a round is a day, and the rosters grow older
			before := fileSize(b, config.Paths.Warehouse)
			debug.FreeOSMemory()
			peaktest.Forget(b)
			seconds, day := means{}, time.Date(2021, 5, 10, 0, 0, 0, 0, time.UTC)
			for b.Loop() {
				b.StopTimer()
				day = day.AddDate(0, 0, 1)
				if c.file != "" {
					moveHouse(b, filepath.Join(config.Paths.Inbox, c.file), day)
				}
				b.StartTimer()
				m, err := pipeline.Run(context.Background(), pipeline.Options{Config: config, AsOf: day, Version: "bench", Log: zap.NewNop(), Now: time.Now})
				if err != nil {
					b.Fatal(err)
				}
				fresh, took := 0, map[string]float64{}
				for _, r := range m.Rosters {
					if r.Status == "新读入" && r.Added > 0 {
						fresh++
					}
				}
				if want := min(len(c.file), 1); fresh != want {
					b.Fatalf("%d rosters changed, want %d", fresh, want)
				}
				for _, s := range m.Stages {
					took[s.Stage] = s.Seconds
				}
				seconds.add(took)
			}
			seconds.report(b)
			b.ReportMetric(peaktest.Megabytes(b), "MB-peak")
			b.ReportMetric((fileSize(b, config.Paths.Warehouse)-before)/float64(b.N)/1e6, "MB-grown")
		})
	}
}

// moveHouse gives one row in a thousand of a roster another village, its second column.
func moveHouse(b *testing.B, path string, day time.Time) {
	data, err := os.ReadFile(path)
	if err != nil {
		b.Fatal(err)
	}
	lines := bytes.Split(data, []byte("\n"))
	for i := 1 + day.YearDay()%min(1000, len(lines)-2); i < len(lines); i += 1000 {
		cells := bytes.Split(lines[i], []byte(","))
		if len(cells) > 1 {
			cells[1] = fmt.Appendf(nil, "%d村", day.YearDay())
			lines[i] = bytes.Join(cells, []byte(","))
		}
	}
	if err := os.WriteFile(path, bytes.Join(lines, []byte("\n")), 0o600); err != nil {
		b.Fatal(err)
	}
}

func fileSize(b *testing.B, path string) float64 {
	info, err := os.Stat(path)
	if err != nil {
		b.Fatal(err)
	}
	return float64(info.Size())
}
