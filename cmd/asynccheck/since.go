package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/asynccheck/asynccheck/internal/driver"
	"github.com/asynccheck/asynccheck/internal/history"
	"github.com/asynccheck/asynccheck/internal/report"
)

// findBase finds the commit that -since compares with, before the analysis: if it can't be found, that is reported at
// once. It returns nil without -since.
func (p *exitPolicy) findBase(ctx context.Context, dir string) (*history.Base, error) {
	if !p.compares {
		return nil, nil
	}
	if strings.Contains(os.Getenv("GOFLAGS"), "-overlay") {
		return nil, errors.New("-since: GOFLAGS must not have -overlay, which -since needs itself")
	}
	base, err := history.Find(ctx, dir, p.since)
	if err != nil {
		return nil, fmt.Errorf("-since: %w", err)
	}
	return base, nil
}

// hideOld suppresses the findings that were there at the base. The packages that have findings are analyzed once more, as
// they were there, with the flags and the configuration of now: a changed configuration makes no finding new. Most of
// them come from the results that the first analysis has kept. Without findings, there is nothing to compare.
func (o *options) hideOld(base *history.Base, result *driver.Result, s *session) error {
	open := openPackages(result.Findings)
	if base == nil || len(open) == 0 {
		return nil
	}
	overlay, err := base.Overlay()
	if err != nil {
		return fmt.Errorf("-since: %s can't be compared: %w", base.Short(), err)
	}
	warn := func(format string, args ...any) {
		fmt.Fprintf(s.stderr, "asynccheck: warning: -since: "+format+"\n", args...)
	}
	for _, missing := range base.Missing {
		warn("%s", missing)
	}
	patterns, ok := result.Dirs(open) // of other packages, nothing has to be known
	if !ok {
		patterns = o.packages
	}
	at := place{
		dir:      base.Dir(),
		patterns: overlay.Patterns(patterns),
		env:      base.Env(),
		overlay:  &driver.Overlay{File: overlay.File, Replaced: overlay.Replaced, Originals: overlay.Originals},
		label:    "at " + base.Short() + ": ",
	}
	if len(at.patterns) == 0 || overlay.NoModule() {
		return nil // nothing was there
	}
	before, err := o.analyze(s, at)
	if errors.Is(err, driver.ErrNoPackages) {
		return nil
	}
	if err := s.interrupted(); err != nil {
		return err
	}
	if err != nil {
		warn("at %s nothing could be analyzed, so all findings count as new: %v", base.Short(), err)
		return nil
	}
	failed := slices.DeleteFunc(before.Failed, func(path string) bool { return !slices.Contains(open, path) })
	if len(failed) > 0 {
		warn("at %s, findings of these could not be found and count as new: %s", base.Short(), strings.Join(failed, ", "))
	}
	report.SuppressOld(result.Findings, before.Findings, fmt.Sprintf("known: it was there at %s, where HEAD leaves %s", base.Short(), base.Rev))
	return nil
}

// openPackages returns the packages that have findings that are not suppressed.
func openPackages(findings []report.Finding) (paths []string) {
	for _, f := range findings {
		if f.Suppressed == nil && !slices.Contains(paths, f.Package) {
			paths = append(paths, f.Package)
		}
	}
	return paths
}
