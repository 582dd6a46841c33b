package driver

import (
	"cmp"
	"errors"
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/fromsource"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

// importer returns where the types of a package's imports come from, and their positions. What the compiler has already
// exported is read fastest. If something is missing, all types come from source: types of both kinds don't go together.
// Where source doesn't tell them, as those of cgo, the imports are compiled.
func (r *run) importer(n *node) (*token.FileSet, types.Importer, error) {
	r.finding.Do(func() {
		r.enter(Typing)
		r.findExports()
	})
	imports := slices.SortedFunc(maps.Values(n.pkg.Imports), func(p, q *packages.Package) int { return cmp.Compare(p.ID, q.ID) })
	if !r.exported(imports) {
		err := r.declare(imports)
		if err == nil {
			r.rememberDeclared(imports)
			return r.universe.Fset, r.universe.Importer(n.pkg), nil
		}
		if wrong, ok := errors.AsType[*fromsource.Errors](err); ok {
			r.note(wrong.Package, sourceErrors(wrong.Package.PkgPath, wrong.List))
			return nil, nil, errBlocked
		}
		if err := r.compile(imports); err != nil {
			return nil, nil, err
		}
		if !r.exported(imports) {
			return nil, nil, errBlocked
		}
	}
	exports := r.exportsOf(imports)
	r.remember(exports)
	fset, importer := fromExports(n.pkg, exports)
	return fset, importer, nil
}

// note notes what is wrong with a package that others import. Each of them may find it.
func (r *run) note(p *packages.Package, errs []Error) {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	if len(r.wrong[p]) == 0 {
		r.wrong[p] = errs
	}
}

// exportsOf returns what the compiler exported of packages.
func (r *run) exportsOf(pkgs []*packages.Package) map[*packages.Package]onepkg.Export {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	exports := make(map[*packages.Package]onepkg.Export)
	for _, p := range pkgs {
		exports[p] = onepkg.Export{Path: p.PkgPath, File: p.ExportFile}
	}
	return exports
}

// fromExports returns what imports a package's imports from what was exported of them.
func fromExports(p *packages.Package, exports map[*packages.Package]onepkg.Export) (*token.FileSet, types.Importer) {
	fset := token.NewFileSet()
	byPath := make(map[string]onepkg.Export)
	for path, imp := range p.Imports {
		byPath[path] = exports[imp]
	}
	return fset, onepkg.FromExports(fset, func(path string) onepkg.Export {
		if e, ok := byPath[path]; ok {
			return e
		}
		return onepkg.Export{Path: path}
	})
}

// exported reports whether the compiler's exports of all these packages are known.
func (r *run) exported(pkgs []*packages.Package) bool {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	return !slices.ContainsFunc(pkgs, func(p *packages.Package) bool { return p.ExportFile == "" && p.PkgPath != "unsafe" })
}

// declare finds out what the packages declare. An error says why source doesn't tell it: a mistake before cgo.
func (r *run) declare(pkgs []*packages.Package) (first error) {
	for _, p := range pkgs {
		_, err := r.universe.Import(p)
		if _, wrong := errors.AsType[*fromsource.Errors](err); wrong {
			return err
		}
		first = cmp.Or(first, err)
	}
	return first
}
