package driver

import (
	"context"
	"slices"

	"golang.org/x/tools/go/packages"
)

// A build is what the compiler has exported of the requested packages and their dependencies, and its errors in those
// that don't compile.
type build struct {
	done chan struct{} // closed when the rest is known
	pkgs map[string]*packages.Package
	err  error
}

// build starts to compile the packages, without their tests, in the background: this takes longest.
func (cfg *Config) build(ctx context.Context) *build {
	b := &build{done: make(chan struct{})}
	go func() {
		defer close(b.done)
		if patterns := cfg.nonStandardPatterns(); len(patterns) > 0 {
			b.pkgs, b.err = cfg.compile(ctx, false, patterns)
		}
	}()
	return b
}

// compile has the compiler export the types of the packages that the patterns match, and of their
// dependencies. It returns them by their IDs.
func (cfg *Config) compile(ctx context.Context, tests bool, patterns []string) (map[string]*packages.Package, error) {
	const mode = packages.NeedName | packages.NeedExportFile | packages.NeedImports | packages.NeedDeps
	pkgs, err := cfg.list(ctx, mode, tests, patterns)
	if err != nil {
		return nil, err
	}
	byID := make(map[string]*packages.Package)
	packages.Visit(pkgs, nil, func(p *packages.Package) { byID[p.ID] = p })
	return byID, nil
}

// export finds what the compiler has exported of the packages, and sets their ExportFile. A package that doesn't
// compile gets one more error. Few packages are not in the build: variants for tests, imports of tests, and packages
// that matter only by the configuration.
func (r *run) export(pkgs []*packages.Package) error {
	<-r.build.done
	if r.build.err != nil {
		return r.build.err
	}
	var missing []*packages.Package
	take := func(p *packages.Package, from map[string]*packages.Package) {
		if e := from[p.ID]; e != nil {
			p.ExportFile = e.ExportFile
			p.Errors = append(p.Errors, e.Errors...)
		} else {
			missing = append(missing, p)
		}
	}
	for _, p := range pkgs {
		if p.ExportFile == "" {
			take(p, r.build.pkgs)
		}
	}
	var standard, paths, tested []string // the last with variants for tests
	for _, p := range missing {
		switch {
		case p.ForTest != "":
			tested = append(tested, p.ForTest)
		case p.Module == nil:
			standard = append(standard, p.PkgPath)
		default:
			paths = append(paths, p.PkgPath)
		}
	}
	slices.Sort(tested)
	compile := func(tests bool, patterns []string) error {
		if len(missing) == 0 || len(patterns) == 0 {
			return nil
		}
		compiled, err := r.compile(r.ctx, tests, patterns)
		if err != nil {
			return err
		}
		again := missing
		missing = nil
		for _, p := range again {
			take(p, compiled)
		}
		return nil
	}
	if err := compile(false, standard); err != nil {
		return err
	}
	if err := compile(false, paths); err != nil {
		return err
	}
	if err := compile(true, slices.Compact(tested)); err != nil {
		return err
	}
	// The go command refuses a package by name that only a dependency's tests import, since go.mod may not fix its
	// version. As an import of those tests it is listed.
	return compile(true, r.Patterns)
}
