package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/asynccheck/asynccheck/internal/filter/source"
	"github.com/asynccheck/asynccheck/internal/gotype"
)

// lookup returns what a name means at pos, or nil.
func (f *function) lookup(name string, pos token.Pos) types.Object {
	scope := f.scope(pos)
	if scope == nil {
		return nil
	}
	_, obj := scope.LookupParent(name, pos)
	return obj
}

// scope returns the innermost scope around pos, or nil. It searches the function first:
// a search from the file's scope would visit all its functions.
func (f *function) scope(pos token.Pos) *types.Scope {
	if t := funcType(f.fn.Syntax()); t != nil {
		if scope := f.pass.TypesInfo.Scopes[t]; scope != nil && scope.Contains(pos) {
			return scope.Innermost(pos)
		}
	}
	return f.pass.Pkg.Scope().Innermost(pos)
}

// funcType returns the type of a declared function or a literal, nil of other nodes.
func funcType(n ast.Node) *ast.FuncType {
	switch n := n.(type) {
	case *ast.FuncDecl:
		return n.Type
	case *ast.FuncLit:
		return n.Type
	}
	return nil
}

// visible reports whether all names in x mean at pos what they mean in x.
func (f *function) visible(x ast.Expr, pos token.Pos) bool {
	return f.sameNames(x, func(name string) types.Object { return f.lookup(name, pos) })
}

// sameNames reports whether lookup finds for all names in x what they mean in x.
func (f *function) sameNames(x ast.Expr, lookup func(name string) types.Object) bool {
	ok := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ok = ok && f.sameNames(n.X, lookup)
			return false
		case *ast.Ident:
			obj := f.pass.TypesInfo.Uses[n]
			if v, isVar := obj.(*types.Var); obj != nil && !(isVar && v.IsField()) { // a literal's key is a field
				ok = ok && lookup(n.Name) == obj
			}
		}
		return ok
	})
	return ok
}

// imports are the packages of the standard library that a fix needs at a position.
type imports struct {
	*function
	pos     token.Pos
	block   *types.Scope // around the position; nil for the innermost one
	missing []string     // paths that the file does not import
}

// lookup returns what a name means at the position, or nil.
func (i *imports) lookup(name string) types.Object {
	if i.block == nil {
		return i.function.lookup(name, i.pos)
	}
	_, obj := i.block.LookupParent(name, i.pos)
	return obj
}

// predeclared reports whether a predeclared name has its usual meaning at the position.
func (i *imports) predeclared(name string) bool {
	return i.lookup(name) == types.Universe.Lookup(name)
}

// sees reports whether all names in x mean at the position what they mean in x.
func (i *imports) sees(x ast.Expr) bool { return i.sameNames(x, i.lookup) }

// name returns the name of a package at the position. It returns false if the
// package has no name there, or if something else has the name.
func (i *imports) name(path string) (string, bool) {
	for _, spec := range i.file(i.pos).Imports {
		if importPath(spec) != path {
			continue
		}
		name := path
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if pkg, ok := i.lookup(name).(*types.PkgName); ok && pkg.Imported().Path() == path {
			return name, true
		}
		if name != "_" { // shadowed, or imported with a dot
			return "", false
		}
	}
	if i.lookup(path) != nil || i.pass.Pkg.Scope().Lookup(path) != nil {
		return "", false
	}
	if !slices.Contains(i.missing, path) {
		i.missing = append(i.missing, path)
	}
	return path, true
}

// edits returns the edits that import what is missing.
func (i *imports) edits() []analysis.TextEdit {
	slices.Sort(i.missing)
	return addImports(i.pass.Fset, i.file(i.pos), i.missing)
}

// names returns the names of several packages.
func (i *imports) names(paths ...string) (names []string, ok bool) {
	before := slices.Clone(i.missing)
	for _, path := range paths {
		name, ok := i.name(path)
		if !ok {
			i.missing = before
			return nil, false
		}
		names = append(names, name)
	}
	return names, true
}

