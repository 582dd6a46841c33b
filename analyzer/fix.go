package analyzer

import (
	"go/ast"
	"go/token"
	"go/types"
	"go/version"

	"golang.org/x/tools/go/analysis"
)

// A fix is offered only where it is right by construction: it must compile,
// resolve the finding, and leave everything that was right as it was. Where that
// can't be shown from the code at hand, there is none, and the finding has to do.

// builtin returns the name of the builtin function that is called, or "".
func (f *function) builtin(call *ast.CallExpr) string {
	if id, ok := ast.Unparen(call.Fun).(*ast.Ident); ok {
		if b, ok := f.pass.TypesInfo.Uses[id].(*types.Builtin); ok {
			return b.Name()
		}
	}
	return ""
}

// own reports whether the position is in the function itself, and not in another that is its tail: a fix
// would have to know both.
func (f *function) own(pos token.Pos) bool {
	decl := f.fn.Syntax()
	return decl != nil && decl.Pos() <= pos && pos < decl.End()
}

func (f *function) isNil(x ast.Expr) bool { return f.pass.TypesInfo.Types[x].IsNil() }

// editable reports whether positions around pos are those of the file that
// somebody wrote: not so in what cgo and generators with line directives make of it.
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

// goVersion reports whether what Go has since a version can be used at pos.
func (f *function) goVersion(pos token.Pos, since string) bool {
	v := f.pass.TypesInfo.FileVersions[f.file(pos)]
	return v == "" || version.Compare(v, since) >= 0 // "": it is the compiler's own
}

func replacement(pos, end token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: end, NewText: []byte(text)}
}
