// Package unit spares "go vet" the analysis of packages that can't matter.
//
// The go command runs its tool on every package of the import closure, each by
// itself, and [unitchecker] parses and type-checks a package before an analyzer
// sees it. Of a unit that doesn't matter, by the bytes of its source and the facts
// of its imports, nothing is left to do but to write a fact file. That file has no
// types in it, which unitchecker wants of each import: for a unit that does matter, they are
// taken from the compiler's export data.
package unit

import (
	"cmp"
	"encoding/gob"
	"encoding/json"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

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

// Skip writes the facts of a unit that doesn't matter. If it does, or nobody can
// tell, Skip writes nothing and returns false: the unit is to be analyzed.
func (u *Unit) Skip(a *analysis.Analyzer) (bool, error) {
	if u.VetxOutput == "" || len(u.GoFiles) == 0 || !u.complete() {
		return false, nil
	}
	if u.Module == nil && u.ModulePath == "" && relevance.Standard(u.ImportPath) {
		return true, writeFacts(u.VetxOutput, nil)
	}
	for _, f := range a.FactTypes {
		gob.Register(f)
	}
	if err := u.readFacts(); err != nil {
		return false, nil // unitchecker will say so
	}
	imports := make([]string, 0, len(u.ImportMap))
	for _, path := range u.ImportMap {
		imports = append(imports, path)
	}
	q := relevance.Ask(imports)
	var kept []fact
	for _, v := range u.facts {
		facts, err := v.decode()
		if err != nil {
			return false, nil
		}
		for _, f := range facts {
			if h, ok := f.Fact.(relevance.Hinter); ok {
				h.Hint(&q.Hints)
			}
			if isMember(f.Object) {
				kept = append(kept, f)
			}
		}
	}
	files := make([][]byte, len(u.GoFiles))
	for i, name := range u.GoFiles {
		src, err := os.ReadFile(name)
		if err != nil {
			return false, nil
		}
		files[i] = src
	}
	if q.Matters(files) {
		return false, nil
	}
	return true, writeFacts(u.VetxOutput, distinct(kept))
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

// isMember reports whether the object path is that of a member of something. Facts of members are handed on
// by who imports their package to who imports that, since a value can get so far without
// its package's name.
func isMember(path string) bool { return strings.Contains(path, ".") }

// distinct sorts facts, and drops those that several imports have handed on.
func distinct(facts []fact) []fact {
	slices.SortFunc(facts, func(a, b fact) int {
		return cmp.Or(
			strings.Compare(a.PkgPath, b.PkgPath),
			strings.Compare(a.Object, b.Object),
			strings.Compare(typeName(a.Fact), typeName(b.Fact)))
	})
	return slices.CompactFunc(facts, func(a, b fact) bool {
		return a.PkgPath == b.PkgPath && a.Object == b.Object && typeName(a.Fact) == typeName(b.Fact)
	})
}
