// Package vetunit spares "go vet" the analysis of packages that can't matter.
//
// The go command describes each package of the import closure in a file, and starts a process of its tool for it.
// Starting takes as long as deciding. So this package links little, and vetinit decides before the rest of the program
// is initialized. Package govet analyzes the packages that matter.
package vetunit

import (
	"bytes"
	"os"
	"strconv"

	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Unit is a package that the go command wants to be analyzed. The fields are those of its description that decide
// whether it matters.
type Unit struct {
	ImportPath  string
	GoFiles     []string
	Module      struct{ Path, Version string } // empty for the standard library
	ImportMap   map[string]string              // package paths by import declarations
	PackageFile map[string]string              // export data by package path
	PackageVetx map[string]string              // fact files
	VetxOnly    bool                           // its findings are not wanted
	VetxOutput  string                         // its own fact file
	Stdout      string                         // file for what it prints

	// Hints are the names in the configuration that matter. They are no part of the description.
	Hints relevance.Hints
}

// Own reports whether the unit belongs to a main module, or is made of files that the command line names.
func (u *Unit) Own() bool {
	return u.Module.Path != "" && u.Module.Version == "" || u.Module.Path == "" && NamedByFiles(u.ImportPath)
}

// NamedByFiles reports whether a package without a module is made of files that the command line names.
func NamedByFiles(path string) bool {
	return path == "command-line-arguments" || path == "command-line-arguments_test"
}

// SkipIfIrrelevant writes the fact file of a unit that doesn't matter, and returns true: nothing is left to do but to
// print that there are no findings. If it returns false, the unit has to be analyzed. That also says what is wrong
// with the unit.
func (u *Unit) SkipIfIrrelevant() bool {
	if !u.Complete() {
		return false
	}
	if u.Module.Path == "" && source.Standard(u.ImportPath) {
		return u.WriteFacts(nil) == nil
	}
	imported, err := u.ImportedFacts()
	if err != nil {
		return false
	}
	imports := make([]string, 0, len(u.ImportMap))
	for _, path := range u.ImportMap {
		imports = append(imports, path)
	}
	q := source.Ask(imports)
	q.Hints = u.Hints
	for _, l := range imported {
		_, _, _, hints, _ := l.Fields()
		q.Hints.Read(hints)
	}
	matters, err := q.OfFiles(u.GoFiles)
	return err == nil && !matters && u.WriteFacts(append(inherit(imported), u.sdks(q.SDKs())...)) == nil
}

// ReportNothing prints what go vet expects for a unit without findings.
func (u *Unit) ReportNothing(json bool) error {
	var report []byte
	if json && !u.VetxOnly {
		report = []byte("{}\n")
	}
	if u.Stdout == "" {
		_, err := os.Stdout.Write(report)
		return err
	}
	return os.WriteFile(u.Stdout, report, 0o666)
}

// Complete reports whether all imports have export data and fact files. Without export data, importers need the types
// from this unit's fact file. Without a fact file, the import's analysis failed, and nothing is known about it.
func (u *Unit) Complete() bool {
	if u.VetxOutput == "" || len(u.GoFiles) == 0 {
		return false
	}
	known := false
	for _, path := range u.ImportMap {
		if path == "unsafe" || path == "C" { // neither is compiled
			continue
		}
		if u.PackageFile[path] == "" {
			return false
		}
		known = true
	}
	return known || compiles()
}

// newest is the newest Go 1 whose go command is known to compile all imports of a unit. With a newer one, unitchecker
// analyzes units without imports, which takes longer. A test fails then, so that somebody checks.
const newest = 27

// compiles reports whether this go command compiles all imports. A unit without imports doesn't show it.
func compiles() bool {
	minor, ok := bytes.CutPrefix([]byte(os.Getenv("GOVERSION")), []byte("go1."))
	minor, _, _ = bytes.Cut(minor, []byte("."))
	n, err := strconv.Atoi(string(minor))
	return ok && err == nil && n <= newest
}
