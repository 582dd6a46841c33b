package driver

import (
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/nocompile"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

const exportMode = packages.NeedName | packages.NeedFiles | packages.NeedExportFile | packages.NeedImports | packages.NeedDeps

// exportFile returns the file with what the compiler exported of a package that was listed before. It returns "" if the
// package has other files by now.
func exportFile(p, listed *packages.Package) string {
	if listed == nil || !slices.Equal(p.GoFiles, listed.GoFiles) {
		return ""
	}
	return listed.ExportFile
}

// findExports sets the ExportFile of packages of which the build cache has what the compiler exported. It compiles
// nothing. Errors mean nothing here: they are about what is not in the cache. What a newer Go exports may be in a form
// that this program doesn't know.
func (r *run) findExports() {
	if r.Program == "" || onepkg.NewerGo(r.goRelease()) {
		return
	}
	pkgs, err := r.list(r.ctx, exportMode, r.tests, r.Patterns, nocompile.Flag(r.Program))
	if err != nil {
		return
	}
	listed := make(map[string]*packages.Package) // by their IDs
	packages.Visit(pkgs, nil, func(p *packages.Package) { listed[p.ID] = p })
	packages.Visit(r.requested, nil, func(p *packages.Package) { p.ExportFile = exportFile(p, listed[p.ID]) })
}

// compile has the go command compile packages, and sets their ExportFile. It notes what is wrong with those that don't
// compile, or with what they import.
func (r *run) compile(pkgs []*packages.Package) error {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	var missing []*packages.Package
	var standard, paths, tested []string // the last with variants for tests
	for _, p := range pkgs {
		if p.ExportFile != "" || r.compiled[p] {
			continue
		}
		r.compiled[p] = true
		missing = append(missing, p)
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
		listed, err := r.list(r.ctx, exportMode, tests, patterns)
		if err != nil {
			return err
		}
		compiled := make(map[string]*packages.Package)
		packages.Visit(listed, nil, func(p *packages.Package) { compiled[p.ID] = p })
		packages.Visit(missing, nil, func(p *packages.Package) {
			if c := compiled[p.ID]; c != nil && len(p.Errors) == 0 && len(r.wrong[p]) == 0 {
				for _, e := range c.Errors {
					r.wrong[p] = append(r.wrong[p], compilerErrors(e.Msg)...)
				}
			}
		})
		missing = slices.DeleteFunc(missing, func(p *packages.Package) bool {
			c := compiled[p.ID]
			if c != nil {
				p.ExportFile = exportFile(p, c)
			}
			return c != nil
		})
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
