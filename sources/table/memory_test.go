package table_test

import (
	"runtime"
	"time"
)

// peakHeap gives the most bytes that were held while run ran, above those
// before it.
func peakHeap(run func()) uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	before, peak := stats.HeapInuse, uint64(0)
	stop, stopped := make(chan bool), make(chan bool)
	go func() {
		defer close(stopped)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
			}
			var stats runtime.MemStats
			runtime.ReadMemStats(&stats)
			if stats.HeapInuse > before {
				peak = max(peak, stats.HeapInuse-before)
			}
		}
	}()
	run()
	close(stop)
	<-stopped
	return peak
}
