package analyzer_test

import (
	"go/ast"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/asynccheck/asynccheck/analyzer"
)

// TestFixes applies the fixes of the fixtures, compares the result with the golden
// files, and analyzes these. They must compile. If all findings in a function had a
// fix, no rule may report the function again.
func TestFixes(t *testing.T) {
	src, err := filepath.Abs("../testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	fixed := t.TempDir()
	dirs := copyFixed(t, src, filepath.Join(fixed, "src"))
	total := 0
	for _, dir := range dirs {
		t.Run(dir, func(t *testing.T) {
			resolved := make(map[string]bool) // whether all findings of a function had a fix
			fixes := 0
			for _, res := range analysistest.RunWithSuggestedFixes(anyFact{t}, filepath.Dir(src), withRule(t, fixtureConfigs[dir]), dir) {
				for _, d := range res.Diagnostics {
					fixes += len(d.SuggestedFixes)
					fn := enclosing(res.Pass, d.Pos)
					if before, ok := resolved[fn]; !ok || before {
						resolved[fn] = len(d.SuggestedFixes) > 0
					}
				}
			}
			maps.DeleteFunc(resolved, func(_ string, resolved bool) bool { return !resolved })
			total += len(resolved)
			if none := strings.HasPrefix(dir, "fixes/none"); none && fixes > 0 {
				t.Errorf("%d fixes, want none", fixes)
			}
			if len(resolved) == 0 {
				return
			}
			results := analysistest.Run(ignore{}, fixed, withRule(t, analyzer.Config{Rules: []string{"*"}}), dir)
			if len(results) != 1 {
				t.Fatalf("the fixed package was not analyzed")
			}
			if err := results[0].Err; err != nil {
				t.Fatal(err)
			}
			for _, err := range results[0].Action.Package.Errors {
				t.Error(err)
			}
			for _, d := range results[0].Diagnostics {
				if resolved[enclosing(results[0].Pass, d.Pos)] {
					t.Errorf("%s: reported after the fix: %s", results[0].Pass.Fset.Position(d.Pos), d.Message)
				}
			}
		})
	}
	if total < 120 {
		t.Errorf("%d functions with fixes, want 120 or more", total)
	}
}

// ignore ignores unmatched want comments: fixed files still have the comments for the
// findings that were fixed.
type ignore struct{}

func (ignore) Errorf(string, ...any) {}

// enclosing names the top-level function around pos.
func enclosing(pass *analysis.Pass, pos token.Pos) string {
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || pos < fn.Pos() || pos >= fn.End() {
				continue
			}
			return filepath.Base(pass.Fset.Position(pos).Filename) + ": " + fn.Name.Name
		}
	}
	return ""
}

// copyFixed copies the fixtures that have fixes, with the golden files in place of the
// originals, and the packages that stand for those of others. It returns the fixtures.
func copyFixed(t *testing.T, src, dst string) (dirs []string) {
	t.Helper()
	hosts, err := filepath.Glob(filepath.Join(src, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range hosts {
		if err := os.CopyFS(filepath.Join(dst, filepath.Base(host)), os.DirFS(host)); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range fixtures(t, src) {
		if !strings.HasPrefix(dir, "fixes") {
			continue
		}
		dirs = append(dirs, dir)
		if err := os.MkdirAll(filepath.Join(dst, dir), 0o777); err != nil {
			t.Fatal(err)
		}
		files, err := filepath.Glob(filepath.Join(src, dir, "*.go"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file + ".golden")
			if os.IsNotExist(err) {
				data, err = os.ReadFile(file)
			}
			if err == nil {
				err = os.WriteFile(filepath.Join(dst, dir, filepath.Base(file)), data, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	return dirs
}

// TestGolden finds golden files that no fix is compared with.
func TestGolden(t *testing.T) {
	err := filepath.WalkDir("../testdata/src", func(path string, d fs.DirEntry, err error) error {
		if source, ok := strings.CutSuffix(path, ".golden"); ok {
			if _, err := os.Stat(source); err != nil {
				t.Error(err)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// A file that a generator made from another gets no edits.
func TestNoFixElsewhere(t *testing.T) {
	const source = `package p

import "errors"

type result struct {
	Code      int    ` + "`json:\"code\"`" + `
	Message   string ` + "`json:\"message\"`" + `
	RequestID string ` + "`json:\"requestId\"`" + `
}

//line p.y:10
func check(s *result) error {
	if s.Code > 0 {
		return errors.New("failed")
	}
	return nil
}
`
	for name, test := range map[string]struct {
		source string
		fixes  int
	}{
		"plain": {strings.Replace(source, "//line p.y:10\n", "", 1), 1},
		"line":  {source, 0},
	} {
		t.Run(name, func(t *testing.T) {
			dir, cleanup, err := analysistest.WriteFiles(map[string]string{"p/p.go": test.source})
			if err != nil {
				t.Fatal(err)
			}
			defer cleanup()
			results := analysistest.Run(ignore{}, dir, withRule(t, analyzer.Config{}), "p")
			if len(results) != 1 || len(results[0].Diagnostics) != 1 {
				t.Fatalf("want one finding in one package: %v", results)
			}
			if n := len(results[0].Diagnostics[0].SuggestedFixes); n != test.fixes {
				t.Errorf("%d fixes, want %d", n, test.fixes)
			}
		})
	}
}