// typeText returns a type as a file writes it at the position. The file imports all packages that it names.
func (i *imports) typeText(t types.Type) (text string, ok bool) {
	ok = true
	text = types.TypeString(t, func(pkg *types.Package) string {
		if pkg == i.pass.Pkg {
			return ""
		}
		for _, spec := range i.file(i.pos).Imports {
			if importPath(spec) != pkg.Path() {
				continue
			}
			name := pkg.Name()
			if spec.Name != nil {
				name = spec.Name.Name
			}
			if p, isPkg := i.lookup(name).(*types.PkgName); isPkg && p.Imported() == pkg {
				return name
			}
		}
		ok = false
		return ""
	})
	n, isNamed := types.Unalias(gotype.Deref(types.Unalias(t))).(*types.Named)
	return text, ok && isNamed && n.TypeArgs() == nil && (n.Obj().Exported() || n.Obj().Pkg() == i.pass.Pkg && i.lookup(n.Obj().Name()) == types.Object(n.Obj()))
}

func importPath(spec *ast.ImportSpec) string {
	path, _ := strconv.Unquote(spec.Path.Value)
	return path
}

// addImports returns the edits that import packages of the standard library, in the
// places that gofmt gives them. The paths are sorted.
//
// A driver that merges fixes applies an edit once if several fixes have it. So
// each package has an edit of its own. At one position, they are in the order of the
// paths, and no other edit comes after them.
func addImports(fset *token.FileSet, file *ast.File, paths []string) (edits []analysis.TextEdit) {
	if len(paths) == 0 {
		return nil
	}
	insert := func(pos token.Pos, text string) { edits = append(edits, replacement(pos, pos, text)) }
	line := func(path string) string { return "\n\t" + strconv.Quote(path) }
	decl := importDecl(file)
	if decl == nil {
		f := fset.File(file.FileStart)
		next := f.LineStart(f.Line(file.Name.End()) + 1)
		insert(next-1, "\n\nimport (")
		for _, path := range paths {
			insert(next-1, line(path))
		}
		insert(next, ")\n")
		return edits
	}
	first := decl.Specs[0].(*ast.ImportSpec)
	if !decl.Lparen.IsValid() {
		keyword := decl.TokPos + token.Pos(len("import"))
		insert(keyword, " (")
		for _, path := range paths {
			insert(keyword, line(path))
		}
		if standard(first) {
			insert(first.Pos(), "\n\t")
		} else {
			insert(first.Pos(), "\n\n\t")
		}
		insert(endOfLine(first), "\n)")
		return edits
	}
	for _, path := range paths {
		insert(behind(fset, decl, path), line(path))
	}
	if !standard(first) {
		insert(first.Pos(), "\n\t")
	}
	return edits
}

// importDecl returns the file's first import declaration, or nil.
func importDecl(file *ast.File) *ast.GenDecl {
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT && len(d.Specs) > 0 {
			return d
		}
	}
	return nil
}

// behind returns the position for the import of path: after the last import of the
// declaration's first group that sorts before it, or at the beginning.
func behind(fset *token.FileSet, decl *ast.GenDecl, path string) token.Pos {
	line := func(pos token.Pos) int { return fset.PositionFor(pos, false).Line }
	pos := decl.Lparen + 1
	for i, s := range decl.Specs {
		spec := s.(*ast.ImportSpec)
		if !standard(spec) || importPath(spec) > path || i > 0 && line(spec.Pos()) > line(pos)+1 {
			break
		}
		pos = endOfLine(spec)
	}
	return pos
}

// endOfLine returns the end of an import, including the comment after it.
func endOfLine(spec *ast.ImportSpec) token.Pos {
	if spec.Comment != nil {
		return spec.Comment.End()
	}
	return spec.End()
}

// standard reports whether a package is one of the standard library.
func standard(spec *ast.ImportSpec) bool { return source.Standard(importPath(spec)) }
