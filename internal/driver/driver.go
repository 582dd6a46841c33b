// Package driver runs an analyzer over packages from a command line, without "go vet".
package driver

import (
	"context"
	"iter"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/fromsource"
	"github.com/asynccheck/asynccheck/internal/relevance"
	"github.com/asynccheck/asynccheck/internal/report"
)

// A Config says which packages to analyze.
type Config struct {
	Dir      string   // where patterns are resolved; empty means the current directory
	Patterns []string // as the go command takes them
	Tests    bool     // analyze test files too
	Tags     string   // build tags, separated by commas
	Env      []string // of the go command; nil means that of this process
	Overlay  *Overlay // other files in the place of some; nil means none

	// Program is this program, which calls [nocompile.Serve] first. If it is empty, all types come from source, even if
	// the build cache has them.
	Program string

	// Analysis returns how a package is analyzed. It is called by one goroutine. Packages may share an analysis.
	Analysis func(*packages.Package) (*Analysis, error)

	// Progress, if not nil, is called when a phase begins and when a package is done. Several goroutines may call it at
	// once, and the numbers of a phase need not ascend.
	Progress func(Progress)

	// Silenced, if not nil, has the silenced findings of a package when the analyzer has run.
	Silenced *Silenced

	// Notes, if not nil, has what else the analyzer says about a package when it has run.
	Notes *Notes

	// Cache, if not nil, keeps results for later runs. They are the same with and without it.
	Cache *Cache

	// Files, if not nil, has the files of all packages while the analyzer runs.
	Files *Files

	few int // how many packages are few; 0 means a part of a large program's. For tests.
}

// An Analysis says how to analyze packages. The facts of one can be read by the analyzers of all.
type Analysis struct {
	Analyzer *analysis.Analyzer

	// Identity identifies what the analyzer is told to find, for results that are kept.
	Identity []byte

	// Always, if not nil, reports whether a package must be analyzed even if nothing in it shows that it can matter.
	Always func(path string, imports iter.Seq[string]) bool

	// BeyondFacts, if not nil, reports whether a package may get a response without a fact that tells. Then it is
	// analyzed if any response is in its reach.
	BeyondFacts func(imports iter.Seq[string]) bool

	// Hints, if not nil, gives names that matter, in addition to those in facts.
	Hints relevance.Hinter
}

func (a *Analysis) always(p *packages.Package) bool {
	return a.Always != nil && a.Always(p.PkgPath, importPaths(p))
}

func (a *Analysis) beyondFacts(p *packages.Package) bool {
	return a.BeyondFacts != nil && a.BeyondFacts(importPaths(p))
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

// A Result is the result of a run.
type Result struct {
	Findings []report.Finding // sorted

	// Packages are the paths of the packages that have no other findings: they were analyzed, or they can have none.
	Packages []string

	// Failed are the paths of the packages that were asked for, are there, and are not fully analyzed.
	Failed []string

	// Requested are the packages that were asked for.
	Requested []*packages.Package

	Counts report.Counts

	// Errors says what went wrong in single packages. They are not fully analyzed: they don't parse or type-check, or
	// the analysis failed. Findings from before the error are among the findings. Those that are blocked come last.
	Errors []Error

	sources map[string][]byte // of files that have fixes, as they were analyzed
	asked   *asked
}

// Run analyzes the packages, and the dependencies that matter for them. An error means that nothing was analyzed.
// Errors in single packages are in the result.
//
// Each package is analyzed alone, from the types and the facts of its imports. Only its facts and findings are kept. The
// go command says what the packages are. A package that can't matter is not even parsed, so nothing is said about errors
// that only a compiler finds in it.
//
// When the context ends, so do the go commands that were started, and nothing is kept for later runs.
func Run(ctx context.Context, cfg Config) (*Result, error) {
	r, err := cfg.run(ctx)
	if err != nil {
		return nil, err
	}
	return r.finish(), nil
}

// run does what Run does, but for the completion of the result.
func (cfg Config) run(ctx context.Context) (*run, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cfg.enter(Listing)
	env := cfg.newGoEnv(ctx)
	kept := cfg.newKept(env)
	pkgs, err := cfg.load(ctx)
	if err != nil {
		return nil, err
	}
	universe := fromsource.New()
	// Only an analysis shows that a package's tests are broken. Then the package must be analyzed without them, too.
	broken := make(map[*packages.Package]bool)
	for {
		r := &run{
			Config:    cfg,
			ctx:       ctx,
			requested: pkgs,
			universe:  universe,
			goEnv:     env,
			kept:      kept,
			making:    make(map[*packages.Package]bool),
			compiled:  make(map[*packages.Package]bool),
			wrong:     make(map[*packages.Package][]Error),
			result:    &Result{sources: make(map[string][]byte)},
		}
		if err := r.plan(roots(pkgs, broken)); err != nil {
			return nil, err
		}
		if err := r.analyze(); err != nil {
			return nil, err
		}
		if !r.noteBrokenTests(broken) {
			kept.finish()
			return r, nil
		}
	}
}

// Reached returns the import paths of the packages that were asked for, and of all that they import.
func (r *Result) Reached() []string { return reached(r.Requested) }

// finish completes the result.
func (r *run) finish() *Result {
	res := r.result
	res.Errors = r.errors()
	r.Overlay.applyTo(res.Findings)
	res.Findings = report.Sort(res.Findings)
	report.AddFingerprints(res.Findings)
	res.Counts = r.count()
	slices.Sort(res.Packages)
	res.Packages = slices.Compact(res.Packages)
	slices.Sort(res.Failed)
	res.Failed = slices.Compact(res.Failed)
	res.asked = r.asked()
	res.Requested = r.requested
	return res
}
