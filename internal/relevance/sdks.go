package relevance

import (
	"cmp"
	"slices"

	"github.com/asynccheck/asynccheck/internal/importpath"
)

// A Package is one that contracts name. The table of all is generated from the contracts, and has no maps: a process
// for a package that doesn't matter would take longer to start.
type Package struct {
	Path  string   // import path without major versions
	Names []string // of the functions and types in it; if there are none, every use of the package counts
}

// An imported is what contracts know of the imports of a package.
type imported struct {
	names [][]string
	all   bool // every use of some import counts
}

// importedOf returns what the imports know of the packages, which are in the order of their paths.
func importedOf(sdks []Package, paths []string) (m imported) {
	if len(sdks) == 0 {
		return m
	}
	for _, path := range paths {
		unversioned := importpath.Unversioned(path)
		i, ok := slices.BinarySearchFunc(sdks, unversioned, func(s Package, path string) int { return cmp.Compare(s.Path, path) })
		switch {
		case !ok:
		case sdks[i].Names == nil:
			m.all = true
		default:
			m.names = append(m.names, sdks[i].Names)
		}
	}
	return m
}

// Add adds the packages of the configuration's contracts, in the order of their paths.
func (m *Imports) Add(own []Package) { m.own = importedOf(own, m.paths) }

// SDKNames visits the names that contracts know in the imported packages. If a package mentions none of them, it uses
// no response of the contracts, unless another of its imports gives it one. If every use of an import counts, it
// returns true.
func (m *Imports) SDKNames(visit func(name string)) (all bool) {
	for _, of := range []*imported{&m.sdks, &m.own} {
		for _, names := range of.names {
			for _, name := range names {
				visit(name)
			}
		}
	}
	return m.sdks.all || m.own.all
}

// OfSDK reports whether contracts know the name in an imported package.
func (m *Imports) OfSDK(name []byte) bool {
	known := func(names []string) bool { return slices.Contains(names, string(name)) }
	return slices.ContainsFunc(m.sdks.names, known) || slices.ContainsFunc(m.own.names, known)
}
