// Package fromsource type-checks what packages declare, without the bodies of their functions. It reads source alone, so
// nothing has to be compiled: with an empty build cache, that takes minutes for a program whose declarations are
// type-checked in seconds.
//
// It does what gopls does for the dependencies of a workspace: see IgnoreFuncBodies and FakeImportC of [types.Config].
package fromsource

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"sync"

	"golang.org/x/tools/go/packages"

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
// says why they can't be known from source: there are [Errors] in it or in one that it imports, or what it declares is
// written in C.
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
	for _, path := range slices.Sorted(maps.Keys(p.Imports)) {
		if _, err := u.Import(p.Imports[path]); err != nil {
			return nil, err
		}
	}
	return Check(p, u.Fset, u.Importer(p), u.Sizes)
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

// An importer imports what a package imports.
type importer struct {
	*Universe
	of *packages.Package
}

// Importer returns what finds the imports of a package in the universe.
func (u *Universe) Importer(p *packages.Package) types.Importer { return importer{u, p} }

// Import implements [types.Importer].
func (imp importer) Import(path string) (*types.Package, error) {
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	p := imp.of.Imports[path]
	if p == nil {
		return nil, fmt.Errorf("the go command did not find it")
	}
	return imp.Universe.Import(p)
}

// Check type-checks the declarations of a package. Its imports may come from anywhere.
func Check(p *packages.Package, fset *token.FileSet, imports types.Importer, sizes types.Sizes) (*types.Package, error) {
	wrong := &Errors{Package: p}
	if len(p.Errors) > 0 {
		return nil, wrong
	}
	var files []*ast.File
	for _, name := range p.GoFiles {
		file, err := parse(fset, name, source.Standard(p.PkgPath))
		if err != nil {
			wrong.List = append(wrong.List, err)
			continue
		}
		// The standard library exports nothing that is written in C.
		if !source.Standard(p.PkgPath) && declaresC(file) {
			return nil, fmt.Errorf("%s: its declarations use cgo", name)
		}
		files = append(files, file)
	}
	if len(wrong.List) > 0 {
		return nil, wrong
	}
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

func parse(fset *token.FileSet, name string, standard bool) (*ast.File, error) {
	file, err := parser.ParseFile(fset, name, nil, parser.SkipObjectResolution)
	list, ok := err.(scanner.ErrorList)
	if !ok {
		return file, err
	}
	if standard {
		list = withoutGenericMethods(fset, file, list)
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

// declaresC reports whether a declaration outside of functions' bodies uses something that is written in C:
//
//	type Handle struct{ p *C.struct_handle }
func declaresC(file *ast.File) (found bool) {
	importsC := false
	for _, imp := range file.Imports {
		importsC = importsC || imp.Path.Value == `"C"`
	}
	if !importsC {
		return false
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			return false
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			found = found || ok && id.Name == "C"
		}
		return !found
	})
	return found
}
