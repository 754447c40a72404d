// Command hedui (核对) compares the lists of a district's poor and protected
// people, nightly, and tells each township whom to visit.
//
// One file a subcommand; each is its flags and a call into package pipeline.
// Exit status: 0 good; 1 a run failed, nothing published; 2 usage or
// configuration; 3 good, but some input was refused; 4 another run is under way.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"hedui/pipeline"
	"hedui/pipeline/fault"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

// errWarnings ends a good run that met refused input with exit status 3.
var errWarnings = errors.New("run ended with warnings")

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	// Whatever is written is its owner's alone, DuckDB's own files too, until it is published.
	syscall.Umask(0o077)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := &cobra.Command{
		Use:   "hedui",
		Short: "核对：救助保障名册比对",
		Long:  "核对把扶贫、低保、特困、残联、医保、教育等名册按身份证号比对，找出疑似漏保、错保、错退和补贴未落实的人员，按镇编制台账。\n结果仅供核查使用，不作为停发依据。",

		SilenceErrors: true, SilenceUsage: true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.AddCommand(newRun(), newCheck(), newPeek(), newPerson(), newPlan(), newFeedback(), newAudit(), newBackup(), newRestore(), newSample(), newSummary(), newRules(), newDemo(), newVersion())
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return fault.ExitGood
	case errors.Is(err, errWarnings):
		return fault.ExitInput
	}
	fmt.Fprintln(stderr, "错误："+pipeline.Mask(err.Error()))
	// Cobra reports a wrong command line as a plain error.
	if fault.Of(err) == nil && isUsage(err) {
		fmt.Fprintln(stderr, "用法见 hedui --help")
		return fault.ExitUsage
	}
	return fault.Exit(err)
}

func isUsage(err error) bool {
	for _, start := range []string{"unknown command", "unknown flag", "unknown shorthand", "accepts ", "requires ", "invalid argument", "flag needs", "required flag"} {
		if strings.HasPrefix(err.Error(), start) {
			return true
		}
	}
	return false
}
