package main

import (
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/report"
)

// An exitPolicy decides which findings make the command fail. Findings in a baseline don't.
type exitPolicy struct {
	never bool   // no finding does: -exit-zero
	known string // file with the baseline
	write string // file for a new baseline

	baseline *report.Baseline
	warnings []string // of old flags
}

func (p *exitPolicy) register(fs *flag.FlagSet) {
	fs.BoolVar(&p.never, "exit-zero", false, "exit with 0 even if there are findings")
	fs.StringVar(&p.known, "baseline", "", "hide the findings listed in this `file`, and name listed findings that no longer occur")
	fs.StringVar(&p.write, "write-baseline", "", "write all findings to this `file` as known, and exit with 0")
}

// registerOld declares the flag that -exit-zero replaces. It will be removed.
func (p *exitPolicy) registerOld(fs *flag.FlagSet) {
	fs.Func("fail", "old: any, or none for -exit-zero", func(when string) error {
		instead := map[string]string{"any": "leave it out", "none": "write -exit-zero"}[when]
		if instead == "" {
			return errors.New("want any or none")
		}
		p.never = when == "none"
		p.warnings = append(p.warnings, fmt.Sprintf("-fail=%s: %s; the next release has no -fail", when, instead))
		return nil
	})
}

// read reads the baseline, before the analysis: a wrong file is reported at once.
func (p *exitPolicy) read() (err error) {
	if p.known != "" {
		p.baseline, err = report.ReadBaseline(p.known)
	}
	return err
}

// compare suppresses the known findings, and lists those that no longer occur.
func (p *exitPolicy) compare(result *driver.Result, stderr io.Writer) {
	if p.baseline == nil {
		return
	}
	gone := p.baseline.Suppress(result.Findings, result.Packages)
	for _, k := range gone {
		fmt.Fprintf(stderr, "no longer found: %s\n", k)
	}
	if len(gone) > 0 && p.write == "" {
		fmt.Fprintf(stderr, "%s in %s: remove with -write-baseline %[2]s\n", count(len(gone), "finding"), p.known)
	}
}

// store writes the baseline. It refuses if a package could not be analyzed: the file would
// lose that package's findings.
func (p *exitPolicy) store(findings []report.Finding, complete bool, stderr io.Writer) error {
	if p.write == "" {
		return nil
	}
	if !complete {
		return fmt.Errorf("%s is not written: not all packages could be analyzed", p.write)
	}
	n, err := report.WriteBaseline(p.write, findings)
	if err != nil {
		return err
	}
	fmt.Fprintf(stderr, "%s written to %s\n", count(n, "finding"), p.write)
	written, err := report.ReadBaseline(p.write)
	if err == nil {
		written.Suppress(findings, nil)
	}
	return err
}

// status returns the exit status for findings that are not suppressed.
func (p *exitPolicy) status(findings int) int {
	if findings > 0 && !p.never {
		return exitFindings
	}
	return exitClean
}

// count counts things: "1 finding", "2 findings".
func count(n int, thing string) string {
	if n != 1 {
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}
