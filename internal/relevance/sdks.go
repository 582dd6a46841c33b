package relevance

import (
	"cmp"
	"slices"

	"github.com/asynccheck/asynccheck/internal/importpath"
)

// An sdk is a package that contracts name. The table of all is generated from the contracts, and has no maps: a process
// for a package that doesn't matter would take longer to start.
type sdk struct {
	path  string   // import path without major versions
	names []string // of the functions and types in it
}

// sdkNames returns the names that contracts know in the package with this import path.
func sdkNames(path string) []string {
	unversioned := importpath.Unversioned(path)
	i, ok := slices.BinarySearchFunc(sdks, unversioned, func(s sdk, path string) int { return cmp.Compare(s.path, path) })
	if !ok {
		return nil
	}
	return sdks[i].names
}

// SDKNames visits the names that contracts know in the imported packages. If a package mentions none of them, it uses
// no response of the contracts, unless another of its imports gives it one.
func (m *Imports) SDKNames(yield func(name string)) {
	for _, names := range m.sdks {
		for _, name := range names {
			yield(name)
		}
	}
}

// OfSDK reports whether contracts know the name in an imported package.
func (m *Imports) OfSDK(name []byte) bool {
	return slices.ContainsFunc(m.sdks, func(names []string) bool { return slices.Contains(names, string(name)) })
}
