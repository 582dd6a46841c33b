// Package vetunit spares "go vet" the analysis of packages that can't matter.
//
// The go command describes each package of the import closure in a file, and runs its
// tool on it: a process each, which takes as long to start as to decide. So all that
// a unit needs that doesn't matter is here, and links little: package vetinit decides before
// the rest of the program has started. What matters is left to package vet.
package vetunit

import (
	"bytes"
	"os"
	"strconv"

	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Unit is a package that the go command wants to be analyzed. The fields are those of
// its description, as far as they are needed to decide whether it matters.
type Unit struct {
	ImportPath  string
	GoFiles     []string
	Module      struct{ Path, Version string } // empty for the standard library
	ImportMap   map[string]string              // from import declarations to package paths
	PackageFile map[string]string              // export data by package path
	PackageVetx map[string]string              // fact files
	VetxOnly    bool                           // nobody wants its findings
	VetxOutput  string                         // its own fact file
	Stdout      string                         // file for what it prints

	// Hints are what the configuration tells of names that matter. It is no part of the description.
	Hints relevance.Hints
}

// Own reports whether the unit is of the user's own module, or of one that
// stands in its place.
func (u *Unit) Own() bool { return u.Module.Path != "" && u.Module.Version == "" }

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
	return err == nil && !matters && u.WriteFacts(inherit(imported)) == nil
}

// ReportNothing prints what is printed of a unit without findings.
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

// Complete reports whether there is export data of all imports. Where there is none,
// who imports this unit could not get its types but from its fact file. If an import has
// no fact file, its analysis has failed, and nothing is known of it.
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

// newest is the newest Go 1 whose go command is known to have all imports of a unit compiled. With a newer one, units
// without imports are left to unitchecker, which takes longer: a test fails, so that somebody looks.
const newest = 27

// compiles reports whether the go command is one that has all imports compiled: a unit
// without imports doesn't tell.
func compiles() bool {
	minor, ok := bytes.CutPrefix([]byte(os.Getenv("GOVERSION")), []byte("go1."))
	minor, _, _ = bytes.Cut(minor, []byte("."))
	n, err := strconv.Atoi(string(minor))
	return ok && err == nil && n <= newest
}
