package pipeline

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"

	"go.uber.org/zap"

	"hedui/pipeline/fault"
)

// Notify is the command that is told how a night ended: by mail, by a message, as
// the house has it.
type Notify struct {
	Command []string // the program and its arguments, as they are: no shell sees them
	Seconds int      // after which it is ended
}

// notify runs the command with the outcome as one JSON line on its standard input.
// It changes nothing about the night: that it failed stands in the log.
func (n *night) notify(o Outcome) {
	command := n.Config.Notify.Command
	if len(command) == 0 || n.DryRun {
		return
	}
	told, err := tellOutcome(n.Config, o)
	if err == nil {
		n.Log.Info("已通知", zap.String("run_id", n.runID))
		return
	}
	f := fault.New(fault.RunNotify, "notify "+command[0], "检查 config.yaml 的 notify；核对的结果不受影响。", err)
	n.Log.Error(f.Error(), zap.String("code", string(f.Code)), zap.String("run_id", n.runID), zap.String("output", told))
}

// mostTold is how much of what the command writes is kept for the log, in bytes.
const mostTold = 2000

// tellOutcome gives the beginning of what the command wrote.
func tellOutcome(c *Config, o Outcome) (string, error) {
	text, err := json.Marshal(o)
	if err != nil {
		return "", fmt.Errorf("write outcome: %w", err)
	}
	notify := c.Notify
	// The night's own context may be cancelled: of that, too, somebody is told.
	ctx, cancel := context.WithTimeout(context.Background(), time.Duration(notify.Seconds)*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, notify.Command[0], notify.Command[1:]...)
	cmd.Stdin = bytes.NewReader(append(text, '\n'))
	var out opening
	cmd.Stdout, cmd.Stderr = &out, &out
	cmd.Dir = c.folder // as all paths of the configuration
	cmd.Env = trimmed(os.Environ())
	// A group of its own: ended with all that it started.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	cmd.WaitDelay = 2 * time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		err = fmt.Errorf("ended after %d s: %w", notify.Seconds, ctx.Err())
	}
	return out.String(), err
}

// trimmed leaves of the environment what any program needs. The password of the
// reports, for one, stays here.
func trimmed(environment []string) []string {
	return slices.DeleteFunc(slices.Clone(environment), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return !slices.Contains([]string{"PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR"}, name)
	})
}

// opening keeps the beginning of what is written to it.
type opening struct{ bytes.Buffer }

func (h *opening) Write(p []byte) (int, error) {
	_, err := h.Buffer.Write(p[:min(len(p), max(mostTold-h.Len(), 0))])
	return len(p), err
}
