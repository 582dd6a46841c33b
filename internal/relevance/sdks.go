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

// JoinPackages joins two lists of packages in the order of their paths.
func JoinPackages(a, b []Package) (joined []Package) {
	for _, p := range slices.SortedStableFunc(slices.Values(slices.Concat(a, b)), func(a, b Package) int { return cmp.Compare(a.Path, b.Path) }) {
		last := len(joined) - 1
		switch {
		case last < 0 || joined[last].Path != p.Path:
			joined = append(joined, p)
		case joined[last].Names == nil || p.Names == nil:
			joined[last].Names = nil
		default:
			joined[last].Names = slices.Concat(joined[last].Names, p.Names)
		}
	}
	return joined
}

// A SDKs hinter gives the packages that contracts name, by their import paths without major versions. Importers get their
// responses through a package that mentions none: it may embed a client, or have one in a variable.
//
//	type Queue struct{ *sqs.Client }
type SDKs []string

// Hint implements [Hinter].
func (s SDKs) Hint(h *Hints) { h.SDKs = append(h.SDKs, s...) }

// A SDKsGiver is a kind of fact of a package that gives SDKs. Reaching returns the fact.
type SDKsGiver interface{ Reaching(SDKs) any }

// An imported is what contracts know of the imports of a package.
type imported struct {
	paths []string // of the packages that they name
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
		if ok {
			m.paths = append(m.paths, unversioned)
		}
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

// Add adds what hints tell: the packages of the configuration's contracts, and SDKs that imports give.
func (m *Imports) Add(h *Hints) {
	paths := m.paths
	if len(h.SDKs) > 0 {
		paths = slices.Concat(paths, h.SDKs)
		m.sdks = importedOf(sdks, paths)
	}
	m.own = importedOf(h.Packages, paths)
}

// SDKs returns the packages that contracts name, among the imports and what these give, in the order of their paths.
func (m *Imports) SDKs() SDKs {
	all := slices.Concat(m.sdks.paths, m.own.paths)
	slices.Sort(all)
	return slices.Compact(all)
}

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
