package analyzer_test

import (
	"fmt"
	"go/ast"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
	"github.com/asynccheck/asynccheck/internal/filter/program"
	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/relevance"
)

// Each tier of package relevance may let more through than the tiers after it, and never less. From the last
// tier to the first:
//
//   - The engine, if it follows every function of every package. The analyzer, which ends early and leaves functions out,
//     finds the same, and keeps the same facts of what importers can call.
//   - The analyzer. What matters to it, or has a finding or a fact, matters by its bytes.
//   - What has a response, or leads to one. It has a struct in reach that may be a response by its bytes.
func TestTiers(t *testing.T) {
	kept := func(path string) bool { return !source.Standard(path) && !strings.HasPrefix(path, "m/limits/") }
	for _, set := range []struct {
		name  string
		load  func(*testing.T) []*packages.Package
		std   bool                   // the standard library is analyzed, as if it belonged to a module
		facts func(path string) bool // those of a package are compared
		cfg   analyzer.Config
	}{
		{"fixtures", loadFixtures, false, kept, analyzer.Config{}},
		{"generated", loadGenerated, false, kept, analyzer.Config{}},
		{"own", loadOwn, false, kept, analyzer.Config{APIs: tierAPIs}},
		{"real", loadModules, true, func(string) bool { return false }, analyzer.Config{}}, // many are like helpers, and too large for one
	} {
		t.Run(set.name, func(t *testing.T) {
			pkgs := set.load(t)
			defer analyzer.SetPartSize(1)() // else a part has the rest of its room left for others
			set.cfg.Strict = true
			some := followTiers(t, pkgs, set.std, &set.cfg)
			checkTiers(t, some, &set.cfg)
			defer analyzer.SetEndEarly(false)()
			defer analyzer.SetLeaveOut(false)()
			all := followTiers(t, pkgs, set.std, &set.cfg)
			compareTiers(t, "lost", all, some, set.facts)
			compareTiers(t, "more", some, all, set.facts)
		})
	}
}

// A tiered is what the analyzer finds in a package.
type tiered struct {
	*checker.Action
	reasons relevance.Set // for which it matters by syntax and types
}

// followTiers runs the analyzer on packages, and on those that they import.
func followTiers(t *testing.T, pkgs []*packages.Package, std bool, cfg *analyzer.Config) (all []tiered) {
	t.Helper()
	a, err := analyzer.New(*cfg)
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	reasons := make(map[*types.Package]relevance.Set)
	run := a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		if !std && source.Standard(pass.Pkg.Path()) {
			pass.Module = nil
			return run(pass)
		}
		r := analyzer.Reasons(pass, cfg)
		mu.Lock()
		reasons[pass.Pkg] = r
		mu.Unlock()
		return run(pass)
	}
	graph, err := checker.Analyze([]*analysis.Analyzer{a}, pkgs, nil)
	if err != nil {
		t.Fatal(err)
	}
	for act := range graph.All() {
		if act.Analyzer != a {
			continue
		}
		if act.Err != nil {
			t.Fatal(act.Err)
		}
		all = append(all, tiered{act, reasons[act.Package.Types]})
	}
	return all
}

// compareTiers reports the differences of two runs: findings, and facts of what importers can call.
func compareTiers(t *testing.T, what string, a, b []tiered, facts func(path string) bool) {
	t.Helper()
	has := make(map[string]bool)
	for _, p := range b {
		for _, text := range p.left(facts(p.Package.PkgPath)) {
			has[text] = true
		}
	}
	for _, p := range a {
		for _, text := range p.left(facts(p.Package.PkgPath)) {
			if !has[text] {
				t.Errorf("%s: %s", what, text)
			}
		}
	}
}

func (p tiered) left(facts bool) (texts []string) {
	for _, d := range p.Diagnostics {
		texts = append(texts, fmt.Sprintf("%s: %s", p.Package.Fset.Position(d.Pos), d.Message))
	}
	if facts {
		for _, f := range ownFacts(p.Action) {
			if ast.IsExported(f.Object.Name()) {
				texts = append(texts, fmt.Sprintf("%s: %s: %s", p.Package.Fset.Position(f.Object.Pos()), f.Object.Name(), f.Fact))
			}
		}
	}
	return texts
}

