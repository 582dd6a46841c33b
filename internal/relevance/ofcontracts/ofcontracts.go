// Package ofcontracts makes of contracts what the filter knows of them. It is a package of its own, since the filter must
// not import contracts.
package ofcontracts

import (
	"maps"
	"slices"

	"github.com/asynccheck/asynccheck/internal/contract"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// Shapes returns the shapes of the contracts that are found by members, in their order.
func Shapes(all []*contract.Contract) (shapes []relevance.Shape) {
	for _, c := range all {
		if c.ByMembers() {
			shapes = append(shapes, relevance.Shape{
				Code:          c.Code().Path,
				Companions:    c.Companions(),
				TaskEnvelopes: c.Members.TaskEnvelopes,
				Embeddable:    c.Members.Embeddable,
				Seldom:        len(c.Members.Required) > 0,
			})
		}
	}
	return shapes
}

// Packages returns the packages that the other contracts name, in the order of their paths, and the names of the
// functions and types there.
func Packages(all []*contract.Contract) (packages []relevance.Package) {
	names := make(map[string][]string)
	all = slices.DeleteFunc(slices.Clone(all), func(c *contract.Contract) bool { return c.ByMembers() })
	for _, c := range all {
		for _, path := range c.Find.Paths {
			names[path] = append(names[path], c.Find.Names()...)
		}
	}
	for _, c := range all {
		if len(c.Find.Calls) == 0 { // of such a contract, any call may give a response
			for _, path := range c.Find.Paths {
				names[path] = nil
			}
		}
	}
	for _, path := range slices.Sorted(maps.Keys(names)) {
		slices.Sort(names[path])
		packages = append(packages, relevance.Package{Path: path, Names: slices.Compact(names[path])})
	}
	return packages
}
