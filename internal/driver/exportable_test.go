package driver

import (
	"fmt"
	"go/build"
	"go/types"
	"iter"
	"maps"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
)

// uses reports the type and the place of all that a package uses of others.
var uses = &analysis.Analyzer{Name: "uses", Doc: "find what is used", Run: func(pass *analysis.Pass) (any, error) {
	for id, obj := range others(pass) {
		said := fmt.Sprintf("%s: %s, line %d", obj, obj.Type().Underlying(), pass.Fset.Position(obj.Pos()).Line)
		if c, ok := obj.(*types.Const); ok {
			said += " = " + c.Val().String()
		}
		pass.Report(analysis.Diagnostic{Pos: id.Pos(), Category: "use", Message: said})
	}
	return nil, nil
}}

// What a package uses is the same, whether the compiler has exported it or an export is made from source.
func TestExportable(t *testing.T) {
	program := executable(t)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // then packages share importers as far as they can
	files := map[string]string{
		"low/low.go":   "package low\n\nimport \"io\"\n\nconst N = 1\n\ntype T[E any] struct{ next *T[E]; R io.Reader; e E }\n\nfunc (T[E]) Do() (n int) { return }\n",
		"mid/mid.go":   "package mid\n\nimport \"example/low\"\n\ntype T = low.T[error]\n\nfunc New() *T { return nil }\n\nconst N = low.N + 1\n",
		"side/side.go": "package side\n\nimport \"example/mid\"\n\nvar D = mid.New().Do\n",
		"top/top.go":   "package top\n\nimport (\n\t\"strings\"\n\n\t\"example/low\"\n\t\"example/mid\"\n)\n\nvar B = strings.Builder{}\n\nvar D = mid.New().Do\n\nvar R, _ = mid.New().R, mid.N+low.N\n",
	}
	for _, test := range []struct {
		name, file, old, new string
		wrong                string // a part of what is said
	}{
		{name: "right"},
		{name: "broken body", file: "low/low.go", old: "{ return }", new: "{ return 1, 2 }"},
		{name: "broken declaration", file: "low/low.go", old: "e E }", new: "e F }", wrong: "undefined: F"},
		{name: "syntax", file: "mid/mid.go", old: "func New", new: "func func New", wrong: "expected 'IDENT', found 'func'"},
		{name: "cgo", file: "low/low.go", old: "const N", new: "/*\ntypedef int number;\n*/\nimport \"C\"\n\ntype Number C.number\n\nconst N"},
		{name: "tests", file: "low/low_test.go", new: "package low_test\n\nimport (\n\t\"example/low\"\n\t\"example/mid\"\n)\n\nvar N, I = mid.Tested, low.Inside"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.name == "cgo" && !build.Default.CgoEnabled {
				t.Skip("there is no cgo")
			}
			files := maps.Clone(files)
			if test.old != "" && strings.Count(files[test.file], test.old) != 1 {
				t.Fatalf("%s: %q is not there once", test.file, test.old)
			}
			if test.file != "" {
				files[test.file] = strings.Replace(files[test.file], test.old, test.new, 1)
			}
			if test.name == "tests" { // the tests of low see another mid than everybody else
				files["low/in_test.go"] = "package low\n\nconst Inside = 3\n"
				files["mid/mid.go"] += "\nvar Tested = New().R\n"
			}
			dir := module(t, files)
			if err := compile(dir, "./..."); err != nil && test.old == "" {
				t.Fatal(err)
			}
			look := func(few int) (said []string, compiled bool) {
				r, err := Config{
					Dir: dir, Program: program, Patterns: []string{"./..."}, Tests: true, few: few,
					Analysis: same(Analysis{Analyzer: uses, Always: func(path string, _ iter.Seq[string]) bool {
						return path == "example/top" || path == "example/side" || path == "example/low_test"
					}}),
				}.run(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				res := r.finish()
				for _, f := range res.Findings {
					said = append(said, fmt.Sprint(f.Pos.Line, " ", f.Message))
				}
				for _, e := range res.Errors {
					said = append(said, e.Msg)
				}
				slices.Sort(said)
				packages.Visit(r.requested, nil, func(p *packages.Package) {
					compiled = compiled || p.Module != nil && p.ExportFile != ""
				})
				return said, compiled
			}
			want, _ := look(0)
			if all := strings.Join(want, "\n"); len(want) == 0 || !strings.Contains(all, test.wrong) {
				t.Errorf("with the compiler's exports:\n%s\nwant %q", all, test.wrong)
			}
			for few := 1; few <= 6; few++ {
				got, compiled := look(few)
				if !slices.Equal(got, want) {
					t.Errorf("%d are few:\n%s\nwant\n%s", few, strings.Join(got, "\n"), strings.Join(want, "\n"))
				}
				if test.name == "right" && compiled != (few < 2) { // low and mid
					t.Errorf("%d are few, and the exports of the whole program were looked for: %v", few, compiled)
				}
			}
		})
	}
}
