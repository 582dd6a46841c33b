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
// It looks only at what is around the interval, since a file, a function or a literal may have thousands of elements, and
// allocates only the path:
// [golang.org/x/tools/go/ast/astutil.PathEnclosingInterval] makes nodes of all tokens on the way.
func Enclosing(file *ast.File, pos, end token.Pos) []ast.Node {
	decl := EnclosingDecl(file, pos)
	if decl == nil {
		return nil
	}
	end = max(end, pos+1)
	path := make([]ast.Node, 0, 8)
	found := false
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		if n == nil { // back from the innermost: a receiver lies in its function's type, too
			found = true
			return false
		}
		if found || pos < n.Pos() || n.End() < end {
			return false
		}
		path = append(path, n)
		if next := element(n, pos, end); next != nil {
			ast.Inspect(next, visit)
			found = true
			return false
		}
		return true
	}
	ast.Inspect(decl, visit)
	slices.Reverse(path)
	return path
}

// element returns the element around an interval if n has a list that may be long, as that of a function's statements.
func element(n ast.Node, pos, end token.Pos) ast.Node {
	switch n := n.(type) {
	case *ast.BlockStmt:
		return around(n.List, pos, end)
	case *ast.CaseClause:
		return around(n.Body, pos, end)
	case *ast.CommClause:
		return around(n.Body, pos, end)
	case *ast.CompositeLit:
		return around(n.Elts, pos, end)
	case *ast.GenDecl:
		return around(n.Specs, pos, end)
	}
	return nil
}

// around returns the node of a sorted list around an interval, or nil.
func around[N ast.Node](list []N, pos, end token.Pos) ast.Node {
	i := sort.Search(len(list), func(i int) bool { return pos < list[i].End() })
	if i == len(list) || pos < list[i].Pos() || list[i].End() < end {
		return nil
	}
	return list[i]
}

// EnclosingDecl returns the top-level declaration around a position in the file, or nil.
func EnclosingDecl(file *ast.File, pos token.Pos) ast.Decl {
	decl, _ := around(file.Decls, pos, pos).(ast.Decl)
	return decl
}
