// Command hedui (核对) compares the lists of a district's poor and protected
// people, nightly, and tells each township whom to visit.
//
// One file a subcommand; each is its flags and a call into package pipeline.
// Exit status: 0 good; 1 a run failed, nothing published; 2 usage or
// configuration; 3 good, but some input was refused; 4 another run is under way.
// hedui status alone has two more: 5 what is published is old; 6 no run yet.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// errWarnings ends a good run that met refused input with exit status 3.
var errWarnings = errors.New("run ended with warnings")

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// Whatever is written is its owner's alone, DuckDB's own files too, until it is published.
	syscall.Umask(0o077)
	ctx, stop := stoppable()
	defer stop()
	root := &cobra.Command{
		Use:   "hedui",
		Short: "核对：救助保障名册比对",
		Long:  "核对把扶贫、低保、特困、残联、医保、教育等名册按身份证号比对，找出疑似漏保、错保、错退和补贴未落实的人员，按镇编制台账。\n结果仅供核查使用，不作为停发依据。",

		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(newRun(), newCheck(), newPeek(), newPerson(), newPlan(), newFeedback(), newAudit(), newReport(), newBackup(), newRestore(), newSample(), newSummary(), newStatus(), newRules(), newDemo(), newVersion())
	tellInChinese(root)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(&plain{Writer: stdout})
	root.SetErr(&plain{Writer: stderr})
	err := root.ExecuteContext(ctx)
	var status exitStatus
	switch {
	case err == nil:
		return fault.ExitGood
	case errors.Is(err, errWarnings):
		return fault.ExitInput
	case errors.As(err, &status):
		return int(status)
	}
	stderr = &plain{Writer: stderr}
	// Cobra reports a wrong command line as a plain error.
	if told := usage(err); fault.Of(err) == nil && told != "" {
		err = fault.New(fault.Usage, "命令行", "用法见 hedui --help，或在命令后加 --help。", errors.New(told))
	}
	fmt.Fprintln(stderr, "错误："+pipeline.Mask(fault.Told(err)))
	return fault.Exit(err)
}

// stoppable gives a context that ends with the first signal to stop; a second one
// ends the program at once, which harms nothing. Under nohup a hangup stays ignored.
func stoppable() (context.Context, context.CancelFunc) {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// plain is where a command tells something: whatever a roster holds or a file is
// called, a terminal shows it and does nothing else.
type plain struct {
	io.Writer
	begun []byte // of a character whose end is yet to come
}

// Write passes p on; it reports len(p), as the caller expects.
func (w *plain) Write(p []byte) (int, error) {
	text := append(w.begun, p...)
	whole := len(text)
	for back := 1; back < utf8.UTFMax && back <= len(text); back++ {
		if start := len(text) - back; utf8.RuneStart(text[start]) {
			if !utf8.FullRune(text[start:]) {
				whole = start
			}
			break
		}
	}
	w.begun = slices.Clone(text[whole:])
	if _, err := io.WriteString(w.Writer, fault.PlainLines(string(text[:whole]))); err != nil {
		return 0, err
	}
	return len(p), nil
}

// isTerminal says whether somebody looks at what is written to w.
func isTerminal(w io.Writer) bool {
	if told, ok := w.(*plain); ok {
		w = told.Writer
	}
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// data is where a command writes a file's bytes as they are; a terminal still gets
// them plain.
func data(w io.Writer) io.Writer {
	if told, ok := w.(*plain); ok && !isTerminal(w) {
		return told.Writer
	}
	return w
}

// wrongUsage are cobra's words for a wrong command line where it has no type for it, and ours.
var wrongUsage = []struct {
	said *regexp.Regexp
	told string
}{
	{regexp.MustCompile(`^unknown command "(.*)" for`), "没有这个命令：$1"},
	{regexp.MustCompile(`^required flag\(s\) (.*) not set$`), "缺少选项：$1"},
	{regexp.MustCompile(`^accepts (\d+) arg\(s\), received (\d+)$`), "要写 $1 个文件或名称，写了 $2 个"},
	{regexp.MustCompile(`^requires at least (\d+) arg\(s\), only received (\d+)$`), "至少要写 $1 个文件或名称，写了 $2 个"},
	{regexp.MustCompile(`^(accepts|requires) .*$`), "文件或名称的个数不对"},
}

// usage tells in Chinese what is wrong with the command line; empty for any other error.
func usage(err error) string {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var malformed *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return "没有这个选项：" + dashed(unknown.GetSpecifiedName(), unknown.GetSpecifiedShortnames())
	case errors.As(err, &bare):
		return "选项后面要写值：" + dashed(bare.GetSpecifiedName(), bare.GetSpecifiedShortnames())
	case errors.As(err, &invalid):
		return "选项 --" + invalid.GetFlag().Name + " 的值不对：" + invalid.GetValue()
	case errors.As(err, &malformed):
		return "没有这个选项：" + malformed.GetSpecifiedFlag()
	}
	first, _, _ := strings.Cut(err.Error(), "\n") // cobra may suggest other commands below
	for _, w := range wrongUsage {
		if found := w.said.FindStringSubmatchIndex(first); found != nil {
			return string(w.said.ExpandString(nil, w.told, first, found))
		}
	}
	return ""
}

// dashed is an option as it was written: by its name, or by its letter in a group of them.
func dashed(name, letters string) string {
	if letters != "" {
		return "-" + letters
	}
	return "--" + name
}

// require refuses the command without these flags, which it has.
func require(cmd *cobra.Command, flags ...string) {
	for _, flag := range flags {
		if err := cmd.MarkFlagRequired(flag); err != nil {
			panic(err)
		}
	}
}
