package partition_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/partition"
)

// load type-checks a package of files without imports.
func load(t *testing.T, sources ...string) (*token.FileSet, *types.Package, []*ast.File, *types.Info) {
	t.Helper()
	fset := token.NewFileSet()
	var files []*ast.File
	for i, source := range sources {
		file, err := parser.ParseFile(fset, fmt.Sprintf("%c.go", 'a'+i), "package p\n"+source, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	info := &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
		Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
		Instances: make(map[*ast.Ident]types.Instance), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		FileVersions: make(map[*ast.File]string),
	}
	pkg, err := (&types.Config{GoVersion: "go1.26"}).Check("p", fset, files, info)
	if err != nil {
		t.Fatal(err)
	}
	return fset, pkg, files, info
}

// describe names what the parts declare, as in "f g | v", and what the variables' initializers are.
func describe(all []*partition.Part) string {
	var texts []string
	for _, p := range all {
		var names []string
		for _, file := range p.Files {
			for _, d := range file.Decls {
				switch d := d.(type) {
				case *ast.FuncDecl:
					names = append(names, d.Name.Name)
				case *ast.GenDecl:
					for _, spec := range d.Specs {
						for _, name := range spec.(*ast.ValueSpec).Names {
							names = append(names, name.Name)
						}
					}
				}
			}
		}
		for _, init := range p.Info.InitOrder {
			names = append(names, "="+init.Lhs[0].Name())
		}
		texts = append(texts, strings.Join(names, " "))
	}
	return strings.Join(texts, " | ")
}

func everything(ast.Node) bool { return true }

func TestSplit(t *testing.T) {
	for _, test := range []struct {
		about  string
		size   int
		source []string
		want   string
	}{
		{"who calls nobody is alone", 1, []string{`func f() {}; func g() {}`}, "f | g"},
		{"callers, directly or not, in another file or not", 1, []string{
			`func f() { g() }; func x() {}`, `func h() {}; func g() { h() }`,
		}, "f h g | x"},
		{"as many together as there is room for", 2, []string{`func a() {}; func b() {}; func c() { d() }; func d() {}; func e() {}`}, "a b | c d | e"},
		{"there is always room for one", 2, []string{`func a() { b(); c() }; func b() {}; func c() {}; func d() {}`}, "a b c | d"},
		{"a function's value", 1, []string{`func f() {}; func g() any { return f }; func h() {}`}, "f g | h"},
		{"variables, and what they start with", 1, []string{`
			var (
				v = f()
				w = 1
			)
			func f() int { return 0 }
			func g() int { return v }
			func h() int { return w }`,
		}, "v f g =v | w h =w"},
		{"several variables of one call", 1, []string{`
			var a, b = f()
			func f() (int, int) { return 0, 0 }
			func g() int { return b }
			func h() {}`,
		}, "a b f g =a | h"},
		{"types and constants are everybody's", 1, []string{`
			type T struct { n int }
			const c = 1
			func f(t T) int { return t.n + c }
			func g(t T) int { return t.n + c }`,
		}, "f | g"},
		{"methods", 1, []string{`
			type T struct{}
			func (T) M() {}
			func (T) N() {}
			func f(t T) { t.M() }
			func g(t T) func() { return t.N }
			func h(T) {}`,
		}, "M f | N g | h"},
		{"promoted methods", 1, []string{`
			type T struct{}
			type U struct { *T }
			func (*T) M() {}
			func f(u U) { u.M() }
			func g(U) {}`,
		}, "M f | g"},
		{"whatever an interface's method may be", 1, []string{`
			type I interface { M() }
			type T struct{}
			type U struct{}
			func (T) M() {}
			func (U) M() {}
			func (U) N() {}
			func f(i I) { i.M() }
			func g() I { return T{} }`,
		}, "M M f | N | g"},
		{"whatever others may call of what is given in an interface", 1, []string{`
			type I interface { M() }
			type t struct{}
			func (t) M() {}
			func (t) N() {}
			func F() I { return t{} }
			func f() I { return nil }
			func G() interface{ N() } { return t{} }`,
		}, "M F | N | f | G"},
		{"methods of other packages' interfaces", 1, []string{`
			type T struct{}
			func (T) Error() string { return "" }
			func (T) M() {}
			func f(err error) string { return err.Error() }`,
		}, "Error f | M"},
		{"methods of a type parameter", 1, []string{`
			type T struct{}
			func (T) M() {}
			func (T) N() {}
			func f[P interface{ M() }](p P) { p.M() }`,
		}, "M f | N"},
		{"what is generic, by its origin", 1, []string{`
			type T[P any] struct{}
			func (T[P]) M() {}
			func f[P any](p P) {}
			func g() { f(1); f("") }
			func h(t T[int]) { t.M() }
			func i() {}`,
		}, "M h | f g | i"},
		{"without a name, or with one that many have", 1, []string{`
			var _ = f()
			func _() {}
			func f() int { return 0 }
			func init() {}
			func init() { f() }`,
		}, "_ f init =_ | _ | init"},
	} {
		t.Run(test.about, func(t *testing.T) {
			_, pkg, files, info := load(t, test.source...)
			if got := describe(partition.Split(pkg, files, info, test.size, everything)); got != test.want {
				t.Errorf("%s, want %s", got, test.want)
			}
		})
	}
}

// TestWhole: a small package is left as it is.
func TestWhole(t *testing.T) {
	_, pkg, files, info := load(t, `func f() {}`, `type T int; func g() {}`)
	all := partition.Split(pkg, files, info, 2, everything)
	if len(all) != 1 || !slices.Equal(all[0].Files, files) || all[0].Info != info {
		t.Errorf("%d parts, other than the package", len(all))
	}
}

// TestLeftOut: what doesn't belong together with anything that is wanted is in no part.
func TestLeftOut(t *testing.T) {
	_, pkg, files, info := load(t, `
		var v = f()
		func f() int { return 0 }
		func g() int { return h() }
		func h() int { return 1 }
		func i() int { return g() }
		var w = j()
		func j() int { return 2 }`)
	wanted := func(decl ast.Node) bool {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			return decl.Name.Name == "h"
		case *ast.ValueSpec:
			return decl.Names[0].Name == "w"
		}
		return false
	}
	for size, want := range map[int]string{1: "g h i | w j =w", 100: "g h i w j =w"} {
		if got := describe(partition.Split(pkg, files, info, size, wanted)); got != want {
			t.Errorf("%s, want %s, in parts of %d", got, want, size)
		}
	}
	if all := partition.Split(pkg, files, info, 100, func(ast.Node) bool { return false }); len(all) > 0 {
		t.Errorf("%s, want none", describe(all))
	}
}

// TestBuild: the SSA form of a part can be built, with the language's version of its files.
func TestBuild(t *testing.T) {
	fset, pkg, files, info := load(t, `
		type T struct { next *T }
		func (t *T) Next() *T { return t.next }
		var first = func() *T { return new(T).Next() }()
		func f() (all []func() int) {
			for i := 0; i < 3; i++ {
				all = append(all, func() int { return i })
			}
			return all
		}
		func g() {}`)
	all := partition.Split(pkg, files, info, 1, everything)
	if got, want := describe(all), "Next first =first | f | g"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	for _, p := range all {
		prog := ssa.NewProgram(fset, ssa.SanityCheckFunctions)
		prog.CreatePackage(pkg, p.Files, p.Info, false).Build()
		for _, file := range p.Files {
			if got := p.Info.FileVersions[file]; got != "go1.26" {
				t.Errorf("version %q of a part's file, want the package's", got)
			}
			for _, d := range file.Decls {
				if d, ok := d.(*ast.FuncDecl); ok && len(prog.FuncValue(info.Defs[d.Name].(*types.Func)).Blocks) == 0 {
					t.Errorf("%s has not been built", d.Name.Name)
				}
			}
		}
	}
}
