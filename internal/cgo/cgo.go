// Package cgo recognizes cgo in syntax.
package cgo

import (
	"go/ast"
	"slices"
)

// Imported reports whether a file imports "C": then the compiler gets another file instead.
func Imported(file *ast.File) bool {
	return slices.ContainsFunc(file.Imports, func(imp *ast.ImportSpec) bool { return imp.Path.Value == `"C"` })
}

// In reports whether an expression means something that is written in C, if the file imports that.
func In(e ast.Expr) bool {
	sel, ok := e.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	id, ok := sel.X.(*ast.Ident)
	return ok && id.Name == "C"
}

// Declares reports whether a declaration outside of functions' bodies uses something that is written in C:
//
//	type Handle struct{ p *C.struct_handle }
func Declares(file *ast.File) (found bool) {
	if !Imported(file) {
		return false
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BlockStmt:
			return false
		case ast.Expr:
			found = found || In(n)
		}
		return !found
	})
	return found
}
