// Nilerr is github.com/gostaticanalysis/nilerr's analyzer as a tool of go vet.
package main

import (
	"github.com/gostaticanalysis/nilerr"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func main() { unitchecker.Main(nilerr.Analyzer) }
