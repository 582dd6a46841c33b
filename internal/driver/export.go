package driver

import (
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/nocompile"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

const exportMode = packages.NeedName | packages.NeedFiles | packages.NeedExportFile | packages.NeedImports | packages.NeedDeps

// findExports sets the ExportFile of packages of which the build cache has what the compiler exported. It compiles
// nothing. Errors mean nothing here: they are about what is not in the cache. What a newer Go exports may be in a form
// that this program doesn't know.
//
// To look for the exports of a whole program takes the go command longer than to list it. So in a large program we ask
// about the standard library first. The exports of a few other packages can then be made from source: see
// [run.exportable].
func (r *run) findExports() {
	program := byID(r.requested)
	var library []*packages.Package
	for _, p := range program {
		for _, imp := range p.Imports {
			if !standard(p) && standard(imp) && imp.PkgPath != "unsafe" {
				library = append(library, imp)
			}
		}
	}
	r.maxMade = r.few
	const large = 4 // times the part of the standard library that it imports
	if r.few == 0 && len(program) >= large*len(byID(library)) {
		// To make an export takes ten times as long as to look for one.
		r.maxMade = len(program) / 20
	}
	if !r.repeatable() {
		r.maxMade = 0
	}
	if r.maxMade == 0 {
		r.findAllExports()
		return
	}
	if names := nameAll(library).standard; len(names) > 0 {
		r.find(false, names)
	}
}

// repeatable reports whether the go command can be asked twice, and exports be made between: what it has said still holds
// then, and it compiles the files that we read. A program that keeps its build cache may use a file again for something
// else. The flag -overlay has other files compiled.
func (r *run) repeatable() bool {
	return r.goEnv.fixed() && !r.goEnv.overlaid() && !otherBuildSystem()
}

// findAllExports does what findExports does for the whole program.
func (r *run) findAllExports() {
	r.findingAll.Do(func() { r.find(r.tests, r.Patterns) })
}

// find sets the ExportFile of the packages that match patterns, and of their imports, without compiling them. It leaves
// those that have one: somebody may be reading that file.
func (r *run) find(tests bool, patterns []string) {
	if r.Program == "" || onepkg.NewerGo(r.goEnv.variable("GOVERSION")) {
		return
	}
	pkgs, err := r.list(r.ctx, exportMode, tests, patterns, nocompile.Flag(r.Program))
	if err != nil {
		return
	}
	listed := byID(pkgs)
	r.exporting.Lock()
	defer r.exporting.Unlock()
	packages.Visit(r.requested, nil, func(p *packages.Package) {
		if p.ExportFile == "" {
			p.ExportFile = exportFile(p, listed[p.ID])
		}
	})
}

// exportFile returns the file with what the compiler exported of a package that was listed before. It returns "" if the
// package has other files by now.
func exportFile(p, listed *packages.Package) string {
	if listed == nil || !slices.Equal(p.GoFiles, listed.GoFiles) {
		return ""
	}
	return listed.ExportFile
}

// byID returns packages with all that they import, by their IDs.
func byID(pkgs []*packages.Package) map[string]*packages.Package {
	all := make(map[string]*packages.Package)
	packages.Visit(pkgs, nil, func(p *packages.Package) { all[p.ID] = p })
	return all
}

// A naming has names of packages for the go command, sorted. Variants for tests are listed with the tests of a package.
type naming struct{ standard, paths, tested []string }

func nameAll(pkgs []*packages.Package) (by naming) {
	for _, p := range pkgs {
		switch {
		case p.ForTest != "":
			by.tested = append(by.tested, p.ForTest)
		case p.Module == nil:
			by.standard = append(by.standard, p.PkgPath)
		default:
			by.paths = append(by.paths, p.PkgPath)
		}
	}
	for _, names := range []*[]string{&by.standard, &by.paths, &by.tested} {
		slices.Sort(*names)
		*names = slices.Compact(*names)
	}
	return by
}

// compile has the go command compile packages, and sets their ExportFile. It notes what is wrong with those that don't
// compile, or with what they import.
func (r *run) compile(pkgs []*packages.Package) error {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	var missing []*packages.Package
	for _, p := range pkgs {
		if p.ExportFile == "" && !r.compiled[p] {
			r.compiled[p] = true
			missing = append(missing, p)
		}
	}
	by := nameAll(missing)
	compile := func(tests bool, patterns []string) error {
		if len(missing) == 0 || len(patterns) == 0 {
			return nil
		}
		listed, err := r.list(r.ctx, exportMode, tests, patterns)
		if err != nil {
			return err
		}
		compiled := byID(listed)
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
	if err := compile(false, by.standard); err != nil {
		return err
	}
	if err := compile(false, by.paths); err != nil {
		return err
	}
	if err := compile(true, by.tested); err != nil {
		return err
	}
	// The go command refuses a package by name that only a dependency's tests import, since go.mod may not fix its
	// version. As an import of those tests it is listed.
	return compile(true, r.Patterns)
}
