package analyzer

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/asynccheck/asynccheck/internal/astpath"
	"github.com/asynccheck/asynccheck/internal/typestate"
)

// read returns the expression that reads the code that decided last.
func (f *function) read(e *typestate.End) ast.Expr {
	cmp := f.comparison(e)
	b, binary := cmp.(*ast.BinaryExpr)
	if pos := readPos(e.Decide); pos.IsValid() {
		reads := func(n ast.Node) bool {
			s, ok := n.(*ast.SelectorExpr)
			return ok && s.Sel.Pos() == pos
		}
		if binary && reads(b.X) { // most comparisons
			return b.X
		}
		if s, ok := f.enclosing(pos, reads).(*ast.SelectorExpr); ok {
			return s
		}
	}
	if binary {
		for _, x := range []ast.Expr{b.X, b.Y} {
			if tv, ok := f.pass.TypesInfo.Types[x]; ok && tv.Value == nil {
				return x
			}
		}
		return b
	}
	if x, ok := cmp.(ast.Expr); ok {
		return x
	}
	return ast.NewIdent("code")
}

// readPos finds the field selection in the SSA form of a read.
func readPos(v ssa.Value) token.Pos {
	for range 8 {
		switch x := v.(type) {
		case *ssa.UnOp:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.TypeAssert:
			v = x.X
		case *ssa.FieldAddr:
			return x.Pos()
		case *ssa.Field:
			return x.Pos()
		default:
			return token.NoPos
		}
	}
	return token.NoPos
}

// comparison returns the comparison that decided last: a binary expression, a call,
// a lookup in a set, or the tag of a switch.
func (f *function) comparison(e *typestate.End) ast.Node {
	if sw, ok := f.enclosing(e.Compare, func(n ast.Node) bool {
		_, ok := n.(*ast.SwitchStmt)
		return ok
	}).(*ast.SwitchStmt); ok && sw.Tag != nil {
		for _, c := range sw.Body.List {
			for _, x := range c.(*ast.CaseClause).List {
				if x.Pos() == e.Compare {
					return sw.Tag
				}
			}
		}
	}
	n := f.enclosing(e.Compare, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BinaryExpr:
			return n.OpPos == e.Compare
		case *ast.CallExpr:
			return n.Lparen == e.Compare
		case *ast.IndexExpr:
			return n.Lbrack == e.Compare
		case ast.Expr:
			return n.Pos() == e.Compare
		}
		return false
	})
	if n == nil {
		return ast.NewIdent("_")
	}
	return n
}

// originNode returns the syntax of the value's origin.
func (f *function) originNode(v *typestate.Value) ast.Node {
	n := f.enclosing(v.Pos, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			return n.Lparen == v.Pos
		case *ast.IndexExpr, *ast.TypeAssertExpr, *ast.UnaryExpr:
			return true
		case *ast.RangeStmt:
			return n.For == v.Pos
		case *ast.Ident:
			return v.Param != nil
		}
		return false
	})
	switch n := n.(type) {
	case nil:
		return position(v.Pos)
	case *ast.RangeStmt:
		if n.Value != nil {
			return n.Value
		}
		return n.X
	}
	return n
}

// position is the node of a position without syntax of its own.
type position token.Pos

func (p position) Pos() token.Pos { return token.Pos(p) }
func (p position) End() token.Pos { return token.Pos(p) }

// filled returns what the call fills, as far as its arguments show it: a response, or else the last argument
// whose address is taken, such as an envelope. (A buffer may come before it.) It returns nil if there is none.
func (f *function) filled(call *ast.CallExpr) (into ast.Expr) {
	for _, a := range call.Args {
		u, ok := ast.Unparen(a).(*ast.UnaryExpr)
		addressed := ok && u.Op == token.AND
		if addressed {
			a = u.X
		}
		_, named := ast.Unparen(a).(*ast.Ident)
		if t := f.pass.TypesInfo.TypeOf(a); (addressed || named) && t != nil && f.types.Response(t) != nil {
			return a
		}
		if addressed {
			into = a
		}
	}
	return into
}

func isCall(x ast.Expr) bool {
	_, ok := x.(*ast.CallExpr)
	return ok
}

// enclosing returns the innermost node around pos that is wanted, nil if there is none.
func (f *function) enclosing(pos token.Pos, wanted func(ast.Node) bool) ast.Node {
	for _, n := range f.path(pos) {
		if wanted(n) {
			return n
		}
	}
	return nil
}

// file returns the file around pos, or nil.
func (f *function) file(pos token.Pos) *ast.File {
	if in := f.in; in != nil && in.FileStart <= pos && pos < in.FileEnd {
		return in
	}
	for _, file := range f.pass.Files {
		if file.FileStart <= pos && pos < file.FileEnd {
			f.in = file
			return file
		}
	}
	return nil
}

// path returns the nodes around pos, from the innermost to the top-level declaration.
// It keeps the last ones: a finding needs the same few again and again.
func (f *function) path(pos token.Pos) []ast.Node {
	for _, p := range f.paths {
		if p.pos == pos {
			return p.nodes
		}
	}
	kept := cachedPath{pos, f.findPath(pos)}
	if f.paths == nil {
		f.paths = make([]cachedPath, 0, 6)
	}
	if len(f.paths) < cap(f.paths) {
		f.paths = append(f.paths, kept)
	} else {
		f.paths[f.oldest] = kept
		f.oldest = (f.oldest + 1) % len(f.paths)
	}
	return kept.nodes
}

// A cachedPath is a position and the nodes around it.
type cachedPath struct {
	pos   token.Pos
	nodes []ast.Node
}

func (f *function) findPath(pos token.Pos) []ast.Node {
	file := f.file(pos)
	if file == nil {
		return nil
	}
	return astpath.Enclosing(file, pos, pos)
}
