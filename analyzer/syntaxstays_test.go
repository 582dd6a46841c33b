package analyzer_test

import (
	"crypto/sha256"
	"go/ast"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/asynccheck/asynccheck/analyzer"
)

// Other analyzers see the same syntax, before and after. Where there are many analyzers, they run at the same time.
func TestSyntaxStays(t *testing.T) {
	fixtures := []string{"spec", "entries", "batchpartialsuccess", "resultunchecked", "flow"}
	a := withRule(t, analyzer.Config{Rules: []string{"*"}, Strict: true})
	sum := func(pass *analysis.Pass) []byte {
		h := sha256.New()
		for _, f := range pass.Files {
			if err := ast.Fprint(h, pass.Fset, f, syntaxOnly); err != nil {
				t.Error(err)
			}
		}
		return h.Sum(nil)
	}
	found, run := 0, a.Run
	a.Run = func(pass *analysis.Pass) (any, error) {
		if !slices.Contains(fixtures, pass.Pkg.Path()) {
			return run(pass)
		}
		before := sum(pass)
		report := pass.Report
		pass.Report = func(d analysis.Diagnostic) {
			found++
			report(d)
		}
		result, err := run(pass)
		if !slices.Equal(sum(pass), before) {
			t.Errorf("the syntax of %s has changed", pass.Pkg.Path())
		}
		return result, err
	}
	src, err := filepath.Abs("../testdata")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(ignore{}, src, a, fixtures...)
	if found < 50 {
		t.Errorf("%d findings, want 50 or more", found)
	}
}

// syntaxOnly leaves out what the parser has resolved: it has maps, which are printed in any order.
func syntaxOnly(field string, _ reflect.Value) bool {
	return field != "Obj" && field != "Scope" && field != "Unresolved"
}
