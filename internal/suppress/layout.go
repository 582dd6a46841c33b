package suppress

import (
	"go/ast"
	"go/token"
)

// A layout knows where the nodes of a file stand in its lines. Lines are those of
// the file that was parsed, whatever its //line directives say.
type layout struct {
	file  *ast.File
	lines *token.File
	code  map[int]bool     // lines on which something begins or ends
	first map[int]ast.Node // what begins on a line, the outermost
	nodes []ast.Node       // all, but comments
}

func layoutOf(fset *token.FileSet, file *ast.File) *layout {
	l := &layout{
		file:  file,
		lines: fset.File(file.FileStart),
		code:  make(map[int]bool),
		first: make(map[int]ast.Node),
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n.(type) {
		case nil, *ast.Comment, *ast.CommentGroup:
			return false
		}
		if !n.Pos().IsValid() { // an empty list
			return true
		}
		l.nodes = append(l.nodes, n)
		l.code[l.line(n.Pos())] = true
		if _, ok := n.(*ast.File); ok { // begins with its package clause, and ends with it
			return true
		}
		l.code[l.line(n.End()-1)] = true
		if line := l.line(n.Pos()); l.first[line] == nil {
			l.first[line] = n
		}
		return true
	})
	return l
}

func (l *layout) line(pos token.Pos) int {
	return l.lines.PositionFor(clamp(l.lines, pos), false).Line
}

// clamp keeps the end of a node without source, such as a missing brace, in the file.
func clamp(f *token.File, pos token.Pos) token.Pos {
	return max(token.Pos(f.Base()), min(pos, token.Pos(f.Base()+f.Size())))
}

// covers returns the range that a comment of the group covers.
func (l *layout) covers(c *ast.Comment, group *ast.CommentGroup) (from, to token.Pos) {
	line := l.line(c.Pos())
	if l.code[line] {
		return l.lines.LineStart(line), c.End()
	}
	// In a doc comment, what stands beside the directive is covered too.
	if n := l.first[l.line(group.End())+1]; n != nil {
		return group.Pos(), n.End()
	}
	return c.Pos(), c.End()
}
