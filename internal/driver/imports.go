package driver

import (
	"cmp"
	"errors"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/fromsource"
	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

// An importer imports packages, and has the positions of their declarations.
type importer interface {
	types.Importer
	Fset() *token.FileSet
}

// importer returns where the types of a package's imports come from. What the compiler has already exported is read
// fastest. If much is missing, all types come from source: types of the universe don't go with those of exports. Where
// source doesn't tell them, as those of cgo, a package is compiled, and what is exported of it takes the place of source.
func (r *run) importer(n *node) (importer, error) {
	r.finding.Do(func() {
		r.enter(Typing)
		r.kept.note(r.requested)
		r.findExports()
	})
	imports := slices.SortedFunc(maps.Values(n.pkg.Imports), func(p, q *packages.Package) int { return cmp.Compare(p.ID, q.ID) })
	if !r.exportable(imports) {
		r.findAllExports()
	}
	if !r.exportable(imports) {
		native, err := r.declare(imports)
		switch {
		case err != nil:
			return nil, err
		case len(native) == 0:
			r.rememberDeclared(imports)
			return r.universe.Importer(n.pkg), nil
		}
		if err := r.compile(native); err != nil {
			return nil, err
		}
	}
	exports := r.exportsOf(n.pkg)
	if exports == nil {
		return nil, errBlocked
	}
	r.remember(exports)
	return r.importers.take(n.pkg, exports), nil
}

// exportable reports whether there are exports of all these packages: the compiler has made them, or few have to be made
// from source, and the compiler has exported what they import from the standard library.
func (r *run) exportable(pkgs []*packages.Package) bool {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	more := make(map[*packages.Package]bool)
	var has func(p *packages.Package) bool
	has = func(p *packages.Package) bool {
		if p.PkgPath == "unsafe" || p.ExportFile != "" || r.making[p] || more[p] {
			return true
		}
		n := r.nodes[p]
		if n == nil || n.cgo || standard(p) || len(r.making)+len(more) >= r.maxMade {
			return false
		}
		more[p] = true
		for _, imp := range p.Imports {
			if !has(imp) {
				return false
			}
		}
		return true
	}
	for _, p := range pkgs {
		if !has(p) {
			return false
		}
	}
	maps.Copy(r.making, more)
	return true
}

// note notes what is wrong with a package that others import. Each of them may find it.
func (r *run) note(p *packages.Package, errs []Error) {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	if len(r.wrong[p]) == 0 {
		r.wrong[p] = errs
	}
}

// noteWrong notes what is wrong with declarations, or why nothing was exported of a package, if something is wrong.
func (r *run) noteWrong(p *packages.Package, err error) {
	if wrong, ok := errors.AsType[*fromsource.Errors](err); ok {
		r.note(wrong.Package, sourceErrors(wrong.Package.PkgPath, wrong.List))
	} else if err != nil {
		r.note(p, packageErrors(p.PkgPath, err))
	}
}

// exportsOf returns what was exported of all imports of a package, nil if something is missing.
func (r *run) exportsOf(p *packages.Package) map[*packages.Package]onepkg.Export {
	exports := make(map[*packages.Package]onepkg.Export)
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) { // what is wrong first is said
		imp := p.Imports[path]
		if exports[imp] = r.exportOf(imp); exports[imp].Missing() && imp.PkgPath != "unsafe" {
			return nil
		}
	}
	return exports
}

