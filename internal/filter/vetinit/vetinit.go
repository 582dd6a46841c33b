// Package vetinit answers "go vet" for units that don't matter, from its init function: before most of the program is
// initialized. Then it ends the process. Initialization takes longer than the answer, and go vet starts a process for
// each package of the import closure. Packages with few dependencies are initialized first, so this one imports only a
// few small packages of the standard library (not even strings). The answer would be right at any time.
//
// Without this package, a cold go vet of tree c takes 1.28 × the CPU time:
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

// answered reports whether the arguments name a unit that doesn't matter, and its fact file is written. It applies the
// defaults of all flags, and only without a configuration.
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

// A configuration may come from these places. They repeat those of package config, which takes longer to start.
const configVariable = "ASYNCCHECK_CONFIG"

var configFiles = [...]string{".asynccheck.yml", ".asynccheck.yaml"}

// configured reports whether there may be a configuration for a package in this directory.
func configured() bool {
	dir, err := os.Getwd()
	if err != nil {
		return true
	}
	for {
		for _, name := range configFiles {
			if _, err := os.Stat(dir + string(os.PathSeparator) + name); !os.IsNotExist(err) {
				return true
			}
		}
		i := bytes.LastIndexByte([]byte(dir), os.PathSeparator)
		if i < 0 {
			return false
		}
		dir = dir[:i]
	}
}
