// Ssa builds each package's SSA and does nothing with it, stand-alone. It has no facts, although buildssa has some by
// its requirements: so it loads only export data of dependencies.
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
