// Asynccheck finds calls that succeeded in part, where the failed part is lost: calls of
// SDKs, and of cloud API 2.0. A batch failed in part, and the code treats it as done, or as
// a failure of all its resources. A request failed, and the code does not check that,
// checks it wrongly, or drops the failure.
//
// Usage:
//
//	asynccheck [flags] [packages]
//	go vet -vettool=$(which asynccheck) [flags] [packages]
//	asynccheck -contracts [packages]
//
// Without packages it analyzes ./..., those in the current directory and below. The manual
// is the documentation of package [github.com/asynccheck/asynccheck/analyzer]. -h lists the
// flags, -list-rules lists the rules, -contracts lists the contracts, and -explain prints
// the page of a rule or a contract. A project's settings belong in .asynccheck.yml (or
// .yaml), beside its go.mod: see docs/configuration.md.
//
// The exit status is 0 if there are no new findings, and 1 if there are. It is 2 if the
// command line, the configuration, the baseline, the revision or an output file is wrong, or
// if a package or function could not be loaded or analyzed. It is 130 if the run was
// interrupted.
package main

import (
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"slices"

	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/driver/nocompile"
)

// Exit statuses.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailure  = 2

	exitInterrupted = 130 // as shells say of a program that control-C has ended
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("asynccheck: ")
	nocompile.Serve(os.Args[1:])
	if calledByGo(os.Args[1:]) {
		os.Exit(vet(os.Args[1:]))
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the stand-alone command. It returns the exit status.
func run(args []string, stdout, stderr io.Writer) int {
	opts, err := parse(args)
	if wrong, ok := errors.AsType[config.Errors](err); ok {
		fmt.Fprintln(stderr, wrong)
		return exitFailure
	}
	if err != nil {
		fmt.Fprintf(stderr, "asynccheck: %v\nRun 'asynccheck -h' for usage\n", err)
		return exitFailure
	}
	for _, w := range slices.Concat(opts.warnings, opts.exitPolicy.warnings, opts.outputs.warnings) {
		fmt.Fprintf(stderr, "asynccheck: warning: %s\n", w)
	}
	if opts.page != nil {
		if err := opts.page(stdout); err != nil {
			fmt.Fprintf(stderr, "asynccheck: %v\n", err)
			return exitFailure
		}
		return exitClean
	}
	status, err := interruptible(stdout, stderr, func(s *session) (int, error) { return check(opts, s) })
	if err != nil {
		fmt.Fprintf(stderr, "asynccheck: %v\n", err)
		return exitFailure
	}
	return status
}
