package source

import (
	"bytes"
	"slices"
)

//go:generate go run ./generate

// Standard reports whether a package that belongs to no module is one of the standard
// library. Those have no facts: what there is to know of their functions is known
// by name. Tests beside a package are a package, too. One that is too new to be known here is looked at like any other.
//
// The whole path counts: without modules, other people's packages may have paths such as text/foo or cmd/server.
func Standard(path string) bool {
	_, found := slices.BinarySearch(standard[:], path)
	if tested := bytes.TrimSuffix([]byte(path), []byte("_test")); !found && len(tested) < len(path) {
		_, found = slices.BinarySearch(standard[:], string(tested))
	}
	return found
}
