// Errcheck is github.com/kisielk/errcheck/errcheck's analyzer as a tool of go vet.
package main

import (
	"github.com/kisielk/errcheck/errcheck"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func main() { unitchecker.Main(errcheck.Analyzer) }
