// Package vetinit answers "go vet" for units that don't matter, and ends the process, while the program is
// still being initialized. Packages with few dependencies are initialized first. What comes later takes longer than the
// answer, and go vet starts a process for each package of the import closure. The answer is the same whenever this
// package's turn comes. It comes early only as long as this package imports no more than a few packages of the standard
// library: package strings already comes late.
//
// Without that, cold go vet of tree c takes 1.28 × the CPU time:
//
//	go -C benchmarks run . -without vetinit -trees c
package vetinit

import (
	"bytes"
	"os"

	"github.com/asynccheck/asynccheck/internal/filter/vetunit"
)

// Relevant says that [vetunit.Unit.SkipIfIrrelevant] was asked here, and that the unit has to be analyzed.
var Relevant bool

func init() {
	if answered(os.Args[1:]) {
		os.Exit(0)
	}
}

// answered reports whether the arguments are a unit that doesn't matter, by the defaults of all
// flags and without a configuration, and all is done for it.
func answered(args []string) bool {
	json := len(args) == 2 && (args[0] == "-json" || args[0] == "-json=true")
	if len(args) != 1 && !json || !bytes.HasSuffix([]byte(args[len(args)-1]), []byte(".cfg")) || os.Getenv(configVariable) != "" {
		return false
	}
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return false
	}
	u, err := vetunit.Parse(data)
	if err != nil || u.Own() && configured() {
		return false
	}
	Relevant = !u.SkipIfIrrelevant()
	return !Relevant && u.ReportNothing(json) == nil
}

// Where a configuration may come from, as package config says, which takes longer to start.
const (
	configVariable = "ASYNCCHECK_CONFIG"
	configFile     = ".asynccheck.yml"
)

// configured reports whether there may be a configuration for a package in this directory.
func configured() bool {
	dir, err := os.Getwd()
	if err != nil {
		return true
	}
	for {
		if _, err := os.Stat(dir + string(os.PathSeparator) + configFile); !os.IsNotExist(err) {
			return true
		}
		i := bytes.LastIndexByte([]byte(dir), os.PathSeparator)
		if i < 0 {
			return false
		}
		dir = dir[:i]
	}
}
