package driver

import (
	"path/filepath"
	"slices"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/filter/program"
	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// reach marks the needed packages: those that may declare a response, those that import such a package, directly or
// not, and everything that these import. Other packages, such as one that decodes for its callers, never see a
// response.
//
// Only the whole program shows this. "go vet" shows one package at a time, and any package may import it.
func (r *run) reach() error {
	if err := r.shape(); err != nil {
		return err
	}
	within := make(map[*node]bool)
	for _, n := range r.order {
		within[n] = n.shapes.Response || slices.ContainsFunc(n.imports, func(m *node) bool { return within[m] })
		n.needed = within[n]
	}
	for _, n := range slices.Backward(r.order) {
		n.needed = n.needed || slices.ContainsFunc(n.importers, func(m *node) bool { return m.needed })
	}
	return nil
}

// shape finds the shapes of all packages.
func (r *run) shape() error {
	analyses := r.analyses()
	var hints relevance.Hints // of all: what one takes for a response may be declared in a package of another
	asked := make(map[relevance.Hinter]bool)
	for _, a := range analyses {
		if a.Hints != nil && !asked[a.Hints] {
			asked[a.Hints] = true
			a.Hints.Hint(&hints)
		}
	}
	named := func(p *packages.Package) bool { // by the analysis of another package, which gets no facts about it
		return slices.ContainsFunc(analyses, func(a *Analysis) bool { return a.BeyondFacts != nil && a.always(p) })
	}
	swig := func(file string) bool {
		ext := filepath.Ext(file)
		return ext == ".swig" || ext == ".swigcxx"
	}
	var generated []*node // by swig: their declarations stand in no file yet
	for _, n := range r.order {
		if slices.ContainsFunc(n.pkg.OtherFiles, swig) {
			generated = append(generated, n)
		}
	}
	if err := r.generate(generated); err != nil {
		return err
	}
	importsFirst(r.order, func(n *node) {
		odd := false // it imports a package that only looks like one of the standard library
		codes := make(map[string]bool)
		for _, imp := range n.pkg.Imports {
			program.AddStandard(imp.PkgPath, codes)
			odd = odd || imp.Module != nil && source.Standard(imp.PkgPath)
		}
		for _, m := range n.imports {
			for _, name := range m.shapes.Codes {
				codes[name] = true
			}
		}
		var files [][]byte
		if n.root { // if responses are in reach, there are more questions about it
			files, _ = source.Read(n.files) // program.Of will meet the error again
		}
		n.shapes = program.Of(n.files, files, codes, hints.Shapes)
		r.hold(n, files)
		q := source.Ask(slices.Collect(importPaths(n.pkg)))
		q.Hints.Packages = hints.Packages
		for _, m := range n.imports {
			m.sdks.Hint(&q.Hints)
		}
		n.usesSDK, n.sdks = q.UsesSDK(n.files), q.SDKs()
		if n.usesSDK || odd || n.always(n.pkg) || named(n.pkg) || len(n.pkg.Errors) > 0 {
			n.shapes.Response = true
		}
	})
	return nil
}

// analyses returns how packages are analyzed, each way once.
func (r *run) analyses() (all []*Analysis) {
	seen := make(map[*Analysis]bool)
	for _, n := range r.order {
		if !seen[n.Analysis] {
			seen[n.Analysis] = true
			all = append(all, n.Analysis)
		}
	}
	return all
}

// generateCgo has the files written that replace those with cgo, in packages that may matter.
func (r *run) generateCgo() error {
	var cgo []*node
	for _, n := range r.order {
		if n.mayMatter && n.shapes.Cgo && !n.generated {
			cgo = append(cgo, n)
		}
	}
	return r.generate(cgo)
}

// generate has the go command write the files that replace cgo's for the compiler: these import more. We ask only for
// some packages, since it takes as long as to compile them.
func (r *run) generate(nodes []*node) error {
	wanted := make(map[string]*node)    // by their IDs
	patterns := make(map[bool][]string) // the key says whether they are variants for tests
	for _, n := range nodes {
		wanted[n.pkg.ID] = n
		n.generated = true
		if n.pkg.ForTest == "" {
			patterns[false] = append(patterns[false], n.pkg.PkgPath)
		} else {
			patterns[true] = append(patterns[true], n.pkg.ForTest)
		}
	}
	if len(nodes) == 0 {
		return nil
	}
	known := byID(r.requested)
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports |
		packages.NeedDeps | packages.NeedModule
	for tests, paths := range patterns {
		pkgs, err := r.list(r.ctx, mode, tests, paths)
		if err != nil {
			return err
		}
		packages.Visit(pkgs, nil, func(p *packages.Package) {
			for path, imp := range p.Imports {
				if k := known[imp.ID]; k != nil {
					p.Imports[path] = k // each package is one, and so are its types
				}
			}
			if known[p.ID] == nil {
				known[p.ID] = p
			}
			if n := wanted[p.ID]; n != nil {
				n.files = p.CompiledGoFiles
				for path, imp := range p.Imports {
					if n.pkg.Imports[path] == nil {
						n.pkg.Imports[path] = imp
					}
				}
				n.pkg.Errors = append(n.pkg.Errors, p.Errors...)
			}
		})
	}
	return nil
}
