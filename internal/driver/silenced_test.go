package driver

import (
	"fmt"
	"go/ast"
	"runtime"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/report"
)

// Packages are analyzed at the same time, and each has findings that a comment silences. Run it with -race.
func TestSilencedInParallel(t *testing.T) {
	const packages = 60
	files := make(map[string]string)
	for i := range packages {
		files[fmt.Sprintf("p%d/p.go", i)] = fmt.Sprintf("package p%d\n\nfunc todo() {}\n", i)
	}
	silenced := new(Silenced)
	quiet := &analysis.Analyzer{
		Name: "quiet",
		Doc:  "silence each function",
		Run: func(pass *analysis.Pass) (any, error) {
			for _, decl := range pass.Files[0].Decls {
				silenced.Add(pass.Pkg, analysis.Diagnostic{Pos: decl.(*ast.FuncDecl).Name.Pos(), Message: "todo in " + pass.Pkg.Path()}, "later")
			}
			return nil, nil
		},
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(8))
	res, err := Run(t.Context(), Config{Dir: module(t, files), Analysis: every(quiet), Patterns: []string{"./..."}, Silenced: silenced})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Findings) != packages {
		t.Errorf("%d findings, want %d", len(res.Findings), packages)
	}
	for _, f := range res.Findings {
		if s := f.Suppressed; s == nil || s.Kind != report.InSource || s.Justification != "later" || !strings.HasSuffix(f.Message, f.Package) {
			t.Errorf("wrong finding: %+v", f)
		}
	}
	if n := len(silenced.byPkg); n > 0 {
		t.Errorf("the types of %d packages are kept", n)
	}
}
