// Noop does nothing with packages, by itself. It has facts, as analyzers have that
// look beyond a package, so that the dependencies' syntax is loaded too.
package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/analysis/singlechecker"
)

type fact struct{}

func (*fact) AFact() {}

func main() {
	singlechecker.Main(&analysis.Analyzer{
		Name:      "noop",
		Doc:       "noop does nothing",
		Requires:  []*analysis.Analyzer{inspect.Analyzer},
		FactTypes: []analysis.Fact{new(fact)},
		Run:       func(*analysis.Pass) (any, error) { return nil, nil },
	})
}
