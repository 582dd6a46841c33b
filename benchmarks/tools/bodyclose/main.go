// Bodyclose is github.com/timakin/bodyclose/passes/bodyclose's analyzer as a tool of go vet.
package main

import (
	"github.com/timakin/bodyclose/passes/bodyclose"
	"golang.org/x/tools/go/analysis/unitchecker"
)

func main() { unitchecker.Main(bodyclose.Analyzer) }
