package byname

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"github.com/asynccheck/asynccheck/internal/library"
)

const src = `package log

type T[P any] struct{}

func (*T[P]) Generic(b []byte, v any) {}

type I interface{ Method(v any, opts ...int) }

type J = interface{ Unnamed() }

func Fatal(v ...any) {}
`

func TestReceiver(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "log.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	var cfg types.Config
	if _, err := cfg.Check("log", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	want := map[string]struct {
		recv string
		last int
	}{"Generic": {"T", 1}, "Method": {"I", 0}, "Unnamed": {"_", -1}, "Fatal": {"", -1}}
	for _, obj := range info.Defs {
		f, ok := obj.(*types.Func)
		if !ok {
			continue
		}
		w, ok := want[f.Name()]
		if !ok {
			t.Errorf("unexpected %s", f)
		}
		if recv, last := receiver(f), LastArg(f); recv != w.recv || last != w.last {
			t.Errorf("%s: receiver %q, last argument %d, want %q and %d", f, recv, last, w.recv, w.last)
		}
		delete(want, f.Name())
		if f.Name() == "Fatal" && (!Is(library.Exits, f) || Package(f)&library.Prints == 0) {
			t.Errorf("%s is no exit of a logger", f)
		}
	}
	if len(want) > 0 {
		t.Errorf("not found: %v", want)
	}
	// The method of the error type belongs to no package.
	method, _, _ := types.LookupFieldOrMethod(types.Universe.Lookup("error").Type(), false, nil, "Error")
	if f := method.(*types.Func); Is(library.Logs, f) || Package(f) != 0 {
		t.Errorf("%s is known", f)
	}
}
