package sweep

import (
	"go/ast"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/panics"
)

// big has a function that a fragile analyzer loses because of two lines.
const big = `package big

import "example/other"

type T[X any] struct{ x X }

// Big is big.
func (t *T[X]) Big(b []byte, n int) (err error) {
	defer func() {
		if err != nil {
			other.Print(err)
		}
	}()
	for i := range n {
		switch {
		case i > 3:
			other.Print(i)
		default:
			if i == 7 && len(b) > other.Limit {
				defer func() { b = other.Boom(b) }()
			} else {
				return other.Err
			}
		}
	}
	if n > 3 {
		return other.Err
	}
	return nil
}

func Small() {}
`

// fragile panics in functions that call a function Boom, which has a fact that says so.
var fragile = &analysis.Analyzer{
	Name:      "fragile",
	Doc:       "panic",
	FactTypes: []analysis.Fact{new(booms)},
	Run: func(pass *analysis.Pass) (any, error) {
		var lost panics.Errors
		for _, file := range pass.Files {
			for _, d := range file.Decls {
				d, ok := d.(*ast.FuncDecl)
				if !ok {
					continue
				}
				if d.Name.Name == "Boom" {
					pass.ExportObjectFact(pass.TypesInfo.Defs[d.Name], new(booms))
				}
				ast.Inspect(d, func(n ast.Node) bool {
					if id, ok := n.(*ast.Ident); ok && pass.TypesInfo.Uses[id] != nil && pass.ImportObjectFact(pass.TypesInfo.Uses[id], new(booms)) {
						lost = append(lost, &panics.Error{Pos: d.Pos(), Position: pass.Fset.Position(d.Name.Pos()), Lost: "function (*T[X])." + d.Name.Name + "$1", Value: "boom"})
					}
					return true
				})
			}
		}
		if len(lost) > 0 {
			return nil, lost
		}
		return nil, nil
	},
}

type booms struct{}

func (*booms) AFact() {}

func TestShrink(t *testing.T) {
	dir := module(t, map[string]string{
		"big/big.go":     big,
		"other/other.go": "package other\n\nconst Limit = 3\n\nvar Err error\n\nfunc Print(any) {}\n\nfunc Boom(b []byte) []byte { return b }\n",
	})
	p := Panic{panics.Said{Position: filepath.Join(dir, "big", "big.go") + ":13:16", Lost: "function (*T[X]).Big$1", Value: "boom"}}
	got, err := Shrink(fragile, Module{dir, []string{"./..."}}, p, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	want := "func (t *T[X]) Big(b []byte, n int) (err error) {\n\tother.Boom(b)\n\treturn nil\n}"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, p := range []Panic{
		{panics.Said{Position: filepath.Join(dir, "big", "big.go") + ":37:6", Lost: "function Small"}}, // which doesn't panic
		{panics.Said{Position: filepath.Join(dir, "gone.go") + ":1:1", Lost: "function f"}},
		{panics.Said{Lost: "package example/big"}},
	} {
		if got, err := Shrink(fragile, Module{dir, []string{"./..."}}, p, time.Minute); err == nil {
			t.Errorf("%s: got %s, want an error", p, got)
		}
	}
}

// When the time is over, the result is the text so far.
func TestShrinkPatience(t *testing.T) {
	always := func([]byte) bool { return true }
	if got := shrink([]byte(big), "(*T).Big", always, time.Now()); string(got) != big {
		t.Errorf("got\n%s", got)
	}
	got, err := functionText(shrink([]byte(big), "(*T).Big", always, time.Now().Add(time.Minute)), "(*T).Big")
	if want := "func (t *T[X]) Big(b []byte, n int) (err error) {\n}"; err != nil || got != want {
		t.Errorf("got\n%s\n%v, want\n%s", got, err, want)
	}
}

// No cut is larger than its source, and no cut gives the source back unchanged.
func TestCuts(t *testing.T) {
	cuts := cutsOf([]byte(big), "(*T).Big")
	if len(cuts) < 20 {
		t.Errorf("%d cuts", len(cuts))
	}
	for i, c := range cuts {
		if got := len(c.of([]byte(big))); got >= len(big) || got != len(big)-c.size() {
			t.Errorf("%+v leaves %d bytes of %d", c, got, len(big))
		}
		if i > 0 && c.size() > cuts[i-1].size() {
			t.Error("a small cut comes before a large one")
		}
	}
}

// module writes a module of the given files, and returns its directory.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	files["go.mod"] = "module example\n\ngo 1.26\n" + files["go.mod"]
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
