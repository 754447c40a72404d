package main

import (
	"fmt"
	"os"
	"strconv"

	"golang.org/x/sys/unix"

	"hedui/pipeline/fault"
)

// beNice gives the whole program the lowest priority for processors and the idle one
// for disks. Linux keeps both by thread: those there are get it, and those to come
// have it from the thread that makes them.
func beNice() error {
	const lowest = 19
	const ofThread, idle = 1, 3 << 13 // IOPRIO_WHO_PROCESS, IOPRIO_CLASS_IDLE
	done := map[int]bool{}
	for before := -1; before < len(done); { // until no thread came in between
		before = len(done)
		threads, err := os.ReadDir("/proc/self/task")
		if err != nil {
			return fault.New(fault.Usage, "--nice", "去掉 --nice，或用 nice、ionice 命令运行。", fmt.Errorf("list threads: %w", err))
		}
		for _, entry := range threads {
			id, err := strconv.Atoi(entry.Name())
			if err != nil || done[id] {
				continue
			}
			done[id] = true
			if err := unix.Setpriority(unix.PRIO_PROCESS, id, lowest); err != nil && err != unix.ESRCH {
				return fault.New(fault.Usage, "--nice", "去掉 --nice，或用 nice、ionice 命令运行。", fmt.Errorf("lower priority: %w", err))
			}
			// Not every kernel and disk knows it: what it knows not it cannot be asked for.
			_, _, _ = unix.Syscall(unix.SYS_IOPRIO_SET, ofThread, uintptr(id), idle)
		}
	}
	return nil
}
