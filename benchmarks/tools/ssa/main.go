// Ssa builds each package's SSA and does nothing with it, by itself. It has no facts, which
// buildssa has by what it requires: of dependencies it loads no more than what they export.
package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/singlechecker"
	"golang.org/x/tools/go/ssa"
)

func main() {
	singlechecker.Main(&analysis.Analyzer{
		Name: "ssa",
		Doc:  "ssa builds SSA",
		Run: func(pass *analysis.Pass) (any, error) {
			prog := ssa.NewProgram(pass.Fset, 0)
			for _, p := range pass.Pkg.Imports() {
				prog.CreatePackage(p, nil, nil, true)
			}
			prog.CreatePackage(pass.Pkg, pass.Files, pass.TypesInfo, false).Build()
			return nil, nil
		},
	})
}
