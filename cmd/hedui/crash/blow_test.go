package crash

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// A blow falls on the Nth time that the program under test is about to change a
// file in one way: before the system call, so that what it would have done is not done.
type blow struct {
	Folder  string // what stands outside of it is not counted
	Op      string // the system call; empty: none is struck, all are told
	Class   string // of the file, see class
	N       int    // from 1
	Effect  string // kill, or the error that the call and, where Lasting, all later ones give
	Lasting bool
}

// struck is what became of it.
type struck struct {
	Struck bool
	Calls  []string // "op class" of every change, in order
}

var effects = map[string]unix.Errno{"ENOSPC": unix.ENOSPC, "EIO": unix.EIO, "EROFS": unix.EROFS}

// watched are the system calls that change files, by number.
var watched = map[uint64]string{
	unix.SYS_OPENAT: "open", unix.SYS_WRITE: "write", unix.SYS_PWRITE64: "pwrite", unix.SYS_WRITEV: "writev",
	unix.SYS_FSYNC: "fsync", unix.SYS_FDATASYNC: "fsync", unix.SYS_FTRUNCATE: "truncate",
	unix.SYS_RENAME: "rename", unix.SYS_RENAMEAT: "rename", unix.SYS_RENAMEAT2: "rename",
	unix.SYS_UNLINK: "unlink", unix.SYS_UNLINKAT: "unlink", unix.SYS_RMDIR: "unlink",
	unix.SYS_MKDIR: "mkdir", unix.SYS_MKDIRAT: "mkdir", unix.SYS_FCHMOD: "chmod",
}

// full and readOnly are what a disk without space, or that may not be written, refuses;
// to cut a file short takes no space.
var (
	full     = []string{"open", "write", "pwrite", "writev", "fsync", "mkdir"}
	readOnly = []string{"open", "write", "pwrite", "writev", "fsync", "truncate", "mkdir", "rename", "unlink", "chmod"}
)

const (
	roleTracer   = "tracer"
	roleLauncher = "launcher"
)

// strike runs a command under a tracer, which is this test's own program. The exit
// status is the command's, 137 where it was killed.
func strike(b blow, command ...string) (struck, int, string, error) {
	var told struck
	report, err := os.CreateTemp("", "blow")
	if err != nil {
		return told, 0, "", err
	}
	defer os.Remove(report.Name())
	defer report.Close()
	text, err := json.Marshal(b)
	if err != nil {
		return told, 0, "", err
	}
	cmd := exec.Command(os.Args[0], command...)
	cmd.Env = append(os.Environ(), "CRASH_ROLE="+roleTracer, "CRASH_BLOW="+string(text), "CRASH_REPORT="+report.Name())
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return told, 0, "", err
	}
	data, err := os.ReadFile(report.Name())
	if err != nil {
		return told, 0, "", err
	}
	if err := json.Unmarshal(data, &told); err != nil {
		return told, 0, "", fmt.Errorf("tracer told nothing: %w: %s", err, out)
	}
	return told, cmd.ProcessState.ExitCode(), string(out), nil
}

// launch lets the kernel stop this program at the watched calls alone, and becomes the command.
func launch() error {
	runtime.LockOSThread()
	numbers := make([]uint64, 0, len(watched))
	for n := range watched {
		numbers = append(numbers, n)
	}
	slices.Sort(numbers)
	filter := []unix.SockFilter{{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: 0}}
	for i, n := range numbers {
		filter = append(filter, unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: uint32(n), Jt: uint8(len(numbers) - i)})
	}
	filter = append(filter,
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_ALLOW},
		unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: unix.SECCOMP_RET_TRACE})
	program := unix.SockFprog{Len: uint16(len(filter)), Filter: &filter[0]}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return err
	}
	if err := unix.Prctl(unix.PR_SET_SECCOMP, unix.SECCOMP_MODE_FILTER, uintptr(unsafe.Pointer(&program)), 0, 0); err != nil {
		return err
	}
	return syscall.Exec(os.Args[1], os.Args[1:], os.Environ())
}

// tracer strikes one blow.
type tracer struct {
	blow
	pid     int
	seen    int
	failing bool // the error lasts
	told    struck
}

// trace runs the command in os.Args and gives its exit status.
func trace() (int, error) {
	runtime.LockOSThread()
	t := &tracer{}
	if err := json.Unmarshal([]byte(os.Getenv("CRASH_BLOW")), &t.blow); err != nil {
		return 0, err
	}
	cmd := exec.Command(os.Args[0], os.Args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "CRASH_ROLE="+roleLauncher)
	cmd.SysProcAttr = &syscall.SysProcAttr{Ptrace: true}
	if err := cmd.Start(); err != nil {
		return 0, err
	}
	t.pid = cmd.Process.Pid
	var ws syscall.WaitStatus
	if _, err := syscall.Wait4(t.pid, &ws, 0, nil); err != nil {
		return 0, err
	}
	options := unix.PTRACE_O_EXITKILL | unix.PTRACE_O_TRACECLONE | unix.PTRACE_O_TRACEFORK | unix.PTRACE_O_TRACEVFORK | unix.PTRACE_O_TRACEEXEC | unix.PTRACE_O_TRACESECCOMP
	if err := unix.PtraceSetOptions(t.pid, options); err != nil {
		return 0, err
	}
	if err := unix.PtraceCont(t.pid, 0); err != nil {
		return 0, err
	}
	status, err := t.follow()
	if err != nil {
		return 0, err
	}
	data, err := json.Marshal(t.told)
	if err != nil {
		return 0, err
	}
	return status, os.WriteFile(os.Getenv("CRASH_REPORT"), data, 0o600)
}

