package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"

	"golang.org/x/tools/go/analysis"
)

// A finding has a fix only if the fix is right by construction: it compiles,
// resolves the finding, and changes nothing that was right. If the analyzer can't
// show that, the finding has no fix.

// builtin returns the name of the builtin function that is called, or "".
func (f *function) builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := f.pass.TypesInfo.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// own reports whether the position is in the function itself. It may be in another function that is its tail: a
// fix would have to know both.
func (f *function) own(pos token.Pos) bool {
	decl := f.fn.Syntax()
	return decl != nil && decl.Pos() <= pos && pos < decl.End()
}

func (f *function) isNil(x ast.Expr) bool { return f.pass.TypesInfo.Types[x].IsNil() }

// editable reports whether pos is a position in the file that a person wrote. It is not if cgo,
// or a generator that writes line directives, made the file.
func (f *function) editable(pos token.Pos) bool {
	file := f.file(pos)
	if file == nil {
		return false
	}
	for _, spec := range file.Imports {
		if spec.Path.Value == `"C"` {
			return false
		}
	}
	return f.pass.Fset.PositionFor(pos, true) == f.pass.Fset.PositionFor(pos, false)
}

// goVersion reports whether the file at pos may use what Go has since a version.
func (f *function) goVersion(pos token.Pos, since string) bool {
	v := f.pass.TypesInfo.FileVersions[f.file(pos)]
	return v == "" || version.Compare(v, since) >= 0 // "" means the compiler's version
}

func replacement(pos, end token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)}
}
