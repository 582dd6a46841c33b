// Package fromsource type-checks what packages declare, without the bodies of their functions. It reads source alone, so
// nothing has to be compiled: with an empty build cache, that takes minutes for a program whose declarations are
// type-checked in seconds.
//
// It does what gopls does for the dependencies of a workspace: see IgnoreFuncBodies and FakeImportC of [types.Config].
package fromsource

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"os"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/cgo"
	"github.com/asynccheck/asynccheck/internal/driver/declarations"
	"github.com/asynccheck/asynccheck/internal/filter/source"
)

// A Universe has the types of packages, each once. Two universes have different types for one declaration, and so has
// export data. It is safe for concurrent use.
type Universe struct {
	Fset  *token.FileSet // has the positions of all declarations
	Sizes types.Sizes    // of the target; nil means those of the environment's GOARCH

	mu       sync.Mutex
	declared map[*packages.Package]*declared
}

// A declared is what a package declares, once that is known.
type declared struct {
	once  sync.Once
	types *types.Package
	err   error
}

// New returns a universe without packages.
func New() *Universe {
	return &Universe{Fset: token.NewFileSet(), declared: make(map[*packages.Package]*declared)}
}

// Import returns the types that a package declares. The package has the names of its files, and its imports. An error
// says why they can't be known from source: there are [Errors] in it or in one that it imports, or else one of them is
// [Native].
func (u *Universe) Import(p *packages.Package) (*types.Package, error) {
	if p.PkgPath == "unsafe" {
		return types.Unsafe, nil
	}
	u.mu.Lock()
	d := u.declared[p]
	if d == nil {
		d = new(declared)
		u.declared[p] = d
	}
	u.mu.Unlock()
	d.once.Do(func() { d.types, d.err = u.check(p) })
	return d.types, d.err
}

// check checks a package after its imports: if something is wrong there, that is the error.
func (u *Universe) check(p *packages.Package) (*types.Package, error) {
	var native error
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		switch _, err := u.Import(p.Imports[path]); err.(type) {
		case nil:
		case *Native:
			native = err
		default:
			return nil, err
		}
	}
	if native == nil {
		return Check(p, u.Fset, u.Importer(p), u.Sizes)
	}
	if _, err := parse(p, u.Fset); err != nil {
		return nil, err
	}
	return nil, native
}

// Errors are what is wrong with the declarations of a package: a [scanner.ErrorList] for each file that doesn't parse, or
// a [types.Error] for each type error. There are none if the go command has said what is wrong.
type Errors struct {
	Package *packages.Package
	List    []error
}

func (e *Errors) Error() string {
	if len(e.List) == 0 {
		return fmt.Sprintf("%s has errors", e.Package.PkgPath)
	}
	return e.List[0].Error()
}

// Native is the error of a package that declares what is written in C, and of those that import one.
type Native struct{ Package *packages.Package }

func (n *Native) Error() string { return n.Package.PkgPath + " declares what is written in C" }

// An Importer imports what a package imports.
type Importer struct {
	universe *Universe
	of       *packages.Package
}

// Importer returns what finds the imports of a package in the universe.
func (u *Universe) Importer(p *packages.Package) Importer { return Importer{u, p} }

// Fset returns the file set with the positions of what is imported.
func (imp Importer) Fset() *token.FileSet { return imp.universe.Fset }

// Import implements [types.Importer].
func (imp Importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	p := imp.of.Imports[path]
	if p == nil {
		return nil, errors.New("nothing is known of it") // as where export data is missing
	}
	return imp.universe.Import(p)
}

// Check type-checks the declarations of a package. Its imports may come from anywhere.
func Check(p *packages.Package, fset *token.FileSet, imports types.Importer, sizes types.Sizes) (*types.Package, error) {
	files, err := parse(p, fset)
	if err != nil {
		return nil, err
	}
	wrong := &Errors{Package: p}
	config := &types.Config{
		IgnoreFuncBodies: true,
		FakeImportC:      true,
		Importer:         imports,
		Sizes:            sizes,
		Error:            func(err error) { wrong.List = append(wrong.List, err) },
	}
	if config.Sizes == nil {
		config.Sizes = types.SizesFor("gc", build.Default.GOARCH)
	}
	if p.Module != nil && p.Module.GoVersion != "" {
		config.GoVersion = "go" + p.Module.GoVersion
	}
	pkg, err := config.Check(p.PkgPath, fset, files, nil)
	if err != nil && len(wrong.List) == 0 {
		wrong.List = []error{err}
	}
	if len(wrong.List) > 0 {
		return nil, wrong
	}
	return pkg, nil
}

// parse parses what a package declares. Nothing in the bodies of functions is an error.
func parse(p *packages.Package, fset *token.FileSet) (files []*ast.File, err error) {
	wrong := &Errors{Package: p}
	if len(p.Errors) > 0 {
		return nil, wrong
	}
	native, standard := false, source.Standard(p.PkgPath)
	for _, name := range p.GoFiles {
		file, err := parseFile(fset, name, standard)
		if err != nil {
			wrong.List = append(wrong.List, err)
			continue
		}
		native = native || !standard && cgo.Declares(file) // the standard library exports nothing that is written in C
		files = append(files, file)
	}
	switch {
	case len(wrong.List) > 0:
		return nil, wrong
	case native:
		return nil, &Native{p}
	}
	return files, nil
}

func parseFile(fset *token.FileSet, name string, standard bool) (*ast.File, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	file, err := parser.ParseFile(fset, name, declarations.Only(src), parser.SkipObjectResolution)
	list, ok := err.(scanner.ErrorList)
	if err != nil && !ok {
		return nil, err
	}
	if standard {
		list = withoutGenericMethods(fset, file, list)
		file.GoVersion = "" // it may be newer than this program, which says nothing about the declarations
	}
	if len(list) > 0 {
		return nil, list
	}
	return file, nil
}

// withoutGenericMethods removes methods that have type parameters from a file, and what the parser says about them: it
// doesn't know them, if an older Go than 1.27 has built this program. Hardly anybody needs the few that the standard
// library has.
func withoutGenericMethods(fset *token.FileSet, file *ast.File, list scanner.ErrorList) scanner.ErrorList {
	lines := make(map[int]bool)
	list = slices.DeleteFunc(list, func(e *scanner.Error) bool {
		generic := e.Msg == "method must have no type parameters"
		if generic {
			lines[e.Pos.Line] = true
		}
		return generic
	})
	file.Decls = slices.DeleteFunc(file.Decls, func(d ast.Decl) bool {
		f, ok := d.(*ast.FuncDecl)
		return ok && f.Recv != nil && lines[fset.Position(f.Name.Pos()).Line]
	})
	return list
}
