package analyzer_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/analyzer"
)

// TestLeftOut: of functions that are not concerned with responses no SSA form is built, and findings and
// facts are the same as if there were one.
func TestLeftOut(t *testing.T) {
	src, err := filepath.Abs("../testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	pkgs, err := packages.Load(&packages.Config{
		Mode: packages.LoadAllSyntax, Dir: src, Tests: true,
		Env: append(os.Environ(), "GOPATH="+filepath.Dir(src), "GO111MODULE=off", "GOPROXY=off"),
	}, fixtures(t, src)...)
	if err != nil {
		t.Fatal(err)
	}
	defer analyzer.SetPartSize(1)() // else a part has the rest of its room left for others
	some := results(t, pkgs)
	if len(some) == 0 {
		t.Fatal("no result at all")
	}
	defer analyzer.SetLeaveOut(false)()
	all := results(t, pkgs)
	for _, r := range some {
		if !slices.Contains(all, r) {
			t.Errorf("more: %s", r)
		}
	}
	for _, r := range all {
		if !slices.Contains(some, r) {
			t.Errorf("lost: %s", r)
		}
	}
}

// results are the analyzer's findings in packages, and the facts that it gives.
func results(t *testing.T, pkgs []*packages.Package) (texts []string) {
	t.Helper()
	for act := range analyze(t, analyzer.Config{Strict: true}, pkgs).All() {
		for _, d := range act.Diagnostics {
			texts = append(texts, fmt.Sprintf("%s: %s", act.Package.Fset.Position(d.Pos), d.Message))
		}
		for _, f := range ownFacts(act) {
			texts = append(texts, fmt.Sprintf("%s: %s: %s", act.Package.Fset.Position(f.Object.Pos()), f.Object.Name(), f.Fact))
		}
	}
	return texts
}
