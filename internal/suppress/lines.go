package suppress

import (
	"go/ast"
	"go/token"
	"sort"
)

// A layout knows on which lines of a file its nodes stand. Lines are those of the file that was parsed: //line
// directives don't count.
//
// It reads only the declarations on the requested line, and forgets them at the next request: a file may have many
// declarations, and has few comments.
type layout struct {
	file  *ast.File
	lines *token.File

	from, to int              // indexes of the declarations that were read
	code     map[int]bool     // lines on which something begins or ends
	first    map[int]ast.Node // what begins on a line, the outermost
	nodes    []ast.Node       // all, but comments
}

func layoutOf(fset *token.FileSet, file *ast.File) *layout {
	l := &layout{file: file, lines: fset.File(file.FileStart)}
	l.readHead()
	return l
}

// read reads what may begin or end on a line.
func (l *layout) read(line int) {
	decls := l.file.Decls
	from := sort.Search(len(decls), func(i int) bool { return line <= l.line(decls[i].End()) })
	to := from
	for to < len(decls) && l.line(decls[to].Pos()) <= line {
		to++
	}
	if from == l.from && to == l.to {
		return
	}
	l.from, l.to = from, to
	l.readHead()
	for _, decl := range decls[from:to] {
		ast.Inspect(decl, func(n ast.Node) bool {
			switch n.(type) {
			case nil, *ast.Comment, *ast.CommentGroup:
				return false
			}
			if n.Pos().IsValid() { // no empty list
				l.add(n)
			}
			return true
		})
	}
}

// readHead begins anew, with the package clause: there begins the file as well.
func (l *layout) readHead() {
	l.code, l.first = make(map[int]bool), make(map[int]ast.Node)
	l.nodes = append(l.nodes[:0], l.file)
	l.code[l.line(l.file.Pos())] = true
	l.add(l.file.Name)
}

func (l *layout) add(n ast.Node) {
	l.nodes = append(l.nodes, n)
	line := l.line(n.Pos())
	l.code[line] = true
	l.code[l.line(n.End()-1)] = true
	if l.first[line] == nil {
		l.first[line] = n
	}
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
	if l.read(line); l.code[line] {
		return l.lines.LineStart(line), c.End()
	}
	// In a doc comment, the lines beside the directive are covered too.
	next := l.line(group.End()) + 1
	l.read(next)
	if n := l.first[next]; n != nil {
		return group.Pos(), n.End()
	}
	return c.Pos(), c.End()
}
