package analyzer_test

import (
	"bytes"
	"cmp"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/asynccheck/asynccheck/analyzer"
)

// TestFixesOfAllFixtures applies all fixes in all fixtures. The result compiles. If all findings in a
// function had a fix, no rule reports the function again.
func TestFixesOfAllFixtures(t *testing.T) {
	src, err := filepath.Abs("../testdata/src")
	if err != nil {
		t.Fatal(err)
	}
	dirs := fixtures(t, src)
	type function struct{ pkg, name string }
	resolved := make(map[function]bool)
	fixed := make(map[string][]byte) // by file
	fixes := 0
	for _, res := range analysistest.Run(ignore{}, filepath.Dir(src), withRule(t, analyzer.Config{}), dirs...) {
		for _, d := range res.Diagnostics {
			fn := function{res.Pass.Pkg.Path(), enclosing(res.Pass, d.Pos)}
			before, known := resolved[fn]
			resolved[fn] = len(d.SuggestedFixes) > 0 && (before || !known)
			fixes += len(d.SuggestedFixes)
		}
		maps.Copy(fixed, fixedFiles(t, res.Pass.Fset, res.Diagnostics))
	}
	if fixes < 300 {
		t.Errorf("%d fixes, want 300 or more", fixes)
	}

	dst := t.TempDir()
	if err := filepath.WalkDir(src, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		to := filepath.Join(dst, "src", path[len(src):])
		if d.IsDir() {
			return os.MkdirAll(to, 0o777)
		}
		data, ok := fixed[path]
		if !ok {
			if data, err = os.ReadFile(path); err != nil {
				return err
			}
		}
		return os.WriteFile(to, data, 0o666)
	}); err != nil {
		t.Fatal(err)
	}
	for _, res := range analysistest.Run(ignore{}, dst, withRule(t, analyzer.Config{}), dirs...) {
		for _, err := range res.Action.Package.Errors {
			t.Error(err)
		}
		for _, d := range res.Diagnostics {
			if resolved[function{res.Pass.Pkg.Path(), enclosing(res.Pass, d.Pos)}] {
				t.Errorf("%s: reported after the fix: %s", res.Pass.Fset.Position(d.Pos), d.Message)
			}
		}
	}
}

// fixedFiles applies all fixes of the findings, and returns the files. An edit that several fixes have is made once.
func fixedFiles(t *testing.T, fset *token.FileSet, findings []analysis.Diagnostic) map[string][]byte {
	t.Helper()
	edits := make(map[string][]analysis.TextEdit)
	for _, d := range findings {
		for _, fix := range d.SuggestedFixes {
			for _, e := range fix.TextEdits {
				file := fset.File(e.Pos).Name()
				same := func(o analysis.TextEdit) bool {
					return o.Pos == e.Pos && o.End == e.End && bytes.Equal(o.NewText, e.NewText)
				}
				if !slices.ContainsFunc(edits[file], same) {
					edits[file] = append(edits[file], e)
				}
			}
		}
	}
	fixed := make(map[string][]byte)
	for file, edits := range edits {
		slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int {
			return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.End, b.End))
		})
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var out []byte
		last, offset := 0, fset.File(edits[0].Pos).Offset
		for _, e := range edits {
			if offset(e.Pos) < last {
				t.Fatalf("%s: overlapping edits", fset.Position(e.Pos))
			}
			out = append(append(out, source[last:offset(e.Pos)]...), e.NewText...)
			last = offset(e.End)
		}
		fixed[file] = append(out, source[last:]...)
	}
	return fixed
}
