package analyzer_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/filter/program"
	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// Three tiers decide what is analyzed at all. Each may let more through than the next one, and never less:
//
//   - stand-alone, package program looks for structs that may be responses, in what a package reaches;
//   - package source looks at the bytes of one package, with hints from the facts of its imports;
//   - the analyzer itself ends early where nothing is a response.
//
// The analyzer tells by what it leaves: a package with a finding or a fact of its own did matter.
func checkTiers(t *testing.T, results []*analysistest.Result) {
	t.Helper()
	shapes := make(map[*packages.Package]*reached)
	for _, res := range results {
		act := res.Action
		left := len(act.Diagnostics) > 0
		var hints relevance.Hints
		for _, f := range act.AllObjectFacts() {
			if f.Object.Pkg() == act.Package.Types {
				left = true
			} else {
				hints.Read(relevance.HintsOf(f.Fact))
			}
		}
		for _, f := range act.AllPackageFacts() {
			if f.Package == act.Package.Types {
				left = true
			} else {
				hints.Read(relevance.HintsOf(f.Fact))
			}
		}
		if !left {
			continue
		}
		var imports []string
		for _, imp := range act.Package.Imports {
			imports = append(imports, imp.PkgPath)
		}
		q := source.Ask(imports)
		q.Hints = hints
		if matters, err := q.OfFiles(act.Package.CompiledGoFiles); err != nil || !matters {
			t.Errorf("%s has findings or facts, and doesn't matter by its source: %v", act.Package.PkgPath, err)
		}
		if len(act.Diagnostics) > 0 && !reach(shapes, act.Package).response {
			t.Errorf("%s has findings, and reaches no struct that may be a response", act.Package.PkgPath)
		}
	}
}

// reached is what package program finds in a package and in what it imports.
type reached struct {
	response bool
	codes    []string
}

func reach(known map[*packages.Package]*reached, p *packages.Package) *reached {
	if r := known[p]; r != nil {
		return r
	}
	r := new(reached)
	known[p] = r
	codes := make(map[string]bool)
	for _, imp := range p.Imports {
		program.AddStandard(imp.PkgPath, codes)
		if source.Standard(imp.PkgPath) {
			continue
		}
		m := reach(known, imp)
		r.response = r.response || m.response
		for _, name := range m.codes {
			codes[name] = true
		}
	}
	s := program.Of(p.CompiledGoFiles, codes)
	r.response, r.codes = r.response || s.Response || s.Cgo, s.Codes
	return r
}
