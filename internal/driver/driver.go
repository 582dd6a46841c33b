// Package driver runs an analyzer over packages named on a command line,
// outside of "go vet".
package driver

import (
	"context"
	"iter"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/relevance"
	"github.com/asynccheck/asynccheck/internal/report"
)

// A Config says which packages to analyze.
type Config struct {
	Dir      string   // where patterns are resolved; empty means the current directory
	Patterns []string // as the go command takes them
	Tests    bool     // analyze test files too
	Tags     string   // build tags, separated by commas

	// Always, if not nil, reports whether a package is to be analyzed even if nothing in it
	// shows that it can matter.
	Always func(path, module string, imports iter.Seq[string]) bool

	// Hints, if not nil, gives names that matter beside those of which facts tell.
	Hints relevance.Hinter

	// Progress, if not nil, is told how many packages are done with, of how
	// many, dependencies included. It may be called from several goroutines
	// at once, and not in the order of its arguments.
	Progress func(done, total int)

	// Silenced, if not nil, has the findings that the analyzer was kept from
	// reporting, when it has run.
	Silenced *Silenced

	// Files, if not nil, has the files of all packages while the analyzer runs.
	Files *Files
}

func (cfg *Config) always(p *packages.Package) bool {
	if cfg.Always == nil {
		return false
	}
	var module string
	if p.Module != nil {
		module = p.Module.Path
	}
	return cfg.Always(p.PkgPath, module, importPaths(p))
}

// importPaths yields the paths of what a package imports.
func importPaths(p *packages.Package) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, imp := range p.Imports {
			if !yield(imp.PkgPath) {
				return
			}
		}
	}
}

// A Result is what is known after a run.
type Result struct {
	Findings []report.Finding // sorted

	// Packages are the paths of those that were analyzed.
	Packages []string

	// Errors says what went wrong in single packages, which are not fully
	// analyzed: they don't parse, don't type-check, or the analysis failed. What it had
	// found by then is among the findings.
	Errors []Error

	sources map[string][]byte // of files that have fixes, as they were analyzed
}

// An Error is something wrong with a package.
type Error struct {
	Pos string // "file:line:column" or less; empty if unknown
	Msg string
}

// Run analyzes the packages, and those of their dependencies that matter for them. An
// error means that nothing was analyzed. What keeps it from single packages is in the
// result.
//
// What the packages are is known from the go command, which also has the compiler
// export types: so each package is analyzed by itself, once the facts of its imports are
// known, and nothing of it is kept but its facts and findings. A package that can't matter is not
// even parsed: whether its tests compile is for others to say.
func Run(a *analysis.Analyzer, cfg Config) (*Result, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	build := cfg.build(ctx)
	pkgs, err := cfg.load(ctx)
	if err != nil {
		return nil, err
	}
	// Only an analysis shows that a package's tests are broken: then it is to be
	// analyzed without them, too.
	broken := make(map[*packages.Package]bool)
	for {
		r := &run{
			Config:    cfg,
			ctx:       ctx,
			build:     build,
			requested: pkgs,
			analyzer:  a,
			result:    &Result{sources: make(map[string][]byte)},
		}
		r.plan(roots(pkgs, broken))
		if err := r.analyze(); err != nil {
			return nil, err
		}
		if !r.noteBrokenTests(broken) {
			return r.finish(), nil
		}
	}
}

// finish completes the result.
func (r *run) finish() *Result {
	res := r.result
	res.Errors = r.errors()
	res.Findings = report.Sort(res.Findings)
	report.AddFingerprints(res.Findings)
	slices.Sort(res.Packages)
	res.Packages = slices.Compact(res.Packages)
	return res
}
