// Package enclosing finds what stands around a position in a file.
package enclosing

import (
	"go/ast"
	"go/token"
	"sort"

	"golang.org/x/tools/go/ast/astutil"
)

// Path returns the nodes around an interval of the file, from the innermost to the top-level
// declaration; none if it doesn't lie in one declaration.
//
// It looks at that declaration alone, unlike [astutil.PathEnclosingInterval]: a file may
// have thousands of them.
func Path(file *ast.File, pos, end token.Pos) []ast.Node {
	decls := file.Decls
	i := sort.Search(len(decls), func(i int) bool { return pos < decls[i].End() })
	if i == len(decls) || pos < decls[i].Pos() || decls[i].End() < end {
		return nil
	}
	only := &ast.File{Package: file.Package, Name: file.Name, Decls: decls[i : i+1]}
	path, _ := astutil.PathEnclosingInterval(only, pos, end)
	return path[:len(path)-1]
}