// checkTiers compares what matters to the analyzer with what matters by its bytes.
func checkTiers(t *testing.T, all []tiered, cfg *analyzer.Config) {
	t.Helper()
	reaching := reaching{known: make(map[*packages.Package]*reached)}
	cfg.Hint(&reaching.hints)
	matter := 0
	for _, p := range all {
		left := len(p.Diagnostics) > 0
		leads := p.reasons.Has(relevance.Member)
		var hints, own relevance.Hints // of the imports, and of what the package tells others
		cfg.Hint(&hints)
		for _, f := range p.AllObjectFacts() {
			if f.Object.Pkg() == p.Package.Types {
				left = true
			} else {
				hints.Read(relevance.HintsOf(f.Fact))
			}
		}
		for _, f := range p.AllPackageFacts() {
			if f.Package == p.Package.Types {
				own.Read(relevance.HintsOf(f.Fact))
				leads = leads || len(own.Names[relevance.Named]) > 0
				left = left || leads || len(own.Names[relevance.Part]) > 0
			} else if p.Package.Imports[f.Package.Path()] != nil { // those of others are not handed on
				hints.Read(relevance.HintsOf(f.Fact))
			}
		}
		var imports []string
		for _, imp := range p.Package.Imports {
			imports = append(imports, imp.PkgPath)
		}
		q := source.Ask(imports)
		q.Hints = hints
		if p.reasons == 0 && !left { // the filter gives SDKs without the analyzer
			if given := q.SDKs(); !slices.Equal(own.SDKs, given) && !source.Standard(p.Package.PkgPath) {
				t.Errorf("%s gives %q, and %q by its imports", p.Package.PkgPath, own.SDKs, given)
			}
			continue
		}
		matter++
		if matters, err := q.OfFiles(p.Package.CompiledGoFiles); err != nil || !matters {
			t.Errorf("%s matters (%s), or has findings or facts (%t), and doesn't matter by its source: %v", p.Package.PkgPath, named(p.reasons), left, err)
		}
		if leads && !source.Standard(p.Package.PkgPath) && !reaching.reach(p.Package).response {
			t.Errorf("%s has a response, or leads to one, and reaches no struct that may be one", p.Package.PkgPath)
		}
	}
	t.Logf("%d packages, of which %d matter", len(all), matter)
}

func named(reasons relevance.Set) string {
	var names []string
	for r := range relevance.Reasons {
		if reasons.Has(r) {
			names = append(names, relevance.Table[r].Name)
		}
	}
	return strings.Join(names, ", ")
}

// reaching finds what is in reach of packages.
type reaching struct {
	hints relevance.Hints // of the configuration
	known map[*packages.Package]*reached
}

// reached is what package program finds in a package and in what it imports.
type reached struct {
	response bool
	codes    []string
	sdks     relevance.SDKs
}

func (all *reaching) reach(p *packages.Package) *reached {
	if r := all.known[p]; r != nil {
		return r
	}
	r := new(reached)
	all.known[p] = r
	var imports []string
	codes := make(map[string]bool)
	var sdks relevance.SDKs
	for _, imp := range p.Imports {
		imports = append(imports, imp.PkgPath)
		program.AddStandard(imp.PkgPath, codes)
		if source.Standard(imp.PkgPath) {
			continue
		}
		m := all.reach(imp)
		r.response = r.response || m.response
		sdks = append(sdks, m.sdks...)
		for _, name := range m.codes {
			codes[name] = true
		}
	}
	s := program.Of(p.CompiledGoFiles, nil, codes, all.hints.Shapes)
	q := source.Ask(imports)
	q.Hints.Packages, q.Hints.SDKs = all.hints.Packages, sdks
	r.response, r.codes = r.response || s.Response || s.Cgo || q.UsesSDK(p.CompiledGoFiles), s.Codes
	r.sdks = q.SDKs()
	return r
}

// loadFixtures loads the fixtures, and the packages of the standard library that they import.
func loadFixtures(t *testing.T) []*packages.Package {
	t.Helper()
	src, err := filepath.Abs("../testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	return load(t, &packages.Config{
		Dir: src, Tests: true,
		Env: append(os.Environ(), "GOPATH="+filepath.Dir(src), "GO111MODULE=off", "GOPROXY=off"),
	}, fixtures(t, src)...)
}

// loadModules loads packages of other modules, and their imports.
func loadModules(t *testing.T) []*packages.Package {
	t.Helper()
	return load(t, &packages.Config{Dir: ".."}, "github.com/goccy/go-yaml", "github.com/owenrumney/go-sarif/v2/sarif",
		"github.com/rogpeppe/go-internal/testscript", "golang.org/x/tools/go/packages")
}

func load(t *testing.T, cfg *packages.Config, patterns ...string) []*packages.Package {
	t.Helper()
	cfg.Mode = packages.LoadAllSyntax
	pkgs, err := packages.Load(cfg, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	return pkgs
}
