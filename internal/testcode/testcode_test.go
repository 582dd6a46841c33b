package testcode

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

const source = `package p

import (
	"log"
	"testing"
)

type (
	suite    struct{ t *testing.T }
	embedded struct{ testing.TB }
	deep     struct{ *suite }
	other    struct{ in suite }
	list     struct{ next *list }
	loop     struct{ *loop }
	required interface {
		Errorf(format string, args ...any)
		FailNow()
	}
	helper interface {
		Helper()
		required
	}
	logger interface{ Errorf(format string, args ...any) }
	alias  = testing.B
)

func yesT(t *testing.T)                      {}
func yesB(n int, b *alias)                   {}
func yesF(f *testing.F)                      {}
func yesTB(tb testing.TB)                    {}
func yesGeneric[T testing.TB](t T)           {}
func yesInterface(t required)                {}
func yesHelper(t helper)                     {}
func yesField(s suite)                       {}
func yesDeep(s *deep)                        {}
func (s *suite) yesReceiver()                {}
func (e embedded) yesEmbedded()              {}
func yesOneOfTwo(n int, t *testing.T) error  { return nil }
func noNothing()                             {}
func noNumber(n int)                         {}
func noLogger(l logger)                      {}
func noOwnLogger(l *log.Logger)              {}
func noInner(o other)                        {}
func noList(l *list, m *loop)                {}
func noMain(m *testing.M)                    {}
func noFunction(f func(t *testing.T))        {}
func noResult() *testing.T                   { return nil }
`

func TestFunction(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", source, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: make(map[*ast.Ident]types.Object)}
	cfg := types.Config{Importer: importer.ForCompiler(fset, "source", nil)}
	if _, err := cfg.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	functions := 0
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		functions++
		want := fn.Name.Name[:3] == "yes"
		if got := Function(info.Defs[fn.Name].(*types.Func).Signature()); got != want {
			t.Errorf("%s: got %t, want %t", fn.Name.Name, got, want)
		}
	}
	if functions != 21 {
		t.Errorf("%d functions, want 21", functions)
	}
}
