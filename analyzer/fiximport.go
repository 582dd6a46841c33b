package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
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

// scope returns the innermost scope around pos, or nil. It looks in the function first:
// a file's scope goes through those of all its functions.
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
	ok := true
	ast.Inspect(x, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			ok = ok && f.visible(n.X, pos)
			return false
		case *ast.Ident:
			if obj := f.pass.TypesInfo.Uses[n]; obj != nil {
				ok = ok && f.lookup(n.Name, pos) == obj
			}
		}
		return ok
	})
	return ok
}

// importFmt returns the name of package fmt at pos and, if its file does not
// import it, edits that change that. It returns false if the name is taken.
func (f *function) importFmt(pos token.Pos) (name string, edits []analysis.TextEdit, ok bool) {
	file := f.file(pos)
	for _, spec := range file.Imports {
		if importPath(spec) != "fmt" {
			continue
		}
		name := "fmt"
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if pkg, ok := f.lookup(name, pos).(*types.PkgName); ok && pkg.Imported().Path() == "fmt" {
			return name, nil, true
		}
		if name != "_" { // shadowed, or imported with a dot
			return "", nil, false
		}
	}
	if f.lookup("fmt", pos) != nil || f.pass.Pkg.Scope().Lookup("fmt") != nil {
		return "", nil, false
	}
	return "fmt", addImport(file, "fmt"), true
}

func importPath(spec *ast.ImportSpec) string {
	path, _ := strconv.Unquote(spec.Path.Value)
	return path
}

// addImport returns the edits that import a package of the standard library,
// where gofmt would have it. They depend on the file alone: drivers that merge fixes
// make an edit once that several fixes have in common.
func addImport(file *ast.File, path string) []analysis.TextEdit {
	insert := func(pos token.Pos, text string) analysis.TextEdit { return replacement(pos, pos, text) }
	quoted := strconv.Quote(path)
	var decl *ast.GenDecl
	for _, d := range file.Decls {
		if d, ok := d.(*ast.GenDecl); ok && d.Tok == token.IMPORT && len(d.Specs) > 0 {
			decl = d
			break
		}
	}
	switch {
	case decl == nil:
		return []analysis.TextEdit{insert(file.Name.End(), "\n\nimport "+quoted)}
	case !decl.Lparen.IsValid():
		spec := decl.Specs[0].(*ast.ImportSpec)
		before, after := quoted+"\n\t", ""
		switch {
		case !standard(spec):
			before = quoted + "\n\n\t"
		case importPath(spec) < path:
			before, after = "", "\n\t"+quoted
		}
		return []analysis.TextEdit{
			insert(spec.Pos(), "(\n\t"+before),
			insert(endOfLine(spec), after+"\n)"),
		}
	}
	last := token.NoPos // end of the last import that path comes behind
	for _, s := range decl.Specs {
		spec := s.(*ast.ImportSpec)
		if !standard(spec) || importPath(spec) > path {
			break
		}
		last = endOfLine(spec)
	}
	if last.IsValid() {
		return []analysis.TextEdit{insert(last, "\n\t"+quoted)}
	}
	first := decl.Specs[0].(*ast.ImportSpec)
	if standard(first) {
		return []analysis.TextEdit{insert(decl.Lparen+1, "\n\t"+quoted)}
	}
	return []analysis.TextEdit{insert(decl.Lparen+1, "\n\t"+quoted+"\n")}
}

// endOfLine returns the end of an import together with the comment behind it.
func endOfLine(spec *ast.ImportSpec) token.Pos {
	if spec.Comment != nil {
		return spec.Comment.End()
	}
	return spec.End()
}

// standard reports whether a package is one of the standard library, as far
// as its path shows.
func standard(spec *ast.ImportSpec) bool {
	first, _, _ := strings.Cut(importPath(spec), "/")
	return !strings.Contains(first, ".")
}
