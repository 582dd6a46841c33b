package recognize

import (
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/asynccheck/asynccheck/internal/contract/catalog"
)

var std = sync.OnceValue(func() types.Importer { return importer.Default() })

// imports finds the packages of the test, and those of the standard library.
type imports []*unit

func (i imports) Import(path string) (*types.Package, error) {
	for _, u := range i {
		if u.in.Pkg.Path() == path {
			return u.in.Pkg, nil
		}
	}
	return std().Import(path)
}

// A unit is a scanned package.
type unit struct {
	*Package
	verdicts map[*types.TypeName][]Verdict
}

// source has a package's files by name, without their package clauses. Single quotes stand for the back quotes of
// struct tags.
type source map[string]string

// load type-checks and scans a package. Its dependencies are found by their paths.
func load(t testing.TB, path string, files source, deps ...*unit) *unit {
	t.Helper()
	fset := token.NewFileSet()
	info := &types.Info{
		Types:      make(map[ast.Expr]types.TypeAndValue),
		Defs:       make(map[*ast.Ident]types.Object),
		Uses:       make(map[*ast.Ident]types.Object),
		Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Instances:  make(map[*ast.Ident]types.Instance),
	}
	var parsed []*ast.File
	for _, name := range slices.Sorted(maps.Keys(files)) {
		// The clause stands on the first line: so lines have the same numbers as in the literal.
		f, err := parser.ParseFile(fset, name, "package "+path+"; "+strings.ReplaceAll(files[name], "'", "`"), parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, f)
	}
	conf := types.Config{Importer: imports(deps)}
	pkg, err := conf.Check(path, fset, parsed, info)
	if err != nil {
		t.Fatal(err)
	}
	u := &unit{verdicts: make(map[*types.TypeName][]Verdict)}
	u.Package = Scan(Input{
		Contracts: catalog.Contracts(),
		Fset:      fset,
		Files:     parsed,
		Pkg:       pkg,
		Info:      info,
		Imported: func(name *types.TypeName) []Verdict {
			for _, dep := range deps {
				if v, ok := dep.verdicts[name]; ok {
					return v
				}
			}
			return nil
		},
	})
	for _, tv := range u.Export() {
		u.verdicts[tv.Name] = tv.Verdicts
	}
	return u
}

// one is the source of a package with a single file.
func one(src string) source { return source{"p.go": src} }

// typ returns the type of a variable or declared type of the package, of its
// function F, or of one of its dependencies ("dep.T").
func (u *unit) typ(t testing.TB, name string) types.Type {
	t.Helper()
	scope := u.in.Pkg.Scope()
	if path, rest, ok := strings.Cut(name, "."); ok {
		for _, dep := range u.in.Pkg.Imports() {
			if dep.Path() == path {
				scope, name = dep.Scope(), rest
			}
		}
	}
	if obj := scope.Lookup(name); obj != nil {
		return obj.Type()
	}
	for id, obj := range u.in.Info.Defs {
		if id.Name == name && obj != nil {
			return obj.Type()
		}
	}
	t.Fatalf("no %s", name)
	return nil
}

// kind returns the kind of response that a name of the package is.
func (u *unit) kind(t testing.TB, name string) Kind {
	t.Helper()
	if r := u.Response(u.typ(t, name)); r != nil {
		return r.Kind
	}
	return None
}

// describe writes out a response: "batch code=Code message=Message detail=Detail map *{code=Code message=Msg}".
func describe(r *Response) string {
	if r == nil {
		return "none"
	}
	words := []string{r.Kind.String()}
	for _, m := range []struct {
		role   string
		member *Member
	}{{"code", r.Code}, {"message", r.Message}, {"task", r.Task}, {"desc", r.Symbol}} {
		if m.member != nil {
			words = append(words, m.role+"="+m.member.Selector)
		}
	}
	if d := r.Detail; d != nil {
		words = append(words, "detail="+d.Selector)
		if d.Inner != nil {
			words = append(words, fmt.Sprint(d.Inner))
		}
		words = append(words, [...]string{"map", "slice", "array", "opaque"}[d.Form])
		if d.Entry != nil {
			ptr := ""
			if d.EntryPtr {
				ptr = "*"
			}
			words = append(words, ptr+"{"+strings.TrimPrefix(describe(d.Entry), "entry ")+"}")
		}
	}
	return strings.Join(words, " ")
}
