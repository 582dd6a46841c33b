package onepkg

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/packages"
	"golang.org/x/tools/go/types/objectpath"
)

// A seen is the fact that an analysis has seen an object, and of which package.
type seen struct{ In string }

func (*seen) AFact()           {}
func (s *seen) String() string { return "seen in " + s.In }

// A typeSeen is the same of a type.
type typeSeen struct{ seen }

func (*typeSeen) AboutType() {}

// An analyzer that marks what a package declares, and reports for each name
// that it uses whether that is marked.
var marker = &analysis.Analyzer{
	Name:      "marker",
	Doc:       "mark what is declared",
	FactTypes: []analysis.Fact{new(seen), new(typeSeen)},
	Run: func(pass *analysis.Pass) (any, error) {
		for id, obj := range pass.TypesInfo.Defs {
			switch obj := obj.(type) {
			case *types.Func:
				if ast.IsExported(id.Name) {
					pass.ExportObjectFact(obj, &seen{pass.Pkg.Path()})
				}
			case *types.TypeName:
				pass.ExportObjectFact(obj, &typeSeen{seen{pass.Pkg.Path()}})
			}
		}
		pass.ExportPackageFact(&seen{pass.Pkg.Path()})
		for id, obj := range pass.TypesInfo.Uses {
			var s seen
			found := false
			if name, ok := obj.(*types.PkgName); ok {
				found = pass.ImportPackageFact(name.Imported(), &s)
			} else if obj.Pkg() == nil || obj.Pkg() == pass.Pkg {
				continue
			} else if _, ok := obj.(*types.TypeName); ok {
				var of typeSeen
				found = pass.ImportObjectFact(obj, &of)
				s = of.seen
			} else {
				found = pass.ImportObjectFact(obj, &s)
			}
			message := id.Name + " is unknown"
			if found {
				message = id.Name + " is " + s.String()
			}
			pass.Report(analysis.Diagnostic{Pos: id.Pos(), Message: message})
		}
		return nil, nil
	},
}

const base = `package base

type T struct{}

func (T) Method() {}

func Func() T { return T{} }

type hidden struct{}

func (hidden) Method() {}
`

const middle = `package middle

import "example/base"

func Get() base.T { return base.Func() }

var F = base.Func
`

const top = `package top

import "example/middle"

func f() { middle.Get().Method(); middle.F().Method() }
`

// load writes and loads a module with the given packages.
func load(t *testing.T, sources map[string]string) map[string]*packages.Package {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) {
		name = filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example\n\ngo 1.26\n")
	for name, text := range sources {
		write(name+"/"+name+".go", text)
	}
	mode := packages.NeedName | packages.NeedFiles | packages.NeedCompiledGoFiles | packages.NeedImports | packages.NeedDeps | packages.NeedExportFile
	pkgs, err := packages.Load(&packages.Config{Mode: mode, Dir: dir}, "./...")
	if err != nil {
		t.Fatal(err)
	}
	byName := make(map[string]*packages.Package)
	for _, p := range pkgs {
		byName[p.Name] = p
	}
	return byName
}

func analyze(t *testing.T, p *packages.Package, facts []Fact) (*Result, error) {
	t.Helper()
	fset := token.NewFileSet()
	return Analyze(marker, &Package{
		Path:    p.PkgPath,
		GoFiles: p.CompiledGoFiles,
		Facts:   facts,
		Fset:    fset,
		Importer: FromExports(fset, func(path string) Export {
			if imp := p.Imports[path]; imp != nil {
				return Export{Path: imp.PkgPath, File: imp.ExportFile}
			}
			return Export{Path: path}
		}),
	})
}

func messages(r *Result) string {
	var all []string
	for _, d := range r.Diagnostics {
		all = append(all, d.Message)
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "\n")
}

// Facts of functions and packages are for direct importers. Those of types and methods go as far as the types do.
func TestFacts(t *testing.T) {
	pkgs := load(t, map[string]string{"base": base, "middle": middle, "top": top})
	var facts []Fact
	for _, step := range []struct{ name, want, facts string }{
		{"base", "", "example/base  example/base Func example/base T example/base T.M0"},
		{"middle", "Func is seen in example/base\nT is seen in example/base\nbase is seen in example/base",
			"example/base T example/base T.M0 example/middle  example/middle Get"},
		{"top", "F is unknown\nGet is seen in example/middle\nMethod is seen in example/base\nmiddle is seen in example/middle",
			"example/base T example/base T.M0 example/top "},
	} {
		res, err := analyze(t, pkgs[step.name], facts)
		if err != nil {
			t.Fatal(err)
		}
		if got := messages(res); got != step.want {
			t.Errorf("%s: got\n%s\nwant\n%s", step.name, got, step.want)
		}
		facts = res.Facts
		var about []string
		for _, f := range facts {
			about = append(about, f.PkgPath+" "+string(f.Object))
		}
		if got := strings.Join(about, " "); got != step.facts {
			t.Errorf("%s: facts of\n%s\nwant\n%s", step.name, got, step.facts)
		}
	}
}