func (t *tracer) follow() (int, error) {
	for {
		var ws syscall.WaitStatus
		tid, err := syscall.Wait4(-1, &ws, unix.WALL, nil)
		switch {
		case errors.Is(err, unix.EINTR):
			continue
		case err != nil:
			return 0, err
		case ws.Exited() && tid == t.pid:
			return ws.ExitStatus(), nil
		case ws.Signaled() && tid == t.pid:
			return 128 + int(ws.Signal()), nil
		case !ws.Stopped():
			continue
		}
		signal := 0
		switch {
		case ws.StopSignal() == syscall.SIGTRAP && ws.TrapCause() == unix.PTRACE_EVENT_SECCOMP:
			if err := t.call(tid); err != nil && !errors.Is(err, unix.ESRCH) {
				return 0, err
			}
		case ws.StopSignal() == syscall.SIGTRAP, ws.StopSignal() == syscall.SIGSTOP: // an event, or a new thread
		default:
			signal = int(ws.StopSignal())
		}
		if err := unix.PtraceCont(tid, signal); err != nil && !errors.Is(err, unix.ESRCH) {
			return 0, err
		}
	}
}

// call looks at a watched call before it is made.
func (t *tracer) call(tid int) error {
	var regs unix.PtraceRegs
	if err := unix.PtraceGetRegs(tid, &regs); err != nil {
		return err
	}
	op := watched[regs.Orig_rax]
	path := t.path(tid, op, &regs)
	name, inside := strings.CutPrefix(path, t.Folder+"/")
	if !inside {
		return nil
	}
	name = class(name)
	if t.told.Calls = append(t.told.Calls, op+" "+name); t.failing {
		if t.Effect == "ENOSPC" && op == "open" {
			if _, err := os.Stat(path); err == nil { // it takes no space
				return nil
			}
		}
		if refused := map[string][]string{"ENOSPC": full, "EROFS": readOnly}[t.Effect]; slices.Contains(refused, op) {
			return t.refuse(tid, &regs)
		}
		return nil
	}
	if op != t.Op || name != t.Class {
		return nil
	}
	if t.seen++; t.seen != t.N {
		return nil
	}
	t.told.Struck = true
	if t.Effect == "kill" {
		return unix.Kill(t.pid, unix.SIGKILL)
	}
	t.failing = t.Lasting
	return t.refuse(tid, &regs)
}

// refuse lets the call give the blow's error without being made.
func (t *tracer) refuse(tid int, regs *unix.PtraceRegs) error {
	regs.Orig_rax = ^uint64(0)
	regs.Rax = -uint64(effects[t.Effect])
	return unix.PtraceSetRegs(tid, regs)
}

// path is the file that a call is about; empty for an open that only reads.
func (t *tracer) path(tid int, op string, regs *unix.PtraceRegs) string {
	first := map[uint64]uint64{unix.SYS_RENAME: regs.Rdi, unix.SYS_UNLINK: regs.Rdi, unix.SYS_RMDIR: regs.Rdi, unix.SYS_MKDIR: regs.Rdi}
	switch op {
	case "open":
		if regs.Rdx&(unix.O_WRONLY|unix.O_RDWR|unix.O_CREAT) == 0 {
			return ""
		}
		return text(tid, regs.Rsi)
	case "rename", "unlink", "mkdir":
		at, ok := first[regs.Orig_rax]
		if !ok {
			at = regs.Rsi
		}
		return text(tid, at)
	}
	path, err := os.Readlink(fmt.Sprintf("/proc/%d/fd/%d", t.pid, regs.Rdi))
	if err != nil {
		return ""
	}
	return path
}

// text reads a path out of the traced program.
func text(tid int, at uint64) string {
	buffer := make([]byte, 4096)
	n := 0
	for n < len(buffer) { // to the end of a page, and no further than there is
		room := min(len(buffer)-n, 4096-int((at+uint64(n))%4096))
		got, err := unix.ProcessVMReadv(tid,
			[]unix.Iovec{{Base: &buffer[n], Len: uint64(room)}},
			[]unix.RemoteIovec{{Base: uintptr(at) + uintptr(n), Len: room}}, 0)
		if err != nil || got <= 0 {
			break
		}
		if i := slices.Index(buffer[n:n+got], 0); i >= 0 {
			return string(buffer[:n+i])
		}
		n += got
	}
	return ""
}

var inOut = regexp.MustCompile(`^data/out/(\.new-)?[^/]+(/.+)?$`)

// class is a file's name without the day and the township.
func class(name string) string {
	name = strings.TrimSuffix(name, " (deleted)")
	if m := inOut.FindStringSubmatch(name); m != nil {
		folder := "data/out/" + m[1] + "DAY"
		switch {
		case m[2] == "":
			return folder
		case filepath.Ext(m[2]) == "":
			return folder + "/TOWN"
		}
		return folder + "/*" + filepath.Ext(m[2])
	}
	return name
}