// exportOf returns what was exported of a package. If the compiler hasn't, it comes from source: from the universe or, if
// it has to be made, from the exports of its imports. If something is wrong, it is missing.
func (r *run) exportOf(p *packages.Package) onepkg.Export {
	e := onepkg.Export{Path: p.PkgPath, File: r.exportedTo(p)}
	if e.File != "" || p.PkgPath == "unsafe" {
		return e
	}
	d, _ := r.made.LoadOrStore(p, new(redeclared))
	made := d.(*redeclared)
	made.once.Do(func() {
		if !r.makes(p) {
			pkg, err := r.universe.Import(p)
			if err == nil {
				made.data, _ = onepkg.WriteExport(r.universe.Fset, pkg)
				return
			}
			if native, ok := err.(*fromsource.Native); !ok || native.Package == p {
				return
			}
		}
		exports := r.exportsOf(p)
		if exports == nil {
			return
		}
		importer := r.importers.take(p, exports)
		var err error
		if made.data, err = r.exportFrom(p, importer); err == nil {
			r.importers.giveBack(p, importer)
		}
		r.noteWrong(p, err)
	})
	e.Data = made.data
	return e
}

// makes reports whether the export of a package is made without the universe.
func (r *run) makes(p *packages.Package) bool {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	return r.making[p]
}

// exportFrom does what the compiler would do to export a package: its declarations come from source, and what they refer
// to comes from the importer.
func (r *run) exportFrom(p *packages.Package, importer *onepkg.Importer) ([]byte, error) {
	pkg, err := fromsource.Check(p, importer.Fset(), importer, r.universe.Sizes)
	if err != nil {
		return nil, err
	}
	return onepkg.WriteExport(importer.Fset(), pkg)
}

// Importers has importers that nobody uses now. The next packages take them, with all that was read: many packages import
// the same ones, and to read what net/http exports takes as long as to analyze a small package.
type importers struct {
	mu   sync.Mutex
	free []*onepkg.Importer
}

// take returns what imports a package's imports from what was exported of them. It is used by one goroutine.
func (s *importers) take(p *packages.Package, exports map[*packages.Package]onepkg.Export) *onepkg.Importer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if last := len(s.free) - 1; last >= 0 && p.ForTest == "" {
		importer := s.free[last]
		s.free = s.free[:last]
		importer.Next(resolver(p, exports))
		return importer
	}
	return fromExports(p, exports)
}

// maxRead is the size of a file set, in bytes, from which on importers are not used again. What they have read stays in
// memory. Each file of a package that was read counts as 64 kB.
const maxRead = 1 << 28

// giveBack lets other packages use an importer. Nobody uses its types any more, and nothing was wrong: it has read nothing
// in part. Variants for tests have imports of their own.
func (s *importers) giveBack(p *packages.Package, importer *onepkg.Importer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.ForTest == "" && importer.Fset().Base() < maxRead {
		s.free = append(s.free, importer)
	}
}

// fromExports returns what imports a package's imports from what was exported of them.
func fromExports(p *packages.Package, exports map[*packages.Package]onepkg.Export) *onepkg.Importer {
	return onepkg.FromExports(token.NewFileSet(), resolver(p, exports))
}

// resolver returns what finds the export that a path means in a package's files.
func resolver(p *packages.Package, exports map[*packages.Package]onepkg.Export) func(path string) onepkg.Export {
	return func(path string) onepkg.Export {
		if imp := p.Imports[path]; imp != nil {
			return exports[imp]
		}
		return onepkg.Export{Path: path}
	}
}

func (r *run) exportedTo(p *packages.Package) string {
	r.exporting.Lock()
	defer r.exporting.Unlock()
	return p.ExportFile
}

// declare finds out what the packages declare. It returns those among them, and among what they import, that have to be
// compiled for that. A mistake comes before these.
func (r *run) declare(pkgs []*packages.Package) (native []*packages.Package, err error) {
	seen := make(map[*packages.Package]bool)
	var visit func(p *packages.Package)
	visit = func(p *packages.Package) {
		if seen[p] {
			return
		}
		seen[p] = true
		_, e := r.universe.Import(p)
		switch e := e.(type) {
		case nil:
		case *fromsource.Native:
			if e.Package == p {
				native = append(native, p)
			}
			for _, imp := range p.Imports {
				visit(imp)
			}
		default:
			r.noteWrong(p, e)
			err = errBlocked
		}
	}
	for _, p := range pkgs {
		if visit(p); err != nil {
			return nil, err
		}
	}
	return native, nil
}
