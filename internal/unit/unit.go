// Package unit spares "go vet" the analysis of packages that can't matter.
//
// The go command runs its tool on every package of the import closure, each by
// itself, and [unitchecker] parses and type-checks a package before an analyzer
// sees it. Of a unit that doesn't matter, by the bytes of its source and the facts
// of its imports, nothing is left to do but to write a fact file. A unit that is
// wanted for its facts alone is analyzed by package modular. Neither's fact file has
// types in it, which unitchecker wants of each import: where it runs, they are
// taken from the compiler's export data.
package unit

import (
	"cmp"
	"encoding/gob"
	"encoding/json"
	"os"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/asynccheck/asynccheck/internal/modular"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// A Unit is a package that the go command wants to be analyzed.
type Unit struct {
	unitchecker.Config
	File  string // that describes it
	facts map[string]*vetx
}

// Read reads what the file says of a unit. Where it returns an error, the unit is an
// empty one.
func Read(file string) (*Unit, error) {
	data, err := os.ReadFile(file)
	u := &Unit{File: file}
	if err == nil {
		err = json.Unmarshal(data, &u.Config)
	}
	if err != nil {
		return &Unit{File: file}, err
	}
	return u, nil
}

// Spare does all that there is to do for a unit without parsing it, if it doesn't
// matter, or without unitchecker, if nobody wants its findings. Where it returns false,
// nothing is done: unitchecker has to analyze the unit. A unit that concerns the configuration
// does matter.
func (u *Unit) Spare(a *analysis.Analyzer, concerns bool) (bool, error) {
	if u.VetxOutput == "" || len(u.GoFiles) == 0 || !u.complete() {
		return false, nil
	}
	if !concerns && u.Module == nil && u.ModulePath == "" && relevance.Standard(u.ImportPath) {
		return true, writeFacts(u.VetxOutput, nil)
	}
	for _, f := range a.FactTypes {
		gob.Register(f)
	}
	facts, err := u.importedFacts()
	if err != nil {
		return false, nil // unitchecker will say so
	}
	matters, err := u.matters(facts)
	switch matters = matters || concerns; {
	case err != nil:
		return false, nil
	case !matters:
		return true, writeFacts(u.VetxOutput, modular.HandOn(facts))
	case u.VetxOnly:
		res, err := modular.Analyze(a, u.modular(facts))
		if err != nil {
			return false, nil
		}
		return true, writeFacts(u.VetxOutput, res.Facts)
	}
	return false, nil
}

// matters reports whether the unit can matter, by its source and the facts of its imports.
func (u *Unit) matters(facts []modular.Fact) (bool, error) {
	imports := make([]string, 0, len(u.ImportMap))
	for _, path := range u.ImportMap {
		imports = append(imports, path)
	}
	return relevance.OfFiles(u.GoFiles, imports, modular.Values(facts))
}

// modular returns what describes the unit to package modular.
func (u *Unit) modular(facts []modular.Fact) *modular.Package {
	p := &modular.Package{
		Path:         u.ImportPath,
		GoFiles:      u.GoFiles,
		OtherFiles:   u.NonGoFiles,
		IgnoredFiles: u.IgnoredFiles,
		GoVersion:    u.GoVersion,
		Module:       u.Module,
		Facts:        facts,
		Resolve: func(path string) modular.Export {
			path = cmp.Or(u.ImportMap[path], path)
			return modular.Export{Path: path, File: u.PackageFile[path]}
		},
	}
	if p.Module == nil && u.ModulePath != "" { // before Go 1.27
		p.Module = &analysis.Module{Path: u.ModulePath, Version: u.ModuleVersion, GoVersion: u.GoVersion}
	}
	return p
}

// complete reports whether there is export data of all imports. Where there is none,
// who imports this unit could not get its types but from its fact file. A unit
// without imports is not asked for any, so that nobody knows.
func (u *Unit) complete() bool {
	known := false
	for _, path := range u.ImportMap {
		if path == "unsafe" || path == "C" { // neither is compiled
			continue
		}
		if u.PackageFile[path] == "" || u.PackageVetx[path] == "" {
			return false
		}
		known = true
	}
	return known
}
