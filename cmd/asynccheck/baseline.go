package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/report"
)

var errNoFile = errors.New("no file")

// An exitPolicy decides which findings make the command fail. Findings in a baseline don't.
type exitPolicy struct {
	never bool   // no finding does: -exit-zero
	known string // file with the baseline
	write string // file for a new baseline

	compares bool   // with a revision: -since, see since.go
	since    string // the revision

	baseline *report.Baseline
	previous *report.Baseline // in the file for the new one; nil if there is none
	warnings []string         // of old flags
}

func (p *exitPolicy) register(fs *flag.FlagSet) {
	fs.BoolVar(&p.never, "exit-zero", false, "exit with 0 even if there are findings")
	fs.Func("baseline", "hide the findings listed in this `file`, and name listed findings that no longer occur", named(&p.known))
	fs.Func("write-baseline", "write all findings to this `file` as known, keep those in it that this run doesn't look at, and exit with 0", named(&p.write))
	fs.Func("since", "report only findings that were not there where HEAD leaves this git `revision`: compares the working tree with that commit", func(rev string) error {
		p.compares, p.since = true, rev
		return nil
	})
}

// named stores the value of a flag that names a file. An empty one, as of a variable that is not set, is no name.
func named(file *string) func(value string) error {
	return func(value string) error {
		if *file = value; value == "" {
			return errNoFile
		}
		return nil
	}
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

// validate returns an error if flags exclude each other.
func (p *exitPolicy) validate() error {
	if p.write != "" && p.compares {
		return errors.New("-write-baseline and -since exclude each other: a baseline lists all findings, and -since hides the old ones")
	}
	return nil
}

// read reads the baselines, before the analysis: a wrong file is reported at once.
func (p *exitPolicy) read() (err error) {
	if p.known != "" {
		if p.baseline, err = report.ReadBaseline(p.known); err != nil {
			return err
		}
	}
	if info, err := os.Stat(p.write); err != nil || !info.Mode().IsRegular() {
		return nil // it is new, or no file to read from
	}
	if p.previous, err = report.ReadBaseline(p.write); err != nil {
		return fmt.Errorf("%w; to write all findings anew, remove the file first", err)
	}
	return nil
}

// compare suppresses the known findings, and lists those that no longer occur.
func (p *exitPolicy) compare(result *driver.Result, looked *report.Looked, stderr io.Writer) {
	if p.baseline == nil {
		return
	}
	gone, _ := p.baseline.Missing(result.Findings, looked)
	p.baseline.Suppress(result.Findings)
	for _, k := range gone {
		fmt.Fprintf(stderr, "no longer found: %s\n", k)
	}
	if len(gone) > 0 && p.write == "" {
		fmt.Fprintf(stderr, "%s in %s: remove with -write-baseline %[2]s\n", report.Counted(len(gone), "finding"), p.known)
	}
}

// store writes the baseline. It refuses if a package could not be analyzed: the file would
// lose that package's findings.
func (p *exitPolicy) store(s *session, findings []report.Finding, complete bool, looked *report.Looked) error {
	if p.write == "" {
		return nil
	}
	if !complete {
		return fmt.Errorf("%s is not written: not all packages could be analyzed", p.write)
	}
	kept := new(report.Kept)
	if p.previous != nil {
		_, kept = p.previous.Missing(findings, looked)
	}
	var n int
	err := s.write(p.write, func() (err error) {
		n, err = report.WriteBaseline(p.write, findings, kept)
		return err
	})
	if err != nil {
		return err
	}
	line := fmt.Sprintf("%s written to %s", report.Counted(n, "finding"), p.write)
	if kept.Len() > 0 {
		line += fmt.Sprintf(", %d kept that this run did not look at (%s)", kept.Len(), kept.Reasons())
	}
	fmt.Fprintln(s.stderr, line)
	written, err := report.ReadBaseline(p.write)
	if err == nil {
		written.Suppress(findings)
	}
	return err
}

// looked says what a run has looked at.
func (o *options) looked(result *driver.Result, dir string) *report.Looked {
	byModule := make(map[string]*report.Settings)
	return &report.Looked{Packages: result, Settings: func(pkg string) *report.Settings {
		root := o.rootOf(result.Package(pkg))
		if byModule[root] == nil {
			cfg, _ := o.configOf(root, dir) // what is wrong in it was an error before
			byModule[root] = settingsOf(cfg.Config)
		}
		return byModule[root]
	}}
}

// settingsOf says what a configuration has reported.
func settingsOf(cfg *analyzer.Config) *report.Settings {
	all, on := cfg.KnownContracts()
	return &report.Settings{
		Rules:     rulesOf(cfg),
		Contracts: on,
		Usual:     !slices.ContainsFunc(all, func(c *contract.Contract) bool { return !c.Off && !on[c.ID] }),
		Generated: cfg.Generated,
	}
}

// status returns the exit status for findings that are not suppressed.
func (p *exitPolicy) status(findings int) int {
	if findings > 0 && !p.never {
		return exitFindings
	}
	return exitClean
}
