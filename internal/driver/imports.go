package driver

import (
	"go/token"
	"go/types"
	"maps"
	"slices"

	"golang.org/x/tools/go/packages"

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
	imports := slices.Collect(maps.Values(n.pkg.Imports))
	if !r.exported(imports) {
		if r.declare(imports) == nil {
			r.rememberDeclared(imports)
			return r.universe.Fset, r.universe.Importer(n.pkg), nil
		}
		if err := r.compile(imports); err != nil {
			return nil, nil, err
		}
	}
	exports := r.exportsOf(imports)
	r.remember(exports)
	fset, importer := fromExports(n.pkg, exports)
	return fset, importer, nil
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

// declare finds out what the packages declare. An error says why source doesn't tell it.
func (r *run) declare(pkgs []*packages.Package) error {
	for _, p := range pkgs {
		if _, err := r.universe.Import(p); err != nil {
			return err
		}
	}
	return nil
}
