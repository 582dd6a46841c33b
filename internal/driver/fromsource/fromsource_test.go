package fromsource

import (
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/txtar"
)

const module = `
-- go.mod --
module example

go 1.26
-- a/a.go --
package a

import (
	"net/http"

	"example/b"
)

type Client struct {
	*http.Client
	b.Base
}

func (c *Client) Send(r *http.Request) (res b.Result[string], err error) { return undefined() }

func wrong() { x := }
-- b/b.go --
package b

type Base struct{ Code int }

type Result[T any] struct{ Items []T }

func generic[T any](t T) T { return t }

var Inferred = generic(map[string]*Base{})
-- wrong/wrong.go --
package wrong

type T undefined
-- torn/torn.go --
package torn

type T struct {
-- over/over.go --
package over

import "example/wrong"

type T = wrong.T
-- c/c.go --
package c

// int f(void);
import "C"

func F() int { return int(C.f()) }
-- declared/declared.go --
package declared

// struct s { int n; };
import "C"

type S struct{ H C.struct_s }
`

func load(t *testing.T, patterns ...string) map[string]*packages.Package {
	t.Helper()
	dir := t.TempDir()
	for _, f := range txtar.Parse([]byte(module)).Files {
		name := filepath.Join(dir, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const mode = packages.NeedName | packages.NeedFiles | packages.NeedImports | packages.NeedDeps | packages.NeedModule
	pkgs, err := packages.Load(&packages.Config{Dir: dir, Mode: mode, Env: append(os.Environ(), "CGO_ENABLED=1")}, patterns...)
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string]*packages.Package)
	for _, p := range pkgs {
		all[p.PkgPath] = p
	}
	return all
}

// What is declared is known, although a body is wrong. All packages share the types of one universe.
func TestImport(t *testing.T) {
	pkgs := load(t, "./a", "./b", "./c", "net/http")
	u := New()
	var wait sync.WaitGroup
	for _, p := range slices.Collect(maps.Values(pkgs)) {
		for range 2 {
			wait.Go(func() {
				if _, err := u.Import(p); err != nil {
					t.Errorf("%s: %v", p.PkgPath, err)
				}
			})
		}
	}
	wait.Wait()
	of := func(path string) *types.Package {
		pkg, err := u.Import(pkgs[path])
		if err != nil {
			t.Fatal(err)
		}
		return pkg
	}
	client := of("example/a").Scope().Lookup("Client").Type()
	field, _, _ := types.LookupFieldOrMethod(client, true, nil, "Client")
	if want := of("net/http").Scope().Lookup("Client").Type(); !types.Identical(field.Type(), types.NewPointer(want)) {
		t.Errorf("the embedded client is another type: %s", field.Type())
	}
	if got := of("example/b").Scope().Lookup("Inferred").Type().String(); got != "map[string]*example/b.Base" {
		t.Errorf("Inferred has the type %s", got)
	}
	if at := u.Fset.Position(of("example/a").Scope().Lookup("Client").Pos()); at.Line != 9 || filepath.Base(at.Filename) != "a.go" {
		t.Errorf("Client is at %s", at)
	}
}

// An error says why declarations are not known.
func TestImportErrors(t *testing.T) {
	pkgs := load(t, "./wrong", "./torn", "./over", "./declared")
	u := New()
	for path, want := range map[string]string{
		"example/wrong":    "undefined: undefined",
		"example/over":     "undefined: undefined",
		"example/torn":     "torn.go:3:",
		"example/declared": "declares what is written in C",
	} {
		if _, err := u.Import(pkgs[path]); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want one with %s", path, err, want)
		}
	}
}
