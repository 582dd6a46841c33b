// Package driver runs an analyzer over packages named on a command line,
// outside of "go vet".
package driver

import (
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/report"
)

// A Config says which packages to analyze.
type Config struct {
	Dir      string   // where patterns are resolved; empty means the current directory
	Patterns []string // as the go command takes them
	Tests    bool     // analyze test files too
	Tags     string   // build tags, separated by commas

	// Progress, if not nil, is told how many packages are analyzed, of how
	// many, dependencies included. It may be called from several goroutines
	// at once, and not in the order of its arguments.
	Progress func(done, total int)

	// Silenced, if not nil, has the findings that the analyzer was kept from
	// reporting, when it has run.
	Silenced *Silenced
}

// A Result is what is known after a run.
type Result struct {
	Findings []report.Finding // sorted

	// Packages are the paths of those that were analyzed.
	Packages []string

	// Errors says what went wrong in single packages, which are not fully
	// analyzed: they don't parse, don't type-check, or the analysis failed.
	Errors []Error

	sizes map[string]int // of files that have fixes, when they were analyzed
}

// An Error is something wrong with a package.
type Error struct {
	Pos string // "file:line:column" or less; empty if unknown
	Msg string
}

// Run loads the packages and applies the analyzer to them. An error means
// that nothing was analyzed. What keeps it from single packages is in the
// result.
func Run(a *analysis.Analyzer, cfg Config) (*Result, error) {
	mode := packages.LoadSyntax | packages.NeedModule | packages.NeedForTest
	if len(a.FactTypes) > 0 {
		mode |= packages.LoadAllSyntax // facts come from the source of dependencies
	}
	load := &packages.Config{Mode: mode, Dir: cfg.Dir, Tests: cfg.Tests}
	if cfg.Tags != "" {
		load.BuildFlags = []string{"-tags=" + cfg.Tags}
	}
	pkgs, err := packages.Load(load, cfg.Patterns...)
	if err != nil {
		return nil, err
	}
	if len(pkgs) == 0 {
		return nil, fmt.Errorf("no packages match %s", strings.Join(cfg.Patterns, " "))
	}

	res := &Result{
		Errors: loadErrors(pkgs),
		sizes:  make(map[string]int),
	}
	analyzed := roots(pkgs)
	a = Guard(a)
	if cfg.Progress != nil {
		a = count(a, analyzed, cfg.Progress)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, analyzed, nil)
	if err != nil {
		return nil, err
	}
	for act := range graph.All() {
		if act.Err != nil && !explained(act) {
			res.Errors = append(res.Errors, Error{Msg: fmt.Sprintf("%s: %v", act.Package.PkgPath, act.Err)})
		}
		if !act.IsRoot {
			continue // of interest for its facts
		}
		if act.Err == nil {
			res.Packages = append(res.Packages, act.Package.PkgPath)
		}
		for _, d := range act.Diagnostics {
			res.Findings = append(res.Findings, res.finding(act.Package, d))
		}
		res.Findings = append(res.Findings, cfg.Silenced.of(res, act.Package)...)
	}
	res.Findings = report.Sort(res.Findings)
	report.Identify(res.Findings)
	slices.Sort(res.Packages)
	res.Packages = slices.Compact(res.Packages)
	return res, nil
}

// count returns an analyzer that does what a does, and tells progress of each
// package that it is done with.
func count(a *analysis.Analyzer, roots []*packages.Package, progress func(done, total int)) *analysis.Analyzer {
	total := len(roots)
	if len(a.FactTypes) > 0 {
		total = 0
		packages.Visit(roots, nil, func(*packages.Package) { total++ })
	}
	progress(0, total)
	var done atomic.Int64
	counting := *a
	counting.Run = func(pass *analysis.Pass) (any, error) {
		defer func() { progress(int(done.Add(1)), total) }()
		return a.Run(pass)
	}
	return &counting
}

// explained reports whether an action failed for a reason that is said
// elsewhere: its package is ill-typed, or another action failed before.
func explained(act *checker.Action) bool {
	return act.Package.IllTyped ||
		slices.ContainsFunc(act.Deps, func(dep *checker.Action) bool { return dep.Err != nil })
}

// Guard returns an analyzer that does what a does, but fails where a panics,
// so that the results for other packages are not lost.
func Guard(a *analysis.Analyzer) *analysis.Analyzer {
	guarded := *a
	guarded.Run = func(pass *analysis.Pass) (result any, err error) {
		defer func() {
			if r := recover(); r != nil {
				err = fmt.Errorf("internal error: %v", r)
			}
		}()
		return a.Run(pass)
	}
	return &guarded
}

// roots returns the packages to analyze. As "go vet" does, it takes a package
// together with its tests where there are any, since that includes all files
// of the package. But it takes both where the tests don't compile.
func roots(pkgs []*packages.Package) []*packages.Package {
	augmented := make(map[string]bool) // by package path
	for _, p := range pkgs {
		if p.ForTest == p.PkgPath && !p.IllTyped {
			augmented[p.PkgPath] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(pkgs), func(p *packages.Package) bool {
		testMain := p.Name == "main" && strings.HasSuffix(p.ID, ".test")
		return testMain || p.ForTest == "" && augmented[p.PkgPath]
	})
}

// loadErrors returns the errors of the packages and their dependencies, each
// once: a test variant repeats those of its package.
func loadErrors(pkgs []*packages.Package) []Error {
	var errs []Error
	seen := make(map[packages.Error]bool)
	packages.Visit(pkgs, nil, func(p *packages.Package) {
		checked := slices.ContainsFunc(p.Errors, func(e packages.Error) bool {
			return e.Kind == packages.ParseError || e.Kind == packages.TypeError
		})
		for _, e := range p.Errors {
			// The go command compiles packages for their exported types. What
			// the compiler says of one is in our own words already if we
			// checked it.
			compiler := e.Kind == packages.ListError && strings.HasPrefix(e.Msg, "# ")
			if seen[e] || compiler && checked {
				continue
			}
			seen[e] = true
			pos := e.Pos
			if pos == "-" { // an unknown position, as packages spells it
				pos = ""
			}
			errs = append(errs, Error{Pos: pos, Msg: e.Msg})
		}
	})
	return errs
}