// No importer reaches other types than these.
func TestVisible(t *testing.T) {
	const src = `package p

type Exported struct{ f []*field; G[*argument, int] }

type field struct{ m map[key]chan elem }
type key int
type elem interface{ M(param) (result, error); embedded }
type param = aliased
type aliased struct{}
type result struct{ next *result }
type embedded interface{ E() }
type argument struct{}

type G[P, Q any] struct { g *G[Q, P]; l local }
type local struct{}

func (l local) N(ofMethod) {}

type ofMethod struct{}

var V = inferred{}

type inferred struct{}

func F[P constraint]() {}

type constraint interface{ ~int | union }
type union string

type hidden struct{ alsoHidden }
type alsoHidden struct{}

func (hidden) Method(hiddenToo) {}

type hiddenToo struct{}

func f() hidden { return hidden{} }
`
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	pkg, err := new(types.Config).Check("p", fset, []*ast.File{file}, nil)
	if err != nil {
		t.Fatal(err)
	}
	v := newVisible(pkg)
	for _, name := range pkg.Scope().Names() {
		_, isType := pkg.Scope().Lookup(name).(*types.TypeName)
		hidden := strings.Contains(strings.ToLower(name), "hidden")
		if isType && v.has(objectpath.Path(name)) == hidden || v.has(objectpath.Path(name+".M0")) == hidden && isType {
			t.Errorf("%s: hidden is %v", name, !hidden)
		}
	}
}

func TestMerge(t *testing.T) {
	one, other := Fact{"a", "F", new(seen)}, Fact{"a", "E", new(seen)}
	if got := Merge([]Fact{one, other, one}); len(got) != 2 || got[0].Object != "E" || got[1].Object != "F" {
		t.Errorf("got %v", got)
	}
}

// All errors in a package are reported, with positions.
func TestErrors(t *testing.T) {
	pkgs := load(t, map[string]string{
		"syntax": "package syntax\n\nfunc {\n",
		"types":  "package types\n\nvar X int = \"x\"\n\nvar Y int = \"y\"\n",
		"none":   "package none\n\nimport _ \"example/missing\"\n",
	})
	for name, want := range map[string]string{
		"syntax": "syntax.go:3:6",
		"types":  "types.go:3:13",
		"none":   "none.go:3:10",
	} {
		p := pkgs[name]
		if p == nil {
			t.Fatalf("no package %s", name)
		}
		if len(p.CompiledGoFiles) == 0 {
			p.CompiledGoFiles = p.GoFiles
		}
		_, err := analyze(t, p, nil)
		var wrong *Errors
		if !errors.As(err, &wrong) {
			t.Errorf("%s: error %v", name, err)
			continue
		}
		var typeErr types.Error
		at := wrong.List[0].Error()
		if errors.As(wrong.List[0], &typeErr) {
			at = wrong.Fset.Position(typeErr.Pos).String()
		}
		if !strings.Contains(at, want) {
			t.Errorf("%s: got %s, want %s", name, at, want)
		}
		if name == "types" && len(wrong.List) != 2 {
			t.Errorf("%s: %d errors, want 2", name, len(wrong.List))
		}
	}
}

// An analyzer that requires another one is an error, not a panic in it.
func TestRequires(t *testing.T) {
	a := *marker
	a.Requires = []*analysis.Analyzer{marker}
	if _, err := Analyze(&a, &Package{Path: "example/p", Fset: token.NewFileSet()}); err == nil {
		t.Error("no error")
	}
}

// Findings are sorted by their positions, which are to be in the order of the files.
func TestOrder(t *testing.T) {
	p := &Package{Path: "example/p", Fset: token.NewFileSet()}
	dir := t.TempDir()
	for i := range 20 {
		name := filepath.Join(dir, string(rune('a'+i))+".go")
		if err := os.WriteFile(name, []byte("package p\n"+strings.Repeat("\n", 1000*(20-i))), 0o666); err != nil {
			t.Fatal(err)
		}
		p.GoFiles = append(p.GoFiles, name)
	}
	res, err := Analyze(marker, p)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.IsSortedFunc(res.Files, func(a, b *ast.File) int { return int(a.Pos() - b.Pos()) }) {
		t.Error("the files' positions are not in their order")
	}
}
