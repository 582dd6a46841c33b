package source

import (
	"bytes"
	"slices"
)

//go:generate go run ./generate go1.26.8 go1.27.3

// Standard reports whether a package without a module belongs to the standard library. Its packages have no facts: the
// library's table knows their functions by name. The tests beside a package are a package, too. A package that is too
// new for the list is looked at like any other.
//
// The whole path counts. Without modules, other people's packages may have paths such as text/foo or cmd/server.
func Standard(path string) bool {
	_, found := slices.BinarySearch(standard[:], path)
	if tested := bytes.TrimSuffix([]byte(path), []byte("_test")); !found && len(tested) < len(path) {
		_, found = slices.BinarySearch(standard[:], string(tested))
	}
	return found
}
