package rewrite

import (
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/astutil"
)

// withoutUnusedImports drops the imports that a file's new text doesn't use any more.
func withoutUnusedImports(p *Package, f *File, text string) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, f.Name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return "", err
	}
	changed := false
	for _, spec := range f.Syntax.Imports {
		if name := importName(p, spec); name != "_" && name != "." && !mentions(file, name) {
			named := ""
			if spec.Name != nil {
				named = spec.Name.Name
			}
			changed = astutil.DeleteNamedImport(fset, file, named, strings.Trim(spec.Path.Value, "`\"")) || changed
		}
	}
	if !changed {
		return text, nil
	}
	var b strings.Builder
	err = format.Node(&b, fset, file)
	return b.String(), err
}

// importName gives the name of an import in a file.
func importName(p *Package, spec *ast.ImportSpec) string {
	if spec.Name != nil {
		return spec.Name.Name
	}
	return p.Info.Implicits[spec].(*types.PkgName).Name()
}

// mentions tells whether a node has a selection from the package with this name.
func mentions(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if id, ok := s.X.(*ast.Ident); ok && id.Name == name {
				found = true
			}
		}
		return !found
	})
	return found
}
