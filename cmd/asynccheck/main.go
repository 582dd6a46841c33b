// Asynccheck finds Go code that misreads the outcome of asynchronous cloud API
// calls: a batch that partly failed and is treated as done, or as failed as a
// whole; a result whose code nobody looked at, or misread, or dropped.
//
// Usage:
//
//	asynccheck [flags] [packages]
//	go vet -vettool=$(which asynccheck) [flags] [packages]
//
// Without packages it analyzes the one in the current directory. The manual is
// that of package [github.com/asynccheck/asynccheck/analyzer]; -h lists the
// flags, -list the rules, and -explain prints a rule's page. What a project always
// wants stands in .asynccheck.yml, beside its go.mod: see docs/configuration.md.
//
// The exit status is 0 if there are no findings, 1 if there are, and 2 if the
// command line or the configuration is wrong, or a package or a function could not be loaded or
// analyzed.
package main

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"log"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/config"
	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/report"
)

// Exit statuses.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailure  = 2
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("asynccheck: ")
	if calledByGo(os.Args[1:]) {
		os.Exit(vet(os.Args[1:]))
	}
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the command called by a person. It returns the exit status.
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
	if opts.page != nil {
		if err := opts.page(stdout); err != nil {
			fmt.Fprintf(stderr, "asynccheck: %v\n", err)
			return exitFailure
		}
		return exitClean
	}
	status, err := check(opts, stdout, stderr)
	if err != nil {
		fmt.Fprintf(stderr, "asynccheck: %v\n", err)
		return exitFailure
	}
	return status
}

// check analyzes packages, applies fixes if asked to, and prints the findings
// that remain. It returns the exit status. An error is about the run as a
// whole; what is wrong with a single package has been printed.
func check(opts *options, stdout, stderr io.Writer) (int, error) {
	silenced := new(driver.Silenced)
	files := new(driver.Files)
	var err error
	opts.config.Silenced, opts.config.File = silenced.Add, files.Name
	if opts.why != "" {
		if opts.config.Why, err = opts.asked(stdout); err != nil {
			return 0, err
		}
	}
	a, err := analyzer.New(opts.config)
	if err != nil {
		return 0, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return 0, err
	}
	if err := opts.gate.read(); err != nil {
		return 0, err
	}
	progress := newProgress(stderr)
	result, err := driver.Run(a, driver.Config{
		Dir:      dir,
		Patterns: opts.packages,
		Tests:    opts.tests,
		Tags:     opts.tags,
		Matters: func(path, module string, imports iter.Seq[string]) bool {
			return opts.nofilter || opts.why != "" || opts.config.Concerns(path, module, imports)
		},
		Hints:    &opts.config,
		Progress: progress.update,
		Silenced: silenced,
		Files:    files,
	})
	progress.stop()
	if err != nil {
		return 0, err
	}
	if opts.why != "" {
		return opts.answered(result, stderr)
	}
	opts.gate.compare(result, stderr)

	toFix := 0 // files that -diff shows
	findings := result.Findings
	var changes []driver.Change
	overlapping := 0
	if opts.fix {
		changes, findings, overlapping, err = result.Fix()
		if err != nil {
			return 0, err
		}
		if opts.diff {
			// Nothing is fixed, and standard output belongs to the diff.
			if err := opts.apply(changes, dir, stdout); err != nil {
				return 0, err
			}
			toFix, changes = len(changes), nil
			stdout = stderr
		}
	}
	failed := opts.gate.store(findings, len(result.Errors) == 0, stderr)

	rep := &report.Report{
		Dir:      dir,
		Version:  moduleVersion(),
		Findings: findings,
		Packages: len(result.Packages),
		Context:  opts.context,
	}
	for _, e := range result.Errors {
		message := e.Msg
		if e.Pos != "" {
			message = report.Shorten(dir, e.Pos) + ": " + message
		}
		rep.Errors = append(rep.Errors, message)
	}
	failed = errors.Join(failed, opts.outputs.print(stdout, rep))
	// What was printed has the lines of the files as they were analyzed.
	if err := opts.apply(changes, dir, stdout); err != nil {
		failed = errors.Join(failed, err)
	} else {
		sayFixed(stderr, dir, changes, overlapping)
	}
	for i, message := range rep.Errors {
		if result.Errors[i].Pos == "" {
			message = "asynccheck: " + message
		}
		fmt.Fprintln(stderr, message)
	}
	summarize(stderr, rep)
	switch {
	case failed != nil:
		return 0, failed
	case len(rep.Errors) > 0:
		return exitFailure, nil
	}
	return opts.gate.status(len(rep.Unsuppressed()) + toFix), nil
}

// apply writes the changed files, or with -diff shows what would change.
func (o *options) apply(changes []driver.Change, dir string, stdout io.Writer) error {
	for _, c := range changes {
		if !o.diff {
			if err := c.Write(); err != nil {
				return err
			}
			continue
		}
		name := report.Shorten(dir, c.File)
		patch := string(diff.Diff(name, c.Old, name, c.New))
		// The first line is the command that would make this diff.
		_, patch, _ = strings.Cut(patch, "\n")
		if _, err := io.WriteString(stdout, patch); err != nil {
			return err
		}
	}
	return nil
}
