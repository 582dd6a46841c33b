// Package astpath finds the syntax around a position in a file.
package astpath

import (
	"go/ast"
	"go/token"
	"slices"
	"sort"
)

// Enclosing returns the nodes around an interval of the file, from the innermost to the top-level declaration. It
// returns none if the interval doesn't lie in one declaration. An empty interval stands for the character that begins
// there.
//
// It looks at that declaration alone, since a file may have thousands, and allocates only the path:
// [golang.org/x/tools/go/ast/astutil.PathEnclosingInterval] makes nodes of all tokens on the way.
func Enclosing(file *ast.File, pos, end token.Pos) []ast.Node {
	decl := EnclosingDecl(file, pos)
	if decl == nil {
		return nil
	}
	end = max(end, pos+1)
	path := make([]ast.Node, 0, 8)
	found := false
	ast.Inspect(decl, func(n ast.Node) bool {
		if n == nil { // back from the innermost: a receiver lies in its function's type, too
			found = true
			return false
		}
		if found || pos < n.Pos() || n.End() < end {
			return false
		}
		path = append(path, n)
		return true
	})
	slices.Reverse(path)
	return path
}

// EnclosingDecl returns the top-level declaration around a position in the file, or nil.
func EnclosingDecl(file *ast.File, pos token.Pos) ast.Decl {
	decls := file.Decls
	i := sort.Search(len(decls), func(i int) bool { return pos < decls[i].End() })
	if i == len(decls) || pos < decls[i].Pos() {
		return nil
	}
	return decls[i]
}
