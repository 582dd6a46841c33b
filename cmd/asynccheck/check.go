package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/diff"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
	"github.com/asynccheck/asynccheck/internal/report"
)

// check analyzes packages, applies fixes with -fix, and prints the findings that
// remain. It returns the exit status. An error means that nothing was analyzed, or that the run
// was interrupted. check prints later errors, and those of a single package or file.
func check(opts *options, s *session) (int, error) {
	dir, err := os.Getwd()
	if err != nil {
		return 0, err
	}
	if err := opts.exitPolicy.read(); err != nil {
		return 0, err
	}
	base, err := opts.exitPolicy.findBase(s.ctx, dir)
	if err != nil {
		return 0, cmp.Or(s.interrupted(), err)
	}
	if base != nil {
		s.atEnd(base.Close)
	}
	result, err := opts.analyze(s, place{dir: dir, patterns: opts.packages})
	if err != nil {
		return 0, cmp.Or(s.interrupted(), err)
	}
	if opts.why.file != "" {
		return opts.whyStatus(result, dir, s)
	}
	o := &outcome{options: opts, session: s, dir: dir, result: result}
	looked := opts.looked(result, dir)
	opts.exitPolicy.compare(result, looked, s.stderr)
	if err := opts.hideOld(base, result, s); err != nil {
		return 0, cmp.Or(s.interrupted(), err)
	}
	o.findings = result.Findings
	if opts.fix {
		fixes := result.Fix()
		o.errs, o.overlapping = fixes.Errors, fixes.Overlapping
		if opts.diff {
			o.showDiff(fixes.Changes)
		} else {
			o.fixFiles(fixes.Changes)
		}
	}
	o.failed(opts.exitPolicy.store(s, o.findings, len(result.Errors) == 0, looked))
	rep := o.report(o.findings)
	if opts.diff {
		// The diff is on standard output, so findings that it fixes are not printed.
		o.failed(opts.outputs.print(s, "standard error", s.stderr, o.report(result.Remaining(o.changes))))
	} else {
		o.failed(opts.outputs.print(s, standardOutput, s.stdout, rep))
	}
	for _, out := range opts.outputs.files {
		o.failed(s.write(out.file, func() error { return out.write(rep) }))
	}
	return o.finish(rep)
}

// A place is where packages are analyzed: the working tree, or an earlier commit.
type place struct {
	dir      string
	patterns []string
	env      []string // of the go command; nil means that of this process
	overlay  *driver.Overlay
	label    string // of notes
}

// analyze runs the analyzer.
func (o *options) analyze(s *session, at place) (*driver.Result, error) {
	silenced := new(driver.Silenced)
	files := new(driver.Files)
	notes := new(driver.Notes)
	var err error
	own := *o // an analysis has hooks of its own
	own.config.Silenced, own.config.File = silenced.Add, files.Name
	own.config.Notes(notes.Add)
	own.config.AfterPart(onepkg.CollectBetweenParts)
	if o.config.Debug != nil {
		notes.Print = printOnce(at.label)
		own.config.Debug, own.config.Inert = nil, func(string, ...any) {} // notes has it all
	}
	if o.why.file != "" {
		if own.config.Why, err = o.newWhy(); err != nil {
			return nil, err
		}
		o.config.Why = own.config.Why
	}
	defer s.progress.stop()
	program, _ := os.Executable() // only serves speed
	modules := &analyses{&own, at.dir, make(map[string]*driver.Analysis), make(map[*analyzer.Config]*driver.Analysis)}
	return driver.Run(s.ctx, driver.Config{
		Dir:      at.dir,
		Program:  program,
		Patterns: at.patterns,
		Tests:    o.tests,
		Tags:     o.tags,
		Env:      at.env,
		Overlay:  at.overlay,
		Analysis: modules.of,
		Progress: s.progress.update,
		Silenced: silenced,
		Files:    files,
		Notes:    notes,
		Cache:    o.results(program),
	})
}

// printOnce returns a function that prints a text, after a label, unless it has done so before.
func printOnce(label string) func(text string) {
	printed := new(sync.Map)
	return func(text string) {
		if _, before := printed.LoadOrStore(text, true); !before {
			log.Print(label + text)
		}
	}
}

// An outcome is the result of an analysis, and of what followed it.
type outcome struct {
	*options
	*session
	dir    string
	result *driver.Result

	findings    []report.Finding // those that are left
	changes     []driver.Change  // made, or shown by -diff
	overlapping int              // findings that a second run can fix
	errs        []error          // about files that could not be read, fixed or written
}

func (o *outcome) failed(err error) {
	if err != nil {
		o.errs = append(o.errs, err)
	}
}

// fixFiles writes the fixed files. If a file can't be written, its findings remain, and the other files are fixed all
// the same.
func (o *outcome) fixFiles(changes []driver.Change) {
	for _, c := range changes {
		if err := o.write(report.Shorten(o.dir, c.File), c.Write); err != nil {
			o.failed(err)
			continue
		}
		o.changes = append(o.changes, c)
	}
	o.findings = o.result.Remaining(o.changes)
}

// showDiff prints what fixFiles would change.
func (o *outcome) showDiff(changes []driver.Change) {
	o.failed(o.write(standardOutput, func() error {
		for _, c := range changes {
			name := report.Shorten(o.dir, c.File)
			patch := string(diff.Diff(name, c.Old, name, c.New))
			// The first line is a diff command: leave it out.
			_, patch, _ = strings.Cut(patch, "\n")
			if _, err := io.WriteString(o.stdout, patch); err != nil {
				return err
			}
		}
		o.changes = changes
		return nil
	}))
}

// report returns the report of findings. Their positions are in the files as they were before fixes.
func (o *outcome) report(findings []report.Finding) *report.Report {
	rep := &report.Report{
		Dir:      o.dir,
		Version:  moduleVersion(),
		Findings: findings,
		Packages: o.result.Counts,
		Context:  o.context,
		Analyzed: make(map[string][]byte),
		Run:      o.describe,
	}
	for _, c := range o.changes {
		rep.Analyzed[c.File] = c.Old
	}
	for _, e := range o.result.Errors {
		rep.Errors = append(rep.Errors, errorText(o.dir, e))
	}
	return rep
}

// errorText returns what is wrong with a package, after its position if that is known.
func errorText(dir string, e driver.Error) string {
	if e.Pos == "" {
		return e.Msg
	}
	return report.Shorten(dir, e.Pos) + ": " + e.Msg
}

// sayErrors prints what is wrong with packages. An error without a position begins with the program's name.
func sayErrors(w io.Writer, dir string, errs []driver.Error) {
	for _, e := range errs {
		text := errorText(dir, e)
		if e.Pos == "" {
			text = "asynccheck: " + text
		}
		fmt.Fprintln(w, text)
	}
}

// finish prints what was fixed and what went wrong, and returns the exit status.
func (o *outcome) finish(rep *report.Report) (int, error) {
	if !o.diff {
		sayFixed(o.stderr, o.dir, o.changes, o.overlapping)
	}
	if slices.ContainsFunc(o.errs, func(err error) bool { return errors.Is(err, errInterrupted) }) {
		return 0, errInterrupted
	}
	sayErrors(o.stderr, o.dir, o.result.Errors)
	summarize(o.stderr, rep)
	for _, err := range o.errs {
		fmt.Fprintf(o.stderr, "asynccheck: %v\n", err)
	}
	if len(o.errs)+len(rep.Errors) > 0 {
		return exitFailure, nil
	}
	return o.exitPolicy.status(len(rep.Unsuppressed())), nil
}
