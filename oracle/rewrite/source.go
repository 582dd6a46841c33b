package rewrite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/tools/go/packages"

	"github.com/asynccheck/asynccheck/internal/driver/onepkg"
)

// A Tree is the source text of packages, in the order of their dependencies. They may import one another, and other
// packages.
type Tree struct {
	Dir      string
	Packages []*Package
	Outside  types.ImporterFrom // of packages that are not in the tree
}

// A Package is the source of a package. Once it is checked, it has types as well.
type Package struct {
	Path   string
	Module *packages.Module
	Files  []*File
	// Left tells whether the package is left as it is: its comments silence findings on lines, and a rewrite moves
	// lines.
	Left bool

	// These fields are for a checked package:

	Fset    *token.FileSet
	Types   *types.Package
	Info    *types.Info
	Imports []*Package // those of the tree
}

// A File is the text of a file, and its syntax once the package is checked.
type File struct {
	Name, Text string
	Syntax     *ast.File

	parents func() map[ast.Node]ast.Node
}

// Check parses and type-checks the packages of a tree. A package that does not compile is an error.
func (t *Tree) Check() error {
	done := make(map[string]*Package)
	for _, p := range t.Packages {
		if p.Types == nil {
			if err := p.check(t, done); err != nil {
				return err
			}
		}
		done[p.Path] = p
	}
	return nil
}

func (p *Package) check(t *Tree, done map[string]*Package) error {
	p.Fset = token.NewFileSet()
	var files []*ast.File
	for _, f := range p.Files {
		syntax, err := parser.ParseFile(p.Fset, p.fileName(f), f.Text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return fmt.Errorf("%w\n%s", err, excerpt(f.Text, err.Error()))
		}
		f.Syntax = syntax
		f.parents = sync.OnceValue(func() map[ast.Node]ast.Node { return parents(syntax) })
		files = append(files, syntax)
	}
	p.Info = onepkg.NewInfo()
	var errs []error
	cfg := &types.Config{
		Importer: importer{t, done},
		Sizes:    sizes,
		Error:    func(err error) { errs = append(errs, err) },
	}
	pkg, _ := cfg.Check(p.Path, p.Fset, files, p.Info)
	if len(errs) > 0 {
		at := errs[0].(types.Error)
		text := ""
		for _, f := range p.Files {
			if strings.HasSuffix(p.Fset.Position(at.Pos).Filename, "/"+f.Name) {
				text = excerpt(f.Text, at.Error())
			}
		}
		return fmt.Errorf("%w\n%s", errs[0], text)
	}
	p.Types = pkg
	p.Imports = nil
	for _, imported := range pkg.Imports() {
		if q := done[imported.Path()]; q != nil {
			p.Imports = append(p.Imports, q)
		}
	}
	return nil
}

// fileName gives the name of a file of the package in positions, and for the analyzer.
func (p *Package) fileName(f *File) string { return p.Path + "/" + f.Name }

var sizes = types.SizesFor("gc", runtime.GOARCH)

// excerpt gives the lines around the position at the beginning of an error message.
func excerpt(text, message string) string {
	for field := range strings.SplitSeq(message, ":") {
		var line int
		if n, _ := fmt.Sscanf(field, "%d", &line); n == 1 {
			lines := strings.Split(text, "\n")
			return strings.Join(lines[min(max(0, line-12), len(lines)):min(line+6, len(lines))], "\n")
		}
	}
	return ""
}

// An importer gives the packages of a tree as they are in the tree.
type importer struct {
	tree *Tree
	done map[string]*Package
}

func (i importer) Import(path string) (*types.Package, error) { return i.ImportFrom(path, "", 0) }

func (i importer) ImportFrom(path, dir string, mode types.ImportMode) (*types.Package, error) {
	if p := i.done[path]; p != nil {
		return p.Types, nil
	}
	return i.tree.Outside.ImportFrom(path, dir, mode)
}

// parent gives the node around a node.
func (f *File) parent(n ast.Node) ast.Node { return f.parents()[n] }

func parents(syntax *ast.File) map[ast.Node]ast.Node {
	all := make(map[ast.Node]ast.Node)
	var stack []ast.Node
	ast.Inspect(syntax, func(n ast.Node) bool {
		if n == nil {
			stack = stack[:len(stack)-1]
			return true
		}
		if len(stack) > 0 {
			all[n] = stack[len(stack)-1]
		}
		stack = append(stack, n)
		return true
	})
	return all
}

// offset gives a position's place in the text of its file.
func (f *File) offset(pos token.Pos) int { return int(pos - f.Syntax.FileStart) }

// source gives the text of a node.
func (f *File) source(n ast.Node) string { return f.Text[f.offset(n.Pos()):f.offset(n.End())] }

// A Func is a function of a tree, by its name. A method's name begins with its receiver's type. All functions called
// init or _ share one Func.
type Func struct{ Package, Name string }

func (f Func) String() string { return f.Package + "." + f.Name }

// name gives a declaration's name as in a [Func].
func name(decl *ast.FuncDecl) string {
	if decl.Recv == nil || len(decl.Recv.List) == 0 {
		return decl.Name.Name
	}
	t := ast.Unparen(decl.Recv.List[0].Type)
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = ast.Unparen(x.X)
			continue
		case *ast.IndexExpr:
			t = x.X
			continue
		case *ast.IndexListExpr:
			t = x.X
			continue
		case *ast.Ident:
			return x.Name + "." + decl.Name.Name
		}
		return decl.Name.Name
	}
}

// silences tells whether a comment of a file silences findings.
func silences(text string) bool {
	return slices.ContainsFunc([]string{"//nolint", "asynccheck:ignore"}, func(s string) bool { return strings.Contains(text, s) })
}

// isStub reports whether a file stands for the source of an SDK.
func isStub(text string) bool {
	return strings.HasPrefix(text, "// Code generated by go run ./cmd/stubs ")
}
